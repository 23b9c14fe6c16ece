import DevinAPI
import DevinModel
import MirrorStore

/// Walks one list, a resource of an organization or of one parent, from its checkpoint to its end. Page after page is
/// committed with its checkpoint while the next one is on its way: at most one page waits while one is in flight.
struct ListWalk: Sendable {
  let resource: Resource
  let source: ListSource
  let list: ListID
  /// The row above the list as it was when the walk began; nil: the list has none.
  var parent: MirrorStore.DueParent?
  /// What is asked for of a series; nil: the list is none.
  var span: SeriesSpan?
  /// Whether the end of this walk completes the list: not that of a span before the last, nor of a walk that another follows.
  var closesList = true
  /// Collects how the list differs from the mirror, while nothing is committed; nil: the walk mirrors.
  var comparison: ListComparison?
  let run: SyncRun

  /// How a walk ended, its checkpoint as stored.
  enum End: Sendable {
    /// Everything was listed and nothing is missing. The checkpoint is closed.
    case complete(Checkpoint)
    /// Everything was listed, and earlier walks had listed more. The checkpoint stays open until that is settled.
    case missing(Checkpoint)
    case failed(APIError, Checkpoint)
    case unsound(String, Checkpoint)
    case unusablePage(String, Checkpoint)
  }

  /// A walk that cannot go on where it is, but may from the beginning, once.
  private enum Derailment: Error {
    case unsound(String)
    /// The server refused a cursor it had given: it may have grown too old.
    case cursorRefused(APIError)
  }

  /// Pages without a row that the walk had not seen, with fresh cursors, that are followed in a row.
  private static let barrenPages = 20

  /// - Throws: `StoreError` when the database fails; everything else is an end.
  func run(from start: Checkpoint) async throws -> End {
    var checkpoint = start
    var restarted = false
    while true {
      do {
        let end = try await pass(&checkpoint)
        // Pages that were read long apart need not add up.
        if case .unsound = end, start.cursor != nil, !restarted {
          restarted = true
          checkpoint.open(filter: checkpoint.filter)
          continue
        }
        return end
      } catch let derailment as Derailment {
        if !restarted {
          restarted = true
          checkpoint.open(filter: checkpoint.filter)
          continue
        }
        // The next run begins again: a cursor that led nowhere twice is not worth keeping.
        checkpoint.isOpen = false
        checkpoint = try await keep(checkpoint)
        switch derailment {
        case .unsound(let what): return .unsound(what, checkpoint)
        case .cursorRefused(let error): return .failed(error, checkpoint)
        }
      } catch let error as APIError {
        return .failed(error, checkpoint)
      } catch StoreError.unusablePage(_, let why) {
        return .unusablePage(why, checkpoint)
      }
    }
  }

  private func pass(_ checkpoint: inout Checkpoint) async throws -> End {
    let endpoint = endpoint(filter: checkpoint.filter)
    var asked: Set<PageCursor> = []
    var barren = 0
    var isFirst = true
    var page = try await fetch(endpoint, at: checkpoint.cursor.map(PageCursor.init))
    while true {
      if let cursor = page.cursor { asked.insert(cursor) }
      let current = page
      let fault = fault(of: current, asked: asked)
      let next = fault == nil ? current.next : nil
      async let following = next.mapAsync { try await fetch(endpoint, at: $0) }

      let outcome = try await commit(current, isFirst: isFirst, isLast: current.next == nil, to: &checkpoint)
      if let fault { throw Derailment.unsound(fault) }
      guard next != nil else { return try await end(&checkpoint) }
      barren = (outcome.newKeys ?? outcome.received - outcome.odd) == 0 ? barren + 1 : 0
      if barren > Self.barrenPages { throw Derailment.unsound("\(barren) pages in a row brought no new row") }
      if current.rowCount > 0, outcome.newKeys == 0, outcome.odd == 0 {
        throw Derailment.unsound("a page brought nothing that the walk had not seen")
      }
      guard let arrived = try await following else { return .complete(checkpoint) }
      page = arrived
      isFirst = false
    }
  }

  /// Stores a checkpoint that belongs to no page.
  private func keep(_ checkpoint: Checkpoint) async throws -> Checkpoint {
    comparison == nil ? try await run.store.save(checkpoint, for: list) : checkpoint
  }

  private func fault(of page: Page, asked: Set<PageCursor>) -> String? {
    guard let next = page.next else { return nil }
    if next.rawValue.isEmpty { return "the server promised another page and named no cursor" }
    if asked.contains(next) { return "the server repeated a cursor" }
    return nil
  }

  private func fetch(_ endpoint: Endpoint, at cursor: PageCursor?) async throws -> Page {
    if resource.name == Resource.credential.name, let page = run.credential { return page }
    do throws(APIError) {
      let page = try await run.client.page(of: endpoint, rows: resource.rows, paging: resource.paging, at: cursor)
      CrashPoint.reached(.response)
      return page
    } catch {
      if cursor != nil, case .rejected = error.reason { throw Derailment.cursorRefused(error) }
      throw error
    }
  }

  private func commit(_ page: Page, isFirst: Bool, isLast: Bool, to checkpoint: inout Checkpoint) async throws -> PageOutcome {
    let before = checkpoint
    let now = run.now
    let memory: PageCommit.Memory =
      if resource.findsDeletions { .kept } else if isFirst, isLast { .none } else { .forNow }
    let commit = PageCommit(
      table: resource.table, list: list, scope: scope, body: page.body, places: page.places,
      rowCount: page.rowCount, listNumber: before.listNumber, walk: before.walk, memory: memory, since: since(of: before),
      run: run.number, now: now, isLast: isLast,
      isFirstRead: before.completedAt == nil && before.walk <= 1,
      interval: span.map { ReadInterval(startsAt: $0.start, endsAt: $0.until, readAt: run.nowInSpans, isWhole: $0.isWhole) },
      expansion: expansion)
    let outcome: PageOutcome
    if let comparison {
      outcome = try await comparison.compare(commit, in: run.store)
      checkpoint = advanced(before, over: page, isLast: isLast, outcome: outcome, now: now)
    } else {
      (outcome, checkpoint) = try await run.store.commit(commit) { outcome in
        self.advanced(before, over: page, isLast: isLast, outcome: outcome, now: now)
      }
    }
    run.board.committed(outcome, of: resource.name, total: list.parent.isEmpty ? checkpoint.total : nil)
    if parent == nil { run.feed?.committed() }
    return outcome
  }

  /// The checkpoint that belongs to a page: where to go on and, when the page is the last of a sound walk, its end.
  private func advanced(
    _ checkpoint: Checkpoint, over page: Page, isLast: Bool, outcome: PageOutcome, now: Int64
  ) -> Checkpoint {
    var checkpoint = checkpoint
    checkpoint.openedAt = checkpoint.openedAt ?? page.date?.rawValue ?? now
    checkpoint.newestSeen = [checkpoint.newestSeen, outcome.newest].compactMap(\.self).max()
    if outcome.inserted + outcome.changed + outcome.restored + outcome.odd > 0 { checkpoint.hasNews = true }
    checkpoint.rowsSeen += (outcome.newKeys ?? outcome.received) + outcome.odd
    // Rows that come while a walk is under way may stand before its place: what counts is the least that was claimed.
    checkpoint.total = [checkpoint.total, page.total].compactMap(\.self).min()
    checkpoint.allowedAt = now
    (checkpoint.refusedStatus, checkpoint.refusedAt) = (nil, nil)
    // A last page is read again when its list is next read: more may have been added to it.
    checkpoint.cursor = (page.next.flatMap { $0.rawValue.isEmpty ? nil : $0 } ?? page.cursor)?.rawValue
    if isLast, shortfall(of: checkpoint) == nil, outcome.missing == 0 || checkpoint.filter != nil {
      close(&checkpoint, now: now)
    }
    return checkpoint
  }

  /// The list of organizations says which further lists a run with an enterprise key is going to read.
  var expansion: PageCommit.Expansion? { resource == .organizations ? run.expansion : nil }

  private func end(_ checkpoint: inout Checkpoint) async throws -> End {
    guard checkpoint.isOpen else { return .complete(checkpoint) }
    guard let shortfall = shortfall(of: checkpoint) else { return .missing(checkpoint) }
    checkpoint.isOpen = false
    checkpoint = try await keep(checkpoint)
    return .unsound(shortfall, checkpoint)
  }

  /// Whether the server claims more rows than it listed.
  private func shortfall(of checkpoint: Checkpoint) -> String? {
    guard resource.findsDeletions, let total = checkpoint.total, checkpoint.rowsSeen < total else { return nil }
    return "the server claims \(total) rows and listed \(checkpoint.rowsSeen)"
  }

  /// Ends a walk: what the next run is to know of it.
  func close(_ checkpoint: inout Checkpoint, now: Int64) {
    checkpoint.isOpen = false
    if resource.strategy != .append { checkpoint.cursor = nil }
    if closesList {
      // Below a row that has changed more may come.
      let isSettled = parent.map { $0.version == checkpoint.parentVersion } ?? true
      let interval = RefreshRule.interval(
        askedBefore: checkpoint.completedAt, now: now, isUnchanged: isSettled && !checkpoint.hasNews,
        limit: run.refresh.limit(of: resource, from: source, organizations: run.organizations.count))
      // Of lists below rows the ledger has when each is read again.
      checkpoint.refreshInterval = parent == nil ? interval : nil
      checkpoint.completedAt = now
      checkpoint.completedRun = run.number
      checkpoint.asOf = span.map { min($0.until, checkpoint.openedAt ?? $0.until) } ?? checkpoint.openedAt
      checkpoint.parentVersion = parent?.version
      checkpoint.rereadAt = parent.flatMap {
        resource.parents?.rereadAt($0, openedAt: checkpoint.openedAt ?? now, interval: interval, now: now)
      }
    }
    if checkpoint.filter == nil {
      checkpoint.reconciledAt = now
      checkpoint.heldBack = 0
    }
    if case .changedSince = resource.strategy, let newest = checkpoint.newestSeen, let opened = checkpoint.openedAt {
      checkpoint.watermark = max(checkpoint.watermark ?? 0, min(opened, newest))
    }
  }

  // MARK: - What to ask

  /// Values for the columns that items of this list do not say. A list of the whole enterprise knows no organization.
  var scope: [String: String] {
    var values: [String: String] = [:]
    for column in resource.table.saidByList {
      values[column] =
        switch column {
        case "org_id": list.organization.isEmpty ? nil : list.organization
        case "range_start": span.map { "\($0.start)" }
        case "range_end": span.map { "\($0.end)" }
        case "read_at": "\(run.now)"
        default: list.parent
        }
    }
    return values
  }

  /// The list's address: the organization is known, every other name in the path is the parent's.
  func endpoint(_ path: PathTemplate? = nil, query: [QueryItem] = []) -> Endpoint {
    let path = path ?? source.path
    var names = Dictionary(uniqueKeysWithValues: path.names.map { ($0, list.parent) })
    names["org_id"] = list.organization
    var query = source.query + query
    if let parameter = resource.parents?.parameter { query.append(QueryItem(parameter, list.parent)) }
    return Endpoint(path, names, query: query)
  }

  private func endpoint(filter: String?) -> Endpoint {
    endpoint(
      query: (filter ?? "").split(separator: "&").compactMap { part in
        let parts = part.split(separator: "=", maxSplits: 1)
        return parts.count == 2 ? QueryItem(String(parts[0]), String(parts[1])) : nil
      })
  }

  private func since(of checkpoint: Checkpoint) -> Int64? {
    guard case .changedSince = resource.strategy else { return nil }
    return EngineTime.seconds(checkpoint.filter?.split(separator: "=").last.flatMap { Int64($0) })
  }
}

extension Optional where Wrapped: Sendable {
  fileprivate func mapAsync<Result: Sendable>(_ transform: (Wrapped) async throws -> Result) async throws -> Result? {
    guard let self else { return nil }
    return try await transform(self)
  }
}
