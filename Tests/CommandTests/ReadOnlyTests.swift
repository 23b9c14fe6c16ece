import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite(
  "A mirror without write permission", .timeLimit(.minutes(60)),
  .enabled(if: AnotherUser.canRun, Comment(rawValue: AnotherUser.skipReason)))
struct ReadOnlyTests {
  /// Every command that only reads a file.
  private static let readings: [[String]] = [
    ["status"], ["status", "--json"], ["status", "--max-age", "1d"], ["query", "acus-by-user"],
    ["search", "the", "--limit", "10000"],
    ["changes"],
    ["report", "--output", "-"], ["export", "sessions"], ["verify", "--offline"], ["stats"], ["diff", "notes"],
  ]

  /// A complete mirror in a separate folder that only its owner may write to.
  private func mirrored(_ command: Command) async throws -> Kept {
    let kept = Kept(command.folder.appendingPathComponent("kept"))
    try FileManager.default.createDirectory(at: kept.folder, withIntermediateDirectories: true)
    #expect(chmod(command.folder.path, 0o755) == 0)
    #expect(try await command.run("sync", "--database", kept.database).status == 0)
    return kept
  }

  private struct Kept {
    let folder: URL
    var database: String { folder.appendingPathComponent("devin.db").path }

    init(_ folder: URL) { self.folder = folder }

    func bytes(_ suffix: String = "") throws -> Int {
      try FileManager.default.attributesOfItem(atPath: database + suffix)[.size] as? Int ?? 0
    }

    var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() } }

    func allow(_ mode: mode_t, _ suffixes: String...) {
      for suffix in suffixes { #expect(chmod(database + suffix, mode) == 0, "\(suffix)") }
    }

    /// Nothing can be created or removed beside the file, except by root.
    func lock(_ isLocked: Bool = true) { #expect(chmod(folder.path, isLocked ? 0o555 : 0o755) == 0) }
  }

  @Test("one that no run has open is read by every command, and nothing is left beside it")
  func closed() async throws {
    try await Command.trial { command, _ in
      let kept = try await mirrored(command)
      defer { kept.lock(false) }
      kept.allow(0o444, "")
      kept.allow(0o000, ".lock")
      kept.lock()
      let names = try kept.names
      #expect(!names.contains("devin.db-wal"))
      for arguments in Self.readings {
        let result = try await AnotherUser.run(command, arguments + ["--database", kept.database])
        #expect(result.status == 0, "\(arguments): \(result.errors)")
        // Without a change there is nothing to print, and a sentence says so.
        let isEmpty = arguments == ["diff", "notes"]
        #expect(isEmpty == !result.errors.isEmpty && isEmpty == result.output.isEmpty, "\(arguments): \(result.errors)")
      }
      let feed = try await AnotherUser.run(command, ["feed", "--database", kept.database])
      #expect(feed.status == 0 && feed.output.contains("RECORD") && feed.errors.contains("Complete as of "), "\(feed.errors)")
      let status = try await AnotherUser.run(command, ["status", "--database", kept.database])
      #expect(status.output.hasPrefix("Complete as of "))
      #expect(try kept.names == names)
      let pages = try AnotherUser.start(command, ["serve", "--port", "0", "--database", kept.database])
      try await pages.waitForOutput { $0.contains("http://127.0.0.1:") }
      pages.send(SIGTERM)
      #expect(try await pages.result().status == 0)
    }
  }

  @Test("one with the log of a killed run is refused with advice, and is read when the log can be read")
  func killed() async throws {
    try await Command.trial { command, sandbox in
      let kept = try await mirrored(command)
      defer { kept.lock(false) }
      sandbox.faults = [FaultRule(.hang, path: "/playbooks$", times: nil)]
      let run = try command.start("sync", "playbooks", "--full", "--database", kept.database)
      await sandbox.waitForRequest("/playbooks", count: 2)
      run.send(SIGKILL)
      _ = try await run.result()
      #expect(try kept.bytes("-wal") > 0)
      kept.allow(0o444, "", "-wal", "-shm")
      kept.lock()
      for arguments in Self.readings.dropFirst(3) {
        let result = try await AnotherUser.run(command, arguments + ["--database", kept.database])
        #expect(result.status == (arguments.contains("--offline") ? 65 : 0), "\(arguments): \(result.errors)")
      }
      let status = try await AnotherUser.run(command, ["status", "--database", kept.database])
      #expect(status.status == 0 && status.output.hasPrefix("Incomplete"), "\(status.output)")
      kept.lock(false)
      try FileManager.default.removeItem(atPath: kept.database + "-shm")
      kept.lock()
      for arguments in Self.readings {
        let result = try await AnotherUser.run(command, arguments + ["--database", kept.database])
        #expect(result.status == 74 && result.output.isEmpty, "\(arguments)")
        for part in ["-wal contains changes", "`devin-sync backup FILE`"] {
          #expect(result.errors.contains(part), "\(arguments)")
        }
      }
      // The advice works.
      kept.lock(false)
      kept.allow(0o644, "", "-wal")
      let copy = command.folder.appendingPathComponent("copy.db").path
      #expect(try await command.run("backup", copy, "--database", kept.database).status == 0)
      #expect(chmod(copy, 0o444) == 0)
      #expect(try await AnotherUser.run(command, ["query", "acus-by-user", "--database", copy]).status == 0)
    }
  }

  @Test("one that a run writes to is read while its log can be read, refused with advice otherwise, and read again afterwards")
  func live() async throws {
    try await Command.trial { command, sandbox in
      let kept = try await mirrored(command)
      defer { kept.lock(false) }
      kept.allow(0o644, "")
      sandbox.faults = [FaultRule(.hang, path: "/playbooks$", times: nil)]
      let run = try command.start("sync", "playbooks", "--full", "--database", kept.database)
      await sandbox.waitForRequest("/playbooks", count: 2)
      kept.allow(0o444, "-wal", "-shm")
      kept.lock()
      let status = try await AnotherUser.run(command, ["status", "--database", kept.database])
      #expect(status.status == 0 && status.output.contains("is running"), "\(status.output)")
      kept.allow(0o000, "-shm")
      let refused = try await AnotherUser.run(command, ["query", "acus-by-user", "--database", kept.database])
      #expect(refused.status == 74 && refused.errors.contains("`devin-sync backup FILE`"), "\(refused.errors)")
      kept.allow(0o644, "-wal", "-shm")
      kept.lock(false)
      run.send(SIGTERM)
      #expect(try await run.result().status == 143)
      kept.lock()
      #expect(try await AnotherUser.run(command, ["query", "acus-by-user", "--database", kept.database]).status == 0)
    }
  }

  @Test("a feed that began on a file without a log prints the changes of a later run")
  func followed() async throws {
    try await Command.trial { command, sandbox in
      let kept = try await mirrored(command)
      defer { kept.lock(false) }
      kept.allow(0o644, "")
      kept.lock()
      let arguments = ["changes", "knowledge_notes", "--since", "1", "--follow", "--json", "--database", kept.database]
      let feed = try AnotherUser.start(command, arguments)
      let before = sandbox.ids(.knowledgeNotes)
      try await feed.waitForOutput { $0.split(separator: "\n").count == before.count }
      kept.lock(false)
      try sandbox.edit(.update(.knowledgeNotes, before[0], set: ["name": "later"]))
      #expect(try await command.run("sync", "knowledge_notes", "--database", kept.database).status == 0)
      try await feed.waitForOutput { $0.contains("\"changed\"") }
      feed.send(SIGTERM)
      #expect(try await feed.result().status == 143)
    }
  }
}
