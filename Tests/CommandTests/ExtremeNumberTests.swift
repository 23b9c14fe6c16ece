import DevinSync
import Foundation
import Testing
import TrialSupport

@testable import DevinPages

@Suite("Extreme numbers in a mirror, and queries that take too long", .timeLimit(.minutes(60)))
struct ExtremeNumberTests {
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
