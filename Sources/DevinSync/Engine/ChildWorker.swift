import DevinAPI
import MirrorStore

/// Reads the lists below the rows of another resource, where those rows changed: several at once, newest parents first.
/// A parent whose list cannot be read is set aside in quarantine, and its siblings carry on.
struct ChildWorker: Sendable {
  let resource: Resource
  let source: Source
  let parents: Parents
  let run: SyncRun

  /// Parents taken from the plan at once: bounds memory, not the work.
  private static let batch = 2000
  /// Refusals without a single success that speak for the whole resource.
  private static let refusals = 5
  /// Problems reported one by one; the quarantine's count stands for the others.
  private static let examples = 3

  /// What became of one parent's list.
  private enum Step: Sendable {
    case read
    case setAside(Problem)
    /// 403 or 404: the parent's fault, the key's or the deployment's, which its siblings tell.
    case refused(ListID, APIError)
    /// Asking for any other list makes no sense.
    case stop(APIError)
  }

  /// What became of many.
  private struct Tally {
    /// Whether such a list was ever read, in this run or before.
    let wasKnownToWork: Bool
    var read = 0
    var reported = 0
    var refused: [(list: ListID, error: APIError)] = []
    var stop: APIError?

    var isOver: Bool { stop != nil || speaksForAll(atLeast: ChildWorker.refusals) }

    /// Whether so many refusals, without a single success, mean that the resource itself cannot be read. A 404 of a list
    /// that is known to work means one parent that is gone.
    func speaksForAll(atLeast count: Int) -> Bool {
      read == 0 && refused.count { $0.error.status == 403 || !wasKnownToWork } >= count
    }
  }

  /// - Returns: what became of it; problems are on the board.
  func work() async throws -> ResourceReport.Outcome {
    let list = ListID(organization: run.organization, resource: resource.name)
    var checkpoint = try await run.store.checkpoint(of: list)
    var tally = Tally(wasKnownToWork: checkpoint.allowedAt != nil)
    while !Task.isCancelled, !tally.isOver {
      let stale = try await run.store.staleParents(
        for: resource.name, below: run.parentQuery(parents), organization: run.organization, run: run.number,
        now: run.now, everything: run.options.full, limit: Self.batch)
      guard !stale.isEmpty else { break }
      run.board.parents(of: resource.name, found: stale.count)
      try await read(stale, &tally)
      guard !tally.speaksForAll(atLeast: 1) else { break }
      for refusal in tally.refused {
        try await run.store.quarantine(refusal.list, reason: refusal.error.message, run: run.number, now: run.now)
      }
      tally.refused = []
    }
    var outcome: ResourceReport.Outcome = Task.isCancelled ? .interrupted : tally.reported > 0 ? .incomplete : .complete
    if let error = tally.stop, error.reason != .cancelled {
      outcome = report(error.reason == .unauthorized ? .keyRefused : .requestFailed, error)
    }
    if tally.read > 0 { checkpoint.allowedAt = run.now }
    checkpoint.refusedStatus = tally.refused.last?.error.status
    if let refusal = tally.refused.last { outcome = refuse(refusal.error, isKnownToWork: checkpoint.allowedAt != nil) }
    try await run.store.releaseOrphans(
      of: resource.name, below: run.parentQuery(parents), organization: run.organization)
    if !Task.isCancelled, let count = try await run.store.quarantined(organization: run.organization)[resource.name] {
      outcome = report(.quarantine(items: count.items, parents: count.parents))
    }
    if outcome == .complete { checkpoint.completedAt = run.now }
    checkpoint.unread = try await run.store.staleCount(
      for: resource.name, below: run.parentQuery(parents), organization: run.organization, run: run.number, now: run.now)
    _ = try await run.store.save(checkpoint, for: list)
    return outcome
  }

  private func read(_ parents: [MirrorStore.StaleParent], _ tally: inout Tally) async throws {
    try await withThrowingTaskGroup(of: Step.self) { group in
      var waiting = parents[...]
      // A worker that waits for the writer has no request in flight, so there are more workers than requests.
      for parent in waiting.prefix(run.options.concurrency * 2) { group.addTask { try await self.read(parent) } }
      waiting = waiting.dropFirst(run.options.concurrency * 2)
      while let step = try await group.next() {
        switch step {
        case .read:
          tally.read += 1
          run.board.parents(of: resource.name, done: 1)
        case .setAside(let problem):
          tally.reported += 1
          if tally.reported <= Self.examples { report(problem) }
        case .refused(let list, let error): tally.refused.append((list, error))
        case .stop(let error): tally.stop = tally.stop ?? error
        }
        if !tally.isOver, !Task.isCancelled, let parent = waiting.popFirst() {
          group.addTask { try await self.read(parent) }
        }
      }
    }
  }

  private func read(_ parent: MirrorStore.StaleParent) async throws -> Step {
    let list = ListID(organization: run.organization, resource: resource.name, parent: parent.id)
    let walk = ListWalk(resource: resource, source: source, list: list, parent: parent, run: run)
    var checkpoint = parent.checkpoint
    checkpoint.belong(to: run.principal)
    if case .series(let series) = resource.strategy {
      return try await step(after: SeriesWalk(series: series, walk: walk).run(from: checkpoint), of: walk)
    }
    if !checkpoint.isOpen {
      if resource.strategy == .append, checkpoint.walk > 0, !run.options.full, !parent.hasDueItems {
        checkpoint.isOpen = true
        checkpoint.openedAt = nil
      } else {
        checkpoint.open(filter: nil)
      }
    }
    return try await step(after: walk.run(from: checkpoint), of: walk)
  }

  private func step(after end: ListWalk.End, of walk: ListWalk) async throws -> Step {
    let list = walk.list
    switch end {
    case .complete: return .read
    case .missing(var stored):
      switch try await MissingRows(walk: walk).settle(&stored) {
      case .settled: return .read
      case .ofOthers(let count): return try await setAside(list, .seenWithAnotherKey(count))
      case .brake(let missing, let known): return try await setAside(list, .massDeletion(missing: missing, known: known))
      case .failed(let error): return try await setAside(list, error)
      case .unsound(let what): return try await setAside(list, .unsoundWalk(what))
      }
    case .failed(let error, var stored) where parents.absentMeansNone && error.reason == .notFound:
      stored.openedAt = run.now
      walk.close(&stored, now: run.now)
      _ = try await run.store.saveEnd(stored, for: list)
      return .read
    case .failed(let error, _): return try await setAside(list, error)
    case .unsound(let what, _): return try await setAside(list, .unsoundWalk(what))
    case .unusablePage(let why, _): return try await setAside(list, .unusablePage(why))
    }
  }

  private func setAside(_ list: ListID, _ error: APIError) async throws -> Step {
    switch error.reason {
    case .cancelled, .unauthorized, .unavailable: .stop(error)
    case .forbidden, .notFound: .refused(list, error)
    default: try await setAside(list, .requestFailed, error)
    }
  }

  private func setAside(_ list: ListID, _ kind: Problem.Kind, _ error: APIError? = nil) async throws -> Step {
    let problem = run.problem(kind, of: resource, error: error)
    try await run.store.quarantine(list, reason: problem.message, run: run.number, now: run.now)
    return .setAside(problem)
  }

  private func refuse(_ error: APIError, isKnownToWork: Bool) -> ResourceReport.Outcome {
    switch Refusal(error, of: source, isKnownToWork: isKnownToWork, wasNamed: run.options.names(resource)) {
    case .skip(let outcome, _): outcome
    case .problem(let kind): report(kind, error)
    case .cancelled: .interrupted
    }
  }

  private func report(_ kind: Problem.Kind, _ error: APIError? = nil) -> ResourceReport.Outcome {
    report(run.problem(kind, of: resource, error: error))
    return .incomplete
  }

  private func report(_ problem: Problem) { run.board.problem(problem, of: resource.name) }
}
