import DevinModel

/// Writes the differences that a page contains, and everything that depends on them.
struct MergeStatements: Sendable {
  /// Parameters: `run`, `now`, the scope's.
  let recordChanges: String
  /// Parameters: `now`, the scope's.
  let upsert: String
  /// After the upsert: makes the child lists of new or changed rows pending. Parameters: `run`, `now`, `org` of the list, the scope's.
  let markPendingBelow: [String]
  /// `uncount`, before the upsert, subtracts the existing rows from the counts; `recount`, after it, adds all. Parameters: the scope's.
  let uncount: String
  let recount: String
  /// After the upsert: rebuilds what is derived from the rows. Parameters: the scope's.
  let derive: [DerivedTable.Step]
  /// `unindex` removes the text of changed rows from the full-text index, before the upsert; `index` adds the new text, after it. Rows that
  /// are not indexed yet are left to `MirrorStore.indexNewRows`. Nil: the table has no such index. Parameters: the scope's.
  let unindex: String?
  let index: String?
  /// Compares some new or changed items with the schema. Parameters: `run`, `now`.
  let noteDrift: String

  /// - Parameter volatile: members that are not recorded if nothing else changed.
  init(_ sql: TableSQL, below: [ChildLists], volatile: [String]) {
    let (table, name, key, incoming, match) = (sql.table, sql.name, sql.key, sql.incoming, sql.match)
    let fleeting = volatile.map { ", '$.\($0)'" }.joined()
    let isFleeting =
      volatile.isEmpty
      ? "0" : "state = 'changed' AND json_remove(\("before".omitting(sql.omitted))\(fleeting)) IS json_remove(raw\(fleeting))"
    recordChanges = """
      INSERT INTO sync_changes (run_id, changed_at, resource, key, change, before)
      SELECT :run, :now, '\(name)', \(sql.changeKey("\"\(key)\"")), state, \("before".omitting(sql.omitted)) FROM \(incoming)
      WHERE state IS NOT NULL AND "\(key)" IS NOT NULL AND NOT (\(isFleeting)) ORDER BY rowid
      """

    let written = "\(incoming) AS i CROSS JOIN \"\(name)\" AS t ON \(match) WHERE i.state IS NOT NULL"
    uncount = sql.counts.adding(written, times: -1)
    recount = sql.counts.adding(written)
    derive = sql.derive(from: "SELECT session_id FROM \(incoming) WHERE state IS NOT NULL AND session_id IS NOT NULL")

    let textIndex = TextIndex.of(name)
    let changedRows = textIndex.map { textIndex in
      "\(incoming) AS i JOIN \"\(name)\" AS t ON \(match) WHERE i.state = 'changed' AND t.rowid <= (\(textIndex.lastIndexed))"
    }
    unindex = textIndex.flatMap { textIndex in
      changedRows.map { textIndex.removal(from: "\($0) AND \(textIndex.list("t")) IS NOT (\(textIndex.expressions("i.raw")))") }
    }
    index = textIndex.flatMap { textIndex in
      changedRows.map {
        textIndex.insertion(from: "\($0) AND \(textIndex.list("t")) IS NOT (\(textIndex.expressions("i.before")))")
      }
    }

    let scopeUpdates = table.scopeColumns.filter { !table.scopeKey.contains($0) }
      // The enterprise's list does not contain what the organization's own list has reported.
      .map { "\"\($0)\" = coalesce(excluded.\"\($0)\", \"\($0)\"), " }
    upsert = """
      INSERT INTO "\(name)" (\(sql.columns), _raw, _first_synced_at, _changed_at)
      SELECT \(sql.scopeValues)"\(key)", raw, :now, :now FROM \(incoming)
      WHERE state IS NOT NULL AND "\(key)" IS NOT NULL ORDER BY rowid
      ON CONFLICT (\(table.keyColumns.map { "\"\($0)\"" }.joined(separator: ", "))) DO UPDATE
      SET \(scopeUpdates.joined())_raw = excluded._raw, _changed_at = excluded._changed_at, _deleted_at = NULL
      WHERE _raw IS NOT excluded._raw OR _deleted_at IS NOT NULL
      """

    let matchParent = match.replacing("t.\"", with: "p.\"")
    markPendingBelow = below.map {
      sql.markPending($0, "\(incoming) AS i CROSS JOIN \"\(name)\" AS p ON \(matchParent)", where: "i.state IS NOT NULL")
    }
    noteDrift = sql.noteDrift(in: "SELECT raw FROM \(incoming) WHERE state IN ('inserted', 'changed')")
  }
}
