#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Replaces what JSON allows but databases refuse, in place and without changing the text's length. NUL and unpaired surrogates, as escapes
/// or, after SQLite has decoded the escapes, as bytes, become U+FFFD. Numbers too large for a real number become null.
enum JSONRepair {
  /// - Returns: whether the text contains a character that moves a terminal's cursor or changes the order of the text on screen.
  static func repair(_ text: UnsafeMutableBufferPointer<UInt8>) -> Bool {
    var isHazardous = false
    var place = 0
    while place < text.count {
      switch text[place] {
      case Byte.quote: place = repairString(text, from: place &+ 1, &isHazardous)
      case Byte.minus, Byte.zero...Byte.nine: place = repairNumber(text, from: place)
      default: place &+= 1
      }
    }
    return isHazardous
  }

  /// The same JSON with these characters as escapes, as in all other output.
  static func printable(_ text: UnsafeMutableBufferPointer<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var place = 0
    while place < text.count {
      if let (scalar, count) = hazard(text, at: place) {
        let digits = String(scalar, radix: 16)
        bytes += Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
        place += count
      } else {
        bytes.append(text[place])
        place += 1
      }
    }
    return bytes
  }

  /// Delete, C1 controls, line and paragraph separators, and the marks that change a text's direction; C0 controls are escaped already.
  /// - Returns: the character at this place and its number of bytes; nil: it is not one of these.
  private static func hazard(_ text: UnsafeMutableBufferPointer<UInt8>, at place: Int) -> (scalar: UInt32, count: Int)? {
    func byte(_ offset: Int) -> UInt32 { place &+ offset < text.count ? UInt32(text[place &+ offset]) : 0 }
    switch byte(0) {
    case 0x7f: return (0x7f, 1)
    case 0xc2 where (0x80...0x9f).contains(byte(1)): return (byte(1), 2)
    case 0xd8 where byte(1) == 0x9c: return (0x61c, 2)
    case 0xe2:
      let scalar = 0x2000 | (byte(1) & 0x3f) << 6 | byte(2) & 0x3f
      switch scalar {
      case 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: return (scalar, 3)
      default: return nil
      }
    default: return nil
    }
  }

  private enum Byte {
    static let quote = UInt8(ascii: "\""), backslash = UInt8(ascii: "\\"), minus = UInt8(ascii: "-"), zero = UInt8(ascii: "0")
    static let nine = UInt8(ascii: "9"), u = UInt8(ascii: "u"), space = UInt8(ascii: " ")
    /// The first byte of U+D000 to U+DFFF in UTF-8.
    static let surrogate: UInt8 = 0xed
  }

  /// - Returns: the position after the closing quote.
  private static func repairString(
    _ text: UnsafeMutableBufferPointer<UInt8>, from start: Int, _ isHazardous: inout Bool
  ) -> Int {
    var place = start
    while place < text.count {
      switch text[place] {
      case Byte.quote: return place &+ 1
      case Byte.backslash:
        guard place &+ 1 < text.count, text[place &+ 1] == Byte.u else {
          place &+= 2
          continue
        }
        place = repairEscape(text, at: place)
      case Byte.surrogate where place &+ 2 < text.count && text[place &+ 1] >= 0xa0:
        (text[place], text[place &+ 1], text[place &+ 2]) = (0xef, 0xbf, 0xbd)
        place &+= 3
      case 0x7f, 0xc2, 0xd8, 0xe2:
        isHazardous = isHazardous || hazard(text, at: place) != nil
        place &+= 1
      default: place &+= 1
      }
    }
    return place
  }

  /// - Returns: the position after the escape, or after both escapes of a surrogate pair.
  private static func repairEscape(_ text: UnsafeMutableBufferPointer<UInt8>, at place: Int) -> Int {
    let unit = unit(text, at: place)
    switch unit {
    case 0xd800...0xdbff:
      if case 0xdc00...0xdfff = self.unit(text, at: place &+ 6) { return place &+ 12 }
    case 0, 0xdc00...0xdfff: break
    default: return place &+ 6
    }
    for (offset, byte) in "\\ufffd".utf8.enumerated() { text[place &+ offset] = byte }
    return place &+ 6
  }

  /// The code unit of an escape at this position; -1: there is none.
  private static func unit(_ text: UnsafeMutableBufferPointer<UInt8>, at place: Int) -> Int {
    guard place &+ 6 <= text.count, text[place] == Byte.backslash, text[place &+ 1] == Byte.u else { return -1 }
    var unit = 0
    for offset in 2..<6 {
      guard let digit = Character(UnicodeScalar(text[place &+ offset])).hexDigitValue else { return -1 }
      unit = unit << 4 | digit
    }
    return unit
  }

  /// A number with up to this many digits before the decimal point is finite.
  private static let mostDigits = 300

  /// - Returns: the position after the number.
  private static func repairNumber(_ text: UnsafeMutableBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    var hasExponent = false
    scan: while end < text.count {
      switch text[end] {
      case Byte.zero...Byte.nine, Byte.minus, UInt8(ascii: "+"), UInt8(ascii: "."): break
      case UInt8(ascii: "e"), UInt8(ascii: "E"): hasExponent = true
      default: break scan
      }
      end &+= 1
    }
    guard hasExponent || end - start > mostDigits, !strtod(String(decoding: text[start..<end], as: UTF8.self), nil).isFinite
    else {
      return end
    }
    // Every number that is too large has at least five characters, so `null` fits.
    for (offset, byte) in "null".utf8.enumerated() { text[start &+ offset] = byte }
    for place in start &+ 4..<end { text[place] = Byte.space }
    return end
  }
}
