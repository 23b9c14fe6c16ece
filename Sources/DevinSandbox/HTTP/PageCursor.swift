import Foundation

/// A position in a list. It is sent as an opaque text that contains `=`, `+` and `/`, so
/// that it must be percent-encoded; a cursor of another list, or an altered one, is rejected.
struct PageCursor: Codable, Sendable {
  enum Position: Codable, Sendable {
    case beginning
    /// After the row with this creation time and id.
    case newest(createdAt: Int, id: String)
    /// After the row with this ordinal, or the message with this number.
    case ordinal(Int)
    /// After this many rows.
    case offset(Int)
  }

  /// The list it belongs to.
  var list: String
  var position = Position.beginning
  /// Number of empty pages before the list continues.
  var emptyPages = 0
  /// Distinguishes cursors of the same position.
  var serial = 0

  init(list: String, position: Position = .beginning) { (self.list, self.position) = (list, position) }

  /// Encoded as `+/+/`.
  private static let mark: [UInt8] = [0xfb, 0xff, 0xbf]

  var text: String {
    let json = (try? JSONBytes.encode(self)) ?? []
    // Padded so that the text always ends in a padding sign: 3 bytes before, 4 after.
    let payload = Self.scramble(json + Array(repeating: UInt8(ascii: " "), count: (3 - json.count % 3) % 3))
    return Data(Self.mark + payload + Self.check(payload)).base64EncodedString()
  }

  /// - Throws: `Refusal.invalidCursor` for anything that is not a cursor of this list.
  init(_ text: String, of list: String) throws(Refusal) {
    guard let data = Data(base64Encoded: text), data.count > 7, data.starts(with: Self.mark) else { throw .invalidCursor }
    let payload = [UInt8](data.dropFirst(3).dropLast(4))
    guard Array(data.suffix(4)) == Self.check(payload),
      let cursor = try? JSONDecoder().decode(Self.self, from: Data(Self.scramble(payload))), cursor.list == list
    else { throw .invalidCursor }
    self = cursor
  }

  /// Its own inverse.
  private static func scramble(_ bytes: [UInt8]) -> [UInt8] {
    bytes.enumerated().map { $1 ^ UInt8(truncatingIfNeeded: RandomStream.mix(UInt64($0) &+ 77)) }
  }

  private static func check(_ bytes: [UInt8]) -> [UInt8] {
    let sum = RandomStream.mix(bytes, from: 14_695_981)
    return (0..<4).map { UInt8(truncatingIfNeeded: sum >> ($0 * 8)) }
  }
}
