import DevinSync
import Dispatch
import Foundation
import Synchronization

/// Turns SIGINT and SIGTERM into a cancelled task, so that a run ends within one page, and remembers the signal. A second signal ends
/// the process at once, and so does a timeout; even then the file stays consistent. Commands that have nothing to save do not need this,
/// since these signals end a process by default.
final class Signals: Sendable {
  private let received = Mutex<ExitStatus?>(nil)
  /// The exit status of a process that does not end in time; nil: that of the signal.
  private let statusWhenLate: ExitStatus?
  /// On a separate thread: the threads shared by all tasks may be busy with the work to be cancelled.
  private let queue = DispatchQueue(label: "signals", qos: .userInitiated)

  /// How long to wait after the signal. Work that does not check for cancellation, such as one long SQLite statement, is not awaited.
  private static let patience = DispatchTimeInterval.milliseconds(1_800)

  /// - Parameter endsCommand: whether a signal is the normal way to end the command, so that it always counts as success.
  init(endsCommand: Bool = false) { statusWhenLate = endsCommand ? .success : nil }

  /// The status for the received signal; nil: none was received.
  var status: ExitStatus? { received.withLock { $0 } }

  func cancelling<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result {
    let (registrations, registered) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      // Work may announce that it has begun, and the reader may then send a signal, so wait until both handlers are registered.
      for await _ in registrations.prefix(2) {}
      return try await work()
    }
    let sources = [(SIGINT, ExitStatus.interrupted), (SIGTERM, .terminated)].map { number, status in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        let isFirst = self.received.withLock { received in
          defer { received = received ?? status }
          return received == nil
        }
        let late = (self.statusWhenLate ?? status).rawValue
        // Not `exit`, which waits for locks of other threads.
        guard isFirst else { _exit(late) }
        task.cancel()
        self.queue.asyncAfter(deadline: .now() + Self.patience) { _exit(late) }
      }
      source.setRegistrationHandler { registered.yield() }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    return try await task.value
  }
}
