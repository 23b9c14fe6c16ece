import DevinAPI
import DevinModel
import MirrorStore

/// Brings one series up to date: walks the spans that are missing in its ledger, oldest first, and those whose days must be read
/// again. A span enters the ledger in the transaction that commits its last page.
struct SeriesWalk: Sendable {
  let series: Series
  let walk: ListWalk

  /// How much of the end of a span is left to the next run.
  private static let briefly = Duration.seconds(3600)

  func run(from start: Checkpoint) async throws -> (end: Walk.End, checkpoint: Checkpoint) {
    let run = walk.run
    let ledger = try await run.store.intervals(of: walk.list)
    var checkpoint = start
    try await run.store.markSpansPending(series.starts(until: run.nowInSpans), of: walk.list, run: run.number, now: run.now)
    let retries = try await run.store.dueItems(of: walk.list, run: run.number, now: run.now)
    var due = SyncPlan.dueSpans(
      of: series, ledger: ledger, now: run.nowInSpans, run: walk.parent == nil ? run.number : 0, everything: run.options.full,
      retries: Set(retries.compactMap(\.self)))[...]
    while let wanted = due.popFirst() {
      // An interrupted walk resumes at its position if it requested the same start.
      var span = wanted
      if checkpoint.isOpen, let open = wanted.resuming(checkpoint.filter) {
        span = open
      } else {
        checkpoint.open(filter: span.filter)
      }
      // The walk may have been interrupted long ago; it still ends at its original end.
      let isBehind = wanted.until - span.until > Self.briefly
      var walk = walk
      walk.span = span
      walk.closesList = due.isEmpty && !isBehind
      let end: Walk.End
      (end, checkpoint) = try await walk.run(from: checkpoint)
      guard end == .complete, !Task.isCancelled else { return (end, checkpoint) }
      if isBehind {
        let ledger = try await run.store.intervals(of: walk.list)
        due =
          SyncPlan.dueSpans(of: series, ledger: ledger, now: run.nowInSpans, run: 0, everything: false)
          .filter { $0.start == wanted.start } + due
      }
    }
    // Nothing was due, or this run has read it already: the list is complete.
    if checkpoint.completedRun != run.number {
      checkpoint.close(by: walk.rules, now: run.now)
      checkpoint = try await run.store.saveEnd(checkpoint, for: walk.list, of: walk.resource.table, run: run.number, now: run.now)
    }
    return (.complete, checkpoint)
  }
}

extension SeriesSpan {
  /// The same span as an earlier run requested it; nil: that run requested another span.
  func resuming(_ filter: ListFilter?) -> SeriesSpan? {
    guard case .span(timeAfter, let bound) = filter, let before = UnixTime(reported: bound.rawValue) else { return nil }
    let lost = max(.zero, timeBefore - before)
    return SeriesSpan(
      start: start, end: end, until: until - lost, timeAfter: timeAfter, timeBefore: before, isComplete: isComplete)
  }
}

extension SyncPlan {
  /// The spans of a series to read, oldest first.
  /// - Parameters:
  ///   - ledger: the spans that have been read completely.
  ///   - run: number of this run; what it has read is not due again.
  ///   - everything: also what is in the ledger (`--full`).
  ///   - retries: starts of spans with malformed items to try again.
  static func dueSpans(
    of series: Series, ledger: [ReadInterval], now: UnixTime, run: Int64, everything: Bool, retries: Set<UnixTime> = []
  ) -> [SeriesSpan] {
    let day = Duration.seconds(86_400)
    // An entry with a time in the future was written while the clock was ahead, and proves nothing.
    let believed = ledger.filter { max($0.readAt ?? .epoch, $0.endsAt) <= now + day }
    let known = Dictionary(believed.map { ($0.startsAt, $0) }) { $1 }
    var spans: [SeriesSpan] = []
    var number = 0
    while series.start(of: number) < now {
      let start = series.start(of: number)
      let end = series.start(of: number + 1)
      number += 1
      var from = start
      if let interval = known[start], !(everything || retries.contains(start)) || interval.run == run {
        let isClosed = interval.endsAt >= end && (interval.readAt ?? .epoch) >= end + series.reread
        if isClosed || interval.run == run { continue }
        if !series.isSum { from = max(start, interval.endsAt - series.reread) }
        if series.margin >= day { from = start + .seconds(86_400 * (from.seconds(since: start) / 86_400)) }
      }
      let until = min(end, now)
      let timeAfter = from - series.margin
      // Sums are requested to the end of the day: a bound within the day may exclude it, and would differ in each run.
      let endOfDay = from + .seconds(86_400 * ((until.seconds(since: from) + 86_399) / 86_400))
      let bound = series.margin >= day || series.isSum ? min(end, endOfDay) : until
      let timeBefore = min(bound + series.margin, timeAfter + max(Series.longestRange, end - start + series.margin * 2))
      spans.append(
        SeriesSpan(start: start, end: end, until: until, timeAfter: timeAfter, timeBefore: timeBefore, isComplete: from == start))
    }
    return spans
  }
}
