import DevinSandbox
import DevinSync
import Testing

@Suite("Changes that do not show in updated_at", .timeLimit(.minutes(20)))
struct UnsettledTests {
  @Test("a session at work is read again by its id, and its messages too, once it has not been read for a while")
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
      // Reconciled lately enough, so that it is the ids that bring it.
      #expect(try await trial.sync { $0.reconcileEvery = .seconds(864_000) }.status == .success)
      #expect(trial.requests(ending: "/sessions").contains { $0.query.contains("session_ids=\(id)") })
      #expect(try trial.number("SELECT count(*) FROM sessions WHERE acus_consumed = 99.5") == 1)
      try trial.expectMirrorEqualsServer([.sessions, .sessionMessages])
    }
  }

  @Test("what changed unseen in a settled session is found by the daily reading of everything")
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
