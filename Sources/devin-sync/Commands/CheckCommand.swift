import ArgumentParser
import DevinSync

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Try the key: whose it is, and what it may read.",
    discussion: """
      Sends one small request per resource and keeps nothing, and stops at the first cause that nothing gets past. Status 0 when \
      the key can read something, 69 when nothing answers, 65 when what answers is not the API, 77 when the key is refused or \
      may read nothing, 78 when the organization is not the key's.
      """)

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var connection: ConnectionOptions
  @Flag(help: "Print JSON.") var json = false

  private struct JSON: Encodable {
    struct Entry: Encodable {
      let resource, group, permission, access: String
      let detail: String?
    }
    let organization: String?
    let enterprise: Bool
    let principalType: String?
    let requests: Int
    let resources: [Entry]
  }

  func run() async throws {
    try await reporting {
      // No file is opened, so its path is not reported.
      let mirror = try await Settings(profile, flags: connection.flags).mirror()
      let report = try await mirror.check()
      if json {
        let entries = report.entries.map {
          JSON.Entry(
            resource: $0.resource, group: $0.group.rawValue, permission: $0.permission, access: $0.access.name,
            detail: $0.access.detail)
        }
        try Console.printJSON(
          JSON(
            organization: report.organization, enterprise: report.isEnterprise, principalType: report.principal,
            requests: report.requests, resources: entries))
        return try demandSight(report)
      }
      Console.print(
        "The key \(report.problem == nil ? "works" : "is accepted") at \(mirror.address) (\(report.principal ?? "key type unknown")\(report.isEnterprise ? " of the enterprise" : ""))\(report.organization.map { ", organization \($0)" } ?? "")."
      )
      var table = TextTable(["resource", "access", "permission", "remarks"])
      for entry in report.entries where entry.access != .enterpriseOnly {
        table.add([entry.resource, entry.access.name, entry.permission, entry.access.detail ?? ""])
      }
      table.lines.forEach(Console.print)
      let others = report.entries.count { $0.access == .enterpriseOnly }
      if others > 0 { Console.print("\(others.counted("more resource")) can be read with an enterprise key only.") }
      try demandSight(report)
    }
  }

  /// - Throws: `Failure` when the key can read nothing.
  private func demandSight(_ report: AccessReport) throws {
    if let problem = report.problem { throw Failure(.run(problem.status), problem.messageWithAdvice) }
  }
}

extension AccessReport.Access {
  fileprivate var name: String {
    switch self {
    case .readable: "readable"
    case .forbidden: "forbidden"
    case .absent: "absent"
    case .enterpriseOnly: "enterprise_only"
    case .unknown: "unknown"
    }
  }

  fileprivate var detail: String? {
    switch self {
    case .readable: nil
    case .forbidden: "the service user lacks the permission"
    case .absent: "not on this deployment, or switched off"
    case .enterpriseOnly: "with an enterprise key only"
    case .unknown(let why): why
    }
  }
}
