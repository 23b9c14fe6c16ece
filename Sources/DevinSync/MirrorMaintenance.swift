public import DevinModel
public import MirrorReading
import MirrorStore

/// Maintenance of a mirror's file. It needs no key and no server.
public struct MirrorMaintenance: Sendable {
  /// Path of the mirror's file.
  public let database: String

  /// - Parameter database: path of the mirror's file, which is not opened yet.
  public init(database: String) { self.database = database }

  /// The bytes of the file with its log, and the free bytes of its file system. The file need not exist.
  public var room: (used: Int, free: Int) { MirrorStore.room(at: database) }

  /// Copies the mirror in its current state, even while a run writes, into one file with mode 0600. The copy is checked before it
  /// gets its name.
  /// - Parameters:
  ///   - path: path of the copy.
  ///   - replacing: whether an existing file may be replaced.
  ///   - redacting: whether to replace what people wrote and who they are with pseudonyms, using a key that is then discarded.
  /// - Returns: its size in bytes. Contents of attachments are not included: `copyFiles` copies them.
  /// - Throws: `MirrorError`; `.exists` if there is a file at the path that may not be replaced.
  public func backUp(to path: String, replacing: Bool = false, redacting: Bool = false) throws -> Int {
    do {
      let store = try MirrorStore(path: database, .read)
      defer { try? store.close() }
      return try store.backUp(to: path, replacing: replacing, redacting: redacting ? Pseudonyms() : nil)
    } catch { throw MirrorError(storing: error) }
  }

  /// The result of copying the contents of attachments into a backup.
  public struct CopiedFiles: Hashable, Sendable {
    /// Number of distinct contents that were copied.
    public let contents: Int
    /// Their size in bytes.
    public let bytes: Int
    /// The folder beside the copy.
    public let folder: String
    /// What could not be copied; each is a sentence.
    public let findings: [String]
  }

  /// Copies the contents that a copy of this mirror refers to into the folder beside the copy, and checks each one.
  /// - Parameter copy: path of a copy that `backUp` made.
  /// - Throws: `MirrorError` if one of the two cannot be read. Contents that cannot be copied are findings.
  public func copyFiles(for copy: String) async throws -> CopiedFiles {
    do {
      let store = try MirrorStore(path: database, .read)
      let target = try MirrorStore(path: copy, .read)
      defer {
        try? store.close()
        try? target.close()
      }
      let result = try await store.copyContents(namedIn: target)
      return CopiedFiles(
        contents: result.contents, bytes: result.bytes, folder: ContentFolder.path(beside: target.path), findings: result.findings
      )
    } catch { throw MirrorError(storing: error) }
  }

  /// The stored contents of attachments; nil: they were never requested.
  /// - Throws: `MirrorError` when there is no mirror at this path, or it cannot be read.
  public func keptFiles() async throws -> KeptFiles? {
    do {
      let store = try MirrorStore(path: database, .read)
      defer { try? store.close() }
      return try await KeptFiles(in: store)
    } catch { throw MirrorError(storing: error) }
  }

  /// What `maintain` is to do.
  public struct Plan: Hashable, Sendable {
    /// How long changes and runs are kept; nil: forever.
    public var keepsChanges: Duration?
    /// How long deleted rows are kept; nil: forever.
    public var keepsDeleted: Duration?
    /// Texts left out of the mirror, as `table.member`: rows that still contain them are rewritten without them.
    public var omit: [String] = []
    /// Whether to vacuum the file; nil: if a tenth of it is free, or texts were removed.
    public var vacuums: Bool?
    /// Whether to report only, without changing anything.
    public var isDry = false

    /// Checks the file, removes nothing, and runs VACUUM when a tenth of the file is free.
    public init() {}
  }

  /// What `maintain` did, or would do.
  public struct Report: Hashable, Encodable, Sendable {
    /// Each is a sentence; if there are any, nothing was changed.
    public internal(set) var findings: [String] = []
    /// Whether nothing was changed, since only a report was asked for.
    public internal(set) var isDry = false
    /// Removed rows of `sync_changes`.
    public internal(set) var changes = 0
    /// Removed rows of `sync_runs`.
    public internal(set) var runs = 0
    /// Removed rows of `sync_pushes`.
    public internal(set) var pushes = 0
    /// Removed rows by table.
    public internal(set) var rows: [String: Int] = [:]
    /// Removed rows of `files` whose attachments are no longer in the mirror.
    public internal(set) var fileRows = 0
    /// Removed contents of attachments that no row refers to.
    public internal(set) var contents = 0
    /// Removed partial contents, left behind by a run that was killed.
    public internal(set) var parts = 0
    /// Bytes of these contents and partial contents.
    public internal(set) var fileBytes = 0
    /// Bytes before maintenance, including the write-ahead log.
    public internal(set) var sizeBefore = 0
    /// Bytes afterwards; the same as before in a dry run.
    public internal(set) var sizeAfter = 0
    /// Whether VACUUM was run.
    public internal(set) var vacuumed = false
    /// Tables whose full-text index did not match their rows and was rebuilt.
    public internal(set) var rebuiltIndexes: [String] = []
    /// Differences between derived tables and the rows they derive from, each a sentence; these tables were rebuilt.
    public internal(set) var derivedFindings: [String] = []
    /// By table, rows from which texts were removed that are left out of the mirror.
    public internal(set) var scrubbedRows: [String: Int] = [:]
    /// The same for versions of rows in the history.
    public internal(set) var scrubbedVersions = 0
    /// Bytes that VACUUM needs and bytes that are free; nil: there was enough space, or nothing to do.
    public internal(set) var lacksRoom: Room?

    /// Bytes that VACUUM needs on the disk, and bytes that are free.
    public struct Room: Hashable, Sendable {
      public let needed, free: Int
    }

    private enum CodingKeys: String, CodingKey {
      case changes, runs, pushes, rows, sizeBefore, sizeAfter, vacuumed, derivedFindings, scrubbedRows, scrubbedVersions
      case fileRows, contents, parts, fileBytes
      case rebuiltIndexes = "indexedAnew"
      case isDry = "dryRun"
    }
  }

  /// Checks the file, prunes old history and deleted rows, and reclaims space.
  /// - Throws: `MirrorError`, `.locked` while a run is active.
  public func maintain(_ plan: Plan, now: UnixTime = .now) async throws -> Report {
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    var report = Report()
    report.isDry = plan.isDry
    let integrity = try await MirrorIntegrity(database: database)
    report.findings = integrity.findings
    guard report.findings.isEmpty else { return report }
    do {
      let store = try MirrorStore(path: database, .write, below: Catalogue.listsBelow)
      defer { try? store.close() }
      let before = try await store.fileFigures()
      report.sizeBefore = before.size + before.log
      if let time = plan.keepsDeleted.map({ now - $0 }) {
        for resource in Catalogue.all where resource.findsDeletions {
          let rows = try await store.forgetDeleted(
            of: resource.table, below: Self.below(resource), before: time, isAsking: plan.isDry)
          report.rows.merge(rows, uniquingKeysWith: +)
        }
      }
      if let time = plan.keepsChanges.map({ now - $0 }) {
        (report.changes, report.runs, report.pushes) = try await store.forgetHistory(before: time, isAsking: plan.isDry)
      }
      (report.scrubbedRows, report.scrubbedVersions) = try await store.scrub(
        SyncOptions.byTable(plan.omit), now: now, isAsking: plan.isDry)
      report.fileRows = try await store.forgetFilesWithoutRow(isAsking: plan.isDry)
      guard !plan.isDry else {
        report.note(try await store.removeUnnamedContents(isAsking: true))
        report.sizeAfter = report.sizeBefore
        return report
      }
      report.derivedFindings = integrity.derivedFindings
      let isScrubbed = !report.scrubbedRows.isEmpty || report.scrubbedVersions > 0
      // The index still contains the removed texts.
      if isScrubbed, store.indexesText { try await store.indexText(true, rebuilding: true) }
      if isScrubbed || !integrity.derivedFindings.isEmpty { try await store.rebuildDerived(of: Catalogue.all.map(\.table.name)) }
      try await store.indexNewRows()
      let broken = try await store.brokenTextIndexes()
      if !broken.isEmpty {
        try await store.indexText(true, rebuilding: true)
        try await store.indexNewRows()
        report.rebuiltIndexes = broken
      }
      // Moves the log into the file, so that no row whose content is about to be removed can reappear.
      try await store.optimize()
      report.note(try await store.removeUnnamedContents(isAsking: false))
      let free = try await store.fileFigures()
      if plan.vacuums ?? (isScrubbed || free.free > 1 << 20 && free.free > free.size / 10) {
        let room = store.roomForVacuum()
        if room.free < room.needed {
          report.lacksRoom = .init(needed: room.needed, free: room.free)
        } else {
          try await store.vacuum()
          report.vacuumed = true
        }
      }
      let after = try await store.fileFigures()
      report.sizeAfter = after.size + after.log
      return report
    } catch { throw MirrorError(storing: error) }
  }

  /// Rebuilds the full-text index, and switches it on until a run with other settings switches it off.
  /// - Throws: `MirrorError`, `.locked` while a run is active.
  public func rebuildTextIndexes() async throws {
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    do {
      let store = try MirrorStore(path: database, .write, below: Catalogue.listsBelow)
      defer { try? store.close() }
      try await store.indexText(true, rebuilding: true)
      try await store.indexNewRows()
    } catch { throw MirrorError(storing: error) }
  }

  /// Child lists of a resource's rows, found by the name of its key column.
  private static func below(_ resource: Resource) -> [(table: MirrorTable, column: String)] {
    let column = resource.table.itemKey.column
    return Catalogue.all.compactMap { child in
      guard let parents = child.parents, parents.resource == resource.name, parents.column == column,
        child.table.scopeColumns.contains(column) || child.table.itemKey.column == column
      else { return nil }
      return (child.table, column)
    }
  }

  /// Rows and bytes of a mirror.
  public struct Statistics: Hashable, Encodable, Sendable {
    /// Rows and bytes of one table.
    public struct Table: Hashable, Encodable, Sendable {
      /// Name of the table.
      public let name: String
      /// Rows that are not deleted; for a bookkeeping table, all rows.
      public let rows: Int
      /// Rows that are marked deleted.
      public let deleted: Int
      /// Including its indexes; nil: this SQLite does not report it.
      public let bytes: Int?
      /// Average over the days up to the last run, counted from the first run that read the table completely; 0: none, or no new rows.
      public let newRowsPerDay: Double
    }

    /// Tables that have rows, the largest first.
    public let tables: [Table]
    /// Bytes of the file and of its log.
    public let size: Int
    /// Bytes of the write-ahead log; 0: there is none.
    public let log: Int
    /// Unused bytes inside the file.
    public let free: Int
    /// The number of days over which growth was measured; 0: there was no run before.
    public let days: Double
    /// The stored contents of attachments, beside the file; nil: they were never requested.
    public let files: KeptFiles?
  }

  /// - Parameters:
  ///   - days: number of days over which growth is measured.
  ///   - now: the end of these days.
  /// - Throws: `MirrorError` when there is no mirror at this path, or it cannot be read.
  public func statistics(days: Int = 30, now: UnixTime = .now) async throws -> Statistics {
    do {
      let store = try MirrorStore(path: database, .read)
      // What happened after the last run is unknown.
      let runs = try await store.spanOfRuns()
      let end = min(now, runs?.end ?? now)
      let since = max(runs?.start ?? end, end - .seconds(days * 86_400))
      func span(since start: UnixTime) -> Double { Double(max(0, end.seconds(since: start))) / 86_400 }
      let figures = try await store.figures(of: Catalogue.all.map(\.table), since: since)
      let file = try await store.fileFigures()
      let tables = figures.map {
        Statistics.Table(
          name: $0.table, rows: $0.rows, deleted: $0.deleted, bytes: $0.bytes,
          newRowsPerDay: $0.firstComplete.map { [inserted = $0.inserted] in
            Double(inserted) / max(1, span(since: max(since, $0)))
          } ?? 0)
      }
      return Statistics(
        tables: tables.filter { $0.rows + $0.deleted > 0 }.sorted { ($0.bytes ?? $0.rows) > ($1.bytes ?? $1.rows) },
        size: file.size, log: file.log, free: file.free, days: span(since: since), files: try await KeptFiles(in: store))
    } catch { throw MirrorError(storing: error) }
  }

  /// Discards the sync progress of resources, so that the next run reads them completely. No row is deleted.
  /// - Returns: how many lists will be read again.
  /// - Throws: `MirrorError`, `.locked` while a run is active.
  public func reset(_ resources: [Resource], now: UnixTime = .now) async throws -> Int {
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    do {
      let store = try MirrorStore(path: database, .write, below: Catalogue.listsBelow)
      defer { try? store.close() }
      return try await store.forgetPlaces(of: resources.map(\.name), now: now)
    } catch { throw MirrorError(storing: error) }
  }

  /// - Throws: `MirrorError` when there is no mirror at this path (none is created), or while a run is active.
  private func lock() throws -> FileLock {
    do {
      try MirrorStore(path: database, .read).close()
      return try FileLock(database: database, start: UnixTime.now.iso8601)
    } catch { throw MirrorError(storing: error) }
  }
}

extension MirrorMaintenance.Report {
  fileprivate mutating func note(_ leftovers: ContentFolder.Leftovers) {
    contents = leftovers.contents
    parts = leftovers.parts
    fileBytes = leftovers.bytes
  }
}
