import DevinModel

/// The SQL for a page of a list that was never read: there is nothing to compare with, so its rows are inserted directly.
/// `insert` fails at an item that cannot be a row and at an existing key; the caller must then undo what was inserted. SQLite could
/// undo it by itself, but would write a journal for each such statement, which costs a third of its time.
struct FirstReadStatements: Sendable {
  /// Parameters: `page`, `path`, `now`, the scope's.
  let insert: String
  /// The same for items without white space, which are cut out of the page so that SQLite need not parse and serialize them again.
  /// Parameters: `page` (bytes), `places` (JSON list: start of each item, from 1, times 2^24, plus its length), `now`, the scope's.
  let insertParts: String
  /// The same for one item whose key is known. Parameters: `key`, `raw`, `now`, the scope's.
  let insertItem: String
  /// The number of the last row before those inserted. The statements below work on later rows; parameter `before`.
  let lastRow: String
  /// Parameters: `run`, `now`, the scope's.
  let recordChanges: String
  /// Parameters: `run`, `now`, `org` of the list.
  let markPendingBelow: [String]
  /// Adds the rows to the table's counts. Parameters: `count`, the number of rows, and the scope's.
  let recount: String
  /// Creates what is derived from the rows. Parameters: the scope's.
  let derive: [DerivedTable.Step]
  /// The latest time of change; nil: the table has no time of change.
  let newest: String?
  let memory: MemoryStatements
  /// Parameters: `run`, `now`.
  let noteDrift: String

  /// Nil: rows of the table cannot be inserted directly.
  init?(_ sql: TableSQL, below: [ChildLists]) {
    let (table, name) = (sql.table, sql.name)
    guard case .list = table.rows, !table.itemKey.isScope, !sql.leavesOut else { return nil }
    let newRows = "\"\(name)\" WHERE rowid > :before"
    let insertInto = "INSERT OR FAIL INTO \"\(name)\" (\(sql.columns), _raw, _first_synced_at, _changed_at)"
    let newKey = "iif(\(table.itemKey.isSound), nullif(\(table.itemKey.expression), ''), NULL)"
    insert = """
      \(insertInto) SELECT \(sql.scopeValues)CASE WHEN type = 'object' THEN \(newKey) END, raw, :now, :now
      FROM (\(sql.items) \(sql.computedOnce))
      """
    insertParts = """
      \(insertInto) SELECT \(sql.scopeValues)\(newKey), raw, :now, :now FROM (\(sql.parts) \(sql.computedOnce))
      """
    insertItem = "\(insertInto) VALUES (\(sql.scopeValues):key, :raw, :now, :now)"
    lastRow = "SELECT coalesce(max(rowid), 0) FROM \"\(name)\""
    // In a numeric column a key is a number, but in its page and in other records it is text.
    recordChanges = """
      INSERT OR FAIL INTO sync_changes (run_id, changed_at, resource, key, change)
      SELECT :run, :now, '\(name)', \(sql.changeKey("CAST(\"\(sql.key)\" AS TEXT)")), 'inserted' FROM \(newRows) ORDER BY rowid
      """
    markPendingBelow = below.map { sql.markPending($0, "\"\(name)\" AS p", where: "p.rowid > :before") }
    recount =
      sql.namesOrganization && !table.scopeColumns.contains("org_id")
      ? sql.counts.adding("\"\(name)\" AS t WHERE t.rowid > :before") : sql.counts.addingKnown
    derive = sql.derive(from: "SELECT session_id FROM \(newRows)", areNew: true)
    newest = sql.timeOfChange(in: "_raw").map { "SELECT max(\($0)) FROM \(newRows)" }
    memory = MemoryStatements(sql, rows: newRows)
    noteDrift = sql.noteDrift(in: "SELECT _raw AS raw FROM \(newRows)")
  }
}
