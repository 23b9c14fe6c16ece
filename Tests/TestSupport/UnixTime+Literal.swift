public import DevinModel

// Tests write times as numbers of seconds. The program itself has to say that a number is a time.
extension UnixTime: ExpressibleByIntegerLiteral {
  /// - Parameter seconds: since 1970-01-01T00:00:00Z.
  public init(integerLiteral seconds: Int64) { self.init(rawValue: seconds) }
}
