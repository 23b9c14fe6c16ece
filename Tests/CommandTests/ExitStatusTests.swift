import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("Exit statuses", .timeLimit(.minutes(60)))
struct ExitStatusTests {
  @Test(
    "64: wrong usage names what is wrong",
    arguments: [
      ["sync", "--no-such-flag"], ["sync", "no_such_table"], ["sync", "--skip", "nothing"], ["sync", "--concurrency", "0"],
      ["sync", "--max-duration", "soon"], ["no-such-command"], ["schema", "no_such_table"],
    ])
  func usage(_ arguments: [String]) async throws {
    try await Command.trial { command, _ in
      let result = try await command.run(arguments)
      #expect(result.status == 64)
      #expect(result.errors.contains(arguments.count == 3 && arguments[1] != "--skip" ? arguments[1] : arguments.last ?? ""))
    }
  }

  @Test("64: a run that would read nothing, and a path to push where nothing is, before anything is asked or created")
  func nothing() async throws {
    try await Command.trial { command, sandbox in
      for (arguments, why) in [
        (["sync", "--skip", "all"], "there is nothing to read"), (["push", "nosuchfile"], "no file or folder `nosuchfile`"),
        (["push", "sessions", "nosuchfile"], "no file or folder `nosuchfile`"),
      ] {
        let result = try await command.run(arguments)
        #expect(result.status == 64 && result.errors.contains(why), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1)
      }
      #expect(sandbox.requests.isEmpty && !FileManager.default.fileExists(atPath: command.database))
    }
  }

  @Test("65: the server sent something unusable, and the rest is mirrored")
  func unusable() async throws {
    try await Command.trial { command, sandbox in
      sandbox.faults = [FaultRule(.missingItems, path: "/playbooks", times: nil)]
      let result = try await command.run("sync")
      #expect(result.status == 65)
      #expect(result.errors.contains("playbooks"))
      #expect(try await command.query("SELECT count(*) FROM sessions") == ["20"])
    }
  }

  @Test("69: the server does not answer")
  func unavailable() async throws {
    try await Command.trial { command, _ in
      // A port without a listener: that of a sandbox that has stopped.
      let url = try await Sandbox.run(.brief) { $0.url }
      let result = try await command.with(["DEVIN_API_URL": url]).run("sync", "sessions")
      #expect(result.status == 69)
      #expect(result.errors.contains("got no response"))
    }
  }

  @Test("73: a path where no database can be created", arguments: ["/proc/nowhere/devin.db", "."])
  func cannotCreate(_ path: String) async throws {
    try await Command.trial { command, _ in
      let result = try await command.run("sync", "--database", path)
      #expect(result.status == 73)
      #expect(result.errors.contains(path))
    }
  }

  @Test("74: a file of another program is not changed")
  func foreign() async throws {
    try await Command.trial { command, _ in
      let text = command.folder.appendingPathComponent("notes.txt")
      try Data("Dear diary, this is no database at all, but long enough to be looked at.".utf8).write(to: text)
      let other = command.folder.appendingPathComponent("other.db")
      _ = try await command.run(program: "/usr/bin/sqlite3", [other.path, "CREATE TABLE a (b); PRAGMA user_version = 3"])
      for file in [text, other] {
        let before = try Data(contentsOf: file)
        let result = try await command.run("sync", "--database", file.path)
        #expect(result.status == 74)
        #expect(result.errors.contains("not a mirror"))
        #expect(try Data(contentsOf: file) == before)
        #expect(!FileManager.default.fileExists(atPath: file.path + ".lock"))
      }
    }
  }

  @Test("74: a newer file is refused, and a read-only command creates nothing")
  func newerAndMissing() async throws {
    try await Command.trial { command, _ in
      let missing = try await command.run("status")
      #expect(missing.status == 74)
      #expect(!FileManager.default.fileExists(atPath: command.database))
      #expect(try await command.run("sync", "playbooks").status == 0)
      _ = try await command.query("PRAGMA user_version = 99")
      for verb in ["sync", "status"] {
        let result = try await command.run(verb)
        #expect(result.status == 74)
        #expect(result.errors.contains("newer"))
      }
    }
  }

  @Test("75: the time limit was reached, with progress saved")
  func timeIsUp() async throws {
    try await Command.trial { command, sandbox in
      sandbox.faults = [FaultRule(.hang, path: "/playbooks", times: nil)]
      let result = try await command.run("sync", "sessions", "playbooks", "--max-duration", "4s")
      #expect(result.status == 75)
      #expect(try await command.query("SELECT count(*) FROM sessions") == ["20"])
    }
  }

  @Test("77: the key is rejected, a named resource is forbidden, a permission was removed")
  func permission() async throws {
    try await Command.trial { command, sandbox in
      let wrong = try await command.with(["DEVIN_API_KEY": "cog_wrong"]).run("sync")
      #expect(wrong.status == 77)
      #expect(wrong.errors.split(separator: "\n").count == 1)
      #expect(try await command.with(["DEVIN_API_KEY": "cog_wrong"]).run("check").status == 77)
      #expect(try await command.run("sync").status == 0)
      sandbox.permissions.remove("ManageOrgSecrets")
      #expect(try await command.run("sync").status == 77)
      #expect(try await command.run("sync", "secrets").status == 77)
    }
  }

  @Test("78: missing and invalid settings are named")
  func configuration() async throws {
    try await Command.trial { command, _ in
      let cases: [([String: String?], String)] = [
        (["DEVIN_API_KEY": nil], "DEVIN_API_KEY"), (["DEVIN_API_KEY": "  \n"], "empty"),
        (["DEVIN_API_KEY": "apk_user_old"], "service user"), (["DEVIN_API_KEY": "cog_a\ncog_b"], "line break"),
        (["DEVIN_API_URL": "http://api.devin.ai"], "https"), (["DEVIN_API_URL": "nonsense"], "https://api.devin.ai"),
        (["DEVIN_API_URL": "https://user:pass@api.devin.ai"], "user name"), (["DEVIN_ORG_ID": "a/b"], "DEVIN_ORG_ID"),
      ]
      for (changes, word) in cases {
        let result = try await command.with(changes).run("sync")
        #expect(result.status == 78, "\(changes)")
        #expect(result.errors.contains(word), "\(result.errors)")
      }
      let noFile = try await command.run("sync", "--api-key-file", "no-such-file")
      #expect(noFile.status == 78)
    }
  }

  @Test("78: with a personal key without an organization, the message names DEVIN_ORG_ID")
  func noOrganization() async throws {
    var scenario = SandboxScenario.brief
    scenario.principal = .personalToken
    try await Command.trial(scenario) { command, _ in
      let result = try await command.with(["DEVIN_ORG_ID": nil]).run("sync")
      #expect(result.status == 78)
      #expect(result.errors.contains("DEVIN_ORG_ID"))
    }
  }
}
