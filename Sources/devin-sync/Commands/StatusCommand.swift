import ArgumentParser
import DevinSync

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show how the mirror stands: rows, freshness, what is open or set aside.",
    discussion: "Reads the file alone and needs no key. May run while a sync does.")

  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    try await reporting {
      let status = try await MirrorStatus(database: database.path)
      if json { return try Console.printJSON(StatusJSON(status)) }
      for organization in Set(status.entries.map(\.organization)).sorted() {
        Console.print("\(status.database): \(organization.isEmpty ? "the enterprise" : organization)")
        var table = TextTable(["resource", "rows", "deleted", "last complete", "remarks"], rightAligned: [1, 2])
        for entry in status.entries where entry.organization == organization {
          table.add([
            entry.resource, entry.rows.grouped, entry.deletedRows.grouped,
            entry.completedAt.map { UnixTime(rawValue: $0).iso8601 } ?? "never", entry.remarks,
          ])
        }
        table.lines.forEach(Console.print)
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
}

extension MirrorStatus.Entry {
  fileprivate var remarks: String {
    var remarks: [String] = []
    if refusedStatus == 403 { remarks.append("the key may not read it") }
    if refusedStatus == 404 { remarks.append("not on this deployment") }
    if openLists > 0 { remarks.append("\(openLists.counted("list")) to go on with") }
    if quarantinedItems > 0 { remarks.append("\(quarantinedItems.counted("item")) in quarantine") }
    if quarantinedLists > 0 { remarks.append("\(quarantinedLists.counted("list")) in quarantine") }
    if let total, total > rows { remarks.append("the server claims \(total.grouped)") }
    return remarks.joined(separator: "; ")
  }
}

/// `status --json`. Times are Unix seconds; null: never, or not known.
private struct StatusJSON: Encodable {
  struct Entry: Encodable {
    let organization, resource: String
    let rows, deletedRows, openLists, quarantinedItems, quarantinedLists: Int
    let completedAt, watermark: Int64?
    let total, refusedStatus: Int?
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

  init(_ status: MirrorStatus) {
    database = status.database
    resources = status.entries.map {
      Entry(
        organization: $0.organization, resource: $0.resource, rows: $0.rows, deletedRows: $0.deletedRows,
        openLists: $0.openLists, quarantinedItems: $0.quarantinedItems, quarantinedLists: $0.quarantinedLists,
        completedAt: $0.completedAt, watermark: $0.watermark, total: $0.total, refusedStatus: $0.refusedStatus)
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
