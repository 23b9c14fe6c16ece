import Foundation
import GRDB

extension MirrorStore {
  /// What a complete walk did not list, although an earlier one had.
  package struct Missing: Sendable {
    /// Keys as in `sync_seen`.
    package let keys: [String]
    /// How many keys the list held before, for the mass-deletion brake.
    package let known: Int
  }

  package func missing(from list: Int64, walk: Int64) async throws -> Missing {
    try await read { database in
      Missing(
        keys: try String.fetchAll(
          database, sql: "SELECT key FROM sync_seen WHERE list_id = ? AND walk < ?", arguments: [list, walk]),
        known: try Int.fetchOne(database, sql: "SELECT count(*) FROM sync_seen WHERE list_id = ?", arguments: [list]) ?? 0)
    }
  }

  /// Marks rows as deleted, records each, and forgets that the list held them. A row that another list of the same
  /// resource still holds stays alive, as long as that list can be read.
  /// - Returns: the number of rows marked.
  package func markDeleted(
    _ keys: [String], of table: MirrorTable, in list: ListID, number: Int64, scope: [String: String], run: Int64, now: Int64
  ) async throws -> Int {
    let statements = TableStatements(table)
    return try await write { database in
      let all = try Self.json(keys)
      let elsewhere = """
        SELECT s.key FROM sync_checkpoints AS c JOIN sync_seen AS s USING (list_id)
        WHERE c.resource = ? AND c.list_id <> ? AND c.parent = ? AND c.refused_status IS NULL
          AND s.key IN (SELECT value FROM json_each(?))
        """
      // Where the organization belongs to the key, no other list speaks of the same row.
      let held =
        table.keyColumns.contains("org_id")
        ? [] : Set(try String.fetchAll(database, sql: elsewhere, arguments: [list.resource, number, list.parent, all]))
      let doomed = try Self.json(keys.filter { !held.contains($0) })
      let keyScope = Dictionary(
        uniqueKeysWithValues: table.scopeKey.map { ($0, scope[$0] as (any DatabaseValueConvertible)?) })
      try database.execute(
        statements.recordDeletions, keyScope.merging(["keys": doomed, "run": run, "now": now]) { $1 })
      try database.execute(statements.markDeleted, keyScope.merging(["keys": doomed, "now": now]) { $1 })
      let marked = database.changesCount
      try database.execute(
        sql: "DELETE FROM sync_seen WHERE list_id = ? AND key IN (SELECT value FROM json_each(?))", arguments: [number, all])
      return marked
    }
  }

  /// Notes that these rows were read now, by their ids and not by a walk, so that they are not due again at once.
  package func touch(_ keys: [String], in list: Int64, now: Int64) async throws {
    try await write { database in
      try database.execute(
        sql: "UPDATE sync_seen SET seen_at = ? WHERE list_id = ? AND key IN (SELECT value FROM json_each(?))",
        arguments: [now, list, try Self.json(keys)])
    }
  }

  /// Notes that a walk saw these keys although its pages did not list them: the server confirmed them one by one.
  package func confirm(_ keys: [String], in list: Int64, walk: Int64, now: Int64) async throws {
    try await write { database in
      try database.execute(
        sql: "UPDATE sync_seen SET walk = ?, seen_at = ? WHERE list_id = ? AND key IN (SELECT value FROM json_each(?))",
        arguments: [walk, now, list, try Self.json(keys)])
    }
  }

  static func json(_ keys: [String]) throws -> String {
    String(decoding: try JSONEncoder().encode(keys), as: UTF8.self)
  }
}
