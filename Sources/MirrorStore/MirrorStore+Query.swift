package import DevinModel
import GRDB
import GRDBSQLite
import Synchronization

extension MirrorStore {
  package struct QueryResult: Hashable, Sendable {
    package let columns: [String]
    package let rows: [[MirrorValue]]

    /// Nil: NULL.
    package var texts: [[String?]] { rows.map { $0.map(\.text) } }
  }

  /// Runs any read-only query and returns all of its rows.
  package func query(_ sql: String, _ parameters: [String: MirrorValue] = [:]) async throws -> QueryResult {
    let rows = Mutex<[[MirrorValue]]>([])
    let columns = try await query(sql, parameters) { _, values in rows.withLock { $0.append(values) } }
    return QueryResult(columns: columns, rows: rows.withLock(\.self))
  }

  /// Runs any read-only query, row by row.
  /// - Parameter parameters: by name, without the colon; those that the query does not use are ignored, and missing ones
  ///   are NULL.
  /// - Returns: the names of the columns.
  /// - Throws: `StoreError.unusableQuery` if the SQL is invalid or would change something; errors of `row`.
  package func query(
    _ sql: String, _ parameters: [String: MirrorValue] = [:],
    row: @escaping @Sendable (_ columns: [String], _ values: [MirrorValue]) throws -> Void
  ) async throws -> [String] {
    try await read { database in
      let statement = try self.statement(sql, parameters, in: database)
      let columns = statement.columnNames
      do {
        let rows = try Row.fetchCursor(statement)
        while let found = try rows.next() { try row(columns, found.databaseValues.map(MirrorValue.init)) }
      } catch let error as DatabaseError {
        throw self.queryError(error, sql, in: database)
      }
      return columns
    }
  }

  /// Decides whether the query or the file caused an error.
  private func queryError(_ error: DatabaseError, _ sql: String, in database: Database) -> any Error {
    switch error.resultCode {
    case .SQLITE_MISUSE: return StoreError.unusableQuery(why: "only one statement is allowed")
    case .SQLITE_ERROR, .SQLITE_AUTH, .SQLITE_MISMATCH, .SQLITE_TOOBIG, .SQLITE_RANGE, .SQLITE_READONLY:
      if let index = database.damagedIndex(in: sql) { return damaged(index) }
      if let damage = database.damagedJSON(after: error) { return StoreError.damaged(path: path, why: damage) }
      return StoreError.unusableQuery(why: error.message ?? "\(error)")
    default: return error
    }
  }

  /// The names of the parameters of a query, without the colon.
  /// - Throws: as `query`.
  package func parameters(of sql: String) async throws -> Set<String> {
    try await read { Self.names(in: try self.statement(sql, [:], in: $0)) }
  }

  private static func names(in statement: Statement) -> Set<String> {
    Set(
      (1...max(1, sqlite3_bind_parameter_count(statement.sqliteStatement))).compactMap { index in
        sqlite3_bind_parameter_name(statement.sqliteStatement, index).map { String(cString: $0.advanced(by: 1)) }
      })
  }

  private func statement(
    _ sql: String, _ parameters: [String: MirrorValue], in database: Database
  ) throws -> Statement {
    try QueryPragmas.demandHarmless(sql)
    let statement: Statement
    do {
      statement = try database.makeStatement(sql: sql)
    } catch let error as DatabaseError {
      throw self.queryError(error, sql, in: database)
    }
    guard statement.isReadonly else { throw StoreError.unusableQuery(why: "it would write, but queries may only read") }
    let arguments = Self.names(in: statement).map { ($0, (parameters[$0] ?? .null).databaseValue) }
    try statement.setArguments(StatementArguments(Dictionary(arguments) { first, _ in first }))
    return statement
  }
}

extension MirrorValue {
  fileprivate init(_ value: DatabaseValue) {
    self =
      switch value.storage {
      case .null: .null
      case .int64(let number): .integer(number)
      case .double(let number): .real(number)
      case .string(let text): .text(text)
      case .blob(let bytes): .bytes(bytes.count)
      }
  }

  var databaseValue: DatabaseValue {
    switch self {
    case .null, .bytes: .null
    case .integer(let number): number.databaseValue
    case .real(let number): number.databaseValue
    case .text(let text): text.databaseValue
    }
  }
}
