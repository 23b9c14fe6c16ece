import DevinSync
import Dispatch
import Foundation
import Synchronization

/// Turns SIGINT and SIGTERM into a cancelled task, so that a run ends within a page, and remembers which it was. A second
/// signal ends the process at once, and so does the time: even then the file is whole. Commands that have nothing to save do without it,
/// since these signals end a process by themselves.
final class Signals: Sendable {
  private let received = Mutex<ExitStatus?>(nil)
  /// The status of a process that does not come to its end in time; nil: that of the signal.
  private let statusWhenLate: ExitStatus?
  /// With a thread of its own: those that all tasks share may be busy with what is to be ended.
  private let queue = DispatchQueue(label: "signals", qos: .userInitiated)

  /// From the signal on. Whatever does not look at the cancellation, such as one long statement of SQLite, is not waited for.
  private static let patience = DispatchTimeInterval.milliseconds(1_800)

  /// - Parameter endsCommand: whether a signal is how the command is meant to end, which is a success however long the end takes.
  init(endsCommand: Bool = false) { statusWhenLate = endsCommand ? .success : nil }

  /// The status of the signal that came, if one did.
  var status: ExitStatus? { received.withLock { $0 } }

  func cancelling<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result {
    let (registrations, registered) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      // Work may tell somebody that it has begun, who then sends a signal.
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
        // Not `exit`, which waits for what other threads hold.
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
