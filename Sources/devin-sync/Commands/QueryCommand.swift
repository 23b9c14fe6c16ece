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
      sync. In your own SQL, use :since, :until, :org and :user for the values of these options. It is an error to give an option that \
      the query does not use. If --limit cuts the result, stderr says how many rows there are.
      """)

  @Argument(
    help: ArgumentHelp("Name of a question, or SQL. Use - to read SQL from stdin.", valueName: "question|sql"),
    completion: .questions)
  var text: String?

  @Flag(help: "List all questions.") var list = false
  @Flag(help: "Print the SQL of a question instead of running it.") var sql = false
  @Flag(help: "Same as --as json.") var json = false
  @OptionGroup var rows: RowOptions
  @OptionGroup var period: PeriodOptions
  @Option(help: ArgumentHelp("Only this user or service user: id, name or email address.", valueName: "user"))
  var user: String?
  @Option(
    help: ArgumentHelp("Maximum number of rows to print. 0: all. Default: all, or the limit of the question.", valueName: "n"))
  var limit: Int?
  @Option(help: ArgumentHelp("Stop the query after this time. Default: 60s.", valueName: "time"))
  var timeout: DurationArgument?
  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    guard list || text != nil else { throw ValidationError("Name a question or give SQL. `query --list` lists the questions.") }
    let format = rows.format ?? .table
    if list, text != nil || sql || period.isGiven || user != nil || limit != nil || timeout != nil {
      throw ValidationError("--list can only be combined with options for its format.")
    }
    if sql, json || rows.areAsked || period.isGiven || user != nil || limit != nil || timeout != nil {
      throw ValidationError("--sql cannot be combined with other options.")
    }
    if json, ![.table, .json].contains(format) {
      throw ValidationError("--json and --as \(format.rawValue) exclude each other.")
    }
    if let limit, limit < 0 { throw ValidationError("--limit must be 0 or more.") }
  }

  func run() async throws {
    try await reporting {
      if list { return try await rows.pager.paging(printList) }
      let question = text.flatMap(MirrorQuestion.named)
      let sql = try Self.sql(of: text ?? "")
      if self.sql { return Console.printText(sql) }
      let reader = try MirrorReader(database: try database.path)
      do {
        try await rows.pager.paging { try await run(sql, question, reader) }
      } catch let error as MirrorError {
        guard case .unusableQuery = error else { throw error }
        throw Failure(.usage, error.message(withHintFor: sql))
      }
    }
  }

  private func run(_ sql: String, _ question: MirrorQuestion?, _ reader: MirrorReader) async throws {
    let limit = limit ?? question?.limit ?? 0
    let writer = rows.writer(json ? .json : .table, limit: limit == 0 ? nil : limit)
    let name = question.map { "the question `\($0.name)`" } ?? "this query"
    var parameters = try await period.parameters(of: sql, name, reader)
    if let user {
      try await PeriodOptions.demand("user", in: reader.parameters(of: sql), name)
      try await reader.demandUser(user)
      parameters["user"] = .text(user)
    }
    let query = try await question?.bound(parameters, at: database.rate, in: reader) ?? (sql: sql, parameters: parameters)
    let tally = Mutex((count: 0, totals: ColumnTotals(of: question?.totals ?? [])))
    let columns: [String]
    do {
      columns = try await reader.rows(of: query.sql, query.parameters, within: timeout?.duration ?? .seconds(60)) {
        columns, values in
        try writer.write(columns, values)
        tally.withLock { tally in
          tally.totals.add(columns, values, isShown: limit == 0 || tally.count < limit)
          tally.count += 1
        }
      }
    } catch {
      throw writer.mistake ?? error
    }
    let count = try writer.finish(columns)
    if limit > 0, count > limit {
      let totals = tally.withLock(\.totals.text)
      Console.say(
        "devin-sync: \(limit.grouped) of \(count.counted("row")) shown\(totals.isEmpty ? "" : ", with \(totals)"); --limit 0 shows all"
      )
    }
    if count == 0, !json, rows.format ?? .table == .table { Console.say("devin-sync: \(try await period.whyEmpty(reader))") }
  }

  private func printList() async throws {
    if json || (rows.format == .json && rows.fields == nil) {
      return try Console.printJSON(MirrorQuestion.all)
    }
    guard rows.areAsked else {
      var table = TextTable(["name", "question"])
      for question in MirrorQuestion.all { table.add([question.name, question.text]) }
      return rows.show(table)
    }
    try rows.print(
      MirrorQuestion.all,
      [.text("name") { $0.name }, .text("question") { $0.text }, .text("remark") { $0.remark }, .text("sql") { $0.sql }])
  }

  /// - Throws: `Failure` for a name that is not the name of a question.
  static func sql(of text: String) throws -> String {
    if text == "-" {
      return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
    }
    if let question = MirrorQuestion.named(text) { return question.sql }
    guard text.contains(where: \.isWhitespace) else {
      let near = MirrorQuestion.all.map(\.name).hint(for: text) ?? ""
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
      "First day: 2026-11-01, 2026-11, yesterday, last week, or 30d for the last 30 days including today. Billing days start at 08:00 UTC.",
      valueName: "day"))
  var since: FirstDayArgument?
  @Option(
    help: ArgumentHelp(
      "Last day (inclusive): 2026-11-30, 2026-11, yesterday, last week, or 7d for the day a week ago.", valueName: "day"))
  var until: DayArgument?
  @Option(help: ArgumentHelp("Only this organization.", valueName: "id"), completion: .organizations)
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
    where isGiven { try Self.demand(option, in: used, name) }
    if let org { try await reader.demandOrganization(org) }
    return values
  }

  /// - Parameters:
  ///   - option: an option that was given; its parameter has the same name.
  ///   - used: the parameters of the query.
  ///   - name: the name of the query, for messages.
  /// - Throws: `Failure` if the query does not use the option.
  static func demand(_ option: String, in used: Set<String>, _ name: String) throws {
    guard !used.contains(option) else { return }
    throw Failure(.usage, "\(name) does not use --\(option): it has no parameter :\(option). Leave the option out.")
  }

  /// Why a query found nothing, as a sentence.
  func whyEmpty(_ reader: MirrorReader) async throws -> String {
    let covered = try await reader.sessionDays().map { "the mirror covers sessions from \($0.first) to \($0.last)" }
    guard let covered else { return "No rows: the mirror has no sessions yet. `devin-sync status` shows what it has." }
    return since != nil || until != nil ? "No rows in this period; \(covered)." : "No rows; \(covered)."
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
