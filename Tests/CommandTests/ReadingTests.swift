import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("Queries, histories and exports", .timeLimit(.minutes(60)))
struct ReadingTests {
  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  // MARK: - query

  @Test("a query prints a table, JSON, lines of JSON, CSV and Markdown, whatever the texts contain")
  func formats() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync", "playbooks")
      let sql =
        "SELECT 1 AS n, 1.5 AS r, NULL AS none, 'a|b, \"c\"' || char(10) || 'd' || char(27) AS text UNION ALL SELECT 2, 0, NULL, 'e'"
      let table = try await command.run("query", sql)
      #expect(table.lines == ["n    r  none  text", "1  1.5        a|b, \"c\"\\u000ad\\u001b", "2    0        e"])
      let json = try await command.run("query", sql, "--json")
      let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
      #expect(rows.count == 2 && rows[0]["text"] as? String == "a|b, \"c\"\nd\u{1b}" && rows[0]["none"] is NSNull)
      #expect(json.output.hasPrefix("[{\"n\":1,\"r\":1.5,\"none\":null,"))
      let lines = try await command.run("query", sql, "--as", "ndjson")
      #expect(try lines.lines.map(object).map { $0["n"] as? Int } == [1, 2])
      let csv = try await command.run("query", sql, "--as", "csv")
      #expect(csv.output == "n,r,none,text\n1,1.5,,\"a|b, \"\"c\"\"\nd\u{1b}\"\n2,0,,e\n")
      let markdown = try await command.run("query", sql, "--as", "markdown")
      #expect(
        markdown.lines[0...2] == ["| n | r | none | text |", "|---|---|---|---|", "| 1 | 1.5 |  | a\\|b, \"c\"<br>d\\u001b |"])
      let none = "SELECT 1 AS n WHERE 0"
      for (format, text) in [("json", "[]\n"), ("ndjson", ""), ("csv", "n\n"), ("markdown", "| n |\n|---|\n"), ("table", "n\n")] {
        #expect(try await command.run("query", none, "--as", format).output == text, "\(format)")
      }
    }
  }

  @Test("--user restricts a question to one person, by id, name or email address")
  func user() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync", "sessions", "users", "org_members")
      let waits = "status = 'running' AND status_detail IN ('waiting_for_user', 'waiting_for_approval')"
      let person = try #require(
        try await command.query(
          """
          SELECT p.user_id || char(9) || p.name || char(9) || p.email FROM session_facts AS f JOIN people AS p USING (user_id)
          WHERE \(waits) AND p.name <> '' AND p.email <> '' ORDER BY f.updated_at LIMIT 1
          """
        ).first?.split(separator: "\t").map(String.init))
      let own = try await command.query(
        "SELECT url FROM session_facts WHERE \(waits) AND user_id = '\(person[0])' ORDER BY updated_at")
      for name in person {
        let found = try await command.run("query", "waiting-now", "--user", name, "--fields", "url", "--as", "csv")
        #expect(found.lines == ["url"] + own, "\(found.errors)")
      }
      let echo = try await command.run("query", "SELECT :user AS user", "--user", person[2], "--as", "csv")
      #expect(echo.lines == ["user", person[2]])
    }
  }

  @Test("a query cannot write, access another file, or run forever, and an invalid one is explained")
  func queryReadsOnly() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync", "playbooks")
      let before = try await command.query("SELECT count(*) FROM playbooks")
      let other = command.folder.appendingPathComponent("other.db").path
      for sql in [
        "DELETE FROM playbooks", "UPDATE playbooks SET _deleted_at = 1", "DROP TABLE playbooks", "PRAGMA journal_mode = DELETE",
        "ATTACH '\(other)' AS other", "ATTACH 'file:\(other)?mode=rwc' AS other", "VACUUM INTO '\(other)'", "CREATE TABLE x (y)",
        "SELECT load_extension('x')", "SELECT 1; DELETE FROM playbooks", "SELECT nothing FROM playbooks", "not SQL at all",
        // Some take effect when they are compiled, some for the complete process.
        "PRAGMA hard_heap_limit = 1", "/* */ ;; pragma main.Hard_Heap_Limit(1)", "EXPLAIN PRAGMA hard_heap_limit = 1",
        "SELECT count(*) FROM playbooks; PRAGMA hard_heap_limit = 1", "PRAGMA cache_size = -99999999", "PRAGMA user_version = 1",
        "PRAGMA writable_schema = ON", "SELECT ';'; PRAGMA soft_heap_limit = 1",
        "forcast",
      ] {
        let wrong = try await command.run("query", sql)
        #expect(wrong.status == 64 && wrong.output.isEmpty, "\(sql): \(wrong.status) \(wrong.errors)")
      }
      for sql in [
        "PRAGMA user_version", "PRAGMA table_info(playbooks)", "SELECT 'PRAGMA x; y'",
        "SELECT name FROM pragma_table_info('playbooks')",
      ] {
        #expect(try await command.run("query", sql).status == 0, "\(sql)")
      }
      #expect(try await command.run("query", "forcast").errors.contains("Did you mean `forecast`?"))
      #expect(!FileManager.default.fileExists(atPath: other))
      #expect(try await command.query("SELECT count(*) FROM playbooks") == before)
      let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
      let late = try await command.run("query", endless, "--timeout", "1s")
      #expect(late.status == 75 && late.errors.contains("--timeout"))
      #expect(try await command.run("query").status == 64)
      #expect(try await command.run("query", "SELECT 1 AS x", "--database", "none.db").status == 74)
      let organization = try #require(command.environment["DEVIN_ORG_ID"])
      let period = try await command.run(
        "query", "SELECT :since AS s, :until AS u, :org AS o, :other AS x", "--since", "2026-11-01", "--org", organization,
        "--as", "csv")
      #expect(period.lines.last == "2026-11-01,,\(organization),")
      #expect(try await command.run("query", "acus-by-day", "--since", "tomorrow").status == 64)
    }
  }

  @Test("CSV contains no formula that a spreadsheet would run, unless exact text is requested")
  func csvFormulas() async throws {
    try await Command.trial { command, sandbox in
      let playbook = try #require(sandbox.ids(.playbooks).first)
      try sandbox.edit(.update(.playbooks, playbook, set: ["title": "=HYPERLINK(\"https://example.com\")", "macro": "-7"]))
      _ = try await command.run("sync", "playbooks")
      let guarded = try await command.run("export", "playbooks", "--as", "csv")
      #expect(guarded.output.contains("\"'=HYPERLINK(\"\"https://example.com\"\")\""), "\(guarded.output)")
      let exact = try await command.run("export", "playbooks", "--as", "csv", "--exact")
      #expect(exact.output.contains(",\"=HYPERLINK(") && !exact.output.contains("'=") && exact.status == 0)
      let sql =
        "SELECT '=1' AS a, '+1 x' AS b, '@x' AS c, char(9) || 'y' AS d, '-2.5' AS e, -3 AS f, '- item' AS g, 'x=1' AS h, '' AS i, '＝1' AS j"
      let cells = try await command.run("query", sql, "--as", "csv")
      #expect(cells.lines.last == "'=1,'+1 x,'@x,'\ty,-2.5,-3,'- item,x=1,,'＝1")
      #expect(try await command.run("query", "SELECT 1 AS '=a'", "--as", "csv").lines.first == "'=a")
      #expect(try await command.run("query", sql, "--as", "ndjson").output.contains("\"a\":\"=1\""))
    }
  }

  @Test("sessions that list each other as children are each listed once, and no more than a thousand")
  func circularFamilies() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync", "sessions")
      _ = try await command.query(
        """
        INSERT INTO sessions (session_id, _raw, _first_synced_at, _changed_at)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200),
        ids AS MATERIALIZED (SELECT json_group_array(printf('%04d', i)) AS list FROM n)
        SELECT printf('%04d', i), json_object('session_id', printf('%04d', i), 'child_session_ids', json(list)), 1, 1 FROM n, ids
        """)
      _ = try await command.query("DELETE FROM derived_sessions; INSERT INTO derived_sessions SELECT * FROM derive_sessions")
      let story = try await command.run("show", "session", "0001", "--messages", "0")
      #expect(
        story.status == 0 && story.output.contains("Family: the first 1,000 sessions"),
        "\(story.output.prefix(400)) \(story.errors)")
      #expect(story.lines.count { $0.contains("  0") } <= 1_010)
      let json = try await command.run("show", "session", "0001", "--json")
      #expect(json.output.contains("\"family_is_cut\":true"))
      _ = try await command.query("DELETE FROM sessions WHERE length(session_id) = 4 AND session_id > '0005'")
      let few = try await command.run("show", "session", "0001", "--messages", "0")
      #expect(few.output.contains("Family: 5 sessions"), "\(few.output.prefix(400))")
    }
  }

  // MARK: - history, show, diff

  @Test("a row's history has every change with the values before and after")
  func history() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync", "playbooks")
      let id = sandbox.ids(.playbooks)[0]
      try sandbox.edit(.update(.playbooks, id, set: ["title": "Second"]))
      _ = try await command.run("sync", "playbooks")
      try sandbox.edit(.update(.playbooks, id, set: ["title": "Third", "macro": .null]))
      _ = try await command.run("sync", "playbooks")
      try sandbox.edit(.delete(.playbooks, id))
      _ = try await command.run("sync", "playbooks")
      let events = try await command.run("history", "playbooks", id, "--json").lines.map(object)
      #expect(events.map { $0["change"] as? String } == ["inserted", "changed", "changed", "deleted"])
      #expect(events.map { $0["run"] as? Int } == [nil, 2, 3, 4])
      let fields = try #require(events[2]["fields"] as? [[String: Any]])
      let title = try #require(fields.first { $0["name"] as? String == "title" })
      #expect(title["before"] as? String == "\"Second\"" && title["after"] as? String == "\"Third\"")
      #expect(try await command.run("history", "playbooks", id).output.contains("  title: \"Second\" → \"Third\""))
      for (arguments, word) in [
        (["playbook", id], "playbooks"), (["playbooks", "none"], "no row"), (["playbooks", id, "x"], "playbook_id"),
      ] {
        let wrong = try await command.run(["history"] + arguments)
        #expect(wrong.status == 64 && wrong.errors.contains(word), "\(arguments): \(wrong.errors)")
      }
    }
  }

  @Test("a session is shown by its id, its prefixed id and its address, with the states that runs saw")
  func show() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync")
      let id = try #require(try await command.query("SELECT session_id FROM sessions WHERE status = 'running' LIMIT 1").first)
      let url = "https://github.com/acme/api/pull/991"
      try sandbox.edit(
        .update(
          .sessions, id,
          set: ["status_detail": "waiting_for_user", "pull_requests": [["pr_url": .string(url), "pr_state": "open"]]]))
      try sandbox.edit(.appendMessages(session: id))
      _ = try await command.run("sync")
      try sandbox.edit(
        .update(.sessions, id, set: ["status": "exit", "pull_requests": [["pr_url": .string(url), "pr_state": "merged"]]]))
      _ = try await command.run("sync")
      let story = try object(try await command.run("show", "session", id, "--json").output)
      let timeline = try #require(story["timeline"] as? [[String: Any]])
      #expect(timeline.suffix(2).map { $0["status"] as? String } == ["running", "exit"])
      #expect(timeline.dropLast().last?["detail"] as? String == "waiting_for_user")
      #expect((story["pull_requests"] as? [[String: Any]])?.suffix(2).map { $0["state"] as? String } == ["open", "merged"])
      #expect(
        (story["messages"] as? [[String: Any]])?.map { $0["id"] as? String }
          == (try await command.query(
            "SELECT event_id FROM session_messages WHERE session_id = '\(id)' ORDER BY created_at, rowid")))
      let text = try await command.run("show", "session", id).output
      #expect(text.contains("waiting_for_user") && text.contains("merged  \(url)") && text.contains("Messages"))
      for form in ["devin-\(id)", "https://app.devin.ai/sessions/\(id)", "https://app.devin.ai/sessions/devin-\(id)?tab=1"] {
        #expect(try await command.run("show", "session", form).output == text, "\(form)")
      }
      let none = try await command.run("show", "session", "none")
      #expect(none.status == 64 && none.errors.contains("no row none"))
      let transcript = try await command.run("export", "session", id)
      #expect(transcript.status == 0 && transcript.output.hasPrefix("# ") && transcript.output.contains("## devin, "))
    }
  }

  @Test("notes edited, deleted and created between runs: diff shows each, and the export changes exactly their files")
  func knowledge() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync")
      let folder = command.folder.appendingPathComponent("knowledge")
      try FileManager.default.createDirectory(at: folder.appendingPathComponent("notes"), withIntermediateDirectories: true)
      let mine = folder.appendingPathComponent("notes/mine.md")
      try Data("mine".utf8).write(to: mine)
      let first = try await command.run("export", "knowledge", "knowledge")
      let count = sandbox.ids(.knowledgeNotes).count + sandbox.ids(.playbooks).count
      #expect(first.output == "knowledge: \(count) files written, 0 removed, 0 unchanged\n")
      #expect(try await command.run("diff", "notes").output.isEmpty)
      let before = try Self.files(folder)
      let ids = sandbox.ids(.knowledgeNotes)
      try sandbox.edit(.update(.knowledgeNotes, ids[0], set: ["body": "one\ntwo\nthree\n", "name": "Über: alles/../x"]))
      try sandbox.edit(.delete(.knowledgeNotes, ids[1]))
      _ = try await command.run("sync")
      try sandbox.edit(.update(.knowledgeNotes, ids[0], set: ["body": "one\n2\nthree\n"]))
      _ = try await command.run("sync")
      let again = try await command.run("export", "knowledge", "knowledge")
      #expect(again.output == "knowledge: 1 file written, 2 removed, \(count - 2) unchanged\n")
      let after = try Self.files(folder)
      let changed = Set(before.keys).symmetricDifference(after.keys)
      #expect(changed.count == 3 && before.keys.filter { after[$0] != nil && before[$0] != after[$0] } == [".devin-sync.json"])
      let new = try #require(changed.first { $0.hasPrefix("notes/") && $0.contains("über-alles-x-") && after[$0] != nil })
      #expect(
        after[new]?.contains("name: \"Über: alles/../x\"\n") == true && after[new]?.hasSuffix("---\n\none\n2\nthree\n") == true)
      #expect(try String(contentsOf: mine, encoding: .utf8) == "mine")
      let diff = try await command.run("diff", "notes", "--since", "7d").lines
      #expect(diff.filter { $0.hasPrefix("--- a/") }.count == 2 && diff.filter { $0 == "+++ /dev/null" }.count == 1)
      #expect(diff.contains("+2") && !diff.contains("+two") && diff.contains("+++ b/\(new)"))
      #expect(try await command.run("diff", "playbooks").output.isEmpty)
      try Data("{}".utf8).write(to: folder.appendingPathComponent(".devin-sync.json"))
      let odd = try await command.run("export", "knowledge", "knowledge")
      #expect(odd.status == 74 && odd.errors.contains(".devin-sync.json"))
    }
  }

  /// Texts by path below the folder.
  private static func files(_ folder: URL) throws -> [String: String] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return try paths.reduce(into: [:]) { files, path in
      let place = folder.appendingPathComponent(path)
      if try place.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
        files[path] = try String(contentsOf: place, encoding: .utf8)
      }
    }
  }

  // MARK: - export

  @Test("rows are exported with or without deleted ones, as columns or as received from Devin")
  func rows() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync", "playbooks")
      let ids = sandbox.ids(.playbooks)
      try sandbox.edit(.delete(.playbooks, ids[0]))
      _ = try await command.run("sync", "playbooks")
      let living = try await command.run("export", "playbooks").lines.map(object)
      #expect(living.map { $0["playbook_id"] as? String }.sorted { $0 ?? "" < $1 ?? "" } == ids.dropFirst().sorted())
      #expect(living.allSatisfy { $0["_raw"] == nil && $0["title"] is String })
      let all = try await command.run("export", "rows", "playbooks", "--deleted", "--as", "csv")
      #expect(all.output.hasPrefix("playbook_id,_first_synced_at,"))
      let raw = try await command.run("export", "playbooks", "--raw", "--deleted")
      #expect(Set(raw.lines) == Set(try await command.query("SELECT _raw FROM playbooks")))
      #expect(try await command.run("export", "v_playbooks", "--as", "csv").status == 0)
      #expect(try await command.run("export", "acus-by-day").status == 0)
      for wrong in [
        ["nothing"], ["v_playbooks", "--raw"], ["acus-by-day", "--deleted"], ["playbooks", "--raw", "--as", "csv"],
      ] {
        let answer = try await command.run(["export"] + wrong)
        #expect(answer.status == 64 && !answer.errors.isEmpty, "\(wrong)")
      }
    }
  }
}
