import Foundation
import NIOHTTP1
import Testing

@testable import DevinSandbox

@Suite("Every answer conforms to the API's description")
struct SandboxConformanceTests {
  static let scenarios: [SandboxScenario] = {
    var legacy = SandboxScenario()
    legacy.errors = .legacy
    legacy.principal = .enterpriseServiceUser
    legacy.cursors = .offset
    var other = SandboxScenario()
    other.seed = 20_261_101
    other.principal = .personalToken
    other.sessions = 90
    other.insightBytes = 12_000
    other.cursorOnLastPage = true
    var empty = SandboxScenario()
    empty.sessions = 0
    empty.playbooks = 0
    empty.notes = 0
    empty.folders = 0
    empty.secrets = 0
    empty.schedules = 0
    return [SandboxScenario(), legacy, other, empty]
  }()

  private static let organization = "/v3/organizations/{org_id}"

  @Test("lists and single objects conform, before and after news", arguments: scenarios)
  func data(_ scenario: SandboxScenario) async throws {
    let description = try OpenAPI.shared.get()
    try await Sandbox.run(scenario) { sandbox in
      let probe = Probe(sandbox)
      for round in 0..<2 {
        var checked = 0
        func check(_ template: String, _ path: String) async throws {
          let reply = try await probe.send(.GET, path)
          #expect(reply.status == 200, "\(path)")
          #expect(description.problems(try reply.json(), template: template, status: 200) == [])
          #expect(reply.headers.first(name: "date") == HTTPDate.text(sandbox.now))
          #expect(reply.headers.first(name: "x-request-id")?.isEmpty == false)
          checked += 1
        }
        let root = "/v3/organizations/\(scenario.organizationID)"
        try await check("/v3/self", "/v3/self")
        let lists = [
          "/sessions", "/sessions/insights", "/playbooks", "/knowledge/notes", "/knowledge/folders",
          "/secrets",
          "/schedules",
        ]
        for list in lists { try await check(Self.organization + list, "\(root)\(list)?first=200") }
        for id in try sandbox.ids(.sessions).suffix(round == 0 ? 100 : 20) {
          try await check(
            "\(Self.organization)/sessions/{devin_id}", "\(root)/sessions/devin-\(id)")
          for child in ["messages", "attachments", "tags", "insights"] {
            try await check(
              "\(Self.organization)/sessions/{devin_id}/\(child)", "\(root)/sessions/\(id)/\(child)"
            )
          }
        }
        for id in try sandbox.ids(.playbooks) {
          try await check("\(Self.organization)/playbooks/{playbook_id}", "\(root)/playbooks/\(id)")
        }
        for id in try sandbox.ids(.knowledgeNotes) {
          try await check(
            "\(Self.organization)/knowledge/notes/{note_id}", "\(root)/knowledge/notes/\(id)")
        }
        for id in try sandbox.ids(.schedules) {
          try await check("\(Self.organization)/schedules/{schedule_id}", "\(root)/schedules/\(id)")
        }
        #expect(checked >= 8 + scenario.sessions * 5 * (1 - round))
        try sandbox.news(steps: 12)
      }
    }
  }

  @Test("errors conform in both forms", arguments: SandboxScenario.ErrorFamily.problemAndLegacy)
  func errors(_ family: SandboxScenario.ErrorFamily) async throws {
    let description = try OpenAPI.shared.get()
    var scenario = SandboxScenario()
    scenario.errors = family
    try await Sandbox.run(scenario) { sandbox in
      let probe = Probe(sandbox)
      func check(_ reply: Probe.Reply, _ status: Int, _ template: String) throws {
        #expect(reply.status == status)
        let body = try reply.json()
        #expect(
          description.problems(body, template: Self.organization + template, status: status) == [])
        #expect((body["title"] != nil) == (family == .problem))
        #expect(
          reply.headers.first(name: "content-type")
            == (family == .problem ? "application/problem+json" : "application/json"))
      }
      try check(try await probe.get("sessions?first=0"), 422, "/sessions")
      try check(try await probe.get("sessions?first=201"), 422, "/sessions")
      try check(try await probe.get("sessions?created_after=yesterday"), 422, "/sessions")
      try check(try await probe.get("sessions?is_archived=maybe"), 422, "/sessions")
      try check(try await probe.get("schedules?offset=-1"), 422, "/schedules")
      try check(try await probe.get("sessions?after=abc"), 400, "/sessions")
      try check(try await probe.get("sessions/0000"), 404, "/sessions/{devin_id}")
      try check(try await Probe(sandbox, key: .some(nil)).get("secrets"), 401, "/secrets")
      try check(
        try await probe.send(.GET, "/v3/organizations/org-other/secrets"), 403, "/secrets")
      sandbox.permissions = []
      let forbidden = try await probe.get("secrets")
      try check(forbidden, 403, "/secrets")
      #expect(forbidden.text.contains("ManageOrgSecrets"))
    }
  }

  @Test("each endpoint requires the permission in the description")
  func permissions() throws {
    let description = try OpenAPI.shared.get()
    for endpoint in Endpoint.all {
      let operation = try #require(description.operations(endpoint.method)[endpoint.described()], "\(endpoint.template)")
      #expect(operation["x-devin-permission"]?.string == endpoint.permission ?? "unknown", "\(endpoint.template)")
    }
    // The kinds stored by each organization, and the endpoint that describes the key's owner.
    let kept = SandboxResource.allCases.flatMap(\.endpoints).filter { !$0.isOfEnterprise && $0.method == "GET" }
    #expect(Set(kept.map(\.pattern)).count == 17)
  }
}

extension SandboxScenario.ErrorFamily {
  static let problemAndLegacy: [Self] = [.problem, .legacy]
}
