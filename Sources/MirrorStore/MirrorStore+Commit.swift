package import DevinModel
import GRDB
import Synchronization

/// One page to be written to the file.
package struct PageCommit: Sendable {
  /// How the walk remembers which keys it saw.
  package enum Memory: Hashable, Sendable {
    /// In the file: a complete walk knows which rows are missing, even after an interruption.
    case kept
    /// During this run: enough to notice a server that repeats a page endlessly.
    case forNow
    case none
  }

  package let table: MirrorTable
  package let list: ListID
  /// Values of the columns that come from the list; missing values are NULL.
  package let scope: [String: String]
  package let body: String
  /// The position of each item in the body; nil: unknown.
  package var places: [RowPlace]?
  /// The number of items that the envelope announced; a page with a different number is rejected.
  package let rowCount: Int
  package let run: Int64
  /// For `_changed_at` and similar columns.
  package let now: UnixTime
  /// `Checkpoint.listNumber` and `.walk` of the walk that the page belongs to.
  package var listNumber: Int64?
  package var walk: Int64
  package var memory = Memory.none
  /// The lower bound of the request, `updated_after`; older rows show that the server ignored the filter.
  package var since: UnixTime?
  /// Whether the list ends here, so that missing rows can be counted.
  package var isLast = false
  /// Whether the list was never read completely, so that few rows of the page are in the mirror.
  package var isFirstRead = false
  /// The span that has been read completely when the walk ends with this page; nil: the list is no series.
  package var interval: ReadInterval?
  /// The lists that the list of organizations adds to the ledger when it is complete, given the current organizations; nil: none.
  package var expansion: Expansion?

  package typealias Expansion = @Sendable (_ organizations: [String]) -> [PlannedList]

  /// - Parameter checkpoint: the checkpoint of the walk that the page belongs to.
  package init(
    table: MirrorTable, list: ListID, scope: [String: String], body: String, rowCount: Int, at checkpoint: Checkpoint, run: Int64,
    now: UnixTime
  ) {
    self.table = table
    self.list = list
    self.scope = scope
    self.body = body
    self.rowCount = rowCount
    listNumber = checkpoint.listNumber
    walk = checkpoint.walk
    self.run = run
    self.now = now
  }
}

extension PageCommit {
  /// The same page, but only to repair differences: the list's cursor and its memory of other rows do not change.
  package func repairing(_ checkpoint: Checkpoint) -> PageCommit {
    var page = PageCommit(
      table: table, list: list, scope: scope, body: body, rowCount: rowCount, at: checkpoint, run: run, now: now)
    page.places = places
    page.memory = memory == .kept ? .kept : .none
    return page
  }
}

/// The result of a page.
package struct PageOutcome: Hashable, Sendable {
  package var received = 0
  package var inserted = 0
  package var changed = 0
  /// Rows that had been marked deleted and are listed again, unchanged.
  package var restored = 0
  /// Items that could not become rows and were quarantined.
  package var malformed = 0
  /// Keys not seen before in this walk; nil: the walk does not remember keys.
  package var newKeys: Int?
  /// Latest time of change on the page.
  package var newest: UnixTime?
  /// Rows that do not match the requested filter.
  package var outsideFilter = 0
  /// Keys seen by earlier walks, or by a list of the other level, but not by this walk, which is now complete.
  package var missing = 0

  package init() {}
}

extension MirrorStore {
  /// The only write path for pages: splits the page, writes the differences, records each change and stores the checkpoint, or does nothing
  /// of this. Pages of other lists that are waiting share the transaction.
  /// - Parameter advance: the checkpoint for the page, as a function of the page's result.
  package func commit(
    _ page: PageCommit, advance: @escaping @Sendable (PageOutcome) -> Checkpoint
  ) async throws -> (outcome: PageOutcome, checkpoint: Checkpoint) {
    let statements = try await statements(for: page.table)
    let rows = PageRows(page: page, statements: statements, drift: countPage(of: page.table), indexesText: indexesText)
    do {
      return try await commit(rows, isFirstRead: page.isFirstRead, advance: advance)
    } catch is PageRows.NeedComparison {
      return try await commit(rows, isFirstRead: false, advance: advance)
    }
  }

  private func commit(
    _ rows: PageRows, isFirstRead: Bool, advance: @escaping @Sendable (PageOutcome) -> Checkpoint
  ) async throws -> (outcome: PageOutcome, checkpoint: Checkpoint) {
    let page = rows.page
    let (outcome, checkpoint) = try await write { database in
      var listNumber = page.listNumber
      let inserted = isFirstRead ? try rows.insert(into: database, &listNumber) : nil
      var outcome = try inserted ?? rows.merge(into: database, &listNumber)
      // A walk with a filter lists only what changed, so it cannot show what is missing.
      if page.isLast, page.memory == .kept, page.since == nil {
        let unseen = try database.cachedStatement(sql: "SELECT count(*) FROM sync_seen WHERE list_id = ? AND walk < ?")
        outcome.missing = try Int.fetchOne(unseen, arguments: [listNumber, page.walk]) ?? 0
        let elsewhere = try database.keysOfOtherLevel(
          missingFrom: page.list, of: page.table, number: listNumber, principal: nil)
        outcome.missing += elsewhere.keys.count + elsewhere.ofOthers.count
      }
      // The keys of a list that has ended are no longer needed, and there may be very many lists.
      if page.isLast, page.memory == .forNow {
        try database.execute("DELETE FROM temp.seen_for_now WHERE list_id = :list", ["list": listNumber])
      }
      CrashPoint.reached(.page)

      var checkpoint = advance(outcome)
      checkpoint.listNumber = listNumber
      try database.save(&checkpoint, for: page.list)
      if page.isLast, !checkpoint.isOpen { try database.settle(page, checkpoint) }
      return (outcome, checkpoint)
    }
    CrashPoint.reached(.committed)
    let index = indexesText ? TextIndex.of(page.table.name) : nil
    let isIndexDue = state.withLock { state in
      // If the transaction was rolled back, the connection did not keep the members, so set this only after the commit.
      if rows.drift != .notSampled, outcome.inserted + outcome.changed > 0 { state.tables[page.table.name]?.isLearned = true }
      guard index != nil, outcome.inserted > 0, var known = state.tables[page.table.name] else { return false }
      known.unindexed = (known.unindexed.rows + outcome.inserted, known.unindexed.bytes + page.body.utf8.count)
      state.tables[page.table.name] = known
      return Self.isStepDue(known.unindexed, after: known.indexed)
    }
    if isIndexDue, let index { try await indexStep(of: index) }
    return (outcome, checkpoint)
  }

  /// Counts a page, and decides whether to check it for drift: the first 100 pages are checked, then every 16th.
  private func countPage(of table: MirrorTable) -> PageRows.Drift {
    state.withLock { state in
      guard var known = state.tables[table.name] else { return .notSampled }
      known.pages += 1
      state.tables[table.name] = known
      guard known.pages <= 100 || known.pages.isMultiple(of: 16) else { return .notSampled }
      return known.isLearned ? .sampled : .sampledFirst
    }
  }

  /// The statements of a table, after creating the temporary tables that they use. These are created once and outside of the pages'
  /// transactions: creating a table clears the cache of compiled statements, and a failing page would roll it back.
  func statements(for table: MirrorTable) async throws -> TableStatements {
    let known = state.withLock(\.self)
    if let statements = known.tables[table.name]?.statements { return statements }
    let below = below[table.name] ?? []
    let statements = try await writeOutsideTransaction { database in
      let statements = TableStatements(
        table, below: below, volatile: known.volatileMembers[table.name] ?? [],
        omitted: known.omittedMembers[table.name] ?? [], namesOrganization: try database.namesOrganization(table.name))
      try database.execute(sql: statements.incoming.create)
      try database.execute(sql: Self.createKnownFields)
      try database.execute(sql: Self.createSeenForNow)
      try database.execute(sql: DerivedTable.createTemporary)
      return statements
    }
    state.withLock { state in
      if state.tables[table.name] == nil { state.tables[table.name] = TableState(statements: statements) }
    }
    return statements
  }

  private static let createSeenForNow = """
    CREATE TEMP TABLE IF NOT EXISTS seen_for_now (
      list_id INTEGER, key TEXT, walk INTEGER, seen_at INTEGER, PRIMARY KEY (list_id, key)) WITHOUT ROWID
    """
}

/// The rows of a page to be written to their table.
struct PageRows: Sendable {
  /// Whether the page is compared with the schema.
  enum Drift {
    case notSampled, sampled
    /// Yes, but the connection must first be given the expected members.
    case sampledFirst
  }

  let page: PageCommit
  let statements: TableStatements
  let drift: Drift
  let indexesText: Bool

  typealias Values = [String: (any DatabaseValueConvertible)?]

  func said(_ columns: [String], _ others: Values) -> Values {
    columns.reduce(into: others) { $0[$1] = .some(page.scope[$1]) }
  }

  /// What was written of the page must be undone, and the page must be compared instead.
  struct NeedComparison: Error {}

  /// Compares the page with the table, and writes the differences.
  func merge(into database: Database, _ listNumber: inout Int64?) throws -> PageOutcome {
    var outcome = PageOutcome()
    outcome.received = try database.split(page, statements)
    if outcome.received > 0 {
      let count = try database.cachedStatement(sql: statements.incoming.count)
      if let row = try Row.fetchOne(count, arguments: ["since": page.since]) {
        outcome.inserted = try row.value("inserted")
        outcome.changed = try row.value("changed")
        outcome.restored = try row.value("restored")
        outcome.malformed = try row.value("odd")
        outcome.newest = try row.value("newest")
        outcome.outsideFilter = try row.value("outside")
      }
    }
    if outcome.inserted + outcome.changed + outcome.restored > 0 { try write(outcome, into: database) }

    if listNumber == nil, page.memory != .none || outcome.malformed > 0 { listNumber = try database.listNumber(of: page.list) }
    if page.memory != .none {
      let see = page.memory == .kept ? statements.memory.see : statements.memory.seeForNow
      if outcome.received > 0 { try database.execute(see, ["list": listNumber, "walk": page.walk, "now": page.now]) }
      outcome.newKeys = outcome.received > 0 ? database.changesCount : 0
    }
    if outcome.malformed > 0 { try database.quarantineItems(of: page, statements: statements) }
    if outcome.received > 0 { try database.execute(statements.incoming.clear) }
    return outcome
  }

  private func write(_ outcome: PageOutcome, into database: Database) throws {
    let scopeKey = said(page.table.scopeKey, [:])
    try database.execute(statements.merge.recordChanges, said(page.table.scopeKey, ["run": page.run, "now": page.now]))
    let hasOtherText = indexesText && outcome.changed > 0
    if hasOtherText, let unindex = statements.merge.unindex { try database.execute(unindex, scopeKey) }
    if outcome.changed + outcome.restored > 0 { try database.execute(statements.merge.uncount, scopeKey) }
    try database.execute(statements.merge.upsert, said(page.table.scopeColumns, ["now": page.now]))
    try database.execute(statements.merge.recount, scopeKey)
    try database.derive(statements.merge.derive, scopeKey)
    for owe in statements.merge.markPendingBelow {
      try database.execute(
        owe, said(page.table.scopeKey, ["org": page.list.organization, "run": page.run, "now": page.now]))
    }
    if hasOtherText, let index = statements.merge.index { try database.execute(index, scopeKey) }
    if outcome.inserted + outcome.changed > 0 {
      try noteDrift(in: database, statements.merge.noteDrift, ["run": page.run, "now": page.now])
    }
  }

  func noteDrift(in database: Database, _ sql: String, _ values: Values) throws {
    guard drift != .notSampled else { return }
    if drift == .sampledFirst { try database.learn(try TableShape.of(page.table.name), as: page.table.name) }
    try database.execute(sql, values)
  }
}

extension PageCommit {
  fileprivate func unusable(_ why: String) -> StoreError { .unusablePage(table: table.name, why: why) }

  /// - Throws: `.unusablePage` if the page has a different number of items than its envelope announced.
  func demandAll(_ count: Int) throws(StoreError) -> Int {
    guard count == rowCount else { throw unusable("\(rowCount) items were announced and \(count) found") }
    return count
  }
}

extension Database {
  /// At the end of a walk, removes its list, or its span, from the ledger.
  fileprivate func settle(_ page: PageCommit, _ checkpoint: Checkpoint) throws {
    if let interval = page.interval, let listNumber = checkpoint.listNumber {
      try save(interval, of: listNumber, run: page.run, now: page.now)
      try settle(span: interval.startsAt, of: page.list)
    }
    // A walk that requested only what is new says nothing about earlier failures.
    if checkpoint.filter == nil || page.interval != nil {
      try release(page.list, walk: page.walk, interval: page.interval?.startsAt, isComplete: page.interval?.isComplete ?? true)
    }
    try settle(page.list, checkpoint, run: page.run)
    if page.table.isListedAtTwoLevels { try supersede(like: page.list, by: checkpoint, run: page.run, now: page.now) }
    if let expansion = page.expansion { try plan(expansion(try livingOrganizations()), run: page.run, now: page.now) }
  }

  /// Splits a page into the temporary table of its resource.
  /// - Returns: the number of items.
  func split(_ page: PageCommit, _ statements: TableStatements) throws -> Int {
    let parts = page.parts
    var parameters: [String: (any DatabaseValueConvertible)?] = [:]
    for column in page.table.splitParameters { parameters[column] = .some(page.scope[column]) }
    if let parts {
      (parameters["page"], parameters["places"]) = (parts.page, parts.places)
    } else {
      parameters["page"] = page.body
      if case .list(let path) = page.table.rows { parameters["path"] = path }
    }
    do {
      try execute(parts == nil ? statements.incoming.split : statements.incoming.splitParts, parameters)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
      throw page.unusable(error.message ?? "it is not JSON")
    }
    return try page.demandAll(changesCount)
  }

  func execute(_ sql: String, _ parameters: [String: (any DatabaseValueConvertible)?] = [:]) throws {
    try cachedStatement(sql: sql).execute(arguments: StatementArguments(parameters))
  }
}
