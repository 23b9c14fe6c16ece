import DevinAPI
import DevinModel
import MirrorStore

/// Requests single rows of a list by id, in batches or one by one. The position of a walk in the list does not change.
struct RowLookup: Sendable {
  let walk: ListWalk

  private var run: SyncRun { walk.run }
  private var resource: Resource { walk.resource }
  private var source: ListSource { walk.source }

  /// Whether rows can be requested one by one, and are so few that another walk is not cheaper.
  func asksOneByOne(_ keys: [String]) -> Bool { source.objectPath != nil && keys.count <= 50 }

  /// The keys that the server does not have, according to the filter on ids.
  /// - Parameter known: ids of rows that exist.
  /// - Returns: nil: the answer proves nothing.
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

  /// The keys that the server has; one request each.
  /// - Parameter known: a row that exists; nil: none is known.
  /// - Returns: nil: no row was found, not even the known one, so rows that the path does not find may
  ///   exist nevertheless.
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
    // For the list of organizations, the key itself is the organization.
    var names = ["org_id": run.organization, "devin_id": key]
    names[resource.table.itemKey.column] = key
    return try await run.client.object(Endpoint(path, names))
  }

  /// Batches of ids that, with two more ids, fit on one page and in one address.
  func batches(of ids: [String]) -> [[String]] {
    let size = if case .cursor(let pageSize) = resource.paging { min(100, pageSize) - 2 } else { 98 }
    return stride(from: 0, to: ids.count, by: size).map { Array(ids[$0..<min($0 + size, ids.count)]) }
  }

  /// Reads rows by id, with ids in the form that this server matches. The position of the walk in the list does not change.
  /// - Returns: the ids that the server does not have; nil: the filter does not work here, so a missing row may exist
  ///   nevertheless. The rows received are committed in any case.
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
        // The server rejects this form of ids, or an address of this length.
        guard case .rejected = error.reason else { throw error }
        continue
      }
      let commit = commit(of: page.body, rowCount: page.rowCount, checkpoint, memory)
      do {
        let listed = try await run.store.compare(commit).keys
        try await keepRows(commit, checkpoint)
        switch batch.verdict(on: listed, isLastPage: page.next == nil) {
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

  /// Reads one row by its path. The position of the walk in the list does not change.
  /// - Returns: whether the server has it.
  func readOne(_ key: String, checkpoint: Checkpoint) async throws -> Bool {
    guard case .member(let member) = resource.rows, let page = try await object(key) else { return false }
    // The table expects rows inside a list.
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
