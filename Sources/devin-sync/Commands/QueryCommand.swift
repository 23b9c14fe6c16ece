import ArgumentParser
import DevinSync
import Foundation
import Synchronization

struct QueryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Run a question by its name, or any SELECT.",
    discussion: """
      --list prints all questions; docs/questions.md explains them. Reads only the file, cannot change it, and can run during a \
      sync. In your own SQL, use :since, :until and :org for the values of these options. It is an error to give an option that \
      the query does not use. If --limit cuts the result, stderr says how many rows there are.
      """)

  @Argument(
    help: ArgumentHelp("Name of a question, or SQL. Use - to read SQL from stdin.", valueName: "question|sql"),
    completion: .list(MirrorQuestion.all.map(\.name)))
  var text: String?

  @Flag(help: "List all questions.") var list = false
  @Flag(help: "Print the SQL of a question instead of running it.") var sql = false
  @Option(name: .customLong("as"), help: "Output format: table, json, ndjson, csv or markdown. Tables truncate long texts.")
  var format = TableFormat.table
  @Flag(help: "Same as --as json.") var json = false
  @OptionGroup var csv: CSVOptions
  @OptionGroup var period: PeriodOptions
  @Option(
    help: ArgumentHelp("Maximum number of rows to print. 0: all. Default: all, or the limit of the question.", valueName: "n"))
  var limit: Int?
  @Option(help: ArgumentHelp("Stop the query after this time. Default: 60s.", valueName: "time"))
  var timeout: DurationArgument?
  @OptionGroup var database: DatabaseOptions

  private struct Entry: Encodable {
    let name, question, remark, sql: String
  }

  func validate() throws {
    guard list || text != nil else { throw ValidationError("Name a question or give SQL. `query --list` lists the questions.") }
    try csv.validate(isCSV: format == .csv)
    if list, text != nil || sql || period.isGiven || limit != nil || timeout != nil {
      throw ValidationError("--list can only be combined with --as and --json.")
    }
    if list, ![.table, .json].contains(format) { throw ValidationError("--list can only be combined with --as table or json.") }
    if sql, json || format != .table || period.isGiven || limit != nil || timeout != nil {
      throw ValidationError("--sql cannot be combined with other options.")
    }
    if json, ![.table, .json].contains(format) {
      throw ValidationError("--json and --as \(format.rawValue) exclude each other.")
    }
    if let limit, limit < 0 { throw ValidationError("--limit must be 0 or more.") }
  }

  func run() async throws {
    try await reporting {
      if list { return try printList() }
      let question = text.flatMap(MirrorQuestion.named)
      let sql = try Self.sql(of: text ?? "")
      if self.sql { return Console.printText(sql) }
      let limit = limit ?? question?.limit ?? 0
      let writer = RowWriter(json ? .json : format, limit: limit == 0 ? nil : limit, isExact: csv.exact)
      let reader = try MirrorReader(database: try database.path)
      let parameters = try await period.parameters(of: sql, question.map { "the question `\($0.name)`" } ?? "this query", reader)
      let query = try await question?.bound(parameters, at: database.rate, in: reader) ?? (sql: sql, parameters: parameters)
      let tally = Mutex((count: 0, totals: ColumnTotals(of: question?.totals ?? [])))
      let columns = try await reader.rows(of: query.sql, query.parameters, within: timeout?.duration ?? .seconds(60)) {
        columns, values in
        try writer.write(columns, values)
        tally.withLock { tally in
          tally.totals.add(columns, values, isShown: limit == 0 || tally.count < limit)
          tally.count += 1
        }
      }
      let count = try writer.finish(columns)
      if limit > 0, count > limit {
        let totals = tally.withLock(\.totals.text)
        Console.say(
          "devin-sync: \(limit.grouped) of \(count.counted("row")) shown\(totals.isEmpty ? "" : ", with \(totals)"); --limit 0 shows all"
        )
      }
    }
  }

  private func printList() throws {
    if json || format == .json {
      return try Console.printJSON(
        MirrorQuestion.all.map { Entry(name: $0.name, question: $0.text, remark: $0.remark, sql: $0.sql) })
    }
    var table = TextTable(["name", "question"])
    for question in MirrorQuestion.all { table.add([question.name, question.text]) }
    table.lines.forEach(Console.print)
  }

  /// - Throws: `Failure` for a name that is not the name of a question.
  static func sql(of text: String) throws -> String {
    if text == "-" {
      return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
    }
    if let question = MirrorQuestion.named(text) { return question.sql }
    guard text.contains(where: \.isWhitespace) else {
      let near = MirrorQuestion.all.map(\.name).nearest(to: text).map { " Did you mean `\($0)`?" } ?? ""
      throw Failure(.usage, "there is no question `\(text)`.\(near) `devin-sync query --list` lists them.")
    }
    return text
  }
}

/// How text is written into CSV.
struct CSVOptions: ParsableArguments {
  @Flag(
    help: """
      In CSV, print texts unchanged. By default, a text that a spreadsheet would treat as a formula gets a leading apostrophe. Such a text starts \
      with =, +, -, @ or a tab, and is not a number.
      """)
  var exact = false

  func validate(isCSV: Bool) throws {
    guard !exact || isCSV else { throw ValidationError("--exact can only be combined with --as csv.") }
  }
}

/// A period in billing days, and an organization, for query commands.
struct PeriodOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "First day: 2026-11-01, or 30d for the last 30 days including today. Billing days start at 08:00 UTC.", valueName: "day"))
  var since: FirstDayArgument?
  @Option(help: ArgumentHelp("Last day (inclusive): 2026-11-30, or 7d for the day a week ago.", valueName: "day"))
  var until: DayArgument?
  @Option(help: ArgumentHelp("Only this organization.", valueName: "id"))
  var org: String?

  var isGiven: Bool { since != nil || until != nil || org != nil }

  func validate() throws {
    if let since, let until, since.day > until.day {
      throw ValidationError("--since \(since.day) is after --until \(until.day).")
    }
  }

  /// - Parameter name: the name of the query, for messages.
  /// - Throws: `Failure` for an option that the query does not use; `SyncError` for an organization that the mirror does not know.
  func parameters(of sql: String, _ name: String, _ reader: MirrorReader) async throws -> [String: MirrorReader.Value] {
    let used = isGiven ? try await reader.parameters(of: sql) : []
    for (option, isGiven) in [("since", since != nil), ("until", until != nil), ("org", org != nil)]
    where isGiven && !used.contains(option) {
      throw Failure(.usage, "\(name) does not use --\(option): it has no parameter :\(option). Leave the option out.")
    }
    if let org { try await reader.demandOrganization(org) }
    return values
  }

  private var values: [String: MirrorReader.Value] {
    [
      "since": since.map { .text($0.day) } ?? .null, "until": until.map { .text($0.day) } ?? .null,
      "org": org.map { .text($0) } ?? .null,
    ]
  }
}

/// A billing day on the command line: a date, or how long ago it was.
struct DayArgument: ExpressibleByArgument {
  /// `2026-11-01`.
  let day: String

  init?(argument: String) {
    guard let day = CalendarDay.billing(argument) else { return nil }
    self.day = day
  }
}

/// The first day of a period that ends today or later.
struct FirstDayArgument: ExpressibleByArgument {
  /// `2026-11-01`.
  let day: String

  init?(argument: String) {
    guard let day = CalendarDay.billing(argument, isFirst: true) else { return nil }
    self.day = day
  }
}
