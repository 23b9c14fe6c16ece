import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("Failures that no request gets past", .timeLimit(.minutes(60)))
struct FirstCauseTests {
  /// A failure between the command and the API.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let fault: Fault
    let status: Int32
  }

  static let cases = [
    Case(testDescription: "a login page", fault: .html, status: 65),
    Case(testDescription: "a redirect", fault: .redirect(location: "https://login.example/"), status: 65),
    Case(testDescription: "another API", fault: .answer(status: 200, body: #"{"hello": "world"}"#), status: 65),
    Case(testDescription: "a refused key", fault: .status(401), status: 77),
    Case(testDescription: "an API that fails", fault: .status(503), status: 69),
  ]

  @Test("check and sync stop at once and report it in one line", arguments: cases)
  func oneLine(_ example: Case) async throws {
    try await Command.trial { command, sandbox in
      sandbox.faults = [FaultRule(example.fault, times: nil)]
      let quick = command.with(["DEVIN_SYNC_TEST_CLOCK": "0"])
      for verb in ["check", "sync"] {
        let result = try await quick.run(verb)
        #expect(result.status == example.status, "\(verb)")
        #expect(result.output == "", "\(verb)")
        #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
      }
    }
  }

  @Test("no listener: 69 in one line")
  func nobody() async throws {
    try await Command.trial { command, _ in
      let url = try await Sandbox.run(.brief) { $0.url }
      for verb in ["check", "sync"] {
        let result = try await command.with(["DEVIN_API_URL": url, "DEVIN_SYNC_TEST_CLOCK": "0"]).run(verb)
        #expect(result.status == 69)
        #expect(result.output == "")
        #expect(result.errors.split(separator: "\n").count == 1)
      }
    }
  }

  @Test("an organization that the key does not belong to: 78 from every command, with both organizations and the key's source")
  func foreign() async throws {
    try await Command.trial { command, sandbox in
      #expect(try await command.run("sync", "playbooks").status == 0)
      let key = command.folder.appendingPathComponent("key")
      try Data(sandbox.scenario.key.utf8).write(to: key)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
      let wrong = command.with(["DEVIN_ORG_ID": "org-nope", "DEVIN_API_KEY": nil, "DEVIN_SYNC_API_KEY_FILE": key.path])
      for arguments in [["sync"], ["check"], ["verify"], ["watch", "--every", "1h"]] {
        let result = try await wrong.run(arguments)
        #expect(result.status == 78, "\(arguments)")
        for word in ["org-nope", sandbox.scenario.organizationID, key.path] { #expect(result.errors.contains(word)) }
        #expect(result.errors.split(separator: "\n").count == 1)
      }
    }
  }

  @Test("a key without permissions: 77 from sync and check, which shows what each list needs")
  func nothing() async throws {
    try await Command.trial { command, sandbox in
      sandbox.permissions = ["ReadAccountMeta"]
      let sync = try await command.run("sync")
      #expect(sync.status == 77)
      #expect(sync.errors.contains("DEVIN_API_KEY"))
      #expect(try await command.run("sync", "credential").status == 0)
      let check = try await command.run("check")
      #expect(check.status == 77)
      #expect(check.output.contains("ViewOrgSessions"))
      #expect(check.errors.split(separator: "\n").count == 1)
    }
  }
}
