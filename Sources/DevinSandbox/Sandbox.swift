import HummingbirdCore

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
/// All of its methods are also available over HTTP, below `/_sandbox/`.
package final class Sandbox: Sendable {
  package let scenario: SandboxScenario
  package let port: Int
  private let server: SandboxServer

  /// The base URL of the API, without a slash at the end.
  package var url: String { "http://127.0.0.1:\(port)" }

  private init(_ server: SandboxServer, scenario: SandboxScenario, port: Int) {
    self.server = server
    self.scenario = scenario
    self.port = port
  }

  /// Serves an organization while `body` runs. Connections that are still open at the end are closed.
  ///
  /// - Parameter port: 0: any free one.
  /// - Throws: errors of `body`; an error of the operating system when the port cannot be bound.
  package static func run<R>(
    _ scenario: SandboxScenario = SandboxScenario(), port: Int = 0, isolation: isolated (any Actor)? = #isolation,
    _ body: (Sandbox) async throws -> R
  ) async throws -> R { try await run(scenario, port: port, elapsed: nil, isolation: isolation, body) }

  /// - Parameter elapsed: the time source of a running clock; nil: real time.
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
  /// The sandbox's own clock in Unix seconds, which every answer's `Date` shows.
  package var now: Int { server.withState { $0.organization.now } }

  /// Moves only the clock. A running clock continues from there.
  package func advance(seconds: Int) { server.withState { $0.organization.now += seconds } }

  /// The current number of sessions, in all organizations.
  package var sessionCount: Int { server.withState { $0.enterprise.sessionCount } }

  /// What the keys may do.
  package var permissions: Set<String> {
    get { server.withState { $0.permissions } }
    set { server.withState { $0.permissions = newValue } }
  }

  /// Whether the key is rejected with 401.
  package var isKeyRevoked: Bool {
    get { server.withState { $0.isRevoked } }
    set { server.withState { $0.isRevoked = newValue } }
  }

  /// Endpoints that return 404; see `SandboxScenario.absent`.
  package var absent: [String] {
    get { server.withState { $0.absent } }
    set { server.withState { $0.absent = newValue } }
  }

  /// Added to the response time of each request to the API.
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

  /// The active rules, with their remaining counts.
  package var faults: [FaultRule] {
    get { server.withState { $0.faults } }
    set { server.withState { $0.faults = newValue } }
  }

  /// Requests to the API since the log was cleared; limited, see `RequestCounts.dropped`.
  package var requests: [LoggedRequest] { server.withState { $0.log.requests } }

  package var requestCounts: RequestCounts { server.withState { $0.log.summary } }

  package func forgetRequests() { server.withState { $0.log = RequestLog() } }

  /// Does something once, when the request with this number arrives (1: the next one), before it is answered. Actions planned
  /// earlier remain planned.
  package func atRequest(_ number: Int, _ act: @escaping @Sendable () async -> Void) {
    server.withState { $0.plans.append((number, act)) }
  }

  /// Passes every answer of the API through a function before it is sent, for changes that no fault or edit can make, such as
  /// invalid numbers. Nil: answers are no longer changed.
  ///
  /// - Parameter rewrite: receives the requested path and the body.
  package func rewriteAnswers(_ rewrite: (@Sendable (_ path: String, _ body: [UInt8]) -> [UInt8])?) {
    server.withState { $0.rewriting = rewrite }
  }

  /// Cancels actions planned with `atRequest` that have not happened yet.
  package func forgetPlans() { server.withState { $0.plans = [] } }

  /// Returns when this many requests have arrived since the log was cleared, or the task is cancelled.
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

  /// Simulates activity in the organization, or in each active one, for this many minutes of its own clock.
  @discardableResult package func news(steps: Int = 1) throws -> SandboxNews {
    try server.withState { try $0.enterprise.news(steps: steps) }
  }

  /// - Throws: `SandboxControlError` when there is no such object, or the operation makes no sense
  ///   for it.
  @discardableResult package func edit(_ edit: SandboxEdit) throws -> SandboxEditResult {
    try server.withState { try $0.enterprise.edit(edit) }
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
      guard let lines = try? server.withState({ try $0.enterprise.lines(resource, from: start) }) else { break }
      text += lines.bytes
      position = lines.next
    }
    return text.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension SandboxServer {
  /// Simulates a step of activity at this interval in real time, until the task is cancelled.
  fileprivate func live(every interval: Duration) async throws {
    while true {
      try await Task.sleep(for: interval)
      try withState { _ = try $0.enterprise.news(steps: 1) }
    }
  }
}
