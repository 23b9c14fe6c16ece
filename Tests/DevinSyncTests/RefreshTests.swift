import DevinModel
import DevinSandbox
import DevinSync
import Foundation
import MirrorReading
import TestSupport
import Testing
import TrialSupport

@testable import DevinSync
@testable import MirrorStore

@Suite("Lists that come back unchanged", .timeLimit(.minutes(60)))
struct RefreshTests {
  /// Six times the interval between two runs, which take some time themselves.
  private static let sixRuns = Duration.seconds(5_400)...Duration.seconds(6_600)

  // MARK: - When a list is read again

  @Test(
    "may be six times as old as their known time without changes, up to the limit; changed lists are read by the next run",
    arguments: [
      // Read before, now, unchanged, limit, interval.
      (0, 900, true, 21_600, 5_400),
      (900, 2_700, true, 21_600, 10_800),
      (0, 5_400, true, 21_600, 21_600),
      (0, 86_400, true, 21_600, 21_600),
      (0, 900, true, 1_000, 1_000),
      (0, 900, false, 21_600, nil),
      (nil, 900, true, 21_600, nil),
      (0, 900, true, nil, nil),
      (0, 900, true, 0, nil),
      // The clock was set back, or has not advanced.
      (1_000, 900, true, 21_600, nil),
      (900, 900, true, 21_600, nil),
      (.min, .max, true, 21_600, 21_600),
    ] as [(Int64?, Int64, Bool, Int64?, Int64?)])
  func intervals(_ previous: Int64?, _ now: Int64, _ isUnchanged: Bool, _ limit: Int64?, _ expected: Int64?) {
    let interval = RefreshRule.interval(
      askedBefore: previous.map(UnixTime.init(rawValue:)), now: UnixTime(rawValue: now), isUnchanged: isUnchanged,
      limit: limit.map { .seconds($0) })
    #expect(interval == expected.map { .seconds($0) })
  }

  @Test(
    "are due when the next run may be too late, or when earlier reads prove nothing",
    arguments: [
      // Age, interval, limit, pace, due.
      (900, 3_600, 21_600, 900, false),
      (2_700, 3_600, 21_600, 900, true),
      (14_000, 21_600, 21_600, 900, false),
      (20_700, 21_600, 21_600, 900, true),
      // Runs are so rare that each is too late.
      (28_800, 21_600, 21_600, 28_800, true),
      (3_600, 7_200, 7_200, 7_200, true),
      // The limit was lowered since, or removed.
      (1_800, 21_600, 1_800, 900, true),
      (900, 21_600, 0, 900, true),
      // The clock was set back.
      (-1, 3_600, 21_600, 900, true),
      // Nothing is known about earlier runs.
      (900, 3_600, 21_600, 0, false),
      (3_600, 3_600, 21_600, 0, true),
    ] as [(Int64, Int64, Int64, Int64, Bool)])
  func due(_ age: Int64, _ interval: Int64, _ limit: Int64, _ pace: Int64, _ isDue: Bool) {
    let rule = RefreshRule(limit: .seconds(limit), pace: .seconds(pace))
    let now = UnixTime(rawValue: 100_000 + age)
    for name in ["org-1 secrets ", "org-2 secrets ", "org-2 schedules "] {
      #expect(rule.isDue(askedAt: 100_000, interval: .seconds(interval), now: now, name: name) == isDue, "\(name)")
    }
  }

  @Test("are due if another key read them, since it may see other rows")
  func otherKey() {
    let rule = RefreshRule(limit: .seconds(21_600), pace: .seconds(900), principal: "service_user a")
    func isDue(by asker: String?) -> Bool { rule.isDue(askedAt: 0, interval: .seconds(21_600), by: asker, now: 900, name: "") }
    #expect([isDue(by: "service_user b"), isDue(by: "service_user a"), isDue(by: nil)] == [true, false, false])
  }

  @Test("never get older than their interval, and become due in different runs", arguments: [300, 900, 3_600, 7_200])
  func simulation(pace: Int) {
    let limit = Duration.seconds(6 * 3_600)
    let rule = RefreshRule(limit: limit, pace: .seconds(pace))
    let runs = Int(4 * 86_400 / pace)
    var lists = (0..<400).map { (name: "org-\($0) secrets ", askedAt: UnixTime?.none, interval: Duration?.none) }
    var requests = [Int](repeating: 0, count: runs)
    for run in 0..<runs {
      // Runs are some seconds late, by a different amount each time.
      let now = UnixTime(rawValue: Int64(run * pace + run * 37 % 11))
      for index in lists.indices {
        let list = lists[index]
        if let interval = list.interval, let askedAt = list.askedAt {
          #expect(now - askedAt <= interval, "\(list.name) in run \(run)")
          if !rule.isDue(askedAt: askedAt, interval: interval, now: now, name: list.name) { continue }
        }
        requests[run] += 1
        lists[index].interval = RefreshRule.interval(askedBefore: list.askedAt, now: now, isUnchanged: true, limit: limit)
        lists[index].askedAt = now
      }
    }
    let later = requests.dropFirst(runs / 2)
    let average = Double(later.reduce(0, +)) / Double(later.count)
    let ideal = 400 / Double(6 * 3_600 / pace)
    if pace <= 3_600 { #expect(average <= ideal * 1.7, "\(average) requests a run, at least \(ideal)") }
    if pace <= 900 { #expect(Double(later.max() ?? 0) <= average * 3, "most in one run: \(later.max() ?? 0) of \(average)") }
  }

  @Test("use the usual time between runs, whatever single runs did")
  func pace() {
    #expect(RefreshRule.pace(ofRunsAt: []) == .zero)
    #expect(RefreshRule.pace(ofRunsAt: [500]) == .zero)
    #expect(RefreshRule.pace(ofRunsAt: [1_400, 500]) == .seconds(900))
    #expect(RefreshRule.pace(ofRunsAt: [0, 900, 1_800, 1_830, 2_700, 90_000]) == .seconds(900))
    let ends = [UnixTime(rawValue: .min), UnixTime(rawValue: .max)]
    #expect(RefreshRule.pace(ofRunsAt: ends) == .seconds(Int64.max), "the most that a difference of times can be")
  }

  @Test("are only those of single organizations, if there are several; not of sessions, and not child lists")
  func policy() {
    var options = SyncOptions()
    options.refreshLimits.groups[.people] = .seconds(43_200)
    let policy = RefreshPolicy(options, pace: .seconds(900), principal: nil)
    func limit(_ name: String, _ reach: ListSource.Reach, of organizations: Int = 2) -> Duration? {
      guard let resource = Catalogue.resource(named: name), let source = resource.sources.first(where: { $0.reach == reach })
      else { return .seconds(-1) }
      return policy.limit(of: resource, from: source, organizations: organizations)
    }
    #expect(limit("secrets", .organization) == .seconds(21_600))
    #expect(limit("org_members", .organizationOfEnterprise) == .seconds(43_200))
    #expect(limit("secrets", .organization, of: 1) == nil)
    #expect(limit("sessions", .organization) == nil)
    #expect(limit("session_insights", .organization) == nil)
    #expect(limit("session_messages", .organization) == .seconds(21_600), "of sessions that are at work and have not changed")
    #expect(limit("playbooks", .enterprise) == nil)
    #expect(limit("playbooks", .organization) == .seconds(21_600))
    #expect(limit("credential", .key) == nil)
    #expect(policy.readsAll == false)
    options.resources = ["secrets"]
    #expect(RefreshPolicy(options, pace: .zero, principal: nil).readsAll)
    options.resourcesAreConfigured = true
    #expect(!RefreshPolicy(options, pace: .zero, principal: nil).readsAll)
    options.full = true
    #expect(RefreshPolicy(options, pace: .zero, principal: nil).readsAll)
  }

  @Test(
    "below a running session are read again after the slowing schedule or after their interval, whichever is longer",
    arguments: [
      // Seconds since the session changed, interval, seconds until it is read again.
      (3_600, nil, 900), (3_600, 3_600, 3_600), (100_000, 3_600, 10_000), (100_000, 21_600, 21_600),
      // Changed in the second in which it was read.
      (0, 3_600, 0),
    ] as [(Int64, Int64?, Int64)])
  func reread(_ age: Int64, _ interval: Int64?, _ expected: Int64) {
    let now: UnixTime = 2_000_000
    func due(isAtWork: Bool) -> UnixTime? {
      let session = MirrorStore.DueParent(
        id: "a", version: ParentVersion(rawValue: ""), changedAt: now - .seconds(age), isAtWork: isAtWork, hasDueItems: false,
        pendingVersion: nil,
        checkpoint: Checkpoint())
      return Parents.sessions().rereadAt(session, openedAt: now, interval: interval.map { .seconds($0) }, now: now)
    }
    #expect(due(isAtWork: true) == now + .seconds(expected))
    if age > 0 { #expect(due(isAtWork: false) == nil) }
  }

  // MARK: - Runs

  private static func enterprise(of organizations: Int = 3) -> SandboxScenario {
    var scenario = SandboxScenario()
    scenario.sessions = 2
    scenario.evenSessions = true
    scenario.messagesPerSession = 1
    scenario.principal = .enterpriseServiceUser
    scenario.moreOrganizations = (1..<organizations).map { "org-\($0)" }
    scenario.activeOrganizations = 1
    return scenario
  }

  private func run(
    _ scenario: SandboxScenario = enterprise(), _ body: @Sendable (Trial) async throws -> Void
  ) async throws {
    try await Trial.run(scenario) { trial in
      var trial = trial
      trial.organizations = []
      try await body(trial)
    }
  }

  /// Time passes, followed by a normal run.
  @discardableResult
  private func later(
    _ trial: Trial, after seconds: Int = 900, _ configure: (inout SyncOptions) -> Void = { _ in }
  ) async throws -> SyncReport {
    trial.clock.advance(by: .seconds(seconds))
    trial.sandbox.advance(seconds: seconds)
    trial.sandbox.forgetRequests()
    return try await trial.sync(configure)
  }

  /// Two runs, after which lists may be one and a half hours old.
  private func settle(_ trial: Trial) async throws {
    for _ in 1...2 { #expect(try await later(trial).status == .success) }
  }

  private func outcome(of resource: String, _ report: SyncReport) -> ResourceReport.Outcome? {
    report.resources.first { $0.resource == resource }?.outcome
  }

  private func secrets(_ trial: Trial) -> [String] {
    trial.requests(ending: "/secrets").map { String($0.path.split(separator: "/")[2]) }.sorted()
  }

  @Test("are left unread, and the run reports it; lists that the enterprise serves in one place are read")
  func rest() async throws {
    try await run { trial in
      try await settle(trial)
      let report = try await later(trial)
      #expect(report.status == .success)
      #expect(outcome(of: "secrets", report) == .notDue)
      #expect(report.resources.first { $0.resource == "secrets" }?.notDueLists == 3)
      #expect(outcome(of: "playbooks", report) == .complete)
      #expect(trial.requests(ending: "/enterprise/sessions").count >= 1)
      #expect(trial.sandbox.requests.allSatisfy { !$0.path.contains("/organizations/") }, "\(trial.sandbox.requests)")
      let status = try await MirrorStatus(database: trial.database)
      #expect(status.completeness().isComplete, "\(status.completeness().verdict())")
      let interval = try #require(status.entries.first { $0.resource == "secrets" }?.refreshInterval)
      #expect(Self.sixRuns.contains(.seconds(interval)))
      #expect(try Self.sixRuns.contains(#require(status.completeness().longestInterval)))
      #expect(
        status.entries.filter { ["sessions", "users", "playbooks"].contains($0.resource) }.allSatisfy {
          $0.refreshInterval == nil
        })
      let now = trial.clock.time.now()
      #expect(status.entries.allSatisfy { !$0.isOlder(than: .seconds(60), at: now) }, "older than a minute, as it may be")
      #expect(status.entries.contains { $0.isOlder(than: .seconds(60), at: now.advanced(by: .seconds(7_000))) })
    }
  }

  @Test("may differ from the server until they are due, and verify says so")
  func differing() async throws {
    try await run { trial in
      func verify() async throws -> VerifyReport {
        var options = VerifyOptions()
        options.resources = ["secrets", "playbooks"]
        return try await trial.mirror().verify(options)
      }
      try await settle(trial)
      let secret = try #require(trial.sandbox.ids(.secrets).first)
      try trial.sandbox.edit(.update(.secrets, secret, set: ["note": "another"], touch: false))
      let afterReading = try await verify()
      #expect(
        afterReading.status == .unusableData && afterReading.differences.map(\.isNotDue) == [false],
        "changed since the newest run")

      try await later(trial)
      let resting = try await verify()
      #expect(resting.status == .unusableData)
      #expect(resting.differences.map(\.key) == [secret] && resting.differences.map(\.isNotDue) == [true])
      let playbook = try #require(trial.sandbox.ids(.playbooks).first)
      try trial.sandbox.edit(.update(.playbooks, playbook, set: ["title": "another"], touch: false))
      #expect(try await verify().status == .unusableData, "of a list that every run reads")
      trial.clock.advance(by: .seconds(7_200))
      trial.sandbox.advance(seconds: 7_200)
      #expect(try await verify().differences.allSatisfy { !$0.isNotDue }, "older than it may be")
      try await later(trial) { $0.full = true }
      #expect(try await verify().differences == [])
    }
  }

  @Test("are read when an unnoticed change may have become as old as allowed, and then again in the next run")
  func change() async throws {
    try await run { trial in
      try await settle(trial)
      let made = try trial.sandbox.edit(.create(.secrets)).ids + trial.sandbox.edit(.create(.secrets).inOrganization("org-1")).ids
      let found = "SELECT org_id FROM secrets WHERE secret_id IN ('\(made[0])', '\(made[1])') ORDER BY 1"
      var before: [String] = []
      var changed: Set<String> = []
      for _ in 1...6 {
        try await later(trial)
        #expect(changed.isSubset(of: secrets(trial)))
        let now = try trial.column(found)
        changed = Set(now).subtracting(before)
        before = now
      }
      #expect(before.count == 2)
    }
  }

  @Test("are read nevertheless with --full, if the resource is named, and after a reset")
  func ignored() async throws {
    try await run { trial in
      try await settle(trial)
      try await later(trial, after: 600) { $0.resources = ["secrets"] }
      #expect(secrets(trial).count == 3)
      try await later(trial, after: 600) { $0.full = true }
      #expect(secrets(trial).count == 3)
      try await later(trial, after: 200)
      #expect(secrets(trial) == [])
      try await later(trial, after: 60) { ($0.resources, $0.resourcesAreConfigured) = (["secrets"], true) }
      #expect(secrets(trial) == [])
      let resource = try #require(Catalogue.resource(named: "secrets"))
      _ = try await MirrorMaintenance(database: trial.database).reset([resource], now: trial.clock.time.now())
      #expect(try await !MirrorStatus(database: trial.database).completeness().isComplete)
      try await later(trial, after: 1)
      #expect(secrets(trial).count == 3)
      #expect(try await MirrorStatus(database: trial.database).completeness().isComplete)
    }
  }

  @Test("are read by the next run if the limit is now shorter than their age, and the new limit applies at once")
  func shorterLimit() async throws {
    try await run { trial in
      try await settle(trial)
      try await later(trial, after: 300) { $0.refreshLimits.groups[.settings] = .seconds(3_000) }
      #expect(secrets(trial) == [])
      #expect(
        try trial.column("SELECT DISTINCT refresh_interval FROM sync_refresh WHERE resource = 'secrets'") == ["3000"])
      try await later(trial, after: 300) { $0.refreshLimits.groups[.settings] = .seconds(500) }
      #expect(secrets(trial).count == 3)
      try await later(trial, after: 300) { $0.refreshLimits.standard = .zero }
      #expect(secrets(trial).count == 3)
      #expect(try trial.column("SELECT * FROM sync_refresh") == [])
    }
  }

  @Test("are read when the clock has been set back")
  func clockSetBack() async throws {
    try await run { trial in
      try await settle(trial)
      trial.clock.advance(by: .seconds(-86_400))
      try await later(trial, after: 10)
      #expect(secrets(trial).count == 3)
    }
  }

  @Test("stay pending if a run that was to read them fails, and are read by the next")
  func failure() async throws {
    try await run { trial in
      try await settle(trial)
      trial.sandbox.faults = [FaultRule(.status(500), path: "/org-1/secrets$", times: nil)]
      #expect(try await later(trial, after: 5_400).status == .unavailable)
      #expect(try await !MirrorStatus(database: trial.database).completeness().isComplete)
      trial.sandbox.faults = []
      let report = try await later(trial, after: 1)
      #expect(report.status == .success)
      #expect(secrets(trial) == ["org-1"])
      #expect(try await MirrorStatus(database: trial.database).completeness().isComplete)
    }
  }

  @Test("are read when they are due even if the organizations could not be listed")
  func organizationsFail() async throws {
    try await run { trial in
      try await settle(trial)
      trial.sandbox.faults = [FaultRule(.status(500), path: "/enterprise/organizations$", times: nil)]
      #expect(try await later(trial, after: 5_400).status == .unavailable)
      #expect(secrets(trial).count == 3)
    }
  }

  @Test("that refuse the key are requested less often, stay named as such, and are read at once with another key")
  func refused() async throws {
    try await run { trial in
      trial.sandbox.permissions.remove("ManageOrgSecrets")
      for _ in 1...2 { #expect(try await later(trial).status == .success) }
      let report = try await later(trial)
      #expect(report.status == .success)
      #expect(secrets(trial) == [])
      #expect(outcome(of: "secrets", report) == .forbidden)
      #expect(try await MirrorStatus(database: trial.database).completeness().neverAllowed == ["secrets"])
      trial.sandbox.permissions.insert("ManageOrgSecrets")
      try await later(trial, after: 6 * 3_600)
      #expect(secrets(trial).count == 3)
      try trial.expectMirrorEqualsServer([.secrets])
    }
  }

  @Test("that the key may no longer read are found within their interval, and stay pending from then on")
  func permissionLost() async throws {
    try await run { trial in
      try await settle(trial)
      trial.sandbox.permissions.remove("ManageOrgSecrets")
      #expect(try await later(trial, after: 5_400).status == .permission)
      #expect(try await later(trial, after: 60).status == .permission)
      trial.sandbox.permissions.insert("ManageOrgSecrets")
      #expect(try await later(trial, after: 60).status == .success)
      #expect(secrets(trial).count == 3)
    }
  }

  @Test("do not exist in a file with one organization, nor if one of several is named")
  func oneOrganization() async throws {
    try await Trial.run(.small) { trial in
      for _ in 1...4 { try await later(trial) }
      #expect(secrets(trial).count == 1)
      #expect(try trial.column("SELECT * FROM sync_refresh") == [])
    }
    try await run { trial in
      try await settle(trial)
      var trial = trial
      trial.organizations = ["org-1"]
      try await later(trial, after: 60)
      #expect(secrets(trial) == ["org-1"])
    }
  }

  @Test("apply to child lists too: these are as old as the list of their parents")
  func below() async throws {
    try await run { trial in
      func read() async throws {
        try await later(trial) { ($0.resources, $0.resourcesAreConfigured) = (["default", "blueprint_files"], true) }
      }
      for _ in 1...4 { try await read() }
      let entries = try await MirrorStatus(database: trial.database).entries.filter { $0.organization == "org-1" }
      let rows = try #require(entries.first { $0.resource == "blueprints" })
      let below = try #require(entries.first { $0.resource == "blueprint_files" })
      #expect(rows.refreshInterval != nil && below.refreshInterval == rows.refreshInterval)
      #expect(below.completedAt == rows.completedAt && below.asOf == rows.asOf)
      let now = trial.clock.time.now()
      #expect(!below.isOlder(than: .seconds(60), at: now))
    }
  }

  @Test("make a run over many organizations cheap: no change goes unnoticed for longer than its list may be old")
  func day() async throws {
    var scenario = Self.enterprise(of: 8)
    scenario.activeOrganizations = 2
    try await run(scenario) { trial in
      var requests: [Int] = []
      var waiting: [String: UnixTime] = [:]
      var slowest = Duration.zero
      for number in 0..<28 {
        let now = trial.clock.time.now()
        if number % 3 == 0 {
          let organization = "org-\(1 + number % 7)"
          waiting[try trial.sandbox.edit(.create(.secrets).inOrganization(organization)).ids[0]] = now
        }
        try trial.sandbox.news(steps: 1)
        trial.sandbox.forgetRequests()
        let report = try await trial.sync { $0.refreshLimits.standard = .seconds(2 * 3_600) }
        #expect(report.status == .success, "\(report.allProblems.map(\.message))")
        requests.append(trial.sandbox.requestCounts.total)
        for id in try trial.column("SELECT secret_id FROM secrets") {
          if let madeAt = waiting.removeValue(forKey: id) { slowest = max(slowest, now - madeAt) }
        }
        let status = try await MirrorStatus(database: trial.database)
        #expect(status.completeness().isComplete, "\(status.completeness().verdict())")
        trial.clock.advance(by: .seconds(900))
        trial.sandbox.advance(seconds: 840)
        // Until the next run begins.
        let then = trial.clock.time.now()
        let old = status.entries.filter { $0.refreshInterval != nil && $0.isOlder(than: .zero, at: then) }
        #expect(old.isEmpty, "\(old.map { "\($0.resource) of \($0.organization)" }) in run \(number)")
      }
      #expect(slowest <= .seconds(2 * 3_600) && waiting.values.allSatisfy { $0 + .seconds(2 * 3_600) > trial.clock.time.now() })
      let average = requests.dropFirst(8).reduce(0, +) / (requests.count - 8)
      #expect(average < requests[1] / 2, "requests of each run: \(requests)")
      // A day later, every change has been mirrored.
      try await later(trial, after: 86_400)
      try trial.expectMirrorEqualsServer(SandboxResource.allCases)
    }
  }
}
