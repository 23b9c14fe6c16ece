import DevinSync
import Synchronization

/// A run, and what this command knows besides its report. It is also a line of the summary file and of the log: members may be
/// added, never renamed. Times are Unix seconds, sizes bytes.
struct RunSummary: Encodable, Sendable {
  let profile: String?
  let database: String
  let startedAt: UnixTime
  let finishedAt: UnixTime
  let status: ExitStatus
  /// Of a run that could not begin: the report of a run that did nothing.
  let report: SyncReport
  var problems: [String]

  /// - Parameters:
  ///   - report: nil: the run could not begin.
  ///   - problem: why it could not.
  init(
    _ report: SyncReport?, problem: String?, status: ExitStatus, database: String, profile: String?, startedAt: UnixTime
  ) {
    self.profile = profile
    self.database = database
    self.startedAt = startedAt
    self.status = status
    finishedAt = report?.finishedAt ?? .now
    problems = report?.allProblems.map(\.messageWithAdvice) ?? [problem].compactMap(\.self)
    self.report = report ?? SyncReport()
  }

  func encode(to encoder: any Encoder) throws {
    try report.encodeTotals(to: encoder)
    let members: JSONMembers = [
      "profile": profile, "database": database, "started_at": startedAt, "finished_at": finishedAt, "status": status.rawValue,
      "quarantined": report.totals.quarantined, "problems": problems,
    ]
    try members.encode(to: encoder)
  }
}

/// Shows a run in the requested way, and remembers how it ended.
final class RunRecorder: ProgressDisplay {
  private let display: any ProgressDisplay
  private let ending = Mutex<(report: SyncReport?, problem: String?)>((nil, nil))

  init(_ display: any ProgressDisplay) { self.display = display }

  var report: SyncReport? { ending.withLock { $0.report } }
  /// Why the run could not begin; nil: it did.
  var problem: String? { ending.withLock { $0.problem } }

  func watch(_ events: AsyncStream<SyncEvent>) async { await display.watch(events) }

  func finish(_ report: SyncReport, status: ExitStatus) {
    ending.withLock { $0.report = report }
    display.finish(report, status: status)
  }

  func fail(_ message: String, status: ExitStatus) {
    ending.withLock { $0.problem = message }
    display.fail(message, status: status)
  }
}
