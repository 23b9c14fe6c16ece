import ArgumentParser
import DevinSync

struct ResourcesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resources",
    abstract: "List all resources by group, with endpoints, permissions and number of requests.",
    usage: "devin-sync resources [<options>]")

  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var rows: RowOptions

  func validate() throws { try rows.validate(json: json) }

  private static let columns: [RowColumn<Resource>] = [
    .text("resource") { $0.name }, .text("group") { $0.group.rawValue },
    .text("read") { $0.isDefault ? "by default" : "on request" },
    .text("permission") { $0.permission }, .text("summary") { $0.summary }, .text("cost") { $0.cost },
    .text("strategy") { $0.strategy.name }, .text("parent") { $0.parent },
    .text("paths") { $0.sources.map(\.path.description).joined(separator: " ") },
  ]

  func run() async throws {
    try await reporting {
      if json {
        return try Console.printJSON(Catalogue.all.map { JSONObject($0, adding: ["cost": $0.cost]) })
      }
      try await rows.pager.paging { try rows.areAsked ? rows.print(Catalogue.all, Self.columns) : show() }
    }
  }

  private func show() {
    for group in ResourceGroup.allCases {
      Console.print("\(group.rawValue)")
      var table = TextTable(["  resource", "read", "requests per run without changes", "how"])
      for resource in Catalogue.all where resource.group == group {
        let read = resource.isDefault ? "by default" : "on request"
        table.add(["  \(resource.name)", read, resource.cost, resource.description])
      }
      rows.show(table)
      var sources = TextTable(["  endpoint", "permission", "known from", "description"])
      for resource in Catalogue.all where resource.group == group {
        for source in resource.sources {
          sources.add(["  GET \(source.path)", source.permission, source.certainty.rawValue, resource.summary])
        }
      }
      rows.show(sources)
      Console.print("")
    }
    Console.print("`devin-sync sync` accepts names of resources and groups, `default` and `all`.")
    Console.print(
      "`\(FileContents.name)` are the \(FileContents.summary), which are not part of any group: 2 requests each, once (\(FileContents.limitsText))."
    )
    Console.print(
      "With several organizations, unchanged lists of an organization are read less often (setting `refresh`, by group)."
    )
  }
}

extension Resource {
  fileprivate var description: String {
    guard let parents else { return strategy.description }
    let each = "for each of \(parents.resource)"
    return switch (parents.reread, parents.resource) {
    case (_, "sessions"): "\(each) that changed"
    case (.some(0), _): each
    case (.some, _): "\(each), daily and when it changed"
    case (nil, _): "\(each) that changed"
    }
  }

  /// The number of requests in a run without changes.
  fileprivate var cost: String {
    if let parents {
      return switch parents.reread {
      case nil: "none"
      case 0: "1 for each of \(parents.resource)"
      default: "1 a day for each of \(parents.resource)"
      }
    }
    let isPerOrganization = sources.contains { $0.reach == .organization || $0.reach == .organizationOfEnterprise }
    let hasWhole = sources.contains { $0.reach == .enterprise || $0.reach == .key }
    let count = readsEverySource ? Set(sources.map(\.path)).count / (isPerOrganization && hasWhole ? 2 : 1) : 1
    let pages = if strategy == .snapshot, paging != .single { " per page" } else { "" }
    let scope =
      switch (isPerOrganization, hasWhole, readsEverySource) {
      case (true, true, true): " per organization, and for the enterprise"
      case (true, true, false): ", or per organization"
      case (true, false, _): " per organization"
      case (false, _, _): ""
      }
    return "\(count)\(pages)\(scope)"
  }
}

extension SyncStrategy {
  fileprivate var description: String {
    switch self {
    case .changedSince: "what changed; everything daily"
    case .snapshot: "completely in each run"
    case .append: "from the last page on"
    case .series: "by time range"
    case .single: "in each run"
    }
  }
}
