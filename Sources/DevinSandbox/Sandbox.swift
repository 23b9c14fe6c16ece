import HummingbirdCore

/// A simulated Devin organization behind real HTTP on 127.0.0.1, for a demonstration, for tests and
/// for trials. It is reachable from this machine only.
///
/// ```swift
/// try await Sandbox.run(SandboxScenario()) { sandbox in
///   print(sandbox.url, sandbox.scenario.key)
///   try sandbox.news(steps: 3)
/// }
/// ```
///
/// Whatever its methods do can be done from outside too, below `/_sandbox/`.
package final class Sandbox: Sendable {
  package let scenario: SandboxScenario
  package let port: Int
  private let server: SandboxServer

  /// Where the API begins, without a slash at the end.
  package var url: String { "http://127.0.0.1:\(port)" }

  private init(_ server: SandboxServer, scenario: SandboxScenario, port: Int) {
    self.server = server
    self.scenario = scenario
    self.port = port
  }

  /// Serves an organization while `body` runs. Connections that are still open then are closed.
  ///
  /// - Parameter port: 0: any free one.
  /// - Throws: what `body` throws; an error of the operating system when the port cannot be bound.
  package static func run<R>(
    _ scenario: SandboxScenario = SandboxScenario(), port: Int = 0, isolation: isolated (any Actor)? = #isolation,
    _ body: (Sandbox) async throws -> R
  ) async throws -> R { try await run(scenario, port: port, elapsed: nil, isolation: isolation, body) }

  /// - Parameter elapsed: what a clock that runs goes by; nil: real time.
  static func run<R>(
    _ scenario: SandboxScenario, port: Int = 0, elapsed: (@Sendable () -> Duration)?,
    isolation: isolated (any Actor)? = #isolation, _ body: (Sandbox) async throws -> R
  ) async throws -> R {
    let server = try SandboxServer(scenario, elapsed: elapsed)
    let running = try await RunningServer(server, port: port)
    do {
      server.withState { $0.port = running.port }
      let sandbox = Sandbox(server, scenario: scenario, port: running.port)
      let result = try await withThrowingTaskGroup(of: Void.self) { group in
        defer { group.cancelAll() }
        if let milliseconds = scenario.liveMilliseconds {
          group.addTask { try await server.live(every: .milliseconds(milliseconds)) }
        }
        return try await body(sandbox)
      }
      await running.stop()
      return result
    } catch {
      await running.stop()
      throw error
    }
  }
}

extension Sandbox {
  /// Unix seconds of the sandbox's own clock, which is in every answer's `Date`.
  package var now: Int { server.withState { $0.organization.now } }

  /// Moves the clock, and nothing else. One that runs goes on from there.
  package func advance(seconds: Int) { server.withState { $0.organization.now += seconds } }

  /// Sessions that there are now, in all organizations.
  package var sessionCount: Int { server.withState { $0.enterprise.sessionCount } }

  /// What the keys may do.
  package var permissions: Set<String> {
    get { server.withState { $0.permissions } }
    set { server.withState { $0.permissions = newValue } }
  }

  /// Whether the key is refused with 401.
  package var isKeyRevoked: Bool {
    get { server.withState { $0.isRevoked } }
    set { server.withState { $0.isRevoked = newValue } }
  }

  /// Endpoints that are answered with 404; see `SandboxScenario.absent`.
  package var absent: [String] {
    get { server.withState { $0.absent } }
    set { server.withState { $0.absent = newValue } }
  }

  /// Added to the time each answer of the API takes.
  package var latency: Duration {
    get { server.withState { $0.latency } }
    set { server.withState { $0.latency = newValue } }
  }

  package var errors: SandboxScenario.ErrorFamily {
    get { server.withState { $0.errors } }
    set { server.withState { $0.errors = newValue } }
  }

  /// What happens on writes where the sources disagree.
  package var writes: WriteRules {
    get { server.withState { $0.rules } }
    set { server.withState { $0.rules = newValue } }
  }

  /// Rules still in force, with what is left of their counts.
  package var faults: [FaultRule] {
    get { server.withState { $0.faults } }
    set { server.withState { $0.faults = newValue } }
  }

  /// Requests to the API since the log was emptied; bounded, see `RequestCounts.dropped`.
  package var requests: [LoggedRequest] { server.withState { $0.log.requests } }

  package var requestCounts: RequestCounts { server.withState { $0.log.summary } }

  package func forgetRequests() { server.withState { $0.log = RequestLog() } }

  /// Does something once, when the request with this number comes in (1: the next one), and before it is answered. What is
  /// still to come when another is planned stays planned.
  package func atRequest(_ number: Int, _ act: @escaping @Sendable () async -> Void) {
    server.withState { $0.plans.append((number, act)) }
  }

  /// Lets every answer of the API pass through a function before it is sent, for what no fault and no edit can say, such as
  /// numbers that are none. Nil: no more.
  ///
  /// - Parameter rewrite: gets the path that was asked for and the body.
  package func rewriteAnswers(_ rewrite: (@Sendable (_ path: String, _ body: [UInt8]) -> [UInt8])?) {
    server.withState { $0.rewriting = rewrite }
  }

  /// Forgets what was planned with `atRequest` and has not happened.
  package func forgetPlans() { server.withState { $0.plans = [] } }

  /// Returns when so many requests have come since the log was emptied, or the task is cancelled.
  package func waitForRequests(_ count: Int) async {
    let (totals, observer) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
    let number = server.withState { state in
      let number = (state.observers.keys.max() ?? 0) + 1
      state.observers[number] = observer
      observer.yield(state.log.total)
      return number
    }
    _ = await totals.first { $0 >= count }
    _ = server.withState { $0.observers.removeValue(forKey: number) }
  }

  /// The organization, or each that is active, lives on for so many minutes of its own clock.
  @discardableResult package func news(steps: Int = 1) throws -> SandboxNews {
    try server.withState { try $0.enterprise.news(steps: steps) }
  }

  /// - Throws: `SandboxControlError` when there is no such object, or the operation makes no sense
  ///   for it.
  @discardableResult package func edit(_ edit: SandboxEdit) throws -> SandboxEditResult {
    try server.withState { try $0.enterprise.edit(edit) }
  }

  /// The living objects of a resource, as JSON lines: what `GET /_sandbox/objects/…` streams. For small organizations.
  ///
  /// A line is the object as the API sends it. Where the list says something about an object that it does not say itself,
  /// the line is `{"scope":{"org_id":"…",…},"object":{…}}`; a message or an attachment is wrapped as
  /// `{"session_id":"…","object":{…}}`. An enterprise's key is told of all organizations, any other of its own and of what
  /// lists of organizations hold.
  package func objects(_ resource: SandboxResource) -> [String] {
    var text: [UInt8] = []
    var position: Int? = 0
    while let start = position {
      guard let lines = try? server.withState({ try $0.enterprise.lines(resource, from: start) }) else { break }
      text += lines.bytes
      position = lines.next
    }
    return text.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension SandboxServer {
  /// A step of news every so often in real time, until the task is cancelled.
  fileprivate func live(every interval: Duration) async throws {
    while true {
      try await Task.sleep(for: interval)
      try withState { _ = try $0.enterprise.news(steps: 1) }
    }
  }
}
