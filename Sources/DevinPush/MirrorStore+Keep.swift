import DevinModel
import MirrorStore

extension MirrorStore {
  /// Stores one object as the server returned it, like a page of `sync`. The progress of its list does not change, so that the next run
  /// finds everything else.
  /// - Parameter body: a JSON object.
  func keep(_ body: String, of resource: Resource, organization: String, run: Int64, now: UnixTime) async throws {
    let list = try await readList(of: resource.name, organization: organization)
    let checkpoint = try await checkpoint(of: list)
    var page = PageCommit(
      table: resource.table, list: list, scope: Self.scope(of: resource, organization), body: "{\"items\":[\(body)]}",
      rowCount: 1,
      at: checkpoint, run: run, now: now)
    // The list contains it: its next walk must not consider it new, and must notice when it is missing.
    page.memory = .kept
    _ = try await commit(page.repairing(checkpoint)) { outcome in
      var checkpoint = checkpoint
      checkpoint.rowsSeen += outcome.newKeys ?? 0
      return checkpoint
    }
    try await indexNewRows()
  }

  /// Marks an object as deleted.
  func forget(_ key: String, of resource: Resource, organization: String, run: Int64, now: UnixTime) async throws {
    let list = try await readList(of: resource.name, organization: organization)
    guard let listNumber = try await checkpoint(of: list).listNumber else { return }
    _ = try await markDeleted(
      [key], of: resource.table, in: list, number: listNumber, scope: Self.scope(of: resource, organization), run: run, now: now)
  }

  private static func scope(of resource: Resource, _ organization: String) -> [String: String] {
    resource.table.scopeColumns.contains("org_id") ? ["org_id": organization] : [:]
  }
}
