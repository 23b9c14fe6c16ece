/// How the sandbox behaves, which can be changed while it runs.
package struct SandboxBehavior: Sendable {
  /// What the keys may do.
  package var permissions: Set<String>
  /// Whether the key is rejected with 401.
  package var isKeyRevoked = false
  /// Endpoints that return 404; see `SandboxScenario.absent`.
  package var absent: [String]
  /// Added to the response time of each request to the API.
  package var latency: Duration
  package var errors: SandboxScenario.ErrorFamily
  /// What happens on writes where the sources disagree.
  package var writes: WriteRules
  /// The active rules, with their remaining counts.
  package var faults: [FaultRule] = []

  init(_ scenario: SandboxScenario) {
    (permissions, absent, errors, writes) = (scenario.permissions, scenario.absent, scenario.errors, scenario.writes)
    latency = .milliseconds(scenario.latencyMilliseconds)
  }
}
