/// A value as SQLite keeps it.
public enum MirrorValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  /// Bytes; a mirror has none, but a query can make some.
  case bytes(Int)

  /// For people; nil: NULL.
  public var text: String? {
    switch self {
    case .null: nil
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let text): text
    case .bytes(let count): "\(count) bytes"
    }
  }

  /// Nil: it is no integer.
  public var integer: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// A number of either kind, for figures; nil also for one that is not finite, which a server can send as `1e999` and a sum can
  /// become. The row keeps what the server said.
  public var real: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .real(let number): number.isFinite ? number : nil
    default: nil
    }
  }
}
