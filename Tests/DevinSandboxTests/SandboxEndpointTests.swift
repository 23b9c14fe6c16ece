import Foundation
import NIOHTTP1
import Testing

@testable import DevinSandbox

@Suite("Every endpoint of organizations and of the enterprise")
struct SandboxEndpointTests {
  static let scenarios: [SandboxScenario] = {
    var moved = SandboxScenario.enterprise
    moved.betaMoved = true
    moved.seed = 20_261_102
    moved.cursors = .offset
    moved.cursorOnLastPage = true
    var empty = SandboxScenario.enterprise
    empty.sessions = 0
    empty.moreOrganizations = []
    empty.historyDays = 0
    return [.enterprise, moved, empty]
  }()

  @Test("answers as the description says", arguments: scenarios)
  func conformance(_ scenario: SandboxScenario) async throws {
    let description = try OpenAPI.shared.get()
    try await Sandbox.run(scenario) { sandbox in
      let probe = Probe(sandbox)
      for endpoint in Endpoint.reads {
        var answered = 0
        for target in try endpoint.targets(sandbox, betaMoved: scenario.betaMoved) {
          let reply = try await probe.send(.GET, target)
          if reply.status == 404, Self.mayLack(endpoint) { continue }
          #expect(reply.status == 200, "\(target)")
          #expect(description.problems(try reply.json(), template: endpoint.described(), status: 200) == [], "\(target)")
          answered += 1
        }
        #expect(answered > 0 || scenario.sessions == 0, "\(endpoint.template)")
      }
    }
  }

  /// Builds without a log, and groups that an organization does not have.
  private static func mayLack(_ endpoint: Endpoint) -> Bool {
    ["/logs", "{idp_group_name}"].contains { endpoint.template.hasSuffix($0) }
  }

  @Test("requires the permission in the description, and no other")
  func permissions() async throws {
    let operations = try OpenAPI.shared.get().operations()
    try await Sandbox.run(.enterprise) { sandbox in
      let probe = Probe(sandbox)
      for endpoint in Endpoint.reads {
        let named = try #require(operations[endpoint.described()], "\(endpoint.template)")["x-devin-permission"]?.string
        #expect(named == endpoint.permission ?? "unknown", "\(endpoint.template)")
        guard let target = try endpoint.targets(sandbox).first else { continue }
        sandbox.permissions = Set([endpoint.permission].compactMap(\.self))
        #expect(try await probe.send(.GET, target).status == 200, "\(target)")
        sandbox.permissions = SandboxScenario.allPermissions.subtracting(sandbox.permissions)
        let reply = try await probe.send(.GET, target)
        #expect(reply.status == (endpoint.permission == nil ? 200 : 403), "\(target)")
        if let permission = endpoint.permission { #expect(reply.text.contains(permission)) }
        sandbox.permissions = SandboxScenario.allPermissions
      }
    }
  }

  @Test("records one answer each for other checkers, in the folder DEVIN_SANDBOX_ANSWERS")
  func recordings() async throws {
    let kept = ProcessInfo.processInfo.environment["DEVIN_SANDBOX_ANSWERS"]
    let folder =
      kept.map { URL(filePath: $0) }
      ?? FileManager.default.temporaryDirectory.appending(path: "devin-answers-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { if kept == nil { try? FileManager.default.removeItem(at: folder) } }
    let description = try OpenAPI.shared.get()
    try await Sandbox.run(.enterprise) { sandbox in
      let probe = Probe(sandbox)
      func record(_ name: String, _ template: String, _ target: String) async throws {
        let reply = try await probe.send(.GET, target)
        guard reply.status == 200 else { return }
        try Data("{\"path\":\"\(template)\",\"body\":\(reply.text)}".utf8).write(to: folder.appending(path: "\(name).json"))
      }
      for (number, endpoint) in Endpoint.reads.enumerated() {
        let target = try #require(try endpoint.targets(sandbox).first)
        try await record("endpoint-\(number)", endpoint.described(), target)
      }
    }
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.lastPathComponent.hasPrefix("endpoint-") }
    #expect(files.count == Endpoint.reads.count)
    for file in files {
      let recorded = try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: file))
      let (path, body) = (try #require(recorded["path"]?.string), try #require(recorded["body"]))
      #expect(description.problems(body, template: path, status: 200) == [], "\(path)")
    }
  }

  @Test(
    "lists the rows of the dump, each once, whatever the page size",
    arguments: [
      SandboxScenario.CursorKind.key, .offset,
    ])
  func pages(_ cursors: SandboxScenario.CursorKind) async throws {
    var scenario = SandboxScenario.enterprise
    scenario.cursors = cursors
    try await Sandbox.run(scenario) { sandbox in
      let probe = Probe(sandbox)
      var listed: [SandboxResource: [JSONValue]] = [:]
      for endpoint in Endpoint.reads {
        guard case .page(let most) = endpoint.shape, let resource = endpoint.resource, resource != .sessionEvents else {
          continue
        }
        for target in try endpoint.targets(sandbox) {
          let small = try await probe.walkAll(target, first: 2)
          #expect(small == (try await probe.walkAll(target, first: most)), "\(target)")
          let tooMany = "\(target)\(target.contains("?") ? "&" : "?")first=\(most + 1)"
          #expect(try await probe.send(.GET, tooMany).status == 422)
          if listed[resource] == nil || !endpoint.isOfEnterprise { listed[resource, default: []] += small }
        }
      }
      for resource in [
        SandboxResource.automations, .repositories, .snapshotBuilds, .users, .roles, .billingCycles, .acuLimits,
        .gitConnections, .hypervisors, .serviceUsers, .codeScanFindings,
      ] {
        let told = try sandbox.parsedObjects(resource).map { $0["object"] ?? $0 }
        #expect(Set(listed[resource] ?? []) == Set(told), "\(resource)")
        #expect(!told.isEmpty)
      }
    }
  }

  @Test("is counted by a pattern without ids, and beta endpoints are where the scenario says")
  func beta() async throws {
    for isMoved in [false, true] {
      var scenario = SandboxScenario.enterprise
      scenario.betaMoved = isMoved
      try await Sandbox.run(scenario) { sandbox in
        let probe = Probe(sandbox)
        for (version, isThere) in [("v3", isMoved), ("v3beta1", !isMoved)] {
          for path in ["organizations/\(scenario.organizationID)/repositories", "enterprise/guardrail-violations"] {
            #expect(try await probe.send(.GET, "/\(version)/\(path)").status == (isThere ? 200 : 404), "\(version)/\(path)")
          }
        }
        #expect(try await probe.send(.GET, "/v3/enterprise/roles").status == 200)
        #expect(try await probe.send(.GET, "/v3beta1/enterprise/roles").status == 404)
        _ = try await probe.get("automations/automation-1")
        #expect(sandbox.requestCounts.counts["/enterprise/roles"] == 1)
        #expect(sandbox.requestCounts.counts["/automations/{id}"] == 1)
      }
    }
  }

  @Test("can be disabled, from the beginning and later")
  func absent() async throws {
    var scenario = SandboxScenario.enterprise
    scenario.absent = ["/sessions/{id}/events", "/v3/enterprise/org-group-limits"]
    try await Sandbox.run(scenario) { sandbox in
      let probe = Probe(sandbox)
      let id = try sandbox.ids(.sessions)[0]
      #expect(try await probe.get("sessions/\(id)/events").status == 404)
      #expect(try await probe.get("sessions/\(id)/events/details").status == 200)
      #expect(try await probe.send(.GET, "/v3/enterprise/org-group-limits").status == 404)
      _ = try await probe.control(.POST, "absent", #"["/enterprise/roles", "/secrets"]"#)
      #expect(sandbox.absent == ["/enterprise/roles", "/secrets"])
      #expect(try await probe.get("sessions/\(id)/events").status == 200)
      #expect(try await probe.send(.GET, "/v3/enterprise/roles").status == 404)
      #expect(try await probe.get("secrets").status == 404)
    }
  }
}
