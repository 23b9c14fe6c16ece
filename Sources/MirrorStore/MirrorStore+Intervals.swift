package import DevinModel
import GRDB

/// A span of time for which a list has been read completely. The end is exclusive.
package struct ReadInterval: Hashable, Sendable {
  package let startsAt: UnixTime
  package let endsAt: UnixTime
  /// When it was read, or is being read; nil: the time at which it is saved, by the system clock.
  package let readAt: UnixTime?
  package let run: Int64?
  /// Whether it is read from its beginning, and not only from where new rows may be.
  package let isComplete: Bool

  package init(startsAt: UnixTime, endsAt: UnixTime, readAt: UnixTime? = nil, run: Int64? = nil, isComplete: Bool = true) {
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.isComplete = isComplete
    self.readAt = readAt
    self.run = run
  }
}

extension MirrorStore {
  /// The ledger of a list, oldest first.
  package func intervals(of list: ListID) async throws -> [ReadInterval] {
    try await read { database in
      let sql = """
        SELECT i.* FROM sync_intervals AS i JOIN sync_checkpoints AS c USING (list_id)
        WHERE c.org_id = ? AND c.resource = ? AND c.parent = ? ORDER BY i.starts_at
        """
      return try Row.fetchAll(database, sql: sql, arguments: [list.organization, list.resource, list.parent]).map {
        ReadInterval(
          startsAt: try $0.time("starts_at") ?? .epoch, endsAt: try $0.time("ends_at") ?? .epoch, readAt: try $0.time("read_at"),
          run: try $0.value("run_id"))
      }
    }
  }
}

extension Database {
  func save(_ interval: ReadInterval, of list: Int64, run: Int64, now: UnixTime) throws {
    try execute(
      """
      INSERT INTO sync_intervals (list_id, starts_at, ends_at, read_at, run_id) VALUES (:list, :start, :end, :now, :run)
      ON CONFLICT (list_id, starts_at) DO UPDATE
      SET ends_at = iif(ends_at > excluded.read_at + 86400, excluded.ends_at, max(ends_at, excluded.ends_at)), read_at = excluded.read_at, run_id = excluded.run_id
      """, ["list": list, "start": interval.startsAt, "end": interval.endsAt, "now": interval.readAt ?? now, "run": run])
  }
}
