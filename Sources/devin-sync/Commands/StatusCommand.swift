import ArgumentParser
import DevinSync

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show whether the mirror is complete, how fresh it is, and what is missing.",
    discussion: """
      Reads only the file: needs no key, and can run during a sync.

      The first line says whether the mirror is complete. "Complete as of TIME" means: every requested list that the key may \
      read was read to its end, and nothing is pending, quarantined, held back or missing. The table shows each organization, or \
      each group of resources if there is one organization; --all shows each resource. Without arguments, status covers the \
      resources from the settings `resources` and `skip` that the last sync without arguments also covered. In SQL, use the view \
      sync_health.

      For monitoring, use --max-age. The status is 69 if a resource was never read, was last read completely longer ago than \
      that, or has lists pending although no run is active. With several organizations, unchanged lists are read less often \
      (setting `refresh`). If the refresh interval of a list is longer than --max-age, the interval counts instead.
      """)

  @Argument(help: ArgumentHelp("Resources or groups to show. Default: all.", valueName: "resource"), completion: .resources)
  var resources: [String] = []
  @OptionGroup var database: DatabaseOptions
  @Option(
    help: ArgumentHelp(
      "End with status 69 if something is pending, or was last read completely longer ago than this (2h, 1d).", valueName: "time")
  )
  var maxAge: DurationArgument?
  @Flag(help: "Show each resource of each organization.") var all = false
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var rows: RowOptions
  @OptionGroup var time: TimeOptions

  func validate() throws {
    try rows.validate(json: json)
    for name in resources where Catalogue.resources(for: name) == nil {
      throw ValidationError(SyncError.unknownResource(name).messageWithAdvice)
    }
  }

  func run() async throws {
    try await reporting {
      let named = resources.isEmpty ? nil : Catalogue.names(for: resources)
      let settings = try Settings(database.profile, flags: database.flags)
      let asked = try settings.requestedResources
      let status = try await MirrorStatus(database: settings.database).limited(to: named)
      let entries = status.entries
      // A resource that is read only on request counts only for its age, since it was requested once.
      let completeness = status.completeness(of: named, asked: asked)
      if json {
        let unknown = status.unknown.map { ["Unknown until the next sync: \($0.messageWithAdvice)"] }
        try Console.printJSON(JSONObject(status, completeness, adding: ["summary": unknown]))
      } else if rows.areAsked {
        try await rows.pager.paging { try rows.print(entries, Self.columns, time.text) }
      } else {
        let display = StatusDisplay(status: status, entries: entries, completeness: completeness, time: time.text)
        try await rows.pager.paging { display.show(all: all || named != nil, rows) }
      }
      try demandFreshness(
        of: status, entries.filter { named != nil || ($0.isRequested && asked.contains($0.resource)) }, settings)
    }
  }

  private func demandFreshness(of status: MirrorStatus, _ watched: [MirrorStatus.Entry], _ settings: Settings) throws {
    guard let maxAge else { return }
    if let unknown = status.unknown {
      throw Failure(.unavailable, "\(unknown.messageWithAdvice) Until then, its age is unknown.")
    }
    let old = watched.filter { $0.isOlder(than: maxAge.duration, active: status.activeRun) }
    guard watched.isEmpty || !old.isEmpty else { return }
    let examples = old.prefix(3).map { entry in
      let place = entry.organization.isEmpty ? "" : " of \(entry.organization)"
      let completed = "last complete \(entry.completedAt?.iso8601 ?? "never")"
      let pending = entry.pendingSince.map { ", pending since \($0.iso8601)" } ?? ""
      return "\(entry.resource)\(place), \(completed)\(pending)"
    }
    let rest = old.count > 3 ? " and \((old.count - 3).grouped) more" : ""
    throw Failure(
      .unavailable,
      watched.isEmpty
        ? "\(try settings.database) contains none of the requested resources. Run `devin-sync sync`."
        : "not complete within \(maxAge.duration.inWholeUnits): \(examples.joined(separator: "; "))\(rest). Run `devin-sync sync` to read the rest and see what fails."
    )
  }

  private static let columns: [RowColumn<MirrorStatus.Entry>] = [
    .text("resource") { $0.resource }, .text("organization") { $0.organization }, .number("rows") { $0.rows },
    .number("deleted_rows") { $0.deletedRows }, .time("completed_at") { $0.completedAt },
    .time("reconciled_at") { $0.reconciledAt }, .text("is_whole") { $0.isComplete ? "yes" : "no" },
    .number("pending_lists") { $0.pendingLists }, .time("pending_since") { $0.pendingSince },
    .number("quarantined_items") { $0.quarantinedItems }, .number("held_back_rows") { $0.heldBackRows },
    .number("refused_status") { $0.refusedStatus }, .text("remarks") { $0.remarks },
  ]
}
