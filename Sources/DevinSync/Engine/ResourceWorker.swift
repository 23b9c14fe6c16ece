import DevinAPI
import MirrorStore

/// Brings one resource up to date that stands below no other: walks its list, settles what is missing, reads again what
/// may have changed unseen. Its troubles become problems on the board; only a failing database throws.
struct ResourceWorker: Sendable {
  let resource: Resource
  let run: SyncRun

  private var list: ListID { ListID(organization: run.organization, resource: resource.name) }
  private var walk: ListWalk { ListWalk(resource: resource, list: list, run: run) }

  func work() async throws {
    var checkpoint = try await run.store.checkpoint(of: list)
    let opening = SyncPlan.opening(of: resource, at: checkpoint, options: run.options, now: run.now)
    try await read(opening, from: &checkpoint)
    // A walk that was resumed may be days old: what happened since is one more request away.
    if opening == .resume, case .changedSince = resource.strategy, checkpoint.watermark != nil, isWholeSoFar {
      try await read(SyncPlan.opening(of: resource, at: checkpoint, options: SyncOptions(), now: run.now), from: &checkpoint)
    }
    if isWholeSoFar { try await readUnsettled(checkpoint) }
    try await reportQuarantine()
    run.board.finished(resource.name)
  }

  private var isWholeSoFar: Bool { run.board.report(of: resource.name).outcome == .complete && !Task.isCancelled }

  private func read(_ opening: SyncPlan.Opening, from checkpoint: inout Checkpoint) async throws {
    if case .begin(let since) = opening {
      checkpoint.open(filter: since.flatMap { bound in filterName.map { "\($0)=\(bound)" } })
    }
    switch try await walk.run(from: checkpoint) {
    case .complete(let stored): checkpoint = stored
    case .missing(let stored):
      checkpoint = stored
      switch try await MissingRows(walk: walk).settle(&checkpoint) {
      case .settled: break
      case .brake(let missing, let known): report(.massDeletion(missing: missing, known: known))
      case .failed(let error): try await fail(error, &checkpoint)
      case .unsound(let what): report(.unsoundWalk(what))
      }
    case .failed(let error, let stored):
      checkpoint = stored
      try await fail(error, &checkpoint)
    case .unsound(let what, let stored):
      checkpoint = stored
      report(.unsoundWalk(what))
    case .unusablePage(let why, let stored):
      checkpoint = stored
      report(.unusablePage(why))
    }
  }

  private var filterName: String? {
    if case .changedSince(let filter, _, _) = resource.strategy { filter } else { nil }
  }

  // MARK: - Rows that may have changed without showing it

  /// Read again in one run; the others are due in the next.
  private static let unsettledRows = 2000

  /// Asks by id, in lots, for rows that are not settled and have not been read for a while.
  private func readUnsettled(_ checkpoint: Checkpoint) async throws {
    guard case .changedSince(_, _, let ids) = resource.strategy, let number = checkpoint.listNumber else { return }
    let due = try await run.store.unsettledKeys(
      of: resource.table, organization: run.organization, list: number, now: run.now, limit: Self.unsettledRows)
    for lot in walk.lots(of: due) where !Task.isCancelled {
      let stored = try await run.store.checkpoint(of: list)
      do {
        _ = try await walk.readLot(lot, as: ids, checkpoint: stored, memory: .none)
        try await run.store.touch(lot, in: number, now: run.now)
      } catch let error as APIError {
        var checkpoint = stored
        return try await fail(error, &checkpoint)
      }
    }
  }

  // MARK: - What went wrong

  private func report(_ kind: Problem.Kind, error: APIError? = nil) {
    run.board.problem(Problem(kind, resource: resource.name, error: error), of: resource.name)
  }

  private func fail(_ error: APIError, _ checkpoint: inout Checkpoint) async throws {
    let wasNamed = run.options.resources.contains(resource.name)
    switch Refusal(error, of: resource, isKnownToWork: checkpoint.allowedAt != nil, wasNamed: wasNamed) {
    case .cancelled: run.board.settle(resource.name, as: .interrupted)
    case .skip(let outcome, let status):
      checkpoint.refusedStatus = status
      checkpoint.isOpen = false
      checkpoint = try await run.store.save(checkpoint, for: list)
      run.board.settle(resource.name, as: outcome)
    case .problem(let kind):
      if let status = error.status, status == 403 || status == 404 {
        checkpoint.refusedStatus = status
        checkpoint = try await run.store.save(checkpoint, for: list)
      }
      report(kind, error: error)
    }
  }

  private func reportQuarantine() async throws {
    guard !Task.isCancelled else { return }
    if let count = try await run.store.quarantined(organization: run.organization)[resource.name] {
      report(.quarantine(items: count.items, parents: count.parents))
    }
  }
}

/// What a failed request means for the resource it was for.
enum Refusal {
  case cancelled
  /// Never seen working: named in the report, no failure.
  case skip(ResourceReport.Outcome, status: Int)
  case problem(Problem.Kind)

  init(_ error: APIError, of resource: Resource, isKnownToWork: Bool, wasNamed: Bool) {
    self =
      switch error.reason {
      case .cancelled: .cancelled
      case .unauthorized: .problem(.keyRefused)
      case .forbidden where isKnownToWork: .problem(.permissionLost(resource.permission))
      case .forbidden where wasNamed: .problem(.forbidden(resource.permission))
      case .forbidden: .skip(.forbidden, status: 403)
      case .notFound where isKnownToWork || wasNamed: .problem(.absent)
      case .notFound: .skip(.absent, status: 404)
      default: .problem(.requestFailed)
      }
  }
}
