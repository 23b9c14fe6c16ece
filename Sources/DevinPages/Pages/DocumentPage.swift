import DevinModel
import Markdown
import MirrorReading

/// One note or playbook, with its use and its history.
struct DocumentPage: LocalPage {
  let kind: KnowledgeDocument.Kind

  init(_ kind: KnowledgeDocument.Kind) { self.kind = kind }

  var path: String { "/\(kind.rawValue)/*" }

  /// The maximum number of changes shown on a document's page, and of bytes of all of them.
  private static let (mostChanges, mostBytes) = (20, 32 << 10)
  /// The most bytes of the text as HTML.
  private static let mostHTML = 48 << 10

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageResponse {
    let id = target.parts[1]
    let states = try await site.reader.documentHistory(kind, id: id)
    guard let latest = states.last else { throw MirrorError.noSuchRow(kind.rawValue, id) }
    let changes = Array(zip(states.dropFirst(), states).reversed())
    var history: [[String: Any]] = []
    var bytes = 0
    for (after, before) in changes.prefix(Self.mostChanges) {
      try Task.checkCancellation()
      let diff = UnifiedDiff(before.document.markdown, after.document.markdown, names: ("before", "after"))
      bytes += diff.lines.reduce(0) { $0 + $1.utf8.count + 30 }
      guard history.isEmpty || bytes <= Self.mostBytes else { break }
      let remark = diff.isCoarse ? "; too many differences to compare line by line, so some lines are shown as replaced" : ""
      history.append(["title": "Found on \(after.foundAt.moment)\(remark)", "lines": Self.lines(diff)])
    }
    let warnings =
      (latest.isDeleted ? ["It was deleted in Devin. This is its last version."] : [])
      + (changes.count > history.count
        ? [
          "The history shows the last \(history.count) of \(changes.count.grouped) changes. `devin-sync history \(kind.rawValue) \(id)` prints all."
        ] : [])
    let hidden: Set<String> = ["name", "title"]
    let facts = latest.document.front.filter { !hidden.contains($0.name) }.map { member -> [PageTable.Cell] in
      [.init(member.name.replacing("_", with: " ")), .init(member.value)]
    }
    // A long text is cut, so that the page stays small.
    let body = latest.document.body
    let isLong = body.utf8.count > Self.mostHTML
    let html = MarkdownHTML(isLong ? String(body.prefix(Self.mostHTML / 6)) : body, firstHeading: 3, most: Self.mostHTML).html
    return await site.render(
      "document", on: self, for: target, latest.document.name,
      [
        "hasFigures": true, "figures": try await use(of: id, in: site),
        "tables": [PageTable("Facts", ["", ""], facts).model], "html": html, "isEmpty": body.isEmpty,
        "hasHistory": !history.isEmpty, "history": history,
        "warnings": warnings
          + (isLong ? ["This text is long; its beginning is shown. `devin-sync export` writes all of it."] : []),
        "links": kind == .playbooks
          ? [["name": "Sessions with this playbook", "href": PageTarget.address("/sessions", [("playbook", id)])]]
          : [[String: Any]](),
      ])
  }

  private static func lines(_ diff: UnifiedDiff) -> [[String: Any]] {
    diff.lines.dropFirst(2).map { line in
      let kind =
        switch line.unicodeScalars.first {
        case "+": "added"
        case "-": "removed"
        case "@": "place"
        default: "same"
        }
      return ["kind": kind, "text": line]
    }
  }

  /// How useful it was, as far as insights of sessions and sessions themselves say.
  private func use(of id: String, in site: LocalPages) async throws -> [[String: Any]] {
    let of: [String: MirrorReader.Value] = ["id": .text(id)]
    let card = { (name: String, value: String, notes: [String]) -> [String: Any] in ["name": name, "value": value, "note": notes]
    }
    switch kind {
    case .notes:
      let row = try await site.reader.answer(
        """
        SELECT count(*) FILTER (WHERE is_good = 1), count(*) FILTER (WHERE is_good = 0), count(DISTINCT session_id), date(max(created_at), 'unixepoch')
        FROM derived_note_usages WHERE note_id = :id
        """, of
      ).rows[0]
      let last = row[3].text.map { ["last used on \($0)"] } ?? ["according to the insights of sessions"]
      return [
        card("Helped", row[0].shown, ["times"]), card("Misled", row[1].shown, ["times"]),
        card("Used in", row[2].shown, ["sessions"] + last),
      ]
    case .playbooks:
      let row = try await site.reader.answer(
        """
        SELECT count(*), count(*) FILTER (WHERE merged_pull_requests > 0), count(*) FILTER (WHERE status = 'error'), round(avg(acus), 2),
          date(max(created_at), 'unixepoch') FROM session_facts WHERE playbook_id = :id
        """, of
      ).rows[0]
      return [
        card("Sessions", row[0].shown, row[4].text.map { ["last on \($0)"] } ?? []),
        card("With a merge", row[1].shown, ["sessions"]),
        card("Ended with an error", row[2].shown, ["sessions"]), card("ACUs per session", row[3].real?.shown ?? "unknown", []),
      ]
    }
  }
}
