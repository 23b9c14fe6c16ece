extension String {
  /// The number of terminal columns that the text takes: Chinese, Japanese and Korean characters and emoji take two, combining marks none.
  /// https://www.unicode.org/reports/tr11/
  var columns: Int { reduce(0) { $0 + $1.columns } }

  /// At most this many columns of the text, with an ellipsis where it was cut.
  func cut(to width: Int) -> String {
    guard utf8.count > width, columns > width else { return self }
    guard width > 1 else { return width == 1 ? "…" : "" }
    var (text, used) = ("", 0)
    for character in self {
      guard used + character.columns < width else { break }
      used += character.columns
      text.append(character)
    }
    return text + "…"
  }

  /// The text in lines of at most this many columns, broken at spaces, or within a word that is longer than a line.
  func folded(to width: Int) -> [String] {
    guard columns > width, width > 0 else { return [self] }
    var lines: [String] = []
    var (line, used) = ("", 0)
    func end() {
      lines.append(line)
      (line, used) = ("", 0)
    }
    for word in split(separator: " ") {
      let length = String(word).columns
      if used > 0, used + 1 + length > width { end() }
      if used > 0 {
        line += " "
        used += 1
      }
      for character in word {
        if used > 0, used + character.columns > width { end() }
        line.append(character)
        used += character.columns
      }
    }
    if used > 0 || lines.isEmpty { end() }
    return lines
  }

  /// Filled with spaces up to a width.
  func padded(to width: Int, right: Bool = false) -> String {
    let padding = String(repeating: " ", count: max(0, width - columns))
    return right ? padding + self : self + padding
  }
}

extension Character {
  /// Terminal columns of what is drawn as one character.
  var columns: Int {
    guard let first = unicodeScalars.first else { return 0 }
    if first.isASCII { return first.value < 0x20 || first.value == 0x7f ? 0 : unicodeScalars.contains("\u{fe0f}") ? 2 : 1 }
    // A symbol followed by the selector for its colored form, and flags, which are two letters.
    if first.properties.isEmojiPresentation || unicodeScalars.contains("\u{fe0f}") { return 2 }
    return first.columns
  }
}

extension Unicode.Scalar {
  fileprivate var columns: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
    default: break
    }
    // Vowels and final consonants of Hangul that join the character before them.
    if (0x1160...0x11ff).contains(value) { return 0 }
    return isWide ? 2 : 1
  }

  /// The ranges of Unicode's classes Wide and Fullwidth.
  private var isWide: Bool {
    switch value {
    case 0x1100...0x115f, 0x2329...0x232a, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xa000...0xa4cf,
      0xa960...0xa97f, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6f, 0xff01...0xff60, 0xffe0...0xffe6,
      0x16fe0...0x18aff, 0x1aff0...0x1b2ff, 0x1f200...0x1f2ff, 0x20000...0x3fffd:
      true
    default: false
    }
  }
}
