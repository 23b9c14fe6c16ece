import DevinSync
import Testing

@testable import devin_sync

/// The library describes what happened; advice about flags and variables is the command's task.
@Suite("Advice that names flags")
struct AdviceTests {
  @Test(
    "a problem is followed by what the reader can do",
    arguments: [
      (SyncProblem(.massDeletion(missing: 20, known: 40), resource: "secrets"), "--allow-mass-deletion"),
      (SyncProblem(.emptied(9), resource: "secrets"), "--skip secrets"),
      (SyncProblem(.seenWithAnotherKey(1)), "--allow-mass-deletion"),
      (SyncProblem(.permissionLost("ViewOrgSessions")), "--skip"), (SyncProblem(.organizationsUnknown), "--org"),
      (SyncProblem(.nothingFound(3)), "DEVIN_API_URL"), (SyncProblem(.keyRefused), "DEVIN_API_KEY"),
      (SyncProblem(.requestFailed, error: APIError(.untrusted("expired"), endpoint: "GET /v3/self")), "--ca-file"),
    ])
  func problem(_ problem: SyncProblem, _ flag: String) {
    #expect(problem.messageWithAdvice.hasPrefix(problem.message) && problem.messageWithAdvice.contains(flag))
    #expect(!problem.message.contains(flag))
  }

  @Test("a run that could not begin says which setting to correct")
  func error() {
    let unknown = SyncError.unknownResource("sesions")
    #expect(unknown.messageWithAdvice.contains("devin-sync resources") && unknown.exitStatus == .usage)
    let none = SyncError.noOrganization(principal: "pat_user")
    #expect(none.messageWithAdvice.contains("--org") && none.exitStatus == .configuration)
  }

  @Test("a command that did several things ends with the status of the highest precedence")
  func combined() {
    #expect(ExitStatus.combined([.tryAgain, .usage, .permission, .unavailable]) == .permission)
    #expect(ExitStatus.combined([.success, .usage]) == .usage)
    #expect(ExitStatus.combined([]) == .success)
    #expect(ExitStatus.usage.rawValue == 64)
  }
}
