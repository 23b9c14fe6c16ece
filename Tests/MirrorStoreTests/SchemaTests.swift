import TestSupport
import Testing

@testable import MirrorStore

@Suite("The schema")
struct SchemaTests {
  private let objects: [MirrorStore.SchemaObject]

  init() throws { objects = try MirrorStore(inMemory: "schema").schema() }

  private var tables: [MirrorStore.SchemaObject] {
    objects.filter { object in
      object.type == "table" && object.name != "files"
        && !["sync_", "search_", "derived_"].contains { object.name.hasPrefix($0) }
    }
  }

  @Test("every table of a resource has the bookkeeping columns")
  func hasBookkeeping() {
    #expect(tables.count >= 10)
    for table in tables {
      let columns = Dictionary(uniqueKeysWithValues: table.columns.map { ($0.name, $0.type) })
      #expect(columns["_raw"] == "TEXT", "\(table.name)")
      for name in ["_first_synced_at", "_changed_at", "_deleted_at"] { #expect(columns[name] == "INTEGER", "\(table.name)") }
      if let organization = columns["org_id"] { #expect(organization == "TEXT", "\(table.name)") }
    }
  }

  @Test("a new file has exactly the statements that are expected, so that opening it parses none of them")
  func isExpected() async throws {
    let store = try MirrorStore(inMemory: "statements")
    let statements = try await store.rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    #expect(OwnSchema.expected.count > 200)
    #expect(Set(OwnSchema.expected.values).subtracting(statements) == [])
  }

  @Test("the bookkeeping tables are strict")
  func isStrict() {
    let own = objects.filter { $0.type == "table" && $0.name.hasPrefix("sync_") }
    #expect(
      Set(own.map(\.name)) == [
        "sync_runs", "sync_checkpoints", "sync_seen", "sync_changes", "sync_quarantine", "sync_intervals", "sync_drift",
        "sync_text_indexes", "sync_pending", "sync_pruned", "sync_pruned_versions",
        "sync_omitted", "sync_pushes", "sync_push_ids",
      ])
    for table in own { #expect(table.sql.contains("STRICT"), "\(table.name)") }
  }

  @Test("every column whose name ends in _at is a number of seconds, unless the API sends text there")
  func hasTimes() {
    for table in objects where table.type == "table" {
      for column in table.columns where column.name.hasSuffix("_at") && column.name.hasPrefix("_") {
        #expect(column.type == "INTEGER", "\(table.name).\(column.name)")
      }
    }
  }

  @Test("every view can be read")
  func hasViews() async throws {
    let store = try MirrorStore(inMemory: "views")
    // The moment of a mirror without a run is now.
    for view in objects where view.type == "view" && view.name != "mirror_moment" {
      #expect(try await store.query("SELECT * FROM \"\(view.name)\"").rows.isEmpty)
    }
  }
}
