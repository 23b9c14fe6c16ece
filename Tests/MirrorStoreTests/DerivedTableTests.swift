import DevinModel
import GRDB
import TestSupport
import Testing

@testable import MirrorStore

/// The tables that queries read always match the rows.
@Suite("Derived tables")
struct DerivedTableTests {
  private let mirror: TemporaryMirror
  private let store: MirrorStore

  init() throws {
    mirror = try TemporaryMirror()
    store = try mirror.open()
  }

  private func expectSame(_ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    #expect(try await store.derivedFindings(of: Self.tables) == [], comment, sourceLocation: sourceLocation)
  }

  private static let tables = [
    "sessions", "session_messages", "session_insights", "session_daily_consumption", "credential", "daily_consumption",
  ]

  private func session(_ id: String, _ pullRequests: [(String, String)] = [], tag: String = "t") -> String {
    let list = pullRequests.map { #"{"pr_url":"\#($0.0)","pr_state":"\#($0.1)"}"# }.joined(separator: ",")
    return """
      {"session_id":"\(id)","org_id":"org-1","status":"running","status_detail":"waiting_for_user","created_at":100000,\
      "updated_at":5,"acus_consumed":2.5,"tags":["\(tag)"],"pull_requests":[\(list)]}
      """
  }

  private static func message(_ id: String, _ source: String, at time: Int) -> String {
    #"{"event_id":"\#(id)","source":"\#(source)","created_at":\#(time),"message":"m"}"#
  }

  @Test(
    "they match the rows after a first read, a change, a deletion, a return and the removal of old rows",
    arguments: [true, false])
  func follow(_ isFirstRead: Bool) async throws {
    var walk = Walk()
    (walk.isFirstRead, walk.knowsPlaces) = (isFirstRead, isFirstRead)
    try await walk.store(
      [session("a", [("https://g.example/o/r/pull/1", "open")]), session("b")], in: store, isLast: true)
    try await expectSame("after the first read")
    #expect(try await store.rows("SELECT outcome, host, repository FROM pull_request_outcomes") == ["open|g.example|o/r"])
    #expect(try await store.rows("SELECT rows, deleted FROM derived_counts WHERE resource = 'sessions'") == ["2|0"])

    walk.isFirstRead = false
    walk.restart()
    try await walk.store(
      [
        session("a", [("https://g.example/o/r/pull/1", "merged"), ("https://g.example/o/r/pull/2", "open")], tag: "u"),
        session("b"),
      ],
      in: store, isLast: true)
    try await expectSame("after a change")
    #expect(try await store.rows("SELECT tag FROM session_tags WHERE session_id = 'a'") == ["u"])
    #expect(
      try await store.rows("SELECT pull_requests, merged_pull_requests FROM session_facts WHERE session_id = 'a'") == ["2|1"])

    let number = try #require(walk.checkpoint.listNumber)
    _ = try await store.markDeleted(["a"], of: .sessions, in: walk.list, number: number, scope: [:], run: 3, now: 1200)
    try await expectSame("after a deletion")
    #expect(try await store.rows("SELECT session_id FROM session_facts") == ["b"])
    #expect(try await store.rows("SELECT rows, deleted FROM derived_counts WHERE resource = 'sessions'") == ["1|1"])

    walk.restart()
    try await walk.store([session("a"), session("b")], in: store, isLast: true)
    try await expectSame("after it is listed again")
    #expect(try await store.rows("SELECT count(*) FROM session_facts") == ["2"])

    _ = try await store.markDeleted(["a"], of: .sessions, in: walk.list, number: number, scope: [:], run: 4, now: 1300)
    _ = try await store.forgetDeleted(of: .sessions, below: [(.messages, "session_id")], before: 2000, isAsking: false)
    try await expectSame("after old rows went")
    #expect(try await store.rows("SELECT rows, deleted FROM derived_counts WHERE resource = 'sessions'") == ["1|0"])
  }

  @Test("a shared pull request belongs to the sessions that currently list it", arguments: [true, false])
  func shared(_ isFirstRead: Bool) async throws {
    let shared = "https://g.example/o/r/pull/1"
    var walk = Walk()
    walk.isFirstRead = isFirstRead
    try await walk.store([session("b", [(shared, "open")]), session("c", [(shared, "merged")])], in: store)
    try await expectSame("after a page")
    try await walk.store([session("a", [(shared, "open")])], in: store, isLast: true)
    try await expectSame("after another session lists it")
    let outcome = "SELECT sessions, outcome, first_session_id FROM pull_request_outcomes"
    #expect(try await store.rows(outcome) == ["3|merged|a"])

    walk.isFirstRead = false
    walk.restart()
    try await walk.store(
      [session("a"), session("b", [(shared, "open")]), session("c", [(shared, "merged")])], in: store, isLast: true)
    try await expectSame("after the first lists it no more")
    #expect(try await store.rows(outcome) == ["2|merged|b"])
    #expect(
      try await store.rows("SELECT session_id, first_pull_requests, first_merged_pull_requests FROM session_facts ORDER BY 1")
        == ["a|0|0", "b|1|1", "c|0|0"])

    let number = try #require(walk.checkpoint.listNumber)
    _ = try await store.markDeleted(["c"], of: .sessions, in: walk.list, number: number, scope: [:], run: 3, now: 1200)
    try await expectSame("after a deletion")
    #expect(try await store.rows(outcome) == ["1|open|b"])
    _ = try await store.markDeleted(["b"], of: .sessions, in: walk.list, number: number, scope: [:], run: 3, now: 1200)
    try await expectSame("after nobody lists it")
    #expect(try await store.rows(outcome) == [])
  }

  @Test("a session without a cost has the sum of its days, as long as they are mirrored", arguments: [true, false])
  func days(_ isFirstRead: Bool) async throws {
    var sessions = Walk()
    try await sessions.store([session("one").replacing("2.5", with: "0"), session("two")], in: store, isLast: true)
    let cost = "SELECT session_id, acus FROM session_facts ORDER BY 1"
    #expect(try await store.rows(cost) == ["one|", "two|2.5"])
    for id in ["one", "two"] {
      var walk = Walk(.sessionDays, parent: id)
      walk.isFirstRead = isFirstRead
      try await walk.store([#"{"date":100000,"acus":3.0}"#, #"{"date":186400,"acus":4.0}"#], in: store, isLast: true)
      try await expectSame("after the days of \(id)")
    }
    #expect(try await store.rows(cost) == ["one|7.0", "two|2.5"])
    var walk = Walk(.sessionDays, parent: "one")
    walk.isFirstRead = false
    try await walk.store([#"{"date":100000,"acus":1.0}"#], in: store, isLast: true)
    try await expectSame("after a day changed")
    #expect(try await store.rows(cost) == ["one|5.0", "two|2.5"])
    let number = try #require(walk.checkpoint.listNumber)
    _ = try await store.markDeleted(
      ["186400"], of: .sessionDays, in: walk.list, number: number, scope: ["session_id": "one", "org_id": "org-1"], run: 3,
      now: 1200)
    try await expectSame("after a day was deleted")
    #expect(try await store.rows(cost) == ["one|1.0", "two|2.5"])
  }

  @Test("waits of a session depend on all of its messages, however they were divided into pages", arguments: [true, false])
  func waits(_ isFirstRead: Bool) async throws {
    var sessions = Walk()
    try await sessions.store([session("one")], in: store, isLast: true)
    var walk = Walk(.messages, parent: "one")
    (walk.memory, walk.isFirstRead) = (.none, isFirstRead)
    try await walk.store([Self.message("a", "devin", at: 10), Self.message("b", "user", at: 40)], in: store)
    try await expectSame("after a page")
    try await walk.store([Self.message("c", "devin", at: 20), Self.message("d", "devin", at: 50)], in: store, isLast: true)
    try await expectSame("after another one")
    #expect(
      try await store.rows("SELECT waited_from, waited_to FROM waits_for_people ORDER BY waited_from") == ["20|40", "50|"])
    _ = try await store.forgetDeleted(of: .sessions, below: [(.messages, "session_id")], before: 0, isAsking: false)
    try await expectSame("after nothing went")
  }

  @Test("messages whose times or senders are odd, or the same, bring the waits that the view tells", arguments: [true, false])
  func oddMessages(_ isFirstRead: Bool) async throws {
    var sessions = Walk()
    try await sessions.store([session("one")], in: store, isLast: true)
    var walk = Walk(.messages, parent: "one")
    (walk.memory, walk.isFirstRead) = (.none, isFirstRead)
    let times = [
      "1700000000000", "1700000001", "1700000001", "\"soon\"", "\"later\"", "1.5", "-3", "1e300", "null", "[5]", "true",
    ]
    let messages = times.enumerated().flatMap { number, time in
      ["user", "devin", "\u{f6}"].map { #"{"event_id":"\#(number)\#($0)","source":"\#($0)","created_at":\#(time)}"# }
    }
    try await walk.store(messages + [#"{"event_id":"x","source":"user"}"#, #"{"event_id":"y"}"#], in: store, isLast: true)
    try await expectSame("after odd messages")
    #expect(try await store.rows("SELECT count(*) > 2 FROM derived_waits") == ["1"])
  }

  @Test("a row that moves to another organization is counted there")
  func movesBetweenOrganizations() async throws {
    var walk = Walk()
    try await walk.store([session("a")], in: store, isLast: true)
    walk.restart()
    try await walk.store([session("a").replacing("org-1", with: "org-2")], in: store, isLast: true)
    try await expectSame("after it moved")
    #expect(
      try await store.rows("SELECT org_id, rows FROM derived_counts WHERE resource = 'sessions' AND rows <> 0") == ["org-2|1"])
  }

  @Test("a derived row that is wrong is found and rebuilt")
  func mends() async throws {
    var walk = Walk()
    try await walk.store([session("a", [("https://g.example/o/r/pull/1", "open")])], in: store, isLast: true)
    for damage in [
      "UPDATE derived_sessions SET acus = 3", "DELETE FROM derived_pull_requests",
      "INSERT INTO derived_waits VALUES ('a', 1, 1, 2)",
      "UPDATE derived_outcomes SET furthest = 0", "UPDATE derived_counts SET rows = 7",
    ] {
      try await store.write { try $0.execute(sql: damage) }
      #expect(try await store.derivedFindings(of: Self.tables).count == 1, "\(damage)")
      #expect(try await store.repairDerived(of: Self.tables).count == 1)
      try await expectSame("after mending: \(damage)")
    }
  }

  @Test("a server that sends texts for numbers, and invalid lists, breaks nothing")
  func oddValues() async throws {
    var walk = Walk()
    let odd = [
      #"{"session_id":"a","created_at":"soon","updated_at":1e300,"acus_consumed":"many","tags":{"x":"y"},"pull_requests":"none"}"#,
      #"{"session_id":"b","created_at":99999999999999,"tags":"t","child_session_ids":7,"pull_requests":[{"pr_url":5},{"pr_url":null},7]}"#,
      #"{"session_id":"c","org_id":4,"created_at":-1,"pull_requests":[{"pr_url":"p","pr_state":3},{"pr_url":"p","pr_state":"merged"}]}"#,
      #"{"session_id":"d","tags":[null,"a\u0000b"],"pull_requests":[{"pr_url":{"a":"pr_url"}}]}"#,
    ]
    try await walk.store(odd, in: store, isLast: true)
    try await expectSame("after odd values")
    walk.restart()
    try await walk.store(odd.map { $0.replacing("\"tags\"", with: "\"tags2\"") }, in: store, isLast: true)
    try await expectSame("after others")
    #expect(try await store.rows("SELECT outcome, sessions FROM pull_request_outcomes WHERE pr_url = 'p'") == ["merged|1"])
  }

  @Test("an id of a note that is a number, an object or missing is stored as the text for comparisons")
  func oddNotes() async throws {
    let usages = #"[{"note_id":5},{"note_id":null},{"note_id":{"a":1}},{"note_id":1e999},{"note_id":12345678901234567890},7]"#
    let insight = """
      {"session_id":"a","org_id":"org-1","created_at":7,"analysis":{"note_usage":{"good_usages":\(usages),"bad_usages":{}}}}
      """
    var walk = Walk(.insights)
    try await walk.store([insight], in: store, isLast: true)
    try await expectSame("after odd notes")
    #expect(try await store.rows("SELECT count(*) FROM derived_note_usages") == ["5"])
  }
}
