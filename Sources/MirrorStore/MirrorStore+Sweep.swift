package import DevinModel
import Foundation
import GRDB

extension MirrorStore {
  /// Keys that a complete walk did not list, although an earlier walk had.
  package struct Missing: Sendable {
    /// Keys as in `sync_seen` that the walk's own principal saw before.
    package let keys: [String]
    /// Keys that only another principal saw: they may be invisible to this one.
    package let ofOthers: [String]
    /// Keys of rows, not deleted, that this list should hold, but that only a list of the other level held: the enterprise's list, or
    /// that of an organization.
    package let ofOtherLevel: [String]
  }

  /// - Parameter checkpoint: the checkpoint of the completed walk.
  package func missing(at checkpoint: Checkpoint, of table: MirrorTable, in list: ListID) async throws -> Missing {
    try await read { database in
      let sql = "SELECT key FROM sync_seen WHERE list_id = ? AND walk >= ? AND walk < ?"
      let other = min(checkpoint.principalWalk, checkpoint.walk)
      let elsewhere = try database.keysOfOtherLevel(
        missingFrom: list, of: table, number: checkpoint.listNumber, principal: checkpoint.principal)
      return Missing(
        keys: try String.fetchAll(database, sql: sql, arguments: [checkpoint.listNumber, other, checkpoint.walk]),
        ofOthers: try String.fetchAll(database, sql: sql, arguments: [checkpoint.listNumber, 0, other])
          + elsewhere.ofOthers,
        ofOtherLevel: elsewhere.keys)
    }
  }

  /// Those of the keys that neither this walk nor a later one has seen.
  package func missing(_ keys: [String], from list: Int64, walk: Int64) async throws -> [String] {
    try await read { database in
      let sql = """
        SELECT value FROM json_each(?)
        WHERE NOT EXISTS (SELECT 1 FROM sync_seen WHERE list_id = ? AND key = value AND walk >= ?)
        """
      return try String.fetchAll(database, sql: sql, arguments: [try Self.json(keys), list, walk])
    }
  }

  /// Keys that a list held, those of its latest walks first, and within a walk the last seen first.
  /// - Parameter walk: the earliest walk that counts.
  package func lastSeen(in list: Int64, since walk: Int64, limit: Int) async throws -> [String] {
    try await read { database in
      let sql = "SELECT key FROM sync_seen WHERE list_id = ? AND walk >= ? ORDER BY walk DESC, seen_at DESC LIMIT ?"
      return try String.fetchAll(database, sql: sql, arguments: [list, walk, limit])
    }
  }

  /// Keys of the most recently changed rows of a list that are not deleted, by an index on organization and time of change. For the
  /// enterprise's list, these are rows of one organization.
  package func newestKeys(of table: MirrorTable, in list: ListID, limit: Int) async throws -> [String] {
    let name = table.name.quotedDatabaseIdentifier
    let key = table.itemKey.column.quotedDatabaseIdentifier
    let sql = """
      SELECT \(key) FROM \(name) WHERE org_id IS coalesce(nullif(:org, ''), (
        SELECT org_id FROM \(name) WHERE _deleted_at IS NULL AND org_id IS NOT NULL LIMIT 1)) AND _deleted_at IS NULL
      ORDER BY updated_at DESC LIMIT :limit
      """
    return try await read { database in
      try String.fetchAll(database, sql: sql, arguments: ["org": list.organization, "limit": limit])
    }
  }

  /// How many rows the lists of a resource hold, over all parents.
  package func listed(of list: ListID) async throws -> Int {
    try await read { database in
      let sql = """
        SELECT count(*) FROM sync_checkpoints AS c JOIN sync_seen AS s USING (list_id) WHERE c.org_id = ? AND c.resource = ?
        """
      return try Int.fetchOne(database, sql: sql, arguments: [list.organization, list.resource]) ?? 0
    }
  }

  /// Marks rows as deleted, records each change, and removes the rows from the list's memory. A row that another list of the same
  /// resource still holds is not marked, as long as that list can be read. If the row is missing in the enterprise's list, the list of its
  /// organization becomes pending.
  /// - Returns: the number of rows marked.
  package func markDeleted(
    _ keys: [String], of table: MirrorTable, in list: ListID, number: Int64, scope: [String: String], run: Int64, now: UnixTime
  ) async throws -> Int {
    let statements = try await statements(for: table)
    return try await write { database in
      let all = try Self.json(keys)
      let elsewhere = """
        SELECT s.key FROM sync_checkpoints AS c JOIN sync_seen AS s USING (list_id)
        WHERE c.resource = ? AND c.list_id <> ? AND c.parent = ? AND c.refused_status IS NULL
          AND \(Database.belongsToLivingOrganization)
          AND s.key IN (SELECT value FROM json_each(?))
        """
      // If the organization is part of the key, no other list can contain the same row.
      let held =
        table.keyColumns.contains("org_id")
        ? [] : try String.fetchAll(database, sql: elsewhere, arguments: [list.resource, number, list.parent, all])
      // Compare bytes: two ids may be equal in Swift although they differ.
      let spared = Set(held.map { Array($0.utf8) })
      if table.isListedAtTwoLevels, list.organization.isEmpty, !held.isEmpty {
        try database.markHoldersPending(of: held, like: list, run: run, now: now)
      }
      let doomed = try Self.json(keys.filter { !spared.contains(Array($0.utf8)) })
      let keyScope = Dictionary(
        uniqueKeysWithValues: table.scopeKey.map { ($0, scope[$0] as (any DatabaseValueConvertible)?) })
      try database.execute(
        statements.deletion.record, keyScope.merging(["keys": doomed, "run": run, "now": now]) { $1 })
      try database.execute(statements.deletion.count, keyScope.merging(["keys": doomed]) { $1 })
      try database.execute(statements.deletion.mark, keyScope.merging(["keys": doomed, "now": now]) { $1 })
      let marked = database.changesCount
      try database.derive(statements.deletion.derive, keyScope.merging(["keys": doomed]) { $1 })
      for forget in statements.deletion.forgetBelow { try database.execute(forget, ["keys": doomed]) }
      CrashPoint.reached(.sweep)
      // Another list's walk that is still open may have counted a row that is now deleted.
      try database.execute(
        sql: """
          UPDATE sync_checkpoints AS c SET rows_seen = rows_seen - (SELECT count(*) FROM sync_seen AS s
            WHERE s.list_id = c.list_id AND s.walk = c.walk AND s.key IN (SELECT value FROM json_each(?)))
          WHERE list_id = ?
          """, arguments: [all, number])
      try database.execute(
        sql: "DELETE FROM sync_seen WHERE list_id = ? AND key IN (SELECT value FROM json_each(?))", arguments: [number, all])
      return marked
    }
  }

  /// Records that these rows were just read by id, not by a walk, so that they are not due again at once.
  package func touch(_ keys: [String], in list: Int64, now: UnixTime) async throws {
    try await write { database in
      try database.execute(
        sql: "UPDATE sync_seen SET seen_at = ? WHERE list_id = ? AND key IN (SELECT value FROM json_each(?))",
        arguments: [now, list, try Self.json(keys)])
    }
  }

  /// Records that a walk saw these keys although its pages did not list them: the server confirmed each of them.
  package func confirm(_ keys: [String], in list: Int64, walk: Int64, now: UnixTime) async throws {
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
