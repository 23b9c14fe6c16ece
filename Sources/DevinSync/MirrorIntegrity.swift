import MirrorStore

/// What a mirror's file says about itself, without the server.
public struct MirrorIntegrity: Hashable, Sendable {
  /// Each a sentence; empty: the file is sound, its computed columns are what the rows say, its lists account for its rows.
  public let findings: [String]

  /// - Throws: `SyncError` when there is no mirror at this path, or it cannot be read.
  public init(database: String) async throws {
    do {
      let store = try MirrorStore(path: database, .read)
      findings = try await store.findings(in: Catalogue.all.map { ($0.table, $0.findsDeletions && $0.parents == nil) })
    } catch let error as StoreError {
      throw SyncError(error)
    }
  }
}
