import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("Objects are copied into another organization", .timeLimit(.minutes(60)))
struct CopyTests {
  private static let other = "org-second"

  /// A mirror of two organizations with an enterprise's key. In the first there are a playbook, and a note, a schedule and an automation of
  /// which the last two name it; their files are in `moved`.
  private func prepared(_ body: @Sendable (Command, Sandbox, _ playbook: String) async throws -> Void) async throws {
    var scenario = SandboxScenario.brief
    scenario.principal = .enterpriseServiceUser
    scenario.moreOrganizations = [Self.other]
    let own = scenario.organizationID
    try await Command.trial(scenario) { command, sandbox in
      let command = command.with([
        "DEVIN_PUSH_API_KEY": command.environment["DEVIN_API_KEY"], "DEVIN_SYNC_TEST_CLOCK": "0", "DEVIN_ORG_ID": nil,
      ])
      #expect(try await command.run("sync").status == 0)
      for kind in ["playbooks", "notes", "schedules", "automations"] {
        try FileManager.default.createDirectory(
          at: command.folder.appendingPathComponent("moved/\(kind)"), withIntermediateDirectories: true)
      }
      try write(
        command, "playbooks/p.md", "---\ntitle: \"Move me\"\nmacro: \"!moveme\"\norg_id: \"\(own)\"\n---\n\nDo it.\n")
      #expect(try await command.run("push", "moved", "--apply", "--yes").status == 0)
      let playbook = try key(command, "playbooks/p.md")
      let folder = try await command.query(
        "SELECT folder_id, path FROM knowledge_folders WHERE org_id = '\(own)' AND _deleted_at IS NULL ORDER BY 1 LIMIT 1")
      let parts = try #require(folder.first).split(separator: "|").map(String.init)
      try write(
        command, "notes/n.md",
        "---\nname: \"Move me\"\ntrigger: \"t\"\nfolder_id: \"\(parts[0])\"\nfolder_path: \"\(parts[1])\"\norg_id: \"\(own)\"\n---\n\nKnow it.\n"
      )
      try write(
        command, "schedules/s.yaml",
        "name: \"Move me\"\nprompt: \"Look\"\nfrequency: \"0 9 * * 1\"\nplaybook_id: \"\(playbook)\"\norg_id: \"\(own)\"\n")
      try write(
        command, "automations/a.yaml",
        "name: \"Move me\"\nenabled: true\ntriggers:\n  - event_type: \"github:push\"\nactions:\n  - type: \"start_session\"\n    prompt: \"@playbook:\(playbook) now, not @playbook:\(playbook)x\"\norg_id: \"\(own)\"\n"
          .replacing(", not @playbook:\(playbook)x", with: ""))
      let push = try await command.run("push", "moved", "--apply", "--yes")
      #expect(push.status == 0, "\(push.errors)\(push.output)")
      sandbox.forgetRequests()
      try await body(command, sandbox, playbook)
    }
  }

  private func write(_ command: Command, _ path: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: command.folder.path + "/moved/" + path))
  }

  private func text(_ command: Command, _ path: String) throws -> String {
    try String(contentsOfFile: command.folder.path + "/moved/" + path, encoding: .utf8)
  }

  private func key(_ command: Command, _ path: String) throws -> String {
    let match = try text(command, path).firstMatch(of: /(?m)^(?:note|playbook|scheduled_session|automation)_id: "([^"]+)"/)
    return try String(#require(match).1)
  }

  private func copy(of key: String, _ command: Command) async throws -> String {
    try #require(
      try await command.query("SELECT to_key FROM sync_push_ids WHERE from_key = '\(key)' AND to_org_id = '\(Self.other)'").first)
  }

  private func writes(_ sandbox: Sandbox) -> [String] { sandbox.requests.map(\.method).filter { $0 != "GET" } }

  @Test("playbooks, notes, schedules and automations are copied with their references, once, and later edits go into the copies")
  func copies() async throws {
    try await prepared { command, sandbox, playbook in
      let push = ["push", "moved", "--org", Self.other]
      let before = try text(command, "playbooks/p.md")
      let plan = try await command.run(push)
      #expect(plan.status == 0, "\(plan.errors)\(plan.output)")
      #expect(plan.output.contains("Plan: 4 to create, 0 to update, 0 to delete, 0 unchanged."), "\(plan.output)")
      #expect(plan.output.contains("Copies get new ids.") && writes(sandbox).isEmpty)
      let json = try await command.run(push + ["--json", "--only", "playbooks"])
      #expect(json.output.contains(#""from_key":"\#(playbook)""#), "\(json.output)")
      // The answer to the playbook is lost on the way.
      sandbox.faults = [FaultRule(Fault.reset.afterwards, method: "POST")]
      let done = try await command.run(push + ["--apply", "--yes"])
      #expect(done.status == 0, "\(done.errors)\(done.output)")
      #expect(try text(command, "playbooks/p.md") == before)
      let new = try await copy(of: playbook, command)
      let schedule = try await copy(of: key(command, "schedules/s.yaml"), command)
      let automation = try await copy(of: key(command, "automations/a.yaml"), command)
      #expect(
        try await command.query(
          "SELECT org_id, _raw ->> '$.playbook.playbook_id' FROM schedules WHERE scheduled_session_id = '\(schedule)'")
          == ["\(Self.other)|\(new)"])
      #expect(
        try await command.query(
          "SELECT _raw ->> '$.actions[0].prompt', enabled FROM automations WHERE automation_id = '\(automation)'")
          == ["@playbook:\(new) now|1"])
      sandbox.forgetRequests()
      let again = try await command.run(push + ["--apply", "--yes"])
      #expect(again.status == 0 && again.output.contains("0 to create, 0 to update, 0 to delete, 4 unchanged"), "\(again.output)")
      #expect(writes(sandbox).isEmpty)
      // An edit here goes into the copy, and not into the object that it is from.
      try write(command, "playbooks/p.md", before.replacing("Do it.", with: "Do it well."))
      #expect(try await command.run(push + ["--apply", "--yes"]).output.contains("updated moved/playbooks/p.md (\(new))"))
      #expect(
        try await command.query(
          "SELECT body FROM playbooks WHERE playbook_id IN ('\(new)', '\(playbook)') ORDER BY org_id = '\(Self.other)'") == [
            "Do it.", "Do it well.",
          ])
      // An edit there is not lost.
      try sandbox.edit(.update(.playbooks, new, set: ["body": "Theirs."]).inOrganization(Self.other))
      #expect(try await command.run(push).output.contains("changed on the server since it was copied"))
      try write(command, "playbooks/p.md", before.replacing("Do it.", with: "Do it best."))
      let conflict = try await command.run(push + ["--apply", "--yes"])
      #expect(conflict.status == 65 && conflict.output.contains("conflict moved/playbooks/p.md (\(new))"), "\(conflict.output)")
      #expect(try await command.run("sync", "--full").status == 0)
      #expect(try await command.run("verify", "playbooks", "schedules", "automations", "knowledge_notes").status == 0)
      #expect(
        try await command.query("SELECT count(*) FROM playbooks WHERE title = 'Move me' AND _deleted_at IS NULL") == ["2"])
    }
  }

  @Test("what an object names and the other organization does not have is listed, and nothing is written")
  func unresolved() async throws {
    try await prepared { command, sandbox, playbook in
      let push = ["push", "moved/schedules", "moved/automations", "--org", Self.other]
      let result = try await command.run(push + ["--apply", "--yes"])
      #expect(result.status == 65, "\(result.errors)")
      #expect(
        result.output.matches(of: #/blocked moved/.*does not have: the playbook /#).count == 2
          && result.output.contains(playbook),
        "\(result.output)")
      #expect(writes(sandbox).isEmpty)
      let secret = try text(command, "automations/a.yaml").replacing(" now", with: " with ${NO_SUCH_SECRET}")
      try write(command, "automations/a.yaml", secret)
      let named = try await command.run("push", "moved", "--org", Self.other)
      #expect(named.status == 65 && named.output.contains("the secret NO_SUCH_SECRET"), "\(named.output)")
      // A variable that was left set moves nothing.
      let set = try await command.with(["DEVIN_ORG_ID": Self.other]).run("push", "moved")
      #expect(set.status == 65 && set.output.contains("it belongs to the organization"), "\(set.output)")
    }
  }
}
