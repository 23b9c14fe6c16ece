import DevinModel
import MirrorStore
import TestSupport
import Testing

@Suite("Retries and repeated reads")
struct PlanTests {
  private let mirror: TemporaryMirror
  private let store: MirrorStore
  /// Long enough after every session's last change for the longest wait, one day.
  private static let now: UnixTime = 10_000_000

  init() throws {
    mirror = try TemporaryMirror()
    store = try mirror.open()
  }

  @Test("sessions are read again while they are not final, each after its wait")
  func findsUnsettled() async throws {
    var walk = Walk(now: Self.now - .seconds(5_000))
    let items = [
      session("live", updated: Int(Self.now.rawValue) - 20_000, status: "running"),
      session("fresh", updated: Int(Self.now.rawValue) - 100_000, status: "running"),
      session("ended", updated: Int(Self.now.rawValue) - 20_000), session("settled", updated: Int(Self.now.rawValue) - 604_801),
    ]
    try await walk.store(items, in: store)
    let number = try #require(walk.checkpoint.listNumber)
    func keys(_ now: UnixTime, limit: Int = 10) async throws -> [String] {
      try await store.unsettledKeys(of: .sessions, list: number, now: now, limit: limit).sorted()
    }
    #expect(try await keys(Self.now) == ["ended", "live"])
    #expect(try await keys(Self.now, limit: 1).count == 1)
    try await store.touch(["live"], in: number, now: Self.now)
    #expect(try await keys(Self.now) == ["ended"])
    #expect(try await keys(Self.now + .seconds(604_800)) == ["fresh", "live"], "what ended is settled after a week")
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

  @Test("a list that was read completely leaves quarantine")
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
