import Foundation
import NIOHTTP1
import Testing

@testable import DevinSandbox

@Suite("Writing automations")
struct WriteAutomationTests {
  private func sandbox(_ rules: WriteRules = WriteRules(), _ body: (Probe, String, JSONValue) async throws -> Void) async throws {
    try await Sandbox.run { sandbox in
      sandbox.writes = rules
      let probe = Probe(sandbox)
      let made = try await probe.write(.POST, "automations", Example.automation)
      #expect(made.status == 201)
      try await body(probe, "automations/\(try made.json()["automation_id"]?.string ?? "")", try made.json())
    }
  }

  @Test("the secret of a webhook is in the answer that makes it, and in no other")
  func webhook() async throws {
    try await sandbox { probe, path, made in
      let webhook = made["triggers"]?.list?[0]["webhook"]
      #expect(webhook?["secret"]?.string?.isEmpty == false)
      let read = try await probe.get(path).json()
      #expect(read["triggers"]?.list?[0]["webhook"] == ["url": webhook?["url"] ?? .null, "secret": nil])
      let kept = try await probe.write(.PATCH, path, #"{"triggers": [{"event_type": "webhook:incoming"}]}"#).json()
      #expect(kept["triggers"]?.list?[0]["webhook"] == read["triggers"]?.list?[0]["webhook"])
      #expect(kept["triggers"]?.list?[0]["trigger_id"] != read["triggers"]?.list?[0]["trigger_id"])
      _ = try await probe.write(.PATCH, path, #"{"triggers": []}"#)
      let again = try await probe.write(.PATCH, path, #"{"triggers": [{"event_type": "webhook:incoming"}]}"#).json()
      #expect(again["triggers"]?.list?[0]["webhook"]?["secret"]?.string?.isEmpty == false)
    }
  }

  @Test("unknown members are refused at every level, and a row as read cannot be sent back")
  func closed() async throws {
    try await sandbox { probe, path, made in
      for (body, word) in [
        (#"{"nmae": "x"}"#, "nmae"), (#"{"template_id": null}"#, "template_id"), (#"{"limits": {"acus": 1}}"#, "limits.acus"),
        (#"{"triggers": [{"event_type": "github:push", "trigger_id": "t"}]}"#, "trigger_id"),
        (#"{"actions": [{"type": "start_session", "prompt": "p", "session": {"repos": []}}]}"#, "actions.0.session.repos"),
      ] {
        let reply = try await probe.write(.PATCH, path, body)
        #expect(reply.status == 422 && reply.text.contains(word), "\(reply.text)")
      }
      let row = String(decoding: try JSONEncoder().encode(made), as: UTF8.self)
      #expect(try await probe.write(.POST, "automations", row).status == 422)
    }
  }

  @Test(
    "a group that is named is merged into, or replaced, as the organization has it",
    arguments: ["merge_patch", "replace_groups", "something_new"])
  func semantics(_ word: String) async throws {
    var rules = WriteRules()
    rules.updateSemantics = word
    let merges = word != "replace_groups"
    try await sandbox(rules) { probe, path, _ in
      #expect(try await probe.get("automations/schemas").json()["update_semantics"]?.string == word)
      let changed = try await probe.write(.PATCH, path, #"{"tools": {"linear_enabled": null}, "metadata": {"stage": "two"}}"#)
        .json()
      #expect(changed["tools"]?["mcp_servers"] == (merges ? ["jira"] : []))
      #expect(changed["tools"]?["linear_enabled"] == .some(.null))
      #expect(changed["metadata"] == (merges ? ["owner": "ops", "stage": "two"] : ["stage": "two"]))
      #expect(changed["actions"] == (try await probe.get(path).json()["actions"]))
      let prompt = try await probe.write(.PATCH, path, #"{"actions": [{"type": "start_session", "session": {"tags": ["a"]}}]}"#)
      #expect(prompt.status == (merges ? 200 : 422))
      let cleared = try await probe.write(.PATCH, path, #"{"tools": null, "metadata": null}"#).json()
      #expect(cleared["tools"] == .some(.null) && cleared["metadata"] == [:])
    }
  }

  @Test("what a prompt refers to must exist, and is told in the row")
  func references() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      func send(_ prompt: String) async throws -> Probe.Reply {
        try await probe.write(
          .POST, "automations", Example.automation.replacing("Look at @acme/web with ${NPM_TOKEN}.", with: prompt))
      }
      let playbook = try sandbox.ids(.playbooks)[0]
      let made = try await send("Run @playbook:\(playbook) on @acme/web and @no/where").json()
      #expect(made["actions"]?.list?[0]["session"]?["playbook_id"]?.string == playbook)
      #expect(made["actions"]?.list?[0]["session"]?["repos"] == ["acme/web"])
      let unknown = try await send("Run @playbook:playbook-0")
      #expect(unknown.status == 400 && unknown.text.contains("playbook-0"))
      #expect(try await send("Use ${DEPLOY_TOKEN}").status == 400)
      _ = try await probe.write(.POST, "secrets", Example.secret)
      #expect(try await send("Use ${DEPLOY_TOKEN}").status == 201)
    }
  }

  @Test("members that contradict each other are refused")
  func contradictions() async throws {
    try await sandbox { probe, path, _ in
      for (body, status) in [
        (#"{"triggers": [{"event_type": "webhook:incoming"}, {"event_type": "webhook:incoming"}]}"#, 422),
        (#"{"triggers": [{"event_type": "slack:message"}]}"#, 422),
        (#"{"triggers": [{"event_type": "schedule:recurring"}]}"#, 400),
        (#"{"actions": []}"#, 422), (#"{"actions": [{"type": "message_session", "prompt": "p"}]}"#, 422),
        (#"{"concurrency": {"max_queue_depth": 1}}"#, 422), (#"{"run_as": {"type": "creator"}}"#, 422),
        (#"{"run_as": {"type": "service_user"}}"#, 422), (#"{"notifications": {"email": {"when": "always"}}}"#, 422),
        (#"{"session_settings": {"net_policy": {"allow": [{}]}}}"#, 422), (#"{"limits": {"max_acu_limit": 1001}}"#, 422),
        (
          #"""
          {"triggers": [{"event_type": "schedule:recurring", "conditions": {"any": [{"all": [
           {"field": "rrule", "operator": "recurrence", "value": "DTSTART;TZID=Europe/Berlin:20261102T090000\nRRULE:FREQ=DAILY"}]}]}}]}
          """#, 200
        ), (#"{"security_profile": {"profile_id": null}, "session_settings": {}}"#, 200),
      ] {
        let reply = try await probe.write(.PATCH, path, body)
        #expect(reply.status == status, "\(body): \(reply.text)")
      }
      let row = try await probe.get(path).json()
      #expect(row["security_profile"]?["selection"] == "none")
      #expect(row["session_settings"] == ["devin_mode": nil, "net_policy": ["allow": []]])
    }
  }
}
