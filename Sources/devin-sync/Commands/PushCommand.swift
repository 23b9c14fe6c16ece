import ArgumentParser
import DevinPush
import DevinSync
import Foundation

struct PushCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push",
    abstract: "Plan how edited files get back into Devin; with --apply, write them.",
    discussion: """
      Reads files that `devin-sync export content` wrote and that were edited, and new ones beside them. Compares each with the version that it \
      was made from and with what the server has now, and prints the plan as `git diff` would. Without --apply nothing but GET is sent. An object \
      that was changed on the server since the export is a conflict: it is shown and not touched, and the status is 65.

      The key that writes is its own: DEVIN_PUSH_API_KEY, or one that `devin-sync credentials add` keeps and --push-credential names. \
      docs/writing-back.md tells the rest.
      """)

  @Argument(help: ArgumentHelp("Files, or folders with files.", valueName: "path"), completion: .file()) var paths: [String]
  @Flag(help: "Write what the plan shows, after a question.") var apply = false
  @Flag(help: "Do not ask.") var yes = false
  @Flag(help: "Delete objects whose exported file is gone.") var delete = false
  @Flag(help: "Replace or delete also what was changed on the server since the export.") var overwrite = false
  @Flag(help: "Delete however many files are gone.") var allowMassDeletion = false
  @Option(help: ArgumentHelp("Only this kind: playbooks, notes, schedules or automations. May be repeated.", valueName: "kind"))
  var only: [String] = []
  @Option(help: ArgumentHelp("Stop after this many changes.", valueName: "n")) var limit: Int?
  @Flag(help: "Write with the key that reads.") var useReadingKey = false
  @Flag(help: "Print one JSON object per line.") var json = false
  @OptionGroup var settings: SettingFlags<PushFlags>
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    let all = DeclaredSettings.all
    if !apply, yes || limit != nil || settings.values[all.lockWait.key] != nil {
      throw ValidationError("--yes, --limit and --lock-wait are for --apply: without it nothing is written.")
    }
    if allowMassDeletion, !delete {
      throw ValidationError("--allow-mass-deletion is for --delete: without it nothing is deleted.")
    }
    if let limit, limit < 1 { throw ValidationError("--limit takes a number, 1 or more.") }
    for name in only where ContentKind(named: name) == nil {
      throw ValidationError("--only takes playbooks, notes, schedules or automations, not `\(name)`.")
    }
    if useReadingKey, settings.values[all.pushCredential.key] != nil {
      throw ValidationError("--push-credential and --use-reading-key both say which key writes. Give one of them.")
    }
    if !useReadingKey, connection.flags[all.apiKeyFile.key] != nil || connection.flags[all.credential.key] != nil {
      throw ValidationError(
        "--api-key-file and --credential name the key that reads. Use --push-credential, or add --use-reading-key.")
    }
  }

  func run() async throws {
    try await reporting {
      if apply, !yes, isatty(STDIN_FILENO) != 1 {
        throw Failure(.usage, "nothing was changed: there is no terminal to ask on. Pass --yes to go on without.")
      }
      let settings = try Settings(
        database.profile, flags: database.flags.merging(connection.flags) { $1 }.merging(self.settings.values) { $1 })
      let push = try await settings.push(usesReadingKey: useReadingKey)
      do {
        try await apply ? write(push, settings) : plan(push)
      } catch let error as PushError {
        throw failure(error)
      }
    }
  }

  private var options: PushOptions {
    var options = PushOptions()
    options.kinds = Set(only.compactMap(ContentKind.init(named:)))
    options.deletes = delete
    options.overwrites = overwrite
    options.allowsMassDeletion = allowMassDeletion
    options.limit = limit
    return options
  }

  private func plan(_ push: ContentPush) async throws {
    let plan = try await push.plan(paths, options)
    try PushDisplay(json: json).show(plan)
    if !json, !plan.writes.isEmpty { Console.print("Nothing was sent. --apply carries it out.") }
    if plan.hasConflicts { throw ExitCode(ExitStatus.unusableData.rawValue) }
  }

  private func write(_ push: ContentPush, _ settings: Settings) async throws {
    let run = try settings.options()
    var mirror = PushMirrorOptions()
    mirror.lockWait = run.lockWait
    mirror.omittedMembers = run.omittedMembers
    mirror.volatileMembers = run.volatileMembers
    let signals = Signals()
    mirror.status = { Self.status($0, signals.status).rawValue }
    let display = PushDisplay(json: json)
    let report = try await signals.cancelling { [paths, options, mirror, yes] in
      try await push.apply(paths, options, mirror) { plan in
        try display.show(plan)
        return try yes || Console.confirm("Write \(plan.writes.count.counted("change")) to Devin?")
      } each: { result in
        try display.show(result)
      }
    }
    if report.plan.writes.isEmpty { try display.show(report.plan) }
    display.show(stale: report.results)
    for open in report.open { Console.warn("\(open). Look at it in Devin.") }
    if report.wasCancelled { Console.error("interrupted; what was written stays, and is in the mirror.") }
    try Self.status(report, signals.status).exit()
  }

  private static func status(_ report: PushReport, _ signal: ExitStatus?) -> ExitStatus {
    if report.wasDeclined { return .success }
    var statuses = report.results.map(\.outcome.status)
    if report.plan.hasConflicts || !report.open.isEmpty { statuses.append(.unusableData) }
    if report.wasCancelled { statuses.append(signal ?? .interrupted) }
    return .combined(statuses)
  }

  // MARK: - Failures

  private func failure(_ error: PushError) -> Failure {
    switch error {
    case .files(let problems):
      for problem in problems.dropLast() { Console.error(problem.message) }
      return Failure(.unusableData, "\(problems.last?.message ?? "a file cannot be used"). Nothing was sent.")
    case .server(let error): return Failure(error.pushStatus, "\(error.message). Nothing was written.")
    case .foreignOrganization(let named, let own):
      return Failure(.configuration, "the organization \(named) was named, and the key belongs to \(own). Nothing was sent.")
    case .mirror(let error): return Failure(error.exitStatus, error.message)
    }
  }
}

extension Settings {
  /// - Throws: `Failure` when something is missing or wrong.
  fileprivate func push(usesReadingKey: Bool) async throws -> ContentPush {
    try Descriptors.demand()
    // The same mirror as for `sync`, with the key that writes.
    let mirror = try await mirror(with: usesReadingKey ? KeySource(self) : KeySource.push(self))
    return ContentPush(
      database: mirror.database, credential: mirror.credential, organizations: mirror.organizations, address: mirror.address,
      route: mirror.route, time: mirror.time, userAgent: DevinMirror.userAgent)
  }
}

extension APIError {
  /// What a command ends with that this error ended.
  var pushStatus: ExitStatus {
    switch reason {
    case .unauthorized, .forbidden: .permission
    case .rejected, .busy, .redirected, .notJSON, .unexpectedShape, .tooLarge: .unusableData
    case .cancelled: .interrupted
    default: .unavailable
    }
  }
}
