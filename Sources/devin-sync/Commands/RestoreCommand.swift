import ArgumentParser
import DevinPush
import DevinSync
import Foundation

struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Show how an earlier version of an object would change Devin. With --apply, write it.",
    discussion: """
      Takes a version of a playbook, note, schedule or automation from the mirror's history. Without --to: the newest version that \
      differs from the current one. `devin-sync history TABLE KEY` lists the changes with their numbers. A deleted object is created \
      again, with a new id. Plan, confirmation and key are those of `devin-sync push`. Without --apply, only GET requests are sent.
      """)

  @Argument(
    help: "Table: playbooks, knowledge_notes, schedules or automations.",
    completion: .list(ContentKind.allCases.map(\.resourceName)))
  var table: String
  @Argument(help: "Id of the object.") var key: String
  @Option(
    help: ArgumentHelp(
      "Version to restore: the number of the change that created it, or a time (2026-11-01, 2026-11-01T08:00:00Z, 7d ago).",
      valueName: "change|time"))
  var to: String?
  @Flag(help: "Write the changes of the plan, after a confirmation.") var apply = false
  @Flag(help: "Do not ask for confirmation.") var yes = false
  @Flag(help: "Also replace an object that changed on the server since the last sync.") var overwrite = false
  @Flag(help: "Write with the key that sync uses.") var useReadingKey = false
  @Flag(help: "Print one JSON object per line.") var json = false
  @OptionGroup var settings: SettingFlags<PushFlags>
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    let all = DeclaredSettings.all
    guard ContentKind(named: table) != nil else {
      throw ValidationError("Rows of `\(table)` cannot be restored. Use playbooks, knowledge_notes, schedules or automations.")
    }
    if let to, Self.moment(to) == nil {
      throw ValidationError(
        "--to must be the number of a change, a time such as 2026-11-01T08:00:00Z, or an age such as 7d, not `\(to)`.")
    }
    if !apply, yes || settings.values[all.lockWait.key] != nil {
      throw ValidationError("--yes and --lock-wait need --apply.")
    }
    if useReadingKey, settings.values[all.pushCredential.key] != nil {
      throw ValidationError("--push-credential and --use-reading-key cannot be combined.")
    }
    if !useReadingKey, connection.flags[all.apiKeyFile.key] != nil || connection.flags[all.credential.key] != nil {
      throw ValidationError(
        "--api-key-file and --credential select the reading key. Use --push-credential, or add --use-reading-key.")
    }
  }

  func run() async throws {
    try await reporting {
      if apply, !yes, isatty(STDIN_FILENO) != 1 {
        throw Failure(.usage, "nothing was changed: there is no terminal to ask for confirmation. Use --yes.")
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
