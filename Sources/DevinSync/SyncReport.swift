import DevinAPI
public import DevinModel
public import MirrorReading

/// What a run did. The report is complete even if events were dropped.
public struct SyncReport: Hashable, Sendable {
  /// `sync_runs.run_id`; 0: the run could not begin.
  public internal(set) var run: Int64
  /// The mirrored organizations, separated by spaces; nil: unknown, or none but the enterprise's own lists.
  public internal(set) var organization: String?
  /// Resources that were requested but need an enterprise key, while this key is not one.
  public internal(set) var outOfReach: [String] = []
  /// One for each resource that was planned, in the catalogue's order.
  public internal(set) var resources: [ResourceReport] = []
  /// The stored contents of attachments; nil: the run did not request them, or there are none.
  public internal(set) var files: KeptFiles?
  /// HTTP requests sent, retries included.
  public internal(set) var requests = 0
  /// Bytes of the answers' bodies, decompressed.
  public internal(set) var bytes = 0
  /// From the start of the run to its end.
  public internal(set) var duration = Duration.zero
  /// As in `sync_runs`; nil: the run has not finished.
  public internal(set) var finishedAt: UnixTime?
  /// Time spent waiting for the server, summed over all lists.
  public internal(set) var waited = Duration.zero
  /// Problems of the run as a whole; those of a resource are in its report.
  public internal(set) var problems: [SyncProblem] = []
  /// The time limit was reached before everything was read.
  public internal(set) var ranOutOfTime = false
  /// The task was cancelled before everything was read.
  public internal(set) var wasCancelled = false

  package init(run: Int64 = 0) { self.run = run }

  /// Rows and pages of all resources.
  public var totals: RowCounts { resources.reduce(into: RowCounts()) { $0 += $1.counts } }

  /// Every problem once, with those of one cause merged. Of problems that stop a run, only the first of each kind is included,
  /// since every list meets them.
  public var allProblems: [SyncProblem] {
    var seen: Set<SyncProblem> = []
    var stopped: Set<RunStatus> = []
    return SyncProblem.merged(
      (problems + resources.flatMap(\.problems)).filter { problem in
        problem.stopsTheRun ? stopped.insert(problem.status).inserted : seen.insert(problem).inserted
      })
  }

  /// Adds a problem if no list besides that of the key itself could be read, although lists were requested.
  /// - Parameter isKnownKey: whether the API identified the key.
  mutating func noteNothingReadable(isKnownKey: Bool, keySource: String?) {
    let lists = resources.filter { $0.resource != Resource.credential.name && $0.resource != FileContents.name }
    let refusals = lists.filter { $0.outcome == .forbidden || $0.outcome == .absent }
    guard !refusals.isEmpty,
      lists.allSatisfy({ $0.counts.pages == 0 && $0.notDueLists == 0 && $0.outcome != .incomplete && $0.outcome != .interrupted })
    else { return }
    let forbidden = refusals.count { $0.outcome == .forbidden }
    problems.append(.nothingReadable(forbidden: forbidden, absent: refusals.count - forbidden, isKnownKey, keySource))
  }

  /// Takes over what the run has sent and received.
  mutating func note(_ reading: RequestMeter.Reading) {
    requests = reading.requests
    bytes = reading.bytes
    waited = reading.waited
  }

  /// `.interrupted` when the task was cancelled; a command that knows the signal can be more precise.
  public var status: RunStatus {
    var parts = allProblems.map(\.status)
    if wasCancelled { parts.append(.interrupted) }
    if ranOutOfTime { parts.append(.tryAgain) }
    return .combined(parts)
  }
}

/// The result for one resource.
public struct ResourceReport: Hashable, Sendable {
  /// How far a resource was read. The raw value is the text in JSON.
  public enum Outcome: String, Hashable, Encodable, Sendable {
    /// Read to its end.
    case complete
    /// Its lists came back unchanged before and are not due yet, so none was read.
    case notDue = "not_due"
    /// This key was never allowed to read it (403).
    case forbidden
    /// This deployment never had it (404).
    case absent
    /// Not read to its end; the problems say why. What was read is kept, and the next run continues from there.
    case incomplete
    /// The run ended before it was read to its end.
    case interrupted
  }

  /// Name of the resource.
  public let resource: String
  /// How far it was read.
  public internal(set) var outcome = Outcome.complete
  /// Rows and pages committed.
  public internal(set) var counts = RowCounts()
  /// What kept it from being complete; empty: it is complete.
  public internal(set) var problems: [SyncProblem] = []
  /// Lists of some organizations that the key may not read or that do not exist, while others were read.
  public internal(set) var refusedLists = 0
  /// Lists that were left unread: they came back unchanged before and are not due yet.
  public internal(set) var notDueLists = 0
  /// The server sent rows that the filter should have excluded. They were stored; this is no problem, only more to read.
  public internal(set) var filterWasIgnored = false

  init(_ resource: String) { self.resource = resource }
}

/// Rows and pages counted.
public struct RowCounts: Hashable, Encodable, Sendable {
  /// Pages committed.
  public internal(set) var pages = 0
  /// Items received, unchanged ones included.
  public internal(set) var rows = 0
  /// Rows that the mirror did not have before.
  public internal(set) var inserted = 0
  /// Rows whose content changed, including deleted rows that are listed again.
  public internal(set) var changed = 0
  /// Rows marked deleted.
  public internal(set) var deleted = 0
  /// Items that were quarantined.
  public internal(set) var quarantined = 0

  /// Quarantined items are encoded with the report of a resource only.
  private enum CodingKeys: String, CodingKey {
    case pages, rows, inserted, changed, deleted
  }

  /// All counts are zero.
  public init() {}

  /// Rows written.
  public var written: Int { inserted + changed + deleted }

  static func += (left: inout RowCounts, right: RowCounts) {
    left.pages += right.pages
    left.rows += right.rows
    left.inserted += right.inserted
    left.changed += right.changed
    left.deleted += right.deleted
    left.quarantined += right.quarantined
  }
}
