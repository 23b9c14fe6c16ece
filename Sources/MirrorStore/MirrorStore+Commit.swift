import DevinModel
import GRDB

/// One page on its way into the file.
package struct PageCommit: Sendable {
  /// How the walk remembers which keys it saw.
  package enum Memory: Hashable, Sendable {
    /// In the file: a complete walk can tell what is missing, also after it was interrupted.
    case kept
    /// For this run: enough to notice a server that sends the same page for ever.
    case forNow
    case none
  }

  package let table: MirrorTable
  package let list: ListID
  /// Values of the columns that the list says; missing: NULL.
  package let scope: [String: String]
  package let body: String
  /// Items that the envelope announced; a page with another number is refused.
  package let rowCount: Int
  /// `Checkpoint.listNumber` and `.walk` of the walk that the page belongs to.
  package let listNumber: Int64?
  package let walk: Int64
  package let memory: Memory
  /// Lower bound that was asked for with `updated_after`, Unix seconds; rows below it show that the filter was ignored.
  package let since: Int64?
  package let run: Int64
  /// Unix seconds, for `_changed_at` and the like.
  package let now: Int64
  /// Whether the list ends here, so that missing rows are worth counting.
  package let isLast: Bool
  /// The span that has been read completely when the walk ends with this page; nil: the list is no series.
  package let interval: ReadInterval?
  /// What the list of organizations adds to the ledger once it is complete, given the ids of those that live; nil: nothing.
  package let expansion: Expansion?

  package typealias Expansion = @Sendable (_ organizations: [String]) -> [PlannedList]

  package init(
    table: MirrorTable, list: ListID, scope: [String: String], body: String, rowCount: Int, listNumber: Int64?,
    walk: Int64, memory: Memory, since: Int64?, run: Int64, now: Int64, isLast: Bool, interval: ReadInterval? = nil,
    expansion: Expansion? = nil
  ) {
    self.table = table
    self.list = list
    self.scope = scope
    self.body = body
    self.rowCount = rowCount
    self.listNumber = listNumber
    self.walk = walk
    self.memory = memory
    self.since = since
    self.run = run
    self.now = now
    self.isLast = isLast
    self.interval = interval
    self.expansion = expansion
  }
}

extension PageCommit {
  /// The same page as one that mends what it differs in, without touching the list's place or its memory of others.
  package func repairing(_ checkpoint: Checkpoint) -> PageCommit {
    PageCommit(
      table: table, list: list, scope: scope, body: body, rowCount: rowCount, listNumber: checkpoint.listNumber,
      walk: checkpoint.walk, memory: memory == .kept ? .kept : .none, since: nil, run: run, now: now, isLast: false)
  }
}

/// What a page brought.
package struct PageOutcome: Hashable, Sendable {
  package var received = 0
  package var inserted = 0
  package var changed = 0
  /// Rows that had been marked deleted and are listed again, unchanged.
  package var restored = 0
  /// Items that could not become rows and went to quarantine.
  package var odd = 0
  /// Keys not seen before in this walk; nil where the walk keeps no memory.
  package var newKeys: Int?
  /// Largest time of change on the page, Unix seconds.
  package var newest: Int64?
  /// Rows that break the filter which was asked for.
  package var outsideFilter = 0
  /// Keys that earlier walks saw and this one, now at its end, did not.
  package var missing = 0

  package init() {}
}

extension MirrorStore {
  /// The single write path: splits the page, writes what differs, records each change and stores the checkpoint, all or
  /// nothing. Pages that other lists have waiting share the transaction.
  /// - Parameter advance: the checkpoint that belongs to the page, as a function of what the page brought.
  package func commit(
    _ page: PageCommit, advance: @escaping @Sendable (PageOutcome) -> Checkpoint
  ) async throws -> (outcome: PageOutcome, checkpoint: Checkpoint) {
    let statements = try statements(for: page.table)
    let isSampled = isSampled(page.table)
    let indexesWords = indexesWords
    let isLearned = learnedTables.withLock { $0.contains(page.table.name) }
    let (outcome, checkpoint) = try await write { database in
      var outcome = PageOutcome()
      let said = { (columns: [String]) in
        Dictionary(uniqueKeysWithValues: columns.map { ($0, page.scope[$0] as (any DatabaseValueConvertible)?) })
      }

      outcome.received = try database.split(page, statements)
      if outcome.received > 0 {
        let count = try database.cachedStatement(sql: statements.count)
        if let row = try Row.fetchOne(count, arguments: ["since": page.since]) {
          outcome.inserted = try row.value("inserted")
          outcome.changed = try row.value("changed")
          outcome.restored = try row.value("restored")
          outcome.odd = try row.value("odd")
          outcome.newest = try row.value("newest")
          outcome.outsideFilter = try row.value("outside")
        }
      }
      if outcome.inserted + outcome.changed + outcome.restored > 0 {
        try database.execute(
          statements.recordChanges, said(page.table.scopeKey).merging(["run": page.run, "now": page.now]) { $1 })
        if indexesWords, outcome.changed > 0, let unindex = statements.unindex {
          try database.execute(unindex, said(page.table.scopeKey))
        }
        try database.execute(statements.upsert, said(page.table.scopeColumns).merging(["now": page.now]) { $1 })
        for owe in statements.oweBelow {
          try database.execute(
            owe, said(page.table.scopeKey).merging(["org": page.list.organization, "run": page.run, "now": page.now]) { $1 })
        }
        if indexesWords, let index = statements.index { try database.execute(index, said(page.table.scopeKey)) }
        if outcome.inserted + outcome.changed > 0, isSampled {
          if !isLearned { try database.learn(try TableShape.of(page.table.name), as: page.table.name) }
          try database.execute(statements.noteDrift, ["run": page.run, "now": page.now])
        }
      }

      var listNumber = page.listNumber
      if listNumber == nil, page.memory != .none || outcome.odd > 0 { listNumber = try database.listNumber(of: page.list) }
      if page.memory != .none {
        let see = page.memory == .kept ? statements.see : statements.seeForNow
        if outcome.received > 0 { try database.execute(see, ["list": listNumber, "walk": page.walk, "now": page.now]) }
        outcome.newKeys = outcome.received > 0 ? database.changesCount : 0
      }
      // A walk with a filter lists only what changed, so that nothing is missing from it.
      if page.isLast, page.memory == .kept, page.since == nil {
        let unseen = try database.cachedStatement(sql: "SELECT count(*) FROM sync_seen WHERE list_id = ? AND walk < ?")
        outcome.missing = try Int.fetchOne(unseen, arguments: [listNumber, page.walk]) ?? 0
      }
      if outcome.odd > 0 { try database.quarantineItems(of: page, statements: statements) }
      if outcome.received > 0 { try database.execute(statements.clear) }
      CrashPoint.reached(.page)

      var checkpoint = advance(outcome)
      checkpoint.listNumber = listNumber
      try database.save(&checkpoint, for: page.list)
      if page.isLast, !checkpoint.isOpen {
        if let interval = page.interval, let listNumber = checkpoint.listNumber {
          try database.save(interval, of: listNumber, run: page.run, now: page.now)
          try database.settle(span: interval.startsAt, of: page.list)
        }
        // A walk that asked for what is new says nothing of failures before it.
        if checkpoint.filter == nil || page.interval != nil {
          try database.release(
            page.list, walk: page.walk, interval: page.interval?.startsAt, isWhole: page.interval?.isWhole ?? true)
        }
        try database.settle(page.list, checkpoint, run: page.run)
        if let expansion = page.expansion {
          try database.plan(expansion(try database.livingOrganizations()), run: page.run, now: page.now)
        }
      }
      return (outcome, checkpoint)
    }
    CrashPoint.reached(.committed)
    // Only what was committed is known to be learned.
    if isSampled, outcome.inserted + outcome.changed > 0 {
      _ = learnedTables.withLock { $0.insert(page.table.name) }
    }
    return (outcome, checkpoint)
  }

  /// Whether to look for drift on the next page of a table: on each of the first, of large loads on every eighth.
  private func isSampled(_ table: MirrorTable) -> Bool {
    let number = pagesOfTables.withLock { pages in
      pages[table.name, default: 0] += 1
      return pages[table.name, default: 0]
    }
    return number <= 100 || number.isMultiple(of: 8)
  }

  /// The statements of a table, the temporary tables they work on in place. Those are made once and outside of the
  /// pages' transactions: making a table empties the cache of compiled statements, and a page that fails would take it back.
  func statements(for table: MirrorTable) throws -> TableStatements {
    if let known = preparedTables.withLock({ $0[table.name] }) { return known }
    let statements = TableStatements(
      table, below: below[table.name] ?? [], volatile: volatileMembers.withLock { $0[table.name] ?? [] })
    try database.writeWithoutTransaction { database in
      try database.execute(sql: statements.createIncoming)
      try database.execute(sql: Self.createKnownFields)
      try database.execute(sql: Self.createSeenForNow)
    }
    preparedTables.withLock { $0[table.name] = statements }
    return statements
  }

  private static let createSeenForNow = """
    CREATE TEMP TABLE IF NOT EXISTS seen_for_now (
      list_id INTEGER, key TEXT, walk INTEGER, seen_at INTEGER, PRIMARY KEY (list_id, key)) WITHOUT ROWID
    """
}

extension Database {
  /// Splits a page into the temporary table of its resource.
  /// - Returns: the number of items.
  func split(_ page: PageCommit, _ statements: TableStatements) throws -> Int {
    var parameters: [String: (any DatabaseValueConvertible)?] = ["page": page.body]
    for column in page.table.splitParameters { parameters[column] = .some(page.scope[column]) }
    if case .list(let path) = page.table.rows { parameters["path"] = path }
    do {
      try execute(statements.split, parameters)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
      throw StoreError.unusablePage(table: page.table.name, why: error.message ?? "it is no JSON")
    }
    guard changesCount == page.rowCount else {
      throw StoreError.unusablePage(
        table: page.table.name, why: "\(page.rowCount) items were announced and \(changesCount) found")
    }
    return changesCount
  }

  func execute(_ sql: String, _ parameters: [String: (any DatabaseValueConvertible)?] = [:]) throws {
    try cachedStatement(sql: sql).execute(arguments: StatementArguments(parameters))
  }
}
