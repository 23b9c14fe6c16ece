/// How the items of one resource become rows of its table.
package struct MirrorTable: Hashable, Sendable {
  /// A column of the key that is taken from the item.
  package struct ItemKey: Hashable, Sendable {
    package let column: String
    /// SQL over `raw`, the item's JSON; NULL or empty text: the item has no key.
    package let expression: String

    /// The member of the same name.
    package static func member(_ name: String) -> ItemKey { ItemKey(column: name, expression: "raw ->> '$.\(name)'") }

    /// The first of several members that is there.
    package static func first(of members: [String], as column: String) -> ItemKey {
      ItemKey(column: column, expression: "coalesce(\(members.map { "raw ->> '$.\($0)'" }.joined(separator: ", ")))")
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
}
