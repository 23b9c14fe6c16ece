public import DevinModel
import MirrorStore

/// The row changes made by runs: a feed of `sync_changes`, read part by part, so it can have any length.
public struct MirrorChanges: Sendable {
  /// One row that one run inserted, changed, marked deleted or restored.
  public struct Change: Hashable, Encodable, Sendable {
    /// Increases with every change.
    public let id: Int64
    /// `sync_runs.run_id` of the run that wrote it.
    public let run: Int64
    /// When the run found it.
    public let changedAt: UnixTime
    /// Name of the table.
    public let resource: String
    /// The row's id; a JSON list where the key has several columns.
    public let key: String
    /// inserted, changed, deleted, restored.
    public let change: String
    /// `sync_pushes.push_id` of the request that wrote it to Devin; nil: it was not written by `push` or `restore`.
    public let push: Int64?

    private enum CodingKeys: String, CodingKey {
      case id = "changeId"
      case run = "runId"
      case push = "pushId"
      case changedAt, resource, key, change
    }
  }

  /// Where the feed begins.
  public enum Start: Hashable, Sendable {
    /// With the oldest change that is kept.
    case beginning
    /// With changes made from now on.
    case end
    /// With the changes of this run.
    case run(Int64)
    /// With changes made at this time or later.
    case time(UnixTime)
  }

  private let store: MirrorStore
  private var filter = MirrorStore.ChangeFilter()
  private var last: Int64 = 0
  /// Number of the newest run; 0: there was none.
  public let newestRun: Int64

  /// - Parameters:
  ///   - database: path of the mirror's file.
  ///   - start: where the changes begin.
  ///   - resources: names of tables; empty: all.
  /// - Throws: `MirrorError` when there is no mirror at this path, or it cannot be read.
  public init(database: String, from start: Start, resources: Set<String> = []) async throws {
    do {
      store = try MirrorStore(path: database, .read)
      let newest = try await store.newest()
      newestRun = newest.run
      filter.resources = resources
      switch start {
      case .beginning: break
      case .end: last = newest.change
      case .run(let run): filter.firstRun = run
      case .time(let time): filter.since = time
      }
    } catch let error as StoreError {
      throw MirrorError(error)
    }
  }

  /// The changes of one run.
  /// - Throws: as the other initializer.
  public init(database: String, of run: Int64) async throws {
    try await self.init(database: database, from: .run(run))
    filter.lastRun = run
  }

  /// The next part, up to about a thousand changes; empty: there are no more for now. A later call may find more.
  /// - Throws: `MirrorError` if the file cannot be read, or was replaced.
  public mutating func next() async throws -> [Change] {
    do {
      try store.demandPlace()
      let records = try await store.changes(filter, after: last)
      last = records.last?.id ?? last
      return records.map {
        Change(
          id: $0.id, run: $0.run, changedAt: $0.changedAt, resource: $0.resource, key: $0.key, change: $0.change, push: $0.push)
      }
    } catch let error as StoreError {
      throw MirrorError(error)
    }
  }
}
