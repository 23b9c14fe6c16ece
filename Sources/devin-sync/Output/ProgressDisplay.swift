import ArgumentParser
import DevinSync
import Foundation
import Synchronization

/// How a run is displayed.
enum ProgressMode: String, ExpressibleByArgument, CaseIterable {
  /// `bar` on a terminal, otherwise only problems.
  case auto
  /// A display of several lines on stderr, redrawn in place.
  case bar
  /// A line on stderr when a resource ends.
  case lines
  /// One JSON object per line on stdout.
  case json
  /// Only problems.
  case none
}

/// Shows a run in progress, and its result.
protocol ProgressDisplay: Sendable {
  func watch(_ events: AsyncStream<SyncEvent>) async
  /// - Parameter status: the exit status of the command.
  func finish(_ report: SyncReport, status: ExitStatus)
  /// The run could not begin.
  func fail(_ message: String, status: ExitStatus)
}

extension ProgressMode {
  /// - Parameter environment: what decides for `auto`: whether stderr is a terminal, and `TERM`.
  func display() -> any ProgressDisplay {
    switch self {
    case .auto: Console.standardErrorIsTerminal && Settings.environment("TERM") != "dumb" ? BarDisplay() : QuietDisplay()
    case .bar: Console.standardErrorIsTerminal ? BarDisplay() : LinesDisplay()
    case .lines: LinesDisplay()
    case .json: JSONDisplay()
    case .none: QuietDisplay()
    }
  }
}

/// Only problems: a successful run prints nothing.
struct QuietDisplay: ProgressDisplay {
  func watch(_ events: AsyncStream<SyncEvent>) async { for await _ in events {} }

  func finish(_ report: SyncReport, status: ExitStatus) { Self.sayProblems(of: report) }

  func fail(_ message: String, status: ExitStatus) { Console.error(message) }

  static func sayProblems(of report: SyncReport, except reported: Set<SyncProblem> = []) {
    for problem in report.allProblems where !reported.contains(problem) { Console.error(problem.messageWithAdvice) }
    if report.wasCancelled { Console.error("interrupted. Everything read so far is saved; the next run continues there.") }
    if report.ranOutOfTime {
      Console.error("the time limit was reached. Everything read so far is saved; the next run continues there.")
    }
  }
}

/// A line when a resource ends, and one for the run.
struct LinesDisplay: ProgressDisplay {
  func watch(_ events: AsyncStream<SyncEvent>) async {
    for await event in events {
      switch event {
      case .started(let run, let organization, let resources):
        Console.say(
          "run \(run): mirroring \(organization.isEmpty ? "the enterprise" : organization), \(resources.count.counted("resource"))"
        )
      case .finished(let report): Console.say(Self.line(for: report))
      case .progress, .problem: break
      }
    }
  }

  func finish(_ report: SyncReport, status: ExitStatus) {
    QuietDisplay.sayProblems(of: report)
    Console.say(Self.summary(of: report, status: status))
  }

  func fail(_ message: String, status: ExitStatus) { Console.error(message) }

  static func line(for report: ResourceReport) -> String {
    let counts = report.counts
    guard report.resource != FileContents.name else { return "\(report.resource): \(report.outcome.rawValue)" }
    let news = [
      (counts.inserted, "new"), (counts.changed, "changed"), (counts.deleted, "deleted"), (counts.quarantined, "quarantined"),
    ]
    .filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }
    let what =
      switch report.outcome {
      case .complete:
        (news.isEmpty ? "no changes" : news.joined(separator: ", "))
          + (report.notDueLists > 0 ? ", \(report.notDueLists.counted("list")) not due" : "")
          + (report.refusedLists > 0 ? ", \(report.refusedLists.counted("list")) this key may not read" : "")
      case .notDue: "not due: \(report.notDueLists.counted("list")) unchanged at the last read"
      case .forbidden: "skipped: this key was never allowed to read it"
      case .absent: "skipped: not available on this deployment"
      case .incomplete: (["incomplete"] + news).joined(separator: ", ")
      case .interrupted: (["not finished"] + news).joined(separator: ", ")
      }
    return "\(report.resource): \(what) (\(counts.rows.counted("row")) in \(counts.pages.counted("page")))"
  }

  static func summary(of report: SyncReport, status: ExitStatus) -> String {
    let totals = report.totals
    let news =
      totals.written == 0
      ? "no changes" : "\(totals.inserted.grouped) new, \(totals.changed.grouped) changed, \(totals.deleted.grouped) deleted"
    let skipped = report.resources.filter { $0.outcome == .forbidden || $0.outcome == .absent }.map(\.resource)
    let others = report.outOfReach.count
    let rest =
      (skipped.isEmpty ? "" : "; skipped: \(skipped.joined(separator: ", "))")
      + (others == 0 ? "" : "; \(others.counted("resource")) need an enterprise key")
    let files = report.files.map { "; files: \($0.summary)" } ?? ""
    return """
      run \(report.run): \(news); \(report.requests.counted("request")), \(report.bytes.inBytes) in \(report.duration.short)\(files)\(rest)\
      \(status == .success ? "" : "; status \(status.rawValue)")
      """
  }
}

/// Several lines on a terminal, redrawn in place.
final class BarDisplay: ProgressDisplay {
  private struct State {
    var progress = SyncProgress()
    var title = ""
    var drawn = 0
    var reported: Set<SyncProblem> = []
    let began = ContinuousClock.now
    /// When each resource was first seen at work.
    var firstSeen: [String: ContinuousClock.Instant] = [:]
  }

  private let state = Mutex(State())
  private let color = Terminal.errors.hasColor

  func watch(_ events: AsyncStream<SyncEvent>) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await event in events { self.take(event) }
      }
      // Redrawn at intervals, so that a wait remains visible.
      group.addTask {
        repeat { self.draw() } while (try? await Task.sleep(for: .milliseconds(150))) != nil
      }
      await group.next()
      group.cancelAll()
    }
  }

  private func take(_ event: SyncEvent) {
    switch event {
    case .started(_, let organization, _): state.withLock { $0.title = organization.isEmpty ? "the enterprise" : organization }
    case .progress(let progress):
      let now = ContinuousClock.now
      state.withLock { state in
        state.progress = progress
        for resource in progress.resources where state.firstSeen[resource.resource] == nil {
          state.firstSeen[resource.resource] = now
        }
      }
    // A problem that many lists may share is reported once, at the end.
    case .problem(let problem) where problem.isReportedAtTheEnd: break
    case .problem(let problem):
      state.withLock { _ = $0.reported.insert(problem) }
      above("devin-sync: \(problem.messageWithAdvice)")
    case .finished: break
    }
  }

  func finish(_ report: SyncReport, status: ExitStatus) {
    draw()
    // Problems of single resources were reported when they occurred; problems that stop a run are reported once, here.
    QuietDisplay.sayProblems(of: report, except: state.withLock { $0.reported })
    Console.say(LinesDisplay.summary(of: report, status: status))
  }

  func fail(_ message: String, status: ExitStatus) { Console.error(message) }

  private func above(_ line: String) {
    let erase = state.withLock { state in
      defer { state.drawn = 0 }
      return Self.erase(state.drawn)
    }
    Console.write(erase + line.printable + "\n", to: .standardError)
    draw()
  }

  private func draw() {
    let width = Console.width - 1
    let text = state.withLock { state in
      let lines = lines(of: state).map { $0.printable.cut(to: width) }
      // Each line is overwritten and only its rest erased: an empty moment in between would flicker.
      let up = state.drawn == 0 ? "" : "\u{1b}[\(state.drawn)A"
      state.drawn = lines.count
      return up + lines.map { styled($0) + "\u{1b}[K\n" }.joined() + "\u{1b}[J"
    }
    Console.write(text, to: .standardError)
  }

  private static func erase(_ lines: Int) -> String { lines == 0 ? "" : "\u{1b}[\(lines)A\u{1b}[J" }

  private func lines(of state: State) -> [String] {
    let progress = state.progress
    let names = progress.resources.map(\.resource.count).max() ?? 0
    let rows = progress.resources.map(\.counts.rows.grouped.count).max() ?? 0
    var lines = [
      "\(state.title)  \(progress.requests.counted("request"))  \(progress.bytes.inBytes)  \(state.began.duration(to: .now).short)"
    ]
    let shown = Self.shown(of: progress.resources)
    let hidden = progress.resources.filter { !shown.contains($0) }
    if !hidden.isEmpty {
      let counts = hidden.reduce(0) { $0 + $1.counts.rows }
      lines.append("✓ \(hidden.count.counted("other resource")), \(counts.counted("row"))")
    }
    for resource in shown {
      let name = resource.resource.padding(toLength: names, withPad: " ", startingAt: 0)
      let count = resource.counts.rows.grouped
      var line = "\(resource.isFinished ? "✓" : "·") \(name)  \(String(repeating: " ", count: rows - count.count))\(count)"
      if resource.isFinished {
        if resource.counts.written > 0 {
          line +=
            "  \(resource.counts.inserted.grouped) new, \(resource.counts.changed.grouped) changed, \(resource.counts.deleted.grouped) deleted"
        }
      } else {
        let elapsed = state.firstSeen[resource.resource].map { $0.duration(to: .now) } ?? .zero
        line += Advance(of: resource, in: progress).text(after: elapsed)
      }
      lines.append(line)
    }
    if progress.waiting > 0 {
      lines.append("  waiting: \(progress.waiting.counted("request")), \(progress.waitReason ?? "no response yet")")
    }
    return lines
  }

  /// As many as fit on a terminal: active resources first, then those that ended last.
  private static func shown(of resources: [ResourceProgress]) -> [ResourceProgress] {
    let room = max(3, min(14, Terminal.errors.height - 6))
    guard resources.count > room else { return resources }
    let atWork = resources.filter { !$0.isFinished }.prefix(room)
    let ended = resources.filter { $0.isFinished && $0.counts.written > 0 }.suffix(room - atWork.count)
    return resources.filter { atWork.contains($0) || ended.contains($0) }
  }

  private func styled(_ line: String) -> String {
    guard color else { return line }
    if line.hasPrefix("✓") { return "\u{1b}[32m✓\u{1b}[0m" + line.dropFirst() }
    if line.hasPrefix("  waiting") { return "\u{1b}[33m\(line)\u{1b}[0m" }
    return line
  }
}
