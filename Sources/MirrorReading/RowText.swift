import DevinModel
import Foundation

/// Rows as CSV and as JSON, for files that other programs read.
package enum RowText {
  /// RFC 4180, with the names of the columns first. Texts are `withoutFormula`.
  package static func csv(_ columns: [String], _ rows: [[MirrorValue]]) -> String {
    var text = line(columns)
    for row in rows {
      text += line(
        row.map { value in if case .text(let text) = value { text.withoutFormula } else { value.text ?? "" } })
    }
    return text
  }

  /// A list of objects, with members in the order of the columns.
  package static func json(_ columns: [String], _ rows: [[MirrorValue]]) -> String {
    let objects = rows.map { row in
      "{" + zip(columns, row).map { "\(quoted($0)):\(value($1))" }.joined(separator: ",") + "}"
    }
    return "[" + objects.joined(separator: ",\n ") + "]\n"
  }

  private static func line(_ fields: [String]) -> String { csvLine(fields) + "\r\n" }

  /// One line of CSV by RFC 4180, without its end.
  package static func csvLine(_ fields: [String]) -> String {
    fields.map { field in
      field.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) } ? "\"" + field.doublingQuotes + "\"" : field
    }.joined(separator: ",")
  }

  private static func value(_ value: MirrorValue) -> String {
    switch value {
    case .null: "null"
    case .integer(let number): "\(number)"
    case .real(let number): number.isFinite ? "\(number)" : "null"
    case .text, .bytes: quoted(value.text ?? "")
    }
  }

  private static func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }
}

extension String {
  /// Each quote twice. It works on bytes: in Swift, a quote followed by a combining accent is one character, which is no quote.
  var doublingQuotes: String {
    let quote = UInt8(ascii: "\"")
    return String(decoding: utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }, as: UTF8.self)
  }

  /// Starts with an apostrophe if a spreadsheet would interpret the text as a formula: the author of a title or a message could otherwise
  /// make it send cells elsewhere. Numbers are unchanged. https://owasp.org/www-community/attacks/CSV_Injection
  package var withoutFormula: String {
    guard let first = unicodeScalars.first, "=+-@\t\r\n\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".unicodeScalars.contains(first),
      Double(self) == nil
    else { return self }
    return "'" + self
  }
}
