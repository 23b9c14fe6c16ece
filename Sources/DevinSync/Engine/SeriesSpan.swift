import MirrorStore

/// A span of a series that is due, and what to ask for. Unix seconds, half open.
struct SeriesSpan: Hashable, Sendable {
  /// Of the grid: what the ledger calls it by.
  package let start: Int64
  let end: Int64
  /// What the ledger will say has been read: to the end, or to now.
  let until: Int64
  let timeAfter: Int64
  let timeBefore: Int64
  /// Whether it is asked for from its beginning, and not only what may be new in it.
  let isWhole: Bool

  var filter: ListFilter { .span(after: timeAfter, before: timeBefore) }
}
