import GRDB

extension MirrorStore {
  /// Describes why reading failed. If a value or a search index is damaged, the text says which one.
  func explained(_ error: any Error) -> StoreError {
    switch error {
    case is UnreadableValue, is RowDecodingError:
      let found = try? readNow { try $0.read { try $0.misplacedValue() } }
      if let found { return .damaged(path: path, why: found) }
    case let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT:
      if let index = TextIndex.all.first(where: { error.sql?.contains($0.name) == true }) { return damaged(index) }
    default: break
    }
    return Self.storeError(error, path: path)
  }

  func damaged(_ index: TextIndex) -> StoreError { .damagedIndex(path: path, name: index.name, table: index.table) }
}

extension Database {
  /// The first bookkeeping value whose type differs from the declared type of its column. SQLite checks the types of these tables
  /// when it writes, so the value was written by other means.
  /// - Returns: such as `sync_runs.started_at holds text where run_id is 3`; nil: there is none.
  func misplacedValue() throws -> String? {
    let tables = try String.fetchAll(
      self, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'sync\\_%' ESCAPE '\\' ORDER BY name")
    for table in tables {
      let columns = try Row.fetchAll(
        self, sql: "SELECT name, lower(type) AS type, \"notnull\" AS is_needed, pk FROM pragma_table_xinfo(?)", arguments: [table]
      )
      let key = try columns.filter { try $0.value("pk") as Int > 0 }.map { column -> String in
        let name: String = try column.value("name")
        return "'\(name) is ' || substr(quote(\(name.quotedDatabaseIdentifier)), 1, 100)"
      }
      for column in columns {
        let (name, type) = (try column.value("name") as String, try column.value("type") as String)
        let value = name.quotedDatabaseIdentifier
        let isFree = try !(column.value("is_needed") as Bool) && column.value("pk") as Int == 0
        let sql = """
          SELECT typeof(\(value)) AS type, \(key.isEmpty ? "'?'" : key.joined(separator: " || ' and ' || ")) AS place
          FROM \(table.quotedDatabaseIdentifier) WHERE typeof(\(value)) NOT IN ('\(type)'\(isFree ? ", 'null'" : "")) LIMIT 1
          """
        guard let row = try Row.fetchOne(self, sql: sql) else { continue }
        return "\(table).\(name) holds \(try row.value("type") as String) where \(try row.value("place") as String)"
      }
    }
    return nil
  }

  /// - Returns: the first text in the file that should be JSON and is not, such as `sessions._raw is not JSON where rowid is 7`; nil: there
  ///   is none, or the error is not about JSON.
  func damagedJSON(after error: DatabaseError) -> String? {
    guard error.message?.contains("malformed JSON") == true else { return nil }
    let sql = """
      SELECT m.name AS "table", c.name AS "column" FROM sqlite_master AS m, pragma_table_xinfo(m.name) AS c
      WHERE m.type = 'table' AND (c.name = '_raw' OR (m.name = 'sync_changes' AND c.name = 'before') OR (m.name = 'sync_runs' AND c.name = 'outcomes'))
      """
    for place in (try? Row.fetchAll(self, sql: sql)) ?? [] {
      guard let table: String = try? place.value("table"), let column: String = try? place.value("column") else { continue }
      let value = column.quotedDatabaseIdentifier
      let row = try? Int64.fetchOne(
        self,
        sql: """
          SELECT rowid FROM \(table.quotedDatabaseIdentifier) WHERE \(value) IS NOT NULL AND NOT json_valid(\(value)) LIMIT 1
          """)
      if let row { return "\(table).\(column) is not JSON where rowid is \(row)" }
    }
    return nil
  }

  /// - Returns: a search index that a query uses and that is damaged, as far as a search for one word shows it; nil: it uses none, or
  ///   nothing is wrong with it.
  func damagedIndex(in sql: String) -> TextIndex? {
    TextIndex.all.first { index in
      guard sql.contains(index.name) else { return false }
      let probe = """
        SELECT snippet(\(index.name), 0, '', '', '', 1), rank FROM \(index.name) WHERE \(index.name) MATCH '"a"' ORDER BY rank LIMIT 1
        """
      do {
        _ = try Row.fetchOne(self, sql: probe)
        return false
      } catch {
        return true
      }
    }
  }
}
