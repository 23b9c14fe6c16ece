import Foundation
import NIOHTTP1
import Testing

@testable import DevinSandbox

@Suite("An enterprise of any number of organizations")
struct ManyOrganizationsTests {
  private func scenario(_ organizations: Int, sessions: Int = 5) -> SandboxScenario {
    var scenario = SandboxScenario()
    scenario.principal = .enterpriseServiceUser
    scenario.moreOrganizations = (1..<organizations).map { "org-\($0)" }
    scenario.sessions = sessions
    scenario.evenSessions = true
    scenario.messagesPerSession = 1
    return scenario
  }

  @Test("every list of every organization is served", arguments: [18, 100, 500])
  func lists(_ organizations: Int) async throws {
    try await Sandbox.run(scenario(organizations)) { sandbox in
      let probe = Probe(sandbox)
      let listed = try await probe.walkAll("/v3/enterprise/organizations", first: 200)
      #expect(listed.compactMap { $0["org_id"]?.string } == sandbox.organizations)
      let templates = Endpoint.reads.filter { endpoint in
        switch endpoint.shape {
        case .page, .list, .consumption: endpoint.template.contains("{org_id}") && !endpoint.template.hasSuffix("}")
        default: false
        }
      }.map { $0.described() }.filter { $0.split(separator: "{").count == 2 }
      let plain = ["sessions", "sessions/insights", "playbooks", "knowledge/notes", "knowledge/folders", "secrets", "schedules"]
      #expect(templates.count > 15)
      for number in [0, 9, 10, 17, organizations / 2, organizations - 1] {
        let id = sandbox.organizations[number]
        for path in templates.map({ $0.replacing("{org_id}", with: id) }) + plain.map({ "/v3/organizations/\(id)/\($0)" }) {
          #expect(try await probe.send(.GET, path).status == 200, "\(path)")
        }
        #expect(try await probe.send(.GET, "/v3/organizations/\(id)/sessions").items().count == 5)
      }
      #expect(try await probe.walkAll("/v3/enterprise/sessions", first: 200).count == 5 * organizations)
      #expect(try await probe.walkAll("/v3/enterprise/code-scans/profiles", first: 200).count == 3 + 10 + 2 * (organizations - 1))
    }
  }

  @Test("active organizations change, and the others do not")
  func active() throws {
    var scenario = scenario(3)
    scenario.activeOrganizations = 2
    var enterprise = try Enterprise(scenario)
    func state(of number: Int) throws -> [String] {
      try enterprise.rows(.dailyConsumption, .organization(number)).map { String(decoding: try $0.bytes(), as: UTF8.self) }
        + ["\(enterprise[organization: number].sessions.count)"]
    }
    let before = try [0, 1, 2].map(state)
    let news = try enterprise.news(steps: 4 * 60)
    let after = try [0, 1, 2].map(state)
    #expect(before[0] != after[0] && before[1] != after[1] && before[2] == after[2])
    #expect(news.sessionsCreated.count == 2 * 4 * 60)
    #expect(news.now == scenario.startsAt + 4 * 3_600 && enterprise[organization: 1].now == news.now)
  }

  @Test("no two rows of a kind share an id")
  func ids() throws {
    var enterprise = try Enterprise(scenario(120))
    for resource in SandboxResource.further {
      let ids = try enterprise.rows(resource).map(\.id)
      #expect(Set(ids).count == ids.count && !ids.isEmpty, "\(resource)")
    }
  }

  @Test("the rows of one organization are the same alone and among all, after edits too")
  func extents() throws {
    var enterprise = try Enterprise(scenario(12))
    func expectSame() throws {
      for resource in SandboxResource.further {
        for (number, id) in enterprise.organizationIDs.enumerated() {
          let alone = try enterprise.rows(resource, .organization(number)).filter { $0.organization == id }
          let among = try enterprise.rows(resource).filter { $0.organization == id }
          #expect(try alone.map { try $0.bytes() } == among.map { try $0.bytes() }, "\(resource) of \(id)")
          #expect(alone.map(\.ordinal) == among.map(\.ordinal), "\(resource) of \(id)")
        }
      }
    }
    try expectSame()
    let searches = try enterprise.rows(.searches, .organization(3)).map(\.id)
    _ = try enterprise.edit(.delete(.searches, searches[0]))
    _ = try enterprise.edit(.insert(.searches, scope: ["org_id": "org-3"], object: ["search_id": "search-new"]))
    let blueprints = try enterprise.rows(.blueprints, .organization(5)).filter { $0.organization == "org-5" }.map(\.id)
    var moving = SandboxEdit.update(.blueprints, blueprints[0], set: [:])
    moving.scope = ["org_id": "org-6"]
    _ = try enterprise.edit(moving)
    #expect(try enterprise.rows(.blueprints, .organization(6)).contains { $0.id == blueprints[0] && $0.organization == "org-6" })
    try expectSame()
  }

  @Test("the consumption of users in all organizations is the sum over each, after an edit too")
  func consumption() throws {
    var enterprise = try Enterprise(scenario(12))
    func acus(_ rows: [EnterpriseRow]) -> Double { rows.reduce(0) { $0 + ($1.object["acus"]?.fraction ?? 0) } }
    func expectSums() throws {
      for user in Vocabulary.users {
        let own = try enterprise.rows(.userDailyConsumption).filter { $0["user_id"]?.text == user }
        #expect(acus(own) == acus(try enterprise.consumptionEverywhere(.userDailyConsumption, of: user)))
      }
      let parts = acus(try enterprise.rows(.userDailyConsumption)) + acus(try enterprise.rows(.serviceUserDailyConsumption))
      #expect(parts == acus(try enterprise.rows(.dailyConsumption)) && parts > 0)
      #expect(parts == acus(try enterprise.rows(.enterpriseDailyConsumption)))
    }
    try expectSums()
    let row = try #require(try enterprise.rows(.userDailyConsumption).last)
    _ = try enterprise.edit(.delete(.userDailyConsumption, row.id))
    try expectSums()
  }

  @Test("no organization was created or changed in the future")
  func ages() throws {
    var enterprise = try Enterprise(scenario(800, sessions: 0))
    for row in try enterprise.rows(.organizations) {
      let changed = try #require(row.object["updated_at"]?.integer)
      #expect(row.createdAt < changed && changed <= enterprise.now)
    }
  }
}
