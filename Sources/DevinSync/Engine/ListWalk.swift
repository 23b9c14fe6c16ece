import DevinAPI
import DevinModel
import MirrorStore

/// Walks one list, of an organization or of one parent, from its checkpoint to its end; `Walk` makes the decisions. Each page is committed
/// with its checkpoint while the next one is being fetched, so at most one page waits while one is in flight.
struct ListWalk: Sendable {
  let resource: Resource
  let source: ListSource
  let list: ListID
  /// The parent row as it was when the walk began; nil: the list has none.
  var parent: MirrorStore.DueParent?
  /// The requested span of a series; nil: the list is no series.
  var span: SeriesSpan?
  /// Whether the end of this walk completes the list. False for a span before the last one, and if another walk follows.
  var closesList = true
  /// Collects how the list differs from the mirror, in which case nothing is committed; nil: the walk mirrors.
  var comparison: ListComparison?
  let run: SyncRun

  var rules: WalkRules {
    WalkRules(
      resource: resource, parent: parent, span: span, closesList: closesList, run: run.number,
      refreshLimit: run.refresh.limit(of: resource, from: source, organizations: run.organizations.count))
  }

  /// - Returns: how the walk ended, with the checkpoint as stored.
  /// - Throws: `StoreError` when the database fails; every other failure is returned as an end.
  func run(from start: Checkpoint) async throws -> (end: Walk.End, checkpoint: Checkpoint) {
    var walk = Walk(rules, from: start)
    let endpoint = endpoint(filter: start.filter)
    var action = walk.begin()
    while true {
      switch action {
      case .fetch(let cursor):
        do {
          action = walk.received(try await fetch(endpoint, at: cursor))
        } catch {
          action = walk.failed(error, at: cursor)
        }
      case .commit(let page, let cursor): action = try await commit(page, following: cursor, endpoint, &walk)
      case .store(let end): return (end, try await keep(walk.checkpoint))
      case .end(let end): return (end, walk.checkpoint)
      case .follow: preconditionFailure("a page follows only what was committed")
      }
    }
  }

  /// Commits a page while the next one is being fetched.
  private func commit(_ page: Page, following cursor: PageCursor?, _ endpoint: Endpoint, _ walk: inout Walk) async throws
    -> Walk.Action
  {
    async let following = cursor.mapAsync { cursor in await fetched(endpoint, at: cursor) }
    do {
      let (outcome, stored) = try await commit(page, in: walk)
      let action = walk.committed(outcome, stored)
      guard case .follow = action, let next = await following else { return action }
      switch next {
      case .success(let page): return walk.received(page)
      case .failure(let error): return walk.failed(error, at: cursor)
      }
    } catch StoreError.unusablePage(_, let why) {
      return .end(.unusablePage(why))
    }
  }

  /// Stores a checkpoint that comes without a page.
  private func keep(_ checkpoint: Checkpoint) async throws -> Checkpoint {
    comparison == nil ? try await run.store.save(checkpoint, for: list) : checkpoint
  }

  private func fetched(_ endpoint: Endpoint, at cursor: PageCursor) async -> Result<Page, APIError> {
    do {
      return .success(try await fetch(endpoint, at: cursor))
    } catch {
      return .failure(error)
    }
  }

  private func fetch(_ endpoint: Endpoint, at cursor: PageCursor?) async throws(APIError) -> Page {
    if resource.name == Resource.credential.name, let page = run.credential { return page }
    let page = try await run.client.page(
      of: endpoint, rows: resource.rows, key: resource.table.itemKey.plainMember, paging: resource.paging, at: cursor)
    CrashPoint.reached(.response)
    return page
  }

  private func commit(_ page: Page, in walk: Walk) async throws -> (PageOutcome, Checkpoint) {
    let before = walk.checkpoint
    let now = run.now
    let isLast = page.next == nil
    var commit = PageCommit(
      table: resource.table, list: list, scope: scope, body: page.body, rowCount: page.rowCount, at: before, run: run.number,
      now: now)
    commit.places = page.places
    commit.memory = if resource.findsDeletions { .kept } else if walk.isAtFirstPage, isLast { .none } else { .forNow }
    commit.since = since(of: before)
    commit.isLast = isLast
    commit.isFirstRead = before.completedAt == nil && before.walk <= 1
    commit.interval = span.map {
      ReadInterval(startsAt: $0.start, endsAt: $0.until, readAt: run.nowInSpans, isComplete: $0.isComplete)
    }
    commit.expansion = expansion
    let outcome: PageOutcome
    let checkpoint: Checkpoint
    if let comparison {
      outcome = try await comparison.compare(commit, in: run.store)
      checkpoint = walk.advanced(over: page, outcome: outcome, now: now)
    } else {
      (outcome, checkpoint) = try await run.store.commit(commit) { walk.advanced(over: page, outcome: $0, now: now) }
    }
    run.board.committed(outcome, of: resource.name, total: list.parent.isEmpty ? checkpoint.total : nil)
    if parent == nil { run.feed?.committed() }
    return (outcome, checkpoint)
  }

  /// The list of organizations determines which further lists a run with an enterprise key will read.
  var expansion: PageCommit.Expansion? { resource == .organizations ? run.expansion : nil }

  // MARK: - What to ask

  /// Values for the columns that items of this list do not contain. For a list of the whole enterprise, the organization is unknown.
  var scope: [String: String] {
    var values: [String: String] = [:]
    for column in resource.table.saidByList {
      values[column] =
        switch column {
        case "org_id": list.organization.isEmpty ? nil : list.organization
        case "range_start": span.map { "\($0.start.rawValue)" }
        case "range_end": span.map { "\($0.end.rawValue)" }
        case "read_at": "\(run.now.rawValue)"
        default: list.parent
        }
    }
    return values
  }

  /// The list's address: `org_id` is the organization, and every other name in the path is an id of the parent.
  func endpoint(_ path: PathTemplate? = nil, query: [QueryItem] = []) -> Endpoint {
    let path = path ?? source.path
    var names = Dictionary(uniqueKeysWithValues: path.names.map { ($0, list.parent) })
    names["org_id"] = list.organization
    var query = source.query + query
    if let parameter = resource.parents?.parameter { query.append(QueryItem(parameter, list.parent)) }
    return Endpoint(path, names, query: query)
  }

  private func endpoint(filter: ListFilter?) -> Endpoint {
    endpoint(query: (filter?.items ?? []).map { QueryItem($0.name, $0.value) })
  }

  private func since(of checkpoint: Checkpoint) -> UnixTime? {
    guard case .changedSince = resource.strategy, case .since(_, let time) = checkpoint.filter else { return nil }
    return UnixTime(reported: time.rawValue)
  }
}

extension Optional where Wrapped: Sendable {
  fileprivate func mapAsync<Result: Sendable>(_ transform: (Wrapped) async -> Result) async -> Result? {
    guard let self else { return nil }
    return await transform(self)
  }
}
