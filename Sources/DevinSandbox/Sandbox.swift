import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// A simulated Devin organization, served over real HTTP on 127.0.0.1, for demonstrations, tests and
/// experiments. It is reachable only from this machine.
///
/// ```swift
/// try await Sandbox.run(SandboxScenario()) { sandbox in
///   print(sandbox.url, sandbox.scenario.key)
///   try sandbox.news(steps: 3)
/// }
/// ```
///
/// All of its methods are also available over HTTP, below `/_sandbox/`. The members of `SandboxBehavior` are members of the
/// sandbox too, and can be changed at any time.
@dynamicMemberLookup
package final class Sandbox: Sendable {
  package let scenario: SandboxScenario
  private let state: Mutex<SandboxState>
  private let connections = Connections()

  /// - Parameter elapsed: real time since some earlier time; nil: measured from now.
  private init(_ scenario: SandboxScenario, elapsed: (@Sendable () -> Duration)?) throws {
    // Creating hundreds of organizations takes seconds, which must count as elapsed time.
    let start = ContinuousClock.now
    var state = try SandboxState(scenario)
    if scenario.clockRuns { state.elapsed = elapsed ?? { start.duration(to: .now) } }
    self.state = Mutex(state)
    self.scenario = scenario
  }

  /// Serves an organization while `body` runs. Connections that are still open at the end are closed.
  ///
  /// - Parameters:
  ///   - port: 0: any free one.
  ///   - elapsed: the time source of a running clock; nil: real time.
  /// - Throws: errors of `body`; an error of the operating system when the port cannot be bound.
  package static func run<R>(
    _ scenario: SandboxScenario = SandboxScenario(), port: Int = 0, elapsed: (@Sendable () -> Duration)? = nil,
    isolation: isolated (any Actor)? = #isolation, _ body: (Sandbox) async throws -> R
  ) async throws -> R {
    let sandbox = try Sandbox(scenario, elapsed: elapsed)
    let (ports, announcement) = AsyncStream.makeStream(of: Int.self)
    let http = sandbox.server(port: port) { announcement.yield($0) }
    // In a separate task, because the server must not be cancelled: a connection that was accepted
    // but not processed yet would be dropped, which NIO considers a defect and ends the process.
    let serving = Task {
      defer { announcement.finish() }
      try await http.run()
    }
    guard let bound = await Task(operation: { await ports.first { _ in true } }).value else {
      try await serving.value
      throw SandboxControlError("the server ended before it began")
    }
    sandbox.withState { $0.port = bound }
    let result: Result<R, any Error>
    do { result = .success(try await sandbox.liveWhile(body)) } catch { result = .failure(error) }
    // Also with requests in flight. Returns when the port is free.
    sandbox.connections.closeAll()
    try? await http.shutdownGracefully()
    _ = await serving.result
    return try result.get()
  }

  /// Simulates a step of activity at the interval of the scenario, if there is one, while `body` runs.
  private func liveWhile<R>(isolation: isolated (any Actor)? = #isolation, _ body: (Sandbox) async throws -> R) async throws -> R
  {
    try await withThrowingTaskGroup(of: Void.self) { group in
      defer { group.cancelAll() }
      if let milliseconds = scenario.liveMilliseconds {
        group.addTask {
          while true {
            try await Task.sleep(for: .milliseconds(milliseconds))
            try self.news(steps: 1)
          }
        }
      }
      return try await body(self)
    }
  }

  /// All access to the state; within `body` the clock does not change.
  func withState<R: Sendable>(_ body: (inout SandboxState) throws -> R) rethrows -> R {
    try state.withLock { state in
      state.tick()
      return try body(&state)
    }
  }
}

extension Sandbox {
  package var port: Int { withState { $0.port } }

  /// The base URL of the API, without a slash at the end.
  package var url: String { "http://127.0.0.1:\(port)" }

  package subscript<Value: Sendable>(dynamicMember member: WritableKeyPath<SandboxBehavior, Value>) -> Value {
    get { withState { $0.behavior[keyPath: member] } }
    set { withState { $0.behavior[keyPath: member] = newValue } }
  }

  /// The active rules, with their remaining counts.
  package var faults: [FaultRule] {
    get { withState { $0.behavior.faults } }
    set { withState { $0.behavior.faults = newValue } }
  }

  /// The sandbox's own clock in Unix seconds, which every answer's `Date` shows.
  package var now: Int { withState { $0.organization.now } }

  /// Moves only the clock. A running clock continues from there.
  package func advance(seconds: Int) { withState { $0.organization.now += seconds } }

  /// The current number of sessions, in all organizations.
  package var sessionCount: Int { withState { $0.enterprise.sessionCount } }

  /// Requests to the API since the log was cleared; limited, see `RequestCounts.dropped`.
  package var requests: [LoggedRequest] { withState { $0.log.requests } }

  package var requestCounts: RequestCounts { withState { $0.log.summary } }

  package func forgetRequests() { withState { $0.log = RequestLog() } }

  /// Does something once, when the request with this number arrives (1: the next one), before it is answered. Actions planned
  /// earlier remain planned.
  package func atRequest(_ number: Int, _ act: @escaping @Sendable () async -> Void) {
    withState { $0.plans.append((number, act)) }
  }

  /// Cancels actions planned with `atRequest` that have not happened yet.
  package func forgetPlans() { withState { $0.plans = [] } }

  /// Passes every answer of the API through a function before it is sent, for changes that no fault or edit can make, such as
  /// invalid numbers. Nil: answers are no longer changed.
  ///
  /// - Parameter rewrite: receives the requested path and the body.
  package func rewriteAnswers(_ rewrite: (@Sendable (_ path: String, _ body: [UInt8]) -> [UInt8])?) {
    withState { $0.rewrite = rewrite }
  }

  /// Returns when this many requests have arrived since the log was cleared, or the task is cancelled.
  package func waitForRequests(_ count: Int) async {
    let (totals, observer) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
    let number = withState { state in
      let number = (state.observers.keys.max() ?? 0) + 1
      state.observers[number] = observer
      observer.yield(state.log.summary.total)
      return number
    }
    _ = await totals.first { $0 >= count }
    _ = withState { $0.observers.removeValue(forKey: number) }
  }

  /// Simulates activity in the organization, or in each active one, for this many minutes of its own clock.
  @discardableResult package func news(steps: Int = 1) throws -> SandboxNews {
    try withState { try $0.enterprise.news(steps: steps) }
  }

  /// - Throws: `SandboxControlError` when there is no such object, or the operation makes no sense
  ///   for it.
  @discardableResult package func edit(_ edit: SandboxEdit) throws -> SandboxEditResult {
    try withState { try $0.enterprise.edit(edit) }
  }

  /// The objects of a resource that are not deleted, as JSON lines, like `GET /_sandbox/objects/…`. For small organizations.
  ///
  /// A line is the object as sent by the API. If the list provides values that the object itself does not contain,
  /// the line is `{"scope":{"org_id":"…",…},"object":{…}}`; a message or an attachment is wrapped as
  /// `{"session_id":"…","object":{…}}`. For an enterprise key, the result includes all organizations; for any other key, its own
  /// organization and the rows in lists of organizations.
  package func objects(_ resource: SandboxResource) -> [String] {
    var text: [UInt8] = []
    var position: Int? = 0
    while let start = position {
      guard let lines = try? withState({ try $0.enterprise.lines(resource, from: start) }) else { break }
      text += lines.bytes
      position = lines.next
    }
    return text.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension Sandbox {
  /// The HTTP server, which binds only 127.0.0.1.
  ///
  /// - Parameter onRunning: receives the port.
  private func server(port: Int, onRunning: @escaping @Sendable (Int) -> Void) -> Server<SandboxChannel> {
    var logger = Logger(label: "DevinSandbox")
    logger.logLevel = .critical
    let channel = SandboxChannel(connections: connections, compresses: scenario.compression) {
      [self] request, writer, channel in try await respond(to: request, writer, on: channel)
    }
    return Server(
      childChannelSetup: channel, configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: port), backlog: 1_024),
      onServerRunning: { channel in onRunning(channel.localAddress?.port ?? port) },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
  }

  private func respond(to request: Request, _ writer: consuming ResponseWriter, on channel: any Channel) async throws {
    let target = Target(request.head.path ?? "/")
    var request = request
    if target.parts.first == "_sandbox" {
      let body = try await request.collectBody(upTo: 16 * 1_024 * 1_024)
      try await control(request.method.rawValue, target, Array(body.readableBytesView), writer)
      return
    }
    var call = APIRequest(method: request.method.rawValue, target: target, authorization: request.headers[.authorization])
    if !["GET", "HEAD"].contains(call.method) {
      call.contentType = request.headers[.contentType]
      call.body = try? await Array(request.collectBody(upTo: APIRequest.maximumBody).readableBytesView)
    }
    for act in withState({ $0.arrive() }) { await act() }
    let response = try withState { [call] state in try state.respond(to: call) }
    if response.delay > .zero { try await channel.wait(for: response.delay) }
    switch response.delivery {
    case .complete:
      try await writer.write(response: response.head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: response.body)))
    case .half:
      var body = try await writer.writeHead(response.head)
      try await body.write(ByteBuffer(bytes: response.body.prefix(response.body.count / 2)))
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
