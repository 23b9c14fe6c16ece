import DevinAPI
import DevinModel
import MirrorStore

/// Settles what a complete walk did not list. One walk is no proof of absence: a deletion on an earlier page shifts rows
/// across the boundary. So each missing row is asked for again, in a way that is seen to find rows that exist, and only what is
/// missing twice is marked as deleted.
struct MissingRows: Sendable {
  let walk: ListWalk
  /// Of the walk that missed them; afterwards, as stored.
  private(set) var checkpoint: Checkpoint

  init(_ walk: ListWalk, at checkpoint: Checkpoint) {
    self.walk = walk
    self.checkpoint = checkpoint
  }

  private var lookup: RowLookup { RowLookup(walk: walk) }
  private var run: SyncRun { walk.run }
  private var resource: Resource { walk.resource }

  enum End: Sendable {
    /// The checkpoint is closed.
    case settled
    /// Too large a share of the resource, or a whole list: nothing was marked.
    case brake(missing: Int, known: Int)
    /// The rest is settled; of these rows only another principal has had sight.
    case ofOthers(Int)
    /// The rest is settled; these rows the enterprise's list held, and could not be asked about.
    case undecided(Int)
    case failed(APIError)
    case unsound(String)
  }

  mutating func settle() async throws -> End {
    guard let number = checkpoint.listNumber else { return .settled }
    let missing = try await run.store.missing(at: checkpoint, of: resource.table, in: walk.list)
    let trusts = run.brake.trustsAnyKey
    let keys = trusts ? missing.keys + missing.ofOthers : missing.keys
    let ofOthers = trusts ? 0 : missing.ofOthers.count
    let listed = try await run.store.listed(of: walk.list)
    let first = checkpoint.walk
    do {
      // Of a row that only the enterprise's list had seen, it is asked.
      let enterprise = try await EnterpriseCheck(besides: walk, number: number, since: first)
      let finding = try await enterprise?.ask(about: missing.ofOtherLevel) ?? .none
      var undecided = finding.unasked + finding.unproven
      let held = keys.count + ofOthers + finding.absent.count
      let isBelievable = checkpoint.rowsSeen > 0 || run.brake.admitsEmptyList(of: resource, held: held)
      let count = keys.count + finding.absent.count
      let known = listed + finding.absent.count
      guard isBelievable, run.brake.admits(count, of: known, in: resource.name, organization: run.organization) else {
        checkpoint.isOpen = false
        checkpoint.heldBack = held + undecided.count
        checkpoint = try await run.store.save(checkpoint, for: walk.list)
        return .brake(missing: count, known: known)
      }
      guard let absent = try await confirmAbsent(keys) else {
        return .unsound("a second walk, to confirm what the first did not list, did not come to its end")
      }
      // A row that both had seen is for the organization's list to decide where this key may not ask the enterprise.
      let shared = try await enterprise?.ask(aboutHeldOf: absent) ?? .none
      undecided += shared.unproven
      var deleted = try await run.store.markDeleted(
        absent, of: resource.table, in: walk.list, number: number, scope: walk.scope, run: run.number, now: run.now)
      if let enterprise {
        let agreed = finding.absent + shared.absent + shared.unasked
        deleted += try await enterprise.markDeleted(trusts ? agreed + undecided : agreed)
      }
      if trusts { undecided = [] }
      CrashPoint.reached(.swept)
      run.board.deleted(deleted, of: resource.name)
      if enterprise == nil {
        try await run.store.oweHolders(of: missing.ofOtherLevel, like: walk.list, run: run.number, now: run.now)
      }
      checkpoint.hasNews = checkpoint.hasNews || deleted > 0 || ofOthers > 0 || !undecided.isEmpty
      walk.rules.close(&checkpoint, now: run.now)
      checkpoint.heldBack = ofOthers + undecided.count
      checkpoint = try await run.store.saveEnd(
        checkpoint, for: walk.list, of: resource.table, run: run.number, now: run.now, expansion: walk.expansion)
      return ofOthers > 0 ? .ofOthers(ofOthers) : !undecided.isEmpty ? .undecided(undecided.count) : .settled
    } catch let error as APIError {
      return .failed(error)
    }
  }

  /// - Returns: those of the keys that the server does not have; nil when that could not be found out.
  private mutating func confirmAbsent(_ keys: [String]) async throws -> [String]? {
    if keys.isEmpty { return [] }
    guard let number = checkpoint.listNumber else { return nil }
    // Rows that this very walk has listed, the last ones first.
    let known = try await run.store.lastSeen(in: number, since: checkpoint.walk, limit: 2)
    if case .changedSince(_, _, let ids) = resource.strategy,
      let absent = try await lookup.absent(keys, known: known, as: ids, checkpoint)
    {
      return absent
    }
    if lookup.asksOneByOne(keys), let absent = try await askOneByOne(keys, known.first, number) { return absent }
    return try await askAgain(keys)
  }

  /// Nil: the path of single rows finds none, so that its 404 proves nothing.
  private func askOneByOne(_ keys: [String], _ known: String?, _ number: Int64) async throws -> [String]? {
    guard let alive = try await lookup.existing(keys, known: known) else { return nil }
    try await run.store.confirm(alive.map(\.text), in: number, walk: checkpoint.walk, now: run.now)
    return keys.filter { !alive.contains($0) }
  }

  /// By walking the whole list once more. Nil: that walk did not come to its end.
  private mutating func askAgain(_ keys: [String]) async throws -> [String]? {
    let first = checkpoint.walk
    checkpoint.open(filter: nil)
    let end: Walk.End
    (end, checkpoint) = try await walk.run(from: checkpoint)
    switch end {
    case .complete, .missing: break
    case .failed(let error): throw error
    case .unsound, .unusablePage: return nil
    }
    guard let number = checkpoint.listNumber else { return nil }
    return try await run.store.missing(keys, from: number, walk: first)
  }
}
