import ArgumentParser
import DevinPush
import DevinSync
import Foundation

struct PushSessionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sessions",
    abstract: "Start sessions from the rows of a file, send messages, set tags, archive and end sessions.",
    discussion: """
      FILE has one JSON object per line. Each row has your own key and an action: create, message, tags, archive or terminate. \
      Without --apply, the plan is printed, and only GET requests are sent. With --apply, each row is sent at most once: its key is \
      stored in the mirror before the request is sent. A row that was sent before is `unchanged`, and its earlier result is printed. \
      Sessions cost money: --limit and --max-acus are hard limits. Without --limit, --apply asks for confirmation.

      After a lost response, devin-sync searches for the session by a unique tag, which it removes afterwards. It sends the row again \
      only if it is certain that no session was created. Otherwise the row stays open and is named, with status 65, until a later run \
      is certain, or you decide with --resolve.

      Prints one JSON object per row: key, action, outcome, session_id, url, error. A summary is printed to stderr. See \
      docs/writing-back.md.
      """)

  @Argument(help: ArgumentHelp("File with one JSON object per line.", valueName: "file"), completion: .file()) var file: String
  @Option(help: ArgumentHelp("Maximum number of rows to send. Does not ask for confirmation.", valueName: "n")) var limit: Int?
  @Option(
    help: ArgumentHelp(
      "Maximum sum of max_acu_limit of the started sessions. Every row needs a max_acu_limit.", valueName: "acus"))
  var maxAcus: Int?
  @Flag(help: "Allow rows with the action terminate. An ended session cannot be resumed.") var allowTerminate = false
  @Flag(help: "Start sessions without the unique tag. After a lost response, only a unique title can identify the session.")
  var noMarker =
    false
  @Option(
    help: ArgumentHelp(
      "Decide about an open row: KEY=SESSION_ID (it created this session), KEY=done, or KEY=none (send it again). May be repeated.",
      valueName: "key=result"))
  var resolve: [String] = []
  @OptionGroup var write: WriteOptions

  func validate() throws {
    if !write.apply, limit != nil || !resolve.isEmpty {
      throw ValidationError("--limit and --resolve need --apply.")
    }
    if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more.") }
    if let maxAcus, maxAcus < 1 { throw ValidationError("--max-acus must be 1 or more.") }
    for text in resolve where SessionResolution(text) == nil {
      throw ValidationError("--resolve must be KEY=SESSION_ID, KEY=done or KEY=none, not `\(text)`.")
    }
  }

  func run() async throws {
    try await reporting {
      if limit == nil { try write.demandTerminal() }
      let settings = try write.allSettings()
      if let failure = Failure.missing([file]) { throw failure }
      do {
        let rows = try SessionRows(path: file)
        let push = SessionPush(try await write.push(settings))
        try await write.apply ? apply(push, rows, settings) : plan(push, rows)
      } catch let error as PushError {
        throw error.failure
      }
    }
  }

  private var options: SessionOptions {
    var options = SessionOptions()
    options.marks = !noMarker
    options.allowsTermination = allowTerminate
    options.limit = limit
    options.acuLimit = maxAcus.map(Int64.init)
    options.resolutions = resolve.compactMap(SessionResolution.init)
    return options
  }

  private func plan(_ push: SessionPush, _ rows: SessionRows) async throws {
    let plan = try await push.plan(rows, options)
    for item in plan.items { try SessionDisplay.show(item) }
    SessionDisplay.summarize(plan)
    if !plan.sends.isEmpty { Console.say("Nothing was sent. Use --apply to send the changes.") }
    if plan.hasConflicts { throw ExitCode(ExitStatus.unusableData.rawValue) }
  }

  private func apply(_ push: SessionPush, _ rows: SessionRows, _ settings: Settings) async throws {
    let mirror = try write.mirrorOptions(settings)
    let signals = Signals()
    let asks = limit == nil && !write.yes
    let report = try await signals.cancelling { [options] in
      try await push.apply(rows, options, mirror) { report in
        Self.status(report, signals.status).rawValue
      } confirm: { plan in
        SessionDisplay.summarize(plan)
        return try !asks || Console.confirm(SessionDisplay.question(plan))
      } each: { result in
        try SessionDisplay.show(result)
      }
    }
    if let objection = report.objection { throw Failure(.usage, "\(objection). Nothing was sent.") }
    SessionDisplay.summarize(report)
    try Self.status(report, signals.status).exit()
  }

  private static func status(_ report: SessionReport, _ signal: ExitStatus?) -> ExitStatus {
    if report.objection != nil { return .usage }
    if report.wasDeclined { return .success }
    var statuses = report.results.map(\.outcome.status)
    if !report.openElsewhere.isEmpty || !report.markersLeft.isEmpty { statuses.append(.unusableData) }
    if report.results.contains(where: { $0.markerTrouble != nil }) { statuses.append(.unusableData) }
    if report.wasCancelled { statuses.append(signal ?? .interrupted) }
    return .combined(statuses)
  }
}
