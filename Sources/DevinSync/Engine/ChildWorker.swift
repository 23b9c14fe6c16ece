import DevinAPI
import DevinModel
import MirrorStore

/// Reads the lists below the rows of another resource, where those rows changed: several at once, in the order of the parents' ids. Of
/// those that are due once the list of parents has been read, the newest come first.
/// A parent whose list cannot be read goes to quarantine, and its siblings carry on. Which lists that are is in the ledger.
struct ChildWorker: Sendable {
  let resource: Resource
  let source: ListSource
  let parents: Parents
  let run: SyncRun

  private var query: ParentQuery { run.parentQuery(parents) }

  /// Parents taken from the ledger at once: this limits memory, not work.
  private var batch: Int { run.organizations.count > 12 ? 400 : 4_000 }
  /// After this many refusals without a success, the whole resource counts as refused. If it was never allowed, only so many are tried.
  private static let refusals = 5
  /// Problems reported individually; the others are only counted, as quarantined.
  private static let examples = 3

  /// The result for one parent's list.
  private enum Step: Sendable {
    case read
    case quarantined(SyncProblem)
    /// 403 or 404: the cause is this parent, the key or the deployment; the results of its siblings show which.
    case refused(ListID, APIError)
    /// Requests for other lists cannot succeed either.
    case stop(APIError)
  }

  /// The results for many lists.
  private struct Tally {
    /// Whether such a list was ever read, in this run or an earlier one.
    let wasKnownToWork: Bool
    var read = 0
    var reported = 0
    var refused: [(list: ListID, error: APIError)] = []
    var stop: APIError?

    var isOver: Bool { stop != nil || speaksForAll(atLeast: ChildWorker.refusals) }
    /// How many lists may be read at once: few, until one of them shows that the resource can be read at all.
    var mostAtOnce: Int { wasKnownToWork || read > 0 ? .max : 2 * ChildWorker.refusals }

    /// Whether this many refusals, without a single success, mean that the whole resource cannot be read. If such lists are
    /// known to work, a 404 means only that this parent was deleted.
    func speaksForAll(atLeast count: Int) -> Bool {
      read == 0 && refused.count { $0.error.status == 403 || !wasKnownToWork } >= count
    }
  }

  /// - Returns: the outcome; problems are on the board.
  func work() async throws -> ResourceReport.Outcome {
    let list = ListID(organization: run.organization, resource: resource.name)
    var checkpoint = try await run.store.checkpoint(of: list)
    var pending = try await run.store.pending(list)
    let wasNeverAllowed = checkpoint.refusedStatus != nil && checkpoint.allowedAt == nil
    var tally = Tally(wasKnownToWork: checkpoint.allowedAt != nil)
    if let feed = run.feed {
      let comesAfterwards = wasNeverAllowed || needsComparing(pending?.reason)
      try await readAlong(feed, reads: !comesAfterwards, &tally)
      // Lists that became pending while the list of parents was read are compared below, and are no longer pending afterwards.
      pending = try await run.store.pending(list)
    }
    if wasNeverAllowed || needsComparing(pending?.reason) {
      try await run.store.markPendingBelow(
        query, of: list, everything: run.options.full, limit: wasNeverAllowed ? Self.refusals : nil, run: run.number, now: run.now
      )
    }
    try await run.store.releaseOrphans(of: resource.name, below: query, organization: run.organization)
    try await run.store.scheduleRetries(of: resource.name, organization: run.organization, run: run.number, now: run.now)
    try await run.store.quarantineUnusable(query, of: list, run: run.number, now: run.now)
    var isProbe = wasNeverAllowed
    var tried: Set<ExactText> = []
    var order = MirrorStore.DueOrder.newestFirst
    while !Task.isCancelled, !tally.isOver {
      let waiting = try await run.store.dueParents(
        for: resource.name, below: query, organization: run.organization, run: run.number, now: run.now, limit: batch,
        order: order)
      if !isProbe { order = .byID }
      let due = waiting.filter { parent in !tally.refused.contains { $0.list.parent == parent.id } }
      let batch = Set(texts: due.map(\.id))
      // A list that was read leaves the ledger, and one that failed waits for a retry. If the ledger holds only lists that were just tried,
      // they stay pending for the next run; otherwise this loop would never end.
      guard !batch.isSubset(of: tried) else { break }
      tried = batch
      run.board.parents(of: resource.name, found: due.count)
      try await read(due, &tally)
      if isProbe, tally.read > 0 {
        isProbe = false
        try await run.store.markPendingBelow(query, of: list, everything: false, run: run.number, now: run.now)
      }
      guard !tally.speaksForAll(atLeast: 1) else { break }
      try await quarantineRefused(&tally)
    }
    var outcome: ResourceReport.Outcome = Task.isCancelled ? .interrupted : tally.reported > 0 ? .incomplete : .complete
    if let error = tally.stop, error.reason != .cancelled {
      outcome = report(error.reason == .unauthorized ? .keyRefused : .requestFailed, error)
    }
    if tally.read > 0 { checkpoint.allow(at: run.now) }
    checkpoint.note(refusal: tally.refused.last?.error.status ?? (isProbe ? checkpoint.refusedStatus : nil))
    if let refusal = tally.refused.last { outcome = refuse(refusal.error, isKnownToWork: checkpoint.allowedAt != nil) }
    if !Task.isCancelled, let count = try await run.store.quarantined(organization: run.organization)[resource.name] {
      outcome = report(.quarantine(items: count.items, parents: count.parents))
    }
    if !tally.refused.isEmpty {
      _ = try await run.store.refuse(
        checkpoint, for: list, wasNeverAllowed: checkpoint.allowedAt == nil, run: run.number, now: run.now)
    } else if !Task.isCancelled, tally.stop == nil {
      try await close(checkpoint, list, version: pending?.version, isComplete: outcome == .complete)
    } else {
      _ = try await run.store.save(checkpoint, for: list)
    }
    return outcome
  }

  /// Reads the lists of new and changed parents while the list of parents is still being read; returns when that list has been
  /// read. Other pending lists, and those that only a complete list of parents reveals, are read afterwards.
  private func readAlong(_ feed: ParentFeed, reads: Bool, _ tally: inout Tally) async throws {
    var tried: [ExactText: Int64?] = [:]
    while let pages = feed.pages, !Task.isCancelled {
      if reads, pages > 0, !tally.isOver {
        let waiting = try await run.store.dueParents(
          for: resource.name, below: query, organization: run.organization, run: run.number, now: run.now, limit: batch,
          order: .byID, changedNow: true)
        let due = waiting.filter { tried[ExactText($0.id)] != .some($0.pendingVersion) }
        if !due.isEmpty {
          // Lists that were read have left the ledger, so what it still holds was tried without success.
          tried = Dictionary(waiting.map { (ExactText($0.id), $0.pendingVersion) }) { $1 }
          run.board.parents(of: resource.name, found: due.count)
          try await read(due, &tally)
          if tally.stop == nil, !tally.speaksForAll(atLeast: 1) { try await quarantineRefused(&tally) }
          continue
        }
      }
      await feed.next(after: pages)
    }
  }

  /// Refusals that apply to single parents.
  private func quarantineRefused(_ tally: inout Tally) async throws {
    for refusal in tally.refused {
      try await run.store.quarantine(refusal.list, reason: refusal.error.message, run: run.number, now: run.now)
    }
    tally.refused = []
  }

  /// Whether the ledger alone is not sufficient to know which child lists are pending.
  private func needsComparing(_ reason: PendingReason?) -> Bool {
    run.options.full || !query.isOneTable || reason == .upgrade || reason == .reset
  }

  /// Every list that was due has been tried; those that failed have their own entries in the ledger.
  private func close(_ checkpoint: Checkpoint, _ list: ListID, version: Int64?, isComplete: Bool) async throws {
    var checkpoint = checkpoint
    checkpoint.settle(pending: version)
    let above = try await run.store.parentCheckpoint(of: parents.resource, organization: run.organization)
    if above == nil, try await isListAboveUnknown() {
      _ = try await run.store.save(checkpoint, for: list)
      return
    }
    checkpoint.close(below: above, isComplete: isComplete, run: run.number, now: run.now)
    _ = try await run.store.saveEnd(checkpoint, for: list, of: resource.table, run: run.number, now: run.now)
  }

  /// Whether the list of parents, which was never read to its end, may still be read. Then the set of child lists is unknown. If this key
  /// may not read it, or the deployment lacks it, there are no lists to wait for.
  private func isListAboveUnknown() async throws -> Bool {
    guard let resource = Catalogue.resource(named: parents.resource) else { return true }
    let lanes = SyncPlan.lanes(
      of: resource, access: run.access, organizations: [run.organization].filter { !$0.isEmpty },
      areNamed: run.options.organizationsAreNamed)
    for lane in lanes.joined() {
      let above = SyncPlan.list(of: resource, in: lane)
      if try await run.store.pending(above) != nil { return true }
      if try await run.store.checkpoint(of: above).refusedStatus == nil { return true }
    }
    return false
  }

  /// How many of the newest parents come before all others.
  private static let newest = 1_000

  /// The newest parents, then the others, each in the order of their ids (`DueOrder.byID`).
  private static func ordered(_ parents: [MirrorStore.DueParent]) -> [MirrorStore.DueParent] {
    [parents.prefix(newest), parents.dropFirst(newest)].flatMap { $0.sorted { $0.id < $1.id } }
  }

  private func read(_ parents: [MirrorStore.DueParent], _ tally: inout Tally) async throws {
    try await withThrowingTaskGroup(of: Step.self) { group in
      var waiting = Self.ordered(parents)[...]
      var reading = 0
      while true {
        // A worker without a list waits in line for a slot; one that is already reading tries again whenever a list is done.
        while !tally.isOver, !Task.isCancelled, !waiting.isEmpty, reading < tally.mostAtOnce {
          let isAdmitted = reading == 0 ? await run.slots.enter() : run.slots.enterAtOnce()
          guard isAdmitted, let parent = waiting.popFirst() else { break }
          reading += 1
          group.addTask {
            defer { run.slots.leave() }
            return try await self.read(parent)
          }
        }
        guard let step = try await group.next() else { break }
        reading -= 1
        switch step {
        case .read:
          tally.read += 1
          run.board.parents(of: resource.name, done: 1)
        case .quarantined(let problem):
          tally.reported += 1
          if tally.reported <= Self.examples { report(problem) }
        case .refused(let list, let error): tally.refused.append((list, error))
        // If another failure caused the cancellation, report that failure instead.
        case .stop(let error): if tally.stop == nil || tally.stop?.reason == .cancelled { tally.stop = error }
        }
      }
    }
  }

  private func read(_ parent: MirrorStore.DueParent) async throws -> Step {
    let list = ListID(organization: run.organization, resource: resource.name, parent: parent.id)
    let walk = ListWalk(resource: resource, source: source, list: list, parent: parent, run: run)
    var checkpoint = parent.checkpoint
    checkpoint.prepare(for: run.principal)
    // Rows read before the interruption may have changed since, so the list stays pending.
    let isResumed = checkpoint.isOpen && resource.strategy != .append && !resource.strategy.isSeries
    if !isResumed { checkpoint.settle(pending: parent.pendingVersion) }
    if case .series(let series) = resource.strategy {
      return try await step(after: SeriesWalk(series: series, walk: walk).run(from: checkpoint), of: walk)
    }
    if !checkpoint.isOpen {
      if resource.strategy == .append, checkpoint.walk > 0, !run.options.full, !parent.hasDueItems {
        checkpoint.reopen()
      } else {
        checkpoint.open(filter: nil)
      }
    }
    return try await step(after: walk.run(from: checkpoint), of: walk)
  }

  private func step(after walked: (end: Walk.End, checkpoint: Checkpoint), of walk: ListWalk) async throws -> Step {
    let list = walk.list
    switch walked.end {
    case .complete: return .read
    case .missing:
      var missing = MissingRows(walk, at: walked.checkpoint)
      switch try await missing.settle() {
      case .settled: return .read
      case .ofOthers(let count): return try await quarantine(list, .seenWithAnotherKey(count))
      case .undecided(let count): return try await quarantine(list, .undecided(count))
      case .brake(let missing, let known): return try await quarantine(list, .massDeletion(missing: missing, known: known))
      case .failed(let error): return try await quarantine(list, error)
      case .unsound(let what): return try await quarantine(list, .unsoundWalk(what))
      }
    case .failed(let error) where parents.absentMeansNone && error.reason == .notFound:
      var checkpoint = walked.checkpoint
      checkpoint.closeAsEmpty(by: walk.rules, now: run.now)
      _ = try await run.store.saveEnd(checkpoint, for: list, of: resource.table, run: run.number, now: run.now)
      return .read
    case .failed(let error): return try await quarantine(list, error)
    case .unsound(let what): return try await quarantine(list, .unsoundWalk(what))
    case .unusablePage(let why): return try await quarantine(list, .unusablePage(why))
    }
  }

  private func quarantine(_ list: ListID, _ error: APIError) async throws -> Step {
    switch error.reason {
    case .cancelled, .unauthorized, .unavailable, .rateLimited: .stop(error)
    case .forbidden, .notFound: .refused(list, error)
    default: try await quarantine(list, .requestFailed, error)
    }
  }

  private func quarantine(_ list: ListID, _ kind: SyncProblem.Kind, _ error: APIError? = nil) async throws -> Step {
    let problem = run.problem(kind, of: resource, error: error)
    try await run.store.quarantine(list, reason: problem.message, run: run.number, now: run.now)
    return .quarantined(problem)
  }

  private func refuse(_ error: APIError, isKnownToWork: Bool) -> ResourceReport.Outcome {
    switch Refusal(error, of: source, isKnownToWork: isKnownToWork, wasNamed: run.options.names(resource)) {
    case .skip(let outcome, _): outcome
    case .problem(let kind): report(kind, error)
    case .cancelled: .interrupted
    }
  }

  private func report(_ kind: SyncProblem.Kind, _ error: APIError? = nil) -> ResourceReport.Outcome {
    report(run.problem(kind, of: resource, error: error))
    return .incomplete
  }

  private func report(_ problem: SyncProblem) { run.board.problem(problem, of: resource.name) }
}
