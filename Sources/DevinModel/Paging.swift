/// How a list is divided into pages.
package enum Paging: Hashable, Sendable {
  /// `first` and `after`, `end_cursor` and `has_next_page`.
  case cursor(pageSize: Int)
  /// `limit` and `offset`. The cursor of a page is its offset as decimal digits.
  case offset(pageSize: Int)
  /// Everything in one answer.
  case single
}
