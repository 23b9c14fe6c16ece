import DevinSandbox
import DevinSync
import Foundation
import GRDB
import MirrorSchema
import Testing
import TrialSupport

@testable import MirrorStore

/// Files written by earlier versions, as SQL, are in Fixtures/Golden: one for each released version of the schema.
@Suite("Upgrades", .timeLimit(.minutes(60)))
struct UpgradeTests {
  private static let released = Array(1..<MirrorSchema.versions.count)

  private static func golden(_ version: Int) throws -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Fixtures/Golden")
    return try String(contentsOf: folder.appendingPathComponent("version-\(version).sql"), encoding: .utf8)
  }

  /// Every stored value of every table, by table.
  private static func contents(of path: String, columns: [String: [String]]? = nil) throws -> (
    rows: [String: [String]], columns: [String: [String]]
  ) {
    try DatabaseQueue(path: path).read { database in
      let tables =
        try columns.map { Array($0.keys) }
        ?? String.fetchAll(
          database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      var stored: [String: [String]] = [:]
      var rows: [String: [String]] = [:]
      for table in tables {
        let names =
          try columns?[table] ?? String.fetchAll(database, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table])
        stored[table] = names
        let values = names.map { "quote(\"\($0)\")" }.joined(separator: " || ' ' || ")
        rows[table] = try String.fetchAll(database, sql: "SELECT \(values) FROM \"\(table)\" ORDER BY 1")
      }
      return (rows, stored)
    }
  }

  private static func shape(_ objects: [MirrorStore.SchemaObject]) -> [String] {
    objects.map { object in
      "\(object.type) \(object.name) of \(object.table): \(object.columns.map { "\($0.name) \($0.type)" }.joined(separator: ", "))"
    }.sorted()
  }

  @Test("a file of each released version is upgraded with every row kept, and has the newest schema", arguments: released)
  func upgrades(_ version: Int) async throws {
    let mirror = FileManager.default.temporaryDirectory.appendingPathComponent("devin-sync-\(UUID().uuidString).db").path
    defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: mirror + suffix) } }
    let golden = try Self.golden(version)
    try await DatabaseQueue(path: mirror).writeWithoutTransaction { try $0.execute(sql: golden) }
    let before = try Self.contents(of: mirror)
    #expect(before.rows["sessions"]?.isEmpty == false && before.rows["sync_seen"]?.isEmpty == false)
    let store = try MirrorStore(path: mirror, .write)
    #expect(try Self.shape(store.schema()) == Self.shape(MirrorStore(inMemory: "fresh").schema()))
    try store.close()
    // The ledger replaced one column.
    var kept = before.columns
    kept["sync_checkpoints"]?.removeAll { $0 == "unread" }
    // Full-text indexes are rebuilt.
    kept = kept.filter { !$0.key.hasPrefix("search_") && $0.key != "sync_search" }
    let after = try Self.contents(of: mirror, columns: kept).rows
    for (table, rows) in before.rows where kept[table] != nil && table != "sync_checkpoints" {
      #expect(after[table] == rows, "\(table)")
    }
    #expect(after["sync_checkpoints"]?.count == before.rows["sync_checkpoints"]?.count)
    #expect(try await MirrorIntegrity(database: mirror).findings == [])
  }

  @Test("a run continues with a file of each released version, without duplicates, and it equals the server", arguments: released)
  func goesOn(_ version: Int) async throws {
    var scenario = SandboxScenario()
    scenario.sessions = 5
    scenario.messagesPerSession = 2
    try await Trial.run(scenario) { trial in
      let golden = try Self.golden(version)
      try await DatabaseQueue(path: trial.database).writeWithoutTransaction { try $0.execute(sql: golden) }
      _ = try trial.sandbox.news(steps: 5)
      let sessions = try trial.number("SELECT count(*) FROM sessions")
      let report = try await trial.sync { ($0.full, $0.allowMassDeletion) = (true, true) }
      #expect(report.status == .success)
      try trial.expectMirrorEqualsServer()
      #expect(try trial.number("SELECT count(*) FROM sessions") == sessions)
      #expect(try await trial.sync().totals.written == 0)
      #expect(try await trial.mirror().verify().status == .success)
    }
  }

  @Test("the state of a file of an earlier version is unknown until the next run, which reads what its first run left unread")
  func halfRead() async throws {
    var scenario = SandboxScenario()
    scenario.sessions = 5
    scenario.messagesPerSession = 2
    try await Trial.run(scenario) { trial in
      // The state after a run was killed while reading messages, before it read playbooks.
      let killed = """
        DELETE FROM sync_runs WHERE run_id > 1; UPDATE sync_runs SET finished_at = NULL, status = NULL;
        UPDATE sync_checkpoints SET completed_run = NULL;
        DELETE FROM sync_seen WHERE list_id IN (
          SELECT list_id FROM sync_checkpoints WHERE resource IN ('playbooks', 'session_messages'));
        DELETE FROM playbooks; DELETE FROM session_messages; DELETE FROM sync_changes;
        INSERT INTO search_session_messages (search_session_messages) VALUES ('rebuild');
        INSERT INTO search_playbooks (search_playbooks) VALUES ('rebuild');
        DELETE FROM sync_checkpoints WHERE resource = 'playbooks' OR (resource = 'session_messages' AND parent <> '');
        UPDATE sync_checkpoints SET completed_at = NULL WHERE resource = 'session_messages';
        """
      let golden = try Self.golden(4)
      try await DatabaseQueue(path: trial.database).writeWithoutTransaction { database in
        try database.execute(sql: golden)
        try database.execute(sql: killed)
      }
      _ = try trial.sandbox.news(steps: 5)
      let unknown = try await MirrorStatus(database: trial.database)
      #expect(unknown.unknown != nil && unknown.entries.isEmpty)
      try MirrorStore(path: trial.database, .write).close()
      let upgraded = try await MirrorStatus(database: trial.database).completeness()
      #expect(upgraded.verdict().hasPrefix("Incomplete: "))
      #expect(Set(upgraded.shortfalls.map(\.resource)).isSuperset(of: ["playbooks", "session_messages"]))
      let report = try await trial.sync { $0.allowMassDeletion = true }
      #expect(report.status == .success, "\(report.allProblems.map(\.message))")
      #expect(try await MirrorStatus(database: trial.database).completeness().isComplete)
      try trial.expectMirrorEqualsServer([.playbooks, .sessionMessages])
    }
  }
}
