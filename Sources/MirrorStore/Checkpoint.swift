package import DevinModel

/// Identifies a list: a resource of an organization, under one parent or none.
package struct ListID: Hashable, Sendable {
  package let organization: String
  package let resource: String
  /// Id of the parent object; empty: the list has none.
  package let parent: String

  package init(organization: String, resource: String, parent: String = "") {
    self.organization = organization
    self.resource = resource
    self.parent = parent
  }
}

/// The state of a parent row. Values can only be compared for equality.
package struct ParentVersion: RawRepresentable, Hashable, Sendable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
}

/// How far a list has been read: a row of `sync_checkpoints`, where each member is explained.
package struct Checkpoint: Hashable, Sendable {
  /// Nil until the list is first stored.
  package var listNumber: Int64?
  package var walk: Int64 = 0
  package var isOpen = false
  package var cursor: String?
  package var filter: ListFilter?
  package var openedAt: UnixTime?
  package var newestSeen: UnixTime?
  package var rowsSeen: Int = 0
  package var total: Int?
  package var watermark: UnixTime?
  package var completedAt: UnixTime?
  package var completedRun: Int64?
  package var reconciledAt: UnixTime?
  package var parentVersion: ParentVersion?
  package var allowedAt: UnixTime?
  package var refusedStatus: Int?
  package var refusedAt: UnixTime?
  package var refreshInterval: Duration?
  package var principal: String?
  package var principalWalk: Int64 = 0
  package var heldBack = 0
  package var asOf: UnixTime?
  package var pendingVersion: Int64?
  /// When to read the list again after it is complete, although no change is known; nil: not at a fixed time. This is no column of the
  /// table; it goes into the ledger.
  package var rereadAt: UnixTime?
  /// Whether the walk found differences to what was known before. This is no column of the table; whoever resumes a walk sets it.
  package var hasChanges = false

  package init() {}

  /// A new walk from the beginning.
  package mutating func open(filter: ListFilter?) {
    walk += 1
    isOpen = true
    cursor = nil
    self.filter = filter
    openedAt = nil
    newestSeen = nil
    rowsSeen = 0
    total = nil
  }

  /// From now on the list is walked with the key of this principal. A walk that another principal began is not resumed, and rows that
  /// only that principal saw do not count as missing, since they may be invisible to this one.
  /// - Parameter principal: nil: unknown, so nothing changes.
  package mutating func belong(to principal: String?) {
    guard let principal, principal != self.principal else { return }
    if self.principal != nil {
      principalWalk = walk + 1
      isOpen = false
      // A filtered walk would miss rows that the other principal could not see.
      reconciledAt = nil
    }
    self.principal = principal
  }
}
