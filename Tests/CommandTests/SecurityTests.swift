import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("Secrets that must not leak, and input that must not do harm", .timeLimit(.minutes(60)))
struct SecurityTests {
  private static let commands: [[String]] = [
    ["sync", "--progress", "json"], ["sync", "--full", "--progress", "lines"], ["sync", "--progress", "bar"], ["status"],
    ["status", "--json"], ["check"], ["check", "--json"], ["verify", "--all"], ["verify", "--json", "--repair"],
    ["verify", "--offline"], ["resources"], ["schema"], ["config", "show"], ["config", "check"], ["credentials", "list"],
  ]

  /// A fault, and how to recognize that it was applied: the status of the request.
  private struct Strike {
    let fault: Fault
    let status: Int
    var paths = ["/playbooks", "/messages", "/secrets"]

    var rules: [FaultRule] { paths.map { FaultRule(fault, path: $0, times: nil) } }
  }

  /// Every kind of failure, with the key wherever a server can put it, plain and as JSON may encode it.
  private static func strikes(_ key: String) -> [Strike] {
    let statuses = [400, 401, 403, 404, 408, 409, 422, 429, 500, 503]
    let escaped = "\\u0063" + key.dropFirst()
    let last = String(key.unicodeScalars.last?.value ?? 0, radix: 16)
    let everywhere = key.dropLast() + "\\u00" + last
    let headers = ["x-request-id": "{key}", "location": "https://{key}.example.com/{key}", "retry-after": "{key}"]
    let bodies = [
      "{\"detail\":\"\(escaped)\"}", "{\"title\":\"\(everywhere)\",\"detail\":[{\"loc\":[\"\(escaped)\"],\"msg\":\"{key}\"}]}",
      "{\"\(escaped)\":\"{key}\"}", "{\"message\":\"a\\\(escaped)\"}", "{key}", "<html><title>{key}</title>", "\"\(escaped)\"",
    ]
    let pages = [
      "{\"items\":[{\"playbook_id\":\"pb-1\",\"\(escaped)\":\"\(everywhere)\",\"title\":\"\(escaped)\"}],\"end_cursor\":null}",
      "{\"items\":[\"\(escaped)\",{\"playbook_id\":\"\(escaped)\",\"title\":7}],\"end_cursor\":\"\(escaped)\",\"has_next_page\":true}",
      "{\"\(escaped)\":[\"{key}\"]}", "\(escaped)",
    ]
    var strikes = statuses.flatMap { status in
      [Fault.ErrorBody.problem, .legacy, .plain, .html, .validation].map {
        Strike(fault: .status(status, body: $0, echoKey: true), status: status)
      } + bodies.map { Strike(fault: .answer(status: status, headers: headers, body: $0), status: status) }
    }
    strikes += [301, 307].map { Strike(fault: .answer(status: $0, headers: headers, body: "{key}"), status: $0) }
    strikes += pages.map { Strike(fault: .answer(status: 200, headers: headers, body: $0), status: 200, paths: ["/playbooks"]) }
    strikes += bodies.flatMap { body in
      [200, 400, 500].map { Strike(fault: .answer(status: $0, headers: headers, body: body), status: $0, paths: ["/self"]) }
    }
    return strikes
      + [
        (Fault.html, 200), (.redirect(location: "https://example.com/?key=\(key)"), 307), (.invalidCursor, 400),
        (.repeatCursor, 200), (.missingItems, 200), (.truncateJSON, 200), (.truncateConnection, 200), (.reset, 0),
        (.poison(position: 0, .text), 200), (.invalidUTF8, 200), (.secretValue, 200),
      ].map { Strike(fault: $0.0, status: $0.1) }
  }

  @Test("the key is in no output and no file, whatever fails and whatever the server echoes")
  func key() async throws {
    try await Command.trial { command, sandbox in
      let command = command.with(["DEVIN_SYNC_TEST_CLOCK": "0"])
      let key = sandbox.scenario.key
      // Rows may contain it as well.
      let id = try await Self.firstPlaybook(command)
      try sandbox.edit(.update(.playbooks, id, set: ["title": .string("use \(key) for it")]))
      func search(_ arguments: [String], _ strike: Strike?) async throws {
        let result = try await command.run(arguments)
        #expect(!(result.output + result.errors).contains(key), "\(arguments) under \(String(describing: strike))")
        #expect([0, 1, 2, 65, 69, 73, 74, 75, 76, 77, 78].contains(result.status), "\(arguments) ended with \(result.status)")
      }
      for arguments in Self.commands { try await search(arguments, nil) }
      #expect(try await command.query("SELECT title FROM playbooks WHERE playbook_id = '\(id)'") == ["use cog_… for it"])
      let asking = Self.commands.filter { ["sync", "check", "verify"].contains($0[0]) && !$0.contains("--offline") }
      for (number, strike) in Self.strikes(key).enumerated() {
        sandbox.faults = strike.rules
        for arguments in [asking[0], asking[1 + number % (asking.count - 1)]] {
          sandbox.forgetRequests()
          try await search(arguments, strike)
          #expect(
            sandbox.requests.contains { request in
              request.status == strike.status && strike.paths.contains { request.path.contains($0) }
            }, "\(strike) did not strike \(arguments)")
        }
        if number.isMultiple(of: 10) {
          for arguments in [["status", "--json"], ["verify", "--offline"]] { try await search(arguments, strike) }
        }
      }
      for strike in Self.strikes(key) where strike.fault == .status(500, body: .legacy, echoKey: true) {
        sandbox.faults = strike.rules
        for verb in ["sync", "check", "verify"] {
          let result = try await command.run(verb)
          #expect((result.errors + result.output).contains("cog_…"), "\(verb) tells what the server said")
        }
      }
      for file in try FileManager.default.contentsOfDirectory(at: command.folder, includingPropertiesForKeys: nil) {
        #expect(try Data(contentsOf: file).range(of: Data(key.utf8)) == nil, "\(file.lastPathComponent)")
      }
      // It is not in values that SQLite decodes from JSON either.
      let tables = try await command.query(
        "SELECT m.name || '.' || c.name FROM sqlite_master AS m, pragma_table_xinfo(m.name) AS c WHERE m.type = 'table'")
      #expect(tables.count > 300)
      for column in tables {
        let parts = column.split(separator: ".").map { "\"\($0)\"" }
        let holding = try await command.query(
          "SELECT count(*) FROM \(parts[0]) WHERE instr(\(parts[1]), '\(key.dropFirst())') > 0")
        #expect(holding == ["0"], "\(column)")
      }
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

  @Test("text from the server moves no cursor, sets no colour and reverses no line")
  func escapes() async throws {
    var scenario = SandboxScenario.brief
    scenario.principal = .enterpriseServiceUser
    let nasty = "\u{1b}[2J\u{1b}]0;pwn\u{7}\u{9b}31m\r\n\u{202e}x\u{7f}\u{2066}y\u{2069}\u{200f}\u{2028}z"
    try await Command.trial(scenario) { command, sandbox in
      let command = command.with(["DEVIN_ORG_ID": nil, "DEVIN_SYNC_TEST_CLOCK": "0"])
      try sandbox.edit(
        .update(.credential, "", set: ["principal_type": .string("service_user"), "service_user_name": .string(nasty)]))
      let id = try await Self.firstPlaybook(command)
      try sandbox.edit(.update(.playbooks, id, set: ["access_type": .string("new\(nasty)"), "field\(nasty)": "x"]))
      try sandbox.edit(.insert(.users, object: ["user_id": .string("user\(nasty)"), "email": "a@example.com"]))
      try sandbox.edit(.insert(.organizations, object: ["org_id": .string("org-\(nasty)"), "name": .string(nasty)]))
      let refusal = try JSONEncoder().encode(["detail": "no\(nasty)", "title": nasty])
      let page = try JSONEncoder().encode(["end_cursor": "c\(nasty)"]).dropFirst()
      for fault: Fault? in [
        nil, .answer(status: 400, headers: ["x-request-id": "a\u{9b}b"], body: String(decoding: refusal, as: UTF8.self)),
        .answer(status: 403, body: String(decoding: refusal, as: UTF8.self)), .answer(status: 500, body: nasty),
        .answer(status: 200, body: "{\"items\":[\"\u{2066}\"],\"has_next_page\":true," + String(decoding: page, as: UTF8.self)),
      ] {
        sandbox.faults =
          fault.map { [FaultRule($0, path: "/playbooks", times: nil), FaultRule($0, path: "/users", times: nil)] } ?? []
        for arguments in [
          ["verify", "playbooks", "users"], ["verify", "--json", "playbooks", "users"], ["sync", "--progress", "lines"],
          ["sync", "--progress", "json"], ["sync", "--progress", "bar"], ["status"], ["status", "--json"], ["check"],
          ["check", "--json"], ["verify", "--offline"],
        ] {
          let result = try await command.run(arguments)
          let hazards = (result.output + result.errors).unicodeScalars.filter {
            switch $0.value {
            case 0x0a: false
            // The progress bar itself clears its line.
            case 0x0d, 0x1b: !arguments.contains("bar")
            case 0x00...0x1f, 0x7f...0x9f, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: true
            default: false
            }
          }
          #expect(hazards.isEmpty, "\(arguments) under \(String(describing: fault))")
          #expect(!(result.output + result.errors).contains("\u{1b}]0"), "\(arguments)")
        }
      }
      #expect(try await command.query("SELECT count(*) FROM sync_drift WHERE found LIKE '%new%'") != ["0"])
    }
  }

  @Test(
    "no id from the server redirects a request or becomes SQL",
    arguments: [
      "'; DROP TABLE sessions; --", "../../../v3/self", "..", ".", "a/b?c#d", "%2e%2e%2fself", "x\u{0}y", "\" OR 1=1 --", "💥\n",
      String(repeating: "long", count: 500), String(repeating: "x", count: 10_000),
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
      // Below sessions, only child lists of sessions were requested, and nothing above.
      let known = Set(["/sessions", "/insights", "/messages", "/attachments"])
      for request in sandbox.requests where request.path.contains("/sessions/") {
        #expect(known.contains { request.path.hasSuffix($0) }, "\(request.path)")
      }
      #expect(sandbox.requests.filter { $0.path.hasSuffix("/self") }.count == 1)
      #expect(sandbox.requests.allSatisfy { $0.method == "GET" })
      #expect(try await command.query("SELECT count(*) > 15 FROM sessions") == ["1"])
      #expect(try await command.query("PRAGMA integrity_check") == ["ok"])
      _ = try await command.run("verify", "--all", "--repair")
      // Child lists for ids that no path can contain stay pending; nothing in the file is damaged.
      let offline = try await command.run("verify", "--offline")
      #expect([0, 65].contains(offline.status) && offline.output.contains("is intact"))
    }
  }

  @Test(
    "no cursor and no organization from the server redirects a request",
    arguments: [
      "../../../v3/self", "..", ".", "", "a&org_id=b", "x#y?z", "x\r\nX-Injected: 1", "%2f..%2f", "'; DROP TABLE playbooks; --",
    ])
  func elsewhere(_ text: String) async throws {
    var scenario = SandboxScenario.brief
    scenario.principal = .enterpriseServiceUser
    try await Command.trial(scenario) { command, sandbox in
      let command = command.with(["DEVIN_ORG_ID": nil, "DEVIN_SYNC_TEST_CLOCK": "0"])
      try sandbox.edit(.insert(.organizations, object: ["org_id": .string(text), "name": "odd"]))
      let cursor = String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
      sandbox.faults = [
        FaultRule(
          .answer(status: 200, body: "{\"items\":[],\"has_next_page\":true,\"end_cursor\":\(cursor)}"), path: "/playbooks")
      ]
      _ = try await command.run("sync", "playbooks", "organizations", "sessions")
      for request in sandbox.requests {
        #expect(request.method == "GET")
        let ends = ["/self", "/playbooks", "/organizations", "/sessions"]
        #expect(ends.contains { request.path.hasSuffix($0) }, "\(request.path)")
      }
      // The cursor was sent back unchanged, as one value.
      let cursors = sandbox.requests.filter { $0.path.hasSuffix("/playbooks") && $0.query.contains("after=") }
      for request in cursors {
        let values = URLComponents(string: "?" + request.query)?.queryItems?.filter { $0.name == "after" }
        #expect(values?.map(\.value) == [text], "\(request.query)")
      }
      #expect(!cursors.isEmpty || text.isEmpty)
      #expect(try await command.query("PRAGMA integrity_check") == ["ok"])
    }
  }

  private static func firstPlaybook(_ command: Command) async throws -> String {
    _ = try await command.run("sync", "playbooks")
    return try await command.query("SELECT min(playbook_id) FROM playbooks")[0]
  }
}
