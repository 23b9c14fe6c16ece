import DevinModel
import GRDB

/// A narrow table that queries read instead of the JSON of every row (`derived.sql`, `derived_outcomes.sql`, `derived_sums.sql`). It is
/// written in the same transaction as the rows it derives from, so the two never differ.
struct DerivedTable: Hashable, Sendable {
  /// As in `derived_NAME`, the table, and `derive_NAME`, the view that defines its rows.
  let name: String
  /// The tables whose writes change it. Mirrored ones have a column `session_id`, as it has.
  let sources: [String]
  /// The schema version that introduced its current form.
  let version: Int

  /// Ordered so that each one depends only on those before it.
  static let all = [
    DerivedTable(name: "pull_requests", sources: ["sessions"], version: 9),
    DerivedTable(name: "outcomes", sources: ["derived_pull_requests"], version: 9),
    DerivedTable(name: "sessions", sources: ["sessions", "session_daily_consumption", "derived_outcomes"], version: 13),
    DerivedTable(name: "waits", sources: ["session_messages"], version: 8),
    DerivedTable(name: "note_usages", sources: ["session_insights"], version: 8),
  ]

  /// The schema version that introduced row counts.
  fileprivate static let firstCounted = 8

  /// The derived tables of a source table.
  static func of(_ table: String) -> [DerivedTable] { all.filter { $0.sources.contains(table) } }

  var table: String { "derived_\(name)" }
  private var view: String { "derive_\(name)" }

  /// SQL that removes the rows of some sessions.
  /// - Parameter sessions: a query, or one value.
  func removal(of sessions: String) -> String { "DELETE FROM \(table) WHERE session_id IN (\(sessions))" }

  /// A step of the work that replaces rows.
  enum Step: Sendable {
    /// A statement.
    case sql(String)
    /// The waits of the one session whose id is the parameter `session_id`. SQL would number its messages with window functions, or in a
    /// temporary table, which costs a multiple of reading them in their order.
    case waits
  }

  /// The steps that replace the rows of some sessions.
  /// - Parameters:
  ///   - sessions: a query, or one value; not used for waits, whose source is the list of a single session.
  ///   - areNew: whether the table has no rows of any of these sessions.
  func renewal(of sessions: String, areNew: Bool = false) -> [Step] {
    let addition = "INSERT INTO \(table) SELECT * FROM \(view) WHERE session_id IN (\(sessions))"
    let rows = areNew ? [addition] : [removal(of: sessions), addition]
    switch name {
    case "waits": return [.waits]
    case "pull_requests":
      let touch = """
        INSERT OR IGNORE INTO \(Outcomes.touched) SELECT org_id, pr_url FROM \(table) WHERE session_id IN (\(sessions))
        """
      return ((areNew ? [] : [touch]) + rows + [touch] + Outcomes.renewal).map(Step.sql)
    default: return rows.map(Step.sql)
    }
  }

  /// The outcomes of the pull requests that these sessions listed before or list now, and what they change in other sessions.
  private enum Outcomes {
    static let touched = "temp.touched_pull_requests"
    /// The sessions that were the first to list one of them, or are now.
    private static let firsts = "temp.touched_firsts"
    private static let noteFirsts = """
      INSERT OR IGNORE INTO \(firsts)
      SELECT o.first_session_id FROM \(touched) AS t CROSS JOIN derived_outcomes AS o USING (org_id, pr_url)
      """

    /// The rows of `derive_outcomes`, limited to these: SQLite would compute that view for all pull requests before it filtered them. The rows
    /// of the listing sessions themselves in `derived_sessions` are replaced afterwards.
    static let renewal = [
      noteFirsts,
      "DELETE FROM derived_outcomes WHERE (org_id, pr_url) IN (SELECT org_id, pr_url FROM \(touched))",
      """
      INSERT INTO derived_outcomes
      SELECT org_id, pr_url, count(*), max(furthest), CAST(substr(min(place), 13) AS TEXT),
        date(CAST(substr(min(place), 1, 12) AS INTEGER) - 28800, 'unixepoch'), min(host), min(repository)
      FROM \(touched) CROSS JOIN derived_pull_requests USING (org_id, pr_url) GROUP BY org_id, pr_url
      """,
      noteFirsts,
      """
      UPDATE derived_sessions SET (first_pull_requests, first_merged_pull_requests) = (
        SELECT count(*), count(*) FILTER (WHERE furthest = 3) FROM derived_outcomes AS o WHERE o.first_session_id = derived_sessions.session_id)
      WHERE session_id IN (SELECT session_id FROM \(firsts))
      """,
      "DELETE FROM \(firsts)",
      "DELETE FROM \(touched)",
    ]
  }

  /// SQL for the temporary tables that `renewal` works with.
  static let createTemporary = """
    CREATE TEMP TABLE IF NOT EXISTS touched_pull_requests (org_id, pr_url, PRIMARY KEY (org_id, pr_url)) WITHOUT ROWID;
    CREATE TEMP TABLE IF NOT EXISTS touched_firsts (session_id TEXT PRIMARY KEY) WITHOUT ROWID;
    """

  /// SQL that fills the table from all rows.
  var whole: String { "INSERT INTO \(table) SELECT * FROM \(view)" }

  /// SQL for the number of rows that are missing in the table or should not be there.
  var difference: String {
    let columns = "(SELECT * FROM \(view))"
    let held = "(SELECT \(heldColumns) FROM \(table))"
    return """
      SELECT (SELECT count(*) FROM (SELECT * FROM \(columns) EXCEPT SELECT * FROM \(held)))
        + (SELECT count(*) FROM (SELECT * FROM \(held) EXCEPT SELECT * FROM \(columns)))
        + abs((SELECT count(*) FROM \(held)) - (SELECT count(*) FROM \(columns)))
      """
  }

  /// The columns of the view; the other columns are computed from these.
  private var heldColumns: String { name == "pull_requests" ? "session_id, org_id, pr_url, furthest, place" : "*" }
}

/// How many rows of each organization a table has, deleted or not: rows of `derived_counts`, updated with each write to the table.
struct RowCounts {
  let table: String
  private let namesOrganization: Bool
  /// SQL for the organization of a row `t`.
  private let organization: String

  /// - Parameter namesOrganization: whether the table has a column `org_id`.
  init(_ table: String, namesOrganization: Bool) {
    self.table = table
    self.namesOrganization = namesOrganization
    organization = namesOrganization ? "coalesce(t.org_id, '')" : "''"
  }

  /// SQL that adds not-deleted rows of one organization to the counts. Parameters: `count`, and `org_id` if rows name an organization.
  var addingKnown: String {
    """
    INSERT INTO derived_counts (resource, org_id, rows, deleted) VALUES ('\(table)', \(namesOrganization ? "coalesce(:org_id, '')" : "''"), :count, 0)
    ON CONFLICT (resource, org_id) DO UPDATE SET rows = rows + excluded.rows
    """
  }

  /// SQL that adds rows of the table to its counts, or subtracts them.
  /// - Parameter rows: what follows FROM, with a WHERE, the table being `t`.
  func adding(_ rows: String, times factor: Int = 1) -> String {
    change("\(factor) * (count(*) - count(t._deleted_at))", "\(factor) * count(t._deleted_at)", rows)
  }

  /// SQL that changes the counts of rows from not deleted to deleted.
  /// - Parameter rows: as in `adding`.
  func marking(_ rows: String) -> String { change("-count(*)", "count(*)", rows) }

  private func change(_ living: String, _ deleted: String, _ rows: String) -> String {
    """
    INSERT INTO derived_counts (resource, org_id, rows, deleted)
    SELECT '\(table)', \(organization), \(living), \(deleted) FROM \(rows) GROUP BY 2
    ON CONFLICT (resource, org_id) DO UPDATE SET rows = rows + excluded.rows, deleted = deleted + excluded.deleted
    """
  }

  /// SQL for the correct counts: `org_id`, `rows`, `deleted`.
  var truth: String {
    """
    SELECT \(organization) AS org_id, count(*) - count(t._deleted_at) AS rows, count(t._deleted_at) AS deleted
    FROM \(table.quotedDatabaseIdentifier) AS t GROUP BY 1
    """
  }
}

extension MirrorStore {
  /// Derived tables that do not match their rows, each a sentence.
  package func derivedFindings(of tables: [String]) async throws -> [String] {
    try await read { database in
      var different: [DerivedTable] = []
      var derived: [String] = []
      for table in DerivedTable.all where !different.contains(where: { table.sources.contains($0.table) }) {
        guard let count = try Int.fetchOne(database, sql: table.difference), count > 0 else { continue }
        different.append(table)
        derived.append("\(table.table): \(count) rows that do not match \(table.sources[0])")
      }
      let counts = try tables.filter { try !database.countsAreRight(of: $0) }
      return derived
        + (counts.isEmpty ? [] : ["derived_counts: wrong number of rows for \(counts.joined(separator: ", "))"])
    }
  }

  /// Rebuilds the derived tables if one of them differs from the rows.
  /// - Returns: the findings, each a sentence.
  package func repairDerived(of tables: [String]) async throws -> [String] {
    let findings = try await derivedFindings(of: tables)
    if !findings.isEmpty { try await rebuildDerived(of: tables) }
    return findings
  }

  /// Rebuilds the derived tables from the rows, whatever they contain.
  package func rebuildDerived(of tables: [String]) async throws {
    try await write { database in
      for table in DerivedTable.all { try database.make(table) }
      for table in tables { try database.count(table) }
    }
  }
}

extension Database {
  /// - Parameter parameters: those of the write that the rows derive from.
  func derive(_ steps: [DerivedTable.Step], _ parameters: [String: (any DatabaseValueConvertible)?]) throws {
    for step in steps {
      switch step {
      case .sql(let sql): try execute(sql, parameters)
      case .waits: try deriveWaits(of: parameters["session_id"] ?? nil)
      }
    }
  }

  /// The rows of `derive_waits` of one session.
  private func deriveWaits(of session: (any DatabaseValueConvertible)?) throws {
    try cachedStatement(sql: "DELETE FROM derived_waits WHERE session_id = ?").execute(arguments: [session])
    let insertion = try cachedStatement(
      sql: "INSERT INTO derived_waits VALUES (?1, ?2, \(EngineTime.shown(sql: "?3")), \(EngineTime.shown(sql: "?4")))")
    let messages = try Row.fetchCursor(
      cachedStatement(
        sql: """
          SELECT source, created_at FROM session_messages WHERE session_id = ? AND _deleted_at IS NULL ORDER BY created_at, source
          """), arguments: [session])
    let (user, devin) = ("user".databaseValue, "devin".databaseValue)
    var turn = 0
    /// When Devin wrote the message before; nil: somebody else did.
    var writtenAt: DatabaseValue?
    while let message = try messages.next() {
      turn += 1
      let source: DatabaseValue = message[0]
      if source == user, let writtenAt {
        let time: DatabaseValue = message[1]
        try insertion.execute(arguments: [session, turn, writtenAt, time])
      }
      writtenAt = source == devin ? message[1] : nil
    }
  }

  /// Whether the rows of a table name an organization.
  func namesOrganization(_ table: String) throws -> Bool {
    let sql = "SELECT EXISTS (SELECT 1 FROM pragma_table_xinfo(?) WHERE name = 'org_id')"
    return try Bool.fetchOne(cachedStatement(sql: sql), arguments: [table]) ?? false
  }

  /// Names of the tables whose rows name an organization.
  func tablesOfOrganizations() throws -> Set<String> {
    try String.fetchSet(
      self,
      sql: """
        SELECT m.name FROM sqlite_master AS m CROSS JOIN pragma_table_xinfo(m.name) AS x
        WHERE m.type = 'table' AND x.name = 'org_id'
        """)
  }

  /// Fills derived tables, which must be empty, from the rows.
  /// - Parameter version: only those introduced with this schema version; nil: all.
  func makeDerived(of version: Int? = nil) throws {
    for table in DerivedTable.all where version ?? table.version == table.version { try execute(sql: table.whole) }
    guard version ?? DerivedTable.firstCounted == DerivedTable.firstCounted else { return }
    for name in try String.fetchAll(
      self,
      sql: """
        SELECT m.name FROM sqlite_master AS m CROSS JOIN pragma_table_xinfo(m.name) AS x
        WHERE m.type = 'table' AND x.name = '_deleted_at'
        """)
    { try count(name) }
  }

  fileprivate func make(_ table: DerivedTable) throws {
    try execute(sql: "DELETE FROM \(table.table)")
    try execute(sql: table.whole)
  }

  private func counts(of table: String) throws -> RowCounts {
    RowCounts(table, namesOrganization: try namesOrganization(table))
  }

  /// Counts all rows of a table.
  func count(_ table: String) throws {
    try execute(sql: "DELETE FROM derived_counts WHERE resource = ?", arguments: [table])
    try execute(
      sql: "INSERT INTO derived_counts (resource, org_id, rows, deleted) SELECT ?, * FROM (\(try counts(of: table).truth))",
      arguments: [table])
  }

  fileprivate func countsAreRight(of table: String) throws -> Bool {
    let kept = "SELECT org_id, rows, deleted FROM derived_counts WHERE resource = ? AND (rows <> 0 OR deleted <> 0)"
    let truth = "SELECT * FROM (\(try counts(of: table).truth))"
    let sql = "SELECT EXISTS (SELECT * FROM (\(kept)) EXCEPT \(truth)) OR EXISTS (\(truth) EXCEPT \(kept))"
    return try Bool.fetchOne(self, sql: sql, arguments: [table, table]) == false
  }
}
