import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("Files go back to Devin", .timeLimit(.minutes(60)))
struct PushTests {
  /// A mirror whose content is exported into `content`, and a command with a key that writes.
  private func exported(_ body: @Sendable (Command, Sandbox) async throws -> Void) async throws {
    try await Command.trial { command, sandbox in
      let command = command.with(["DEVIN_PUSH_API_KEY": command.environment["DEVIN_API_KEY"], "DEVIN_SYNC_TEST_CLOCK": "0"])
      #expect(try await command.run("sync").status == 0)
      let export = try await command.run("export", "content", "content")
      #expect(export.status == 0 && export.errors.isEmpty, "\(export.errors)")
      sandbox.forgetRequests()
      try await body(command, sandbox)
    }
  }

  private func files(_ command: Command, _ kind: String) throws -> [String] {
    let folder = command.folder.appendingPathComponent("content")
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { path in
      path.hasPrefix(kind + "/") && (path.hasSuffix(".md") || path.hasSuffix(".yaml"))
    }.sorted()
  }

  private func text(_ command: Command, _ path: String) throws -> String {
    try String(contentsOfFile: command.folder.path + "/content/" + path, encoding: .utf8)
  }

  private func write(_ command: Command, _ path: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: command.folder.path + "/content/" + path))
  }

  /// A file of an object of the organization's own.
  private func own(_ command: Command, _ kind: String, not others: [String] = []) throws -> String {
    try #require(
      try files(command, kind).first { path in
        let text = try text(command, path)
        return !others.contains(path) && !text.contains("access_type: \"enterprise\"")
      })
  }

  private func key(_ command: Command, _ path: String) throws -> String {
    let text = try text(command, path)
    return try String(#require(text.firstMatch(of: /(?m)^(?:note|playbook|scheduled_session|automation)_id: "([^"]+)"/)).1)
  }

  private func add(_ line: String, to path: String, _ command: Command) throws {
    try write(command, path, text(command, path) + line + "\n")
  }

  private static let newNote =
    "---\nname: \"How we name branches\"\ntrigger: \"When you create a branch\"\n---\n\nName it after the issue.\n"

  private func methods(_ sandbox: Sandbox) -> Set<String> { Set(sandbox.requests.map(\.method)) }

  @Test("what was exported and not edited plans nothing, and nothing is asked")
  func roundTrip() async throws {
    try await exported { command, sandbox in
      for kind in ["playbooks", "notes", "schedules", "automations"] { #expect(try !files(command, kind).isEmpty, "\(kind)") }
      let plan = try await command.run("push", "content", "--delete")
      #expect(
        plan.status == 0 && plan.lines.count == 1 && plan.output.hasPrefix("Plan: 0 to create, 0 to update, 0 to delete, "),
        "\(plan.output)")
      #expect(sandbox.requests.map(\.path) == ["/v3/self"])
      let again = try await command.run("export", "content", "content")
      #expect(again.status == 0 && again.output.contains(": 0 files written, 0 removed, "), "\(again.output)")
    }
  }

  @Test("edited, new and removed files are planned with GET alone and written with --apply, and then nothing is left to do")
  func wholeWay() async throws {
    try await exported { command, sandbox in
      let note = try own(command, "notes")
      let gone = try own(command, "notes", not: [note])
      let (playbook, schedule) = try (own(command, "playbooks"), own(command, "schedules"))
      let (noteKey, goneKey) = try (key(command, note), key(command, gone))
      try add("Written by a test.", to: note, command)
      try add("Written by a test.", to: playbook, command)
      try write(command, schedule, text(command, schedule).replacing(/(?m)^name: .*$/, with: "name: \"Renamed by a test\""))
      try FileManager.default.removeItem(atPath: command.folder.path + "/content/" + gone)
      try write(command, "notes/mine.md", Self.newNote)

      let plan = try await command.run("push", "content", "--delete")
      #expect(plan.status == 0 && plan.errors.isEmpty, "\(plan.errors)")
      for part in [
        "update content/\(note) (\(noteKey))", "+Written by a test.", "create content/notes/mine.md", "+Name it after the issue.",
        "delete content/\(gone) (\(goneKey))", "+name: \"Renamed by a test\"", "Plan: 1 to create, 3 to update, 1 to delete, ",
        "Nothing was sent.",
      ] { #expect(plan.output.contains(part), "\(part)") }
      #expect(methods(sandbox) == ["GET"])
      // The same as JSON, and of one kind.
      let json = try await command.run("push", "content", "--json", "--only", "playbooks")
      let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      #expect(object["action"] as? String == "update" && object["resource"] as? String == "playbooks")
      #expect(
        object["file"] as? String == "content/\(playbook)" && (object["diff"] as? String)?.contains("+Written by a test.") == true
      )
      // Nobody is there to ask.
      #expect(try await command.run("push", "content", "--apply").status == 64)
      #expect(methods(sandbox) == ["GET"])

      let first = try await command.run("push", "content", "--apply", "--yes", "--delete", "--limit", "2")
      #expect(first.status == 0 && first.errors.contains("--limit 2 was reached"), "\(first.errors)")
      let applied = try await command.run("push", "content", "--apply", "--yes", "--delete", "--lock-wait", "5s")
      #expect(applied.status == 0, "\(applied.errors)")
      #expect(methods(sandbox) == ["GET", "PUT", "POST", "PATCH", "DELETE"])
      #expect(sandbox.requests.count { $0.method != "GET" } == 5)

      #expect(try await command.query("SELECT count(*) FROM sync_pushes WHERE outcome = 'done'") == ["5"])
      #expect(
        try await command.query("SELECT body LIKE '%Written by a test.%' FROM knowledge_notes WHERE note_id = '\(noteKey)'") == [
          "1"
        ])
      #expect(
        try await command.query(
          "SELECT count(*) FROM knowledge_notes WHERE name = 'How we name branches' AND _deleted_at IS NULL") == ["1"])
      #expect(
        try await command.query("SELECT _deleted_at IS NOT NULL FROM knowledge_notes WHERE note_id = '\(goneKey)'") == ["1"])
      #expect(try await command.query("SELECT command, status FROM sync_runs ORDER BY run_id DESC LIMIT 1") == ["push|0"])
      #expect(
        try await command.run("history", "knowledge_notes", noteKey).output.contains(
          "changed  pushed (update) with the key of service_user "))
      #expect(try text(command, "notes/mine.md").contains("note_id: \"note-"))
      let done = try await command.run("push", "content", "--delete")
      #expect(done.status == 0 && done.lines.count == 1, "\(done.output)")
      // What the server has is what the mirror says.
      let sync = try await command.run("sync", "--full", "--progress", "json")
      #expect(sync.status == 0, "\(sync.errors)")
      #expect(
        try await command.query(
          "SELECT count(*) FROM sync_changes WHERE run_id = (SELECT max(run_id) FROM sync_runs) AND resource IN ('knowledge_notes', 'playbooks', 'schedules', 'automations')"
        ) == ["0"])
      #expect(try await command.run("verify", "knowledge_notes", "playbooks", "schedules", "automations").status == 0)
      #expect(try await command.run("verify", "--offline").status == 0)
      let export = try await command.run("export", "content", "content")
      #expect(export.status == 0 && export.errors.isEmpty)
    }
  }

  @Test("a note that was changed meanwhile is a conflict, shown from both sides and not touched")
  func conflict() async throws {
    try await exported { command, sandbox in
      let note = try own(command, "notes")
      let key = try key(command, note)
      try add("Ours.", to: note, command)
      try sandbox.edit(.update(.knowledgeNotes, key, set: ["body": "Theirs."]))
      for arguments in [["push", "content"], ["push", "content", "--apply", "--yes"]] {
        let result = try await command.run(arguments)
        #expect(result.status == 65, "\(result.errors)")
        for part in ["conflict content/\(note) (\(key))", "+Ours.", "+Theirs.", "1 conflict"] {
          #expect(result.output.contains(part), "\(part)")
        }
      }
      #expect(methods(sandbox) == ["GET"])
      // An export brings the news and keeps the edit.
      #expect(try await command.run("sync", "knowledge_notes").status == 0)
      let export = try await command.run("export", "content", "content")
      #expect(export.errors.contains("\(note) was edited and not pushed"))
      #expect(try text(command, note).contains("Ours."))
      let forced = try await command.run("push", "content", "--apply", "--yes", "--overwrite")
      #expect(forced.status == 0, "\(forced.errors)")
      #expect(try await command.query("SELECT body LIKE '%Ours.%' FROM knowledge_notes WHERE note_id = '\(key)'") == ["1"])
    }
  }

  @Test("a new automation begins switched off, and a new schedule that is to be off is switched off")
  func inTwoSteps() async throws {
    try await exported { command, sandbox in
      try write(
        command, "automations/mine.yaml",
        "name: \"Mine\"\nenabled: true\ntriggers:\n  - event_type: \"github:push\"\nactions:\n  - type: \"start_session\"\n    prompt: \"Look\"\n"
      )
      try write(command, "schedules/mine.yaml", "name: \"Mine\"\nprompt: \"Look\"\nfrequency: \"0 9 * * 1\"\nenabled: false\n")
      let result = try await command.run("push", "content", "--apply", "--yes")
      #expect(result.status == 0, "\(result.errors)\(result.output)")
      #expect(sandbox.requests.map(\.method).filter { $0 != "GET" } == ["POST", "PATCH", "POST", "PATCH"])
      #expect(try await command.query("SELECT enabled FROM automations WHERE name = 'Mine'") == ["1"])
      #expect(try await command.query("SELECT enabled FROM schedules WHERE name = 'Mine'") == ["0"])
    }
  }

  @Test(
    "a push that is killed, or whose answer is lost, makes nothing twice: the next one looks first",
    arguments: ["push_intended", "push_answered", "push_journaled", "lost answer", "lost request", "500 afterwards"])
  func atMostOnce(_ trouble: String) async throws {
    try await exported { command, sandbox in
      try write(command, "notes/mine.md", Self.newNote)
      let faults: [String: FaultRule] = [
        "lost answer": FaultRule(Fault.reset.afterwards, method: "POST"), "lost request": FaultRule(.reset, method: "POST"),
        "500 afterwards": FaultRule(Fault.status(500).afterwards, method: "POST"),
      ]
      sandbox.faults = faults[trouble].map { [$0] } ?? []
      let isKilled = faults[trouble] == nil
      let first = try await command.with(["DEVIN_SYNC_CRASH_POINT": isKilled ? "\(trouble):1" : nil])
        .run("push", "content", "--apply", "--yes")
      #expect(first.status == (isKilled ? -SIGKILL : trouble == "lost request" ? 69 : 0), "\(first)")
      let second = try await command.run("push", "content", "--apply", "--yes")
      #expect(second.status == 0, "\(second.errors)")
      let notes = sandbox.objects(.knowledgeNotes).filter { $0.contains("How we name branches") }
      #expect(notes.count == 1)
      #expect(try text(command, "notes/mine.md").contains("note_id: \"note-"))
      #expect(try await command.query("SELECT count(*) FROM sync_pushes WHERE outcome IS NULL") == ["0"])
      #expect(try await command.run("sync").status == 0)
      #expect(try await command.run("push", "content").lines.count == 1)
      #expect(
        try await command.query(
          "SELECT count(*) FROM knowledge_notes WHERE name = 'How we name branches' AND _deleted_at IS NULL") == ["1"])
      #expect(try await command.run("verify", "--offline").status == 0)
    }
  }

  @Test("nothing is written while another run holds the lock")
  func locked() async throws {
    try await exported { command, sandbox in
      try add("x", to: own(command, "notes"), command)
      sandbox.faults = [FaultRule(.hang, path: "/playbooks$", times: nil)]
      let run = try command.start("sync", "playbooks", "--full")
      await sandbox.waitForRequest("/playbooks")
      sandbox.faults = []
      #expect(try await command.run("push", "content", "--apply", "--yes").status == 75)
      run.send(SIGTERM)
      _ = try await run.result()
      #expect(methods(sandbox) == ["GET"])
    }
  }

  @Test("a key to push with has to be named, and the one that reads is taken only if that is asked for")
  func keys() async throws {
    try await exported { command, _ in
      let key = try #require(command.environment["DEVIN_API_KEY"])
      let reading = command.with(["DEVIN_PUSH_API_KEY": nil])
      let refused = try await reading.run("push", "content")
      #expect(refused.status == 78 && refused.errors.contains("DEVIN_PUSH_API_KEY"))
      #expect(try await reading.run("push", "content", "--use-reading-key").status == 0)
      #expect(try await reading.with(["DEVIN_API_KEY": "cog_wrong"]).run("push", "content", "--use-reading-key").status == 77)
      let wrong = try await command.with(["DEVIN_PUSH_API_KEY": "cog_wrong_one"]).run("push", "content")
      #expect(wrong.status == 77 && !wrong.errors.contains("cog_wrong_one"))
      let stored = reading.with(["DEVIN_PUSH_API_KEY": nil])
      #expect(
        try await stored.run(
          program: "/bin/sh", ["-c", "printf %s \"$DEVIN_API_KEY\" | \(Command.program.path) credentials add writer"]
        ).status == 0)
      #expect(try await stored.run("push", "content", "--push-credential", "writer").status == 0)
      #expect(try await stored.run("push", "content", "--push-credential", "nobody").status == 78)
      // It is in nothing that was written.
      for name in try FileManager.default.subpathsOfDirectory(atPath: command.folder.path) where !name.contains("credentials/") {
        let data = FileManager.default.contents(atPath: command.folder.path + "/" + name) ?? Data()
        #expect(data.range(of: Data(key.utf8)) == nil, "\(name)")
      }
    }
  }

  @Test("the key that writes is tried with GET alone, and nobody says that it may write")
  func checksKey() async throws {
    try await exported { command, sandbox in
      let result = try await command.run("check", "--push")
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.contains("The key is DEVIN_PUSH_API_KEY. Whether it may write"))
      for resource in ["playbooks", "knowledge_notes", "schedules", "automations"] {
        #expect(result.output.contains(resource), "\(resource)")
      }
      let json = try await command.run("check", "--push", "--json")
      #expect(json.output.contains(#""push_key_source":"DEVIN_PUSH_API_KEY""#), "\(json.output)")
      #expect(try await command.with(["DEVIN_PUSH_API_KEY": "cog_wrong_one"]).run("check", "--push").status == 77)
      #expect(try await command.with(["DEVIN_PUSH_API_KEY": nil]).run("check", "--push").status == 78)
      #expect(try await command.run("check", "--push", "--push-credential", "nobody").status == 78)
      #expect(try await command.run("check", "--push", "--credential", "work").status == 64)
      #expect(methods(sandbox) == ["GET"])
    }
  }

  @Test("files that cannot be meant are named with their line before anything is asked")
  func hostileFiles() async throws {
    try await exported { command, sandbox in
      let note = try own(command, "notes")
      try write(command, note, text(command, note).replacing(/(?m)^trigger: .*$/, with: "triger: \"x\""))
      try write(command, "notes/bomb.md", "---\na: &a [x]\n\((1...20).map { "b\($0): [*a, *a]" }.joined(separator: "\n"))\n---\n")
      let result = try await command.run("push", "content", "--apply", "--yes")
      #expect(result.status == 65 && result.output.isEmpty, "\(result.output)")
      #expect(
        result.errors.contains("content/\(note):4: a note has no member `triger`") && result.errors.contains("bomb.md: "),
        "\(result.errors)")
      #expect(sandbox.requests.isEmpty)
    }
  }

  @Test("objects of others are not written: of another organization, and of the enterprise with an organization's key")
  func others() async throws {
    try await exported { command, sandbox in
      let note = try own(command, "notes")
      try write(command, note, text(command, note).replacing(/(?m)^org_id: .*$/, with: "org_id: \"org-other\"") + "x\n")
      let result = try await command.run("push", "content", "--apply", "--yes")
      #expect(
        result.status == 65 && result.output.contains("blocked content/\(note)") && result.output.contains("org-other"),
        "\(result.output)")
      #expect(try await command.run("push", "content", "--org", "org-other").status == 78)
      #expect(try await command.run("push", "content", "--apply", "--yes", "--database", "none.db").status == 74)
      if let shared = try files(command, "notes").first(where: { try text(command, $0).contains("access_type: \"enterprise\"") })
      {
        try add("x", to: shared, command)
        #expect(try await command.run("push", "content").output.contains("blocked content/\(shared)"))
      }
      #expect(methods(sandbox) == ["GET"])
    }
  }

  @Test("many files that are gone at once are no wish without --allow-mass-deletion")
  func massDeletion() async throws {
    try await exported { command, sandbox in
      for path in try files(command, "notes") {
        try FileManager.default.removeItem(atPath: command.folder.path + "/content/" + path)
      }
      let result = try await command.run("push", "content", "--delete")
      #expect(result.status == 65 && result.output.contains("--allow-mass-deletion"), "\(result.output)")
      let allowed = try await command.run("push", "content", "--delete", "--allow-mass-deletion")
      #expect(
        !allowed.output.contains("more than a fifth") && allowed.output.contains("\ndelete content/notes/"), "\(allowed.output)")
      #expect(methods(sandbox) == ["GET"])
    }
  }

  @Test("neither key is in a file, in what is printed or among the arguments of a process")
  func keysStayAway() async throws {
    var scenario = SandboxScenario.brief
    scenario.writeKey = "cog_writes_81d0c7"
    let keys = [scenario.key, "cog_writes_81d0c7"]
    try await Command.trial(scenario) { command, sandbox in
      let command = command.with(["DEVIN_PUSH_API_KEY": keys[1], "DEVIN_SYNC_TEST_CLOCK": "0"])
      #expect(try await command.run("sync").status == 0)
      #expect(try await command.run("export", "content", "content").status == 0)
      let note = try own(command, "notes")
      try add("Ours.", to: note, command)
      var printed: [String] = []
      for arguments in [
        ["push", "content"], ["push", "content", "--plan-file", "plan.json"],
        ["push", "content", "--use-reading-key", "--apply", "--yes"],
        ["check", "--push"],
      ] {
        let result = try await command.run(arguments)
        printed.append(result.output + result.errors)
      }
      // The answer to the write is held back, so that there is time to look at the process.
      sandbox.faults = [FaultRule(.hang, method: "PUT")]
      sandbox.forgetRequests()
      let apply = try command.start("push", "content", "--apply", "--yes")
      await sandbox.waitForRequest("/" + (try key(command, note)), count: 1)
      #if os(Linux)
        for process in try FileManager.default.contentsOfDirectory(atPath: "/proc") where Int(process) != nil {
          let arguments = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
          for key in keys { #expect(arguments.range(of: Data(key.utf8)) == nil, "\(process)") }
        }
      #endif
      sandbox.faults = []
      apply.send(SIGTERM)
      let ended = try await apply.result()
      printed.append(ended.output + ended.errors)
      printed.append(try await command.run("push", "content", "--apply", "--yes").output)
      printed.append(try await command.run("restore", "knowledge_notes", self.key(command, note)).output)
      for key in keys {
        #expect(!printed.contains { $0.contains(key) })
        for name in try FileManager.default.subpathsOfDirectory(atPath: command.folder.path) {
          let data = FileManager.default.contents(atPath: command.folder.path + "/" + name) ?? Data()
          #expect(data.range(of: Data(key.utf8)) == nil, "\(name)")
        }
      }
    }
  }

  @Test("no other command sends anything but GET")
  func everybodyElse() async throws {
    try await exported { command, sandbox in
      let session = try #require(try await command.query("SELECT session_id FROM sessions LIMIT 1").first)
      let playbook = try #require(
        try await command.query("SELECT playbook_id FROM playbooks WHERE access_type = 'org' LIMIT 1").first)
      for arguments in [
        ["sync"], ["sync", "--full"], ["verify", "--all"], ["verify", "--repair"], ["check"], ["status"], ["report", "-o", "-"],
        ["show", "session", session], ["export", "content", "content"], ["push", "content", "--delete"], ["resources"], ["stats"],
        ["sync", "all"], ["feed"], ["search", "the"], ["changes"], ["check", "--push"], ["history", "sessions", session],
        ["restore", "playbooks", playbook], ["push", "content", "--plan-file", "plan.json"],
        ["push", "content", "--org", "org-other"],
        ["diff", "notes"], ["query", "waste"], ["maintain", "--keep-changes", "1d"], ["backup", "copy.db"],
        ["reset", "playbooks", "--yes"],
      ] { _ = try await command.run(arguments) }
      #expect(sandbox.requests.count > 50 && methods(sandbox) == ["GET"])
    }
  }
}
