import GRDB
import TestSupport
import Testing

@testable import MirrorStore

@Suite("Committing a page")
struct CommitTests {
  private let mirror: TemporaryMirror
  private let store: MirrorStore

  init() throws {
    mirror = try TemporaryMirror()
    store = try mirror.open()
  }

  private static let everything = """
    SELECT 'session', session_id, _raw FROM sessions UNION ALL SELECT 'checkpoint', resource, cursor FROM sync_checkpoints
    UNION ALL SELECT 'seen', key, walk FROM sync_seen UNION ALL SELECT 'change', key, change FROM sync_changes
    UNION ALL SELECT 'odd', item, reason FROM sync_quarantine
    """

  @Test("rows, changes, memory and checkpoint are committed together")
  func arrivesWhole() async throws {
    var walk = Walk()
    let outcome = try await walk.store([session("a", updated: 7), session("b", updated: 9)], in: store, cursor: "c1")
    #expect(outcome.received == 2 && outcome.inserted == 2 && outcome.newKeys == 2 && outcome.newest == 9)
    #expect(outcome.changed == 0 && outcome.malformed == 0 && outcome.missing == 0)
    #expect(
      try await store.rows("SELECT session_id, _first_synced_at, _changed_at, _deleted_at, updated_at FROM sessions") == [
        "a|1000|1000||7", "b|1000|1000||9",
      ])
    #expect(
      try await store.rows("SELECT run_id, changed_at, resource, key, change, before FROM sync_changes") == [
        "1|1000|sessions|a|inserted|", "1|1000|sessions|b|inserted|",
      ])
    #expect(try await store.checkpoint(of: walk.list) == walk.checkpoint)
    #expect(walk.checkpoint.cursor == "c1" && walk.checkpoint.listNumber != nil)
  }

  @Test(
    "a page that does not match its envelope leaves neither rows nor a checkpoint",
    arguments: [
      (#"{"items": [{"session_id": "b"}]}"#, 2), (#"{"items": [{"session_id": "b"}]}"#, 0),
      (#"{"items": [{"session_id": "b"}"#, 1),
      ("not JSON", 1), ("", 1), (#"{"rows": [{"session_id": "b"}]}"#, 1), (#"{"items": [{"session_id": "b"}, {]}"#, 2),
    ])
  func leavesNothing(_ body: String, _ count: Int) async throws {
    var walk = Walk()
    try await walk.store([session("a")], in: store, cursor: "c1")
    let before = try await store.rows(Self.everything)
    await #expect {
      try await walk.store([], in: store, cursor: "c2", count: count, body: body)
    } throws: {
      if case StoreError.unusablePage(table: "sessions", _) = $0 { true } else { false }
    }
    #expect(try await store.rows(Self.everything) == before)
    try await walk.store([session("b")], in: store, cursor: "c2")
    #expect(try await store.rows("SELECT session_id FROM sessions ORDER BY 1") == ["a", "b"])
  }

  @Test("a failed checkpoint rolls back its rows")
  func losesRowsWithCheckpoint() async throws {
    // The checkpoint is the last statement of a commit; here it fails for one cursor.
    try await store.write { database in
      try database.execute(
        sql: """
          CREATE TRIGGER stop BEFORE UPDATE ON sync_checkpoints WHEN new.cursor = 'stop'
          BEGIN SELECT RAISE(ABORT, 'stop'); END
          """)
    }
    var walk = Walk()
    try await walk.store([session("a")], in: store, cursor: "c1")
    let before = try await store.rows(Self.everything)
    await #expect(throws: StoreError.self) { try await walk.store([session("b"), "7"], in: store, cursor: "stop") }
    #expect(try await store.rows(Self.everything) == before)
  }

  @Test("a failed page does not affect other pages")
  func sparesNeighbours() async throws {
    let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
      for number in 0..<60 {
        group.addTask {
          var walk = Walk(parent: "p\(number)")
          let isBroken = number % 3 == 0
          let stored = try? await walk.store([session("s\(number)")], in: store, cursor: "c", count: isBroken ? 2 : 1)
          return (number, stored != nil)
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    #expect(outcomes.allSatisfy { $0.value == ($0.key % 3 != 0) })
    #expect(try await store.rows("SELECT count(*) FROM sessions") == ["40"])
    #expect(try await store.rows("SELECT count(*) FROM sync_checkpoints WHERE cursor = 'c'") == ["40"])
    #expect(try await store.rows("SELECT count(*) FROM sync_changes") == ["40"])
  }

  @Test("the same page twice leaves one row per key, not rewritten the second time")
  func isIdempotent() async throws {
    var walk = Walk()
    let items = [session("a"), session("b")]
    try await walk.store(items, in: store)
    walk.restart()
    let outcome = try await walk.store(items, in: store)
    #expect(outcome.received == 2 && outcome.inserted == 0 && outcome.changed == 0 && outcome.newKeys == 2)
    #expect(try await walk.store(items, in: store).newKeys == 0)
    #expect(try await store.rows("SELECT session_id, _changed_at FROM sessions ORDER BY 1") == ["a|1000", "b|1000"])
    #expect(try await store.rows("SELECT count(*) FROM sync_changes") == ["2"])
  }

  @Test("a changed row keeps its first day, and its previous content is recorded")
  func recordsChanges() async throws {
    var walk = Walk()
    try await walk.store([session("a", title: "old"), session("b")], in: store)
    walk.restart()
    let outcome = try await walk.store([session("a", title: "new"), session("b")], in: store)
    #expect(outcome.changed == 1 && outcome.inserted == 0)
    #expect(
      try await store.rows("SELECT session_id, title, _first_synced_at, _changed_at FROM sessions ORDER BY 1") == [
        "a|new|1000|1100", "b|A title|1000|1000",
      ])
    #expect(
      try await store.rows("SELECT run_id, key, before ->> 'title' FROM sync_changes WHERE change = 'changed'") == ["2|a|old"])
  }

  @Test("a deleted row that is listed again is restored, changed or not")
  func restores() async throws {
    var walk = Walk()
    try await walk.store([session("a"), session("b", title: "old")], in: store, isLast: true)
    let list = try #require(walk.checkpoint.listNumber)
    let marked = try await store.markDeleted(
      ["a", "b"], of: .sessions, in: walk.list, number: list, scope: [:], run: 2, now: 1050)
    #expect(marked == 2)
    walk.restart()
    walk.restart()
    let outcome = try await walk.store([session("a"), session("b", title: "new")], in: store)
    #expect(outcome.restored == 1 && outcome.changed == 1 && outcome.newKeys == 2)
    #expect(
      try await store.rows("SELECT session_id, _deleted_at, _changed_at, _first_synced_at FROM sessions ORDER BY 1") == [
        "a||1200|1000", "b||1200|1000",
      ])
    #expect(
      try await store.rows("SELECT key, change, before IS NULL FROM sync_changes WHERE run_id = 3 ORDER BY 1") == [
        "a|restored|1", "b|changed|0",
      ])
  }

  @Test("of two items with one key the last one counts")
  func takesLastDouble() async throws {
    var walk = Walk()
    let outcome = try await walk.store([session("a", title: "1"), session("b"), session("a", title: "2")], in: store)
    #expect(outcome.received == 3 && outcome.inserted == 2 && outcome.newKeys == 2)
    #expect(try await store.rows("SELECT session_id, title FROM sessions ORDER BY 1") == ["a|2", "b|A title"])
    #expect(try await store.rows("SELECT count(*) FROM sync_changes") == ["2"])
  }

  @Test("rows that a filter should exclude are counted, and so is the newest time")
  func watchesFilter() async throws {
    var walk = Walk()
    walk.since = 500
    let items = [
      session("a", updated: 499), session("b", updated: 500), session("c", updated: 900_000_000_000),
      #"{"session_id": "d", "updated_at": "soon"}"#,
      #"{"session_id": "e", "updated_at": 1712345678901234567890123456789012345}"#, #"{"session_id": "f", "updated_at": true}"#,
    ]
    let outcome = try await walk.store(items, in: store)
    #expect(outcome.outsideFilter == 1)
    #expect(outcome.newest == 900_000_000)
  }

  @Test("an object is one row, and an answer may be the complete list")
  func takesOtherPlaces() async throws {
    var me = Walk(.credential)
    try await me.store([], in: store, count: 1, body: #"{"service_user_id": null, "user_id": "u1", "org_id": "org-1"}"#)
    #expect(try await store.rows("SELECT principal_id, org_id FROM credential") == ["u1|org-1"])
    var files = Walk(.attachments, parent: "s1")
    try await files.store([#"{"attachment_id": "f1"}"#], in: store)
    #expect(try await store.rows("SELECT session_id, attachment_id, org_id FROM session_attachments") == ["s1|f1|org-1"])
    #expect(try await store.rows("SELECT key FROM sync_changes WHERE resource = 'session_attachments'") == [#"["s1","f1"]"#])
  }
}
