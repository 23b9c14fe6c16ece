import ModelContext

/// An answer as readable text. Texts by other people are in quotes or, if they have several lines, behind a bar on each line, so that
/// they cannot be mistaken for a part of the answer itself.
enum AnswerText {
  static func of(_ content: JSONObject) -> String {
    let mirror = content["mirror"]?.object
    var lines = [mirror?["verdict"]?.text ?? "", content["notice"]?.text ?? "", ""]
    for member in content.members where member.name != "mirror" && member.name != "notice" {
      append(member.name, member.value, to: &lines, indent: "")
    }
    return lines.joined(separator: "\n")
  }

  private static func append(_ name: String, _ value: JSON, to lines: inout [String], indent: String) {
    switch value {
    case .text(let text) where text.contains(where: \.isNewline):
      lines.append("\(indent)\(name):")
      lines += bars(text, indent: indent + "  ")
    case .list(let values) where values.contains { $0.object != nil || $0.list != nil }:
      lines.append("\(indent)\(name):")
      for value in values {
        guard let object = value.object else {
          lines.append("\(indent)- \(value.line)")
          continue
        }
        let first = lines.count
        for member in object.members { append(member.name, member.value, to: &lines, indent: indent + "  ") }
        if first < lines.count { lines[first] = indent + "- " + lines[first].dropFirst(indent.count + 2) }
      }
    case .object(let object):
      lines.append("\(indent)\(name):")
      for member in object.members { append(member.name, member.value, to: &lines, indent: indent + "  ") }
    default: lines.append("\(indent)\(name): \(value.line)")
    }
  }

  private static func bars(_ text: String, indent: String) -> [String] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { "\(indent)| \($0)" }
  }
}
