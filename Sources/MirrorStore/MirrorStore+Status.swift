package import DevinModel
import GRDB

/// The state of one resource of one organization in the mirror.
package struct ResourceStatus: Hashable, Sendable {
  package var organization: String
  package var resource: String
  /// Rows that are not deleted.
  package var rows: Int
  package var deletedRows: Int
  /// The state of its lists; nil: there are rows, but no list.
  package var lists: ListHealth?
  package var quarantine: MirrorStore.QuarantineCount
}

/// A row of `sync_health`: how far the lists of a resource have been read.
package struct ListHealth: Hashable, Sendable {
  /// `read`, `no longer allowed`, `not allowed` or `not on this deployment`.
  package enum Access: String, Sendable {
    case read
    case noLongerAllowed = "no longer allowed"
    case notAllowed = "not allowed"
    case absent = "not on this deployment"
  }

  package var access: Access
  /// End of the last complete walk; for child lists, when none was left to read. Nil: never.
  package var completedAt: UnixTime?
  /// End of the last complete walk without a filter, which also finds deletions. Nil: never, or such a list does not find deletions.
  package var reconciledAt: UnixTime?
  /// The server's time when the last complete walk began; nil: unknown.
  package var asOf: UnixTime?
  package var watermark: UnixTime?
  /// How long its lists may stay unread, since they came back unchanged; nil: every run reads them.
  package var refreshInterval: Duration?
  /// The smallest total that the server reported in the newest walk; until that has ended, the first one; nil: none, or one for more than
  /// this organization.
  package var claimed: Int?
  /// Lists whose walk has begun and not ended.
  package var open: Int
  /// Rows whose child lists are pending.
  package var unread: Int
  /// The number of pending lists, since when, and the oldest run that recorded one; nil: there are none.
  package var pending: Int
  package var pendingSince: UnixTime?
  package var pendingRun: Int64?
  /// Rows that are missing from their list and were not marked as deleted.
  package var heldBack: Int
  package var quarantinedItems: Int
  package var quarantinedLists: Int
  /// 403 or 404 when the last attempt was refused.
  package var refusedStatus: Int?
  /// The time that the ledger of a series covers, and the number of gaps in it.
  package var coveredFrom: UnixTime?
  package var coveredTo: UnixTime?
  package var gaps: Int?
  package var isComplete: Bool
  /// Whether the newest run that named no resources requested it.
  package var isRequested: Bool
}

extension MirrorStore {
  /// Organizations of the enterprise that are not deleted.
  package func livingOrganizations() async throws -> [String] {
    try await read { try $0.livingOrganizations() }
  }

  /// Organizations in this file; an empty name is the enterprise as a whole.
  package func organizations() async throws -> [String] {
    try await read {
      try String.fetchAll($0, sql: "SELECT org_id FROM known_lists UNION SELECT org_id FROM sync_pending ORDER BY 1")
    }
  }

  /// How far the lists of every organization and resource have been read; an empty organization is the enterprise itself.
  package func health() async throws -> [OrganizationHealth] { try await read { try $0.health() } }

  /// For each organization, one entry per table that was requested or has rows, in the tables' order; the enterprise comes first, with an
  /// empty name. Also how far the lists of every organization and resource have been read.
  /// - Parameter covering: names of tables for which the enterprise's list includes the rows of every organization.
  package func status(of tables: [MirrorTable], covering: Set<String>) async throws -> (
    entries: [ResourceStatus], health: [OrganizationHealth]
  ) {
    let organizations = try await organizations()
    return try await read { database in
      let health = try database.health()
      let lists = Dictionary(grouping: health, by: \.organization).mapValues { of in
        Dictionary(uniqueKeysWithValues: of.map { ($0.resource, $0.lists) })
      }
      let quarantined = try database.quarantined()
      let counts = try database.rowCounts()
      let named = try database.tablesOfOrganizations()
      let hasEnterprise = organizations.contains("")
      var entries: [ResourceStatus] = []
      for organization in organizations {
        for table in tables {
          let own = lists[organization]?[table.name]
          var said = own ?? lists[""]?[table.name]
          // The total in the enterprise's list is not that of one organization.
          if own == nil { said?.claimed = nil }
          let isComplete = organization.isEmpty && said != nil && covering.contains(table.name)
          guard
            let count = (counts[table.name] ?? RowNumbers()).part(
              of: organization, namesOrganizations: named.contains(table.name), isComplete: isComplete,
              hasEnterprise: hasEnterprise),
            count.rows + count.deleted > 0 || said != nil
          else { continue }
          entries.append(
            ResourceStatus(
              organization: organization, resource: table.name, rows: count.rows, deletedRows: count.deleted, lists: said,
              quarantine: quarantined[organization]?[table.name] ?? QuarantineCount()))
        }
      }
      return (entries, health)
    }
  }

  /// How far the lists of one resource of one organization have been read.
  package struct OrganizationHealth: Hashable, Sendable {
    /// Empty: the enterprise itself.
    package let organization: String
    package let resource: String
    package let lists: ListHealth
  }

  /// One deviation of the server's data from the schema: a row of `sync_drift`.
  package struct Drift: Hashable, Sendable {
    package let resource: String
    package let field: String
    package let kind: String
    package let found: String
    package let seen: Int
    package let lastSeenAt: UnixTime
    package let example: String
  }

  package func drift() async throws -> [Drift] {
    try await read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM sync_drift ORDER BY resource, kind, field, found").map {
        Drift(
          resource: try $0.value("resource"), field: try $0.value("field"), kind: try $0.value("kind"),
          found: try $0.value("found"), seen: try $0.value("seen"), lastSeenAt: try $0.value("last_seen_at"),
          example: try $0.value("example"))
      }
    }
  }
}

extension Database {
  func livingOrganizations() throws -> [String] {
    try String.fetchAll(self, sql: "SELECT org_id FROM organizations WHERE _deleted_at IS NULL ORDER BY org_id")
  }

  /// How far the lists of every organization and resource have been read.
  func health() throws -> [MirrorStore.OrganizationHealth] {
    try Row.fetchAll(self, sql: "\(ListHealth.sql) ORDER BY org_id, resource").map {
      MirrorStore.OrganizationHealth(
        organization: try $0.value("org_id"), resource: try $0.value("resource"), lists: try ListHealth($0))
    }
  }

  /// The row counts of each table, by organization; an empty name: rows without an organization.
  fileprivate func rowCounts() throws -> [String: RowNumbers] {
    try Row.fetchAll(self, sql: "SELECT resource, org_id, rows, deleted FROM derived_counts").reduce(into: [:]) { counts, row in
      let number: RowNumbers.Count = (try row.value("rows"), try row.value("deleted"))
      counts[try row.value("resource"), default: RowNumbers()].byOrganization[try row.value("org_id")] = number
    }
  }
}

/// The row counts of one table.
private struct RowNumbers {
  typealias Count = (rows: Int, deleted: Int)
  var byOrganization: [String: Count] = [:]

  private var all: Count { byOrganization.values.reduce((0, 0)) { ($0.0 + $1.rows, $0.1 + $1.deleted) } }

  /// The counts for one organization; nil: the table's rows name no organization, so they are only counted for the enterprise.
  func part(of organization: String, namesOrganizations: Bool, isComplete: Bool, hasEnterprise: Bool) -> Count? {
    let ownerless = byOrganization[""] ?? (0, 0)
    switch (namesOrganizations, organization.isEmpty) {
    case (true, true): return isComplete ? all : ownerless
    // Rows without an organization are shown once: under the enterprise, if there is one.
    case (true, false):
      let own = byOrganization[organization] ?? (0, 0)
      return hasEnterprise ? own : (own.rows + ownerless.rows, own.deleted + ownerless.deleted)
    case (false, true): return all
    case (false, false): return nil
    }
  }
}

extension ListHealth {
  fileprivate static let sql = """
    SELECT org_id, resource, access, completed_at, reconciled_at, as_of, watermark, claimed_rows, open_lists, unread_lists, pending_lists,
      pending_since, pending_run, held_back_rows, quarantined_items, quarantined_lists, refused_status, gaps, is_whole, is_requested,
      CAST(strftime('%s', covered_from) AS INTEGER) AS "from", CAST(strftime('%s', covered_to) AS INTEGER) AS "to",
      (SELECT max(r.refresh_interval) FROM sync_refresh AS r WHERE r.resource = h.resource AND r.org_id = h.org_id) AS refresh_interval
    FROM sync_health AS h
    """

  fileprivate init(_ row: Row) throws {
    access = Access(rawValue: try row.value("access")) ?? .read
    completedAt = try row.value("completed_at")
    reconciledAt = try row.value("reconciled_at")
    asOf = try row.value("as_of")
    watermark = try row.value("watermark")
    refreshInterval = try row.duration("refresh_interval")
    claimed = try row.value("claimed_rows")
    open = try row.value("open_lists")
    unread = try row.value("unread_lists")
    pending = try row.value("pending_lists")
    pendingSince = try row.value("pending_since")
    pendingRun = try row.value("pending_run")
    heldBack = try row.value("held_back_rows")
    quarantinedItems = try row.value("quarantined_items")
    quarantinedLists = try row.value("quarantined_lists")
    refusedStatus = try row.value("refused_status")
    coveredFrom = try row.value("from")
    coveredTo = try row.value("to")
    gaps = try row.value("gaps")
    isComplete = try row.value("is_whole") ?? false
    isRequested = try row.value("is_requested") ?? true
  }
}
