import Foundation
import Testing
import TrialSupport

/// Files made by others, or damaged, with every command that reads. No command may crash or hang.
/// Short in every test run, and as long as `FUZZ_MINUTES` says with `make fuzz`.
@Suite("Hostile mirror files", .timeLimit(.minutes(60)))
struct HostileFileFuzzTests {
  private static let minutes = ProcessInfo.processInfo.environment["FUZZ_MINUTES"].flatMap { Double($0) }

  private static let literals = [
    "'text'", "x'00ff'", "NULL", "9223372036854775807", "-9223372036854775808", "1.5", "9e999", "''", "'\u{9b}31m\u{202e}'",
  ]

  /// Every command that only reads a file. `SESSION` is replaced with the id of a session, `COPY` with a path.
  private static let commands = [
    ["status"], ["stats"], ["changes"], ["status", "--json", "--max-age", "1h"], ["verify", "--offline"], ["report", "-o", "-"],
    ["show", "session", "SESSION"], ["history", "sessions", "SESSION"], ["search", "the", "--context", "2"], ["stats", "--json"],
    ["diff", "notes", "--since", "2026-01-01"], ["query", "SELECT * FROM sync_health"], ["query", "changes"],
    ["export", "sessions"], ["feed"],
    ["export", "session", "SESSION"], ["export", "knowledge", "COPY.d"], ["backup", "COPY", "--force"],
    ["maintain", "--dry-run"],
    ["query", "acus-by-day"], ["show", "session", "SESSION", "--json"], ["changes", "--json", "--since", "1"],
  ]

  /// The possible results of reading an untrusted file: success, an incomplete mirror, an old format, or a damaged file.
  private static let expected: Set<Int32> = [0, 65, 69, 74]

  private func expectOrderlyEnd(_ command: Command, _ arguments: [String], of database: String, _ what: String) async throws {
    let words = arguments.map { $0.replacing("COPY", with: database + ".copy") } + ["--database", database]
    let result = try await command.run(program: "/usr/bin/timeout", ["60", Command.program.path] + words)
    #expect(
      Self.expected.contains(result.status),
      "\(what): \(words.joined(separator: " ")): \(result.status) \(result.errors.suffix(300))")
    #expect(!result.errors.contains("a bug in devin-sync"), "\(what): \(words.joined(separator: " ")): \(result.errors)")
    #expect(
      !(result.output + result.errors).contains { "\u{1b}\u{9b}\u{202e}".contains($0) },
      "\(what): \(words.joined(separator: " "))")
  }

  /// A mirror of a sandbox, the id of a session in it, and a path for spoiled copies of it.
  private func trial(_ body: @Sendable (_ command: Command, _ session: String, _ copy: String) async throws -> Void) async throws
  {
    try await Command.trial { command, _ in
      #expect(try await command.run("sync").status == 0)
      let session = try #require(try await command.query("SELECT session_id FROM session_messages LIMIT 1").first)
      try await body(command, session, command.folder.appendingPathComponent("forged.db").path)
    }
  }

  private static func commands(_ session: String) -> [[String]] { commands.map { $0.map { $0 == "SESSION" ? session : $0 } } }

  @Test("with a value of another type in any bookkeeping column, every command ends in an orderly way")
  func values() async throws {
    try await trial { command, session, copy in
      let places = try ForgedFile.places(in: command.database)
      #expect(places.count > 50)
      let end = Self.minutes.map { Date(timeIntervalSinceNow: $0 * 30) }
      let commands = Self.commands(session)
      // Each column once, with one of the values and some of the commands; in the long form, with different ones each time.
      for round in 0... {
        for (index, place) in places.enumerated() {
          let literal = Self.literals[(index + round) % Self.literals.count]
          try ForgedFile(of: command.database, at: copy).put(literal, into: place)
          let few = end == nil ? (0..<2).map { commands[(index * 2 + $0) % commands.count] } : commands
          for arguments in few { try await expectOrderlyEnd(command, arguments, of: copy, "\(place) = \(literal)") }
          if let end, end < .now { return }
        }
        if end == nil { return }
      }
    }
  }

  @Test(
    "what is damaged is reported with its table, column and row",
    arguments: [
      ("sync_runs", "started_at", "'text'", ["status"], "sync_runs.started_at holds text where run_id is 1"),
      ("sync_runs", "rows", "x'00'", ["status", "--json"], "sync_runs.rows holds blob where run_id is 1"),
      ("sync_drift", "seen", "NULL", ["status"], "sync_drift.seen holds null where resource is 'x'"),
      ("sync_changes", "key", "x'ff'", ["changes"], "sync_changes.key holds blob where change_id is 1"),
      ("sync_pending", "pending_since", "'text'", ["status"], "sync_pending.pending_since holds text where org_id is '"),
    ])
  func naming(_ table: String, _ column: String, _ literal: String, _ arguments: [String], _ words: String) async throws {
    try await trial { command, _, copy in
      try ForgedFile(of: command.database, at: copy).put(literal, into: .init(table: table, column: column))
      let result = try await command.run(arguments + ["--database", copy])
      #expect(result.status == 74 && result.errors.contains("is damaged: \(words)"), "\(result.status) \(result.errors)")
    }
  }

  @Test("invalid JSON in a row is reported by every command that needs it, and is not reported as a query error")
  func json() async throws {
    try await trial { command, session, copy in
      let forged = try ForgedFile(of: command.database, at: copy)
      try forged.execute("UPDATE sync_changes SET before = '{\"a' WHERE change_id = (SELECT max(change_id) FROM sync_changes)")
      try forged.execute("UPDATE sync_changes SET change = 'changed'")
      let result = try await command.run(
        "query", "SELECT before ->> 'a' FROM sync_changes WHERE before IS NOT NULL", "--database", copy)
      #expect(
        result.status == 74 && result.errors.contains("sync_changes.before is not JSON where rowid is "),
        "\(result.status) \(result.errors)")
      #expect(try await command.run("query", "SELECT json('x')", "--database", command.database).status == 64)
      for arguments in Self.commands(session) { try await expectOrderlyEnd(command, arguments, of: copy, "not JSON") }
    }
  }

  @Test(
    "a damaged search index ends the commands that need it with 74, and is named",
    arguments: [
      "DELETE FROM search_sessions_data", "DROP TABLE search_sessions_data", "UPDATE search_sessions_config SET v = 99",
      "UPDATE search_sessions_data SET block = x'ffffffffff'", "DELETE FROM search_sessions_docsize",
    ])
  func searchIndex(_ damage: String) async throws {
    try await trial { command, session, copy in
      try ForgedFile(of: command.database, at: copy).execute(damage)
      let result = try await command.run("search", "the", "--in", "sessions", "--database", copy)
      #expect(
        result.status == 0 || (result.status == 74 && result.errors.contains("the search index search_sessions")),
        "\(result.status) \(result.errors)")
      for arguments in Self.minutes == nil ? Array(Self.commands(session)[4...8]) : Self.commands(session) {
        try await expectOrderlyEnd(command, arguments, of: copy, damage)
      }
    }
  }

  @Test(
    "foreign tables and views in the place of ours are refused, and named",
    arguments: [
      (
        "DROP VIEW sync_health; CREATE VIEW sync_health AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n",
        "view sync_health"
      ),
      ("DROP VIEW session_facts", "view session_facts"),
      ("DROP TABLE sync_runs; CREATE VIEW sync_runs AS SELECT 1 AS run_id", "table sync_runs"),
      (
        "DROP TABLE sync_drift; CREATE TABLE sync_drift (resource, field, kind, found, seen, last_seen_at, example)",
        "table sync_drift"
      ),
      ("ALTER TABLE sessions ADD COLUMN more TEXT AS (hex(zeroblob(1000000000)))", "table sessions"),
    ])
  func schema(_ sql: String, _ name: String) async throws {
    try await trial { command, session, copy in
      try ForgedFile(of: command.database, at: copy).execute(sql)
      for arguments in Self.minutes == nil ? Array(Self.commands(session).prefix(3)) : Self.commands(session) {
        let result = try await command.run(arguments.map { $0.replacing("COPY", with: copy + ".copy") } + ["--database", copy])
        #expect(
          result.status == 74 && result.errors.contains("its \(name) was not created by devin-sync"),
          "\(arguments): \(result.status) \(result.errors)")
      }
      #expect(try await command.run("sync", "--database", copy).status == 74)
    }
  }

  @Test("objects added to a file do no harm: hundreds of tables and views; a trigger is not run")
  func additions() async throws {
    try await trial { command, session, copy in
      let forged = try ForgedFile(of: command.database, at: copy)
      let more = (0..<500).map { "CREATE TABLE more_\($0) (a, b, c); CREATE VIEW seen_\($0) AS SELECT * FROM more_\($0);" }
      try forged.execute("BEGIN; \(more.joined()) COMMIT")
      for arguments in Self.commands(session) { try await expectOrderlyEnd(command, arguments, of: copy, "more tables") }
      #expect(try await command.run("sync", "secrets", "--database", copy).status == 0)
      try forged.execute("CREATE TRIGGER gone AFTER UPDATE ON sync_checkpoints BEGIN DELETE FROM sessions; END")
      #expect(try await command.run("status", "--database", copy).status == 0)
      let sync = try await command.run("sync", "secrets", "--database", copy)
      #expect(sync.status == 74 && sync.errors.contains("it has a trigger gone"), "\(sync.status) \(sync.errors)")
      try forged.execute("PRAGMA application_id = 7")
      for arguments in Self.commands(session).prefix(3) {
        #expect(try await command.run(arguments + ["--database", copy]).status == 74)
      }
    }
  }

  @Test("with a truncated file, or one with changed bytes, every command ends in an orderly way")
  func bytes() async throws {
    try await trial { command, session, copy in
      let whole = try Data(contentsOf: URL(fileURLWithPath: command.database))
      let commands = Self.commands(session)
      let end = Self.minutes.map { Date(timeIntervalSinceNow: $0 * 30) }
      var random = SeededGenerator(seed: UInt64(Self.minutes == nil ? 1 : Date.now.timeIntervalSince1970))
      for round in 0... {
        var data = whole
        if random.chance(30) {
          data = data.prefix(random.number(1...data.count))
        } else {
          // The first page has the header and the beginning of the schema.
          let reach = random.chance(50) ? 4_096 : data.count
          for _ in 0..<random.number(1...40) { data[random.number(0...reach - 1)] = UInt8(random.number(0...255)) }
        }
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy + suffix) }
        try data.write(to: URL(fileURLWithPath: copy))
        let few = end == nil ? (0..<4).map { commands[(round * 4 + $0) % commands.count] } : commands
        for arguments in few { try await expectOrderlyEnd(command, arguments, of: copy, "bytes, round \(round)") }
        if end.map({ $0 < .now }) ?? (round == 11) { return }
      }
    }
  }
}
