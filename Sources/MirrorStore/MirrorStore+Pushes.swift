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
  /// create, update, delete.
  package let action: String
  /// SHA-256 of what could be written before, and of what is sent; nil: nothing.
  package let baseHash, contentHash: String?

  package init(
    run: Int64, organization: String, resource: String, key: String?, action: String, baseHash: String?, contentHash: String?
  ) {
    self.run = run
    self.organization = organization
    self.resource = resource
    self.key = key
    self.action = action
    self.baseHash = baseHash
    self.contentHash = contentHash
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
  /// Unix seconds.
  package let startedAt: Int64
}

extension MirrorStore {
  /// Records a request before it leaves. Committed, and on the disk, when this returns.
  /// - Returns: its number.
  package func begin(_ intent: PushIntent, now: Int64) async throws -> Int64 {
    let number = try await write { database in
      try database.execute(
        """
        INSERT INTO sync_pushes (run_id, org_id, resource, key, action, base_hash, content_hash, started_at)
        VALUES (:run, :org, :resource, :key, :action, :base, :content, :now)
        """,
        [
          "run": intent.run, "org": intent.organization, "resource": intent.resource, "key": intent.key, "action": intent.action,
          "base": intent.baseHash, "content": intent.contentHash, "now": now,
        ])
      return database.lastInsertedRowID
    }
    // A commit alone survives a crash of the program; the log on the disk survives a power cut as well.
    _ = try await writeOutsideTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(FULL)") }
    CrashPoint.reached(.pushIntended)
    return number
  }

  /// Records what became of a request.
  /// - Parameters:
  ///   - key: of an object that it created; nil: none, or not known.
  ///   - detail: why, for people.
  package func end(_ push: Int64, _ outcome: PushOutcome, key: String? = nil, detail: String? = nil, now: Int64) async throws {
    CrashPoint.reached(.pushAnswered)
    try await write { database in
      try database.execute(
        """
        UPDATE sync_pushes SET outcome = :outcome, key = coalesce(:key, key), detail = :detail, finished_at = :now
        WHERE push_id = :push
        """, ["outcome": outcome.rawValue, "key": key, "detail": detail, "now": now, "push": push])
    }
    CrashPoint.reached(.pushJournaled)
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
            contentHash: try row.value("content_hash")),
          startedAt: try row.value("started_at"))
      }
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
