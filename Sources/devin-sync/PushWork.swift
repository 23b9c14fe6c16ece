import ArgumentParser
import DevinPush
import DevinSync
import Files
import Foundation

/// What `push` and `restore` do: show a plan, and carry it out if that is wished.
struct PushWork: Sendable {
  let source: PushSource
  let options: PushOptions
  let json: Bool
  let write: WriteOptions
  /// Called with a plan that is only shown.
  var keep: @Sendable (PushPlan, ContentPush) throws -> Void = { _, _ in }

  /// - Throws: `Failure`; `ExitCode`.
  func run(_ push: ContentPush, _ settings: Settings) async throws {
    do {
      try await write.apply ? apply(push, settings) : plan(push)
    } catch let error as PushError {
      throw error.failure
    }
  }

  private func plan(_ push: ContentPush) async throws {
    let plan = try await push.plan(source, options)
    try PushDisplay(json: json).show(plan)
    try keep(plan, push)
    if !json, !plan.writes.isEmpty { Console.print("Nothing was sent. Use --apply to send the changes.") }
    if plan.hasConflicts { throw ExitCode(ExitStatus.unusableData.rawValue) }
  }

  private func apply(_ push: ContentPush, _ settings: Settings) async throws {
    var mirror = try write.mirrorOptions(settings)
    let signals = Signals()
    mirror.status = { Self.status($0, signals.status).rawValue }
    let display = PushDisplay(json: json)
    let report = try await signals.cancelling { [source, options, mirror, write] in
      try await push.apply(source, options, mirror) { plan in
        try display.show(plan)
        return try write.yes || Console.confirm("Write \(plan.writes.count.counted("change")) to Devin?")
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
}

extension Failure {
  /// How `push` ends if there is nothing at a path of the command line: the mistake is in the command, not in a file. Nil: there is
  /// something at each.
  static func missing(_ paths: [String]) -> Failure? {
    let missing = paths.filter { FileFacts(at: $0) == nil }
    guard let first = missing.first else { return nil }
    let names = PushGroupCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
    let hint = missing.count == 1 ? names.hint(for: first) ?? "" : ""
    return Failure(
      .usage, "there is no file or folder \(missing.map { "`\($0)`" }.joined(separator: ", ")).\(hint) Nothing was sent.")
  }
}

extension PushError {
  /// How a command ends that could not plan or apply.
  var failure: Failure {
    switch self {
    case .files(let problems):
      for problem in problems.dropLast() { Console.error(problem.message) }
      return Failure(.unusableData, "\(problems.last?.message ?? "a file cannot be used"). Nothing was sent.")
    case .moved(let differences):
      differences.forEach(Console.error)
      return Failure(.unusableData, "files or the server are not as the saved plan says. Nothing was written.")
    case .unusable(let why): return Failure(.usage, "\(why). Nothing was sent.")
    case .server(let error): return Failure(error.pushStatus, "\(error.message). Nothing was written.")
    case .foreignOrganization(let named, let own):
      return Failure(.configuration, "the organization \(named) was named, and the key belongs to \(own). Nothing was sent.")
    case .noSingleOrganization:
      return Failure(.configuration, "the key belongs to no organization. Name one with --org or DEVIN_ORG_ID. Nothing was sent.")
    case .mirror(let error): return Failure(error.exitStatus, error.messageWithAdvice)
    }
  }
}

extension Settings {
  /// - Throws: `Failure` when something is missing or wrong.
  func push(usesReadingKey: Bool) async throws -> ContentPush {
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
