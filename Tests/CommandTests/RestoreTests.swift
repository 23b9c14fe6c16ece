import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("Earlier versions go back to Devin", .timeLimit(.minutes(60)))
struct RestoreTests {
  private func mirrored(_ body: @Sendable (Command, Sandbox) async throws -> Void) async throws {
    try await Command.trial { command, sandbox in
      let command = command.with(["DEVIN_PUSH_API_KEY": command.environment["DEVIN_API_KEY"], "DEVIN_SYNC_TEST_CLOCK": "0"])
      #expect(try await command.run("sync").status == 0)
      try await body(command, sandbox)
    }
  }

  /// The id of an object of the organization's own.
  private func key(_ command: Command, _ table: String, _ column: String, where condition: String = "1") async throws -> String {
    try #require(
      try await command.query(
        "SELECT \(column) FROM \(table) WHERE access_type = 'org' AND _deleted_at IS NULL AND \(condition) ORDER BY 1 LIMIT 1"
      ).first)
  }

  private func methods(_ sandbox: Sandbox) -> Set<String> { Set(sandbox.requests.map(\.method)) }

  @Test(
    "a note goes back to its version before the last change, or to that of a change or a time, and to no version that is not known"
  )
  func note() async throws {
    try await mirrored { command, sandbox in
      let key = try await key(command, "knowledge_notes", "note_id")
      for body in ["Second.", "Third."] {
        try sandbox.edit(.update(.knowledgeNotes, key, set: ["body": .string(body)]))
        #expect(try await command.run("sync", "knowledge_notes").status == 0)
      }
      sandbox.forgetRequests()
      let restore = ["restore", "knowledge_notes", key]
      let plan = try await command.run(restore)
      #expect(plan.status == 0 && plan.errors.isEmpty, "\(plan.errors)")
      for part in ["update knowledge_notes \(key)", "-Third.", "+Second.", "Plan: 0 to create, 1 to update", "Nothing was sent."]
      {
        #expect(plan.output.contains(part), "\(part): \(plan.output)")
      }
      // The beginning of an id is enough where it is unique.
      let short = try await command.run("restore", "knowledge_notes", "\(key.dropLast(2))…")
      #expect(short.status == 0 && short.output.contains("update knowledge_notes \(key)"), "\(short.errors)")
      let several = try await command.run("restore", "knowledge_notes", "note-", "--apply", "--yes")
      #expect(several.status == 64 && several.errors.contains("several ids of knowledge_notes: note-"), "\(several.errors)")
      #expect(try await command.run(restore + ["--json"]).output.contains(#""action":"update""#))
      #expect(try await command.run(restore + ["--apply"]).status == 64)
      #expect(methods(sandbox) == ["GET"])
      let done = try await command.run(restore + ["--apply", "--yes"])
      #expect(done.status == 0 && done.output.contains("updated knowledge_notes \(key)"), "\(done.errors)")
      #expect(try await command.query("SELECT body FROM knowledge_notes WHERE note_id = '\(key)'") == ["Second."])
      // By the number of a change: the one that made the second version.
      let history = try await command.run("history", "knowledge_notes", key)
      #expect(history.output.contains("  pushed (update) with the key of service_user "), "\(history.output)")
      let change = try #require(
        try await command.query("SELECT min(change_id) FROM sync_changes WHERE key = '\(key)' AND change = 'changed'").first)
      #expect(try await command.run(restore + ["--to", change]).output.contains("1 unchanged"))
      let last = try #require(try await command.query("SELECT max(change_id) FROM sync_changes WHERE key <> '\(key)'").first)
      for (moment, why) in [("1990-01-01", "the mirror has it since"), (last, "is of"), ("99999999", "there is no change")] {
        let refused = try await command.run(restore + ["--to", moment])
        #expect(refused.status == 64 && refused.errors.contains(why), "\(moment): \(refused.errors)")
      }
      #expect(try await command.run("restore", "knowledge_notes", "nothing").status == 64)
      #expect(try await command.run("restore", "sessions", "x").status == 64)
      #expect(try await command.run(restore + ["--database", "none.db"]).status == 74)
      #expect(try await command.run(restore + ["--org", "org-none"]).status == 78)
      let reading = command.with(["DEVIN_PUSH_API_KEY": nil])
      #expect(try await reading.run(restore).status == 78)
      #expect(try await reading.run(restore + ["--use-reading-key"]).status == 0)
      #expect(try await reading.run(restore + ["--push-credential", "nobody"]).status == 78)
      #expect(try await command.run("sync", "--full").status == 0)
      #expect(try await command.run("verify", "knowledge_notes").status == 0)
      // Old history goes on request, also of what was written.
      #expect(try await command.run("maintain", "--keep-changes", "0s").output.contains("1 of what was written to Devin"))
      let unknown = try await command.run(restore)
      #expect(unknown.status == 64 && unknown.errors.contains("history is known from"), "\(unknown.errors)")
    }
  }

  @Test("an object that was changed since the last sync is a conflict, unless that is to be replaced")
  func conflict() async throws {
    try await mirrored { command, sandbox in
      let key = try await key(command, "playbooks", "playbook_id")
      try sandbox.edit(.update(.playbooks, key, set: ["body": "Second."]))
      #expect(try await command.run("sync", "playbooks").status == 0)
      try sandbox.edit(.update(.playbooks, key, set: ["body": "Third."]))
      sandbox.forgetRequests()
      let refused = try await command.run("restore", "playbooks", key, "--apply", "--yes")
      #expect(refused.status == 65 && refused.output.contains("changed on the server since the last sync"), "\(refused.output)")
      #expect(refused.output.contains("+Third."))
      #expect(methods(sandbox) == ["GET"])
      #expect(try await command.run("restore", "playbooks", key, "--apply", "--yes", "--overwrite").status == 0)
      #expect(sandbox.objects(.playbooks).contains { $0.contains("Third.") } == false)
    }
  }

  @Test("a deleted playbook is made again under a new id, once, and what names the old id is listed")
  func deleted() async throws {
    try await mirrored { command, sandbox in
      let key = try await key(command, "playbooks", "playbook_id")
      let body = try await command.query("SELECT hex(body) FROM playbooks WHERE playbook_id = '\(key)'")
      let folder = command.folder.appendingPathComponent("mine/schedules")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data("name: \"Mine\"\nprompt: \"Look\"\nfrequency: \"0 9 * * 1\"\nplaybook_id: \"\(key)\"\n".utf8)
        .write(to: folder.appendingPathComponent("mine.yaml"))
      #expect(try await command.run("push", "mine", "--apply", "--yes").status == 0)
      try sandbox.edit(.delete(.playbooks, key))
      let restore = ["restore", "playbooks", key]
      // The mirror does not know it yet.
      #expect(try await command.run(restore).status == 64)
      #expect(try await command.run("sync", "playbooks").status == 0)
      sandbox.forgetRequests()
      let plan = try await command.run(restore)
      #expect(plan.status == 0 && plan.output.contains("create playbooks \(key)"), "\(plan.errors)")
      #expect(plan.output.contains("it gets a new id") && plan.output.contains("(Mine) names the old id"), "\(plan.output)")
      sandbox.faults = [FaultRule(Fault.reset.afterwards, method: "POST")]
      let done = try await command.run(restore + ["--apply", "--yes"])
      #expect(done.status == 0, "\(done.errors)")
      let new = try #require(
        try await command.query("SELECT to_key FROM sync_push_ids WHERE from_key = '\(key)' AND from_org_id = to_org_id").first)
      #expect(new != key)
      #expect(try await command.query("SELECT hex(body) FROM playbooks WHERE playbook_id = '\(new)'") == body)
      let again = try await command.run(restore + ["--apply", "--yes"])
      #expect(again.status == 65 && again.output.contains("made again already, as \(new)"), "\(again.output)")
      #expect(sandbox.requests.count { $0.method == "POST" } == 1)
      #expect(try await command.run("history", "playbooks", new).output.contains("first seen  pushed (create)"))
      #expect(try await command.run("sync", "--full").status == 0)
      #expect(try await command.run("verify", "playbooks").status == 0)
    }
  }
}
