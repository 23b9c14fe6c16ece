import DevinAPI
import DevinSandbox
import GRDB
import Testing
import TrialSupport

@testable import DevinSync

@Suite("The owner of a key, and its organization", .timeLimit(.minutes(60)))
struct WhoseKeyTests {
  /// The reason why a run could not begin.
  private func failure(_ trial: Trial, _ organizations: [String]) async throws -> SyncError? {
    var trial = trial
    trial.organizations = organizations
    do {
      try await trial.sync()
      return nil
    } catch let error as SyncError {
      return error
    }
  }

  @Test("ids of an organization with org- and with org_ are the same")
  func spelling() {
    #expect(isSameOrganization("org-1f", "org_1f") && isSameOrganization("org_1f", "1f"))
    #expect(!isSameOrganization("org-1f", "org-1F") && !isSameOrganization("org-1f", "org-2f"))
  }

  @Test("an organization that the key does not belong to ends the run with 78 before any other request, and both are named")
  func foreign() async throws {
    try await Trial.run { trial in
      let error = try #require(try await failure(trial, ["org-nope"]))
      #expect(error.status == .configuration)
      #expect(error.message.contains("org-nope") && error.message.contains(trial.sandbox.scenario.organizationID))
      #expect(trial.sandbox.requests.count == 2)
      #expect(try trial.column("SELECT status FROM sync_runs") == ["78"])
      let run = try #require(try await MirrorStatus(database: trial.database).lastRun)
      #expect(run.problems == [error.message] && run.requests == 2)
      // One wrong organization among several is enough.
      #expect(try await failure(trial, [trial.sandbox.scenario.organizationID, "org-nope"])?.status == .configuration)
    }
  }

  @Test("a run that ends before it reads anything leaves its reason and its requests in the file, and never the key")
  func reasons() async throws {
    try await Trial.run { trial in
      #expect(try await trial.sync { $0.resources = ["credential"] }.status == .success)
      #expect(try await MirrorStatus(database: trial.database).lastRun?.problems == [])
      trial.sandbox.faults = [FaultRule(.status(401, echoKey: true), path: "/self", times: nil)]
      var mirror = try trial.mirror()
      mirror.credential = try Credential("cog_wrong_and_secret")
      let report = try await mirror.sync()
      let run = try #require(try await MirrorStatus(database: trial.database).lastRun)
      #expect(run.status == 77 && run.problems == report.allProblems.map(\.message) && run.problems.count == 1)
      #expect(run.requests == report.requests && report.requests > 0)
      #expect(try trial.column("SELECT outcomes FROM sync_runs").allSatisfy { !$0.contains("cog_wrong") })
      // What a file of an earlier version contains, or a file from elsewhere.
      for outcomes in ["NULL", "'[]'", "'no JSON'", "'{\"problems\": 1}'", "'\(String(repeating: "[", count: 9_000))'"] {
        try await DatabaseQueue(path: trial.database).write {
          try $0.execute(sql: "UPDATE sync_runs SET outcomes = \(outcomes)")
        }
        #expect(try await MirrorStatus(database: trial.database).lastRun?.problems == [])
      }
    }
  }

  @Test("if the API does not report the owner, the settings are trusted", arguments: [404, 403, 503])
  func unknown(_ status: Int) async throws {
    try await Trial.run { trial in
      trial.sandbox.faults = [FaultRule(.status(status), path: "/self", times: nil)]
      let report = try await trial.sync()
      #expect(report.resources.first { $0.resource == "sessions" }?.outcome == .complete)
      #expect(report.status == (status == 503 ? .unavailable : .success))
    }
  }

  @Test("with an enterprise key, an organization that is not listed ends the run with 78; without that list it is trusted")
  func enterprise() async throws {
    var scenario = SandboxScenario.small
    scenario.principal = .enterpriseServiceUser
    scenario.moreOrganizations = ["org-second"]
    try await Trial.run(scenario) { trial in
      let error = try await failure(trial, ["org-second", "org-nope"])
      #expect(error?.status == .configuration)
      #expect(error?.message.contains("org-nope") == true && error?.message.contains("org-second") == true)
      #expect(try await failure(trial, ["org-second"]) == nil)
      trial.sandbox.permissions.remove("ManageOrganizations")
      #expect(try await failure(trial, ["org-second"]) == nil)
    }
  }

  @Test("a key that can read nothing except itself ends with 77 and is named by its source; if only it is requested, with 0")
  func nothingReadable() async throws {
    try await Trial.run { trial in
      trial.sandbox.permissions = ["ReadAccountMeta"]
      var mirror = try trial.mirror()
      mirror.keySource = "DEVIN_API_KEY"
      let report = try await mirror.sync()
      #expect(report.status == .permission)
      #expect(report.allProblems.map(\.message).joined().contains("the key from DEVIN_API_KEY"))
      #expect(report.allProblems.count == 1)
      #expect(try await trial.sync { $0.resources = ["credential"] }.status == .success)
      trial.sandbox.permissions.insert("ManageOrgPlaybooks")
      #expect(try await trial.sync().status == .success)
      trial.sandbox.permissions = ["ReadAccountMeta"]
      var options = VerifyOptions()
      options.resources = ["people", "playbooks"]
      #expect(try await mirror.verify(options).status == .permission)
    }
  }

  @Test("if every path returns 404, even that of the key, the problem is not reported as missing permissions")
  func nothingFound() async throws {
    try await Trial.run { trial in
      trial.sandbox.faults = [FaultRule(.status(404, body: .html), times: nil)]
      let report = try await trial.sync()
      #expect(report.status == .unusableData)
      let check = try await trial.mirror().check()
      #expect(check.problem?.status == .unusableData)
    }
  }

  @Test("a check that loses its connection to the server stops there")
  func lostOnTheWay() async throws {
    try await Trial.run { trial in
      trial.sandbox.faults = [FaultRule(.reset, skip: 5, times: nil)]
      await #expect { try await trial.mirror().check() } throws: { ($0 as? SyncError)?.status == .unavailable }
    }
  }
}
