import DevinSandbox
import Foundation
import Testing
import TrialSupport

@testable import devin_sync

@Suite("Keys", .timeLimit(.minutes(60)))
struct CredentialCommandTests {
  private func write(_ text: String, to path: String, in command: Command, mode: Int = 0o600) throws -> String {
    let file = command.folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    return file.path
  }

  /// The equivalent of `devin-sync … < FILE` in a shell.
  private func run(_ command: Command, _ arguments: String, input: String) async throws -> Command.Result {
    let file = try write(input, to: "input-\(UUID().uuidString)", in: command)
    defer { try? FileManager.default.removeItem(atPath: file) }
    return try await command.run(program: "/bin/sh", ["-c", "'\(Command.program.path)' \(arguments) < '\(file)'"])
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test("a key is stored after the API has verified it, readable only by its owner, and no command prints it")
  func add() async throws {
    try await Command.trial { command, sandbox in
      let key = sandbox.scenario.key
      let command = command.with(["DEVIN_API_KEY": nil])
      let added = try await run(command, "credentials add default --description 'for the tests'", input: "  \(key)\n")
      #expect(added.status == 0, "\(added.errors)")
      #expect(added.output.contains(sandbox.scenario.organizationID))
      let folder = command.folder.path + "/.local/share/devin-sync/credentials"
      #expect(try mode(folder) == 0o700)
      #expect(try mode(folder + "/default.json") == 0o600)
      #expect(try await command.run("credentials", "list").output.contains("never"))
      // No setting says where the key is, so the one named default is used.
      #expect(try await command.run("sync", "playbooks").status == 0)
      let list = try await command.run("credentials", "list", "--json")
      #expect(list.output.contains("\"description\":\"for the tests\""))
      #expect(list.output.contains("\"last_used_at\":1") || list.output.contains("\"last_used_at\":2"))
      let check = try await command.run("credentials", "check")
      #expect(check.status == 0)
      let shown = try await command.run("config", "show")
      #expect(shown.output.contains("default.json"))
      for result in [added, list, check, shown] { #expect(!(result.output + result.errors).contains(key)) }
      let again = try await run(command, "credentials add default", input: key)
      #expect(again.status == 78)
      #expect(again.errors.contains("rotate"))
      #expect(try await command.run("credentials", "remove", "default").status == 0)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
      #expect(try await command.run("sync").status == 78)
    }
  }

  @Test("a key that the API rejects is not stored, and neither is an empty one")
  func refused() async throws {
    try await Command.trial { command, _ in
      let wrong = try await run(command, "credentials add work", input: "cog_wrong\n")
      #expect(wrong.status == 77)
      #expect(try await run(command, "credentials add work", input: "\n").status == 78)
      #expect(try await run(command, "credentials add ../work", input: "cog_wrong\n").status == 64)
      #expect(try await command.run("credentials", "list").output.contains("no key is saved"))
    }
  }

  @Test("a key that others can read is refused with a command that fixes it")
  func open() async throws {
    try await Command.trial { command, sandbox in
      let command = command.with(["DEVIN_API_KEY": nil])
      #expect(try await run(command, "credentials add work", input: sandbox.scenario.key).status == 0)
      let file = command.folder.path + "/.local/share/devin-sync/credentials/work.json"
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
      let result = try await command.run("sync", "playbooks", "--credential", "work")
      #expect(result.status == 78)
      #expect(result.errors.contains("chmod 600 \(file)"))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
      #expect(try await command.run("sync", "playbooks", "--credential", "work").status == 0)
      let misspelt = try await command.run("sync", "--credential", "wrk")
      #expect(misspelt.status == 78)
      #expect(misspelt.errors.contains("Did you mean `work`?"))
    }
  }

  @Test("rotating keeps the old key until the new one is verified, and refuses one of another organization")
  func rotate() async throws {
    var second = SandboxScenario.brief
    second.organizationID = "org-other"
    second.key = "cog_of_another_organization"
    try await Command.trial { [second] command, sandbox in
      let key = sandbox.scenario.key
      #expect(try await run(command, "credentials add work", input: key).status == 0)
      #expect(try await run(command, "credentials rotate work", input: "cog_wrong").status == 77)
      let file = command.folder.path + "/.local/share/devin-sync/credentials/work.json"
      #expect(try String(contentsOfFile: file, encoding: .utf8).contains(key))
      #expect(try await run(command, "credentials rotate work", input: key).status == 0)
      try await Sandbox.run(second) { other in
        // The same name at another deployment, where the key belongs to another organization.
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let moved = text.replacing(sandbox.url.replacing("/", with: "\\/"), with: other.url.replacing("/", with: "\\/"))
        try Data(moved.utf8).write(to: URL(fileURLWithPath: file))
        let result = try await run(command, "credentials rotate work", input: second.key)
        #expect(result.status == 78, "\(result.output)")
        #expect(result.errors.contains("org-other"))
      }
    }
  }

  @Test("the order of key sources: flag, environment, systemd's credentials, profile, file, the one named default")
  func order() async throws {
    try await Command.trial { command, sandbox in
      let right = try write(sandbox.scenario.key, to: "right", in: command)
      let wrong = try write("cog_wrong", to: "wrong", in: command)
      let given = try write(sandbox.scenario.key, to: "given/devin-api-key", in: command)
      let config = try write(
        "api_key_file = \"\(wrong)\"\n[profiles.work]\napi_key_command = [\"cat\", \"\(right)\"]", to: "config.toml", in: command)
      let bare = command.with(["DEVIN_API_KEY": nil, "DEVIN_SYNC_CONFIG": config])
      func status(_ command: Command, _ arguments: String...) async throws -> Int32 {
        try await command.run(["sync", "playbooks"] + arguments).status
      }
      #expect(try await status(bare) == 77)
      #expect(try await status(bare, "--profile", "work") == 0)
      #expect(try await status(bare, "--api-key-file", right) == 0)
      #expect(try await status(bare.with(["DEVIN_API_KEY": "cog_wrong"]), "--profile", "work") == 77)
      #expect(try await status(bare.with(["DEVIN_SYNC_API_KEY_FILE": right])) == 0)
      let folder = URL(fileURLWithPath: given).deletingLastPathComponent().path
      #expect(try await status(bare.with(["CREDENTIALS_DIRECTORY": folder])) == 0)
      #expect(try await status(bare, "--api-key-file", right, "--credential", "work") == 64)
    }
  }

  @Test("a program that prints the key: its stderr is shown, its output never, and no shell parses its arguments")
  func program() async throws {
    try await Command.trial { command, sandbox in
      func result(_ words: String) async throws -> Command.Result {
        let config = try write("api_key_command = \(words)", to: "config.toml", in: command)
        return try await command.with(["DEVIN_API_KEY": nil, "DEVIN_SYNC_CONFIG": config]).run("sync", "playbooks")
      }
      let fine = try await result("[\"printf\", \"  %s\\n\", \"\(sandbox.scenario.key)\"]")
      #expect(fine.status == 0)
      #expect(fine.errors.isEmpty, "\(fine.errors)")
      let failing = try await result("[\"/bin/sh\", \"-c\", \"echo cog_hidden; echo not signed in >&2; exit 3\"]")
      #expect(failing.status == 78)
      #expect(failing.errors.contains("not signed in"))
      #expect(failing.errors.contains("ended with status 3"))
      let missing = try await result("[\"no-such-program; true\"]")
      #expect(missing.status == 78)
      #expect(missing.errors.contains("there is no executable program `no-such-program; true`"))
      #expect(try await result("[\"true\"]").errors.contains("is empty"))
    }
  }

  @Test("a program that does not end is killed, and the output of one that prints endlessly is not used")
  func stubborn() async throws {
    await #expect(throws: Program.Problem.tookTooLong(.milliseconds(100))) {
      try await Program(arguments: ["sleep", "3600"], limit: .milliseconds(100)).run(keepsOutput: true)
    }
    await #expect(throws: Program.Problem.saidTooMuch) {
      try await Program(arguments: ["head", "-c", "1000000", "/dev/zero"], limit: .seconds(600)).run(keepsOutput: true)
    }
  }
}
