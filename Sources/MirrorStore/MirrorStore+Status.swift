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
  /// Organizations that this file mirrors.
  package func organizations() async throws -> [String] {
    try await read { try String.fetchAll($0, sql: "SELECT DISTINCT org_id FROM sync_checkpoints ORDER BY 1") }
  }

  /// One entry per table, in the tables' order; resources that were never asked for have no times.
  package func status(of tables: [MirrorTable], organization: String) async throws -> [ResourceStatus] {
    let quarantined = try await quarantined(organization: organization)
    return try await read { database in
      try tables.map { table in
        let rows = try Row.fetchOne(
          database,
          sql: """
            SELECT count(*) AS n, count(_deleted_at) AS deleted FROM "\(table.name)" WHERE org_id = ? OR org_id IS NULL
            """, arguments: [organization])
        let lists = try Row.fetchOne(
          database,
          sql: """
            SELECT max(iif(parent = '', completed_at, NULL)) AS completed_at,
              max(iif(parent = '', reconciled_at, NULL)) AS reconciled_at, max(iif(parent = '', watermark, NULL)) AS watermark,
              max(iif(parent = '', total, NULL)) AS total, count(nullif(is_open, 0)) AS open,
              max(iif(parent = '', refused_status, NULL)) AS refused
            FROM sync_checkpoints WHERE org_id = ? AND resource = ?
            """, arguments: [organization, table.name])
        let deleted: Int = rows?["deleted"] ?? 0
        return ResourceStatus(
          organization: organization, resource: table.name, rows: (rows?["n"] ?? 0) - deleted, deletedRows: deleted,
          completedAt: lists?["completed_at"], reconciledAt: lists?["reconciled_at"], watermark: lists?["watermark"],
          total: lists?["total"], openWalks: lists?["open"] ?? 0, refusedStatus: lists?["refused"],
          quarantine: quarantined[table.name] ?? QuarantineCount())
      }
    }
  }
}
