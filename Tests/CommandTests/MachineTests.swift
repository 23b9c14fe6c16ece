import DevinSandbox
import Foundation
import Testing
import TrialSupport

/// Failures of the machine during a run: each ends with its status, a helpful message, and an undamaged file.
@Suite("Failures of the machine", .timeLimit(.minutes(60)))
struct MachineTests {
  /// Runs the command from a shell after another command, such as one that sets a limit.
  private func run(_ command: Command, after preparation: String, _ arguments: String) async throws -> Command.Result {
    try await command.run(program: "/bin/bash", ["-c", "\(preparation); exec '\(Command.program.path)' \(arguments)"])
  }

  @Test("74: a run does not claim success if the file was replaced meanwhile")
  func replaced() async throws {
    try await Command.trial(.long) { command, sandbox in
      let database = command.database
      sandbox.atRequest(12) {
        try? FileManager.default.moveItem(atPath: database, toPath: database + ".elsewhere")
        try? Data("mine".utf8).write(to: URL(fileURLWithPath: database))
      }
      let result = try await command.run("sync")
      #expect(result.status == 74 && result.errors.contains("replaced by another file"))
      #expect(try Data(contentsOf: URL(fileURLWithPath: database)) == Data("mine".utf8))
    }
  }

  @Test("74: a full disk keeps what was committed, and the next run completes")
  func full() async throws {
    try await Command.trial(.long) { command, sandbox in
      #expect(try await command.run("sync", "playbooks").status == 0)
      let bytes = try FileManager.default.attributesOfItem(atPath: command.database)[.size] as? Int ?? 0
      // A limit on the size of files, which looks like a failing disk to SQLite: blocks of 1024 bytes.
      let full = try await run(command, after: "trap '' XFSZ; ulimit -f \(bytes / 1024 + 200)", "sync")
      #expect(full.status == 74, "\(full.errors)")
      #expect(try await command.query("PRAGMA integrity_check") == ["ok"])
      #expect(try await command.query("SELECT count(*) FROM playbooks") == ["8"])
      #expect(try await command.run("sync").status == 0)
      #expect(try MirroredFile(command.database).differences(from: sandbox) == [])
    }
  }

  @Test("78: a limit on open files that is too low ends the command before anything is done")
  func descriptors() async throws {
    try await Command.trial { command, sandbox in
      let few = try await run(command, after: "ulimit -n 24", "sync")
      #expect(few.status == 78 && few.errors.contains("ulimit -n 1024"))
      #expect(sandbox.requests.isEmpty && !FileManager.default.fileExists(atPath: command.database))
      // A low limit that may be raised is raised.
      #expect(try await run(command, after: "ulimit -S -n 24", "sync").status == 0)
    }
  }

  @Test("74: damaged pages are reported, with what to do, and the file is not changed")
  func damaged() async throws {
    try await Command.trial { command, _ in
      #expect(try await command.run("sync").status == 0)
      let file = URL(fileURLWithPath: command.database)
      var bytes = try Data(contentsOf: file)
      for position in stride(from: 4096 * 2, to: bytes.count - 2000, by: 4096) {
        bytes.replaceSubrange(position..<position + 1500, with: Data(repeating: 0x5a, count: 1500))
      }
      try bytes.write(to: file)
      for arguments in [["sync", "--full"], ["verify", "--offline"]] {
        let result = try await command.run(arguments)
        #expect(result.status == 74)
        #expect(result.errors.contains("backup"), "\(result.errors)")
      }
      #expect(try Data(contentsOf: file).count == bytes.count)
    }
  }

  @Test("the lock of a dead process blocks nobody")
  func staleLock() async throws {
    try await Command.trial { command, _ in
      try Data("pid 999999 on elsewhere, started 2020-01-01T00:00:00Z\n".utf8).write(
        to: URL(fileURLWithPath: command.database + ".lock"))
      #expect(try await command.run("sync", "playbooks").status == 0)
    }
  }

  @Test("78: an invalid file of certificate authorities, and an invalid proxy")
  func route() async throws {
    try await Command.trial { command, _ in
      let file = try await command.run("sync", "--ca-file", "nothing.pem")
      #expect(file.status == 78 && file.errors.contains("--ca-file"))
      let proxied = command.with(["DEVIN_API_URL": "https://api.example.com", "HTTPS_PROXY": "ftp://joe:secret@proxy"])
      let proxy = try await proxied.run("sync")
      #expect(proxy.status == 78 && proxy.errors.contains("HTTPS_PROXY") && !proxy.errors.contains("secret"))
    }
  }

  @Test(
    "69: a host without an address, and one without a listener", arguments: ["https://devin.invalid", "http://127.0.0.1:9"])
  func nobody(_ address: String) async throws {
    try await Command.trial { command, _ in
      let result = try await command.with(["DEVIN_API_URL": address, "DEVIN_SYNC_TEST_CLOCK": "0"]).run("sync", "playbooks")
      #expect(result.status == 69 && result.errors.contains("got no response"), "\(result.errors)")
    }
  }

  @Test("a clock that was years ahead and was set back leaves nothing waiting for years")
  func clockSetBack() async throws {
    try await Command.trial { command, sandbox in
      let years = 3 * 365 * 86_400
      let now = sandbox.now - Int(time(nil))
      sandbox.faults = [FaultRule(.poison(position: 0, .number), path: "/messages", times: 1)]
      #expect(try await command.with(["DEVIN_SYNC_TEST_CLOCK": "\(now + years)"]).run("sync").status == 65)
      sandbox.faults = []
      sandbox.advance(seconds: 86_400)
      try sandbox.edit(.touchShare(percent: 20))
      try sandbox.edit(.delete(.playbooks, try await command.query("SELECT min(playbook_id) FROM playbooks")[0]))
      let right = command.with(["DEVIN_SYNC_TEST_CLOCK": "\(now + 86_400)"])
      #expect(try await right.run("sync").status == 0)
      #expect(try MirroredFile(command.database).differences(from: sandbox) == [])
      #expect(try await command.query("SELECT count(*) FROM sync_quarantine") == ["0"])
      #expect(try await command.query("SELECT count(*) FROM sync_intervals WHERE ends_at > \(sandbox.now + 2 * 86_400)") == ["0"])
    }
  }
}
