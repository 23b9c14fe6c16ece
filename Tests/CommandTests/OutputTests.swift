import DevinSandbox
import DevinSync
import Foundation
import Testing
import TrialSupport

@Suite("What the command prints", .timeLimit(.minutes(60)))
struct OutputTests {
  private func object(_ line: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  @Test("--progress json: JSON lines on stdout, run_started first, run_finished last, nothing on stderr")
  func jsonLines() async throws {
    try await Command.trial { command, _ in
      let result = try await command.run("sync", "--progress", "json")
      #expect(result.status == 0)
      #expect(result.errors.isEmpty)
      let events = try result.lines.map { try object($0)["event"] as? String }
      #expect(events.first == "run_started")
      #expect(events.last == "run_finished")
      #expect(events.filter { $0 == "run_started" || $0 == "run_finished" }.count == 2)
      let last = try object(try #require(result.lines.last))
      #expect(last["status"] as? Int == 0)
      #expect(last["rows"] as? Int ?? 0 > 100)
      #expect(last["requests"] as? Int ?? 0 > 40)
    }
  }

  @Test("--progress json: also when the run fails, or cannot begin")
  func jsonOfFailures() async throws {
    try await Command.trial { command, sandbox in
      sandbox.faults = [FaultRule(.missingItems, path: "/playbooks", times: nil)]
      for (changes, status) in [([:], 65), (["DEVIN_API_KEY": nil], 78), (["DEVIN_API_KEY": "cog_wrong"], 77)]
        as [([String: String?], Int)]
      {
        let result = try await command.with(changes).run("sync", "--progress", "json")
        #expect(result.status == Int32(status))
        #expect(try object(try #require(result.lines.first))["event"] as? String == "run_started")
        let last = try object(try #require(result.lines.last))
        #expect(last["event"] as? String == "run_finished")
        #expect(last["status"] as? Int == status)
      }
    }
  }

  @Test("lines on demand, and no escape sequence unless stderr is a terminal", arguments: ["lines", "bar"])
  func lines(_ mode: String) async throws {
    try await Command.trial { command, _ in
      let result = try await command.run("sync", "--progress", mode)
      #expect(result.output.isEmpty)
      #expect(result.errors.contains("sessions: 20 new"))
      #expect(!result.errors.contains("\u{1b}"))
    }
  }

  @Test("the key is in no output and no file, even if the server echoes it")
  func keyStaysSecret() async throws {
    try await Command.trial { command, sandbox in
      sandbox.faults = [
        FaultRule(.status(400, echoKey: true), path: "/playbooks", times: nil),
        FaultRule(.status(500, body: .legacy, echoKey: true), path: "/messages", times: nil),
      ]
      let key = command.environment["DEVIN_API_KEY"] ?? ""
      for mode in ["json", "lines"] {
        let result = try await command.run("sync", "--progress", mode)
        #expect(result.status == 65)
        #expect(!(result.output + result.errors).contains(key))
      }
      for file in try FileManager.default.contentsOfDirectory(at: command.folder, includingPropertiesForKeys: nil) {
        #expect(try Data(contentsOf: file).range(of: Data(key.utf8)) == nil, "\(file.lastPathComponent)")
      }
    }
  }

  @Test("a key file is read without its white space, and takes precedence")
  func keyFile() async throws {
    try await Command.trial { command, sandbox in
      let file = command.folder.appendingPathComponent("key")
      try Data("  \(sandbox.scenario.key)\n".utf8).write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
      let other = command.with(["DEVIN_API_KEY": "cog_wrong"])
      let result = try await other.run("sync", "playbooks", "--api-key-file", file.path)
      #expect(result.status == 0)
      #expect(result.errors.isEmpty)
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
      #expect(try await other.run("check", "--api-key-file", file.path).errors.contains("chmod 600"))
    }
  }

  @Test("status, check, resources and schema print facts as JSON")
  func facts() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync")
      let status = try object(try #require(try await command.run("status", "--json").lines.first))
      let told = (status["resources"] as? [[String: Any]])?.compactMap { $0["resource"] as? String }
      #expect(
        Set(told ?? []).isSuperset(of: ["sessions", "session_messages", "playbooks", "secrets", "schedules", "daily_consumption"])
      )
      #expect(status["drift"] as? [String] == [])
      let check = try object(try #require(try await command.run("check", "--json").lines.first))
      #expect(check["organization"] as? String == sandbox.scenario.organizationID)
      for verb in ["resources", "schema"] {
        let text = try await command.run(verb, "--json").output
        #expect((try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Any])?.isEmpty == false)
      }
      let plain = try await command.run("status", "--all").output
      #expect(plain.contains("session_messages"))
    }
  }

  @Test("verify names differences and ends with 65, --repair fixes them, --offline needs no server and reports forged columns")
  func verify() async throws {
    try await Command.trial { command, sandbox in
      #expect(try await command.run("verify").status == 74)
      #expect(!FileManager.default.fileExists(atPath: command.database))
      _ = try await command.run("sync")
      #expect(try await command.run("verify", "--all").output.contains("no difference"))
      let ids = try await command.query("SELECT playbook_id FROM playbooks ORDER BY 1")
      try sandbox.edit(.update(.playbooks, ids[0], set: ["title": "\u{1b}[31mred"], touch: false))
      try sandbox.edit(.delete(.playbooks, ids[1]))
      _ = try await command.query("DELETE FROM playbooks WHERE playbook_id = '\(ids[2])'")
      let offline = try await command.with(["DEVIN_API_KEY": nil]).run("verify", "--offline")
      #expect(offline.status == 74 && offline.output.contains("playbooks: 1 rows that are in a list but missing"))
      let found = try await command.run("verify", "playbooks")
      #expect(found.status == 65)
      #expect(found.output.contains("playbooks: \(ids[0]) differs in title"))
      #expect(found.output.contains("playbooks: \(ids[1]) is in the mirror, but not on the server"))
      #expect(found.output.contains("playbooks: \(ids[2]) is on the server, but not in the mirror"))
      let told = try object(try #require(try await command.run("verify", "playbooks", "--json").lines.first))
      #expect(told["status"] as? Int == 65)
      let repaired = try await command.run("verify", "playbooks", "--repair")
      #expect(repaired.status == 0 && repaired.output.contains("3 differences repaired"))
      #expect(try await command.run("verify", "--all").status == 0)
      #expect(try await command.run("verify", "--offline").status == 0)
      #expect(try await command.query("SELECT command FROM sync_runs ORDER BY run_id") == ["sync", "verify"])
    }
  }

  @Test("status --max-age ends with 69 if something was last complete too long ago, or never")
  func maxAge() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync")
      let fresh = try await command.run("status", "--max-age", "2h")
      #expect(fresh.status == 0 && fresh.errors.isEmpty && fresh.output.hasPrefix("Complete as of "))
      for sql in [
        "UPDATE sync_checkpoints SET completed_at = completed_at - 7300 WHERE resource = 'playbooks'",
        "UPDATE sync_checkpoints SET completed_at = completed_at + 90000 WHERE resource = 'playbooks'",
        "UPDATE sync_checkpoints SET completed_at = NULL WHERE resource = 'playbooks'",
      ] {
        _ = try await command.query(sql)
        let old = try await command.run("status", "--max-age", "2h", "--json")
        #expect(old.status == 69 && old.errors.contains("playbooks of \(sandbox.scenario.organizationID)"))
        let told = try object(try #require(old.lines.first))
        #expect(told["resources"] != nil)
      }
      #expect(try await command.run("status", "sessions", "--max-age", "2h").status == 0)
      #expect(try await command.run("status").output.hasPrefix("Incomplete: playbooks (never read completely)."))
    }
  }

  @Test("`all` mirrors every resource of an enterprise, and status names unexpected data from the server")
  func everything() async throws {
    var scenario = SandboxScenario.brief
    scenario.principal = .enterpriseServiceUser
    scenario.moreOrganizations = ["org-second"]
    try await Command.trial(scenario) { command, sandbox in
      let command = command.with(["DEVIN_ORG_ID": nil])
      let run = try await command.run("sync", "all", "--progress", "lines")
      #expect(run.status == 0, "\(run.errors)")
      for resource in Catalogue.all { #expect(run.errors.contains("\(resource.name): "), "\(resource.name)") }
      for resource in SandboxResource.every {
        let count = try await command.query("SELECT count(*) FROM \(resource.rawValue) WHERE _deleted_at IS NULL")
        #expect(count == ["\(sandbox.objects(resource).count)"], "\(resource)")
      }
      let id = try await command.query("SELECT automation_id FROM automations LIMIT 1")[0]
      try sandbox.edit(.update(.automations, id, set: ["mood": "calm", "enabled": "perhaps"]))
      #expect(try await command.run("sync", "automations").status == 0)
      let status = try await command.run("status").output
      #expect(status.contains("unknown field mood"))
      #expect(status.contains("other type of enabled: text"))
      #expect(status.contains("the enterprise"))
      let listed = try await command.run("resources").output
      for resource in Catalogue.all { #expect(listed.contains("  \(resource.name) ")) }
    }
  }

  @Test("the sandbox's three lines are sufficient for a shell")
  func sandboxCommand() async throws {
    try await Command.trial { command, _ in
      let server = try command.start("sandbox", "--port", "0", "--sessions", "5")
      defer { server.send(SIGTERM) }
      let lines = try await server.waitForOutput { $0.count(where: \.isNewline) >= 3 }.split(separator: "\n").map(String.init)
      var environment: [String: String?] = [:]
      for line in lines {
        let parts = line.dropFirst("export ".count).split(separator: "=", maxSplits: 1).map(String.init)
        environment[parts[0]] = parts[1]
      }
      #expect(environment.keys.sorted() == ["DEVIN_API_KEY", "DEVIN_API_URL", "DEVIN_ORG_ID"])
      #expect(try await command.with(environment).run("sync").status == 0)
      #expect(try await command.query("SELECT count(*) FROM sessions") == ["5"])
      let isRecent = "SELECT max(date) BETWEEN unixepoch() - 90000 AND unixepoch() FROM daily_consumption"
      #expect(try await command.query(isRecent) == ["1"])
    }
  }

  @Test("with several organizations the sandbox names none, and prints the total number of sessions")
  func sandboxOfSeveral() async throws {
    try await Command.trial { command, _ in
      let server = try command.start("sandbox", "--port", "0", "--sessions", "4", "--organizations", "12")
      defer { server.send(SIGTERM) }
      let output = try await server.waitForOutput { $0.count(where: \.isNewline) >= 2 }
      var environment: [String: String?] = ["DEVIN_ORG_ID": nil]
      for line in output.split(separator: "\n") {
        let parts = line.dropFirst("export ".count).split(separator: "=", maxSplits: 1).map(String.init)
        environment[parts[0]] = parts[1]
      }
      #expect(try await command.with(environment).run("sync", "sessions").status == 0)
      #expect(try await command.query("SELECT count(*), count(DISTINCT org_id) FROM sessions") == ["48|12"])
      server.send(SIGTERM)
      let result = try await server.result()
      #expect(!result.output.contains("DEVIN_ORG_ID") && result.lines.count == 2)
      #expect(result.errors.contains("Serving 48 sessions in 12 organizations"))
    }
  }

  @Test("a sandbox of the same seed and start is the same organization")
  func sandboxOfOtherDays() async throws {
    try await Command.trial { command, sandbox in
      let server = try command.start(
        "sandbox", "--port", "0", "--sessions", "20", "--messages", "3", "--start", "2026-11-01T12:00:00Z")
      defer { server.send(SIGTERM) }
      let output = try await server.waitForOutput { $0.count(where: \.isNewline) >= 3 }
      let url = output.split(separator: "\n")[0].split(separator: "=")[1]
      #expect(try await command.with(["DEVIN_API_URL": String(url)]).run("sync").status == 0)
      #expect(try MirroredFile(command.database).differences(from: sandbox, [.sessions, .sessionMessages, .schedules]) == [])
    }
  }

  @Test("the demo's data ends now, whenever it is run")
  func demoIsRecent() async throws {
    try await Command.trial { command, _ in
      #expect(try await command.run("demo").status == 0)
      let days = try await command.run("query", "acus-by-day", "--as", "csv")
      #expect(days.lines.count > 20)
      #expect(try await command.query("SELECT max(created_at) > unixepoch() - 172800 FROM sessions") == ["1"])

      // A file from two days ago.
      let start = "SELECT max(last_updated_at) FROM repositories"
      let now = try await command.query(start)
      _ = try await command.query("UPDATE repositories SET _raw = json_set(_raw, '$.last_updated_at', last_updated_at - 172800)")
      #expect(try await command.query(start) != now)
      let again = try await command.run("demo")
      #expect(again.status == 0 && !again.errors.contains("no changes; "))
      #expect(try await command.query(start)[0] >= now[0])
    }
  }

  @Test("the demo answers from its file, and finds no changes the second time")
  func demo() async throws {
    try await Command.trial { command, _ in
      let first = try await command.run("demo")
      #expect(first.status == 0)
      #expect(first.output.contains("Which sessions have the most messages?"))
      let second = try await command.run("demo")
      #expect(second.errors.contains("no changes; 19 requests"))
      #expect(second.output == first.output)
    }
  }

  @Test("the demo does not change a real mirror")
  func demoIsCareful() async throws {
    var scenario = SandboxScenario.brief
    scenario.organizationID = "org-real"
    try await Command.trial(scenario) { command, _ in
      #expect(try await command.run("sync").status == 0)
      let result = try await command.run("demo")
      #expect(result.status == 78)
      #expect(result.errors.contains("org-real"))
    }
  }

  @Test("the printed schema is the schema of the file")
  func writtenSchema() async throws {
    try await Command.trial { command, _ in
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Schema/schema.sql")
      let printed = try await command.run("schema").output
      #expect(try printed == String(contentsOf: file, encoding: .utf8), "run `make schema`")
    }
  }
}
