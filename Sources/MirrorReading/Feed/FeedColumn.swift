import DevinModel
import Foundation
package import MirrorStore

/// A column of a table as a feed sends it, based on the schema's SQL.
package struct FeedColumn: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case text, integer, real
    /// Unix seconds; sent as a number and, in a second member, as RFC 3339 text.
    case time
    /// JSON, sent as such.
    case list, object
  }

  package let name: String
  package let kind: Kind
  /// The column's comment in the schema: unit, meaning of NULL, known values; nil: there is none.
  package let comment: String?

  package init(name: String, type: String, comment: ColumnComment?) {
    self.name = name
    self.comment = comment.flatMap { $0.text.isEmpty ? nil : $0.text }
    kind =
      switch (type, comment?.form) {
      case ("INTEGER", .time): .time
      case ("INTEGER", _): .integer
      case ("REAL", _): .real
      case (_, .object): .object
      case (_, .list): .list
      default: .text
      }
  }

  /// The object as Devin sent it.
  static let object = "_raw"
  static let deletedAt = "_deleted_at"
  /// Names that start with an underscore are bookkeeping; these columns are useful to others, too.
  static let bookkeeping = ["_first_synced_at", "_changed_at", deletedAt]

  /// The name of the second member of a time.
  package var textName: String? { kind == .time ? "\(name)_utc" : nil }

  /// The members of the record, each with the SQL of its value. A server may send anything, so a value whose type differs from the
  /// column's becomes NULL, and every line is valid JSON whatever the value is.
  /// - Parameter row: the SQL name of the row with the columns.
  func members(of row: String) -> [(name: String, sql: String)] {
    let value = "\(row).\(name.quotedAsName)"
    switch kind {
    case .text: return [(name, value)]
    case .integer: return [(name, Self.whole(value))]
    case .time: return [(name, Self.whole(value)), ("\(name)_utc", Self.utc(value))]
    case .real: return [(name, Self.real(value))]
    case .list: return [(name, Self.json(value, "array"))]
    case .object: return [(name, Self.json(value, "object"))]
    }
  }

  /// RFC 3339; NULL: it is not a time between 1970 and 9999.
  static func utc(_ value: String) -> String { "strftime('%Y-%m-%dT%H:%M:%SZ', \(EngineTime.seconds(sql: value)), 'unixepoch')" }

  private static func whole(_ value: String) -> String { "iif(typeof(\(value)) = 'integer', \(value), NULL)" }

  /// The shortest text that is parsed as the same number.
  private static func real(_ value: String) -> String {
    """
    iif(typeof(\(value)) = 'real' AND \(value) BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308,
      iif(CAST(printf('%!.15g', \(value)) AS REAL) = \(value), \(value), json(printf('%!.17g', \(value)))), NULL)
    """
  }

  private static func json(_ value: String, _ type: String) -> String {
    "iif(json_valid(\(value)), iif(json_type(\(value)) = '\(type)', json(\(value)), NULL), NULL)"
  }
}

// MARK: - JSON schema

extension FeedColumn {
  /// The properties of the record's schema, as JSON.
  func properties(isKey: Bool) -> [(name: String, schema: String)] {
    let null = isKey ? "" : ",\"null\""
    let description = comment.map { ",\"description\":\($0.quotedAsJSON)" } ?? ""
    func property(_ type: String, _ more: String = "") -> (name: String, schema: String) {
      (name, "{\"type\":[\"\(type)\"\(null)]\(more)\(description)}")
    }
    // Without these limits, a target might choose a column that is too narrow.
    let limits = ",\"minimum\":\(Int64.min),\"maximum\":\(Int64.max)"
    switch kind {
    case .text: return [property("string")]
    case .integer: return [property("integer", limits)]
    case .time:
      let text = "{\"type\":[\"string\",\"null\"],\"format\":\"date-time\",\"description\":\"\(name) as text\"}"
      return [property("integer", limits), ("\(name)_utc", text)]
    case .real: return [property("number")]
    case .list: return [property("array")]
    case .object: return [property("object")]
    }
  }
}

extension String {
  /// As a name in SQL.
  var quotedAsName: String { "\"\(replacing("\"", with: "\"\""))\"" }

  /// As a text in SQL.
  var quotedAsText: String { "'\(replacing("'", with: "''"))'" }

  /// As a text in JSON.
  var quotedAsJSON: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    // A text can always be encoded.
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }
}
