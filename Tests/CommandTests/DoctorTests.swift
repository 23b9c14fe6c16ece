import DevinSandbox
import DevinSync
import Foundation
import Testing
import TrialSupport

@testable import devin_sync

@Suite("doctor says what is wrong and what to do", .timeLimit(.minutes(20)))
struct DoctorTests {
  @Test("the status is that of the most important problem, and notes are no problems")
  func statuses() {
    var diagnosis = Diagnosis()
    diagnosis.add([.ok(.version, "1"), .note(.schedule, "not installed", action: "Install it.")])
    #expect(diagnosis.exit == .success && diagnosis.verdict == "No problem found, 1 note.")
    diagnosis.add([
      .problem(.mirror, "lists pending", .unusableData), .problem(.key, "refused", action: "Check it.", .permission),
    ])
    #expect(diagnosis.exit == .permission && diagnosis.verdict == "2 problems, 1 note.")
    let lines = diagnosis.lines(within: 60).map { $0.text(color: false) }
    #expect(lines.allSatisfy { $0.columns <= 60 } && lines.first == "2 problems, 1 note.")
    let key = lines.firstIndex { $0.hasPrefix("problem  key") }
    #expect(key.map { lines[$0 + 1].contains("→ Check it.") } == true)
  }

  private func findings(_ command: Command, _ arguments: String...) async throws -> (status: Int32, states: [String: String]) {
    let result = try await command.run(["doctor", "--json"] + arguments)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(object["status"] as? Int == Int(result.status))
    let list = try #require(object["findings"] as? [[String: Any]])
    let pairs = list.compactMap { entry in (entry["subject"] as? String).map { ($0, entry["state"] as? String ?? "") } }
    return (result.status, Dictionary(pairs) { one, other in one == "problem" ? one : other })
  }

  @Test("a mirror whose only run failed is a problem, also without a request")
  func neverFilled() async throws {
    try await Command.trial { command, _ in
      let wrong = command.with(["DEVIN_ORG_ID": "org-none"])
      #expect(try await wrong.run("sync").status == 78)
      let found = try await findings(command, "--offline")
      #expect(found.status == 65 && found.states["mirror"] == "problem")
    }
  }

  @Test("after a kill, status and doctor say that the run was killed and what is pending, and claim no counts")
  func afterKill() async throws {
    try await Command.trial { command, _ in
      let killed = try await command.with(["DEVIN_SYNC_CRASH_POINT": "page:4"]).run("sync")
      #expect(killed.status == -SIGKILL, "\(killed)")
      let status = try await command.run("status")
      #expect(status.output.hasPrefix("Incomplete: ") && status.output.contains("was killed"))
      #expect(!status.output.contains("0 requests"))
      let found = try await findings(command, "--offline")
      #expect(found.status == 65 && found.states["mirror"] == "problem" && found.states["file"] == "ok")
      #expect(try await command.run("sync").status == 0)
      #expect(try await findings(command, "--offline").status == 0)
    }
  }

  @Test("after a permission was lost, status and doctor name the resource, until the permission is back")
  func afterLostPermission() async throws {
    try await Command.trial { command, sandbox in
      #expect(try await command.run("sync").status == 0)
      sandbox.permissions.remove("ManageOrgSecrets")
      #expect(try await command.run("sync").status == 77)
      let status = try await command.run("status")
      #expect(status.output.hasPrefix("Incomplete: ") && status.output.contains("secrets"))
      #expect(status.output.contains("with status 77"))
      let found = try await findings(command)
      #expect(found.status != 0 && found.states["mirror"] == "problem" && found.states["file"] == "ok")
      sandbox.permissions.insert("ManageOrgSecrets")
      #expect(try await command.run("sync").status == 0)
      #expect(try await findings(command).status == 0)
    }
  }

  @Test(
    "a complete mirror has no problem; a missing mirror, a refused key and a foreign organization are problems, each with its status"
  )
  func problems() async throws {
    try await Command.trial { command, sandbox in
      let none = try await findings(command)
      #expect(none.status == 74 && none.states["file"] == "problem" && none.states["key"] == "ok")
      _ = try await command.run("sync")
      let (requests, good) = (sandbox.requests.count, try await findings(command))
      #expect(good.status == 0, "\(good)")
      for subject in ["version", "configuration", "key", "connection", "organization", "file", "mirror"] {
        #expect(good.states[subject] == "ok", "\(subject)")
      }
      // The clock of this sandbox is in the past.
      #expect(good.states["clock"] == "note")
      #expect(good.states["disk"] != nil && good.states["schedule"] != nil && sandbox.requests.count > requests)
      let refused = try await findings(command.with(["DEVIN_API_KEY": "cog_wrong"]))
      #expect(refused.status == 77 && refused.states["key"] == "problem" && refused.states["file"] == "ok")
      let foreign = try await findings(command.with(["DEVIN_ORG_ID": "org-none"]))
      #expect(foreign.status == 78 && foreign.states["organization"] == "problem")
      let missing = try await findings(command.with(["DEVIN_API_KEY": nil]))
      #expect(missing.status == 78 && missing.states["key"] == "problem")
      let before = sandbox.requests.count
      let offline = try await findings(command, "--offline")
      #expect(offline.status == 0 && sandbox.requests.count == before)
      let text = try await command.run("doctor")
      #expect(text.status == 0 && text.lines.first?.hasPrefix("No problem found") == true)
      // Lists of the enterprise are not counted for a key of one organization.
      let counts = try #require(text.output.firstMatch(of: /(\d+) of (\d+) resources can be read/))
      let others = text.output.matches(of: /; (\d+) (?:not available on|without a row)/).compactMap { Int($0.1) }
      #expect(Int(counts.2) == others.reduce(Int(counts.1) ?? 0, +), "\(text.output)")
      #expect(!text.output.contains(command.environment["DEVIN_API_KEY"] ?? "cog_"))
      #expect(try await command.run("doctor", "--offline", "--org", "org-none").status == 64)
    }
  }
}
