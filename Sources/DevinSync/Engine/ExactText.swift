/// A text that is compared byte by byte. Swift considers `é` as one code point equal to `é` as two; for SQLite and for a server
/// they are two different ids.
struct ExactText: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(UInt8(0xff))
  }
}

extension Set<ExactText> {
  init(texts: some Sequence<String>) { self = Set(texts.map { ExactText($0) }) }

  func contains(_ text: String) -> Bool { contains(ExactText(text)) }
}
