import Foundation

/// How fast requests may be sent: unlimited until the server refuses one with 429; then at the rate that the server has accepted.
///
/// The server is modelled as a token bucket: each request takes one token, and the bucket fills at a steady rate. A refusal means
/// that it is empty. So the number of accepted requests since it was last empty, divided by that time, is the rate. The number accepted
/// at once after a pause is its capacity. The first refusal gives neither: after it the rate is doubled until the next one,
/// which gives both. From then on the rate is raised in small steps, rarely.
///
/// This is a value type: it uses no clock and never waits.
struct PaceRate: Sendable {
  /// The minimum rate, unless `Retry-After` demands a slower one.
  static let floor = 5.0
  /// The pause after a refusal without `Retry-After`.
  static let rest = Duration.milliseconds(200)
  private static let ceiling = 100_000.0

  private enum Mode {
    /// No refusal yet.
    case unlimited
    /// Searching for the rate by increasing it.
    case climbing
    /// The rate is known.
    case known
    /// A test without a rate limit, to find out whether refusals depend on the rate at all.
    case trial
    /// Refusals do not depend on the rate, so no rate is used.
    case discarded
  }

  /// The time from one refusal to the next.
  private struct Phase {
    var number = 0
    /// When its first request was sent; nil: none was sent.
    var began: Duration?
    var sent = 0
    /// Seconds for which the server's bucket was filling before the phase began; nil: it was never seen empty.
    var rested: Double?
  }

  /// Data about a request that is needed when it is answered.
  struct Mark: Sendable {
    fileprivate let phase: Int
    /// Number of requests sent before it in its phase.
    fileprivate let before: Int
    fileprivate let at: Duration
    fileprivate let isTrial: Bool
  }

  private var mode = Mode.unlimited
  private var phase = Phase()
  /// When the requests of the phase were sent, in seconds; the oldest may have been dropped.
  private var departures: [Double] = []
  private var dropped = 0
  private static let mostDepartures = 4096
  /// Requests per second; unused in modes without a rate.
  private var rate = 0.0
  /// The maximum number of tokens in the server's bucket.
  private var capacity = Double.infinity
  /// How many of these it may contain, and the time of this estimate.
  private var spare = 0.0
  private var spareAt = Duration.zero
  /// Nothing is sent before this time, because the server asked for a pause.
  private(set) var quietUntil = Duration.zero
  /// When the next request is due.
  private var dueAt = Duration.zero
  private var lastSent = Duration.zero
  /// When the server was last known to have no tokens.
  private var emptyAt = Duration.zero
  /// When the requests before the first refusal were sent.
  private var first: [Double] = []
  /// Seconds in which the rate doubles while searching.
  private var doubling = 0.2

  // Small steps upward.
  private var raisedAt = Duration.zero
  private var sentSinceRaise = 0
  private var raises = 0
  private var patience = 1.0
  /// Seconds of pause that the last refusal caused.
  private var cost = 1.0

  // Whether refusals depend on the rate: the most recent answers, and those of a test.
  private var recent = Tally(limit: 64)
  private var trial = Tally(limit: 24)
  /// Refusals at a known rate since the rate was last seen to matter, and the highest known rate since then.
  private var setbacks = 0
  /// Whether the previous phase ended before the rate was raised.
  private var lastWasShort = false
  private var fastest = 0.0
  private var nextTrial = Duration.zero
  private var trialPause = Duration.seconds(30)
  /// The share of requests that is accepted even at a low rate.
  private var usualShare = 1.0

  /// Requests per second that may be sent now; nil: no limit.
  var perSecond: Double? {
    switch mode {
    case .climbing, .known: rate
    case .unlimited, .trial, .discarded: nil
    }
  }

  /// When the next request may be sent; a time in the past means at once.
  var departure: Duration { perSecond == nil ? quietUntil : max(quietUntil, dueAt) }

  mutating func sent(at now: Duration) -> Mark {
    if phase.began == nil { begin(at: now) }
    let mark = Mark(phase: phase.number, before: phase.sent, at: now, isTrial: mode == .trial)
    phase.sent += 1
    sentSinceRaise += 1
    keepDeparture(at: now)
    space(at: now)
    lastSent = now
    return mark
  }

  mutating func answered(_ mark: Mark, at now: Duration) {
    note(isThrough: true, mark, at: now)
  }

  /// - Parameter wait: how long the server asks us to pause; nil: no usable `Retry-After`.
  mutating func refused(_ mark: Mark, wait: Duration?, at now: Duration) {
    if let wait { quietUntil = max(quietUntil, now + wait) }
    note(isThrough: false, mark, at: now)
    // Requests that were in flight when the server began to refuse give no new information.
    guard mark.phase == phase.number else { return }
    switch mode {
    case .trial, .discarded: return
    case .unlimited:
      first = Array(departures.prefix(max(0, mark.before - dropped)))
      mode = .climbing
    case .climbing: learn(from: mark)
    case .known:
      if shouldTry(at: now) { return beginTrial() }
      learn(from: mark)
    }
    if wait ?? .zero < Self.rest { quietUntil = max(quietUntil, now + Self.rest) }
    emptyAt = mark.at
    newPhase()
  }

  private mutating func keepDeparture(at now: Duration) {
    if departures.count == Self.mostDepartures {
      departures.removeFirst(Self.mostDepartures / 2)
      dropped += Self.mostDepartures / 2
      phase.rested = .infinity
    }
    departures.append(now.inSeconds)
  }

  private mutating func newPhase() {
    phase = Phase(number: phase.number + 1)
    departures.removeAll(keepingCapacity: true)
    dropped = 0
  }

  /// The first request after a pause.
  private mutating func begin(at now: Duration) {
    phase.began = now
    dueAt = now
    spareAt = now
    guard phase.number > 0 else { return }
    let rested = (now - emptyAt).inSeconds
    phase.rested = rested
    cost = rested
    raisedAt = now
    sentSinceRaise = 0
    raises = 0
    if mode == .climbing {
      let seconds = emptyAt.inSeconds - (first.first ?? emptyAt.inSeconds)
      let lowest = Double(first.count) / max(seconds + rested, 0.01)
      // Requests accepted at once say little about the rate, which may be much higher.
      rate = max(Self.floor, (seconds < 0.05 ? 4 : 1) * lowest)
      doubling = max(0.15, rested / 5, 2 * min(seconds, 1))
    }
    spare = min(capacity, rate * rested)
  }

  // MARK: - Spacing

  /// Computes when the next request is due.
  private mutating func space(at now: Duration) {
    let since = (now - lastSent).inSeconds
    switch mode {
    case .unlimited, .trial, .discarded: return
    case .climbing:
      // Time without waiting requests proves nothing.
      if phase.sent > 1 { rate = min(Self.ceiling, rate * exp2(min(since, 2 / rate) / doubling)) }
      due(in: 1 / rate, at: now)
    case .known:
      raise(at: now)
      spare = max(0, min(capacity, spare + rate * (now - spareAt).inSeconds) - 1)
      spareAt = now
      // Use the tokens in the bucket within a second or two.
      due(in: 1 / (Self.caution * rate + max(0, 0.8 * spare - 2)), at: now)
    }
  }

  /// The share of the rate that is used, so that a small error does not empty the bucket.
  private static let caution = 0.985

  private mutating func due(in seconds: Double, at now: Duration) {
    // After a late wake-up, at most one request is sent early to catch up.
    let lag = Duration.seconds(seconds)
    dueAt = max(dueAt, now - lag) + .seconds(seconds)
  }

  /// After some time at this rate without a refusal, the rate is raised a little: the more often this succeeded, the
  /// sooner and the more.
  private mutating func raise(at now: Duration) {
    let since = (now - raisedAt).inSeconds
    guard since >= patience * max(1, 8 / exp2(Double(raises))) * min(2, max(0.25, cost)) else { return }
    if Double(sentSinceRaise) > 0.7 * rate * since {
      rate = min(Self.ceiling, rate * (1 + min(0.5, 0.02 * exp2(Double(raises)))))
      raises += 1
    }
    raisedAt = now
    sentSinceRaise = 0
  }

  // MARK: - Learning

  private mutating func learn(from mark: Mark) {
    let through = Array(departures.prefix(mark.before - dropped))
    guard mark.before >= dropped, let rested = phase.rested else { return }
    if mode == .climbing {
      let measured = rate(letting: through, within: mark.at, rested: rested) { [first] in Self.capacity(letting: first, at: $0) }
      rate = max(Self.floor, measured)
      capacity = Self.capacity(letting: first, at: rate)
      mode = .known
      fastest = rate
    } else {
      let measured = rate(letting: through, within: mark.at, rested: rested) { [capacity] _ in capacity }
      let before = rate
      let least = Double(mark.before) / max((mark.at - (phase.began ?? mark.at)).inSeconds + rested, 0.01)
      let isRepeated = lastWasShort && raises == 0
      let most = isRepeated ? (rate * min(rate, least)).squareRoot() : 0.97 * rate
      lastWasShort = raises == 0
      rate = max(Self.floor, min(most, max(measured, rate / 4)))
      // If the rate fell far, it is that of another server, and says nothing about how long to wait before raising it.
      patience = raises > 3 || rate < 0.8 * before ? 1 : min(2, patience * 1.5)
      fastest = max(fastest, rate)
      setbacks += 1
    }
  }

  /// The minimum capacity of a bucket with this rate, initially full, that would have accepted requests at these times.
  private static func capacity(letting departures: [Double], at rate: Double) -> Double {
    var taken = 0.0
    var most = 1.0
    var last = departures.first ?? 0
    for moment in departures {
      taken = max(0, taken - rate * (moment - last)) + 1
      most = max(most, taken)
      last = moment
    }
    return most
  }

  /// The lowest rate at which a bucket of this capacity, which depends on the rate, would have accepted the requests at these
  /// times, up to the moment when it was empty.
  private func rate(
    letting departures: [Double], within end: Duration, rested: Double, capacity: (Double) -> Double
  ) -> Double {
    func lets(_ rate: Double) -> Bool {
      let most = capacity(rate)
      var tokens = min(most, rate * rested)
      var last = departures.first ?? 0
      for moment in departures {
        tokens = min(most, tokens + rate * (moment - last))
        // A request sent less than one token's time too early may have arrived in time.
        guard tokens >= 0.5 else { return false }
        tokens -= 1
        last = moment
      }
      return true
    }
    var low = 0.0
    let seconds = end.inSeconds - (departures.first ?? end.inSeconds)
    var high = 4 * Double(departures.count + 1) / max(seconds, 0.01)
    // Whatever its capacity, it has only been filling since it was empty.
    guard lets(high) else { return Double(departures.count) / max(seconds + (rested.isFinite ? rested : 0), 0.01) }
    for _ in 0..<24 {
      let middle = (low + high) / 2
      if lets(middle) { high = middle } else { low = middle }
    }
    return high
  }

  // MARK: - Whether the rate matters

  /// The most recent answers.
  private struct Tally {
    let limit: Int
    private(set) var answers: [Bool] = []

    init(limit: Int) { self.limit = limit }

    var count: Int { answers.count }
    var through: Int { answers.count(where: \.self) }
    var share: Double { answers.isEmpty ? 1 : Double(through) / Double(count) }

    mutating func note(_ isThrough: Bool) {
      if answers.count == limit { answers.removeFirst() }
      answers.append(isThrough)
    }
    mutating func clear() { answers = [] }
  }

  private mutating func note(isThrough: Bool, _ mark: Mark, at now: Duration) {
    switch mode {
    case .unlimited: break
    case .climbing, .known: if mark.phase > 0, isThrough || mark.phase == phase.number { recent.note(isThrough) }
    case .trial:
      guard mark.isTrial else { return }
      trial.note(isThrough)
      if trial.count == trial.limit || trial.count - trial.through > trial.limit / 2 { endTrial(at: now) }
    case .discarded:
      recent.note(isThrough)
      guard recent.count == recent.limit else { return }
      if recent.share < 0.6 * usualShare || recent.share == 1 {
        // The server behaves differently now, so start from the beginning.
        mode = .unlimited
        newPhase()
        recent.clear()
      }
    }
  }

  /// Whether so many requests are refused at the known rate that the rate may not be the reason.
  private func shouldTry(at now: Duration) -> Bool {
    let refusals = recent.count - recent.through
    return now >= nextTrial && recent.count >= 12 && recent.share >= 0.3
      && (refusals >= 4 || setbacks >= 5 && rate < 0.6 * fastest)
  }

  private mutating func beginTrial() {
    mode = .trial
    trial.clear()
  }

  private mutating func endTrial(at now: Duration) {
    // If the rate were the reason, far fewer requests would be accepted without a limit.
    if trial.share >= 0.7 * recent.share {
      usualShare = trial.share
      mode = .discarded
    } else {
      mode = .known
      nextTrial = now + trialPause
      trialPause = trialPause * 2
      emptyAt = now
      quietUntil = max(quietUntil, now + Self.rest)
      newPhase()
    }
    setbacks = 0
    fastest = rate
    recent.clear()
  }
}

extension Duration {
  var inSeconds: Double { self / .seconds(1) }
}
