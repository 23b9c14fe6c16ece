import DevinModel
public import MirrorReading

/// What a run did: its result, complete whatever became of its events.
public struct SyncReport: Hashable, Sendable {
  /// `sync_runs.run_id`.
  public internal(set) var run: Int64
  /// Those mirrored, separated by spaces; nil: not known, or none but the enterprise's own lists.
  public internal(set) var organization: String?
  /// Resources that were asked for and that only a key of the enterprise finds, while this one is none.
  public internal(set) var outOfReach: [String] = []
  /// One for each resource that was planned, in the catalogue's order.
  public internal(set) var resources: [ResourceReport] = []
  /// What is kept of the contents of attachments; nil: the run did not ask for them, or there are none.
  public internal(set) var files: KeptFiles?
  /// HTTP requests sent, retries included.
  public internal(set) var requests = 0
  /// Bytes of the answers' bodies, decompressed.
  public internal(set) var bytes = 0
  /// From the beginning of the run to its end.
  public internal(set) var duration = Duration.zero
  /// As `sync_runs` has it, Unix seconds; nil: not yet.
  public internal(set) var finishedAt: Int64?
  /// Time spent waiting for the server, added up over all lists.
  public internal(set) var waited = Duration.zero
  /// Problems of the run as a whole; those of a resource stand in its report.
  public internal(set) var problems: [SyncProblem] = []
  /// The time was up before everything was read.
  public internal(set) var ranOutOfTime = false
  /// The task was cancelled before everything was read.
  public internal(set) var wasCancelled = false

  init(run: Int64) { self.run = run }

  /// Rows and pages of all resources.
  public var totals: RowCounts { resources.reduce(into: RowCounts()) { $0 += $1.counts } }

  /// Every problem, each once, those of one cause as one; of those that stop a run the first of a kind, since every list meets
  /// them.
  public var allProblems: [SyncProblem] {
    var seen: Set<SyncProblem> = []
    var stopped: Set<RunStatus> = []
    return SyncProblem.merged(
      (problems + resources.flatMap(\.problems)).filter { problem in
        problem.stopsTheRun ? stopped.insert(problem.status).inserted : seen.insert(problem).inserted
      })
  }

  /// Adds what it means that no list besides the key's own was read, where that was not for want of trying.
  /// - Parameter isKnownKey: whether the API said whose key it is.
  mutating func noteNothingReadable(isKnownKey: Bool, keySource: String?) {
    let lists = resources.filter { $0.resource != Resource.credential.name && $0.resource != FileContents.name }
    let refusals = lists.filter { $0.outcome == .forbidden || $0.outcome == .absent }
    guard !refusals.isEmpty,
      lists.allSatisfy({ $0.counts.pages == 0 && $0.notDueLists == 0 && $0.outcome != .incomplete && $0.outcome != .interrupted })
    else { return }
    let forbidden = refusals.count { $0.outcome == .forbidden }
    problems.append(.nothingReadable(forbidden: forbidden, absent: refusals.count - forbidden, isKnownKey, keySource))
  }

  /// `.interrupted` when the task was cancelled; a command that knows the signal says which.
  public var status: RunStatus {
    var parts = allProblems.map(\.status)
    if wasCancelled { parts.append(.interrupted) }
    if ranOutOfTime { parts.append(.tryAgain) }
    return .combined(parts)
  }
}

/// What became of one resource.
public struct ResourceReport: Hashable, Sendable {
  /// How far a resource was read.
  public enum Outcome: Hashable, Sendable {
    /// Read to its end.
    case complete
    /// Its lists came back unchanged before and are not due yet, so none was read.
    case notDue
    /// This key was never allowed to read it (403).
    case forbidden
    /// This deployment never had it (404).
    case absent
    /// Not read to its end; the problems say why. What was read is kept and the next run goes on there.
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
  /// What kept it from being complete; empty: nothing.
  public internal(set) var problems: [SyncProblem] = []
  /// Lists, of some organizations, that the key may not read or the deployment does not have, while others were read.
  public internal(set) var refusedLists = 0
  /// Lists that were left unread: they came back unchanged before and are not due yet.
  public internal(set) var notDueLists = 0
  /// The server sent rows that the filter should have left out. They were taken; it is no problem, only more to read.
  public internal(set) var filterWasIgnored = false

  init(_ resource: String) { self.resource = resource }
}

/// Rows and pages counted.
public struct RowCounts: Hashable, Sendable {
  /// Pages committed.
  public internal(set) var pages = 0
  /// Items received, unchanged ones included.
  public internal(set) var rows = 0
  /// Rows that the mirror did not have.
  public internal(set) var inserted = 0
  /// Rows that had been marked deleted and are listed again count here.
  public internal(set) var changed = 0
  /// Rows marked deleted.
  public internal(set) var deleted = 0
  /// Items that went to quarantine.
  public internal(set) var quarantined = 0

  /// Nothing counted.
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
