import DevinAPI

/// How a resource moves forward from run to run. There are few of these, and every resource picks one.
public enum SyncStrategy: Hashable, Sendable {
  /// Asks for what changed since the watermark, less an overlap. The watermark moves only after a complete walk, to the
  /// smaller of the server's clock at its first answer and the newest change seen, and never back. What the filter cannot
  /// show is read in two other ways: rows that are not settled yet, by their ids and on a slowing schedule; and
  /// everything, when the last complete walk without a filter is older than a day, which also finds deletions.
  case changedSince(filter: String, overlap: Duration, ids: String)
  /// Reads the list whole in every run. What a complete walk did not list is asked for once more and, if it is missing
  /// again, marked as deleted.
  case snapshot
  /// Reads one list below each row of a parent resource, and only when that row's state changed since. An append-only
  /// list goes on at its last page; any other is read whole, with deletions.
  case perParent(of: String, isAppendOnly: Bool)
  /// One object, one row.
  case single
}
