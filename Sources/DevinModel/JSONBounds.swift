package import Foundation

/// Limits for JSON from outside. They are checked by counting brackets, commas and quotes, before the text is parsed.
package enum JSONBounds {
  /// The maximum nesting depth. Foundation's parser fails beyond this, and if the text ends exactly there, it crashes the
  /// program (swift-foundation of Swift 6.3).
  package static let depth = 512

  /// - Parameter values: the maximum number of values, counting the outer value and each member.
  package static func exceeded(by bytes: UnsafeRawBufferPointer, values: Int = .max) -> Excess? {
    var count = 1
    var depth = 0
    var place = 0
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""): place = endOfText(from: place, in: bytes)
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        count += 1
        if depth > Self.depth { return .depth }
      case UInt8(ascii: ","): count += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
      if count > values { return .values }
      place += 1
    }
    return nil
  }

  package enum Excess: Hashable, Sendable { case depth, values }

  /// - Parameter quote: the position of the opening quote.
  /// - Returns: the position of the closing quote, or the end of all bytes.
  private static func endOfText(from quote: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    var place = quote + 1
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") { place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1 }
    return place
  }
}

extension JSONDecoder {
  /// Like `decode`, but with limits, for a text from outside.
  package func decodeBounded<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
    guard data.withUnsafeBytes({ JSONBounds.exceeded(by: $0) }) == nil else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "more than \(JSONBounds.depth) brackets are open"))
    }
    return try decode(type, from: data)
  }
}
