package import DevinModel

/// One resource in a feed: the columns that are sent, and the SQL that produces the lines.
package struct FeedStream: Hashable, Sendable {
  package let resource: String
  /// The columns of the key, in the order of `sync_changes.key`.
  package let key: [String]
  package let columns: [FeedColumn]
  /// Whether its lists are child lists. Then rows are removed together with their parent rows, deleted or not, without a recorded change.
  package let isBelowRows: Bool
  /// Members of a column that are not sent, although other members of the column are.
  private let left: Set<String>

  /// - Parameters:
  ///   - columns: the columns of the table, in order.
  ///   - excluded: names of columns, or of their second members, that are not sent.
  ///   - withObjects: whether to send the object as received from Devin too.
  package init(_ resource: Resource, _ columns: [FeedColumn], excluding excluded: Set<String> = [], withObjects: Bool = false) {
    isBelowRows = resource.parent != nil
    self.resource = resource.name
    key = resource.table.keyColumns
    left = excluded
    self.columns = columns.filter { column in
      if excluded.contains(column.name) { return false }
      if column.name == FeedColumn.object { return withObjects }
      return !column.name.hasPrefix("_") || FeedColumn.bookkeeping.contains(column.name)
    }
  }

  /// A fingerprint of what is sent: it differs for other columns, another type of a column, or another organization.
  package func selection(organization: String?) -> String {
    let members = columns.flatMap { column in
      ["\(column.name) \(column.kind.rawValue)"] + (column.textName.map { left.contains($0) ? [] : [$0] } ?? [])
    }
    return Fingerprint((key + ["/"] + members + ["/", organization ?? ""]).joined(separator: "\n")).text
  }

  // MARK: - Lines

  /// SQL for the row as a JSON object, over `f`.
  func record(_ more: [(name: String, sql: String)] = []) -> String {
    let members = columns.flatMap { $0.members(of: "f") }.filter { !left.contains($0.name) } + more
    return "json_object(\(members.map { "\($0.name.quotedAsText), \($0.sql)" }.joined(separator: ", ")))"
  }

  /// The key as JSON, as in `sync_changes.key`.
  var keyText: String {
    let parts = key.map { "CAST(f.\($0.quotedAsName) AS TEXT)" }
    return parts.count == 1 ? parts[0] : "json_array(\(parts.joined(separator: ", ")))"
  }

  /// SQL for every row: the line, and the number of the file's newest change. Parameters: `newest`, `org`, `limit`.
  /// - Parameter line: SQL over `f`.
  func all(_ line: String, organization: String?) -> String {
    """
    SELECT \(line), :newest FROM (
      SELECT \(selected("r")), :newest AS "change number", coalesce(r._deleted_at, r._changed_at) AS "change time"
      FROM \(resource.quotedAsName) AS r WHERE \(condition(organization)) LIMIT :limit OFFSET 0) AS f
    """
  }

  /// SQL for every row that changed after one change and up to another, once, in the order of its newest change: the line, and the number
  /// of that change. A row that was removed from the file and came back may be sent twice. Parameters: `after`, `newest`, `org`, `limit`.
  /// - Parameter line: SQL over `f`.
  func changed(_ line: String, organization: String?) -> String {
    """
    SELECT \(line), "change number" FROM (
      SELECT \(selected("r")), c.change_id AS "change number", c.changed_at AS "change time"
      FROM sync_changes AS c CROSS JOIN \(resource.quotedAsName) AS r ON \(match)
      WHERE c.change_id > :after AND c.change_id <= :newest AND c.resource = \(resource.quotedAsText)
        AND \(condition(organization)) AND NOT EXISTS (
          SELECT 1 FROM sync_changes AS l WHERE l.resource = c.resource AND l.key = c.key AND l.change <> 'inserted'
            AND l.change_id > c.change_id)
      ORDER BY c.change_id LIMIT :limit OFFSET 0) AS f
    """
  }

  /// SQL for the changes after a given one. Parameter: `after`.
  var changes: String {
    "SELECT 1 FROM sync_changes WHERE change_id > :after AND resource = \(resource.quotedAsText)"
  }

  /// SQL for rows that were deleted after a change and are no longer in the file, so their deletion cannot be sent. Parameter: `after`.
  var vanished: String {
    """
    SELECT 1 FROM sync_changes AS c WHERE c.change_id > :after AND c.resource = \(resource.quotedAsText) AND c.change = 'deleted'
      AND NOT EXISTS (SELECT 1 FROM \(resource.quotedAsName) AS r WHERE \(match))
    """
  }

  /// SQL for the number of rows at the time of a given change. Parameter: `after`.
  var count: String {
    """
    SELECT (SELECT count(*) FROM \(resource.quotedAsName)) - (
      SELECT count(*) FROM sync_changes WHERE change_id > :after AND resource = \(resource.quotedAsText) AND change = 'inserted')
    """
  }

  /// SQL for the number of rows whose key should be a number but is not, since the server sent something else. They cannot be sent. Nil:
  /// the key is text, so every value is valid.
  var unkeyed: String? {
    numbersOfKey.isEmpty
      ? nil : "SELECT count(*) FROM \(resource.quotedAsName) AS r WHERE NOT (\(numbersOfKey.joined(separator: " AND ")))"
  }

  /// SQLite computes a column of a plain subquery at each use, but only once with an OFFSET.
  private func selected(_ row: String) -> String {
    let names = columns.map(\.name) + key.filter { key in !columns.contains { $0.name == key } }
    let all = names.contains(FeedColumn.deletedAt) ? names : names + [FeedColumn.deletedAt]
    return all.map { "\(row).\($0.quotedAsName)" }.joined(separator: ", ")
  }

  private var match: String {
    guard key.count > 1 else { return "r.\(key[0].quotedAsName) = c.key" }
    return key.enumerated().map { "r.\($1.quotedAsName) = c.key ->> \($0)" }.joined(separator: " AND ")
  }

  private func condition(_ organization: String?) -> String {
    (numbersOfKey + (organization == nil ? [] : ["r.org_id = :org"]) + ["1"]).joined(separator: " AND ")
  }

  private var numbersOfKey: [String] {
    columns.filter { key.contains($0.name) && ($0.kind == .integer || $0.kind == .time) }
      .map { "typeof(r.\($0.name.quotedAsName)) = 'integer'" }
  }

  // MARK: - Schema

  /// The JSON schema of a record.
  var schema: String {
    let properties =
      columns.flatMap { $0.properties(isKey: key.contains($0.name)) }.filter { !left.contains($0.name) }
      + [("_sdc_deleted_at", #"{"type":["string","null"],"format":"date-time","description":"_deleted_at as text"}"#)]
    let members = properties.map { "\($0.name.quotedAsJSON):\($0.schema)" }.joined(separator: ",")
    return "{\"type\":\"object\",\"properties\":{\(members)}}"
  }
}

/// A short text that is always the same for the same text, on every machine, and practically never the same for different texts.
/// http://www.isthe.com/chongo/tech/comp/fnv (FNV-1a, 64 bits)
struct Fingerprint: Hashable, Sendable {
  let text: String

  init(_ text: String) {
    let hash = text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    self.text = String(hash, radix: 16)
  }
}
