import Foundation
import NIOHTTP1
import Testing

@testable import DevinSandbox

@Suite("Keys, permissions and paths")
struct AccessTests {
  @Test("only the scenario's key has access, and only while it is not revoked")
  func keys() async throws {
    try await Sandbox.run { sandbox in
      for key in [
        nil, "", "cog_other", sandbox.scenario.key + "0", sandbox.scenario.key.uppercased(),
      ] {
        let reply = try await Probe(sandbox, key: key).get("sessions")
        #expect(reply.status == 401, "\(key ?? "no key")")
      }
      for isRevoked in [false, true, false] {
        sandbox.isKeyRevoked = isRevoked
        let reply = try await Probe(sandbox).send(.GET, "/v3/self")
        #expect(reply.status == (isRevoked ? 401 : 200))
      }
    }
  }

  @Test("each permission gives access to its own endpoints", arguments: SandboxScenario.allPermissions)
  func permissions(_ permission: String) async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      sandbox.permissions = [permission]
      for path in [
        "sessions", "sessions/insights", "playbooks", "knowledge/notes", "knowledge/folders",
        "secrets", "schedules",
      ] {
        let reply = try await probe.get(path)
        let found = try #require(Endpoint.find("GET", Target("/v3/organizations/o/\(path)"), betaMoved: false))
        #expect(reply.status == (found.endpoint.permission == permission ? 200 : 403), "\(path)")
      }
    }
  }

  @Test("a method that a path does not know is refused", arguments: ["POST", "PUT", "PATCH", "DELETE", "HEAD"])
  func methods(_ method: String) async throws {
    try await Sandbox.run { sandbox in
      let reply = try await Probe(sandbox).send(.RAW(value: method), "/v3/self")
      #expect(reply.status == 405)
      #expect(reply.headers.first(name: "allow") == "GET")
    }
  }

  @Test("unknown paths, versions, organizations and objects are refused")
  func unknown() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      let organization = sandbox.scenario.organizationID
      for (target, status) in [
        ("/v3beta1/organizations/\(organization)/sessions", 404), ("/v1/sessions", 404), ("/", 404),
        ("/v3/organizations/\(organization)", 404),
        ("/v3/organizations/\(organization)/automation", 404),
        ("/v3/organizations/org-else/sessions", 403), ("/v3/enterprise/sessions", 403),
        ("/v3/organizations/\(organization)/sessions/\(String(repeating: "0", count: 32))", 404),
        ("/v3/organizations/\(organization)/playbooks/playbook-0", 404),
        ("/v3/organizations/\(organization)/knowledge/notes/note-0", 404),
        ("/v3/organizations/\(organization)/schedules/sched-0", 404),
      ] {
        let reply = try await probe.send(.GET, target)
        #expect(reply.status == status, "\(target)")
      }
    }
  }

  @Test("path parts are percent-decoded, and sessions are found with and without devin-")
  func encoding() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      let id = try sandbox.ids(.sessions)[0]
      let plain = try await probe.get("sessions/\(id)")
      #expect(plain.status == 200)
      let encoded = id.utf8.map { "%" + String($0, radix: 16) }.joined()
      #expect(try await probe.get("sessions/\(encoded)").body == plain.body)
      #expect(try await probe.get("sessions/devin%2D\(id)").body == plain.body)
      #expect(try await probe.get("%73essions/devin-\(id)/tags").status == 200)
      #expect(try await probe.get("sessions%2F\(id)").status == 404)
    }
  }

  @Test("self describes the owner of the key", arguments: SandboxScenario.Principal.allCases)
  func credential(_ principal: SandboxScenario.Principal) async throws {
    var scenario = SandboxScenario()
    scenario.principal = principal
    try await Sandbox.run(scenario) { sandbox in
      let body = try await Probe(sandbox).send(.GET, "/v3/self").json()
      #expect(body["principal_type"] == (principal == .personalToken ? "pat_user" : "service_user"))
      #expect(
        body["org_id"]
          == (principal == .serviceUser ? .string(scenario.organizationID) : .some(.null)))
    }
  }

  @Test("requests are logged without the key, and counted by pattern")
  func log() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      let id = try sandbox.ids(.sessions)[0]
      _ = try await probe.get("sessions?first=3&tags=a%20b")
      _ = try await probe.get("sessions/\(id)/messages")
      _ = try await Probe(sandbox, key: .some(nil)).get("sessions/devin-\(id)/messages")
      _ = try await probe.get("automations/\(id)")
      #expect(sandbox.requests.map(\.status) == [200, 200, 401, 404])
      #expect(sandbox.requests.map(\.isAuthorized) == [true, true, false, true])
      #expect(sandbox.requests[0].query == "first=3&tags=a%20b")
      #expect(
        sandbox.requestCounts.counts == [
          "/sessions": 1, "/sessions/{id}/messages": 2, "/automations/{id}": 1,
        ])
      let text = try await probe.control(.GET, "requests").text
      #expect(!text.contains(sandbox.scenario.key))
      #expect(try await probe.control(.GET, "requests/count").json()["total"] == 4)
      _ = try await probe.control(.DELETE, "requests")
      #expect(sandbox.requests == [] && sandbox.requestCounts.total == 0)
    }
  }

  @Test("the log is bounded, its counts are not")
  func boundedLog() {
    var log = RequestLog()
    let request = LoggedRequest(
      method: "GET", path: "/v3/self", query: "", status: 200, isAuthorized: true)
    for _ in 0..<RequestLog.capacity + 5 { log.note(request, pattern: "/self") }
    #expect(log.requests.count == RequestLog.capacity)
    #expect(log.summary.dropped == 5)
    #expect(log.summary.counts == ["/self": RequestLog.capacity + 5])
  }
}
