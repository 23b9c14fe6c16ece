public import DevinModel
import Foundation
import MirrorStore

/// The state of a mirror, read only from its file.
public struct MirrorStatus: Hashable, Encodable, Sendable {
  /// One resource of one organization.
  public struct Entry: Hashable, Encodable, Sendable {
    /// Empty: the enterprise's own lists.
    public let organization: String
    /// Name of the resource.
    public let resource: String
    /// Rows that are not deleted.
    public let rows: Int
    /// Rows that are marked deleted.
    public let deletedRows: Int
    /// When it was last read to its end; nil: never.
    public let completedAt: UnixTime?
    /// When it was last read completely without a filter, so that deletions were found too; nil: never, or not applicable.
    public let reconciledAt: UnixTime?
    /// The server's time up to which it is complete; nil: unknown.
    public let asOf: UnixTime?
    /// Seconds that it may be old before a run reads it again, since it came back unchanged. Nil: every run reads it.
    public let refreshInterval: Int64?
    /// Lists that are pending.
    public let pendingLists: Int
    /// When the first of them became pending; nil: none is.
    public let pendingSince: UnixTime?
    /// The oldest run that recorded one of them.
    let pendingRun: Int64?
    /// Whether it was refused and was never readable.
    public let isNeverAllowed: Bool
    /// Whether the newest run that named no resources requested it.
    public let isRequested: Bool
    /// Everything changed before this has been read; nil: it has no time of change.
    public let watermark: UnixTime?
    /// The smallest total that the server reported in the newest walk; until that has ended, the first one; nil: not reported.
    public let claimedRows: Int?
    /// Lists whose walk has begun and not ended; the next run continues them.
    public let openLists: Int
    /// Rows whose child lists are pending.
    public let unreadLists: Int
    /// Rows that are missing in their list and were not marked as deleted: too many, or seen with another key.
    public let heldBackRows: Int
    /// Items that could not become rows.
    public let quarantinedItems: Int
    /// Child lists that could not be read.
    public let quarantinedLists: Int
    /// 403 or 404 when the last attempt was refused.
    public let refusedStatus: Int?
    /// The start of what has been read; nil: it is no series, or was never read.
    public let coveredFrom: UnixTime?
    /// The end of what has been read; nil: it is no series, or was never read.
    public let coveredTo: UnixTime?
    /// Spans of time that were never read; nil: it is no series.
    public let gaps: Int?
    /// Whether all of its lists were read completely, and nothing is pending, quarantined, held back, refused or missing.
    public let isComplete: Bool

    private enum CodingKeys: String, CodingKey {
      case organization, resource, rows, deletedRows, completedAt, reconciledAt, asOf, refreshInterval, pendingLists, pendingSince
      case isRequested, watermark, openLists, unreadLists, heldBackRows, quarantinedItems, quarantinedLists, refusedStatus
      case coveredFrom, coveredTo, gaps
      case isComplete = "isWhole"
      case claimedRows = "total"
    }

    init(_ status: ResourceStatus) {
      organization = status.organization
      resource = status.resource
      rows = status.rows
      deletedRows = status.deletedRows
      completedAt = status.lists?.completedAt
      reconciledAt = status.lists?.reconciledAt
      asOf = status.lists?.asOf
      refreshInterval = status.lists?.refreshInterval?.components.seconds
      pendingLists = status.lists?.pending ?? 0
      pendingSince = status.lists?.pendingSince
      pendingRun = status.lists?.pendingRun
      isNeverAllowed = status.lists.map { $0.access == .notAllowed || $0.access == .absent } ?? false
      isRequested = status.lists?.isRequested ?? true
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
      isComplete = status.lists?.isComplete ?? false
    }

    /// Whether its last complete read is older than this and than `refreshInterval`, or there was none, or lists are pending from a run
    /// that has ended. Resources that the key was never allowed to read, and those that this deployment does not have, are never too old.
    /// - Parameters:
    ///   - age: the maximum acceptable time since the last complete read.
    ///   - now: the time from which the age is measured.
    ///   - run: the run that is active; nil: none.
    public func isOlder(than age: Duration, at now: UnixTime = .now, active run: Int64? = nil) -> Bool {
      guard !isNeverAllowed else { return false }
      if let pendingRun, pendingRun != run { return true }
      guard let completedAt else { return true }
      let passed = now - completedAt
      // A time in the future was written while the clock was ahead, and proves nothing.
      return passed > max(age, .seconds(refreshInterval ?? 0)) || passed < .seconds(-300)
    }
  }

  /// The newest row of `sync_runs`.
  public struct LastRun: Hashable, Encodable, Sendable {
    /// `sync_runs.run_id`.
    public let run: Int64
    /// By this machine's clock.
    public let startedAt: UnixTime
    /// Nil: the run is active, or was killed.
    public let finishedAt: UnixTime?
    /// The exit status of the command; nil: the run is active, or was killed.
    public let status: Int?
    /// HTTP requests sent, retries included; nil: unknown, because the run is active or was killed.
    public let requests: Int?
    /// Items received, unchanged ones included; nil: as for `requests`.
    public let rows: Int?
    /// What kept it from being complete: the problems of the run as a whole; if there was none, those of its resources. Empty: nothing,
    /// or a run of an earlier version.
    public let problems: [String]

    private enum CodingKeys: String, CodingKey {
      case run = "runId"
      case startedAt, finishedAt, status, requests, rows, problems
    }

    package init(
      run: Int64, startedAt: UnixTime, finishedAt: UnixTime? = nil, status: Int? = nil, requests: Int? = nil, rows: Int? = nil,
      problems: [String] = []
    ) {
      (self.run, self.startedAt, self.finishedAt, self.status) = (run, startedAt, finishedAt, status)
      (self.requests, self.rows, self.problems) = (requests, rows, problems)
    }

    init(_ record: RunRecord) {
      self.init(
        run: record.run, startedAt: record.startedAt, finishedAt: record.finishedAt, status: record.status,
        requests: record.status.map { _ in record.requests }, rows: record.status.map { _ in record.rows },
        problems: Self.problems(in: record.outcomes))
    }

    private struct Outcome: Decodable {
      /// Nil: the run as a whole.
      let resource: String?
      let problems: [String]?
    }

    /// - Parameter outcomes: as in `sync_runs`; a file from elsewhere may contain anything there.
    static func problems(in outcomes: String?) -> [String] {
      let outcomes = outcomes.flatMap { try? JSONDecoder().decodeBounded([Outcome].self, from: Data($0.utf8)) } ?? []
      let ofRun = outcomes.filter { $0.resource == nil }.flatMap { $0.problems ?? [] }
      return ofRun.isEmpty ? outcomes.flatMap { $0.problems ?? [] } : ofRun
    }
  }

  /// A deviation of the server's data from what this version expects.
  public struct Drift: Hashable, Encodable, Sendable {
    /// Name of the resource.
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

    private enum CodingKeys: String, CodingKey {
      case resource, field, kind, found, seen
    }
  }

  /// Path of the mirror's file.
  public let database: String
  /// By organization, then in the catalogue's order.
  public private(set) var entries: [Entry]
  /// Deviations from what this version expects; empty: none.
  public let drift: [Drift]
  /// Nil: there was no run.
  public let lastRun: LastRun?
  /// The run that holds the lock; nil: none.
  public let activeRun: Int64?
  /// The stored contents of attachments; nil: they were never requested.
  public let files: KeptFiles?
  /// Requests to change something whose outcome is not known; nil: there are none.
  public let pushes: OpenPushes?
  /// Why nothing is known: the file has the format of an earlier version. Nil: it has the current format.
  public let unknown: MirrorError?
  private let health: [MirrorStore.OrganizationHealth]

  private enum CodingKeys: String, CodingKey {
    case entries = "resources"
    case database, drift, lastRun, activeRun, files, pushes
  }

  /// The same with the entries of these resources only; nil: of all.
  package func limited(to names: Set<String>?) -> MirrorStatus {
    var status = self
    if let names { status.entries.removeAll { !names.contains($0.resource) } }
    return status
  }

  /// How complete the mirror is.
  /// - Parameters:
  ///   - names: resources that count; nil: all that are requested.
  ///   - asked: resources that count only if the newest run without named resources also requested them.
  public func completeness(of names: Set<String>? = nil, asked: Set<String>? = nil) -> MirrorCompleteness {
    MirrorCompleteness(health, names: names, asked: asked ?? Set(Catalogue.all.map(\.name)), unknown: unknown)
  }

  /// - Throws: `MirrorError` when there is no mirror at this path, or it cannot be read. A file in the format of an earlier version is no
  ///   error; its state is unknown.
  public init(database: String) async throws {
    self.database = database
    let store: MirrorStore
    do throws(StoreError) {
      store = try MirrorStore(path: database, .read)
    } catch {
      guard case .outdated = error else { throw MirrorError(error) }
      (entries, drift, lastRun, health, activeRun, files, pushes) = ([], [], nil, [], nil, nil, nil)
      unknown = MirrorError(error)
      return
    }
    unknown = nil
    do {
      let status = try await store.status(of: Catalogue.all.map(\.table), covering: Catalogue.coveredByEnterprise)
      entries = status.entries.map(Entry.init)
      health = status.health
      activeRun = try await store.activeRun()
      files = try await KeptFiles(in: store)
      pushes = try await OpenPushes(in: store)
      drift = try await store.drift().map {
        Drift(resource: $0.resource, field: $0.field, kind: $0.kind, found: $0.found, seen: $0.seen, example: $0.example)
      }
      lastRun = try await store.lastRun().map(LastRun.init)
    } catch let error as StoreError {
      throw MirrorError(error)
    }
  }
}
