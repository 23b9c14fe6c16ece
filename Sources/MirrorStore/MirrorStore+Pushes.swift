package import DevinModel
import GRDB

/// A request that changes something, as it is intended.
package struct PushIntent: Hashable, Sendable {
  package let run: Int64
  /// Empty: the object belongs to the enterprise.
  package let organization: String
  /// Name of the table.
  package let resource: String
  /// Nil: the object is created.
  package let key: String?
  /// create, update, delete; of sessions also message, tags, archive, terminate.
  package let action: String
  /// SHA-256 of what could be written before, and of what is sent; nil: nothing.
  package let baseHash, contentHash: String?
  /// The object that this one is made from, of another organization or deleted; nil: none.
  package let origin: PushOrigin?
  /// The user's own key of a row of `push sessions`, or the name of a secret; nil: it comes from neither.
  package let rowKey: String?
  /// The tag by which a new session is found; nil: none.
  package let marker: String?

  package init(
    run: Int64, organization: String, resource: String, key: String?, action: String, baseHash: String?, contentHash: String?,
    origin: PushOrigin? = nil, rowKey: String? = nil, marker: String? = nil
  ) {
    self.run = run
    self.organization = organization
    self.resource = resource
    self.key = key
    self.action = action
    self.baseHash = baseHash
    self.contentHash = contentHash
    self.origin = origin
    self.rowKey = rowKey
    self.marker = marker
  }
}

/// An object that another one is made from.
package struct PushOrigin: Hashable, Sendable {
  /// Empty: the enterprise.
  package let organization: String
  package let key: String

  package init(organization: String, key: String) {
    self.organization = organization
    self.key = key
  }
}

/// What became of such a request. The raw values are those of `sync_pushes.outcome`.
package enum PushOutcome: String, Hashable, Sendable {
  /// It was carried out.
  case done
  /// The server refused it.
  case refused
  /// Its answer was lost, and what it was to do is not done.
  case notDone = "not_done"
  /// Its answer was lost, and looking does not tell.
  case unclear
}

/// A request of which nobody knows yet what became of it.
package struct OpenPush: Hashable, Sendable {
  package let number: Int64
  package let intent: PushIntent
  package let startedAt: UnixTime
}

extension MirrorStore {
  /// Records a request before it leaves. Committed, and on the disk, when this returns.
  /// - Returns: its number.
  package func begin(_ intent: PushIntent, now: UnixTime) async throws -> Int64 {
    let number = try await write { database in
      try database.execute(
        """
        INSERT INTO sync_pushes (run_id, org_id, resource, key, action, base_hash, content_hash, started_at, change_before,
          from_org_id, from_key, row_key, marker)
        VALUES (:run, :org, :resource, :key, :action, :base, :content, :now,
          (SELECT coalesce(max(change_id), 0) FROM sync_changes), :fromOrg, :fromKey, :rowKey, :marker)
        """,
        [
          "run": intent.run, "org": intent.organization, "resource": intent.resource, "key": intent.key, "action": intent.action,
          "base": intent.baseHash, "content": intent.contentHash, "now": now, "fromOrg": intent.origin?.organization,
          "fromKey": intent.origin?.key, "rowKey": intent.rowKey, "marker": intent.marker,
        ])
      return database.lastInsertedRowID
    }
    // A commit alone survives a crash of the program; the log on the disk survives a power cut as well.
    _ = try await writeOutsideTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(FULL)") }
    CrashPoint.reached(.pushIntended)
    return number
  }

  /// Records what became of a request, and of an object that was made from another one, which it is.
  /// - Parameters:
  ///   - key: of an object that it created; nil: none, or not known.
  ///   - url: where people see the object, as the answer says; nil: it does not.
  ///   - detail: why, for people.
  package func end(
    _ push: Int64, _ outcome: PushOutcome, key: String? = nil, url: String? = nil, detail: String? = nil, now: UnixTime
  ) async throws {
    CrashPoint.reached(.pushAnswered)
    try await write { database in
      try database.execute(
        """
        UPDATE sync_pushes SET outcome = :outcome, key = coalesce(:key, key), url = :url, detail = :detail, finished_at = :now
        WHERE push_id = :push
        """, ["outcome": outcome.rawValue, "key": key, "url": url, "detail": detail, "now": now, "push": push])
      guard outcome == .done else { return }
      try database.execute(
        """
        INSERT INTO sync_push_ids (from_org_id, resource, from_key, to_org_id, to_key, hash, mapped_at)
        SELECT from_org_id, resource, from_key, org_id, key, content_hash, :now FROM sync_pushes
        WHERE push_id = :push AND from_key IS NOT NULL AND key IS NOT NULL AND content_hash IS NOT NULL
        ON CONFLICT DO UPDATE SET to_key = excluded.to_key, hash = excluded.hash,
          mapped_at = iif(to_key = excluded.to_key, mapped_at, excluded.mapped_at)
        """, ["push": push, "now": now])
    }
    CrashPoint.reached(.pushJournaled)
  }

  /// Records how the server stored what a request wrote, of an object that was made from another one.
  /// - Parameter hash: SHA-256 of what can be written of it, as it was read afterwards.
  package func note(stored hash: String, by push: Int64) async throws {
    try await write { database in
      try database.execute(
        """
        UPDATE sync_push_ids SET hash = :hash WHERE (from_org_id, resource, from_key, to_org_id, to_key) = (
          SELECT from_org_id, resource, from_key, org_id, key FROM sync_pushes WHERE push_id = :push)
        """, ["hash": hash, "push": push])
    }
  }

  /// Records which object is the copy of another one, where no request was needed to make it so.
  /// - Parameter hash: SHA-256 of what can be written of it.
  package func note(
    copy key: String, of origin: PushOrigin, resource: String, organization: String, hash: String, now: UnixTime
  ) async throws {
    try await write { database in
      try database.execute(
        """
        INSERT INTO sync_push_ids (from_org_id, resource, from_key, to_org_id, to_key, hash, mapped_at)
        VALUES (:from, :resource, :fromKey, :org, :key, :hash, :now)
        ON CONFLICT DO UPDATE SET to_key = excluded.to_key, hash = excluded.hash,
          mapped_at = iif(to_key = excluded.to_key, mapped_at, excluded.mapped_at)
        """,
        [
          "from": origin.organization, "resource": resource, "fromKey": origin.key, "org": organization, "key": key, "hash": hash,
          "now": now,
        ])
    }
  }

  /// Those whose outcome is not known, oldest first.
  package func openPushes() async throws -> [OpenPush] {
    try await read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM sync_pushes WHERE outcome IS NULL ORDER BY push_id").map { row in
        OpenPush(
          number: try row.value("push_id"),
          intent: PushIntent(
            run: try row.value("run_id"), organization: try row.value("org_id"), resource: try row.value("resource"),
            key: try row.value("key"), action: try row.value("action"), baseHash: try row.value("base_hash"),
            contentHash: try row.value("content_hash"), origin: try Self.origin(row), rowKey: try row.value("row_key"),
            marker: try row.value("marker")),
          startedAt: try row.value("started_at"))
      }
    }
  }

  private static func origin(_ row: Row) throws -> PushOrigin? {
    guard let organization: String = try row.value("from_org_id"), let key: String = try row.value("from_key") else { return nil }
    return PushOrigin(organization: organization, key: key)
  }

  /// Whether the mirror has read a list of a resource that holds what belongs to this organization.
  package func reads(_ resource: String, of organization: String) async throws -> Bool {
    try await read { database in
      let sql =
        "SELECT EXISTS (SELECT 1 FROM sync_checkpoints WHERE resource = ? AND org_id IN ('', ?) AND completed_at IS NOT NULL)"
      return try Bool.fetchOne(database, sql: sql, arguments: [resource, organization]) == true
    }
  }

  /// The list of a resource without parents that the mirror reads: of this organization, or of the enterprise.
  package func readList(of resource: String, organization: String) async throws -> ListID {
    try await read { database in
      let sql = """
        SELECT org_id FROM sync_checkpoints WHERE resource = ? AND parent = '' AND org_id IN ('', ?)
        ORDER BY completed_at IS NULL, superseded_at IS NOT NULL, completed_at DESC, org_id DESC LIMIT 1
        """
      let found = try String.fetchOne(database, sql: sql, arguments: [resource, organization])
      return ListID(organization: found ?? organization, resource: resource)
    }
  }
}
