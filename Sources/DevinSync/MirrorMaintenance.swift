public import DevinModel
public import MirrorReading
import MirrorStore

/// Maintenance of a mirror's file. Needs no key and asks no server.
public struct MirrorMaintenance: Sendable {
  /// Path of the mirror's file.
  public let database: String

  /// - Parameter database: path of the mirror's file; nothing is opened yet.
  public init(database: String) { self.database = database }

  /// Copies the mirror as it is at this moment, also while a run writes, into one file of mode 0600 that was checked before it
  /// got its name.
  /// - Parameters:
  ///   - path: where the copy is to be.
  ///   - replacing: whether a file that stands there may go.
  ///   - redacting: whether pseudonyms take the place of what people wrote and of who they are, by a key that nobody has afterwards.
  /// - Returns: its size in bytes. Contents of attachments are no part of it: `copyFiles` copies them.
  public func backUp(to path: String, replacing: Bool = false, redacting: Bool = false) throws -> Int {
    do {
      let store = try MirrorStore(path: database, .read)
      defer { try? store.close() }
      return try store.backUp(to: path, replacing: replacing, redacting: redacting ? Pseudonyms() : nil)
    } catch { throw MirrorError(storing: error) }
  }

  /// What became of the contents of attachments in a backup.
  public struct CopiedFiles: Hashable, Sendable {
    /// Different contents that were copied.
    public let contents: Int
    /// Bytes of these.
    public let bytes: Int
    /// The folder beside the copy.
    public let folder: String
    /// What could not be copied, each a sentence.
    public let findings: [String]
  }

  /// Copies the contents that a copy of this mirror names into the folder beside the copy, each checked on its way.
  /// - Parameter copy: path of a copy that `backUp` made.
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

  /// What is kept of the contents of attachments; nil: they were never asked for.
  public func keptFiles() async throws -> KeptFiles? {
    do {
      let store = try MirrorStore(path: database, .read)
      defer { try? store.close() }
      return try await KeptFiles(in: store)
    } catch { throw MirrorError(storing: error) }
  }

  /// What `maintain` is asked to do.
  public struct Plan: Hashable, Sendable {
    /// How long changes and runs are kept; nil: for ever.
    public var keepsChanges: Duration?
    /// How long rows are kept that were deleted; nil: for ever.
    public var keepsDeleted: Duration?
    /// Texts that are left out of the mirror, as `table.member`: where they are all the same, they are taken out.
    public var omit: [String] = []
    /// Whether the file is vacuumed; nil: when a tenth of it is free, or texts were taken out.
    public var vacuums: Bool?
    /// Whether nothing is changed, only told.
    public var isDry = false

    /// Checks the file, removes nothing, and runs VACUUM when a tenth of the file is free.
    public init() {}
  }

  /// What `maintain` did, or would do.
  public struct Report: Hashable, Encodable, Sendable {
    /// Each a sentence; when there are any, nothing was changed.
    public internal(set) var findings: [String] = []
    /// Whether nothing was changed, since only a report was asked for.
    public internal(set) var isDry = false
    /// Removed rows of `sync_changes`.
    public internal(set) var changes = 0
    /// Removed rows of `sync_runs`.
    public internal(set) var runs = 0
    /// Removed rows by table.
    public internal(set) var rows: [String: Int] = [:]
    /// Removed rows of `files`, whose attachments are no longer in the mirror.
    public internal(set) var fileRows = 0
    /// Removed contents of attachments that no row names.
    public internal(set) var contents = 0
    /// Removed parts of contents, which a run left behind that was killed.
    public internal(set) var parts = 0
    /// Bytes of these contents and parts.
    public internal(set) var fileBytes = 0
    /// Bytes before and after, the log included.
    public internal(set) var sizeBefore = 0
    /// Bytes afterwards; the same as before in a dry run.
    public internal(set) var sizeAfter = 0
    /// Whether VACUUM was run.
    public internal(set) var vacuumed = false
    /// Tables whose full-text index did not say what their rows do, and was rebuilt.
    public internal(set) var rebuiltIndexes: [String] = []
    /// What derived tables held that their rows do not say, each a sentence; these tables were rebuilt.
    public internal(set) var derivedFindings: [String] = []
    /// Rows by table out of which texts were taken that are left out of the mirror.
    public internal(set) var scrubbedRows: [String: Int] = [:]
    /// The same of versions of rows in the history.
    public internal(set) var scrubbedVersions = 0
    /// Bytes that VACUUM takes and that are free; nil: there was enough, or nothing to do.
    public internal(set) var lacksRoom: Room?

    /// Bytes that VACUUM needs on the disk, and bytes that are free.
    public struct Room: Hashable, Sendable {
      public let needed, free: Int
    }

    private enum CodingKeys: String, CodingKey {
      case changes, runs, rows, sizeBefore, sizeAfter, vacuumed, derivedFindings, scrubbedRows, scrubbedVersions
      case fileRows, contents, parts, fileBytes
      case rebuiltIndexes = "indexedAnew"
      case isDry = "dryRun"
    }
  }

  /// Checks the file, prunes old history and deleted rows, and reclaims space.
  /// - Throws: `MirrorError`, `.locked` while a run is at work.
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
      if let time = plan.keepsDeleted.map({ now.rawValue - $0.components.seconds }) {
        for resource in Catalogue.all where resource.findsDeletions {
          let rows = try await store.forgetDeleted(
            of: resource.table, below: Self.below(resource), before: time, isAsking: plan.isDry)
          report.rows.merge(rows, uniquingKeysWith: +)
        }
      }
      if let time = plan.keepsChanges.map({ now.rawValue - $0.components.seconds }) {
        (report.changes, report.runs) = try await store.forgetHistory(before: time, isAsking: plan.isDry)
      }
      (report.scrubbedRows, report.scrubbedVersions) = try await store.scrub(
        SyncOptions.byTable(plan.omit), now: now.rawValue, isAsking: plan.isDry)
      report.fileRows = try await store.forgetFilesWithoutRow(isAsking: plan.isDry)
      guard !plan.isDry else {
        report.note(try await store.removeUnnamedContents(isAsking: true))
        report.sizeAfter = report.sizeBefore
        return report
      }
      report.derivedFindings = integrity.derivedFindings
      let isScrubbed = !report.scrubbedRows.isEmpty || report.scrubbedVersions > 0
      // The index still has the words of what was taken out.
      if isScrubbed, store.indexesText { try await store.indexText(true, rebuilding: true) }
      if isScrubbed || !integrity.derivedFindings.isEmpty { try await store.rebuildDerived(of: Catalogue.all.map(\.table.name)) }
      try await store.indexNewRows()
      let broken = try await store.brokenTextIndexes()
      if !broken.isEmpty {
        try await store.indexText(true, rebuilding: true)
        try await store.indexNewRows()
        report.rebuiltIndexes = broken
      }
      // Moves the log into the file, so that no row comes back whose content goes.
      try store.optimize()
      report.note(try await store.removeUnnamedContents(isAsking: false))
      let free = try await store.fileFigures()
      if plan.vacuums ?? (isScrubbed || free.free > 1 << 20 && free.free > free.size / 10) {
        let room = store.roomForVacuum()
        if room.free < room.needed {
          report.lacksRoom = .init(needed: room.needed, free: room.free)
        } else {
          try store.vacuum()
          report.vacuumed = true
        }
      }
      let after = try await store.fileFigures()
      report.sizeAfter = after.size + after.log
      return report
    } catch { throw MirrorError(storing: error) }
  }

  /// Rebuilds the full-text index, and switches it on until a run with other settings switches it off.
  /// - Throws: `MirrorError`, `.locked` while a run is at work.
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

  /// Lists below a resource's rows, found by its key.
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
      /// Living ones; of a table of bookkeeping all.
      public let rows: Int
      /// Rows that are marked deleted.
      public let deleted: Int
      /// With its indexes; nil: this SQLite does not tell.
      public let bytes: Int?
      /// Over the days up to the last run, from the first run that read the table completely on; 0: there was none, or nothing is new.
      public let newRowsPerDay: Double
    }

    /// Tables that have rows, the largest first.
    public let tables: [Table]
    /// Bytes of the file and of its log.
    public let size: Int
    /// Bytes of the write-ahead log; 0: there is none.
    public let log: Int
    /// Bytes inside the file that hold nothing.
    public let free: Int
    /// The days over which growth was looked at; 0: there was no run before.
    public let days: Double
    /// What is kept of the contents of attachments, beside the file; nil: they were never asked for.
    public let files: KeptFiles?
  }

  /// - Parameters:
  ///   - days: how far back growth is looked at.
  ///   - now: the moment that the days are counted back from.
  public func statistics(days: Int = 30, now: UnixTime = .now) async throws -> Statistics {
    do {
      let store = try MirrorStore(path: database, .read)
      // What happened after the last run nobody has seen.
      let runs = try await store.spanOfRuns()
      let end = min(now.rawValue, runs?.end ?? now.rawValue)
      let since = max(runs?.start ?? end, end - Int64(days) * 86_400)
      func span(since start: Int64) -> Double { Double(max(0, end - start)) / 86_400 }
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

  /// Forgets how far resources were read, so that the next run reads them whole. No row goes.
  /// - Returns: how many lists will be read again.
  /// - Throws: `MirrorError`, `.locked` while a run is at work.
  public func reset(_ resources: [Resource], now: UnixTime = .now) async throws -> Int {
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    do {
      let store = try MirrorStore(path: database, .write, below: Catalogue.listsBelow)
      defer { try? store.close() }
      return try await store.forgetPlaces(of: resources.map(\.name), now: now.rawValue)
    } catch { throw MirrorError(storing: error) }
  }

  /// - Throws: `MirrorError` when there is no mirror at this path, so that none is created, or while a run is at work.
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
