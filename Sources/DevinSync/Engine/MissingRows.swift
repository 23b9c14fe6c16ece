import DevinAPI
import DevinModel
import MirrorStore

/// Decides about the rows that a complete walk did not list. One walk does not prove absence: a deletion on an earlier page shifts
/// rows across the page boundary. So each missing row is requested again, in a way that is proven to find existing rows. Only rows that
/// are missing twice are marked as deleted.
struct MissingRows: Sendable {
  let walk: ListWalk
  /// The checkpoint of the walk that missed the rows; afterwards, the checkpoint as stored.
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
    /// Too large a share of the resource, or a complete list, is missing: nothing was marked.
    case brake(missing: Int, known: Int)
    /// The other rows are settled; these rows were only seen by another principal.
    case ofOthers(Int)
    /// The other rows are settled; these rows were in the enterprise's list, and the enterprise could not be asked about them.
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
      // If only the enterprise's list had held a row, ask the enterprise.
      let enterprise = try await EnterpriseCheck(besides: walk, number: number, since: first)
      let finding = try await enterprise?.ask(about: missing.ofOtherLevel) ?? .none
      var undecided = finding.unasked + finding.unproven
      let held = keys.count + ofOthers + finding.absent.count
      let isBelievable = checkpoint.rowsSeen > 0 || run.brake.admitsEmptyList(of: resource, held: held)
      let count = keys.count + finding.absent.count
      let known = listed + finding.absent.count
      guard isBelievable, run.brake.admits(count, of: known, in: resource.name, organization: run.organization) else {
        checkpoint.holdBack(held + undecided.count)
        checkpoint = try await run.store.save(checkpoint, for: walk.list)
        return .brake(missing: count, known: known)
      }
      guard let absent = try await confirmAbsent(keys) else {
        return .unsound("a second walk, to confirm missing rows, was not completed")
      }
      // If both lists had held a row and this key may not ask the enterprise, the organization's list decides.
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
        try await run.store.markHoldersPending(of: missing.ofOtherLevel, like: walk.list, run: run.number, now: run.now)
      }
      checkpoint.close(by: walk.rules, deleted: deleted, kept: ofOthers + undecided.count, now: run.now)
      checkpoint = try await run.store.saveEnd(
        checkpoint, for: walk.list, of: resource.table, run: run.number, now: run.now, expansion: walk.expansion)
      return ofOthers > 0 ? .ofOthers(ofOthers) : !undecided.isEmpty ? .undecided(undecided.count) : .settled
    } catch let error as APIError {
      return .failed(error)
    }
  }

  /// - Returns: the keys that the server does not have; nil: this could not be determined.
  private mutating func confirmAbsent(_ keys: [String]) async throws -> [String]? {
    if keys.isEmpty { return [] }
    guard let number = checkpoint.listNumber else { return nil }
    // Rows that this walk has listed, the last ones first.
    let known = try await run.store.lastSeen(in: number, since: checkpoint.walk, limit: 2)
    if case .changedSince(_, _, let ids) = resource.strategy,
      let absent = try await lookup.absent(keys, known: known, as: ids, checkpoint)
    {
      return absent
    }
    if lookup.asksOneByOne(keys), let absent = try await askOneByOne(keys, known.first, number) { return absent }
    return try await askAgain(keys)
  }

  /// Nil: the path for single rows finds nothing, so its 404 proves nothing.
  private func askOneByOne(_ keys: [String], _ known: String?, _ number: Int64) async throws -> [String]? {
    guard let alive = try await lookup.existing(keys, known: known) else { return nil }
    try await run.store.confirm(alive.map(\.text), in: number, walk: checkpoint.walk, now: run.now)
    return keys.filter { !alive.contains($0) }
  }

  /// Walks the complete list once more. Nil: that walk was not completed.
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
