import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("The feed on the command line", .timeLimit(.minutes(60)))
struct FeedCommandTests {
  private func objects(_ output: String) throws -> [[String: Any]] {
    try output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }

  private func write(_ text: String, _ name: String, _ command: Command) throws {
    try Data(text.utf8).write(to: command.folder.appendingPathComponent(name))
  }

  @Test("with the state of the first feed, a second has what a sync changed, and stderr says how complete the mirror is")
  func twice() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync")
      let first = try await command.run("feed", "--state", "state.jsonl")
      #expect(first.status == 0 && first.errors.contains("printed. Complete as of "), "\(first.errors)")
      let messages = try objects(first.output)
      let count = messages.count { $0["type"] as? String == "RECORD" && $0["stream"] as? String == "sessions" }
      #expect(count == sandbox.ids(.sessions).count)
      // The file may contain everything that was printed: the last state counts.
      try write(first.output, "state.jsonl", command)
      let idle = try await command.run("feed", "--state", "state.jsonl")
      #expect(idle.lines.count == 2 && idle.errors.hasPrefix("devin-sync: 0 rows printed. Complete as of "), "\(idle.errors)")
      let playbook = sandbox.ids(.playbooks)[0]
      try sandbox.edit(.delete(.playbooks, playbook))
      try sandbox.edit(.update(.playbooks, sandbox.ids(.playbooks)[0], set: ["title": "other"]))
      _ = try await command.run("sync")
      let second = try await command.run("feed", "playbooks", "--state", "state.jsonl", "--as", "ndjson")
      #expect(
        Set(try objects(second.output).compactMap { $0["row"] == nil ? nil : $0["op"] as? String }) == ["upsert", "delete"])
      #expect(second.errors.contains("2 rows of 1 resource printed"), "\(second.errors)")
    }
  }

  @Test("columns, objects, organization and number of rows are as asked")
  func options() async throws {
    var scenario = SandboxScenario.brief
    scenario.principal = .enterpriseServiceUser
    scenario.moreOrganizations = ["org-second"]
    try await Command.trial(scenario) { command, _ in
      let command = command.with(["DEVIN_ORG_ID": nil])
      _ = try await command.run("sync")
      func rows(_ more: String...) async throws -> [[String: Any]] {
        let result = try await command.run(["feed", "sessions", "--as", "ndjson"] + more)
        #expect(result.status == 0, "\(result.errors)")
        return try objects(result.output).compactMap { $0["row"] as? [String: Any] }
      }
      let all = try await rows()
      #expect(all.count > 2 && all.allSatisfy { $0["title"] != nil && $0["_raw"] == nil })
      let raw = try await rows("--raw", "--exclude", "sessions.title", "--exclude", "sessions.url")
      #expect(raw.allSatisfy { $0["_raw"] is [String: Any] && $0["title"] == nil && $0["url"] == nil })
      let second = try await rows("--org", "org-second")
      #expect(!second.isEmpty && second.count < all.count && second.allSatisfy { $0["org_id"] as? String == "org-second" })
      #expect(try await rows("--limit", "2").count == 2)
    }
  }

  @Test("an invalid state is refused with advice, and a missing or an empty one means a first feed")
  func states() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync", "playbooks")
      try write("nonsense\n", "wrong", command)
      try write(#"{"devin_sync_feed":9,"bookmarks":{}}"#, "newer", command)
      try write("", "empty", command)
      for (file, part) in [("wrong", "contains no state"), ("newer", "newer devin-sync"), (".", "cannot be read")] {
        let result = try await command.run("feed", "--state", file)
        #expect(result.status == 64 && result.output.isEmpty && result.errors.contains(part), "\(file): \(result.errors)")
      }
      for file in ["missing", "empty"] {
        let result = try await command.run("feed", "--state", file)
        #expect(result.status == 0 && result.output.contains("RECORD"), "\(file): \(result.errors)")
      }
      for (arguments, status) in [
        (["playbook"], 64), (["--limit", "0"], 64), (["--limit", "1", "--follow"], 64), (["--as", "csv"], 64),
        (["--exclude", "playbooks.titel"], 64), (["--exclude", "playbooks.playbook_id"], 64), (["--org", "nobody"], 64),
        (["users", "--org", "org"], 64), (["--database", "none.db"], 74),
      ] {
        let result = try await command.run(["feed"] + arguments)
        #expect(
          result.status == Int32(status) && result.output.isEmpty && !result.errors.isEmpty, "\(arguments): \(result.errors)")
      }
    }
  }

  @Test("with --follow, it prints the changes of each sync once it has ended, and ends with the status of the signal")
  func follow() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync", "playbooks")
      let feed = try command.start("feed", "--follow", "--as", "ndjson", "playbooks")
      let count = sandbox.ids(.playbooks).count
      func rows(_ output: String) -> Int { output.split(separator: "\n").count { $0.contains("\"row\":") } }
      try await feed.waitForOutput { rows($0) == count && $0.hasSuffix("}}\n") }
      try sandbox.edit(.update(.playbooks, sandbox.ids(.playbooks)[0], set: ["title": "later"]))
      _ = try await command.run("sync", "playbooks")
      try await feed.waitForOutput { $0.contains("\"later\"") && $0.hasSuffix("}}\n") }
      feed.send(SIGINT)
      let result = try await feed.result()
      #expect(result.status == 130 && rows(result.output) == count + 1, "\(result.errors)")
    }
  }

  @Test("it ends silently when its reader closes the pipe, even while it waits for the next sync")
  func brokenPipe() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync")
      for arguments in ["", "--follow"] {
        let script = "'\(Command.program.path)' feed \(arguments) 2> errors | head -c 100 > part; echo ${PIPESTATUS[0]} > status"
        let result = try await command.run(program: "/bin/bash", ["-c", script])
        #expect(result.status == 0)
        func text(_ name: String) throws -> String {
          try String(contentsOf: command.folder.appendingPathComponent(name), encoding: .utf8)
        }
        #expect(try text("status") == "0\n")
        #expect(try text("part").hasPrefix(#"{"type":"STATE""#))
        let errors = try text("errors")
        #expect(!errors.contains("ipe"), "\(errors)")
      }
      // A full disk is reported.
      let full = try await command.run(program: "/bin/bash", ["-c", "'\(Command.program.path)' feed > /dev/full"])
      #expect(full.status == 74 && full.errors.contains("No space left"), "\(full.errors)")
    }
  }
}
