import DevinAPI
import DevinSandbox
import MirrorStore
import TestSupport
import Testing
import TrialSupport

@testable import DevinSync
@testable import MirrorReading

@Suite("The reported completeness of a mirror", .timeLimit(.minutes(60)))
struct CompletenessTests {
  private func completeness(_ trial: Trial, of names: Set<String>? = nil) async throws -> MirrorCompleteness {
    try await MirrorStatus(database: trial.database).completeness(of: names)
  }

  private func pending(_ completeness: MirrorCompleteness) -> [String: Int] {
    completeness.shortfalls.reduce(into: [:]) { counts, shortfall in
      if case .pending(let lists, _) = shortfall.kind { counts[shortfall.resource] = lists }
    }
  }

  /// Runs until this request arrives.
  private func cutOff(_ trial: Trial, at request: Int) async throws {
    let run = Task { try await trial.sync() }
    trial.sandbox.forgetRequests()
    trial.sandbox.atRequest(request) { run.cancel() }
    #expect(try await run.value.wasCancelled)
  }

  @Test("a first run of everything leaves nothing pending, although child lists are read while their parents are still arriving")
  func everything() async throws {
    var scenario = SandboxScenario()
    scenario.sessions = 5
    scenario.messagesPerSession = 2
    try await Trial.run(scenario) { trial in
      let report = try await trial.sync { $0.resources = ["all"] }
      #expect(report.status == .success, "\(report.problems.map(\.message))")
      #expect(try await pending(completeness(trial)) == [:])
    }
  }

  @Test("a first run that is interrupted is incomplete everywhere, and the next one completes it", arguments: [3, 12, 40])
  func firstRun(_ request: Int) async throws {
    try await Trial.run { trial in
      try await cutOff(trial, at: request)
      let half = try await completeness(trial)
      #expect(!half.isComplete && !pending(half).isEmpty && half.verdict().hasPrefix("Incomplete: "))
      #expect(try trial.number("SELECT count(*) FROM sync_health WHERE NOT is_whole") > 0)
      #expect(try await !MirrorIntegrity(database: trial.database).notRead.isEmpty)
      let isOld = try await MirrorStatus(database: trial.database).entries.contains { $0.isOlder(than: .seconds(86_400 * 9000)) }
      #expect(isOld || half.shortfalls.contains { $0.resource == "daily_consumption" })
      let verified = try await trial.mirror().verify()
      #expect(verified.status == .unusableData && !verified.notRead.isEmpty)

      let asked = trial.sandbox.now
      #expect(try await trial.sync().status == .success)
      let whole = try await completeness(trial)
      #expect(whole.isComplete && whole.verdict().hasPrefix("Complete as of "))
      #expect(whole.asOf.map { $0.rawValue <= asked } == true)
      #expect(try await trial.mirror().verify().status == .success)
    }
  }

  @Test("child lists are not complete as long as the list of their parents was never read completely")
  func unreadParents() async throws {
    try await Trial.run { trial in
      trial.sandbox.faults = [FaultRule(.status(500), path: "/sessions$", times: nil)]
      let cut = try await trial.sync()
      #expect(cut.status == .unavailable)
      let below: Set = ["session_messages", "session_attachments"]
      #expect(try await Set(pending(completeness(trial)).keys).isSuperset(of: below))
      let health = "SELECT resource FROM sync_health WHERE NOT is_whole AND resource LIKE 'session_%' ORDER BY 1"
      #expect(try Set(trial.column(health)).isSuperset(of: below))
      trial.sandbox.faults = []
      #expect(try await trial.sync().status == .success)
      #expect(try await completeness(trial).isComplete)
    }
  }

  @Test("a series that was never read is a gap from its beginning")
  func unreadSeries() async throws {
    try await Trial.run { trial in
      trial.sandbox.faults = [FaultRule(.status(500), path: "/consumption/daily$", times: nil)]
      let cut = try await trial.sync()
      #expect(cut.status == .unavailable)
      let gaps = try trial.column("SELECT resource || ' ' || gap_start FROM sync_gaps")
      #expect(gaps == ["daily_consumption 2024-01-01T08:00:00Z"])
      trial.sandbox.faults = []
      #expect(try await trial.sync().status == .success)
      #expect(try trial.column("SELECT resource FROM sync_gaps") == [])
    }
  }

  @Test("a later run that is interrupted among the lists of changed sessions is incomplete, whatever was complete before")
  func laterRun() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      trial.sandbox.advance(seconds: 600)
      try trial.sandbox.edit(.touchShare(percent: 100))
      try await cutOff(trial, at: 30)
      let half = try await completeness(trial)
      #expect(!half.isComplete)
      let status = try await MirrorStatus(database: trial.database)
      #expect(status.entries.contains { $0.isOlder(than: .seconds(86_400 * 9000), active: nil) })
      #expect(try await trial.sync().status == .success)
      #expect(try await completeness(trial).isComplete)
    }
  }

  @Test("a list that is refused but was readable before is incomplete; one that was never readable is named and does not count")
  func refused() async throws {
    try await Trial.run { trial in
      trial.sandbox.permissions.subtract(["ManageOrgSecrets"])
      #expect(try await trial.sync().status == .success)
      let first = try await completeness(trial)
      #expect(first.isComplete && first.neverAllowed == ["secrets"])
      trial.sandbox.permissions.subtract(["ManageOrgPlaybooks"])
      #expect(try await trial.sync().status == .permission)
      let second = try await completeness(trial)
      #expect(!second.isComplete && Set(second.shortfalls.map(\.resource)) == ["playbooks"])
      #expect(second.verdict().contains("was readable before, now answers 403"))
      trial.sandbox.permissions.formUnion(["ManageOrgPlaybooks", "ManageOrgSecrets"])
      #expect(try await trial.sync().status == .success)
      let third = try await completeness(trial)
      #expect(third.isComplete && third.neverAllowed == [])
    }
  }

  @Test("child lists of sessions that become readable are all read then")
  func allowedLater() async throws {
    try await Trial.run { trial in
      trial.sandbox.absent = ["/sessions/{id}/attachments"]
      #expect(try await trial.sync().status == .success)
      #expect(try await completeness(trial).absent == ["session_attachments"])
      trial.sandbox.advance(seconds: 600)
      try trial.sandbox.edit(.touchShare(percent: 20))
      trial.sandbox.forgetRequests()
      #expect(try await trial.sync().status == .success)
      #expect(trial.requests(ending: "/attachments").count <= 20, "of a resource that was never allowed a few lists are tried")
      trial.sandbox.absent = []
      #expect(try await trial.sync().status == .success)
      #expect(try await completeness(trial).isComplete)
      try trial.expectMirrorEqualsServer([.sessionAttachments])
    }
  }

  @Test("lists outdated by a run of sessions alone are reported, compared or named as not read, and read by the next run")
  func restricted() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      trial.sandbox.advance(seconds: 600)
      for id in try trial.column("SELECT session_id FROM sessions ORDER BY 1 LIMIT 2") {
        try trial.sandbox.edit(.appendMessages(session: id, count: 3))
      }
      #expect(try await trial.sync { $0.resources = ["sessions"] }.status == .success)
      #expect(try await completeness(trial, of: ["sessions"]).isComplete)
      #expect(try await pending(completeness(trial)) == ["session_messages": 2, "session_attachments": 2])
      var options = VerifyOptions()
      options.resources = ["sessions", "session_messages"]
      options.sample = nil
      let report = try await trial.mirror().verify(options)
      #expect(report.status == .unusableData && report.notRead.map(\.resource) == ["session_messages"])
      #expect(report.entries.first { $0.resource == "session_messages" }?.differences.count == 6, "every list is compared")
      #expect(report.entries.first { $0.resource == "session_messages" }?.lists == 30)
      #expect(try await trial.sync().status == .success)
      #expect(try await trial.mirror().verify(options).status == .success)
    }
  }

  @Test("a repair reads the lists that are pending")
  func repair() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      trial.sandbox.advance(seconds: 600)
      let id = try trial.column("SELECT session_id FROM sessions ORDER BY 1")[0]
      try trial.sandbox.edit(.appendMessages(session: id, count: 3))
      try await trial.sync { $0.resources = ["sessions", "session_insights"] }
      var options = VerifyOptions()
      options.sample = 0
      options.repair = true
      #expect(try await trial.mirror().verify(options).status == .success)
      #expect(try await completeness(trial).isComplete)
      try trial.expectMirrorEqualsServer([.sessionMessages])
    }
  }

  @Test("resources that are no longer requested are kept and named, and count only if they are named")
  func narrowed() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      trial.sandbox.advance(seconds: 600)
      try trial.sandbox.edit(.touchShare(percent: 20))
      #expect(try await trial.sync { $0.skip = ["session_messages"] }.status == .success)
      let narrowed = try await completeness(trial)
      #expect(narrowed.isComplete && narrowed.notRequested.map(\.resource) == ["session_messages"])
      #expect(narrowed.sentences().contains { $0.hasPrefix("No longer requested, and not counted here: session_messages (") })
      #expect(try await !completeness(trial, of: ["session_messages"]).isComplete)
      #expect(try await trial.sync().status == .success)
      #expect(try await completeness(trial).notRequested == [])
    }
  }

  @Test(
    "lists below a list that was never read are pending, whether the run left that list out or was never told of it",
    arguments: [false, true])
  func parentsLeftOut(_ isNamed: Bool) async throws {
    try await Trial.run { trial in
      let report = try await trial.sync {
        if isNamed { $0.resources = ["session_messages"] } else { $0.skip = ["sessions"] }
      }
      #expect(report.status == .unavailable)
      let problem = try #require(report.allProblems.first)
      #expect(report.allProblems.count == 1 && problem.kind == .parentsUnread("sessions"))
      #expect(problem.message.contains("the list of sessions was never read to its end"))
      #expect(try await pending(completeness(trial))["session_messages"] == 1)
      #expect(try await completeness(trial).verdict().hasPrefix("Incomplete: "))
      #expect(try await trial.sync().status == .success)
      #expect(try await completeness(trial).isComplete)
      #expect(try await trial.sync { $0.skip = ["sessions"] }.status == .success)
    }
  }

  @Test("lists below a list that this key may not read are not waited for, even if a run leaves that list out")
  func parentsForbidden() async throws {
    try await Trial.run { trial in
      trial.sandbox.permissions.remove("ViewOrgSessions")
      let first = try await trial.sync { $0.skip = ["sessions"] }
      #expect(first.status == .unavailable, "sessions were not requested yet")
      #expect(try await trial.sync().status == .success)
      #expect(try await trial.sync { $0.skip = ["sessions"] }.status == .success)
      #expect(try await completeness(trial).isComplete)
    }
  }

  @Test("when a list was last read and when it was last fully reconciled are two times, and the verdict says so")
  func twoTimes() async throws {
    var scenario = SandboxScenario.small
    scenario.sessions = 6
    try await Trial.run(scenario) { trial in
      try await trial.sync()
      let doomed = try trial.column("SELECT session_id FROM sessions ORDER BY 1 LIMIT 2")
      for id in doomed { try trial.sandbox.edit(.delete(.sessions, id)) }
      trial.sandbox.advance(seconds: 20 * 3600)
      trial.clock.advance(by: .seconds(20 * 3600))
      try await trial.sync()
      let entry = try #require(try await MirrorStatus(database: trial.database).entries.first { $0.resource == "sessions" })
      let (read, reconciled) = (try #require(entry.completedAt), try #require(entry.reconciledAt))
      #expect(read - reconciled >= .seconds(20 * 3600))
      let view = "SELECT count(*) FROM sync_health WHERE resource = 'sessions' AND reconciled_at < completed_at"
      #expect(try trial.number(view) == 1)
    }
  }

  @Test("a list that fails is pending until it is read, and quarantined items count too")
  func failures() async throws {
    try await Trial.run { trial in
      trial.sandbox.faults = [
        FaultRule(.status(500), path: "/messages$", times: 6), FaultRule(.poison(position: 0, .text), path: "/playbooks$"),
      ]
      let status = try await trial.sync().status
      #expect(status == .unusableData || status == .unavailable)
      let said = try await completeness(trial)
      #expect(!said.isComplete && said.shortfalls.contains { $0.resource == "playbooks" })
      #expect(try await trial.sync().status == .success)
      #expect(try await completeness(trial).isComplete)
    }
  }

  @Test("discarding the progress of a list makes it pending at once")
  func reset() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      _ = try await MirrorMaintenance(database: trial.database).reset([.playbooks, .sessionMessages])
      #expect(try await pending(completeness(trial)).keys.sorted() == ["playbooks", "session_messages"])
      #expect(try await trial.sync().status == .success)
      #expect(try await completeness(trial).isComplete)
    }
  }

  @Test("an enterprise is complete only with the lists of every organization it has")
  func enterprise() async throws {
    var scenario = SandboxScenario.small
    scenario.sessions = 9
    scenario.principal = .enterpriseServiceUser
    scenario.moreOrganizations = ["org-second", "org-third"]
    try await Trial.run(scenario) { trial in
      var trial = trial
      trial.organizations = []
      for request in [3, 30, 60] {
        try await cutOff(trial, at: request)
        let half = try await completeness(trial)
        #expect(!half.isComplete)
        // Until the organizations are known, their list represents theirs.
        let organizations = Set(half.shortfalls.map(\.organization))
        #expect(organizations.count > 1 || half.shortfalls.contains { $0.resource == "organizations" })
      }
      #expect(try await trial.sync().status == .success)
      #expect(try await completeness(trial).isComplete)
      try trial.expectMirrorEqualsServer([.sessions, .sessionMessages, .playbooks, .secrets])
    }
  }

  @Test("audit log entries that are three days late, and sums that are nine days late, are found")
  func lateEntries() async throws {
    var scenario = SandboxScenario.small
    scenario.sessions = 3
    scenario.principal = .enterpriseServiceUser
    try await Trial.run(scenario) { trial in
      var trial = trial
      trial.organizations = []
      let resources = ["organizations", "audit_logs", "daily_consumption"]
      try await trial.sync { $0.resources = resources }
      trial.sandbox.advance(seconds: 600)
      trial.clock.advance(by: .seconds(600))
      try trial.sandbox.edit(
        .insert(
          .auditLogs,
          object: [
            "audit_log_id": "late", "created_at": .int(trial.sandbox.now - 3 * 86_400), "action": "create_session",
            "org_id": .string(trial.sandbox.scenario.organizationID),
          ]))
      let day = try trial.column("SELECT org_id || '/' || date FROM daily_consumption ORDER BY date DESC LIMIT 1 OFFSET 9")[0]
      try trial.sandbox.edit(.update(.dailyConsumption, day, set: ["acus": .double(99.5)], touch: false))
      #expect(try await trial.sync { $0.resources = resources }.status == .success)
      #expect(try trial.number("SELECT count(*) FROM audit_logs WHERE audit_log_id = 'late'") == 1)
      #expect(try trial.number("SELECT count(*) FROM daily_consumption WHERE acus = 99.5") == 1)
      #expect(try await completeness(trial).windows == ["audit_logs": 7, "daily_consumption": 35])
      let spans = SyncPlan.dueSpans(
        of: try Self.series("audit_logs"), ledger: [Self.read(until: 100)], now: Series.beginning + .seconds(100 * 86_400),
        run: 2,
        everything: false)
      #expect(spans.contains { $0.timeAfter <= Series.beginning + .seconds((100 - 3) * 86_400) })
      let sums = SyncPlan.dueSpans(
        of: try Self.series("daily_consumption"), ledger: [Self.read(until: 90)], now: Series.beginning + .seconds(90 * 86_400),
        run: 2,
        everything: false)
      #expect(sums.contains { $0.timeAfter <= Series.beginning + .seconds((90 - 35) * 86_400) })
    }
  }

  @Test("no result changes because a clock is five days ahead, or because another list or organization was read later")
  func moments() async throws {
    var scenario = SandboxScenario.small
    scenario.principal = .enterpriseServiceUser
    scenario.moreOrganizations = ["org-second"]
    try await Trial.run(scenario) { trial in
      var trial = trial
      trial.organizations = []
      try await trial.sync()
      func answers(_ organization: String = trial.sandbox.scenario.organizationID) throws -> [String] {
        try trial.column(
          """
          SELECT 'forecast ' || forecast || ' ' || days_left FROM acu_forecast WHERE org_id = '\(organization)'
          UNION ALL SELECT 'missed ' || name || ' ' || missed_runs FROM missed_schedules WHERE org_id = '\(organization)'
          UNION ALL SELECT 'secret ' || secret_id || ' ' || age_days FROM secret_ages WHERE org_id = '\(organization)'
          UNION ALL SELECT 'wait ' || session_id || ' ' || waited_from || ' ' || seconds FROM waits_for_people
            WHERE org_id = '\(organization)' AND waited_to IS NULL
          ORDER BY 1
          """)
      }
      let before = try answers()
      #expect(before.contains { $0.hasPrefix("forecast") } && before.contains { $0.hasPrefix("secret") })
      // The system clock is ahead.
      trial.clock.advance(by: .seconds(5 * 86_400))
      #expect(try await trial.sync().status == .success)
      #expect(try answers() == before)
      // Five days pass, and one list, then one organization is read.
      trial.sandbox.advance(seconds: 5 * 86_400)
      #expect(try await trial.sync { $0.resources = ["playbooks"] }.status == .success)
      #expect(try answers() == before)
      trial.organizations = ["org-second"]
      #expect(try await trial.sync().status == .success)
      #expect(try answers() == before)
    }
  }

  private static func series(_ name: String) throws -> Series {
    guard case .series(let series)? = Catalogue.resource(named: name)?.strategy else { throw CancellationError() }
    return series
  }

  private static func read(until day: Int) -> ReadInterval {
    let end = Series.beginning + .seconds(day * 86_400)
    return ReadInterval(startsAt: Series.beginning, endsAt: end, readAt: end, run: 1)
  }
}
