import Foundation

extension ResourceReport.Outcome {
  /// Its name in JSON.
  public var name: String {
    switch self {
    case .complete: "complete"
    case .notDue: "not_due"
    case .forbidden: "forbidden"
    case .absent: "absent"
    case .incomplete: "incomplete"
    case .interrupted: "interrupted"
    }
  }
}

/// A resource's report as in `sync_runs.outcomes` and in JSON lines. Members may be added, never renamed.
public struct ResourceReportJSON: Encodable, Sendable {
  /// Nil: the run as a whole.
  let resource: String?
  let outcome: String
  let pages: Int
  let rows: Int
  let inserted: Int
  let changed: Int
  let deleted: Int
  let quarantined: Int
  let notDueLists: Int
  let filterIgnored: Bool
  let problems: [String]

  /// The report of one resource.
  public init(_ report: ResourceReport) { self.init(report, describing: \.message) }

  package init(_ report: ResourceReport, describing message: (SyncProblem) -> String) {
    resource = report.resource
    outcome = report.outcome.name
    pages = report.counts.pages
    rows = report.counts.rows
    inserted = report.counts.inserted
    changed = report.counts.changed
    deleted = report.counts.deleted
    quarantined = report.counts.quarantined
    notDueLists = report.notDueLists
    filterIgnored = report.filterWasIgnored
    problems = report.problems.map(message)
  }

  /// The problems of a run as a whole.
  fileprivate init(ofRun problems: [String]) {
    resource = nil
    outcome = ResourceReport.Outcome.incomplete.name
    (pages, rows, inserted, changed, deleted, quarantined, notDueLists, filterIgnored) = (0, 0, 0, 0, 0, 0, 0, false)
    self.problems = problems
  }
}

extension SyncReport {
  /// - Parameter reason: why the run ended before it read anything; nil: it read, or its problems say why.
  func outcomesAsJSON(reason: String? = nil) -> String? {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let ofRun = [reason].compactMap(\.self) + problems.map(\.message)
    let outcomes = resources.map { ResourceReportJSON($0) } + (ofRun.isEmpty ? [] : [ResourceReportJSON(ofRun: ofRun)])
    return (try? encoder.encode(outcomes)).map { String(decoding: $0, as: UTF8.self) }
  }
}
