import Foundation
import NIOHTTP1
import Testing

@testable import DevinSandbox

@Suite("What writes do where the sources disagree, and where answers are lost")
struct WriteRuleTests {
  private func sandbox(_ change: (inout WriteRules) -> Void, _ body: (Sandbox, Probe) async throws -> Void) async throws {
    var scenario = SandboxScenario()
    change(&scenario.writes)
    try await Sandbox.run(scenario) { sandbox in try await body(sandbox, Probe(sandbox)) }
  }

  @Test("a macro that a PUT leaves out is kept or cleared", arguments: WriteRules.AbsentMembers.allCases)
  func absentMembers(_ rule: WriteRules.AbsentMembers) async throws {
    try await sandbox {
      $0.absentMembers = rule
    } _: { _, probe in
      let made = try await probe.write(.POST, "playbooks", Example.playbook).json()
      let path = "playbooks/\(made["playbook_id"]?.string ?? "")"
      let replaced = try await probe.write(.PUT, path, #"{"title": "t", "body": "b"}"#).json()
      #expect(replaced["macro"] == (rule == .kept ? "!deploy" : .some(.null)))
      let cleared = try await probe.write(.PUT, path, #"{"title": "t", "body": "b", "macro": null}"#).json()
      #expect(cleared["macro"] == .some(.null))
    }
  }

  @Test("a second macro and a second key are allowed or a conflict", arguments: WriteRules.Duplicates.allCases)
  func duplicates(_ rule: WriteRules.Duplicates) async throws {
    try await sandbox {
      $0.duplicates = rule
    } _: { _, probe in
      for (list, body) in [("playbooks", Example.playbook), ("secrets", Example.secret)] {
        _ = try await probe.write(.POST, list, body)
        #expect(try await probe.write(.POST, list, body).status == (rule == .allowed ? 200 : 409))
      }
    }
  }

  @Test("deleting what is gone gives 404 or 403", arguments: WriteRules.MissingObject.allCases)
  func gone(_ rule: WriteRules.MissingObject) async throws {
    try await sandbox {
      $0.gone = rule
    } _: { _, probe in
      let playbook = try await probe.write(.DELETE, "playbooks/playbook-0")
      let secret = try await probe.write(.DELETE, "secrets/secret-0")
      #expect(playbook.status == (rule == .forbidden ? 403 : 404) && secret.status == (rule == .notFound ? 404 : 403))
    }
  }

  @Test("an organization that was moved makes no schedules, or has no notes; everything else goes on")
  func moves() async throws {
    try await sandbox {
      $0.moves = [.automations]
    } _: { sandbox, probe in
      #expect(try await probe.write(.POST, "schedules", Example.schedule).status == 403)
      let path = "schedules/\(try sandbox.ids(.schedules)[0])"
      #expect(try await probe.write(.PATCH, path, #"{"name": "n"}"#).status == 200)
      #expect(try await probe.write(.DELETE, path).status == 200)
      #expect(try await probe.get("knowledge/notes").status == 200)
      #expect(try await probe.control(.POST, "writes", #"{"moves": ["skills"]}"#).json()["gone"] == "documented")
      #expect(try await probe.get("knowledge/notes").status == 404)
      #expect(try await probe.write(.POST, "knowledge/notes", Example.note).status == 404)
      #expect(try await probe.write(.POST, "schedules", Example.schedule).status == 200)
    }
  }

  @Test("lists and single objects show the state before a write for as many readings as asked for")
  func staleness() async throws {
    try await sandbox {
      ($0.staleLists, $0.staleObjects) = (2, 1)
    } _: { sandbox, probe in
      let before = try await probe.get("playbooks").items()
      let first = try await probe.write(.POST, "playbooks", Example.playbook).json()
      #expect(try await probe.get("secrets").status == 200)
      let path = "playbooks/\(first["playbook_id"]?.string ?? "")"
      #expect(try await probe.get(path).status == 404)
      #expect(try await probe.get(path).json() == first)
      for _ in 0..<2 { #expect(try await probe.get("playbooks").items() == before) }
      #expect(try await probe.get("playbooks").items() == before + [first])
      let changed = try await probe.write(.PUT, path, #"{"title": "t", "body": "b"}"#).json()
      #expect(try await probe.get(path).json() == first)
      #expect(try await probe.get(path).json() == changed)
      #expect(try sandbox.parsedObjects(.playbooks).contains(changed))
    }
  }

  @Test("where tags are enforced, a session has exactly one of those that its organization allows")
  func enforcedTags() async throws {
    try await sandbox {
      $0.enforcesTags = true
    } _: { sandbox, probe in
      for (tags, status) in [(#"["bug"]"#, 200), (#"["bug", "infra"]"#, 400), (#"["mine"]"#, 400), ("[]", 400), ("null", 400)] {
        let reply = try await probe.write(.POST, "sessions", #"{"prompt": "p", "tags": \#(tags)}"#)
        #expect(reply.status == status, "\(tags)")
      }
      let path = "sessions/\(try sandbox.ids(.sessions)[0])/tags"
      #expect(try await probe.write(.POST, path, #"{"tags": ["mine"]}"#).status == 400)
      #expect(try await probe.write(.PUT, path, #"{"tags": ["infra"]}"#).status == 200)
    }
  }

  @Test("texts are trimmed and tags sorted where the rules say so")
  func normalizing() async throws {
    try await sandbox {
      $0.normalizes = true
    } _: { _, probe in
      let made = try await probe.write(
        .POST, "schedules", Example.schedule.dropLast() + #", "tags": ["b ", "a"], "platform": " linux"}"#)
      #expect(try made.json()["tags"] == ["a", "b"])
      let note = try await probe.write(.POST, "knowledge/notes", #"{"name": " n\n", "body": "b\n", "trigger": "t"}"#).json()
      #expect(note["name"] == "n" && note["body"] == "b")
    }
  }

  @Test("a lost answer leaves what was done, or nothing", arguments: [true, false], [Fault.status(500), .status(502), .reset])
  func lostAnswers(_ acts: Bool, _ fault: Fault) async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      sandbox.faults = [FaultRule(acts ? fault.afterwards : fault, path: "/playbooks", method: "POST")]
      _ = try await probe.get("playbooks")
      let status = try? await probe.write(.POST, "playbooks", Example.playbook).status
      #expect(status == fault.status)
      #expect(try sandbox.ids(.playbooks).count == sandbox.scenario.playbooks + (acts ? 1 : 0))
      #expect(try await probe.write(.POST, "playbooks", Example.playbook).status == 200)
    }
  }

  @Test("rules written as JSON keep what is said and take the default for the rest, and are read back")
  func json() async throws {
    try await sandbox {
      $0.updateSemantics = "merge_patch"
    } _: { sandbox, probe in
      #expect(try await probe.control(.GET, "writes").json()["update_semantics"] == "merge_patch")
      let rules = #"{"absent_members": "kept", "stale_lists": 3, "moves": ["automations"]}"#
      #expect(try await probe.control(.POST, "writes", rules).status == 200)
      var expected = WriteRules()
      (expected.absentMembers, expected.staleLists, expected.moves) = (.kept, 3, [.automations])
      #expect(sandbox.writes == expected)
      #expect(try await probe.control(.POST, "writes", #"{"gone": "away"}"#).status == 400)
      let again = try JSONDecoder().decode(WriteRules.self, from: JSONEncoder().encode(expected))
      #expect(again == expected)
    }
  }
}
