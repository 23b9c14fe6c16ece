import Foundation
import NIOHTTP1
import Synchronization
import Testing

@testable import DevinSandbox

@Suite("The clock")
struct ClockTests {
  private static let day = 86_400

  /// Real time, advanced by a test.
  private final class Time: Sendable {
    private let passed = Mutex(0)
    var elapsed: @Sendable () -> Duration { { .seconds(self.passed.withLock { $0 }) } }
    func pass(seconds: Int) { passed.withLock { $0 += seconds } }
  }

  private func scenario(startsAt: Int = SandboxScenario.anchor, runs: Bool = false) -> SandboxScenario {
    var scenario = SandboxScenario.enterprise
    scenario.startsAt = startsAt
    scenario.clockRuns = runs
    return scenario
  }

  @Test("a running clock follows real time, and is advanced in addition by news, edits and requests")
  func combined() async throws {
    let time = Time()
    try await Sandbox.run(scenario(startsAt: 1_800_000_000, runs: true), elapsed: time.elapsed) { sandbox in
      let probe = Probe(sandbox)
      func date() async throws -> String? { try await probe.get("secrets").headers.first(name: "date") }
      #expect(sandbox.now == 1_800_000_000)
      time.pass(seconds: 90)
      #expect(try await date() == HTTPDate.text(1_800_000_090))
      sandbox.advance(seconds: 1_000)
      time.pass(seconds: 10)
      #expect(try await date() == HTTPDate.text(1_800_001_100))
      #expect(try sandbox.news(steps: 2).now == 1_800_001_220)
      time.pass(seconds: 5)
      let id = try sandbox.ids(.playbooks)[0]
      try sandbox.edit(.update(.playbooks, id, set: ["title": "new"]))
      #expect(try await probe.get("playbooks/\(id)").json()["updated_at"]?.number == 1_800_001_225)
      #expect(sandbox.now == 1_800_001_225)
    }
  }

  @Test("without its own time source a running sandbox uses the system clock")
  func measured() async throws {
    try await Sandbox.run(scenario(runs: true)) { sandbox in
      while sandbox.now == SandboxScenario.anchor { _ = try await Probe(sandbox).control(.GET, "") }
      #expect(sandbox.now > SandboxScenario.anchor)
    }
  }

  @Test("consumption, audit log and billing cycles grow while the clock runs")
  func growth() async throws {
    let time = Time()
    try await Sandbox.run(scenario(runs: true), elapsed: time.elapsed) { sandbox in
      func times(_ resource: SandboxResource, _ member: String) throws -> [Int] {
        try sandbox.parsedObjects(resource).compactMap { ($0["object"] ?? $0)[member]?.number }
      }
      for passed in [0, 3_600, 45 * Self.day] {
        time.pass(seconds: passed)
        let now = sandbox.now
        for (resource, member) in [
          (SandboxResource.dailyConsumption, "date"), (.userDailyConsumption, "date"), (.enterpriseDailyConsumption, "date"),
          (.auditLogs, "created_at"),
        ] {
          let last = try times(resource, member).max() ?? 0
          #expect(last <= now && last > now - 2 * Self.day, "\(resource)")
        }
        let cycles = try zip(times(.billingCycles, "after"), times(.billingCycles, "before"))
        #expect(cycles.contains { $0 <= now && now < $1 })
      }
    }
  }

  @Test("nothing was created or changed after the time at which the clock starts")
  func end() throws {
    let start = SandboxScenario.anchor + 77 * Self.day + 12_345
    var enterprise = try Enterprise(scenario(startsAt: start))
    for resource in SandboxResource.every {
      for object in try objects(resource, &enterprise) {
        for member in ["created_at", "updated_at", "completed_at", "last_executed_at", "date"] {
          let time = (object["object"] ?? object)[member].flatMap(Self.time)
          #expect(time ?? 0 <= start, "\(member) of \(resource)")
        }
      }
    }
    let sessions = try objects(.sessions, &enterprise).compactMap { $0["created_at"]?.number }
    #expect(sessions.max() ?? 0 > start - 2 * Self.day)
  }

  @Test("the same seed creates the same organizations at any start, and all times are shifted by the same amount")
  func shifted() throws {
    let byDay: Set<SandboxResource> = [
      .dailyConsumption, .userDailyConsumption, .serviceUserDailyConsumption, .sessionDailyConsumption,
      .enterpriseDailyConsumption, .billingCycles, .auditLogs, .guardrailViolations,
    ]
    var first = try Enterprise(scenario())
    for shift in [400 * Self.day, 3 * Self.day + 4_321] {
      var second = try Enterprise(scenario(startsAt: SandboxScenario.anchor + shift))
      // Data by billing day is cut off at a different time of day.
      for resource in SandboxResource.every where shift % Self.day == 0 || !byDay.contains(resource) {
        let (before, after) = (try objects(resource, &first), try objects(resource, &second))
        #expect(before.count == after.count && !before.isEmpty, "\(resource)")
        for (before, after) in zip(before, after) { expectShifted(before, after, by: shift, "\(resource)") }
      }
      #expect(try objects(.sessions, &first) != objects(.sessions, &second))
    }
  }

  @Test("metrics of a range and the length of the queue are the same at any start")
  func shiftedMetrics() async throws {
    func answers(_ shift: Int) async throws -> [JSONValue] {
      try await Sandbox.run(scenario(startsAt: SandboxScenario.anchor + shift)) { sandbox in
        let range = "time_after=\(sandbox.now - 20 * Self.day)&time_before=\(sandbox.now)"
        var answers = [try await Probe(sandbox).send(.GET, "/v3/enterprise/queue").json()]
        for name in ["usage", "sessions", "prs", "searches"] {
          answers.append(try await Probe(sandbox).send(.GET, "/v3/enterprise/metrics/\(name)?\(range)").json())
        }
        return answers
      }
    }
    #expect(try await answers(0) == answers(123 * Self.day))
  }

  private func objects(_ resource: SandboxResource, _ enterprise: inout Enterprise) throws -> [JSONValue] {
    var bytes: [UInt8] = []
    var position: Int? = 0
    while let start = position {
      let lines = try enterprise.lines(resource, from: start)
      bytes += lines.bytes
      position = lines.next
    }
    return try bytes.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(JSONValue.self, from: Data($0)) }
  }

  /// Unix seconds, in any format.
  private static func time(_ value: JSONValue) -> Int? {
    value.number ?? value.string.flatMap { try? Date($0, strategy: .iso8601) }.map { Int($0.timeIntervalSince1970) }
  }

  private func expectShifted(_ before: JSONValue, _ after: JSONValue, by shift: Int, _ comment: Comment) {
    guard before != after else { return }
    switch (before, after) {
    case (.object(let left), .object(let right)):
      #expect(Set(left.keys) == Set(right.keys), comment)
      for (name, value) in left { expectShifted(value, right[name] ?? .null, by: shift, comment) }
    case (.array(let left), .array(let right)):
      #expect(left.count == right.count, comment)
      for (left, right) in zip(left, right) { expectShifted(left, right, by: shift, comment) }
    default:
      #expect(Self.time(before).map { $0 + shift } == Self.time(after), comment)
    }
  }
}
