import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("Maintenance, and actions after a run", .timeLimit(.minutes(60)))
struct MaintenanceTests {
  private func mode(_ path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
  }

  private func object(_ line: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  // MARK: - changes

  @Test("the feed has each change once, starting with a run, a time or the beginning, for people and as JSON")
  func changes() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync", "playbooks")
      let ids = sandbox.ids(.playbooks)
      try sandbox.edit(.update(.playbooks, ids[0], set: ["title": "other"]))
      try sandbox.edit(.delete(.playbooks, ids[1]))
      _ = try await command.run("sync", "playbooks")
      let all = try await command.run("changes", "--json")
      #expect(all.status == 0)
      #expect(all.lines.count == ids.count + 2)
      #expect(Set(try all.lines.map { try object($0)["change_id"] as? Int }).count == all.lines.count)
      let second = try await command.run("changes", "--since", "2", "--json")
      let changes = try second.lines.map(object)
      #expect(Set(changes.map { "\($0["change"] ?? "") \($0["key"] ?? "")" }) == ["changed \(ids[0])", "deleted \(ids[1])"])
      #expect(changes.allSatisfy { $0["run_id"] as? Int == 2 && $0["resource"] as? String == "playbooks" })
      let people = try await command.run("changes", "playbooks", "--since", "2")
      #expect(people.lines.count == 2 && people.output.contains("deleted   playbooks  \(ids[1])"))
      let counts = [
        "7d": ids.count + 2, "2000-01-01": ids.count + 2, "2000-01-01T00:00:00Z": ids.count + 2, "2999-01-01": 0,
      ]
      for (since, count) in counts {
        let part = try await command.run("changes", "--since", since)
        #expect(part.status == 0 && part.lines.count == count, "\(since)")
      }
      let other = try await command.run("changes", "sessions")
      #expect(other.status == 0 && other.output.isEmpty)
      for (arguments, status) in [
        (["--since", "3"], 64), (["--since", "soon"], 64), (["sesions"], 64), (["--database", "none.db"], 74),
      ] {
        let wrong = try await command.run(["changes"] + arguments)
        #expect(wrong.status == Int32(status) && wrong.output.isEmpty && !wrong.errors.isEmpty, "\(arguments)")
      }
    }
  }

  @Test("a followed feed prints the changes of a later run, and ends with the status of the signal")
  func follow() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync", "playbooks")
      let feed = try command.start("changes", "--follow", "--json", "--since", "1")
      let count = sandbox.ids(.playbooks).count
      try await feed.waitForOutput { $0.split(separator: "\n").count == count }
      try sandbox.edit(.update(.playbooks, sandbox.ids(.playbooks)[0], set: ["title": "later"]))
      _ = try await command.run("sync", "playbooks")
      try await feed.waitForOutput { $0.contains("\"changed\"") }
      feed.send(SIGTERM)
      let result = try await feed.result()
      #expect(result.status == 143 && result.lines.count == count + 1)
    }
  }

  // MARK: - on-change

  private func script(_ text: String, in command: Command) throws -> String {
    let file = command.folder.appendingPathComponent("hook")
    try Data("#!/bin/sh\n\(text)\n".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    return file.path
  }

  @Test("the command gets the changes, and not the key; a run without changes does not start it")
  func onChange() async throws {
    try await Command.trial { command, sandbox in
      let hook = try script("cat >> changes.txt; env >> environment.txt; echo \"$@\" >> words.txt", in: command)
      for _ in 1...2 {
        let run = try await command.run("sync", "playbooks", "--on-change", "\(hook) a $HOME;b")
        #expect(run.status == 0 && run.errors.isEmpty && run.output.isEmpty, "\(run.errors)")
      }
      func text(_ name: String) throws -> String {
        try String(contentsOf: command.folder.appendingPathComponent(name), encoding: .utf8)
      }
      let feed = try await command.run("changes", "--json")
      #expect(try text("changes.txt") == feed.output)
      #expect(!feed.output.isEmpty)
      #expect(try text("words.txt") == "a $HOME;b\n", "no shell takes the words apart")
      #expect(try !text("environment.txt").contains(sandbox.scenario.key))
      #expect(try text("environment.txt").contains("DEVIN_SYNC_RUN=1\n"))
    }
  }

  @Test(
    "a command that fails is reported, and changes neither the mirror nor the status",
    arguments: [("exit 7", "status 7"), ("kill -9 $$", "status 137"), ("exec 0<&-", nil)])
  func onChangeFails(_ text: String, words: String?) async throws {
    try await Command.trial { command, sandbox in
      let hook = try script(text, in: command)
      let run = try await command.run("sync", "playbooks", "--on-change", hook, "--summary-file", "runs.jsonl")
      #expect(run.status == 0)
      #expect(words.map(run.errors.contains) ?? run.errors.isEmpty, "\(run.errors)")
      let summary = try String(contentsOf: command.folder.appendingPathComponent("runs.jsonl"), encoding: .utf8)
      #expect(words.map(summary.contains) ?? true)
      #expect(try await command.query("SELECT count(*) FROM playbooks") == ["\(sandbox.ids(.playbooks).count)"])
      let missing = try await command.run("sync", "secrets", "--on-change", "no-such-program")
      #expect(missing.status == 0 && missing.errors.contains("there is no executable program `no-such-program`"))
    }
  }

  @Test("the mirror is not locked while the command runs")
  func onChangeHoldsNoLock() async throws {
    try await Command.trial { command, _ in
      let program = Command.program.path
      let hook = try script(
        "DEVIN_API_KEY=cog_sandbox_2f8c61d09b7e4a53 '\(program)' sync secrets; echo $? > inner.txt", in: command)
      let run = try await command.run("sync", "playbooks", "--on-change", hook)
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      #expect(try String(contentsOf: command.folder.appendingPathComponent("inner.txt"), encoding: .utf8) == "0\n")
    }
  }

  // MARK: - backup

  @Test("a backup made during a run is one valid file that only its owner can read, and a sync continues with it")
  func backup() async throws {
    try await Command.trial(.long) { command, sandbox in
      _ = try await command.run("sync", "playbooks")
      sandbox.faults = [FaultRule(.hang, path: "/sessions$", skip: 1)]
      let run = try command.start("sync", "sessions")
      await sandbox.waitForRequest("/sessions", count: 2)
      let copy = try await command.run("backup", "copy.db")
      #expect(copy.status == 0 && copy.output.contains("copy.db: "), "\(copy.errors)")
      run.send(SIGTERM)
      _ = try await run.result()
      let path = command.folder.appendingPathComponent("copy.db").path
      #expect(try mode(path) == 0o600)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: command.folder.path).filter { $0.hasPrefix("copy") } == ["copy.db"])
      let whole = try await command.run("verify", "--offline", "--database", "copy.db")
      #expect(
        whole.status == 65 && whole.output.contains("is intact") && whole.output.contains("sessions of"),
        "\(whole.output)\(whole.errors)")
      sandbox.faults = []
      let next = try await command.run("sync", "sessions", "--database", "copy.db")
      #expect(next.status == 0)
      #expect(try MirroredFile(path).differences(from: sandbox, [.sessions, .playbooks]) == [])
    }
  }

  @Test("a backup overwrites a file only on request, and never the mirror itself")
  func backupKeeps() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync", "playbooks")
      let other = command.folder.appendingPathComponent("other.txt")
      try Data("mine".utf8).write(to: other)
      let refused = try await command.run("backup", "other.txt")
      #expect(refused.status == 73 && refused.errors.contains("--force"))
      #expect(try Data(contentsOf: other) == Data("mine".utf8))
      let itself = try await command.run("backup", "--force", "devin.db")
      #expect(itself.status == 73 && itself.errors.contains("the mirror itself"))
      #expect(try await command.run("backup", "--force", "other.txt").status == 0)
      #expect(try await command.run("verify", "--offline", "--database", "other.txt").status == 0)
      #expect(try await command.run("backup", "/proc/none/copy.db").status == 73)
      #expect(try await command.run("backup", "--database", "none.db", "copy.db").status == 74)
    }
  }

  // MARK: - maintain

  @Test("maintain prunes old history and old deleted rows, and no other row")
  func maintain() async throws {
    try await Command.trial { command, sandbox in
      let old = command.with(["DEVIN_SYNC_TEST_CLOCK": "-864000"])
      _ = try await old.run("sync", "sessions", "session_messages", "playbooks")
      let session = sandbox.ids(.sessions)[0]
      let playbook = sandbox.ids(.playbooks)[0]
      try sandbox.edit(.delete(.sessions, session))
      try sandbox.edit(.delete(.playbooks, playbook))
      _ = try await old.run("sync", "--full", "sessions", "session_messages", "playbooks")
      #expect(try await command.query("SELECT count(*) FROM sessions WHERE _deleted_at IS NOT NULL") == ["1"])
      let messages = try await command.query("SELECT count(*) FROM session_messages")[0]
      let gone = try await command.query("SELECT count(*) FROM session_messages WHERE session_id = '\(session)'")[0]
      let kept = try await command.run("maintain")
      #expect(kept.status == 0)
      #expect(try await command.query("SELECT count(*) FROM sessions WHERE _deleted_at IS NOT NULL") == ["1"])
      let asked = try await command.run("maintain", "--dry-run", "--keep-changes", "5d", "--keep-deleted", "5d", "--json")
      let told = try object(asked.output)
      #expect((told["rows"] as? [String: Int])?["session_messages"] == Int(gone))
      #expect(try await command.query("SELECT count(*) FROM session_messages") == [messages])
      let done = try await command.run("maintain", "--keep-changes", "5d", "--keep-deleted", "5d", "--vacuum")
      #expect(done.status == 0 && done.output.contains("vacuumed"), "\(done.errors)")
      #expect(try await command.query("SELECT count(*) FROM sessions WHERE session_id = '\(session)'") == ["0"])
      #expect(try await command.query("SELECT count(*) FROM session_messages WHERE session_id = '\(session)'") == ["0"])
      #expect(try await command.query("SELECT count(*) FROM sync_checkpoints WHERE parent = '\(session)'") == ["0"])
      #expect(try await command.query("SELECT count(*) FROM sync_changes") == ["0"])
      let whole = try await command.run("verify", "--offline")
      #expect(whole.status == 0, "\(whole.output)\(whole.errors)")
      let next = try await command.run("sync", "sessions", "session_messages", "playbooks")
      #expect(next.status == 0, "\(next.errors)")
      #expect(try MirroredFile(command.database).differences(from: sandbox, [.sessions, .sessionMessages, .playbooks]) == [])
    }
  }

  @Test("maintain does not change a file that a run is writing, or that is damaged")
  func maintainRefuses() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync", "playbooks")
      sandbox.faults = [FaultRule(.hang, path: "/playbooks")]
      let run = try command.start("sync", "playbooks")
      await sandbox.waitForRequest("/playbooks", count: 2)
      for arguments in [["maintain"], ["reset", "playbooks", "--yes"]] {
        let busy = try await command.run(arguments)
        #expect(busy.status == 75 && busy.errors.contains("pid"), "\(busy.errors)")
      }
      run.send(SIGTERM)
      _ = try await run.result()
      _ = try await command.query("UPDATE sync_checkpoints SET rows_seen = 1; DELETE FROM playbooks")
      let before = try await command.query("SELECT count(*) FROM sync_changes")
      let unsound = try await command.run("maintain", "--keep-changes", "0s")
      #expect(unsound.status == 74 && unsound.errors.contains("nothing was changed"), "\(unsound.errors)")
      #expect(try await command.query("SELECT count(*) FROM sync_changes") == before)
    }
  }

  // MARK: - stats, reset

  @Test("stats count rows and bytes of every table that is not empty")
  func stats() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync", "playbooks", "sessions")
      let people = try await command.run("stats")
      #expect(people.status == 0 && people.lines.count > 4)
      #expect(people.lines.last?.contains("devin.db: ") == true)
      let figures = try object(try await command.run("stats", "--json").output)
      let tables = try #require(figures["tables"] as? [[String: Any]])
      let sessions = try #require(tables.first { $0["name"] as? String == "sessions" })
      #expect(sessions["rows"] as? Int == sandbox.scenario.sessions)
      #expect((sessions["bytes"] as? Int ?? 0) > 4096)
      #expect(!tables.contains { $0["name"] as? String == "secrets" })
      // The first import does not count as growth; the rows of the second run do.
      #expect(sessions["new_rows_per_day"] as? Double == 0)
      _ = try sandbox.news(steps: 5)
      #expect(try await command.run("sync", "sessions").status == 0)
      _ = try await command.query(
        "UPDATE sync_runs SET started_at = started_at - 40 * 86400, finished_at = finished_at - 40 * 86400 WHERE run_id = 1")
      let new = try #require(
        try await command.query("SELECT count(*) FROM sync_changes WHERE run_id = 2 AND change = 'inserted'").first.flatMap(
          Double.init))
      #expect(new > 0)
      for days in [30, 1] {
        let grown = try object(try await command.run("stats", "--json", "--days", "\(days)").output)
        let table = (grown["tables"] as? [[String: Any]])?.first { $0["name"] as? String == "sessions" }
        #expect(abs((table?["new_rows_per_day"] as? Double ?? 0) - new / Double(days)) < 0.01, "\(days)")
      }
    }
  }

  @Test("after a reset a resource is read completely, no row is lost, and deletions in the meantime are found")
  func reset() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync")
      let unasked = try await command.run("reset", "sessions")
      #expect(unasked.status == 64 && unasked.errors.contains("--yes"))
      #expect(try await command.run("reset", "sesions", "--yes").status == 64)
      let rows = try await command.query("SELECT count(*) FROM sessions")
      let done = try await command.run("reset", "sessions", "session_messages", "--yes")
      #expect(done.status == 0 && done.output.contains("will be read completely"), "\(done.errors)")
      #expect(try await command.query("SELECT count(*) FROM sessions") == rows)
      try sandbox.edit(.delete(.sessions, sandbox.ids(.sessions)[0]))
      sandbox.forgetRequests()
      let next = try await command.run("sync")
      #expect(next.status == 0, "\(next.errors)")
      #expect(!sandbox.requests.contains { $0.path.hasSuffix("/sessions") && $0.query.contains("updated_after") })
      #expect(sandbox.requests.count { $0.path.hasSuffix("/messages") } >= sandbox.scenario.sessions - 1)
      #expect(try MirroredFile(command.database).differences(from: sandbox, [.sessions, .sessionMessages]) == [])
      #expect(try await command.query("SELECT count(*) FROM sessions WHERE _deleted_at IS NOT NULL") == ["1"])
      #expect(try await command.run("verify", "--offline").status == 0)
    }
  }
}
