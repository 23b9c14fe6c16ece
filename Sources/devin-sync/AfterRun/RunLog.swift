import DevinSync
import Foundation

/// A run as log lines: one for the run, one for each problem and, at the debug level, one for each resource. Every line
/// has the run's number.
struct RunLog {
  enum Level: String, CaseIterable {
    case error, info, debug

    /// Whether a line of another level is written at this level.
    func includes(_ other: Level) -> Bool {
      switch self {
      case .error: other == .error
      case .info: other != .debug
      case .debug: true
      }
    }
  }

  enum Format: String, CaseIterable { case text, json }

  let level: Level
  let format: Format

  /// Each line ends with a line break.
  func text(of summary: RunSummary, _ report: SyncReport?) throws -> String {
    let time = summary.finishedAt.iso8601
    let runID = summary.report.run > 0 ? summary.report.run : nil
    var lines: [String] = []
    func add(_ lineLevel: Level, _ message: String, run: RunSummary? = nil, resource: ResourceReport? = nil) throws {
      guard level.includes(lineLevel) else { return }
      switch format {
      case .json:
        let line: JSONMembers = [
          "time": time, "level": lineLevel.rawValue, "message": message, "run_id": runID, "profile": summary.profile, "run": run,
          "resource": resource,
        ]
        // Advice is in the lines of the problems.
        lines.append(try Console.json(line, describing: \.message))
      case .text:
        let run = runID.map { " run=\($0)" } ?? ""
        let profile = summary.profile.map { " profile=\($0)" } ?? ""
        // Whatever the server sent, this must stay one line.
        let text = message.split(whereSeparator: \.isNewline).joined(separator: " ")
        lines.append("\(time) \(lineLevel.rawValue)\(run)\(profile) \(text)")
      }
    }
    for resource in report?.resources ?? [] { try add(.debug, LinesDisplay.line(for: resource), resource: resource) }
    for problem in summary.problems { try add(.error, problem) }
    try add(.info, summary.line, run: summary)
    return lines.map { $0.printable + "\n" }.joined()
  }
}

extension RunSummary {
  fileprivate var line: String {
    let totals = report.totals
    let (waited, duration) = ((report.waited.inSeconds * 10).rounded() / 10, (report.duration.inSeconds * 10).rounded() / 10)
    return """
      status=\(status.rawValue) inserted=\(totals.inserted) changed=\(totals.changed) deleted=\(totals.deleted) rows=\(totals.rows) \
      requests=\(report.requests) bytes=\(report.bytes) waited=\(waited)s duration=\(duration)s problems=\(problems.count)
      """
  }
}
