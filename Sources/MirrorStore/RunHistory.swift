package import DevinModel
import GRDB

/// A row of `sync_runs`: what one run did, or is doing.
package struct RunRecord: Hashable, Sendable {
  package var run: Int64
  package var startedAt: UnixTime
  /// Nil: the run is active, or was killed.
  package var finishedAt: UnixTime?
  package var status: Int?
  package var organization: String?
  package var requests = 0
  package var bytes = 0
  package var pages = 0
  package var rows = 0
  package var inserted = 0
  package var changed = 0
  package var deleted = 0
  package var waitedMilliseconds = 0
  /// JSON list.
  package var outcomes: String?

  package init(run: Int64, startedAt: UnixTime) {
    self.run = run
    self.startedAt = startedAt
  }
}

extension MirrorStore {
  /// - Returns: the number of the run.
  package func beginRun(
    command: String = "sync", apiURL: String, version: String, pid: Int32, now: UnixTime
  ) async throws -> Int64 {
    try await write { database in
      try database.execute(
        sql: "INSERT INTO sync_runs (command, started_at, api_url, version, pid) VALUES (?, ?, ?, ?, ?)",
        arguments: [command, now, apiURL, version, pid])
      return database.lastInsertedRowID
    }
  }

  /// Records what a run found out about its key.
  package func note(organization: String?, principal: String?, of run: Int64) async throws {
    try await write { database in
      try database.execute(
        sql: "UPDATE sync_runs SET org_id = ?, principal = ? WHERE run_id = ?", arguments: [organization, principal, run])
    }
  }

  package func finish(_ record: RunRecord) async throws {
    try await write { database in
      try database.execute(
        sql: """
          UPDATE sync_runs SET finished_at = ?, status = ?, requests = ?, bytes = ?, pages = ?, rows = ?, inserted = ?,
            changed = ?, deleted = ?, waited_ms = ?, outcomes = ?
          WHERE run_id = ?
          """,
        arguments: [
          record.finishedAt, record.status, record.requests, record.bytes, record.pages, record.rows, record.inserted,
          record.changed, record.deleted, record.waitedMilliseconds, record.outcomes, record.run,
        ])
    }
  }

  /// The number of the run that holds the lock; nil: there is none.
  package func activeRun() async throws -> Int64? {
    let newest = try await read { database in
      let sql = """
        SELECT run_id, pid FROM sync_runs WHERE finished_at IS NULL AND run_id = (SELECT max(run_id) FROM sync_runs)
        """
      return try Row.fetchOne(database, sql: sql).map {
        (run: try $0.value("run_id") as Int64, pid: try $0.value("pid") as Int32)
      }
    }
    guard let newest, FileLock.isHeld(database: path, by: newest.pid) else { return nil }
    return newest.run
  }

  package func lastRun() async throws -> RunRecord? {
    try await read { database in
      try Row.fetchOne(database, sql: "SELECT * FROM sync_runs WHERE command = 'sync' ORDER BY run_id DESC LIMIT 1").map { row in
        var record = RunRecord(run: try row.value("run_id"), startedAt: try row.value("started_at"))
        record.finishedAt = try row.value("finished_at")
        record.status = try row.value("status")
        record.organization = try row.value("org_id")
        record.requests = try row.value("requests")
        record.bytes = try row.value("bytes")
        record.pages = try row.value("pages")
        record.rows = try row.value("rows")
        record.inserted = try row.value("inserted")
        record.changed = try row.value("changed")
        record.deleted = try row.value("deleted")
        record.waitedMilliseconds = try row.value("waited_ms")
        record.outcomes = try row.value("outcomes")
        return record
      }
    }
  }
}
