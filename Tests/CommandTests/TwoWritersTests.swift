import DevinSandbox
import Foundation
import Testing
import TrialSupport

/// Somebody edits files and pushes them, somebody else edits the same notes in Devin, and answers are lost and pushes killed on the way.
@Suite("Two writers", .timeLimit(.minutes(60)))
struct TwoWritersTests {
  private struct Dice {
    var state: UInt64

    mutating func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(sides))
    }
  }

  private struct Game {
    let command: Command
    let sandbox: Sandbox
    var dice: Dice
    /// What the other side wrote into a note and no export has shown yet, by id.
    var unseen: [String: String] = [:]
    var count = 0
    var log: [String] = []

    var notes: [String: [String: Any]] {
      var notes: [String: [String: Any]] = [:]
      for line in sandbox.objects(.knowledgeNotes) {
        guard let object = (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any] else { continue }
        let note = object["object"] as? [String: Any] ?? object
        if note["access_type"] as? String == "org", let key = note["note_id"] as? String { notes[key] = note }
      }
      return notes
    }

    var files: [String] {
      get throws {
        try FileManager.default.subpathsOfDirectory(atPath: command.folder.path + "/content/notes").filter { path in
          try path.hasSuffix(".md") && !text(path).contains("access_type: \"enterprise\"")
        }.sorted()
      }
    }

    func text(_ path: String) throws -> String {
      try String(contentsOfFile: command.folder.path + "/content/notes/" + path, encoding: .utf8)
    }

    mutating func step() async throws {
      count += 1
      switch dice.roll(6) {
      case 0, 1:
        let files = try files
        guard !files.isEmpty else { return }
        let path = files[dice.roll(files.count)]
        log.append("edit \(path)")
        try write(path, text(path) + "Ours \(count).\n")
      case 2:
        log.append("new \(count)")
        try write("new-\(count).md", "---\nname: \"new \(count)\"\ntrigger: \"t\"\n---\n\nOurs \(count).\n")
      case 3, 4:
        let keys = notes.keys.sorted()
        guard !keys.isEmpty else { return }
        let key = keys[dice.roll(keys.count)]
        log.append("theirs \(key)")
        try sandbox.edit(.update(.knowledgeNotes, key, set: ["body": .string("Theirs \(count).")]))
        unseen[key] = "Theirs \(count)."
      default: try await push()
      }
    }

    private func write(_ path: String, _ text: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: command.folder.path + "/content/notes/" + path))
    }

    /// A push with a mishap, or none.
    mutating func push() async throws {
      let kind = dice.roll(7)
      let skip = dice.roll(2)
      let fault: Fault? =
        switch kind {
        case 0: .reset
        case 1: Fault.reset.afterwards
        case 2: Fault.status(500).afterwards
        default: nil
        }
      let point: String? = [3: "push_intended", 4: "push_answered", 5: "push_journaled"][kind]
      sandbox.faults =
        fault.map { fault in
          ["POST", "PUT"].map { FaultRule(fault, method: $0, skip: skip) }
        } ?? []
      let result = try await command.with(["DEVIN_SYNC_CRASH_POINT": point.map { "\($0):\(skip + 1)" }])
        .run("push", "content", "--only", "notes", "--apply", "--yes")
      sandbox.faults = []
      log.append("push \(kind) \(skip): \(result.status)")
      #expect([0, 65, 69, -SIGKILL].contains(result.status), "\(result.errors)")
      check()
    }

    /// The other side's texts are all there, and no name is there twice.
    func check() {
      let notes = notes
      for (key, body) in unseen { #expect(notes[key]?["body"] as? String == body, "\(key): \(log.joined(separator: "; "))") }
      let names = notes.values.compactMap { $0["name"] as? String }.filter { $0.hasPrefix("new ") }
      #expect(names.count == Set(names).count, "\(log.joined(separator: "; "))")
    }

    /// The mirror has what the service has.
    mutating func end() async throws {
      let last = try await command.run("push", "content", "--only", "notes", "--apply", "--yes")
      #expect([0, 65].contains(last.status), "\(last.errors)")
      check()
      #expect(try await command.query("SELECT count(*) FROM sync_pushes WHERE outcome IS NULL") == ["0"])
      #expect(try await command.run("sync", "knowledge_notes").status == 0)
      let mirrored = try await command.query(
        "SELECT note_id || ' ' || hex(body) FROM knowledge_notes WHERE access_type = 'org' AND _deleted_at IS NULL ORDER BY 1")
      let served = notes.map { key, note in
        "\(key) \((note["body"] as? String ?? "").utf8.map { String(format: "%02X", $0) }.joined())"
      }.sorted()
      #expect(mirrored == served, "\(log.joined(separator: "; "))")
      #expect(try await command.run("verify", "knowledge_notes").status == 0)
      #expect(try await command.run("verify", "--offline").status == 0)
    }
  }

  private static let minutes = ProcessInfo.processInfo.environment["SOAK_MINUTES"].flatMap { Int($0) }

  /// Some seeds, or with SOAK_MINUTES new ones for as long.
  private static func seeds() -> [UInt64] { [1, 2, 3] }

  @Test("no text of the other side is lost, nothing is made twice, and the mirror is what the service is", arguments: seeds())
  func play(_ seed: UInt64) async throws { try await play(seed, steps: 14) }

  @Test("the same with new seeds, for as long as SOAK_MINUTES says", .enabled(if: minutes != nil))
  func soak() async throws {
    let end = Date(timeIntervalSinceNow: Double(Self.minutes ?? 0) * 60)
    var played = 0
    repeat {
      let seed = UInt64.random(in: 10...UInt64.max)
      print("two writers: seed \(seed)")
      try await play(seed, steps: 40)
      played += 1
    } while Date() < end
    print("two writers: \(played) games")
  }

  private func play(_ seed: UInt64, steps: Int) async throws {
    var scenario = SandboxScenario.brief
    (scenario.sessions, scenario.notes) = (2, 8)
    try await Command.trial(scenario) { command, sandbox in
      let command = command.with(["DEVIN_PUSH_API_KEY": command.environment["DEVIN_API_KEY"], "DEVIN_SYNC_TEST_CLOCK": "0"])
      #expect(try await command.run("sync", "knowledge", "schedules", "automations").status == 0)
      #expect(try await command.run("export", "content", "content").status == 0)
      var game = Game(command: command, sandbox: sandbox, dice: Dice(state: seed &* 0x9e37_79b9_7f4a_7c15))
      for _ in 0..<steps { try await game.step() }
      try await game.end()
    }
  }
}
