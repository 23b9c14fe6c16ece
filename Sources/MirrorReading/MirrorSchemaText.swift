import Foundation
import MirrorSchema
import MirrorStore

/// The tables and views of a mirror, as SQL with its comments.
package enum MirrorSchemaText {
  package struct Object: Hashable, Encodable, Sendable {
    /// table, view or index.
    package let kind: String
    package let name: String
    package let sql: String
    /// Only for tables and views; empty for an index.
    package let columns: [Column]

    private enum CodingKeys: String, CodingKey {
      case kind = "type"
      case name, sql, columns
    }
  }

  package struct Column: Hashable, Encodable, Sendable {
    package let name: String
    /// TEXT, INTEGER, REAL; empty for computed columns of views.
    package let type: String
    /// The column's comment in the SQL: unit, meaning of NULL, known values; nil: there is none.
    package let comment: String?
    /// How its values are treated in a redacted copy, as declared in its SQL after `@`; nil: they are computed, or left out.
    package let redaction: String?
  }

  /// In the order of creation.
  /// - Parameter name: only this table with its indexes, or this view; nil: everything. The result is empty if it does not exist.
  package static func objects(of name: String?) throws -> [Object] {
    let store = try MirrorStore(inMemory: "schema")
    return try store.schema().filter { name == nil || $0.table == name || $0.name == name }.map(Object.init)
  }

  /// The number of the schema: `user_version` of a file with it.
  package static var version: Int { MirrorSchema.versions.count }

  /// The version of the SQLite library.
  package static var sqliteVersion: String { MirrorStore.sqliteVersion }

  /// The names of all tables and views.
  package static func names() throws -> [String] { try objects(of: nil).filter { $0.kind != "index" }.map(\.name) }

  /// Some tables of a file.
  static func tables(_ names: [String], in store: MirrorStore) throws -> [Object] { try store.tables(names).map(Object.init) }

  /// The comments at the end of the lines that declare columns, by column.
  fileprivate static func comments(in sql: String) -> [String: ColumnComment] {
    let (space, quote) = (UInt8(ascii: " "), UInt8(ascii: "\""))
    return sql.utf8.split(separator: UInt8(ascii: "\n")).reduce(into: [:]) { comments, line in
      let text = Substring(line)
      guard let mark = text.range(of: " -- ", options: .backwards) else { return }
      let name = String(decoding: line.drop { $0 == space }.prefix { $0 != space }.filter { $0 != quote }, as: UTF8.self)
      if comments[name] == nil { comments[name] = ColumnComment(text[mark.upperBound...]) }
    }
  }
}

extension MirrorSchemaText.Object {
  fileprivate init(_ object: MirrorStore.SchemaObject) {
    let comments = object.columns.isEmpty ? [:] : MirrorSchemaText.comments(in: object.sql)
    self.init(
      kind: object.type, name: object.name, sql: object.sql,
      columns: object.columns.map { column in
        let comment = comments[column.name]
        return .init(
          name: column.name, type: column.type, comment: comment.flatMap { $0.text.isEmpty ? nil : $0.text },
          redaction: comment?.ruleText)
      })
  }
}
