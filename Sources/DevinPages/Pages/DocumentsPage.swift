import DevinModel
import MirrorReading

/// All notes, or all playbooks.
struct DocumentsPage: LocalPage {
  let kind: KnowledgeDocument.Kind

  init(_ kind: KnowledgeDocument.Kind) { self.kind = kind }

  var path: String { "/\(kind.rawValue)" }
  var link: String? { kind == .notes ? "Notes" : "Playbooks" }

  private static let size = 150

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageResponse {
    let isNotes = kind == .notes
    let from = max(0, target["from"].flatMap(Int.init) ?? 0)
    let answer = try await site.reader.answer(
      (isNotes
        ? """
        SELECT note_id, name, folder_path AS folder, iif(is_enabled, 'on', 'off') AS state, good_usages AS helped, bad_usages AS misled, sessions,
          date(last_used_at, 'unixepoch') AS "last used" FROM note_usefulness
        WHERE (:org IS NULL OR org_id IS NULL OR org_id = :org) AND (:q IS NULL OR instr(lower(name), lower(:q)) > 0) ORDER BY folder_path, name, note_id
        """
        : """
        WITH used AS (
          SELECT playbook_id, count(*) AS sessions, sum(merged_pull_requests > 0) AS merging, sum(acus) AS acus, max(created_at) AS last
          FROM session_facts WHERE playbook_id IS NOT NULL GROUP BY playbook_id)
        SELECT p.playbook_id, p.title, p.macro, coalesce(u.sessions, 0) AS sessions, coalesce(u.merging, 0) AS "with a merge", round(u.acus, 2) AS ACUs,
          date(u.last, 'unixepoch') AS "last used"
        FROM playbooks AS p LEFT JOIN used AS u USING (playbook_id) WHERE p._deleted_at IS NULL AND (:org IS NULL OR p.org_id IS NULL OR p.org_id = :org)
          AND (:q IS NULL OR instr(lower(p.title), lower(:q)) > 0) ORDER BY p.title, p.playbook_id
        """) + " LIMIT \(Self.size + 1) OFFSET :from",
      ["org": target.value("org"), "q": target.value("q"), "from": .integer(Int64(from))])
    let rows = answer.rows.prefix(Self.size).map { row -> [PageTable.Cell] in
      let id = row[0].text ?? ""
      return [.init(row[1].text ?? id, href: "/\(kind.rawValue)/\(id.asPathPart)")]
        + row.dropFirst(2).map { .init($0.shown, isNumber: $0.real != nil) }
    }
    let title = isNotes ? "Notes" : "Playbooks"
    let table = PageTable(title, [isNotes ? "note" : "playbook"] + answer.columns.dropFirst(2), rows)
    var section = PageSection("All \(title.lowercased())", tables: rows.isEmpty ? [] : [table.model])
    if rows.isEmpty {
      section.hints =
        target["q"] != nil
        ? ["No name contains “\(target["q"] ?? "")”. The search finds words in the texts."]
        : [
          "No \(title.lowercased()) are mirrored. Run `devin-sync sync \(isNotes ? "knowledge_notes" : "playbooks")`; the page Health says whether this key may read them."
        ]
    }
    let page = { (from: Int) in
      PageTarget.address(path, [("q", target["q"]), ("org", target["org"]), ("from", from > 0 ? "\(from)" : nil)])
    }
    return await site.render(
      "sections", on: self, for: target, title,
      [
        "form": LocalPages.form(
          path, [.init(label: "Name contains", name: "q", value: target["q"])], hidden: target.hidden(["org"])),
        "sections": [section.model("all")], "previous": from > 0 ? [page(max(0, from - Self.size))] : [],
        "next": answer.rows.count > Self.size ? [page(from + Self.size)] : [],
      ])
  }
}
