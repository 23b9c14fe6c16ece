/// Which list: a resource of an organization, under one parent or none.
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

/// The state of a row that has a list below it. Two of them are equal or not; nothing else can be told from them.
package struct ParentVersion: RawRepresentable, Hashable, Sendable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
}

/// How far a list has been read: a row of `sync_checkpoints`, where each member is explained. Times are Unix seconds.
package struct Checkpoint: Hashable, Sendable {
  /// Nil until the list is first stored.
  package var listNumber: Int64?
  package var walk: Int64 = 0
  package var isOpen = false
  package var cursor: String?
  package var filter: ListFilter?
  package var openedAt: Int64?
  package var newestSeen: Int64?
  package var rowsSeen: Int = 0
  package var total: Int?
  package var watermark: Int64?
  package var completedAt: Int64?
  package var completedRun: Int64?
  package var reconciledAt: Int64?
  package var parentVersion: ParentVersion?
  package var allowedAt: Int64?
  package var refusedStatus: Int?
  package var refusedAt: Int64?
  package var refreshInterval: Int64?
  package var principal: String?
  package var principalWalk: Int64 = 0
  package var heldBack = 0
  package var asOf: Int64?
  package var pendingVersion: Int64?
  /// When the list that a walk completes is to be read again though nothing is known to have changed; nil: it is not. No column:
  /// it goes into the ledger.
  package var rereadAt: Int64?
  /// Whether what the walk read differs from what was known before. No column: whoever goes on with the walk of an earlier run sets it.
  package var hasNews = false

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

  /// From here on the list is walked with the key of this principal. What another one's walk began is not gone on with,
  /// and what only that one saw is not missing: this one may have no sight of it.
  /// - Parameter principal: nil: not known, so that nothing can be said.
  package mutating func belong(to principal: String?) {
    guard let principal, principal != self.principal else { return }
    if self.principal != nil {
      principalWalk = walk + 1
      isOpen = false
      // Its filter would leave out what the other one could not see.
      reconciledAt = nil
    }
    self.principal = principal
  }
}
