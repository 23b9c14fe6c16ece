import Foundation
import GRDB
import TestSupport
import Testing

@testable import MirrorStore

@Suite("A file that is read without its log")
struct FileConnectionTests {
  private static var readOnly: Configuration {
    var configuration = Configuration()
    configuration.readonly = true
    return configuration
  }

  private func write(_ path: String) throws -> DatabaseQueue {
    let writer = try DatabaseQueue(path: path)
    try writer.writeWithoutTransaction { database in
      try database.execute(sql: "CREATE TABLE something (id)")
    }
    return writer
  }

  @Test(
    "it is refused while the log is not empty, and read once the log is in the file, whatever its name",
    arguments: ["devin.db", "a b?c#d%20&mode=rwc.db"])
  func log(_ name: String) async throws {
    let mirror = try TemporaryMirror(name)
    try MirrorStore(path: mirror.path, .write).close()
    let writer = try write(mirror.path)
    #expect(throws: StoreError.logUnreadable(path: mirror.path)) {
      try FileConnection(readingAlone: mirror.path, Self.readOnly)
    }
    try writer.close()
    let alone = try FileConnection(readingAlone: mirror.path, Self.readOnly)
    #expect(try await alone.queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM something") } == 0)
    #expect(alone.isCurrent(mirror.path))
  }

  @Test("results are rejected after somebody has written")
  func written() async throws {
    let mirror = try TemporaryMirror()
    try MirrorStore(path: mirror.path, .write).close()
    let alone = try FileConnection(readingAlone: mirror.path, Self.readOnly)
    try alone.demandUnchanged(mirror.path)
    let writer = try write(mirror.path)
    // The change is only in the log, so what was read still matches the file, but the next read must check again.
    try alone.demandUnchanged(mirror.path)
    #expect(!alone.isCurrent(mirror.path))
    try writer.close()
    #expect(throws: StoreError.changedMeanwhile(path: mirror.path)) { try alone.demandUnchanged(mirror.path) }
  }
}
