package import DevinModel
import GRDB

extension MirrorStore {
  /// The checkpoint of a list; a new one if the list was never read.
  package func checkpoint(of list: ListID) async throws -> Checkpoint {
    try await read { database in
      let sql = "SELECT * FROM sync_checkpoints WHERE org_id = ? AND resource = ? AND parent = ?"
      let row = try Row.fetchOne(database, sql: sql, arguments: [list.organization, list.resource, list.parent])
      return try row.map(Checkpoint.init) ?? Checkpoint()
    }
  }

  /// The checkpoint of a parent list: the organization's own list or, if that is not read, the enterprise's. Nil: neither
  /// was read.
  package func parentCheckpoint(of resource: String, organization: String) async throws -> Checkpoint? {
    try await read { database in
      let sql = """
        SELECT * FROM sync_checkpoints WHERE resource = ? AND parent = '' AND org_id IN ('', ?) AND completed_at IS NOT NULL
        ORDER BY org_id DESC LIMIT 1
        """
      return try Row.fetchOne(database, sql: sql, arguments: [resource, organization]).map(Checkpoint.init)
    }
  }

  /// When a walk saw its first row, by the system clock; nil: it saw none, or does not remember keys.
  package func beginning(of walk: Int64, in list: Int64) async throws -> UnixTime? {
    try await read { database in
      let first = try Int64.fetchOne(
        database, sql: "SELECT min(seen_at) FROM sync_seen WHERE list_id = ? AND walk = ?", arguments: [list, walk])
      return UnixTime(reported: first)
    }
  }

  /// Stores a checkpoint that comes without a page, such as the end of a walk.
  package func save(_ checkpoint: Checkpoint, for list: ListID) async throws -> Checkpoint {
    try await write { database in
      var checkpoint = checkpoint
      try database.save(&checkpoint, for: list)
      return checkpoint
    }
  }

  /// Stores the checkpoint of a walk that has ended without a page for it.
  package func saveEnd(
    _ checkpoint: Checkpoint, for list: ListID, of table: MirrorTable, run: Int64, now: UnixTime,
    expansion: PageCommit.Expansion? = nil
  ) async throws -> Checkpoint {
    try await write { database in
      var checkpoint = checkpoint
      try database.save(&checkpoint, for: list)
      // A filtered walk saw only some of the malformed items.
      try database.release(list, walk: checkpoint.walk, isComplete: checkpoint.filter == nil)
      try database.settle(list, checkpoint, run: run)
      if table.isListedAtTwoLevels { try database.supersede(like: list, by: checkpoint, run: run, now: now) }
      if let expansion { try database.plan(expansion(try database.livingOrganizations()), run: run, now: now) }
      return checkpoint
    }
  }
}

extension Database {
  /// The number of a list, which is assigned now if it has none.
  func listNumber(of list: ListID) throws -> Int64 {
    let arguments: StatementArguments = [list.organization, list.resource, list.parent]
    // RETURNING would cost as much as the insertion itself.
    try cachedStatement(
      sql: """
        INSERT INTO sync_checkpoints (org_id, resource, parent) VALUES (?, ?, ?)
        ON CONFLICT (org_id, resource, parent) DO NOTHING
        """
    ).execute(arguments: arguments)
    if changesCount > 0 { return lastInsertedRowID }
    let known = try cachedStatement(sql: "SELECT list_id FROM sync_checkpoints WHERE org_id = ? AND resource = ? AND parent = ?")
    guard let number = try Int64.fetchOne(known, arguments: arguments) else {
      throw DatabaseError(message: "sync_checkpoints took no row for \(list)")
    }
    return number
  }

  func save(_ checkpoint: inout Checkpoint, for list: ListID) throws {
    let number = try checkpoint.listNumber ?? listNumber(of: list)
    checkpoint.listNumber = number
    let statement = try cachedStatement(
      sql: """
        UPDATE sync_checkpoints SET walk = ?, is_open = ?, cursor = ?, filter = ?, opened_at = ?, newest_seen = ?,
          rows_seen = ?, total = ?, watermark = ?, completed_at = ?, completed_run = ?, reconciled_at = ?, parent_version = ?, allowed_at = ?,
          refused_status = ?, principal = ?, principal_walk = ?, held_back = ?, as_of = ?, pending_version = ?,
          refused_at = ?, refresh_interval = ?, superseded_at = NULL
        WHERE list_id = ?
        """)
    try statement.execute(arguments: [
      checkpoint.walk, checkpoint.isOpen, checkpoint.cursor, checkpoint.filter?.text, checkpoint.openedAt, checkpoint.newestSeen,
      checkpoint.rowsSeen, checkpoint.total, checkpoint.watermark, checkpoint.completedAt, checkpoint.completedRun,
      checkpoint.reconciledAt, checkpoint.parentVersion?.rawValue, checkpoint.allowedAt, checkpoint.refusedStatus,
      checkpoint.principal, checkpoint.principalWalk, checkpoint.heldBack, checkpoint.asOf,
      checkpoint.pendingVersion, checkpoint.refusedAt, checkpoint.refreshInterval?.components.seconds, number,
    ])
  }
}

extension Checkpoint {
  /// A row of `sync_checkpoints`.
  init(_ row: Row) throws {
    listNumber = try row.value("list_id")
    walk = try row.count("walk")
    isOpen = try row.value("is_open") ?? false
    cursor = try row.value("cursor")
    let filter: String? = try row.value("filter")
    self.filter = filter.flatMap(ListFilter.init(text:))
    // If the filter is not one that this program writes, what the walk has left out is unknown.
    if filter != nil, self.filter == nil { isOpen = false }
    openedAt = try row.time("opened_at")
    newestSeen = try row.time("newest_seen")
    rowsSeen = Int(try row.count("rows_seen"))
    total = try row.value("total")
    watermark = try row.time("watermark")
    completedAt = try row.time("completed_at")
    completedRun = try row.value("completed_run")
    reconciledAt = try row.time("reconciled_at")
    parentVersion = try (row.value("parent_version") as String?).map(ParentVersion.init(rawValue:))
    allowedAt = try row.time("allowed_at")
    refusedStatus = try row.value("refused_status")
    refusedAt = try row.time("refused_at")
    refreshInterval = try row.duration("refresh_interval")
    principal = try row.value("principal")
    principalWalk = try row.count("principal_walk")
    heldBack = Int(try row.count("held_back"))
    asOf = try row.time("as_of")
    pendingVersion = try row.value("pending_version")
  }
}
