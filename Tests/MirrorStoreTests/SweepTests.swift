import MirrorStore
import TestSupport
import Testing

@Suite("Rows that were deleted on the server")
struct SweepTests {
  private let mirror: TemporaryMirror
  private let store: MirrorStore

  init() throws {
    mirror = try TemporaryMirror()
    store = try mirror.open()
  }

  private func sweep(_ walk: Walk) async throws -> Int {
    let number = try #require(walk.checkpoint.listNumber)
    let missing = try await store.missing(at: walk.checkpoint, of: walk.table, in: walk.list)
    return try await store.markDeleted(
      missing.keys, of: walk.table, in: walk.list, number: number, scope: walk.scope, run: walk.run, now: walk.now)
  }

  @Test("a walk knows which rows it did not see, and only these are marked")
  func marksUnseen() async throws {
    var walk = Walk()
    try await walk.store(["a", "b", "c"].map { session($0) }, in: store, isLast: true)
    walk.restart()
    try await walk.store([session("a")], in: store)
    let outcome = try await walk.store([session("d")], in: store, isLast: true)
    #expect(outcome.missing == 2)
    let missing = try await store.missing(at: walk.checkpoint, of: walk.table, in: walk.list)
    #expect(missing.keys.sorted() == ["b", "c"])
    #expect(try await store.listed(of: walk.list) == 4)
    #expect(try await sweep(walk) == 2)
    #expect(try await store.rows("SELECT session_id, _deleted_at FROM sessions ORDER BY 1") == ["a|", "b|1100", "c|1100", "d|"])
    #expect(
      try await store.rows("SELECT run_id, key, before ->> 'title' FROM sync_changes WHERE change = 'deleted' ORDER BY key") == [
        "2|b|A title", "2|c|A title",
      ])
    #expect(try await store.missing(at: walk.checkpoint, of: walk.table, in: walk.list).keys.isEmpty)
  }

  @Test("a row is marked once")
  func marksOnce() async throws {
    var walk = Walk()
    try await walk.store([session("a")], in: store)
    let number = try #require(walk.checkpoint.listNumber)
    for expected in [1, 0] {
      #expect(
        try await store.markDeleted(["a", "never"], of: .sessions, in: walk.list, number: number, scope: [:], run: 2, now: 1100)
          == expected)
    }
    #expect(try await store.rows("SELECT count(*) FROM sync_changes WHERE change = 'deleted'") == ["1"])
    #expect(try await store.rows("SELECT _deleted_at FROM sessions") == ["1100"])
  }

  @Test("rows of another parent with the same ids are not marked")
  func staysInScope() async throws {
    var first = Walk(.attachments, parent: "s1")
    var second = Walk(.attachments, parent: "s2")
    try await first.store([#"{"attachment_id": "f1"}"#, #"{"attachment_id": "f2"}"#], in: store, isLast: true)
    try await second.store([#"{"attachment_id": "f1"}"#, #"{"attachment_id": "f2"}"#], in: store, isLast: true)
    first.restart()
    try await first.store([#"{"attachment_id": "f2"}"#], in: store, isLast: true)
    #expect(try await sweep(first) == 1)
    #expect(
      try await store.rows("SELECT session_id, attachment_id FROM session_attachments WHERE _deleted_at IS NOT NULL") == ["s1|f1"]
    )
    #expect(try await store.rows("SELECT key FROM sync_changes WHERE change = 'deleted'") == [#"["s1","f1"]"#])
  }

  @Test("a row that another list still holds is not marked")
  func sparesSharedRows() async throws {
    var first = Walk()
    var second = Walk()
    second.organization = "org-2"
    try await first.store([session("a"), session("b")], in: store, isLast: true)
    try await second.store([session("a")], in: store, isLast: true)
    first.restart()
    try await first.store([], in: store, isLast: true)
    #expect(try await sweep(first) == 1)
    #expect(try await store.rows("SELECT session_id FROM sessions WHERE _deleted_at IS NULL") == ["a"])
    second.restart()
    second.restart()
    try await second.store([], in: store, isLast: true)
    #expect(try await sweep(second) == 1)
    #expect(try await store.rows("SELECT count(*) FROM sessions WHERE _deleted_at IS NULL") == ["0"])
  }

  /// Walks of the lists of sessions of an enterprise and of one of its organizations.
  private func twoLevels() -> (enterprise: Walk, organization: Walk) {
    var enterprise = Walk(.sessionsOfEnterprise)
    enterprise.organization = ""
    return (enterprise, Walk(.sessionsOfEnterprise))
  }

  @Test("a walk also misses rows that only the list of the other level had seen")
  func missesAcrossLevels() async throws {
    var (enterprise, organization) = twoLevels()
    try await enterprise.store([session("a"), session("b")], in: store, isLast: true)
    #expect(try await organization.store([session("b"), session("c")], in: store, isLast: true).missing == 1)
    let missing = try await store.missing(at: organization.checkpoint, of: organization.table, in: organization.list)
    #expect(missing.keys == [] && missing.ofOtherLevel == ["a"])
    enterprise.restart()
    try await enterprise.store([session("a")], in: store)
    let others = try await store.missing(at: enterprise.checkpoint, of: enterprise.table, in: enterprise.list)
    #expect(others.keys == ["b"] && others.ofOtherLevel == ["c"])
  }

  @Test("a row missing in the enterprise's list but held by an organization's is not marked, and that list becomes pending")
  func owesHolders() async throws {
    var (enterprise, organization) = twoLevels()
    try await enterprise.store([session("a"), session("b")], in: store, isLast: true)
    try await organization.store([session("a")], in: store, isLast: true)
    enterprise.restart()
    try await enterprise.store([], in: store)
    #expect(try await sweep(enterprise) == 1)
    #expect(try await store.rows("SELECT session_id FROM sessions WHERE _deleted_at IS NULL") == ["a"])
    #expect(try await store.rows("SELECT org_id, reason FROM sync_pending") == ["org-1|changed"])
    #expect(try await store.organizationsInDoubt(about: "sessions") == ["org-1"])
    // The end of the enterprise's walk settles every list except that one.
    enterprise.checkpoint.isOpen = false
    (enterprise.checkpoint.completedAt, enterprise.checkpoint.completedRun) = (1200, enterprise.run)
    _ = try await store.saveEnd(
      enterprise.checkpoint, for: enterprise.list, of: enterprise.table, run: enterprise.run, now: 1200)
    #expect(try await store.rows("SELECT org_id FROM sync_pending") == ["org-1"])
    #expect(try await store.rows("SELECT count(*) FROM sync_checkpoints WHERE superseded_at IS NOT NULL") == ["0"])
  }

  @Test("a deleted row no longer counts among the rows of an interrupted walk of its list")
  func countsWithoutGone() async throws {
    var (enterprise, _) = twoLevels()
    enterprise.checkpoint.rowsSeen = 2
    try await enterprise.store([session("a"), session("b")], in: store, cursor: "c1")
    let number = try #require(enterprise.checkpoint.listNumber)
    let marked = try await store.markDeleted(
      ["a"], of: enterprise.table, in: enterprise.list, number: number, scope: [:], run: 2, now: 1100)
    #expect(marked == 1)
    #expect(try await store.rows("SELECT rows_seen, (SELECT count(*) FROM sync_seen) FROM sync_checkpoints") == ["1|1"])
  }

  @Test("an interrupted and resumed walk sweeps like one that was not interrupted")
  func survivesReopening() async throws {
    var walk = Walk()
    try await walk.store(["a", "b", "c"].map { session($0) }, in: store, isLast: true)
    walk.restart()
    try await walk.store([session("a")], in: store, cursor: "c1")
    try store.close()
    let reopened = try mirror.open()
    walk.checkpoint = try await reopened.checkpoint(of: walk.list)
    #expect(walk.checkpoint.isOpen && walk.checkpoint.cursor == "c1")
    #expect(try await walk.store([session("b")], in: reopened, isLast: true).missing == 1)
    #expect(try await reopened.missing(at: walk.checkpoint, of: walk.table, in: walk.list).keys == ["c"])
  }

  @Test("a key that the server confirmed individually is not missing, and one that was touched is not due")
  func confirms() async throws {
    var walk = Walk()
    try await walk.store([session("a"), session("b")], in: store, isLast: true)
    walk.restart()
    try await walk.store([], in: store, isLast: true)
    let number = try #require(walk.checkpoint.listNumber)
    try await store.confirm(["a"], in: number, walk: walk.checkpoint.walk, now: 1200)
    try await store.touch(["b"], in: number, now: 1300)
    #expect(try await store.missing(at: walk.checkpoint, of: walk.table, in: walk.list).keys == ["b"])
    #expect(try await store.rows("SELECT key, walk, seen_at FROM sync_seen ORDER BY 1") == ["a|2|1200", "b|1|1300"])
  }

  @Test("a memory for this run only hides no other list's memory")
  func keepsMemoriesApart() async throws {
    var walk = Walk()
    try await walk.store([session("a"), session("b")], in: store, isLast: true)
    var messages = Walk(.messages, parent: "a")
    messages.memory = .forNow
    try await messages.store([#"{"event_id": "e1"}"#], in: store)
    walk.restart()
    #expect(try await walk.store([session("b")], in: store, isLast: true).missing == 1)
    #expect(try await sweep(walk) == 1)
    #expect(try await store.rows("SELECT session_id FROM sessions WHERE _deleted_at IS NOT NULL") == ["a"])
    let number = try #require(walk.checkpoint.listNumber)
    let due = try await store.unsettledKeys(of: .sessions, list: number, now: 90_000, limit: 9)
    #expect(due == ["b"])
  }

  @Test("a memory for this run only leaves nothing in the file")
  func forgets() async throws {
    var walk = Walk(.messages, parent: "s1")
    walk.memory = .forNow
    #expect(try await walk.store([#"{"event_id": "e1"}"#], in: store).newKeys == 1)
    #expect(try await walk.store([#"{"event_id": "e1"}"#, #"{"event_id": "e2"}"#], in: store).newKeys == 1)
    walk.memory = .none
    #expect(try await walk.store([#"{"event_id": "e3"}"#], in: store, isLast: true).newKeys == nil)
    #expect(try await store.rows("SELECT count(*) FROM sync_seen") == ["0"])
    #expect(try await store.rows("SELECT count(*) FROM session_messages") == ["3"])
  }

  @Test("removing keys from the memory of one list does not affect another list with the same ids")
  func forgetsInScope() async throws {
    var first = Walk(.attachments, parent: "s1")
    var second = Walk(.attachments, parent: "s2")
    try await first.store([#"{"attachment_id": "f1"}"#], in: store, isLast: true)
    try await second.store([#"{"attachment_id": "f1"}"#, #"{"attachment_id": "f2"}"#], in: store, isLast: true)
    first.restart()
    try await first.store([], in: store, isLast: true)
    #expect(try await sweep(first) == 1)
    let kept = try await store.forgetDeleted(of: .attachments, below: [], before: 1100, isAsking: false)
    #expect(kept == [:], "it was marked at that very time")
    for isAsking in [true, false] {
      let forgotten = try await store.forgetDeleted(of: .attachments, below: [], before: 1101, isAsking: isAsking)
      #expect(forgotten == ["session_attachments": 1])
    }
    #expect(try await store.rows("SELECT session_id, attachment_id FROM session_attachments ORDER BY 2") == ["s2|f1", "s2|f2"])
    #expect(try await store.listed(of: second.list) == 2, "the next walk still misses f1, should it go")
  }

  @Test("child rows are removed with their parent, and stay if another row that is not deleted has the same id")
  func forgetsBelow() async throws {
    var sessions = Walk()
    try await sessions.store([session("a"), session("b")], in: store, isLast: true)
    for id in ["a", "b"] {
      var below = Walk(.attachments, parent: id)
      try await below.store([#"{"attachment_id": "f1"}"#], in: store, isLast: true)
    }
    sessions.restart()
    try await sessions.store([session("b")], in: store, isLast: true)
    #expect(try await sweep(sessions) == 1)
    let forgotten = try await store.forgetDeleted(
      of: .sessions, below: [(.attachments, "session_id")], before: 2000, isAsking: false)
    #expect(forgotten == ["sessions": 1, "session_attachments": 1])
    #expect(try await store.rows("SELECT session_id FROM session_attachments") == ["b"])
    #expect(try await store.rows("SELECT parent FROM sync_checkpoints WHERE parent <> ''") == ["b"])
    #expect(
      try await store.rows("SELECT count(*) FROM sync_seen WHERE list_id NOT IN (SELECT list_id FROM sync_checkpoints)") == ["0"])
  }
}
