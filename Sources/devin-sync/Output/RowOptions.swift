import ArgumentParser
import DevinSync

/// How rows are printed, for every command that prints rows.
struct RowOptions: ParsableArguments {
  @Option(name: .customLong("as"), help: ArgumentHelp("Print rows in this format.", valueName: "format"))
  var format: TableFormat?
  @Option(help: ArgumentHelp("Print only these columns, separated by commas.", valueName: "a,b"))
  var fields: FieldList?
  @Flag(help: "Do not shorten tables to the width of the terminal.") var wide = false
  @OptionGroup var csv: CSVOptions
  @OptionGroup var pager: PagerOptions

  func validate() throws { try csv.validate(isCSV: format == .csv) }

  /// Whether rows are wanted instead of the command's usual output.
  var areAsked: Bool { format != nil || fields != nil }

  /// - Parameter json: whether `--json` was given, which keeps its own form.
  func validate(json: Bool) throws {
    guard !json || !areAsked else {
      throw ValidationError("--json prints its own form. For rows as JSON, use --as json, also with --fields.")
    }
  }

  func writer(
    _ usual: TableFormat = .table, times: Set<String> = [], timeText: TimeText = TimeText(), limit: Int? = nil
  ) -> RowWriter {
    RowWriter(
      format ?? usual, fields: fields?.names, times: times, timeText: timeText, limit: limit, isExact: csv.exact, isWide: wide)
  }

  /// Prints the rows of a command.
  func print<Row>(_ rows: some Sequence<Row>, _ columns: [RowColumn<Row>], _ timeText: TimeText = TimeText()) throws {
    let names = columns.map(\.name)
    let writer = writer(times: Set(columns.filter(\.isTime).map(\.name)), timeText: timeText)
    for row in rows { try writer.write(names, columns.map { $0.value(row) }) }
    try writer.finish(names)
  }

  /// Shows a table that is part of a report.
  func show(_ table: TextTable) { table.show(within: wide ? nil : Terminal.output.width) }
}

/// A column of rows that a command makes. Columns that matter most come first, since the last ones are left out on a narrow screen.
struct RowColumn<Row>: Sendable {
  let name: String
  /// Whether its numbers are Unix seconds.
  let isTime: Bool
  let value: @Sendable (Row) -> MirrorReader.Value

  private init(_ name: String, isTime: Bool = false, value: @escaping @Sendable (Row) -> MirrorReader.Value) {
    self.name = name
    self.isTime = isTime
    self.value = value
  }

  static func text(_ name: String, _ value: @escaping @Sendable (Row) -> String?) -> Self {
    Self(name) { value($0).map { .text($0) } ?? .null }
  }

  static func number(_ name: String, _ value: @escaping @Sendable (Row) -> Int?) -> Self {
    Self(name) { value($0).map { .integer(Int64($0)) } ?? .null }
  }

  static func time(_ name: String, _ value: @escaping @Sendable (Row) -> UnixTime?) -> Self {
    Self(name, isTime: true) { .time(value($0)) }
  }
}

/// Names of columns on the command line: `title,acus`.
struct FieldList: ExpressibleByArgument {
  let names: [String]

  init?(argument: String) {
    names = argument.split(separator: ",").map { String($0.drop { $0 == " " }).withoutSpacesAtTheEnd }
    if names.isEmpty || names.contains("") { return nil }
  }
}

extension Collection<String> {
  /// A suggestion for a name that does not exist, with a space before it; nil: no name is similar.
  func hint(for name: String) -> String? { nearest(to: name).map { " Did you mean `\($0)`?" } }
}
