import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("The configuration file", .timeLimit(.minutes(60)))
struct ConfigurationTests {
  private func write(_ text: String, in command: Command) throws -> String {
    let folder = command.folder.appendingPathComponent(".config/devin-sync")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("config.toml")
    try Data(text.utf8).write(to: file)
    return file.path
  }

  @Test("the value is the first of flag, environment, file and default, and config show says which")
  func order() async throws {
    try await Command.trial { command, sandbox in
      let file = try write(
        """
        concurrency = 3
        database = "top.db"
        lock_wait = "1s"
        # a note
        [profiles.work]
        organizations = "org-file"
        database = "work.db"
        """, in: command)
      let command = command.with(["DEVIN_ORG_ID": "org-environment", "DEVIN_SYNC_CONCURRENCY": "4"])
      func shown(_ arguments: String...) async throws -> [String: [String: Any]] {
        let result = try await command.run(["config", "show", "--json"] + arguments)
        #expect(result.status == 0, "\(result.errors)")
        #expect(!(result.output + result.errors).contains(sandbox.scenario.key))
        let answer = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        let entries = answer?["settings"] as? [[String: Any]] ?? []
        return Dictionary(uniqueKeysWithValues: entries.map { ($0["name"] as? String ?? "", $0) })
      }
      let top = try await shown("--api-url", "https://flag.example")
      #expect(top["api_url"]?["origin"] as? String == "flag")
      #expect(top["api_url"]?["value"] as? [String] == ["https://flag.example"])
      #expect(top["concurrency"]?["value"] as? [String] == ["4"])
      #expect(top["concurrency"]?["place"] as? String == "DEVIN_SYNC_CONCURRENCY")
      #expect(top["lock_wait"]?["place"] as? String == "\(file):3: lock_wait")
      #expect(top["reconcile_every"]?["origin"] as? String == "default")
      #expect(top["database"]?["value"] as? [String] == [command.folder.path + "/.config/devin-sync/top.db"])
      let work = try await shown("--profile", "work")
      #expect(work["database"]?["place"] as? String == "\(file):7: profiles.work.database")
      #expect(work["organizations"]?["value"] as? [String] == ["org-environment"])
      #expect(work["lock_wait"]?["value"] as? [String] == ["1s"])
    }
  }

  @Test("refresh has a duration for each group, in the file, in a profile and in a variable")
  func refresh() async throws {
    try await Command.trial { command, _ in
      func shown(_ arguments: [String] = [], _ environment: [String: String?] = [:]) async throws -> String? {
        let result = try await command.with(environment).run(["config", "show"] + arguments)
        return result.status == 0
          ? result.lines.first { $0.hasPrefix("refresh ") }?.split(separator: " ").dropFirst().joined(separator: " ")
          : result.errors
      }
      #expect(try await shown() == "default=6h default")
      let file = try write(
        """
        [refresh]
        people = "12h"
        default = "2h"
        [profiles.work.refresh]
        code = "0s"
        """, in: command)
      #expect(try await shown() == "default=2h people=12h \(file):1: refresh")
      #expect(try await shown(["--profile", "work"])?.hasPrefix("code=0s ") == true)
      #expect(try await shown([], ["DEVIN_SYNC_REFRESH": "audit=1h,people=1d"]) == "audit=1h people=1d DEVIN_SYNC_REFRESH")
      for (text, problem) in [
        ("refresh = \"6h\"", "takes a table of groups"), ("refresh = { peoples = \"6h\" }", "Did you mean `people`?"),
        ("refresh = { people = \"soon\" }", "needs a duration for `people`"),
        ("refresh = { people = 6 }", "takes a table of groups"),
      ] {
        _ = try write(text, in: command)
        let result = try await command.run("sync")
        #expect(result.status == 78 && result.errors.contains(problem), "\(text): \(result.errors)")
      }
    }
  }

  @Test("a run uses its profile, and --all-profiles runs each and ends with the worst status")
  func profiles() async throws {
    try await Command.trial { command, sandbox in
      let file = command.folder.appendingPathComponent("other.toml")
      try Data(
        """
        resources = ["playbooks"]
        [profiles.good]
        organizations = ["\(sandbox.scenario.organizationID)"]
        database = "good.db"
        [profiles.bad]
        organizations = ["org-of-others"]
        database = "bad.db"
        [profiles.odd]
        database = "/proc/nowhere/odd.db"
        """.utf8
      ).write(to: file)
      let command = command.with(["DEVIN_ORG_ID": nil, "DEVIN_SYNC_CONFIG": file.path])
      #expect(try await command.run("sync", "--profile", "good").status == 0)
      let mirror = command.folder.appendingPathComponent("good.db").path
      let count = try await command.run(program: "/usr/bin/sqlite3", [mirror, "SELECT count(*) > 0 FROM playbooks"])
      #expect(count.lines == ["1"])
      let all = try await command.run("sync", "--all-profiles", "--progress", "json")
      #expect(all.status == 78, "\(all.errors)")
      #expect(all.errors.contains("devin-sync: bad: "))
      #expect(all.errors.contains("devin-sync: odd: "))
      let ends = all.lines.filter { $0.contains("\"run_finished\"") }
      #expect(ends.count == 3)
      #expect(ends.contains { $0.contains("\"profile\":\"good\"") && $0.contains("\"status\":0") })
      let status = try await command.run("status", "--profile", "good")
      #expect(status.output.contains("\nknowledge    1 of 1 "))
      let unknown = try await command.run("sync", "--profile", "god")
      #expect(unknown.status == 78)
      #expect(unknown.errors.contains("Did you mean `good`?"))
    }
  }

  @Test("--all-profiles refuses a variable that would write the rows of one profile into the file of another")
  func overruled() async throws {
    try await Command.trial { command, _ in
      _ = try write("[profiles.a]\ndatabase = \"a.db\"\n[profiles.b]\ndatabase = \"b.db\"", in: command)
      let result = try await command.with(["DEVIN_SYNC_DATABASE": "all.db"]).run("sync", "--all-profiles")
      #expect(result.status == 78)
      #expect(result.errors.contains("DEVIN_SYNC_DATABASE"))
      #expect(try await command.with(["HOME": "/nonexistent"]).run("sync", "--all-profiles").status == 78)
    }
  }

  @Test(
    "78: a mistake is reported with its file and line, and with the probable intention",
    arguments: [
      ("concurrncy = 3", 1, "Did you mean `concurrency`?"), ("\n\nconcurrency = \"three\"", 3, "takes a whole number"),
      ("concurrency = 99", 1, "from 1 to 64"), ("database = \"a", 1, "invalid TOML"),
      ("database = 1\ndatabase = 2", 2, "invalid TOML"),
      ("[profiles.a]\n# note\nskip = [\n  \"sessions\",\n  \"sesions\",\n]", 3, "Did you mean `sessions`?"),
      ("[profiles.a]\nmax_duration = \"soon\"", 2, "be a duration"), ("deletion_limit = 20", 1, "a percentage as text"),
      ("api_url = \"http://api.devin.ai\"", 1, "unencrypted"), ("api_key = \"cog_x\"", 1, "not allowed in this file"),
      ("profiles = 3", 1, "[profiles.work]"), ("credential = \"a\"\napi_key_file = \"b\"", 2, "Keep one of them"),
      ("organizations = [1]", 1, "list of texts"),
    ])
  func mistakes(_ text: String, line: Int, words: String) async throws {
    try await Command.trial { command, _ in
      let file = try write(text, in: command)
      let checked = try await command.run("config", "check")
      #expect(checked.status == 78)
      #expect(checked.errors.contains("\(file):\(line): "), "\(checked.errors)")
      #expect(checked.errors.contains(words), "\(checked.errors)")
      #expect(checked.output.isEmpty)
      for verb in [["sync"], ["status"], ["check"], ["config", "show"]] {
        let result = try await command.run(verb)
        #expect(result.status == 78)
        #expect(result.errors.contains("\(file):\(line): "))
      }
      #expect(!FileManager.default.fileExists(atPath: command.database))
    }
  }

  @Test("78: a named file that does not exist, and a variable with an invalid value")
  func missing() async throws {
    try await Command.trial { command, _ in
      let result = try await command.run("sync", "--config", "nowhere.toml")
      #expect(result.status == 78)
      #expect(result.errors.contains("nowhere.toml"))
      let variable = try await command.with(["DEVIN_SYNC_CONCURRENCY": "many"]).run("sync")
      #expect(variable.status == 78)
      #expect(variable.errors.contains("DEVIN_SYNC_CONCURRENCY must be a number from 1 to 64"))
    }
  }

  @Test("config init writes a file only its owner can read, overwrites none, and all of its comments are valid settings")
  func initial() async throws {
    try await Command.trial { command, _ in
      let command = command.with(["XDG_CONFIG_HOME": command.folder.appendingPathComponent("elsewhere").path])
      #expect(try await command.run("config", "init").status == 0)
      let path = command.folder.appendingPathComponent("elsewhere/devin-sync/config.toml").path
      #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
      #expect(try await command.run("config", "check").status == 0)
      let again = try await command.run("config", "init")
      #expect(again.status == 78)
      #expect(again.errors.contains("was not changed"))
      // Enables the settings one at a time, since two of them set where the key is.
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let settings = text.split(separator: "\n").filter { $0.hasPrefix("# ") && $0.contains(" = ") }
      #expect(settings.count > 15)
      for line in settings {
        try Data(line.dropFirst(2).utf8).write(to: URL(fileURLWithPath: path))
        let result = try await command.run("config", "check")
        #expect(result.status == 0, "\(line): \(result.errors)")
      }
    }
  }
}
