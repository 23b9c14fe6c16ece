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
  }

  private let format: TableFormat
  /// Further rows are counted but not written; nil: all rows are written.
  private let limit: Int?
  /// Whether CSV contains text unchanged, even if a spreadsheet would interpret it as a formula.
  private let isExact: Bool
  private let progress = Mutex(Progress())
  private let isTerminal = isatty(STDOUT_FILENO) == 1

  /// The maximum width of a table cell, in characters.
  private static let widest = 80

  init(_ format: TableFormat, limit: Int? = nil, isExact: Bool = false) {
    self.format = format
    self.limit = limit
    self.isExact = isExact
  }

  func write(_ columns: [String], _ values: [MirrorReader.Value]) throws {
    let limit = limit ?? .max
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
    case .markdown: line("| " + values.map { Self.cell($0.text ?? "") }.joined(separator: " | ") + " |")
    }
  }

  /// Called after the last row.
  /// - Returns: the number of rows, including those beyond the limit.
  @discardableResult
  func finish(_ columns: [String]) throws -> Int {
    let (rows, count) = progress.withLock { ($0.rows, $0.count) }
    if count == 0 { try begin(columns) }
    switch format {
    case .json: line(count == 0 ? "[]" : "]")
    case .table:
      let numeric = columns.indices.filter { column in rows.allSatisfy { $0[column].isNumber || $0[column] == .null } }
      var table = TextTable(columns, rightAligned: Set(numeric))
      for row in rows { table.add(row.map { Self.short($0.text ?? "") }) }
      table.lines.forEach(Console.print)
    case .ndjson, .csv, .markdown: break
    }
    return count
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
    let quoted = fields.map { field in
      field.contains { ",\"\n\r".contains($0) || $0 == "\r\n" } ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
    }.joined(separator: ",")
    isTerminal ? line(quoted) : Console.write(quoted + "\n", to: .standardOutput)
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

  private static func short(_ text: String) -> String {
    text.count > widest ? text.prefix(widest - 1) + "…" : text
  }

  private static func cell(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("\r\n", with: "<br>").replacing("\n", with: "<br>")
  }
}

extension String {
  /// Starts with an apostrophe if a spreadsheet would interpret the text as a formula: the author of a title or a message could otherwise
  /// make it send cells elsewhere. Numbers are unchanged. https://owasp.org/www-community/attacks/CSV_Injection
  var withoutFormula: String {
    guard let first = unicodeScalars.first, "=+-@\t\r\n\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".unicodeScalars.contains(first),
      Double(self) == nil
    else { return self }
    return "'" + self
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
