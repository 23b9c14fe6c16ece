package import DevinModel
import Synchronization

/// The clocks of the program; tests use their own, so that no test really waits or depends on the date.
package struct TimeSource: Sendable {
  /// A monotonic clock, with any fixed start.
  package let elapsed: @Sendable () -> Duration
  /// The system's date and time.
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

#if TEST_HOOKS
  extension TimeSource {
    /// For tests of the command: the system time plus this many seconds. A sleep only advances the clock and takes no time.
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
