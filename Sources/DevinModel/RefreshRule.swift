/// When a list is asked again that has come back unchanged. Seconds.
///
/// A list may stay unread for six times as long as it is known to have been unchanged, up to a limit. It is read in the last run that
/// is expected before that is over, or in one of those before, so that lists which were first read together do not fall due together.
package struct RefreshRule: Hashable, Sendable {
  /// How old the list may get.
  package let limit: Int64
  /// The time from this run to the next, as far as earlier runs tell; 0: they do not.
  package let pace: Int64
  /// Whose key the run has; nil: not known. What another one was shown says nothing of what this one is.
  package let principal: String?

  package init(limit: Int64, pace: Int64, principal: String? = nil) {
    self.limit = limit
    self.pace = pace
    self.principal = principal
  }

  /// How old a list may get that has just been asked; nil: the next run reads it.
  /// - Parameters:
  ///   - previous: when it was asked before; nil: never, or that is not known.
  ///   - isUnchanged: whether it came back as it was then.
  package static func interval(askedBefore previous: Int64?, now: Int64, isUnchanged: Bool, limit: Int64?) -> Int64? {
    guard isUnchanged, let previous, let limit, limit > 0, previous < now else { return nil }
    let (unchanged, isTooLong) = now.subtractingReportingOverflow(previous)
    return isTooLong || unchanged > limit / growth ? limit : unchanged * growth
  }

  /// Whether this run reads a list.
  /// - Parameters:
  ///   - askedAt: when it was last asked to its end.
  ///   - interval: how old it may get.
  ///   - asker: whose key asked; nil: not known.
  ///   - name: of the list; lists of different names, and a list each time, are read early by another share of their interval.
  package func isDue(askedAt: Int64, interval: Int64, by asker: String? = nil, now: Int64, name: String) -> Bool {
    if let asker, let principal, asker != principal { return true }
    // A time that lies ahead was written by a clock that has been set back since, and proves nothing.
    guard askedAt <= now, now - askedAt < limit else { return true }
    let allowed = Double(min(interval, limit))
    // Runs are not quite on time, so the next one counts as one and a half.
    return Double(now - askedAt) >= allowed - 1.5 * Double(pace) - Self.earliness * allowed * Self.share(of: "\(name) \(askedAt)")
  }

  /// How many times as long as a list is known to have been unchanged it may stay unread.
  private static let growth: Int64 = 6
  /// The share of its interval that a list may be read early.
  private static let earliness = 0.25

  /// From 0 to 1, the same for the same text on every machine.
  private static func share(of text: String) -> Double {
    let hash = text.utf8.reduce(14_695_981_039_346_656_037) { (hash: UInt64, byte) in (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
    // The last bytes of a text show in the low bits first.
    return Double((hash ^ hash >> 32) % 1_024) / 1_023
  }

  /// The usual time between runs, from when the last ones began, in any order; 0: there were too few.
  package static func pace(ofRunsAt starts: [Int64]) -> Int64 {
    let starts = starts.sorted()
    let gaps = zip(starts.dropFirst(), starts).map { $0.subtractingReportingOverflow($1).partialValue }.sorted()
    return gaps.isEmpty ? 0 : max(0, gaps[gaps.count / 2])
  }
}
