import ArgumentParser
import DevinPages
import DevinPush
import DevinSync
import Foundation

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Export rows, content, knowledge or a transcript.",
    subcommands: [ExportRowsCommand.self, ExportContentCommand.self, ExportKnowledgeCommand.self, ExportSessionCommand.self],
    defaultSubcommand: ExportRowsCommand.self)
}

struct ExportRowsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rows",
    abstract: "Print the current rows of a table or view, or the result of a question.",
    discussion: """
      `rows` is the default: `devin-sync export sessions` does the same. Memory use does not depend on the size of the table. \
      --since and --until filter by billing day: the day that a row names, or else the day on which it was created. These \
      options, and --org, are an error for a table or question without a day or organization.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case ndjson, csv
  }

  @Argument(
    help: ArgumentHelp("Table, view, or name of a question.", valueName: "table|question"),
    completion: .list(Catalogue.all.map(\.name) + MirrorQuestion.all.map(\.name)))
  var name: String
  @Option(name: .customLong("as"), help: "Output format: ndjson or csv.") var format = Format.ndjson
  @Option(help: ArgumentHelp("Print only these columns, separated by commas.", valueName: "a,b"))
  var fields: FieldList?
  @OptionGroup var csv: CSVOptions
  @Flag(help: "Also print rows that were deleted on the server.") var deleted = false
  @Flag(help: "Print the JSON objects as Devin sent them, one per line, instead of columns.") var raw = false
  @OptionGroup var period: PeriodOptions
  @OptionGroup var redaction: RedactionOptions
  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    try csv.validate(isCSV: format == .csv)
    guard !raw || fields == nil else { throw ValidationError("--raw prints whole objects; it cannot be combined with --fields.") }
    guard !raw || format == .ndjson else { throw ValidationError("--raw prints JSON; it cannot be combined with --as csv.") }
  }

  func run() async throws {
    try await reporting {
      let reader = try MirrorReader(database: try database.path)
      let sql = try query()
      let parameters = try await period.parameters(of: sql, name, reader)
      let redaction = try rowRedaction()
      guard !raw else {
        try await reader.rows(of: sql, parameters) { _, values in
          let object = values.first?.text ?? ""
          Console.print(redaction?.redact(object: object) ?? object)
        }
        return
      }
      let writer = RowWriter(format == .csv ? .csv : .ndjson, fields: fields?.names, isExact: csv.exact)
      do {
        let columns = try await reader.rows(of: sql, parameters) { columns, values in
          try writer.write(columns, redaction?.redact(columns, values) ?? values)
        }
        try writer.finish(columns)
      } catch {
        throw writer.mistake ?? error
      }
    }
  }

  /// Nil: rows are printed unchanged.
  private func rowRedaction() throws -> RowRedaction? {
    guard let key = try redaction.key() else { return nil }
    guard let resource = Catalogue.resource(named: name) else {
      throw Failure(
        .usage,
        "--redact is for tables of resources, but \(name) is not one. For other queries, make a redacted copy with `devin-sync backup --redact FILE`."
      )
    }
    return try RowRedaction(of: resource, secret: key)
  }

  private func query() throws -> String {
    if let table = try MirrorSchemaText.objects(of: name).first(where: { $0.kind != "index" }) {
      let isMirrored = table.columns.contains { $0.name == "_deleted_at" }
      if raw, !table.columns.contains(where: { $0.name == "_raw" }) {
        throw Failure(.usage, "\(name) has no objects from Devin; leave out --raw.")
      }
      let columns = raw ? "_raw" : table.columns.filter { $0.name != "_raw" }.map { "\"\($0.name)\"" }.joined(separator: ", ")
      if deleted, !isMirrored { throw Failure(.usage, "\(name) has no deleted rows; leave out --deleted.") }
      let conditions = (isMirrored && !deleted ? ["_deleted_at IS NULL"] : []) + (try conditions(Set(table.columns.map(\.name))))
      return "SELECT \(columns) FROM \"\(name)\"\(conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND "))"
    }
    guard let question = MirrorQuestion.named(name) else {
      let names = try MirrorSchemaText.names() + MirrorQuestion.all.map(\.name)
      throw Failure(
        .usage,
        "there is no table, view or question `\(name)`.\(names.hint(for: name) ?? "") `devin-sync schema` lists tables, `devin-sync query --list` questions."
      )
    }
    if raw || deleted { throw Failure(.usage, "--raw and --deleted are for tables, but \(name) is a question.") }
    return question.sql(at: try database.rate)
  }

  /// SQL conditions for the options.
  private func conditions(_ columns: Set<String>) throws -> [String] {
    var conditions: [String] = []
    if period.org != nil {
      guard columns.contains("org_id") else {
        throw Failure(.usage, "rows of \(name) have no organization; leave out --org.")
      }
      conditions.append("org_id = :org")
    }
    guard period.since != nil || period.until != nil else { return conditions }
    guard let day = Self.day(columns) else {
      throw Failure(
        .usage,
        "rows of \(name) have no day; leave out --since and --until, or write your own WHERE with `devin-sync query`.")
    }
    if period.since != nil { conditions.append("\(day) >= :since") }
    if period.until != nil { conditions.append("\(day) <= :until") }
    return conditions
  }

  /// SQL for the billing day of a row: the day in a view, otherwise that of the time when the row was created. Nil: it has none.
  private static func day(_ columns: Set<String>) -> String? {
    if let day = ["billing_day", "day"].first(where: columns.contains) { return "\"\(day)\"" }
    let times = ["created_at", "date", "started_at", "changed_at", "waited_from"]
    return times.first(where: columns.contains).map {
      "CASE typeof(\"\($0)\") WHEN 'text' THEN date(\"\($0)\", '-8 hours') "
        + "ELSE date(\(EngineTime.shown(sql: "\"\($0)\"")) - 28800, 'unixepoch') END"
    }
  }
}

struct ExportKnowledgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "knowledge",
    abstract: "Write notes and playbooks as Markdown files with front matter, for example to keep them in git.",
    usage: "devin-sync export knowledge [<options>] <folder>",
    discussion: """
      Unchanged files are not rewritten. The file of a deleted note or playbook is removed. Other files in the folder are not \
      touched: the file .devin-sync.json there lists the exported ones.
      """)

  @Argument(help: ArgumentHelp("Output folder. Created if it does not exist.", valueName: "folder"), completion: .directory)
  var folder: String
  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    try await reporting {
      let reader = try MirrorReader(database: try database.path)
      let documents = try await reader.documents(.notes) + reader.documents(.playbooks)
      let result = try ExportFolder(folder, beginning: KnowledgeDocument.Kind.beginning(of:)).write(
        documents.map { ExportFolder.File(path: $0.path, text: $0.markdown) })
      result.tell(of: folder)
    }
  }
}

struct ExportContentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "content",
    abstract: "Write playbooks, notes, schedules and automations as files that `push` reads.",
    usage: "devin-sync export content [<options>] <folder>",
    discussion: """
      Playbooks and notes become Markdown with front matter, schedules and automations YAML, one file each. A file says which \
      version of its object it was made from. A file that was edited and not pushed is not changed; a warning names it. \
      Unchanged files are not rewritten. The file of a deleted object is removed. Other files in the folder are not touched: the \
      file .devin-sync.json there lists the exported ones.
      """)

  @Argument(help: ArgumentHelp("Output folder. Created if it does not exist.", valueName: "folder"), completion: .directory)
  var folder: String
  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    try await reporting {
      let reader = try MirrorReader(database: try database.path)
      let export: ContentExport
      do {
        export = try await ContentExport(of: reader)
      } catch let problem as FileProblem {
        throw Failure(.configuration, "\(problem.message). Nothing was written.")
      }
      let result = try ExportFolder(folder, beginning: ContentExport.beginning(of:)).write(
        export.files.map { ExportFolder.File(path: $0.path, text: $0.text) },
        content: Dictionary(uniqueKeysWithValues: export.files.map { ($0.path, $0.entry) }), isEdited: ContentFile.isEdited)
      result.tell(of: folder)
    }
  }
}

extension ExportFolder.Result {
  fileprivate func tell(of folder: String) {
    if let first = leftAlone.first {
      let others = leftAlone.count > 1 ? " and \((leftAlone.count - 1).counted("other"))" : ""
      Console.warn(
        "\(folder)/.devin-sync.json lists \(first.prefix(100))\(others), which no export wrote. Nothing was removed there; it is not listed any more."
      )
    }
    for path in edited { Console.warn("\(folder)/\(path) was edited and not pushed; it was not changed.") }
    Console.print("\(folder): \(written.counted("file")) written, \(removed) removed, \(unchanged) unchanged")
  }
}

struct ExportSessionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "session", abstract: "Print the transcript of a session, as Markdown or as one HTML file.",
    usage: "devin-sync export session [<options>] <id>")

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case markdown, html
  }

  @Argument(help: ArgumentHelp("Session id or its beginning, or web address.", valueName: "id"), completion: .sessions)
  var id: String
  @Option(name: .customLong("as"), help: "Output format: markdown or html.") var format = Format.markdown
  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    try await reporting {
      let reader = try MirrorReader(database: try database.path)
      let story = try await SessionStory(reader.demandSession(id), in: reader)
      // The page escapes everything itself, including characters that reverse the direction of text.
      guard format == .markdown else { return Console.printText(TranscriptPage(story).html) }
      for line in story.markdown.split(separator: "\n", omittingEmptySubsequences: false) {
        Console.print(String(line))
      }
    }
  }
}
