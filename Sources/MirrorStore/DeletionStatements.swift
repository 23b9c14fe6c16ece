import DevinModel

/// Marks rows as deleted. Keys are a JSON list.
struct DeletionStatements: Sendable {
  /// Records each. Parameters: `keys`, `run`, `now`, the scope's.
  let record: String
  /// Updates the row counts, before the rows are marked. Parameters: `keys`, the scope's.
  let count: String
  /// Parameters: `keys`, `now`, the scope's.
  let mark: String
  /// Rebuilds what is derived from the rows, after they are marked. Parameters: `keys`, the scope's.
  let derive: [DerivedTable.Step]
  /// Removes their child lists from the ledger. Parameters: `keys`.
  let forgetBelow: [String]

  init(_ sql: TableSQL, below: [ChildLists]) {
    let (table, name, key) = (sql.table, sql.name, sql.key)
    let doomed = """
      \((table.scopeKey.map { "\"\($0)\" = :\($0)" } + ["\"\(key)\" IN (SELECT value FROM json_each(:keys))"])
        .joined(separator: " AND ")) AND _deleted_at IS NULL
      """
    record = """
      INSERT INTO sync_changes (run_id, changed_at, resource, key, change, before)
      SELECT :run, :now, '\(name)', \(sql.changeKey("\"\(key)\"")), 'deleted', \("_raw".omitting(sql.omitted)) FROM "\(name)" WHERE \(doomed)
      """
    count = sql.counts.marking("\"\(name)\" AS t WHERE \(doomed)")
    mark = "UPDATE \"\(name)\" SET _deleted_at = :now WHERE \(doomed)"
    derive = sql.derive(from: "SELECT value FROM json_each(:keys)")
    forgetBelow = below.filter(\.parents.isOneTable).flatMap { below in
      ["sync_pending", "sync_quarantine"].map {
        """
        DELETE FROM \($0) WHERE org_id IN (SELECT org_id FROM sync_checkpoints WHERE resource = '\(below.resource)' AND parent = '')
          AND resource = '\(below.resource)' AND parent IN (SELECT value FROM json_each(:keys))
        """
      }
    }
  }
}
