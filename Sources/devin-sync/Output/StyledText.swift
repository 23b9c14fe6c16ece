/// A line for people of which parts are emphasized on a terminal. Its parts may come from the server; each is escaped.
struct StyledText {
  enum Style: String {
    case bold = "1"
    case good = "32"
    case warning = "33"
    case bad = "31"
    case match = "1;33"
  }

  private var parts: [(text: String, style: Style?)] = []

  init() {}

  init(_ text: String, _ style: Style? = nil) { parts = [(text, style)] }

  mutating func append(_ text: String, _ style: Style? = nil) { parts.append((text, style)) }

  /// - Parameter color: whether the stream is a terminal that shows styles.
  func text(color: Bool) -> String {
    parts.map { text, style in
      guard color, let style else { return text.printable }
      return "\u{1b}[\(style.rawValue)m\(text.printable)\u{1b}[0m"
    }.joined()
  }

  /// Appends a text in which matches are in brackets, as a search returns it. The brackets stay: style is never the only signal.
  mutating func append(matchesIn text: String) {
    var rest = text[...]
    while let start = rest.firstIndex(of: "["), let end = rest[start...].firstIndex(of: "]") {
      append(String(rest[..<start]))
      append(String(rest[start...end]), .match)
      rest = rest[rest.index(after: end)...]
    }
    append(String(rest))
  }
}
