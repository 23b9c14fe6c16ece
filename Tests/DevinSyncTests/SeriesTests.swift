import DevinAPI
import DevinSandbox
import Foundation
import MirrorStore
import TestSupport
import Testing
import TrialSupport

@testable import DevinSync

@Suite("Series")
struct SeriesTests {
  private static let day = Duration.seconds(86_400)
  private static let log = Series(.days(99), margin: .seconds(1), reread: .seconds(86_400))

  private static var history: SandboxScenario {
    var scenario = SandboxScenario.small
    scenario.sessions = 3
    scenario.historyDays = 400
    scenario.principal = .enterpriseServiceUser
    return scenario
  }

  @Test("400 days of audit log and consumption, interrupted in the middle, are mirrored without a gap or a duplicate")
  func interrupted() async throws {
    try await Trial.run(Self.history) { trial in
      var trial = trial
      trial.organizations = []
      let resources = [
        "organizations", "audit_logs", "daily_consumption", "enterprise_daily_consumption", "guardrail_violations",
      ]
      for list in ["/audit-logs", "/consumption/daily$", "/guardrail-violations"] {
        trial.sandbox.faults.append(FaultRule(.status(500), path: list, skip: 8, times: nil))
      }
      let first = try await trial.sync { $0.resources = resources }
      #expect(first.status == .unavailable)
      let half = try trial.number("SELECT count(*) FROM audit_logs")
      trial.sandbox.faults = []
      trial.sandbox.forgetRequests()
      #expect(try await trial.sync { $0.resources = resources }.status == .success)
      #expect(try trial.number("SELECT count(*) FROM audit_logs") > half)
      try trial.expectMirrorEqualsServer([.auditLogs, .guardrailViolations, .dailyConsumption, .enterpriseDailyConsumption])
      #expect(try trial.column("SELECT resource FROM sync_gaps") == [])
      #expect(try trial.number("SELECT count(*) - count(DISTINCT audit_log_id) FROM audit_logs") == 0)
      #expect(try trial.number("SELECT count(*) FROM sync_changes WHERE resource = 'audit_logs' AND change <> 'inserted'") == 0)
      // Spans that the first run had completed are not requested again.
      let oldest = trial.sandbox.requests.filter { $0.path.hasSuffix("/enterprise/audit-logs") }.compactMap { Self.bounds($0) }
      #expect(oldest.allSatisfy { $0.0 > Series.beginning + Self.day * 99 })
      for request in trial.sandbox.requests {
        if let (after, before) = Self.bounds(request) { #expect(before - after <= Self.day * 100) }
      }
    }
  }

  @Test("a span that was refused days ago is read up to now, not up to then")
  func refusedForDays() async throws {
    try await Trial.run { trial in
      let resources = ["daily_consumption"]
      trial.sandbox.advance(seconds: Int(UnixTime.now.rawValue) - trial.sandbox.now)
      try await trial.sync { $0.resources = resources }
      trial.sandbox.permissions.remove("ViewOrgConsumption")
      #expect(try await trial.sync { $0.resources = resources }.status == .permission)
      trial.sandbox.permissions = SandboxScenario.allPermissions
      trial.sandbox.advance(seconds: 5 * 86_400)
      trial.clock.advance(by: .seconds(5 * 86_400))
      #expect(try await trial.sync { $0.resources = resources }.status == .success)
      try trial.expectMirrorEqualsServer([.dailyConsumption])
    }
  }

  @Test("the server's clock decides up to when a series is read: a system clock that is a day behind leaves nothing unread")
  func clockBehind() async throws {
    try await Trial.run(Self.history) { trial in
      var trial = trial
      trial.organizations = []
      trial.sandbox.advance(seconds: Int(UnixTime.now.rawValue) - trial.sandbox.now + 86_400)
      let entry = ["audit_log_id": "of the last hour", "created_at": .int(trial.sandbox.now - 3600)] as [String: JSONValue]
      try trial.sandbox.edit(.insert(.auditLogs, object: entry))
      #expect(try await trial.sync { $0.resources = ["organizations", "audit_logs"] }.status == .success)
      #expect(try trial.number("SELECT count(*) FROM audit_logs WHERE audit_log_id = 'of the last hour'") == 1)
    }
  }

  private static func bounds(_ request: LoggedRequest) -> (UnixTime, UnixTime)? {
    let values = request.query.split(separator: "&").map { $0.split(separator: "=").map(String.init) }
    func value(_ name: String) -> UnixTime? {
      values.first { $0.first == name }?.last.flatMap { Int64($0) }.map(UnixTime.init(rawValue:))
    }
    guard let after = value("time_after"), let before = value("time_before") else { return nil }
    return (after, before)
  }

  @Test("a malformed entry of a completed span is requested again, only that span, and is released when it is repaired")
  func oddEntry() async throws {
    try await Trial.run(Self.history) { trial in
      var trial = trial
      trial.organizations = []
      let resources = ["organizations", "audit_logs"]
      trial.sandbox.faults = [FaultRule(.poison(position: 0, .text), path: "/audit-logs", skip: 8)]
      #expect(try await trial.sync { $0.resources = resources }.status == .unusableData)
      let start = try trial.column("SELECT interval_start FROM sync_quarantine")
      #expect(start.count == 1 && start != ["NULL"])
      trial.sandbox.forgetRequests()
      #expect(try await trial.sync { $0.resources = resources }.status == .success)
      #expect(try trial.number("SELECT count(*) FROM sync_quarantine") == 0)
      let asked = trial.requests(ending: "/audit-logs").compactMap { Self.bounds($0)?.0 }
      #expect(asked.contains { "\(($0 + .seconds(1)).rawValue)" == start.first })
      try trial.expectMirrorEqualsServer([.auditLogs])
    }
  }

  @Test("rows are kept when the server no longer has them")
  func history() async throws {
    try await Trial.run(Self.history) { trial in
      var trial = trial
      trial.organizations = []
      try await trial.sync { $0.resources = ["audit_logs"] }
      let before = try trial.number("SELECT count(*) FROM audit_logs")
      let newest = try trial.column("SELECT audit_log_id FROM audit_logs ORDER BY created_at DESC LIMIT 1")[0]
      try trial.sandbox.edit(.delete(.auditLogs, newest))
      #expect(
        try await trial.sync {
          $0.full = true
          $0.resources = ["audit_logs"]
        }.status == .success)
      #expect(try trial.number("SELECT count(*) FROM audit_logs WHERE _deleted_at IS NULL") == before)
    }
  }

  @Test("the first run requests every span, the oldest first, none longer than the maximum range")
  func firstSpans() {
    let now = Series.beginning + Self.day * 450
    let spans = SyncPlan.dueSpans(of: Self.log, ledger: [], now: now, run: 1, everything: false)
    #expect(spans.count == 5)
    #expect(spans.map(\.start) == spans.map(\.start).sorted())
    #expect(spans.first?.start == Series.beginning)
    #expect(spans.last?.until == now)
    for (span, next) in zip(spans, spans.dropFirst()) { #expect(span.end == next.start) }
    for span in spans {
      #expect(span.timeBefore - span.timeAfter <= Series.longestRange)
      #expect(span.timeAfter < span.start)
      #expect(span.timeBefore > span.until)
    }
  }

  @Test("the oldest gap comes first, then the days that are read again")
  func gapsFirst() {
    let step = Self.day * 99
    let now = Series.beginning + step * 3 + Self.day * 10
    let ledger = [0, 2, 3].map { number in
      let start = Series.beginning + step * number
      return ReadInterval(startsAt: start, endsAt: min(start + step, now - .seconds(3600)), readAt: now - .seconds(3600), run: 1)
    }
    let spans = SyncPlan.dueSpans(of: Self.log, ledger: ledger, now: now, run: 2, everything: false)
    #expect(spans.map(\.start) == [Series.beginning + step, Series.beginning + step * 3])
    #expect(spans.last?.timeAfter == now - .seconds(3600) - Self.day - .seconds(1))
    #expect(SyncPlan.dueSpans(of: Self.log, ledger: ledger, now: now, run: 2, everything: true).count == 4)
  }

  @Test("a span that was read before its last days were final is read again after its end")
  func settling() {
    let step = Self.day * 99
    let interval = ReadInterval(
      startsAt: Series.beginning, endsAt: Series.beginning + step, readAt: Series.beginning + step + .seconds(3600), run: 1)
    let soon = SyncPlan.dueSpans(
      of: Self.log, ledger: [interval], now: Series.beginning + step + .seconds(7200), run: 2, everything: false)
    #expect(soon.first?.start == Series.beginning)
    let settled = ReadInterval(
      startsAt: Series.beginning, endsAt: Series.beginning + step, readAt: Series.beginning + step + Self.day, run: 1)
    let later = SyncPlan.dueSpans(
      of: Self.log, ledger: [settled], now: Series.beginning + step + Self.day * 2, run: 2, everything: false)
    #expect(later.map(\.start) == [Series.beginning + step])
  }

  @Test("months have their actual lengths, in leap years too")
  func months() {
    let series = Series(.months(1), isSum: true)
    #expect(series.start(of: 0).iso8601 == "2024-01-01T08:00:00Z")
    #expect(series.start(of: 2).iso8601 == "2024-03-01T08:00:00Z")
    #expect(series.start(of: 34).iso8601 == "2026-11-01T08:00:00Z")
  }

  @Test("a month's sums are requested for the complete month, and again until they are final")
  func sums() {
    let series = Series(.months(1), isSum: true)
    let now = series.start(of: 1) + Self.day * 10 + .seconds(5)
    let ledger = [
      ReadInterval(startsAt: series.start(of: 0), endsAt: series.start(of: 1), readAt: now - Self.day * 4, run: 1),
      ReadInterval(startsAt: series.start(of: 1), endsAt: now - .seconds(60), readAt: now - .seconds(60), run: 1),
    ]
    let spans = SyncPlan.dueSpans(of: series, ledger: ledger, now: now, run: 2, everything: false)
    #expect(spans.map(\.timeAfter) == [series.start(of: 0), series.start(of: 1)])
    #expect(spans.last?.timeBefore == series.start(of: 1) + Self.day * 11)
  }
}
