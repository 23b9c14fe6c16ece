package import DevinModel
import GRDB

/// A row of `sync_changes`, without the previous content.
package struct ChangeRecord: Hashable, Sendable {
  package let id: Int64
  package let run: Int64
  package let changedAt: UnixTime
  package let resource: String
  package let key: String
  /// inserted, changed, deleted, restored.
  package let change: String
  /// `sync_pushes.push_id` of the request that wrote it to Devin; nil: none did.
  package let push: Int64?

  init(_ row: Row) throws {
    id = try row.value("change_id")
    run = try row.value("run_id")
    changedAt = try row.value("changed_at")
    resource = try row.value("resource")
    key = try row.value("key")
    change = try row.value("change")
    push = try row.value("push")
  }
}

extension MirrorStore {
  /// Which changes to return.
  package struct ChangeFilter: Hashable, Sendable {
    package var firstRun: Int64 = 0
    /// The last run to include; nil: no limit.
    package var lastRun: Int64?
    /// Nil: no limit.
    package var since: UnixTime?
    /// Names of tables; empty: all.
    package var resources: Set<String> = []

    package init() {}
  }

  /// The next changes, oldest first; empty: there are no more.
  package func changes(_ filter: ChangeFilter, after id: Int64, limit: Int = 1_000) async throws -> [ChangeRecord] {
    try await read { database in
      let names = filter.resources.sorted()
      let wanted = names.isEmpty ? "" : " AND resource IN (\(databaseQuestionMarks(count: names.count)))"
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT change_id, run_id, changed_at, resource, key, change, (
              SELECT max(p.push_id) FROM sync_pushes AS p
              WHERE p.resource = c.resource AND p.key = c.key AND p.run_id = c.run_id AND p.outcome = 'done' AND p.change_before < c.change_id
            ) AS push FROM sync_changes AS c
          WHERE change_id > ? AND run_id >= ? AND run_id <= ? AND changed_at >= ?\(wanted) ORDER BY change_id LIMIT ?
          """,
        arguments: [id, filter.firstRun, filter.lastRun ?? .max, filter.since?.rawValue ?? .min]
          + StatementArguments(names) + [limit])
      return try Array(rows.map(ChangeRecord.init))
    }
  }

  /// Numbers of the newest change and of the newest run; 0: there is none.
  package func newest() async throws -> (change: Int64, run: Int64) {
    try await read { database in
      (
        try Int64.fetchOne(database, sql: "SELECT max(change_id) FROM sync_changes") ?? 0,
        try Int64.fetchOne(database, sql: "SELECT max(run_id) FROM sync_runs") ?? 0
      )
    }
  }
}
