import DevinModel
import GRDB
import TestSupport
import Testing

@testable import MirrorStore

/// Pages of a list that was never read are inserted without a comparison. The result must be the same.
@Suite("A page of a list that was never read")
struct FirstReadTests {
  private static let everything = """
    SELECT 'row', session_id, event_id, org_id, _raw, _first_synced_at, _changed_at, _deleted_at FROM session_messages
    UNION ALL SELECT 'row', session_id, NULL, org_id, _raw, _first_synced_at, _changed_at, _deleted_at FROM sessions
    UNION ALL SELECT 'row', date, NULL, org_id, _raw, _first_synced_at, _changed_at, _deleted_at FROM daily_consumption
    UNION ALL SELECT 'seen', list_id, key, walk, seen_at, 0, 0, 0 FROM sync_seen
    UNION ALL SELECT 'owed', org_id, resource, parent, version, pending_since, run_id, reason FROM sync_pending
    UNION ALL SELECT 'change', run_id, changed_at, resource, key, change, before, change_id FROM sync_changes
    UNION ALL SELECT 'odd', parent, item, reason, walk, run_id, 0, 0 FROM sync_quarantine
    UNION ALL SELECT 'checkpoint', list_id, parent, cursor, rows_seen, walk, is_open, completed_at FROM sync_checkpoints
    UNION ALL SELECT 'drift', resource, field, kind, found, seen, example, 0 FROM sync_drift
    """

  private static func message(_ id: String, _ text: String = "\"hello\"") -> String {
    "{ \"event_id\" : \(id),\n\"source\":\"devin\", \"created_at\": 5, \"message\": \(text), \"more\":[1, {\"a\": 1.50}] }"
  }

  private static let pages: [[[String]]] = [
    [[message("\"a\""), message("\"b\"")], [message("\"c\"")]],
    [[message("\"a\""), message("\"a\"", "\"other\"")]],
    [[message("\"a\""), message("\"b\"")], [message("\"b\"", "\"other\""), message("\"c\"")]],
    [[message("\"a\""), "7"], ["\"text\"", "null", "[1]"]],
    [[message("\"a\\u0000b\""), message("\"a\"")]], [[message("\"a\\ud800\"")]],
    [[message("7"), message("7.5"), message("true")]],
    [[message("\"\""), message("null"), "{}"]], [[message("\"\\u00e9\""), message("\"e\\u0301\"")]],
    [[message("\"a\"", "\"x\\u0000y\\ud83d\\ude00\\\"\""), message("\"b\"", "{\"of\":\"another type\"}")]],
    [[], [message("\"a\"")]],
  ]

  private func mirror(
    _ pages: [[String]], of table: MirrorTable = .messages, isFirstRead: Bool, knowsPlaces: Bool = false,
    _ memory: PageCommit.Memory
  ) async throws -> (contents: [String], outcomes: [PageOutcome]) {
    let mirror = try TemporaryMirror()
    let store = try mirror.open(below: [ChildLists(resource: "session_messages", parents: .sessions)])
    try await store.begin(
      [PlannedList(ListID(organization: "org-1", resource: "session_messages"), below: .sessions)], requested: nil,
      organizations: ["org-1"], organization: "org-1", principal: nil, run: 1, now: 900)
    var outcomes: [PageOutcome] = []
    for parent in table.scopeKey == ["session_id"] ? ["one", "two"] : [""] {
      var walk = Walk(table, parent: parent)
      walk.memory = memory
      walk.isFirstRead = isFirstRead
      walk.knowsPlaces = knowsPlaces
      for (number, page) in pages.enumerated() {
        outcomes.append(try await walk.store(page, in: store, cursor: "c\(number)", isLast: number == pages.count - 1))
      }
    }
    return (try await store.rows(Self.everything), outcomes)
  }

  @Test("it leaves the same file as a page that is compared, and has the same result", arguments: pages.indices)
  func leavesTheSame(_ index: Int) async throws {
    for memory in [PageCommit.Memory.none, .forNow] {
      let compared = try await mirror(Self.pages[index], isFirstRead: false, memory)
      let inserted = try await mirror(Self.pages[index], isFirstRead: true, memory)
      #expect(inserted.contents == compared.contents)
      #expect(inserted.outcomes == compared.outcomes)
    }
  }

  private static let plain: [(table: MirrorTable, pages: [[String]])] = [
    (.messages, [[#"{"event_id":"a","message":"é \u0000 👍"}"#, #"{"event_id":"b"}"#], [#"{"event_id":7,"n":1.50}"#]]),
    (.messages, [[#"{"event_id":"a\u0000"}"#, #"{"event_id":"b\""}"#], [#"{"event_id":"b\""}"#, "{}"]]),
    (.sessions, [[session("a", updated: 700), session("devin-b")], [session("c", title: "é")]]),
    (.sessions, [[session("a"), session("b")], [session("b", updated: 800), session("c")], [session("c")]]),
    (.sessions, [[session("a", status: "running"), #"{"session_id":"x","updated_at":true}"#, #"{"session_id":null}"#]]),
    (.consumption, [[#"{"date":1700000000,"acus":1.5}"#, #"{"date":"1700086400"}"#], [#"{"date":1700172800.5}"#]]),
  ]

  @Test("for every kind of list, also if the positions of the items are known", arguments: plain.indices)
  func leavesTheSameOfAll(_ index: Int) async throws {
    let (table, pages) = Self.plain[index]
    let compact = pages.map { $0.map { $0.replacing("\": ", with: "\":").replacing(", \"", with: ",\"") } }
    for memory in [PageCommit.Memory.none, .forNow, .kept] {
      let compared = try await mirror(compact, of: table, isFirstRead: false, memory)
      let cut = try await mirror(compact, of: table, isFirstRead: false, knowsPlaces: true, memory)
      #expect(cut.contents == compared.contents)
      #expect(cut.outcomes == compared.outcomes)
      for knowsPlaces in [false, true] {
        let inserted = try await mirror(compact, of: table, isFirstRead: true, knowsPlaces: knowsPlaces, memory)
        #expect(inserted.contents == compared.contents)
        #expect(inserted.outcomes == compared.outcomes)
      }
    }
  }

  @Test("one that does not match its envelope leaves nothing, and other pages stay")
  func leavesNothing() async throws {
    let store = try MirrorStore(inMemory: "first read")
    var walk = Walk(.messages, parent: "one")
    (walk.memory, walk.isFirstRead) = (.none, true)
    await #expect(throws: StoreError.self) {
      try await walk.store([Self.message("\"a\"")], in: store, count: 2, isLast: true)
    }
    for body in ["{\"items\": [{\"event_id\": \"a\"}", "", "{\"rows\": []}"] {
      await #expect(throws: StoreError.self) { try await walk.store([], in: store, count: 1, body: body, isLast: true) }
    }
    #expect(try await store.rows(Self.everything) == [])
  }

  @Test("if the largest row number is in use, rows are compared, since their numbers would not be consecutive")
  func largestRowNumber() async throws {
    let store = try MirrorStore(inMemory: "first read")
    try await store.write { database in
      try database.execute(
        sql: """
          INSERT INTO session_messages (rowid, session_id, event_id, org_id, _raw, _first_synced_at, _changed_at)
          VALUES (9223372036854775807, 'other', 'x', 'org-1', '{}', 1, 1)
          """)
    }
    var walk = Walk(.messages, parent: "one")
    (walk.memory, walk.isFirstRead) = (.none, true)
    try await walk.store([Self.message("\"a\""), Self.message("\"b\"")], in: store, isLast: true)
    #expect(try await store.rows("SELECT key FROM sync_changes ORDER BY change_id") == ["[\"one\",\"a\"]", "[\"one\",\"b\"]"])
  }
}

/// New rows are indexed in steps after their pages.
@Suite("Full-text index of new rows")
struct WordStepTests {
  private let mirror: TemporaryMirror
  private let store: MirrorStore

  init() throws {
    mirror = try TemporaryMirror()
    store = try mirror.open()
  }

  private func hits(_ word: String) async throws -> Int {
    let rows = try await store.rows("SELECT count(*) FROM search_sessions WHERE search_sessions MATCH '\(word)'")
    return Int(rows[0]) ?? -1
  }

  @Test("rows are found once they are indexed, and until then the search says how many are not")
  func comesBehind() async throws {
    try await store.indexText(true)
    var walk = Walk()
    try await walk.store([session("a", title: "wombat"), session("b", title: "quokka")], in: store, cursor: "c")
    #expect(try await hits("wombat") == 0)
    #expect(try await store.unindexedRows() == ["sessions": 2])
    try await store.indexNewRows()
    #expect(try await hits("wombat") == 1)
    #expect(try await store.unindexedRows().isEmpty)
    #expect(try await store.brokenTextIndexes() == [])
    #expect(try await store.indexFindings() == [])
  }

  @Test("a row that changes before it is indexed, and one that changes after, are found only by their new text")
  func changes() async throws {
    try await store.indexText(true)
    var walk = Walk()
    try await walk.store([session("a", title: "wombat")], in: store, cursor: "c")
    try await store.indexNewRows()
    try await walk.store([session("b", title: "quokka")], in: store, cursor: "d")
    walk.restart()
    try await walk.store([session("a", title: "numbat"), session("b", title: "bilby")], in: store, isLast: true)
    try await store.indexNewRows()
    for (word, count) in [("wombat", 0), ("quokka", 0), ("numbat", 1), ("bilby", 1)] {
      #expect(try await hits(word) == count, "\(word)")
    }
    #expect(try await store.brokenTextIndexes() == [])
  }

  @Test("a row that reuses the number of a deleted one is indexed")
  func numbersComeAgain() async throws {
    try await store.indexText(true)
    var walk = Walk()
    try await walk.store([session("a", title: "wombat"), session("b", title: "quokka")], in: store, isLast: true)
    try await store.indexNewRows()
    try await store.write { try $0.execute(sql: "UPDATE sessions SET _deleted_at = 1 WHERE session_id = 'b'") }
    _ = try await store.forgetDeleted(of: .sessions, below: [], before: 5, isAsking: false)
    walk.restart()
    try await walk.store([session("a", title: "wombat"), session("c", title: "numbat")], in: store, isLast: true)
    try await store.indexNewRows()
    #expect(try await hits("numbat") == 1)
    #expect(try await hits("quokka") == 0)
    #expect(try await store.brokenTextIndexes() == [])
  }

  @Test("many lists that are stored at the same time are indexed in a few steps, however many pages they have")
  func indexesInLargeSteps() async throws {
    try await store.indexText(true)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for list in 0..<16 {
        group.addTask {
          var walk = Walk(.messages, parent: "session \(list)")
          (walk.memory, walk.isFirstRead) = (.forNow, true)
          for page in 0..<20 {
            let items = (0..<25).map { #"{"event_id":"\#(page) \#($0)","created_at":\#(page),"message":"wombat"}"# }
            try await walk.store(items, in: store, cursor: "\(page)", isLast: page == 19)
          }
        }
      }
      try await group.waitForAll()
    }
    try await store.indexNewRows()
    let rows = try await store.rows("SELECT count(*) FROM search_session_messages WHERE search_session_messages MATCH 'wombat'")
    #expect(rows == ["8000"])
    // Each step adds a segment to the index.
    let steps = try await store.rows("SELECT count(DISTINCT segid) FROM search_session_messages_idx")
    #expect(Int(steps[0]) ?? .max <= 8)
  }

  @Test(
    "a step is due after 2,000 rows at first, later after a quarter of what is indexed, and at most 20,000 rows or 32 MiB wait",
    arguments: [
      (1_999, 0, 0, false), (2_000, 0, 0, true), (2_999, 0, 12_000, false), (3_000, 0, 12_000, true), (19_999, 0, 900_000, false),
      (20_000, 0, 900_000, true), (1, 32 << 20, 900_000, true),
    ])
  func decidesOnSteps(_ rows: Int, _ bytes: Int, _ indexed: Int, _ isDue: Bool) {
    #expect(MirrorStore.isStepDue((rows, bytes), after: indexed) == isDue)
  }

  @Test("missing and superfluous text in the index is found without writing")
  func findings() async throws {
    try await store.indexText(true)
    var walk = Walk()
    try await walk.store([session("a", title: "wombat")], in: store, isLast: true)
    try await store.indexNewRows()
    try await store.write { try $0.execute(sql: "UPDATE sync_text_indexes SET indexed_to = 0") }
    #expect(try await store.indexFindings().count == 1)
    try await store.write { try $0.execute(sql: "UPDATE sync_text_indexes SET indexed_to = 1 WHERE resource <> 'playbooks'") }
    #expect(try await store.indexFindings() == [])
    try await store.write { try $0.execute(sql: "DELETE FROM sessions") }
    #expect(try await store.indexFindings().count == 1)
  }
}
