import DevinAPI
import DevinModel
import MirrorStore

/// Settles what a complete walk did not list. One walk is no proof of absence: a deletion on an earlier page shifts rows
/// across the boundary. So each missing row is asked for again, in a way that is seen to find rows that exist, and only what is
/// missing twice is marked as deleted.
struct MissingRows: Sendable {
  let walk: ListWalk

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

  func settle(_ checkpoint: inout Checkpoint) async throws -> End {
    guard let number = checkpoint.listNumber else { return .settled }
    let missing = try await run.store.missing(at: checkpoint, of: resource.table, in: walk.list)
    let trusts = run.brake.trustsAnyKey
    let keys = trusts ? missing.keys + missing.ofOthers : missing.keys
    let ofOthers = trusts ? 0 : missing.ofOthers.count
    let listed = try await run.store.listed(of: walk.list)
    let first = checkpoint.walk
    do {
      // Of a row that only the enterprise's list had seen, it is asked.
      let enterprise = try await EnterpriseWord(besides: walk, number: number, since: first)
      let word = try await enterprise?.ask(about: missing.ofOtherLevel) ?? .none
      var undecided = word.unasked + word.unproven
      let held = keys.count + ofOthers + word.gone.count
      let isBelievable = checkpoint.rowsSeen > 0 || run.brake.admitsEmptyList(of: resource, held: held)
      let count = keys.count + word.gone.count
      let known = listed + word.gone.count
      guard isBelievable, run.brake.admits(count, of: known, in: resource.name, organization: run.organization) else {
        checkpoint.isOpen = false
        checkpoint.heldBack = held + undecided.count
        checkpoint = try await run.store.save(checkpoint, for: walk.list)
        return .brake(missing: count, known: known)
      }
      guard let gone = try await confirmGone(keys, &checkpoint) else {
        return .unsound("a second walk, to confirm what the first did not list, did not come to its end")
      }
      // A row that both had seen is for the organization's list to decide where this key may not ask the enterprise.
      let shared = try await enterprise?.ask(aboutHeldOf: gone) ?? .none
      undecided += shared.unproven
      var deleted = try await run.store.markDeleted(
        gone, of: resource.table, in: walk.list, number: number, scope: walk.scope, run: run.number, now: run.now)
      if let enterprise {
        let agreed = word.gone + shared.gone + shared.unasked
        deleted += try await enterprise.markDeleted(trusts ? agreed + undecided : agreed)
      }
      if trusts { undecided = [] }
      CrashPoint.reached(.swept)
      run.board.deleted(deleted, of: resource.name)
      if enterprise == nil {
        try await run.store.oweHolders(of: missing.ofOtherLevel, like: walk.list, run: run.number, now: run.now)
      }
      checkpoint.hasNews = checkpoint.hasNews || deleted > 0 || ofOthers > 0 || !undecided.isEmpty
      walk.close(&checkpoint, now: run.now)
      checkpoint.heldBack = ofOthers + undecided.count
      checkpoint = try await run.store.saveEnd(
        checkpoint, for: walk.list, of: resource.table, run: run.number, now: run.now, expansion: walk.expansion)
      return ofOthers > 0 ? .ofOthers(ofOthers) : !undecided.isEmpty ? .undecided(undecided.count) : .settled
    } catch let error as APIError {
      return .failed(error)
    }
  }

  /// - Returns: those of the keys that the server does not have; nil when that could not be found out.
  private func confirmGone(_ keys: [String], _ checkpoint: inout Checkpoint) async throws -> [String]? {
    if keys.isEmpty { return [] }
    guard let number = checkpoint.listNumber else { return nil }
    // Rows that this very walk has listed, the last ones first.
    let known = try await run.store.lastSeen(in: number, since: checkpoint.walk, limit: 2)
    if case .changedSince(_, _, let ids) = resource.strategy,
      let gone = try await askInBatches(keys, known, as: ids, checkpoint)
    {
      return gone
    }
    if walk.asksOneByOne(keys), let gone = try await askOneByOne(keys, known.first, number, checkpoint) { return gone }
    return try await askAgain(keys, &checkpoint)
  }

  /// By the filter on ids. Nil: an answer without a row proves nothing.
  func askInBatches(
    _ keys: [String], _ known: [String], as filter: String, _ checkpoint: Checkpoint, memory: PageCommit.Memory = .kept
  ) async throws -> [String]? {
    var gone: [String] = []
    for ids in walk.batches(of: keys) {
      guard let batch = IDBatch(ids, known: known),
        let absent = try await walk.read(batch, as: filter, checkpoint: checkpoint, memory: memory)
      else { return nil }
      gone += absent
    }
    return gone
  }

  /// Nil: the path of single rows finds none, so that its 404 proves nothing.
  private func askOneByOne(
    _ keys: [String], _ known: String?, _ number: Int64, _ checkpoint: Checkpoint
  ) async throws -> [String]? {
    guard let alive = try await walk.existing(keys, known: known) else { return nil }
    try await run.store.confirm(alive.map(\.text), in: number, walk: checkpoint.walk, now: run.now)
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
  /// - Parameter known: a row that exists; nil: none is known.
  /// - Returns: nil: not a single row was found, not even the known one, so that what the path does not find may exist all
  ///   the same.
  func existing(_ keys: [String], known: String?) async throws -> Set<ExactText>? {
    var existing: Set<ExactText> = []
    for key in keys where try await object(key) != nil { existing.insert(ExactText(key)) }
    if existing.isEmpty {
      guard let known, try await object(known) != nil else { return nil }
    }
    return existing
  }

  /// One row by its id; nil: the server does not find it, or has no path for single rows.
  func object(_ key: String) async throws -> Page? {
    guard let path = source.objectPath else { return nil }
    // The organization's name may be the key itself.
    var names = ["org_id": run.organization, "devin_id": key]
    names[resource.table.itemKey.column] = key
    return try await run.client.object(Endpoint(path, names))
  }

  /// Ids that fit on one page, and in one address, with two more.
  func batches(of ids: [String]) -> [[String]] {
    let size = if case .cursor(let pageSize) = resource.paging { min(100, pageSize) - 2 } else { 98 }
    return stride(from: 0, to: ids.count, by: size).map { Array(ids[$0..<min($0 + size, ids.count)]) }
  }

  /// Reads rows by their ids without touching the walk's place in the list, with ids written as this server matches them.
  /// - Returns: those of the ids that the server does not have; nil: the filter does not work here, so that a row that is
  ///   missing may exist all the same. What came is committed in any case.
  func read(
    _ batch: IDBatch, as filter: String, checkpoint: Checkpoint, memory: PageCommit.Memory
  ) async throws -> [String]? {
    let path = source.path.description
    for form in run.idForms.worthTrying(at: path) {
      let page: Page
      do throws(APIError) {
        let query = batch.asked.map { QueryItem(filter, form.text($0)) }
        page = try await run.client.page(of: endpoint(query: query), rows: resource.rows, paging: resource.paging)
      } catch {
        // A server that refuses this form, or so long an address.
        guard case .rejected = error.reason else { throw error }
        continue
      }
      let commit = commit(of: page.body, rowCount: page.rowCount, checkpoint, memory)
      do {
        let listed = try await run.store.compare(commit).keys
        try await keepRows(commit, checkpoint)
        switch batch.verdict(on: listed, isWhole: page.next == nil) {
        case .absent(let ids):
          run.idForms.learn(form, at: path)
          return ids
        case .ignored:
          run.idForms.learn(nil, at: path)
          return nil
        case .notMatched: continue
        }
      } catch StoreError.unusablePage { continue }
    }
    run.idForms.learn(nil, at: path)
    return nil
  }

  /// Reads one row by its path, without touching the walk's place in the list.
  /// - Returns: whether the server has it.
  func readOne(_ key: String, checkpoint: Checkpoint) async throws -> Bool {
    guard case .member(let member) = resource.rows, let page = try await object(key) else { return false }
    // The table takes rows out of a list.
    try await keepRows(commit(of: "{\"\(member)\":[\(page.body)]}", rowCount: 1, checkpoint, .none), checkpoint)
    return true
  }

  private func keepRows(_ commit: PageCommit, _ checkpoint: Checkpoint) async throws {
    let (outcome, _) = try await run.store.commit(commit) { _ in checkpoint }
    run.board.committed(outcome, of: resource.name, total: nil)
  }

  private func commit(
    of body: String, rowCount: Int, _ checkpoint: Checkpoint, _ memory: PageCommit.Memory
  ) -> PageCommit {
    PageCommit(
      table: resource.table, list: list, scope: scope, body: body, rowCount: rowCount, listNumber: checkpoint.listNumber,
      walk: checkpoint.walk, memory: memory, since: nil, run: run.number, now: run.now, isLast: false)
  }
}
