/// Where a resource finds the parents of its lists, as parts of a query over a table or view called `p`.
package struct ParentQuery: Hashable, Sendable {
  /// A table, or a query in parentheses.
  package var from: String
  /// Holds the parent's id; of a table, its key.
  package var id: String
  /// When this text changes, the list below is read again.
  package var version: String
  /// When the parent last changed, Unix seconds.
  package var changedAt = "NULL"
  /// Whether the list below may grow without a change of the parent, so that it is read again on a slowing schedule.
  package var isAtWork = "0"
  /// Seconds after which a list is read again in any case, up to a day; nil: not without a change.
  package var every: Int?
  /// Which parents the organization `:org` has; nil: parents belong to none.
  package var belongs: String? = "p.org_id = :org"
  package var isAlive = "p._deleted_at IS NULL"
  /// Whether another row says that the list below holds something else than it does; nil: none speaks of it.
  package var contradiction: String?
  /// Tables whose rows the query is made from.
  package var tables: [String]
  /// What the tables say of parents that cannot be asked for; nil: nothing but whole rows.
  package var unusable: Unusable?

  /// Values that should be ids of parents and cannot be.
  package struct Unusable: Hashable, Sendable {
    /// For the quarantine.
    package let reason: String
    /// A query of their JSON texts, each once. Parameter: `org`.
    package let items: String

    package init(reason: String, items: String) {
      self.reason = reason
      self.items = items
    }
  }

  /// Whether the id comes back from SQLite as it went in, as SQL. A file of an earlier version may hold others, which would be asked
  /// for again and again.
  package var hasSoundID: String { MirrorTable.ItemKey.isSound(value: id) }

  /// - Parameter tables: what `from` reads, where it is a query.
  package init(from: String, id: String, version: String, tables: [String]? = nil) {
    self.from = from
    self.id = id
    self.version = version
    self.tables = tables ?? [from]
  }

  /// Whether one row of one table is one parent, so that a page of rows tells which lists are owed.
  package var isOneTable: Bool { tables == [from] }

  /// When a list that was completed at a time is to be read again though nothing is known to have changed, as SQL; NULL: it is not.
  /// - Parameter completedAt: SQL, Unix seconds.
  package func rereadAt(after completedAt: String) -> String {
    if let every { return "\(completedAt) + \(every)" }
    return "CASE WHEN \(isAtWork) THEN \(completedAt) + \(Self.patience(changedAt, now: completedAt)) END"
  }

  /// Seconds to leave a row alone: a tenth of the time since it last changed, from a quarter of an hour to a day.
  package static func patience(_ changedAt: String, now: String = ":now") -> String {
    // Of whatever type the server's time is: what comes out is a whole number.
    "CAST(max(900, min(86400, (\(now) - coalesce(\(changedAt), 0)) / 10)) AS INTEGER)"
  }
}
