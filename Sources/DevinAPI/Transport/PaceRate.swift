import Foundation

/// How fast requests may leave: unlimited until the server refuses one with 429; then as fast as it has let them through.
///
/// The server is taken for a bucket of tokens, of which each request takes one and which fills at a steady rate. A refusal
/// says that it is empty. So what it let through since it was last empty, over that time, is the rate; what it lets through
/// at once after a rest is its capacity. The first refusal tells neither: after it the rate is doubled until the next one,
/// which tells both. From then on it is raised in small steps, rarely.
///
/// A value: it knows no clock and waits for nothing.
struct PaceRate: Sendable {
  /// No slower than this, unless `Retry-After` demands it.
  static let floor = 5.0
  /// A silence of our own where the server names none.
  static let rest = Duration.milliseconds(200)
  private static let ceiling = 100_000.0

  private enum Mode {
    /// No refusal yet.
    case unlimited
    /// Looking for the rate, faster and faster.
    case climbing
    /// The rate is known.
    case known
    /// Whether refusals depend on the rate at all is being tried: without one.
    case trial
    /// They do not, so there is none.
    case discarded
  }

  /// A stretch of time from one refusal to the next.
  private struct Phase {
    var number = 0
    /// Of its first request; nil: none has left.
    var began: Duration?
    var sent = 0
    /// Seconds that the server's bucket had to fill before it began; nil: it was never seen empty.
    var rested: Double?
  }

  /// What a request needs to know when it is answered.
  struct Mark: Sendable {
    fileprivate let phase: Int
    /// Requests that left before it in its phase.
    fileprivate let before: Int
    fileprivate let at: Duration
    fileprivate let isTrial: Bool
  }

  private var mode = Mode.unlimited
  private var phase = Phase()
  /// When the requests of the phase left, in seconds; the oldest may have been dropped.
  private var departures: [Double] = []
  private var dropped = 0
  private static let mostDepartures = 4096
  /// Requests a second; meaningless where the mode has none.
  private var rate = 0.0
  /// Tokens that the server's bucket holds, at most.
  private var capacity = Double.infinity
  /// Of these, how many it may hold now, and when that was so.
  private var spare = 0.0
  private var spareAt = Duration.zero
  /// Nothing leaves before it, because the server wants silence.
  private(set) var quietUntil = Duration.zero
  /// When the next request is due.
  private var dueAt = Duration.zero
  private var lastSent = Duration.zero
  /// When the server was last known to be out of tokens.
  private var emptyAt = Duration.zero
  /// When the requests before the first refusal left.
  private var first: [Double] = []
  /// Seconds in which the rate doubles while climbing.
  private var doubling = 0.2

  // Small steps upward.
  private var raisedAt = Duration.zero
  private var sentSinceRaise = 0
  private var raises = 0
  private var patience = 1.0
  /// Seconds of silence that the last refusal cost.
  private var cost = 1.0

  // Whether refusals fall with the rate: the last answers, and those of a trial.
  private var recent = Tally(limit: 64)
  private var trial = Tally(limit: 24)
  /// Refusals at a known rate, since it was last seen that the rate matters, and the highest rate known since.
  private var setbacks = 0
  /// Whether the phase before ended before the rate was raised.
  private var lastWasShort = false
  private var fastest = 0.0
  private var nextTrial = Duration.zero
  private var trialPause = Duration.seconds(30)
  /// The share of requests that is let through however slowly they leave.
  private var usualShare = 1.0

  /// Requests a second that may leave now; nil: as many as there are.
  var perSecond: Double? {
    switch mode {
    case .climbing, .known: rate
    case .unlimited, .trial, .discarded: nil
    }
  }

  /// When the next request may leave: at once if that is past.
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

  /// - Parameter wait: how long the server wants silence; nil: it says nothing that is to be obeyed.
  mutating func refused(_ mark: Mark, wait: Duration?, at now: Duration) {
    if let wait { quietUntil = max(quietUntil, now + wait) }
    note(isThrough: false, mark, at: now)
    // What was under way when the server began to refuse says nothing new.
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

  /// The first request after a silence.
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
      // What was let through at once says little about the rate, which may then be a lot higher.
      rate = max(Self.floor, (seconds < 0.05 ? 4 : 1) * lowest)
      doubling = max(0.15, rested / 5, 2 * min(seconds, 1))
    }
    spare = min(capacity, rate * rested)
  }

  // MARK: - Spacing

  /// Sets when the next request is due.
  private mutating func space(at now: Duration) {
    let since = (now - lastSent).inSeconds
    switch mode {
    case .unlimited, .trial, .discarded: return
    case .climbing:
      // Time in which nothing wanted to leave proves nothing.
      if phase.sent > 1 { rate = min(Self.ceiling, rate * exp2(min(since, 2 / rate) / doubling)) }
      due(in: 1 / rate, at: now)
    case .known:
      raise(at: now)
      spare = max(0, min(capacity, spare + rate * (now - spareAt).inSeconds) - 1)
      spareAt = now
      // What the bucket holds is used within a second or two.
      due(in: 1 / (Self.caution * rate + max(0, 0.8 * spare - 2)), at: now)
    }
  }

  /// The part of the rate that is used, so that a small error does not empty the bucket.
  private static let caution = 0.985

  private mutating func due(in seconds: Double, at now: Duration) {
    // Who wakes up late catches up, but by no more than one request.
    let lag = Duration.seconds(seconds)
    dueAt = max(dueAt, now - lag) + .seconds(seconds)
  }

  /// After a while without a refusal in which the rate was used, it is a little higher: the more often that went well, the
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
      // A rate that fell a lot is another server's, and says nothing about how long to wait for a better one.
      patience = raises > 3 || rate < 0.8 * before ? 1 : min(2, patience * 1.5)
      fastest = max(fastest, rate)
      setbacks += 1
    }
  }

  /// The least that a bucket of this rate must have held, full, to let through what left at these moments.
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

  /// The lowest rate at which a bucket of this capacity, which grows or shrinks with the rate, would have let through what left at
  /// these moments, the last thing that it did before it was empty.
  private func rate(
    letting departures: [Double], within end: Duration, rested: Double, capacity: (Double) -> Double
  ) -> Double {
    func lets(_ rate: Double) -> Bool {
      let most = capacity(rate)
      var tokens = min(most, rate * rested)
      var last = departures.first ?? 0
      for moment in departures {
        tokens = min(most, tokens + rate * (moment - last))
        // One that leaves early by less than a token's time may have arrived in time.
        guard tokens >= 0.5 else { return false }
        tokens -= 1
        last = moment
      }
      return true
    }
    var low = 0.0
    let seconds = end.inSeconds - (departures.first ?? end.inSeconds)
    var high = 4 * Double(departures.count + 1) / max(seconds, 0.01)
    // Whatever it holds, it has filled up only since it was empty.
    guard lets(high) else { return Double(departures.count) / max(seconds + (rested.isFinite ? rested : 0), 0.01) }
    for _ in 0..<24 {
      let middle = (low + high) / 2
      if lets(middle) { high = middle } else { low = middle }
    }
    return high
  }

  // MARK: - Whether the rate matters

  /// Answers, the last of which count.
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
        // Another server than before: from the beginning.
        mode = .unlimited
        newPhase()
        recent.clear()
      }
    }
  }

  /// Whether so many are refused at the rate that was learned that it may be none of the reasons.
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
    // Had the rate been the reason, a lot less would be let through without one.
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
