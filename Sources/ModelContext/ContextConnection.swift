import Foundation
import Synchronization

/// One client on two pipes: each line is one JSON message. Requests are answered when their results are ready, in any order.
package struct ContextConnection: Sendable {
  /// The maximum size of a line in bytes.
  package static let longestLine = 1 << 20
  /// The maximum number of active requests; further lines wait in the pipe.
  private static let mostWaiting = 256

  private let server: ContextServer
  private let log: (@Sendable (String) -> Void)?
  private let running = RunningRequests()

  /// - Parameter log: receives a line about each message, without its content; nil: no log.
  package init(_ provider: any ContextProvider, log: (@Sendable (String) -> Void)? = nil) {
    server = ContextServer(provider)
    self.log = log
  }

  /// Returns when the input has ended and every request is answered, when the client has stopped reading, or when the task is cancelled.
  package func run(input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO) async {
    let input = LineInput(input, longest: Self.longestLine, waiting: Self.mostWaiting)
    let output = LineOutput(output)
    await withDiscardingTaskGroup { group in
      for await line in input.lines {
        if output.isBroken { break }
        guard case .request(let request) = await message(in: line, output) else {
          input.finishOne()
          continue
        }
        // The revision that it agrees on applies to later lines, so wait for it.
        if request.method == "initialize" {
          await answer(request, output)
          input.finishOne()
          continue
        }
        let task = running.start(request.id) { await answer(request, output) }
        group.addTask {
          await withTaskCancellationHandler(operation: { await task.value }, onCancel: { task.cancel() })
          running.end(request.id, task)
          input.finishOne()
        }
      }
      if Task.isCancelled || output.isBroken { group.cancelAll() }
    }
    log?("the connection has ended")
  }

  /// Handles everything except requests.
  private func message(in line: LineInput.Line, _ output: LineOutput) async -> IncomingMessage? {
    let message: IncomingMessage =
      switch line {
      case .line(let data): IncomingMessage(line: data)
      case .tooLong: .malformed(id: nil, .invalidRequest("The line is longer than \(Self.longestLine) bytes"))
      }
    switch message {
    case .malformed(let id, let error):
      log?("malformed message: \(error.code) \(error.message)")
      await output.send(ContextServer.answer(to: id, error).line)
    case .notification(let method, let parameters):
      log?(method)
      if method == "notifications/cancelled", let id = parameters["requestId"].flatMap(RequestID.init) { running.cancel(id) }
    case .answer, .request: break
    }
    return message
  }

  private func answer(_ request: IncomingMessage.Request, _ output: LineOutput) async {
    let clock = ContinuousClock()
    let start = clock.now
    var answer: JSON?
    do { answer = try await server.answer(request) } catch {}
    // A client that has cancelled a request expects no answer.
    let line = Task.isCancelled ? nil : answer?.line
    if let line { await output.send(line) }
    let milliseconds = start.duration(to: clock.now) / .milliseconds(1)
    let name = ["name", "uri"].compactMap { request.parameters[$0]?.text }.first.map { " \($0)" } ?? ""
    let end = line.map { "\($0.utf8.count + 1) bytes" } ?? "cancelled"
    log?("\(request.method)\(name): \(Int(milliseconds)) ms, \(end)\(answer?.object?["error"] == nil ? "" : ", an error")")
  }
}

/// The active requests, so that a client can cancel one.
final class RunningRequests: Sendable {
  private let tasks = Mutex<[RequestID: Task<Void, Never>]>([:])

  func start(_ id: RequestID, _ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
    tasks.withLock { tasks in
      let task = Task(operation: work)
      tasks[id] = task
      return task
    }
  }

  /// - Parameter task: the task of the request; another one with the same id may have started since.
  func end(_ id: RequestID, _ task: Task<Void, Never>) {
    tasks.withLock { if $0[id] == task { $0[id] = nil } }
  }

  func cancel(_ id: RequestID) { tasks.withLock { $0[id] }?.cancel() }
}
