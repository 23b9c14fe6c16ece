import ArgumentParser
import DevinSandbox
import DevinSync

struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Serve a simulated Devin organization on loopback, for tests and demos.",
    discussion: """
      Prints the environment variables to set, then serves until it is interrupted. Control it with requests below /_sandbox/, \
      for example: curl -X POST 'http://127.0.0.1:8787/_sandbox/news?steps=3'. The data end now, and the clock runs. The same \
      --seed gives the same organization on every machine; with the same --start, also the same times. Playbooks, notes, \
      schedules, automations, secrets, sessions and tags can be created, changed and deleted. /_sandbox/writes selects how \
      writes behave where Devin's documents disagree.
      """)

  @Option(help: "Port on 127.0.0.1. 0: any free port.") var port = 8787
  @Option(help: "Random seed. The same seed gives the same organization.") var seed: UInt64 = 1
  @Option(help: "Number of sessions per organization.") var sessions = 60
  @Option(help: "Number of organizations. With more than one, the key is an enterprise key that reads all of them.")
  var organizations = 1
  @Option(
    help: ArgumentHelp(
      "Number of organizations that change with --live and /_sandbox/news. Default: 1, but all of them consume ACUs.",
      valueName: "n"))
  var active: Int?
  @Option(name: .customLong("history"), help: ArgumentHelp("Number of days of audit log and consumption.", valueName: "days"))
  var historyDays = 30

  @Option(
    help: ArgumentHelp("Start time of the simulated clock: 2026-11-01T12:00:00Z, or 7d (ago). Default: now.", valueName: "time"))
  var start: MomentArgument?

  @Option(help: "Average number of messages per session.") var messages = 12
  @Option(help: ArgumentHelp("Delay added to each response, in milliseconds.", valueName: "ms")) var latency = 0
  @Option(help: ArgumentHelp("Simulate activity: at this interval, one minute passes in the organization.", valueName: "time"))
  var live: DurationArgument?

  @Flag(help: "Also print a second key, which may write, as DEVIN_PUSH_API_KEY. The first key is then read-only.")
  var pushKey = false

  @Flag(inversion: .prefixedNo, help: "Compress responses if the client accepts it.")
  var compression = true

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port must be 0 to 65535.") }
    guard organizations >= 1 else { throw ValidationError("--organizations must be 1 or more.") }
    guard active.map((1...organizations).contains) ?? true else {
      throw ValidationError("--active must be 1 to the number of organizations.")
    }
    guard sessions >= 0, messages >= 0, latency >= 0, historyDays >= 0 else {
      throw ValidationError("--sessions, --messages, --latency and --history must be 0 or more.")
    }
  }

  func run() async throws {
    try await reporting {
      var scenario = SandboxScenario()
      scenario.seed = seed
      scenario.startsAt = Int((start?.moment ?? .now).rawValue)
      scenario.clockRuns = true
      scenario.sessions = sessions
      scenario.historyDays = historyDays
      scenario.messagesPerSession = messages
      scenario.activeOrganizations = active
      if organizations > 1 {
        scenario.principal = .enterpriseServiceUser
        scenario.moreOrganizations = (2...organizations).map { "org-sandbox-\($0)" }
        scenario.evenSessions = true
      }
      scenario.latencyMilliseconds = latency
      scenario.compression = compression
      if pushKey { scenario.writeKey = "cog_sandbox_5d30e7a1c8b2496f" }
      scenario.liveMilliseconds = live.map { Int($0.duration / .milliseconds(1)) }
      let signals = Signals(endsCommand: true)
      do {
        try await signals.cancelling { [scenario, port, organizations] in
          try await Sandbox.run(scenario, port: port) { sandbox in
            Console.print("export DEVIN_API_URL=\(sandbox.url)")
            Console.print("export DEVIN_API_KEY=\(scenario.key)")
            if let key = scenario.writeKey { Console.print("export DEVIN_PUSH_API_KEY=\(key)") }
            // The enterprise key reads all organizations unless one is named.
            if organizations == 1 { Console.print("export DEVIN_ORG_ID=\(scenario.organizationID)") }
            let content =
              sandbox.sessionCount.counted("session")
              + (organizations == 1 ? "" : " in \(organizations.counted("organization"))")
            Console.say("Serving \(content) until interrupted; then, in another terminal: devin-sync sync")
            while true { try await Task.sleep(for: .seconds(86_400)) }
          }
        }
      } catch is CancellationError where signals.status != nil {
        return
      } catch {
        if signals.status != nil { return }
        throw Failure(.unavailable, "the sandbox cannot serve on port \(port): \(error). --port 0 takes any free one.")
      }
    }
  }
}
