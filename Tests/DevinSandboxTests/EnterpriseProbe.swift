import Foundation
import NIOHTTP1

@testable import DevinSandbox

extension SandboxScenario {
  /// Three organizations and a key that may read all of them.
  static var enterprise: SandboxScenario {
    var scenario = SandboxScenario()
    scenario.principal = .enterpriseServiceUser
    scenario.moreOrganizations = ["org-7b1e00c4a95d4f0f8a3d6c21be907f42", "org-0d92f7a1536e4c8bb5a80e64c7f13d29"]
    return scenario
  }
}

extension Endpoint {
  /// Those that answer with JSON.
  static let reads = all.filter { endpoint in
    if case .attachment = endpoint.shape { false } else { endpoint.method == "GET" }
  }
  static let writes = all.filter { $0.method != "GET" }

  /// The path as in the description.
  func described(betaMoved: Bool = false) -> String { "/\(version(betaMoved: betaMoved))\(template)" }

  /// Valid paths of this endpoint, with the queries that they need.
  func targets(_ sandbox: Sandbox, betaMoved: Bool = false) throws -> [String] {
    let names = template.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    var targets: [String] = []
    for organization in names.contains("org_id") ? sandbox.organizations : [sandbox.scenario.organizationID] {
      let fixed = described(betaMoved: betaMoved).replacing("{org_id}", with: organization)
      guard let name = names.last(where: { $0 != "org_id" }) else {
        targets.append(fixed)
        continue
      }
      for value in try sandbox.values(name, of: isOfEnterprise ? nil : organization, template).prefix(12) {
        targets.append(fixed.replacing("{\(name)}", with: value.percentEncoded))
      }
    }
    let anchor = SandboxScenario.anchor
    switch shape {
    case .review:
      let reviews = try sandbox.parsedObjects(.pullRequestReviews)
      return targets.flatMap { target in
        reviews.filter { isOfEnterprise || target.contains($0["scope"]?["org_id"]?.string ?? "-") }
          .compactMap { $0["scope"]?["pr_url"]?.string }.prefix(9).map { "\(target)?pr_url=\($0.percentEncoded)" }
      }
    case .metrics(let metric) where metric != .queue:
      return targets.map { "\($0)?time_after=\(anchor - 70 * 86_400)&time_before=\(anchor)" }
    case .page where resource == .hypervisors: return targets.map { "\($0)?status=all" }
    case .page where resource == .serviceUsers || resource == .organizationServiceUsers:
      return targets.map { "\($0)?include_inactive=true" }
    default: return targets
    }
  }
}

extension Sandbox {
  var organizations: [String] { [scenario.organizationID] + scenario.moreOrganizations }

  /// Possible values for a name in braces.
  fileprivate func values(_ name: String, of organization: String?, _ template: String) throws -> [String] {
    let sources: [String: SandboxResource] = [
      "devin_id": .sessions, "session_id": .sessions, "automation_id": .automations, "playbook_id": .playbooks,
      "note_id": .knowledgeNotes, "repository_path": .indexedRepositories, "blueprint_id": .blueprints,
      "build_id": .snapshotBuilds, "profile_id": .codeScanProfiles, "connection_id": .gitConnections, "role_id": .roles,
      "user_id": .users, "service_user_id": .serviceUsers, "idp_group_name": .registeredIdpGroups, "schedule_id": .schedules,
    ]
    guard let source = sources[name], let column = source.key else { return [] }
    return try parsedObjects(source).filter { line in
      let own = line["scope"]?["org_id"] ?? line["org_id"]
      if source == .blueprints { return own == organization.map(JSONValue.string) ?? .null }
      return organization == nil || own == nil || own == .null || own?.string == organization
    }.compactMap { ($0["object"] ?? $0)[column]?.string }
  }
}

extension Probe {
  /// All rows of a list with cursors, by following it from a complete path.
  func walkAll(_ target: String, first: Int) async throws -> [JSONValue] {
    var rows: [JSONValue] = []
    var after = ""
    while true {
      let page = try await send(.GET, "\(target)\(target.contains("?") ? "&" : "?")first=\(first)\(after)").json()
      rows += page["items"]?.list ?? []
      guard page["has_next_page"] == true, let cursor = page["end_cursor"]?.string else { return rows }
      after = "&after=" + cursor.percentEncoded
    }
  }
}
