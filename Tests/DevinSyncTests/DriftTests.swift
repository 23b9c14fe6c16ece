import DevinSandbox
import DevinSync
import Foundation
import Testing
import TrialSupport

@Suite("Drift")
struct DriftTests {
  @Test("three new fields, a new value and another type are noticed, shown in status, and nothing fails")
  func noticed() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      #expect(try await MirrorStatus(database: trial.database).drift.isEmpty)
      let ids = try trial.column("SELECT session_id FROM sessions ORDER BY created_at DESC LIMIT 3")
      try trial.sandbox.edit(
        .update(.sessions, ids[0], set: ["mood": "calm", "weight": 7, "trace": .object([:])]))
      try trial.sandbox.edit(.update(.sessions, ids[1], set: ["origin": "carrier_pigeon"]))
      try trial.sandbox.edit(.update(.sessions, ids[2], set: ["acus_consumed": "a few"]))
      let report = try await trial.sync()
      #expect(report.status == .success, "\(report.allProblems.map(\.message))")
      let drift = try await MirrorStatus(database: trial.database).drift.filter { $0.resource == "sessions" }
      #expect(
        Set(drift.map { "\($0.kind) \($0.field) \($0.found)" }) == [
          "unknown field mood text", "unknown field weight integer", "unknown field trace object",
          "unknown value origin carrier_pigeon", "other type acus_consumed text",
        ])
      try trial.expectMirrorEqualsServer([.sessions])
    }
  }

  @Test("a key of another type than described still becomes a row")
  func otherKey() async throws {
    var scenario = SandboxScenario.small
    scenario.sessions = 3
    scenario.historyDays = 2
    scenario.principal = .enterpriseServiceUser
    try await Trial.run(scenario) { trial in
      var trial = trial
      trial.organizations = []
      try trial.sandbox.edit(
        .insert(.guardrailViolations, scope: [:], object: ["violation_id": "v-7", "created_at": 1_793_500_000]))
      let report = try await trial.sync { $0.resources = ["guardrail_violations"] }
      #expect(report.status == .success, "\(report.allProblems.map(\.message))")
      #expect(try trial.number("SELECT count(*) FROM guardrail_violations WHERE violation_id = 'v-7'") == 1)
      #expect(try await MirrorStatus(database: trial.database).drift.contains { $0.field == "violation_id" })
    }
  }
}
