import Foundation
import NIOHTTP1
import Testing

@testable import DevinSandbox

@Suite("Every writing operation")
struct WriteConformanceTests {
  /// Sends each operation once, in an order in which it finds what it is about.
  private struct Round {
    let probe: Probe
    var told: [(endpoint: Endpoint, status: Int, body: JSONValue, text: String)] = []

    mutating func send(_ method: HTTPMethod, _ path: String, _ body: String = "") async throws -> JSONValue {
      try note(method, path, try await probe.write(method, path, body))
    }

    mutating func note(_ method: HTTPMethod, _ path: String, _ reply: Probe.Reply) throws -> JSONValue {
      let whole = path.hasPrefix("/") ? path : "/v3/organizations/\(probe.organization)/\(path)"
      let found = try #require(Endpoint.find(method.rawValue, Target(whole), betaMoved: false), "\(method) \(whole)")
      let json = try reply.json()
      told.append((found.endpoint, reply.status, json, reply.text))
      return json
    }

    mutating func all() async throws {
      for root in ["", "/v3/enterprise/"] {
        for (list, key, body) in [("playbooks", "playbook_id", Example.playbook), ("knowledge/notes", "note_id", Example.note)] {
          let made = try await send(.POST, root + list, body)
          let path = "\(root)\(list)/\(try #require(made[key]?.string))"
          _ = try await send(.PUT, path, body)
          _ = try await send(.DELETE, path)
        }
      }
      for (list, key, body) in [
        ("schedules", "scheduled_session_id", Example.schedule), ("automations", "automation_id", Example.automation),
      ] {
        let path = "\(list)/\(try #require(try await send(.POST, list, body)[key]?.string))"
        _ = try await send(.PATCH, path, #"{"enabled": true, "name": "Renamed"}"#)
        _ = try await send(.DELETE, path)
      }
      let secret = try #require(try await send(.POST, "secrets", Example.secret)["secret_id"]?.string)
      _ = try await send(.DELETE, "secrets/\(secret)")
      try await sessions()
      try await tags()
    }

    private mutating func sessions() async throws {
      let id = try #require(try await send(.POST, "sessions", Example.session)["session_id"]?.string)
      let url = try #require(try note(.POST, "attachments", try await probe.upload("trace log.txt", "line"))["url"]?.string)
      for root in ["sessions/devin-\(id)", "/v3/enterprise/sessions/devin-\(id)"] {
        _ = try await send(.POST, "\(root)/messages", #"{"message": "Go on", "attachment_urls": ["\#(url)"]}"#)
        _ = try await send(.POST, "\(root)/tags", #"{"tags": ["infra"]}"#)
        _ = try await send(.PUT, "\(root)/tags", #"{"tags": ["infra", "backend"]}"#)
      }
      for action in ["insights/generate", "archive", "unarchive"] { _ = try await send(.POST, "sessions/devin-\(id)/\(action)") }
      _ = try await send(.DELETE, "sessions/devin-\(id)?archive=true")
    }

    private mutating func tags() async throws {
      let root = "/v3/enterprise/organizations/\(probe.organization)/tags"
      _ = try await send(.POST, root, #"{"tags": ["one/two"]}"#)
      _ = try await send(.PUT, "\(root)/default", #"{"tag": "one/two"}"#)
      _ = try await send(.DELETE, "\(root)/default")
      _ = try await send(.DELETE, "\(root)/one%2Ftwo")
      _ = try await send(.PUT, root, #"{"tags": ["b", "a"]}"#)
      _ = try await send(.DELETE, root)
    }
  }

  @Test("answers as the description says, and is recorded for other checkers")
  func conformance() async throws {
    let description = try OpenAPI.shared.get()
    let folder = ProcessInfo.processInfo.environment["DEVIN_SANDBOX_ANSWERS"].map { URL(filePath: $0) }
    if let folder { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    try await Sandbox.run(.enterprise) { sandbox in
      var round = Round(probe: Probe(sandbox))
      try await round.all()
      for (number, told) in round.told.enumerated() {
        let (method, template) = (told.endpoint.method, told.endpoint.described())
        #expect(told.status == (template.hasSuffix("/automations") ? 201 : 200), "\(method) \(template): \(told.text)")
        #expect(description.problems(told.body, method, template: template, status: told.status) == [])
        guard let folder else { continue }
        let head = "\"method\":\"\(method)\",\"path\":\"\(template)\",\"status\":\(told.status)"
        try Data("{\(head),\"body\":\(told.text)}".utf8).write(to: folder.appending(path: "write-\(number).json"))
      }
      let known = Set(Endpoint.writes.map { "\($0.method) \($0.template)" })
      #expect(Set(round.told.map { "\($0.endpoint.method) \($0.endpoint.template)" }) == known)
      #expect(known.count == 38)
    }
  }

  @Test("asks for the permission that the description names", arguments: Endpoint.writes.indices)
  func permission(_ index: Int) async throws {
    let endpoint = Endpoint.writes[index]
    let operation = try OpenAPI.shared.get().operations(endpoint.method)[endpoint.described()]
    #expect(operation?["x-devin-permission"]?.string == endpoint.permission ?? "unknown")
    guard let permission = endpoint.permission else { return }
    try await Sandbox.run(.enterprise) { sandbox in
      sandbox.permissions.remove(permission)
      let path = endpoint.described().replacing("{org_id}", with: sandbox.scenario.organizationID).replacing(
        /{[a-z_]+}/, with: "x")
      let reply = try await Probe(sandbox).write(.RAW(value: endpoint.method), path, "{}")
      #expect(reply.status == 403 && reply.text.contains(permission))
    }
  }

  @Test("is refused to a key that may only read, where there is one that may write")
  func writeKey() async throws {
    var scenario = SandboxScenario()
    scenario.writeKey = "cog_sandbox_writes"
    try await Sandbox.run(scenario) { sandbox in
      let reader = Probe(sandbox)
      let writer = Probe(sandbox, key: scenario.writeKey)
      let refused = try await reader.write(.POST, "playbooks", Example.playbook)
      #expect(refused.status == 403)
      #expect(try await reader.get("playbooks").status == 200)
      #expect(try await writer.write(.POST, "playbooks", Example.playbook).status == 200)
      #expect(try await writer.get("playbooks").items().count == scenario.playbooks + 1)
    }
  }
}
