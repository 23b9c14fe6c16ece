import DevinModel
import GRDB
import MirrorReading
import MirrorStore
import TestSupport
import Testing

@Suite("Answers from memory", .timeLimit(.minutes(60)))
struct QueryCacheTests {
  @Test("a query is answered from memory until the file changes, and with other parameters from the file")
  func change() async throws {
    let mirror = try TemporaryMirror()
    try mirror.open().close()
    let reader = try MirrorReader(database: mirror.path, keepsAnswers: true)
    let sql = "SELECT random(), :org, (SELECT count(*) FROM sync_runs)"
    let first = try await reader.answer(sql)
    #expect(try await reader.answer(sql) == first)
    #expect(try await reader.answer(sql, ["org": .text("org-a")]) != first)
    #expect(try await reader.answer(sql) == first)
    try await DatabaseQueue(path: mirror.path).write {
      try $0.execute(sql: "INSERT INTO sync_runs (started_at, api_url, version, pid) VALUES (1, '', '', 1)")
    }
    #expect(try await reader.answer(sql).rows[0][2] == .integer(1))
    let other = try MirrorReader(database: mirror.path)
    #expect(try await other.answer(sql) != other.answer(sql))
  }
}
