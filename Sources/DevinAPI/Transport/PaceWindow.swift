/// How many requests may be in flight: the window. It is doubled while that increases throughput, which the median latency
/// shows. If the latency does not grow, twice as many requests are answered. If it grows, requests only wait in a queue at
/// the server, and the window shrinks to the size that keeps the server busy. After that, other sizes are tried in small steps, rarely.
///
/// This is a value type: it uses no clock and never waits.
struct PaceWindow: Sendable {
  static let start = 4

  private enum Mode {
    /// Doubling.
    case opening
    case steady
    /// Trying another size, from the steady one.
    case probing(from: Level)
  }

  /// A size and what was measured with it.
  private struct Level {
    var size: Int
    /// Seconds.
    var latency: Double
  }

  /// Data about a request that is needed when it is answered.
  struct Mark: Sendable {
    fileprivate let round: Int
    fileprivate let at: Duration
    /// Whether the window was fully used; otherwise its answer says little about this size.
    fileprivate let isFull: Bool
  }

  /// The maximum size.
  let ceiling: Int
  private(set) var size: Int
  private(set) var inFlight = 0

  private var mode = Mode.opening
  /// A request counts only in the round in which it was sent.
  private var round = 0
  /// Whether the window has been fully used in this round.
  private var wasFull = false
  private var latencies: [Double] = []
  private var failures = 0
  /// The sizes measured while opening, smallest first.
  private var levels: [Level] = []
  /// The measurement of the steady size.
  private var steady: Level?
  private var steadyRounds = 0
  private var roundsUntilProbe = 4
  private var probesUp = true

  init(ceiling: Int) {
    self.ceiling = max(1, ceiling)
    size = min(Self.start, self.ceiling)
  }

  var hasRoom: Bool { inFlight < size }

  mutating func sent(at now: Duration) -> Mark {
    inFlight += 1
    if inFlight >= size { wasFull = true }
    return Mark(round: round, at: now, isFull: inFlight >= size - size / 8)
  }

  mutating func answered(_ mark: Mark, at now: Duration) {
    inFlight -= 1
    // Before the first answer nothing is known, so every answer counts.
    guard mark.round == round, mark.isFull || (round == 0 && wasFull) else { return }
    latencies.append(max((now - mark.at).inSeconds, 1e-6))
    decide()
  }

  /// For an answer that says nothing about latency, such as a refusal.
  mutating func left() { inFlight -= 1 }

  mutating func failed(_ mark: Mark) {
    inFlight -= 1
    guard mark.round == round else { return }
    failures += 1
    // Single failures can happen anywhere; many at once mean that the load is too high.
    guard failures >= 3, failures * 4 > latencies.count + failures else { return }
    settle(at: Level(size: max(1, size / 2), latency: 0))
  }

  private var median: Double {
    let sorted = latencies.sorted()
    return sorted[sorted.count / 2]
  }

  /// The number of answers after which a size is evaluated.
  private var enough: Int { max(16, 2 * size) }

  private mutating func decide() {
    switch mode {
    case .opening: open()
    case .steady:
      guard latencies.count >= enough else { return }
      stay()
    case .probing(let before):
      guard latencies.count >= max(12, size) else { return }
      judge(against: before)
    }
  }

  private mutating func use(_ size: Int) {
    self.size = min(ceiling, max(1, size))
    round += 1
    beginRound()
  }

  private mutating func beginRound() {
    wasFull = false
    latencies.removeAll(keepingCapacity: true)
    failures = 0
  }

  private mutating func settle(at level: Level) {
    mode = .steady
    steady = level.latency > 0 ? level : nil
    steadyRounds = 0
    levels = []
    use(level.size)
  }

  // MARK: - Opening

  private mutating func open() {
    let early = max(4, size / 2)
    guard latencies.count == early || latencies.count >= enough else { return }
    let now = Level(size: size, latency: median)
    let gain = levels.last.map { gained(by: now, over: $0) } ?? 2
    if gain >= 1.2 {
      levels.append(now)
      if size >= ceiling || isPlenty(now) {
        if latencies.count >= enough { settle(at: now) }
      } else {
        use(size * 2)
      }
    } else if latencies.count >= enough {
      // The number of requests that the server answers in its shortest latency; a quarter more keeps it busy.
      let base = levels.map(\.latency).min() ?? now.latency
      let filling = Int((1.25 * Double(now.size) * base / now.latency).rounded(.up)) + 1
      let smaller = levels.last?.size ?? 1
      let size = max(2, min(now.size, filling))
      // If it was slower than the previous size, that size was already sufficient.
      settle(at: Level(size: gain < 0.9 ? min(size, smaller + smaller / 4 + 1) : size, latency: 0))
    }
  }

  /// The ratio of two throughputs, with the window fully used.
  private func gained(by level: Level, over other: Level) -> Double {
    Double(level.size) / level.latency / (Double(other.size) / other.latency)
  }

  /// More answers per second than can be written to a file. A larger window would only make them wait in a queue, and would lose as
  /// many requests at the first refusal.
  private static let plenty = 2000.0

  private func isPlenty(_ level: Level) -> Bool { Double(level.size) / level.latency >= Self.plenty }

  // MARK: - Steady

  private mutating func stay() {
    let now = Level(size: size, latency: median)
    let before = steady ?? now
    steadyRounds += 1
    let isSlower = now.latency > 1.5 * before.latency
    if isSlower { roundsUntilProbe = 4 }
    if isSlower || steadyRounds >= (size < ceiling ? roundsUntilProbe : 4 * roundsUntilProbe) {
      // The next rounds are compared with this measurement.
      steady = now
      let goesUp = !isSlower && probesUp && size < ceiling && !isPlenty(now)
      probesUp = !goesUp
      let step = max(1, size / 4)
      let other = goesUp ? size + step : size - step
      steadyRounds = 0
      guard other >= 1 else { return use(size) }
      mode = .probing(from: now)
      use(other)
    } else {
      steady = before.latency < now.latency ? before : now
      beginRound()
    }
  }

  private mutating func judge(against before: Level) {
    let now = Level(size: size, latency: median)
    let gain = gained(by: now, over: before)
    let ratio = Double(now.size) / Double(before.size)
    if ratio > 1, gain >= 1 + (ratio - 1) / 2 {
      // A larger window may still increase throughput.
      roundsUntilProbe = 4
      mode = .opening
      levels = [now]
      use(size * 2)
    } else if ratio < 1, gain >= 0.95 {
      // A smaller window is sufficient; try an even smaller one.
      roundsUntilProbe = 2
      probesUp = false
      settle(at: now)
    } else {
      roundsUntilProbe = min(16, roundsUntilProbe * 2)
      settle(at: before)
    }
  }
}
