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
  @Argument(help: "Id of the object, or its beginning.") var key: String
  @Option(
    help: ArgumentHelp(
      "Version to restore: the number of the change that created it, or a time (2026-11-01, 2026-11-01T08:00:00Z, 7d ago).",
      valueName: "change|time"))
  var to: String?
  @Flag(help: "Also replace an object that changed on the server since the last sync.") var overwrite = false
  @Flag(help: "Print one JSON object per line.") var json = false
  @OptionGroup var write: WriteOptions

  func validate() throws {
    guard ContentKind(named: table) != nil else {
      throw ValidationError("Rows of `\(table)` cannot be restored. Use playbooks, knowledge_notes, schedules or automations.")
    }
    if let to, Self.moment(to) == nil {
      throw ValidationError(
        "--to must be the number of a change, a time such as 2026-11-01T08:00:00Z, or an age such as 7d, not `\(to)`.")
    }
  }

  func run() async throws {
    try await reporting {
      try write.demandTerminal()
      guard let kind = ContentKind(named: table), let resource = Catalogue.resource(named: kind.resourceName) else { return }
      let settings = try write.allSettings()
      let push = try await write.push(settings)
      let key = try await MirrorReader(database: settings.database).demandObject(of: resource, key)
      var options = PushOptions()
      options.overwrites = overwrite
      let source = PushSource.version(of: kind, key: key, at: to.flatMap { Self.moment($0) } ?? .previous)
      try await PushWork(source: source, options: options, json: json, write: write).run(push, settings)
    }
  }

  /// - Returns: nil: it is neither a change nor a time.
  private static func moment(_ text: String) -> PastMoment? {
    if let change = Int64(text), change > 0 { return .change(change) }
    return MomentArgument(argument: text).map { .time($0.moment) }
  }
}
