import GRDB

extension MirrorStore {
  /// One object of the schema, as in `sqlite_master`.
  package struct SchemaObject: Hashable, Sendable {
    /// table, view or index.
    package let type: String
    package let name: String
    package let table: String
    package let sql: String
    /// Only for tables and views.
    package let columns: [Column]
  }

  package struct Column: Hashable, Sendable {
    package let name: String
    /// As declared: TEXT, INTEGER, REAL; empty for computed columns of views.
    package let type: String
  }

  /// Every table, index and view with its original SQL and comments, in the order of creation.
  package func schema() throws -> [SchemaObject] {
    // The internal tables of a full-text index are left out.
    try objects("tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')", [])
  }

  /// Some tables, without the cost of reading every view.
  package func tables(_ names: [String]) throws -> [SchemaObject] {
    try objects("type = 'table' AND name IN (SELECT value FROM json_each(?))", [Self.json(names)])
  }

  /// - Parameter which: a condition on the rows of `sqlite_master`.
  private func objects(_ which: String, _ arguments: StatementArguments) throws -> [SchemaObject] {
    try database.read { database in
      try Row.fetchAll(
        database,
        sql:
          "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND \(which)",
        arguments: arguments
      ).map { row in
        let name: String = row["name"]
        let columns =
          row["type"] == "index"
          ? []
          : try Row.fetchAll(database, sql: "SELECT name, type FROM pragma_table_xinfo(?)", arguments: [name])
            .map { Column(name: $0["name"], type: $0["type"]) }
        return SchemaObject(type: row["type"], name: name, table: row["tbl_name"], sql: row["sql"], columns: columns)
      }
    }
  }
}
