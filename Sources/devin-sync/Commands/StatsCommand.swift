import ArgumentParser
import DevinSync

struct StatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Show rows and bytes of each table, and how fast it grows.",
    discussion: "Reads the file alone, once from beginning to end. Tables without rows are left out.")

  @Option(help: ArgumentHelp("Days over which growth is looked at.", valueName: "n")) var days = 30
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    guard (1...3650).contains(days) else { throw ValidationError("--days takes a number from 1 to 3650.") }
  }

  func run() async throws {
    try await reporting {
      let statistics = try await MirrorMaintenance(database: try database.path).statistics(days: days)
      let tables = statistics.tables.filter { $0.rows + $0.deleted > 0 }.sorted { ($0.bytes ?? $0.rows) > ($1.bytes ?? $1.rows) }
      guard !json else { return try Console.printJSON(StatsJSON(statistics, tables)) }
      var table = TextTable(["table", "rows", "deleted", "size", "new a day"], rightAligned: [1, 2, 3, 4])
      for entry in tables {
        table.add([
          entry.name, entry.rows.grouped, entry.deleted.grouped, entry.bytes?.asBytes ?? "?", entry.growth,
        ])
      }
      table.lines.forEach(Console.print)
      Console.print(
        "\(try database.path): \(statistics.size.asBytes), of it \(statistics.free.asBytes) free, and a log of \(statistics.log.asBytes)"
      )
      if let files = statistics.files { Console.print("beside it, files: \(files.summary)") }
    }
  }
}

extension MirrorMaintenance.Statistics.Table {
  /// Bookkeeping has no history of its own.
  fileprivate var growth: String {
    guard newRowsPerDay > 0, !["sync_", "search_", "derived_"].contains(where: name.hasPrefix) else { return "" }
    return newRowsPerDay < 1 ? "under 1" : Int(newRowsPerDay.rounded()).grouped
  }
}

/// `stats --json`. Sizes are bytes; null: this SQLite does not tell.
private struct StatsJSON: Encodable {
  struct Table: Encodable {
    let name: String
    let rows, deleted: Int
    let bytes: Int?
    let newRowsPerDay: Double
  }
  let size, free, log: Int
  let days: Double
  let tables: [Table]
  let files: KeptFilesJSON?

  init(_ statistics: MirrorMaintenance.Statistics, _ tables: [MirrorMaintenance.Statistics.Table]) {
    size = statistics.size
    free = statistics.free
    log = statistics.log
    days = statistics.days
    files = statistics.files.map(KeptFilesJSON.init)
    self.tables = tables.map {
      Table(name: $0.name, rows: $0.rows, deleted: $0.deleted, bytes: $0.bytes, newRowsPerDay: $0.newRowsPerDay)
    }
  }
}
