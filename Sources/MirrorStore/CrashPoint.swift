import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Points at which a test may end the process, as a power failure would. `DEVIN_SYNC_CRASH_POINT=NAME:N` makes the process kill
/// itself when it reaches a point for the N-th time, so tests need no timing. Release builds ignore it.
package enum CrashPoint: String, CaseIterable, Sendable {
  /// An answer was received, and nothing of it is stored.
  case response
  /// A page's rows are written, its checkpoint is not, and nothing is committed.
  case page
  /// A page is committed, and no event has been sent.
  case committed
  /// One statement of a schema migration is executed, and nothing is committed.
  case migration
  /// A new version of the schema is committed.
  case migrated
  /// Rows are marked as deleted, and nothing is committed.
  case sweep
  /// Rows are marked as deleted, and their list's walk is not closed.
  case swept
  /// The text of some rows is in their full-text index.
  case indexed

  /// Some bytes of a content are in its file, which does not have its final name yet.
  case part
  /// A content is at its final path, and no row refers to it.
  case content

  /// What is to be sent is in the journal, and nothing has left.
  case pushIntended = "push_intended"
  /// The server has answered a request that changes something, and the journal does not say so.
  case pushAnswered = "push_answered"
  /// The journal says what became of a request, and the mirror does not show it.
  case pushJournaled = "push_journaled"

  // Points in the storage below SQLite. The database file itself is written when the log is moved into it.
  case databaseWrite = "database_write"
  /// Half of the bytes are written.
  case databaseTear = "database_tear"
  case logWrite = "log_write"
  case logTear = "log_tear"
  /// A file is about to be truncated.
  case truncate
  /// A file is about to be removed.
  case unlink

  package static func reached(_ point: CrashPoint) {
    #if TEST_HOOKS
      if isDue(point) { crash() }
    #endif
  }

  #if TEST_HOOKS
    /// Counts how often the point was reached.
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
