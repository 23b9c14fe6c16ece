import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Moments at which a test may end the process, as a power cut would. `DEVIN_SYNC_CRASH_POINT=NAME:N` makes the process kill
/// itself when it gets to a moment for the N-th time, so nobody waits and nobody guesses. Builds for release know none.
package enum CrashPoint: String, CaseIterable, Sendable {
  /// An answer is here, and nothing of it is stored.
  case response
  /// A page's rows are written, its checkpoint is not, and nothing is committed.
  case page
  /// A page is committed, and nobody has been told.
  case committed
  /// One statement of a new version of the schema is carried out, and nothing is committed.
  case migration
  /// A new version of the schema is committed.
  case migrated
  /// Rows are marked as deleted, and nothing is committed.
  case sweep
  /// Rows are marked as deleted, and their list's walk is not closed.
  case swept
  /// The words of some rows are in their index.
  case indexed

  /// A piece of a content is in its file, which has no name of its own yet.
  case part
  /// A content is in its place, and no row names it.
  case content

  /// What is to be sent is in the journal, and nothing has left.
  case pushIntended = "push_intended"
  /// The server has answered a request that changes something, and the journal does not say so.
  case pushAnswered = "push_answered"
  /// The journal says what became of a request, and the mirror does not show it.
  case pushJournaled = "push_journaled"

  // Of the storage below SQLite. The database itself is written when the log is moved into it.
  case databaseWrite = "database_write"
  /// Half of what was to be written is.
  case databaseTear = "database_tear"
  case logWrite = "log_write"
  case logTear = "log_tear"
  /// A file is about to be cut.
  case truncate
  /// A file is about to be removed.
  case unlink

  package static func reached(_ point: CrashPoint) {
    #if DEBUG
      if isDue(point) { crash() }
    #endif
  }

  #if DEBUG
    /// Counts the visit.
    static func isDue(_ point: CrashPoint) -> Bool {
      guard point == planned?.point else { return false }
      return remaining.withLock { count in
        count -= 1
        return count == 0
      }
    }

    static func crash() -> Never {
      kill(getpid(), SIGKILL)
      while true { pause() }
    }

    static let planned: (point: CrashPoint, visit: Int)? = {
      let parts = (ProcessInfo.processInfo.environment["DEVIN_SYNC_CRASH_POINT"] ?? "").split(separator: ":")
      guard parts.count == 2, let point = CrashPoint(rawValue: String(parts[0])), let visit = Int(parts[1]) else { return nil }
      return (point, visit)
    }()

    private static let remaining = Mutex(planned?.visit ?? 0)
  #endif
}
