/// How the items of one resource become rows of its table.
package struct MirrorTable: Hashable, Sendable {
  /// A key column whose value comes from the item.
  package struct ItemKey: Hashable, Sendable {
    package let column: String
    /// SQL over `raw`, the item's JSON; NULL or an empty text: the item has no key.
    package let expression: String
    /// The members from which it is computed.
    package var members: [String] = []
    /// Whether its value comes from the list and not from the item.
    package var isScope = false

    /// The member whose text, unchanged, is the key; nil: the key is computed in another way.
    package var plainMember: String? {
      members == [column] && expression == Self.member(column).expression ? column : nil
    }

    /// SQL condition over `raw`: whether the item's value can be a key.
    package var isSound: String {
      members.isEmpty ? "1" : members.map { Self.isSound("raw", "$.\($0)") }.joined(separator: " AND ")
    }

    /// SQL condition: whether SQLite returns a member exactly as in the JSON, so that different ids are different keys. The member must be
    /// text or a whole number. It must not contain a NUL, where SQLite ends a text, or an unpaired surrogate, which is invalid in UTF-8.
    /// It must not be too long. It is 1 also if the member is missing.
    package static func isSound(_ json: String, _ path: String) -> String {
      let written = "(\(json) -> '\(path)')"
      // Most ids are text without escapes, for which a cheaper check is sufficient.
      return """
        (\(written) IS '"' || (\(json) ->> '\(path)') || '"' AND length(\(written)) <= \(longest) OR
        CASE coalesce(json_type(\(json), '\(path)'), 'null')
          WHEN 'text' THEN length(\(written)) <= \(longest) AND (instr(\(written), '\\u') = 0
            OR instr(replace(\(written), '\\\\', ''), '\\u0000') = 0 AND NOT \(holdsHalf("\(json) ->> '\(path)'")))
          WHEN 'integer' THEN typeof(\(json) ->> '\(path)') = 'integer' WHEN 'null' THEN 1 ELSE 0 END)
        """
    }

    /// The same SQL condition for a value that is not JSON.
    package static func isSound(value: String) -> String {
      "typeof(\(value)) = 'text' AND length(\(value)) <= \(longest) AND NOT \(holdsHalf(value))"
    }

    /// SQL condition: whether a text contains an unpaired surrogate, which GLOB treats as U+FFFD, like two other characters.
    private static func holdsHalf(_ value: String) -> String {
      let others = ["65533", "65534", "65535"].reduce(value) { "replace(\($0), char(\($1)), '')" }
      return "(\(others) GLOB '*[' || char(65533) || ']*')"
    }

    /// The maximum length of a key in characters, as text and as JSON.
    private static let longest = 4_096

    /// The member of the same name.
    package static func member(_ name: String) -> ItemKey {
      ItemKey(column: name, expression: "raw ->> '$.\(name)'", members: [name])
    }

    /// The first of several members that exists.
    package static func first(of members: [String], as column: String) -> ItemKey {
      ItemKey(
        column: column, expression: "coalesce(\(members.map { "raw ->> '$.\($0)'" }.joined(separator: ", ")))", members: members)
    }

    /// A value that the list provides, such as the id of its parent: for objects without an id of their own.
    package static func scope(_ column: String) -> ItemKey {
      ItemKey(column: column, expression: ":\(column)", isScope: true)
    }

    /// Several members in one text, separated by colons; a missing member leaves its position empty. The first must exist.
    package static func joined(_ members: [String], as column: String) -> ItemKey {
      let rest = members.dropFirst().map { " || ':' || coalesce(raw ->> '$.\($0)', '')" }.joined()
      return ItemKey(column: column, expression: "nullif(raw ->> '$.\(members[0])', '')\(rest)", members: members)
    }

    /// The first of several members that exists, otherwise the complete item: for objects of unknown shape.
    package static func firstOrWhole(of members: [String], as column: String) -> ItemKey {
      ItemKey(
        column: column, expression: "coalesce(\(members.map { "raw ->> '$.\($0)'" }.joined(separator: ", ")), raw)",
        members: members)
    }

    /// A session's id without the prefix that it has in some answers and paths.
    package static let sessionID = ItemKey(
      column: "session_id",
      expression: """
        iif(substr(raw ->> '$.session_id', 1, 6) = 'devin-', substr(raw ->> '$.session_id', 7), raw ->> '$.session_id')
        """, members: ["session_id"])
  }

  /// Where the rows are in an answer.
  package enum Rows: Hashable, Sendable {
    /// A list at this JSON path.
    case list(path: String)
    /// The result of this query over `:page`, as `type` and `raw`.
    case query(String)
    /// The answer is the row.
    case object
  }

  package let name: String
  package let rows: Rows
  package let itemKey: ItemKey
  /// Columns whose values come from the list and not from the item, such as the session under which it was listed.
  package let scopeColumns: [String]
  /// Those of them that are part of the key, before the item's own column.
  package let scopeKey: [String]
  /// The member with the time of the last change, Unix seconds; nil: the items have no such time.
  package let modified: String?
  /// The only members that are stored; nil: all. For objects whose unknown members must never be stored.
  package let keptMembers: [String]?
  /// Whether the enterprise's list and its organizations' lists contain the same rows, each with its organization
  /// in `org_id`.
  package let isListedAtTwoLevels: Bool

  package init(
    _ name: String, rows: Rows, itemKey: ItemKey, scopeColumns: [String] = [], scopeKey: [String] = [],
    modified: String? = nil, keptMembers: [String]? = nil, isListedAtTwoLevels: Bool = false
  ) {
    self.name = name
    self.rows = rows
    self.itemKey = itemKey
    self.scopeColumns = scopeColumns
    self.scopeKey = scopeKey
    self.modified = modified
    self.keptMembers = keptMembers
    self.isListedAtTwoLevels = isListedAtTwoLevels
  }

  package var keyColumns: [String] { scopeKey + [itemKey.column] }

  /// Columns whose values a list must provide.
  package var saidByList: [String] { scopeColumns + (itemKey.isScope ? [itemKey.column] : []) }

  /// Those of them that are needed to find and compare rows.
  package var splitParameters: [String] { scopeKey + (itemKey.isScope ? [itemKey.column] : []) }
}
