import DevinSandbox
import DevinSync
import Foundation
import GRDB
import Testing
import TrialSupport

@Suite("When answers or the file lie", .timeLimit(.minutes(20)))
struct HostileAnswerTests {
  private static let numbers = [
    JSONValue.int(.min), .int(.max), .int(-1), .int(0), .int(253_402_300_800_000), .double(1e308), .double(-1e308),
    .double(1_700_000_000.5), "text", true,
  ]

  @Test("a time of change that is none steers nothing, however often it comes", arguments: numbers)
  func times(_ number: JSONValue) async throws {
    try await Trial.run { trial in
      try await trial.sync()
      for (position, id) in trial.sandbox.ids(.sessions).prefix(6).enumerated() {
        let set: [String: JSONValue] = ["updated_at": number, "created_at": number, "status": position < 3 ? "running" : "exit"]
        try trial.sandbox.edit(.update(.sessions, id, set: set, touch: false))
      }
      for isFull in [true, false, true] {
        let report = try await trial.sync { $0.full = isFull }
        #expect(report.status == .success, "\(report.problems.map(\.message))")
        trial.clock.advance(by: .seconds(3600))
      }
      try trial.expectMirrorEqualsServer()
      #expect(
        try trial.number("SELECT count(*) FROM sync_checkpoints WHERE watermark NOT BETWEEN 0 AND 253402300799") == 0)
      #expect(try await MirrorIntegrity(database: trial.database).findings == [])
    }
  }

  @Test(
    "times that an earlier version stored in the file do not end later runs",
    arguments: [Int64.min, .max, -1, 253_402_300_800_000])
  func storedTimes(_ time: Int64) async throws {
    try await Trial.run { trial in
      #expect(try await trial.sync().status == .success)
      let honest = try trial.column("SELECT watermark FROM sync_checkpoints WHERE resource = 'sessions'")
      try trial.execute(
        """
        UPDATE sync_checkpoints SET watermark = \(time), opened_at = \(time), newest_seen = \(time), reconciled_at = \(time),
          completed_at = \(time), allowed_at = \(time), as_of = \(time);
        UPDATE sync_intervals SET read_at = \(time), ends_at = \(time);
        UPDATE sync_seen SET seen_at = \(time);
        """)
      for isOpen in [0, 1] {
        try trial.execute(
          """
          UPDATE sync_checkpoints SET is_open = \(isOpen), filter = 'updated_after=\(time)' WHERE resource = 'sessions'
          """)
        let report = try await trial.sync()
        #expect(report.status == .success, "\(report.problems.map(\.message))")
      }
      #expect(try trial.column("SELECT watermark FROM sync_checkpoints WHERE resource = 'sessions'") == honest)
      try trial.expectMirrorEqualsServer()
    }
  }

  @Test(
    "a column that holds what is never written there ends the run with 74 and says which",
    arguments: ["walk = 9223372036854775807", "walk = -1", "rows_seen = 9223372036854775807", "held_back = -9223372036854775808"])
  func storedCounters(_ change: String) async throws {
    try await Trial.run { trial in
      try await trial.sync()
      try trial.execute("UPDATE sync_checkpoints SET \(change) WHERE resource = 'playbooks'")
      let report = try await trial.sync()
      #expect(report.status == .databaseFailed)
      let column = change.split(separator: " ")[0]
      #expect(report.problems.contains { $0.message.contains("the column \(column) holds a value that does not belong there") })
    }
  }

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

extension Trial {
  fileprivate func execute(_ sql: String) throws {
    try DatabaseQueue(path: database).write { try $0.execute(sql: sql) }
  }
}
