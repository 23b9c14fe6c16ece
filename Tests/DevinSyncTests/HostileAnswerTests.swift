import DevinSandbox
import DevinSync
import Testing
import TrialSupport

@Suite("When answers or the file lie", .timeLimit(.minutes(20)))
struct HostileAnswerTests {
  @Test("a number with more digits than a column can hold is no damage")
  func manyDigits() async throws {
    try await Trial.run { trial in
      for (id, number) in zip(trial.sandbox.ids(.sessions), [9_007_199_254_740_993, Int.max, .min, -9_007_199_254_740_993]) {
        try trial.sandbox.edit(.update(.sessions, id, set: ["acus_consumed": .int(number)]))
      }
      #expect(try await trial.sync().status == .success)
      #expect(try await MirrorIntegrity(database: trial.database).findings == [])
    }
  }
}
