/// How a run ended.
public enum RunStatus: Sendable, CaseIterable {
  /// Everything requested is mirrored. Resources that this key was never allowed to read are named, but are no failure.
  case success
  /// The server sent something that could not be used; the rest was mirrored.
  case unusableData
  /// The API, a list or a parent stayed unavailable after retries, or lists are still pending; everything read so far is kept.
  case unavailable
  /// A bug in devin-sync.
  case defect
  /// The database cannot be created.
  case cannotCreate
  /// Reading or writing the database failed, or it is not a mirror this version can use.
  case databaseFailed
  /// Another run holds the lock, or the time limit was reached with progress saved: run again.
  case tryAgain
  /// The key was rejected, it can read nothing that was requested, a permission that once worked was removed, or a resource
  /// requested by name is forbidden.
  case permission
  /// The configuration is missing or invalid, or the key does not belong to the organization.
  case configuration
  /// Cancelled; progress saved.
  case interrupted
  /// Cancelled because the program was asked to end; progress saved.
  case terminated

  /// The number in `sync_runs.status`.
  package var number: Int32 {
    switch self {
    case .success: 0
    case .unusableData: 65
    case .unavailable: 69
    case .defect: 70
    case .cannotCreate: 73
    case .databaseFailed: 74
    case .tryAgain: 75
    case .permission: 77
    case .configuration: 78
    case .interrupted: 130
    case .terminated: 143
    }
  }

  /// Order of precedence: if several apply, the first of these is reported.
  private static let precedence: [RunStatus] = [
    .terminated, .interrupted, .permission, .configuration, .cannotCreate, .databaseFailed, .defect, .unusableData,
    .unavailable, .tryAgain, .success,
  ]

  /// The combined status of several parts.
  package static func combined(_ parts: some Sequence<RunStatus>) -> RunStatus {
    let all = Set(parts)
    return precedence.first { all.contains($0) } ?? .success
  }
}
