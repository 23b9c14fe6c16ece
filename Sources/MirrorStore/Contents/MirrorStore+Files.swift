package import DevinModel
import Files
import GRDB

/// State of an attachment's content: `files.state`.
package enum FileState: String, CaseIterable, Sendable {
  /// It is still to be read.
  case wanted
  case kept
  /// It exceeds the limit for one file.
  case tooLarge = "too_large"
  /// It would exceed the limit for all files together.
  case overTotal = "over_total"
  /// The server's answer was not acceptable, or the server refused.
  case refused
  /// The server does not have it.
  case missing
}

/// An attachment whose content is to be read.
package struct WantedFile: Hashable, Sendable {
  package let session: String
  package let attachment: String
  package let organization: String
  /// As the server wrote it; empty: the server gave no name.
  package let name: String
}

/// Figures about the stored contents of attachments.
package struct ContentFigures: Hashable, Sendable {
  /// Attachments that are not deleted, by the state of their content.
  package var counts: [FileState: Int] = [:]
  /// Attachments that were listed after contents were last read.
  package var notAskedFor = 0
  /// Stored contents of deleted attachments.
  package var ofDeleted = 0
  /// Number of distinct contents, and their size in bytes.
  package var contents = 0, bytes = 0
}

// A row gets the state `kept` only after its content is at its final path, so every such row has its content.

extension MirrorStore {
  /// Updates the table from the attachments before contents are read. New contents are wanted, and so are those that an earlier limit
  /// or a temporary failure excluded.
  /// - Parameter everything: whether to request refused or missing contents again at once, not only after a day.
  package func planFiles(
    of organizations: [String], _ limits: FileContents.Limits, everything: Bool, now: UnixTime
  ) async throws {
    let organizations = try Self.json(organizations)
    try await write { database in
      try database.forgetFilesWithoutRow()
      try database.execute(
        """
        INSERT INTO files (session_id, attachment_id, org_id, state)
        SELECT session_id, attachment_id, org_id, 'wanted' FROM session_attachments AS a
        WHERE _deleted_at IS NULL AND org_id IN (SELECT value FROM json_each(:organizations))
        ON CONFLICT DO NOTHING
        """, ["organizations": organizations])
      try database.execute(
        "UPDATE files SET state = 'wanted' WHERE state = 'too_large' AND byte_count <= :limit", ["limit": limits.file])
      try database.execute(
        """
        UPDATE files SET state = 'wanted' WHERE state = 'over_total'
          AND coalesce(byte_count, 0) + (\(Self.bytesKept)) <= :limit
        """, ["limit": limits.total])
      // A time in the future was written while the clock was ahead.
      try database.execute(
        """
        UPDATE files SET state = 'wanted' WHERE state IN ('refused', 'missing')
          AND (:everything OR coalesce(tried_at, 0) NOT BETWEEN :now - 86400 + 1 AND :now + 86400)
        """, ["everything": everything, "now": now])
    }
  }

  private static let bytesKept = """
    SELECT coalesce(sum(byte_count), 0) FROM (SELECT DISTINCT sha256, byte_count FROM files WHERE state = 'kept')
    """

  /// Some of the wanted contents that this run has not requested, the most recently listed first.
  package func wantedFiles(of organizations: [String], run: Int64, limit: Int) async throws -> [WantedFile] {
    let organizations = try Self.json(organizations)
    return try await read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT f.session_id AS session, f.attachment_id AS attachment, f.org_id AS organization,
            CASE WHEN typeof(a.name) = 'text' THEN a.name ELSE '' END AS name
          FROM files AS f CROSS JOIN session_attachments AS a USING (session_id, attachment_id)
          WHERE f.state = 'wanted' AND f.run_id IS NOT :run AND a._deleted_at IS NULL
            AND f.org_id IN (SELECT value FROM json_each(:organizations))
          ORDER BY a.rowid DESC LIMIT :limit
          """, arguments: ["organizations": organizations, "run": run, "limit": limit]
      ).map { row in
        WantedFile(
          session: try row.value("session"), attachment: try row.value("attachment"),
          organization: try row.value("organization"), name: try row.value("name"))
      }
    }
  }

  /// The number of wanted contents.
  package func countWantedFiles(of organizations: [String]) async throws -> Int {
    let organizations = try Self.json(organizations)
    return try await read { database in
      try Int.fetchOne(
        database,
        sql: """
          SELECT count(*) FROM files AS f CROSS JOIN session_attachments AS a USING (session_id, attachment_id)
          WHERE f.state = 'wanted' AND a._deleted_at IS NULL AND f.org_id IN (SELECT value FROM json_each(?))
          """, arguments: [organizations]) ?? 0
    }
  }

  /// Records a content that is at its final path.
  package func keep(
    _ file: WantedFile, _ content: KeptContent, announcedType: String?, run: Int64, now: UnixTime
  ) async throws {
    try await write { database in
      try database.execute(
        """
        UPDATE files SET state = 'kept', sha256 = :hash, byte_count = :bytes, type = :type, announced_type = :announced,
          reason = NULL, tried_at = :now, run_id = :run
        WHERE session_id = :session AND attachment_id = :attachment
        """,
        [
          "hash": content.hash, "bytes": content.byteCount, "type": content.type, "announced": announcedType, "now": now,
          "run": run, "session": file.session, "attachment": file.attachment,
        ])
    }
  }

  /// Records why a content is not stored.
  /// - Parameter byteCount: as announced, or as received before the download was stopped; nil: unknown.
  package func note(
    _ file: WantedFile, _ state: FileState, reason: String, byteCount: Int? = nil, run: Int64, now: UnixTime
  ) async throws {
    try await write { database in
      try database.execute(
        """
        UPDATE files SET state = :state, sha256 = NULL, byte_count = :bytes, type = NULL, announced_type = NULL,
          reason = :reason, tried_at = :now, run_id = :run
        WHERE session_id = :session AND attachment_id = :attachment
        """,
        [
          "state": state.rawValue, "bytes": byteCount, "reason": reason, "now": now, "run": run, "session": file.session,
          "attachment": file.attachment,
        ])
    }
  }

  /// Size of all stored contents in bytes; equal contents count once.
  package func bytesKept() async throws -> Int {
    try await read { try Int.fetchOne($0, sql: Self.bytesKept) ?? 0 }
  }

  /// Nil: contents were never requested.
  package func contentFigures(of organizations: [String]? = nil) async throws -> ContentFigures? {
    let organizations = try organizations.map(Self.json)
    return try await read { database -> ContentFigures? in
      guard try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM files)") == true else { return nil }
      var figures = ContentFigures()
      for row in try Row.fetchAll(
        database,
        sql: """
          SELECT iif(a._deleted_at IS NULL, coalesce(f.state, ''), 'deleted') AS state, count(*) AS number
          FROM session_attachments AS a LEFT JOIN files AS f USING (session_id, attachment_id)
          WHERE (a._deleted_at IS NULL OR f.state = 'kept')
            AND (:organizations IS NULL OR a.org_id IN (SELECT value FROM json_each(:organizations)))
          GROUP BY 1
          """, arguments: ["organizations": organizations])
      {
        let (state, count): (String, Int) = (try row.value("state"), try row.value("number"))
        if let state = FileState(rawValue: state) {
          figures.counts[state] = count
        } else if state == "deleted" {
          figures.ofDeleted = count
        } else {
          figures.notAskedFor += count
        }
      }
      let sizes = try Row.fetchOne(
        database,
        sql: """
          SELECT count(*) AS contents, coalesce(sum(byte_count), 0) AS bytes
          FROM (SELECT DISTINCT sha256, byte_count FROM files WHERE state = 'kept')
          """)
      figures.contents = try sizes?.value("contents") ?? 0
      figures.bytes = try sizes?.value("bytes") ?? 0
      return figures
    }
  }

  /// Some of the reasons why files are in this state.
  package func fileReasons(_ state: FileState, limit: Int = 3) async throws -> [String] {
    try await read { database in
      try String.fetchAll(
        database, sql: "SELECT reason FROM files WHERE state = ? AND reason IS NOT NULL ORDER BY tried_at DESC, rowid LIMIT ?",
        arguments: [state.rawValue, limit])
    }
  }

  // MARK: - Whether rows and files agree

  /// A content that rows refer to.
  package struct NamedContent: Hashable, Sendable {
    package let hash: String
    package let byteCount: Int
    /// The number of attachments with this content, and one of them.
    package let attachments: Int
    package let session: String
    package let attachment: String
  }

  package func namedContents() async throws -> [NamedContent] {
    try await read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT sha256, max(byte_count) AS bytes, count(*) AS number, min(session_id) AS session, min(attachment_id) AS attachment
          FROM files WHERE state = 'kept' AND sha256 IS NOT NULL GROUP BY sha256
          """
      ).map { row in
        NamedContent(
          hash: try row.value("sha256"), byteCount: try row.value("bytes"), attachments: try row.value("number"),
          session: try row.value("session"), attachment: try row.value("attachment"))
      }
    }
  }

  /// A content whose file does not match its row.
  package struct FaultyContent: Hashable, Sendable {
    package let content: NamedContent
    /// The predicate of a sentence.
    package let fault: String

    package var sentence: String {
      let others = content.attachments > 1 ? ", and of \(content.attachments - 1) more" : ""
      return "files: \(content.hash) \(fault): attachment \(content.attachment) of session \(content.session)\(others)"
    }
  }

  /// Contents whose file is missing or has another size; with `readingAll`, also those whose bytes differ.
  package func faultyContents(readingAll: Bool) async throws -> [FaultyContent] {
    let named = try await namedContents()
    guard !named.isEmpty else { return [] }
    let folder: ContentFolder?
    do throws(FileError) { folder = try ContentFolder.existing(beside: path) } catch { throw StoreError(error) }
    return named.compactMap { content in
      guard let folder else { return FaultyContent(content: content, fault: "is missing") }
      let found = folder.byteCount(of: content.hash)
      let fault =
        readingAll
        ? folder.fault(of: content.hash, byteCount: content.byteCount)
        : found == content.byteCount ? nil : found.map { "has \($0) bytes instead of \(content.byteCount)" } ?? "is missing"
      return fault.map { FaultyContent(content: content, fault: $0) }
    }
  }

  /// Findings of `verify`, each a sentence.
  package func fileFindings() async throws -> [String] {
    try await faultyContents(readingAll: true).map(\.sentence)
  }

  /// Marks contents with faulty files as wanted, so that they are read again.
  /// - Returns: the number of attachments concerned.
  @discardableResult
  package func wantAgain(_ faulty: [FaultyContent]) async throws -> Int {
    guard !faulty.isEmpty else { return 0 }
    return try await write { database in
      try faulty.reduce(0) { count, entry in
        try database.execute(
          """
          UPDATE files SET state = 'wanted', sha256 = NULL, type = NULL, reason = :reason, run_id = NULL WHERE sha256 = :hash
          """, ["reason": "its file \(entry.fault)", "hash": entry.content.hash])
        return count + database.changesCount
      }
    }
  }

  // MARK: - Maintenance

  /// Removes rows of attachments that are no longer in the mirror.
  /// - Returns: the number of rows.
  package func forgetFilesWithoutRow(isAsking: Bool) async throws -> Int {
    try await write { try $0.forgetFilesWithoutRow(isAsking: isAsking) }
  }

  /// Removes contents that no row refers to, and partial contents. Call it when no removed row can reappear after a power failure.
  package func removeUnnamedContents(isAsking: Bool) async throws -> ContentFolder.Leftovers {
    let named = Set(try await namedContents().map(\.hash))
    do throws(FileError) {
      return try ContentFolder.existing(beside: path)?.removeAll(but: named, isAsking: isAsking) ?? ContentFolder.Leftovers()
    } catch {
      throw StoreError(error)
    }
  }

  /// Copies the contents that a copy of this mirror refers to into the folder beside that copy, and checks each one.
  /// - Returns: the number of contents, their size in bytes, and what could not be copied, each a sentence.
  package func copyContents(namedIn copy: MirrorStore) async throws -> (contents: Int, bytes: Int, findings: [String]) {
    let named = try await copy.namedContents()
    var (contents, bytes, findings): (Int, Int, [String]) = (0, 0, [])
    guard !named.isEmpty else { return (0, 0, []) }
    do throws(FileError) {
      guard let source = try ContentFolder.existing(beside: path) else {
        return (0, 0, ["\(ContentFolder.path(beside: path)) is missing, with the contents of \(named.count) files"])
      }
      let target = try ContentFolder(beside: copy.path, making: true)
      for content in named {
        let file: OpenFile
        do throws(FileError) { file = try source.open(content.hash) } catch {
          findings.append("\(content.hash) \(error.reason == .missing ? "is missing" : "cannot be read: \(error.why)")")
          continue
        }
        let part = try target.part()
        try file.eachPiece { piece throws(FileError) in try part.write(piece) }
        guard part.hash == content.hash else {
          part.drop()
          findings.append("\(content.hash) has other contents than were stored")
          continue
        }
        bytes += try part.keep().byteCount
        contents += 1
      }
    } catch {
      throw StoreError(error)
    }
    return (contents, bytes, findings)
  }
}

extension Database {
  /// Rows of attachments that are no longer in the mirror.
  @discardableResult
  fileprivate func forgetFilesWithoutRow(isAsking: Bool = false) throws -> Int {
    let rows = """
      files WHERE NOT EXISTS (SELECT 1 FROM session_attachments AS a
        WHERE a.session_id = files.session_id AND a.attachment_id = files.attachment_id)
      """
    if isAsking { return try Int.fetchOne(self, sql: "SELECT count(*) FROM \(rows)") ?? 0 }
    try execute(sql: "DELETE FROM \(rows)")
    return changesCount
  }
}
