import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("What must never get out, and what must never get in", .timeLimit(.minutes(20)))
struct SecurityTests {
  private static let commands: [[String]] = [
    ["sync", "--progress", "json"], ["sync", "--full", "--progress", "lines"], ["status"], ["status", "--json"], ["check"],
    ["check", "--json"], ["verify", "--all"], ["verify", "--json", "--repair"], ["verify", "--offline"], ["resources"],
    ["config", "show"],
  ]

  /// Every kind of failure, the key in it wherever the server can put it.
  private static func faults(_ key: String) -> [[FaultRule]] {
    [400, 401, 403, 404, 409, 422, 429, 500, 503].flatMap { status in
      [Fault.ErrorBody.problem, .legacy, .plain, .html, .validation].map { body in
        [
          FaultRule(
            .status(status, body: body, echoKey: true), path: status == 401 ? "/playbooks" : "/(playbooks|messages|secrets)",
            times: nil)
        ]
      }
    }
      + [
        Fault.html, .redirect(location: "https://example.com/?key=\(key)"), .invalidCursor, .repeatCursor, .missingItems,
        .truncateJSON, .truncateConnection, .reset, .poison(position: 0, .text), .invalidUTF8, .secretValue,
      ].map { [FaultRule($0, path: "/playbooks", times: nil)] }
  }

  @Test("the key is in no output, no file and no argument list, whatever fails and whatever the server echoes")
  func key() async throws {
    try await Command.trial { command, sandbox in
      let command = command.with(["DEVIN_SYNC_TEST_CLOCK": "0"])
      let key = sandbox.scenario.key
      // Rows may hold it as well.
      let id = try await Self.firstPlaybook(command)
      try sandbox.edit(.update(.playbooks, id, set: ["title": .string("use \(key) for it")]))
      var seen = 0
      for rules in [[]] + Self.faults(key) {
        for arguments in rules.isEmpty ? Self.commands : Array(Self.commands.prefix(1)) {
          sandbox.faults = rules
          let result = try await command.run(arguments)
          #expect(!(result.output + result.errors).contains(key), "\(rules) \(arguments)")
          seen += 1
        }
      }
      sandbox.faults = []
      for verb in ["check", "verify"] {
        sandbox.faults = [FaultRule(.status(500, body: .legacy, echoKey: true), path: "/playbooks", times: nil)]
        let result = try await command.run(verb)
        #expect(result.errors.contains("cog_…") || result.output.contains("cog_…"))
        #expect(!(result.output + result.errors).contains(key))
      }
      #expect(seen > 60)
      for file in try FileManager.default.contentsOfDirectory(at: command.folder, includingPropertiesForKeys: nil) {
        #expect(try Data(contentsOf: file).range(of: Data(key.utf8)) == nil, "\(file.lastPathComponent)")
      }
      #expect(try await command.query("SELECT title FROM playbooks WHERE playbook_id = '\(id)'") == ["use cog_… for it"])
    }
  }

  @Test("a running sync shows no key in its argument list")
  func argumentList() async throws {
    try await Command.trial { command, sandbox in
      sandbox.faults = [FaultRule(.hang, path: "/playbooks")]
      let run = try command.start("sync")
      await sandbox.waitForRequest("/playbooks")
      let line = try Data(contentsOf: URL(fileURLWithPath: "/proc/\(run.pid)/cmdline"))
      #expect(line.range(of: Data(sandbox.scenario.key.utf8)) == nil)
      run.send(SIGTERM)
      _ = try await run.result()
    }
  }

  @Test("what the server says moves no cursor, colours nothing and turns no line around")
  func escapes() async throws {
    var scenario = SandboxScenario.brief
    scenario.principal = .enterpriseServiceUser
    let nasty = "\u{1b}[2J\u{1b}]0;pwn\u{7}\u{9b}31m\r\n\u{202e}x\u{7f}"
    try await Command.trial(scenario) { command, sandbox in
      let command = command.with(["DEVIN_ORG_ID": nil, "DEVIN_SYNC_TEST_CLOCK": "0"])
      try sandbox.edit(
        .update(.credential, "", set: ["principal_type": .string("service_user"), "service_user_name": .string(nasty)]))
      let id = try await Self.firstPlaybook(command)
      try sandbox.edit(.update(.playbooks, id, set: ["access_type": .string("new\(nasty)"), "field\(nasty)": "x"]))
      try sandbox.edit(.insert(.users, object: ["user_id": .string("user\(nasty)"), "email": "a@example.com"]))
      for arguments in [
        ["verify", "playbooks", "users"], ["verify", "--json", "playbooks", "users"], ["sync", "--progress", "lines"],
        ["sync", "--progress", "json"], ["status"], ["status", "--json"], ["check"], ["verify", "--offline"],
      ] {
        let result = try await command.run(arguments)
        let hazards = (result.output + result.errors).unicodeScalars.filter {
          ($0.value < 0x20 && $0 != "\n") || (0x7f...0x9f).contains($0.value) || (0x202a...0x202e).contains($0.value)
        }
        #expect(
          arguments.contains("--json") || arguments.contains("json") ? hazards.allSatisfy { $0.value >= 0x7f } : hazards.isEmpty,
          "\(arguments)")
      }
    }
  }

  @Test(
    "no id of the server's leads a request elsewhere or becomes SQL",
    arguments: [
      "'; DROP TABLE sessions; --", "../../../v3/self", "..", "a/b?c#d", "%2e%2e%2fself", "x\u{0}y", "\" OR 1=1 --", "💥\n",
      String(repeating: "long", count: 500),
    ])
  func injection(_ id: String) async throws {
    try await Command.trial { command, sandbox in
      let command = command.with(["DEVIN_SYNC_TEST_CLOCK": "0"])
      _ = try await command.run("sync", "sessions")
      let session = try await command.query("SELECT min(session_id) FROM sessions")[0]
      let playbook = try await Self.firstPlaybook(command)
      sandbox.forgetRequests()
      try sandbox.edit(.update(.sessions, session, set: ["session_id": .string(id), "title": .string(id)]))
      try sandbox.edit(.update(.playbooks, playbook, set: ["playbook_id": .string(id), "title": .string(id)]))
      _ = try await command.run("sync")
      // Below sessions nothing but what stands below sessions was asked for, and nothing above.
      let known = Set(["/sessions", "/insights", "/messages", "/attachments"])
      for request in sandbox.requests where request.path.contains("/sessions/") {
        #expect(known.contains { request.path.hasSuffix($0) }, "\(request.path)")
      }
      #expect(sandbox.requests.filter { $0.path.hasSuffix("/self") }.count == 1)
      #expect(sandbox.requests.allSatisfy { $0.method == "GET" })
      #expect(try await command.query("SELECT count(*) > 15 FROM sessions") == ["1"])
      #expect(try await command.query("PRAGMA integrity_check") == ["ok"])
      _ = try await command.run("verify", "--all", "--repair")
      #expect(try await command.run("verify", "--offline").status == 0)
    }
  }

  private static func firstPlaybook(_ command: Command) async throws -> String {
    _ = try await command.run("sync", "playbooks")
    return try await command.query("SELECT min(playbook_id) FROM playbooks")[0]
  }
}
