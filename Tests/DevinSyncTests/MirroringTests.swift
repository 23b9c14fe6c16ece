import DevinSandbox
import DevinSync
import TestSupport
import Testing
import TrialSupport

@Suite("Mirroring an organization", .timeLimit(.minutes(60)))
struct MirroringTests {
  @Test("the first run mirrors everything, byte for byte")
  func firstRun() async throws {
    try await Trial.run { trial in
      let report = try await trial.sync()
      #expect(report.status == .success)
      #expect(report.resources.allSatisfy { $0.outcome == .complete })
      try trial.expectMirrorEqualsServer()
    }
  }

  @Test("lists of several pages are mirrored completely, with any cursors", arguments: SandboxScenario.CursorKind.allKinds)
  func pages(_ cursors: SandboxScenario.CursorKind) async throws {
    var scenario = SandboxScenario.paged
    scenario.cursors = cursors
    try await Trial.run(scenario) { trial in
      #expect(try await trial.sync().status == .success)
      try trial.expectMirrorEqualsServer()
    }
  }

  @Test("a run without changes needs about one request per list, however many sessions there are")
  func noNews() async throws {
    try await Trial.run(.paged) { trial in
      try await trial.sync()
      trial.sandbox.forgetRequests()
      let report = try await trial.sync()
      #expect(report.totals.written == 0)
      #expect(report.status == .success)
      let perSession = trial.sandbox.requests.filter { $0.path.contains("/sessions/devin-") }
      #expect(perSession.isEmpty)
      // One request for each list, and one more for each further page of the four snapshots of 210 rows.
      #expect(trial.sandbox.requestCounts.total <= Catalogue.all.count + 6)
    }
  }

  @Test("an unchanged row is not rewritten, and a changed one is recorded with its previous content")
  func changes() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      let playbook = try #require(try trial.column("SELECT playbook_id FROM playbooks ORDER BY 1").first)
      let before = try trial.column("SELECT _raw FROM playbooks WHERE playbook_id = '\(playbook)'")
      try trial.sandbox.edit(.update(.playbooks, playbook, set: ["title": "Another title"]))
      trial.clock.advance(by: .seconds(60))
      let report = try await trial.sync()
      #expect(report.totals.changed == 1)
      #expect(report.totals.inserted == 0)
      try trial.expectMirrorEqualsServer()
      #expect(try trial.column("SELECT before FROM sync_changes WHERE change = 'changed'") == before)
      #expect(try trial.number("SELECT count(*) FROM playbooks WHERE _changed_at > _first_synced_at") == 1)
    }
  }

  @Test("changes in the organization are mirrored, run after run")
  func news() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      for _ in 1...8 {
        try trial.sandbox.news(steps: 3)
        trial.clock.advance(by: .seconds(90_000))
        #expect(try await trial.sync().status == .success)
        try trial.expectMirrorEqualsServer()
      }
      #expect(try trial.number("SELECT count(*) FROM sync_runs WHERE status = 0") == 9)
    }
  }

  @Test("new messages of one session are read from its last page, and those of no other session")
  func tail() async throws {
    var scenario = SandboxScenario.small
    scenario.messagesPerSession = 0
    try await Trial.run(scenario) { trial in
      let session = try #require(try await Self.longSession(of: trial))
      try await trial.sync()
      #expect(try trial.number("SELECT count(*) FROM session_messages WHERE session_id = '\(session)'") >= 450)
      try trial.sandbox.edit(.appendMessages(session: session, count: 3))
      trial.sandbox.forgetRequests()
      let report = try await trial.sync()
      #expect(report.resources.first { $0.resource == "session_messages" }?.counts.inserted == 3)
      let asked = trial.requests(ending: "/messages")
      #expect(asked.count == 1)
      #expect(asked.first?.query.contains("after=") == true)
      try trial.expectMirrorEqualsServer()
    }
  }

  private static func longSession(of trial: Trial) async throws -> String? {
    let first = try await trial.sync { $0.resources = ["sessions"] }
    #expect(first.status == .success)
    let session = try trial.column("SELECT session_id FROM sessions WHERE _settles_at IS NOT NULL ORDER BY 1").first
    if let session { try trial.sandbox.edit(.appendMessages(session: session, count: 450)) }
    return session
  }

  @Test("naming a child resource alone reads the child lists of parents already mirrored, and --skip leaves out")
  func selection() async throws {
    try await Trial.run { trial in
      try await trial.sync { $0.resources = ["sessions"] }
      #expect(try trial.number("SELECT count(*) FROM session_messages") == 0)
      trial.sandbox.forgetRequests()
      try await trial.sync { $0.resources = ["session_messages"] }
      try trial.expectMirrorEqualsServer([.sessions, .sessionMessages])
      #expect(trial.requests(ending: "/sessions").isEmpty)
      try await trial.sync { $0.skip = ["session_insights", "session_attachments"] }
      #expect(try trial.number("SELECT count(*) FROM session_insights") == 0)
      try trial.expectMirrorEqualsServer([.playbooks, .secrets, .schedules])
    }
  }

  @Test("a full run reads everything again and changes nothing")
  func fullRun() async throws {
    try await Trial.run { trial in
      let first = try await trial.sync()
      let second = try await trial.sync { $0.full = true }
      #expect(second.resources.map(\.counts.rows) == first.resources.map(\.counts.rows))
      #expect(second.totals.written == 0)
      #expect(second.status == .success)
    }
  }

  @Test("two organizations in one file do not mix")
  func twoOrganizations() async throws {
    try await Trial.run { trial in
      // Their scans and machines have the same ids in both sandboxes, unlike real ones.
      var options = SyncOptions()
      options.skip = ["code", "machines"]
      try await trial.sync { $0 = options }
      let before = try trial.number("SELECT count(*) FROM sessions")
      var other = SandboxScenario.small
      other.seed = 2
      other.organizationID = "org-other"
      try await Sandbox.run(other) { sandbox in
        var mirror = try trial.mirror()
        mirror.organizations = [other.organizationID]
        mirror.address = try APIAddress(sandbox.url)
        #expect(try await mirror.sync(options).status == .success)
        #expect(try await mirror.sync(options).totals.written == 0)
      }
      #expect(try trial.number("SELECT count(*) FROM sessions WHERE _deleted_at IS NULL") == before + 30)
      let again = try await trial.sync { $0 = options }
      // The sandboxes share one principal, whose organization is the one that was read last.
      #expect(again.resources.filter { $0.counts.written > 0 }.map(\.resource) == ["credential"])
      #expect(try trial.number("SELECT count(*) FROM sync_changes WHERE change = 'deleted'") == 0)
    }
  }

  @Test("a personal key without an organization ends the run with a configuration error")
  func noOrganization() async throws {
    var scenario = SandboxScenario.small
    scenario.principal = .personalToken
    try await Trial.run(scenario) { trial in
      var mirror = try trial.mirror()
      mirror.organizations = []
      await #expect { try await mirror.sync() } throws: { error in
        let error = error as? SyncError
        return error?.status == .configuration && error?.message.contains("belongs to no organization") == true
      }
    }
  }

  @Test("the organization is determined by the key if it is not named")
  func organizationOfTheKey() async throws {
    try await Trial.run { trial in
      var mirror = try trial.mirror()
      mirror.organizations = []
      let report = try await mirror.sync()
      #expect(report.organization == trial.sandbox.scenario.organizationID)
      #expect(report.status == .success)
    }
  }
}

extension SandboxScenario.CursorKind {
  static var allKinds: [Self] { [.key, .offset] }
}
