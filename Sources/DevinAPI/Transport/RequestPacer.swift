import DequeModule
import Synchronization

/// Lets the requests of one key be sent when `Pace` permits it, in order of arrival; shared by all lists.
package actor RequestPacer {
  /// The permission to send a request; each must be followed by one `leave`.
  package struct Pass: Sendable {
    fileprivate let ticket: Pace.Ticket
    /// How long the request was delayed.
    package let held: Duration
  }

  package enum Result: Hashable, Sendable {
    case answered
    case failed
    /// 429, with the wait that the server asked for.
    case slowDown(Duration?)
    /// The key is rejected: requests that have not been sent yet cannot succeed.
    case keyRefused
  }

  private let time: TimeSource
  private var pace: Pace
  private var waiting: Deque<Waiter> = []
  private var nextNumber = 0
  private var isClosed = false
  /// Wakes the queue when its first request is due.
  private var alarm: (at: Duration, task: Task<Void, Never>)?
  private let size: Mutex<Int>

  private struct Waiter {
    let number: Int
    let continuation: CheckedContinuation<Pace.Ticket?, Never>
  }

  /// - Parameter limit: the maximum number of requests in flight, 1 or more.
  package init(limit: Int, time: TimeSource) {
    self.time = time
    pace = Pace(ceiling: limit)
    size = Mutex(pace.window.size)
  }

  /// How many requests may be in flight now.
  package nonisolated var window: Int { size.withLock(\.self) }

  /// Returns when the request may be sent.
  package func enter(for endpoint: String) async throws(APIError) -> Pass {
    let came = time.elapsed()
    guard !Task.isCancelled, !isClosed else { throw APIError(.cancelled, endpoint: endpoint) }
    if waiting.isEmpty, pace.next(at: came) == .now { return Pass(ticket: pace.sent(at: came), held: .zero) }
    guard let ticket = await turn() else { throw APIError(.cancelled, endpoint: endpoint) }
    guard !Task.isCancelled, !isClosed else {
      pace.withdrew(ticket)
      admit()
      throw APIError(.cancelled, endpoint: endpoint)
    }
    return Pass(ticket: ticket, held: time.elapsed() - came)
  }

  package func leave(_ pass: Pass, _ result: Result) {
    let now = time.elapsed()
    switch result {
    case .answered: pace.ended(pass.ticket, .answered, at: now)
    case .failed: pace.ended(pass.ticket, .failed, at: now)
    case .slowDown(let wait): pace.ended(pass.ticket, .refused(wait), at: now)
    case .keyRefused:
      pace.ended(pass.ticket, .answered, at: now)
      isClosed = true
      for waiter in waiting { waiter.continuation.resume(returning: nil) }
      waiting = []
    }
    let window = pace.window.size
    size.withLock { $0 = window }
    admit()
  }

  /// Admits all requests that are due, and sets a timer for the next one.
  private func admit() {
    let now = time.elapsed()
    while !waiting.isEmpty {
      switch pace.next(at: now) {
      case .now: waiting.removeFirst().continuation.resume(returning: pace.sent(at: now))
      case .at(let moment): return setAlarm(to: moment)
      case .whenAnswered: return
      }
    }
    alarm?.task.cancel()
    alarm = nil
  }

  private func setAlarm(to moment: Duration) {
    if let alarm, alarm.at <= moment { return }
    alarm?.task.cancel()
    let wait = moment - time.elapsed()
    let task = Task {
      do { try await time.sleep(wait) } catch { return }
      ring(for: moment)
    }
    alarm = (moment, task)
  }

  private func ring(for moment: Duration) {
    guard alarm?.at == moment else { return }
    alarm = nil
    admit()
  }

  /// Waits in the queue; nil: the task was cancelled or the pacer was closed.
  private func turn() async -> Pace.Ticket? {
    let number = nextNumber
    nextNumber += 1
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if Task.isCancelled {
          continuation.resume(returning: nil)
        } else {
          waiting.append(Waiter(number: number, continuation: continuation))
          admit()
        }
      }
    } onCancel: {
      Task { await giveUp(number) }
    }
  }

  private func giveUp(_ number: Int) {
    guard let index = waiting.firstIndex(where: { $0.number == number }) else { return }
    waiting.remove(at: index).continuation.resume(returning: nil)
    admit()
  }
}
