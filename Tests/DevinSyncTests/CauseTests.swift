import DevinAPI
import DevinSandbox
import Testing
import TrialSupport

@testable import DevinSync

@Suite("One cause, one message", .timeLimit(.minutes(60)))
struct CauseTests {
  private func failed(_ resource: String, _ reason: APIError.Reason, status: Int? = nil) -> SyncProblem {
    SyncProblem(.requestFailed, resource: resource, error: APIError(reason, endpoint: "GET /v3/\(resource)", status: status))
  }

  private func messages(_ problems: [SyncProblem]) -> [String] { SyncProblem.merged(problems).map(\.message) }

  @Test("lists with the same failure are reported together, up to three by name and more by number, with those not requested")
  func alike() {
    let few = messages([failed("a", .connection("refused")), failed("b", .connection("reset")), failed("c", .unavailable)])
    #expect(few.count == 1)
    #expect(few[0].hasPrefix("a, b: GET /v3/a got no response: refused. One more list was not requested after that."))
    let many = messages((1...70).map { failed("r\($0)", $0 < 13 ? .server(retryAfter: nil) : .unavailable, status: 503) })
    #expect(many.count == 1)
    #expect(many[0].hasPrefix("12 lists, such as r1: ") && many[0].contains("58 more lists were not requested"))
  }

  @Test("problems with different causes are reported separately, in order, and no status is lost")
  func apart() {
    let problems = [
      failed("a", .unexpectedShape("`items` is missing"), status: 200), failed("b", .server(retryAfter: nil), status: 500),
      SyncProblem(.massDeletion(missing: 20, known: 40), resource: "c"),
      failed("d", .unexpectedShape("`items` is no list"), status: 200),
      failed("e", .server(retryAfter: nil), status: 502),
    ]
    let merged = SyncProblem.merged(problems)
    #expect(merged.map { $0.resource ?? $0.lists.joined(separator: "+") } == ["a", "b+e", "c", "d"])
    #expect(Set(merged.map(\.status)) == Set(problems.map(\.status)))
    #expect(SyncProblem.merged([failed("a", .unavailable)]).map(\.resource) == ["a"])
  }

  @Test("quarantined items are added up")
  func quarantine() {
    let problems = [("a", 1, 0), ("b", 0, 2), ("c", 3, 1)].map { SyncProblem(.quarantine(items: $1, parents: $2), resource: $0) }
    #expect(messages(problems).count == 1)
    #expect(messages(problems)[0].hasPrefix("a, b, c: 4 items and 3 lists"))
    #expect(SyncProblem.merged(problems).map(\.status) == [.unusableData])
  }

  @Test("removed permissions are reported separately if they are few, and all are named")
  func permissions() {
    let lost = (1...4).map { SyncProblem(.permissionLost("P\($0)"), resource: "r\($0)") }
    #expect(SyncProblem.merged(Array(lost.prefix(3))) == Array(lost.prefix(3)))
    #expect(messages(lost).count == 1)
    #expect(messages(lost)[0].contains("P1, P2, P3, P4"))
  }

  @Test(
    "a failure of every list after the key was read is reported in three lines or fewer, and each list keeps its own problem",
    arguments: [
      Fault.status(503), .reset, .html, .redirect(location: "https://login.example/"), .answer(status: 200, body: "{}"),
    ])
  func everyList(_ fault: Fault) async throws {
    try await Trial.run { trial in
      try await trial.sync()
      for isFirst in [true, false] {
        trial.sandbox.faults = [
          FaultRule(.latency(milliseconds: 0), path: "/self", times: nil), FaultRule(fault, times: nil),
        ]
        let report = try await trial.sync { if isFirst { $0.resources = ["all"] } }
        #expect(report.status == (fault == .status(503) || fault == .reset ? .unavailable : .unusableData))
        #expect(report.allProblems.count <= 3, "\(report.allProblems.map(\.message))")
        #expect(report.resources.count { !$0.problems.isEmpty } > 10)
      }
    }
  }
}
