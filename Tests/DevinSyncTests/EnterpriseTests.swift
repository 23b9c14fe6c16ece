import DevinAPI
import DevinSandbox
import DevinSync
import Foundation
import Testing

@Suite("A key of the enterprise")
struct EnterpriseTests {
  private static var enterprise: SandboxScenario {
    var scenario = SandboxScenario.small
    scenario.sessions = 12
    scenario.principal = .enterpriseServiceUser
    scenario.moreOrganizations = ["org-second"]
    return scenario
  }

  private func run(
    _ scenario: SandboxScenario = enterprise, _ body: @Sendable (Trial) async throws -> Void
  ) async throws {
    try await Trial.run(scenario) { trial in
      var trial = trial
      trial.organizations = []
      try await body(trial)
    }
  }

  @Test("everything of every organization is mirrored, byte for byte, and a second run has no news")
  func everything() async throws {
    try await run { trial in
      let report = try await trial.sync { $0.resources = ["all"] }
      #expect(report.status == .success, "\(report.allProblems.map(\.message))")
      #expect(report.resources.count == Catalogue.all.count)
      for resource in report.resources { #expect(resource.outcome == .complete, "\(resource.resource)") }
      try trial.expectMirrorEqualsServer(SandboxResource.every)
      #expect(try trial.column("SELECT * FROM sync_gaps") == [])
      #expect(try trial.column("SELECT resource FROM sync_drift") == [])

      let again = try await trial.sync { $0.resources = ["all"] }
      let written = again.resources.filter { $0.counts.written > 0 }.map(\.resource)
      #expect(written == ["queue_readings"])
    }
  }

  @Test("a run of the default set asks each list once, and the enterprise's where it has one")
  func requestsOfAQuietRun() async throws {
    try await run { trial in
      try await trial.sync()
      trial.clock.advance(by: .seconds(5))
      try await trial.sync()
      trial.sandbox.forgetRequests()
      #expect(try await trial.sync().totals.written == 0)
      let paths = trial.sandbox.requests.map { "\($0.path)?\($0.query)" }
      #expect(Set(paths).count == paths.count, "none is asked twice")
      let perOrganization = paths.filter { $0.contains("/v3/organizations/org-second/") }
      for covered in ["/sessions?", "/sessions/insights?", "/playbooks?", "/knowledge/notes?"] {
        #expect(!perOrganization.contains { $0.contains(covered) }, "\(covered)")
      }
      #expect(!paths.contains { $0.contains("/sessions/devin-") }, "none per session")
    }
  }

  @Test("where the enterprise's list is forbidden, those of its organizations stand in")
  func standIn() async throws {
    try await run { trial in
      trial.sandbox.permissions.subtract(["ViewAccountSessions", "ManageAccountPlaybooks"])
      let report = try await trial.sync { $0.resources = ["sessions", "playbooks"] }
      #expect(report.status == .success, "\(report.allProblems.map(\.message))")
      #expect(Set(try trial.column("SELECT DISTINCT org_id FROM sessions")).count == 2)
      try trial.expectMirrorEqualsServer([.sessions, .playbooks])
    }
  }

  @Test("a list that the enterprise does not tell is asked of the organization itself, in each run")
  func sameListElsewhere() async throws {
    try await run { trial in
      trial.sandbox.permissions.subtract(["ManageAccountMembership", "ViewAccountConsumption"])
      for _ in 1...2 {
        let report = try await trial.sync { $0.resources = ["organizations", "org_members", "daily_consumption"] }
        #expect(report.status == .success, "\(report.allProblems.map(\.message))")
        try trial.expectMirrorEqualsServer([.organizationMembers, .dailyConsumption])
      }
      trial.sandbox.permissions.remove("ViewOrgMembership")
      #expect(try await trial.sync { $0.resources = ["people"] }.status == .permission)
    }
  }

  @Test("organizations that are named are read alone, through their own lists")
  func namedOrganization() async throws {
    try await run { trial in
      var trial = trial
      trial.organizations = ["org-second"]
      #expect(try await trial.sync().status == .success)
      #expect(try trial.column("SELECT DISTINCT org_id FROM sessions") == ["org-second"])
      #expect(try trial.number("SELECT count(*) FROM users") > 0)
      trial.organizations = ["org-second", trial.sandbox.scenario.organizationID]
      #expect(try await trial.sync().status == .success)
      try trial.expectMirrorEqualsServer([.sessions, .sessionMessages, .secrets, .schedules])
    }
  }

  @Test(
    "a key that may not list the organizations is told which permission it lacks, and the enterprise's lists are mirrored all the same"
  )
  func organizationsUnknown() async throws {
    try await run { trial in
      trial.sandbox.permissions.remove("ManageOrganizations")
      let report = try await trial.sync()
      #expect(report.status == .configuration)
      #expect(report.allProblems.contains { $0.message.contains("ManageOrganizations") })
      #expect(try trial.number("SELECT count(*) FROM users") > 0)
    }
  }

  @Test("a row that two scopes list is deleted only when neither lists it any more")
  func twoScopes() async throws {
    try await run { trial in
      try await trial.sync { $0.resources = ["playbooks"] }
      var ofOrganization = trial
      ofOrganization.organizations = [trial.sandbox.scenario.organizationID]
      try await ofOrganization.sync { $0.resources = ["playbooks"] }
      let id = try trial.column("SELECT playbook_id FROM playbooks WHERE org_id = '\(trial.sandbox.scenario.organizationID)'")[0]
      let gone = "SELECT _deleted_at IS NOT NULL FROM playbooks WHERE playbook_id = '\(id)'"
      try trial.sandbox.edit(.delete(.playbooks, id))
      // The enterprise's list, read earlier, still holds it.
      try await ofOrganization.sync { $0.resources = ["playbooks"] }
      #expect(try trial.column(gone) == ["0"])
      try await trial.sync { $0.resources = ["playbooks"] }
      #expect(try trial.column(gone) == ["1"])
    }
  }

  @Test("a key of one organization asks for nothing of the enterprise, and says so where it was named")
  func outOfReach() async throws {
    try await Trial.run { trial in
      let report = try await trial.sync()
      #expect(report.status == .success)
      #expect(!trial.sandbox.requests.contains { $0.path.contains("/enterprise/") })
      #expect(report.outOfReach.isEmpty)
      #expect(try await trial.sync { $0.resources = ["all"] }.outOfReach.contains("users"))
      let named = try await trial.sync { $0.resources = ["users"] }
      #expect(named.status == .permission)
      #expect(named.allProblems.contains { $0.message.contains("enterprise key") })
      #expect(try await trial.sync { $0.resources = ["people"] }.status == .success)
    }
  }

  @Test("a path in beta is found under v3 once it has moved there")
  func movedBeta() async throws {
    var scenario = Self.enterprise
    scenario.betaMoved = true
    try await run(scenario) { trial in
      #expect(try await trial.sync { $0.resources = ["repositories", "guardrail_violations", "blueprints"] }.status == .success)
      try trial.expectMirrorEqualsServer([.repositories, .guardrailViolations, .blueprints])
    }
  }

  @Test("status counts under the enterprise what its lists tell, and under each organization its own")
  func status() async throws {
    try await run { trial in
      try await trial.sync()
      let status = try await MirrorStatus(database: trial.database)
      #expect(Set(status.entries.map(\.organization)) == ["", "org-second", trial.sandbox.scenario.organizationID])
      for entry in status.entries {
        #expect(entry.completedAt != nil, "\(entry.resource) of \(entry.organization)")
        if let claimed = entry.claimedRows { #expect(claimed == entry.rows, "\(entry.resource) of \(entry.organization)") }
      }
      let sessions = status.entries.filter { $0.resource == "sessions" }
      #expect(sessions.count == 3)
      #expect(sessions.map(\.rows).max() == sessions.map(\.rows).reduce(0, +) / 2)
    }
  }

  @Test("who may do what is what the lists of users, members and roles say together")
  func permissions() async throws {
    try await run { trial in
      try await trial.sync { $0.resources = ["people"] }
      #expect(try trial.number("SELECT count(*) FROM user_permissions") > 0)
      let doubles = "SELECT count(*) FROM user_roles GROUP BY user_id, org_id, role_id, source HAVING count(*) > 1"
      #expect(try trial.column(doubles) == [])
      let unknown = "SELECT count(*) FROM user_roles WHERE role_id NOT IN (SELECT role_id FROM roles)"
      #expect(try trial.number(unknown) == 0)
    }
  }

  @Test("downloads are asked for without the key, and their addresses are kept nowhere")
  func downloads() async throws {
    try await run { trial in
      #expect(try await trial.sync { $0.resources = ["machines"] }.status == .success)
      try trial.expectMirrorEqualsServer([.blueprintContents, .snapshotBuildLogs])
      let downloads = trial.sandbox.requests.filter { $0.path.contains("_downloads") }
      #expect(!downloads.isEmpty)
      #expect(downloads.allSatisfy { !$0.isAuthorized })
      let file = try Data(contentsOf: URL(fileURLWithPath: trial.database))
      for suffix in ["", "-wal"] {
        let bytes = suffix.isEmpty ? file : (try? Data(contentsOf: URL(fileURLWithPath: trial.database + suffix))) ?? Data()
        #expect(bytes.range(of: Data("_downloads".utf8)) == nil)
      }
    }
  }

  @Test("a feature that this deployment does not have is named and skipped")
  func absentFeature() async throws {
    var scenario = Self.enterprise
    scenario.absent = ["/v3/enterprise/org-group-limits", "/sessions/{id}/events", "/sessions/{id}/events/details"]
    try await run(scenario) { trial in
      let report = try await trial.sync { $0.resources = ["settings", "work"] }
      #expect(report.status == .success, "\(report.allProblems.map(\.message))")
      let outcomes = Dictionary(uniqueKeysWithValues: report.resources.map { ($0.resource, $0.outcome) })
      #expect(outcomes["org_groups"] == .absent)
      #expect(outcomes["session_events"] == .absent)
      #expect(outcomes["session_event_details"] == .absent)
    }
  }

  @Test("check tells of every resource whether this key may read it")
  func check() async throws {
    try await run { trial in
      trial.sandbox.permissions.subtract(["ManageBilling", "ManageOrgSecrets"])
      let report = try await trial.mirror().check()
      #expect(report.isEnterprise)
      let access = Dictionary(uniqueKeysWithValues: report.entries.map { ($0.resource, $0.access) })
      #expect(access["billing_cycles"] == .forbidden)
      #expect(access["secrets"] == .forbidden)
      for name in ["sessions", "session_messages", "audit_logs", "usage_metrics", "role_permissions", "blueprint_contents"] {
        #expect(access[name] == .readable, "\(name)")
      }
      #expect(report.requests < 100)
    }
  }
}
