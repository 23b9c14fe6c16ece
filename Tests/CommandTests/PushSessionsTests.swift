import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("Rows become sessions", .timeLimit(.minutes(60)))
struct PushSessionsTests {
  private typealias Line = [String: String]

  /// A mirror, and a command with a key that writes.
  private func mirrored(
    _ scenario: SandboxScenario = .brief, _ body: @Sendable (Command, Sandbox) async throws -> Void
  ) async throws {
    try await Command.trial(scenario) { command, sandbox in
      let command = command.with(["DEVIN_PUSH_API_KEY": command.environment["DEVIN_API_KEY"], "DEVIN_SYNC_TEST_CLOCK": "0"])
      #expect(try await command.run("sync").status == 0)
      sandbox.forgetRequests()
      try await body(command, sandbox)
    }
  }

  private func write(_ command: Command, _ rows: [String], as name: String = "rows.ndjson") throws {
    try Data(rows.map { $0 + "\n" }.joined().utf8).write(to: command.folder.appendingPathComponent(name))
  }

  /// The rows that were printed, by key.
  private func lines(_ result: Command.Result) throws -> [String: Line] {
    var lines: [String: Line] = [:]
    for line in result.lines {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
      lines[try #require(object["key"] as? String)] = object.mapValues { "\($0)" }
    }
    return lines
  }

  private func outcomes(_ result: Command.Result) throws -> [String: String] {
    try lines(result).mapValues { $0["outcome"] ?? "" }
  }

  private func writes(_ sandbox: Sandbox) -> [String] { sandbox.requests.map(\.method).filter { $0 != "GET" } }

  private func apply(_ command: Command, _ arguments: String...) async throws -> Command.Result {
    try await command.run(["push", "sessions", "rows.ndjson", "--apply", "--yes"] + arguments)
  }

  private static func create(_ key: String, _ more: String = "") -> String {
    #"{"key":"\#(key)","action":"create","prompt":"Do \#(key)","title":"Title of \#(key)"\#(more)}"#
  }

  /// Sessions that rows created, as the sandbox has them.
  private func made(_ sandbox: Sandbox, _ prefix: String = "Title of ") -> [String] {
    sandbox.objects(.sessions).filter { $0.contains("\"title\":\"\(prefix)") }
  }

  private func expectMirrorEqualsServer(_ command: Command) async throws {
    #expect(try await command.run("sync").status == 0)
    let verify = try await command.run("verify")
    #expect(verify.status == 0, "\(verify.output)\(verify.errors)")
  }

  @Test("a plan sends GET and nothing else, and rows that cannot be meant are named before anything is asked")
  func plan() async throws {
    try await mirrored { command, sandbox in
      try write(command, [Self.create("a"), #"{"key":"b","action":"message","session_key":"a","message":"Go on"}"#])
      let plan = try await command.run("push", "sessions", "rows.ndjson")
      #expect(plan.status == 0 && plan.errors.contains("Plan: 1 to create, 1 to send a message."), "\(plan.errors)")
      #expect(try outcomes(plan) == ["a": "planned", "b": "planned"])
      #expect(writes(sandbox).isEmpty)
      // Nobody is there to ask.
      #expect(try await command.run("push", "sessions", "rows.ndjson", "--apply").status == 64)
      sandbox.forgetRequests()
      try write(command, [Self.create("a"), Self.create("a"), Self.create("c", #","promt":"x""#)])
      let wrong = try await apply(command)
      #expect(wrong.status == 65 && wrong.output.isEmpty && sandbox.requests.isEmpty)
      for part in [
        "rows.ndjson:2: the key of line 1 again: a", "rows.ndjson:3: a row with the action create has no member `promt`",
      ] {
        #expect(wrong.errors.contains(part), "\(wrong.errors)")
      }
      try write(
        command, [#"{"key":"x","action":"archive","session_id":"nobody"}"#, #"{"key":"y","action":"archive","session_key":"z"}"#])
      #expect(try await outcomes(command.run("push", "sessions", "rows.ndjson")) == ["x": "blocked", "y": "blocked"])
      #expect(writes(sandbox).isEmpty)
    }
  }

  @Test("rows are sent once, their answers are printed and in the mirror, and the next sync finds everything")
  func wholeWay() async throws {
    try await mirrored { command, sandbox in
      let ids = try await command.query("SELECT session_id FROM sessions WHERE status = 'running' AND is_archived = 0 LIMIT 3")
      let rows = [
        Self.create("a", #","tags":["mine"],"max_acu_limit":5"#), Self.create("b"),
        #"{"key":"m","action":"message","session_key":"a","message":"Go on"}"#,
        #"{"key":"t","action":"tags","session_key":"b","add":["more"]}"#,
        #"{"key":"w","action":"tags","session_id":"devin-\#(ids[0])","tags":["all"]}"#,
        #"{"key":"r","action":"archive","session_id":"\#(ids[1])"}"#,
        #"{"key":"e","action":"terminate","session_id":"\#(ids[2])"}"#,
      ]
      try write(command, rows)
      let held = try await apply(command, "--limit", "1")
      #expect(try held.status == 65 && outcomes(held)["a"] == "done" && outcomes(held)["b"] == "not_sent", "\(held)")
      #expect(try outcomes(held)["e"] == "blocked" && held.errors.contains("--allow-terminate"))
      let result = try await apply(command, "--allow-terminate", "--lock-wait", "5s")
      #expect(result.status == 0, "\(result.errors)")
      var expected = Dictionary(uniqueKeysWithValues: "bmtwre".map { (String($0), "done") })
      expected["a"] = "unchanged"
      #expect(try outcomes(result) == expected)
      let a = try #require(try lines(result)["a"]?["session_id"])
      #expect(try lines(result)["a"]?["url"] == "https://app.devin.ai/sessions/\(a)")
      let made = made(sandbox)
      #expect(made.count == 2 && made.allSatisfy { !$0.contains("devin-sync-") }, "\(made)")
      #expect(made[0].contains(#""tags":["mine"]"#) || made[1].contains(#""tags":["mine"]"#))
      // The mirror knows them at once, and still what it has to read.
      #expect(try await command.query("SELECT title, tags FROM sessions WHERE session_id = '\(a)'") == [#"Title of a|["mine"]"#])
      #expect(try await command.query("SELECT tags FROM sessions WHERE session_id = '\(ids[0])'") == [#"["all"]"#])
      #expect(try await command.query("SELECT is_archived FROM sessions WHERE session_id = '\(ids[1])'") == ["1"])
      #expect(try await command.query("SELECT status FROM sessions WHERE session_id = '\(ids[2])'") == ["exit"])
      #expect(try await command.query("SELECT count(*) FROM sync_pushes WHERE outcome <> 'done'") == ["0"])
      sandbox.forgetRequests()
      let again = try await apply(command, "--allow-terminate")
      #expect(again.status == 0 && writes(sandbox).isEmpty)
      #expect(try outcomes(again).values.allSatisfy { $0 == "unchanged" } && lines(again)["a"]?["session_id"] == a)
      // A key stands for one row.
      try write(command, [rows[0].replacing("Do a", with: "Do it")])
      let conflict = try await apply(command)
      #expect(try conflict.status == 65 && outcomes(conflict) == ["a": "conflict"] && writes(sandbox).isEmpty)
      try await expectMirrorEqualsServer(command)
      #expect(
        try await command.query("SELECT count(*) FROM session_messages WHERE message = 'Go on' AND session_id = '\(a)'") == ["1"])
    }
  }

  @Test("caps are hard: of rows, and of ACUs")
  func caps() async throws {
    try await mirrored { command, sandbox in
      try write(command, (1...5).map { Self.create("\($0)", #","max_acu_limit":\#($0 == 3 ? 9 : 4)"#) } + [Self.create("6")])
      let result = try await apply(command, "--max-acus", "12")
      #expect(
        try outcomes(result) == ["1": "done", "2": "done", "3": "not_sent", "4": "not_sent", "5": "not_sent", "6": "blocked"])
      #expect(result.status == 65 && result.errors.contains("--max-acus 12 was reached") && made(sandbox).count == 2)
      // A cap is said, so nobody has to be asked.
      let limited = try await command.run("push", "sessions", "rows.ndjson", "--apply", "--limit", "2")
      #expect(limited.status == 0 && made(sandbox).count == 4, "\(limited)")
    }
  }

  @Test("a refusal stops one row, 403 its action, 401 everything, and 429 is waited for")
  func refusals() async throws {
    for (status, expected, end) in [
      (422, ["refused", "done", "done"], 65), (400, ["refused", "done", "done"], 65), (409, ["refused", "done", "done"], 65),
      (403, ["refused", "not_sent", "done"], 77), (401, ["refused", "not_sent", "not_sent"], 77),
      (429, ["done", "done", "done"], 0),
    ] {
      try await mirrored { command, sandbox in
        let id = try #require(try await command.query("SELECT session_id FROM sessions WHERE is_archived = 0 LIMIT 1").first)
        try write(command, [Self.create("a"), Self.create("b"), #"{"key":"c","action":"archive","session_id":"\#(id)"}"#])
        sandbox.faults = [FaultRule(.status(status, retryAfter: "1"), path: "/sessions$", method: "POST")]
        let result = try await apply(command)
        let outcomes = try outcomes(result)
        #expect(["a", "b", "c"].map { outcomes[$0] } == expected && result.status == Int32(end), "\(status) \(result)")
        sandbox.faults = []
        #expect(try await apply(command).status == 0)
        #expect(made(sandbox).count == 2)
      }
    }
  }

  @Test("with enforced tags a marker is refused, and --no-marker does without")
  func enforcedTags() async throws {
    try await mirrored { command, sandbox in
      try write(command, [Self.create("a")])
      let rules = sandbox.writes
      sandbox.writes.enforcesTags = true
      #expect(try await outcomes(apply(command)) == ["a": "refused"])
      sandbox.writes = rules
      #expect(try await outcomes(apply(command, "--no-marker")) == ["a": "done"])
      #expect(try await command.query("SELECT count(*) FROM sync_pushes WHERE marker IS NOT NULL AND outcome = 'done'") == ["0"])
    }
  }

  @Test(
    "without a marker, a title that only the row has tells after a lost answer, and otherwise nothing is sent again",
    arguments: [true, false])
  func unmarked(_ hasTitle: Bool) async throws {
    try await mirrored { command, sandbox in
      try write(command, [hasTitle ? Self.create("a") : #"{"key":"a","action":"create","prompt":"Title of a"}"#])
      sandbox.faults = [FaultRule(Fault.reset.afterwards, path: "/sessions$", method: "POST")]
      let result = try await apply(command, "--no-marker")
      #expect(try outcomes(result) == ["a": hasTitle ? "done" : "open"] && result.status == (hasTitle ? 0 : 65), "\(result)")
      #expect(made(sandbox).count == 1)
      guard !hasTitle else { return }
      let again = try await apply(command, "--no-marker")
      #expect(try outcomes(again) == ["a": "open"] && made(sandbox).count == 1)
      let id = try #require(sandbox.ids(.sessions) { $0.contains("\"title\":\"Title of a") }.first)
      let said = try await apply(command, "--resolve", "a=devin-\(id)")
      #expect(try said.status == 0 && lines(said)["a"]?["session_id"] == id, "\(said)")
      #expect(try await command.query("SELECT count(*) FROM sessions WHERE session_id = '\(id)'") == ["1"])
    }
  }

  @Test("a title that a session has already tells nothing after a lost answer")
  func namesakes() async throws {
    try await mirrored { command, sandbox in
      try write(command, [Self.create("a"), Self.create("b").replacing("Title of b", with: "Title of a")])
      sandbox.faults = [FaultRule(.reset, path: "/sessions$", method: "POST", skip: 1)]
      let result = try await apply(command, "--no-marker")
      #expect(try outcomes(result) == ["a": "done", "b": "open"] && made(sandbox).count == 1, "\(result)")
      #expect(try await outcomes(apply(command, "--no-marker"))["b"] == "open")
    }
  }

  @Test("a message is sent once: after a lost answer it is looked for, and one of the same text before does not count")
  func messages() async throws {
    for isCarriedOut in [true, false] {
      try await mirrored { command, sandbox in
        let id = try #require(
          try await command.query("SELECT session_id FROM sessions WHERE status = 'running' AND is_archived = 0 LIMIT 1").first)
        let rows = ["a", "b"].map { #"{"key":"\#($0)","action":"message","session_id":"\#(id)","message":"Continue"}"# }
        try write(command, [rows[0]])
        #expect(try await apply(command).status == 0)
        try write(command, rows)
        sandbox.faults = [FaultRule(isCarriedOut ? Fault.reset.afterwards : .reset, path: "/messages", method: "POST")]
        let result = try await apply(command)
        #expect(try outcomes(result) == ["a": "unchanged", "b": isCarriedOut ? "done" : "open"], "\(result)")
        if !isCarriedOut {
          #expect(result.status == 65 && result.errors.contains("--resolve 'b=done' or --resolve 'b=none'"))
          #expect(try await outcomes(apply(command))["b"] == "open")
          #expect(try await outcomes(apply(command, "--resolve", "b=none"))["b"] == "done")
        }
        try await expectMirrorEqualsServer(command)
        #expect(
          try await command.query("SELECT count(*) FROM session_messages WHERE session_id = '\(id)' AND message = 'Continue'")
            == ["2"])
      }
    }
  }

  @Test("what may be said twice is looked at after a lost answer, and sent again by the next run if it is missing")
  func repeatable() async throws {
    for isCarriedOut in [true, false] {
      try await mirrored { command, sandbox in
        let ids = try await command.query("SELECT session_id FROM sessions WHERE status = 'running' AND is_archived = 0 LIMIT 3")
        try write(
          command,
          [
            #"{"key":"t","action":"tags","session_id":"\#(ids[0])","tags":["x"]}"#,
            #"{"key":"r","action":"archive","session_id":"\#(ids[1])"}"#,
            #"{"key":"e","action":"terminate","session_id":"\#(ids[2])","archive":true}"#,
          ])
        sandbox.faults = ["PUT", "POST", "DELETE"].map {
          FaultRule(isCarriedOut ? Fault.status(502).afterwards : .status(502), method: $0)
        }
        let result = try await apply(command, "--allow-terminate")
        let expected = isCarriedOut ? "done" : "not_done"
        #expect(try outcomes(result) == ["t": expected, "r": expected, "e": expected], "\(result)")
        #expect(result.status == (isCarriedOut ? 0 : 69))
        #expect(try await apply(command, "--allow-terminate").status == 0)
        #expect(writes(sandbox).count == (isCarriedOut ? 3 : 6))
        try await expectMirrorEqualsServer(command)
        #expect(try await command.query("SELECT is_archived FROM sessions WHERE session_id = '\(ids[2])'") == ["1"])
      }
    }
  }

  @Test(
    "the key that reads is taken only on purpose, rows are for the key's organization, and without a mirror there is no journal")
  func keys() async throws {
    try await mirrored { command, sandbox in
      try write(command, [Self.create("a")])
      let reading = command.with(["DEVIN_PUSH_API_KEY": nil])
      #expect(try await apply(reading).status == 78)
      #expect(try await apply(command, "--org", "org-other").status == 78)
      #expect(try await apply(command, "--database", "none.db").status == 74)
      #expect(made(sandbox).isEmpty)
      #expect(try await apply(reading, "--use-reading-key").status == 0 && made(sandbox).count == 1)
      // A folder that is called like a command is written with a dot.
      #expect(try await command.run("export", "content", "sessions").status == 0)
      let files = try await command.run("push", "./sessions")
      #expect(files.status == 0 && files.output.hasPrefix("Plan: 0 to create, "), "\(files)")
      #expect(try await command.run("push", "files", "sessions").output == files.output)
    }
  }

  @Test("a server that loses everything is left alone after three rows")
  func losses() async throws {
    try await mirrored { command, sandbox in
      try write(command, (1...6).map { Self.create("\($0)") })
      sandbox.faults = [FaultRule(.status(503), path: "/sessions$", method: "POST", times: nil)]
      let result = try await apply(command)
      let outcomes = try outcomes(result)
      #expect((1...6).map { outcomes["\($0)"] } == ["open", "open", "open", "not_sent", "not_sent", "not_sent"], "\(result)")
      #expect(result.status == 65 && writes(sandbox).count == 3)
      #expect(try await command.run("push", "sessions", "rows.ndjson", "--apply", "--yes", "--resolve", "7=none").status == 64)
    }
  }

  /// How many rows, kills and lost answers the game has: `DEVIN_SYNC_SESSION_GAME=200,20,10`.
  private static let game: [Int] = {
    let said = ProcessInfo.processInfo.environment["DEVIN_SYNC_SESSION_GAME"]?.split(separator: ",").compactMap { Int($0) } ?? []
    return said.count == 3 ? said : [40, 6, 4]
  }()

  @Test("whatever is killed or lost, there is never a second session for a row, and every row that is open is named")
  func game() async throws {
    let (count, kills, losses) = (Self.game[0], Self.game[1], Self.game[2])
    try await mirrored { command, sandbox in
      try write(command, (1...count).map { Self.create("row-\($0)") })
      // Lost answers that the server carried out, 500 and broken connections in turn.
      sandbox.faults = (0..<losses).map { number in
        FaultRule(
          number.isMultiple(of: 2) ? Fault.reset.afterwards : Fault.status(500).afterwards, path: "/sessions$", method: "POST",
          skip: count / (losses + 1) * (number + 1))
      }
      sandbox.writes.staleLists = 1
      let points = ["push_intended", "push_answered", "push_journaled"]
      var open: Set<String> = []
      for kill in 0..<kills {
        // Each row has two entries in the journal: the session, and the removal of its marker.
        let visit = 2 * (count / (kills + 1)) + kill % 2
        let killed = try await command.with(["DEVIN_SYNC_CRASH_POINT": "\(points[kill % 3]):\(visit)"])
          .run("push", "sessions", "rows.ndjson", "--apply", "--yes")
        #expect(killed.status == -SIGKILL, "\(kill): \(killed)")
      }
      let last = try await apply(command)
      for (key, line) in try lines(last) where line["outcome"] == "open" { open.insert(key) }
      let made = made(sandbox, "Title of row-")
      let isNamed = open.allSatisfy { last.errors.contains("\($0): open") }
      print(
        "\(count) rows, \(kills) kills, \(losses) lost answers: \(made.count) sessions, \(open.count) open and named \(open.sorted())"
      )
      #expect(made.count == count - open.count && isNamed && last.status == (open.isEmpty ? 0 : 65), "\(last.errors)")
      // Ten minutes later, and with later sessions in the list, it is certain that nothing was sent. Of a last row, people decide.
      let certain = try await command.with(["DEVIN_SYNC_TEST_CLOCK": "700"])
        .run("push", "sessions", "rows.ndjson", "--apply", "--yes")
      open = Set(try lines(certain).filter { $0.value["outcome"] == "open" }.keys)
      #expect(open.isSubset(of: ["row-\(count)"]) && certain.status == (open.isEmpty ? 0 : 65), "\(certain.errors)")
      let said = try await apply(command, open.sorted().flatMap { ["--resolve", "\($0)=none"] })
      #expect(said.status == 0, "\(said.errors)")
      let all = sandbox.objects(.sessions).filter { $0.contains("\"title\":\"Title of row-") }
      let titles = Set(all.compactMap { $0.firstMatch(of: /"title":"([^"]+)"/)?.1 })
      #expect(all.count == count && titles.count == count)
      #expect(all.allSatisfy { !$0.contains("devin-sync-") }, "markers are left")
      #expect(try await command.query("SELECT count(*) FROM sync_pushes WHERE outcome IS NULL") == ["0"])
      print("ten minutes later: \(all.count) sessions for \(titles.count) rows, no marker left")
      try await expectMirrorEqualsServer(command)
      #expect(try await command.query("SELECT count(*) FROM sessions WHERE title LIKE 'Title of row-%'") == ["\(count)"])
    }
  }

  private func apply(_ command: Command, _ arguments: [String]) async throws -> Command.Result {
    try await command.run(["push", "sessions", "rows.ndjson", "--apply", "--yes"] + arguments)
  }
}
