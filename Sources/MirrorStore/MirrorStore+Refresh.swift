package import DevinModel
import GRDB

// Lists that come back unchanged are left unread for some time; see `RefreshRule`.

extension MirrorStore {
  /// A list that a run left unread because it is not due.
  package struct RestingList: Hashable, Sendable {
    package let list: ListID
    /// 403 or 404 where the key may not read it; nil: it was read.
    package let refusedStatus: Int?
  }

  /// Those of the lists that are not pending and that some runs skip.
  package func resting(_ lists: [ListID]) async throws -> [RestingList] {
    try await read { database in
      let sql = """
        SELECT refused_status FROM sync_checkpoints AS c
        WHERE org_id = :org AND resource = :resource AND parent = :parent AND refresh_interval IS NOT NULL
          AND NOT EXISTS (\(Database.isOwed))
        """
      let statement = try database.cachedStatement(sql: sql)
      return try lists.compactMap { list in
        try Row.fetchOne(statement, arguments: list.names).map { row in
          RestingList(list: list, refusedStatus: try row.value("refused_status"))
        }
      }
    }
  }

  /// Whether a list was no business of the newest run: it is not pending, was read before that run, and is not due yet, because it, or those it
  /// belongs to, came back unchanged, or because it is read again at a later time.
  /// - Parameter start: when the newest run began.
  package func rests(_ list: ListID, since start: UnixTime, now: UnixTime) async throws -> Bool {
    try await read { database in
      let sql = """
        SELECT NOT EXISTS (\(Database.isOwed)) AND (
          EXISTS (
            SELECT 1 FROM sync_checkpoints WHERE org_id = :org AND resource = :resource AND parent IN (:parent, '')
              AND completed_at < :start AND completed_at + refresh_interval >= :now)
          OR :parent <> '' AND EXISTS (
            SELECT 1 FROM sync_pending AS q JOIN sync_checkpoints AS c USING (org_id, resource, parent)
            WHERE q.org_id = :org AND q.resource = :resource AND q.parent = :parent AND q.span_start = 0 AND q.due_at > :now
              AND c.completed_at < :start))
        """
      return try Bool.fetchOne(database, sql: sql, arguments: list.names + ["start": start, "now": now]) ?? false
    }
  }

  /// The usual time between runs that named no resource, including this one; zero: there were too few runs.
  /// - Parameters:
  ///   - run: this run.
  ///   - startedAt: when it began.
  package func pace(of run: Int64, startedAt: UnixTime) async throws -> Duration {
    try await read { database in
      let sql = """
        SELECT started_at FROM sync_runs WHERE command = 'sync' AND requested IS NOT NULL AND run_id < ?
        ORDER BY run_id DESC LIMIT 5
        """
      let starts = try Int64.fetchAll(database, sql: sql, arguments: [run]).compactMap(UnixTime.init(reported:))
      return RefreshRule.pace(ofRunsAt: starts + [startedAt])
    }
  }
}

extension Database {
  /// SQL for a row if the list is pending in the ledger.
  fileprivate static let isOwed = """
    SELECT 1 FROM sync_pending AS q
    WHERE q.org_id = :org AND q.resource = :resource AND q.parent = :parent AND q.pending_since IS NOT NULL
    """

  /// Whether a run leaves a list unread: it came back unchanged, is not pending, and is not due yet.
  func isResting(_ list: ListID, by rule: RefreshRule, now: UnixTime) throws -> Bool {
    let sql = """
      SELECT list_id, coalesce(completed_at, refused_at) AS asked_at, refresh_interval, principal FROM sync_checkpoints
      WHERE org_id = :org AND resource = :resource AND parent = :parent AND refresh_interval IS NOT NULL
        AND NOT EXISTS (\(Self.isOwed))
      """
    guard let row = try Row.fetchOne(cachedStatement(sql: sql), arguments: list.names),
      let askedAt = try row.time("asked_at"), let interval = try row.duration("refresh_interval"),
      try !rule.isDue(
        askedAt: askedAt, interval: interval, by: row.value("principal"), now: now,
        name: "\(list.organization) \(list.resource) \(list.parent)")
    else { return false }
    // A limit that was lowered takes effect with this run.
    if interval > rule.limit {
      try execute(
        sql: "UPDATE sync_checkpoints SET refresh_interval = ? WHERE list_id = ?",
        arguments: [rule.limit.components.seconds, row.value("list_id") as Int64])
    }
    return true
  }
}

extension ListID {
  fileprivate var names: StatementArguments { ["org": organization, "resource": resource, "parent": parent] }
}
