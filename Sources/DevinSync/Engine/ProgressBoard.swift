import DevinAPI
import MirrorStore
import Synchronization

/// Adds up what the workers of a run have done, and publishes it as events. Workers write to it; the report reads from it.
final class ProgressBoard: Sendable {
  private struct State {
    var progress: [String: ResourceProgress] = [:]
    var reports: [String: ResourceReport] = [:]
    var lastReported = Duration.zero
  }

  /// There can be thousands of pages per second, so events are limited to this pace.
  private static let pace = Duration.milliseconds(20)

  private let state = Mutex(State())
  private let order: [String]
  private let events: AsyncStream<SyncEvent>.Continuation
  private let meter: RequestMeter
  private let time: TimeSource
  private let began: Duration

  init(resources: [String], events: AsyncStream<SyncEvent>.Continuation, meter: RequestMeter, time: TimeSource) {
    order = resources
    self.events = events
    self.meter = meter
    self.time = time
    began = time.elapsed()
    meter.watchWaits { [weak self] in self?.tell() }
  }

  func committed(_ outcome: PageOutcome, of resource: String, total: Int?) {
    update(resource) { progress, report in
      var counts = RowCounts()
      counts.pages = 1
      counts.rows = outcome.received
      counts.inserted = outcome.inserted
      counts.changed = outcome.changed + outcome.restored
      counts.quarantined = outcome.malformed
      progress.counts += counts
      progress.total = total
      report.counts += counts
      if outcome.outsideFilter > 0 { report.filterWasIgnored = true }
    }
    tellInPace()
  }

  func deleted(_ count: Int, of resource: String) {
    update(resource) { progress, report in
      progress.counts.deleted += count
      report.counts.deleted += count
    }
    tell()
  }

  func parents(of resource: String, found: Int = 0, done: Int = 0) {
    update(resource) { progress, _ in
      progress.parentsFound += found
      progress.parentsDone += done
    }
    tellInPace()
  }

  func problem(_ problem: SyncProblem, of resource: String) {
    let isNew = update(resource) { _, report in
      report.outcome = .incomplete
      guard !report.problems.contains(problem) else { return false }
      report.problems.append(problem)
      return true
    }
    if isNew { events.yield(.problem(problem)) }
  }

  /// Ends a resource.
  /// - Parameter outcomes: the outcome of each of its lists. If one could be read, refusals of others do not count.
  func finished(_ resource: String, outcomes: [ResourceReport.Outcome]) {
    let report = update(resource) { progress, report in
      let refusals = outcomes.filter { $0 == .forbidden || $0 == .absent }
      report.refusedLists = refusals.count < outcomes.count ? refusals.count : 0
      report.notDueLists = outcomes.count { $0 == .notDue }
      if outcomes.contains(.notDue), !outcomes.contains(.complete), report.outcome == .complete { report.outcome = .notDue }
      if outcomes.contains(.interrupted), report.outcome == .complete || report.outcome == .notDue {
        report.outcome = .interrupted
      }
      if let refusal = refusals.first, refusals.count == outcomes.count, report.outcome == .complete { report.outcome = refusal }
      progress.isFinished = report.outcome != .interrupted
      return report
    }
    events.yield(.finished(report))
    tell()
  }

  func report(of resource: String) -> ResourceReport {
    state.withLock { $0.reports[resource] ?? ResourceReport(resource) }
  }

  /// In the plan's order; resources that never began count as interrupted.
  var reports: [ResourceReport] {
    state.withLock { state in
      order.map { name in
        var report = state.reports[name] ?? ResourceReport(name)
        if state.progress[name]?.isFinished != true, report.outcome == .complete { report.outcome = .interrupted }
        return report
      }
    }
  }

  var progress: SyncProgress {
    var progress = SyncProgress()
    progress.resources = state.withLock { state in order.compactMap { state.progress[$0] } }
    let reading = meter.reading
    progress.requests = reading.requests
    progress.retries = reading.retries
    progress.bytes = reading.bytes
    progress.waiting = reading.waitingNow
    progress.waitReason = reading.waitingNow > 0 ? reading.waitReason : nil
    progress.elapsed = time.elapsed() - began
    return progress
  }

  @discardableResult
  private func update<Result>(_ resource: String, _ change: (inout ResourceProgress, inout ResourceReport) -> Result) -> Result {
    state.withLock { state in
      change(
        &state.progress[resource, default: ResourceProgress(resource: resource)],
        &state.reports[resource, default: ResourceReport(resource)])
    }
  }

  private func tellInPace() {
    let now = time.elapsed()
    let isDue = state.withLock { state in
      guard now - state.lastReported > Self.pace else { return false }
      state.lastReported = now
      return true
    }
    if isDue { tell() }
  }

  private func tell() { events.yield(.progress(progress)) }
}
