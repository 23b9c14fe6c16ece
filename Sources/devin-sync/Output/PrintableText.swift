import Foundation

extension String {
  /// The text without characters that move a terminal's cursor, change colours, or change the order of the text on screen: each such
  /// character becomes `\uXXXX`, which JSON reads as the same character. Other text is unchanged.
  var printable: String {
    guard unicodeScalars.contains(where: \.isHazardous) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isHazardous {
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// C0 controls (including line breaks, since a line must stay one line), delete, C1 controls, line and paragraph separators, and the
  /// marks, embeddings, overrides and isolates that change a text's direction. None has more than four hexadecimal digits.
  fileprivate var isHazardous: Bool {
    switch value {
    case 0x00...0x1f, 0x7f...0x9f: true
    case 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: true
    default: false
    }
  }
}
