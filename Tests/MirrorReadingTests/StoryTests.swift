import DevinModel
import Foundation
import GRDB
import MirrorReading
import MirrorStore
import TestSupport
import Testing

/// The story of one session, from rows and changes inserted by the test. Times are days after 1 November 2026.
@Suite("The story of a session")
struct StoryTests {
  private static let start: UnixTime = 1_793_491_200
  private static func day(_ number: Int) -> UnixTime { start + .seconds(number * 86_400) }
  private static func day(of time: UnixTime) -> Int64 { time.day - start.day }

  private let mirror: TemporaryMirror

  init() throws {
    mirror = try TemporaryMirror()
    try mirror.open().close()
    try write(
      "INSERT INTO sync_runs (run_id, started_at, finished_at, status, api_url, version, pid) VALUES (1, ?, ?, 0, '', '', 0)",
      [Self.day(0), Self.day(24)])
    try write(
      "INSERT INTO sync_checkpoints (org_id, resource, completed_at, as_of, completed_run) VALUES ('org', 'sessions', ?, ?, 1)",
      [Self.day(24), Self.day(24)])
  }

  private func write(_ sql: String, _ arguments: StatementArguments = []) throws {
    try DatabaseQueue(path: mirror.path).write { try $0.execute(sql: sql, arguments: arguments) }
  }

  private func session(_ id: String, seen: Int = 0, deleted: Int? = nil, _ members: String = "") throws {
    try write(
      "INSERT INTO sessions (session_id, _raw, _first_synced_at, _changed_at, _deleted_at) VALUES (?, ?, ?, ?, ?)",
      [id, Self.raw(members), Self.day(seen), Self.day(seen), deleted.map(Self.day)])
  }

  private static func raw(_ members: String) -> String {
    #"{"org_id":"org"\#(members.contains("created_at") ? "" : #","created_at":1"#)\#(members.isEmpty ? "" : ",")\#(members)}"#
  }

  private func change(_ id: String, on day: Int, _ change: String = "changed", before: String?) throws {
    try write(
      "INSERT INTO sync_changes (run_id, changed_at, resource, key, change, before) VALUES (1, ?, 'sessions', ?, ?, ?)",
      [Self.day(day), id, change, before.map(Self.raw)])
  }

  private func story(_ id: String) async throws -> SessionStory {
    try await mirror.derive()
    return try await SessionStory(id, in: MirrorReader(database: mirror.path))
  }

  private func timeline(_ story: SessionStory) -> [String] {
    story.timeline.map { "\($0.status) \(Self.day(of: $0.firstSeen))–\(Self.day(of: $0.lastSeen))" }
  }

  private func pulls(_ story: SessionStory) -> [String] {
    story.pullRequests.map { "\($0.state ?? "–") \(Self.day(of: $0.firstSeen))–\(Self.day(of: $0.lastSeen))" }
  }

  @Test("after older changes were removed the timeline starts with the remaining history, and says so")
  func pruned() async throws {
    try session("s", #""status":"exit""#)
    try change("s", on: 3, before: #""status":"new""#)
    try change("s", on: 9, before: #""status":"running""#)
    try #require(try await timeline(story("s")) == ["new 0–3", "running 3–9", "exit 9–24"])
    let store = try mirror.open()
    _ = try await store.forgetHistory(before: Self.day(5), isAsking: false)
    var told = try await story("s")
    #expect(timeline(told) == ["running 5–9", "exit 9–24"])
    #expect(told.historyKnownFrom == Self.day(5))
    _ = try await store.forgetHistory(before: Self.day(12), isAsking: false)
    told = try await story("s")
    #expect(timeline(told) == ["exit 12–24"])
    #expect(told.historyKnownFrom == Self.day(12))
    try store.close()
    // A session that was first seen later is known from its beginning.
    try session("later", seen: 13, #""status":"new""#)
    #expect(try await story("later").historyKnownFrom == nil)
    #expect(try await timeline(story("later")) == ["new 13–24"])
  }

  @Test("a deleted session was in its last state until its deletion, and a pull request ends when it is no longer listed")
  func ends() async throws {
    try session("gone", deleted: 12, #""status":"running""#)
    try change("gone", on: 12, "deleted", before: #""status":"running""#)
    #expect(try await timeline(story("gone")) == ["running 0–12"])
    try session("s", #""status":"exit","pull_requests":[{"pr_url":"b","pr_state":"open"}]"#)
    try change("s", on: 4, before: #""status":"running","pull_requests":[{"pr_url":"a","pr_state":"open"}]"#)
    try change(
      "s", on: 9,
      before: #""status":"running","pull_requests":[{"pr_url":"a","pr_state":"open"},{"pr_url":"b","pr_state":"open"}]"#)
    #expect(try await pulls(story("s")) == ["open 0–9", "open 4–24"])
  }

  @Test("playbook versions keep their numbers when older ones are removed")
  func versions() async throws {
    try write(
      #"INSERT INTO playbooks (playbook_id, _raw, _first_synced_at, _changed_at) VALUES ('p', '{"title":"three","updated_at":30}', 0, 0)"#
    )
    for (day, at, title) in [(2, 10, "one"), (6, 20, "two")] {
      try write(
        "INSERT INTO sync_changes (run_id, changed_at, resource, key, change, before) VALUES (1, ?, 'playbooks', 'p', 'changed', ?)",
        [Self.day(day), #"{"title":"\#(title)","updated_at":\#(at)}"#])
    }
    let store = try mirror.open()
    func versions() async throws -> [String] {
      try await store.query("SELECT version, title FROM playbook_versions ORDER BY 1").texts.map {
        $0.map { $0 ?? "–" }.joined(separator: " ")
      }
    }
    #expect(try await versions() == ["1 one", "2 two", "3 three"])
    _ = try await store.forgetHistory(before: Self.day(4), isAsking: false)
    #expect(try await versions() == ["2 two", "3 three"])
    _ = try await store.forgetHistory(before: Self.day(8), isAsking: false)
    #expect(try await versions() == ["3 three"])
    _ = try await store.forgetHistory(before: Self.day(20), isAsking: false)
    #expect(try await versions() == ["3 three"])
  }

  @Test("a family is a graph: each session once, whichever session lists it, and the same from every member")
  func family() async throws {
    try session("root", #""created_at":1,"child_session_ids":["devin-child","grandchild"]"#)
    try session("child", #""created_at":2,"child_session_ids":["grandchild"],"parent_session_id":null"#)
    try session("grandchild", #""created_at":3,"parent_session_id":null"#)
    try session("other", #""created_at":4"#)
    for id in ["root", "child", "grandchild"] {
      #expect(try await story(id).family.map { "\($0.id) \($0.depth)" } == ["root 0", "child 1", "grandchild 2"], "\(id)")
    }
    #expect(try await story("other").family.isEmpty)
  }
}
