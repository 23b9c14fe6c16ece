import Synchronization

/// Counts the requests of one run. The transports write it; the progress display reads it.
package final class RequestMeter: Sendable {
  package struct Reading: Sendable, Hashable {
    /// HTTP requests sent, retries included.
    package var requests = 0
    /// How many of these were retries after a failure.
    package var retries = 0
    /// Bytes of the answers' bodies, decompressed.
    package var bytes = 0
    /// Time spent waiting because the server asked for it or had failed, summed over all lists.
    package var waited = Duration.zero
    /// The number of requests that are waiting now, and why the last of them waits.
    package var waitingNow = 0
    package var waitReason: String?
  }

  private let state = Mutex(Reading())
  private let watcher = Mutex<(@Sendable () -> Void)?>(nil)

  package init() {}

  package var reading: Reading { state.withLock { $0 } }

  /// Calls `watcher` whenever a wait begins or ends.
  package func watchWaits(_ watcher: @escaping @Sendable () -> Void) { self.watcher.withLock { $0 = watcher } }

  package func waitBegan(because reason: String) {
    count {
      $0.waitingNow += 1
      $0.waitReason = reason
    }
    watcher.withLock { $0 }?()
  }

  package func waitEnded(after duration: Duration) {
    count {
      $0.waitingNow -= 1
      $0.waited += duration
    }
    watcher.withLock { $0 }?()
  }

  package func count(_ change: (inout Reading) -> Void) { state.withLock { change(&$0) } }
}
