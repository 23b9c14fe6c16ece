import DevinSync

/// When a long-running process starts its next run. Runs start at multiples of the interval after the first run, so they do not drift,
/// however long each takes. After failures the interval doubles, up to an hour.
struct WatchPace {
  let every: Duration
  private var failures = 0
  private static let longest = Duration.seconds(3600)

  init(every: Duration) { self.every = every }

  /// - Parameters:
  ///   - status: the exit status of the run.
  ///   - elapsed: since the first run began.
  /// - Returns: how long to wait.
  mutating func wait(after status: ExitStatus, elapsed: Duration) -> Duration {
    switch status {
    // Everything that could be read was read, so another interval would not help.
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
