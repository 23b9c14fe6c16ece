import DevinSandbox
import DevinSync
import Testing
import TrialSupport

@Suite("Permissions", .timeLimit(.minutes(60)))
struct PermissionTests {
  @Test("resources that the key was never allowed to read are named and skipped")
  func neverAllowed() async throws {
    try await Trial.run { trial in
      trial.sandbox.permissions.remove("ManageOrgSecrets")
      let report = try await trial.sync()
      #expect(report.status == .success)
      #expect(report.resources.first { $0.resource == "secrets" }?.outcome == .forbidden)
      #expect(try trial.column("SELECT refused_status FROM sync_checkpoints WHERE resource = 'secrets'") == ["403"])
    }
  }

  @Test("without the permission for sessions, all of their child lists are skipped too")
  func sessionsForbidden() async throws {
    try await Trial.run { trial in
      trial.sandbox.permissions.remove("ViewOrgSessions")
      let report = try await trial.sync()
      #expect(report.status == .success)
      #expect(report.resources.first { $0.resource == "sessions" }?.outcome == .forbidden)
      try trial.expectMirrorEqualsServer([.playbooks, .knowledgeNotes])
    }
  }

  @Test("child lists of sessions that a deployment does not have are skipped after a few requests", arguments: [404, 403])
  func childrenAbsent(_ status: Int) async throws {
    try await Trial.run { trial in
      trial.sandbox.faults = [FaultRule(.status(status), path: "/attachments", times: nil)]
      let report = try await trial.sync()
      #expect(report.status == .success)
      let outcome = report.resources.first { $0.resource == "session_attachments" }?.outcome
      #expect(outcome == (status == 404 ? .absent : .forbidden))
      #expect(try trial.number("SELECT count(*) FROM sync_quarantine") == 0)
      #expect(trial.sandbox.requests.count { $0.path.hasSuffix("/attachments") } <= 30, "each path has two forms")
      try trial.expectMirrorEqualsServer([.sessions, .sessionMessages])
    }
  }

  @Test("a removed permission ends with 77 and keeps the rows, and everything works again when it is restored")
  func lostAndRegained() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      trial.sandbox.permissions.remove("ManageOrgPlaybooks")
      let report = try await trial.sync()
      #expect(report.status == .permission)
      #expect(report.allProblems.contains { $0.message.contains("ManageOrgPlaybooks") })
      #expect(try trial.number("SELECT count(*) FROM playbooks WHERE _deleted_at IS NULL") == 8)
      trial.sandbox.permissions = SandboxScenario.allPermissions
      #expect(try await trial.sync().status == .success)
      try trial.expectMirrorEqualsServer()
    }
  }

  @Test("a rejected key stops everything with 77")
  func refusedKey() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      trial.sandbox.isKeyRevoked = true
      trial.sandbox.forgetRequests()
      let report = try await trial.sync()
      #expect(report.status == .permission)
      #expect(report.allProblems.count == 1)
      #expect(trial.sandbox.requestCounts.total <= Catalogue.all.count)
      #expect(try trial.number("SELECT count(*) FROM playbooks WHERE _deleted_at IS NULL") == 8)
    }
  }

  @Test("check reports what the key may read and stores nothing")
  func check() async throws {
    try await Trial.run { trial in
      trial.sandbox.permissions.remove("ManageOrgSecrets")
      let report = try await trial.mirror().check()
      #expect(report.entries.count == Catalogue.all.count)
      for entry in report.entries {
        let isOfEnterprise = Catalogue.resource(named: entry.resource)?.sources.allSatisfy {
          $0.reach == .enterprise || $0.reach == .organizationOfEnterprise
        }
        switch (entry.resource, isOfEnterprise) {
        case ("secrets", _): #expect(entry.access == .forbidden)
        case (_, true): #expect(entry.access == .enterpriseOnly, "\(entry.resource)")
        // Half of the pull requests have no review, and an organization key finds no service users.
        case ("pr_reviews", _), ("service_user_daily_consumption", _), ("snapshot_build_logs", _): break
        default: #expect(entry.access == .readable, "\(entry.resource)")
        }
      }
    }
  }
}
