import DevinModel
import Foundation

/// Any JSON value. To tell two apart use `canonical`: to Swift, texts are equal that differ in their bytes.
package enum JSONValue: Hashable, Sendable, Decodable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// Reads an object; nil: the text is none.
  static func object(of text: String) -> [String: JSONValue]? {
    guard case .object(let members)? = try? JSONDecoder().decodeBounded(JSONValue.self, from: Data(text.utf8)) else { return nil }
    return members
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var object: [String: JSONValue]? { if case .object(let members) = self { members } else { nil } }
  var list: [JSONValue]? { if case .list(let values) = self { values } else { nil } }

  /// JSON with the members of objects sorted by their bytes, without white space.
  package var canonical: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): "\(value)"
    case .number(let value): value.isFinite ? (Int64(exactly: value).map { "\($0)" } ?? "\(value)") : "null"
    case .text(let value): Self.quoted(value)
    case .list(let values): "[\(values.map(\.canonical).joined(separator: ","))]"
    case .object(let members):
      "{\(Self.sorted(members).map { "\(Self.quoted($0.key)):\($0.value.canonical)" }.joined(separator: ","))}"
    }
  }

  static func sorted(_ members: [String: JSONValue]) -> [(key: String, value: JSONValue)] {
    members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  /// A text as JSON and as YAML read it: everything that one of them takes for a line break, or refuses, as an escape that both know.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{0}"..<" ", "\u{7f}"..<"\u{a0}", "\u{2028}", "\u{2029}", "\u{feff}", "\u{fffe}", "\u{ffff}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// The same without members that are null, in lists too: the API says the same with a member that is null and with one that is missing.
  var withoutNulls: JSONValue {
    switch self {
    case .list(let values): .list(values.map(\.withoutNulls))
    case .object(let members): .object(members.filter { $0.value != .null }.mapValues(\.withoutNulls))
    default: self
    }
  }
}
