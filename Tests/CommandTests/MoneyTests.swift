import Foundation
import Testing
import TrialSupport

@Suite("Limits and money", .timeLimit(.minutes(60)))
struct MoneyTests {
  @Test("a rate in the settings adds cost columns that say whose rate it is, and without a rate there are none")
  func costs() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync")
      let plain = try await command.run("query", "acus-by-day", "--as", "csv")
      #expect(!plain.output.contains("own_rate"))
      try "acu_rate = 2.5\ncurrency = \"EUR\"\n".write(
        to: command.folder.appendingPathComponent("own.toml"), atomically: true, encoding: .utf8)
      let priced = try await command.run("query", "acus-by-day", "--as", "csv", "--config", "own.toml")
      let lines = priced.output.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      #expect(priced.status == 0 && lines.count == plain.output.split(separator: "\n").count, "\(priced.errors)")
      #expect(lines[0].suffix(2) == ["billed_EUR_own_rate", "used_EUR_own_rate"])
      for line in lines.dropFirst() {
        for (acus, cost) in [(line[1], line[5]), (line[2], line[6])] {
          #expect(acus.isEmpty == cost.isEmpty)
          if let acus = Double(acus), let cost = Double(cost) { #expect(abs(acus * 2.5 - cost) < 0.0051) }
        }
      }
      for name in [
        "acus-by-user", "acus-by-origin", "acus-by-playbook", "acus-by-tag", "acus-by-repository", "cost-per-merge", "forecast",
        "waste", "reconciliation", "session-families", "playbook-scoreboard", "caps", "money",
      ] {
        let answer = try await command.run("query", name, "--as", "csv", "--config", "own.toml")
        #expect(answer.status == 0 && answer.output.contains("_EUR_own_rate"), "\(name): \(answer.errors)")
      }
      let report = try await command.run("report", "-o", "-", "--config", "own.toml")
      #expect(report.output.contains("EUR at your own rate of 2.5 per ACU") && report.output.contains("acus EUR own rate"))
      #expect(report.output.contains("at your own rate; cost known for"))
      let without = try await command.run("report", "-o", "-")
      #expect(!without.output.contains("own rate"))
    }
  }

  @Test(
    "an invalid price or currency is refused with 78",
    arguments: [
      ("acu_rate = 0", "acu_rate"), ("acu_rate = -1.5", "acu_rate"), ("acu_rate = \"much\"", "acu_rate"),
      ("acu_rate = inf", "acu_rate"),
      ("currency = \"euro\"", "currency"), ("currency = 3", "currency"),
    ])
  func refused(_ line: String, _ name: String) async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync")
      try (line + "\n").write(to: command.folder.appendingPathComponent("own.toml"), atomically: true, encoding: .utf8)
      let answer = try await command.run("config", "check", "--config", "own.toml")
      #expect(answer.status == 78 && (answer.errors + answer.output).contains(name), "\(answer.output)\(answer.errors)")
    }
  }

  @Test("if no ACUs are reported at all, the report says so instead of 0")
  func notMetered() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync")
      let metered = try await command.run("report", "-o", "-").output
      #expect(!metered.contains("not reported on this plan"))
      _ = try await command.query(
        """
        UPDATE sessions SET _raw = json_set(_raw, '$.acus_consumed', 0); UPDATE derived_sessions SET acus = NULL;
        UPDATE daily_consumption SET _raw = json_set(_raw, '$.acus', 0, '$.acus_by_product', json('{}'))
        """)
      let report = try await command.run("report", "-o", "-").output
      #expect(report.contains("<dt>ACUs billed</dt><dd><span class=\"value\">not reported on this plan"))
      #expect(report.contains("<dt>ACUs used by sessions</dt><dd><span class=\"value\">not reported on this plan"))
      // Unknown, since consumption was not read.
      _ = try await command.query(
        "DELETE FROM daily_consumption; DELETE FROM sync_checkpoints WHERE resource = 'daily_consumption'")
      let unknown = try await command.run("report", "-o", "-").output
      #expect(!unknown.contains("not reported on this plan") && unknown.contains("unknown"))
    }
  }
}
