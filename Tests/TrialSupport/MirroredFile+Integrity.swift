package import DevinSandbox
import DevinSync
import GRDB

extension MirroredFile {
  /// Checks the file alone: SQLite's own checks, and whether a checkpoint is ahead of its rows.
  package func inconsistencies() throws -> [String] {
    var found = try column("PRAGMA integrity_check").filter { $0 != "ok" }
    found += try column("PRAGMA foreign_key_check")
    guard try number("PRAGMA user_version") > 0 else { return found }
    for resource in Catalogue.all {
      let table = resource.table
      guard try number("SELECT count(*) FROM sqlite_master WHERE name = '\(table.name)'") > 0 else { continue }
      // A key that a walk has seen and the table does not have would be lost, since the walk does not return to it.
      let lost = try number(
        """
        SELECT count(*) FROM sync_seen AS s JOIN sync_checkpoints AS c USING (list_id)
        WHERE c.resource = '\(table.name)'
          AND s.key NOT IN (SELECT "\(table.itemKey.column)" FROM "\(table.name)")
        """)
      if lost > 0 { found.append("\(lost) keys of \(table.name) were seen and have no row") }
    }
    found += try column(
      """
      SELECT resource || ' ' || parent || ': ' || rows_seen || ' rows were counted, and fewer are known' FROM sync_checkpoints AS c
      WHERE EXISTS (SELECT 1 FROM sync_seen WHERE list_id = c.list_id) AND rows_seen >
        (SELECT count(*) FROM sync_seen AS s WHERE s.list_id = c.list_id AND s.walk = c.walk)
        + (SELECT count(*) FROM sync_quarantine AS q
          WHERE q.org_id = c.org_id AND q.resource = c.resource AND q.parent = c.parent AND q.item <> '')
      """)
    return try found + wrongWords() + wrongDerivations()
  }

  /// Derived tables that do not match their views, and counts that do not match the rows.
  private func wrongDerivations() throws -> [String] {
    guard try number("SELECT count(*) FROM sqlite_master WHERE name = 'derived_counts'") > 0 else { return [] }
    let derived = [
      ("sessions", "session_id", "*"), ("pull_requests", "session_id", "session_id, org_id, pr_url, furthest, place"),
      ("outcomes", "pr_url", "*"), ("waits", "session_id", "*"), ("note_usages", "session_id", "*"),
    ]
    var found = try derived.flatMap { name, key, columns in
      // One table was introduced later than the others.
      guard try number("SELECT count(*) FROM sqlite_master WHERE name = 'derived_\(name)'") > 0 else { return [String]() }
      let (held, told) = ("SELECT \(columns) FROM derived_\(name)", "SELECT \(columns) FROM derive_\(name)")
      return try column("SELECT \(key) FROM (\(held) EXCEPT \(told)) UNION SELECT \(key) FROM (\(told) EXCEPT \(held))")
        .map { "derived_\(name) differs from the rows at \($0)" }
    }
    for resource in Catalogue.all {
      let name = resource.table.name
      let rows = try number("SELECT count(*) - count(_deleted_at) FROM \"\(name)\"")
      let deleted = try number("SELECT count(_deleted_at) FROM \"\(name)\"")
      let counted = try column(
        "SELECT coalesce(sum(rows), 0) || ' ' || coalesce(sum(deleted), 0) FROM derived_counts WHERE resource = '\(name)'")
      if counted != ["\(rows) \(deleted)"] { found.append("\(name): counted \(counted), and there are \(rows) \(deleted)") }
    }
    return found
  }

  /// Tables whose full-text index does not match their rows.
  private func wrongWords() throws -> [String] {
    guard try number("SELECT count(*) FROM sqlite_master WHERE name = 'sync_text_indexes'") > 0,
      try number("SELECT max(is_on) FROM sync_text_indexes") > 0
    else { return [] }
    let indexes = [
      ("sessions", "title"), ("session_messages", "message"), ("knowledge_notes", "name, body"), ("playbooks", "title, body"),
    ]
    return try indexes.filter { table, columns in
      do {
        // For SQLite this is a writing statement, although it writes nothing. Rows that are not indexed yet are no error.
        try database.inTransaction { database in
          try database.execute(
            sql: """
              INSERT INTO search_\(table) (rowid, \(columns)) SELECT rowid, \(columns) FROM \(table)
              WHERE rowid > (SELECT indexed_to FROM sync_text_indexes WHERE resource = '\(table)')
              """)
          try database.execute(sql: "INSERT INTO search_\(table) (search_\(table), rank) VALUES ('integrity-check', 1)")
          return .rollback
        }
        return false
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
        return true
      }
    }.map { "the full-text index of \($0.0) is not what its rows say" }
  }

  /// Lists that the crashed run has read completely, according to their checkpoints, but that differ from the server. The server must not
  /// have changed during that run.
  package func unkeptPromises(to sandbox: Sandbox, _ resources: [SandboxResource] = SandboxResource.allCases) throws -> [String] {
    let newest = "completed_run = (SELECT iif(finished_at IS NULL, run_id, 0) FROM sync_runs ORDER BY run_id DESC LIMIT 1)"
    let whole = Set(
      try column("SELECT resource FROM sync_checkpoints WHERE parent = '' AND NOT is_open AND \(newest)"))
    var found = try differences(from: sandbox, resources.filter { whole.contains($0.rawValue) })
    for child in [SandboxResource.sessionMessages, .sessionAttachments] where resources.contains(child) {
      let served = Dictionary(grouping: sandbox.objects(child).map(ServedRow.init)) { $0.scope["session_id"] ?? "" }
      let mirrored = try column(
        """
        SELECT parent || ' ' || (SELECT count(*) FROM \(child.rawValue) AS t WHERE t.session_id = c.parent AND _deleted_at IS NULL)
        FROM sync_checkpoints AS c WHERE resource = '\(child.rawValue)' AND parent <> '' AND NOT is_open AND \(newest)
        """)
      for line in mirrored {
        let parts = line.split(separator: " ")
        guard let count = served[String(parts[0])]?.count ?? Optional(0), Int(parts[1]) != count else { continue }
        found.append("\(child) of \(parts[0]): \(parts[1]) of \(count) rows, and its list is closed")
      }
    }
    return found
  }
}
