/// What a run tells while it goes on. Only what is committed is announced. Events may be dropped when nobody reads them
/// fast enough, and nothing is lost by it: each carries totals so far, and the run's result is its report.
public enum SyncEvent: Sendable {
  /// It is known whose key it is, and reading begins. Organizations are separated by spaces; empty: the enterprise's, which
  /// are to be listed first.
  case started(run: Int64, organization: String, resources: [String])
  /// A page was committed, or a wait began or ended.
  case progress(SyncProgress)
  /// Something kept a resource from being whole. Also in the report.
  case problem(SyncProblem)
  /// A resource has ended, one way or another. Also in the report.
  case finished(ResourceReport)
}

/// How far a run is.
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
  /// Requests waiting because the server asked for it or had failed.
  public internal(set) var waiting = 0
  /// Why the last of them waits, such as `status 429`.
  public internal(set) var waitReason: String?
}

/// How far one resource is.
public struct ResourceProgress: Hashable, Sendable {
  /// Name of the resource.
  public let resource: String
  /// Rows and pages committed so far.
  public internal(set) var counts = RowCounts()
  /// What the server says there is to read in this walk; nil where it does not say. Of lists below a parent: nil.
  public internal(set) var total: Int?
  /// Of lists below a parent: how many parents are read so far; 0 for other lists.
  public internal(set) var parentsDone = 0
  /// Of lists below a parent: how many parents were found to need it so far; 0 for other lists.
  public internal(set) var parentsFound = 0
  /// Whether it has ended, one way or another.
  public internal(set) var isFinished = false
}
