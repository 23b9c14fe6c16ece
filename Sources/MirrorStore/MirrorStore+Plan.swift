package import DevinModel
import GRDB

extension MirrorStore {
  /// A parent whose child list is to be read.
  package struct DueParent: Hashable, Sendable {
    package let id: String
    /// The parent's state, to be stored when its list has been read completely.
    package let version: ParentVersion
    /// The parent's `updated_at`.
    package let changedAt: UnixTime?
    /// Whether its list may grow without a change of the parent.
    package let isAtWork: Bool
    /// Whether its list contains malformed items that are due for a retry, anywhere in the list.
    package let hasDueItems: Bool
    /// `sync_pending.version` of its list; nil: it is not in the ledger.
    package let pendingVersion: Int64?
    package let checkpoint: Checkpoint
  }

  /// Which parents are taken from the ledger first, if there are more than the limit.
  package enum DueOrder: Sendable {
    /// Those that changed last.
    case newestFirst
    /// Those with the lowest ids. Rows and bookkeeping are stored in this order, so neighbours are written to the same pages of the file.
    case byID
  }

  /// Parents whose child lists are pending or due to be read again, from the ledger.
  /// - Parameters:
  ///   - resource: the resource of the child lists, such as `session_messages`.
  ///   - run: the current run; lists that it failed to read, or has just scheduled, are not due again.
  ///   - changedNow: only parents that this run has found to be new or changed.
  package func dueParents(
    for resource: String, below parents: ParentQuery, organization: String, run: Int64, now: UnixTime, limit: Int,
    order: DueOrder = .newestFirst, changedNow: Bool = false
  ) async throws -> [DueParent] {
    let sql = """
      SELECT q.*, \(Self.hasDueItems) AS has_due_items, c.*
      FROM (
          SELECT q.parent AS parent_id, q.version AS pending, \(parents.version) AS version, \(parents.changedAt) AS changed_at,
            \(parents.id) IS NOT NULL AND \(parents.isAtWork) AS is_at_work
          FROM sync_pending AS q LEFT JOIN \(parents.from) AS p ON \(parents.id) = q.parent AND \(parents.belongs ?? "1")
          WHERE q.org_id = :org AND q.resource = :resource AND q.parent <> '' AND q.span_start = 0
            AND \(Self.isDue("q.due_at")) AND NOT (q.run_id = :run AND q.reason IN ('failed', 'scheduled'))
            \(changedNow ? "AND q.run_id = :run AND q.reason = 'changed'" : "")
          ORDER BY \(order == .byID ? "q.parent" : "4 DESC") LIMIT :limit) AS q
        LEFT JOIN sync_checkpoints AS c ON c.org_id = :org AND c.resource = :resource AND c.parent = q.parent_id
      ORDER BY \(order == .byID ? "q.parent_id" : "q.changed_at DESC")
      """
    return try await read { database in
      try Row.fetchAll(
        database, sql: sql,
        arguments: ["org": organization, "resource": resource, "run": run, "now": now, "limit": limit]
      ).map(DueParent.init)
    }
  }

  private static let hasDueItems = """
    EXISTS (SELECT 1 FROM sync_quarantine AS i WHERE i.org_id = :org AND i.resource = :resource AND i.parent = q.parent_id
      AND i.item <> '' AND \(isDue("i.retry_at")) AND i.run_id <> :run)
    """

  /// Rows that may have changed without a new time of change, and have not been read recently. For a running session this is after
  /// 15 minutes, then less and less often, but at least once a day, until its values are final.
  package func unsettledKeys(
    of table: MirrorTable, list: Int64, now: UnixTime, limit: Int
  ) async throws -> [String] {
    let key = table.itemKey.column
    // In this order, so that SQLite only looks at rows that are not final yet, and needs only an index for that.
    let unsettled = "SELECT \"\(key)\" AS key, updated_at FROM \"\(table.name)\" WHERE _deleted_at IS NULL AND _settles_at"
    let sql = """
      SELECT t.key
      FROM (\(unsettled) IS NULL UNION ALL \(unsettled) > :now) AS t
        CROSS JOIN sync_seen AS n ON n.list_id = :list AND n.key = t.key
      WHERE (n.seen_at < :now - \(ParentQuery.patience("t.updated_at")) OR n.seen_at > :now + 86400)
      ORDER BY t.updated_at DESC LIMIT :limit
      """
    return try await read { database in
      try String.fetchAll(
        database, sql: sql, arguments: ["list": list, "now": now, "limit": limit])
    }
  }
}

extension MirrorStore.DueParent {
  init(_ row: Row) throws {
    id = try row.value("parent_id")
    version = ParentVersion(rawValue: try row.value("version") ?? "")
    // This is the server's value, of any type.
    changedAt = UnixTime(reported: Int64.fromDatabaseValue(row["changed_at"]))
    isAtWork = try row.value("is_at_work") ?? false
    hasDueItems = try row.value("has_due_items") ?? false
    pendingVersion = try row.value("pending")
    // Most pending lists have no checkpoint yet, and reading one looks up many columns.
    checkpoint = try row.value("list_id") as Int64? == nil ? Checkpoint() : Checkpoint(row)
  }
}
