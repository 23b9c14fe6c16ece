/// How a run ended. The raw values are those of `sync_runs.status`, and the exit status of a command (sysexits).
public enum RunStatus: Int32, Sendable, CaseIterable {
  /// Everything requested is mirrored. Resources that this key was never allowed to read are named, but are no failure.
  case success = 0
  /// The server sent something that could not be used; the rest was mirrored.
  case unusableData = 65
  /// The API, a list or a parent stayed unavailable after retries, or lists are still pending; everything read so far is kept.
  case unavailable = 69
  /// A bug in devin-sync.
  case defect = 70
  /// The database cannot be created.
  case cannotCreate = 73
  /// Reading or writing the database failed, or it is not a mirror this version can use.
  case databaseFailed = 74
  /// Another run holds the lock, or the time limit was reached with progress saved: run again.
  case tryAgain = 75
  /// The key was rejected, it can read nothing that was requested, a permission that once worked was removed, or a resource
  /// requested by name is forbidden.
  case permission = 77
  /// The configuration is missing or invalid, or the key does not belong to the organization.
  case configuration = 78
  /// Cancelled, or interrupted by SIGINT; progress saved.
  case interrupted = 130
  /// Terminated by SIGTERM; progress saved.
  case terminated = 143

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
