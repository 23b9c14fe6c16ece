import Foundation
import GRDB

/// A connection to a mirror's file. A reader of a file in WAL mode must open or create the index of the log, `-shm`. If it may do neither,
/// it can read the file alone as long as the log is empty: https://www.sqlite.org/wal.html#read_only_databases
struct FileConnection: Sendable {
  let queue: DatabaseQueue
  /// The state of the file when it was opened alone, in which case SQLite does not notice writes; nil: it was opened with its log.
  private let alone: FileStamp?

  init(_ queue: DatabaseQueue) {
    self.queue = queue
    alone = nil
  }

  /// - Throws: `StoreError.logUnreadable`; errors of GRDB.
  init(reading path: String, _ configuration: Configuration) throws {
    do {
      self = FileConnection(try Self.opened(path, configuration))
    } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY || error.resultCode == .SQLITE_CANTOPEN {
      // A rollback journal that is not empty needs a connection that may write.
      guard access(path, R_OK) == 0, MirrorFile.bytes(of: path + "-journal") == 0 else { throw error }
      self = try FileConnection(readingAlone: path, configuration)
    }
  }

  /// Opens the file without its log and without locks.
  /// - Throws: `StoreError.logUnreadable` when the log is not empty; errors of GRDB.
  init(readingAlone path: String, _ configuration: Configuration) throws {
    let stamp = FileStamp(path)
    guard stamp?.logBytes == 0 else { throw StoreError.logUnreadable(path: path) }
    queue = try Self.opened(URL(fileURLWithPath: path).absoluteString + "?immutable=1", configuration)
    alone = stamp
  }

  /// Whether the file and its log are unchanged since they were opened.
  func isCurrent(_ path: String) -> Bool { alone == nil || FileStamp(path) == alone }

  /// - Throws: `.changedMeanwhile` if the file was written to since it was opened alone: what was read is then unreliable.
  func demandUnchanged(_ path: String) throws(StoreError) {
    guard let alone else { return }
    // A log that was started since is harmless, as long as nothing is moved into the file.
    guard FileStamp(path)?.file == alone.file else { throw .changedMeanwhile(path: path) }
  }

  /// Whether the log can be read is only known after the first read.
  private static func opened(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    _ = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
    return queue
  }
}

/// Properties that change when a file or its log is written to.
struct FileStamp: Hashable, Sendable {
  struct File: Hashable, Sendable {
    let identity: FileIdentity?
    let bytes: Int64
    let seconds, nanoseconds: Int

    /// Nil: there is no such file.
    init?(_ path: String) {
      var information = stat()
      guard stat(path, &information) == 0 else { return nil }
      #if canImport(Darwin)
        let time = information.st_mtimespec
      #else
        let time = information.st_mtim
      #endif
      identity = FileIdentity(path: path)
      bytes = Int64(information.st_size)
      seconds = Int(time.tv_sec)
      nanoseconds = Int(time.tv_nsec)
    }
  }

  let file: File
  let logBytes: Int

  /// Nil: there is no such file.
  init?(_ path: String) {
    guard let file = File(path) else { return nil }
    self.file = file
    logBytes = MirrorFile.bytes(of: path + "-wal")
  }
}

/// Properties that change with every commit to a mirror, and when the file is replaced.
package struct MirrorStamp: Hashable, Sendable {
  private let file, log: FileStamp.File?

  package init(_ path: String) {
    file = FileStamp.File(path)
    log = FileStamp.File(path + "-wal")
  }
}
