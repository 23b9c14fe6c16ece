import ArgumentParser
import DevinSync

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Print the recorded changes of one row.",
    usage: "devin-sync history [<options>] <table> <key> ...",
    discussion: """
      Each change has the time of the run that found it. Long texts are truncated; --json prints them in full. To compare notes \
      and playbooks line by line, use `devin-sync diff`. Changes made by `push` and `restore` name the key that made them. \
      `devin-sync restore` accepts the number of a change.
      """)

  @Argument(help: "Table of the row.", completion: .list(Catalogue.all.map(\.name))) var table: String
  @Argument(
    help: "Values of the key columns. One id may be given by its beginning, and a session by its web address.",
    completion: .keys)
  var key: [String]
  @Flag(help: "Print one JSON object per line.") var json = false
  @OptionGroup var rows: RowOptions
  @OptionGroup var time: TimeOptions
  @OptionGroup var database: DatabaseOptions

  func validate() throws { try rows.validate(json: json) }

  func run() async throws {
    try await reporting {
      guard let resource = Catalogue.resource(named: table) else {
        let near = Catalogue.all.map(\.name).hint(for: table) ?? ""
        throw Failure(.usage, "there is no table `\(table)` with a history.\(near) `devin-sync resources` lists them.")
      }
      let reader = try MirrorReader(database: try database.path)
      let key = key.count == 1 ? [try await reader.demandRow(of: resource, key[0])] : key
      let history = try await RowHistory(of: resource, key: key, in: reader)
      try await rows.pager.paging { try show(history) }
    }
  }

  /// A field that an event changed. An event without fields has one row, too.
  private struct FieldChange {
    let event: RowHistory.Event
    let field: RowHistory.Field?

    static func all(_ event: RowHistory.Event) -> [FieldChange] {
      let fields = event.fields.map { FieldChange(event: event, field: $0) }
      return fields.isEmpty ? [FieldChange(event: event, field: nil)] : fields
    }
  }

  private static let columns: [RowColumn<FieldChange>] = [
    .time("found_at") { $0.event.foundAt }, .number("run_id") { $0.event.run.map { Int($0) } },
    .number("change_id") { $0.event.changeID.map { Int($0) } }, .text("change") { $0.event.change },
    .text("field") { $0.field?.name }, .text("before") { $0.field?.before }, .text("after") { $0.field?.after },
    .text("pushed_by") { $0.event.push?.principal },
  ]

  private func show(_ history: RowHistory) throws {
    let time = time.text
    if let knownFrom = history.knownFrom {
      Console.say(
        "devin-sync: changes between the first line and \(time(knownFrom)) are unknown: `maintain --keep-changes` removed them")
    }
    guard !rows.areAsked else {
      return try rows.print(history.events.flatMap(FieldChange.all), Self.columns, time)
    }
    for event in history.events {
      guard !json else {
        try Console.printJSON(event)
        continue
      }
      let what = event.run.map { "run \($0)  \(event.changeID.map { "change \($0)  " } ?? "")\(event.change)" } ?? "first seen"
      let push = event.push.map { "  pushed (\($0.action)) with the key of \($0.principal ?? "an unknown user")" } ?? ""
      Console.print("\(time(event.foundAt))  \(what)\(push)")
      for field in event.fields {
        Console.print("  \(field.name): \((field.before ?? "nothing").cut) → \((field.after ?? "nothing").cut)")
      }
    }
  }
}

extension String {
  /// At most 120 characters, with an ellipsis where the text was cut.
  fileprivate var cut: String { count > 120 ? prefix(119) + "…" : self }
}
