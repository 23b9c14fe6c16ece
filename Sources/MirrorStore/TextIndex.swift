import GRDB

/// An index of the words in some columns of a table (FTS5), named `search_` and the table's name. It holds no text of its own, so
/// whoever changes or removes a row tells it what stood there before.
struct TextIndex: Hashable, Sendable {
  let table: String
  let columns: [String]

  static let all = [
    TextIndex(table: "sessions", columns: ["title"]), TextIndex(table: "session_messages", columns: ["message"]),
    TextIndex(table: "knowledge_notes", columns: ["name", "body"]), TextIndex(table: "playbooks", columns: ["title", "body"]),
  ]

  /// Nil: nobody searches the table.
  static func of(_ table: String) -> TextIndex? { all.first { $0.table == table } }

  var name: String { "search_\(table)" }

  /// The columns as a row value.
  func list(_ alias: String) -> String { "(\(columns.map { "\(alias).\($0)" }.joined(separator: ", ")))" }

  /// The columns as the schema computes them from JSON.
  func expressions(_ raw: String) -> String {
    columns.map { "replace(\(raw), '\\u0000', '\\ufffd') ->> '\($0)'" }.joined(separator: ", ")
  }

  /// SQL that takes rows out.
  /// - Parameter rows: what follows FROM, the table being `t`.
  func removal(from rows: String) -> String {
    """
    INSERT INTO \(name) (\(name), rowid, \(columns.joined(separator: ", ")))
    SELECT 'delete', t.rowid, \(columns.map { "t.\($0)" }.joined(separator: ", ")) FROM \(rows)
    """
  }
}

extension MirrorStore {
  /// Whether the indexes of words hold every row. Kept in the file, so that every program that writes does alike.
  package var indexesWords: Bool { words.withLock(\.self) }

  /// Fills the indexes of words, or empties them, unless that is how they are.
  /// - Parameter anew: fill them again.
  package func indexWords(_ isOn: Bool, anew: Bool = false) async throws {
    guard anew || isOn != indexesWords else { return }
    try await write { database in
      for index in TextIndex.all {
        try database.execute(
          sql: "INSERT INTO \(index.name) (\(index.name)) VALUES (?)", arguments: [isOn ? "rebuild" : "delete-all"])
      }
      try database.execute(sql: "UPDATE sync_search SET is_current = ?", arguments: [isOn])
    }
    words.withLock { $0 = isOn }
  }

  /// Names of the tables whose index of words is not what their rows say; empty where they are switched off.
  package func brokenWords() async throws -> [String] {
    guard indexesWords else { return [] }
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
