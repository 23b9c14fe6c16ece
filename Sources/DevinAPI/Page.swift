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

/// Where the rows of an answer are.
public enum RowsPlace: Hashable, Sendable {
  /// A list under this member: `items`, `folders`.
  case member(String)
  /// A list under the first of these members that is there: `data`, `items`.
  case firstMember(of: [String])
  /// A list of texts under a member; each becomes an object with one member of this name.
  case texts(String, as: String)
  /// An object of objects under a member; each row gets its name as a further member.
  case map(String, name: String)
  /// An object of objects of objects under a member: the innermost are the rows.
  case mapOfMaps(String)
  /// The answer is the list.
  case wholeAnswer
  /// The answer is one object, which is the row.
  case object
  /// The answer is the list, or an object that is the only row.
  case listOrObject
  /// The answer names the address of a text; the row is an object with that text as its only member.
  case download(as: String)
}

/// How a list is cut into pages.
public enum Paging: Hashable, Sendable {
  /// `first` and `after`, `end_cursor` and `has_next_page`.
  case cursor(pageSize: Int)
  /// `limit` and `offset`. The cursor of a page is its offset, in digits.
  case offset(pageSize: Int)
  /// Everything in one answer.
  case single
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
