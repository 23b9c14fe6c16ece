import DevinSync

/// When a process that stays makes its next run. The runs stand on a grid from the first one on, so that they do not drift,
/// however long each takes; while they fail the distance doubles, up to an hour.
struct WatchPace {
  let every: Duration
  private var failures = 0
  private static let longest = Duration.seconds(3600)

  init(every: Duration) { self.every = every }

  /// - Parameters:
  ///   - status: what the run ended with.
  ///   - elapsed: since the first run began.
  /// - Returns: how long to wait.
  mutating func wait(after status: ExitStatus, elapsed: Duration) -> Duration {
    switch status {
    // Read as far as there was something to read: more often or more seldom makes nothing better.
    case .success, .unusableData, .tryAgain: failures = 0
    default: failures += 1
    }
    var distance = every
    for _ in 0..<min(failures, 20) where distance < Self.longest { distance = min(distance * 2, max(Self.longest, every)) }
    let steps = max(1, Int((distance / every).rounded()))
    let next = (Int(elapsed / every) + steps)
    return every * next - elapsed
  }
}
