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

  func run() async throws {
    try await reporting {
      // No file is opened, so its path is not reported.
      let settings = try Settings(profile, flags: connection.flags.merging(pushSettings.values) { $1 })
      let key = try push ? KeySource.push(settings) : KeySource(settings)
      let mirror = try await settings.mirror(with: key)
      let written = ContentKind.allCases.compactMap { Catalogue.resource(named: $0.resourceName) }
      let report = try await mirror.check(push ? written : Catalogue.all)
      if json {
        // Where the key that writes is from; missing: the key that reads was tried.
        try Console.printJSON(JSONObject(report, adding: ["push_key_source": push ? key.name : nil]))
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
