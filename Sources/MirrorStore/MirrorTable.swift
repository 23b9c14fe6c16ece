/// How the items of one resource become rows of its table.
package struct MirrorTable: Hashable, Sendable {
  /// A column of the key that is taken from the item.
  package struct ItemKey: Hashable, Sendable {
    package let column: String
    /// SQL over `raw`, the item's JSON; NULL or empty text: the item has no key.
    package let expression: String
    /// Whether the list says it and not the item.
    package var isScope = false

    /// The member of the same name.
    package static func member(_ name: String) -> ItemKey { ItemKey(column: name, expression: "raw ->> '$.\(name)'") }

    /// The first of several members that is there.
    package static func first(of members: [String], as column: String) -> ItemKey {
      ItemKey(column: column, expression: "coalesce(\(members.map { "raw ->> '$.\($0)'" }.joined(separator: ", ")))")
    }

    /// What the list says, such as the parent it stands below: of objects that do not name themselves.
    package static func scope(_ column: String) -> ItemKey {
      ItemKey(column: column, expression: ":\(column)", isScope: true)
    }

    /// Several members in one text, with colons; a member that is missing leaves its place empty. The first must be there.
    package static func joined(_ members: [String], as column: String) -> ItemKey {
      let rest = members.dropFirst().map { " || ':' || coalesce(raw ->> '$.\($0)', '')" }.joined()
      return ItemKey(column: column, expression: "nullif(raw ->> '$.\(members[0])', '')\(rest)")
    }

    /// The first of several members that is there, else the whole item: for objects of unknown shape.
    package static func firstOrWhole(of members: [String], as column: String) -> ItemKey {
      ItemKey(column: column, expression: "coalesce(\(members.map { "raw ->> '$.\($0)'" }.joined(separator: ", ")), raw)")
    }

    /// A session's id without the prefix that some answers and paths give it.
    package static let sessionID = ItemKey(
      column: "session_id",
      expression: """
        iif(substr(raw ->> '$.session_id', 1, 6) = 'devin-', substr(raw ->> '$.session_id', 7), raw ->> '$.session_id')
        """)
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

  package init(
    _ name: String, rows: Rows, itemKey: ItemKey, scopeColumns: [String] = [], scopeKey: [String] = [],
    modified: String? = nil, keptMembers: [String]? = nil
  ) {
    self.name = name
    self.rows = rows
    self.itemKey = itemKey
    self.scopeColumns = scopeColumns
    self.scopeKey = scopeKey
    self.modified = modified
    self.keptMembers = keptMembers
  }

  package var keyColumns: [String] { scopeKey + [itemKey.column] }

  /// Columns whose values a list has to say.
  package var saidByList: [String] { scopeColumns + (itemKey.isScope ? [itemKey.column] : []) }

  /// Those of them that finding and comparing rows needs.
  var splitParameters: [String] { scopeKey + (itemKey.isScope ? [itemKey.column] : []) }
}
