import MirrorStore

/// How a mirror stands, read from its file alone.
public struct MirrorStatus: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public let organization: String
    public let resource: String
    /// Living rows.
    public let rows: Int
    public let deletedRows: Int
    /// Unix seconds; nil: never read whole.
    public let completedAt: Int64?
    /// Everything changed before this has been read; Unix seconds. Nil: not followed by time.
    public let watermark: Int64?
    /// The least that the server claimed in the newest walk; nil: it did not say.
    public let total: Int?
    /// Lists begun and not ended; the next run goes on with them.
    public let openLists: Int
    public let quarantinedItems: Int
    public let quarantinedLists: Int
    /// 403 or 404 when the last attempt was refused.
    public let refusedStatus: Int?
  }

  public struct LastRun: Hashable, Sendable {
    public let run: Int64
    /// Unix seconds.
    public let startedAt: Int64
    /// Nil: running now, or killed.
    public let finishedAt: Int64?
    public let status: Int?
    public let requests: Int
    public let rows: Int
  }

  /// What the server sends and this version does not expect.
  public struct Drift: Hashable, Sendable {
    public let resource: String
    /// The member of the object.
    public let field: String
    /// unknown field, unknown value, other type.
    public let kind: String
    /// The value, or the JSON type.
    public let found: String
    /// How many of the sampled items had it.
    public let seen: Int
    /// The first value seen, as JSON, cut at 200 characters.
    public let example: String
  }

  public let database: String
  public let entries: [Entry]
  public let drift: [Drift]
  public let lastRun: LastRun?

  /// - Throws: `SyncError` when there is no mirror at this path, or it cannot be read.
  public init(database: String) async throws {
    do {
      let store = try MirrorStore(path: database, .read)
      var entries: [Entry] = []
      for organization in try await store.organizations() {
        let status = try await store.status(
          of: Catalogue.all.map(\.table), organization: organization, covering: Catalogue.coveredByEnterprise)
        entries += status.map {
          Entry(
            organization: $0.organization, resource: $0.resource, rows: $0.rows, deletedRows: $0.deletedRows,
            completedAt: $0.completedAt, watermark: $0.watermark, total: $0.total, openLists: $0.openWalks,
            quarantinedItems: $0.quarantine.items, quarantinedLists: $0.quarantine.parents, refusedStatus: $0.refusedStatus)
        }
      }
      let last = try await store.lastRun()
      self.database = database
      self.entries = entries
      drift = try await store.drift().map {
        Drift(resource: $0.resource, field: $0.field, kind: $0.kind, found: $0.found, seen: $0.seen, example: $0.example)
      }
      lastRun = last.map {
        LastRun(
          run: $0.run, startedAt: $0.startedAt, finishedAt: $0.finishedAt, status: $0.status, requests: $0.requests,
          rows: $0.rows)
      }
    } catch let error as StoreError {
      throw SyncError(error)
    }
  }
}
