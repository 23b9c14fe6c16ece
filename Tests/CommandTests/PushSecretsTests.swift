import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("Secrets go to Devin", .timeLimit(.minutes(60)))
struct PushSecretsTests {
  private static let values = (1...5).map { "s3cret-value-\($0)-6f1d2c9b" }

  /// A mirror, five secrets whose values come from two variables and three programs, and a command with a key that writes.
  private func mirrored(_ body: @Sendable (Command, Sandbox) async throws -> Void) async throws {
    try await Command.trial { command, sandbox in
      let key = command.environment["DEVIN_API_KEY"]
      let command = command.with([
        "DEVIN_PUSH_API_KEY": key, "DEVIN_SYNC_TEST_CLOCK": "0", "VALUE_1": Self.values[0], "VALUE_2": Self.values[1],
      ])
      #expect(try await command.run("sync").status == 0)
      for number in 3...5 { try write(command, "vault-\(number)", Self.values[number - 1] + "\n") }
      let programs = (3...5).map { number in
        // What the program sees is written down: its environment, and that of its parent's arguments.
        "S\(number):\n  note: \"from a program\"\n  value_from: {command: [sh, -c, \"env >> seen; cat /proc/[0-9]*/cmdline >> seen 2>/dev/null; cat vault-\(number)\"]}\n"
      }
      try write(
        command, "secrets.yaml",
        "S1: {value_from: {env: VALUE_1}}\nS2: {type: totp, is_sensitive: false, value_from: {env: VALUE_2}}\n"
          + programs.joined())
      sandbox.forgetRequests()
      try await body(command, sandbox)
    }
  }

  private func write(_ command: Command, _ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: command.folder.appendingPathComponent(name))
  }

  private func methods(_ sandbox: Sandbox) -> [String] { sandbox.requests.map(\.method).filter { $0 != "GET" } }

  private func secrets(_ sandbox: Sandbox) -> [String] { sandbox.objects(.secrets).filter { $0.contains(/"key":"S[1-5]"/) } }

  private func apply(_ command: Command, _ arguments: String...) async throws -> Command.Result {
    try await command.run(["push", "secrets", "secrets.yaml", "--apply", "--yes"] + arguments)
  }

  @Test(
    "five secrets are planned, created, replaced and mirrored, and neither a value nor the key is in any file, output or process")
  func wholeWay() async throws {
    try await mirrored { command, sandbox in
      let key = try #require(command.environment["DEVIN_API_KEY"])
      var results = [try await command.run("push", "secrets", "secrets.yaml")]
      #expect(results[0].status == 0 && results[0].output.contains("Plan: 5 to create."), "\(results[0])")
      #expect(methods(sandbox).isEmpty)
      #expect(try await command.run("push", "secrets", "secrets.yaml", "--apply").status == 64)
      results.append(try await apply(command, "--json"))
      #expect(results[1].status == 0 && secrets(sandbox).count == 5, "\(results[1])")
      #expect(
        try await command.query(
          "SELECT key, secret_type, is_sensitive FROM secrets WHERE key LIKE 'S_' AND _deleted_at IS NULL ORDER BY key")
          == ["S1|key-value|1", "S2|totp|0", "S3|key-value|1", "S4|key-value|1", "S5|key-value|1"])
      // They are there now, and nobody can tell whether their values are the same.
      sandbox.forgetRequests()
      results.append(try await apply(command))
      #expect(results[2].status == 0 && results[2].output.contains("Plan: 5 there already.") && methods(sandbox).isEmpty)
      results.append(try await apply(command, "--replace"))
      #expect(results[3].status == 0 && methods(sandbox) == (1...5).flatMap { _ in ["POST", "DELETE"] }, "\(results[3])")
      #expect(secrets(sandbox).count == 5)
      #expect(
        try await command.query(
          "SELECT resource, action, count(*), count(content_hash), count(base_hash) FROM sync_pushes GROUP BY 1, 2 ORDER BY 2")
          == ["secrets|create|10|0|0", "secrets|delete|5|0|0"])
      #expect(try await command.run("sync", "--full").status == 0)
      #expect(try await command.run("verify", "secrets").status == 0)
      #expect(try await command.query("SELECT count(*) FROM secrets WHERE key LIKE 'S_' AND _deleted_at IS NULL") == ["5"])

      for result in results {
        for text in Self.values + [key] { #expect(!(result.output + result.errors).contains(text)) }
      }
      // The file `seen` has the environment of each program, and the arguments of every process on the machine then.
      for name in try FileManager.default.subpathsOfDirectory(atPath: command.folder.path) where !name.hasPrefix("vault-") {
        let data = FileManager.default.contents(atPath: command.folder.path + "/" + name) ?? Data()
        for text in Self.values + [key] { #expect(data.range(of: Data(text.utf8)) == nil, "\(name)") }
      }
      let seen = try String(contentsOfFile: command.folder.path + "/seen", encoding: .utf8)
      #expect(seen.contains("PATH=") && seen.contains("push\0secrets\0"))
    }
  }

  @Test("the key that reads is taken only on purpose, secrets are for the key's organization, and a mirror is needed to apply")
  func keys() async throws {
    try await mirrored { command, sandbox in
      let reading = command.with(["DEVIN_PUSH_API_KEY": nil])
      let refused = try await apply(reading)
      #expect(refused.status == 78)
      #expect(try await apply(command, "--org", "org-other").status == 78)
      #expect(try await apply(command, "--database", "none.db").status == 74)
      #expect(secrets(sandbox).isEmpty)
      #expect(try await apply(reading, "--use-reading-key").status == 0 && secrets(sandbox).count == 5)
    }
  }

  @Test("a service that takes no second secret of a name keeps the old one, and --allow-gap deletes it first")
  func duplicates() async throws {
    try await mirrored { command, sandbox in
      #expect(try await apply(command).status == 0)
      let before = secrets(sandbox)
      sandbox.writes.duplicates = .conflict
      sandbox.forgetRequests()
      let refused = try await apply(command, "--replace")
      #expect(refused.status == 65 && refused.errors.contains("--allow-gap"), "\(refused)")
      #expect(secrets(sandbox) == before && !methods(sandbox).contains("DELETE"))
      #expect(try await apply(command, "--replace", "--allow-gap").status == 0)
      #expect(secrets(sandbox).count == 5 && Set(secrets(sandbox)).isDisjoint(with: before))
      // What goes wrong in the gap is said loudly.
      sandbox.faults = [FaultRule(.status(422), path: "/secrets", method: "POST")]
      let missing = try await apply(command, "--replace", "--allow-gap")
      #expect(missing.status == 65 && missing.errors.contains("S1: THE SECRET IS MISSING NOW"), "\(missing)")
      #expect(try await apply(command).status == 0)
      #expect(secrets(sandbox).count == 5)
    }
  }

  @Test("after a lost answer the list tells, and a secret is not made twice")
  func lostAnswers() async throws {
    for (fault, isDone) in [(Fault.reset.afterwards, true), (.status(500).afterwards, true), (.reset, false)] {
      try await mirrored { command, sandbox in
        sandbox.faults = [FaultRule(fault, path: "/secrets", method: "POST")]
        let first = try await apply(command)
        #expect(first.status == (isDone ? 0 : 69) && secrets(sandbox).count == (isDone ? 5 : 4), "\(first)")
        #expect(try await apply(command).status == 0)
        #expect(secrets(sandbox).count == 5)
        // A replacement that is cut short is finished by the next one.
        let killed = try await command.with(["DEVIN_SYNC_CRASH_POINT": "push_answered:1"])
          .run("push", "secrets", "secrets.yaml", "--apply", "--yes", "--replace")
        #expect(killed.status == -SIGKILL && secrets(sandbox).count == 6)
        #expect(try await apply(command, "--replace").status == 0)
        #expect(secrets(sandbox).count == 5)
        #expect(try await command.query("SELECT count(*) FROM sync_pushes WHERE outcome IS NULL") == ["0"])
        #expect(try await command.run("sync").status == 0)
        #expect(try await command.run("verify", "secrets").status == 0)
      }
    }
  }

  @Test("a value that cannot be had or is no text stops its secret alone, and a refusal that repeats it is not shown")
  func values() async throws {
    try await mirrored { command, sandbox in
      try write(
        command, "secrets.yaml",
        """
        A: {value_from: {env: NOT_SET}}
        B: {value_from: {command: ["false"]}}
        C: {value_from: {command: [printf, ""]}}
        D: {value_from: {env: VALUE_1}}
        E: {value_from: {env: VALUE_2}}
        """)
      sandbox.faults = [
        FaultRule(
          .answer(
            status: 422,
            body:
              #"{"detail":[{"msg":"too weak","loc":["body","value"],"input":"\#(Self.values[0])"}],"title":"\#(Self.values[0].dropFirst(3))"}"#
          ),
          path: "/secrets", method: "POST")
      ]
      let result = try await apply(command)
      #expect(result.status == 65 && methods(sandbox).count == 2, "\(result)")
      for part in [
        "A: not sent: the variable NOT_SET is not set", "B: not sent: `false` printed no value",
        "C: not sent: its value is empty",
      ] {
        #expect(result.errors.contains(part), "\(result.errors)")
      }
      #expect(!result.errors.contains("value-1") && result.output.contains("created E"))
      #expect(try await command.query("SELECT count(*) FROM sync_pushes WHERE detail LIKE '%value-1%'") == ["0"])
      try write(command, "secrets.yaml", "A: {value: hunter2}")
      let wrong = try await apply(command)
      #expect(
        wrong.status == 65 && wrong.errors.contains("secrets.yaml:1: A: a value does not belong")
          && !wrong.errors.contains("hunter2"))
      // Nobody is there to type it.
      try write(command, "secrets.yaml", "A: {}")
      #expect(try await apply(command).status == 64)
    }
  }
}
