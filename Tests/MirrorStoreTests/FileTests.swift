import Foundation
import GRDB
import MirrorSchema
import TestSupport
import Testing

@testable import MirrorStore

@Suite("The file")
struct FileTests {
  private let mirror: TemporaryMirror

  init() throws { mirror = try TemporaryMirror() }

  /// Creates the file with another program.
  private func make(_ sql: String, wal: Bool = false) throws {
    let database = try DatabaseQueue(path: mirror.path)
    try database.writeWithoutTransaction { database in
      if wal { try database.execute(sql: "PRAGMA journal_mode = WAL") }
      try database.execute(sql: sql)
    }
    try database.close()
  }

  private func refusal(_ access: MirrorStore.Access = .write) -> StoreError? {
    do throws(StoreError) {
      _ = try MirrorStore(path: mirror.path, access)
      return nil
    } catch {
      return error
    }
  }

  @Test("only the owner can read the file and its companions")
  func isPrivate() async throws {
    let lock = try FileLock(database: mirror.path, start: "now")
    let store = try mirror.open()
    var walk = Walk()
    try await walk.store([session("a")], in: store)
    #expect(try mirror.names() == ["devin.db", "devin.db-shm", "devin.db-wal", "devin.db.lock"])
    for name in try mirror.names() { #expect(try mirror.mode(of: name) == 0o600, "\(name)") }
    withExtendedLifetime(lock) {}
  }

  @Test("a mirror identifies itself, and is the same after it was opened again")
  func isMarked() async throws {
    let store = try mirror.open()
    #expect(try await store.rows("PRAGMA application_id") == ["\(0x4476_5379)"])
    #expect(try await store.rows("PRAGMA user_version") == ["13"])
    #expect(try await store.database.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
    var walk = Walk()
    try await walk.store([session("a")], in: store)
    try store.close()
    let again = try mirror.open()
    #expect(try await again.rows("SELECT session_id FROM sessions") == ["a"])
    #expect(try again.schema() == MirrorStore(inMemory: "m").schema())
  }

  @Test("a new file equals the result of all migrations, with its version and its rows")
  func isMadeAtOnce() async throws {
    let versions = try MirrorStore(inMemory: "versions")
    let new = try mirror.open()
    let schema = "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1"
    #expect(try await new.rows(schema) == versions.rows(schema))
    #expect(try await new.rows("PRAGMA user_version") == ["\(MirrorSchema.versions.count)"])
    for table in try await versions.rows("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'") {
      #expect(try await new.rows("SELECT count(*) FROM \(table)") == versions.rows("SELECT count(*) FROM \(table)"), "\(table)")
    }
    let index = "SELECT resource || is_on || indexed_to FROM sync_text_indexes ORDER BY 1"
    #expect(try await new.rows(index) == versions.rows(index))
    for name in TextIndex.all.map(\.name) {
      let settings = "SELECT k || '=' || v FROM \(name)_config ORDER BY 1"
      #expect(try await new.rows(settings) == versions.rows(settings), "\(name)")
    }
  }

  @Test("a file of the first version is upgraded with every row kept, and only by a run that writes")
  func upgrades() async throws {
    try make(
      MirrorSchema.versions[0].joined(separator: "\n")
        + """
        INSERT INTO knowledge_folders (folder_id, org_id, _raw, _first_synced_at, _changed_at)
        VALUES ('f', 'org-1', '{"folder_id":"f","name":"Runbooks"}', 1, 2);
        INSERT INTO sessions (session_id, _raw, _first_synced_at, _changed_at) VALUES ('s', '{"session_id":"s"}', 1, 2);
        PRAGMA application_id = \(MirrorSchema.applicationID); PRAGMA user_version = 1;
        """)
    guard case .outdated? = refusal(.read) else {
      Issue.record("a command that only reads took a file of an earlier version")
      return
    }
    let store = try mirror.open()
    #expect(try await store.rows("SELECT folder_id || org_id || name FROM knowledge_folders") == ["forg-1Runbooks"])
    #expect(try await store.rows("SELECT session_id FROM sessions") == ["s"])
    let fresh = try MirrorStore(inMemory: "m").schema()
    #expect(Set(try store.schema().map(\.name)) == Set(fresh.map(\.name)))
  }

  @Test(
    "another program's database is refused without changing a byte",
    arguments: [
      ("CREATE TABLE mine (a); INSERT INTO mine VALUES (1)", false), ("CREATE TABLE mine (a); INSERT INTO mine VALUES (1)", true),
      ("PRAGMA application_id = 7", false), ("PRAGMA user_version = 3", false), ("CREATE TABLE sync_runs (a)", false),
    ])
  func refusesForeign(_ sql: String, _ wal: Bool) throws {
    try make(sql, wal: wal)
    let before = try mirror.files()
    for access in [MirrorStore.Access.write, .read] {
      guard case .foreign = refusal(access) else {
        Issue.record("it was opened")
        continue
      }
    }
    #expect(throws: StoreError.self) { try MirrorStore.prepare(path: mirror.path) }
    #expect(try mirror.files()["devin.db"] == before["devin.db"])
    // A reader of a database in WAL mode may leave an empty log beside it.
    #expect(try mirror.files()["devin.db-wal"]?.isEmpty != false)
  }

  @Test("another program's database in use is refused, and its log is not changed")
  func refusesForeignInUse() throws {
    try make("CREATE TABLE mine (a)", wal: true)
    let owner = try DatabaseQueue(path: mirror.path)
    try owner.write { try $0.execute(sql: "INSERT INTO mine VALUES (1)") }
    let before = try mirror.files()
    #expect(before["devin.db-wal"]?.isEmpty == false)
    guard case .foreign = refusal() else {
      Issue.record("it was opened")
      return
    }
    let after = try mirror.files()
    #expect(after["devin.db"] == before["devin.db"])
    #expect(after["devin.db-wal"] == before["devin.db-wal"])
    #expect(try owner.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM mine") } == 1)
  }

  @Test(
    "a file that is no database is refused and not changed",
    arguments: ["x", "a letter to a friend\n", String(repeating: "text ", count: 5000)])
  func refusesText(_ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: mirror.path))
    for access in [MirrorStore.Access.write, .read] {
      guard case .foreign = refusal(access) else {
        Issue.record("it was opened")
        continue
      }
    }
    #expect(try mirror.files() == ["devin.db": Data(text.utf8)])
  }

  @Test("a file of a later version is refused and not changed")
  func refusesNewer() throws {
    try mirror.open().close()
    try make("PRAGMA user_version = 99")
    let before = try mirror.files()
    for access in [MirrorStore.Access.write, .read] {
      #expect(refusal(access) == .newer(path: mirror.path, version: 99, known: MirrorSchema.versions.count))
    }
    #expect(try mirror.files()["devin.db"] == before["devin.db"])
  }

  @Test("a folder at the path is named as such")
  func refusesFolder() throws {
    try FileManager.default.createDirectory(atPath: mirror.path, withIntermediateDirectories: false)
    for access in [MirrorStore.Access.write, .read] {
      guard case .cannotCreate = refusal(access) else {
        Issue.record("it was opened")
        continue
      }
    }
  }

  @Test("a missing folder is created, unless a file is in its place")
  func createsFolders() throws {
    let deep = mirror.folder.appendingPathComponent("a/b/devin.db").path
    try MirrorStore(path: deep, .write).close()
    #expect(FileManager.default.fileExists(atPath: deep))
    let blocked = deep + "/c/devin.db"
    #expect {
      try MirrorStore(path: blocked, .write)
    } throws: {
      if case StoreError.cannotCreate = $0 { true } else { false }
    }
  }

  @Test("a reader creates nothing")
  func createsNothing() throws {
    #expect(refusal(.read) == .missing(path: mirror.path))
    #expect(try mirror.names().isEmpty)
    try Data().write(to: URL(fileURLWithPath: mirror.path))
    #expect(refusal(.read) != nil)
    #expect(try mirror.files() == ["devin.db": Data()])
  }

  @Test("a reader cannot write")
  func writesNothing() async throws {
    try mirror.open().close()
    let reader = try mirror.open(.read)
    var walk = Walk()
    await #expect(throws: StoreError.self) { try await walk.store([session("a")], in: reader) }
    await #expect(throws: StoreError.self) { try await reader.query("DELETE FROM sessions") }
  }

  @Test("an empty file, or an empty database, becomes a mirror", arguments: [true, false])
  func adoptsEmpty(_ isDatabase: Bool) async throws {
    try Data().write(to: URL(fileURLWithPath: mirror.path))
    if isDatabase { try make("CREATE TABLE t (a); DROP TABLE t") }
    #expect(try await mirror.open().rows("SELECT count(*) FROM sessions") == ["0"])
  }

  @Test("a file whose creation was interrupted is created again")
  func isMadeAgain() async throws {
    // The state after a kill in the first transaction: pages in the file, and a journal that rolls them back.
    try make("CREATE TABLE half (a)")
    let journal: [UInt8] =
      [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 16, 0]
      + [UInt8](repeating: 0, count: 484)
    try Data(journal).write(to: URL(fileURLWithPath: mirror.path + "-journal"))
    try MirrorStore.prepare(path: mirror.path)
    #expect(try await mirror.open().rows("SELECT count(*) FROM sessions") == ["0"])
  }

  @Test("another program's database with a journal to roll back is refused, and both are not changed")
  func refusesForeignWithJournal() throws {
    try make("CREATE TABLE mine (a)")
    let journal: [UInt8] =
      [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 2, 0, 0, 2, 0, 0, 0, 16, 0]
      + [UInt8](repeating: 0, count: 484)
    try Data(journal).write(to: URL(fileURLWithPath: mirror.path + "-journal"))
    let before = try mirror.files()
    #expect(refusal() != nil)
    #expect(try mirror.files() == before)
  }

  @Test("the program waits while another connection opens and closes the file")
  func isLookedAtWhileOthersClose() async throws {
    try mirror.open().close()
    let path = mirror.path
    try await withThrowingTaskGroup { group in
      group.addTask { for _ in 1...60 { try MirrorStore(path: path, .write).close() } }
      group.addTask { for _ in 1...300 { try MirrorStore.prepare(path: path) } }
      try await group.waitForAll()
    }
  }

  @Test(
    "a file that was moved or replaced while it is open is not written to unnoticed",
    arguments: [true, false])
  func noticesReplacement(_ isReplaced: Bool) async throws {
    let store = try mirror.open()
    var walk = Walk()
    try await walk.store([session("a")], in: store)
    try FileManager.default.moveItem(atPath: mirror.path, toPath: mirror.path + ".elsewhere")
    if isReplaced { try Data("mine".utf8).write(to: URL(fileURLWithPath: mirror.path)) }
    await #expect(throws: StoreError.replaced(path: mirror.path)) { try await walk.store([session("b")], in: store) }
    if isReplaced { #expect(try mirror.files()["devin.db"] == Data("mine".utf8)) }
  }

  @Test("a file with damaged pages is refused as damaged and not changed")
  func refusesDamage() async throws {
    let store = try mirror.open()
    var walk = Walk()
    try await walk.store((1...200).map { session("s\($0)") }, in: store)
    try store.close()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: mirror.path))
    for position in stride(from: 200, to: bytes.count, by: 4096) {
      bytes.replaceSubrange(position..<position + 1000, with: Data(repeating: 0x5a, count: 1000))
    }
    try bytes.write(to: URL(fileURLWithPath: mirror.path))
    guard case .damaged? = refusal() else {
      Issue.record("damage was not noticed: \(String(describing: refusal()))")
      return
    }
    #expect(try mirror.files()["devin.db"] == bytes)
  }

  @Test("a second lock is refused and names the holder of the first, and is possible after the first is released")
  func locks() throws {
    var first: FileLock? = try FileLock(database: mirror.path, start: "2026-11-23T08:00:00Z")
    #expect {
      try FileLock(database: mirror.path, start: "later")
    } throws: {
      guard case StoreError.locked(let path, let holder) = $0 else { return false }
      return path == mirror.path && holder?.hasPrefix("pid \(ProcessInfo.processInfo.processIdentifier) on ") == true
        && holder?.hasSuffix(", started 2026-11-23T08:00:00Z") == true
    }
    withExtendedLifetime(first) {}
    first = nil
    let second = try FileLock(database: mirror.path, start: "later")
    #expect(try String(decoding: mirror.files()["devin.db.lock"] ?? Data(), as: UTF8.self).contains("started later"))
    withExtendedLifetime(second) {}
    #expect(try mirror.names() == ["devin.db.lock"])
  }

  @Test("a lock in a missing folder is refused")
  func locksNowhere() {
    #expect {
      try FileLock(database: mirror.path + "/no/devin.db", start: "now")
    } throws: {
      if case StoreError.cannotCreate = $0 { true } else { false }
    }
  }

  @Test(
    "the log may have a quarter of the size of the file, but at least 8 and at most 64 MiB",
    arguments: [(0, 8), (31, 8), (64, 16), (200, 50), (10_000, 64)])
  func limitsLog(_ file: Int, _ log: Int) {
    #expect(WriteAheadLog.limit(fileBytes: file << 20) == log << 20)
  }

  @Test("the log of a small file is moved into it while rows are written, not only when it is closed")
  func movesLog() async throws {
    let store = try mirror.open()
    var walk = Walk(.messages, parent: "one")
    let text = String(repeating: "wombat ", count: 2_000)
    for page in 0..<100 {
      let items = (0..<20).map { #"{"event_id":"\#(page) \#($0)","created_at":\#(page),"message":"\#(text)"}"# }
      try await walk.store(items, in: store, cursor: "\(page)", isLast: page == 99)
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: store.path + "-wal")
    #expect(try #require(attributes[.size] as? Int) < 12 << 20, "28 MB were written")
  }
}
