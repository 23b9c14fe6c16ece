import DevinModel
import GRDB
import Synchronization

/// A full-text index (FTS5) over some columns of a table, named `search_` and the table's name. It stores no text of its own, so a
/// statement that changes or removes a row must supply the previous text.
struct TextIndex: Hashable, Sendable {
  let table: String
  let columns: [String]

  static let all = [
    TextIndex(table: "sessions", columns: ["title"]), TextIndex(table: "session_messages", columns: ["message"]),
    TextIndex(table: "knowledge_notes", columns: ["name", "body"]), TextIndex(table: "playbooks", columns: ["title", "body"]),
  ]

  /// How much SQLite collects in memory before it writes a segment of the index, which is merged with others later. Four times its default
  /// saves a seventh of the work. https://www.sqlite.org/fts5.html#configuration_options_config_table_
  static let collectedBytes = 4 << 20

  /// Nil: the table has no full-text index.
  static func of(_ table: String) -> TextIndex? { all.first { $0.table == table } }

  var name: String { "search_\(table)" }

  /// The columns as a row value.
  func list(_ alias: String) -> String { "(\(columns.map { "\(alias).\($0)" }.joined(separator: ", ")))" }

  /// The columns as the schema computes them from JSON.
  func expressions(_ raw: String) -> String {
    columns.map { "replace(\(raw), '\\u0000', '\\ufffd') ->> '\($0)'" }.joined(separator: ", ")
  }

  /// The columns of rows `t`. They take a NUL, as JSON writes it, out of the whole object first; hardly any object has one, which GLOB finds
  /// out in a fraction of the time.
  private var values: String {
    columns.map { "iif(t._raw GLOB '*\\u0000*', t.\($0), t._raw ->> '\($0)')" }.joined(separator: ", ")
  }

  /// SQL for the last row that is indexed: later rows are not in the index yet.
  var lastIndexed: String { "SELECT indexed_to FROM sync_text_indexes WHERE resource = '\(table)'" }

  /// SQL that removes rows from the index.
  /// - Parameter rows: what follows FROM, the table being `t`.
  func removal(from rows: String) -> String {
    """
    INSERT INTO \(name) (\(name), rowid, \(columns.joined(separator: ", ")))
    SELECT 'delete', t.rowid, \(values) FROM \(rows)
    """
  }

  /// SQL that adds rows to the index.
  /// - Parameter rows: as in `removal`.
  func insertion(from rows: String) -> String {
    "INSERT INTO \(name) (rowid, \(columns.joined(separator: ", "))) SELECT t.rowid, \(values) FROM \(rows)"
  }
}

// New rows are indexed in large steps after their pages: each transaction that adds text creates a segment in the index, which must be
// merged later. For 196,000 messages this took 5 s page by page, and 2.3 s in steps of 20,000 rows.

extension MirrorStore {
  /// Whether text is indexed. This is stored in the file, so that all programs that write to it behave alike.
  package var indexesText: Bool { state.withLock(\.indexesText) }

  /// The maximum number of rows, and of bytes of their pages, that wait to be indexed during a run.
  static let indexStep = (rows: 20_000, bytes: 32 << 20)

  /// The first steps are smaller, so that little is left to do when the last page of a small mirror has come.
  static func isStepDue(_ unindexed: (rows: Int, bytes: Int), after indexed: Int) -> Bool {
    unindexed.rows >= min(indexStep.rows, max(2_000, indexed / 4)) || unindexed.bytes >= indexStep.bytes
  }

  /// Switches the indexes on (still empty) or off; does nothing if this is their state already.
  /// - Parameter rebuilding: empties the indexes even if they are already on.
  package func indexText(_ isOn: Bool, rebuilding: Bool = false) async throws {
    guard rebuilding || isOn != indexesText else { return }
    try await write { database in
      for index in TextIndex.all { try database.empty(index) }
      try database.execute(sql: "UPDATE sync_text_indexes SET is_on = ?", arguments: [isOn])
    }
    state.withLock { $0.indexesText = isOn }
  }

  /// Indexes the rows that are not in the indexes yet, in steps that are committed separately; ends early when the
  /// task is cancelled.
  package func indexNewRows() async throws {
    for index in TextIndex.all { try await indexNewRows(of: index) }
  }

  private func indexNewRows(of index: TextIndex) async throws {
    guard indexesText else { return }
    while !Task.isCancelled, try await read({ try $0.hasRowsBehind(index) }) { try await indexStep(of: index) }
  }

  /// Indexes as many new rows as one step may. Rows of pages that are committed meanwhile wait for the next step: steps that followed
  /// them at once would have a page each.
  func indexStep(of index: TextIndex) async throws {
    state.withLock { state in
      guard var known = state.tables[index.table] else { return }
      known.indexed += known.unindexed.rows
      known.unindexed = (0, 0)
      state.tables[index.table] = known
    }
    try await write { try $0.indexStep(of: index, rows: Self.indexStep.rows) }
    CrashPoint.reached(.indexed)
  }

  /// The maximum number of rows that are not indexed yet, by table; empty: every row can be found.
  package func unindexedRows() async throws -> [String: Int64] {
    guard indexesText else { return [:] }
    return try await read { database in
      try TextIndex.all.reduce(into: [:]) { counts, index in
        let sql = "SELECT coalesce(max(rowid), 0) - (\(index.lastIndexed)) FROM \(index.table.quotedDatabaseIdentifier)"
        if let count = try Int64.fetchOne(database, sql: sql), count > 0 { counts[index.table] = count }
      }
    }
  }

  /// Indexes that lack rows they should have, or that have rows that do not exist, each a sentence. Whether the indexed text is
  /// correct can only be checked by a connection that may write (`brokenTextIndexes`).
  package func indexFindings() async throws -> [String] {
    guard indexesText else { return [] }
    return try await read { database in
      try TextIndex.all.compactMap { index in
        let table = index.table.quotedDatabaseIdentifier
        let sql = """
          SELECT (SELECT count(*) FROM \(table) AS t WHERE t.rowid <= (\(index.lastIndexed))
              AND NOT EXISTS (SELECT 1 FROM \(index.name)_docsize AS d WHERE d.id = t.rowid))
            + (SELECT count(*) FROM \(index.name)_docsize AS d WHERE d.id > (\(index.lastIndexed))
              OR NOT EXISTS (SELECT 1 FROM \(table) AS t WHERE t.rowid = d.id))
          """
        let count = try Int.fetchOne(database, sql: sql) ?? 0
        return count > 0 ? "\(index.name): \(count) rows that are missing in the index, or should not be in it" : nil
      }
    }
  }

  /// Indexes every row, and rebuilds an index that has errors.
  package func mendIndexes() async throws {
    if try await !indexFindings().isEmpty { try await indexText(true, rebuilding: true) }
    try await indexNewRows()
  }

  /// Names of the tables whose full-text index does not match their rows; empty if the indexes are off. Every row must be indexed.
  package func brokenTextIndexes() async throws -> [String] {
    guard indexesText else { return [] }
    return try await write { database in
      try TextIndex.all.filter { index in
        do {
          try database.execute(sql: "INSERT INTO \(index.name) (\(index.name), rank) VALUES ('integrity-check', 1)")
          return false
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
          return true
        }
      }.map(\.table)
    }
  }
}

extension Database {
  fileprivate func empty(_ index: TextIndex) throws {
    try execute(sql: "INSERT INTO \(index.name) (\(index.name)) VALUES ('delete-all')")
    try execute(sql: "UPDATE sync_text_indexes SET indexed_to = 0 WHERE resource = ?", arguments: [index.table])
  }

  fileprivate func hasRowsBehind(_ index: TextIndex) throws -> Bool {
    let sql = "SELECT EXISTS (SELECT 1 FROM \(index.table.quotedDatabaseIdentifier) WHERE rowid > (\(index.lastIndexed)))"
    return try Bool.fetchOne(self, sql: sql) ?? false
  }

  fileprivate func indexStep(of index: TextIndex, rows: Int) throws {
    let first = try Int64.fetchOne(self, sql: index.lastIndexed) ?? 0
    let table = index.table.quotedDatabaseIdentifier
    let sql = "SELECT max(rowid) FROM (SELECT rowid FROM \(table) WHERE rowid > ? ORDER BY rowid LIMIT ?)"
    guard let last = try Int64.fetchOne(self, sql: sql, arguments: [first, rows]) else { return }
    let collected = try Int.fetchOne(self, sql: "SELECT v FROM \(index.name)_config WHERE k = 'hashsize'")
    if collected != TextIndex.collectedBytes {
      try execute(
        sql: "INSERT INTO \(index.name) (\(index.name), rank) VALUES ('hashsize', ?)", arguments: [TextIndex.collectedBytes])
    }
    try execute(
      sql: index.insertion(from: "\(table) AS t WHERE t.rowid > ? AND t.rowid <= ? ORDER BY t.rowid"), arguments: [first, last])
    try execute(sql: "UPDATE sync_text_indexes SET indexed_to = ? WHERE resource = ?", arguments: [last, index.table])
  }

  /// Removes the text of rows from their index, before the rows are deleted.
  func removeText(of table: String, where which: String, before time: UnixTime) throws {
    guard let index = TextIndex.of(table) else { return }
    let rows = "\(table.quotedDatabaseIdentifier) AS t WHERE (\(which)) AND t.rowid <= (\(index.lastIndexed))"
    try execute(sql: index.removal(from: rows), arguments: ["time": time])
  }

  /// After rows were deleted: a new row may reuse the number of the last one, and is not indexed yet.
  func rowsDeleted(from table: String) throws {
    try execute(
      sql: """
        UPDATE sync_text_indexes SET indexed_to = min(indexed_to, (SELECT coalesce(max(rowid), 0) FROM \(table.quotedDatabaseIdentifier)))
        WHERE resource = ?
        """, arguments: [table])
  }
}
