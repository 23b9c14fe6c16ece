import DevinAPI
import DevinModel
import MirrorStore

/// Asks for single rows of a list by their ids, in batches or one by one, without touching the place of a walk in the list.
struct RowLookup: Sendable {
  let walk: ListWalk

  private var run: SyncRun { walk.run }
  private var resource: Resource { walk.resource }
  private var source: ListSource { walk.source }

  /// Whether rows can be asked for one by one, and are so few that one more walk is not cheaper.
  func asksOneByOne(_ keys: [String]) -> Bool { source.objectPath != nil && keys.count <= 50 }

  /// Those of the keys that the server does not have, by the filter on ids.
  /// - Parameter known: ids of rows that exist.
  /// - Returns: nil: what came proves nothing.
  func absent(
    _ keys: [String], known: [String], as filter: String, _ checkpoint: Checkpoint, memory: PageCommit.Memory = .kept
  ) async throws -> [String]? {
    var absent: [String] = []
    for ids in batches(of: keys) {
      guard let batch = IDBatch(ids, known: known),
        let batchAbsent = try await read(batch, as: filter, checkpoint: checkpoint, memory: memory)
      else { return nil }
      absent += batchAbsent
    }
    return absent
  }

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
  private func object(_ key: String) async throws -> Page? {
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
        page = try await run.client.page(of: walk.endpoint(query: query), rows: resource.rows, paging: resource.paging)
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
    var page = PageCommit(
      table: resource.table, list: walk.list, scope: walk.scope, body: body, rowCount: rowCount, at: checkpoint, run: run.number,
      now: run.now)
    page.memory = memory
    return page
  }
}
