import DevinAPI
import DevinModel
import MirrorStore

/// The walk of one list as a state machine: pages, their outcomes and errors go in; the next action comes out. It does no I/O,
/// so each of its decisions can be tested alone. `ListWalk` carries out the actions.
struct Walk: Sendable {
  let rules: WalkRules
  /// How far the list has been read.
  private(set) var checkpoint: Checkpoint
  /// Whether it began where an earlier run had stopped.
  private let isResumed: Bool
  private var hasRestarted = false
  private var pass = Pass()

  /// What to do next.
  enum Action: Sendable {
    /// Ask for the page at this cursor; nil: the first.
    case fetch(PageCursor?)
    /// Commit this page with the checkpoint that `advanced(over:outcome:now:)` returns; meanwhile, request the next one.
    case commit(Page, following: PageCursor?)
    /// Wait for the page that was requested while the last one was committed.
    case follow
    /// Store the checkpoint separately, since no page does, and end.
    case store(End)
    case end(End)
  }

  /// How a walk ended.
  enum End: Hashable, Sendable {
    /// Everything was listed and nothing is missing. The checkpoint is closed.
    case complete
    /// Everything was listed, but earlier walks had listed more rows. The checkpoint stays open until these are settled.
    case missing
    case failed(APIError)
    /// Pages that contradict each other; the text says how.
    case unsound(String)
    /// A page that the mirror cannot store; the text says why.
    case unusablePage(String)
  }

  /// One pass from the beginning, or from where the walk restarted, to the end.
  private struct Pass {
    var asked: Set<PageCursor> = []
    /// Consecutive pages without a row that is new to the walk.
    var pagesWithoutNewRows = 0
    var isFirst = true
    /// The next cursor of the page that is being committed.
    var next: PageCursor?
    /// Why that cursor cannot be followed.
    var fault: String?
    var hasRows = false
    /// The smallest total that the server reported.
    var least: Int?
    /// Whether it reported a smaller total than the first one, so rows were deleted.
    var totalFell = false
    /// Whether the page that is being committed must begin with a row of the page before it.
    var overlaps = false
  }

  /// How many consecutive pages with fresh cursors, but without a row that is new to the walk, are followed.
  static let pagesWithoutNewRows = 20

  init(_ rules: WalkRules, from checkpoint: Checkpoint) {
    self.rules = rules
    self.checkpoint = checkpoint
    isResumed = checkpoint.cursor != nil
  }

  /// Whether the page that is being committed is the first of its pass.
  var isAtFirstPage: Bool { pass.isFirst }

  func begin() -> Action { .fetch(checkpoint.cursor.map(PageCursor.init)) }

  mutating func received(_ page: Page) -> Action {
    if let cursor = page.cursor { pass.asked.insert(cursor) }
    pass.fault = fault(of: page)
    pass.next = page.next
    pass.hasRows = page.rowCount > 0
    pass.overlaps = overlaps(page)
    pass.least = [pass.least, page.total].compactMap(\.self).min()
    if let total = page.total, let first = checkpoint.total, total < first { pass.totalFell = true }
    return .commit(page, following: pass.fault == nil ? page.next : nil)
  }

  /// - Parameter stored: the checkpoint as now stored in the mirror.
  mutating func committed(_ outcome: PageOutcome, _ stored: Checkpoint) -> Action {
    checkpoint = stored
    if let fault = pass.fault ?? gap(before: outcome) { return restart(or: .unsound(fault)) }
    guard pass.next != nil else { return end() }
    pass.pagesWithoutNewRows = (outcome.newKeys ?? outcome.received - outcome.malformed) == 0 ? pass.pagesWithoutNewRows + 1 : 0
    if pass.pagesWithoutNewRows > Self.pagesWithoutNewRows {
      return restart(or: .unsound("\(pass.pagesWithoutNewRows) pages in a row had no new row"))
    }
    if pass.hasRows, outcome.newKeys == 0, outcome.malformed == 0 {
      return restart(or: .unsound("a page had only rows that were already read"))
    }
    pass.isFirst = false
    return .follow
  }

  /// - Parameter cursor: the cursor of the request; nil: the first page.
  mutating func failed(_ error: APIError, at cursor: PageCursor?) -> Action {
    // The server rejected a cursor that it had issued, so the cursor may have expired.
    if cursor != nil, case .rejected = error.reason { return restart(or: .failed(error)) }
    return .end(.failed(error))
  }

  /// The checkpoint for a page: where to continue or, if the page is the last of a sound walk, the end.
  func advanced(over page: Page, outcome: PageOutcome, now: UnixTime) -> Checkpoint {
    var checkpoint = checkpoint
    checkpoint.advance(over: page, outcome: outcome, now: now)
    if page.next == nil, shortfall(of: checkpoint) == nil, gap(before: outcome) == nil,
      outcome.missing == 0 || checkpoint.filter != nil
    {
      checkpoint.close(by: rules, least: pass.least, now: now)
    }
    return checkpoint
  }

  private func fault(of page: Page) -> String? {
    guard let next = page.next else { return nil }
    if next.rawValue.isEmpty { return "the server announced another page, but sent no cursor" }
    if pass.asked.contains(next) { return "the server repeated a cursor" }
    return nil
  }

  /// Whether a page must begin with a row of the page before it, as `Paging.offset` requests.
  private func overlaps(_ page: Page) -> Bool {
    guard case .offset = rules.resource.paging else { return false }
    return rules.resource.findsDeletions && page.cursor != nil
  }

  /// Whether rows may be missing before the page that is being committed, with this outcome. An item without a key cannot be recognized; it
  /// is in quarantine, so the list is not complete either way.
  private func gap(before outcome: PageOutcome) -> String? {
    guard pass.overlaps, outcome.malformed == 0, outcome.newKeys == outcome.received else { return nil }
    return "rows moved while the list was read, since others were deleted"
  }

  private mutating func end() -> Action {
    guard checkpoint.isOpen else { return .end(.complete) }
    guard let shortfall = shortfall(of: checkpoint) else { return .end(.missing) }
    // Pages read far apart in time, or before and after rows were deleted, need not be consistent.
    if isResumed || pass.totalFell { return restart(or: .unsound(shortfall)) }
    checkpoint.abandon()
    return .store(.unsound(shortfall))
  }

  /// Goes back to the beginning, once.
  private mutating func restart(or end: End) -> Action {
    guard !hasRestarted else {
      // The next run starts from the beginning: a cursor that failed twice is not worth keeping.
      checkpoint.abandon()
      return .store(end)
    }
    hasRestarted = true
    checkpoint.restart()
    pass = Pass()
    return .fetch(nil)
  }

  /// Whether the server claims more rows than it listed.
  private func shortfall(of checkpoint: Checkpoint) -> String? {
    guard rules.resource.findsDeletions, let total = checkpoint.total, checkpoint.rowsSeen < total else { return nil }
    return "the server reported \(total) rows, but listed \(checkpoint.rowsSeen)"
  }
}

/// What stays constant while a list is walked.
struct WalkRules: Sendable {
  let resource: Resource
  /// The parent row as it was when the walk began; nil: the list has none.
  var parent: MirrorStore.DueParent?
  /// The requested span of a series; nil: the list is no series.
  var span: SeriesSpan?
  /// Whether the end of the walk completes the list. False for a span before the last one, and if another walk follows.
  var closesList = true
  /// Number of the run.
  let run: Int64
  /// How long the list may stay unread while it comes back unchanged; nil: every run reads it.
  var refreshLimit: Duration?
}
