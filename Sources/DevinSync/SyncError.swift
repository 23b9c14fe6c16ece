import DevinAPI
import DevinModel
public import MirrorReading
import MirrorStore

/// Why a run could not begin. A run that has begun never throws: its report contains what went wrong.
public enum SyncError: Error, Sendable {
  /// A resource name that does not exist.
  case unknownResource(String)
  /// Every requested resource is left out.
  case nothingRequested
  /// No organization was given, and the key belongs to none.
  case noOrganization(principal: String?)
  /// 401.
  case keyRefused(SyncProblem)
  /// The server's identity could not be verified, so nothing may be sent to it.
  case serverUntrusted(SyncProblem)
  /// No answer, or an answer that is not from the API.
  case apiUnusable(SyncProblem)
  /// The settings name an organization that the key does not belong to.
  case foreignOrganization(SyncProblem)
  /// The organization was not given, and asking the server for it failed.
  case organizationUnknown(SyncProblem)
  /// The mirror's file cannot be used, or another run uses it.
  case mirror(MirrorError)

  /// How a run ends that could not begin for this reason.
  public var status: RunStatus {
    switch self {
    case .unknownResource, .nothingRequested, .noOrganization: .configuration
    case .keyRefused(let problem), .serverUntrusted(let problem), .apiUnusable(let problem), .foreignOrganization(let problem),
      .organizationUnknown(let problem):
      problem.status
    case .mirror(.cannotCreate), .mirror(.exists): .cannotCreate
    case .mirror(.locked), .mirror(.tookTooLong): .tryAgain
    case .mirror: .databaseFailed
    }
  }

  /// Classifies a failure of `GET /v3/self`.
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

  /// Classifies an error of work on the file; an error that is already a `SyncError` is kept.
  init(storing error: any Error) { self = (error as? SyncError) ?? .mirror(MirrorError(storing: error)) }
}
