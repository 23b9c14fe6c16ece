import DevinModel

/// The usual answer of a list, parsed in one pass: an object with the rows in one member, and its envelope in others. Unusual
/// answers are left to `Envelope.init(body:rows:)`, which takes five times as long.
struct PlainList {
  let envelope: Envelope
  /// The position of each row in the answer; nil: a row is not an object, or the answer contains white space.
  let rows: [RowPlace]?

  /// The maximum nesting depth of brackets.
  private static let depth = 64
  /// An answer with this many bytes cannot contain `Envelope.mostValues` values.
  private static let mostBytes = 2 * Envelope.mostValues

  /// - Parameters:
  ///   - text: must be valid UTF-8.
  ///   - key: the member of each row that is its key; nil: no positions of keys are wanted.
  /// - Returns: nil if it is not the usual answer; it may be no valid answer at all.
  init?(_ text: UnsafeRawBufferPointer, rows place: RowLocation, key: String? = nil) {
    guard case .member(let name) = place, text.count < Self.mostBytes else { return nil }
    var reading = Reading(text: text, rowsName: name, keyName: key)
    var reader = JSONReader(text)
    guard reader.skipObject({ reader, name in reading.member(named: name, &reader) }) else { return nil }
    let hasSpace = reader.hasSpace
    // White space may follow the answer.
    guard reader.next() == 0, reader.isAtEnd, reading.seen.contains(.rows) else { return nil }
    envelope = reading.envelope
    rows = reading.hasOthers || hasSpace ? nil : reading.rows
  }

  private struct Reading {
    let text: UnsafeRawBufferPointer
    let rowsName: String
    let keyName: String?
    var envelope = Envelope()
    var rows: [RowPlace] = []
    /// Whether some rows are not objects.
    var hasOthers = false
    var seen: Members = []

    /// - Returns: false if the member is unusual.
    mutating func member(named name: Range<Int>, _ reader: inout JSONReader) -> Bool {
      if isText(rowsName, at: name) { return notice(.rows) && readRows(&reader) }
      if isText("end_cursor", at: name) { return notice(.cursor) && readCursor(&reader) }
      if isText("has_next_page", at: name) { return notice(.hasNext) && readHasNext(&reader) }
      if isText("total", at: name) { return notice(.total) && readTotal(&reader) }
      // A name with escapes may be equal to one of these names.
      return !containsEscape(name) && reader.skipValue(depth: PlainList.depth)
    }

    private func containsEscape(_ place: Range<Int>) -> Bool { text[place].contains(UInt8(ascii: "\\")) }

    /// - Returns: false if the member occurred before: parsers differ in which of the two they use.
    private mutating func notice(_ member: Members) -> Bool { seen.insert(member).inserted }

    private func isText(_ other: String, at place: Range<Int>) -> Bool {
      place.count == other.utf8.count && text[place].elementsEqual(other.utf8)
    }

    private mutating func readRows(_ reader: inout JSONReader) -> Bool {
      reader.skipList { reader in
        hasOthers = hasOthers || reader.next() != UInt8(ascii: "{")
        envelope.rowCount += 1
        let start = reader.place
        var key: Range<Int>?
        guard skipRow(&reader, &key) else { return false }
        rows.append(RowPlace(object: start..<reader.place, key: key))
        return true
      }
    }

    /// Skips a row and finds the position of its key, if it is certain: parsers differ in which of two members with the same name they
    /// use, and a name with escapes may be equal to the key's name.
    private func skipRow(_ reader: inout JSONReader, _ key: inout Range<Int>?) -> Bool {
      guard let keyName, reader.next() == UInt8(ascii: "{") else { return reader.skipValue(depth: PlainList.depth) }
      var keys = 0
      var hasEscapedName = false
      var found: Range<Int>?
      let isValid = reader.skipObject { reader, name in
        hasEscapedName = hasEscapedName || containsEscape(name)
        guard isText(keyName, at: name) else { return reader.skipValue(depth: PlainList.depth - 1) }
        keys += 1
        guard reader.next() == UInt8(ascii: "\"") else { return reader.skipValue(depth: PlainList.depth - 1) }
        found = reader.skipText()
        return found != nil
      }
      if keys == 1, !hasEscapedName, let found, !containsEscape(found) { key = found }
      return isValid
    }

    private mutating func readCursor(_ reader: inout JSONReader) -> Bool {
      guard reader.next() == UInt8(ascii: "\"") else { return reader.skip("null") }
      guard let place = reader.skipText(), !containsEscape(place) else { return false }
      envelope.endCursor = String(decoding: text[place], as: UTF8.self)
      return true
    }

    private mutating func readHasNext(_ reader: inout JSONReader) -> Bool {
      _ = reader.next()
      if reader.skip("true") {
        envelope.hasNextPage = true
      } else if reader.skip("false") {
        envelope.hasNextPage = false
      } else {
        return reader.skip("null")
      }
      return true
    }

    private mutating func readTotal(_ reader: inout JSONReader) -> Bool {
      _ = reader.next()
      if reader.skip("null") { return true }
      let start = reader.place
      // A total that is not a whole number is unusual.
      guard reader.skipValue(depth: 0), reader.place - start <= 12,
        let total = Int(String(decoding: text[start..<reader.place], as: UTF8.self)), total >= 0
      else { return false }
      envelope.total = total
      return true
    }
  }

  private struct Members: OptionSet {
    let rawValue: UInt8
    static let rows = Members(rawValue: 1)
    static let cursor = Members(rawValue: 2)
    static let hasNext = Members(rawValue: 4)
    static let total = Members(rawValue: 8)
  }
}
