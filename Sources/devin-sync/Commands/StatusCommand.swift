import ArgumentParser
import DevinSync

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show whether the mirror is complete, how fresh it is, and what is missing.",
    discussion: """
      Reads only the file: needs no key, and can run during a sync.

      The first line says whether the mirror is complete. "Complete as of TIME" means: every requested list that the key may \
      read was read to its end, and nothing is pending, quarantined, held back or missing. Without arguments, status covers the \
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
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    for name in resources where Catalogue.resources(for: name) == nil {
      throw ValidationError(SyncError.unknownResource(name).messageWithAdvice)
    }
  }

  func run() async throws {
    try await reporting {
      let named = resources.isEmpty ? nil : Catalogue.names(for: resources)
      let settings = try Settings(database.profile, flags: database.flags)
      let asked = try settings.requestedResources
      let status = try await MirrorStatus(database: settings.database)
      let entries = status.entries.filter { named?.contains($0.resource) ?? true }
      // A resource that is read only on request counts only for its age, since it was requested once.
      let completeness = status.completeness(of: named, asked: asked)
      if json {
        try Console.printJSON(StatusJSON(status, entries, completeness))
      } else {
        show(status, entries, completeness)
      }
      try demandFreshness(
        of: status, entries.filter { named != nil || ($0.isRequested && asked.contains($0.resource)) }, settings)
    }
  }

  private func demandFreshness(of status: MirrorStatus, _ watched: [MirrorStatus.Entry], _ settings: Settings) throws {
    guard let maxAge else { return }
    if let unknown = status.unknown { throw Failure(.unavailable, "\(unknown). Until then, its age is unknown.") }
    let old = watched.filter { $0.isOlder(than: maxAge.duration, active: status.activeRun) }
    guard watched.isEmpty || !old.isEmpty else { return }
    let examples = old.prefix(3).map { entry in
      let place = entry.organization.isEmpty ? "" : " of \(entry.organization)"
      let completed = "last complete \(entry.completedAt.map { UnixTime(rawValue: $0).iso8601 } ?? "never")"
      let pending = entry.pendingSince.map { ", pending since \(UnixTime(rawValue: $0).iso8601)" } ?? ""
      return "\(entry.resource)\(place), \(completed)\(pending)"
    }
    let rest = old.count > 3 ? " and \((old.count - 3).grouped) more" : ""
    throw Failure(
      .unavailable,
      watched.isEmpty
        ? "\(try settings.database) contains none of the requested resources. Run `devin-sync sync`."
        : "not complete within \(maxAge.duration.inWords): \(examples.joined(separator: "; "))\(rest). Run `devin-sync sync` to read the rest and see what fails."
    )
  }

  private func show(_ status: MirrorStatus, _ entries: [MirrorStatus.Entry], _ completeness: MirrorCompleteness) {
    if let unknown = status.unknown { return Console.print("Unknown until the next sync: \(unknown).") }
    completeness.sentences().forEach(Console.print)
    for organization in Set(entries.map(\.organization)).sorted() {
      Console.print("\(status.database): \(organization.isEmpty ? "the enterprise" : organization)")
      var table = TextTable(["resource", "rows", "deleted", "last read", "reconciled", "remarks"], rightAligned: [1, 2])
      for entry in entries where entry.organization == organization {
        table.add([
          entry.resource, entry.rows.grouped, entry.deletedRows.grouped,
          entry.completedAt.map { UnixTime(rawValue: $0).iso8601 } ?? "never",
          entry.reconciledAt.map { UnixTime(rawValue: $0).iso8601 } ?? "-", entry.remarks,
        ])
      }
      table.lines.forEach(Console.print)
    }
    for (resource, drift) in Dictionary(grouping: status.drift, by: \.resource).sorted(by: { $0.key < $1.key }) {
      // Only names of fields and, for known fields, enumerated values are shown here, never free text.
      let kinds = drift.map { $0.kind == "unknown field" ? "\($0.kind) \($0.field)" : "\($0.kind) of \($0.field): \($0.found)" }
      Console.print(
        "\(resource): the API differs from what this version expects: \(kinds.joined(separator: "; ")). No data is lost. For examples, see sync_drift."
      )
    }
    if let files = status.files { Console.print("files: \(files.summary)") }
    status.pushes?.sentences.forEach(Console.print)
    guard let run = status.lastRun else { return Console.print("\(status.database): no run yet") }
    let end =
      run.status.map { "ended \(run.finishedAt.map { UnixTime(rawValue: $0).iso8601 } ?? "") with status \($0)" }
      ?? (status.activeRun == run.run ? "is running" : "was killed")
    Console.print(
      "run \(run.run) of \(UnixTime(rawValue: run.startedAt).iso8601) \(end); \(run.requests.counted("request")), \(run.rows.counted("row")) read"
    )
  }
}

extension MirrorStatus.Entry {
  fileprivate var remarks: String {
    var remarks: [String] = []
    let interval = refreshInterval.map { Duration.seconds($0).asSetting }
    if let interval, !isNeverAllowed { remarks.append("unchanged; read again within \(interval)") }
    if let refusedStatus {
      remarks.append(
        isNeverAllowed
          ? (refusedStatus == 403 ? "the key may not read it" : "not available on this deployment")
            + (interval.map { "; requested again within \($0)" } ?? "") : "no longer readable (\(refusedStatus))")
    }
    if pendingLists > 0, let pendingSince {
      remarks.append("\(pendingLists.counted("list")) pending since \(UnixTime(rawValue: pendingSince).iso8601)")
    }
    if quarantinedItems > 0 { remarks.append("\(quarantinedItems.counted("item")) quarantined") }
    if quarantinedLists > 0 { remarks.append("\(quarantinedLists.counted("list")) quarantined") }
    if heldBackRows > 0 { remarks.append("\(heldBackRows.counted("row")) missing from the list, but not marked as deleted") }
    if let gaps, gaps > 0 { remarks.append("\(gaps.counted("gap")) in time: sync_gaps") }
    if let claimedRows, claimedRows > rows { remarks.append("the server reports \(claimedRows.grouped) rows") }
    return remarks.joined(separator: "; ")
  }
}

/// The output of `status --json`. Times are Unix seconds; null: never, or unknown.
private struct StatusJSON: Encodable {
  let database: String
  /// complete, incomplete, empty, or unknown: a file in the format of an earlier version.
  let verdict: String
  let isComplete: Bool?
  let completeAsOf: Int64?
  /// No list is older than this by more than its refresh interval.
  let completeWithinIntervalsAsOf: Int64?
  /// Seconds; null: every run reads everything.
  let longestRefreshInterval: Int64?
  /// The sentences that `status` prints.
  let summary: [String]
  let neverAllowed, absent: [String]
  let activeRun: Int64?
  let resources: [MirrorStatus.Entry]
  let drift: [MirrorStatus.Drift]
  let lastRun: MirrorStatus.LastRun?
  let files: KeptFiles?
  /// Null: the outcome of every write is known.
  let pushes: OpenPushes?

  init(_ status: MirrorStatus, _ entries: [MirrorStatus.Entry], _ completeness: MirrorCompleteness) {
    database = status.database
    let isUnknown = status.unknown != nil
    verdict =
      isUnknown ? "unknown" : completeness.isEmpty ? "empty" : completeness.isComplete ? "complete" : "incomplete"
    isComplete = isUnknown ? nil : completeness.isComplete
    completeAsOf = completeness.isComplete ? completeness.asOf : nil
    completeWithinIntervalsAsOf = completeness.isComplete ? completeness.asOfWithinIntervals : nil
    longestRefreshInterval = completeness.longestInterval
    summary = status.unknown.map { ["Unknown until the next sync: \($0)."] } ?? completeness.sentences()
    neverAllowed = completeness.neverAllowed
    absent = completeness.absent
    activeRun = status.activeRun
    files = status.files
    pushes = status.pushes
    resources = entries
    drift = status.drift
    lastRun = status.lastRun
  }
}
