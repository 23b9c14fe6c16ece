/// Everything that changes while a sandbox runs.
struct SandboxState: Sendable {
  var enterprise: Enterprise
  /// The organization whose key it is.
  var organization: Organization {
    _read { yield enterprise.organization }
    _modify { yield &enterprise.organization }
  }
  /// Paths of endpoints that are not there.
  var absent: [String]
  /// Where the sandbox listens; 0: nowhere yet.
  var port = 0
  var permissions: Set<String>
  /// Whether the key was taken back.
  var isRevoked = false
  var errors: SandboxScenario.ErrorFamily
  var rules: WriteRules
  var latency: Duration
  /// Nil: requests come as fast as they like.
  var rateLimit: RateLimit?
  var faults: [FaultRule] = []
  /// What readings still show as it was before a write, oldest first.
  var outdated: [Outdated] = []
  var log = RequestLog()
  /// What is to happen while a request waits for its answer; `remaining`: requests until then.
  var plans: [(remaining: Int, act: @Sendable () async -> Void)] = []
  /// What becomes of the body of an answer of the API, given the path that was asked for; nil: it is sent as it is.
  var rewriting: (@Sendable (_ path: String, _ body: [UInt8]) -> [UInt8])?
  /// Get the number of logged requests after each one.
  var observers: [Int: AsyncStream<Int>.Continuation] = [:]
  /// Requests answered so far, of both sides; the request id.
  var answered = 0
  /// Real time since the clock started; nil: it moves only when told.
  var elapsed: (@Sendable () -> Duration)?
  /// Seconds of it that the clock has taken in.
  private var counted = 0
  /// The clock as text, kept because it is in every answer.
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

  /// The header `Date` of an answer given now.
  mutating func dateHeader() -> String {
    if date.second != organization.now { date = (organization.now, HTTPDate.text(organization.now)) }
    return date.text
  }

  mutating func nextRequestID() -> String {
    answered += 1
    return "req-" + Hexadecimal.text(RandomStream.mix(UInt64(answered)))
  }

  /// Counts a request that has come in.
  ///
  /// - Returns: what is to happen before it is answered.
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
