import ArgumentParser
import DevinSync
import Foundation
import Synchronization

/// How rows are written.
enum TableFormat: String, CaseIterable, ExpressibleByArgument {
  case table, json, ndjson, csv, markdown
}

/// Writes rows to stdout as they arrive. Only a table for people waits for the last row, since that determines the column widths.
final class RowWriter: Sendable {
  private struct Progress {
    /// Only for a table.
    var rows: [[MirrorReader.Value]] = []
    var count = 0
    /// Positions of the columns that are written; nil: not decided yet.
    var places: [Int]?
    var mistake: Failure?
  }

  private let format: TableFormat
  /// The columns to write, in this order; nil: all.
  private let fields: [String]?
  /// Columns of Unix seconds, which people read as times.
  private let times: Set<String>
  private let timeText: TimeText
  /// Further rows are counted but not written; nil: all rows are written.
  private let limit: Int?
  /// Whether CSV contains text unchanged, even if a spreadsheet would interpret it as a formula.
  private let isExact: Bool
  /// The width of a table; nil: nothing is cut.
  private let width: Int?
  private let progress = Mutex(Progress())

  init(
    _ format: TableFormat, fields: [String]? = nil, times: Set<String> = [], timeText: TimeText = TimeText(), limit: Int? = nil,
    isExact: Bool = false, isWide: Bool = false
  ) {
    self.format = format
    self.fields = fields
    self.times = times
    self.timeText = timeText
    self.limit = limit
    self.isExact = isExact
    width = isWide ? nil : Terminal.output.width
  }

  /// Why `write` threw, for callers whose rows come from code that wraps errors.
  var mistake: Failure? { progress.withLock(\.mistake) }

  /// - Throws: `Failure` (64) if there is no column with the name of a field.
  func write(_ columns: [String], _ values: [MirrorReader.Value]) throws {
    let limit = limit ?? .max
    let places = try places(in: columns)
    let (columns, values) = (places.map { columns[$0] }, places.map { values[$0] })
    let count = progress.withLock { progress in
      if format == .table, progress.count < limit { progress.rows.append(values) }
      progress.count += 1
      return progress.count - 1
    }
    guard count < limit else { return }
    if count == 0 { try begin(columns) }
    switch format {
    case .table: break
    case .json: line((count == 0 ? "[" : ",\n ") + (try Self.object(columns, values)), ends: false)
    case .ndjson: line(try Self.object(columns, values))
    case .csv: csv(values.map { $0.isNumber || isExact ? $0.text ?? "" : ($0.text ?? "").withoutFormula })
    case .markdown: line("| " + texts(columns, values).map(Self.cell).joined(separator: " | ") + " |")
    }
  }

  /// Called after the last row.
  /// - Returns: the number of rows, including those beyond the limit.
  @discardableResult
  func finish(_ columns: [String]) throws -> Int {
    let columns = try places(in: columns).map { columns[$0] }
    let (rows, count) = progress.withLock { ($0.rows, $0.count) }
    if count == 0 { try begin(columns) }
    switch format {
    case .json: line(count == 0 ? "[]" : "]")
    case .table:
      let numeric = columns.indices.filter { column in
        !times.contains(columns[column]) && rows.allSatisfy { $0[column].isNumber || $0[column] == .null }
      }
      var table = TextTable(columns, rightAligned: rows.isEmpty ? [] : Set(numeric), overflow: .cut)
      for row in rows { table.add(texts(columns, row)) }
      table.show(within: width)
    case .ndjson, .csv, .markdown: break
    }
    return count
  }

  /// The positions of the columns to write. They are decided once, since the columns are the same for each row.
  private func places(in columns: [String]) throws -> [Int] {
    if let places = progress.withLock(\.places) { return places }
    let places = try fields.map { fields in
      try fields.map { field in
        guard let place = columns.firstIndex(of: field) else {
          let hint = columns.hint(for: field) ?? " There are: \(columns.joined(separator: ", "))."
          let mistake = Failure(.usage, "there is no column `\(field)`.\(hint)")
          progress.withLock { $0.mistake = mistake }
          throw mistake
        }
        return place
      }
    }
    let all = places ?? Array(columns.indices)
    progress.withLock { $0.places = all }
    return all
  }

  /// What people read: times instead of Unix seconds.
  private func texts(_ columns: [String], _ values: [MirrorReader.Value]) -> [String] {
    guard !times.isEmpty else { return values.map { $0.text ?? "" } }
    return zip(columns, values).map { column, value in
      if times.contains(column), case .integer(let seconds) = value { return timeText(UnixTime(rawValue: seconds)) }
      return value.text ?? ""
    }
  }

  private func begin(_ columns: [String]) throws {
    switch format {
    case .csv: csv(isExact ? columns : columns.map(\.withoutFormula))
    case .markdown:
      line("| " + columns.map(Self.cell).joined(separator: " | ") + " |")
      line("|" + String(repeating: "---|", count: columns.count))
    case .table, .json, .ndjson: break
    }
  }

  private func line(_ text: String, ends: Bool = true) {
    Console.write(
      text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }.joined(separator: "\n")
        + (ends ? "\n" : ""), to: .standardOutput)
  }

  /// Follows RFC 4180. A file gets the text unchanged; for a terminal, control characters are escaped.
  private func csv(_ fields: [String]) {
    let quoted = RowText.csvLine(fields)
    Terminal.output.isTerminal ? line(quoted) : Console.write(quoted + "\n", to: .standardOutput)
  }

  /// Members in the order of the columns, numbers as JSON numbers.
  private static func object(_ columns: [String], _ values: [MirrorReader.Value]) throws -> String {
    let members = try zip(columns, values).map { try "\(Console.json($0)):\(json($1))" }
    return "{\(members.joined(separator: ","))}"
  }

  private static func json(_ value: MirrorReader.Value) throws -> String {
    switch value {
    case .null: "null"
    case .integer(let number): "\(number)"
    case .real(let number): number.isFinite ? "\(number)" : "null"
    case .text(let text): try Console.json(text)
    case .bytes: try Console.json(value.text)
    }
  }

  private static func cell(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("\r\n", with: "<br>").replacing("\n", with: "<br>")
  }
}

extension MirrorReader.Value {
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .real: true
    default: false
    }
  }
}
