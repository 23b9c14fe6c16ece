import Foundation
import NIOHTTP1
import Testing

@testable import DevinSandbox

@Suite("An enterprise of several organizations")
struct SandboxEnterpriseTests {
  private let anchor = SandboxScenario.anchor
  private let day = 86_400

  @Test("a key of one organization has access neither to another one nor to the enterprise")
  func foreign() async throws {
    var scenario = SandboxScenario.enterprise
    scenario.principal = .serviceUser
    try await Sandbox.run(scenario) { sandbox in
      let probe = Probe(sandbox)
      for path in ["/v3/enterprise/sessions", "/v3beta1/enterprise/guardrail-violations", "/v3/enterprise/nonsense"] {
        #expect(try await probe.send(.GET, path).status == 403, "\(path)")
      }
      #expect(try await probe.send(.GET, "/v3/organizations/\(scenario.moreOrganizations[0])/sessions").status == 403)
      #expect(try await probe.get("automations").status == 200)
      let automations = try sandbox.parsedObjects(.automations)
      #expect(automations.allSatisfy { $0["scope"]?["org_id"]?.string == scenario.organizationID } && !automations.isEmpty)
      #expect(sandbox.objects(.users) == [])
    }
  }

  @Test("further organizations do not change the first one")
  func unchanged() async throws {
    let alone = try await Sandbox.run { sandbox in SandboxResource.allCases.map { sandbox.objects($0) } }
    var scenario = SandboxScenario.enterprise
    scenario.principal = .serviceUser
    let among = try await Sandbox.run(scenario) { sandbox in SandboxResource.allCases.map { sandbox.objects($0) } }
    #expect(alone == among)
  }

  @Test("the enterprise lists the sessions of all organizations, newest first, and filters them")
  func sessions() async throws {
    try await Sandbox.run(.enterprise) { sandbox in
      let probe = Probe(sandbox)
      for list in ["sessions", "sessions/insights"] {
        let root = "/v3/enterprise/\(list)"
        let all = try await probe.walkAll(root, first: 7)
        #expect(Set(all) == Set(try sandbox.parsedObjects(list == "sessions" ? .sessions : .sessionInsights)))
        let times = all.compactMap { $0["created_at"]?.number }
        #expect(times == times.sorted(by: >) && all.count == 100)
        let other = sandbox.scenario.moreOrganizations[0]
        let own = try await probe.walkAll("\(root)?org_ids=\(other)", first: 7)
        #expect(own == all.filter { $0["org_id"]?.string == other } && own.count == 20)
        let recent = try await probe.walkAll("\(root)?updated_after=\(anchor - 9 * day)", first: 7)
        #expect(recent == all.filter { $0["updated_at"]?.number ?? 0 >= anchor - 9 * day } && !recent.isEmpty)
        let id = try #require(own[3]["session_id"]?.string)
        #expect(try await probe.walkAll("\(root)?session_ids=devin-\(id)", first: 7) == [own[3]])
        #expect(try await probe.send(.GET, "/v3/enterprise/sessions/\(id)").status == 200)
        #expect(try await probe.get("sessions/\(id)").status == 404)
      }
    }
  }

  @Test("objects that the enterprise shares are in every organization's list, and once in its own")
  func shared() async throws {
    try await Sandbox.run(.enterprise) { sandbox in
      let probe = Probe(sandbox)
      for (list, resource) in [("playbooks", SandboxResource.playbooks), ("knowledge/notes", .knowledgeNotes)] {
        let all = try await probe.walkAll("/v3/enterprise/\(list)", first: 3)
        #expect(Set(all).count == all.count)
        #expect(Set(all) == Set(try sandbox.parsedObjects(resource)))
        let shared = all.filter { $0["access_type"] == "enterprise" && $0["org_id"] == .some(.null) }
        #expect(!shared.isEmpty)
        for organization in sandbox.organizations {
          let listed = try await probe.walkAll("/v3/organizations/\(organization)/\(list)", first: 3)
          #expect(Set(shared).isSubset(of: Set(listed)))
          #expect(listed.allSatisfy { $0["org_id"] == .some(.null) || $0["org_id"]?.string == organization })
          let id = try #require(shared[0][resource.key ?? ""]?.string)
          #expect(try await probe.send(.GET, "/v3/organizations/\(organization)/\(list)/\(id)").json() == shared[0])
        }
      }
      let folders = try await probe.send(.GET, "/v3/enterprise/knowledge/folders").json()["folders"]?.list ?? []
      #expect(Set(folders).isSubset(of: Set(try sandbox.parsedObjects(.knowledgeFolders))) && folders.count == 2)
    }
  }

  @Test("consumption adds up: users to organizations, organizations to the enterprise, days from 08:00 UTC")
  func consumption() async throws {
    try await Sandbox.run(.enterprise) { sandbox in
      let probe = Probe(sandbox)
      func sums(_ resources: [SandboxResource], _ organization: String?) throws -> [Int: Double] {
        var sums: [Int: Double] = [:]
        for line in try resources.flatMap({ try sandbox.parsedObjects($0) })
        where organization == nil || line["scope"]?["org_id"]?.string == organization {
          let object = line["object"] ?? line
          sums[try #require(object["date"]?.number), default: 0] += object["acus"]?.fraction ?? 0
        }
        return sums
      }
      for organization in sandbox.organizations {
        let days = try sums([.dailyConsumption], organization)
        #expect(days == (try sums([.userDailyConsumption, .serviceUserDailyConsumption], organization)))
        #expect(days.count == 30 && days.keys.allSatisfy { $0 % day == 8 * 3_600 })
        let answer = try await probe.send(.GET, "/v3/organizations/\(organization)/consumption/daily").json()
        #expect(answer["total_acus"]?.fraction == days.values.reduce(0, +))
        let again = try await probe.send(.GET, "/v3/enterprise/consumption/daily/organizations/\(organization)").json()
        #expect(again == answer)
      }
      #expect(try sums([.enterpriseDailyConsumption], nil) == sums([.dailyConsumption], nil))
      let first = anchor - 5 * day - 4 * 3_600
      let week = try await probe.get("consumption/daily?time_after=\(first)&time_before=\(first + 2 * day)").json()
      #expect(week["consumption_by_date"]?.list?.compactMap { $0["date"]?.number } == [first, first + day])
      sandbox.advance(seconds: day)
      #expect(try await probe.get("consumption/daily").json()["consumption_by_date"]?.list?.count == 31)
    }
  }

  @Test("the audit log has an entry every day, one on a boundary, newest first by default")
  func auditLog() async throws {
    var scenario = SandboxScenario.enterprise
    scenario.historyDays = 200
    try await Sandbox.run(scenario) { sandbox in
      let probe = Probe(sandbox)
      let root = "/v3/enterprise/audit-logs"
      let all = try await probe.walkAll(root, first: 50)
      let times = all.compactMap { $0["created_at"]?.number }
      #expect(times == times.sorted(by: >) && times.allSatisfy { $0 <= anchor })
      #expect(try await probe.walkAll("\(root)?order=asc", first: 33) == all.reversed())
      let days = Dictionary(grouping: times) { ($0 - 8 * 3_600) / day }
      #expect(days.count >= 199 && days.values.contains { $0.count > 2 })
      let boundary = try #require(times.first { $0 % day == 8 * 3_600 })
      let until = try await probe.walkAll("\(root)?time_after=\(boundary - day)&time_before=\(boundary)", first: 50)
      let from = try await probe.walkAll("\(root)?time_after=\(boundary)", first: 50)
      #expect(!until.contains { $0["created_at"]?.number == boundary } && !until.isEmpty)
      #expect(from.contains { $0["created_at"]?.number == boundary })
      let own = "/v3/enterprise/organizations/\(scenario.organizationID)/audit-logs"
      #expect(try await probe.walkAll(own, first: 9) == all.filter { $0["org_id"]?.string == scenario.organizationID })
      sandbox.advance(seconds: 3 * day)
      #expect(try await probe.walkAll(root, first: 50).count >= all.count + 3)
    }
  }

  @Test("invalid ranges are refused with 422")
  func ranges() async throws {
    try await Sandbox.run(.enterprise) { sandbox in
      let probe = Probe(sandbox)
      let long = "time_after=\(anchor - 101 * day)&time_before=\(anchor)"
      let short = "time_after=\(anchor - 100 * day)&time_before=\(anchor)"
      for path in [
        "v3/enterprise/audit-logs", "v3beta1/enterprise/guardrail-violations", "v3/enterprise/code-scans/metrics",
        "v3/enterprise/metrics/usage", "v3/enterprise/metrics/sessions", "v3/enterprise/metrics/mau",
      ] {
        #expect(try await probe.send(.GET, "/\(path)?\(long)").status == 422, "\(path)")
        #expect(try await probe.send(.GET, "/\(path)?\(short)").status == 200, "\(path)")
        #expect(try await probe.send(.GET, "/\(path)?time_before=\(anchor)").status == 422, "\(path)")
        let isFree = ["audit-logs", "guardrail-violations", "usage"].contains { path.hasSuffix($0) }
        #expect(try await probe.send(.GET, "/\(path)").status == (isFree ? 200 : 422), "\(path)")
      }
      let turned = try await probe.send(.GET, "/v3/enterprise/audit-logs?order=up")
      #expect(turned.status == 422)
    }
  }

  @Test("metrics count the sessions in the range, and the enterprise's are the sum")
  func metrics() async throws {
    try await Sandbox.run(.enterprise) { sandbox in
      let probe = Probe(sandbox)
      let range = "time_after=\(anchor - 30 * day)&time_before=\(anchor)"
      var sum = 0
      for organization in sandbox.organizations {
        let own = try await probe.send(.GET, "/v3/organizations/\(organization)/metrics/sessions?\(range)").json()
        let sessions = try sandbox.parsedObjects(.sessions).filter {
          $0["org_id"]?.string == organization && $0["created_at"]?.number ?? 0 >= anchor - 30 * day
        }
        #expect(own["sessions_created_count"]?.number == sessions.count)
        sum += sessions.count
      }
      let all = try await probe.send(.GET, "/v3/enterprise/metrics/usage?\(range)").json()
      #expect(all["sessions_count"]?.number == sum && sum > 10)
      #expect(all["searches_count"]?.number ?? 0 > 0)
      let days = try await probe.send(.GET, "/v3/enterprise/metrics/dau?\(range)").json().list ?? []
      #expect(days.count == 30 && days[0]["start_time"]?.number == anchor - 30 * day)
      let month = try await probe.send(.GET, "/v3/enterprise/metrics/active-users?\(range)").json()
      let most = days.compactMap { $0["active_users"]?.number }.max() ?? 0
      #expect(month["active_users"]?.number ?? 0 >= most && most > 0)
    }
  }

  @Test("files and logs are read without a key, and requests with a key are refused")
  func downloads() async throws {
    try await Sandbox.run(.enterprise) { sandbox in
      let probe = Probe(sandbox)
      let keyless = Probe(sandbox, key: .some(nil))
      for line in try sandbox.parsedObjects(.blueprintContents) {
        let id = try #require(line["scope"]?["blueprint_id"]?.string)
        let organization = line["scope"]?["org_id"]?.string
        let root = organization.map { "organizations/\($0)" } ?? "enterprise"
        let answer = try await probe.send(.GET, "/v3beta1/\(root)/snapshot-setup/blueprints/\(id)/contents").json()
        let url = try #require(answer["url"]?.string)
        #expect(url.hasPrefix(sandbox.url + "/_downloads/") && answer["expires_at"]?.number == sandbox.now + 600)
        let target = String(url.dropFirst(sandbox.url.count))
        let reply = try await keyless.send(.GET, target)
        #expect(reply.text == line["object"]?["contents"]?.string && reply.status == 200)
        #expect(reply.headers.first(name: "content-type")?.hasPrefix("text/plain") == true)
        #expect(try await probe.send(.GET, target).status == 400)
        #expect(try await keyless.send(.GET, target + "0").status == 403)
      }
      #expect(sandbox.requests.contains { $0.path.hasPrefix("/_downloads/") && $0.isAuthorized && $0.status == 400 })
      let builds = try sandbox.ids(.snapshotBuilds).prefix(6)
      var statuses: [Int] = []
      for id in builds {
        let root = "/v3beta1/organizations/\(sandbox.scenario.organizationID)/snapshot-setup/builds/\(id)/logs"
        let reply = try await probe.send(.GET, root)
        statuses.append(reply.status)
        guard reply.status == 200 else { continue }
        let url = try #require(try reply.json()["url"]?.string)
        #expect(try await keyless.send(.GET, String(url.dropFirst(sandbox.url.count))).text.contains(id))
        sandbox.advance(seconds: 600)
        #expect(try await keyless.send(.GET, String(url.dropFirst(sandbox.url.count))).status == 403)
      }
      #expect(Set(statuses) == [200, 404])
    }
  }

  @Test("about half of the pull requests have a review, the others return 404")
  func reviews() async throws {
    try await Sandbox.run(.enterprise) { sandbox in
      let probe = Probe(sandbox)
      let urls = try Set(
        sandbox.parsedObjects(.sessions).flatMap { $0["pull_requests"]?.list ?? [] }.compactMap { $0["pr_url"]?.string })
      let reviewed = try Set(sandbox.parsedObjects(.pullRequestReviews).compactMap { $0["scope"]?["pr_url"]?.string })
      #expect(reviewed.count * 10 > urls.count * 3 && reviewed.count * 10 < urls.count * 7)
      for url in urls {
        let reply = try await probe.send(.GET, "/v3/enterprise/pr-reviews?pr_url=\(url.percentEncoded)")
        #expect(reply.status == (reviewed.contains(url) ? 200 : 404))
      }
      #expect(try await probe.get("pr-reviews").status == 422)
    }
  }

  @Test("rows are inserted, updated, deleted and restored, through the control plane too")
  func edits() async throws {
    try await Sandbox.run(.enterprise) { sandbox in
      let probe = Probe(sandbox)
      let organization = sandbox.scenario.organizationID
      let reply = try await probe.control(
        .POST, "edit",
        #"{"op":"update","resource":"roles","id":"org_admin","set":{"role_type":"galactic","new":[1],"role_name":7}}"#)
      #expect(try reply.json()["changed"] == 1)
      let roles = try await probe.walkAll("/v3/enterprise/roles", first: 2)
      #expect(roles.contains(["role_id": "org_admin", "role_type": "galactic", "new": [1], "role_name": 7]))

      let made = try sandbox.edit(
        .insert(
          .automations, scope: ["org_id": .string(sandbox.scenario.moreOrganizations[1])],
          object: [
            "automation_id": "automation-new", "created_at": .int(sandbox.now + 5),
          ]))
      #expect(made.ids == ["automation-new"])
      let path = "/v3/organizations/\(sandbox.scenario.moreOrganizations[1])/automations"
      #expect(try await probe.walkAll(path, first: 2).first?["automation_id"] == "automation-new")
      #expect(throws: SandboxControlError.self) {
        try sandbox.edit(.insert(.automations, object: ["automation_id": "automation-new"]))
      }
      try sandbox.edit(.delete(.automations, "automation-new"))
      #expect(try await probe.send(.GET, "\(path)/automation-new").status == 404)

      let id = "\(organization)/\(Vocabulary.people[0])"
      let members = sandbox.objects(.organizationMembers)
      try sandbox.edit(.delete(.organizationMembers, id))
      #expect(sandbox.objects(.organizationMembers).count == members.count - 1)
      #expect(throws: SandboxControlError.self) { try sandbox.edit(.delete(.organizationMembers, id)) }
      try sandbox.edit(.restore(.organizationMembers, id))
      #expect(sandbox.objects(.organizationMembers) == members)

      let line = try #require(try sandbox.parsedObjects(.sessionEvents).first)
      let session = try #require(line["scope"]?["session_id"]?.string)
      let event = try #require(line["object"]?["event_id"]?.string)
      try sandbox.edit(.update(.sessionEvents, "\(session)/\(event)", set: ["summary": "changed"]))
      #expect(try await probe.walk("sessions/\(session)/events").first?["summary"] == "changed")
      try sandbox.edit(.insert(.allowedTags, object: ["tag": "neu"]))
      let tags = try await probe.send(.GET, "/v3/enterprise/organizations/\(organization)/tags").json()["tags"]?.list
      #expect(tags?.last == "neu" && tags?.count == 10)

      let other = sandbox.scenario.moreOrganizations[0]
      let secret = try sandbox.edit(.create(.secrets).inOrganization(other)).ids[0]
      let secrets = try await probe.walkAll("/v3/organizations/\(other)/secrets", first: 9)
      #expect(secrets.last?["secret_id"]?.string == secret)
    }
  }

  @Test("the dump adds the values that only the list provides")
  func dump() async throws {
    try await Sandbox.run(.enterprise) { sandbox in
      for resource in SandboxResource.further {
        let lines = sandbox.objects(resource)
        #expect(!lines.isEmpty && Set(lines).count == lines.count, "\(resource)")
        for line in try sandbox.parsedObjects(resource) {
          guard case .object(let members) = line else { continue }
          #expect((members["object"] != nil && members["scope"] != nil) == !resource.scopeColumns.isEmpty, "\(resource)")
          if case .object(let scope)? = members["scope"], !resource.scopeColumns.isEmpty {
            #expect(Set(scope.keys) == Set(resource.scopeColumns))
          }
        }
        let streamed = try await Probe(sandbox).control(.GET, "objects/\(resource.rawValue)").text
        #expect(streamed.split(separator: "\n").map(String.init) == lines)
      }
      #expect(sandbox.objects(.organizationGroups)[0].hasSuffix(#","group_name":"product \"one\""}"#))
      #expect(sandbox.objects(.automations)[0].hasPrefix(#"{"scope":{"org_id":"org-"#))
      #expect(sandbox.objects(.ipAccessList)[0] == #"{"ip_range":"203.0.113.0/24"}"#)
    }
  }

  @Test("objects that are listed only on request are omitted by default")
  func defaults() async throws {
    try await Sandbox.run(.enterprise) { sandbox in
      let probe = Probe(sandbox)
      func count(_ path: String) async throws -> Int { try await probe.send(.GET, path).items().count }
      #expect(try await count("/v3/enterprise/hypervisors") == 2)
      #expect(try await count("/v3/enterprise/hypervisors?status=all") == 6)
      #expect(try await count("/v3/enterprise/members/service-users") == 2)
      #expect(try await count("/v3/enterprise/members/service-users?include_inactive=true") == 4)
      let findings = "code-scans/findings?severity=critical&severity=low&status=open"
      let found = try await probe.get(findings).items()
      #expect(!found.isEmpty && found.allSatisfy { $0["severity"] == "critical" || $0["severity"] == "low" })
    }
  }
}
