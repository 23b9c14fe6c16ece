/// How a run ended. The raw values are those of `sync_runs.status`, and what a command exits with (sysexits).
public enum RunStatus: Int32, Sendable, CaseIterable {
  /// Everything asked for is mirrored; what this key was never allowed to read is named, not a failure.
  case success = 0
  /// The server sent something that could not be used; the rest was mirrored.
  case unusableData = 65
  /// The API, a list or a parent stayed unavailable after retries; what was read is kept.
  case unavailable = 69
  /// A defect of devin-sync.
  case defect = 70
  /// The database cannot be created.
  case cannotCreate = 73
  /// Reading or writing the database failed, or it is not a mirror this version can use.
  case databaseFailed = 74
  /// Another run holds the lock, or the time was up with progress saved: run again.
  case tryAgain = 75
  /// The key was refused, it can read nothing that was asked for, a permission that once worked is gone, or a resource asked
  /// for by name is forbidden.
  case permission = 77
  /// Configuration missing or invalid, or the organization is not the key's.
  case configuration = 78
  /// Cancelled, or interrupted by SIGINT; progress saved.
  case interrupted = 130
  /// Terminated by SIGTERM; progress saved.
  case terminated = 143

  /// Which one to report when several apply: the first of these.
  private static let precedence: [RunStatus] = [
    .terminated, .interrupted, .permission, .configuration, .cannotCreate, .databaseFailed, .defect, .unusableData,
    .unavailable, .tryAgain, .success,
  ]

  /// The status of a whole made of parts.
  package static func combined(_ parts: some Sequence<RunStatus>) -> RunStatus {
    let all = Set(parts)
    return precedence.first { all.contains($0) } ?? .success
  }
}
