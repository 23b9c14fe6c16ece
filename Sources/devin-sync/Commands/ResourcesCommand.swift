import ArgumentParser
import DevinSync

struct ResourcesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resources", abstract: "List what can be mirrored, and the permission that each needs.")

  @Flag(help: "Print JSON.") var json = false

  private struct JSON: Encodable {
    let resource, summary, path, permission, strategy: String
    let parent: String?
  }

  func run() async throws {
    try await reporting {
      if json {
        return try Console.printJSON(
          Catalogue.all.map {
            JSON(
              resource: $0.name, summary: $0.summary, path: $0.path.description, permission: $0.permission,
              strategy: $0.strategy.name, parent: $0.parent)
          })
      }
      var table = TextTable(["resource", "permission", "read", "what it is"])
      for resource in Catalogue.all {
        table.add([resource.name, resource.permission, resource.strategy.words, resource.summary])
      }
      table.lines.forEach(Console.print)
    }
  }
}

extension SyncStrategy {
  fileprivate var name: String {
    switch self {
    case .changedSince: "changed_since"
    case .snapshot: "snapshot"
    case .perParent: "per_parent"
    case .single: "single"
    }
  }

  fileprivate var words: String {
    switch self {
    case .changedSince: "what changed, all of it daily"
    case .snapshot: "whole in each run"
    case .perParent(let parent, _): "where \(parent) changed"
    case .single: "in each run"
    }
  }
}
