import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("The command mirrors", .timeLimit(.minutes(60)))
struct MirrorCommandTests {
  /// Compares the file with the sandbox's own objects, using an independent program: the sqlite3 shell.
  private func expectEqual(_ command: Command, _ sandbox: Sandbox) async throws {
    for resource in SandboxResource.allCases {
      let hasParent = resource == .sessionMessages || resource == .sessionAttachments
      let row = hasParent ? "'{\"session_id\":\"' || session_id || '\",\"object\":' || _raw || '}'" : "_raw"
      let mirrored = try await command.query("SELECT \(row) FROM \(resource.rawValue) WHERE _deleted_at IS NULL")
      #expect(mirrored.sorted() == sandbox.objects(resource).sorted(), "\(resource)")
    }
  }

  @Test("everything is mirrored, silently, into a file that only its owner can read")
  func everything() async throws {
    try await Command.trial { command, sandbox in
      let result = try await command.run("sync")
      #expect(result.status == 0)
      #expect(result.output.isEmpty)
      #expect(result.errors.isEmpty)
      try await expectEqual(command, sandbox)
      for name in ["devin.db", "devin.db.lock"] {
        let path = command.folder.appendingPathComponent(name).path
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600, "\(name)")
      }
    }
  }

  @Test("a run that is killed anywhere is completed by the next one, with at most two pages repeated per list")
  func killed() async throws {
    // Each moment is a request that is never answered: before it some pages are stored, some are in flight.
    let moments: [(path: String, skip: Int)] = [
      ("/self", 0), ("/sessions", 0), ("/sessions", 1), ("/sessions", 3), ("/insights", 3), ("/insights", 9),
      ("/messages", 0), ("/messages", 200), ("/attachments", 350), ("/messages", 690),
    ]
    try await Command.trial(.long) { command, sandbox in
      for moment in moments {
        sandbox.faults = [FaultRule(.hang, path: moment.path + "$", skip: moment.skip, times: nil)]
        let seen = sandbox.requests.filter { $0.path.hasSuffix(moment.path) }.count
        let run = try command.start("sync")
        await sandbox.waitForRequest(moment.path, count: seen + moment.skip + 1)
        run.send(SIGKILL)
        #expect(try await run.result().status == -SIGKILL)
        sandbox.faults = []
        #expect(try await command.query("PRAGMA integrity_check") == ["ok"])
        for name in ["devin.db", "devin.db-wal", "devin.db-shm"] {
          let path = command.folder.appendingPathComponent(name).path
          let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
          #expect(mode == nil || mode == 0o600, "\(name)")
        }
        if moment.path == "/messages", moment.skip == 690 { break }
        try FileManager.default.removeItem(atPath: command.database)
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: command.database + suffix) }
      }
      #expect(try await command.run("sync").status == 0)
      try await expectEqual(command, sandbox)
      #expect(try await command.query("SELECT count(*) FROM sync_changes WHERE change <> 'inserted'") == ["0"])
    }
  }

  @Test("a killed run repeats at most two pages of a list")
  func repeatedRequests() async throws {
    try await Command.trial(.long) { command, sandbox in
      sandbox.faults = [FaultRule(.hang, path: "/messages$", skip: 300, times: nil)]
      let run = try command.start("sync", "--concurrency", "8")
      await sandbox.waitForRequest("/messages", count: 301)
      run.send(SIGKILL)
      _ = try await run.result()
      sandbox.faults = []
      #expect(try await command.run("sync").status == 0)
      var counts: [String: Int] = [:]
      for request in sandbox.requests where request.path.contains("/sessions/devin-") { counts[request.path, default: 0] += 1 }
      #expect(counts.values.allSatisfy { $0 <= 2 })
      // The number of open lists was at most twice the number of requests in flight, plus eight.
      #expect(counts.values.filter { $0 > 1 }.count <= 24)
      try await expectEqual(command, sandbox)
    }
  }

  @Test("a second run at the same time is refused with 75, or waits on request")
  func lock() async throws {
    try await Command.trial { command, sandbox in
      sandbox.faults = [FaultRule(.hang, path: "/playbooks")]
      let first = try command.start("sync")
      await sandbox.waitForRequest("/playbooks")
      let second = try await command.run("sync")
      #expect(second.status == 75)
      #expect(second.errors.contains("pid \(first.pid)"))
      let third = try command.start("sync", "--lock-wait", "60s")
      first.send(SIGTERM)
      #expect(try await first.result().status == 143)
      #expect(try await third.result().status == 0)
      try await expectEqual(command, sandbox)
    }
  }

  @Test("signals end it with their status and everything received saved", arguments: [SIGINT, SIGTERM])
  func signals(_ signal: Int32) async throws {
    let status = 128 + signal
    try await Command.trial(.long) { command, sandbox in
      sandbox.faults = [FaultRule(.hang, path: "/sessions$", query: "&after=", times: nil)]
      let run = try command.start("sync")
      await sandbox.waitForRequest("/sessions", query: "&after=")
      run.send(signal)
      let result = try await run.result()
      #expect(result.status == status)
      #expect(result.errors.contains("the next run continues there"))
      #expect(try await command.query("SELECT count(*) FROM sessions") == ["200"])
      #expect(try await command.query("SELECT status FROM sync_runs") == ["\(status)"])
      sandbox.faults = []
      #expect(try await command.run("sync").status == 0)
      try await expectEqual(command, sandbox)
    }
  }

  @Test("a reader never sees half a page during a run")
  func readers() async throws {
    try await Command.trial(.long) { command, sandbox in
      let run = try command.start("sync", "sessions")
      await sandbox.waitForRequest("/sessions")
      var counts: Set<String> = []
      for _ in 1...15 {
        let answer = try await command.run(program: "/usr/bin/sqlite3", [command.database, "SELECT count(*) FROM sessions"])
        if answer.status == 0 { counts.formUnion(answer.lines) }
      }
      #expect(try await run.result().status == 0)
      #expect(counts.isSubset(of: ["0", "200", "400", "600", "700"]))
    }
  }
}
