import DevinSandbox
import DevinSync
import TestSupport
import Testing
import TrialSupport

@Suite("Deletions", .timeLimit(.minutes(60)))
struct DeletionTests {
  static let swept: [SandboxResource] = [
    .sessions, .sessionInsights, .playbooks, .knowledgeNotes, .knowledgeFolders, .secrets, .schedules,
  ]

  private static func key(_ resource: SandboxResource) -> String { resource.key ?? "principal_id" }

  /// More than a day, so that everything that is due daily is due again.
  private static let day = Duration.seconds(90_000)

  @Test("a row removed from its list is marked as deleted and keeps its content; if it returns, it is restored", arguments: swept)
  func deletionAndReturn(_ resource: SandboxResource) async throws {
    try await Trial.run { trial in
      try await trial.sync()
      let table = resource.rawValue
      let served: SandboxResource = resource == .sessionInsights ? .sessions : resource
      let id = try #require(try trial.column("SELECT \(Self.key(resource)) FROM \(table) ORDER BY 1").first)
      try trial.sandbox.edit(.delete(served, id))
      trial.clock.advance(by: Self.day)
      #expect(try await trial.sync().status == .success)
      #expect(try trial.column("SELECT \(Self.key(resource)) FROM \(table) WHERE _deleted_at IS NOT NULL") == [id])
      #expect(try trial.number("SELECT count(*) FROM sync_changes WHERE resource = '\(table)' AND change = 'deleted'") == 1)
      try trial.sandbox.edit(.restore(served, id))
      trial.clock.advance(by: Self.day)
      #expect(try await trial.sync().status == .success)
      #expect(try trial.number("SELECT count(*) FROM \(table) WHERE _deleted_at IS NOT NULL") == 0)
      try trial.expectMirrorEqualsServer([resource])
    }
  }

  @Test("an attachment removed from a session is marked as deleted after the session changed")
  func attachments() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      let row = try trial.column("SELECT session_id || ' ' || attachment_id FROM session_attachments ORDER BY 1").first
      let ids = try #require(row).split(separator: " ").map(String.init)
      try trial.sandbox.edit(.delete(.sessionAttachments, ids[1], session: ids[0]))
      try trial.sandbox.edit(.appendMessages(session: ids[0]))
      #expect(try await trial.sync().status == .success)
      #expect(try trial.column("SELECT attachment_id FROM session_attachments WHERE _deleted_at IS NOT NULL") == [ids[1]])
      try trial.expectMirrorEqualsServer([.sessionAttachments])
    }
  }

  @Test(
    "a row that a list omits although it exists is not marked",
    arguments: swept.filter { $0 != .knowledgeFolders && $0 != .secrets })
  func confirmation(_ resource: SandboxResource) async throws {
    try await Trial.run { trial in
      try await trial.sync()
      let path =
        resource == .sessionInsights ? "/sessions/insights" : resource == .knowledgeNotes ? "/notes" : "/\(resource.rawValue)"
      trial.sandbox.faults = [FaultRule(.dropItem(position: 3), path: path)]
      trial.clock.advance(by: Self.day)
      let report = try await trial.sync { $0.resources = [resource.rawValue] }
      #expect(try trial.number("SELECT count(*) FROM \(resource.rawValue) WHERE _deleted_at IS NOT NULL") == 0)
      #expect(report.totals.deleted == 0)
      trial.sandbox.faults = []
      trial.clock.advance(by: Self.day)
      #expect(try await trial.sync().status == .success)
      try trial.expectMirrorEqualsServer([resource])
    }
  }

  @Test("without single reads, a second walk confirms missing rows", arguments: [SandboxResource.knowledgeFolders, .secrets])
  func secondWalk(_ resource: SandboxResource) async throws {
    try await Trial.run { trial in
      try await trial.sync()
      let path = resource == .secrets ? "/secrets" : "/folders"
      trial.sandbox.faults = [FaultRule(.dropItem(position: 1), path: path)]
      #expect(try await trial.sync { $0.resources = [resource.rawValue] }.totals.deleted == 0)
      #expect(trial.requests(ending: path).count >= 2)
      try trial.expectMirrorEqualsServer([resource])
    }
  }

  @Test("if an unlikely share of a list is missing, nothing is marked until it is allowed")
  func brake() async throws {
    var scenario = SandboxScenario.small
    scenario.notes = 30
    try await Trial.run(scenario) { trial in
      try await trial.sync()
      for id in try trial.column("SELECT note_id FROM knowledge_notes LIMIT 15") {
        try trial.sandbox.edit(.delete(.knowledgeNotes, id))
      }
      let braked = try await trial.sync()
      #expect(braked.status == .unusableData)
      #expect(braked.allProblems.contains { $0.message.contains("Nothing was marked as deleted") })
      #expect(try trial.number("SELECT count(*) FROM knowledge_notes WHERE _deleted_at IS NOT NULL") == 0)
      let allowed = try await trial.sync { $0.allowMassDeletion = true }
      #expect(allowed.status == .success)
      try trial.expectMirrorEqualsServer([.knowledgeNotes])
    }
  }

  @Test("many small lists that are suddenly empty trigger the brake like a large one")
  func brakeOverParents() async throws {
    var scenario = SandboxScenario.small
    scenario.sessions = 80
    try await Trial.run(scenario) { trial in
      try await trial.sync()
      let held = try trial.number("SELECT count(*) FROM session_attachments")
      #expect(held > 15)
      trial.sandbox.faults = [FaultRule(.emptyList, path: "/attachments", times: nil)]
      let braked = try await trial.sync { $0.full = true }
      #expect(braked.status == .unusableData)
      let marked = try trial.number("SELECT count(*) FROM session_attachments WHERE _deleted_at IS NOT NULL")
      #expect(marked <= max(10, held / 5))
      trial.sandbox.faults = []
      #expect(try await trial.sync { $0.full = true }.status == .success)
      try trial.expectMirrorEqualsServer([.sessionAttachments])
    }
  }

  @Test("rows that return after an allowed deletion are restored")
  func allowedAndReturned() async throws {
    var scenario = SandboxScenario.small
    scenario.playbooks = 500
    try await Trial.run(scenario) { trial in
      try await trial.sync()
      trial.sandbox.faults = [
        FaultRule(.emptyList, path: "/playbooks$", times: nil), FaultRule(.status(404), path: "/playbooks/", times: nil),
      ]
      let braked = try await trial.sync { $0.resources = ["playbooks"] }
      #expect(braked.status == .unusableData && braked.totals.deleted == 0)
      #expect(try trial.column("SELECT held_back_rows FROM sync_health WHERE resource = 'playbooks' AND NOT is_whole") == ["500"])
      let allowed = try await trial.sync {
        $0.resources = ["playbooks"]
        $0.allowMassDeletion = true
      }
      #expect(allowed.status == .success && allowed.totals.deleted == 500)
      trial.sandbox.faults = []
      #expect(try await trial.sync().status == .success)
      #expect(try trial.number("SELECT count(*) FROM playbooks WHERE _deleted_at IS NOT NULL") == 0)
      try trial.expectMirrorEqualsServer([.playbooks])
    }
  }

  @Test("rows seen only by another key are not marked until that is allowed; rows seen by this key are")
  func otherKey() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      let ids = try trial.column("SELECT playbook_id FROM playbooks ORDER BY 1")
      try trial.sandbox.edit(.update(.credential, "", set: ["service_user_id": "another"]))
      try trial.sandbox.edit(.delete(.playbooks, ids[0]))
      for _ in 1...2 {
        let report = try await trial.sync()
        #expect(report.status == .unusableData)
        #expect(report.allProblems.contains { $0.message.contains("another key could read") })
        #expect(try trial.number("SELECT count(*) FROM playbooks WHERE _deleted_at IS NOT NULL") == 0)
      }
      try trial.sandbox.edit(.delete(.playbooks, ids[1]))
      #expect(try await trial.sync().totals.deleted == 1)
      #expect(try trial.column("SELECT playbook_id FROM playbooks WHERE _deleted_at IS NOT NULL") == [ids[1]])
      #expect(try await trial.sync { $0.allowMassDeletion = true }.status == .success)
      try trial.expectMirrorEqualsServer([.playbooks])
      #expect(try trial.column("SELECT DISTINCT principal FROM sync_runs ORDER BY run_id").last?.hasSuffix("another") == true)
    }
  }

  @Test("a run that cannot determine the owner of its key does not change which principal saw the rows")
  func unknownKey() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      let id = try #require(try trial.column("SELECT playbook_id FROM playbooks ORDER BY 1").first)
      trial.sandbox.faults = [FaultRule(.status(404), path: "/self", times: nil)]
      _ = try await trial.sync()
      trial.sandbox.faults = []
      try trial.sandbox.edit(.delete(.playbooks, id))
      #expect(try await trial.sync().status == .success)
      try trial.expectMirrorEqualsServer([.playbooks])
    }
  }

  @Test(
    "no walk that was interrupted, forbidden or suspicious marks a row",
    arguments: [
      Fault.status(500), .status(403), .status(404), .html, .missingItems, .itemsNotList(.object), .truncateJSON,
      .wrongTotal(delta: 5), .redirect(location: "https://example.com/"), .invalidUTF8,
    ])
  func suspiciousWalks(_ fault: Fault) async throws {
    var scenario = SandboxScenario.small
    scenario.playbooks = 6
    try await Trial.run(scenario) { trial in
      try await trial.sync()
      let id = try #require(try trial.column("SELECT playbook_id FROM playbooks ORDER BY 1").first)
      try trial.sandbox.edit(.delete(.playbooks, id))
      trial.sandbox.faults = [FaultRule(fault, path: "/playbooks", times: nil)]
      let report = try await trial.sync { $0.resources = ["playbooks"] }
      #expect(report.status != .success)
      #expect(try trial.number("SELECT count(*) FROM playbooks WHERE _deleted_at IS NOT NULL") == 0)
      trial.sandbox.faults = []
      #expect(try await trial.sync().status == .success)
      try trial.expectMirrorEqualsServer([.playbooks])
    }
  }
}
