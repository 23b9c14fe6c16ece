import ArgumentParser
import DevinSync

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show how the mirror stands: rows, freshness, what is open or set aside.",
    discussion: """
      Reads the file alone and needs no key. May run while a sync does. The view sync_health answers the same in SQL.

      For monitors: with --max-age the status is 69 when a resource was last read whole longer ago, or never; without names \
      the default set counts, or what the setting `resources` says, as far as it was ever asked for.
      """)

  @Argument(help: ArgumentHelp("Resources or groups to show; default: all.", valueName: "resource"), completion: .resources)
  var resources: [String] = []
  @OptionGroup var database: DatabaseOptions
  @Option(help: ArgumentHelp("End with 69 when something was last read whole longer ago (2h, 1d).", valueName: "time"))
  var maxAge: DurationArgument?
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    for name in resources where Catalogue.resources(for: name) == nil {
      throw ValidationError(SyncError.unknownResource(name).message)
    }
  }

  func run() async throws {
    try await reporting {
      let shown = Set(resources.flatMap { Catalogue.resources(for: $0) ?? [] }.map(\.name))
      let settings = try Settings(database.profile, flags: database.flags)
      let status = try await MirrorStatus(database: settings.database)
      let entries = status.entries.filter { shown.isEmpty || shown.contains($0.resource) }
      if json { try Console.printJSON(StatusJSON(status, entries)) } else { show(status, entries) }
      try demandFreshness(of: entries, settings)
    }
  }

  private func demandFreshness(of entries: [MirrorStatus.Entry], _ settings: Settings) throws {
    guard let maxAge else { return }
    let words = try resources.isEmpty ? settings[.resources].words : resources
    let names = Set(words.flatMap { Catalogue.resources(for: $0) ?? [] }.map(\.name))
    let watched = entries.filter { names.contains($0.resource) }
    let old = watched.filter { $0.isOlder(than: maxAge.duration) }
    guard watched.isEmpty || !old.isEmpty else { return }
    let examples = old.prefix(3).map { entry in
      let place = entry.organization.isEmpty ? "" : " of \(entry.organization)"
      return "\(entry.resource)\(place), \(entry.completedAt.map { "on \(UnixTime(rawValue: $0).iso8601)" } ?? "never")"
    }
    let rest = old.count > 3 ? " and \((old.count - 3).grouped) more" : ""
    throw Failure(
      .unavailable,
      watched.isEmpty
        ? "\(try settings.database) holds nothing that was asked for. Run `devin-sync sync`."
        : "not read whole within \(maxAge.duration.inWords): \(examples.joined(separator: "; "))\(rest). Look at what the last runs ended with: `devin-sync sync` says why."
    )
  }

  private func show(_ status: MirrorStatus, _ entries: [MirrorStatus.Entry]) {
    for organization in Set(entries.map(\.organization)).sorted() {
      Console.print("\(status.database): \(organization.isEmpty ? "the enterprise" : organization)")
      var table = TextTable(["resource", "rows", "deleted", "last complete", "remarks"], rightAligned: [1, 2])
      for entry in entries where entry.organization == organization {
        table.add([
          entry.resource, entry.rows.grouped, entry.deletedRows.grouped,
          entry.completedAt.map { UnixTime(rawValue: $0).iso8601 } ?? "never", entry.remarks,
        ])
      }
      table.lines.forEach(Console.print)
    }
    let readable = entries.filter { $0.refusedStatus == nil }
    let partial = Set(readable.filter { !$0.isWhole }.map(\.resource)).sorted()
    if !readable.isEmpty {
      Console.print(
        partial.isEmpty
          ? "Whole: every list that this key may read was read to its end, and nothing stands aside."
          : "Not whole: \(partial.joined(separator: ", ")). The remarks say why; the next run goes on there.")
    }
    for (resource, drift) in Dictionary(grouping: status.drift, by: \.resource).sorted(by: { $0.key < $1.key }) {
      // Names of fields and, of fields that are known, values: free text never gets here.
      let words = drift.map { $0.kind == "unknown field" ? "\($0.kind) \($0.field)" : "\($0.kind) of \($0.field): \($0.found)" }
      Console.print(
        "\(resource) is not quite as expected: \(words.joined(separator: "; ")). Nothing is lost by it: sync_drift has examples."
      )
    }
    guard let run = status.lastRun else { return Console.print("\(status.database): no run yet") }
    let end =
      run.status.map { "ended \(run.finishedAt.map { UnixTime(rawValue: $0).iso8601 } ?? "") with status \($0)" }
      ?? "is running, or was killed"
    Console.print(
      "run \(run.run) of \(UnixTime(rawValue: run.startedAt).iso8601) \(end); \(run.requests.counted("request")), \(run.rows.counted("row")) read"
    )
  }
}

extension MirrorStatus.Entry {
  fileprivate var remarks: String {
    var remarks: [String] = []
    if refusedStatus == 403 { remarks.append("the key may not read it") }
    if refusedStatus == 404 { remarks.append("not on this deployment") }
    if openLists > 0 { remarks.append("\(openLists.counted("list")) to go on with") }
    if quarantinedItems > 0 { remarks.append("\(quarantinedItems.counted("item")) in quarantine") }
    if quarantinedLists > 0 { remarks.append("\(quarantinedLists.counted("list")) in quarantine") }
    if unreadLists > 0, refusedStatus == nil { remarks.append("\(unreadLists.counted("list")) not up to date") }
    if heldBackRows > 0 { remarks.append("\(heldBackRows.counted("row")) missing from the list, not marked deleted") }
    if let gaps, gaps > 0 { remarks.append("\(gaps.counted("gap")) in time: sync_gaps") }
    if let claimedRows, claimedRows > rows { remarks.append("the server claims \(claimedRows.grouped)") }
    return remarks.joined(separator: "; ")
  }
}

/// `status --json`. Times are Unix seconds; null: never, or not known.
private struct StatusJSON: Encodable {
  struct Entry: Encodable {
    let organization, resource: String
    let rows, deletedRows, openLists, unreadLists, heldBackRows, quarantinedItems, quarantinedLists: Int
    let completedAt, watermark, coveredFrom, coveredTo: Int64?
    let total, refusedStatus, gaps: Int?
    let isWhole: Bool
  }
  struct Run: Encodable {
    let runId, startedAt: Int64
    let finishedAt: Int64?
    let status: Int?
    let requests, rows: Int
  }
  struct Drift: Encodable {
    let resource, field, kind, found: String
    let seen: Int
  }
  let database: String
  let resources: [Entry]
  let drift: [Drift]
  let lastRun: Run?

  init(_ status: MirrorStatus, _ entries: [MirrorStatus.Entry]) {
    database = status.database
    resources = entries.map {
      Entry(
        organization: $0.organization, resource: $0.resource, rows: $0.rows, deletedRows: $0.deletedRows,
        openLists: $0.openLists, unreadLists: $0.unreadLists, heldBackRows: $0.heldBackRows,
        quarantinedItems: $0.quarantinedItems, quarantinedLists: $0.quarantinedLists, completedAt: $0.completedAt,
        watermark: $0.watermark, coveredFrom: $0.coveredFrom, coveredTo: $0.coveredTo, total: $0.claimedRows,
        refusedStatus: $0.refusedStatus, gaps: $0.gaps, isWhole: $0.isWhole)
    }
    drift = status.drift.map {
      Drift(resource: $0.resource, field: $0.field, kind: $0.kind, found: $0.found, seen: $0.seen)
    }
    lastRun = status.lastRun.map {
      Run(
        runId: $0.run, startedAt: $0.startedAt, finishedAt: $0.finishedAt, status: $0.status, requests: $0.requests, rows: $0.rows
      )
    }
  }
}
