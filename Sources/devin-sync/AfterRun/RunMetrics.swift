import DevinSync

/// A run and its mirror as OpenMetrics, for the textfile collector of Prometheus' node_exporter. It contains only gauges, which
/// are the same in Prometheus' own older format.
struct RunMetrics {
  private var families: [String] = []
  private let labels: [(String, String)]

  /// - Parameter mirror: nil: its file cannot be read; the metrics of the run are written nevertheless.
  init(_ summary: RunSummary, _ mirror: MirrorStatus?, lastSuccess: UnixTime?) {
    labels = [("database", summary.database)] + (summary.profile.map { [("profile", $0)] } ?? [])
    let totals = summary.report.totals
    add("last_run_status", "Exit status of the last run.", [([], Double(summary.status.rawValue))])
    add("last_run_success", "Whether the last run ended with 0.", [([], summary.status == .success ? 1 : 0)])
    add("last_run_timestamp_seconds", "When the last run ended.", [([], Double(summary.finishedAt.rawValue))])
    if let lastSuccess {
      add("last_success_timestamp_seconds", "When a run last ended with 0.", [([], Double(lastSuccess.rawValue))])
    }
    add("last_run_duration_seconds", "How long the last run took.", [([], summary.report.duration.inSeconds)])
    add(
      "last_run_waited_seconds", "Time the last run waited for the server, summed over all lists.",
      [([], summary.report.waited.inSeconds)])
    add("last_run_requests", "HTTP requests of the last run, retries included.", [([], Double(summary.report.requests))])
    add("last_run_bytes", "Bytes of the answers to the last run, decompressed.", [([], Double(summary.report.bytes))])
    add("last_run_problems", "Problems of the last run.", [([], Double(summary.problems.count))])
    add(
      "last_run_changes", "Rows that the last run wrote.",
      [
        ([("change", "inserted")], Double(totals.inserted)), ([("change", "changed")], Double(totals.changed)),
        ([("change", "deleted")], Double(totals.deleted)),
      ])
    let entries = (mirror?.entries ?? []).map { entry in
      (entry, [("organization", entry.organization), ("resource", entry.resource)])
    }
    add("rows", "Rows that are not deleted.", entries.map { ($0.1, Double($0.0.rows)) })
    add("quarantined_items", "Quarantined items.", entries.map { ($0.1, Double($0.0.quarantinedItems)) })
    add("pending_lists", "Lists that are not up to date.", entries.map { ($0.1, Double($0.0.pendingLists)) })
    if let mirror, mirror.unknown == nil {
      let completeness = mirror.completeness()
      add(
        "complete", "Whether all requested lists that the key may read were read completely.",
        [([], completeness.isComplete ? 1 : 0)])
      if completeness.isComplete, completeness.longestInterval != nil, let asOf = completeness.asOfWithinIntervals {
        add(
          "complete_within_intervals_as_of_timestamp_seconds",
          "Server time up to which the mirror is complete, except for lists within their refresh interval.",
          [([], Double(asOf.rawValue))])
      }
      if completeness.isComplete, let asOf = completeness.asOf {
        add("complete_as_of_timestamp_seconds", "Server time up to which the mirror is complete.", [([], Double(asOf.rawValue))])
      }
    }
    add(
      "refresh_interval_seconds", "How long a run may skip a resource that was unchanged.",
      entries.compactMap { entry, labels in entry.refreshInterval.map { (labels, Double($0)) } })
    add(
      "completed_timestamp_seconds", "When a resource was last read completely.",
      entries.compactMap { entry, labels in entry.completedAt.map { (labels, Double($0.rawValue)) } })
  }

  var text: String { families.joined() + "# EOF\n" }

  private mutating func add(_ name: String, _ help: String, _ samples: [(labels: [(String, String)], value: Double)]) {
    guard !samples.isEmpty else { return }
    let name = "devin_sync_\(name)"
    let lines = samples.map { sample in
      let labels = (labels + sample.labels).map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
      return "\(name){\(labels)} \(Self.number(sample.value))\n"
    }
    families.append("# HELP \(name) \(help)\n# TYPE \(name) gauge\n\(lines.joined())")
  }

  private static func escaped(_ text: String) -> String {
    text.printable.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }

  private static func number(_ value: Double) -> String { Int64(exactly: value).map(String.init) ?? "\(value)" }
}
