import DevinModel

/// The SQL that moves a page into one table. A page is split once, into a temporary table that holds only what differs;
/// everything after works on that.
struct TableStatements: Sendable {
  /// Holds the page's items: their key, what is new about them (`state`), and, where something is, the JSON.
  let createIncoming: String
  /// Splits a page and compares it with the table. Parameters: `page`, `path` for lists, `since`, the scope's.
  let split: String
  /// The same for a page of a list whose items are cut out of it, as of `FirstRead.insertParts`.
  let splitParts: String
  /// What was found, as one row.
  let count: String
  /// Parameters: `run`, `now`, the scope's.
  let recordChanges: String
  /// Parameters: `now`, the scope's.
  let upsert: String
  /// After the upsert: what stands below the rows that are new or changed is owed. Parameters: `run`, `now`, `org` of the list, the scope's.
  let oweBelow: [String]
  /// Nothing below rows that are marked as deleted is owed any more. Parameters: `keys` (JSON list).
  let forgetBelow: [String]
  /// Before the upsert: takes the rows that are known out of the table's counts; after it, puts all in again. Parameters: the scope's.
  let uncount: String
  let recount: String
  /// After the upsert: makes what is derived from the rows anew. Parameters: the scope's.
  let derive: [String]
  /// Takes the words of rows that change out of the index, before the upsert, and puts the new ones into it, after that. Rows that the
  /// index has not come to are left to `MirrorStore.indexNewRows`. Nil: nobody searches the table. Parameters: the scope's.
  let unindex: String?
  let index: String?
  /// Parameters: `list`, `walk`, `now`. What it changes is the number of keys that are new in this walk.
  let see: String
  /// The same, remembered only as long as the connection lives.
  let seeForNow: String
  /// Compares some of the items that are new or changed with what the schema expects. Parameters: `run`, `now`.
  let noteDrift: String
  /// The items that cannot become rows, and why (`state`).
  let odd: String
  let clear: String
  /// Whether rows hold less than was sent, so that nothing else may keep it either.
  let leavesOut: Bool
  /// Marks rows as deleted, recording each. Parameters: `keys` (JSON list), `run`, `now`, `list`, the scope's.
  let recordDeletions: String
  let markDeleted: String
  /// Before that: counts them as deleted. Parameters: `keys`, the scope's.
  let countDeleted: String
  /// After it: makes what is derived from them anew. Parameters: `keys`, the scope's.
  let deriveDeleted: [String]
  /// Nil: every page of the table is compared with it.
  let firstRead: FirstRead?

  /// The SQL for a page of a list that was never read: nothing is there to compare it with, so that its rows are inserted as they are.
  /// `insert` fails at an item that cannot be a row, and at a key that is known; what it has inserted by then has to be taken back. SQLite
  /// could do that by itself, and would keep a journal of each such statement for it, which costs a third of the statement.
  struct FirstRead: Sendable {
    /// Parameters: `page`, `path`, `now`, the scope's.
    let insert: String
    /// The same for items without white space, which are cut out of the page, so that SQLite need not parse it and render them again.
    /// Parameters: `page` (bytes), `places` (JSON list: where each begins, from 1, times 2^24, and its length), `now`, the scope's.
    let insertParts: String
    /// The last row before those that were inserted. The statements below work on the rows behind it, as parameter `before`.
    let lastRow: String
    /// Parameters: `run`, `now`, the scope's.
    let recordChanges: String
    /// Parameters: `run`, `now`, `org` of the list.
    let oweBelow: [String]
    /// Adds them to the table's counts. Parameters: `count`, how many they are, and the scope's.
    let recount: String
    /// Makes what is derived from them. Parameters: the scope's.
    let derive: [String]
    /// The largest time of change; nil: the table is not followed by time.
    let newest: String?
    /// Parameters: `list`, `walk`, `now`.
    let see: String
    let seeForNow: String
    /// Parameters: `run`, `now`.
    let noteDrift: String
  }

  /// - Parameters:
  ///   - volatile: members whose change alone is not recorded.
  ///   - omitted: members that are left out of the rows.
  ///   - namesOrganization: whether its rows name an organization.
  init(_ table: MirrorTable, below: [ListsBelow], volatile: [String], omitted: [String], namesOrganization: Bool) {
    leavesOut = table.keptMembers != nil || !omitted.isEmpty
    let name = table.name
    let key = table.itemKey.column
    let incoming = "temp.incoming_\(name)"

    createIncoming = """
      CREATE TABLE IF NOT EXISTS \(incoming)
      ("\(key)" TEXT UNIQUE, state TEXT, raw TEXT, before TEXT, moved INTEGER)
      """

    let items =
      switch table.rows {
      case .list: "SELECT type, value AS raw FROM json_each(:page, :path)"
      case .query(let sql): sql
      case .object: "SELECT json_type(:page) AS type, json(:page) AS raw"
      }
    let object = (table.keptMembers.map(Self.keeping) ?? "raw").omitting(omitted)
    let odd = leavesOut ? "NULL" : "json_quote(raw)"
    let timeOfChange = { (raw: String) in
      table.modified.map { member in
        // An integer too large for one is a real number to SQLite, and true is one.
        "CASE WHEN json_type(\(raw), '$.\(member)') = 'integer' THEN \(EngineTime.seconds(sql: "(\(raw) ->> '$.\(member)')")) END"
      }
    }
    let moved = timeOfChange("i.raw") ?? "NULL"
    let match = (table.scopeKey.map { "t.\"\($0)\" = :\($0)" } + ["t.\"\(key)\" = i.\"\(key)\""]).joined(separator: " AND ")
    // SQLite computes a column of a plain subquery at each use, and those of one with an OFFSET once.
    let computedOnce = "LIMIT -1 OFFSET 0"
    let parts = """
      SELECT 'object' AS type, CAST(substr(:page, value >> 24, value & 0xffffff) AS TEXT) AS raw FROM json_each(:places)
      """
    let splitting = { (items: String) in
      """
      INSERT OR REPLACE INTO \(incoming) ("\(key)", state, raw, before, moved)
      SELECT i."\(key)", state, iif(state IS NULL, NULL, raw), iif(state = 'changed', before, NULL), moved FROM (
        SELECT nullif(i."\(key)", x'') AS "\(key)", i.raw AS raw, t._raw AS before,
          CASE WHEN i."\(key)" = x'' THEN 'unsound' WHEN i."\(key)" IS NULL THEN 'odd' WHEN t._raw IS NULL THEN 'inserted'
            WHEN \("t._raw".omitting(omitted)) IS NOT i.raw THEN 'changed' WHEN t._deleted_at IS NOT NULL THEN 'restored' END AS state,
          CASE WHEN nullif(i."\(key)", x'') IS NOT NULL THEN \(moved) END AS moved
        FROM (
          -- An unsound key is x'', so that what tells it is computed once.
          SELECT CASE WHEN type = 'object' THEN iif(\(table.itemKey.isSound), nullif(\(table.itemKey.expression), ''), x'') END AS "\(key)",
            CASE type WHEN 'object' THEN \(object) ELSE \(odd) END AS raw
          FROM (\(items) \(computedOnce)) AS item \(computedOnce)) AS i
        LEFT JOIN "\(name)" AS t ON \(match)) AS i
      """
    }
    split = splitting(items)
    splitParts = splitting(parts)

    count = """
      SELECT count(nullif(state = 'inserted', 0)) AS inserted, count(nullif(state = 'changed', 0)) AS changed,
        count(nullif(state = 'restored', 0)) AS restored, count(nullif(state IN ('odd', 'unsound'), 0)) AS odd, max(moved) AS newest,
        count(nullif(moved < :since, 0)) AS outside
      FROM \(incoming)
      """

    let scopeKeyPart = table.scopeKey.map { ":\($0), " }.joined()
    let changeKey = table.scopeKey.isEmpty ? "\"\(key)\"" : "json_array(\(scopeKeyPart)\"\(key)\")"
    let fleeting = volatile.map { ", '$.\($0)'" }.joined()
    let isFleeting =
      volatile.isEmpty
      ? "0" : "state = 'changed' AND json_remove(\("before".omitting(omitted))\(fleeting)) IS json_remove(raw\(fleeting))"
    recordChanges = """
      INSERT INTO sync_changes (run_id, changed_at, resource, key, change, before)
      SELECT :run, :now, '\(name)', \(changeKey), state, \("before".omitting(omitted)) FROM \(incoming)
      WHERE state IS NOT NULL AND "\(key)" IS NOT NULL AND NOT (\(isFleeting)) ORDER BY rowid
      """

    let words = TextIndex.of(name)
    let counts = RowCounts(name, namesOrganization: namesOrganization)
    let written = "\(incoming) AS i CROSS JOIN \"\(name)\" AS t ON \(match) WHERE i.state IS NOT NULL"
    uncount = counts.adding(written, times: -1)
    recount = counts.adding(written)
    let derived = DerivedTable.of(name)
    // The rows of a list below a session say something of that session alone.
    let isBelowSession = table.scopeKey.contains("session_id")
    let rederive = { (sessions: String) in derived.flatMap { $0.renewal(of: sessions) } }
    derive = rederive(
      isBelowSession ? ":session_id" : "SELECT session_id FROM \(incoming) WHERE state IS NOT NULL AND session_id IS NOT NULL")
    deriveDeleted = rederive(isBelowSession ? ":session_id" : "SELECT value FROM json_each(:keys)")

    let changedRows = words.map { words in
      "\(incoming) AS i JOIN \"\(name)\" AS t ON \(match) WHERE i.state = 'changed' AND t.rowid <= (\(words.lastIndexed))"
    }
    unindex = words.flatMap { words in
      changedRows.map { words.removal(from: "\($0) AND \(words.list("t")) IS NOT (\(words.expressions("i.raw")))") }
    }
    index = words.flatMap { words in
      changedRows.map { words.insertion(from: "\($0) AND \(words.list("t")) IS NOT (\(words.expressions("i.before")))") }
    }

    let columns = table.scopeColumns + [key]
    let scopeUpdates = table.scopeColumns.filter { !table.scopeKey.contains($0) }
      // A list that speaks for the whole enterprise does not know what the organization's own list has said.
      .map { "\"\($0)\" = coalesce(excluded.\"\($0)\", \"\($0)\"), " }
    upsert = """
      INSERT INTO "\(name)" (\(columns.map { "\"\($0)\"" }.joined(separator: ", ")), _raw, _first_synced_at, _changed_at)
      SELECT \(table.scopeColumns.map { ":\($0), " }.joined())"\(key)", raw, :now, :now FROM \(incoming)
      WHERE state IS NOT NULL AND "\(key)" IS NOT NULL ORDER BY rowid
      ON CONFLICT (\(table.keyColumns.map { "\"\($0)\"" }.joined(separator: ", "))) DO UPDATE
      SET \(scopeUpdates.joined())_raw = excluded._raw, _changed_at = excluded._changed_at, _deleted_at = NULL
      WHERE _raw IS NOT excluded._raw OR _deleted_at IS NOT NULL
      """

    /// - Parameters:
    ///   - rows: a query for the rows `p`, what follows FROM, before others are joined to them.
    ///   - which: which of them.
    let owe = { (below: ListsBelow, rows: String, which: String) in
      // Parents that are made from several rows are compared when their lists are read; until then the resource is owed.
      let parent = below.parents.isOneTable ? below.parents.id : "''"
      // A row that names no organization belongs to the list's own. The order of the tables is said, since the page is small and the
      // table is not.
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
    let matchParent = match.replacing("t.\"", with: "p.\"")
    oweBelow = below.map { owe($0, "\(incoming) AS i CROSS JOIN \"\(name)\" AS p ON \(matchParent)", "i.state IS NOT NULL") }
    forgetBelow = below.filter(\.parents.isOneTable).flatMap { below in
      ["sync_pending", "sync_quarantine"].map {
        """
        DELETE FROM \($0) WHERE org_id IN (SELECT org_id FROM sync_checkpoints WHERE resource = '\(below.resource)' AND parent = '')
          AND resource = '\(below.resource)' AND parent IN (SELECT value FROM json_each(:keys))
        """
      }
    }

    let seen = { (memory: String, rows: String) in
      """
      INSERT INTO \(memory) (list_id, key, walk, seen_at)
      SELECT :list, "\(key)", :walk, :now FROM \(rows)
      ON CONFLICT (list_id, key) DO UPDATE SET walk = excluded.walk, seen_at = excluded.seen_at
      WHERE walk IS NOT excluded.walk
      """
    }
    see = seen("sync_seen", "\(incoming) WHERE \"\(key)\" IS NOT NULL")
    // A temporary table of the same name would hide the other from every statement of the connection.
    let seenForNow = "temp.seen_for_now"
    seeForNow = seen(seenForNow, "\(incoming) WHERE \"\(key)\" IS NOT NULL")

    noteDrift = Self.noteDrift(of: name, in: "SELECT raw FROM \(incoming) WHERE state IN ('inserted', 'changed')")

    self.odd = "SELECT coalesce(raw, '') AS item, state FROM \(incoming) WHERE state IN ('odd', 'unsound')"
    clear = "DELETE FROM \(incoming)"

    let doomed = """
      \((table.scopeKey.map { "\"\($0)\" = :\($0)" } + ["\"\(key)\" IN (SELECT value FROM json_each(:keys))"])
        .joined(separator: " AND ")) AND _deleted_at IS NULL
      """
    recordDeletions = """
      INSERT INTO sync_changes (run_id, changed_at, resource, key, change, before)
      SELECT :run, :now, '\(name)', \(changeKey), 'deleted', \("_raw".omitting(omitted)) FROM "\(name)" WHERE \(doomed)
      """
    countDeleted = counts.marking("\"\(name)\" AS t WHERE \(doomed)")
    markDeleted = "UPDATE \"\(name)\" SET _deleted_at = :now WHERE \(doomed)"

    // In a column of numbers a key is one, and in its page and in the other records it is text.
    let rowKey = table.scopeKey.isEmpty ? "\"\(key)\"" : "json_array(\(scopeKeyPart)CAST(\"\(key)\" AS TEXT))"
    let newRows = "\"\(name)\" WHERE rowid > :before"
    let isInsertedAsItIs =
      if case .list = table.rows, !table.itemKey.isScope, !leavesOut { true } else { false }
    let insertInto = """
      INSERT OR FAIL INTO "\(name)" (\(columns.map { "\"\($0)\"" }.joined(separator: ", ")), _raw, _first_synced_at, _changed_at)
      """
    let scopeValues = table.scopeColumns.map { ":\($0), " }.joined()
    let newKey = "iif(\(table.itemKey.isSound), nullif(\(table.itemKey.expression), ''), NULL)"
    firstRead =
      isInsertedAsItIs
      ? FirstRead(
        insert: """
          \(insertInto) SELECT \(scopeValues)CASE WHEN type = 'object' THEN \(newKey) END, raw, :now, :now
          FROM (\(items) \(computedOnce))
          """,
        insertParts: """
          \(insertInto) SELECT \(scopeValues)\(newKey), raw, :now, :now FROM (\(parts) \(computedOnce))
          """,
        lastRow: "SELECT coalesce(max(rowid), 0) FROM \"\(name)\"",
        recordChanges: """
          INSERT OR FAIL INTO sync_changes (run_id, changed_at, resource, key, change)
          SELECT :run, :now, '\(name)', \(rowKey), 'inserted' FROM \(newRows) ORDER BY rowid
          """,
        oweBelow: below.map { owe($0, "\"\(name)\" AS p", "p.rowid > :before") },
        recount: namesOrganization && !table.scopeColumns.contains("org_id")
          ? counts.adding("\"\(name)\" AS t WHERE t.rowid > :before") : counts.addingKnown,
        derive: isBelowSession
          ? derive : derived.flatMap { $0.renewal(of: "SELECT session_id FROM \(newRows)", areNew: true) },
        newest: timeOfChange("_raw").map { "SELECT max(\($0)) FROM \(newRows)" },
        see: seen("sync_seen", newRows), seeForNow: seen(seenForNow, newRows),
        noteDrift: Self.noteDrift(of: name, in: "SELECT _raw AS raw FROM \(newRows)"))
      : nil
  }

  /// Items of a page that are looked at, of those that are new or changed; up to so many are looked at one by one.
  private static let sample = 8

  /// - Parameter items: a query for `raw`.
  private static func noteDrift(of name: String, in items: String) -> String {
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
      WHERE i.number % ((i.total + \(sample - 1)) / \(sample)) = 0 AND m.type <> 'null' AND EXISTS (SELECT 1 FROM temp.known_fields WHERE resource = '\(name)'))
    WHERE kind IS NOT NULL GROUP BY field, kind, found
    ON CONFLICT (resource, field, kind, found) DO UPDATE
    SET seen = seen + excluded.seen, last_seen_at = excluded.last_seen_at, run_id = excluded.run_id
    """
  }

  /// SQL for the object in `raw` with none but these members, each value as it came.
  private static func keeping(_ members: [String]) -> String {
    let list = members.map { "'\($0)'" }.joined(separator: ", ")
    return """
      (SELECT '{' || coalesce(group_concat(json_quote(m.key) || ':' || (item.raw -> m.key)), '') || '}'
        FROM json_each(item.raw) AS m WHERE m.key IN (\(list)))
      """
  }
}
