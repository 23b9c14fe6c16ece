import DevinModel
import Foundation

/// `embed-texts OUTPUT FOLDER FILE…` writes the files as Swift: a constant for each, and a list of all by their path below the folder.
/// In SQL, `unix_seconds(VALUE)` is replaced with the expression of `EngineTime`, so that any SQLite tool can read the result.
@main
enum EmbedTextsCommand {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst().map { URL(fileURLWithPath: $0).standardizedFileURL.path }
    guard arguments.count >= 2 else { throw CocoaError(.fileReadInvalidFileName) }
    let folder = arguments[1] + "/"
    var constants = ""
    var list = ""
    for file in arguments.dropFirst(2).sorted() {
      let path = file.hasPrefix(folder) ? String(file.dropFirst(folder.count)) : file
      let name = String((path.split(separator: "/").last ?? "").map { $0.isLetter || $0.isNumber ? $0 : "_" })
      var text = try String(contentsOfFile: file, encoding: .utf8)
      if path.hasSuffix(".sql") { text = expandingUnixSeconds(in: text) }
      let mark = String(repeating: "#", count: longestMark(in: text) + 1)
      constants += "  static let \(name) = \(mark)\"\"\"\n\(text)\n\"\"\"\(mark)\n"
      list += "    (\"\(path)\", \(name)),\n"
    }
    let code = """
      enum EmbeddedTexts {
        /// By path, in its order.
        static let all: [(path: String, text: String)] = [
      \(list)  ]

      \(constants)}

      """
    try code.write(toFile: arguments[0], atomically: true, encoding: .utf8)
  }

  private static func expandingUnixSeconds(in sql: String) -> String {
    let parts = sql.split(separator: "unix_seconds(", omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(into: String(parts[0])) { text, part in
      var depth = 1
      let end =
        part.firstIndex { character in
          if character == "(" { depth += 1 } else if character == ")" { depth -= 1 }
          return depth == 0
        } ?? part.endIndex
      text += EngineTime.shown(sql: String(part[..<end])) + part[end...].dropFirst()
    }
  }

  /// The longest run of `#`: a raw string with one more can hold the text.
  private static func longestMark(in text: String) -> Int {
    text.split(whereSeparator: { $0 != "#" }).map(\.count).max() ?? 0
  }
}
