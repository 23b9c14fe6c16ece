import DevinAPI
import DevinModel
import MirrorStore

/// Compares the lists of one resource with the mirror: top-level lists completely; of child lists and of spans of time,
/// a sample.
struct VerifyWorker: Sendable {
  let resource: Resource
  let source: ListSource
  let run: SyncRun
  let verification: Verification

  /// After this many refusals, no more child lists are requested.
  private static let refusals = 12

  private var options: VerifyOptions { verification.options }

  /// - Returns: the outcome; differences are in the verification, problems on the board.
  func work() async throws -> ResourceReport.Outcome {
    // A momentary reading never has the same value again.
    guard !resource.table.saidByList.contains("read_at") else { return .complete }
    if let parents = resource.parents { return try await compareBelow(parents) }
    let list = ListID(organization: run.organization, resource: resource.name, parent: source.label)
    let checkpoint = try await run.store.checkpoint(of: list)
    guard checkpoint.completedAt != nil || checkpoint.walk > 0 else {
      verification.update(resource.name) { $0.wasNeverRead = true }
      return .complete
    }
    return try await compare(ListWalk(resource: resource, source: source, list: list, run: run), checkpoint)
  }

  private func compareBelow(_ parents: Parents) async throws -> ResourceReport.Outcome {
    let sample = try await run.store.sampleParents(
      for: resource.name, below: run.parentQuery(parents), organization: run.organization, limit: options.sample,
      includesOwed: options.repair)
    verification.update(resource.name) {
      $0.candidates += sample.candidates
      $0.contradicted += sample.contradicted
      $0.wasNeverRead = $0.candidates == 0
    }
    return try await withThrowingTaskGroup(of: ResourceReport.Outcome.self) { group in
      var waiting = sample.parents[...]
      var reading = 0
      var refusals = 0
      var outcome = ResourceReport.Outcome.complete
      while true {
        while !waiting.isEmpty, !Task.isCancelled {
          let isAdmitted = reading == 0 ? await run.slots.enter() : run.slots.enterAtOnce()
          guard isAdmitted, let parent = waiting.popFirst() else { break }
          reading += 1
          group.addTask {
            defer { run.slots.leave() }
            let list = ListID(organization: run.organization, resource: resource.name, parent: parent.id)
            let walk = ListWalk(resource: resource, source: source, list: list, parent: parent, run: run)
            return try await compare(walk, parent.checkpoint, isCandidate: false)
          }
        }
        guard let next = try await group.next() else { break }
        reading -= 1
        if next != .complete { outcome = next }
        // After a few refusals all lists count as refused; a problem that stops the run is on the board.
        if next == .forbidden || next == .absent { refusals += 1 }
        if refusals >= Self.refusals || next == .interrupted { waiting = [] }
      }
      return outcome
    }
  }

  private func compare(
    _ walk: ListWalk, _ checkpoint: Checkpoint, isCandidate: Bool = true
  ) async throws -> ResourceReport.Outcome {
    guard case .series(let series) = resource.strategy else {
      return try await compareOnce(walk, checkpoint, filter: nil, isCandidate: isCandidate)
    }
    let ledger = try await run.store.intervals(of: walk.list)
    let starts = Set(ledger.map(\.startsAt))
    let read = ledger.map(\.endsAt).max() ?? .epoch
    let spans = SyncPlan.dueSpans(of: series, ledger: ledger, now: read, run: -1, everything: true)
      // A sum that is still growing differs at each reading.
      .filter { starts.contains($0.start) && (!series.isSum || $0.end <= read) }
    verification.update(resource.name) { if isCandidate { $0.candidates += spans.count } }
    for span in options.sample.map({ Array(spans.shuffled().prefix($0)) }) ?? spans where !Task.isCancelled {
      var walk = walk
      walk.span = span
      let outcome = try await compareOnce(walk, checkpoint, filter: span.filter, isCandidate: false)
      if outcome != .complete { return outcome }
    }
    return .complete
  }

  /// Compares one list, or one span of it, and repairs it on request.
  private func compareOnce(
    _ walk: ListWalk, _ checkpoint: Checkpoint, filter: ListFilter?, isCandidate: Bool
  ) async throws -> ResourceReport.Outcome {
    let comparison = ListComparison(repair: options.repair ? checkpoint : nil)
    if let failure = try await pass(walk, filter: filter, comparison, checkpoint) { return failure }
    let findings = comparison.findings
    if case .series = resource.strategy {
    } else {
      let unlisted = try await run.store.unlisted(
        of: resource.table, in: walk.list, parentColumn: resource.parents?.column, listed: findings.listed.map(\.text))
      let absent: [String]
      do {
        absent = try await confirm(unlisted, listed: findings.listed, walk, checkpoint)
      } catch let error as APIError {
        return refuse(error, checkpoint)
      }
      let marked = options.repair ? try await markDeleted(absent, walk, checkpoint, known: findings.listed.count) : false
      if options.repair, marked || absent.isEmpty, findings.malformed == 0 { try await settle(walk, checkpoint) }
      try await add(absent.map { .init(key: $0, kind: .gone) }, of: walk, repaired: marked)
    }
    try await add(findings.differences, of: walk, repaired: options.repair)
    verification.update(resource.name) {
      $0.lists += 1
      if isCandidate { $0.candidates += 1 }
      $0.rows += findings.listed.count
      $0.malformed += findings.malformed
    }
    return .complete
  }

  /// A pending child list has now been read to its end, and the differences were written.
  private func settle(_ walk: ListWalk, _ checkpoint: Checkpoint) async throws {
    guard let version = walk.parent?.pendingVersion else { return }
    var checkpoint = checkpoint
    checkpoint.settle(pending: version)
    checkpoint.close(by: walk.rules, now: run.now)
    _ = try await run.store.saveEnd(checkpoint, for: walk.list, of: resource.table, run: run.number, now: run.now)
  }

  /// Reports a parent that is deleted on the server, unless the parents themselves are compared too.
  private func addAbsentParent(of walk: ListWalk) async throws {
    guard let above = resource.parents?.resource, verification.entry(of: above) == nil else { return }
    try await add([.init(key: walk.list.parent, kind: .gone)], of: walk, repaired: false)
  }

  private func add(_ differences: [PageComparison.Difference], of walk: ListWalk, repaired: Bool) async throws {
    guard !differences.isEmpty else { return }
    var isNotDue = false
    if let newest = verification.newestSync { isNotDue = try await run.store.rests(walk.list, since: newest, now: run.now) }
    let found = differences.map { VerifyReport.Difference($0, in: walk.list, isRepaired: repaired, isNotDue: isNotDue) }
    verification.update(resource.name) { $0.differences += found }
  }

  /// Walks the list once, comparing. Nil: the walk was completed.
  private func pass(
    _ walk: ListWalk, filter: ListFilter?, _ comparison: ListComparison, _ checkpoint: Checkpoint
  ) async throws -> ResourceReport.Outcome? {
    var walk = walk
    walk.comparison = comparison
    var begun = checkpoint
    begun.open(filter: filter)
    switch try await walk.run(from: begun).end {
    case .complete, .missing: return Task.isCancelled ? .interrupted : nil
    // The parent has no child rows, or none any more.
    case .failed(let error) where resource.parents?.absentMeansNone == true && error.reason == .notFound: return nil
    case .failed(let error) where walk.parent != nil && error.reason == .notFound && checkpoint.allowedAt != nil:
      try await addAbsentParent(of: walk)
      return .complete
    case .failed(let error): return refuse(error, checkpoint)
    case .unsound(let what): return report(.unsoundWalk(what))
    case .unusablePage(let why): return report(.unusablePage(why))
    }
  }

  // MARK: - What the server does not list

  /// One walk does not prove absence: requests each row, or walks once more.
  private func confirm(
    _ unlisted: [String], listed: Set<ExactText>, _ walk: ListWalk, _ checkpoint: Checkpoint
  ) async throws -> [String] {
    guard !unlisted.isEmpty else { return [] }
    let lookup = RowLookup(walk: walk)
    if lookup.asksOneByOne(unlisted), let existing = try await lookup.existing(unlisted, known: listed.first?.text) {
      return unlisted.filter { !existing.contains($0) }
    }
    let again = ListComparison()
    guard try await pass(walk, filter: nil, again, checkpoint) == nil else { return [] }
    let listed = again.findings.listed
    return unlisted.filter { !listed.contains($0) }
  }

  /// - Returns: whether they were marked; `DeletionLimit` may prevent it.
  private func markDeleted(
    _ absent: [String], _ walk: ListWalk, _ checkpoint: Checkpoint, known: Int
  ) async throws -> Bool {
    guard !absent.isEmpty, let number = checkpoint.listNumber else { return false }
    guard known > 0 || run.brake.admitsEmptyList(of: resource, held: absent.count) else {
      _ = report(.emptied(absent.count))
      return false
    }
    guard run.brake.admits(absent.count, of: known + absent.count, in: resource.name, organization: run.organization) else {
      _ = report(.massDeletion(missing: absent.count, known: known + absent.count))
      return false
    }
    let marked = try await run.store.markDeleted(
      absent, of: resource.table, in: walk.list, number: number, scope: walk.scope, run: run.number, now: run.now)
    run.board.deleted(marked, of: resource.name)
    return true
  }

  // MARK: - What went wrong

  private func refuse(_ error: APIError, _ checkpoint: Checkpoint) -> ResourceReport.Outcome {
    switch Refusal(
      error, of: source, isKnownToWork: checkpoint.allowedAt != nil && run.standIn != .sameList,
      wasNamed: run.options.names(resource) && run.standIn == .none)
    {
    case .cancelled: .interrupted
    case .skip(let outcome, _): outcome
    case .problem(let kind): report(kind, error: error)
    }
  }

  private func report(_ kind: SyncProblem.Kind, error: APIError? = nil) -> ResourceReport.Outcome {
    run.board.problem(run.problem(kind, of: resource, error: error), of: resource.name)
    return .incomplete
  }
}

extension VerifyReport.Difference {
  init(_ difference: PageComparison.Difference, in list: ListID, isRepaired: Bool, isNotDue: Bool) {
    organization = list.organization
    parent = list.parent
    key = difference.key
    kind =
      switch difference.kind {
      case .missing: .missing
      case .changed: .changed
      case .markedDeleted: .markedDeleted
      case .gone: .gone
      }
    members = difference.members
    self.isRepaired = isRepaired
    self.isNotDue = isNotDue
  }
}
