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

  private struct Line: Encodable {
    let time: String
    let level: String
    let message: String
    let runId: Int64?
    let profile: String?
    var run: RunSummary?
    var resource: ResourceReportJSON?
  }

  /// Each line ends with a line break.
  func text(of summary: RunSummary, _ report: SyncReport?) throws -> String {
    let time = summary.finishedAt.iso8601
    var lines: [String] = []
    func add(_ lineLevel: Level, _ message: String, run: RunSummary? = nil, resource: ResourceReport? = nil) throws {
      guard level.includes(lineLevel) else { return }
      switch format {
      case .json:
        lines.append(
          try Console.json(
            Line(
              time: time, level: lineLevel.rawValue, message: message, runId: summary.runId, profile: summary.profile, run: run,
              resource: resource.map(ResourceReportJSON.init))))
      case .text:
        let run = summary.runId.map { " run=\($0)" } ?? ""
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
    """
    status=\(status) inserted=\(inserted) changed=\(changed) deleted=\(deleted) rows=\(rows) requests=\(requests) \
    bytes=\(bytes) waited=\((waitedSeconds * 10).rounded() / 10)s duration=\((seconds * 10).rounded() / 10)s problems=\(problems.count)
    """
  }
}
