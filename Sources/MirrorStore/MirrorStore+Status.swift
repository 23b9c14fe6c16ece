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

/// A row of `sync_health`: how the lists of a resource stand. Times are Unix seconds.
package struct ListHealth: Hashable, Sendable {
  /// End of the last complete walk; of lists below rows, when none was left to read. Nil: never.
  package var completedAt: Int64?
  package var watermark: Int64?
  /// The least that the server claimed in the newest walk; nil: nothing, or of more than this organization.
  package var claimed: Int?
  /// Lists that have been begun and not ended.
  package var open: Int
  /// Rows whose lists below them were not up to date when the last run ended.
  package var unread: Int
  /// Rows that are missing from their list and were not marked as deleted.
  package var heldBack: Int
  /// 403 or 404 when the last attempt was refused.
  package var refusedStatus: Int?
  /// What the ledger covers of a list that goes by time, and the gaps in it.
  package var coveredFrom: Int64?
  package var coveredTo: Int64?
  package var gaps: Int?
  package var isWhole: Bool
}

extension MirrorStore {
  /// Organizations of the enterprise that were listed and not deleted since.
  package func livingOrganizations() async throws -> [String] {
    try await read {
      try String.fetchAll($0, sql: "SELECT org_id FROM organizations WHERE _deleted_at IS NULL ORDER BY org_id")
    }
  }

  /// Organizations that this file mirrors; an empty name stands for the enterprise as a whole.
  package func organizations() async throws -> [String] {
    try await read { try String.fetchAll($0, sql: "SELECT DISTINCT org_id FROM sync_checkpoints ORDER BY 1") }
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
          resource: $0["resource"], field: $0["field"], kind: $0["kind"], found: $0["found"], seen: $0["seen"],
          lastSeenAt: $0["last_seen_at"], example: $0["example"])
      }
    }
  }
}

extension Database {
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
    let deleted: Int = row?["deleted"] ?? 0
    return ((row?["n"] ?? 0) - deleted, deleted)
  }

  /// How the lists of an organization stand, by table; empty: the enterprise's own.
  fileprivate func health(of organization: String) throws -> [String: ListHealth] {
    let sql = """
      SELECT *, CAST(strftime('%s', covered_from) AS INTEGER) AS "from", CAST(strftime('%s', covered_to) AS INTEGER) AS "to"
      FROM sync_health WHERE org_id = ?
      """
    return try Row.fetchAll(self, sql: sql, arguments: [organization]).reduce(into: [:]) { health, row in
      health[row["resource"]] = ListHealth(
        completedAt: row["completed_at"], watermark: row["watermark"], claimed: row["claimed_rows"], open: row["open_lists"],
        unread: row["unread_lists"], heldBack: row["held_back_rows"], refusedStatus: row["refused_status"],
        coveredFrom: row["from"], coveredTo: row["to"], gaps: row["gaps"], isWhole: row["is_whole"])
    }
  }
}
