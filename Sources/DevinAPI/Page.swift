package import DevinModel

/// A cursor as received from the server: opaque, compared as bytes, never interpreted.
package struct PageCursor: RawRepresentable, Hashable, Codable, Sendable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }

  // Swift considers some texts with different bytes equal, but to a server they are different positions.
  package static func == (left: Self, right: Self) -> Bool { left.rawValue.utf8.elementsEqual(right.rawValue.utf8) }

  package func hash(into hasher: inout Hasher) {
    for byte in rawValue.utf8 { hasher.combine(byte) }
    hasher.combine(UInt8(0xff))
  }
}

/// One answer of a list: the bytes from Devin, as text, and the data of its envelope.
package struct Page: Sendable {
  /// Complete, valid JSON.
  package let body: String
  /// The position of each row in the body; nil: unknown, or a row is not an object, or the body contains white space.
  package let places: [RowPlace]?
  package let rows: RowLocation
  /// Length of the list; 1 for an object.
  package let rowCount: Int
  /// The cursor of the request; nil: the first page.
  package let cursor: PageCursor?
  /// The cursor of the next page; nil: this was the last page.
  package let next: PageCursor?
  /// The total number of rows in the list, according to the server; nil: not reported.
  package let total: Int?
  /// The server's time when it answered; nil: it sent no `Date`.
  package let date: UnixTime?
}
