package import DevinModel
import GRDB

// Some rows are in two lists: that of the whole enterprise and that of their organization. A run reads one of the two, so the rows
// seen in either are compared with what the other returns now. Once the enterprise's list was read, it replaces those of its organizations.

extension MirrorStore {
  /// Those of the keys that the enterprise's list held when it was last read. A list that can no longer be read holds none.
  package func keys(_ keys: [String], heldBy list: ListID) async throws -> [String] {
    guard !keys.isEmpty else { return [] }
    return try await read { database in
      let sql = """
        SELECT s.key FROM sync_checkpoints AS c JOIN sync_seen AS s USING (list_id)
        WHERE c.org_id = ? AND c.resource = ? AND c.parent = ? AND c.refused_status IS NULL
          AND s.key IN (SELECT value FROM json_each(?))
        """
      return try String.fetchAll(
        database, sql: sql, arguments: [list.organization, list.resource, list.parent, try Self.json(keys)])
    }
  }

  /// Keys that a walk of one list has seen and another list holds: rows that are known to exist.
  /// - Parameter walk: the earliest walk that counts.
  package func keysSeen(in number: Int64, since walk: Int64, heldBy list: ListID, limit: Int) async throws -> [String] {
    try await read { database in
      let sql = """
        SELECT s.key FROM sync_checkpoints AS c CROSS JOIN sync_seen AS s ON s.list_id = :list AND s.walk >= :walk
          CROSS JOIN sync_seen AS o ON o.list_id = c.list_id AND o.key = s.key
        WHERE c.org_id = :org AND c.resource = :resource AND c.parent = :parent
        ORDER BY s.seen_at DESC LIMIT :limit
        """
      return try String.fetchAll(
        database, sql: sql,
        arguments: [
          "list": number, "walk": walk, "org": list.organization, "resource": list.resource, "parent": list.parent,
          "limit": limit,
        ])
    }
  }

  /// Makes the organizations' lists pending that hold these rows: the enterprise's list no longer has them, so those lists decide.
  package func markHoldersPending(of keys: [String], like list: ListID, run: Int64, now: UnixTime) async throws {
    guard !keys.isEmpty else { return }
    try await write { database in try database.markHoldersPending(of: keys, like: list, run: run, now: now) }
  }

  /// Organizations whose list holds a row that the enterprise's list no longer has, and whose list has not been read since.
  package func organizationsInDoubt(about resource: String) async throws -> Set<String> {
    try await read { database in
      let sql = """
        SELECT DISTINCT org_id FROM sync_pending WHERE resource = ? AND org_id <> '' AND span_start = 0 AND reason = 'changed'
        """
      return Set(try String.fetchAll(database, sql: sql, arguments: [resource]))
    }
  }
}

extension Database {
  /// Keys of rows, not deleted, that a completed walk of a list should have seen, but only lists of the other level held.
  struct KeysOfOtherLevel {
    var keys: [String] = []
    /// Only another principal saw these there.
    var ofOthers: [String] = []
  }

  /// - Parameters:
  ///   - number: the number of the list.
  ///   - principal: the principal of the walk; nil: unknown.
  func keysOfOtherLevel(
    missingFrom list: ListID, of table: MirrorTable, number: Int64?, principal: String?
  ) throws -> KeysOfOtherLevel {
    guard table.isListedAtTwoLevels, let number else { return KeysOfOtherLevel() }
    return list.organization.isEmpty
      ? try keysOfOrganizations(missingFrom: list, of: table, number: number)
      : try keysOfEnterprise(missingFrom: list, of: table, number: number, principal: principal)
  }

  /// Rows of an organization that the enterprise's list held.
  private func keysOfEnterprise(
    missingFrom list: ListID, of table: MirrorTable, number: Int64, principal: String?
  ) throws -> KeysOfOtherLevel {
    let sql = """
      SELECT s.key, s.walk < c.principal_walk OR coalesce(c.principal <> :principal, 0) AS is_of_others
      FROM sync_checkpoints AS c
        CROSS JOIN \(table.name.quotedDatabaseIdentifier) AS t ON t.org_id = :org AND t._deleted_at IS NULL
        CROSS JOIN sync_seen AS s ON s.list_id = c.list_id AND s.key = t.\(table.itemKey.column.quotedDatabaseIdentifier)
      WHERE c.resource = :resource AND c.parent = :parent AND c.org_id = '' AND \(Self.isUnseen)
        AND EXISTS (SELECT 1 FROM sync_seen WHERE list_id = c.list_id)
      """
    var found = KeysOfOtherLevel()
    let rows = try Row.fetchAll(
      cachedStatement(sql: sql),
      arguments: [
        "list": number, "org": list.organization, "resource": list.resource, "parent": list.parent, "principal": principal,
      ])
    for row in rows {
      let key: String = try row.value("key")
      if try row.value("is_of_others") { found.ofOthers.append(key) } else { found.keys.append(key) }
    }
    return found
  }

  /// Rows that the list of an organization held. That list will be read, and its own checkpoint says which principal saw them.
  private func keysOfOrganizations(
    missingFrom list: ListID, of table: MirrorTable, number: Int64
  ) throws -> KeysOfOtherLevel {
    let sql = """
      SELECT DISTINCT s.key FROM sync_checkpoints AS c CROSS JOIN sync_seen AS s ON s.list_id = c.list_id
      WHERE c.resource = :resource AND c.parent = :parent AND c.org_id <> '' AND \(Self.belongsToLivingOrganization)
        AND \(Self.isUnseen) AND EXISTS (SELECT 1 FROM \(table.name.quotedDatabaseIdentifier) AS t
          WHERE t.\(table.itemKey.column.quotedDatabaseIdentifier) = s.key AND t._deleted_at IS NULL)
      """
    let keys = try String.fetchAll(
      cachedStatement(sql: sql), arguments: ["list": number, "resource": list.resource, "parent": list.parent])
    return KeysOfOtherLevel(keys: keys)
  }

  private static let isUnseen = "NOT EXISTS (SELECT 1 FROM sync_seen AS n WHERE n.list_id = :list AND n.key = s.key)"

  /// The list of a deleted organization can no longer be read. `c` is a row of `sync_checkpoints`.
  static let belongsToLivingOrganization = """
    NOT EXISTS (SELECT 1 FROM organizations AS o WHERE o.org_id = c.org_id AND o._deleted_at IS NOT NULL)
    """

  func markHoldersPending(of keys: [String], like list: ListID, run: Int64, now: UnixTime) throws {
    try execute(
      """
      INSERT INTO sync_pending (org_id, resource, parent, pending_since, run_id, reason)
      SELECT DISTINCT c.org_id, c.resource, c.parent, :now, :run, 'changed'
      FROM sync_checkpoints AS c JOIN sync_seen AS s USING (list_id)
      WHERE c.resource = :resource AND c.parent = :parent AND c.org_id <> '' AND \(Self.belongsToLivingOrganization)
        AND s.key IN (SELECT value FROM json_each(:keys))
      ON CONFLICT (org_id, resource, parent, span_start) DO UPDATE
      SET version = version + 1, due_at = 0, pending_since = coalesce(pending_since, excluded.pending_since),
        run_id = excluded.run_id, reason = excluded.reason
      """,
      ["resource": list.resource, "parent": list.parent, "keys": try MirrorStore.json(keys), "run": run, "now": now])
  }

  /// After a complete walk of the enterprise's list: it replaces those of its organizations, which are then no longer pending and hold no
  /// rows until they are next read. A list with a row that the enterprise's list no longer has must still be read.
  func supersede(like list: ListID, by checkpoint: Checkpoint, run: Int64, now: UnixTime) throws {
    guard list.organization.isEmpty, checkpoint.completedRun == run, !checkpoint.isOpen else { return }
    func isSuperseded(_ row: String) -> String {
      """
      \(row).resource = :resource AND \(row).parent = :parent AND \(row).org_id <> '' AND NOT EXISTS (
        SELECT 1 FROM sync_pending AS q WHERE q.org_id = \(row).org_id AND q.resource = :resource AND q.parent = :parent
          AND q.span_start = 0 AND q.reason = 'changed')
      """
    }
    let names: [String: (any DatabaseValueConvertible)?] = ["resource": list.resource, "parent": list.parent]
    // Once the enterprise's list is known to hold a list's rows, that list's own memory is deleted. A filtered walk does not show it.
    if checkpoint.filter == nil {
      try execute(
        """
        DELETE FROM sync_seen WHERE list_id IN (
          SELECT c.list_id FROM sync_checkpoints AS c WHERE \(isSuperseded("c")))
        """, names)
    }
    try execute("DELETE FROM sync_quarantine WHERE \(isSuperseded("sync_quarantine"))", names)
    // Whether the list ever worked is kept, so that a lost permission is noticed when the list is next requested.
    try execute(
      """
      UPDATE sync_checkpoints SET superseded_at = :now, is_open = 0, cursor = NULL, filter = NULL, rows_seen = 0, total = NULL,
        completed_at = NULL, completed_run = NULL, reconciled_at = NULL, as_of = NULL, held_back = 0, refused_status = NULL,
        pending_version = NULL, refused_at = NULL, refresh_interval = NULL
      WHERE superseded_at IS NULL AND \(isSuperseded("sync_checkpoints"))
      """, names.merging(["now": now]) { $1 })
    try execute("DELETE FROM sync_pending WHERE \(isSuperseded("sync_pending"))", names)
  }
}
