/// How a list moves forward from run to run. There are few of these, and every resource picks one; whether its lists stand
/// below other rows (`Parents`) is another question. Below a parent a list is read only when that row changed.
package enum SyncStrategy: Hashable, Sendable {
  /// Asks for what changed since the watermark, less an overlap. The watermark moves only after a complete walk, to the
  /// smaller of the server's clock at its first answer and the newest change seen, and never back. What the filter cannot
  /// show is read in two other ways: rows that are not settled yet, by their ids and on a slowing schedule; and
  /// everything, when the last complete walk without a filter is older than a day, which also finds deletions.
  case changedSince(filter: String, overlap: Duration, ids: String)
  /// Reads the list whole. What a complete walk did not list is asked for once more and, if it is missing again, marked as
  /// deleted.
  case snapshot
  /// A list to which rows are only added: goes on at its last page.
  case append
  /// Goes by time: reads a grid of closed spans, the oldest that is missing first, and keeps a ledger of those it has read
  /// whole (`sync_intervals`). The last days are read again, since late rows and late sums belong to them. Rows stay for
  /// ever, however short the server's own memory is.
  case series(Series)
  /// One object, one row.
  case single

  package var isSeries: Bool { if case .series = self { true } else { false } }
}

/// The grid of spans that a series is read in.
package struct Series: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    case days(Int)
    case months(Int)
  }

  package let step: Step
  /// Seconds asked for beyond each end of a span: whether the server's bounds are inclusive is not documented.
  package let margin: Int64
  /// How far back the newest span is read again in each run.
  package let reread: Duration
  /// Whether a whole span is one row, so that a span is always asked for from its beginning.
  package let isSum: Bool

  package init(_ step: Step, margin: Int64 = 0, reread: Duration = .seconds(7 * 86_400), isSum: Bool = false) {
    self.step = step
    self.margin = margin
    self.reread = reread
    self.isSum = isSum
  }

  /// A billing day's, and every grid's, beginning: 2024-01-01T08:00:00Z, a Monday, before there was anything to read.
  package static let beginning: Int64 = 1_704_096_000
  /// The API takes no more between `time_after` and `time_before` where it says so at all.
  package static let longestRange: Int64 = 100 * 86_400

  /// Where the spans begin that have begun before a time, oldest first; Unix seconds.
  package func starts(until now: Int64) -> [Int64] {
    Array(sequence(first: 0) { $0 + 1 }.lazy.map(start).prefix { $0 < now })
  }

  /// The first moment of the span with this number, Unix seconds.
  package func start(of number: Int) -> Int64 {
    switch step {
    case .days(let days): Self.beginning + Int64(number * days) * 86_400
    case .months(let months): UnixTime(rawValue: Self.beginning).adding(months: number * months).rawValue
    }
  }
}
