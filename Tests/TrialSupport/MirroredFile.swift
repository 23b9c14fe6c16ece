package import DevinSandbox
import Foundation
import GRDB
import TestSupport

/// Compares a mirror's file with the sandbox. Every difference is described as text; none: everything is correct.
package struct MirroredFile {
  let database: DatabaseQueue

  package init(_ path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    database = try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Inspects a copy of the file and its log, so that the state after a crash is kept for the next run.
  package static func lookAtCopy<Result>(of path: String, _ look: (MirroredFile) throws -> Result) throws -> Result {
    let folder = try TemporaryFolder()
    let copy = folder.url.appendingPathComponent("devin.db").path
    for suffix in ["", "-wal", "-journal"] where FileManager.default.fileExists(atPath: path + suffix) {
      try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
    }
    return try withExtendedLifetime(folder) { try look(MirroredFile(copy)) }
  }

  /// First column of each row, as text.
  package func column(_ sql: String) throws -> [String] {
    try database.read { database in
      try Row.fetchAll(database, sql: sql).map { row in
        switch row.databaseValues.first?.storage {
        case .string(let text)?: text
        case .int64(let number)?: "\(number)"
        case .double(let number)?: "\(number)"
        default: "NULL"
        }
      }
    }
  }

  package func number(_ sql: String) throws -> Int { try column(sql).first.flatMap { Int($0) } ?? 0 }

  /// Compares rows that are not deleted with the served objects, byte for byte, with the columns that come from lists. Messages of a
  /// session that is marked as deleted are not read again, and are no difference.
  package func differences(
    from sandbox: Sandbox, _ resources: [SandboxResource] = SandboxResource.allCases
  ) throws -> [String] {
    try resources.flatMap { resource in
      let served = sandbox.objects(resource).map(ServedRow.init)
      let columns = served.reduce(into: Set<String>()) { $0.formUnion($1.scope.keys) }.sorted()
      let values = columns.map { "coalesce(\"\($0)\", '') || ' ' || " }.joined()
      let part =
        resource == .sessionMessages || resource == .sessionAttachments
        ? " AND session_id NOT IN (SELECT session_id FROM sessions WHERE _deleted_at IS NOT NULL)" : ""
      let mirrored = try column("SELECT \(values)_raw FROM \(resource.rawValue) WHERE _deleted_at IS NULL\(part)")
      return Self.differences(resource, served: served.map { $0.line(columns) }, mirrored: mirrored)
    }
  }

  private static func differences(_ resource: SandboxResource, served: [String], mirrored: [String]) -> [String] {
    var count: [String: Int] = [:]
    for line in served { count[line, default: 0] += 1 }
    for line in mirrored { count[line, default: 0] -= 1 }
    let lost = count.filter { $0.value > 0 }.keys.sorted()
    let surplus = count.filter { $0.value < 0 }.keys.sorted()
    func told(_ lines: [String], _ what: String) -> [String] {
      lines.isEmpty ? [] : ["\(resource): \(lines.count) of \(served.count) \(what), such as \(lines[0].prefix(400))"]
    }
    return told(lost, "served rows are not mirrored") + told(surplus, "rows are mirrored and not served")
  }

  /// Rows that were marked as deleted although the server has them.
  /// - Parameters:
  ///   - spared: ids that are no error, such as those of rows that were restored during the run.
  ///   - run: rows marked by earlier runs may have been restored since.
  package func livingMarkedDeleted(
    from sandbox: Sandbox, _ resources: [SandboxResource] = SandboxResource.allCases, except spared: Set<String> = [],
    after run: Int = 0
  ) throws -> [String] {
    try resources.flatMap { resource -> [String] in
      guard let key = resource.key else { return [] }
      let recent =
        run == 0
        ? ""
        : " AND \"\(key)\" IN (SELECT key FROM sync_changes WHERE resource = '\(resource.rawValue)' AND change = 'deleted' AND run_id > \(run))"
      let marked = Set(try column("SELECT \"\(key)\" FROM \(resource.rawValue) WHERE _deleted_at IS NOT NULL\(recent)"))
      guard !marked.subtracting(spared).isEmpty else { return [] }
      let served = Set(sandbox.objects(resource).compactMap { ServedRow($0).member(key) })
      return marked.subtracting(spared).intersection(served).sorted().map { "\(resource) \($0) lives and is marked as deleted" }
    }
  }
}
