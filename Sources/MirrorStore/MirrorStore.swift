package import DevinModel
import Foundation
import GRDB
import GRDBSQLite
import MirrorSchema
import ProcessSettings
import Synchronization

/// The mirror's file, where pages become rows and checkpoints in one transaction. It does not use HTTP.
package final class MirrorStore: Sendable {
  package let path: String
  var database: DatabaseQueue { connection.withLock { $0.queue } }
  private let connection: Mutex<FileConnection>
  let state = Mutex(State())
  private let queue: WriteQueue
  /// Nil: in memory.
  let opened: FileIdentity?
  private let longestValue: Int?
  /// By table: the child lists of its rows.
  let below: [String: [ChildLists]]

  /// State used for writing.
  struct State: Sendable {
    var tables: [String: TableState] = [:]
    var indexesText = false
    var volatileMembers: [String: [String]] = [:]
    var omittedMembers: [String: [String]] = [:]
  }

  /// Members, by table, that are not recorded in `sync_changes` if nothing else changed. Set before the first page.
  package var volatileMembers: [String: [String]] {
    get { state.withLock(\.volatileMembers) }
    set { state.withLock { $0.volatileMembers = newValue } }
  }

  /// Members that are omitted from rows, by table. Set before the first page.
  package var omittedMembers: [String: [String]] {
    get { state.withLock(\.omittedMembers) }
    set { state.withLock { $0.omittedMembers = newValue } }
  }

  /// What is known of a table that was written to since the file was opened.
  struct TableState: Sendable {
    /// Built once.
    let statements: TableStatements
    /// Whether the connection knows the expected members of its objects.
    var isLearned = false
    /// Committed pages.
    var pages = 0
    /// Rows, and bytes of their pages, that are not in the full-text index yet.
    var unindexed = (rows: 0, bytes: 0)
    /// Rows that it has come to since the file was opened.
    var indexed = 0
  }

  package enum Access: Hashable, Sendable {
    /// Creates the file if it is missing and upgrades it.
    case write
    /// Creates and changes nothing; a missing file is an error.
    case read
  }

  /// - Parameter longestValue: the maximum size in bytes of a value that a query may create or read; nil: SQLite's own limit.
  /// - Throws: `StoreError`; a file that is not a mirror, or a newer one, is not changed.
  package init(
    path: String, _ access: Access, below: [ChildLists] = [], longestValue: Int? = nil
  ) throws(StoreError) {
    Self.settings
    let path = try MirrorFile.resolve(path)
    self.path = path
    self.longestValue = longestValue
    self.below = Self.byTable(below)
    #if TEST_HOOKS && canImport(Glibc)
      _ = CrashPoint.watchesStorage
    #endif
    let state = try MirrorFile.inspect(path)
    if access == .read {
      guard case .mirror(let version) = state else {
        throw state == .missing ? .missing(path: path) : .foreign(path: path, why: "it is empty")
      }
      guard version == MirrorSchema.versions.count else {
        throw .outdated(path: path, version: version, known: MirrorSchema.versions.count)
      }
    }
    if access == .write { try Self.prepare(path, state) }
    opened = FileIdentity(path: path)
    do {
      let configuration = Self.configuration(for: access, longestValue: longestValue)
      let connection =
        access == .read
        ? try FileConnection(reading: path, configuration)
        : FileConnection(try DatabaseQueue(path: path, configuration: configuration))
      let database = connection.queue
      self.connection = Mutex(connection)
      queue = WriteQueue(database)
      if access == .write {
        // Checked before anything is written, in case another program put files there while SQLite opened the database.
        try MirrorFile.demandCompanions(path)
        let version = try database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
        if version < MirrorSchema.versions.count { try Self.bringUpToDate(path, configuration, from: version) }
      }
      let isCurrent = try database.read {
        try OwnSchema.demand(in: $0, path: path, isWriting: access == .write)
        return try Row.fetchOne($0, sql: "SELECT max(is_on) AS is_on FROM sync_text_indexes")?.value("is_on") ?? false
      }
      self.state.withLock { $0.indexesText = isCurrent }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_READONLY {
      throw .cannotCreate(path: path, why: error.message ?? "\(error.resultCode)")
    } catch {
      throw Self.storeError(error, path: path)
    }
  }

  /// Makes sure that a mirror can be at this path, before its lock is acquired: rejects a file that is not ours and creates
  /// a missing one.
  package static func prepare(path: String) throws(StoreError) {
    settings
    let path = try MirrorFile.resolve(path)
    try prepare(path, MirrorFile.inspect(path))
  }

  private static func prepare(_ path: String, _ state: MirrorFile.State) throws(StoreError) {
    if state == .missing { try MirrorFile.create(path) }
    try MirrorFile.demandOwn(path, state == .missing ? .blank : state)
  }

  /// Why a path cannot be used for a mirror, as the predicate of a sentence; nil: it can be used.
  package static func objection(toPath path: String) -> String? { MirrorFile.objection(to: path) }

  /// A mirror in memory, of the newest version, created by applying all migrations in order.
  package init(inMemory name: String) throws {
    Self.settings
    path = name
    longestValue = nil
    below = [:]
    opened = nil
    let database = try DatabaseQueue(configuration: Self.configuration(for: .write))
    connection = Mutex(FileConnection(database))
    queue = WriteQueue(database)
    Self.forgetReads(of: database)
    try Self.migrate(database, from: 0)
    state.withLock { $0.indexesText = true }
  }

  /// The version of the SQLite library.
  package static var sqliteVersion: String { String(cString: sqlite3_libversion()) }

  /// The bytes of the file at a path with its log, and the free bytes of its file system.
  package static func room(at path: String) -> (used: Int, free: Int) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    return (MirrorFile.bytes(of: path) + MirrorFile.bytes(of: path + "-wal"), MirrorFile.freeBytes(at: folder))
  }

  private static func byTable(_ lists: [ChildLists]) -> [String: [ChildLists]] {
    lists.reduce(into: [:]) { byTable, list in
      for table in list.parents.tables { byTable[table, default: []].append(list) }
    }
  }

  package func close() throws { try database.close() }

  /// Settings of SQLite for the whole process, which must be made before SQLite is used.
  private static let settings: Void = settings_sqlite_counts_no_memory()

  private static func configuration(for access: Access, longestValue: Int? = nil) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = access == .read
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { database in
      // Key columns and JSON texts are compared by bytes, without a locale; 8 MB of pages are kept in memory.
      try database.execute(sql: "PRAGMA cache_size = -8000")
      try database.execute(sql: "PRAGMA temp_store = MEMORY")
      guard access == .write else {
        // A reader must not attach other files.
        sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_ATTACHED, 0)
        if let longestValue { sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_LENGTH, Int32(clamping: longestValue)) }
        return
      }
      // Only a new file takes it. A page of 8 KiB holds a page of the API's rows, and is written with half as many calls as two of 4 KiB.
      try database.execute(sql: "PRAGMA page_size = 8192")
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      // In WAL mode, NORMAL keeps the file consistent through a power failure; at worst the last commits are lost and read again.
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
      try database.execute(sql: "PRAGMA journal_size_limit = \(WriteAheadLog.largest)")
    }
    return configuration
  }

  /// Fills a new file, or migrates an older one, with a connection of its own.
  private static func bringUpToDate(_ path: String, _ configuration: Configuration, from version: Int) throws {
    let database = try DatabaseQueue(path: path, configuration: configuration)
    forgetReads(of: database)
    if version == 0 { try fill(database) } else { try migrate(database, from: version) }
    try database.close()
  }

  /// Ends GRDB's notes of what each statement reads, which it needs to observe changes. `ALTER TABLE` reads all views, and the notes took most
  /// of a migration's time. A connection without them must not be cancelled, since GRDB then does not recognize its own ROLLBACK.
  private static func forgetReads(of database: DatabaseQueue) {
    database.writeWithoutTransaction { _ = sqlite3_set_authorizer($0.sqliteConnection, nil, nil) }
  }

  /// Creates the newest schema in a new file. Applying all migrations instead would take four times as long.
  private static func fill(_ database: DatabaseQueue) throws {
    try take([MirrorSchema.sql, MirrorSchema.rows], to: MirrorSchema.versions.count, in: database, hasRows: false)
  }

  /// Migrates a file to the newest version, with a separate transaction for each step.
  private static func migrate(_ database: DatabaseQueue, from version: Int) throws {
    for (number, statements) in MirrorSchema.versions.enumerated().dropFirst(version) {
      try take(statements, to: number + 1, in: database, hasRows: true)
    }
  }

  private static func take(_ statements: [String], to version: Int, in database: DatabaseQueue, hasRows: Bool) throws {
    try database.writeWithoutTransaction { database in
      try database.inTransaction(.immediate) {
        for statements in statements {
          try database.execute(sql: statements)
          CrashPoint.reached(.migration)
        }
        if hasRows { try database.makeDerived(of: version) }
        try database.execute(sql: "PRAGMA application_id = \(MirrorSchema.applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(version)")
        return .commit
      }
      CrashPoint.reached(.migrated)
    }
  }

  /// - Throws: `.replaced` if the path leads to another file than the open one, so that written data could not be
  ///   found.
  package func demandPlace() throws(StoreError) {
    if let opened, FileIdentity(path: path) != opened { throw .replaced(path: path) }
  }

  // MARK: - Access to the file, for this target's extensions

  func write<Result: Sendable>(_ work: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
    try demandPlace()
    do {
      return try await queue.write(work)
    } catch let error as PageRows.NeedComparison {
      throw error
    } catch {
      throw Self.storeError(error, path: path)
    }
  }

  /// The same outside of a transaction.
  func writeOutsideTransaction<Result: Sendable>(_ work: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
    do {
      return try await queue.writeOutsideTransaction(work)
    } catch {
      throw Self.storeError(error, path: path)
    }
  }

  func read<Result: Sendable>(_ work: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
    let connection = try connectionToRead()
    do {
      let result = try await connection.queue.read(work)
      try connection.demandUnchanged(path)
      return result
    } catch let error as CancellationError {
      throw error
    } catch {
      // A read during a write by another process can look like damage.
      try connection.demandUnchanged(path)
      throw explained(error)
    }
  }

  /// The same for work that blocks, or that needs the connection itself.
  func readNow<Result>(_ work: (DatabaseQueue) throws -> Result) throws -> Result {
    let connection = try connectionToRead()
    do {
      let result = try work(connection.queue)
      try connection.demandUnchanged(path)
      return result
    } catch {
      try connection.demandUnchanged(path)
      throw error
    }
  }

  /// A file that was opened alone is opened again if it was written to since.
  private func connectionToRead() throws(StoreError) -> FileConnection {
    do {
      return try connection.withLock { connection in
        if !connection.isCurrent(path) {
          connection = try FileConnection(reading: path, Self.configuration(for: .read, longestValue: longestValue))
        }
        return connection
      }
    } catch {
      throw Self.storeError(error, path: path)
    }
  }

  static func storeError(_ error: any Error, path: String) -> StoreError {
    if let error = error as? UnreadableValue {
      return .damaged(path: path, why: "the column \(error.column) contains an invalid value")
    }
    if error is RowDecodingError { return .damaged(path: path, why: "\(error)") }
    guard let error = error as? DatabaseError else { return error as? StoreError ?? .failed(path: path, why: "\(error)") }
    let text = error.message ?? "\(error.resultCode)"
    return switch error.resultCode {
    case .SQLITE_FULL: .full(path: path)
    case .SQLITE_CORRUPT: .damaged(path: path, why: text)
    case .SQLITE_NOTADB: .foreign(path: path, why: "it is not a SQLite database")
    default: .failed(path: path, why: "\(text) (\(error.extendedResultCode.rawValue))")
    }
  }
}
