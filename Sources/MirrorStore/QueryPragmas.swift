import Foundation
import GRDBSQLite

/// Which PRAGMAs a query may use. Some take effect for the whole process as soon as they are compiled (`hard_heap_limit` makes every later
/// allocation fail). So a query is first compiled in an empty database in memory, where SQLite's authorizer refuses PRAGMAs that do more
/// than read. The authorizer of the mirror's own connection is used by GRDB.
enum QueryPragmas {
  /// PRAGMAs that describe the file and its schema, with or without a name.
  private static let descriptions: Set<String> = [
    "foreign_key_check", "foreign_key_list", "index_info", "index_list", "index_xinfo", "integrity_check", "quick_check",
    "table_info",
    "table_list", "table_xinfo",
  ]
  /// Settings that may be read; with a value they would be changed.
  private static let settings: Set<String> = [
    "application_id", "collation_list", "compile_options", "data_version", "database_list", "encoding", "freelist_count",
    "function_list", "journal_mode", "module_list", "page_count", "page_size", "pragma_list", "schema_version", "user_version",
  ]

  /// - Throws: `.unusableQuery` if the text contains a PRAGMA that does more than read.
  static func demandHarmless(_ sql: String) throws(StoreError) {
    // A statement without this word contains no PRAGMA.
    guard sql.range(of: "pragma", options: .caseInsensitive) != nil else { return }
    let (first, rest) = parts(of: sql)
    for text in [first, rest] where isRefused(text) {
      let names = descriptions.union(settings).sorted().joined(separator: ", ")
      throw .unusableQuery(why: "a query may not use this PRAGMA, or give it a value. These may be read: \(names)")
    }
  }

  /// The first statement and the rest. SQLite determines where the statement ends.
  private static func parts(of sql: String) -> (first: String, rest: String) {
    var end = sql.startIndex
    while let mark = sql[end...].firstIndex(of: ";") {
      end = sql.index(after: mark)
      if sqlite3_complete(String(sql[..<end])) == 1 { return (String(sql[..<end]), String(sql[end...])) }
    }
    return (sql, "")
  }

  private static func isRefused(_ sql: String) -> Bool {
    var connection: OpaquePointer?
    defer { sqlite3_close(connection) }
    guard sqlite3_open(":memory:", &connection) == SQLITE_OK else { return true }
    sqlite3_set_authorizer(
      connection,
      { _, action, name, value, _, _ in
        guard action == SQLITE_PRAGMA else { return SQLITE_OK }
        let pragma = name.map { String(cString: $0).lowercased() } ?? ""
        let isHarmless =
          QueryPragmas.descriptions.contains(pragma) || (QueryPragmas.settings.contains(pragma) && value == nil)
        return isHarmless ? SQLITE_OK : SQLITE_DENY
      }, nil)
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    // Other errors are expected here: the mirror's tables are not in this database.
    return sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_AUTH
  }
}
