import Synchronization

/// Tries again what a moment may cure, as design and reference (section 2.7) say: 5 tries within 45 seconds, the waits
/// doubling from 0.5 to 8 seconds with full jitter. A wait the server asks for is obeyed up to five minutes and counts
/// neither as a try nor as time; nor does the time that a request stands in our own line.
package struct Retry: Sendable {
  package static let longestOrderedWait = Duration.seconds(300)
  private static let tries = 5
  private static let patience = Duration.seconds(45)
  private static let delays: [Duration] = [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(8)]

  private let time: TimeSource
  private let budget: RetryBudget
  private let meter: RequestMeter
  /// A factor from 0 to 1 for each wait.
  private let jitter: @Sendable () -> Double

  package init(
    time: TimeSource, budget: RetryBudget, meter: RequestMeter,
    jitter: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
  ) {
    self.time = time
    self.budget = budget
    self.meter = meter
    self.jitter = jitter
  }

  /// - Throws: the last try's error, its `attempts` counting all tries; `.unavailable` when the run's budget is spent.
  package func callAsFunction<Result>(
    _ endpoint: Endpoint, _ attempt: () async throws(APIError) -> Result
  ) async throws(APIError) -> Result {
    guard !budget.isSpent else { throw APIError(.unavailable, endpoint: endpoint.description, attempts: 0) }
    let started = time.elapsed()
    var attempts = 0
    var failures = 0
    var ordered = Duration.zero
    var held = Duration.zero
    var reconnected = false
    while true {
      attempts += 1
      do {
        let result = try await attempt()
        budget.succeeded()
        return result
      } catch {
        var error = error
        error.attempts = attempts
        held += error.held
        guard error.isWorthRetrying else {
          if error.status != nil { budget.succeeded() }
          throw error
        }
        if let wait = error.retryAfter {
          // Waits of zero count half a second, so that a server saying "0" for ever is not asked for ever.
          ordered += max(wait, .milliseconds(500))
          guard ordered <= Self.longestOrderedWait else { throw exhausted(error) }
          try await pause(for: wait, because: error)
        } else if case .connection = error.reason, !reconnected, failures == 0 {
          // The pool may have handed out a connection that the server had just closed.
          reconnected = true
        } else {
          failures += 1
          let delay = Self.delays[min(failures, Self.delays.count) - 1] * jitter()
          let spent = time.elapsed() - started - ordered - held
          guard failures < Self.tries, spent + delay < Self.patience else { throw exhausted(error) }
          try await pause(for: delay, because: error)
        }
        meter.count { $0.retries += 1 }
      }
    }
  }

  private func exhausted(_ error: APIError) -> APIError {
    budget.failed()
    return error
  }

  private func pause(for wait: Duration, because error: APIError) async throws(APIError) {
    meter.waitBegan(because: error.status.map { "status \($0)" } ?? "no answer")
    let began = time.elapsed()
    defer { meter.waitEnded(after: time.elapsed() - began) }
    do { try await time.sleep(wait) } catch _ { throw APIError(.cancelled, endpoint: error.endpoint) }
  }
}

/// How many requests in a row, each with all its retries, may fail before a run stops asking. One success refills it:
/// an API that is down ends a run in minutes, however many lists there are, and one that limps does not.
package final class RetryBudget: Sendable {
  private let limit: Int
  private let failuresInARow = Mutex(0)

  package init(limit: Int = 12) { self.limit = limit }

  package var isSpent: Bool { failuresInARow.withLock { $0 >= limit } }
  package func succeeded() { failuresInARow.withLock { $0 = 0 } }
  package func failed() { failuresInARow.withLock { $0 += 1 } }
}
