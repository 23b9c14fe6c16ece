/// How a list is divided into pages.
package enum Paging: Hashable, Sendable {
  /// `first` and `after`, `end_cursor` and `has_next_page`.
  case cursor(pageSize: Int)
  /// `limit` and `offset`. The cursor of a page is the number of rows before it, as decimal digits. The request begins one row earlier:
  /// if that row does not come again, rows before it were deleted, and others moved to where they are not requested.
  case offset(pageSize: Int)
  /// Everything in one answer.
  case single
}
