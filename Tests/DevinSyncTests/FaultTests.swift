import DevinSandbox
import DevinSync
import TestSupport
import Testing
import TrialSupport

@Suite("When the API misbehaves", .timeLimit(.minutes(60)))
struct FaultTests {
  @Test(
    "temporary failures leave no trace",
    arguments: [
      Fault.status(503), .status(500, body: .html), .status(429), .status(429, retryAfter: "3"), .status(409), .status(408),
      .reset, .truncateConnection, .truncateJSON, .html, .invalidUTF8,
    ])
  func passing(_ fault: Fault) async throws {
    try await Trial.run { trial in
      trial.sandbox.faults = [
        FaultRule(fault, path: "/sessions", times: 2), FaultRule(fault, path: "/messages", times: 2),
        FaultRule(fault, path: "/schedules", times: 1), FaultRule(fault, path: "/folders", times: 1),
      ]
      #expect(try await trial.sync().status == .success)
      try trial.expectMirrorEqualsServer()
    }
  }

  @Test("an API that stays down ends the run with 69, and the next one continues", arguments: [Fault.status(503), .reset])
  func down(_ fault: Fault) async throws {
    try await Trial.run(.paged) { trial in
      trial.sandbox.faults = [FaultRule(fault, query: "&after=", times: nil), FaultRule(fault, path: "/schedules", times: nil)]
      let report = try await trial.sync()
      #expect(report.status == .unavailable)
      #expect(try trial.number("SELECT count(*) FROM sessions") == 200)
      trial.sandbox.faults = []
      trial.sandbox.forgetRequests()
      #expect(try await trial.sync().status == .success)
      try trial.expectMirrorEqualsServer()
      let sessions = trial.requests(ending: "/sessions").filter { !$0.query.contains("updated_after") }
      #expect(sessions.allSatisfy { $0.query.contains("after=") })
    }
  }

  @Test("a rate limit that lets some requests through is waited out, for child lists of sessions too", arguments: [nil, "1"])
  func limit(_ retryAfter: String?) async throws {
    try await Trial.run { trial in
      // More refusals for each list than the number of attempts for any other failure.
      trial.sandbox.faults = ["/messages", "/attachments", "/sessions", "/playbooks", "/self"].map {
        FaultRule(.status(429, retryAfter: retryAfter), path: $0, times: 25)
      }
      #expect(try await trial.sync().status == .success)
      #expect(try trial.number("SELECT count(*) FROM sync_quarantine") == 0)
      try trial.expectMirrorEqualsServer()
    }
  }

  @Test(
    "a list that is always limited ends the run with 69, incomplete, and nothing is quarantined",
    arguments: ["/messages", "/playbooks"])
  func limitForEver(_ path: String) async throws {
    try await Trial.run { trial in
      trial.sandbox.faults = [FaultRule(.status(429), path: path, times: nil)]
      let report = try await trial.sync()
      #expect(report.status == .unavailable)
      #expect(report.allProblems.count == 1)
      #expect(try trial.number("SELECT count(*) FROM sync_quarantine") == 0)
      #expect(report.resources.first { "/\($0.resource)".hasSuffix(path.dropFirst()) }?.outcome == .incomplete)
      trial.sandbox.faults = []
      #expect(try await trial.sync().status == .success)
      try trial.expectMirrorEqualsServer()
    }
  }

  @Test(
    "unusable answers end with 65, and everything else is mirrored",
    arguments: [
      Fault.html, .truncateJSON, .missingItems, .itemsNotList(.number), .itemsNotList(.object), .status(400),
      .status(422, body: .validation),
      .redirect(location: "https://elsewhere.example/"), .emptyCursor(isNull: true), .wrongTotal(delta: 3),
    ])
  func unusable(_ fault: Fault) async throws {
    try await Trial.run(.paged) { trial in
      trial.sandbox.faults = [FaultRule(fault, path: "/playbooks", times: nil)]
      let report = try await trial.sync { $0.skip = ["session_messages", "session_attachments", "session_insights"] }
      #expect(report.status == .unusableData)
      try trial.expectMirrorEqualsServer([.sessions, .knowledgeNotes, .secrets, .schedules])
      #expect(trial.requests(ending: "/playbooks").count < 20)
      trial.sandbox.faults = []
      try await trial.sync()
      try trial.expectMirrorEqualsServer([.playbooks])
    }
  }

  @Test("after the server rejects a cursor, the list is read from the beginning once")
  func restart() async throws {
    try await Trial.run(.paged) { trial in
      trial.sandbox.faults = [FaultRule(.invalidCursor, path: "/playbooks", query: "&after=", times: 1)]
      #expect(try await trial.sync { $0.resources = ["playbooks"] }.status == .success)
      #expect(trial.requests(ending: "/playbooks").filter { !$0.query.contains("after=") }.count == 2)
      try trial.expectMirrorEqualsServer([.playbooks])
    }
  }

  @Test("a filter that the server ignores is not a failure")
  func ignoredFilter() async throws {
    try await Trial.run(.paged) { trial in
      try await trial.sync()
      trial.sandbox.faults = [FaultRule(.ignoreFilters, times: nil)]
      trial.sandbox.forgetRequests()
      let report = try await trial.sync()
      #expect(report.status == .success)
      #expect(report.resources.first { $0.resource == "sessions" }?.filterWasIgnored == true)
      #expect(report.totals.written == 0)
      #expect(trial.requests(ending: "/messages").isEmpty)
    }
  }

  @Test(
    "one malformed item is quarantined and released when it is repaired",
    arguments: [
      Fault.Poison.text, .number, .null, .objectWithoutKey, .keyNull,
    ])
  func poison(_ poison: Fault.Poison) async throws {
    try await Trial.run { trial in
      trial.sandbox.faults = [FaultRule(.poison(position: 2, poison), path: "/playbooks", times: nil)]
      #expect(try await trial.sync().status == .unusableData)
      try trial.expectMirrorEqualsServer()
      #expect(try trial.number("SELECT count(*) FROM sync_quarantine") == 1)
      trial.sandbox.faults = []
      #expect(try await trial.sync().status == .success)
      #expect(try trial.number("SELECT count(*) FROM sync_quarantine") == 0)
    }
  }

  @Test("a malformed item below a final row is tried again in each of the next runs and released when it is repaired")
  func poisonBelow() async throws {
    try await Trial.run { trial in
      try await trial.sync { $0.resources = ["sessions"] }
      let id = try #require(try trial.column("SELECT session_id FROM sessions WHERE _settles_at IS NOT NULL ORDER BY 1").first)
      trial.sandbox.faults = [FaultRule(.poison(position: 0, .objectWithoutKey), path: "\(id)/messages", times: nil)]
      #expect(try await trial.sync().status == .unusableData)
      trial.sandbox.forgetRequests()
      #expect(try await trial.sync().status == .unusableData)
      #expect(trial.requests(ending: "\(id)/messages").count == 1)
      #expect(try trial.column("SELECT attempts FROM sync_quarantine") == ["2"])
      trial.sandbox.faults = []
      #expect(try await trial.sync().status == .success)
      #expect(try trial.number("SELECT count(*) FROM sync_quarantine") == 0)
      try trial.expectMirrorEqualsServer()
    }
  }

  @Test("a complete list that could not be read again is tried in the next run, although its parent did not change")
  func failedAgain() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      let id = try #require(try trial.column("SELECT session_id FROM sessions WHERE _settles_at IS NOT NULL ORDER BY 1").first)
      trial.sandbox.faults = [FaultRule(.html, path: "\(id)/messages", times: nil)]
      #expect(try await trial.sync { $0.full = true }.status != .success)
      trial.sandbox.faults = []
      #expect(try await trial.sync().status == .success)
      #expect(try trial.number("SELECT count(*) FROM sync_quarantine") == 0)
    }
  }

  @Test("a malformed session is requested again in each of the next runs, although nothing else changed")
  func poisonedSession() async throws {
    try await Trial.run { trial in
      trial.sandbox.faults = [FaultRule(.poison(position: 3, .keyNull), path: "/sessions$", times: nil)]
      #expect(try await trial.sync().status == .unusableData)
      #expect(try await trial.sync().status == .unusableData)
      #expect(try trial.column("SELECT attempts FROM sync_quarantine WHERE resource = 'sessions'") == ["2"])
      trial.sandbox.faults = []
      #expect(try await trial.sync().status == .success)
      #expect(try trial.number("SELECT count(*) FROM sync_quarantine") == 0)
      #expect(try trial.column("SELECT resource FROM sync_health WHERE NOT is_whole AND access = 'read'") == [])
      try trial.expectMirrorEqualsServer()
    }
  }

  @Test("a malformed message is requested again and released from quarantine when it is repaired")
  func poisonedMessage() async throws {
    try await Trial.run { trial in
      trial.sandbox.faults = [FaultRule(.poison(position: 1, .number), path: "/messages")]
      #expect(try await trial.sync().status == .unusableData)
      #expect(try trial.number("SELECT count(*) FROM sync_quarantine") == 1)
      #expect(try await trial.sync().status == .success)
      #expect(try trial.number("SELECT count(*) FROM sync_quarantine") == 0)
      try trial.expectMirrorEqualsServer()
    }
  }

  @Test("a session that is deleted while its messages are read is not a permanent failure")
  func orphan() async throws {
    try await Trial.run { trial in
      try await trial.sync { $0.resources = ["sessions"] }
      let id = try #require(try trial.column("SELECT session_id FROM sessions ORDER BY 1").first)
      try trial.sandbox.edit(.delete(.sessions, id))
      #expect(try await trial.sync().status == .unavailable)
      trial.clock.advance(by: .seconds(90_000))
      #expect(try await trial.sync().status == .success)
      #expect(try trial.number("SELECT count(*) FROM sync_quarantine") == 0)
    }
  }

  @Test("a repaired item leaves quarantine even if the same walk finds a deletion")
  func poisonAndDeletion() async throws {
    try await Trial.run { trial in
      trial.sandbox.faults = [FaultRule(.poison(position: 2, .text), path: "/playbooks")]
      #expect(try await trial.sync().status == .unusableData)
      let id = try #require(try trial.column("SELECT playbook_id FROM playbooks ORDER BY 1").first)
      try trial.sandbox.edit(.delete(.playbooks, id))
      #expect(try await trial.sync().status == .success)
      #expect(try trial.number("SELECT count(*) FROM sync_quarantine") == 0)
    }
  }

  @Test(
    "one session whose messages cannot be read does not stop the others",
    arguments: [
      Fault.status(500), .status(404), .status(403), .html, .missingItems,
    ])
  func poisonedParent(_ fault: Fault) async throws {
    try await Trial.run { trial in
      try await trial.sync { $0.resources = ["sessions"] }
      let id = try #require(try trial.column("SELECT session_id FROM sessions WHERE _settles_at IS NOT NULL ORDER BY 1").first)
      trial.sandbox.faults = [FaultRule(fault, path: "\(id)/messages", times: nil)]
      let report = try await trial.sync()
      #expect(report.status == .unavailable || report.status == .unusableData)
      #expect(try trial.column("SELECT parent FROM sync_quarantine WHERE resource = 'session_messages'") == [id])
      let others = trial.sandbox.objects(.sessionMessages).filter { !$0.contains("\"session_id\":\"\(id)\"") }
      let mirrored = try trial.column(
        "SELECT '{\"session_id\":\"' || session_id || '\",\"object\":' || _raw || '}' FROM session_messages")
      #expect(mirrored.sorted() == others.sorted())
      trial.sandbox.faults = []
      #expect(try await trial.sync().status == .success)
      try trial.expectMirrorEqualsServer()
      #expect(try trial.number("SELECT count(*) FROM sync_quarantine") == 0)
    }
  }

  @Test("a value that a list of secrets should never contain is not stored")
  func secretValue() async throws {
    try await Trial.run { trial in
      trial.sandbox.faults = [FaultRule(.secretValue, path: "/secrets", times: nil)]
      #expect(try await trial.sync().status == .success)
      #expect(try trial.number("SELECT count(*) FROM secrets WHERE _raw LIKE '%\"value\"%'") == 0)
      trial.sandbox.faults = []
      try trial.expectMirrorEqualsServer([.secrets])
    }
  }

  @Test("the key is removed from everything that the server echoes")
  func echoedKey() async throws {
    try await Trial.run { trial in
      trial.sandbox.faults = [FaultRule(.status(400, echoKey: true), path: "/playbooks", times: nil)]
      let report = try await trial.sync()
      let words = report.allProblems.map(\.message).joined()
      #expect(words.contains("cog_…"))
      #expect(!words.contains(trial.sandbox.scenario.key))
    }
  }

  @Test("a message of ten megabytes and a lone surrogate are mirrored")
  func oddTexts() async throws {
    try await Trial.run { trial in
      let huge = FaultRule(.hugeMessage(bytes: 10_000_000), path: "/messages")
      trial.sandbox.faults = [huge, FaultRule(.loneSurrogate, path: "/playbooks")]
      let report = try await trial.sync()
      #expect(report.status == .success)
      #expect(try trial.number("SELECT max(length(message)) FROM session_messages") > 10_000_000)
      #expect(try trial.number("SELECT count(*) FROM playbooks") == 8)
    }
  }
}
