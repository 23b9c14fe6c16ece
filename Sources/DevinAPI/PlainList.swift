import DevinModel

/// The usual answer of a list, read in one pass: an object with the rows in one member, and its envelope in others. Whatever is unusual
/// about an answer is left to `Envelope.init(body:rows:)`, which takes five times as long.
struct PlainList {
  let envelope: Envelope
  /// Where in the answer each row stands; nil: one is no object, or there is white space in the answer.
  let rows: [Range<Int>]?

  /// Brackets that are open in a row at most.
  private static let depth = 64
  /// An answer of so many bytes cannot hold `Envelope.mostValues` values.
  private static let mostBytes = 2 * Envelope.mostValues

  /// - Parameter text: known to be UTF-8.
  /// - Returns: nil where it is not the usual answer, and may be none at all.
  init?(_ text: UnsafeRawBufferPointer, rows place: RowsPlace) {
    guard case .member(let name) = place, text.count < Self.mostBytes else { return nil }
    var reading = Reading(text: text, rowsName: name)
    var reader = JSONReader(text)
    guard reader.skipObject({ reader, name in reading.member(named: name, &reader) }) else { return nil }
    let hasSpace = reader.hasSpace
    // Behind the answer there may be white space.
    guard reader.next() == 0, reader.isAtEnd, reading.seen.contains(.rows) else { return nil }
    envelope = reading.envelope
    rows = reading.hasOthers || hasSpace ? nil : reading.rows
  }

  private struct Reading {
    let text: UnsafeRawBufferPointer
    let rowsName: String
    var envelope = Envelope()
    var rows: [Range<Int>] = []
    /// Whether there are rows that are no objects.
    var hasOthers = false
    var seen: Members = []

    /// - Returns: false where it is not as usual.
    mutating func member(named name: Range<Int>, _ reader: inout JSONReader) -> Bool {
      if isText(rowsName, at: name) { return notice(.rows) && readRows(&reader) }
      if isText("end_cursor", at: name) { return notice(.cursor) && readCursor(&reader) }
      if isText("has_next_page", at: name) { return notice(.hasNext) && readHasNext(&reader) }
      if isText("total", at: name) { return notice(.total) && readTotal(&reader) }
      // A name with escapes may be one of these.
      return !text[name].contains(UInt8(ascii: "\\")) && reader.skipValue(depth: PlainList.depth)
    }

    /// - Returns: false where there was one before: parsers differ in which of them counts.
    private mutating func notice(_ member: Members) -> Bool { seen.insert(member).inserted }

    private func isText(_ other: String, at place: Range<Int>) -> Bool {
      place.count == other.utf8.count && text[place].elementsEqual(other.utf8)
    }

    private mutating func readRows(_ reader: inout JSONReader) -> Bool {
      reader.skipList { reader in
        hasOthers = hasOthers || reader.next() != UInt8(ascii: "{")
        envelope.rowCount += 1
        let start = reader.place
        guard reader.skipValue(depth: PlainList.depth) else { return false }
        rows.append(start..<reader.place)
        return true
      }
    }

    private mutating func readCursor(_ reader: inout JSONReader) -> Bool {
      guard reader.next() == UInt8(ascii: "\"") else { return reader.skip("null") }
      guard let place = reader.skipText(), !text[place].contains(UInt8(ascii: "\\")) else { return false }
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
      // What is no whole number of rows is not usual.
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
