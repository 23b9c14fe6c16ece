import DevinAPI
import DevinModel
public import MirrorReading
import MirrorStore

/// Why a run could not begin. A run that began never throws: what went wrong stands in its report.
public enum SyncError: Error, Sendable {
  /// A resource name that does not exist.
  case unknownResource(String)
  /// No organization was given and the key belongs to none.
  case noOrganization(principal: String?)
  /// 401.
  case keyRefused(SyncProblem)
  /// The server did not prove who it is, so that nothing may be sent to it.
  case serverUntrusted(SyncProblem)
  /// No answer, or none that the API gives.
  case apiUnusable(SyncProblem)
  /// The settings name an organization that is not the key's.
  case foreignOrganization(SyncProblem)
  /// The organization had to be asked for, and could not be.
  case organizationUnknown(SyncProblem)
  /// The mirror's file cannot be used, or another run uses it.
  case mirror(MirrorError)

  /// What a run that could not begin because of it counts as.
  public var status: RunStatus {
    switch self {
    case .unknownResource, .noOrganization: .configuration
    case .keyRefused(let problem), .serverUntrusted(let problem), .apiUnusable(let problem), .foreignOrganization(let problem),
      .organizationUnknown(let problem):
      problem.status
    case .mirror(.cannotCreate): .cannotCreate
    case .mirror(.locked), .mirror(.tookTooLong): .tryAgain
    case .mirror: .databaseFailed
    }
  }

  /// What it means when `GET /v3/self` fails.
  init(asking error: APIError, keySource: String? = nil) {
    switch error.reason {
    case .unauthorized:
      var problem = SyncProblem(.keyRefused, error: error)
      problem.keySource = keySource
      self = .keyRefused(problem)
    case .untrusted: self = .serverUntrusted(SyncProblem(.requestFailed, error: error))
    case .forbidden, .notFound, .rejected: self = .organizationUnknown(SyncProblem(.requestFailed, error: error))
    default: self = .apiUnusable(SyncProblem(.requestFailed, error: error))
    }
  }

  init(_ error: StoreError) { self = .mirror(MirrorError(error)) }

  /// Of work on the file; what is no trouble of the file's passes as it is.
  init(storing error: any Error) { self = (error as? SyncError) ?? .mirror(MirrorError(storing: error)) }
}
