package import DevinModel
import GRDB
import Synchronization

extension MirrorStore {
  /// Omits members from every row that is written or compared from now on. If an earlier run omitted a member and this one does not, the
  /// lists with that member become pending and are read again. Call this before the first page.
  /// - Parameter members: by table.
  package func omit(_ members: [String: [String]], now: UnixTime) async throws {
    omittedMembers = members
    let known = try await read { database in
      try Row.fetchAll(database, sql: "SELECT resource, member FROM sync_omitted").reduce(into: [String: [String]]()) {
        $0[try $1.value("resource"), default: []].append(try $1.value("member"))
      }
    }
    let isBack = known.filter { table, omitted in !Set(omitted).isSubset(of: members[table] ?? []) }.keys.sorted()
    // The lists first: if the run ends in between, the next one still finds the old setting recorded.
    if !isBack.isEmpty { _ = try await forgetPlaces(of: isBack, now: now) }
    guard !isBack.isEmpty || members.contains(where: { !Set($1).isSubset(of: known[$0] ?? []) }) else { return }
    try await write { database in
      let list = try members.flatMap { table, members in try members.map { try Self.json([table, $0]) } }
      try database.execute(
        "DELETE FROM sync_omitted WHERE json_array(resource, member) NOT IN (SELECT value FROM json_each(:list))",
        ["list": try Self.json(list)])
      for (table, members) in members { try database.recordOmitted(members, of: table, now: now) }
    }
  }

  /// Removes members from rows, history and quarantine, or counts where they are. Afterwards the full-text index and derived tables must be
  /// rebuilt. The removed data is overwritten in the file.
  /// - Returns: rows by table, and versions of rows in the history.
  package func scrub(
    _ members: [String: [String]], now: UnixTime, isAsking: Bool
  ) async throws -> (rows: [String: Int], versions: Int) {
    try await write { database in
      var (rows, versions) = ([String: Int](), 0)
      if !isAsking { try database.execute(sql: "PRAGMA secure_delete = ON") }
      for (table, members) in members.sorted(by: { $0.key < $1.key }) where !members.isEmpty {
        let name = table.quotedDatabaseIdentifier
        let count = try database.scrub("_raw", of: name, where: "1", members, isAsking: isAsking)
        if count > 0 { rows[table] = count }
        versions += try database.scrub("before", of: "sync_changes", where: "resource = '\(table)'", members, isAsking: isAsking)
        guard !isAsking else { continue }
        try database.execute(
          "DELETE FROM sync_drift WHERE resource = :table AND field IN (SELECT value FROM json_each(:members))",
          ["table": table, "members": try Self.json(members)])
        try database.execute(
          "UPDATE sync_quarantine SET item = '(left out: item ' || rowid || ')' WHERE resource = :table AND item <> ''",
          ["table": table])
        try database.recordOmitted(members, of: table, now: now)
      }
      return (rows, versions)
    }
  }
}

extension Database {
  fileprivate func recordOmitted(_ members: [String], of table: String, now: UnixTime) throws {
    for member in members {
      try execute(
        "INSERT INTO sync_omitted (resource, member, since) VALUES (:table, :member, :now) ON CONFLICT DO NOTHING",
        ["table": table, "member": member, "now": now])
    }
  }

  /// - Returns: the number of rows that contain one of the members.
  fileprivate func scrub(
    _ column: String, of table: String, where which: String, _ members: [String], isAsking: Bool
  ) throws -> Int {
    let has = members.map { "json_type(\(column), '$.\($0)') IS NOT NULL" }.joined(separator: " OR ")
    let condition = "\(which) AND \(column) IS NOT NULL AND (\(has))"
    if isAsking { return try Int.fetchOne(self, sql: "SELECT count(*) FROM \(table) WHERE \(condition)") ?? 0 }
    try execute(sql: "UPDATE \(table) SET \(column) = \(column.omitting(members)) WHERE \(condition)")
    return changesCount
  }
}

extension String {
  /// SQL for a JSON object without these members.
  func omitting(_ members: [String]) -> String {
    members.isEmpty ? self : "json_remove(\(self), \(members.map { "'$.\($0)'" }.joined(separator: ", ")))"
  }
}
