package import DevinModel
import Foundation

/// A note or a playbook as a Markdown file with front matter.
package struct KnowledgeDocument: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case notes, playbooks

    var table: String { self == .notes ? "knowledge_notes" : "playbooks" }
    var keyColumn: String { self == .notes ? "note_id" : "playbook_id" }
    /// The members of the front matter, in this order.
    var members: [String] {
      switch self {
      case .notes: ["note_id", "name", "trigger", "folder_path", "is_enabled", "macro", "pinned_repo", "access_type", "org_id"]
      case .playbooks: ["playbook_id", "title", "macro", "access_type", "org_id"]
      }
    }
    var nameMember: String { self == .notes ? "name" : "title" }

    /// With which a file at this path begins if an export wrote it; nil: none writes there.
    package static func beginning(of path: String) -> String? {
      guard path.hasSuffix(".md"), let parts = DocumentPath.parts(of: path) else { return nil }
      return Kind(rawValue: parts[0]).map { "---\n\($0.keyColumn): \"" }
    }
  }

  package let id: String
  /// Its name or title; its id if it has none.
  package let name: String
  /// Relative to the folder of the export: `notes/engineering/how-to-test-a1b2c3d4.md`. It contains the name and the end of the id, so two
  /// documents with one name never swap paths. If two paths are equal nevertheless, `MirrorReader.documents` numbers them.
  package internal(set) var path: String
  package let markdown: String
  /// The text alone, without front matter.
  package let body: String
  /// The front matter: what is known of the document besides its text.
  package let front: [Member]

  package struct Member: Hashable, Sendable {
    package let name, value: String
  }

  /// - Parameter raw: the object as received from Devin.
  init?(_ kind: Kind, id: String, raw: String) {
    guard let object = try? JSONDecoder().decodeBounded([String: JSON].self, from: Data(raw.utf8)) else { return nil }
    self.id = id
    let name = object[kind.nameMember]?.text ?? ""
    self.name = name.isEmpty ? id : name
    path = DocumentPath.of(kind.rawValue, folders: kind == .notes ? object["folder_path"]?.text ?? "" : "", name: name, id: id)
    let lines = kind.members.compactMap { member in
      (member == kind.keyColumn ? JSON.text(id) : object[member])?.front.map { "\(member): \($0)" }
    }
    front = kind.members.compactMap { member in
      (member == kind.keyColumn ? id : object[member]?.shown).map { Member(name: member, value: $0) }
    }
    let body = object["body"]?.text ?? ""
    self.body = body
    markdown = "---\n\(lines.joined(separator: "\n"))\n---\n\n\(body)\(body.hasSuffix("\n") ? "" : "\n")"
  }

  /// A JSON value, as far as front matter needs it; written as JSON, which is valid YAML.
  private enum JSON: Decodable, Hashable {
    case text(String)
    case truth(Bool)
    case other

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let truth = try? container.decode(Bool.self) {
        self = .truth(truth)
      } else {
        self = .other
      }
    }

    var text: String? {
      if case .text(let text) = self { text } else { nil }
    }

    /// For people; nil: nothing to show.
    var shown: String? {
      switch self {
      case .text(let text): text.isEmpty ? nil : text
      case .truth(let truth): truth ? "yes" : "no"
      case .other: nil
      }
    }

    var front: String? {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .withoutEscapingSlashes
      return switch self {
      case .text(let text): (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) }
      case .truth(let truth): truth ? "true" : "false"
      case .other: nil
      }
    }
  }
}

extension MirrorReader {
  /// The documents that are not deleted, by path. All paths differ, even on a file system that ignores case and forms of letters.
  /// - Throws: `MirrorError`.
  package func documents(_ kind: KnowledgeDocument.Kind) async throws -> [KnowledgeDocument] {
    var documents = try await answer("SELECT \(kind.keyColumn), _raw FROM \(kind.table) WHERE _deleted_at IS NULL").rows
      .compactMap { KnowledgeDocument(kind, id: $0[0].text ?? "", raw: $0[1].text ?? "") }
    // Sorted by id, so that each export gives the same number to the same document.
    documents.sort { ($0.id, $0.markdown) < ($1.id, $1.markdown) }
    for (index, path) in DocumentPath.numbered(documents.map(\.path)).enumerated() { documents[index].path = path }
    return documents.sorted { $0.path < $1.path }
  }

  /// The state of a document from some time on.
  package struct DocumentState: Hashable, Sendable {
    package let document: KnowledgeDocument
    /// When a run found this state.
    package let foundAt: UnixTime
    /// Whether the document was deleted at the end of its history.
    package let isDeleted: Bool
  }

  /// All states of a document that this mirror has seen, oldest first; empty: there is no such document.
  /// - Throws: `MirrorError`.
  package func documentHistory(_ kind: KnowledgeDocument.Kind, id: String) async throws -> [DocumentState] {
    let rows = try await answer(
      "SELECT _raw, _first_synced_at, _deleted_at FROM \(kind.table) WHERE \(kind.keyColumn) = :id", ["id": .text(id)]
    ).rows
    guard let row = rows.first else { return [] }
    let states = try await answer(
      """
      WITH states AS (\(RowHistory.states))
      SELECT * FROM (SELECT before, NULL AS at FROM states WHERE before IS NOT NULL ORDER BY change_id LIMIT 1)
      UNION ALL SELECT * FROM (SELECT after, changed_at FROM states WHERE change = 'changed' ORDER BY change_id)
      """, ["resource": .text(kind.table), "key": .text(id), "current": row[0]]
    ).rows
    let all = states.isEmpty ? [[row[0], .null]] : states
    return all.compactMap { state in
      KnowledgeDocument(kind, id: id, raw: state[0].text ?? "").map {
        DocumentState(document: $0, foundAt: state[1].time ?? row[1].time ?? .epoch, isDeleted: row[2] != .null)
      }
    }
  }

  /// A document at an earlier time and now.
  package struct DocumentChange: Hashable, Sendable {
    /// Nil: it did not exist.
    package let before, after: KnowledgeDocument?
  }

  /// Documents that changed since then, by path. The history begins with the first successful run, whose rows do not count as changes.
  /// - Throws: `MirrorError`.
  package func documentChanges(_ kind: KnowledgeDocument.Kind, since time: UnixTime) async throws -> [DocumentChange] {
    let (table, key) = (kind.table, kind.keyColumn)
    let rows = try await answer(
      """
      WITH beginning AS (
        SELECT coalesce(min(run_id), 0) AS run, coalesce(min(finished_at), 0) AS moment FROM sync_runs
        WHERE run_id = (SELECT min(run_id) FROM sync_runs WHERE status = 0)),
      changes AS (
        SELECT c.key, min(c.change_id) AS first FROM sync_changes AS c, beginning AS b
        WHERE c.resource = '\(table)' AND c.change <> 'inserted' AND c.changed_at >= :since AND c.run_id > b.run GROUP BY c.key),
      rows AS (
        SELECT t.*, c.before, c.change, t._first_synced_at >= :since AND t._first_synced_at > b.moment
          AND NOT EXISTS (SELECT 1 FROM sync_changes AS e WHERE e.resource = '\(table)' AND e.key = t.\(key)
            AND e.change <> 'inserted' AND e.changed_at < :since) AS is_new
        FROM \(table) AS t JOIN beginning AS b LEFT JOIN changes AS f ON f.key = t.\(key)
          LEFT JOIN sync_changes AS c ON c.change_id = f.first)
      SELECT \(key), iif(is_new, NULL, before), iif(_deleted_at IS NULL, _raw, NULL), change FROM rows
      WHERE change IS NOT NULL OR is_new
      """, ["since": .time(time)]
    ).rows
    return rows.compactMap { row in
      let id = row[0].text ?? ""
      // A restored row was deleted before.
      let before = row[3].text == "restored" ? nil : row[1].text.flatMap { KnowledgeDocument(kind, id: id, raw: $0) }
      let after = row[2].text.flatMap { KnowledgeDocument(kind, id: id, raw: $0) }
      return before == after ? nil : DocumentChange(before: before, after: after)
    }.sorted { ($0.after ?? $0.before)?.path ?? "" < ($1.after ?? $1.before)?.path ?? "" }
  }
}
