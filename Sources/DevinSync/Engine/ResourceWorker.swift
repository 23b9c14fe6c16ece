import DevinAPI
import DevinModel
import MirrorStore

/// Brings one top-level list up to date: walks it, decides about missing rows, and reads rows again that may have changed
/// unnoticed. Failures become problems on the board; only a database failure is thrown.
struct ResourceWorker: Sendable {
  let resource: Resource
  let source: ListSource
  let run: SyncRun
  /// How far the list has been read: the stored checkpoint, or the one about to be stored.
  private var checkpoint = Checkpoint()

  init(resource: Resource, source: ListSource, run: SyncRun) {
    self.resource = resource
    self.source = source
    self.run = run
  }

  private var list: ListID { ListID(organization: run.organization, resource: resource.name, parent: source.label) }

  /// - Returns: the outcome.
  func work() async throws -> ResourceReport.Outcome {
    var worker = self
    return try await worker.read()
  }

  private mutating func read() async throws -> ResourceReport.Outcome {
    checkpoint = try await run.store.checkpoint(of: list)
    checkpoint.prepare(for: run.principal)
    checkpoint.settle(pending: try await run.store.pending(list)?.version)
    var outcome: ResourceReport.Outcome
    let walk = ListWalk(resource: resource, source: source, list: list, run: run)
    if case .series(let series) = resource.strategy {
      outcome = try await settle(SeriesWalk(series: series, walk: walk).run(from: checkpoint), walk)
    } else {
      let hasDueItems = try await !run.store.dueItems(of: list, run: run.number, now: run.now).isEmpty
      let opening = nextOpening(everything: run.options.full || hasDueItems)
      let began = opening == .resume ? try await beginningToCatchUp() : nil
      outcome = try await read(opening, walk, closesList: began == nil)
      if let began, outcome == .complete, !Task.isCancelled { outcome = try await catchUp(from: began, walk) }
      if outcome == .complete, !Task.isCancelled { outcome = try await readUnsettled(walk) }
    }
    if !Task.isCancelled, let count = try await run.store.quarantined(organization: run.organization)[resource.name] {
      outcome = report(.quarantine(items: count.items, parents: count.parents))
    }
    return outcome
  }

  private func nextOpening(everything: Bool) -> SyncPlan.Opening {
    SyncPlan.opening(
      of: resource, at: checkpoint, everything: everything, reconcileEvery: run.options.reconcileEvery, now: run.now)
  }

  /// When an interrupted walk began whose first pages must be read again, since it may be days old; nil: there is none.
  private func beginningToCatchUp() async throws -> UnixTime? {
    guard resource.findsDeletions, let number = checkpoint.listNumber,
      let began = try await run.store.beginning(of: checkpoint.walk, in: number)
    else { return nil }
    if case .changedSince = resource.strategy { return began }
    return max(run.now - began, began - run.now) > Self.briefly ? began : nil
  }

  /// Reads what changed on the pages that a resumed walk had read before its interruption.
  private mutating func catchUp(from began: UnixTime, _ walk: ListWalk) async throws -> ResourceReport.Outcome {
    var opening = SyncPlan.Opening.begin(since: nil)
    if case .changedSince = resource.strategy {
      checkpoint.date(from: began)
      opening = nextOpening(everything: false)
    }
    return try await read(opening, walk)
  }

  /// A walk that took less than this, including an interruption, needs no second reading.
  private static let briefly = Duration.seconds(3600)

  private mutating func read(
    _ opening: SyncPlan.Opening, _ walk: ListWalk, closesList: Bool = true
  ) async throws -> ResourceReport.Outcome {
    var walk = walk
    walk.closesList = closesList
    if case .begin(let since) = opening {
      checkpoint.open(filter: since.flatMap { time in filterName.map { .since(parameter: $0, time: time) } })
    }
    return try await settle(walk.run(from: checkpoint), walk)
  }

  private mutating func settle(
    _ walked: (end: Walk.End, checkpoint: Checkpoint), _ walk: ListWalk
  ) async throws -> ResourceReport.Outcome {
    checkpoint = walked.checkpoint
    switch walked.end {
    case .complete: return .complete
    case .missing:
      var missing = MissingRows(walk, at: checkpoint)
      let end = try await missing.settle()
      checkpoint = missing.checkpoint
      switch end {
      case .settled: return .complete
      case .brake(let missing, _) where checkpoint.rowsSeen == 0: return report(.emptied(missing))
      case .brake(let missing, let known): return report(.massDeletion(missing: missing, known: known))
      case .ofOthers(let count): return report(.seenWithAnotherKey(count))
      case .undecided(let count): return report(.undecided(count))
      case .failed(let error): return try await fail(error)
      case .unsound(let what): return report(.unsoundWalk(what))
      }
    case .failed(let error): return try await fail(error)
    case .unsound(let what): return report(.unsoundWalk(what))
    case .unusablePage(let why): return report(.unusablePage(why))
    }
  }

  private var filterName: String? {
    if case .changedSince(let filter, _, _) = resource.strategy { filter } else { nil }
  }

  // MARK: - Rows that may have changed unnoticed

  /// The maximum number of such rows that one run reads again; the others are due in the next run.
  private static let unsettledRows = 2000

  /// Requests, by id and in batches, rows that are not final and have not been read recently. If the server ignores the filter
  /// on ids, they are read one by one or, if that needs more requests, by walking the complete list.
  private mutating func readUnsettled(_ walk: ListWalk) async throws -> ResourceReport.Outcome {
    guard case .changedSince(_, _, let ids) = resource.strategy, let number = checkpoint.listNumber else { return .complete }
    let due = try await run.store.unsettledKeys(
      of: resource.table, list: number, now: run.now, limit: Self.unsettledRows)
    guard !due.isEmpty else { return .complete }
    let known = try await run.store.newestKeys(of: resource.table, in: list, limit: 2)
    checkpoint = try await run.store.checkpoint(of: list)
    let lookup = RowLookup(walk: walk)
    do {
      for keys in lookup.batches(of: due) where !Task.isCancelled {
        guard let batch = IDBatch(keys, known: known),
          try await lookup.read(batch, as: ids, checkpoint: checkpoint, memory: .none) != nil
        else { return try await readUnsettledOtherwise(due, walk, number) }
        try await run.store.touch(keys, in: number, now: run.now)
      }
    } catch let error as APIError {
      // The list itself is complete, so this failure must be recorded separately.
      if error.reason != .cancelled { try await run.store.markPending(list, .failed, run: run.number, now: run.now) }
      return try await fail(error)
    }
    return .complete
  }

  private mutating func readUnsettledOtherwise(
    _ due: [String], _ walk: ListWalk, _ number: Int64
  ) async throws -> ResourceReport.Outcome {
    let lookup = RowLookup(walk: walk)
    guard lookup.asksOneByOne(due) else {
      try await run.store.markPending(list, .requested, run: run.number, now: run.now)
      checkpoint.settle(pending: try await run.store.pending(list)?.version)
      return try await read(.begin(since: nil), walk)
    }
    for key in due where !Task.isCancelled {
      // A row that is not found may be deleted, which only a complete walk can show.
      guard try await lookup.readOne(key, checkpoint: checkpoint) else { continue }
      try await run.store.confirm([key], in: number, walk: checkpoint.walk, now: run.now)
    }
    return .complete
  }

  // MARK: - What went wrong

  private func report(_ kind: SyncProblem.Kind, error: APIError? = nil) -> ResourceReport.Outcome {
    run.board.problem(run.problem(kind, of: resource, error: error), of: resource.name)
    return .incomplete
  }

  private mutating func fail(_ error: APIError) async throws -> ResourceReport.Outcome {
    let isKnownToWork = checkpoint.allowedAt != nil && run.standIn != .sameList
    switch Refusal(
      error, of: source, isKnownToWork: isKnownToWork, wasNamed: run.options.names(resource) && run.standIn == .none)
    {
    case .cancelled: return .interrupted
    // The checkpoint and the history of the list belong to the source that can be read.
    case .skip(let outcome, _) where run.standIn == .sameList: return outcome
    case .skip(let outcome, let status):
      let limit = run.refresh.limit(of: resource, from: source, organizations: run.organizations.count)
      checkpoint.refuse(status, limit: limit, now: run.now)
      checkpoint = try await run.store.refuse(
        checkpoint, for: list, wasNeverAllowed: true, next: run.nextLists, run: run.number, now: run.now)
      return outcome
    case .problem(let kind):
      if let status = error.status, status == 403 || status == 404 {
        checkpoint.note(refusal: status)
        checkpoint = try await run.store.refuse(
          checkpoint, for: list, wasNeverAllowed: !isKnownToWork, run: run.number, now: run.now)
      }
      return report(kind, error: error)
    }
  }
}
