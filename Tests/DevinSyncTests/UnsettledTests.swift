import DevinSandbox
import DevinSync
import TestSupport
import Testing
import TrialSupport

@Suite("Changes that do not show in updated_at", .timeLimit(.minutes(60)))
struct UnsettledTests {
  @Test("a running session is read again by its id, with its messages, if it has not been read for a while")
  func unsettled() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      let id = try #require(try trial.column("SELECT session_id FROM sessions WHERE _settles_at IS NULL ORDER BY 1").first)
      try trial.sandbox.edit(.update(.sessions, id, set: ["acus_consumed": 99.5], touch: false))
      try trial.sandbox.edit(.appendMessages(session: id, count: 2, touch: false))
      try await trial.sync()
      #expect(try trial.number("SELECT count(*) FROM sessions WHERE acus_consumed = 99.5") == 0)
      trial.clock.advance(by: .seconds(86_500))
      trial.sandbox.forgetRequests()
      // The last reconciliation is recent enough, so the session is read by its id.
      #expect(try await trial.sync { $0.reconcileEvery = .seconds(864_000) }.status == .success)
      #expect(trial.requests(ending: "/sessions").contains { $0.query.contains("session_ids=devin-\(id)") })
      #expect(try trial.number("SELECT count(*) FROM sessions WHERE acus_consumed = 99.5") == 1)
      try trial.expectMirrorEqualsServer([.sessions, .sessionMessages])
    }
  }

  @Test(
    "a running session is read again whatever form of ids the server matches, or none",
    arguments: SandboxScenario.SessionIDs.allCases, [30, 120])
  func forms(_ form: SandboxScenario.SessionIDs, _ sessions: Int) async throws {
    var scenario = SandboxScenario.small
    scenario.sessions = sessions
    scenario.sessionIDs = form
    try await Trial.run(scenario) { trial in
      let resources = ["sessions", "session_insights"]
      try await trial.sync { $0.resources = resources }
      let ids = try trial.column("SELECT session_id FROM sessions WHERE _settles_at IS NULL OR _settles_at > unixepoch()")
      try trial.sandbox.edit(.update(.sessions, ids[0], set: ["acus_consumed": 99.5], touch: false))
      trial.clock.advance(by: .seconds(86_500))
      let report = try await trial.sync {
        $0.resources = resources
        $0.reconcileEvery = .seconds(864_000)
      }
      #expect(report.status == .success)
      #expect(try trial.number("SELECT count(*) FROM sessions WHERE acus_consumed = 99.5") == 1)
      try trial.expectMirrorEqualsServer([.sessions, .sessionInsights])
    }
  }

  @Test("an answer without the sessions known to exist does not count as a read")
  func unproven() async throws {
    try await Trial.run { trial in
      try await trial.sync { $0.resources = ["sessions"] }
      let id = try #require(try trial.column("SELECT session_id FROM sessions WHERE _settles_at IS NULL ORDER BY 1").first)
      try trial.sandbox.edit(.update(.sessions, id, set: ["acus_consumed": 99.5], touch: false))
      trial.clock.advance(by: .seconds(86_500))
      trial.sandbox.faults = [
        FaultRule(.emptyList, path: "/sessions$", query: "session_ids", times: nil),
        FaultRule(.status(404), path: "/sessions/", times: nil),
      ]
      for faults in [trial.sandbox.faults, []] {
        trial.sandbox.faults = faults
        let report = try await trial.sync {
          $0.resources = ["sessions"]
          $0.reconcileEvery = .seconds(864_000)
        }
        #expect(report.status == .success)
      }
      #expect(try trial.number("SELECT count(*) FROM sessions WHERE acus_consumed = 99.5") == 1)
    }
  }

  @Test("unnoticed changes of a final session are found by the daily read of everything")
  func reconciliation() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      let id = try #require(try trial.column("SELECT session_id FROM sessions WHERE _settles_at IS NOT NULL ORDER BY 1").first)
      try trial.sandbox.edit(.update(.sessions, id, set: ["category": "security"], touch: false))
      try await trial.sync()
      #expect(try trial.number("SELECT count(*) FROM sync_changes WHERE change = 'changed'") == 0)
      trial.clock.advance(by: .seconds(90_000))
      try await trial.sync()
      try trial.expectMirrorEqualsServer([.sessions])
    }
  }
}
