import GRDB
import MirrorStore
import Synchronization
import TestSupport
import Testing

@Suite("Many writers and a reader", .timeLimit(.minutes(60)))
struct ConcurrencyTests {
  private let mirror: TemporaryMirror
  private let store: MirrorStore

  init() throws {
    mirror = try TemporaryMirror()
    store = try mirror.open()
  }

  private static func items(_ number: Int, count: Int) -> [String] { (0..<count).map { session("s\(number)-\($0)") } }

  @Test("two hundred concurrent pages are all stored, each with its checkpoint")
  func takesAll() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<200 {
        group.addTask {
          var walk = Walk(parent: "p\(number)")
          let outcome = try await walk.store(Self.items(number, count: 5), in: store, cursor: "c\(number)")
          #expect(outcome.inserted == 5)
          #expect(try await store.checkpoint(of: walk.list) == walk.checkpoint, "what is announced is on disk")
        }
      }
      try await group.waitForAll()
    }
    #expect(try await store.rows("SELECT count(*) FROM sessions") == ["1000"])
    #expect(try await store.rows("SELECT count(*) FROM sync_checkpoints WHERE cursor = 'c' || substr(parent, 2)") == ["200"])
    #expect(try await store.rows("SELECT count(DISTINCT list_id), count(*) FROM sync_seen") == ["200|1000"])
  }

  @Test("a reader of the file never sees half a page, nor a checkpoint ahead of its rows")
  func showsWholePages() async throws {
    let size = 7
    let isDone = Mutex(false)
    let reader = Task.detached {
      let database = try DatabaseQueue(
        path: mirror.path,
        configuration: {
          var c = Configuration()
          c.readonly = true
          return c
        }())
      var counts: Set<Int> = []
      while !isDone.withLock({ $0 }) {
        let (rows, lists, seen) = try await database.read { database in
          (
            try Int.fetchOne(database, sql: "SELECT count(*) FROM sessions") ?? 0,
            try Int.fetchOne(database, sql: "SELECT count(*) FROM sync_checkpoints WHERE cursor IS NOT NULL") ?? 0,
            try Int.fetchOne(database, sql: "SELECT count(*) FROM sync_seen") ?? 0
          )
        }
        #expect(rows == lists * size)
        #expect(seen == rows)
        counts.insert(rows)
      }
      return counts
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lane in 0..<4 {
        group.addTask {
          for number in 0..<50 {
            var walk = Walk(parent: "\(lane)-\(number)")
            try await walk.store(Self.items(lane * 1000 + number, count: size), in: store, cursor: "c")
          }
        }
      }
      try await group.waitForAll()
    }
    isDone.withLock { $0 = true }
    #expect(try await reader.value.allSatisfy { $0 % size == 0 })
    #expect(try await store.rows("SELECT count(*) FROM sessions") == ["\(200 * size)"])
  }

  @Test("a page that was received is stored, even if its task was cancelled")
  func storesCancelled() async throws {
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      var walk = Walk()
      return try await walk.store([session("a")], in: store, cursor: "c")
    }
    task.cancel()
    #expect(try await task.value.inserted == 1)
    #expect(try await store.rows("SELECT session_id FROM sessions") == ["a"])
  }
}
