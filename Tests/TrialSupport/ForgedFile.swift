import Foundation
import GRDB

/// A mirror's file with values that devin-sync never writes, as somebody could insert with SQLite. Its schema is unchanged.
package struct ForgedFile {
  /// A column of a bookkeeping table.
  package struct Place: Hashable, Sendable, CustomStringConvertible {
    package let table, column: String
    package var description: String { "\(table).\(column)" }

    package init(table: String, column: String) { (self.table, self.column) = (table, column) }
  }

  private let path: String

  /// Copies a mirror that is not being written.
  package init(of original: String, at path: String) throws {
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    try FileManager.default.copyItem(atPath: original, toPath: path)
    self.path = path
  }

  /// Every bookkeeping column except row numbers, for which SQLite allows only integers.
  package static func places(in path: String) throws -> [Place] {
    try DatabaseQueue(path: path).read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT m.name AS "table", c.name AS "column" FROM sqlite_master AS m, pragma_table_xinfo(m.name) AS c
          WHERE m.type = 'table' AND m.name LIKE 'sync\\_%' ESCAPE '\\'
            AND NOT (c.pk = 1 AND c.type = 'INTEGER' AND m.sql NOT LIKE '%WITHOUT ROWID%'
              AND (SELECT count(*) FROM pragma_table_xinfo(m.name) WHERE pk > 0) = 1)
          ORDER BY 1, c.cid
          """
      ).map { Place(table: $0["table"], column: $0["column"]) }
    }
  }

  /// Writes a value into a column of every row, whatever its type.
  /// - Parameter literal: SQL.
  package func put(_ literal: String, into place: Place) throws {
    let table = place.table.quotedDatabaseIdentifier
    let sql = try open { database in
      if try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") == 0 {
        let columns = try Row.fetchAll(database, sql: "PRAGMA table_info(\(table))")
        let values = columns.map { ($0["type"] as String) == "INTEGER" ? "1" : "'x'" }
        try database.execute(sql: "INSERT INTO \(table) VALUES (\(values.joined(separator: ", ")))")
      }
      let sql = try String.fetchOne(database, sql: "SELECT sql FROM sqlite_master WHERE name = ?", arguments: [place.table]) ?? ""
      let loose = sql.replacing(") STRICT, WITHOUT ROWID", with: ") WITHOUT ROWID").replacing(") STRICT", with: ")")
      try declare(place.table, as: loose.replacing(" NOT NULL", with: ""), database)
      return sql
    }
    try open { database in
      try database.execute(sql: "UPDATE OR IGNORE \(table) SET \(place.column.quotedDatabaseIdentifier) = \(literal)")
      try declare(place.table, as: sql, database)
    }
  }

  /// Executes any statements.
  package func execute(_ sql: String) throws { try open { try $0.execute(sql: sql) } }

  private func declare(_ table: String, as sql: String, _ database: Database) throws {
    try database.execute(sql: "PRAGMA writable_schema = ON")
    try database.execute(sql: "UPDATE sqlite_master SET sql = ? WHERE name = ?", arguments: [sql, table])
    try database.execute(sql: "PRAGMA writable_schema = OFF")
  }

  private func open<R>(_ work: (Database) throws -> R) throws -> R {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.writeWithoutTransaction(work)
  }
}
