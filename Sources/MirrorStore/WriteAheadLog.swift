import GRDB
import GRDBSQLite

/// SQLite's write-ahead log, which is moved into the file when it has reached a size, and when the file is closed.
enum WriteAheadLog {
  /// In bytes. A large log is moved less often, and a page that changed several times only once.
  static let largest = 64 << 20
  /// In bytes. Whoever waits for the end of a run waits until the rest of the log has been moved, which takes longer than all else after the
  /// last answer if a small mirror has a large log.
  static let smallest = 8 << 20

  /// The size at which the log is moved: a quarter of the file, within these limits.
  static func limit(fileBytes: Int) -> Int { min(largest, max(smallest, fileBytes / 4)) }
}

extension Database {
  /// Fits the size of the log to that of the file.
  func limitLog() throws {
    let pageBytes = max(512, try Int.fetchOne(cachedStatement(sql: "PRAGMA page_size")) ?? 0)
    let pages = try Int.fetchOne(cachedStatement(sql: "PRAGMA page_count")) ?? 0
    sqlite3_wal_autocheckpoint(sqliteConnection, Int32(WriteAheadLog.limit(fileBytes: pages * pageBytes) / pageBytes))
  }
}
