/// How a list is synced from run to run. There are few strategies, and every resource uses one. Whether its lists are child lists
/// (`Parents`) is independent of that. A child list is only read when its parent row changed.
package enum SyncStrategy: Hashable, Sendable {
  /// Requests what changed since the watermark, minus an overlap. The watermark moves only after a complete walk, to the
  /// earlier of the server's time at its first answer and the newest change seen, and never back. What the filter cannot
  /// show is read in two other ways. Rows that are not final yet are read by id, less and less often. Everything is
  /// read when the last complete walk without a filter is older than one day; this also finds deletions.
  case changedSince(filter: String, overlap: Duration, ids: String)
  /// Reads the complete list. Rows that a complete walk did not list are requested once more and, if they are missing again, marked as
  /// deleted.
  case snapshot
  /// A list to which rows are only added: reading continues at its last page.
  case append
  /// A series over time. It is read in fixed spans, starting with the oldest missing one, and a ledger records the spans that were read
  /// completely (`sync_intervals`). The last days are read again, since rows and sums may still be added to them. Rows are kept
  /// forever, however short the server's own retention is.
  case series(Series)
  /// One object, one row.
  case single

  /// The text in JSON.
  package var name: String {
    switch self {
    case .changedSince: "changed_since"
    case .snapshot: "snapshot"
    case .append: "append"
    case .series: "series"
    case .single: "single"
    }
  }

  package var isSeries: Bool { if case .series = self { true } else { false } }
}

/// The fixed spans in which a series is read.
package struct Series: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    case days(Int)
    case months(Int)
  }

  package let step: Step
  /// How much is requested beyond each end of a span, since it is not documented whether the server's bounds are inclusive.
  package let margin: Duration
  /// How much of the most recent time is read again in each run.
  package let reread: Duration
  /// Whether a complete span is one row, so that a span is always requested from its beginning.
  package let isSum: Bool

  package init(_ step: Step, margin: Duration = .zero, reread: Duration = .seconds(7 * 86_400), isSum: Bool = false) {
    self.step = step
    self.margin = margin
    self.reread = reread
    self.isSum = isSum
  }

  /// The start of the first span, which is also the start of a billing day: 2024-01-01T08:00:00Z, a Monday, before the first data.
  package static let beginning = UnixTime(rawValue: 1_704_096_000)
  /// The maximum range between `time_after` and `time_before`, for endpoints that document one.
  package static let longestRange = Duration.seconds(100 * 86_400)

  /// The starts of the spans that began before a time, oldest first.
  package func starts(until now: UnixTime) -> [UnixTime] {
    Array(sequence(first: 0) { $0 + 1 }.lazy.map(start).prefix { $0 < now })
  }

  /// The start of the span with this number.
  package func start(of number: Int) -> UnixTime {
    switch step {
    case .days(let days): Self.beginning + .seconds(number * days * 86_400)
    case .months(let months): Self.beginning.adding(months: number * months)
    }
  }
}
