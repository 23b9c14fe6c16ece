/// A value as SQLite stores it.
public enum MirrorValue: Hashable, Sendable {
  /// NULL.
  case null
  /// INTEGER.
  case integer(Int64)
  /// REAL; it may be infinite, see `real`.
  case real(Double)
  /// TEXT.
  case text(String)
  /// BLOB, as its number of bytes; a mirror contains none, but a query can produce some.
  case bytes(Int)

  /// As text for people; nil: NULL.
  public var text: String? {
    switch self {
    case .null: nil
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let text): text
    case .bytes(let count): "\(count) bytes"
    }
  }

  /// Nil: it is not an integer.
  public var integer: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// A time in Unix seconds, taken as it is; nil: it is not an integer.
  package var time: UnixTime? { integer.map(UnixTime.init(rawValue:)) }

  /// An integer or a real number; nil also if it is not finite, since a server can send `1e999` and a sum can overflow. The row
  /// keeps the server's value.
  public var real: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .real(let number): number.isFinite ? number : nil
    default: nil
    }
  }

  /// The seconds of a time; nil: NULL.
  package static func time(_ time: UnixTime?) -> MirrorValue { time.map { .integer($0.rawValue) } ?? .null }
}
