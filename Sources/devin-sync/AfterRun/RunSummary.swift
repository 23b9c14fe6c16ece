import DevinSync
import Synchronization

/// A summary of one run. It is also a line of the summary file and of the log: members may be added, never
/// renamed. Times are Unix seconds, sizes bytes.
struct RunSummary: Encodable, Sendable {
  let profile: String?
  let database: String
  let startedAt: UnixTime
  var finishedAt: UnixTime
  let status: Int32
  /// `sync_runs.run_id`, which `sync_changes` also contains; nil: the run never began.
  var runId: Int64?
  var organization: String?
  var rows = 0, inserted = 0, changed = 0, deleted = 0, quarantined = 0, pages = 0, requests = 0, bytes = 0
  var seconds = 0.0, waitedSeconds = 0.0
  var problems: [String] = []

  init(
    _ report: SyncReport?, problem: String?, status: ExitStatus, database: String, profile: String?, startedAt: UnixTime
  ) {
    self.profile = profile
    self.database = database
    self.startedAt = startedAt
    finishedAt = UnixTime.now
    self.status = status.rawValue
    problems = problem.map { [$0] } ?? []
    guard let report else { return }
    let totals = report.totals
    runId = report.run
    finishedAt = report.finishedAt ?? finishedAt
    organization = report.organization
    rows = totals.rows
    inserted = totals.inserted
    changed = totals.changed
    deleted = totals.deleted
    quarantined = totals.quarantined
    pages = totals.pages
    requests = report.requests
    bytes = report.bytes
    seconds = report.duration.inSeconds
    waitedSeconds = report.waited.inSeconds
    problems = report.allProblems.map(\.messageWithAdvice)
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
