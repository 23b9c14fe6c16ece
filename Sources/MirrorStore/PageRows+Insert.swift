import DevinModel
import Foundation
import GRDB
import GRDBSQLite

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
      if let keyed = page.keyedItems {
        try insert(keyed, into: database, statements.insertItem)
      } else if let parts = page.parts {
        try database.execute(
          statements.insertParts, said(page.table.scopeColumns, ["page": parts.page, "places": parts.places, "now": page.now]))
      } else {
        try database.execute(
          statements.insert, said(page.table.scopeColumns, ["page": page.body, "path": path, "now": page.now]))
      }
      outcome.received = try page.demandAll(page.keyedItems?.count ?? database.changesCount)
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
    try database.derive(statements.derive, said(page.table.scopeKey, ["before": last]))
    for owe in statements.markPendingBelow { try database.execute(owe, written.merging(["org": page.list.organization]) { $1 }) }
    try noteDrift(in: database, statements.noteDrift, written)
    if let newest = statements.newest {
      outcome.newest = try UnixTime.fetchOne(database.cachedStatement(sql: newest), arguments: ["before": last])
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

  /// Inserts items directly from the bytes of the page, without copies or a JSON parser.
  private func insert(_ items: [KeyedItem], into database: Database, _ sql: String) throws {
    let statement = try database.cachedStatement(sql: sql)
    statement.arguments = StatementArguments(said(page.table.scopeColumns, ["key": nil, "raw": nil, "now": page.now]))
    let handle = statement.sqliteStatement
    // The bindings point into the page, which is not valid after this function.
    defer { sqlite3_clear_bindings(handle) }
    let (key, raw) = (sqlite3_bind_parameter_index(handle, ":key"), sqlite3_bind_parameter_index(handle, ":raw"))
    var body = page.body
    try body.withUTF8 { bytes in
      try bytes.withMemoryRebound(to: CChar.self) { text in
        for item in items {
          sqlite3_bind_text(handle, key, text.baseAddress.map { $0 + item.key.lowerBound }, Int32(item.key.count), nil)
          sqlite3_bind_text(handle, raw, text.baseAddress.map { $0 + item.object.lowerBound }, Int32(item.object.count), nil)
          let end = sqlite3_step(handle)
          sqlite3_reset(handle)
          guard end == SQLITE_DONE else {
            throw DatabaseError(
              resultCode: ResultCode(rawValue: end), message: String(cString: sqlite3_errmsg(database.sqliteConnection)))
          }
        }
      }
    }
  }
}

/// The positions of an item and of its key in the page.
private struct KeyedItem {
  let object, key: Range<Int>
}

extension PageCommit {
  /// The items, if the key of each is known and can be a key; nil: SQLite must extract the keys.
  fileprivate var keyedItems: [KeyedItem]? {
    guard let places, table.itemKey.plainMember != nil else { return nil }
    let keyed = places.compactMap { place in
      place.key.flatMap { (1...Self.mostBytesOfKey).contains($0.count) ? KeyedItem(object: place.object, key: $0) : nil }
    }
    return keyed.count == places.count ? keyed : nil
  }

  /// A text of so many bytes is never longer than a key may be, which is limited in characters.
  private static let mostBytesOfKey = 4_000

  /// The page and the positions of its items, for a statement that cuts the items out of it (`FirstReadStatements.insertParts`);
  /// nil: the positions are unknown.
  var parts: (page: Data, places: String)? {
    guard let places, case .list = table.rows else { return nil }
    let numbers = places.map { "\(($0.object.lowerBound + 1) << 24 + $0.object.count)" }
    return (Data(body.utf8), "[\(numbers.joined(separator: ","))]")
  }
}
