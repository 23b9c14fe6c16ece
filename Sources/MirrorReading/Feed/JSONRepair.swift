#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Takes out of a JSON text what JSON allows and databases refuse, in place and without changing its length: NUL and halves of surrogate
/// pairs, written as escapes or, as SQLite makes them of escapes, as bytes, become U+FFFD; numbers too large for a real number become null.
enum JSONRepair {
  static func repair(_ text: UnsafeMutableBufferPointer<UInt8>) {
    var place = 0
    while place < text.count {
      switch text[place] {
      case Byte.quote: place = repairString(text, from: place &+ 1)
      case Byte.minus, Byte.zero...Byte.nine: place = repairNumber(text, from: place)
      default: place &+= 1
      }
    }
  }

  private enum Byte {
    static let quote = UInt8(ascii: "\""), backslash = UInt8(ascii: "\\"), minus = UInt8(ascii: "-"), zero = UInt8(ascii: "0")
    static let nine = UInt8(ascii: "9"), u = UInt8(ascii: "u"), space = UInt8(ascii: " ")
    /// The first byte of U+D000 to U+DFFF in UTF-8.
    static let surrogate: UInt8 = 0xed
  }

  /// - Returns: the place after the closing quote.
  private static func repairString(_ text: UnsafeMutableBufferPointer<UInt8>, from start: Int) -> Int {
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
      default: place &+= 1
      }
    }
    return place
  }

  /// - Returns: the place after the escape, or after both of a pair.
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

  /// The number that an escape at this place writes; -1: there is none.
  private static func unit(_ text: UnsafeMutableBufferPointer<UInt8>, at place: Int) -> Int {
    guard place &+ 6 <= text.count, text[place] == Byte.backslash, text[place &+ 1] == Byte.u else { return -1 }
    var unit = 0
    for offset in 2..<6 {
      guard let digit = Character(UnicodeScalar(text[place &+ offset])).hexDigitValue else { return -1 }
      unit = unit << 4 | digit
    }
    return unit
  }

  /// Digits that a finite number may have before its point.
  private static let mostDigits = 300

  /// - Returns: the place after the number.
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
    // The shortest number that is too large has five characters.
    for (offset, byte) in "null".utf8.enumerated() { text[start &+ offset] = byte }
    for place in start &+ 4..<end { text[place] = Byte.space }
    return end
  }
}
