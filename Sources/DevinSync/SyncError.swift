import DevinAPI
import MirrorStore

/// Why a run could not begin. A run that began never throws: what went wrong stands in its report.
public enum SyncError: Error, Sendable {
  /// A resource name that does not exist.
  case unknownResource(String)
  /// No organization was given and the key belongs to none.
  case noOrganization(principal: String?)
  /// 401.
  case keyRefused(Problem)
  /// The server did not prove who it is, so that nothing may be sent to it.
  case serverUntrusted(Problem)
  /// No answer, or none that the API gives.
  case apiUnusable(Problem)
  /// The settings name an organization that is not the key's.
  case foreignOrganization(Problem)
  /// The organization had to be asked for, and could not be.
  case organizationUnknown(Problem)
  /// The database is missing, foreign, newer, or cannot be created.
  case database(ExitStatus, String)
  /// Another run holds the lock; the holder in its own words.
  case locked(database: String, holder: String?)
  /// A query that is no SQL, or would change something.
  case unusableQuery(String)
  /// An organization that the mirror has nothing of, and those that it has, sorted.
  case unknownOrganization(String, known: [String])
  /// A user whom the mirror does not know, and those whom it knows, sorted.
  case unknownUser(String, known: [String])
  /// The first day comes after the last.
  case emptyPeriod(since: String, until: String)
  /// The table and the key that it has no row of.
  case noSuchRow(String, String)
  /// Words are not indexed in this mirror.
  case searchIsOff(String)
  /// A query was ended when its time was up.
  case tookTooLong(Duration)

  public var status: ExitStatus {
    switch self {
    case .unknownResource, .unusableQuery, .unknownOrganization, .unknownUser, .emptyPeriod, .noSuchRow: .usage
    case .searchIsOff: .configuration
    case .noOrganization: .configuration
    case .keyRefused(let problem), .serverUntrusted(let problem), .apiUnusable(let problem), .foreignOrganization(let problem),
      .organizationUnknown(let problem):
      problem.status
    case .database(let status, _): status
    case .locked, .tookTooLong: .tryAgain
    }
  }

  /// What it means when `GET /v3/self` fails.
  init(asking error: APIError, keySource: String? = nil) {
    switch error.reason {
    case .unauthorized:
      var problem = Problem(.keyRefused, error: error)
      problem.keySource = keySource
      self = .keyRefused(problem)
    case .untrusted: self = .serverUntrusted(Problem(.requestFailed, error: error))
    case .forbidden, .notFound, .rejected: self = .organizationUnknown(Problem(.requestFailed, error: error))
    default: self = .apiUnusable(Problem(.requestFailed, error: error))
    }
  }

  package init(_ error: StoreError) {
    switch error {
    case .locked(let path, let holder): self = .locked(database: path, holder: holder)
    case .cannotCreate: self = .database(.cannotCreate, error.message)
    case .unusableQuery(let why): self = .unusableQuery(why)
    default: self = .database(.databaseFailed, error.message)
    }
  }
}
