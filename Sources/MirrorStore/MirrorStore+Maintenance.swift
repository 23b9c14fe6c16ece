package import DevinModel
import Files
import Foundation
import GRDB

extension MirrorStore {
  // MARK: - Backup

  /// Copies the mirror in its current state, even while a run writes, into a new file that is checked and then moved into place.
  /// - Parameters:
  ///   - replacing: whether an existing file may be replaced.
  ///   - pseudonyms: what replaces texts and names; nil: they are copied.
  /// - Returns: its size in bytes.
  package func backUp(to target: String, replacing: Bool, redacting pseudonyms: Pseudonyms? = nil) throws(StoreError) -> Int {
    if let facts = FileFacts(at: target) {
      guard replacing else { throw .exists(path: target) }
      guard facts.kind != .file || FileIdentity(path: target) != opened else {
        throw .cannotCreate(path: target, why: "it is the mirror itself")
      }
      guard FileIdentity(path: target + "-wal") == nil else {
        throw .cannotCreate(path: target, why: "\(target)-wal exists, so another program may have it open")
      }
    }
    do {
      let (folder, name) = try Folder.of(target, making: 0o777)
      try folder.demandReplaceable(name)
      let partial = Folder.newName()
      // Closed after SQLite has closed it: closing it earlier would release SQLite's locks.
      let file = try folder.open(partial, .new(0o600))
      defer { for suffix in ["", "-journal", "-wal", "-shm"] { try? folder.remove(partial + suffix) } }
      try copy(to: file.path, pseudonyms)
      guard file.facts.isSameFile(as: folder.facts(partial)) else {
        throw StoreError.cannotCreate(path: target, why: "it was replaced by another file meanwhile")
      }
      try file.sync()
      try folder.rename(partial, to: name)
    } catch let trouble as FileError {
      throw .cannotCreate(path: target, why: trouble.why)
    } catch {
      throw Self.storeError(error, path: target)
    }
    return MirrorFile.bytes(of: target)
  }

  private func copy(to path: String, _ pseudonyms: Pseudonyms?) throws {
    // With a folder in front, so that SQLite cannot take the name for a URI.
    let copy = try DatabaseQueue(path: path.hasPrefix("/") ? path : "./" + path)
    try readNow { source in
      guard let pseudonyms else { return try source.backup(to: copy) }
      try source.read { source in
        try copy.writeWithoutTransaction { try RedactedCopy(of: source, in: $0, pseudonyms).make() }
      }
    }
    let findings = try copy.writeWithoutTransaction { copy in
      // A single file, which can be read from read-only storage.
      try copy.execute(sql: "PRAGMA journal_mode = DELETE")
      return try String.fetchAll(copy, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
    }
    try copy.close()
    if let finding = findings.first { throw StoreError.damaged(path: self.path, why: finding) }
  }

  // MARK: - Maintenance

  /// Counts and, unless `isAsking`, removes the history before a time. The newest run is kept, and so are runs that a list
  /// or a change refers to.
  /// Requests that changed something are kept while nobody knows what became of them. So are those of rows with a key of their own: they say
  /// what must not be sent again.
  package func forgetHistory(before time: UnixTime, isAsking: Bool) async throws -> (changes: Int, runs: Int, pushes: Int) {
    try await write { database in
      let newest = try Int64.fetchOne(
        database, sql: "SELECT max(change_id) FROM sync_changes WHERE changed_at < ?", arguments: [time])
      let versions = isAsking ? [:] : try Self.oldestVersions(in: database)
      let changes = try database.forget("sync_changes WHERE changed_at < :time", before: time, isAsking: isAsking)
      if let newest, !isAsking { try database.rememberPruned(upTo: newest, before: time, versions) }
      let pushes = try database.forget(
        "sync_pushes WHERE finished_at < :time AND outcome <> 'unclear' AND row_key IS NULL", before: time, isAsking: isAsking)
      let runs = try database.forget(
        """
        sync_runs WHERE finished_at < :time AND run_id < (SELECT max(run_id) FROM sync_runs)
          AND run_id NOT IN (SELECT completed_run FROM sync_checkpoints WHERE completed_run IS NOT NULL)
          AND run_id NOT IN (SELECT run_id FROM sync_changes WHERE changed_at >= :time)
          AND run_id NOT IN (SELECT run_id FROM sync_pushes WHERE finished_at IS NULL OR finished_at >= :time OR row_key IS NOT NULL)
          AND run_id IS NOT (SELECT max(run_id) FROM sync_runs WHERE requested IS NOT NULL)
        """, before: time, isAsking: isAsking)
      return (changes, runs, pushes)
    }
  }

  /// The number of the oldest known version of each playbook, by the time from which it was valid.
  private static func oldestVersions(in database: Database) throws -> [PlaybookVersion: Int64] {
    try Row.fetchAll(database, sql: "SELECT playbook_id, valid_from, version FROM playbook_versions").reduce(into: [:]) {
      versions, row in
      versions[PlaybookVersion(playbook: try row.value("playbook_id"), validFrom: row["valid_from"])] = try row.value("version")
    }
  }

  /// Counts and, unless `isAsking`, removes rows of a table that were marked as deleted before a time, and the rows of their child
  /// lists. A row that is not deleted is removed only together with its deleted parent.
  /// - Parameter below: tables of the child lists, each with the column for this table's key.
  /// - Returns: the number of rows, by table.
  package func forgetDeleted(
    of table: MirrorTable, below: [(table: MirrorTable, column: String)], before time: UnixTime, isAsking: Bool
  ) async throws -> [String: Int] {
    let indexesText = indexesText
    return try await write { database in
      let name = table.name.quotedDatabaseIdentifier
      let key = table.itemKey.column.quotedDatabaseIdentifier
      // If another row has the same key, such as one of another organization, its child rows are kept.
      let doomed = """
        SELECT \(key) FROM \(name) WHERE _deleted_at < :time
        EXCEPT SELECT \(key) FROM \(name) WHERE _deleted_at IS NULL OR _deleted_at >= :time
        """
      var counts: [String: Int] = [:]
      for (child, column) in below {
        let which = "\(column.quotedDatabaseIdentifier) IN (\(doomed))"
        if indexesText, !isAsking { try database.removeText(of: child.name, where: which, before: time) }
        if !isAsking {
          for derived in DerivedTable.of(child.name) { try database.execute(derived.removal(of: doomed), ["time": time]) }
        }
        let rows = "\(child.name.quotedDatabaseIdentifier) WHERE \(which)"
        counts[child.name] = try database.forget(rows, before: time, isAsking: isAsking)
        if !isAsking {
          try database.rowsDeleted(from: child.name)
          try database.count(child.name)
        }
        let lists = "resource = '\(child.name)' AND parent IN (\(doomed))"
        let ofLists = "WHERE list_id IN (SELECT list_id FROM sync_checkpoints WHERE \(lists))"
        for bookkeeping in [
          "sync_seen \(ofLists)", "sync_intervals \(ofLists)", "sync_quarantine WHERE \(lists)", "sync_pending WHERE \(lists)",
          "sync_checkpoints WHERE \(lists)",
        ] { _ = try database.forget(bookkeeping, before: time, isAsking: isAsking) }
      }
      if indexesText, !isAsking { try database.removeText(of: table.name, where: "t._deleted_at < :time", before: time) }
      let count = try database.forget("\(name) WHERE _deleted_at < :time", before: time, isAsking: isAsking)
      counts[table.name] = count
      if count > 0, !isAsking {
        try database.rowsDeleted(from: table.name)
        try database.count(table.name)
        // A list that can no longer be read may still hold a row that was marked through another list.
        try database.execute(
          """
          DELETE FROM sync_seen WHERE (list_id, key) IN (
            SELECT s.list_id, s.key FROM sync_checkpoints AS c JOIN sync_seen AS s USING (list_id)
            WHERE c.resource = :table AND NOT EXISTS (\(table.rowOfList)))
          """, ["table": table.name])
      }
      return counts.filter { $0.value > 0 }
    }
  }

  package struct FileFigures: Hashable, Sendable {
    /// Bytes of the file and of its log.
    package let size: Int
    package let log: Int
    /// Unused bytes inside the file.
    package let free: Int
  }

  package func fileFigures() async throws -> FileFigures {
    let path = path
    return try await read { database in
      let page = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
      let free = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
      return FileFigures(size: MirrorFile.bytes(of: path), log: MirrorFile.bytes(of: path + "-wal"), free: free * page)
    }
  }

  /// Lets SQLite update its index statistics, and moves the log into the file.
  /// - Throws: `StoreError`.
  package func optimize() async throws {
    try await writeOutsideTransaction { database in
      try database.execute(sql: "PRAGMA analysis_limit = 1000")
      try database.execute(sql: "PRAGMA optimize")
      _ = try Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  /// Space that VACUUM needs beside the file, in bytes: SQLite makes a copy, and writes it through the log.
  package func roomForVacuum() -> (needed: Int, free: Int) {
    let needed = MirrorFile.bytes(of: path) * 2 + (1 << 20)
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    return (needed, MirrorFile.freeBytes(at: folder))
  }

  /// Runs VACUUM: writes the file again, without its free pages.
  /// - Throws: `StoreError`.
  package func vacuum() async throws {
    // Put the temporary copy beside the file, where the space was checked, and not in memory.
    setenv("SQLITE_TMPDIR", URL(fileURLWithPath: path).deletingLastPathComponent().path, 1)
    try await writeOutsideTransaction { database in
      try database.execute(sql: "PRAGMA temp_store = FILE")
      try database.execute(sql: "VACUUM")
      _ = try Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  // MARK: - Figures

  package struct TableFigures: Hashable, Sendable {
    package let table: String
    package let rows: Int
    package let deleted: Int
    /// Size of the table and its indexes; nil: this SQLite does not report it.
    package let bytes: Int?
    /// Rows inserted since the given time and since the first complete read.
    package let inserted: Int
    /// When the first run ended that read the resource completely, among the runs that are kept; nil: none did.
    package var firstComplete: UnixTime?
  }

  /// - Parameter time: rows inserted from then on are counted.
  package func figures(of tables: [MirrorTable], since time: UnixTime) async throws -> [TableFigures] {
    try await read { database in
      let sizes = try? Row.fetchAll(
        database,
        sql: """
          SELECT m.tbl_name AS name, sum(s.pgsize) AS number FROM dbstat AS s JOIN sqlite_master AS m USING (name)
          WHERE s.aggregate = TRUE GROUP BY m.tbl_name
          """)
      let bytes = try sizes.map(Self.numbers)
      // Rows of the first read existed before, so they are no growth.
      let complete = """
        SELECT o.value ->> 'resource' AS resource, min(r.run_id) AS run, min(r.finished_at) AS at
        FROM sync_runs AS r, json_each(iif(json_valid(r.outcomes), r.outcomes, '[]')) AS o
        WHERE o.value ->> 'outcome' = 'complete' AND typeof(o.value ->> 'resource') = 'text' GROUP BY 1
        """
      let firstComplete = try Self.numbers(
        Row.fetchAll(database, sql: "SELECT resource AS name, at AS number FROM (\(complete)) WHERE typeof(at) = 'integer'"))
      let inserted = try Self.numbers(
        Row.fetchAll(
          database,
          sql: """
            SELECT c.resource AS name, count(*) AS number FROM sync_changes AS c JOIN (\(complete)) AS f USING (resource)
            WHERE c.changed_at >= ? AND c.change = 'inserted' AND c.run_id > f.run GROUP BY c.resource
            """, arguments: [time]))
      var figures = try tables.map { table in
        let counts = try Row.fetchOne(
          database, sql: "SELECT sum(rows) AS living, sum(deleted) AS deleted FROM derived_counts WHERE resource = ?",
          arguments: [table.name])
        return TableFigures(
          table: table.name, rows: try counts?.value("living") ?? 0, deleted: try counts?.value("deleted") ?? 0,
          bytes: bytes.map { $0[table.name] ?? 0 }, inserted: inserted[table.name] ?? 0,
          firstComplete: firstComplete[table.name].map { UnixTime(rawValue: Int64($0)) })
      }
      let own = try String.fetchAll(
        database,
        sql:
          "SELECT name FROM sqlite_master WHERE type = 'table' AND (name LIKE 'sync\\_%' ESCAPE '\\' OR name LIKE 'derived\\_%' ESCAPE '\\') ORDER BY name"
      )
      for name in own {
        let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(name.quotedDatabaseIdentifier)") ?? 0
        figures.append(TableFigures(table: name, rows: count, deleted: 0, bytes: bytes.map { $0[name] ?? 0 }, inserted: 0))
      }
      for index in TextIndex.all {
        let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(index.name)_docsize") ?? 0
        let size = bytes.map { $0.reduce(0) { $1.key.hasPrefix(index.name + "_") ? $0 + $1.value : $0 } }
        figures.append(TableFigures(table: index.name, rows: count, deleted: 0, bytes: size, inserted: 0))
      }
      return figures
    }
  }

  /// Names with their numbers. A name can occur twice, as NULL and as text; then the first counts.
  private static func numbers(_ rows: [Row]) throws -> [String: Int] {
    Dictionary(try rows.map { (try $0.value("name"), try $0.value("number")) }) { first, _ in first }
  }

  /// Start of the first run and end of the last; nil: there was none.
  package func spanOfRuns() async throws -> (start: UnixTime, end: UnixTime)? {
    try await read { database in
      let row = try Row.fetchOne(
        database, sql: "SELECT min(started_at) AS start, max(coalesce(finished_at, started_at)) AS ending FROM sync_runs")
      guard let row, let start = try row.time("start"), let end = try row.time("ending") else { return nil }
      return (start, end)
    }
  }

  // MARK: - Reset

  /// Discards the progress of each list of these tables, so that the next run reads it from the beginning; until then it is pending. Rows
  /// are kept, and so is what each list held, so that rows missing in the next walk are still detected.
  /// - Returns: the number of lists.
  package func forgetPlaces(of tables: [String], now: UnixTime) async throws -> Int {
    try await write { database in
      let marks = databaseQuestionMarks(count: tables.count)
      let names = StatementArguments(tables)
      try database.execute(
        sql: """
          DELETE FROM sync_intervals WHERE list_id IN (SELECT list_id FROM sync_checkpoints WHERE resource IN (\(marks)))
          """, arguments: names)
      // Lists that the key was never allowed to read do not become pending, and neither do child lists: the next run compares those
      // with their parents.
      try database.execute(
        sql: """
          INSERT INTO sync_pending (org_id, resource, parent, pending_since, run_id, reason)
          SELECT c.org_id, c.resource, c.parent, ?, 0, 'reset' FROM sync_checkpoints AS c
          WHERE c.superseded_at IS NULL AND (c.refused_status IS NULL OR c.allowed_at IS NOT NULL) AND (c.parent = '' OR NOT EXISTS (
            SELECT 1 FROM sync_checkpoints AS t WHERE t.org_id = c.org_id AND t.resource = c.resource AND t.parent = ''))
            AND c.resource IN (\(marks))
          ON CONFLICT (org_id, resource, parent, span_start) DO UPDATE SET version = version + 1, due_at = 0,
            pending_since = coalesce(pending_since, excluded.pending_since), run_id = excluded.run_id, reason = excluded.reason
          """, arguments: [now] + names)
      try database.execute(
        sql: """
          UPDATE sync_checkpoints SET is_open = 0, cursor = NULL, filter = NULL, opened_at = NULL, newest_seen = NULL,
            rows_seen = 0, watermark = NULL, completed_at = NULL, completed_run = NULL, reconciled_at = NULL,
            parent_version = NULL, total = NULL, as_of = NULL, pending_version = NULL, refresh_interval = NULL
          WHERE resource IN (\(marks))
          """, arguments: names)
      return database.changesCount
    }
  }
}

/// Identifies a version of a playbook, even after other versions were removed.
private struct PlaybookVersion: Hashable {
  let playbook: String
  let validFrom: UnixTime?
}

extension Database {
  /// Records where the known history starts, and how many versions of each playbook were removed before the remaining ones.
  fileprivate func rememberPruned(upTo change: Int64, before time: UnixTime, _ versions: [PlaybookVersion: Int64]) throws {
    try execute(
      sql: """
        INSERT INTO sync_pruned (id, known_from, change_id) VALUES (1, ?, ?)
        ON CONFLICT (id) DO UPDATE SET known_from = max(known_from, excluded.known_from), change_id = max(change_id, excluded.change_id)
        """, arguments: [time, change])
    for row in try Row.fetchAll(
      self, sql: "SELECT playbook_id, valid_from, min(version) AS version FROM playbook_versions GROUP BY playbook_id")
    {
      let playbook: String = try row.value("playbook_id")
      guard let before = versions[PlaybookVersion(playbook: playbook, validFrom: row["valid_from"])] else { continue }
      let lost = before - (try row.value("version") as Int64)
      guard lost > 0 else { continue }
      try execute(
        sql: """
          INSERT INTO sync_pruned_versions (playbook_id, versions) VALUES (?, ?)
          ON CONFLICT (playbook_id) DO UPDATE SET versions = versions + excluded.versions
          """, arguments: [playbook, lost])
    }
  }

  /// Counts and, unless `isAsking`, removes rows.
  /// - Parameter rows: a table and a condition on its rows; `:time` is the time.
  fileprivate func forget(_ rows: String, before time: UnixTime, isAsking: Bool) throws -> Int {
    if isAsking {
      return try Int.fetchOne(self, sql: "SELECT count(*) FROM \(rows)", arguments: ["time": time]) ?? 0
    }
    try execute(sql: "DELETE FROM \(rows)", arguments: rows.contains(":time") ? ["time": time] : [])
    return changesCount
  }
}
