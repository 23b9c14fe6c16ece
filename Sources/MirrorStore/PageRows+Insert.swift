import DevinModel
import Foundation
import GRDB

extension PageRows {
  /// Inserts the page's rows directly, without comparing them with anything.
  /// - Returns: nil, with nothing done, if the table does not support this.
  /// - Throws: `NeedComparison` if one of the rows exists or cannot be a row.
  func insert(into database: Database, _ listNumber: inout Int64?) throws -> PageOutcome? {
    guard page.since == nil, let statements = statements.firstRead,
      let last = try Int64.fetchOne(database.cachedStatement(sql: statements.lastRow)),
      // After the largest possible row number, SQLite uses any number that is free.
      last < .max - Int64(page.rowCount), page.rowCount > 0, case .list(let path) = page.table.rows
    else { return nil }
    var outcome = PageOutcome()
    do {
      if let parts = page.parts {
        try database.execute(
          statements.insertParts, said(page.table.scopeColumns, ["page": parts.page, "places": parts.places, "now": page.now]))
      } else {
        try database.execute(
          statements.insert, said(page.table.scopeColumns, ["page": page.body, "path": path, "now": page.now]))
      }
      outcome.received = try page.demandAll(database.changesCount)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT || error.resultCode == .SQLITE_ERROR {
      throw NeedComparison()
    }
    outcome.inserted = outcome.received
    let written: Values = ["run": page.run, "now": page.now, "before": last]
    try database.execute(statements.recordChanges, said(page.table.scopeKey, written))
    guard database.changesCount == outcome.inserted else {
      throw DatabaseError(message: "\(page.table.name) gave its new rows numbers that do not follow each other")
    }
    try database.execute(statements.recount, said(page.table.scopeColumns, ["before": last, "count": outcome.inserted]))
    for derive in statements.derive { try database.execute(derive, said(page.table.scopeKey, ["before": last])) }
    for owe in statements.oweBelow { try database.execute(owe, written.merging(["org": page.list.organization]) { $1 }) }
    try noteDrift(in: database, statements.noteDrift, written)
    if let newest = statements.newest {
      outcome.newest = try Int64.fetchOne(database.cachedStatement(sql: newest), arguments: ["before": last])
    }
    if page.memory != .none {
      let number = try listNumber ?? database.listNumber(of: page.list)
      listNumber = number
      let see = page.memory == .kept ? statements.memory.see : statements.memory.seeForNow
      try database.execute(see, ["list": number, "walk": page.walk, "now": page.now, "before": last])
      outcome.newKeys = database.changesCount
    }
    return outcome
  }
}

extension PageCommit {
  /// The page and the positions of its items, for a statement that cuts the items out of it (`FirstReadStatements.insertParts`);
  /// nil: the positions are unknown.
  var parts: (page: Data, places: String)? {
    guard let places, case .list = table.rows else { return nil }
    let numbers = places.map { "\(($0.lowerBound + 1) << 24 + $0.count)" }
    return (Data(body.utf8), "[\(numbers.joined(separator: ","))]")
  }
}
