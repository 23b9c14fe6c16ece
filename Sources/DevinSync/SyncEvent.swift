/// Events of a run in progress. Only committed data is announced. Events may be dropped if the consumer is too slow. Nothing is
/// lost by that: each event carries totals so far, and the run's result is in its report.
public enum SyncEvent: Sendable {
  /// The owner of the key is known, and reading begins. Organizations are separated by spaces; empty: the organizations of the
  /// enterprise, which are listed first.
  case started(run: Int64, organization: String, resources: [String])
  /// A page was committed, or a wait began or ended.
  case progress(SyncProgress)
  /// Something kept a resource from being complete. Also in the report.
  case problem(SyncProblem)
  /// A resource has ended, with any outcome. Also in the report.
  case finished(ResourceReport)
}

/// Progress of a run.
public struct SyncProgress: Hashable, Sendable {
  /// Progress of a run that has not begun.
  public init() {}

  /// Resources that have begun, in the catalogue's order.
  public internal(set) var resources: [ResourceProgress] = []
  /// HTTP requests sent, retries included.
  public internal(set) var requests = 0
  /// Requests sent again after a failure.
  public internal(set) var retries = 0
  /// Bytes of the answers' bodies, decompressed.
  public internal(set) var bytes = 0
  /// Since the run began.
  public internal(set) var elapsed = Duration.zero
  /// Requests that are waiting because the server asked for it or had failed.
  public internal(set) var waiting = 0
  /// Why the last of them waits, such as `status 429`.
  public internal(set) var waitReason: String?
}

/// Progress of one resource.
public struct ResourceProgress: Hashable, Sendable {
  /// Name of the resource.
  public let resource: String
  /// Rows and pages committed so far.
  public internal(set) var counts = RowCounts()
  /// The number of rows in this walk, as reported by the server; nil: not reported, or the resource has child lists.
  public internal(set) var total: Int?
  /// For child lists: how many parents are read so far; 0 for other lists.
  public internal(set) var parentsDone = 0
  /// For child lists: how many parents were found so far whose list must be read; 0 for other lists.
  public internal(set) var parentsFound = 0
  /// Whether it has ended, with any outcome.
  public internal(set) var isFinished = false
}
