import DevinSandbox
import DevinSync
import Foundation
import GRDB
import MirrorSchema
import Testing

@testable import MirrorStore

/// Files that earlier versions wrote, as SQL, stand in Fixtures/Golden: one for each released version of the schema.
@Suite("Upgrades", .timeLimit(.minutes(20)))
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

  @Test("a file of each released version is upgraded with every row kept, and is made like a fresh one", arguments: released)
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
    #expect(try Self.contents(of: mirror, columns: before.columns).rows == before.rows)
    #expect(try await MirrorIntegrity(database: mirror).findings == [])
  }

  @Test("a run goes on with a file of each released version: nothing is doubled, and it equals the server", arguments: released)
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
}
