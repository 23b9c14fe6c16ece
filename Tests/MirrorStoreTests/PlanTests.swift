import MirrorStore
import Testing
import TestSupport

@Suite("What is due")
struct PlanTests {
  private let mirror: TemporaryMirror
  private let store: MirrorStore
  /// Far enough from every session's last change for the longest patience, a day.
  private static let now: Int64 = 10_000_000

  init() throws {
    mirror = try TemporaryMirror()
    store = try mirror.open()
  }

  private func stale(
    run: Int64 = 9, now: Int64 = now, everything: Bool = false, limit: Int = 100
  ) async throws -> [String] {
    try await store.staleParents(
      for: "session_messages", below: .sessions, organization: "org-1", run: run, now: now,
      everything: everything, limit: limit
    ).map(\.id)
  }

  /// Reads the messages of a session whole.
  private func read(_ id: String, version: String, at now: Int64, run: Int64 = 1) async throws {
    var checkpoint = Checkpoint()
    checkpoint.completedAt = now
    checkpoint.completedRun = run
    checkpoint.parentVersion = version
    _ = try await store.save(checkpoint, for: ListID(organization: "org-1", resource: "session_messages", parent: id))
  }

  @Test("a parent that was never read is due, newest first, dead ones and other organizations' never")
  func takesUnread() async throws {
    var walk = Walk()
    let other = session("z", updated: 950).replacing("org-1", with: "org-2")
    try await walk.store([session("a", updated: 100), session("b", updated: 900), session("c", updated: 500), other], in: store)
    _ = try await store.markDeleted(
      ["c"], of: .sessions, in: walk.list, number: try #require(walk.checkpoint.listNumber), scope: [:], run: 1, now: 1000)
    #expect(try await stale() == ["b", "a"])
    #expect(try await stale(limit: 1) == ["b"])
    let parents = try await store.staleParents(
      for: "session_messages", below: .sessions, organization: "org-1", run: 9, now: 0, everything: false, limit: 1)
    #expect(parents.first?.version == "900 exit")
    #expect(parents.first?.checkpoint == Checkpoint())
  }

  @Test("a parent that was read is due again when its state has changed")
  func takesChanged() async throws {
    var walk = Walk()
    try await walk.store([session("a", updated: 100), session("b", updated: 200)], in: store)
    try await read("a", version: "100 exit", at: 1000)
    try await read("b", version: "200 exit", at: 1000)
    #expect(try await stale().isEmpty)
    try await walk.store([session("a", updated: 101), session("b", updated: 200, status: "error")], in: store)
    #expect(try await stale() == ["b", "a"])
  }

  @Test("a list that was interrupted is due")
  func takesOpen() async throws {
    var walk = Walk()
    try await walk.store([session("a", updated: 100)], in: store)
    var checkpoint = Checkpoint()
    checkpoint.completedAt = Self.now
    checkpoint.parentVersion = "100 exit"
    checkpoint.isOpen = true
    _ = try await store.save(checkpoint, for: ListID(organization: "org-1", resource: "session_messages", parent: "a"))
    #expect(try await stale() == ["a"])
  }

  @Test(
    "a living parent is read again after a tenth of its age, at least a quarter of an hour, at most a day",
    arguments: [(1_000, 900), (50_000, 5_000), (5_000_000, 86_400)])
  func takesLiving(_ age: Int64, _ patience: Int64) async throws {
    var walk = Walk()
    let updated = Int(Self.now - age)
    try await walk.store([session("live", updated: updated, status: "running"), session("done", updated: updated)], in: store)
    for id in ["live", "done"] {
      try await read(id, version: "\(updated) \(id == "live" ? "running" : "exit")", at: Self.now - patience)
    }
    #expect(try await stale().isEmpty)
    try await read("live", version: "\(updated) running", at: Self.now - patience - 1)
    try await read("done", version: "\(updated) exit", at: Self.now - patience - 1)
    #expect(try await stale() == ["live"])
  }

  @Test("everything is due once a run when everything is asked for")
  func takesEverything() async throws {
    var walk = Walk()
    try await walk.store([session("a", updated: 100), session("b", updated: 200)], in: store)
    try await read("a", version: "100 exit", at: Self.now)
    try await read("b", version: "200 exit", at: Self.now, run: 9)
    #expect(try await stale(everything: true) == ["a"])
    #expect(try await stale(everything: false).isEmpty)
  }

  @Test("a parent that failed in this run, or whose retry is not due, is left alone")
  func leavesQuarantined() async throws {
    var walk = Walk()
    try await walk.store([session("a")], in: store)
    let list = ListID(organization: "org-1", resource: "session_messages", parent: "a")
    try await store.quarantine(list, reason: "404", run: 9, now: Self.now)
    #expect(try await stale(run: 9).isEmpty)
    #expect(try await stale(run: 10) == ["a"])
    for run in 10...20 { try await store.quarantine(list, reason: "404", run: Int64(run), now: Self.now) }
    #expect(try await stale(run: 21).isEmpty)
    #expect(try await stale(run: 21, now: Self.now + 3599).isEmpty)
    #expect(try await stale(run: 21, now: Self.now + 3600) == ["a"])
    try await store.quarantine(
      ListID(organization: "org-1", resource: "session_attachments", parent: "b"), reason: "404", run: 21, now: Self.now)
    #expect(try await stale(run: 21, now: Self.now + 3600) == ["a"], "another list's failure is no reason")
  }

  @Test("sessions are read again while they are not settled, each after its patience")
  func findsUnsettled() async throws {
    var walk = Walk(now: Self.now - 5_000)
    let items = [
      session("live", updated: Int(Self.now) - 20_000, status: "running"),
      session("fresh", updated: Int(Self.now) - 100_000, status: "running"),
      session("ended", updated: Int(Self.now) - 20_000), session("settled", updated: Int(Self.now) - 604_801),
    ]
    try await walk.store(items, in: store)
    let number = try #require(walk.checkpoint.listNumber)
    func keys(_ now: Int64, limit: Int = 10) async throws -> [String] {
      try await store.unsettledKeys(of: .sessions, list: number, now: now, limit: limit).sorted()
    }
    #expect(try await keys(Self.now) == ["ended", "live"])
    #expect(try await keys(Self.now, limit: 1).count == 1)
    try await store.touch(["live"], in: number, now: Self.now)
    #expect(try await keys(Self.now) == ["ended"])
    #expect(try await keys(Self.now + 604_800) == ["fresh", "live"], "what ended is settled after a week")
  }

  @Test("a failed list is tried in each of the next ten runs, then hourly, then daily")
  func slowsDown() async throws {
    let list = ListID(organization: "org-1", resource: "session_messages", parent: "a")
    var waits: [Int64] = []
    for run in 1...40 {
      try await store.quarantine(list, reason: "run \(run)", run: Int64(run), now: 5000)
      let due = try await store.rows("SELECT retry_at FROM sync_quarantine").first.flatMap { Int64($0) } ?? -1
      waits.append(due == 0 ? 0 : due - 5000)
    }
    #expect(waits == Array(repeating: 0, count: 10) + Array(repeating: 3600, count: 24) + Array(repeating: 86400, count: 6))
    #expect(try await store.rows("SELECT attempts, reason, run_id, item FROM sync_quarantine") == ["40|run 40|40|"])
    #expect(try await store.quarantined(organization: "org-1")["session_messages"]?.parents == 1)
  }

  @Test("failing twice in one run counts once")
  func countsRuns() async throws {
    let list = ListID(organization: "org-1", resource: "session_messages", parent: "a")
    for _ in 1...3 { try await store.quarantine(list, reason: "404", run: 1, now: 5000) }
    #expect(try await store.rows("SELECT attempts, retry_at FROM sync_quarantine") == ["1|0"])
  }

  @Test("a list that was read whole leaves quarantine")
  func releases() async throws {
    var walk = Walk(.messages, parent: "a")
    walk.memory = .none
    try await store.quarantine(walk.list, reason: "500", run: 1, now: 1000)
    try await store.quarantine(
      ListID(organization: "org-1", resource: "session_messages", parent: "b"), reason: "500", run: 1, now: 1000)
    try await walk.store([#"{"event_id": "e1"}"#], in: store)
    #expect(try await store.rows("SELECT parent FROM sync_quarantine ORDER BY 1") == ["a", "b"])
    try await walk.store([#"{"event_id": "e2"}"#], in: store, isLast: true)
    #expect(try await store.rows("SELECT parent FROM sync_quarantine") == ["b"])
  }
}
