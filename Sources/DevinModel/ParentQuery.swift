/// Where a resource finds the parents of its child lists, as parts of a query over a table or view with the alias `p`.
package struct ParentQuery: Hashable, Sendable {
  /// A table, or a query in parentheses.
  package var from: String
  /// SQL for the parent's id; in a table, its key.
  package var id: String
  /// When this text changes, the child list is read again.
  package var version: String
  /// SQL for when the parent last changed, Unix seconds.
  package var changedAt = "NULL"
  /// SQL condition: whether the child list may grow without a change of the parent. Then it is read again, less and less often.
  package var isAtWork = "0"
  /// Seconds after which a list is read again in any case, up to one day; nil: only after a change.
  package var every: Int?
  /// SQL condition for the parents that the organization `:org` has; nil: parents belong to no organization.
  package var belongs: String? = "p.org_id = :org"
  package var isAlive = "p._deleted_at IS NULL"
  /// SQL condition: whether another row contradicts the content of the child list; nil: no row says anything about it.
  package var contradiction: String?
  /// Tables that the query reads.
  package var tables: [String]
  /// Values in the tables that should be ids of parents but cannot be requested; nil: there can be none, except invalid rows.
  package var unusable: Unusable?

  /// Values that should be ids of parents but are not valid.
  package struct Unusable: Hashable, Sendable {
    /// The reason recorded in the quarantine.
    package let reason: String
    /// A query for their JSON texts, each once. Parameter: `org`.
    package let items: String

    package init(reason: String, items: String) {
      self.reason = reason
      self.items = items
    }
  }

  /// SQL condition: whether SQLite returns the id unchanged. A file of an earlier version may contain other ids, which would be
  /// requested again and again.
  package var hasSoundID: String { MirrorTable.ItemKey.isSound(value: id) }

  /// - Parameter tables: the tables that `from` reads, if it is a query.
  package init(from: String, id: String, version: String, tables: [String]? = nil) {
    self.from = from
    self.id = id
    self.version = version
    self.tables = tables ?? [from]
  }

  /// Whether each parent is one row of one table, so that a page of rows determines which lists are pending.
  package var isOneTable: Bool { tables == [from] }

  /// SQL for when to read a completed list again although no change is known; NULL: not at a fixed time.
  /// - Parameter completedAt: SQL, Unix seconds.
  package func rereadAt(after completedAt: String) -> String {
    if let every { return "\(completedAt) + \(every)" }
    return "CASE WHEN \(isAtWork) THEN \(completedAt) + \(Self.patience(changedAt, now: completedAt)) END"
  }

  /// SQL for the seconds to wait: a tenth of the time since the row last changed, but at least 15 minutes and at most one day.
  package static func patience(_ changedAt: String, now: String = ":now") -> String {
    // The server's time may have any type; the result is always an integer.
    "CAST(max(900, min(86400, (\(now) - coalesce(\(changedAt), 0)) / 10)) AS INTEGER)"
  }
}
