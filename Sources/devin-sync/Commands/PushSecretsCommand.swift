import ArgumentParser
import DevinPush
import DevinSync
import Foundation

struct PushSecretsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secrets",
    abstract: "Create or replace secrets, with values from variables, programs or a prompt.",
    discussion: """
      FILE is YAML with one member per secret: its name, and below it type, note, is_sensitive and value_from. value_from is \
      `env: NAME` or `command: [PROGRAM, ARGUMENT…]`. Without value_from, a prompt asks for the value. A value in the file is an error.

      Without --apply, the plan is printed, and only GET requests are sent. Devin has no request to read a value or to change a secret. \
      An existing secret is not changed. With --replace, a new secret is created and verified, and then the old one is deleted. No \
      value, and no hash of a value, is stored.
      """)

  @Argument(help: ArgumentHelp("YAML file with the names of the secrets.", valueName: "file"), completion: .file()) var file:
    String
  @Flag(help: "Replace existing secrets.") var replace = false
  @Flag(help: "Delete the old secret before the new one is created, if Devin does not allow two with the same name.")
  var allowGap =
    false
  @Flag(help: "Print one JSON object per line.") var json = false
  @OptionGroup var write: WriteOptions

  func validate() throws {
    if allowGap, !replace { throw ValidationError("--allow-gap needs --replace.") }
  }

  func run() async throws {
    try await reporting {
      try write.demandTerminal()
      let settings = try write.allSettings()
      if let failure = Failure.missing([file]) { throw failure }
      do {
        let secrets = try SecretFile(path: file)
        let push = SecretPush(try await write.push(settings))
        try await write.apply ? apply(push, secrets, settings) : plan(push, secrets)
      } catch let error as PushError {
        throw error.failure
      }
    }
  }

  private var options: SecretOptions {
    var options = SecretOptions()
    options.replaces = replace
    options.allowsGap = allowGap
    return options
  }

  private func plan(_ push: SecretPush, _ secrets: SecretFile) async throws {
    let plan = try await push.plan(secrets, options)
    let display = SecretDisplay(json: json)
    try display.show(plan)
    if !json, !plan.writes.isEmpty { Console.print("Nothing was sent. Use --apply to send the changes.") }
  }

  private func apply(_ push: SecretPush, _ secrets: SecretFile, _ settings: Settings) async throws {
    // Which secrets are asked for is known from the file, so that a run without a terminal fails before it has done half of its work.
    if secrets.entries.contains(where: { $0.source == .prompt }), isatty(STDIN_FILENO) != 1 {
      throw Failure(.usage, "nothing was changed: a secret without value_from is asked for, and there is no terminal to ask on.")
    }
    let mirror = try write.mirrorOptions(settings)
    let signals = Signals()
    let display = SecretDisplay(json: json)
    let source = SecretSource(secrets.entries)
    let report = try await signals.cancelling { [options, write] in
      try await push.apply(secrets, options, mirror) { report in
        Self.status(report, signals.status).rawValue
      } value: { entry in
        try await source.value(of: entry)
      } confirm: { plan in
        try display.show(plan)
        return try write.yes || Console.confirm("Write \(plan.writes.count.counted("secret")) to Devin?")
      } each: { result in
        try display.show(result)
      }
    }
    if report.plan.writes.isEmpty { try display.show(report.plan) }
    if report.wasCancelled { Console.error("interrupted; what was written stays, and is in the mirror.") }
    try Self.status(report, signals.status).exit()
  }

  private static func status(_ report: SecretReport, _ signal: ExitStatus?) -> ExitStatus {
    if report.wasDeclined { return .success }
    var statuses = report.results.map(\.outcome.status)
    if report.wasCancelled { statuses.append(signal ?? .interrupted) }
    return .combined(statuses)
  }
}
