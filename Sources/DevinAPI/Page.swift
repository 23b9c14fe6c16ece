package import DevinModel

/// A cursor as the server gave it: opaque, compared as bytes, never looked into.
package struct PageCursor: RawRepresentable, Hashable, Codable, Sendable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }

  // Texts that look the same are equal to Swift, and another place to a server.
  package static func == (left: Self, right: Self) -> Bool { left.rawValue.utf8.elementsEqual(right.rawValue.utf8) }

  package func hash(into hasher: inout Hasher) {
    for byte in rawValue.utf8 { hasher.combine(byte) }
    hasher.combine(UInt8(0xff))
  }
}

/// One answer of a list: the bytes Devin sent, as text, and what its envelope says.
package struct Page: Sendable {
  /// Whole, valid JSON.
  package let body: String
  /// Where in the body each row stands, counted in bytes, as an object without white space; nil: not known.
  package let places: [Range<Int>]?
  package let rows: RowsPlace
  /// Length of the list; 1 for an object.
  package let rowCount: Int
  /// The cursor this page was asked with; nil: the first page.
  package let cursor: PageCursor?
  /// Where the list goes on; nil: this was the last page.
  package let next: PageCursor?
  /// What the server says the whole list holds; nil where it does not say.
  package let total: Int?
  /// The server's clock when it answered; nil where it sent no `Date`.
  package let date: UnixTime?
}
