import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("A plan is saved and carried out later", .timeLimit(.minutes(60)))
struct PlanFileTests {
  private static let plan = ["push", "mine", "--plan-file", "plan.json"]
  private static let apply = ["push", "--apply", "--yes", "--plan-file", "plan.json"]

  private func planned(_ body: @Sendable (Command, Sandbox) async throws -> Void) async throws {
    try await Command.trial { command, sandbox in
      let command = command.with(["DEVIN_PUSH_API_KEY": command.environment["DEVIN_API_KEY"], "DEVIN_SYNC_TEST_CLOCK": "0"])
      #expect(try await command.run("sync", "knowledge").status == 0)
      try FileManager.default.createDirectory(
        at: command.folder.appendingPathComponent("mine/notes"), withIntermediateDirectories: true)
      try write(command, "n.md", "One")
      sandbox.forgetRequests()
      let plan = try await command.run(Self.plan)
      #expect(plan.status == 0 && plan.output.contains("1 to create"), "\(plan.errors)")
      try await body(command, sandbox)
    }
  }

  private func write(_ command: Command, _ name: String, _ body: String) throws {
    let text = "---\nname: \"\(name)\"\ntrigger: \"t\"\n---\n\n\(body)\n"
    try Data(text.utf8).write(to: command.folder.appendingPathComponent("mine/notes/\(name)"))
  }

  private func methods(_ sandbox: Sandbox) -> Set<String> { Set(sandbox.requests.map(\.method)) }

  @Test("it is only for its owner, holds no key, and is carried out once")
  func carriesOut() async throws {
    try await planned { command, sandbox in
      let path = command.folder.appendingPathComponent("plan.json").path
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(try !text.contains(#require(command.environment["DEVIN_API_KEY"])) && !text.contains("One"))
      #expect(try await command.run(Self.apply).status == 0)
      #expect(methods(sandbox) == ["GET", "POST"])
      let again = try await command.run(Self.apply)
      #expect(again.status == 65 && again.errors.contains("planned: create "), "\(again.errors)")
      #expect(sandbox.requests.count { $0.method == "POST" } == 1)
    }
  }

  @Test("nothing is sent when a file or the server is not as it was", arguments: ["edited", "added", "server"])
  func isMoved(_ what: String) async throws {
    try await planned { command, sandbox in
      switch what {
      case "edited": try write(command, "n.md", "Two")
      case "added": try write(command, "m.md", "Two")
      default:
        #expect(try await command.run("push", "mine", "--apply", "--yes").status == 0)
        sandbox.forgetRequests()
      }
      let result = try await command.run(Self.apply)
      #expect(result.status == 65 && result.errors.contains("not as the saved plan says"), "\(result.errors)")
      #expect(methods(sandbox) == ["GET"])
    }
  }

  @Test("a file that holds no plan is refused")
  func noPlan() async throws {
    try await planned { command, sandbox in
      try Data("{}".utf8).write(to: command.folder.appendingPathComponent("plan.json"))
      #expect(try await command.run(Self.apply).status == 65)
      #expect(try await command.run("push", "--apply", "--yes", "--plan-file", "none.json").status == 65)
      #expect(try await command.run("push").status == 64)
      #expect(methods(sandbox) == ["GET"])
    }
  }
}
