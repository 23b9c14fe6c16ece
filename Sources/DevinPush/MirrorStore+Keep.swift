import DevinModel
import MirrorStore

extension MirrorStore {
  /// Stores one object as the server said it, as a page of `sync` does. How far its list was read does not change, so that the next run
  /// finds everything else, too.
  /// - Parameter body: a JSON object.
  func keep(_ body: String, of resource: Resource, organization: String, run: Int64, now: Int64) async throws {
    let list = try await readList(of: resource.name, organization: organization)
    let checkpoint = try await checkpoint(of: list)
    var page = PageCommit(
      table: resource.table, list: list, scope: Self.scope(of: resource, organization), body: "{\"items\":[\(body)]}",
      rowCount: 1,
      at: checkpoint, run: run, now: now)
    // The list holds it, so that its next walk does not take it for one that came out of nowhere, and finds it missing when it goes.
    page.memory = .kept
    _ = try await commit(page.repairing(checkpoint)) { outcome in
      var checkpoint = checkpoint
      checkpoint.rowsSeen += outcome.newKeys ?? 0
      return checkpoint
    }
    try await indexNewRows()
  }

  /// Marks an object as deleted that is gone from its list.
  func forget(_ key: String, of resource: Resource, organization: String, run: Int64, now: Int64) async throws {
    let list = try await readList(of: resource.name, organization: organization)
    guard let listNumber = try await checkpoint(of: list).listNumber else { return }
    _ = try await markDeleted(
      [key], of: resource.table, in: list, number: listNumber, scope: Self.scope(of: resource, organization), run: run, now: now)
  }

  private static func scope(of resource: Resource, _ organization: String) -> [String: String] {
    resource.table.scopeColumns.contains("org_id") ? ["org_id": organization] : [:]
  }
}
