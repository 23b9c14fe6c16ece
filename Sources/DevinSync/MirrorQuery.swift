import MirrorStore

/// The answer to one read-only query.
public struct MirrorQuery: Hashable, Sendable {
  public let columns: [String]
  /// As text; nil: NULL.
  public let rows: [[String?]]

  /// - Throws: `SyncError` when there is no mirror at this path or the query fails.
  public init(_ sql: String, database: String) async throws {
    do {
      let store = try MirrorStore(path: database, .read)
      let answer = try await store.query(sql)
      columns = answer.columns
      rows = answer.rows
    } catch let error as StoreError {
      throw SyncError(error)
    }
  }
}
