import DevinSandbox
import DevinSync
import TestSupport
import Testing
import TrialSupport

@Suite("Rows that one walk omitted", .timeLimit(.minutes(60)))
struct LeftOutTests {
  private static let day = Duration.seconds(90_000)

  struct Case: Sendable, CustomTestStringConvertible {
    let form: SandboxScenario.SessionIDs
    let count: Int
    let resource: String
    /// Number of pages of the walk that omits rows.
    let pages: Int

    var testDescription: String { "\(count) \(resource), filter on ids: \(form.rawValue)" }

    static let all = SandboxScenario.SessionIDs.allCases.flatMap { form in
      [7, 60].flatMap { count in
        [
          Case(form: form, count: count, resource: "sessions", pages: 2),
          Case(form: form, count: count, resource: "session_insights", pages: count == 7 ? 8 : 7),
        ]
      }
    }
  }

  @Test("only deleted sessions are marked as deleted, whatever form of ids the server matches", arguments: Case.all)
  func sessions(_ example: Case) async throws {
    var scenario = SandboxScenario()
    scenario.sessions = 400
    scenario.messagesPerSession = 1
    scenario.sessionIDs = example.form
    try await Trial.run(scenario) { trial in
      try await trial.sync { $0.resources = [example.resource] }
      let ids = try trial.column("SELECT session_id FROM \(example.resource) ORDER BY session_id")
      let deleted = Array(ids.prefix(3))
      let leftOut = Array(ids.dropFirst(3).prefix(example.count))
      for id in deleted + leftOut { try trial.sandbox.edit(.delete(.sessions, id)) }
      // The walk has read its pages by then: one request for the key, and one for each page.
      trial.sandbox.atRequest(example.pages + 2) {
        for id in leftOut { _ = try? trial.sandbox.edit(.restore(.sessions, id)) }
      }
      trial.clock.advance(by: Self.day)
      let report = try await trial.sync { $0.resources = [example.resource] }
      #expect(report.status == .success)
      let marked = try trial.column("SELECT session_id FROM \(example.resource) WHERE _deleted_at IS NOT NULL ORDER BY 1")
      #expect(marked == deleted)
    }
  }

  @Test("a 404 of single rows proves nothing if the path does not even find a row that exists")
  func noSingleReads() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      try trial.leaveOutPlaybook()
      let report = try await trial.sync { $0.resources = ["playbooks"] }
      #expect(report.status == .success)
      #expect(try trial.number("SELECT count(*) FROM playbooks WHERE _deleted_at IS NOT NULL") == 0)
    }
  }

  @Test("verify reports no row as deleted if single reads do not even find a row that exists")
  func verifying() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      try trial.leaveOutPlaybook()
      var options = VerifyOptions()
      options.resources = ["playbooks"]
      #expect(try await trial.mirror().verify(options).differences == [])
    }
  }
}

extension Trial {
  /// The next list of playbooks omits one that exists, and single ones cannot be read.
  fileprivate func leaveOutPlaybook() throws {
    let id = try #require(try column("SELECT playbook_id FROM playbooks ORDER BY 1").first)
    try sandbox.edit(.delete(.playbooks, id))
    sandbox.faults = [FaultRule(.status(404), path: "/playbooks/", times: nil)]
    // After the requests for the key and the list.
    sandbox.atRequest(3) { [sandbox] in _ = try? sandbox.edit(.restore(.playbooks, id)) }
  }
}

@Suite("Lists that are suddenly empty or removed", .timeLimit(.minutes(60)))
struct EmptiedTests {
  @Test(
    "a list that held rows and comes back empty is held back in every run, until it returns rows or is skipped",
    arguments: [
      ("knowledge_notes", "/notes"), ("knowledge_folders", "/folders"), ("schedules", "/schedules"),
      ("playbooks", "/playbooks"),
    ])
  func emptied(_ resource: String, _ path: String) async throws {
    try await Trial.run { trial in
      try await trial.sync()
      let held = try trial.number("SELECT count(*) FROM \(resource)")
      #expect(held >= 2 && held <= 24)
      trial.sandbox.faults = [FaultRule(.emptyList, path: path + "$", times: nil)]
      for _ in 1...2 {
        let report = try await trial.sync()
        #expect(report.status == .unusableData)
        let words = report.allProblems.map(\.message).joined()
        #expect(words.contains("\(resource): the list is empty, but had \(held) rows"))
        #expect(words.contains("skills") == resource.hasPrefix("knowledge"))
        #expect(words.contains("automations") == (resource == "schedules"))
        #expect(try trial.number("SELECT count(*) FROM \(resource) WHERE _deleted_at IS NULL") == held)
      }
      #expect(try await trial.sync { $0.skip = [resource] }.status == .success)
      trial.sandbox.faults = []
      #expect(try await trial.sync().status == .success)
      try trial.expectMirrorEqualsServer()
    }
  }

  @Test("two rows are enough for that; a list of one may become empty")
  func fewRows() async throws {
    var scenario = SandboxScenario.small
    scenario.schedules = 2
    scenario.secrets = 1
    try await Trial.run(scenario) { trial in
      try await trial.sync()
      #expect(try trial.number("SELECT count(*) FROM schedules") == 2)
      for (resource, key) in [(SandboxResource.schedules, "scheduled_session_id"), (.secrets, "secret_id")] {
        for id in try trial.column("SELECT \(key) FROM \(resource.rawValue)") { try trial.sandbox.edit(.delete(resource, id)) }
      }
      let report = try await trial.sync()
      #expect(report.status == .unusableData)
      #expect(try trial.number("SELECT count(*) FROM schedules WHERE _deleted_at IS NOT NULL") == 0)
      #expect(try trial.number("SELECT count(*) FROM secrets WHERE _deleted_at IS NOT NULL") == 1)
      #expect(try await trial.sync { $0.allowMassDeletion = true }.status == .success)
      #expect(try trial.number("SELECT count(*) FROM schedules WHERE _deleted_at IS NOT NULL") == 2)
    }
  }

  @Test("verify --repair does not mark rows that are missing in an empty list")
  func verifying() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      trial.sandbox.faults = [
        FaultRule(.emptyList, path: "/schedules$", times: nil), FaultRule(.status(404), path: "/schedules/", times: nil),
      ]
      var options = VerifyOptions()
      options.resources = ["schedules"]
      options.repair = true
      #expect(try await trial.mirror().verify(options).status == .unusableData)
      #expect(try trial.number("SELECT count(*) FROM schedules WHERE _deleted_at IS NOT NULL") == 0)
    }
  }

  @Test("an empty list is accepted if people may empty it at once")
  func mayBeEmptied() async throws {
    var scenario = SandboxScenario.small
    scenario.principal = .enterpriseServiceUser
    try await Trial.run(scenario) { trial in
      try await trial.sync()
      let held = try trial.number("SELECT count(*) FROM ip_access_list")
      #expect(held >= 2)
      let empty = Fault.answer(status: 200, headers: ["content-type": "application/json"], body: #"{"ip_ranges": []}"#)
      trial.sandbox.faults = [FaultRule(empty, path: "/ip-access-list", times: nil)]
      #expect(try await trial.sync().status == .success)
      #expect(try trial.number("SELECT count(*) FROM ip_access_list WHERE _deleted_at IS NOT NULL") == held)
    }
  }

  @Test("a list that worked and returns 404 ends every run with 77 and the likely reason, its rows unmarked")
  func withdrawn() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      trial.sandbox.absent = ["/knowledge/notes"]
      for _ in 1...2 {
        let report = try await trial.sync()
        #expect(report.status == .permission)
        #expect(report.allProblems.map(\.message).joined().contains("skills"))
        #expect(try trial.number("SELECT count(*) FROM knowledge_notes WHERE _deleted_at IS NULL") == 24)
      }
      #expect(try await trial.sync { $0.skip = ["knowledge_notes"] }.status == .success)
      trial.sandbox.absent = []
      #expect(try await trial.sync().status == .success)
    }
  }
}
