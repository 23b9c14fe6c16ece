import DevinModel
import MirrorStore
import TestSupport
import Testing

@Suite("The ledger of pending lists")
struct PendingTests {
  private let mirror: TemporaryMirror
  private let store: MirrorStore
  private static let now: UnixTime = 10_000_000
  private static let messages = ListID(organization: "org-1", resource: "session_messages")

  init() throws {
    mirror = try TemporaryMirror()
    store = try mirror.open(below: [ChildLists(resource: "session_messages", parents: .sessions)])
  }

  /// Begins a run that reads sessions and their messages.
  private func begin(_ lists: [PlannedList]? = nil, run: Int64 = 1, now: UnixTime = 500) async throws {
    let lists =
      lists ?? [
        PlannedList(ListID(organization: "org-1", resource: "sessions")), PlannedList(Self.messages, below: .sessions),
      ]
    try await store.begin(
      lists, requested: nil, organizations: ["org-1"], organization: "org-1", principal: nil, run: run, now: now)
  }

  private func due(
    run: Int64 = 9, now: UnixTime = now, limit: Int = 100, order: MirrorStore.DueOrder = .newestFirst
  ) async throws -> [MirrorStore.DueParent] {
    try await store.dueParents(
      for: "session_messages", below: .sessions, organization: "org-1", run: run, now: now, limit: limit, order: order)
  }

  /// Rows of the ledger: parent, version, since, reason.
  private func owed(_ resource: String = "session_messages") async throws -> [String] {
    try await store.rows(
      "SELECT parent, version, pending_since, reason FROM sync_pending WHERE resource = '\(resource)' AND parent <> '' ORDER BY 1"
    )
  }

  /// Reads the messages of a session to their end, with the ledger's entry at `version`.
  private func read(
    _ id: String, version: Int64?, state: String = "500 exit", reread: UnixTime? = nil, run: Int64 = 1, isLast: Bool = true
  ) async throws {
    var walk = Walk(.messages, parent: id, now: 2000)
    walk.run = run
    walk.memory = .none
    walk.checkpoint.pendingVersion = version
    walk.checkpoint.parentVersion = ParentVersion(rawValue: state)
    walk.checkpoint.rereadAt = reread
    try await walk.store([#"{"event_id": "e-\#(id)"}"#], in: store, isLast: isLast)
  }

  @Test("a list that a run will read is pending from the start of the run, and keeps the time at which it first was")
  func plans() async throws {
    try await begin(now: 500)
    try await begin(run: 2, now: 900)
    #expect(
      try await store.rows("SELECT resource, pending_since, run_id, version FROM sync_pending ORDER BY 1") == [
        "session_messages|500|2|1", "sessions|500|2|1",
      ])
    #expect(try await store.pendingLists(["sessions"], of: ["org-1"]).map(\.count) == [1])
  }

  @Test("an unchanged list is not pending in a run for which it is not due; a pending one stays so")
  func rests() async throws {
    let list = ListID(organization: "org-1", resource: "secrets")
    var checkpoint = Checkpoint()
    (checkpoint.completedAt, checkpoint.refreshInterval) = (1_000, .seconds(3_600))
    _ = try await store.save(checkpoint, for: list)
    func owed(at now: UnixTime, limit: Int = 21_600) async throws -> Int {
      let rule = RefreshRule(limit: .seconds(limit), pace: .seconds(900))
      try await begin([PlannedList(list, refresh: rule)], run: now.rawValue, now: now)
      return try await store.pendingLists(["secrets"], of: ["org-1"]).count
    }
    #expect(try await owed(at: 1_900) == 0)
    #expect(try await store.resting([list]).map(\.list) == [list])
    #expect(try await owed(at: 1_950, limit: 3_000) == 0)
    #expect(try await store.rows("SELECT refresh_interval, refresh_by FROM sync_refresh") == ["3000|1970-01-01T01:06:40Z"])
    #expect(try await owed(at: 4_600) == 1)
    #expect(try await store.resting([list]).isEmpty)
    #expect(try await owed(at: 1_900) == 1, "no run has read it since")
  }

  @Test("the transaction that stores a new session makes its child list pending, but not those of other organizations")
  func owesNew() async throws {
    try await begin()
    var walk = Walk()
    let other = session("z", updated: 950).replacing("org-1", with: "org-2")
    try await walk.store([session("a", updated: 100), session("b", updated: 900), session("c", updated: 500), other], in: store)
    #expect(try await owed() == ["a|1|1000|changed", "b|1|1000|changed", "c|1|1000|changed"])
    #expect(try await due().map(\.id) == ["b", "c", "a"], "what changed last comes first")
    #expect(try await due(limit: 1).map(\.id) == ["b"])
    #expect(try await due(limit: 2, order: .byID).map(\.id) == ["a", "b"])
    #expect(try await due().first?.version.rawValue == "900 exit")
  }

  @Test("a list that no run requested is not pending")
  func owesNothingUnasked() async throws {
    try await begin([PlannedList(ListID(organization: "org-1", resource: "sessions"))])
    var walk = Walk()
    try await walk.store([session("a")], in: store)
    #expect(try await owed() == [])
  }

  @Test("child lists of stored rows are pending from the first run that requests them, except those that were read")
  func comparesOnce() async throws {
    var walk = Walk()
    try await walk.store([session("a", updated: 100), session("b", updated: 900)], in: store)
    try await read("a", version: nil, state: "100 exit")
    try await begin()
    #expect(try await owed() == ["b|1|500|requested"])
  }

  @Test("the transaction that completes a list removes it; a change makes it pending again, and an unchanged row does not")
  func settles() async throws {
    try await begin()
    var walk = Walk()
    try await walk.store([session("a"), session("b")], in: store)
    try await read("a", version: 1, isLast: false)
    #expect(try await owed().count == 2, "a page that is not the last completes nothing")
    try await read("a", version: 1)
    #expect(try await owed() == ["b|1|1000|changed"])
    walk.restart(now: 3000)
    try await walk.store([session("a"), session("b", updated: 501)], in: store)
    #expect(try await owed() == ["b|2|1000|changed"], "since when it is owed stays")
    try await walk.store([session("a", title: "Another")], in: store)
    #expect(try await owed() == ["a|1|3000|changed", "b|2|1000|changed"])
  }

  @Test("a list that changed while it was read stays pending")
  func keepsLaterVersion() async throws {
    try await begin()
    var walk = Walk()
    try await walk.store([session("a")], in: store)
    let version = try #require(try await due().first?.pendingVersion)
    try await walk.store([session("a", updated: 600)], in: store)
    try await read("a", version: version)
    #expect(try await owed() == ["a|2|1000|changed"])
    try await read("a", version: 2)
    #expect(try await owed() == [])
  }

  @Test("a scheduled re-read is done when it is due, and never counts as pending")
  func schedules() async throws {
    try await begin()
    var walk = Walk()
    try await walk.store([session("a", status: "running")], in: store)
    try await read("a", version: 1, reread: Self.now)
    #expect(try await owed() == ["a|1||scheduled"])
    #expect(
      try await store.pendingLists(["session_messages"], of: ["org-1"]).map(\.count) == [1], "the resource itself, as planned")
    #expect(try await due(now: Self.now - .seconds(1)) == [])
    #expect(try await due(now: Self.now).map(\.id) == ["a"])
    #expect(try await due(run: 1, now: Self.now) == [], "the run that scheduled it does not read it")
    // Written while the clock was ahead, before it was set back.
    #expect(try await due(now: Self.now - .seconds(86_401)).map(\.id) == ["a"])
    try await walk.store([session("a", updated: 600, status: "running")], in: store)
    #expect(try await owed() == ["a|2|1000|changed"])
  }

  @Test("a list that failed is pending, and is tried again not in the same run but when its retry is due")
  func fails() async throws {
    try await begin()
    var walk = Walk()
    try await walk.store([session("a")], in: store)
    let list = ListID(organization: "org-1", resource: "session_messages", parent: "a")
    try await store.quarantine(list, reason: "404", run: 9, now: Self.now)
    #expect(try await owed() == ["a|1|1000|failed"])
    #expect(try await due(run: 9).isEmpty)
    #expect(try await due(run: 10).map(\.id) == ["a"])
    for run in 10...20 { try await store.quarantine(list, reason: "404", run: Int64(run), now: Self.now) }
    #expect(try await due(run: 21).isEmpty)
    #expect(try await due(run: 21, now: Self.now + .seconds(3599)).isEmpty)
    #expect(try await due(run: 21, now: Self.now + .seconds(3600)).map(\.id) == ["a"])
    walk.restart()
    try await walk.store([session("a", updated: 501)], in: store)
    #expect(try await due(run: 21).map(\.id) == ["a"], "a change does not wait for the retry")
  }

  @Test("child lists of rows that are marked as deleted leave the ledger, and return with them")
  func forgetsDeleted() async throws {
    try await begin()
    var walk = Walk()
    try await walk.store([session("a"), session("b")], in: store)
    try await store.quarantine(
      ListID(organization: "org-1", resource: "session_messages", parent: "a"), reason: "404", run: 1, now: 1000)
    _ = try await store.markDeleted(
      ["a"], of: .sessions, in: walk.list, number: try #require(walk.checkpoint.listNumber), scope: [:], run: 1, now: 1000)
    #expect(try await owed() == ["b|1|1000|changed"])
    #expect(try await store.rows("SELECT parent FROM sync_quarantine") == [])
    walk.restart()
    try await walk.store([session("a")], in: store)
    #expect(try await owed() == ["a|1|1100|changed", "b|1|1000|changed"])
  }

  @Test("all child lists are pending if everything is requested, and failed ones keep their retry")
  func owesEverything() async throws {
    try await begin()
    var walk = Walk()
    try await walk.store([session("a"), session("b")], in: store)
    try await read("a", version: 1)
    let failed = ListID(organization: "org-1", resource: "session_messages", parent: "b")
    for run in 1...11 { try await store.quarantine(failed, reason: "404", run: Int64(run), now: Self.now) }
    try await store.markPendingBelow(.sessions, of: Self.messages, everything: true, run: 12, now: Self.now)
    #expect(try await due(run: 12).map(\.id) == ["a"])
  }

  @Test("lists that the key was never allowed to read leave the ledger; lists that it may no longer read stay")
  func refuses() async throws {
    try await begin()
    var walk = Walk()
    try await walk.store([session("a")], in: store)
    var checkpoint = try await store.checkpoint(of: Self.messages)
    checkpoint.refusedStatus = 403
    _ = try await store.refuse(checkpoint, for: Self.messages, wasNeverAllowed: true, run: 1, now: 1000)
    #expect(try await store.rows("SELECT resource FROM sync_pending") == ["sessions"])
    walk.restart()
    try await walk.store([session("b")], in: store)
    #expect(try await owed() == [], "nothing is owed below while it is refused")
    checkpoint = walk.checkpoint
    checkpoint.refusedStatus = 403
    _ = try await store.refuse(checkpoint, for: walk.list, wasNeverAllowed: false, run: 2, now: 2000)
    #expect(
      try await store.rows("SELECT resource, pending_since, reason FROM sync_pending") == ["sessions|500|refused"])
  }

  @Test("completing the enterprise's list settles those of its organizations, and none of these counts as read because of it")
  func supersedes() async throws {
    var own = Walk(.sessionsOfEnterprise)
    try await own.store([session("a")], in: store, isLast: true)
    try await begin([PlannedList(own.list)], run: 2, now: 1200)
    var checkpoint = own.checkpoint
    (checkpoint.allowedAt, checkpoint.refusedStatus) = (1000, 403)
    _ = try await store.refuse(checkpoint, for: own.list, wasNeverAllowed: false, run: 2, now: 1300)
    #expect(try await store.rows("SELECT access, is_whole FROM sync_health") == ["no longer allowed|0"])

    var enterprise = Walk(.sessionsOfEnterprise, now: 2000)
    (enterprise.organization, enterprise.run) = ("", 3)
    try await enterprise.store([session("a")], in: store)
    #expect(try await store.rows("SELECT org_id, reason FROM sync_pending") == ["org-1|refused"], "it has not come to its end")
    try await enterprise.store([], in: store, isLast: true)
    #expect(try await store.rows("SELECT * FROM sync_pending") == [])
    #expect(try await store.rows("SELECT org_id, access, is_whole FROM sync_health") == ["|read|1"])
    let facts = "completed_at, as_of, reconciled_at, refused_status, superseded_at, allowed_at"
    #expect(try await store.rows("SELECT \(facts) FROM sync_checkpoints WHERE org_id = 'org-1'") == ["||||2000|1000"])
    #expect(try await store.rows("SELECT count(*) FROM sync_seen") == ["1"], "what it held is remembered once")

    // When it is next to be read, it is pending, and then has its own state again.
    try await begin([PlannedList(own.list)], run: 4, now: 3000)
    #expect(try await store.rows("SELECT org_id, is_whole FROM sync_health ORDER BY 1") == ["|1", "org-1|0"])
    own.checkpoint = try await store.checkpoint(of: own.list)
    own.checkpoint.pendingVersion = try await store.pending(own.list)?.version
    (own.run, own.now) = (4, 3100)
    own.checkpoint.open(filter: nil)
    try await own.store([session("a")], in: store, isLast: true)
    #expect(
      try await store.rows("SELECT org_id, completed_at, is_whole FROM sync_health ORDER BY 1") == ["|2000|1", "org-1|3100|1"])
  }

  @Test("a span of a series is pending until it is recorded as read, and a span that was never read is a gap")
  func owesSpans() async throws {
    let list = ListID(organization: "org-1", resource: "daily_consumption")
    try await begin([PlannedList(list, spans: [100, 200, 300])])
    let gaps = "SELECT unixepoch(gap_start), unixepoch(gap_end) FROM sync_gaps ORDER BY 1"
    #expect(try await store.rows(gaps) == ["100|500"])
    for (start, end) in [(200, 300), (100, 200)] as [(UnixTime, UnixTime)] {
      var checkpoint = Checkpoint()
      checkpoint.open(filter: .span(after: start, before: end))
      checkpoint.isOpen = false
      let closed = checkpoint
      let table = MirrorTable(
        "daily_consumption", rows: .list(path: "$.items"), itemKey: .member("date"), scopeColumns: ["org_id"],
        scopeKey: ["org_id"])
      var page = PageCommit(
        table: table, list: list, scope: ["org_id": "org-1"], body: #"{"items": []}"#, rowCount: 0, at: closed, run: 1, now: 600)
      (page.isLast, page.interval) = (true, ReadInterval(startsAt: start, endsAt: end))
      _ = try await store.commit(page) { _ in closed }
      if start == 200 { #expect(try await store.rows(gaps) == ["100|200", "300|500"]) }
    }
    #expect(try await store.rows(gaps) == ["300|500"])
    #expect(
      try await store.rows("SELECT span_start FROM sync_pending ORDER BY 1") == ["0", "300"],
      "the list itself is owed until its last")
  }

  @Test("discarding the progress of a list makes it pending in the same transaction")
  func resets() async throws {
    try await begin()
    var walk = Walk()
    walk.checkpoint.pendingVersion = 1
    try await walk.store([session("a")], in: store, isLast: true)
    try await read("a", version: 1)
    #expect(try await store.rows("SELECT resource FROM sync_pending") == ["session_messages"])
    _ = try await store.forgetPlaces(of: ["sessions", "session_messages"], now: 5000)
    #expect(
      try await store.rows("SELECT resource, parent, pending_since, reason FROM sync_pending ORDER BY 1") == [
        "session_messages||500|reset", "sessions||5000|reset",
      ])
  }
}
