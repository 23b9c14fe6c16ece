/// Writes JSON values as YAML that people like to edit: members on lines of their own, texts of several lines as they are.
enum YAMLWriter {
  /// Members of an object in this order, each on a line of its own or more.
  static func lines(_ members: [(key: String, value: JSONValue)], indent: Int = 0) -> [String] {
    members.flatMap { member in
      let start = String(repeating: " ", count: indent) + name(member.key) + ":"
      return lines(member.value, after: start, indent: indent)
    }
  }

  /// - Parameter start: what stands before the value on its first line.
  private static func lines(_ value: JSONValue, after start: String, indent: Int) -> [String] {
    switch value {
    case .object(let members) where !members.isEmpty:
      return [start] + lines(JSONValue.sorted(members), indent: indent + 2)
    case .list(let values) where !values.isEmpty:
      return [start] + values.flatMap { item($0, indent: indent + 2) }
    case .text(let text) where isBlock(text):
      let inner = String(repeating: " ", count: indent + 2)
      let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
      let isEnded = text.hasSuffix("\n")
      let keepsMore = text.hasSuffix("\n\n")
      let shown = isEnded ? parts.dropLast() : parts[...]
      return ["\(start) |\(keepsMore ? "+" : isEnded ? "" : "-")"] + shown.map { $0.isEmpty ? "" : inner + $0 }
    default: return ["\(start) \(inline(value))"]
    }
  }

  private static func item(_ value: JSONValue, indent: Int) -> [String] {
    let dash = String(repeating: " ", count: indent) + "-"
    guard case .object(let members) = value, !members.isEmpty else { return lines(value, after: dash, indent: indent) }
    // The first member stands beside the dash.
    var inner = lines(JSONValue.sorted(members), indent: indent + 2)
    inner[0] = dash + " " + inner[0].dropFirst(indent + 2)
    return inner
  }

  /// What stands on one line.
  static func inline(_ value: JSONValue) -> String {
    switch value {
    case .object(let members):
      "{\(JSONValue.sorted(members).map { "\(name($0.key)): \(inline($0.value))" }.joined(separator: ", "))}"
    case .list(let values): "[\(values.map(inline).joined(separator: ", "))]"
    case .text(let text): quoted(text)
    default: value.canonical
    }
  }

  /// The reader takes a byte order mark at the beginning of a text for no part of it, so one that is a part is written twice.
  private static func quoted(_ text: String) -> String {
    JSONValue.quoted(text.unicodeScalars.first == "\u{feff}" ? "\u{feff}" + text : text)
  }

  private static func name(_ key: String) -> String {
    let isPlain =
      key.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_") }
      && !key.isEmpty && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(key)
    return isPlain ? key : quoted(key)
  }

  /// Whether a text reads the same when its lines are written as they are.
  private static func isBlock(_ text: String) -> Bool {
    guard text.utf8.contains(UInt8(ascii: "\n")), let first = text.unicodeScalars.first, first != " ", first != "\n",
      first != "\t"
    else { return false }
    // What YAML allows to stand as it is, less what it takes for a line break.
    // https://yaml.org/spec/1.2.2/#51-character-set
    return text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x0a, 0x09, 0x20..<0x7f, 0xa0..<0x2028, 0x202a..<0xfeff, 0xff00..<0xfffe, 0x10000...: true
      default: false
      }
    }
  }
}
