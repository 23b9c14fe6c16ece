import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("Search", .timeLimit(.minutes(60)))
struct SearchTests {
  private func hits(_ command: Command, _ arguments: String...) async throws -> [[String: Any]] {
    let answer = try await command.run(["search", "--json"] + arguments)
    #expect(answer.status == 0, "\(arguments): \(answer.errors)")
    return try answer.lines.map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
  }

  /// Checks that the indexes match the rows exactly.
  private func expectSoundWords(_ command: Command) async throws {
    for table in ["sessions", "session_messages", "knowledge_notes", "playbooks"] {
      let answer = try await command.run(
        program: "/usr/bin/sqlite3",
        [command.database, "INSERT INTO search_\(table) (search_\(table), rank) VALUES ('integrity-check', 1)"])
      #expect(answer.status == 0, "\(table): \(answer.errors)")
    }
  }

  @Test("new text is found in any word form, changed text only by its new words, and deleted rows no longer")
  func follows() async throws {
    try await Command.trial { command, sandbox in
      let note = sandbox.ids(.knowledgeNotes)[0]
      try sandbox.edit(.update(.knowledgeNotes, note, set: ["name": "Zanzibar", "body": "Quokkas are flaky tests"]))
      _ = try await command.run("sync")
      for query in [
        "quokka", "QUOKKAS", "zanzib*", "\"flaky test\"", "quokka flaky", "quokka OR nothingness", "NEAR(quokkas tests)",
      ] {
        let found = try await hits(command, query, "--in", "notes")
        #expect(found.map { $0["id"] as? String } == [note], "\(query)")
      }
      let first = try #require(try await hits(command, "quokka").first)
      #expect(first["place"] as? String == "notes" && first["title"] as? String == "Zanzibar")
      #expect(first["snippet"] as? String == "[Quokkas] are flaky tests" && first["at"] is Int)
      #expect(try await hits(command, "quokka", "--in", "messages", "--in", "playbooks").isEmpty)
      try sandbox.edit(.update(.knowledgeNotes, note, set: ["body": "Numbats"]))
      _ = try await command.run("sync")
      #expect(try await hits(command, "quokka").isEmpty)
      #expect(try await hits(command, "numbat").count == 1)
      #expect(try await hits(command, "zanzibar").count == 1)
      try await expectSoundWords(command)
      try sandbox.edit(.delete(.knowledgeNotes, note))
      _ = try await command.run("sync")
      #expect(try await hits(command, "numbat").isEmpty)
      try sandbox.edit(.restore(.knowledgeNotes, note))
      _ = try await command.run("sync")
      #expect(try await hits(command, "numbat").count == 1)
      try await expectSoundWords(command)
    }
  }

  @Test("messages are found with author and time, the messages around them, and by user and time")
  func messages() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync")
      let row = try #require(
        try await command.query(
          """
          SELECT m.session_id, m.event_id, m.created_at, s.user_id FROM session_messages AS m JOIN sessions AS s USING (session_id)
          WHERE s.user_id <> 'bot_apk' AND (SELECT count(*) FROM session_messages AS o WHERE o.session_id = m.session_id) > 2 LIMIT 1
          """
        ).first
      ).split(separator: "|", maxSplits: 3).map(String.init)
      // A word that occurs nowhere else, added as a run would: through the index as well.
      _ = try await command.query(
        """
        UPDATE session_messages SET _raw = json_set(_raw, '$.message', 'the wallaby <b>'), _changed_at = 1 WHERE event_id = '\(row[1])'
        """)
      #expect(try await command.run("search", "--rebuild").status == 0)
      let found = try #require(try await hits(command, "wallabies", "--context", "1").first)
      #expect(found["id"] as? String == row[1] && found["session"] as? String == row[0] && found["at"] as? Int == Int(row[2]))
      let context = try #require(found["context"] as? [[String: Any]])
      #expect((2...3).contains(context.count) && context.contains { $0["id"] as? String == row[1] })
      #expect(try await hits(command, "wallaby", "--user", row[3]).count == 1)
      let other = try #require(try await command.query("SELECT user_id FROM people WHERE user_id <> '\(row[3])' LIMIT 1").first)
      #expect(try await hits(command, "wallaby", "--user", other).isEmpty)
      #expect(try await hits(command, "wallaby", "--since", "2999-01-01").isEmpty)
      let text = try await command.run("search", "wallaby")
      #expect(text.output.contains("the [wallaby] <b>") && text.output.contains("https://app.devin.ai/sessions/\(row[0])"))
    }
  }

  @Test("invalid search syntax is searched as plain text, which is reported")
  func words() async throws {
    try await Command.trial { command, sandbox in
      try sandbox.edit(.update(.playbooks, sandbox.ids(.playbooks)[0], set: ["body": "call foo-bar's main(\"x\") AND wait"]))
      _ = try await command.run("sync", "playbooks")
      for query in [
        "foo-bar's", "main(\"x\")", "\"call", "AND wait", "foo-bar's \"", "(", "*", "body:", "a NEAR/",
        "'; DROP TABLE sessions; --",
      ] {
        let answer = try await command.run("search", query)
        #expect(answer.status == 0, "\(query): \(answer.errors)")
      }
      let answer = try await command.run("search", "foo-bar's")
      #expect(answer.output.contains("[foo-bar's]") && answer.errors.contains("searched as plain text"))
      #expect(try await command.run("search", "nothingness").errors.contains("nothing found"))
      #expect(try await command.run("search").status == 64)
      #expect(try await command.run("search", "a", "--in", "secrets").status == 64)
    }
  }

  @Test("text without spaces is found at any position, the newest first, and the method is reported")
  func withoutSpaces() async throws {
    try await Command.trial { command, sandbox in
      let ids = sandbox.ids(.playbooks)
      try sandbox.edit(.update(.playbooks, ids[0], set: ["body": "最初に日本語の文章を検索する \"引用\"。"]))
      try sandbox.edit(.update(.playbooks, ids[1], set: ["title": "한국어를 찾기"]))
      _ = try await command.run("sync", "playbooks")
      for (query, id) in [("日本語", ids[0]), ("検索", ids[0]), ("文章 日本", ids[0]), ("한국어", ids[1]), ("\"日本語の文章\"", ids[0])] {
        #expect(try await hits(command, query).map { $0["id"] as? String } == [id], "\(query)")
      }
      #expect(try await hits(command, "日本人").isEmpty)
      let told = try await command.run("search", "日本語")
      #expect(told.output.contains("最初に[日本語]の文章") && told.errors.contains("all texts were searched"))
      for query in ["日本語 OR (", "語' \"", "語*", "日\"本"] { #expect(try await command.run("search", query).status == 0, "\(query)") }
    }
  }

  @Test("the index is switched on and off by the settings, and rebuilt by command and by maintain")
  func switches() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync")
      let word = "branch"
      let count = try await hits(command, word, "--limit", "1000").count
      #expect(count > 0)
      let off = command.with(["DEVIN_SYNC_SEARCH_INDEX": "off"])
      #expect(try await off.run("sync").status == 0)
      let refused = try await command.run("search", word)
      #expect(refused.status == 78 && refused.errors.contains("--rebuild"))
      #expect(try await command.query("SELECT count(*) FROM search_session_messages_docsize") == ["0"])
      try sandbox.edit(.update(.playbooks, sandbox.ids(.playbooks)[0], set: ["body": "numbat"]))
      #expect(try await off.run("sync").status == 0)
      #expect(try await command.run("sync").status == 0)
      #expect(try await hits(command, word, "--limit", "1000").count >= count - 1)
      #expect(try await hits(command, "numbat").count == 1)
      try await expectSoundWords(command)
      // A change by another program.
      _ = try await command.query("UPDATE playbooks SET _raw = json_set(_raw, '$.body', 'quoll')")
      let maintained = try await command.run("maintain", "--json")
      #expect(maintained.output.contains("\"indexed_anew\":[\"playbooks\"]"), "\(maintained.output)\(maintained.errors)")
      #expect(try await hits(command, "quoll").count == sandbox.ids(.playbooks).count)
      #expect(try await command.with(["DEVIN_SYNC_SEARCH_INDEX": "maybe"]).run("sync").status == 78)
    }
  }

  @Test("rows that maintain removes leave no text in the index")
  func forgotten() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync")
      for id in sandbox.ids(.sessions).prefix(2) { try sandbox.edit(.delete(.sessions, id)) }
      _ = try await command.run("sync", "--full")
      #expect(try await command.query("SELECT count(*) FROM sessions WHERE _deleted_at IS NOT NULL") == ["2"])
      _ = try await command.query("UPDATE sessions SET _deleted_at = 1 WHERE _deleted_at IS NOT NULL")
      #expect(try await command.run("maintain", "--keep-deleted", "1d").status == 0)
      #expect(try await command.query("SELECT count(*) FROM sessions WHERE _deleted_at IS NOT NULL") == ["0"])
      try await expectSoundWords(command)
    }
  }

  @Test("a change of volatile fields only changes the row and adds no history")
  func volatile() async throws {
    try await Command.trial { command, sandbox in
      let quiet = command.with(["DEVIN_SYNC_VOLATILE_FIELDS": "playbooks.macro playbooks.updated_at"])
      _ = try await quiet.run("sync", "playbooks")
      let ids = sandbox.ids(.playbooks)
      try sandbox.edit(.update(.playbooks, ids[0], set: ["macro": "!new"]))
      try sandbox.edit(.update(.playbooks, ids[1], set: ["macro": "!new", "title": "New"]))
      _ = try await quiet.run("sync", "playbooks")
      #expect(try await command.query("SELECT count(*) FROM playbooks WHERE macro = '!new'") == ["2"])
      #expect(try await command.query("SELECT key FROM sync_changes WHERE change = 'changed'") == [ids[1]])
      for wrong in ["macro", "nothing.macro", "playbooks.a'b"] {
        #expect(try await command.with(["DEVIN_SYNC_VOLATILE_FIELDS": wrong]).run("sync").status == 78, "\(wrong)")
      }
    }
  }
}
