import DevinSync
import Files
import Foundation

/// Reports on a run besides its display: a log, a summary, metrics, a ping. If one of them fails, this is reported and changes
/// nothing else: the mirror is not affected.
struct AfterRun: Sendable {
  private let logFile: String?
  private let logFormat: RunLog.Format?
  private let logLevel: RunLog.Level
  private let summaryFile: String?
  private let metricsFile: String?
  private let ping: Receiver?

  /// The receiver of pings, and the network route to it.
  private struct Receiver: Sendable {
    let address: APIAddress
    let route: NetworkRoute
  }

  /// - Throws: `Failure` if a setting is invalid.
  init(_ settings: Settings) throws {
    logFile = try settings[\.logFile]
    logFormat = try settings[\.logFormat]
    logLevel = try settings.value(of: \.logLevel)
    summaryFile = try settings[\.summaryFile]
    ping = try settings[\.pingURL].map {
      Receiver(address: $0, route: try settings.route(to: $0))
    }
    let metrics = try settings.inForce(\.metricsFile)
    metricsFile = metrics.value.map { settings.isShared(metrics.origin) ? Self.path($0, of: settings.profile) : $0 }
  }

  /// Called before the run.
  func begin() async { await tell("/start") }

  /// - Parameter isHurried: a signal was received, and only two seconds remain.
  func end(_ summary: RunSummary, _ report: SyncReport?, isHurried: Bool) async {
    attempt("log") {
      guard logFile != nil || logFormat != nil else { return }
      let text = try RunLog(level: logLevel, format: logFormat ?? .text).text(of: summary, report)
      if let logFile { try PrivateFile.append(logFile, text: text) } else { Console.write(text, to: .standardError) }
    }
    attempt("summary file") {
      if let summaryFile { try PrivateFile.append(summaryFile, text: Console.json(summary).printable + "\n") }
    }
    if let metricsFile {
      let mirror = try? await MirrorStatus(database: summary.database)
      let success = try? await MirrorReader(database: summary.database)
        .answer("SELECT max(finished_at) FROM sync_runs WHERE status = 0")
      let last = success?.rows.first?.first?.time
      // Readable by the collector, which is another user; the file contains only names and numbers.
      attempt("metrics file") {
        try PrivateFile.replace(metricsFile, text: RunMetrics(summary, mirror, lastSuccess: last).text, mode: 0o644)
      }
    }
    switch summary.status {
    case .success: await tell("")
    // Another run is active, or this one will be continued: neither a success nor a failure.
    case .tryAgain: break
    default: await tell("/fail", isHurried: isHurried)
    }
  }

  private func attempt(_ what: String, _ work: () throws -> Void) {
    do { try work() } catch { Console.warn("the \(what) was not written: \(error). The mirror is not affected.") }
  }

  /// - Parameter isHurried: a signal has cancelled the run's task, and the ping must be sent nevertheless. Otherwise a
  ///   signal ends the ping too.
  private func tell(_ path: String, isHurried: Bool = false) async {
    guard let ping else { return }
    let send = { @Sendable in
      await Ping.send(to: ping.address, by: ping.route, path, limit: isHurried ? .milliseconds(700) : .seconds(5))
    }
    let trouble = isHurried ? await Task(operation: send).value : await send()
    if let trouble { Console.warn("the ping failed: \(trouble). The mirror is not affected.") }
  }

  /// Profiles that share a setting must not overwrite each other's metrics: `devin.prom` becomes `devin-work.prom`.
  private static func path(_ path: String, of profile: String?) -> String {
    guard let profile else { return path }
    let file = URL(fileURLWithPath: path)
    let name = file.deletingPathExtension().lastPathComponent
    return file.deletingLastPathComponent().appendingPathComponent("\(name)-\(profile)")
      .appendingPathExtension(file.pathExtension).path
  }
}
