import DevinModel
import MirrorReading

extension LocalPages {
  func documents(_ kind: KnowledgeDocument.Kind) async throws -> PageAnswer {
    let isNotes = kind == .notes
    let answer = try await reader.answer(
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
    let table = PageTable(title, [isNotes ? "note" : "playbook"] + answer.columns.dropFirst(2), rows, empty: "none is mirrored")
    return render(
      "sections", at: "/\(kind.rawValue)", title,
      ["sections": [PageSection("All \(title.lowercased())", tables: [table.model]).model("all")]])
  }

  /// Changes of a document that its page shows.
  private static let mostChanges = 50

  func document(_ kind: KnowledgeDocument.Kind, _ id: String) async throws -> PageAnswer {
    let states = try await reader.documentHistory(kind, id: id)
    guard let latest = states.last else { throw MirrorError.noSuchRow(kind.rawValue, id) }
    let changes = Array(zip(states.dropFirst(), states).reversed())
    let history = try changes.prefix(Self.mostChanges).map { after, before -> [String: Any] in
      try Task.checkCancellation()
      let diff = UnifiedDiff(before.document.markdown, after.document.markdown, names: ("before", "after"))
      let remark = diff.isCoarse ? "; too many differences to compare every line, some are shown as replaced" : ""
      return ["title": "Found on \(after.foundAt.moment)\(remark)", "diff": diff.lines.dropFirst(2).joined(separator: "\n")]
    }
    let warnings =
      (latest.isDeleted ? ["It is gone from Devin; this is how it was."] : [])
      + (changes.count > history.count
        ? ["The history shows the last \(history.count) of \(changes.count.grouped) changes."] : [])
    return render(
      "document", at: "/\(kind.rawValue)", latest.document.name,
      [
        "tables": [[String: Any]](), "markdown": latest.document.markdown, "hasHistory": !history.isEmpty, "history": history,
        "warnings": warnings,
      ])
  }
}
