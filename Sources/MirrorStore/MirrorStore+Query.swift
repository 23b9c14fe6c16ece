import GRDB

extension MirrorStore {
  /// The columns and rows of an answer, its values as text; nil: NULL.
  package struct Answer: Sendable {
    package let columns: [String]
    package let rows: [[String?]]
  }

  /// Any query that reads.
  package func query(_ sql: String) async throws -> Answer {
    try await read { database in
      let statement = try database.makeStatement(sql: sql)
      let rows = try Row.fetchAll(statement).map { row in Array(row.databaseValues.map(Self.text)) }
      return Answer(columns: statement.columnNames, rows: rows)
    }
  }

  private static func text(_ value: DatabaseValue) -> String? {
    switch value.storage {
    case .null: nil
    case .int64(let number): "\(number)"
    case .double(let number): "\(number)"
    case .string(let text): text
    case .blob(let bytes): "\(bytes.count) bytes"
    }
  }
}
