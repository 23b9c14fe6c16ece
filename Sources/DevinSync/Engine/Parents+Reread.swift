import DevinModel
import MirrorStore

extension Parents {
  /// When a list that was just completed is to be read again although nothing is known to have changed, Unix seconds; nil: it is not.
  /// - Parameters:
  ///   - openedAt: the server's time at the first answer of the walk.
  ///   - interval: seconds that the list may stay unread since it came back unchanged; nil: it did not, or this is all there is to read.
  func rereadAt(_ parent: MirrorStore.DueParent, openedAt: Int64, interval: Int64?, now: Int64) -> Int64? {
    // Read in the very second of the parent's last change, the list may have missed what else happened in it: it is read once
    // more, in the next run.
    if let changedAt = parent.changedAt, changedAt >= openedAt - 1, changedAt <= openedAt + 1 { return now }
    if let every = query.every { return now + Int64(every) }
    guard parent.isAtWork else { return nil }
    // A tenth of the time since the parent last changed, from a quarter of an hour to a day.
    let age = max(0, now - max(0, parent.changedAt ?? 0))
    return now + max(900, min(86_400, age / 10), interval ?? 0)
  }
}
