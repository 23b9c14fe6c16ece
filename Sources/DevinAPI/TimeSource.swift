package import DevinModel
import Synchronization

/// Where the program takes its time from; tests bring their own, so that nothing waits and nothing depends on the day.
package struct TimeSource: Sendable {
  /// Time that only moves forward, from any fixed start.
  package let elapsed: @Sendable () -> Duration
  /// This machine's idea of the date.
  package let now: @Sendable () -> UnixTime
  /// - Throws: `CancellationError` at once when the task is cancelled.
  package let sleep: @Sendable (Duration) async throws -> Void

  package init(
    elapsed: @escaping @Sendable () -> Duration, now: @escaping @Sendable () -> UnixTime,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.elapsed = elapsed
    self.now = now
    self.sleep = sleep
  }

  package static let system: TimeSource = {
    let start = ContinuousClock.now
    return TimeSource(
      elapsed: { start.duration(to: .now) }, now: { .now }, sleep: { try await Task.sleep(for: $0, clock: .continuous) })
  }()
}

#if DEBUG
  extension TimeSource {
    /// For tests of the command: the machine's time and so many seconds, moved on by every sleep, which takes none.
    package static func unhurried(ahead seconds: Int64) -> TimeSource {
      let slept = Mutex(Duration.zero)
      let start = ContinuousClock.now
      return TimeSource(
        elapsed: { start.duration(to: .now) + slept.withLock { $0 } },
        now: { UnixTime.now.advanced(by: .seconds(seconds) + slept.withLock { $0 }) },
        sleep: { duration in
          try Task.checkCancellation()
          slept.withLock { $0 += duration }
          await Task.yield()
        })
    }
  }
#endif
