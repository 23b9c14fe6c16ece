import DevinModel
import MirrorStore

extension Parents {
  /// When to read a list again that was just completed, although no change is known; nil: not at a fixed time.
  /// - Parameters:
  ///   - openedAt: the server's time at the first answer of the walk.
  ///   - interval: how long the list may stay unread since it came back unchanged; nil: it changed, or has no such limit.
  func rereadAt(_ parent: MirrorStore.DueParent, openedAt: UnixTime, interval: Duration?, now: UnixTime) -> UnixTime? {
    // If the list was read in the same second as the parent's last change, it may miss other changes of that second, so it is read
    // once more, in the next run.
    if let changedAt = parent.changedAt, changedAt >= openedAt - .seconds(1), changedAt <= openedAt + .seconds(1) { return now }
    if let every = query.every { return now + .seconds(every) }
    guard parent.isAtWork else { return nil }
    // A tenth of the time since the parent's last change, but at least 15 minutes and at most one day.
    let age = now - max(.epoch, parent.changedAt ?? .epoch)
    return now + max(.seconds(900), min(.seconds(86_400), age / 10), interval ?? .zero)
  }
}
