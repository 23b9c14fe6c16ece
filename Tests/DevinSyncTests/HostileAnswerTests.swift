import DevinSandbox
import DevinSync
import Foundation
import GRDB
import TestSupport
import Testing
import TrialSupport

@Suite("Wrong answers and forged files", .timeLimit(.minutes(60)))
struct HostileAnswerTests {
  private static let numbers = [
    JSONValue.int(.min), .int(.max), .int(-1), .int(0), .int(253_402_300_800_000), .double(1e308), .double(-1e308),
    .double(1_700_000_000.5), "text", true,
  ]

  @Test("an invalid time of change influences nothing, however often it occurs", arguments: numbers)
  func times(_ number: JSONValue) async throws {
    try await Trial.run { trial in
      try await trial.sync()
      for (position, id) in trial.sandbox.ids(.sessions).prefix(6).enumerated() {
        let set: [String: JSONValue] = ["updated_at": number, "created_at": number, "status": position < 3 ? "running" : "exit"]
        try trial.sandbox.edit(.update(.sessions, id, set: set, touch: false))
      }
      for isFull in [true, false, true] {
        let report = try await trial.sync { $0.full = isFull }
        #expect(report.status == .success, "\(report.problems.map(\.message))")
        trial.clock.advance(by: .seconds(3600))
      }
      try trial.expectMirrorEqualsServer()
      #expect(
        try trial.number("SELECT count(*) FROM sync_checkpoints WHERE watermark NOT BETWEEN 0 AND 253402300799") == 0)
      #expect(try await MirrorIntegrity(database: trial.database).findings == [])
    }
  }

  @Test(
    "times that an earlier version stored in the file do not end later runs",
    arguments: [Int64.min, .max, -1, 253_402_300_800_000])
  func storedTimes(_ time: Int64) async throws {
    try await Trial.run { trial in
      #expect(try await trial.sync().status == .success)
      let honest = try trial.column("SELECT watermark FROM sync_checkpoints WHERE resource = 'sessions'")
      try trial.execute(
        """
        UPDATE sync_checkpoints SET watermark = \(time), opened_at = \(time), newest_seen = \(time), reconciled_at = \(time),
          completed_at = \(time), allowed_at = \(time), as_of = \(time);
        UPDATE sync_intervals SET read_at = \(time), ends_at = \(time);
        UPDATE sync_seen SET seen_at = \(time);
        """)
      for isOpen in [0, 1] {
        try trial.execute(
          """
          UPDATE sync_checkpoints SET is_open = \(isOpen), filter = 'updated_after=\(time)' WHERE resource = 'sessions'
          """)
        let report = try await trial.sync()
        #expect(report.status == .success, "\(report.problems.map(\.message))")
      }
      #expect(try trial.column("SELECT watermark FROM sync_checkpoints WHERE resource = 'sessions'") == honest)
      try trial.expectMirrorEqualsServer()
    }
  }

  @Test(
    "a column with a value that is never written there ends the run with 74 and is named",
    arguments: ["walk = 9223372036854775807", "walk = -1", "rows_seen = 9223372036854775807", "held_back = -9223372036854775808"])
  func storedCounters(_ change: String) async throws {
    try await Trial.run { trial in
      try await trial.sync()
      try trial.execute("UPDATE sync_checkpoints SET \(change) WHERE resource = 'playbooks'")
      let report = try await trial.sync()
      #expect(report.status == .databaseFailed)
      let column = change.split(separator: " ")[0]
      #expect(report.problems.contains { $0.message.contains("the column \(column) contains an invalid value") })
    }
  }

  @Test("a number with more digits than a column can store is not damage")
  func manyDigits() async throws {
    try await Trial.run { trial in
      for (id, number) in zip(trial.sandbox.ids(.sessions), [9_007_199_254_740_993, Int.max, .min, -9_007_199_254_740_993]) {
        try trial.sandbox.edit(.update(.sessions, id, set: ["acus_consumed": .int(number)]))
      }
      #expect(try await trial.sync().status == .success)
      #expect(try await MirrorIntegrity(database: trial.database).findings == [])
    }
  }

  @Test("endless pages without a new row end the walk", arguments: ["\"x\"", "{\"playbook_id\":\"a\\ud800\"}", ""])
  func endlessPages(_ item: String) async throws {
    try await Trial.run { trial in
      trial.sandbox.endList(never: "/playbooks", items: item)
      let report = try await trial.sync()
      #expect(report.status == .unusableData)
      let messages = report.resources.flatMap(\.problems).map(\.message)
      #expect(messages.contains { $0.contains("pages in a row had no new row") }, "\(messages)")
      #expect((20..<50).contains(trial.requests(ending: "/playbooks").count))
    }
  }

  @Test("an endless list of organizations is not followed if one was named")
  func endlessOrganizations() async throws {
    var scenario = SandboxScenario.small
    scenario.principal = .enterpriseServiceUser
    try await Trial.run(scenario) { trial in
      trial.sandbox.endList(never: "/enterprise/organizations", items: "{\"org_id\":\"org-x\"}")
      _ = try await trial.sync { $0.resources = ["playbooks"] }
      #expect((2..<50).contains(trial.requests(ending: "/enterprise/organizations").count))
    }
  }

  @Test("an invalid address of a pull request is quarantined, and the others are requested")
  func pullRequests() async throws {
    try await Trial.run { trial in
      let addresses = ["12345", "true", "1.5", "[1]", #""https://x.example/\ud800""#, #""https://x.example/\u0000""#]
      trial.sandbox.rewriteAnswers { path, body in
        guard path.hasSuffix("/sessions") else { return body }
        let list = (addresses + [#""https://x.example/1""#, "null"]).map { "{\"pr_url\":\($0),\"pr_state\":\"open\"}" }
        return Array(
          String(decoding: body, as: UTF8.self)
            .replacing(/"pull_requests":\[[^\]]*\]/, with: "\"pull_requests\":[\(list.joined(separator: ","))]").utf8)
      }
      for _ in 1...2 {
        trial.sandbox.forgetRequests()
        let report = try await trial.sync { $0.resources = ["sessions", "pr_reviews"] }
        #expect(report.status == .unusableData)
        #expect(Set(trial.requests(ending: "/pr-reviews").map(\.query)).count <= 1)
        let items = try trial.column("SELECT item FROM sync_quarantine WHERE reason LIKE 'the pr_url of a session %'")
        #expect(items.sorted() == addresses.sorted())
      }
      var options = VerifyOptions()
      options.resources = ["pr_reviews"]
      _ = try await trial.mirror().verify(options)
      trial.sandbox.rewriteAnswers(nil)
      let mended = try await trial.sync {
        $0.resources = ["sessions", "pr_reviews"]
        $0.full = true
      }
      #expect(mended.status == .success)
      #expect(try trial.number("SELECT count(*) FROM sync_quarantine") == 0)
    }
  }

  @Test("a row that an earlier version stored under an invalid id is no longer requested, and the run ends")
  func storedHalves() async throws {
    try await Trial.run { trial in
      #expect(try await trial.sync().status == .success)
      let id = #"('{"a":"a\ud800"}' ->> 'a')"#
      try trial.execute(
        """
        INSERT INTO sessions (session_id, _raw, _first_synced_at, _changed_at)
        SELECT \(id), json_set(_raw, '$.session_id', \(id)), 1, 1 FROM sessions LIMIT 1;
        INSERT INTO sync_pending (org_id, resource, parent, pending_since, run_id, reason)
        SELECT org_id, resource, \(id), 1, 1, 'changed' FROM sync_checkpoints
        WHERE parent = '' AND resource IN ('session_messages', 'session_attachments');
        """)
      for isFull in [false, true] {
        trial.sandbox.forgetRequests()
        #expect(try await trial.sync { $0.full = isFull }.status == .success)
        #expect(trial.sandbox.requests.allSatisfy { !$0.path.contains("%EF%BF%BD") })
      }
    }
  }
}

extension Trial {
  fileprivate func execute(_ sql: String) throws {
    try DatabaseQueue(path: database).write { try $0.execute(sql: sql) }
  }
}

extension Sandbox {
  /// Makes a list return the same items on every page, always with a next page.
  fileprivate func endList(never path: String, items: String) {
    faults = [FaultRule(.endlessCursor, path: path, times: nil)]
    rewriteAnswers { asked, body in
      guard asked.hasSuffix(path) else { return body }
      let text = String(decoding: body, as: UTF8.self)
      guard let rest = text.range(of: "],\"end_cursor\":", options: .backwards) else { return body }
      return Array("{\"items\":[\(items)\(text[rest.lowerBound...])".utf8)
    }
  }
}
