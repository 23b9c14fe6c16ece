import ArgumentParser
import DevinPush
import DevinSync

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check the key: who owns it, and what it may read.",
    discussion: """
      Sends one small request per resource and stores nothing. Stops at the first error that affects all requests. Status 0: the \
      key can read something. 65: the address is not the Devin API. 69: no response. 77: the key was refused, or may read \
      nothing. 78: the key belongs to another organization.

      With --push, checks the key of `push` and `restore`, on the resources that they write. Whether the key may write is only \
      known after the first write.
      """)

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var connection: ConnectionOptions
  @Flag(help: "Try the key that writes.") var push = false
  @OptionGroup var pushSettings: SettingFlags<PushKeyFlags>
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var rows: RowOptions

  private static let columns: [RowColumn<AccessReport.Entry>] = [
    .text("resource") { $0.resource }, .text("access") { $0.access.name }, .text("permission") { $0.permission },
    .text("group") { $0.group.rawValue }, .text("remarks") { $0.access.detail },
  ]

  func validate() throws {
    try rows.validate(json: json)
    let all = DeclaredSettings.all
    if !push, !pushSettings.values.isEmpty {
      throw ValidationError("--push-credential names the key that writes. Add --push to try it.")
    }
    if push, connection.flags[all.apiKeyFile.key] != nil || connection.flags[all.credential.key] != nil {
      throw ValidationError("--api-key-file and --credential name the key that reads. Use --push-credential.")
    }
  }

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
    /// Where the key that writes is from; nil: it is the key that reads that was tried.
    let pushKeySource: String?
  }

  func run() async throws {
    try await reporting {
      // No file is opened, so its path is not reported.
      let settings = try Settings(profile, flags: connection.flags.merging(pushSettings.values) { $1 })
      let key = try push ? KeySource.push(settings) : KeySource(settings)
      let mirror = try await settings.mirror(with: key)
      let written = ContentKind.allCases.compactMap { Catalogue.resource(named: $0.resourceName) }
      let report = try await mirror.check(push ? written : Catalogue.all)
      if json {
        let entries = report.entries.map {
          JSON.Entry(
            resource: $0.resource, group: $0.group.rawValue, permission: $0.permission, access: $0.access.name,
            detail: $0.access.detail)
        }
        try Console.printJSON(
          JSON(
            organization: report.organization, enterprise: report.isEnterprise, principalType: report.principal,
            requests: report.requests, resources: entries, pushKeySource: push ? key.name : nil))
        return try demandSight(report)
      }
      if rows.areAsked {
        try await rows.pager.paging { try rows.print(report.entries, Self.columns) }
        return try demandSight(report)
      }
      Console.print(
        "The key \(report.problem == nil ? "works" : "is accepted") at \(mirror.address) (\(report.principal ?? "key type unknown")\(report.isEnterprise ? " of the enterprise" : ""))\(report.organization.map { ", organization \($0)" } ?? "")."
      )
      var table = TextTable(["resource", "access", "permission", "remarks"])
      for entry in report.entries where entry.access != .enterpriseOnly {
        table.add([entry.resource, entry.access.name, entry.permission, entry.access.detail ?? ""])
      }
      rows.show(table)
      let others = report.entries.count { $0.access == .enterpriseOnly }
      if push { Console.print("The key is \(key.name). Whether it may write is only known after the first write.") }
      if others > 0 { Console.print("\(others.counted("more resource")) need an enterprise key.") }
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
    case .absent: "not available on this deployment, or turned off"
    case .enterpriseOnly: "needs an enterprise key"
    case .unknown(let why): why
    }
  }
}
