public import DevinAPI
import MirrorStore

/// How a mirror stands, read from its file alone.
public struct MirrorStatus: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public let organization: String
    public let resource: String
    /// Living rows.
    public let rows: Int
    public let deletedRows: Int
    /// When it was last read whole; Unix seconds. Nil: never.
    public let completedAt: Int64?
    /// Everything changed before this has been read; Unix seconds. Nil: not followed by time.
    public let watermark: Int64?
    /// The least that the server claimed in the newest walk; nil: it did not say.
    public let claimedRows: Int?
    /// Lists begun and not ended; the next run goes on with them.
    public let openLists: Int
    /// Rows whose lists below them were not up to date when the last run ended.
    public let unreadLists: Int
    /// Rows that are missing from their list and were not marked as deleted: too many, or seen with another key.
    public let heldBackRows: Int
    public let quarantinedItems: Int
    public let quarantinedLists: Int
    /// 403 or 404 when the last attempt was refused.
    public let refusedStatus: Int?
    /// What has been read of a list that goes by time, Unix seconds, and the number of gaps in it; nil: it does not.
    public let coveredFrom: Int64?
    public let coveredTo: Int64?
    public let gaps: Int?
    /// Whether everything that the lists hold was read and nothing stands aside.
    public let isWhole: Bool

    init(_ status: ResourceStatus) {
      organization = status.organization
      resource = status.resource
      rows = status.rows
      deletedRows = status.deletedRows
      completedAt = status.lists?.completedAt
      watermark = status.lists?.watermark
      claimedRows = status.lists?.claimed
      openLists = status.lists?.open ?? 0
      unreadLists = status.lists?.unread ?? 0
      heldBackRows = status.lists?.heldBack ?? 0
      quarantinedItems = status.quarantine.items
      quarantinedLists = status.quarantine.parents
      refusedStatus = status.lists?.refusedStatus
      coveredFrom = status.lists?.coveredFrom
      coveredTo = status.lists?.coveredTo
      gaps = status.lists?.gaps
      isWhole = status.lists?.isWhole ?? false
    }

    /// Whether its last complete reading is older than this, or there was none. What the key may not read, and what this
    /// deployment does not have, has no age.
    public func isOlder(than age: Duration, at now: UnixTime = .now) -> Bool {
      guard refusedStatus == nil else { return false }
      guard let completedAt else { return true }
      let seconds = now.rawValue - completedAt
      // A time that lies ahead was written by a clock that has been set back since, and proves nothing.
      return seconds > age.components.seconds || seconds < -300
    }
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
        entries += status.map(Entry.init)
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
