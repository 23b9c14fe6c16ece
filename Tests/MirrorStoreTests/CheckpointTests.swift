import MirrorStore
import TestSupport
import Testing

@Suite("How far a list has been read")
struct CheckpointTests {
  private let mirror: TemporaryMirror
  private let store: MirrorStore
  private let list = ListID(organization: "org-1", resource: "sessions")

  init() throws {
    mirror = try TemporaryMirror()
    store = try mirror.open()
  }

  @Test("a list that was never read has a new checkpoint, and reading it writes nothing")
  func isFresh() async throws {
    #expect(try await store.checkpoint(of: list) == Checkpoint())
    #expect(try await store.rows("SELECT count(*) FROM sync_checkpoints") == ["0"])
  }

  @Test("a checkpoint is read as it was stored, also by a new process")
  func roundTrips() async throws {
    var checkpoint = Checkpoint()
    checkpoint.walk = 3
    checkpoint.isOpen = true
    checkpoint.cursor = "c=|\"é"
    checkpoint.filter = .since(parameter: "updated_after", time: 17)
    checkpoint.openedAt = 1
    checkpoint.newestSeen = 2
    checkpoint.rowsSeen = 4
    checkpoint.total = 5
    checkpoint.watermark = 6
    checkpoint.completedAt = 7
    checkpoint.completedRun = 10
    checkpoint.reconciledAt = 8
    checkpoint.parentVersion = ParentVersion(rawValue: "500 exit")
    checkpoint.allowedAt = 9
    checkpoint.refusedStatus = 403
    let stored = try await store.save(checkpoint, for: list)
    #expect(stored.listNumber != nil)
    checkpoint.listNumber = stored.listNumber
    #expect(stored == checkpoint)
    try store.close()
    #expect(try await mirror.open(.read).checkpoint(of: list) == checkpoint)
  }

  @Test("a second store of one list changes its row, and no other list")
  func isOnePerList() async throws {
    let other = ListID(organization: "org-1", resource: "session_messages", parent: "s1")
    var checkpoint = try await store.save(Checkpoint(), for: list)
    _ = try await store.save(Checkpoint(), for: other)
    checkpoint.cursor = "c"
    checkpoint = try await store.save(checkpoint, for: list)
    var unnumbered = checkpoint
    unnumbered.listNumber = nil
    #expect(try await store.save(unnumbered, for: list) == checkpoint)
    #expect(
      try await store.rows("SELECT resource, parent, cursor FROM sync_checkpoints ORDER BY 1, 2") == [
        "session_messages|s1|", "sessions||c",
      ])
    #expect(try await store.checkpoint(of: other).cursor == nil)
  }

  @Test("a new walk starts at the beginning and keeps what earlier ones found")
  func opens() {
    var checkpoint = Checkpoint()
    checkpoint.walk = 4
    checkpoint.cursor = "c"
    checkpoint.watermark = 6
    checkpoint.rowsSeen = 9
    checkpoint.total = 9
    checkpoint.newestSeen = 7
    checkpoint.open(filter: .since(parameter: "updated_after", time: 6))
    #expect(checkpoint.walk == 5 && checkpoint.isOpen && checkpoint.cursor == nil && checkpoint.filter?.text == "updated_after=6")
    #expect(checkpoint.rowsSeen == 0 && checkpoint.total == nil && checkpoint.newestSeen == nil && checkpoint.watermark == 6)
  }

  @Test("a run is recorded when it begins and when it ends")
  func remembersRuns() async throws {
    #expect(try await store.lastRun() == nil)
    let first = try await store.beginRun(apiURL: "https://api.devin.ai", version: "1.0", pid: 7, now: 1000)
    let run = try await store.beginRun(apiURL: "https://api.devin.ai", version: "1.0", pid: 8, now: 2000)
    #expect(run > first)
    try await store.note(organization: "org-1", principal: "service_user 7", of: run)
    var record = RunRecord(run: run, startedAt: 2000)
    record.organization = "org-1"
    #expect(try await store.lastRun() == record)
    record.finishedAt = 2100
    record.status = 0
    (record.requests, record.bytes, record.pages, record.rows) = (1, 2, 3, 4)
    (record.inserted, record.changed, record.deleted, record.waitedMilliseconds) = (5, 6, 7, 8)
    record.outcomes = "[]"
    try await store.finish(record)
    #expect(try await store.lastRun() == record)
    #expect(try await store.rows("SELECT run_id, finished_at FROM sync_runs ORDER BY 1") == ["\(first)|", "\(run)|2100"])
  }
}
