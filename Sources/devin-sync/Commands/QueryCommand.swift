import ArgumentParser
import DevinSync
import Foundation

struct QueryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Ask the mirror: a question by its name, or any SELECT.",
    discussion: """
      --list tells the questions that have a name; docs/questions.md explains them. Reads the file alone, may run while a sync does, \
      and cannot change anything. In SQL of your own, :since, :until and :org stand for the options of these names.
      """)

  @Argument(
    help: ArgumentHelp("Name of a question, or SQL; -: SQL from stdin.", valueName: "question|sql"),
    completion: .list(Question.all.map(\.name)))
  var text: String?

  @Flag(help: "List the questions that have a name.") var list = false
  @Flag(help: "Print the SQL of a question instead of its answer.") var sql = false
  @Option(name: .customLong("as"), help: "table, json, ndjson, csv or markdown. A table cuts long texts.")
  var format = TableFormat.table
  @Flag(help: "The same as --as json.") var json = false
  @OptionGroup var period: PeriodOptions
  @Option(help: ArgumentHelp("End the query after this long; default 60s.", valueName: "time"))
  var timeout: DurationArgument?
  @OptionGroup var database: DatabaseOptions

  private struct Entry: Encodable {
    let name, question, remark, sql: String
  }

  func validate() throws {
    guard list || text != nil else { throw ValidationError("Name a question or give SQL. `query --list` lists the questions.") }
  }

  func run() async throws {
    try await reporting {
      if list { return try printList() }
      let sql = try Self.sql(of: text ?? "")
      if self.sql { return Console.printText(sql) }
      let writer = RowWriter(json ? .json : format)
      let reader = try MirrorReader(database: try database.path)
      let columns = try await reader.rows(
        of: sql, try period.parameters, within: timeout?.duration ?? .seconds(60), row: writer.write)
      try writer.finish(columns)
    }
  }

  private func printList() throws {
    if json || format == .json {
      return try Console.printJSON(Question.all.map { Entry(name: $0.name, question: $0.text, remark: $0.remark, sql: $0.sql) })
    }
    var table = TextTable(["name", "question"])
    for question in Question.all { table.add([question.name, question.text]) }
    table.lines.forEach(Console.print)
  }

  /// - Throws: `Failure` for a word that is no question's name.
  static func sql(of text: String) throws -> String {
    if text == "-" {
      return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
    }
    if let question = Question.named(text) { return question.sql }
    guard text.contains(where: \.isWhitespace) else {
      let near = Question.all.map(\.name).nearest(to: text).map { " Did you mean `\($0)`?" } ?? ""
      throw Failure(.usage, "there is no question `\(text)`.\(near) `devin-sync query --list` lists them.")
    }
    return text
  }
}

/// A period in billing days, and an organization, for commands that answer.
struct PeriodOptions: ParsableArguments {
  @Option(help: ArgumentHelp("First day: 2026-11-01, or how long ago (30d). Days turn at 08:00 UTC.", valueName: "day"))
  var since: DayArgument?
  @Option(help: ArgumentHelp("Last day, included.", valueName: "day"))
  var until: DayArgument?
  @Option(help: ArgumentHelp("Only this organization.", valueName: "id"))
  var org: String?

  var parameters: [String: MirrorReader.Value] {
    [
      "since": since.map { .text($0.day) } ?? .null, "until": until.map { .text($0.day) } ?? .null,
      "org": org.map { .text($0) } ?? .null,
    ]
  }
}

/// A billing day on the command line.
struct DayArgument: ExpressibleByArgument {
  /// `2026-11-01`.
  let day: String

  init?(argument: String) {
    if let date = try? Date(argument, strategy: .iso8601.year().month().day()), argument.count == 10 {
      day = date.formatted(.iso8601.year().month().day())
    } else if let ago = DurationArgument(argument: argument)?.duration, argument.last == "d" || argument.last == "h" {
      // A billing day begins eight hours after the calendar's.
      let moment = Date(timeIntervalSinceNow: -Double(ago.components.seconds) - 8 * 3600)
      day = moment.formatted(.iso8601.year().month().day())
    } else {
      return nil
    }
  }
}
