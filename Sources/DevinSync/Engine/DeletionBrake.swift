import DevinModel
import Synchronization

/// Keeps a run from marking an unlikely share of a resource as deleted: rather nothing than half the mirror on the word
/// of one odd answer. Counts over all lists of a resource, so that a hundred small ones do not get past it.
final class DeletionBrake: Sendable {
  /// So many rows may always go.
  private static let rows = 10
  /// A list that held so many rows is not believed to be empty.
  private static let rowsOfList = 2

  /// Nil: whatever is gone may be marked.
  private let share: Double?
  private let marked = Mutex<[String: Int]>([:])

  init(_ options: SyncOptions) { share = options.allowMassDeletion ? nil : options.deletionLimit }

  /// Whether what another key had seen, and this one does not list, is taken for deleted too.
  var trustsAnyKey: Bool { share == nil }

  /// Whether a list that came back without any row may be what it seems. Devin moves kinds of things elsewhere, and a list
  /// that is entirely empty is more often a change of that sort than a deletion of every row.
  /// - Parameter held: rows that the list held so far.
  func admitsEmptyList(of resource: Resource, held: Int) -> Bool {
    share == nil || resource.parents != nil || resource.mayBeEmptied || held < Self.rowsOfList
  }

  /// - Parameters:
  ///   - count: rows about to be marked.
  ///   - listed: rows that the resource's lists hold, those included.
  /// - Returns: whether they may be.
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
