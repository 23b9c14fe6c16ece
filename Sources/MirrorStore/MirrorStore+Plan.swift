import GRDB

extension MirrorStore {
  /// Where a resource finds the parents of its lists, as parts of a query over a table or view called `p`.
  package struct ParentQuery: Hashable, Sendable {
    /// A table, a view or a query in parentheses.
    package var from: String
    /// Holds the parent's id.
    package var id: String
    /// When this text changes, the list below is read again.
    package var version: String
    /// When the parent last changed, Unix seconds.
    package var changedAt = "NULL"
    /// Whether the list below may grow without a change of the parent, so that it is read again on a slowing schedule.
    package var isAtWork = "0"
    /// Seconds after which a list is read again in any case; nil: not without a change.
    package var every: Int?
    /// Which parents the organization `:org` has; nil: parents belong to none.
    package var belongs: String? = "p.org_id = :org"
    package var isAlive = "p._deleted_at IS NULL"
    /// Whether another row says that the list below holds something else than it does; nil: none speaks of it.
    package var contradiction: String?

    package init(from: String, id: String, version: String) {
      self.from = from
      self.id = id
      self.version = version
    }
  }

  /// A parent whose list below it is to be read.
  package struct StaleParent: Hashable, Sendable {
    package let id: String
    /// The parent's state, to be stored once its list has been read whole.
    package let version: String
    /// The parent's `updated_at`, Unix seconds.
    package let changedAt: Int64?
    /// Whether its list holds odd items that are due to be tried again, wherever they stand in it.
    package let hasDueItems: Bool
    package let checkpoint: Checkpoint
  }

  /// Parents whose lists were never read, whose state has changed since, or whose retry is due; newest first.
  /// - Parameters:
  ///   - resource: the list below, such as `session_messages`.
  ///   - run: the run that asks; what it has already read is not stale again.
  ///   - everything: also those that are up to date (`--full`).
  package func staleParents(
    for resource: String, below parents: ParentQuery, organization: String, run: Int64, now: Int64,
    everything: Bool, limit: Int
  ) async throws -> [StaleParent] {
    let sql = """
      SELECT \(parents.id) AS parent_id, \(parents.version) AS version, \(parents.changedAt) AS changed_at,
        \(Self.hasDueItems(parents)) AS has_due_items, c.*
      FROM \(Self.stale(parents)) AND NOT EXISTS (SELECT 1 FROM sync_quarantine AS q
          WHERE q.org_id = :org AND q.resource = :resource AND q.parent = \(parents.id) AND q.item = ''
            AND (NOT \(Self.isDue) OR q.run_id = :run))
      ORDER BY \(parents.changedAt) DESC LIMIT :limit
      """
    return try await read { database in
      try Row.fetchAll(
        database, sql: sql,
        arguments: [
          "org": organization, "resource": resource, "run": run, "now": now,
          "everything": everything, "limit": limit,
        ]
      ).map {
        StaleParent(
          id: $0["parent_id"], version: $0["version"] ?? "", changedAt: Int64.fromDatabaseValue($0["changed_at"]),
          hasDueItems: $0["has_due_items"], checkpoint: Checkpoint($0))
      }
    }
  }

  /// How many parents' lists are not up to date, those included that could not be read.
  package func staleCount(
    for resource: String, below parents: ParentQuery, organization: String, run: Int64, now: Int64
  ) async throws -> Int {
    let sql = "SELECT count(*) FROM \(Self.stale(parents))"
    return try await read { database in
      try Int.fetchOne(
        database, sql: sql,
        arguments: ["org": organization, "resource": resource, "run": run, "now": now, "everything": false]) ?? 0
    }
  }

  /// Parents with their checkpoints whose lists are to be read, as SQL behind FROM.
  private static func stale(_ parents: ParentQuery) -> String {
    """
    \(parents.from) AS p
    LEFT JOIN sync_checkpoints AS c ON c.org_id = :org AND c.resource = :resource AND c.parent = \(parents.id)
    WHERE \(parents.belongs ?? "1") AND \(parents.isAlive)
      AND c.completed_run IS NOT :run
      AND (c.completed_at IS NULL OR c.is_open OR c.parent_version IS NOT \(parents.version) OR :everything
        OR c.completed_at > :now + 86400
        OR EXISTS (SELECT 1 FROM sync_quarantine AS q WHERE q.org_id = :org AND q.resource = :resource
          AND q.parent = \(parents.id) AND \(isDue) AND q.run_id <> :run) \(parents.every.map { "OR c.completed_at < :now - \($0)" } ?? "")
        OR (\(parents.isAtWork) AND c.completed_at < :now - \(patience(parents.changedAt))))
    """
  }

  private static func hasDueItems(_ parents: ParentQuery) -> String {
    """
    EXISTS (SELECT 1 FROM sync_quarantine AS q WHERE q.org_id = :org AND q.resource = :resource
      AND q.parent = \(parents.id) AND \(itemIsDue))
    """
  }

  /// Rows that may have changed without showing it in their time of change, and have not been read for a while: of a
  /// session at work after a quarter of an hour, then ever more seldom, at least once a day, until it is settled.
  package func unsettledKeys(
    of table: MirrorTable, list: Int64, now: Int64, limit: Int
  ) async throws -> [String] {
    let key = table.itemKey.column
    let sql = """
      SELECT t."\(key)" FROM "\(table.name)" AS t JOIN sync_seen AS n ON n.list_id = :list AND n.key = t."\(key)"
      WHERE t._deleted_at IS NULL AND (t._settles_at IS NULL OR t._settles_at > :now)
        AND (n.seen_at < :now - \(Self.patience("t.updated_at")) OR n.seen_at > :now + 86400)
      ORDER BY t.updated_at DESC LIMIT :limit
      """
    return try await read { database in
      try String.fetchAll(
        database, sql: sql, arguments: ["list": list, "now": now, "limit": limit])
    }
  }

  /// Seconds to leave a row alone: a tenth of the time since it last changed, from a quarter of an hour to a day.
  private static func patience(_ changedAt: String) -> String {
    "max(900, min(86400, (:now - coalesce(\(changedAt), 0)) / 10))"
  }
}
