package import DevinModel
import GRDB

extension MirrorStore {
  /// What is wrong inside the file, each finding a sentence; empty: nothing. Reads one state of the file, even while a run
  /// is writing.
  /// - Parameter tables: the tables to check, and for each whether complete walks find its deletions.
  package func findings(in tables: [(table: MirrorTable, isSwept: Bool)]) async throws -> [String] {
    try await read { database in
      var findings = try database.damage()
      // Other checks of a damaged file would be unreliable.
      guard findings.isEmpty else { return findings }
      findings += try OwnSchema.missingIndexes(in: database)
      for (table, isSwept) in tables {
        findings += try database.contradictions(in: table)
        if isSwept { findings += try database.unaccounted(in: table) }
      }
      return findings + (try database.brokenBookkeeping())
    }
  }
}

extension Database {
  /// Findings of SQLite's own checks.
  fileprivate func damage() throws -> [String] {
    let integrity = try String.fetchAll(self, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
    let foreignKeys = try Row.fetchAll(self, sql: "PRAGMA foreign_key_check").count
    return integrity.map { "integrity_check: \($0)" }
      + (foreignKeys > 0 ? ["foreign_key_check: \(foreignKeys) rows refer to missing rows"] : [])
  }

  /// Rows whose JSON is invalid, or whose stored columns do not match it.
  fileprivate func contradictions(in table: MirrorTable) throws -> [String] {
    var findings: [String] = []
    let invalid = try Int.fetchOne(self, sql: "SELECT count(*) FROM \"\(table.name)\" WHERE NOT json_valid(_raw)") ?? 0
    if invalid > 0 { findings.append("\(table.name): \(invalid) rows whose _raw is not JSON") }
    for column in try TableShape.storedColumns(of: table.name) {
      // A column of type REAL holds the nearest value that it can represent.
      let sql = """
        SELECT count(*) FROM "\(table.name)" WHERE "\(column.name)" IS NOT (\(column.expression))
          AND NOT (typeof("\(column.name)") = 'real' AND "\(column.name)" IS CAST(\(column.expression) AS REAL))
        """
      let count = invalid > 0 ? 0 : try Int.fetchOne(self, sql: sql) ?? 0
      if count > 0 { findings.append("\(table.name): \(count) rows whose \(column.name) does not match their _raw") }
    }
    return findings
  }

  /// Rows that are not deleted but in no list, so that their deletion would go unnoticed, and lists that claim rows that do not
  /// exist.
  fileprivate func unaccounted(in table: MirrorTable) throws -> [String] {
    let lists = "sync_checkpoints AS c JOIN sync_seen AS s USING (list_id)"
    let wasRead = "EXISTS (SELECT 1 FROM sync_checkpoints WHERE resource = :table AND reconciled_at IS NOT NULL)"
    let rows =
      try Int.fetchOne(
        self,
        sql: """
          WITH known AS MATERIALIZED (SELECT DISTINCT t.rowid AS id FROM \(lists) JOIN "\(table.name)" AS t
            ON \(table.rowIsOfList) WHERE c.resource = :table)
          SELECT count(*) FROM "\(table.name)" AS t
          WHERE t._deleted_at IS NULL AND \(wasRead) AND t.rowid NOT IN (SELECT id FROM known)
          """, arguments: ["table": table.name]) ?? 0
    let claims =
      try Int.fetchOne(
        self,
        sql: """
          SELECT count(*) FROM \(lists) WHERE c.resource = :table
            AND NOT EXISTS (\(table.rowOfList))
          """, arguments: ["table": table.name]) ?? 0
    return (rows > 0 ? ["\(table.name): \(rows) rows that belong to no list"] : [])
      + (claims > 0 ? ["\(table.name): \(claims) rows that are in a list but missing in the table"] : [])
  }

  /// Checkpoints and ledgers with impossible values.
  fileprivate func brokenBookkeeping() throws -> [String] {
    let checks = [
      (
        "sync_seen: keys of an unknown list",
        "SELECT count(*) FROM sync_seen WHERE list_id NOT IN (SELECT list_id FROM sync_checkpoints)"
      ),
      (
        "sync_intervals: time ranges of an unknown list, or that end before they start",
        "SELECT count(*) FROM sync_intervals WHERE ends_at <= starts_at OR list_id NOT IN (SELECT list_id FROM sync_checkpoints)"
      ),
      (
        "sync_seen: keys of a walk that has not started",
        "SELECT count(*) FROM sync_seen AS s JOIN sync_checkpoints AS c USING (list_id) WHERE s.walk > c.walk"
      ),
      (
        "sync_checkpoints: lists that were read completely in an unknown run",
        "SELECT count(*) FROM sync_checkpoints WHERE completed_run IS NOT NULL AND completed_run NOT IN (SELECT run_id FROM sync_runs)"
      ),
      (
        "sync_changes: changes of an unknown run",
        "SELECT count(*) FROM sync_changes WHERE run_id NOT IN (SELECT run_id FROM sync_runs)"
      ),
    ]
    return try checks.compactMap { finding, sql in
      let count = try Int.fetchOne(self, sql: sql) ?? 0
      return count > 0 ? "\(finding): \(count)" : nil
    }
  }
}

extension MirrorTable {
  /// Whether a row `t` is the one that a list `c` (`sync_checkpoints`) holds under the key of `s` (`sync_seen`).
  fileprivate var rowIsOfList: String {
    let scope = scopeKey.map { $0 == "org_id" ? " AND t.org_id = c.org_id" : " AND t.\"\($0)\" = c.parent" }.joined()
    return "t.\"\(itemKey.column)\" = s.key\(scope)"
  }

  /// SQL for that row.
  var rowOfList: String { "SELECT 1 FROM \"\(name)\" AS t WHERE \(rowIsOfList)" }
}
