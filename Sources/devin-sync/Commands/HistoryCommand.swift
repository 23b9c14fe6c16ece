import ArgumentParser
import DevinSync

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Print the recorded changes of one row.",
    discussion: """
      Each change has the time of the run that found it. Long texts are truncated; --json prints them in full. To compare notes \
      and playbooks line by line, use `devin-sync diff`. Changes made by `push` and `restore` name the key that made them. \
      `devin-sync restore` accepts the number of a change.
      """)

  @Argument(help: "Table of the row.", completion: .list(Catalogue.all.map(\.name))) var table: String
  @Argument(help: "Values of the key columns. For a session: its id or web address.") var key: [String]
  @Flag(help: "Print one JSON object per line.") var json = false
  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    try await reporting {
      guard let resource = Catalogue.resource(named: table) else {
        let near = Catalogue.all.map(\.name).nearest(to: table).map { " Did you mean `\($0)`?" } ?? ""
        throw Failure(.usage, "there is no table `\(table)` with a history.\(near) `devin-sync resources` lists them.")
      }
      let history = try await RowHistory(of: resource, key: key, in: MirrorReader(database: try database.path))
      if let knownFrom = history.knownFrom {
        Console.say(
          "devin-sync: changes between the first line and \(UnixTime(rawValue: knownFrom).iso8601) are unknown: `maintain --keep-changes` removed them"
        )
      }
      for event in history.events {
        guard !json else {
          try Console.printJSON(event)
          continue
        }
        let what =
          event.run.map { "run \($0)  \(event.changeID.map { "change \($0)  " } ?? "")\(event.change)" } ?? "first seen"
        let push = event.push.map { "  pushed (\($0.action)) with the key of \($0.principal ?? "an unknown user")" } ?? ""
        Console.print("\(UnixTime(rawValue: event.foundAt).iso8601)  \(what)\(push)")
        for field in event.fields {
          Console.print("  \(field.name): \((field.before ?? "nothing").cut) → \((field.after ?? "nothing").cut)")
        }
      }
    }
  }
}

extension String {
  /// At most 120 characters, with an ellipsis where the text was cut.
  fileprivate var cut: String { count > 120 ? prefix(119) + "…" : self }
}
