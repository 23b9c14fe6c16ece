import DevinModel

/// A cursor as the server gave it: opaque, compared as bytes, never looked into.
public struct PageCursor: RawRepresentable, Hashable, Codable, Sendable {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  // Texts that look the same are equal to Swift, and another place to a server.
  public static func == (left: Self, right: Self) -> Bool { left.rawValue.utf8.elementsEqual(right.rawValue.utf8) }

  public func hash(into hasher: inout Hasher) {
    for byte in rawValue.utf8 { hasher.combine(byte) }
    hasher.combine(UInt8(0xff))
  }
}

/// One answer of a list: the bytes Devin sent, as text, and what its envelope says.
public struct Page: Sendable {
  /// Whole, valid JSON.
  public let body: String
  public let rows: RowsPlace
  /// Length of the list; 1 for an object.
  public let rowCount: Int
  /// The cursor this page was asked with; nil: the first page.
  public let cursor: PageCursor?
  /// Where the list goes on; nil: this was the last page.
  public let next: PageCursor?
  /// What the server says the whole list holds; nil where it does not say.
  public let total: Int?
  /// The server's clock when it answered; nil where it sent no `Date`.
  public let date: UnixTime?
}
