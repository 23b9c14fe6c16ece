import DequeModule

/// How many requests of one key may be in flight, shared by all lists: it starts modestly, opens up while answers come,
/// halves when the server says 429, and holds everything back for as long as `Retry-After` says.
package actor RequestPacer {
  package enum Result: Sendable {
    case answered
    case failed
    /// 429, with the wait the server asked for.
    case slowDown(Duration?)
  }

  private let limit: Int
  private let time: TimeSource
  /// Requests that may be in flight now; its whole part counts.
  private var window: Double
  /// Below this the window grows with every answer, above it by one per window of answers, as TCP does.
  private var threshold: Double
  private var inFlight = 0
  private var waiting: Deque<Waiter> = []
  private var nextNumber = 0
  /// On `time.elapsed`; nothing is sent before it.
  private var quietUntil = Duration.zero

  private struct Waiter {
    let number: Int
    let continuation: CheckedContinuation<Bool, Never>
  }

  /// - Parameter limit: the most requests in flight, 1 or more.
  package init(limit: Int, time: TimeSource) {
    self.limit = limit
    self.time = time
    self.window = Double(min(2, limit))
    self.threshold = Double(limit)
  }

  /// Returns when the request may be sent; every `enter` is followed by one `leave`.
  /// - Returns: how long the request was held back.
  @discardableResult
  package func enter(for endpoint: String) async throws(APIError) -> Duration {
    let came = time.elapsed()
    while true {
      guard !Task.isCancelled else { throw APIError(.cancelled, endpoint: endpoint) }
      if let wait = quietLeft {
        do { try await time.sleep(wait) } catch { throw APIError(.cancelled, endpoint: endpoint) }
      } else if waiting.isEmpty, inFlight < Int(window) {
        inFlight += 1
        return time.elapsed() - came
      } else if await admitted() {
        if quietLeft == nil { return time.elapsed() - came }
        inFlight -= 1
        admitNext()
      }
    }
  }

  package func leave(_ result: Result) {
    inFlight -= 1
    switch result {
    case .answered: window = min(Double(limit), window + (window < threshold ? 1 : 1 / window))
    case .failed: break
    case .slowDown(let wait):
      threshold = max(1, window / 2)
      window = threshold
      if let wait, wait <= Retry.longestOrderedWait { quietUntil = max(quietUntil, time.elapsed() + wait) }
    }
    admitNext()
  }

  /// Fills free places from the line. Nobody stays in it while a place is free: nobody would come to fetch them.
  private func admitNext() {
    while inFlight < Int(window), let waiter = waiting.popFirst() {
      inFlight += 1
      waiter.continuation.resume(returning: true)
    }
  }

  private var quietLeft: Duration? {
    let left = quietUntil - time.elapsed()
    return left > .zero ? left : nil
  }

  /// Waits in line; false when the task was cancelled meanwhile.
  private func admitted() async -> Bool {
    let number = nextNumber
    nextNumber += 1
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if Task.isCancelled {
          continuation.resume(returning: false)
        } else {
          waiting.append(Waiter(number: number, continuation: continuation))
        }
      }
    } onCancel: {
      Task { await giveUp(number) }
    }
  }

  private func giveUp(_ number: Int) {
    guard let index = waiting.firstIndex(where: { $0.number == number }) else { return }
    waiting.remove(at: index).continuation.resume(returning: false)
  }
}
