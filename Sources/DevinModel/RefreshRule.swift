/// Decides when an unchanged list is read again.
///
/// A list may stay unread for six times as long as it is known to have been unchanged, up to a limit. It is read in the last expected run
/// before that time, or in an earlier one, so that lists that were first read together do not become due together.
package struct RefreshRule: Hashable, Sendable {
  /// How old the list may get.
  package let limit: Duration
  /// The expected time until the next run, based on earlier runs; zero: unknown.
  package let pace: Duration
  /// The owner of the run's key; nil: unknown. A list that was unchanged for another owner may differ for this one.
  package let principal: String?

  package init(limit: Duration, pace: Duration, principal: String? = nil) {
    self.limit = limit
    self.pace = pace
    self.principal = principal
  }

  /// The maximum age of a list that was just read; nil: the next run reads it.
  /// - Parameters:
  ///   - previous: when it was read before; nil: never, or unknown.
  ///   - isUnchanged: whether it was the same as then.
  package static func interval(
    askedBefore previous: UnixTime?, now: UnixTime, isUnchanged: Bool, limit: Duration?
  ) -> Duration? {
    guard isUnchanged, let previous, let limit, limit > .zero, previous < now else { return nil }
    return min(limit, (now - previous) * growth)
  }

  /// Whether this run reads a list.
  /// - Parameters:
  ///   - askedAt: when it was last read to its end.
  ///   - interval: its maximum age.
  ///   - asker: the owner of the key that read it; nil: unknown.
  ///   - name: of the list. It varies how early lists are read, so that different lists become due at different times.
  package func isDue(askedAt: UnixTime, interval: Duration, by asker: String? = nil, now: UnixTime, name: String) -> Bool {
    if let asker, let principal, asker != principal { return true }
    // A time in the future was written while the clock was ahead, and proves nothing.
    guard askedAt <= now, now - askedAt < limit else { return true }
    let allowed = min(interval, limit).wholeSeconds
    // Runs may be late, so reserve one and a half times the expected time until the next run.
    let early = Self.earliness * allowed * Self.share(of: "\(name) \(askedAt.rawValue)")
    return (now - askedAt).wholeSeconds >= allowed - 1.5 * pace.wholeSeconds - early
  }

  /// How many times longer than it was unchanged a list may stay unread.
  private static let growth = 6
  /// The maximum share of its interval by which a list may be read early.
  private static let earliness = 0.25

  /// A number from 0 to 1, always the same for the same text.
  private static func share(of text: String) -> Double {
    let hash = text.utf8.reduce(14_695_981_039_346_656_037) { (hash: UInt64, byte) in (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
    // The last bytes of the text affect the low bits first.
    return Double((hash ^ hash >> 32) % 1_024) / 1_023
  }

  /// The usual time between runs, given the start times of the last runs in any order; zero: there were too few.
  package static func pace(ofRunsAt starts: [UnixTime]) -> Duration {
    let starts = starts.sorted()
    let gaps = zip(starts.dropFirst(), starts).map { $0 - $1 }.sorted()
    return gaps.isEmpty ? .zero : max(.zero, gaps[gaps.count / 2])
  }
}

extension Duration {
  fileprivate var wholeSeconds: Double { Double(components.seconds) }
}
