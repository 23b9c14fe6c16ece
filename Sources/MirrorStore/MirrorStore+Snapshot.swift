package import DevinModel
import GRDB
import GRDBSQLite

extension MirrorStore {
  /// The file at one moment: all results are from that moment, even if a run writes meanwhile. Usable only inside of `snapshot`.
  package struct Snapshot {
    fileprivate let database: Database
    fileprivate let path: String
  }

  /// - Parameter work: the errors that it throws reach the caller as a `StoreError`, except for cancellation.
  package func snapshot<Result: Sendable>(_ work: @escaping @Sendable (Snapshot) throws -> Result) async throws -> Result {
    try await read { [path] in try work(Snapshot(database: $0, path: path)) }
  }
}

extension MirrorStore.Snapshot {
  /// Whether a query has a row.
  package func exists(_ sql: String, _ parameters: [String: MirrorValue] = [:]) throws -> Bool {
    try Bool.fetchOne(database, sql: "SELECT EXISTS (\(sql))", arguments: parameters.arguments) ?? false
  }

  /// The first column of the first row; 0: there is none, or it is NULL.
  package func number(_ sql: String, _ parameters: [String: MirrorValue] = [:]) throws -> Int64 {
    try Row.fetchOne(database, sql: "SELECT (\(sql)) AS number", arguments: parameters.arguments)?.value("number") ?? 0
  }

  /// The number of the newest recorded change; 0: there is none.
  package func newestChange() throws -> Int64 { try number("SELECT max(change_id) FROM sync_changes") }

  /// The number of the newest change that `maintain` has removed; 0: none was removed.
  package func newestPruned() throws -> Int64 { try number("SELECT max(change_id) FROM sync_pruned") }

  /// The record of one change; nil: there is none with this number.
  package func change(_ id: Int64) throws -> ChangeRecord? {
    let sql = "SELECT change_id, run_id, changed_at, resource, key, change, NULL AS push FROM sync_changes WHERE change_id = ?"
    return try Row.fetchOne(database, sql: sql, arguments: [id]).map(ChangeRecord.init)
  }

  /// The resources with changes after the given one.
  package func changedResources(after id: Int64) throws -> Set<String> {
    // Without GROUP BY, which would sort all of these changes in memory.
    try String.fetchSet(database, sql: "SELECT DISTINCT resource FROM sync_changes WHERE change_id > ?", arguments: [id])
  }

  /// As `MirrorStore.health`.
  package func health() throws -> [MirrorStore.OrganizationHealth] { try database.health() }

  /// Passes each row to a closure: the first column, a text, as bytes, and the second, a number. Nothing is copied.
  /// - Parameter each: returns false to stop.
  package func texts(
    of sql: String, _ parameters: [String: MirrorValue], each: (UnsafeRawBufferPointer, Int64) -> Bool
  ) throws {
    let statement = try database.makeStatement(sql: sql)
    let names = Set(statement.parameterNames)
    try statement.setArguments(parameters.filter { names.contains($0.key) }.arguments)
    let rows = try Row.fetchCursor(statement)
    while try next(of: rows) {
      let bytes = sqlite3_column_text(statement.sqliteStatement, 0)
      let count = Int(sqlite3_column_bytes(statement.sqliteStatement, 0))
      let number = sqlite3_column_int64(statement.sqliteStatement, 1)
      guard each(UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count), number) else { return }
    }
  }

  /// - Throws: `StoreError.damaged` if a text should be JSON and is not.
  private func next(of rows: RowCursor) throws -> Bool {
    do {
      return try rows.next() != nil
    } catch let error as DatabaseError {
      throw database.damagedJSON(after: error).map { StoreError.damaged(path: path, why: $0) } ?? error
    }
  }
}

extension Statement {
  /// The names of the parameters, without the colon.
  fileprivate var parameterNames: [String] {
    (0..<sqlite3_bind_parameter_count(sqliteStatement)).compactMap { index in
      sqlite3_bind_parameter_name(sqliteStatement, index + 1).map { String(cString: $0.advanced(by: 1)) }
    }
  }
}

extension [String: MirrorValue] {
  fileprivate var arguments: StatementArguments {
    StatementArguments(mapValues { $0.databaseValue as (any DatabaseValueConvertible)? })
  }
}
