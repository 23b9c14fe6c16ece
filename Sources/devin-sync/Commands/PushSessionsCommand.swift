import ArgumentParser
import DevinPush
import DevinSync
import Foundation

struct PushSessionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sessions",
    abstract: "Start sessions from the rows of a file; send messages, set tags, archive and end sessions.",
    discussion: """
      FILE has one JSON object a line, each with a key of your own and an action: create, message, tags, archive or terminate. \
      Without --apply the plan is printed, and nothing but GET is sent. With it, each row is sent at most once: its key is in the journal of the \
      mirror before it leaves, and a row that was sent before is `unchanged` and printed with its former answer. Sessions cost money: --limit \
      and --max-acus are hard caps, and without --limit --apply asks.

      If an answer is lost, the session is looked for by a tag of its own, which is removed afterwards. A row that looking does not find is \
      never sent again by itself. It stays open, is named, and the status is 65, until you say what is true with --resolve.

      Prints one JSON object per row: key, action, outcome, session_id, url, error. A summary goes to stderr. docs/writing-back.md tells the rest.
      """)

  @Argument(help: ArgumentHelp("File with one JSON object a line.", valueName: "file"), completion: .file()) var file: String
  @Option(help: ArgumentHelp("Send this many rows at most, without asking.", valueName: "n")) var limit: Int?
  @Option(
    help: ArgumentHelp(
      "Start sessions only as long as the sum of their max_acu_limit is not above this. Each needs one.", valueName: "acus"))
  var maxAcus: Int?
  @Flag(help: "Carry out rows with the action terminate. A session that was ended cannot be resumed.") var allowTerminate = false
  @Flag(help: "Start sessions without a tag to look for. After a lost answer only a title of its own can tell.") var noMarker =
    false
  @Option(
    help: ArgumentHelp(
      "What is true of an open row: KEY=SESSION_ID (it created this session), KEY=done, or KEY=none (send it again). May be repeated.",
      valueName: "key=truth"))
  var resolve: [String] = []
  @OptionGroup var write: WriteOptions

  func validate() throws {
    if !write.apply, limit != nil || !resolve.isEmpty {
      throw ValidationError("--limit and --resolve are for --apply: without it nothing is sent.")
    }
    if let limit, limit < 1 { throw ValidationError("--limit takes a number, 1 or more.") }
    if let maxAcus, maxAcus < 1 { throw ValidationError("--max-acus takes a number, 1 or more.") }
    for text in resolve where SessionResolution(text) == nil {
      throw ValidationError("--resolve takes KEY=SESSION_ID, KEY=done or KEY=none, not `\(text)`.")
    }
  }

  func run() async throws {
    try await reporting {
      if limit == nil { try write.demandTerminal() }
      let settings = try write.allSettings()
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
    if !plan.sends.isEmpty { Console.say("Nothing was sent. --apply carries it out.") }
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
