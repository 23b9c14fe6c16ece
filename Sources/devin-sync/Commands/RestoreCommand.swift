import ArgumentParser
import DevinPush
import DevinSync
import Foundation

struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Plan how an earlier version of an object gets back into Devin; with --apply, write it.",
    discussion: """
      Takes a version of a playbook, note, schedule or automation from the mirror's history: without --to the newest one that says something \
      else than the object does now. `devin-sync history TABLE KEY` lists the changes with their numbers. An object that was deleted is made \
      again; it gets a new id. Plans and writes as `devin-sync push` does, with the same key: without --apply nothing but GET is sent.
      """)

  @Argument(
    help: "Its table: playbooks, knowledge_notes, schedules or automations.",
    completion: .list(ContentKind.allCases.map(\.resourceName)))
  var table: String
  @Argument(help: "Its id.") var key: String
  @Option(
    help: ArgumentHelp(
      "The version that a change made, by the number of the change, or the one of a time (2026-11-01, 2026-11-01T08:00:00Z, 7d ago).",
      valueName: "change|time"))
  var to: String?
  @Flag(help: "Write what the plan shows, after a question.") var apply = false
  @Flag(help: "Do not ask.") var yes = false
  @Flag(help: "Replace also what was changed on the server since the last sync.") var overwrite = false
  @Flag(help: "Write with the key that reads.") var useReadingKey = false
  @Flag(help: "Print one JSON object per line.") var json = false
  @OptionGroup var settings: SettingFlags<PushFlags>
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    let all = DeclaredSettings.all
    guard ContentKind(named: table) != nil else {
      throw ValidationError("playbooks, knowledge_notes, schedules and automations can be written, and `\(table)` cannot.")
    }
    if let to, Self.moment(to) == nil {
      throw ValidationError("--to takes the number of a change, a time such as 2026-11-01T08:00:00Z, or 7d, not `\(to)`.")
    }
    if !apply, yes || settings.values[all.lockWait.key] != nil {
      throw ValidationError("--yes and --lock-wait are for --apply: without it nothing is written.")
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
      guard let kind = ContentKind(named: table) else { return }
      let settings = try Settings(
        database.profile, flags: database.flags.merging(connection.flags) { $1 }.merging(self.settings.values) { $1 })
      var options = PushOptions()
      options.overwrites = overwrite
      let source = PushSource.version(of: kind, key: key, at: to.flatMap { Self.moment($0) } ?? .previous)
      try await PushWork(source: source, options: options, json: json, apply: apply, yes: yes).run(
        settings.push(usesReadingKey: useReadingKey), settings)
    }
  }

  /// - Returns: nil: it is neither a change nor a time.
  private static func moment(_ text: String) -> PastMoment? {
    if let change = Int64(text), change > 0 { return .change(change) }
    return MomentArgument(argument: text).map { .time($0.moment.rawValue) }
  }
}
