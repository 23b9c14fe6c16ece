import DevinModel

/// The SQL that moves a page into one table. A page is split once, into a temporary table with only the items that differ;
/// all later statements use that table.
struct TableStatements: Sendable {
  /// Whether rows omit part of what was sent; then no other table may store it either.
  let leavesOut: Bool
  let incoming: IncomingStatements
  let merge: MergeStatements
  let memory: MemoryStatements
  let deletion: DeletionStatements
  /// Nil: every page of the table must be compared with it.
  let firstRead: FirstReadStatements?

  /// - Parameters:
  ///   - below: the child lists of its rows.
  ///   - volatile: members that are not recorded if nothing else changed.
  ///   - omitted: members that are omitted from the rows.
  ///   - namesOrganization: whether its rows name an organization.
  init(_ table: MirrorTable, below: [ChildLists], volatile: [String], omitted: [String], namesOrganization: Bool) {
    let sql = TableSQL(table, omitted: omitted, namesOrganization: namesOrganization)
    leavesOut = sql.leavesOut
    incoming = IncomingStatements(sql)
    merge = MergeStatements(sql, below: below, volatile: volatile)
    memory = MemoryStatements(sql, rows: "\(sql.incoming) WHERE \"\(sql.key)\" IS NOT NULL")
    deletion = DeletionStatements(sql, below: below)
    firstRead = FirstReadStatements(sql, below: below)
  }
}

/// Pieces of SQL that the statements of a table share.
struct TableSQL: Sendable {
  let table: MirrorTable
  let omitted: [String]
  let namesOrganization: Bool

  init(_ table: MirrorTable, omitted: [String], namesOrganization: Bool) {
    self.table = table
    self.omitted = omitted
    self.namesOrganization = namesOrganization
  }

  var name: String { table.name }
  var key: String { table.itemKey.column }
  var leavesOut: Bool { table.keptMembers != nil || !omitted.isEmpty }
  /// The temporary table of a page's items: their key, what is new about them (`state`) and, if something is, the JSON.
  var incoming: String { "temp.incoming_\(name)" }
  /// The columns that identify a row, and those whose values come from its list.
  var columns: String { (table.scopeColumns + [key]).map { "\"\($0)\"" }.joined(separator: ", ") }
  var scopeValues: String { table.scopeColumns.map { ":\($0), " }.joined() }
  /// Condition: a row `t` of the table is the item `i`.
  var match: String {
    (table.scopeKey.map { "t.\"\($0)\" = :\($0)" } + ["t.\"\(key)\" = i.\"\(key)\""]).joined(separator: " AND ")
  }
  /// SQLite computes a column of a plain subquery at each use, but only once with an OFFSET.
  var computedOnce: String { "LIMIT -1 OFFSET 0" }
  /// The items of a page; parameters: `page`, `path` for lists.
  var items: String {
    switch table.rows {
    case .list: "SELECT type, value AS raw FROM json_each(:page, :path)"
    case .query(let sql): sql
    case .object: "SELECT json_type(:page) AS type, json(:page) AS raw"
    }
  }
  /// The same, cut out of the page; parameters: `page` (bytes), `places` (JSON list: start of each, from 1, times 2^24, plus its length).
  var parts: String {
    "SELECT 'object' AS type, CAST(substr(:page, value >> 24, value & 0xffffff) AS TEXT) AS raw FROM json_each(:places)"
  }
  var counts: RowCounts { RowCounts(name, namesOrganization: namesOrganization) }

  /// The key of a row as in `sync_changes`.
  func changeKey(_ key: String) -> String {
    table.scopeKey.isEmpty ? "\"\(self.key)\"" : "json_array(\(table.scopeKey.map { ":\($0), " }.joined())\(key))"
  }

  /// The time of an object's last change, in Unix seconds; nil: the table has no time of change.
  func timeOfChange(in raw: String) -> String? {
    table.modified.map { member in
      // Check the type: SQLite turns an integer that is too large into a real number, and `true` into 1.
      "CASE WHEN json_type(\(raw), '$.\(member)') = 'integer' THEN \(EngineTime.seconds(sql: "(\(raw) ->> '$.\(member)')")) END"
    }
  }

  /// Whether the rows of a list concern only the one session above it.
  var isBelowSession: Bool { table.scopeKey.contains("session_id") }

  /// Rebuilds what is derived from rows.
  /// - Parameter sessions: a query for the sessions that the rows concern; not used for child lists of a session.
  func derive(from sessions: String, areNew: Bool = false) -> [DerivedTable.Step] {
    DerivedTable.of(name).flatMap {
      isBelowSession ? $0.renewal(of: ":session_id") : $0.renewal(of: sessions, areNew: areNew)
    }
  }

  /// SQL that makes child lists of rows pending. Parameters: `run`, `now`, `org` of the list.
  /// - Parameters:
  ///   - rows: a query for the rows `p`: what follows FROM, before other tables are joined.
  ///   - which: a condition on these rows.
  func markPending(_ below: ChildLists, _ rows: String, where which: String) -> String {
    // Parents that combine several rows are compared when their lists are read; until then the whole resource is pending.
    let parent = below.parents.isOneTable ? below.parents.id : "''"
    // A row without an organization belongs to that of the list. The join order is fixed with CROSS JOIN, since the page is small and the
    // table is large.
    let organization = below.parents.belongs == nil ? "" : "AND w.org_id = coalesce(p.org_id, :org)"
    return """
      INSERT INTO sync_pending (org_id, resource, parent, pending_since, run_id, reason)
      SELECT \(below.parents.isOneTable ? "" : "DISTINCT ")w.org_id, w.resource, \(parent), :now, :run, 'changed'
      FROM \(rows) CROSS JOIN sync_checkpoints AS w ON w.resource = '\(below.resource)' AND w.parent = '' \(organization)
      WHERE \(which) AND \(parent) IS NOT NULL AND \(below.parents.isOneTable ? below.parents.isAlive : "1")
        AND (w.refused_status IS NULL OR w.allowed_at IS NOT NULL)
      ON CONFLICT (org_id, resource, parent, span_start) DO UPDATE
      SET version = version + 1, due_at = 0, pending_since = coalesce(pending_since, excluded.pending_since),
        run_id = excluded.run_id, reason = excluded.reason
      """
  }

  // MARK: - Drift

  /// The maximum number of new or changed items of a page that are checked for drift.
  private static let sample = 8

  /// - Parameter items: a query for `raw`.
  func noteDrift(in items: String) -> String {
    """
    INSERT INTO sync_drift (resource, field, kind, found, seen, first_seen_at, last_seen_at, run_id, example)
    SELECT '\(name)', field, kind, found, count(*), :now, :now, :run, min(example) FROM (
      SELECT m.key AS field, substr(json_quote(m.value), 1, 200) AS example,
        CASE WHEN f.field IS NULL THEN 'unknown field' WHEN instr(f.types, ',' || m.type || ',') = 0 THEN 'other type'
          WHEN m.type = 'text' AND instr(f."values", ',' || m.value || ',') = 0 THEN 'unknown value' END AS kind,
        CASE WHEN f.field IS NULL OR instr(f.types, ',' || m.type || ',') = 0 THEN m.type ELSE substr(m.value, 1, 200) END AS found
      FROM (SELECT raw, row_number() OVER () AS number, count(*) OVER () AS total FROM (\(items))) AS i
        CROSS JOIN json_each(i.raw) AS m
        LEFT JOIN temp.known_fields AS f ON f.resource = '\(name)' AND f.field = m.key
      WHERE i.number % ((i.total + \(Self.sample - 1)) / \(Self.sample)) = 0 AND m.type <> 'null' AND EXISTS (SELECT 1 FROM temp.known_fields WHERE resource = '\(name)'))
    WHERE kind IS NOT NULL GROUP BY field, kind, found
    ON CONFLICT (resource, field, kind, found) DO UPDATE
    SET seen = seen + excluded.seen, last_seen_at = excluded.last_seen_at, run_id = excluded.run_id
    """
  }
}
