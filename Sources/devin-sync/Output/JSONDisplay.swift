import DevinSync
import Synchronization

/// One JSON object per line on stdout: `run_started` first, `run_finished` last, in every case. Members may be added,
/// never renamed. Times are seconds, sizes bytes.
final class JSONDisplay: ProgressDisplay {
  private let hasStarted = Mutex(false)

  func watch(_ events: AsyncStream<SyncEvent>) async {
    let clock = ContinuousClock()
    var lastShown = clock.now - .seconds(1)
    for await event in events {
      switch event {
      case .started(let run, let organization, let resources): start(run, organization.isEmpty ? nil : organization, resources)
      case .problem(let problem):
        let status = ExitStatus.run(problem.status).rawValue
        print("problem", adding: ["resource": problem.resource, "status": status, "message": problem])
      case .finished(let report): print("resource_finished", report)
      case .progress(let progress):
        guard lastShown.duration(to: clock.now) > .milliseconds(200) else { continue }
        lastShown = clock.now
        print("progress", progress)
      }
    }
  }

  func finish(_ report: SyncReport, status: ExitStatus) {
    start(report.run, report.organization, report.resources.map(\.resource))
    print("run_finished", report, adding: ["profile": Console.profile, "status": status.rawValue])
    QuietDisplay.sayProblems(of: report)
  }

  func fail(_ message: String, status: ExitStatus) {
    start(nil, nil, [])
    print("run_finished", SyncReport(), adding: ["profile": Console.profile, "status": status.rawValue, "problems": [message]])
    Console.error(message)
  }

  /// Events may be dropped, but this line must not be: the first caller writes it.
  private func start(_ run: Int64?, _ organization: String?, _ resources: [String]) {
    let isFirst = hasStarted.withLock { started in
      defer { started = true }
      return !started
    }
    guard isFirst else { return }
    print(
      "run_started",
      adding: ["run_id": run, "profile": Console.profile, "organization": organization, "resources": resources])
  }

  private func print(_ event: String, _ fact: any Encodable = JSONMembers(), adding members: JSONMembers = [:]) {
    if let json = try? Console.json(JSONObject(JSONMembers(("event", event)), fact, adding: members)) { Console.print(json) }
  }
}
