import DevinModel
import MirrorReading

/// What `push` and `restore` wrote to Devin, newest first.
struct PushesPage: LocalPage {
  let path = "/pushes"
  let link: String? = "Pushes"

  private static let size = 100

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageResponse {
    let found = try await site.reader.answer(
      """
      SELECT p.push_id, strftime('%Y-%m-%d %H:%M:%S', p.started_at, 'unixepoch'), p.action, p.resource, coalesce(p.key, p.row_key), p.outcome, p.detail,
        r.principal, p.url, p.org_id
      FROM sync_pushes AS p LEFT JOIN sync_runs AS r USING (run_id)
      WHERE (:org IS NULL OR p.org_id = :org) AND (:before IS NULL OR p.push_id < CAST(:before AS INTEGER)) ORDER BY p.push_id DESC LIMIT \(Self.size + 1)
      """, ["org": target.value("org"), "before": target.value("before")])
    let rows = found.rows.prefix(Self.size)
    let table = PageTable(
      "Requests, newest first",
      ["time (UTC)", "action", "resource", "object", "outcome", "reason", "key of", "organization", "web app"],
      rows.map { row -> [PageTable.Cell] in
        [
          .init(row[1].text), .init(row[2].text), .init(row[3].text), object(row[3].text ?? "", row[4].text),
          .init((row[5].text ?? "unknown").replacing("_", with: " "), mark: SessionMark.of(outcome: row[5].text)),
          .init(row[6].text),
          .init(row[7].text), .init(row[9].text), .init(address: row[8].text, text: row[8].text == nil ? "" : "open"),
        ]
      })
    let open = try await OpenPushes(in: site.reader)?.sentences("the next push with --apply") ?? []
    var section = PageSection("Requests", tables: rows.isEmpty ? [] : [table.model])
    if rows.isEmpty {
      section.hints = [
        "Nothing was written to Devin from this mirror. `devin-sync push` and `devin-sync restore` show a plan first, and write only with --apply."
      ]
    }
    return await site.render(
      "sections", on: self, for: target, "Pushes",
      [
        "intro": ["What `devin-sync push` and `devin-sync restore` sent to Devin. Each request is recorded before it leaves."],
        "warnings": open.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }, "sections": [section.model("requests")],
        "previous": [String](),
        "next": found.rows.count > Self.size
          ? [PageTarget.address(path, [("org", target["org"]), ("before", rows.last?[0].text)])] : [],
      ])
  }

  /// The object that was written, with its page if it has one.
  private func object(_ resource: String, _ key: String?) -> PageTable.Cell {
    let sections = ["sessions": "sessions", "knowledge_notes": "notes", "playbooks": "playbooks"]
    guard let key else { return .init("unknown") }
    return .init(key, href: sections[resource].map { "/\($0)/\(key.asPathPart)" })
  }
}
