import DevinAPI
import DevinModel
import MirrorStore

/// Every way in which the engine changes a checkpoint. Walks and workers say what happened; here it is decided what the next run needs to
/// know of it. No other file of the engine writes to a checkpoint, so each of these decisions can be tested as a function.
extension Checkpoint {
  /// A run begins to work on the list.
  ///
  /// - Parameter principal: whose key the run has; nil: unknown.
  mutating func prepare(for principal: String?) {
    belong(to: principal)
    // Whether an earlier run of the same walk saw changes is not stored, so assume that it did.
    hasChanges = isOpen
  }

  /// Completing the list settles what the ledger knew of it in this version; nil: it was not pending.
  mutating func settle(pending version: Int64?) { pendingVersion = version }

  // MARK: - The walk

  /// Continues at the end of a list that only grows.
  mutating func reopen() {
    isOpen = true
    openedAt = nil
  }

  /// Goes back to the beginning, with the same filter.
  mutating func restart() { open(filter: filter) }

  /// Gives up the position, so that the next run begins at the beginning: a cursor that failed is not worth keeping.
  mutating func abandon() { isOpen = false }

  /// A walk that was interrupted is as old as its beginning: what it had read by then may have changed since.
  mutating func date(from beginning: UnixTime) {
    if filter == nil { reconciledAt = beginning }
  }

  /// A page was committed with this result.
  mutating func advance(over page: Page, outcome: PageOutcome, now: UnixTime) {
    openedAt = openedAt ?? page.date ?? now
    newestSeen = [newestSeen, outcome.newest].compactMap(\.self).max()
    if outcome.inserted + outcome.changed + outcome.restored + outcome.malformed > 0 { hasChanges = true }
    rowsSeen += (outcome.newKeys ?? outcome.received) + outcome.malformed
    // The first total counts: rows that are added later may come before the position of the walk. If rows are deleted that were already read,
    // a cursor that is a number of rows leads to a page that begins too late, and the smaller total would not show it.
    total = total ?? page.total
    allowedAt = now
    (refusedStatus, refusedAt) = (nil, nil)
    // The last page is read again when the list is next read, since rows may have been added to it.
    cursor = (page.next.flatMap { $0.rawValue.isEmpty ? nil : $0 } ?? page.cursor)?.rawValue
  }

  // MARK: - The end

  /// The walk read everything that it was to read.
  ///
  /// - Parameter least: the smallest total that the server reported; nil: it reported none.
  mutating func close(by rules: WalkRules, least: Int? = nil, now: UnixTime) {
    total = [total, least].compactMap(\.self).min()
    isOpen = false
    if rules.resource.strategy != .append { cursor = nil }
    if rules.closesList {
      // After a change of the parent row, more child rows may follow.
      let isSettled = rules.parent.map { $0.version == parentVersion } ?? true
      let interval = RefreshRule.interval(
        askedBefore: completedAt, now: now, isUnchanged: isSettled && !hasChanges, limit: rules.refreshLimit)
      // For child lists, the ledger says when each is read again.
      refreshInterval = rules.parent == nil ? interval : nil
      completedAt = now
      completedRun = rules.run
      asOf = rules.span.map { min($0.until, openedAt ?? $0.until) } ?? openedAt
      parentVersion = rules.parent?.version
      rereadAt = rules.parent.flatMap {
        rules.resource.parents?.rereadAt($0, openedAt: openedAt ?? now, interval: interval, now: now)
      }
    }
    if filter == nil {
      reconciledAt = now
      heldBack = 0
    }
    if case .changedSince = rules.resource.strategy, let newest = newestSeen, let opened = openedAt {
      watermark = max(watermark ?? .epoch, min(opened, newest))
    }
  }

  /// The list does not exist, which means that it has no rows.
  mutating func closeAsEmpty(by rules: WalkRules, now: UnixTime) {
    openedAt = now
    close(by: rules, now: now)
  }

  /// Too many rows are missing to be believed. They are kept, and the next run begins at the beginning.
  ///
  /// - Parameter rows: how many rows are missing, also those that nothing was decided about.
  mutating func holdBack(_ rows: Int) {
    isOpen = false
    heldBack = rows
  }

  /// The missing rows of a complete walk were decided about.
  ///
  /// - Parameters:
  ///   - deleted: rows that were marked.
  ///   - kept: rows that stay, since this key cannot show that they are deleted.
  mutating func close(by rules: WalkRules, deleted: Int, kept: Int, now: UnixTime) {
    hasChanges = hasChanges || deleted + kept > 0
    close(by: rules, now: now)
    heldBack = kept
  }

  // MARK: - Refusals

  /// The key may not read the list, or the deployment lacks it.
  ///
  /// - Parameter limit: how long a list that stays refused may be left alone; nil: every run asks.
  mutating func refuse(_ status: Int, limit: Duration?, now: UnixTime) {
    refreshInterval = RefreshRule.interval(
      askedBefore: refusedAt, now: now, isUnchanged: refusedStatus == status, limit: limit)
    refusedStatus = status
    refusedAt = now
    isOpen = false
  }

  /// A refusal that is a problem: the list could be read before, or was asked for by name. The position is kept.
  mutating func note(refusal status: Int?) { refusedStatus = status }

  // MARK: - Lists of one resource, below the rows of another

  /// Some of the lists could be read.
  mutating func allow(at now: UnixTime) { allowedAt = now }

  /// All of the lists were tried.
  ///
  /// - Parameters:
  ///   - isComplete: whether each was read to its end.
  ///   - above: the list of the rows above; the lists below cannot be more up to date. Nil: there is none to wait for.
  mutating func close(below above: Checkpoint?, isComplete: Bool, run: Int64, now: UnixTime) {
    if isComplete {
      completedAt = min(now, above?.completedAt ?? now)
      asOf = above?.asOf
      refreshInterval = above?.refreshInterval
    }
    completedRun = run
  }
}
