import ArgumentParser
import DevinSync

struct StatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Show rows, size and growth of each table.",
    usage: "devin-sync stats [<options>]",
    discussion: """
      Reads the whole file once. Tables without rows are left out.
      """)

  @Option(help: ArgumentHelp("Number of days to compute growth from.", valueName: "n")) var days = 30
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var rows: RowOptions
  @OptionGroup var database: DatabaseOptions

  private static let columns: [RowColumn<MirrorMaintenance.Statistics.Table>] = [
    .text("table") { $0.name }, .number("rows") { $0.rows }, .number("deleted") { $0.deleted }, .number("bytes") { $0.bytes },
    .text("new_rows_per_day") { $0.growth },
  ]

  func validate() throws {
    try rows.validate(json: json)
    guard (1...3650).contains(days) else { throw ValidationError("--days must be 1 to 3650.") }
  }

  func run() async throws {
    try await reporting {
      let statistics = try await MirrorMaintenance(database: try database.path).statistics(days: days)
      guard !json else { return try Console.printJSON(statistics) }
      if rows.areAsked { return try await rows.pager.paging { try rows.print(statistics.tables, Self.columns) } }
      var table = TextTable(["table", "rows", "deleted", "size", "new a day"], rightAligned: [1, 2, 3, 4])
      for entry in statistics.tables {
        table.add([
          entry.name, entry.rows.grouped, entry.deleted.grouped, entry.bytes?.inBytes ?? "?", entry.growth,
        ])
      }
      rows.show(table)
      Console.print(
        "\(try database.path): \(statistics.size.inBytes) (\(statistics.free.inBytes) of it free), write-ahead log \(statistics.log.inBytes)"
      )
      if let files = statistics.files { Console.print("files: \(files.summary)") }
    }
  }
}

extension MirrorMaintenance.Statistics.Table {
  /// Not shown for bookkeeping tables, whose growth is not meaningful.
  fileprivate var growth: String {
    guard newRowsPerDay > 0, !["sync_", "search_", "derived_"].contains(where: name.hasPrefix) else { return "" }
    return newRowsPerDay < 1 ? "under 1" : Int(newRowsPerDay.rounded()).grouped
  }
}
