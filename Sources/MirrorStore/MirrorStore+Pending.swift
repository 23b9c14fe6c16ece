package import DevinModel
import GRDB

/// A list that a run will read.
package struct PlannedList: Hashable, Sendable {
  package let list: ListID
  /// For a series: the starts of its spans.
  package let spans: [UnixTime]
  /// Nil: a top-level list. Otherwise this entry represents the child lists of these parents.
  package let parents: ParentQuery?
  /// The rule by which it may stay unread while it comes back unchanged; nil: the run reads it.
  package let refresh: RefreshRule?

  package init(_ list: ListID, spans: [UnixTime] = [], below parents: ParentQuery? = nil, refresh: RefreshRule? = nil) {
    self.list = list
    self.spans = spans
    self.parents = parents
    self.refresh = refresh
  }
}

/// Why a list is in the ledger: `sync_pending.reason`.
package enum PendingReason: String, Sendable {
  /// A run planned to read it.
  case requested
  /// Its parent is new or has changed, or the enterprise's list no longer has a row that this list holds.
  case changed
  /// It could not be read.
  case failed
  /// The key may no longer read it.
  case refused
  case reset
  /// The file was written by an earlier version, which kept no ledger.
  case upgrade
  /// It is due to be read again although no change is known. It does not count as pending.
  case scheduled
}

/// A resource with pending lists in one organization; as long as there are any, a run is incomplete.
package struct PendingLists: Hashable, Sendable {
  package let organization: String
  package let resource: String
  package let count: Int
}

// The ledger: a list becomes pending in the transaction that makes it so, and leaves the ledger in the one that completes it.

extension MirrorStore {
  /// Records the run's key and the lists that it will read, which are pending from now on.
  /// - Parameter requested: the resources of a run that did not name any; nil: the run is restricted to some.
  package func begin(
    _ lists: [PlannedList], requested: [String]?, organizations: [String], organization: String?, principal: String?,
    run: Int64, now: UnixTime
  ) async throws {
    try await write { database in
      try database.execute(
        sql: "UPDATE sync_runs SET org_id = ?, principal = ?, requested = ? WHERE run_id = ?",
        arguments: [organization, principal, try requested.map(Self.json), run])
      if let requested { try database.forgetSupersededUpgrade(organizations, requested: requested) }
      try database.plan(lists, run: run, now: now)
    }
  }

  /// Records further lists that a run will read.
  package func plan(_ lists: [PlannedList], run: Int64, now: UnixTime) async throws {
    try await write { database in try database.plan(lists, run: run, now: now) }
  }

  /// The version of a list's entry in the ledger, and its reason; nil: there is no entry.
  package func pending(_ list: ListID) async throws -> (version: Int64, reason: PendingReason)? {
    try await read { database in
      let sql = """
        SELECT version, reason FROM sync_pending WHERE org_id = ? AND resource = ? AND parent = ? AND span_start = 0
        """
      return try Row.fetchOne(database, sql: sql, arguments: [list.organization, list.resource, list.parent]).map {
        (try $0.value("version"), PendingReason(rawValue: try $0.value("reason")) ?? .requested)
      }
    }
  }

  /// Compares the parents with what was read for them; lists that were never read or whose parent has changed become pending.
  /// - Parameters:
  ///   - everything: make all of them pending.
  ///   - limit: only this many, of the most recently changed parents; nil: all.
  package func markPendingBelow(
    _ parents: ParentQuery, of list: ListID, everything: Bool, limit: Int? = nil, run: Int64, now: UnixTime
  ) async throws {
    try await write { database in
      try database.markPendingBelow(parents, of: list, everything: everything, limit: limit, run: run, now: now)
    }
  }

  /// Makes a list pending because its scheduled re-read failed.
  package func markPending(_ list: ListID, _ reason: PendingReason, run: Int64, now: UnixTime) async throws {
    try await write { database in try database.markPending(list, reason, run: run, now: now) }
  }

  /// Makes the spans of a series pending that were never read.
  package func markSpansPending(_ starts: [UnixTime], of list: ListID, run: Int64, now: UnixTime) async throws {
    try await write { database in try database.markSpansPending(starts, of: list, run: run, now: now) }
  }

  /// Records that the key may not read a list.
  /// - Parameters:
  ///   - wasNeverAllowed: then the list leaves the ledger, and so do the child lists that it represents.
  ///   - next: lists that are read instead.
  package func refuse(
    _ checkpoint: Checkpoint, for list: ListID, wasNeverAllowed: Bool, next: [PlannedList] = [], run: Int64, now: UnixTime
  ) async throws -> Checkpoint {
    try await write { database in
      var checkpoint = checkpoint
      try database.save(&checkpoint, for: list)
      if wasNeverAllowed {
        try database.execute(
          "DELETE FROM sync_pending WHERE org_id = :org AND resource = :resource AND (:parent = '' OR parent = :parent)",
          ["org": list.organization, "resource": list.resource, "parent": list.parent])
      } else {
        try database.markPending(list, .refused, run: run, now: now)
      }
      try database.plan(next, run: run, now: now)
      return checkpoint
    }
  }

  /// Pending lists of these resources and organizations. After a run that read everything, there are none.
  package func pendingLists(_ resources: [String], of organizations: [String]) async throws -> [PendingLists] {
    try await read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT org_id, resource, count(*) AS n FROM sync_pending WHERE pending_since IS NOT NULL
            AND org_id IN (SELECT value FROM json_each(?)) AND resource IN (SELECT value FROM json_each(?))
          GROUP BY org_id, resource ORDER BY org_id, resource
          """, arguments: [try Self.json(organizations), try Self.json(resources)]
      ).map { PendingLists(organization: try $0.value("org_id"), resource: try $0.value("resource"), count: try $0.value("n")) }
    }
  }
}

extension Database {
  /// Enters the lists that a run will read into the ledger. Existing entries keep their version and their time.
  func plan(_ lists: [PlannedList], run: Int64, now: UnixTime) throws {
    for planned in lists {
      let list = planned.list
      if let rule = planned.refresh, try isResting(list, by: rule, now: now) { continue }
      try execute(
        """
        INSERT INTO sync_pending (org_id, resource, parent, pending_since, run_id, reason)
        VALUES (:org, :resource, :parent, :now, :run, 'requested')
        ON CONFLICT (org_id, resource, parent, span_start) DO UPDATE
        SET pending_since = coalesce(pending_since, excluded.pending_since), run_id = excluded.run_id, due_at = 0
        """, ["org": list.organization, "resource": list.resource, "parent": list.parent, "now": now, "run": run])
      if !planned.spans.isEmpty { try markSpansPending(planned.spans, of: list, run: run, now: now) }
      guard let parents = planned.parents else { continue }
      // After the first run, each page of parents makes its child lists pending; for parents already stored, this is done once here.
      let isKnown = try cachedStatement(
        sql: "SELECT 1 FROM sync_checkpoints WHERE org_id = ? AND resource = ? AND parent = ''")
      guard try Int.fetchOne(isKnown, arguments: [list.organization, list.resource]) == nil else { continue }
      _ = try listNumber(of: list)
      try markPendingBelow(parents, of: list, everything: false, run: run, now: now)
    }
  }

  /// Removes entries that an upgrade created, if a run that reads everything it may read does not request them.
  func forgetSupersededUpgrade(_ organizations: [String], requested: [String]) throws {
    try execute(
      """
      DELETE FROM sync_pending WHERE reason = 'upgrade' AND parent = '' AND org_id IN (SELECT value FROM json_each(:orgs))
        AND resource NOT IN (SELECT value FROM json_each(:requested))
        AND NOT EXISTS (SELECT 1 FROM sync_checkpoints AS c
          WHERE c.org_id = sync_pending.org_id AND c.resource = sync_pending.resource AND c.parent = '')
      """, ["orgs": try MirrorStore.json(organizations), "requested": try MirrorStore.json(requested)])
  }

  func markSpansPending(_ starts: [UnixTime], of list: ListID, run: Int64, now: UnixTime) throws {
    try execute(
      """
      INSERT INTO sync_pending (org_id, resource, parent, span_start, pending_since, run_id, reason)
      SELECT :org, :resource, :parent, s.value, :now, :run, 'requested' FROM json_each(:starts) AS s
      WHERE NOT EXISTS (SELECT 1 FROM sync_checkpoints AS c JOIN sync_intervals AS i USING (list_id)
        WHERE c.org_id = :org AND c.resource = :resource AND c.parent = :parent AND i.starts_at = s.value)
      ON CONFLICT (org_id, resource, parent, span_start) DO UPDATE SET run_id = excluded.run_id
      """,
      [
        "org": list.organization, "resource": list.resource, "parent": list.parent, "now": now, "run": run,
        "starts": "[\(starts.map { "\($0.rawValue)" }.joined(separator: ","))]",
      ])
  }

  func markPendingBelow(
    _ parents: ParentQuery, of list: ListID, everything: Bool, limit: Int? = nil, run: Int64, now: UnixTime
  ) throws {
    // A list that was never read has no time from which its next read could be calculated.
    let isOwed = """
      (:everything OR c.completed_at IS NULL OR c.is_open OR c.parent_version IS NOT \(parents.version))
      """
    let rereadAt = parents.rereadAt(after: "c.completed_at")
    let sql = """
      INSERT INTO sync_pending (org_id, resource, parent, due_at, pending_since, run_id, reason)
      SELECT :org, :resource, parent, iif(is_owed, 0, reread_at), iif(is_owed, :now, NULL), :run,
        iif(is_owed, 'requested', 'scheduled')
      FROM (
        SELECT \(parents.id) AS parent, \(isOwed) AS is_owed, \(rereadAt) AS reread_at
        FROM \(parents.from) AS p
        LEFT JOIN sync_checkpoints AS c ON c.org_id = :org AND c.resource = :resource AND c.parent = \(parents.id)
        WHERE \(parents.belongs ?? "1") AND \(parents.isAlive) AND \(parents.hasSoundID)
        ORDER BY \(parents.changedAt) DESC LIMIT :limit)
      WHERE is_owed OR reread_at IS NOT NULL
      ON CONFLICT (org_id, resource, parent, span_start) DO UPDATE
      SET version = version + 1, due_at = 0, pending_since = excluded.pending_since, run_id = excluded.run_id, reason = excluded.reason
      WHERE sync_pending.pending_since IS NULL AND excluded.pending_since IS NOT NULL
      """
    try execute(
      sql,
      [
        "org": list.organization, "resource": list.resource, "everything": everything, "limit": limit ?? -1, "run": run,
        "now": now,
      ])
  }

  func markPending(_ list: ListID, _ reason: PendingReason, dueAt: UnixTime = .epoch, run: Int64, now: UnixTime) throws {
    try execute(
      """
      INSERT INTO sync_pending (org_id, resource, parent, due_at, pending_since, run_id, reason)
      VALUES (:org, :resource, :parent, :due, :now, :run, :reason)
      ON CONFLICT (org_id, resource, parent, span_start) DO UPDATE
      SET due_at = excluded.due_at, pending_since = coalesce(pending_since, excluded.pending_since), run_id = excluded.run_id,
        reason = excluded.reason
      """,
      [
        "org": list.organization, "resource": list.resource, "parent": list.parent, "due": dueAt, "now": now, "run": run,
        "reason": reason.rawValue,
      ])
  }

  /// Removes a completed list from the ledger, unless its entry has changed since the walk began. Its next scheduled read
  /// replaces it.
  func settle(_ list: ListID, _ checkpoint: Checkpoint, run: Int64) throws {
    guard checkpoint.completedRun == run, !checkpoint.isOpen else { return }
    if let version = checkpoint.pendingVersion {
      let delete = try cachedStatement(
        sql: "DELETE FROM sync_pending WHERE org_id = ? AND resource = ? AND parent = ? AND span_start = 0 AND version = ?")
      try delete.execute(arguments: [list.organization, list.resource, list.parent, version])
    }
    guard let due = checkpoint.rereadAt else { return }
    let schedule = try cachedStatement(
      sql: """
        INSERT INTO sync_pending (org_id, resource, parent, due_at, run_id, reason) VALUES (?, ?, ?, ?, ?, 'scheduled')
        ON CONFLICT (org_id, resource, parent, span_start) DO NOTHING
        """)
    try schedule.execute(arguments: [list.organization, list.resource, list.parent, due, run])
  }

  /// Removes a span that is recorded as read from the ledger.
  func settle(span start: UnixTime, of list: ListID) throws {
    try cachedStatement(
      sql: "DELETE FROM sync_pending WHERE org_id = ? AND resource = ? AND parent = ? AND span_start = ?"
    ).execute(arguments: [list.organization, list.resource, list.parent, start])
  }
}
