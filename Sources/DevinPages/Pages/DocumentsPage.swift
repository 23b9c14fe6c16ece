import DevinModel
import MirrorReading

/// All notes, or all playbooks.
struct DocumentsPage: LocalPage {
  let kind: KnowledgeDocument.Kind

  init(_ kind: KnowledgeDocument.Kind) { self.kind = kind }

  var path: String { "/\(kind.rawValue)" }
  var link: String? { kind == .notes ? "Notes" : "Playbooks" }

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageAnswer {
    let isNotes = kind == .notes
    let answer = try await site.reader.answer(
      isNotes
        ? """
        SELECT note_id, name, folder_path AS folder, iif(is_enabled, 'on', 'off') AS state, good_usages AS good, bad_usages AS bad, sessions,
          date(last_used_at, 'unixepoch') AS "last used" FROM note_usefulness ORDER BY folder_path, name
        """
        : """
        WITH used AS (
          SELECT playbook_id, count(*) AS sessions, sum(merged_pull_requests > 0) AS merging, sum(acus) AS acus, max(created_at) AS last
          FROM session_facts WHERE playbook_id IS NOT NULL GROUP BY playbook_id)
        SELECT p.playbook_id, p.title, p.macro, coalesce(u.sessions, 0) AS sessions, coalesce(u.merging, 0) AS "with a merge", round(u.acus, 2) AS ACUs,
          date(u.last, 'unixepoch') AS "last used"
        FROM playbooks AS p LEFT JOIN used AS u USING (playbook_id) WHERE p._deleted_at IS NULL ORDER BY p.title
        """)
    let rows = answer.rows.map { row -> [PageTable.Cell] in
      let id = row[0].text ?? ""
      return [.init(row[1].text ?? id, href: "/\(kind.rawValue)/\(id.asPathPart)")]
        + row.dropFirst(2).map { .init($0.shown, isNumber: $0.real != nil) }
    }
    let title = isNotes ? "Notes" : "Playbooks"
    let table = PageTable(title, [isNotes ? "note" : "playbook"] + answer.columns.dropFirst(2), rows, empty: "none mirrored")
    return site.render(
      "sections", on: self, title,
      ["sections": [PageSection("All \(title.lowercased())", tables: [table.model]).model("all")]])
  }
}
