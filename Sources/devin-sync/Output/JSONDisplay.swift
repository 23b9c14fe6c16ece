import DevinSync
import Synchronization

/// One JSON object per line on stdout: `run_started` first, `run_finished` last, in every case. Members may be added,
/// never renamed. Times are seconds, sizes bytes.
final class JSONDisplay: ProgressDisplay {
  private let hasStarted = Mutex(false)

  private struct Started: Encodable {
    let event = "run_started"
    let runID: Int64?
    let profile = Console.profile
    let organization: String?
    let resources: [String]
    enum CodingKeys: String, CodingKey {
      case event, profile, organization, resources
      case runID = "run_id"
    }
  }

  private struct Progress: Encodable {
    struct Resource: Encodable {
      let resource: String
      let pages, rows, inserted, changed, deleted: Int
      let total: Int?
      let parentsDone, parentsFound: Int
      let finished: Bool
    }
    let event = "progress"
    let requests, retries, bytes, waiting: Int
    let waitReason: String?
    let seconds: Double
    let resources: [Resource]
  }

  private struct Trouble: Encodable {
    let event = "problem"
    let resource: String?
    let status: Int32
    let message: String
  }

  private struct ResourceFinished: Encodable {
    let event = "resource_finished"
    let report: ResourceReportJSON

    private enum CodingKeys: CodingKey { case event }

    func encode(to encoder: any Encoder) throws {
      try report.encode(to: encoder)
      var members = encoder.container(keyedBy: CodingKeys.self)
      try members.encode(event, forKey: .event)
    }
  }

  private struct Finished: Encodable {
    let event = "run_finished"
    var runID: Int64?
    let profile = Console.profile
    var organization: String?
    let status: Int32
    var rows = 0, inserted = 0, changed = 0, deleted = 0, pages = 0, requests = 0, bytes = 0
    var seconds = 0.0, waitedSeconds = 0.0
    var problems: [String] = []
    var resources: [ResourceReportJSON] = []
    var files: KeptFiles?
    enum CodingKeys: String, CodingKey {
      case event, profile, organization, status, rows, inserted, changed, deleted, pages, requests, bytes, seconds, waitedSeconds,
        problems, resources, files
      case runID = "run_id"
    }
  }

  func watch(_ events: AsyncStream<SyncEvent>) async {
    let clock = ContinuousClock()
    var lastShown = clock.now - .seconds(1)
    for await event in events {
      switch event {
      case .started(let run, let organization, let resources): start(run, organization.isEmpty ? nil : organization, resources)
      case .problem(let problem):
        print(Trouble(resource: problem.resource, status: problem.status.rawValue, message: problem.messageWithAdvice))
      case .finished(let report): print(ResourceFinished(report: ResourceReportJSON(report, describing: \.messageWithAdvice)))
      case .progress(let progress):
        guard lastShown.duration(to: clock.now) > .milliseconds(200) else { continue }
        lastShown = clock.now
        print(line(for: progress))
      }
    }
  }

  func finish(_ report: SyncReport, status: ExitStatus) {
    start(report.run, report.organization, report.resources.map(\.resource))
    let totals = report.totals
    var line = Finished(runID: report.run, organization: report.organization, status: status.rawValue)
    line.rows = totals.rows
    line.inserted = totals.inserted
    line.changed = totals.changed
    line.deleted = totals.deleted
    line.pages = totals.pages
    line.requests = report.requests
    line.bytes = report.bytes
    line.seconds = report.duration.inSeconds
    line.waitedSeconds = report.waited.inSeconds
    line.problems = report.allProblems.map(\.messageWithAdvice)
    line.files = report.files
    line.resources = report.resources.map { ResourceReportJSON($0, describing: \.messageWithAdvice) }
    print(line)
    QuietDisplay.sayProblems(of: report)
  }

  func fail(_ message: String, status: ExitStatus) {
    start(nil, nil, [])
    var line = Finished(status: status.rawValue)
    line.problems = [message]
    print(line)
    Console.error(message)
  }

  /// Events may be dropped, but this line must not be: the first caller writes it.
  private func start(_ run: Int64?, _ organization: String?, _ resources: [String]) {
    let isFirst = hasStarted.withLock { started in
      defer { started = true }
      return !started
    }
    if isFirst { print(Started(runID: run, organization: organization, resources: resources)) }
  }

  private func line(for progress: SyncProgress) -> Progress {
    Progress(
      requests: progress.requests, retries: progress.retries, bytes: progress.bytes, waiting: progress.waiting,
      waitReason: progress.waitReason, seconds: progress.elapsed.inSeconds,
      resources: progress.resources.map {
        Progress.Resource(
          resource: $0.resource, pages: $0.counts.pages, rows: $0.counts.rows, inserted: $0.counts.inserted,
          changed: $0.counts.changed, deleted: $0.counts.deleted, total: $0.total, parentsDone: $0.parentsDone,
          parentsFound: $0.parentsFound, finished: $0.isFinished)
      })
  }

  private func print(_ line: some Encodable) {
    if let json = try? Console.json(line) { Console.print(json) }
  }
}
