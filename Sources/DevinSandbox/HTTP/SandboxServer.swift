import Foundation
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// Answers the requests of one sandbox: those to the API and those to the control plane.
final class SandboxServer: Sendable {
  private let state: Mutex<SandboxState>
  let connections = Connections()

  /// - Parameter elapsed: real time since some earlier time; nil: measured from now.
  init(_ scenario: SandboxScenario, elapsed: (@Sendable () -> Duration)? = nil) throws {
    // Creating hundreds of organizations takes seconds, which must count as elapsed time.
    let start = ContinuousClock.now
    var state = try SandboxState(scenario)
    if scenario.clockRuns { state.elapsed = elapsed ?? { start.duration(to: .now) } }
    self.state = Mutex(state)
  }

  /// All access to the state; within `body` the clock does not change.
  func withState<R: Sendable>(_ body: (inout SandboxState) throws -> R) rethrows -> R {
    try state.withLock { state in
      state.tick()
      return try body(&state)
    }
  }

  /// The HTTP server, which binds only 127.0.0.1.
  ///
  /// - Parameters:
  ///   - port: 0: any free one.
  ///   - onRunning: receives the port.
  func server(port: Int, onRunning: @escaping @Sendable (Int) -> Void) -> Server<SandboxChannel> {
    var logger = Logger(label: "DevinSandbox")
    logger.logLevel = .critical
    let channel = SandboxChannel(connections: connections, compresses: withState { $0.organization.scenario.compression }) {
      [self] request, writer, channel in try await respond(to: request, writer, on: channel)
    }
    return Server(
      childChannelSetup: channel, configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: port), backlog: 1_024),
      onServerRunning: { channel in onRunning(channel.localAddress?.port ?? port) },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
  }

  private func respond(to request: Request, _ writer: consuming ResponseWriter, on channel: any Channel) async throws {
    let target = Target(request.head.path ?? "/")
    if target.parts.first == "_sandbox" {
      var request = request
      let body = try await request.collectBody(upTo: 16 * 1_024 * 1_024)
      try await control(request.method.rawValue, target, Array(body.readableBytesView), writer)
      return
    }
    var request = request
    var call = APIRequest(method: request.method.rawValue, target: target, authorization: request.headers[.authorization])
    if !["GET", "HEAD"].contains(call.method) {
      call.contentType = request.headers[.contentType]
      call.body = try? await Array(request.collectBody(upTo: APIRequest.most).readableBytesView)
    }
    for act in withState({ $0.arrive() }) { await act() }
    let (plain, rewriting) = try withState { [call] state in
      var answer = try state.answer(call)
      answer.headers.append((.date, state.dateHeader()))
      answer.headers.append((.requestID, state.nextRequestID()))
      return (answer, state.rewriting)
    }
    var answer = plain
    if let rewriting, answer.status == 200 { answer.body = rewriting(target.path, answer.body) }
    if answer.delay > .zero { try await channel.wait(for: answer.delay) }
    switch answer.delivery {
    case .complete: try await writer.write(response: answer.head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    case .half:
      var body = try await writer.writeHead(answer.head)
      try await body.write(ByteBuffer(bytes: answer.body.prefix(answer.body.count / 2)))
      try await channel.close()
    case .never:
      try? await request.body.consumeWithCancellationOnInboundClose { _ in try await Task.sleep(for: .seconds(86_400)) }
      try await channel.close()
    case .reset:
      // With a linger time of zero seconds, closing sends a reset.
      let options = channel as? any SocketOptionProvider
      try await options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
      try await channel.close()
    }
  }
}

extension Channel {
  /// Returns after the delay, or at once when the channel is closed.
  fileprivate func wait(for delay: Duration) async throws {
    let end = eventLoop.makePromise(of: Void.self)
    let timer = eventLoop.scheduleTask(in: TimeAmount(delay)) { end.succeed() }
    closeFuture.whenComplete { _ in
      timer.cancel()
      end.succeed()
    }
    try await end.futureResult.get()
  }
}

extension Answer {
  var head: HTTPResponse {
    var head = HTTPResponse(status: .init(code: status))
    head.headerFields[.contentType] = contentType
    head.headerFields[.contentLength] = String(body.count)
    for (name, value) in headers { head.headerFields[name] = value }
    return head
  }
}

extension HTTPField.Name { static let requestID = HTTPField.Name(parsed: "x-request-id") ?? .via }
