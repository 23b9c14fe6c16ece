import Foundation

/// A position in a list. It is sent as an opaque text that contains `=`, `+` and `/`, so
/// that it must be percent-encoded; a cursor of another list, or an altered one, is rejected.
struct PageCursor: Equatable, Sendable {
  enum Position: Equatable, Sendable {
    case beginning
    /// After the session with this creation time and id.
    case session(createdAt: Int, id: String)
    /// After the row with this ordinal, or the message with this number.
    case ordinal(Int)
    /// After this many rows.
    case offset(Int)
  }

  /// The list it belongs to.
  var list: String
  var position: Position
  /// Number of empty pages before the list continues.
  var emptyPages = 0
  /// Distinguishes cursors of the same position.
  var serial = 0

  /// Encoded as `+/+/`.
  private static let mark: [UInt8] = [0xfb, 0xff, 0xbf]
  private static let separator = "\u{1f}"

  var text: String {
    let place =
      switch position {
      case .beginning: "b"
      case .session(let createdAt, let id): "s\(createdAt) \(id)"
      case .ordinal(let ordinal): "n\(ordinal)"
      case .offset(let offset): "o\(offset)"
      }
    var body = [list, place, String(emptyPages), String(serial)].joined(separator: Self.separator)
    // Padded so that the text always ends in a padding sign: 3 bytes before, 4 after.
    while body.utf8.count % 3 != 0 { body += " " }
    let payload = Self.scramble(Array(body.utf8))
    return Data(Self.mark + payload + Self.check(payload)).base64EncodedString()
  }

  init(list: String, position: Position) {
    self.list = list
    self.position = position
  }

  /// - Throws: `Refusal.invalidCursor` for anything that is not a cursor of this list.
  init(_ text: String, of list: String) throws(Refusal) {
    guard let data = Data(base64Encoded: text), data.count > 7, data.starts(with: Self.mark) else { throw .invalidCursor }
    let payload = [UInt8](data.dropFirst(3).dropLast(4))
    guard Array(data.suffix(4)) == Self.check(payload) else { throw .invalidCursor }
    let parts = String(decoding: Self.scramble(payload), as: UTF8.self).split(separator: Self.separator)
    guard parts.count == 4, parts[0] == list, let position = Self.position(parts[1]), let emptyPages = Int(parts[2]),
      let serial = Int(parts[3].replacing(" ", with: ""))
    else { throw .invalidCursor }
    self.list = list
    self.position = position
    self.emptyPages = emptyPages
    self.serial = serial
  }

  private static func position(_ text: Substring) -> Position? {
    let value = text.dropFirst()
    switch text.first {
    case "b": return .beginning
    case "n": return Int(value).map(Position.ordinal)
    case "o": return Int(value).map(Position.offset)
    case "s":
      let parts = value.split(separator: " ")
      guard parts.count == 2, let createdAt = Int(parts[0]) else { return nil }
      return .session(createdAt: createdAt, id: String(parts[1]))
    default: return nil
    }
  }

  /// Its own inverse.
  private static func scramble(_ bytes: [UInt8]) -> [UInt8] {
    bytes.enumerated().map { $1 ^ UInt8(truncatingIfNeeded: RandomStream.mix(UInt64($0) &+ 77)) }
  }

  private static func check(_ bytes: [UInt8]) -> [UInt8] {
    let sum = bytes.reduce(into: UInt64(14_695_981)) { $0 = RandomStream.mix($0 ^ UInt64($1)) }
    return (0..<4).map { UInt8(truncatingIfNeeded: sum >> ($0 * 8)) }
  }
}
