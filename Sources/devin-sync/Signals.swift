import DevinSync
import Dispatch
import Foundation
import Synchronization

/// Turns SIGINT and SIGTERM into a cancelled task, so that a run ends within a page, and remembers which it was. A second
/// signal ends the process at once: even then the file is whole.
final class Signals: Sendable {
  private let received = Mutex<ExitStatus?>(nil)

  /// The status of the signal that came, if one did.
  var status: ExitStatus? { received.withLock { $0 } }

  func cancelling<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result {
    let task = Task { try await work() }
    let sources = [(SIGINT, ExitStatus.interrupted), (SIGTERM, .terminated)].map { number, status in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        let isFirst = self.received.withLock { received in
          defer { received = received ?? status }
          return received == nil
        }
        if isFirst { task.cancel() } else { exit(status.rawValue) }
      }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    return try await task.value
  }
}
