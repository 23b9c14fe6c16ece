import DevinModel
import MirrorStore

/// A span of a series that is due, and the range to request. The end is exclusive.
struct SeriesSpan: Hashable, Sendable {
  /// The start of the span, which identifies it in the ledger.
  package let start: UnixTime
  let end: UnixTime
  /// How far the ledger will say that the span has been read: to its end, or to now.
  let until: UnixTime
  let timeAfter: UnixTime
  let timeBefore: UnixTime
  /// Whether it is requested from its beginning, and not only from where new rows may be.
  let isComplete: Bool

  var filter: ListFilter { .span(after: timeAfter, before: timeBefore) }
}
