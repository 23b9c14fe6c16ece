/// Skips over JSON from its beginning and checks that it is valid: every other parser accepts what this one accepts. The text
/// must be known to be UTF-8.
struct JSONReader {
  private let bytes: UnsafeRawBufferPointer
  private(set) var place = 0
  /// Whether there was white space between its parts.
  private(set) var hasSpace = false

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  /// The next byte after white space; 0 at the end, and also at a NUL, which is never part of JSON.
  mutating func next() -> UInt8 {
    while place < bytes.count {
      let byte = bytes[place]
      guard byte <= UInt8(ascii: " ") else { return byte }
      guard byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\t")
      else { return 0 }
      hasSpace = true
      place += 1
    }
    return 0
  }

  /// Skips this byte if it is next.
  mutating func take(_ byte: UInt8) -> Bool {
    guard next() == byte else { return false }
    place += 1
    return true
  }

  /// Skips a value.
  /// - Parameter depth: the maximum nesting depth of brackets in it.
  /// - Returns: false if it is no value, or is nested deeper.
  mutating func skipValue(depth: Int) -> Bool {
    switch next() {
    case UInt8(ascii: "\""): skipText() != nil
    case UInt8(ascii: "{"): depth > 0 && skipObject { reader, _ in reader.skipValue(depth: depth - 1) }
    case UInt8(ascii: "["): depth > 0 && skipList { $0.skipValue(depth: depth - 1) }
    case UInt8(ascii: "t"): skip("true")
    case UInt8(ascii: "f"): skip("false")
    case UInt8(ascii: "n"): skip("null")
    default: skipNumber()
    }
  }

  /// Skips an object.
  /// - Parameter value: skips the value of a member; its argument is the position of the member's name.
  mutating func skipObject(_ value: (inout JSONReader, Range<Int>) -> Bool) -> Bool {
    guard take(UInt8(ascii: "{")) else { return false }
    if take(UInt8(ascii: "}")) { return true }
    while true {
      guard next() == UInt8(ascii: "\""), let name = skipText(), take(UInt8(ascii: ":")), value(&self, name) else { return false }
      if take(UInt8(ascii: ",")) { continue }
      return take(UInt8(ascii: "}"))
    }
  }

  /// Skips a list.
  /// - Parameter value: skips an element.
  mutating func skipList(_ value: (inout JSONReader) -> Bool) -> Bool {
    guard take(UInt8(ascii: "[")) else { return false }
    if take(UInt8(ascii: "]")) { return true }
    while true {
      guard value(&self) else { return false }
      if take(UInt8(ascii: ",")) { continue }
      return take(UInt8(ascii: "]"))
    }
  }

  /// Skips this word.
  mutating func skip(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard place + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[place + offset] != word.utf8Start[offset] { return false }
    place += count
    return true
  }

  /// Skips a text whose opening quote is next.
  /// - Returns: its range without the quotes; nil: it is no valid text.
  mutating func skipText() -> Range<Int>? {
    place += 1
    let start = place
    while place < bytes.count {
      skipPlain()
      guard place < bytes.count else { return nil }
      switch bytes[place] {
      case UInt8(ascii: "\""):
        place += 1
        return start..<(place - 1)
      case UInt8(ascii: "\\"): guard skipEscape() else { return nil }
      case ..<0x20: return nil
      default: place += 1
      }
    }
    return nil
  }

  /// Skips bytes without special meaning, eight at a time, while there are at least eight.
  private mutating func skipPlain() {
    let ones: UInt64 = 0x0101_0101_0101_0101
    while place + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
      let backslash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
      // The lowest of the set top bits belongs to the first byte that is a quote, a backslash, or below a space.
      let found = ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word) & (ones &* 0x80)
      if found != 0 {
        place += found.trailingZeroBitCount / 8
        return
      }
      place += 8
    }
  }

  private mutating func skipEscape() -> Bool {
    guard place + 1 < bytes.count else { return false }
    switch bytes[place + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
      UInt8(ascii: "r"), UInt8(ascii: "t"):
      place += 2
      return true
    case UInt8(ascii: "u"):
      guard place + 6 <= bytes.count else { return false }
      for digit in bytes[(place + 2)..<(place + 6)] {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
          UInt8(ascii: "A")...UInt8(ascii: "F"):
          continue
        default: return false
        }
      }
      place += 6
      return true
    default: return false
    }
  }

  private mutating func skipNumber() -> Bool {
    skipIf(UInt8(ascii: "-"))
    if !skipIf(UInt8(ascii: "0")) { guard skipDigits() else { return false } }
    if skipIf(UInt8(ascii: ".")) { guard skipDigits() else { return false } }
    if skipIf(UInt8(ascii: "e")) || skipIf(UInt8(ascii: "E")) {
      if !skipIf(UInt8(ascii: "-")) { skipIf(UInt8(ascii: "+")) }
      guard skipDigits() else { return false }
    }
    return true
  }

  @discardableResult private mutating func skipIf(_ byte: UInt8) -> Bool {
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  /// One or more digits.
  private mutating func skipDigits() -> Bool {
    let start = place
    while place < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[place] { place += 1 }
    return place > start
  }
}
