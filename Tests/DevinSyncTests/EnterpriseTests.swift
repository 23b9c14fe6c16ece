import DevinAPI
import DevinSandbox
import DevinSync
import Foundation
import TestSupport
import Testing
import TrialSupport

@Suite("An enterprise key")
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

  @Test("everything of every organization is mirrored, byte for byte, and a second run finds no changes")
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

  @Test("a run of the default set requests each list once, and the enterprise's list if there is one")
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

  @Test("if the enterprise's list is forbidden, those of its organizations are read instead")
  func standIn() async throws {
    try await run { trial in
      trial.sandbox.permissions.subtract(["ViewAccountSessions", "ManageAccountPlaybooks"])
      let report = try await trial.sync { $0.resources = ["sessions", "playbooks"] }
      #expect(report.status == .success, "\(report.allProblems.map(\.message))")
      #expect(Set(try trial.column("SELECT DISTINCT org_id FROM sessions")).count == 2)
      try trial.expectMirrorEqualsServer([.sessions, .playbooks])
    }
  }

  @Test("a list that the enterprise does not serve is requested from the organization itself, in each run")
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

  @Test("if organizations are named, only they are read, through their own lists")
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

  @Test("lists that a run of the whole enterprise left unread do not fail a run that names an organization, and stay pending")
  func namedAfterFailure() async throws {
    try await run { trial in
      let first = trial.sandbox.scenario.organizationID
      trial.sandbox.faults = [FaultRule(.status(500), path: "/enterprise/playbooks$", times: nil)]
      let failed = try await read(.playbooks, trial)
      #expect(failed.status == .unavailable)
      trial.sandbox.faults = []
      #expect(try await read(.playbooks, trial, naming: [first]).status == .success)
      #expect(try incomplete(trial) == ["playbooks of the enterprise"])
    }
  }

  @Test(
    "a key that may not list the organizations is reported with the missing permission, and the enterprise's lists are mirrored"
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

  // MARK: - Lists that hold the same rows

  private static let shared: [SandboxResource] = [.playbooks, .knowledgeNotes, .sessions, .sessionInsights]

  /// A run of one resource, after more than a day.
  @discardableResult
  private func read(_ resource: SandboxResource, _ trial: Trial, naming organizations: [String] = []) async throws -> SyncReport {
    trial.clock.advance(by: .seconds(90_000))
    var trial = trial
    trial.organizations = organizations
    return try await trial.sync { $0.resources = ["organizations", resource.rawValue] }
  }

  private func delete(_ resource: SandboxResource, _ id: String, _ trial: Trial) throws {
    try trial.sandbox.edit(.delete(resource == .sessionInsights ? .sessions : resource, id))
  }

  private func anyOfFirst(_ resource: SandboxResource, _ trial: Trial) throws -> String {
    let first = trial.sandbox.scenario.organizationID
    let sql = "SELECT \(resource.key ?? "") FROM \(resource.rawValue) WHERE org_id = '\(first)' ORDER BY 1"
    return try #require(try trial.column(sql).first)
  }

  private func deleted(_ resource: SandboxResource, _ trial: Trial) throws -> [String] {
    try trial.column("SELECT \(resource.key ?? "") FROM \(resource.rawValue) WHERE _deleted_at IS NOT NULL ORDER BY 1")
  }

  /// What is incomplete, according to the view.
  private func incomplete(_ trial: Trial) throws -> [String] {
    try trial.column(
      "SELECT resource || ' of ' || iif(org_id = '', 'the enterprise', org_id) FROM sync_health WHERE NOT is_whole ORDER BY 1")
  }

  @Test(
    "a row is marked by the list of its organization if the server deleted it, even if only the enterprise's list had seen it",
    arguments: shared)
  func goneFromOrganization(_ resource: SandboxResource) async throws {
    try await run { trial in
      let first = trial.sandbox.scenario.organizationID
      try await read(resource, trial)
      let id = try anyOfFirst(resource, trial)
      try delete(resource, id, trial)
      #expect(try await read(resource, trial, naming: [first]).status == .success)
      #expect(try deleted(resource, trial) == [id])
      #expect(try await read(resource, trial).status == .success)
      try trial.expectMirrorEqualsServer([resource])
    }
  }

  @Test("a row that both lists had seen is marked as deleted by whichever is read next", arguments: shared, [true, false])
  func goneFromBoth(_ resource: SandboxResource, _ isOfOrganization: Bool) async throws {
    try await run { trial in
      let first = trial.sandbox.scenario.organizationID
      try await read(resource, trial)
      try await read(resource, trial, naming: [first])
      let id = try anyOfFirst(resource, trial)
      try delete(resource, id, trial)
      #expect(try await read(resource, trial, naming: isOfOrganization ? [first] : []).status == .success)
      #expect(try deleted(resource, trial) == [id])
      #expect(try incomplete(trial) == [])
      #expect(try await read(resource, trial).status == .success)
      try trial.expectMirrorEqualsServer([resource])
    }
  }

  @Test("a row that only the list of its organization had seen is marked as deleted by the enterprise's list", arguments: shared)
  func goneFromEnterprise(_ resource: SandboxResource) async throws {
    try await run { trial in
      let first = trial.sandbox.scenario.organizationID
      try await read(resource, trial)
      let made = try trial.sandbox.edit(.create(resource == .sessionInsights ? .sessions : resource)).ids[0]
      try await read(resource, trial, naming: [first])
      let id = try #require(
        try trial.column("SELECT \(resource.key ?? "") FROM \(resource.rawValue) WHERE \(resource.key ?? "") = '\(made)'").first)
      try delete(resource, id, trial)
      #expect(try await read(resource, trial).status == .success)
      #expect(try deleted(resource, trial) == [id])
      #expect(try incomplete(trial) == [])
      try trial.expectMirrorEqualsServer([resource])
    }
  }

  /// Removes a row from the answers of one list, as if it were invisible to the key there.
  private func hide(_ id: String, at path: String, _ trial: Trial) throws {
    let row = try #require(try trial.column("SELECT _raw FROM playbooks WHERE playbook_id = '\(id)'").first)
    trial.sandbox.rewriteAnswers { asked, body in
      let text = String(decoding: body, as: UTF8.self)
      guard asked.hasSuffix(path), text.contains(row) else { return body }
      let rest = text.replacing(row + ",", with: "").replacing("," + row, with: "")
      return Array(rest.replacing(/"total":[0-9]+/, with: "\"total\":null").utf8)
    }
  }

  @Test(
    "a row that is only in the enterprise's list, and not in that of its organization, stays, and both lists are complete")
  func seenByEnterpriseAlone() async throws {
    try await run { trial in
      let first = trial.sandbox.scenario.organizationID
      try await read(.playbooks, trial)
      try hide(try anyOfFirst(.playbooks, trial), at: "\(first)/playbooks", trial)
      for organizations in [[first], [first], []] {
        #expect(try await read(.playbooks, trial, naming: organizations).status == .success)
        #expect(try deleted(.playbooks, trial) == [])
        #expect(try incomplete(trial) == [])
      }
      try trial.expectMirrorEqualsServer([.playbooks])
    }
  }

  @Test(
    "a row that is only in the list of its organization, and not in the enterprise's, stays, and both lists are complete")
  func seenByOrganizationAlone() async throws {
    try await run { trial in
      try await read(.playbooks, trial)
      let made = try trial.sandbox.edit(.create(.playbooks)).ids[0]
      try await read(.playbooks, trial, naming: [trial.sandbox.scenario.organizationID])
      try hide(made, at: "/enterprise/playbooks", trial)
      for _ in 1...2 {
        #expect(try await read(.playbooks, trial).status == .success)
        #expect(try deleted(.playbooks, trial) == [])
        #expect(try incomplete(trial) == [])
      }
      try trial.expectMirrorEqualsServer([.playbooks])
    }
  }

  @Test("if single rows cannot be read from the enterprise, its list is read to find missing rows, and nothing of it is stored")
  func askedByList() async throws {
    try await run { trial in
      let first = trial.sandbox.scenario.organizationID
      try await read(.playbooks, trial)
      let id = try anyOfFirst(.playbooks, trial)
      try trial.sandbox.edit(.delete(.playbooks, id))
      let others = "SELECT _raw FROM playbooks WHERE org_id IS NOT '\(first)' ORDER BY 1"
      let before = try trial.column(others)
      trial.sandbox.faults = [FaultRule(.status(404), path: "/enterprise/playbooks/", times: nil)]
      trial.sandbox.forgetRequests()
      #expect(try await read(.playbooks, trial, naming: [first]).status == .success)
      #expect(trial.requests(ending: "/enterprise/playbooks").count == 2)
      #expect(try deleted(.playbooks, trial) == [id])
      #expect(try trial.column(others) == before)
      #expect(try incomplete(trial) == [])
    }
  }

  @Test(
    "a missing row that the enterprise cannot be asked about stays, its list is incomplete, and this is settled later")
  func undecided() async throws {
    try await run { trial in
      let first = trial.sandbox.scenario.organizationID
      try await read(.playbooks, trial)
      let id = try anyOfFirst(.playbooks, trial)
      try trial.sandbox.edit(.delete(.playbooks, id))
      trial.sandbox.permissions.remove("ManageAccountPlaybooks")
      for _ in 1...2 {
        let report = try await read(.playbooks, trial, naming: [first])
        #expect(report.status == .unusableData)
        #expect(report.allProblems.map(\.message).contains { $0.contains("1 row of the enterprise's list") })
        #expect(try deleted(.playbooks, trial) == [])
        #expect(try incomplete(trial) == ["playbooks of \(first)"])
      }
      trial.sandbox.permissions.insert("ManageAccountPlaybooks")
      #expect(try await read(.playbooks, trial).status == .success)
      #expect(try deleted(.playbooks, trial) == [id])
      #expect(try incomplete(trial) == [])
      try trial.expectMirrorEqualsServer([.playbooks])
    }
  }

  @Test("rows that only the enterprise's list had seen are marked by the list of their organization if that is allowed")
  func undecidedAndAllowed() async throws {
    try await run { trial in
      let first = trial.sandbox.scenario.organizationID
      try await read(.playbooks, trial)
      let id = try anyOfFirst(.playbooks, trial)
      try trial.sandbox.edit(.delete(.playbooks, id))
      trial.sandbox.permissions.remove("ManageAccountPlaybooks")
      var ofFirst = trial
      ofFirst.organizations = [first]
      let report = try await ofFirst.sync { ($0.resources, $0.allowMassDeletion) = (["playbooks"], true) }
      #expect(report.status == .success)
      #expect(try deleted(.playbooks, trial) == [id])
      #expect(try incomplete(trial) == [])
    }
  }

  @Test("a row that both lists had seen is marked by its organization's list if the enterprise's can no longer be read")
  func goneWithoutEnterprise() async throws {
    try await run { trial in
      let first = trial.sandbox.scenario.organizationID
      try await read(.playbooks, trial)
      try await read(.playbooks, trial, naming: [first])
      let id = try anyOfFirst(.playbooks, trial)
      try trial.sandbox.edit(.delete(.playbooks, id))
      trial.sandbox.permissions.remove("ManageAccountPlaybooks")
      #expect(try await read(.playbooks, trial, naming: [first]).status == .success)
      #expect(try deleted(.playbooks, trial) == [id])
    }
  }

  @Test(
    "rows seen in the enterprise's list by another key only are not marked by the organization's list until that is allowed")
  func otherKeyOfEnterprise() async throws {
    try await run { trial in
      let first = trial.sandbox.scenario.organizationID
      try await read(.playbooks, trial)
      let id = try anyOfFirst(.playbooks, trial)
      try trial.sandbox.edit(.delete(.playbooks, id))
      try trial.sandbox.edit(.update(.credential, "", set: ["service_user_id": "another"]))
      let report = try await read(.playbooks, trial, naming: [first])
      #expect(report.status == .unusableData && report.allProblems.contains { $0.message.contains("another key could read") })
      #expect(try deleted(.playbooks, trial) == [])
      #expect(try incomplete(trial) == ["playbooks of \(first)"])
      var ofFirst = trial
      ofFirst.organizations = [first]
      #expect(try await ofFirst.sync { ($0.resources, $0.allowMassDeletion) = (["playbooks"], true) }.status == .success)
      #expect(try deleted(.playbooks, trial) == [id])
      #expect(try incomplete(trial) == [])
    }
  }

  @Test("verify compares the enterprise's list with the rows that lists of organizations had seen, too")
  func verifiesBothLevels() async throws {
    try await run { trial in
      try await read(.playbooks, trial)
      let made = try trial.sandbox.edit(.create(.playbooks)).ids[0]
      try await read(.playbooks, trial, naming: [trial.sandbox.scenario.organizationID])
      try trial.sandbox.edit(.delete(.playbooks, made))
      var options = VerifyOptions()
      options.resources = ["playbooks"]
      #expect(try await trial.mirror().verify(options).differences.map(\.key) == [made])
    }
  }

  @Test(
    "a list that could not be read for a named organization is settled once the enterprise's list is read instead")
  func settledByEnterprise() async throws {
    try await run { trial in
      let first = trial.sandbox.scenario.organizationID
      let scans: @Sendable (inout SyncOptions) -> Void = { $0.resources = ["organizations", "code_scans", "sessions"] }
      var ofFirst = trial
      ofFirst.organizations = [first]
      try await trial.sync(scans)
      try await ofFirst.sync(scans)
      trial.sandbox.permissions.subtract(["ViewCodeScans", "ViewOrgSessions"])
      #expect(try await ofFirst.sync(scans).status == .permission)
      #expect(try trial.column("SELECT resource FROM sync_pending ORDER BY 1") == ["code_scans", "sessions"])
      trial.clock.advance(by: .seconds(30))
      let report = try await trial.sync(scans)
      #expect(report.status == .success, "\(report.allProblems.map(\.message))")
      #expect(try trial.column("SELECT resource FROM sync_pending") == [])
      #expect(try incomplete(trial) == [])
      // The state reported for an organization is that of the enterprise's list.
      let status = try await MirrorStatus(database: trial.database)
      #expect(status.completeness().isComplete, "\(status.completeness().shortfalls)")
      for resource in ["code_scans", "sessions"] {
        let times = status.entries.filter { $0.resource == resource }.map(\.completedAt)
        #expect(times.count > 1 && Set(times).count == 1, "\(resource) \(times)")
      }
      // The organization's list itself is still not readable, and that is reported when it is requested.
      #expect(try await ofFirst.sync(scans).status == .permission)
      #expect(try incomplete(trial) == ["code_scans of \(first)", "sessions of \(first)"])
    }
  }

  @Test("a key of one organization requests nothing of the enterprise, and reports it if it was named")
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

  @Test("a beta path is found under v3 after it has moved there")
  func movedBeta() async throws {
    var scenario = Self.enterprise
    scenario.betaMoved = true
    try await run(scenario) { trial in
      #expect(try await trial.sync { $0.resources = ["repositories", "guardrail_violations", "blueprints"] }.status == .success)
      try trial.expectMirrorEqualsServer([.repositories, .guardrailViolations, .blueprints])
    }
  }

  @Test("status counts the rows of the enterprise's lists under the enterprise, and those of each organization under it")
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

  @Test("permissions combine the lists of users, members and roles")
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

  @Test("downloads are requested without the key, and their addresses are not stored")
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

  @Test("check reports for every resource whether this key may read it")
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
