/// How the items of one resource become rows of its table.
package struct MirrorTable: Hashable, Sendable {
  /// A column of the key that is taken from the item.
  package struct ItemKey: Hashable, Sendable {
    package let column: String
    /// SQL over `raw`, the item's JSON; NULL or empty text: the item has no key.
    package let expression: String
    /// The members that it is made from.
    package var members: [String] = []
    /// Whether the list says it and not the item.
    package var isScope = false

    /// Whether what the item says can be a key, as SQL over `raw`.
    package var isSound: String {
      members.isEmpty ? "1" : members.map { Self.isSound("raw", "$.\($0)") }.joined(separator: " AND ")
    }

    /// Whether a member comes out of SQLite as it is in the JSON, so that different ids are different keys: it is text or a whole
    /// number, holds no NUL, at which SQLite ends a text, and no half of a surrogate pair, which is no text in UTF-8, and is not
    /// too long. SQL; 1 too where the member is missing.
    package static func isSound(_ json: String, _ path: String) -> String {
      let written = "(\(json) -> '\(path)')"
      // Most ids are a text without escapes, which is told with less.
      return """
        (\(written) IS '"' || (\(json) ->> '\(path)') || '"' AND length(\(written)) <= \(longest) OR
        CASE coalesce(json_type(\(json), '\(path)'), 'null')
          WHEN 'text' THEN length(\(written)) <= \(longest) AND (instr(\(written), '\\u') = 0
            OR instr(replace(\(written), '\\\\', ''), '\\u0000') = 0 AND NOT \(holdsHalf("\(json) ->> '\(path)'")))
          WHEN 'integer' THEN typeof(\(json) ->> '\(path)') = 'integer' WHEN 'null' THEN 1 ELSE 0 END)
        """
    }

    /// The same of a value that is no JSON any more, as SQL.
    package static func isSound(value: String) -> String {
      "typeof(\(value)) = 'text' AND length(\(value)) <= \(longest) AND NOT \(holdsHalf(value))"
    }

    /// Whether a text holds half of a surrogate pair, as SQL: to GLOB such a half is U+FFFD, and so are two other characters.
    private static func holdsHalf(_ value: String) -> String {
      let others = ["65533", "65534", "65535"].reduce(value) { "replace(\($0), char(\($1)), '')" }
      return "(\(others) GLOB '*[' || char(65533) || ']*')"
    }

    /// Characters of a key, as text and as JSON.
    private static let longest = 4_096

    /// The member of the same name.
    package static func member(_ name: String) -> ItemKey {
      ItemKey(column: name, expression: "raw ->> '$.\(name)'", members: [name])
    }

    /// The first of several members that is there.
    package static func first(of members: [String], as column: String) -> ItemKey {
      ItemKey(
        column: column, expression: "coalesce(\(members.map { "raw ->> '$.\($0)'" }.joined(separator: ", ")))", members: members)
    }

    /// What the list says, such as the parent it stands below: of objects that do not name themselves.
    package static func scope(_ column: String) -> ItemKey {
      ItemKey(column: column, expression: ":\(column)", isScope: true)
    }

    /// Several members in one text, with colons; a member that is missing leaves its place empty. The first must be there.
    package static func joined(_ members: [String], as column: String) -> ItemKey {
      let rest = members.dropFirst().map { " || ':' || coalesce(raw ->> '$.\($0)', '')" }.joined()
      return ItemKey(column: column, expression: "nullif(raw ->> '$.\(members[0])', '')\(rest)", members: members)
    }

    /// The first of several members that is there, else the whole item: for objects of unknown shape.
    package static func firstOrWhole(of members: [String], as column: String) -> ItemKey {
      ItemKey(
        column: column, expression: "coalesce(\(members.map { "raw ->> '$.\($0)'" }.joined(separator: ", ")), raw)",
        members: members)
    }

    /// A session's id without the prefix that some answers and paths give it.
    package static let sessionID = ItemKey(
      column: "session_id",
      expression: """
        iif(substr(raw ->> '$.session_id', 1, 6) = 'devin-', substr(raw ->> '$.session_id', 7), raw ->> '$.session_id')
        """, members: ["session_id"])
  }

  /// Where an answer has its rows.
  package enum Rows: Hashable, Sendable {
    /// A list at this JSON path.
    case list(path: String)
    /// What this query over `:page` gives, as `type` and `raw`.
    case query(String)
    /// The answer is the row.
    case object
  }

  package let name: String
  package let rows: Rows
  package let itemKey: ItemKey
  /// Columns that the item does not say and the list does, such as the session it was listed under.
  package let scopeColumns: [String]
  /// Those of them that belong to the key, ahead of the item's own column.
  package let scopeKey: [String]
  /// The member with the time of the last change, Unix seconds; nil: the list is not followed by time.
  package let modified: String?
  /// The only members that are stored; nil: all. For objects that must never hold more than is known of them.
  package let keptMembers: [String]?
  /// Whether the list of the whole enterprise and those of its organizations hold the same rows, each of which names its organization
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

  /// Columns whose values a list has to say.
  package var saidByList: [String] { scopeColumns + (itemKey.isScope ? [itemKey.column] : []) }

  /// Those of them that finding and comparing rows needs.
  package var splitParameters: [String] { scopeKey + (itemKey.isScope ? [itemKey.column] : []) }
}
