package import DevinModel
import GRDB

extension MirrorStore {
  /// What is in quarantine for one resource.
  package struct QuarantineCount: Hashable, Sendable {
    /// Items that could not become rows.
    package var items = 0
    /// Parents whose list could not be read.
    package var parents = 0

    package init() {}
  }

  /// Records that the list of a parent could not be read, and when to try again: in each of the next ten runs, then
  /// hourly, then daily.
  package func quarantine(_ list: ListID, reason: String, run: Int64, now: UnixTime) async throws {
    try await write { database in
      try database.quarantine(list, item: "", reason: reason, run: run, walk: 0, now: now)
      let retry = try UnixTime.fetchOne(
        database.cachedStatement(
          sql: "SELECT retry_at FROM sync_quarantine WHERE org_id = ? AND resource = ? AND parent = ? AND item = ''"),
        arguments: [list.organization, list.resource, list.parent])
      try database.markPending(list, .failed, dueAt: retry ?? .epoch, run: run, now: now)
    }
  }

  /// SQL condition for a malformed item that is due to be read again, over `sync_quarantine AS q`; parameters `now` and `run`.
  static let itemIsDue = "q.item <> '' AND \(isDue("q.retry_at")) AND q.run_id <> :run"

  /// No wait is longer than a day: a time further in the future was written while the clock was ahead.
  static func isDue(_ column: String) -> String { "(\(column) <= :now OR \(column) > :now + 86400)" }

  /// Where a list contains malformed items that are due for a retry: the starts of their spans; nil for a list without
  /// spans.
  package func dueItems(of list: ListID, run: Int64, now: UnixTime) async throws -> Set<UnixTime?> {
    try await read { database in
      let sql = """
        SELECT DISTINCT q.interval_start FROM sync_quarantine AS q
        WHERE q.org_id = :org AND q.resource = :resource AND q.parent = :parent AND \(Self.itemIsDue)
        """
      return Set(
        try UnixTime?.fetchAll(
          database, sql: sql,
          arguments: [
            "org": list.organization, "resource": list.resource, "parent": list.parent, "run": run, "now": now,
          ]))
    }
  }

  /// Removes pending and quarantined lists of parents that are deleted: these lists are never read again.
  package func releaseOrphans(of resource: String, below parents: ParentQuery, organization: String) async throws {
    let living = "FROM \(parents.from) AS p WHERE \(parents.belongs ?? "1") AND \(parents.isAlive) AND \(parents.hasSoundID)"
    let isDeleted =
      parents.isOneTable
      ? "NOT EXISTS (SELECT 1 \(living) AND \(parents.id) = parent)"
      : "parent NOT IN (SELECT \(parents.id) \(living))"
    try await write { database in
      for table in ["sync_quarantine", "sync_pending"] {
        try database.execute(
          sql: """
            DELETE FROM \(table) WHERE org_id = :org AND resource = :resource AND parent <> ''
              \(table == "sync_pending" ? "AND pending_since IS NOT NULL" : "") AND \(isDeleted)
            """,
          arguments: ["org": organization, "resource": resource])
      }
    }
  }

  /// Quarantines values that cannot be the id of a parent, and releases those that no longer exist.
  package func quarantineUnusable(_ parents: ParentQuery, of list: ListID, run: Int64, now: UnixTime) async throws {
    guard let unusable = parents.unusable else { return }
    try await write { database in
      let sql = "SELECT DISTINCT substr(item, 1, \(Self.longestItem)) FROM (\(unusable.items)) LIMIT \(Self.mostItems)"
      let items = try String.fetchAll(database, sql: sql, arguments: ["org": list.organization])
      try database.execute(
        """
        DELETE FROM sync_quarantine WHERE org_id = :org AND resource = :resource AND parent = '' AND item <> ''
          AND item NOT IN (SELECT value FROM json_each(:items))
        """, ["org": list.organization, "resource": list.resource, "items": try Self.json(items)])
      for item in items {
        try database.quarantine(list, item: item, reason: unusable.reason, run: run, walk: 0, now: now)
      }
    }
  }

  /// For items quarantined without a page: the maximum length of each in characters, and the maximum number of items.
  private static let longestItem = 4_096
  private static let mostItems = 1_000

  /// Schedules the child lists with malformed items whose retry is due, so that they are read again.
  package func scheduleRetries(of resource: String, organization: String, run: Int64, now: UnixTime) async throws {
    try await write { database in
      try database.execute(
        """
        INSERT INTO sync_pending (org_id, resource, parent, due_at, run_id, reason)
        SELECT DISTINCT q.org_id, q.resource, q.parent, 0, 0, 'scheduled' FROM sync_quarantine AS q
        WHERE q.org_id = :org AND q.resource = :resource AND q.parent <> '' AND \(Self.itemIsDue)
        ON CONFLICT (org_id, resource, parent, span_start) DO UPDATE SET due_at = 0, run_id = 0 WHERE pending_since IS NULL
        """, ["org": organization, "resource": resource, "run": run, "now": now])
    }
  }

  package func quarantined(organization: String) async throws -> [String: QuarantineCount] {
    try await read { try $0.quarantined()[organization] ?? [:] }
  }
}

extension Database {
  /// By organization and resource.
  func quarantined() throws -> [String: [String: MirrorStore.QuarantineCount]] {
    let sql = "SELECT org_id, resource, item = '' AS is_parent, count(*) AS n FROM sync_quarantine GROUP BY 1, 2, 3"
    return try Row.fetchAll(self, sql: sql).reduce(into: [:]) { counts, row in
      let part: WritableKeyPath<MirrorStore.QuarantineCount, Int> = try row.value("is_parent") ? \.parents : \.items
      let (organization, resource): (String, String) = (try row.value("org_id"), try row.value("resource"))
      counts[organization, default: [:]][resource, default: .init()][keyPath: part] += try row.value("n")
    }
  }

  /// After a list was read to its end, its failure is resolved. If it was read completely, malformed items that the walk did not
  /// see were deleted or repaired.
  func release(_ list: ListID, walk: Int64, interval: UnixTime? = nil, isComplete: Bool) throws {
    let statement = try cachedStatement(
      sql: """
        DELETE FROM sync_quarantine WHERE org_id = ? AND resource = ? AND parent = ?
          AND (item = '' OR (? AND interval_start IS ? AND walk < ?))
        """)
    try statement.execute(arguments: [list.organization, list.resource, list.parent, isComplete, interval, walk])
  }

  /// The message when `ItemKey.isSound` fails, after the member's name.
  private static let unsoundKey = """
    cannot be a key: it is neither text nor a whole number, holds a NUL or half of a surrogate pair, or is longer than \
    4,096 characters
    """

  func quarantineItems(of page: PageCommit, statements: TableStatements) throws {
    let items = try Row.fetchAll(cachedStatement(sql: statements.incoming.malformed))
    // With omitted members, items are identified by their number in the walk.
    let before =
      !statements.leavesOut
      ? 0
      : try Int.fetchOne(
        cachedStatement(
          sql: "SELECT count(*) FROM sync_quarantine WHERE org_id = ? AND resource = ? AND parent = ? AND item <> '' AND walk = ?"
        ),
        arguments: [page.list.organization, page.list.resource, page.list.parent, page.walk]) ?? 0
    let key = page.table.itemKey.column
    for (position, row) in items.enumerated() {
      let item: String = try row.value("item")
      let reason = try row.value("state") == "unsound" ? "its \(key) \(Self.unsoundKey)" : "the item has no \(key)"
      let kept = !statements.leavesOut ? item : "(left out: malformed item \(before + position + 1))"
      try quarantine(
        page.list, item: kept.isEmpty ? "\"\"" : kept, reason: reason, run: page.run,
        walk: page.walk, interval: page.interval?.startsAt, now: page.now)
    }
  }

  func quarantine(
    _ list: ListID, item: String, reason: String, run: Int64, walk: Int64, interval: UnixTime? = nil, now: UnixTime
  ) throws {
    try execute(
      """
      INSERT INTO sync_quarantine
        (org_id, resource, parent, item, reason, run_id, walk, interval_start, first_failed_at, last_failed_at,
          retry_at)
      VALUES (:org, :resource, :parent, :item, :reason, :run, :walk, :interval, :now, :now, 0)
      ON CONFLICT (org_id, resource, parent, item) DO UPDATE SET
        reason = excluded.reason, walk = excluded.walk, interval_start = excluded.interval_start, attempts = attempts + (run_id <> excluded.run_id),
        run_id = excluded.run_id, last_failed_at = excluded.last_failed_at,
        retry_at = CASE WHEN attempts < 10 THEN 0 WHEN attempts < 34 THEN :now + 3600 ELSE :now + 86400 END
      """,
      [
        "org": list.organization, "resource": list.resource, "parent": list.parent, "item": item, "reason": reason,
        "run": run, "walk": walk, "interval": interval, "now": now,
      ])
  }
}
