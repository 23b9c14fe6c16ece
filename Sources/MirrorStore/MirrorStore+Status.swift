import GRDB

/// How one resource of one organization stands in the mirror. Times are Unix seconds.
package struct ResourceStatus: Hashable, Sendable {
  package var organization: String
  package var resource: String
  /// Living rows.
  package var rows: Int
  package var deletedRows: Int
  /// End of the last complete walk; of lists below a parent, when none was left to read. Nil: never.
  package var completedAt: Int64?
  package var reconciledAt: Int64?
  package var watermark: Int64?
  /// The least that the server claimed in the newest walk.
  package var total: Int?
  /// Lists that have been begun and not ended.
  package var openWalks: Int
  /// 403 or 404 when the last attempt was refused.
  package var refusedStatus: Int?
  package var quarantine: MirrorStore.QuarantineCount
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
      return try tables.compactMap { table in
        let lists = try database.lists(of: table, organization)
        let isWhole = organization.isEmpty && lists != nil && covering.contains(table.name)
        guard let count = try database.count(table, of: organization, isWhole: isWhole, hasEnterprise: hasEnterprise) else {
          return nil
        }
        guard count.rows + count.deleted > 0 || lists != nil else { return nil }
        return ResourceStatus(
          organization: organization, resource: table.name, rows: count.rows, deletedRows: count.deleted,
          completedAt: lists?["completed_at"], reconciledAt: lists?["reconciled_at"], watermark: lists?["watermark"],
          total: lists?["total"], openWalks: lists?["open"] ?? 0, refusedStatus: lists?["refused"],
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

  /// How the lists of a table stand: the organization's own or, where it has none, the enterprise's. Nil: never asked for.
  fileprivate func lists(of table: MirrorTable, _ organization: String) throws -> Row? {
    let sql = """
      SELECT count(*) AS n, max(iif(parent = '', completed_at, NULL)) AS completed_at,
        max(iif(parent = '', reconciled_at, NULL)) AS reconciled_at, max(iif(parent = '', watermark, NULL)) AS watermark,
        max(iif(parent = '' AND org_id = :org, total, NULL)) AS total, count(nullif(is_open, 0)) AS open,
        max(iif(parent = '', refused_status, NULL)) AS refused
      FROM sync_checkpoints WHERE org_id = :scope AND resource = :resource
      """
    let own = try Row.fetchOne(
      self, sql: sql, arguments: ["scope": organization, "org": organization, "resource": table.name])
    if let own, own["n"] > 0 { return own }
    guard !organization.isEmpty,
      let whole = try Row.fetchOne(self, sql: sql, arguments: ["scope": "", "org": organization, "resource": table.name]),
      whole["n"] > 0
    else {
      return nil
    }
    return whole
  }
}
