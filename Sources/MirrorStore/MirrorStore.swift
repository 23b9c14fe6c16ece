package import DevinModel
import Foundation
import GRDB
import GRDBSQLite
import MirrorSchema
import ProcessSettings
import Synchronization

/// The mirror's file: pages become rows and checkpoints here, in one transaction. Knows no HTTP.
package final class MirrorStore: Sendable {
  package let path: String
  var database: DatabaseQueue { connection.withLock { $0.queue } }
  private let connection: Mutex<FileConnection>
  let state = Mutex(State())
  private let queue: WriteQueue
  /// Nil: in memory.
  let opened: FileIdentity?
  private let longestValue: Int?
  /// By table: the lists that stand below its rows.
  let below: [String: [ListsBelow]]

  /// What writing goes by.
  struct State: Sendable {
    var tables: [String: TableState] = [:]
    var indexesText = false
    var volatileMembers: [String: [String]] = [:]
    var omittedMembers: [String: [String]] = [:]
  }

  /// Members whose change alone is not recorded in `sync_changes`, by table. Set before the first page.
  package var volatileMembers: [String: [String]] {
    get { state.withLock(\.volatileMembers) }
    set { state.withLock { $0.volatileMembers = newValue } }
  }

  /// Members that are left out of rows, by table. Set before the first page.
  package var omittedMembers: [String: [String]] {
    get { state.withLock(\.omittedMembers) }
    set { state.withLock { $0.omittedMembers = newValue } }
  }

  /// What is known of a table that is written to since the file was opened.
  struct TableState: Sendable {
    /// Built once.
    let statements: TableStatements
    /// Whether the connection knows the members that are expected of its objects.
    var isLearned = false
    /// Committed pages.
    var pages = 0
    /// Rows, and bytes of their pages, that the full-text index has not come to.
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

  /// - Parameter longestValue: bytes of a value that a query may make or read; nil: as many as SQLite can hold.
  /// - Throws: `StoreError`; a file that is not a mirror, or a newer one, is left as it is.
  package init(
    path: String, _ access: Access, below: [ListsBelow] = [], longestValue: Int? = nil
  ) throws(StoreError) {
    Self.settings
    let path = try MirrorFile.resolve(path)
    self.path = path
    self.longestValue = longestValue
    self.below = Self.byTable(below)
    #if DEBUG && canImport(Glibc)
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
        // What somebody puts there while SQLite opens the file is found before anything is written.
        try MirrorFile.demandCompanions(path)
        let version = try database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
        if version == 0 { try Self.fill(database) } else { try Self.migrate(database, from: version) }
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

  /// Makes sure that a mirror can be at this path, before its lock is taken: refuses a file that is not ours and creates
  /// one that is missing.
  package static func prepare(path: String) throws(StoreError) {
    settings
    let path = try MirrorFile.resolve(path)
    try prepare(path, MirrorFile.inspect(path))
  }

  private static func prepare(_ path: String, _ state: MirrorFile.State) throws(StoreError) {
    if state == .missing { try MirrorFile.create(path) }
    try MirrorFile.demandOwn(path, state == .missing ? .blank : state)
  }

  /// Why a path is no place for a mirror, as the rest of a sentence; nil: it may be one.
  package static func objection(toPath path: String) -> String? { MirrorFile.objection(to: path) }

  /// A mirror in memory, of the newest version, which the versions make one after the other.
  package init(inMemory name: String) throws {
    Self.settings
    path = name
    longestValue = nil
    below = [:]
    opened = nil
    let database = try DatabaseQueue(configuration: Self.configuration(for: .write))
    connection = Mutex(FileConnection(database))
    queue = WriteQueue(database)
    try Self.migrate(database, from: 0)
    state.withLock { $0.indexesText = true }
  }

  private static func byTable(_ lists: [ListsBelow]) -> [String: [ListsBelow]] {
    lists.reduce(into: [:]) { byTable, list in
      for table in list.parents.tables { byTable[table, default: []].append(list) }
    }
  }

  package func close() throws { try database.close() }

  /// Settings of SQLite for the whole process, made before it is used.
  private static let settings: Void = settings_sqlite_counts_no_memory()

  private static func configuration(for access: Access, longestValue: Int? = nil) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = access == .read
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { database in
      // Key columns and JSON texts are compared, never ordered by locale; 8 MB of pages are kept in memory.
      try database.execute(sql: "PRAGMA cache_size = -8000")
      try database.execute(sql: "PRAGMA temp_store = MEMORY")
      guard access == .write else {
        // A reader has this file to read and no other.
        sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_ATTACHED, 0)
        if let longestValue { sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_LENGTH, Int32(clamping: longestValue)) }
        return
      }
      // Only a new file takes it. A page of 8 KiB holds a page of the API's rows, and is written with half as many calls as two of 4 KiB.
      try database.execute(sql: "PRAGMA page_size = 8192")
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      // In WAL mode NORMAL keeps the file consistent through a power cut; at worst the last commits are read again.
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
      let logBytes = 64 << 20
      let pageBytes = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 4_096
      try database.execute(sql: "PRAGMA wal_autocheckpoint = \(logBytes / pageBytes)")
      try database.execute(sql: "PRAGMA journal_size_limit = \(logBytes)")
    }
    return configuration
  }

  /// Makes a new file as the newest version has it. To go through all versions takes four times as long.
  private static func fill(_ database: DatabaseQueue) throws {
    try take([MirrorSchema.sql, MirrorSchema.rows], to: MirrorSchema.versions.count, in: database, hasRows: false)
  }

  /// Brings a file to the newest version, each step in a transaction of its own.
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

  /// - Throws: `.replaced` when the path leads to another file than the one that is open, so that nobody would find what is
  ///   written.
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
      // Half of a change looks like damage.
      try connection.demandUnchanged(path)
      throw explained(error)
    }
  }

  /// The same for work that waits, or that takes a connection of its own accord.
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

  /// A file that was opened alone is opened again when somebody has written since.
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
      return .damaged(path: path, why: "the column \(error.column) holds a value that does not belong there")
    }
    if error is RowDecodingError { return .damaged(path: path, why: "\(error)") }
    guard let error = error as? DatabaseError else { return error as? StoreError ?? .failed(path: path, why: "\(error)") }
    let text = error.message ?? "\(error.resultCode)"
    return switch error.resultCode {
    case .SQLITE_FULL: .full(path: path)
    case .SQLITE_CORRUPT: .damaged(path: path, why: text)
    case .SQLITE_NOTADB: .foreign(path: path, why: "it is no SQLite database")
    default: .failed(path: path, why: "\(text) (\(error.extendedResultCode.rawValue))")
    }
  }
}
