/// The complete mutable state of a running sandbox.
struct SandboxState: Sendable {
  var enterprise: Enterprise
  /// The organization that the key belongs to.
  var organization: Organization {
    _read { yield enterprise.organization }
    _modify { yield &enterprise.organization }
  }
  /// Paths of disabled endpoints.
  var absent: [String]
  /// The port of the sandbox; 0: it does not listen yet.
  var port = 0
  var permissions: Set<String>
  /// Whether the key was revoked.
  var isRevoked = false
  var errors: SandboxScenario.ErrorFamily
  var rules: WriteRules
  var latency: Duration
  /// Nil: no limit.
  var rateLimit: RateLimit?
  var faults: [FaultRule] = []
  /// What readings still show as it was before a write, oldest first.
  var outdated: [Outdated] = []
  var log = RequestLog()
  /// Actions planned while a request waits for its answer; `remaining`: number of requests until then.
  var plans: [(remaining: Int, act: @Sendable () async -> Void)] = []
  /// A function for the body of each API answer, given the requested path; nil: bodies are sent unchanged.
  var rewriting: (@Sendable (_ path: String, _ body: [UInt8]) -> [UInt8])?
  /// Receive the number of logged requests after each one.
  var observers: [Int: AsyncStream<Int>.Continuation] = [:]
  /// Number of requests answered so far, on both sides; used as request id.
  var answered = 0
  /// Real time since the clock started; nil: the clock moves only on request.
  var elapsed: (@Sendable () -> Duration)?
  /// The seconds of `elapsed` that the clock already includes.
  private var counted = 0
  /// The clock as text, cached because it is in every answer.
  private var date: (second: Int, text: String)

  init(_ scenario: SandboxScenario) throws {
    enterprise = try Enterprise(scenario)
    absent = scenario.absent
    permissions = scenario.permissions
    errors = scenario.errors
    rules = scenario.writes
    latency = .milliseconds(scenario.latencyMilliseconds)
    date = (scenario.startsAt, HTTPDate.text(scenario.startsAt))
  }

  /// Moves the clock by what has passed in real time since the last time, beside what it is moved by news and from outside, and
  /// finishes what was due by now.
  mutating func tick() {
    if let elapsed {
      let seconds = Int(elapsed().components.seconds)
      organization.now += seconds - counted
      counted = seconds
    }
    enterprise.finishAnalyses()
  }

  /// The `Date` header of an answer sent now.
  mutating func dateHeader() -> String {
    if date.second != organization.now { date = (organization.now, HTTPDate.text(organization.now)) }
    return date.text
  }

  mutating func nextRequestID() -> String {
    answered += 1
    return "req-" + Hexadecimal.text(RandomStream.mix(UInt64(answered)))
  }

  /// Counts an incoming request.
  ///
  /// - Returns: the actions to run before it is answered.
  mutating func arrive() -> [@Sendable () async -> Void] {
    for index in plans.indices { plans[index].remaining -= 1 }
    defer { plans.removeAll { $0.remaining <= 0 } }
    return plans.filter { $0.remaining <= 0 }.map(\.act)
  }

  mutating func fault(_ method: String, path: String, query: String) -> Fault? {
    for index in faults.indices where faults[index].claims(method, path: path, query: query) { return faults[index].fault }
    return nil
  }
}
