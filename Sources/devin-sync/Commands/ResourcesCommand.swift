import ArgumentParser
import DevinSync

struct ResourcesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resources", abstract: "List what can be mirrored, and the permission that each needs.")

  @Flag(help: "Print JSON.") var json = false
  @Flag(help: "Also print where each is listed, with which permission, and how certain that is.") var details = false

  private struct JSON: Encodable {
    struct Source: Encodable {
      let path, permission, certainty: String
    }
    let resource, summary, group, path, permission, strategy, cost: String
    let isDefault: Bool
    let parent: String?
    let sources: [Source]
  }

  func run() async throws {
    try await reporting {
      if json {
        return try Console.printJSON(
          Catalogue.all.map {
            JSON(
              resource: $0.name, summary: $0.summary, group: $0.group.rawValue, path: $0.sources[0].path.description,
              permission: $0.permission, strategy: $0.strategy.name, cost: $0.cost, isDefault: $0.isDefault, parent: $0.parent,
              sources: $0.sources.map {
                JSON.Source(path: $0.path.description, permission: $0.permission, certainty: $0.certainty.rawValue)
              })
          })
      }
      for group in ResourceGroup.allCases {
        Console.print("\(group.rawValue):")
        var table = TextTable(["resource", "read", "requests per run", "what it is"])
        for resource in Catalogue.all where resource.group == group {
          let read = resource.isDefault ? "by default" : "on request"
          table.add(["  \(resource.name)", read, resource.cost, "\(resource.summary) (\(resource.words))"])
          if details {
            for source in resource.sources {
              table.add(["", "", "", "  GET \(source.path) needs \(source.permission); known from: \(source.certainty.rawValue)"])
            }
          }
        }
        table.lines.forEach(Console.print)
      }
      Console.print(
        "Name resources, groups, `default` or `all` after `devin-sync sync`. Endpoints, permissions and how certain they are: --details."
      )
    }
  }
}

extension Resource {
  fileprivate var words: String {
    let below = parent.map { " below each row of \($0)" } ?? ""
    return strategy.words + below
  }

  /// What a run without news costs.
  fileprivate var cost: String {
    let perOrganization = sources.contains { $0.reach == .organization || $0.reach == .organizationOfEnterprise }
    let whole = sources.contains { $0.reach == .enterprise || $0.reach == .key }
    let scope = perOrganization && !(whole && !readsEverySource) ? " per organization" : ""
    if let parents {
      return parents.resource == "sessions" ? "1 per changed session" : "1 per row of \(parents.resource), at most daily"
    }
    return switch strategy {
    case .changedSince, .series, .single:
      "\(sources.count { $0.reach != .enterprise && $0.reach != .organizationOfEnterprise } > 1 ? "4" : "1")\(scope)"
    case .snapshot, .append: if case .single = paging { "1\(scope)" } else { "1 per page\(scope)" }
    }
  }
}

extension SyncStrategy {
  fileprivate var name: String {
    switch self {
    case .changedSince: "changed_since"
    case .snapshot: "snapshot"
    case .append: "append"
    case .series: "series"
    case .single: "single"
    }
  }

  fileprivate var words: String {
    switch self {
    case .changedSince: "what changed, all of it daily"
    case .snapshot: "whole in each run"
    case .append: "from its last page on"
    case .series: "span by span"
    case .single: "in each run"
    }
  }
}
