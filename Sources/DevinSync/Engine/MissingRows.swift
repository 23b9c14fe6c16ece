import DevinAPI
import MirrorStore

/// Settles what a complete walk did not list. One walk is no proof of absence: a deletion on an earlier page shifts rows
/// across the boundary. So each missing row is asked for again, and only what is missing twice is marked as deleted.
struct MissingRows: Sendable {
  let walk: ListWalk

  private var run: SyncRun { walk.run }
  private var resource: Resource { walk.resource }

  enum End: Sendable {
    /// The checkpoint is closed.
    case settled
    /// Too large a share of the resource: nothing was marked.
    case brake(missing: Int, known: Int)
    /// The rest is settled; of these rows only another principal has had sight.
    case ofOthers(Int)
    case failed(APIError)
    case unsound(String)
  }

  func settle(_ checkpoint: inout Checkpoint) async throws -> End {
    guard let number = checkpoint.listNumber else { return .settled }
    let missing = try await run.store.missing(at: checkpoint)
    let trusts = run.brake.trustsAnyKey
    let keys = trusts ? missing.keys + missing.ofOthers : missing.keys
    let ofOthers = trusts ? 0 : missing.ofOthers.count
    let listed = try await run.store.listed(of: walk.list)
    guard run.brake.admits(keys.count, of: listed, in: resource.name, organization: run.organization) else {
      checkpoint.isOpen = false
      checkpoint.heldBack = keys.count + ofOthers
      checkpoint = try await run.store.save(checkpoint, for: walk.list)
      return .brake(missing: keys.count, known: listed)
    }
    do {
      guard let gone = try await confirmGone(keys, &checkpoint) else {
        return .unsound("a second walk, to confirm what the first did not list, did not come to its end")
      }
      let deleted = try await run.store.markDeleted(
        gone, of: resource.table, in: walk.list, number: number, scope: walk.scope, run: run.number, now: run.now)
      CrashPoint.reached(.swept)
      run.board.deleted(deleted, of: resource.name)
      walk.close(&checkpoint, now: run.now)
      checkpoint.heldBack = ofOthers
      checkpoint = try await run.store.saveEnd(
        checkpoint, for: walk.list, run: run.number, now: run.now, expansion: walk.expansion)
      return ofOthers > 0 ? .ofOthers(ofOthers) : .settled
    } catch let error as APIError {
      return .failed(error)
    }
  }

  /// - Returns: those of the keys that the server does not have; nil when that could not be found out.
  private func confirmGone(_ keys: [String], _ checkpoint: inout Checkpoint) async throws -> [String]? {
    if keys.isEmpty { return [] }
    if case .changedSince(_, _, let ids) = resource.strategy, let gone = try await askInLots(keys, as: ids, checkpoint) {
      return gone
    }
    return walk.asksOneByOne(keys) ? try await askOneByOne(keys, checkpoint) : try await askAgain(keys, &checkpoint)
  }

  /// By the filter on ids. Nil: the server ignores it, so that an answer without a row proves nothing.
  private func askInLots(_ keys: [String], as ids: String, _ checkpoint: Checkpoint) async throws -> [String]? {
    for lot in walk.lots(of: keys) {
      let outcome = try await walk.readLot(lot, as: ids, checkpoint: checkpoint, memory: .kept)
      // What the lot brings are keys that the walk had missed, or the filter was not obeyed.
      guard outcome.received == outcome.newKeys else { return nil }
    }
    guard let number = checkpoint.listNumber else { return nil }
    return try await run.store.missing(keys, from: number, walk: checkpoint.walk)
  }

  private func askOneByOne(_ keys: [String], _ checkpoint: Checkpoint) async throws -> [String] {
    guard let number = checkpoint.listNumber else { return [] }
    let alive = try await walk.existing(keys)
    try await run.store.confirm(Array(alive), in: number, walk: checkpoint.walk, now: run.now)
    return keys.filter { !alive.contains($0) }
  }

  /// By walking the whole list once more. Nil: that walk did not come to its end.
  private func askAgain(_ keys: [String], _ checkpoint: inout Checkpoint) async throws -> [String]? {
    let first = checkpoint.walk
    checkpoint.open(filter: nil)
    switch try await walk.run(from: checkpoint) {
    case .complete(let stored), .missing(let stored): checkpoint = stored
    case .failed(let error, let stored):
      checkpoint = stored
      throw error
    case .unsound(_, let stored), .unusablePage(_, let stored):
      checkpoint = stored
      return nil
    }
    guard let number = checkpoint.listNumber else { return nil }
    return try await run.store.missing(keys, from: number, walk: first)
  }
}

extension ListWalk {
  /// Whether rows can be asked for one by one, and are so few that one more walk is not cheaper.
  func asksOneByOne(_ keys: [String]) -> Bool { source.objectPath != nil && keys.count <= 50 }

  /// Those of the keys that the server has, one request each.
  func existing(_ keys: [String]) async throws -> Set<String> {
    guard let path = source.objectPath else { return [] }
    var existing: Set<String> = []
    for key in keys {
      // The organization's name may be the key itself.
      var names = ["org_id": run.organization, "devin_id": key]
      names[resource.table.itemKey.column] = key
      if try await run.client.object(Endpoint(path, names)) != nil { existing.insert(key) }
    }
    return existing
  }

  /// Ids that fit on one page, and in one address.
  func lots(of ids: [String]) -> [[String]] {
    let size = if case .cursor(let pageSize) = resource.paging { min(100, pageSize) } else { 100 }
    return stride(from: 0, to: ids.count, by: size).map { Array(ids[$0..<min($0 + size, ids.count)]) }
  }

  /// Reads rows by their ids, one request, without touching the walk's place in the list.
  func readLot(_ ids: [String], as filter: String, checkpoint: Checkpoint, memory: PageCommit.Memory) async throws -> PageOutcome
  {
    let endpoint = endpoint(query: ids.map { QueryItem(filter, $0) })
    let page = try await run.client.page(of: endpoint, rows: resource.rows, paging: resource.paging)
    let commit = PageCommit(
      table: resource.table, list: list, scope: scope, body: page.body, rowCount: page.rowCount,
      listNumber: checkpoint.listNumber, walk: checkpoint.walk, memory: memory, since: nil, run: run.number, now: run.now,
      isLast: false)
    let (outcome, _) = try await run.store.commit(commit) { _ in checkpoint }
    run.board.committed(outcome, of: resource.name, total: nil)
    return outcome
  }
}
