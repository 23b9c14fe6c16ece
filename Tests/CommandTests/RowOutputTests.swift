import DevinSandbox
import DevinSync
import Foundation
import Testing
import TrialSupport

@testable import devin_sync

@Suite("Rows, short ids and empty results of every command", .timeLimit(.minutes(60)))
struct RowOutputTests {
  /// Commands that print rows, with a column of theirs.
  private static func commands(_ session: String) -> [(arguments: [String], column: String)] {
    [
      (["query", "SELECT session_id, title FROM sessions"], "title"), (["query", "--list"], "question"),
      (["search", "the"], "place"),
      (["history", "sessions", session], "change"), (["changes"], "resource"), (["status"], "resource"), (["stats"], "table"),
      (["resources"], "group"), (["check"], "access"), (["config", "show"], "setting"), (["doctor", "--offline"], "subject"),
    ]
  }

  @Test("in CSV each quote counts, also one that an accent follows")
  func quotes() {
    #expect(RowText.csvLine(["a\"\u{301}b", "c,d", "e\r\nf", "g"]) == "\"a\"\"\u{301}b\",\"c,d\",\"e\r\nf\",g")
    #expect(["=1+1", "-5", "plain"].map(\.withoutFormula) == ["'=1+1", "-5", "plain"])
  }

  @Test("--as prints the same rows in each format, --fields chooses columns, and --json keeps its own form")
  func formats() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync")
      let session = try #require(try await command.query("SELECT session_id FROM sessions LIMIT 1").first)
      for (arguments, column) in Self.commands(session) {
        let only = arguments + ["--fields", column]
        let csv = try await command.run(only + ["--as", "csv", "--exact"])
        let objects = try await command.run(only + ["--as", "ndjson"]).lines.map { line in
          try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        let array = try JSONSerialization.jsonObject(with: Data(try await command.run(only + ["--as", "json"]).output.utf8))
        let markdown = try await command.run(only + ["--as", "markdown"])
        #expect(csv.status == 0 && csv.lines.first == column, "\(arguments): \(csv.errors)")
        #expect(!objects.isEmpty && objects.allSatisfy { $0.keys.elementsEqual([column]) }, "\(arguments)")
        #expect((array as? [[String: Any]])?.count == objects.count, "\(arguments)")
        #expect(
          markdown.lines.prefix(2) == ["| \(column) |", "|---|"] && markdown.lines.count == objects.count + 2, "\(arguments)")
        let unknown = try await command.run(arguments + ["--fields", "\(column)x"])
        #expect(unknown.status == 64 && unknown.errors.contains("Did you mean `\(column)`?"), "\(arguments): \(unknown.errors)")
        if arguments.first != "query" {
          #expect(try await command.run(only + ["--json"]).status == 64, "\(arguments)")
        }
      }
    }
  }

  @Test("on a terminal a table fits, times are relative and a pager is used; files and pipes get everything")
  func onTerminal() async throws {
    try await Command.trial { trial, _ in
      let command = trial.with(["PAGER": "cat"])
      _ = try await command.run("sync")
      let wide = ["SELECT session_id, title, url, session_id AS b, url AS c, url AS d FROM sessions"]
      let narrow = try await command.onTerminal("query", wide[0])
      let lines = narrow.output.replacing(/\u{1b}\[[0-9;]*m/, with: "").split(separator: "\n").map(String.init)
      #expect(lines.filter { !$0.hasPrefix("devin-sync: ") }.allSatisfy { $0.columns <= 80 } && narrow.output.contains("…"))
      #expect(lines.contains { $0.hasPrefix("devin-sync: no room for ") })
      let all = try await command.onTerminal("query", wide[0], "--wide").output
      #expect(all.split(separator: "\n").contains { $0.count > 200 } && all.contains("\u{1b}[1m"))
      #expect(try await command.with(["NO_COLOR": "1"]).onTerminal("query", wide[0]).output.contains("\u{1b}") == false)
      let piped = try await command.run("query", wide[0])
      #expect(piped.lines.contains { $0.count > 200 } && !piped.output.contains("\u{1b}"))

      let status = try await command.onTerminal("status")
      #expect(
        status.output.contains(" ago") && status.output.split(separator: "\n", omittingEmptySubsequences: false).count <= 25)
      #expect(try await command.run("status").output.contains(" ago") == false)
      #expect(try await command.run("status", "--tz", "Asia/Tokyo").output.contains("+09:00"))

      let paged = command.with(["PAGER": "sed s/^/page:/"])
      #expect(try await paged.onTerminal("resources").output.hasPrefix("page:"))
      #expect(try await paged.onTerminal("resources", "--no-pager").output.contains("page:") == false)
      #expect(try await paged.run("resources").output.contains("page:") == false)
      // Someone who leaves the pager early has seen enough.
      #expect(try await command.with(["PAGER": "head -1"]).onTerminal("schema").status == 0)
      let hint = try await command.onTerminal("status", "--max-age", "9000000")
      #expect(hint.status == 0 && hint.output.contains("9000000 means 9,000,000 seconds"))
      #expect(try await command.run("status", "--max-age", "9000000").errors.isEmpty)
    }
  }

  @Test("status has at most 24 lines with three organizations, the verdict first")
  func shortStatus() async throws {
    var scenario = SandboxScenario.brief
    scenario.principal = .enterpriseServiceUser
    scenario.moreOrganizations = ["org-second", "org-third"]
    try await Command.trial(scenario) { trial, _ in
      let command = trial.with(["DEVIN_ORG_ID": nil, "PAGER": "cat"])
      _ = try await command.run("sync", "all")
      for text in [try await command.run("status").output, try await command.onTerminal("status").output] {
        #expect(text.contains("omplete") && text.split(separator: "\n", omittingEmptySubsequences: false).count <= 25, "\(text)")
        #expect(text.contains("org-second") && text.contains("org-third") && text.contains("the enterprise"))
      }
      let all = try await command.run("status", "--all").output
      #expect(all.contains("session_messages") && all.split(separator: "\n").count > 60)
    }
  }

  @Test("the beginning of an id is enough where it is unique; otherwise three ids are listed")
  func shortIDs() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync")
      let ids = try await command.query("SELECT session_id FROM sessions ORDER BY 1")
      let id = ids[0]
      let others = ids.dropFirst()
      let short = try #require(
        (1...id.count).map { String(id.prefix($0)) }.first { start in !others.contains { $0.hasPrefix(start) } })
      for arguments in [["show", "session"], ["export", "session"], ["history", "sessions"]] {
        let whole = try await command.run(arguments + [id])
        #expect(whole.status == 0)
        for form in [short, "devin-\(short)", "\(short)…"] {
          #expect(try await command.run(arguments + [form]).output == whole.output, "\(arguments) \(form)")
        }
      }
      let all = try await command.run("show", "session", "")
      #expect(
        all.status == 64 && all.errors.contains("beginning of several")
          && all.errors.contains("\(ids[0]), \(ids[1]), \(ids[2]) and more"))
      let note = try #require(try await command.query("SELECT note_id FROM knowledge_notes ORDER BY 1 LIMIT 1").first)
      #expect(try await command.run("history", "knowledge_notes", String(note.dropLast())).status == 0)
      let completions = Completions(["devin-sync", "show", "session", "--database", command.database])
      #expect(await completions.keys(of: .sessions, short) == [id])
      #expect(await completions.keys(of: .sessions, "").count == min(ids.count, 100))
      #expect(await completions.organizations("") == [command.environment["DEVIN_ORG_ID"] ?? ""])
    }
  }

  @Test("empty results say why, and unknown organizations and users are errors")
  func empty() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync")
      let days = try await command.query(
        "SELECT date(min(created_at), 'unixepoch'), date(max(created_at), 'unixepoch') FROM sessions WHERE _deleted_at IS NULL")
      let span = days[0].replacing("|", with: " to ")
      let none = try await command.run("query", "acus-by-user", "--since", "2001-01-01", "--until", "2001-01-31")
      #expect(
        none.status == 0 && none.errors.contains("No rows in this period; the mirror covers sessions from \(span)."),
        "\(none.errors)")
      let json = try await command.run("query", "acus-by-user", "--since", "2001-01-01", "--until", "2001-01-31", "--json")
      #expect(json.output == "[]\n" && json.errors.isEmpty)
      #expect(try await command.run("search", "nothingness").errors.contains("the mirror covers sessions from \(span)"))
      #expect(try await command.run("changes", "--since", "2999-01-01").errors.contains("no changes since 2999-01-01"))
      #expect(try await command.run("diff", "notes", "--since", "2999-01-01").errors.contains("no notes changed since"))
      for arguments in [
        ["query", "acus-by-user", "--org", "org-none"], ["search", "the", "--org", "org-none"],
        ["search", "the", "--user", "nobody"],
        ["report", "--org", "org-none", "-o", "-"], ["feed", "--org", "org-none"], ["export", "sessions", "--org", "org-none"],
      ] {
        let refused = try await command.run(arguments)
        #expect(refused.status == 64 && refused.output.isEmpty, "\(arguments): \(refused.errors)")
      }
    }
  }

  @Test("search counts hits of all places together, and keeps line breaks")
  func search() async throws {
    try await Command.trial { command, sandbox in
      try sandbox.edit(
        .update(.playbooks, sandbox.ids(.playbooks)[0], set: ["body": "first line\nthe quokka line\nlast line"]))
      _ = try await command.run("sync")
      for limit in [1, 3, 7] {
        let found = try await command.run("search", "the", "--json", "--limit", "\(limit)")
        #expect(found.lines.count == limit && found.errors.contains("--limit shows more"))
      }
      let lines = try await command.run("search", "quokka").lines
      #expect(lines.contains("    the [quokka] line") && lines.contains("    last line"), "\(lines)")
      let places = try await command.run("search", "the", "--limit", "4", "--as", "csv", "--fields", "place").lines.dropFirst()
      #expect(Set(places).count > 1, "each place gives in turn")
    }
  }

  @Test("--version --json prints the versions")
  func version() async throws {
    try await Command.trial { command, _ in
      let result = try await command.run("--version", "--json")
      let facts = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      #expect(result.status == 0 && facts["version"] as? String == DevinMirror.version)
      #expect(facts["schema_version"] as? Int == MirrorSchemaText.version && facts["sqlite_version"] is String)
      #expect(try await command.run("--version").output == "\(DevinMirror.version)\n")
    }
  }
}
