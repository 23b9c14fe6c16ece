import ArgumentParser
import DevinSandbox
import DevinSync

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Mirror a simulated organization and run a few queries. No key needed.",
    discussion: """
      Starts a sandbox on loopback, mirrors it over HTTP and runs a few queries. The organization is always the same, and its \
      data end now. A second run within a day finds no changes; a later run moves all times to the present. Does not touch a \
      file that mirrors another organization.
      """)

  @OptionGroup var database: DatabaseOptions

  private static let questions = [
    (
      "How many sessions have each status, and what do they cost?",
      """
      SELECT status, count(*) AS sessions, round(sum(acus_consumed), 1) AS acus
      FROM v_sessions GROUP BY status ORDER BY sessions DESC
      """
    ),
    (
      "Which states do the pull requests have?",
      """
      SELECT coalesce(pr_state, 'unknown') AS state, count(*) AS pull_requests, count(DISTINCT session_id) AS sessions
      FROM session_pull_requests GROUP BY state ORDER BY 2 DESC
      """
    ),
    (
      "Which sessions have the most messages?",
      """
      SELECT coalesce(s.title, '(no title)') AS title, count(*) AS messages, max(m.created_at) AS latest
      FROM v_session_messages m JOIN v_sessions s USING (session_id)
      GROUP BY s.session_id ORDER BY messages DESC LIMIT 5
      """
    ),
  ]

  func run() async throws {
    try await reporting {
      let path = try database.path
      var scenario = SandboxScenario()
      try await refuseOtherOrganizations(path, scenario)
      // The clock is stopped while the demonstration runs, so that the day in progress is the same in a second run.
      let now = Int(UnixTime.now.rawValue)
      let earlier = await startOfEarlierRun(path)
      var options = SyncOptions()
      if let earlier, (now - 86_400...now).contains(earlier) {
        scenario.startsAt = earlier
      } else {
        scenario.startsAt = now
        // All times have moved, even those of rows without changes.
        options.full = earlier != nil
      }
      Console.say("Mirroring a simulated organization, \(scenario.organizationID), into \(path).")
      try await Sandbox.run(scenario) { [options] sandbox in
        let mirror = DevinMirror(
          database: path, credential: try Credential(scenario.key), organization: scenario.organizationID,
          address: try APIAddress(sandbox.url))
        let display: any ProgressDisplay = Console.standardErrorIsTerminal ? ProgressMode.auto.display() : LinesDisplay()
        let signals = Signals()
        try await signals.cancelling { await SyncJob.run(mirror, options, display, signals) }.exit()
      }
      for (question, sql) in Self.questions {
        ["", question, ""].forEach(Console.print)
        (sql.split(separator: "\n").map { "  \($0)" } + [""]).forEach(Console.print)
        let writer = RowWriter(.table)
        try writer.finish(try await MirrorReader(database: path).rows(of: sql, row: writer.write))
      }
      ["", "Run your own queries with: sqlite3 \(path)"].forEach(Console.print)
    }
  }

  /// Unix seconds at which the sandbox's clock started when the file was created, or last moved to the present: the latest change of a
  /// repository is at that time. Nil: there is no such file.
  private func startOfEarlierRun(_ path: String) async -> Int? {
    let times = try? await MirrorReader(database: path).answer("SELECT max(last_updated_at) FROM repositories")
    guard case .integer(let start)? = times?.rows.first?.first else { return nil }
    return Int(start)
  }

  /// A demonstration must not mix its rows into a real mirror.
  private func refuseOtherOrganizations(_ path: String, _ scenario: SandboxScenario) async throws {
    let status: MirrorStatus
    do { status = try await MirrorStatus(database: path) } catch { return }
    if let unknown = status.unknown {
      throw Failure(
        .configuration,
        "\(unknown.messageWithAdvice) It is unknown which organization it mirrors: use another file with --database.")
    }
    if let other = status.entries.first(where: { $0.organization != scenario.organizationID })?.organization {
      throw Failure(.configuration, "\(path) mirrors \(other), a real organization. Use another file with --database.")
    }
  }
}
