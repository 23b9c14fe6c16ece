/// Decides when the next request of a key may be sent: how many may be in flight (`PaceWindow`) and how fast they may be sent
/// (`PaceRate`). It has no side effects: all times are parameters, from any monotonic clock.
struct Pace: Sendable {
  enum Permission: Hashable, Sendable {
    case now
    /// Not before this time.
    case at(Duration)
    /// Not before a request in flight is answered.
    case whenAnswered
  }

  enum Outcome: Hashable, Sendable {
    case answered
    /// No answer, or one that reports a failure of the server.
    case failed
    /// 429, with the wait that the server asks for.
    case refused(Duration?)
  }

  /// Accompanies a request from sending to its answer.
  struct Ticket: Sendable {
    fileprivate let window: PaceWindow.Mark
    fileprivate let rate: PaceRate.Mark
  }

  private(set) var window: PaceWindow
  private(set) var rate = PaceRate()

  /// - Parameter ceiling: the maximum number of requests in flight, 1 or more.
  init(ceiling: Int) { window = PaceWindow(ceiling: ceiling) }

  func next(at now: Duration) -> Permission {
    guard window.hasRoom else { return .whenAnswered }
    return rate.departure <= now ? .now : .at(rate.departure)
  }

  mutating func sent(at now: Duration) -> Ticket { Ticket(window: window.sent(at: now), rate: rate.sent(at: now)) }

  mutating func ended(_ ticket: Ticket, _ answer: Outcome, at now: Duration) {
    switch answer {
    case .answered:
      window.answered(ticket.window, at: now)
      rate.answered(ticket.rate, at: now)
    case .failed: window.failed(ticket.window)
    case .refused(let wait):
      window.left()
      let isObeyed = wait.map { $0 > .zero && $0 <= Retry.longestOrderedWait } ?? false
      rate.refused(ticket.rate, wait: isObeyed ? wait : nil, at: now)
    }
  }

  /// Undoes a permission: the request was cancelled before it was sent.
  mutating func withdrew(_ ticket: Ticket) { window.left() }
}
