package import DevinModel
import GRDB

/// How one resource of one organization stands in the mirror. Times are Unix seconds.
package struct ResourceStatus: Hashable, Sendable {
  package var organization: String
  package var resource: String
  /// Living rows.
  package var rows: Int
  package var deletedRows: Int
  /// What its lists say of themselves; nil: rows without a list.
  package var lists: ListHealth?
  package var quarantine: MirrorStore.QuarantineCount
}

/// A row of `sync_health`: how far the lists of a resource are read. Times are Unix seconds.
package struct ListHealth: Hashable, Sendable {
  /// `read`, `no longer allowed`, `not allowed` or `not on this deployment`.
  package enum Access: String, Sendable {
    case read
    case noLongerAllowed = "no longer allowed"
    case notAllowed = "not allowed"
    case absent = "not on this deployment"
  }

  package var access: Access
  /// End of the last complete walk; of lists below rows, when none was left to read. Nil: never.
  package var completedAt: Int64?
  /// End of the last complete walk without a filter, which also finds deletions. Nil: never, or it is no such list.
  package var reconciledAt: Int64?
  /// The server's time when the last complete walk began; nil: not known.
  package var asOf: Int64?
  package var watermark: Int64?
  /// The least that the server claimed in the newest walk; nil: nothing, or of more than this organization.
  package var claimed: Int?
  /// Lists that have been begun and not ended.
  package var open: Int
  /// Rows whose lists below them are owed.
  package var unread: Int
  /// Lists that are owed, since when, and the oldest run that recorded one; nil: none is.
  package var pending: Int
  package var pendingSince: Int64?
  package var pendingRun: Int64?
  /// Rows that are missing from their list and were not marked as deleted.
  package var heldBack: Int
  package var quarantinedItems: Int
  package var quarantinedLists: Int
  /// 403 or 404 when the last attempt was refused.
  package var refusedStatus: Int?
  /// What the ledger covers of a list that goes by time, and the gaps in it.
  package var coveredFrom: Int64?
  package var coveredTo: Int64?
  package var gaps: Int?
  package var isWhole: Bool
  /// Whether the newest run that named no resources asked for it.
  package var isRequested: Bool
}

extension MirrorStore {
  /// Organizations of the enterprise that were listed and not deleted since.
  package func livingOrganizations() async throws -> [String] {
    try await read { try $0.livingOrganizations() }
  }

  /// Organizations that this file mirrors; an empty name stands for the enterprise as a whole.
  package func organizations() async throws -> [String] {
    try await read {
      try String.fetchAll($0, sql: "SELECT org_id FROM sync_checkpoints UNION SELECT org_id FROM sync_pending ORDER BY 1")
    }
  }

  /// How far the lists of every organization and resource are read, the enterprise's own under an empty name.
  package func health() async throws -> [(organization: String, resource: String, lists: ListHealth)] {
    try await read { database in
      try Row.fetchAll(database, sql: "\(ListHealth.sql) ORDER BY org_id, resource").map {
        (try $0.value("org_id"), try $0.value("resource"), try ListHealth($0))
      }
    }
  }

  /// One entry per table that was asked for or has rows, in the tables' order.
  /// - Parameters:
  ///   - organization: empty for what the enterprise's lists tell.
  ///   - covering: names of tables of which the enterprise's list tells every organization's rows.
  package func status(
    of tables: [MirrorTable], organization: String, covering: Set<String>
  ) async throws -> [ResourceStatus] {
    let quarantined = try await quarantined(organization: organization)
    return try await read { database in
      let hasEnterprise = try database.hasLists(of: "")
      let own = try database.health(of: organization)
      let whole = organization.isEmpty ? own : try database.health(of: "")
      return try tables.compactMap { table in
        var lists = own[table.name] ?? whole[table.name]
        // What the enterprise's list claims is not about one organization.
        if own[table.name] == nil { lists?.claimed = nil }
        let isWhole = organization.isEmpty && lists != nil && covering.contains(table.name)
        guard let count = try database.count(table, of: organization, isWhole: isWhole, hasEnterprise: hasEnterprise) else {
          return nil
        }
        guard count.rows + count.deleted > 0 || lists != nil else { return nil }
        return ResourceStatus(
          organization: organization, resource: table.name, rows: count.rows, deletedRows: count.deleted, lists: lists,
          quarantine: quarantined[table.name] ?? QuarantineCount())
      }
    }
  }

  /// One thing that the server sent and the schema does not expect: a row of `sync_drift`.
  package struct Drift: Hashable, Sendable {
    package let resource: String
    package let field: String
    package let kind: String
    package let found: String
    package let seen: Int
    package let lastSeenAt: Int64
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

  fileprivate func hasLists(of organization: String) throws -> Bool {
    try Bool.fetchOne(
      self, sql: "SELECT EXISTS (SELECT 1 FROM sync_checkpoints WHERE org_id = ?)", arguments: [organization]) ?? false
  }

  /// Rows of a table that belong to an organization; nil: the table knows none, or only those.
  fileprivate func count(
    _ table: MirrorTable, of organization: String, isWhole: Bool, hasEnterprise: Bool
  ) throws -> (rows: Int, deleted: Int)? {
    let knowsOrganizations =
      try Bool.fetchOne(
        self, sql: "SELECT EXISTS (SELECT 1 FROM pragma_table_xinfo(?) WHERE name = 'org_id')", arguments: [table.name]) ?? false
    let part: String
    switch (knowsOrganizations, organization.isEmpty) {
    case (true, true) where isWhole: part = "WHERE :org = ''"
    case (true, true): part = "WHERE org_id IS NULL AND :org = ''"
    // What belongs to no organization is shown once, under the enterprise where there is one.
    case (true, false): part = hasEnterprise ? "WHERE org_id = :org" : "WHERE org_id = :org OR org_id IS NULL"
    case (false, true): part = "WHERE :org = ''"
    case (false, false): return nil
    }
    let row = try Row.fetchOne(
      self, sql: "SELECT count(*) AS n, count(_deleted_at) AS deleted FROM \"\(table.name)\" \(part)",
      arguments: ["org": organization])
    let deleted: Int = try row?.value("deleted") ?? 0
    let all: Int = try row?.value("n") ?? 0
    return (all - deleted, deleted)
  }

  /// How far the lists of an organization are read, by table; empty: the enterprise's own.
  fileprivate func health(of organization: String) throws -> [String: ListHealth] {
    try Row.fetchAll(self, sql: "\(ListHealth.sql) WHERE org_id = ?", arguments: [organization]).reduce(into: [:]) {
      $0[try $1.value("resource")] = try ListHealth($1)
    }
  }
}

extension ListHealth {
  fileprivate static let sql = """
    SELECT *, CAST(strftime('%s', covered_from) AS INTEGER) AS "from", CAST(strftime('%s', covered_to) AS INTEGER) AS "to"
    FROM sync_health
    """

  fileprivate init(_ row: Row) throws {
    access = Access(rawValue: try row.value("access")) ?? .read
    completedAt = try row.value("completed_at")
    reconciledAt = try row.value("reconciled_at")
    asOf = try row.value("as_of")
    watermark = try row.value("watermark")
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
    isWhole = try row.value("is_whole") ?? false
    isRequested = try row.value("is_requested") ?? true
  }
}
