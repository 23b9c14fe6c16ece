import DevinSync
import Foundation
import Testing
import TrialSupport

@testable import DevinPages

@Suite("Figures with extreme numbers", .timeLimit(.minutes(60)))
struct FigureTests {
  @Test(
    "sizes are in the unit that keeps them short, rounded down",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1_000, "1 kB"), (999_999, "999 kB"), (1_000_000, "1.0 MB"), (999_999_999, "999.9 MB"),
      (1_000_000_000, "1.0 GB"), (74_276_512_345, "74.2 GB"), (1_000_000_000_000, "1.0 TB"),
      (1_234_567_000_000_000, "1,234.5 TB"),
    ])
  func sizes(bytes: Int, text: String) { #expect(bytes.inBytes == text) }

  @Test(
    "an axis ends on a finite number, whatever the largest value is",
    arguments: [
      (0, 1), (-5, 1), (Double.infinity, 1), (.nan, 1), (3, 5), (2, 2), (2.1, 2.5), (1_000, 1_000), (0.03, 0.05),
      (.greatestFiniteMagnitude, .greatestFiniteMagnitude), (.leastNonzeroMagnitude, .leastNonzeroMagnitude),
    ])
  func axis(_ value: Double, _ end: Double) {
    let found = BarChart.round(up: value)
    #expect(abs(found - end) <= end * 1e-9)
  }

  @Test(
    "a chart of extreme values has coordinates that a browser can draw", arguments: [1e308, -1e308, .leastNonzeroMagnitude, 0])
  func coordinates(_ value: Double) throws {
    let chart = BarChart(id: "a", name: "b", unit: "c", bars: [.init(label: "x", value: value), .init(label: "y", value: value)])
    for (model, members) in [(chart.columns, ["x", "y", "w", "h"]), (chart.rows, ["x", "y", "w", "h"])] {
      for bar in try #require(model["bars"] as? [[String: Any]]) {
        for member in members { #expect((0...720).contains(try #require(bar[member] as? Double)), "\(member): \(bar)") }
      }
    }
  }

  /// SQLite reads `1e999` as infinite, as it does a sum that is too large.
  @Test(
    "a cost that is not finite is unknown in the report and on the pages, and the row keeps the server's value",
    arguments: ["1e999", "-1e999", "1e308"])
  func notFinite(_ number: String) async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync")
      for table in ["sessions", "daily_consumption"] {
        _ = try await command.query(
          """
          UPDATE \(table) SET _raw = replace(json_set(_raw, '$.acus_consumed', 'N', '$.total_acus', 'N', '$.acus', 'N'), '"N"', '\(number)')
          """)
      }
      let report = try await command.run(program: "/usr/bin/timeout", ["120", Command.program.path, "report", "-o", "-"])
      #expect(report.status == 0 && report.output.contains("</html>"), "\(report.status) \(report.errors)")
      #expect(report.output.firstMatch(of: /="-?(inf|nan)"/) == nil)
      let session = try #require(try await command.query("SELECT session_id FROM sessions LIMIT 1").first)
      #expect(try await command.run("show", "session", session, "--json").status == 0)
      let pages = LocalPages(reader: try MirrorReader(database: command.database), root: "/x")
      for path in ["/", "/consumption", "/sessions", "/sessions/\(session)"] {
        #expect(await pages.answer(PageTarget(path)).status == 200, "\(path)")
      }
      #expect(try await command.query("SELECT count(*) FROM sessions WHERE _raw LIKE '%\(number)%'") == ["20"])
    }
  }

  @Test("a page that takes too long is stopped, and the next one is served")
  func limit() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync", "sessions")
      var pages = LocalPages(reader: try MirrorReader(database: command.database), root: "/x")
      pages.limit = .zero
      let late = await pages.answer(PageTarget("/consumption"))
      #expect(late.status == 503 && late.body.contains("Timed out"))
      pages.limit = .seconds(600)
      #expect(await pages.answer(PageTarget("/sessions")).status == 200)
    }
  }

  @Test("a signal ends a command during a long query", arguments: [SIGTERM, SIGINT])
  func signals(_ signal: Int32) async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync", "sessions")
      let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 3"
      let query = try command.start("query", endless, "--as", "csv", "--timeout", "1h")
      try await query.waitForOutput { $0.contains("\n2\n") }
      query.send(signal)
      // A shell reports 128 plus the signal.
      #expect([-signal, 128 + signal].contains(try await query.result().status))
    }
  }
}
