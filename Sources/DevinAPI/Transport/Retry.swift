package import DevinModel
import Synchronization

/// Retries temporary failures, following the design and the reference (section 2.7): 5 attempts within 45 seconds, with delays
/// doubling from 0.5 to 8 seconds with full jitter. A wait that the server asks for is respected up to five minutes and counts
/// neither as an attempt nor as time. Time spent in our own queue does not count either.
///
/// A request that is refused with 429 has not failed. It is sent again, with growing waits, as long as the server answers
/// others, and fails when the server has answered none for five minutes.
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

  /// - Throws: the error of the last attempt, with `attempts` counting all of them; `.unavailable` when the run's budget is used up.
  package func callAsFunction<Result>(
    _ endpoint: Endpoint, _ attempt: () async throws(APIError) -> Result
  ) async throws(APIError) -> Result {
    guard !budget.isSpent else { throw APIError(.unavailable, endpoint: endpoint.description, attempts: 0) }
    let started = time.elapsed()
    var attempts = 0
    var failures = 0
    var ordered = Duration.zero
    var held = Duration.zero
    var refusals = 0
    while true {
      attempts += 1
      do {
        let result = try await attempt()
        budget.answered()
        return result
      } catch {
        var error = error
        error.attempts = attempts
        held += error.held
        guard error.isWorthRetrying else {
          if error.status != nil { budget.answered() }
          throw error
        }
        if case .rateLimited(let wait) = error.reason {
          refusals += 1
          let before = time.elapsed()
          defer { held += time.elapsed() - before }
          guard try await waitForTurn(wait, refusals, because: error) else { throw error }
        } else if let wait = error.retryAfter {
          // A wait of zero counts as half a second, so that a server that always sends "0" is not asked forever.
          ordered += max(wait, .milliseconds(500))
          guard ordered <= Self.longestOrderedWait else { throw exhausted(error) }
          try await pause(for: wait, because: error)
        } else {
          failures += 1
          let delay = Self.delays[min(failures, Self.delays.count) - 1] * jitter()
          let spent = time.elapsed() - started - ordered - held
          // If so many other requests have failed, this one is not retried further.
          guard failures < Self.tries, spent + delay < Self.patience, !budget.isSpent else { throw exhausted(error) }
          try await pause(for: delay, because: error)
        }
        meter.count { $0.retries += 1 }
      }
    }
  }

  /// Waits as long as the server asks, and longer with each refusal if it asks for nothing or too little.
  /// - Returns: false when the server has refused every request for five minutes.
  private func waitForTurn(_ asked: Duration?, _ refusals: Int, because error: APIError) async throws(APIError) -> Bool {
    let growing = Self.delays[min(refusals, Self.delays.count) - 1] * jitter()
    // The first wait that the server asks for is followed exactly, even if it is zero.
    let wait = asked.map { refusals == 1 ? $0 : max($0, growing) } ?? growing
    budget.refused(at: time.elapsed())
    let turn = time.elapsed() + wait
    repeat {
      // Other requests may be answered meanwhile, which gives this one more time.
      let patience = (budget.refusedSince ?? time.elapsed()) + Self.longestOrderedWait - time.elapsed()
      guard patience > .zero else { return false }
      try await pause(for: max(.zero, min(turn - time.elapsed(), patience)), because: error)
    } while time.elapsed() < turn
    return true
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

/// How many consecutive requests, each with all its retries, may fail before a run stops sending requests. A success resets it:
/// an API that is down ends a run within minutes, however many lists there are, but an unreliable one does not.
package final class RetryBudget: Sendable {
  private let limit: Int
  private let failuresInARow = Mutex(0)
  private let firstRefusal = Mutex<Duration?>(nil)

  package init(limit: Int = 12) { self.limit = limit }

  package var isSpent: Bool { failuresInARow.withLock { $0 >= limit } }
  /// When, by `TimeSource.elapsed`, the server began to refuse every request with 429; nil: it answers.
  package var refusedSince: Duration? { firstRefusal.withLock(\.self) }

  package func answered() {
    failuresInARow.withLock { $0 = 0 }
    firstRefusal.withLock { $0 = nil }
  }

  package func refused(at moment: Duration) { firstRefusal.withLock { $0 = $0 ?? moment } }
  package func failed() { failuresInARow.withLock { $0 += 1 } }
}
