import Files
import Foundation
import GRDB
import GRDBSQLite
import MirrorSchema

/// Inspects a database file before it is used, and creates it with the right mode.
enum MirrorFile {
  enum State: Hashable {
    case missing
    /// Empty, or without tables: it can be filled.
    case blank
    /// A mirror of this or an earlier version.
    case mirror(version: Int)
  }

  /// The path of the actual file, since a user may keep a link to it. The log, the lock and all other files are beside the actual file,
  /// where SQLite keeps them too.
  static func resolve(_ path: String) throws(StoreError) -> String {
    if let objection = objection(to: path) { throw .cannotCreate(path: path, why: "it " + objection) }
    do { return try FileLink.resolve(path) } catch { throw .cannotCreate(path: path, why: error.why) }
  }

  /// Why SQLite would not take a path for the name of a file, as the predicate of a sentence; nil: it would.
  /// https://www.sqlite.org/inmemorydb.html
  static func objection(to path: String) -> String? {
    if path.allSatisfy(\.isWhitespace) { return "is empty" }
    if path.utf8.contains(0) { return "contains a NUL character" }
    if path == ":memory:" { return "is an in-memory database in SQLite, which would be lost when the command ends" }
    guard path.lowercased().hasPrefix("file:") else { return nil }
    return "is a URI in SQLite, not a path. For a file with this name, write ./\(path)"
  }

  /// Rejects files that another user may have put there: a file of another user, and a SQLite companion file that is not ours.
  /// - Throws: `StoreError`. The only change is to an empty file of this user: from now on nobody else may read it.
  static func demandOwn(_ path: String, _ state: State) throws(StoreError) {
    guard let facts = FileFacts(at: path), facts.kind == .file else {
      throw .cannotCreate(path: path, why: "it was replaced by another file meanwhile")
    }
    let isOwn = state == .blank ? facts.owner == geteuid() : facts.isOwn
    guard isOwn else {
      let owner = FileError.name(of: facts.owner)
      throw .cannotCreate(
        path: path,
        why:
          "it belongs to another user (\(owner)), who could read the mirror. Run as that user, change the owner (chown), or use another file"
      )
    }
    if state == .blank, facts.mode & 0o077 != 0, chmod(path, 0o600) != 0 {
      throw .cannotCreate(
        path: path, why: "other users may read it, and its mode cannot be changed: \(String(cString: strerror(errno)))")
    }
    try demandCompanions(path)
  }

  /// SQLite trusts the contents of a log or a journal, whoever wrote it, and writes into an existing one.
  static func demandCompanions(_ path: String) throws(StoreError) {
    let owner = FileFacts(at: path)?.owner
    for suffix in ["-wal", "-shm", "-journal"] {
      guard let facts = FileFacts(at: path + suffix) else { continue }
      let reason: FileError.Reason? =
        switch facts.kind {
        case .file: facts.isOwn || facts.owner == owner ? nil : .owner(facts.owner)
        case .link: .link
        default: .wrongKind(facts.kind)
        }
      if let reason { throw .failed(path: path + suffix, why: FileError(path + suffix, reason).why) }
    }
  }

  /// Reads the header on a read-only connection, so that a file of another program stays unchanged.
  static func inspect(_ path: String) throws(StoreError) -> State {
    var information = stat()
    guard stat(path, &information) == 0 else {
      guard errno == ENOENT || errno == ENOTDIR else { throw .failed(path: path, why: String(cString: strerror(errno))) }
      return .missing
    }
    guard information.st_mode & S_IFMT == S_IFREG else {
      throw .cannotCreate(path: path, why: "it is a folder or a device, not a file")
    }
    try demandCompanions(path)
    guard information.st_size > 0 else { return .blank }
    // SQLite considers a file of one byte empty, and would overwrite it.
    guard information.st_size > 1 else { throw .foreign(path: path, why: "it is not a SQLite database") }
    if let version = mirrorVersion(of: path) { return .mirror(version: version) }
    do {
      var configuration = Configuration()
      configuration.readonly = true
      // The last connection of another process has an exclusive lock while it closes.
      configuration.busyMode = .timeout(10)
      let header = try FileConnection(reading: path, configuration).queue.read { database in
        (
          application: try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
          version: try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0,
          objects: try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        )
      }
      if header.application == 0, header.version == 0, header.objects == 0 { return .blank }
      guard header.application == MirrorSchema.applicationID else {
        throw StoreError.foreign(path: path, why: "its application_id is \(header.application), not a mirror's")
      }
      guard header.version <= MirrorSchema.versions.count else {
        throw StoreError.newer(path: path, version: header.version, known: MirrorSchema.versions.count)
      }
      return .mirror(version: header.version)
    } catch let error as StoreError {
      throw error
    } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY && beganEmpty(path) {
      return .blank
    } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
      throw .foreign(path: path, why: "it is not a SQLite database")
    } catch {
      throw MirrorStore.storeError(error, path: path)
    }
  }

  /// The version of a mirror that can be read and is not newer than this program; nil: a closer inspection is needed. This reads only
  /// the header: for anything else SQLite reads the complete schema first, which is noticeable in a run without changes.
  private static func mirrorVersion(of path: String) -> Int? {
    var connection: OpaquePointer?
    defer { sqlite3_close_v2(connection) }
    guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY, nil) == SQLITE_OK else { return nil }
    sqlite3_busy_timeout(connection, 10_000)
    func number(_ pragma: String) -> Int? {
      var statement: OpaquePointer?
      defer { sqlite3_finalize(statement) }
      guard sqlite3_prepare_v2(connection, "PRAGMA \(pragma)", -1, &statement, nil) == SQLITE_OK,
        sqlite3_step(statement) == SQLITE_ROW
      else { return nil }
      return Int(sqlite3_column_int(statement, 0))
    }
    guard number("application_id") == Int(MirrorSchema.applicationID), let version = number("user_version"),
      version <= MirrorSchema.versions.count
    else { return nil }
    return version
  }

  /// Whether a file is a copy that was not written to since it was made, and has a table of this name. Only a regular file without
  /// companion files is opened: opening a named pipe, for example, would block.
  static func isUnwrittenCopy(_ path: String, with table: String) -> Bool {
    var information = stat()
    guard let path = try? resolve(path), stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFREG,
      (try? demandCompanions(path)) != nil, !isWritten(path)
    else { return false }
    var connection: OpaquePointer?
    defer { sqlite3_close_v2(connection) }
    guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY, nil) == SQLITE_OK else { return false }
    sqlite3_busy_timeout(connection, 10_000)
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    return sqlite3_prepare_v2(connection, "SELECT 1 FROM sqlite_master WHERE name = '\(table)'", -1, &statement, nil) == SQLITE_OK
      && sqlite3_step(statement) == SQLITE_ROW
  }

  /// Whether a file was written to in WAL mode, as mirrors are. Byte 18 of its header says so, without reading the complete schema.
  /// https://www.sqlite.org/fileformat2.html#file_format_version_numbers
  private static func isWritten(_ path: String) -> Bool {
    let handle = FileHandle(forReadingAtPath: path)
    defer { try? handle?.close() }
    guard let header = try? handle?.read(upToCount: 20), header.count == 20 else { return true }
    return header[header.startIndex + 18] != 1
  }

  /// Whether a journal beside the file would roll it back to an empty file, because its first transaction was interrupted. A
  /// connection that may write does that. https://www.sqlite.org/fileformat2.html#the_rollback_journal
  private static func beganEmpty(_ path: String) -> Bool {
    guard let journal = FileHandle(forReadingAtPath: path + "-journal"), let header = try? journal.read(upToCount: 20) else {
      return false
    }
    let magic: [UInt8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]
    return header.count == 20 && header.starts(with: magic) && header.suffix(4).allSatisfy { $0 == 0 }
  }

  /// Creates the folder if it is missing and the file with mode 0600; SQLite gives `-wal` and `-shm` the same mode.
  static func create(_ path: String) throws(StoreError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .cannotCreate(path: path, why: "its folder does not exist and cannot be created")
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 || errno == EEXIST else { throw .cannotCreate(path: path, why: String(cString: strerror(errno))) }
    if descriptor >= 0 { close(descriptor) }
  }

  static func bytes(of path: String) -> Int {
    var information = stat()
    return stat(path, &information) == 0 ? Int(information.st_size) : 0
  }

  static func freeBytes(at folder: String) -> Int {
    var information = statvfs()
    guard statvfs(folder, &information) == 0 else { return .max }
    return Int(information.f_bavail) * Int(information.f_frsize)
  }
}

/// Identifies the file that a path leads to.
struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let number: UInt64

  /// Nil: there is no such file.
  init?(path: String) {
    var information = stat()
    guard stat(path, &information) == 0 else { return nil }
    device = UInt64(information.st_dev)
    number = UInt64(information.st_ino)
  }
}
