import DevinModel
import Synchronization

/// Keeps a run from marking an unlikely share of a resource as deleted: it marks nothing rather than half the mirror because
/// of one wrong answer. It counts over all lists of a resource, so that many small lists cannot bypass it.
final class DeletionLimit: Sendable {
  /// This many rows may always be marked.
  private static let rows = 10
  /// A list that held at least this many rows is not accepted as empty.
  private static let rowsOfList = 2

  /// Nil: no limit.
  private let share: Double?
  private let marked = Mutex<[String: Int]>([:])

  init(_ options: SyncOptions) { share = options.allowMassDeletion ? nil : options.deletionLimit }

  /// Whether rows that only another key has seen, and that this key does not list, also count as deleted.
  var trustsAnyKey: Bool { share == nil }

  /// Whether a list that came back without any row is accepted as empty. Devin sometimes moves a kind of object elsewhere, and an
  /// empty list is more often such a move than a deletion of every row.
  /// - Parameter held: rows that the list held until now.
  func admitsEmptyList(of resource: Resource, held: Int) -> Bool {
    share == nil || resource.parents != nil || resource.mayBeEmptied || held < Self.rowsOfList
  }

  /// - Parameters:
  ///   - count: rows about to be marked.
  ///   - listed: rows that the resource's lists hold, including those about to be marked.
  /// - Returns: whether they may be marked.
  func admits(_ count: Int, of listed: Int, in resource: String, organization: String) -> Bool {
    guard let share else { return true }
    return marked.withLock { marked in
      let before = marked["\(organization) \(resource)", default: 0]
      let total = before + count
      guard total <= Self.rows || Double(total) <= share * Double(listed + before) else { return false }
      marked["\(organization) \(resource)"] = total
      return true
    }
  }
}
