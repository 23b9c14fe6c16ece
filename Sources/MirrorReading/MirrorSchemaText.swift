import Foundation
import MirrorStore

/// The tables and views that a mirror has, as SQL with its comments.
package enum MirrorSchemaText {
  package struct Object: Hashable, Sendable {
    /// table, view or index.
    package let kind: String
    package let name: String
    package let sql: String
    /// Of tables and views; an index has none.
    package let columns: [Column]
  }

  package struct Column: Hashable, Sendable {
    package let name: String
    /// TEXT, INTEGER, REAL; empty for computed columns of views.
    package let type: String
    /// What its SQL says of it: unit, meaning of NULL, known values; nil: nothing.
    package let comment: String?
  }

  /// In the order they are made.
  /// - Parameter name: only this table with its indexes, or this view; nil: everything. Empty if there is none such.
  package static func objects(of name: String?) throws -> [Object] {
    let store = try MirrorStore(inMemory: "schema")
    return try store.schema().filter { name == nil || $0.table == name || $0.name == name }.map { object in
      Object(
        kind: object.type, name: object.name, sql: object.sql,
        columns: object.columns.map { Column(name: $0.name, type: $0.type, comment: comment(on: $0.name, in: object.sql)) })
    }
  }

  /// The words at the end of the line that declares a column.
  private static func comment(on column: String, in sql: String) -> String? {
    for line in sql.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.first == Substring(column) || words.first == Substring("\"\(column)\""),
        let mark = line.range(of: " -- ", options: .backwards)
      else { continue }
      return String(line[mark.upperBound...]).trimmingCharacters(in: .whitespaces)
    }
    return nil
  }
}
