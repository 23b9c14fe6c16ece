/// What a feed sends of one resource.
package enum FeedPlan: Hashable, Sendable {
  /// Why all rows are sent.
  package enum Reason: String, Hashable, Sendable {
    case first
    case otherFile
    case pruned
    case otherSelection
    case vanished
    case nowComplete
  }

  /// All rows, with a version of their own.
  case complete(Reason)
  /// The rows that changed after this change.
  case changes(after: Int64)
  case nothing

  /// What the file says about one resource at one moment.
  package struct Facts: Hashable, Sendable {
    /// The fingerprint of the change that the bookmark refers to; nil: there is no such change.
    package var mark: String?
    /// The newest change that `maintain` removed from the history; 0: none.
    package var newestPruned: Int64
    /// As in `FeedStream.selection`.
    package var selection: String
    /// Whether a row of the resource changed after the bookmark.
    package var hasChanged: Bool
    /// Whether rows were removed from the file before their deletion was sent, or without being marked as deleted.
    package var hasVanished: Bool
    /// Whether every list of the resource was read completely.
    package var isComplete: Bool
  }

  /// - Parameter bookmark: nil: the resource was never sent completely.
  package init(_ bookmark: FeedState.Bookmark?, _ facts: Facts) {
    guard let bookmark else {
      self = .complete(.first)
      return
    }
    // Change numbers start again when `maintain` removes the whole history, so a number alone is no proof.
    let isUnknown = bookmark.change > 0 && facts.mark != bookmark.mark
    let isPruned = facts.newestPruned > bookmark.pruned && facts.newestPruned > bookmark.change
    self =
      if isPruned || isUnknown && facts.mark == nil && facts.newestPruned >= bookmark.change {
        .complete(.pruned)
      } else if isUnknown {
        .complete(.otherFile)
      } else if bookmark.selection != facts.selection {
        .complete(.otherSelection)
      } else if facts.hasVanished {
        .complete(.vanished)
      } else if !bookmark.isActive, facts.isComplete {
        .complete(.nowComplete)
      } else if facts.hasChanged {
        .changes(after: bookmark.change)
      } else {
        .nothing
      }
  }
}
