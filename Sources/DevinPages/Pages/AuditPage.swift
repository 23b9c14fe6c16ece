import DevinModel
import MirrorReading

/// The audit log, two hundred entries per page; the next page begins where this one ends.
struct AuditPage: LocalPage {
  let path = "/audit"
  let link: String? = "Audit log"

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageAnswer {
    let size = 200
    let answer = try await site.reader.answer(
      """
      SELECT strftime('%Y-%m-%d %H:%M:%S', \(EngineTime.shown(sql: "created_at")), 'unixepoch') AS "time (UTC)", action,
        coalesce(user_email, service_user_name, user_id, service_user_id) AS who, org_id AS organization, substr(data, 1, 300) AS data,
        \(EngineTime.shown(sql: "created_at")) AS at, audit_log_id
      FROM audit_logs WHERE _deleted_at IS NULL AND (:action IS NULL OR action = :action) AND (:before IS NULL
          OR at < CAST(:before AS INTEGER) OR (at = CAST(:before AS INTEGER) AND audit_log_id < :id))
      ORDER BY at DESC, audit_log_id DESC LIMIT \(size + 1)
      """, ["action": target.value("action"), "before": target.value("before"), "id": target.value("id")])
    let shown = MirrorReader.QueryResult(
      columns: Array(answer.columns.dropLast(2)), rows: answer.rows.prefix(size).map { Array($0.dropLast(2)) })
    var links: [(name: String, href: String)] = []
    if answer.rows.count > size, let last = answer.rows.prefix(size).last {
      let action = target["action"].map { "action=\($0.asPathPart)&" } ?? ""
      links = [("Older", "/audit?\(action)before=\(last[5].text ?? "")&id=\((last[6].text ?? "").asPathPart)")]
    }
    return site.render(
      "sections", on: self, "Audit log",
      [
        "intro": ["The audit log needs an enterprise key."],
        "form": LocalPages.form("/audit", [("Action, such as login", "action", "text", target["action"] ?? "")]),
        "sections": [
          PageSection(
            "Entries", links: links, tables: [PageTable("Entries, newest first", shown, empty: "no entries mirrored").model]
          ).model("entries")
        ],
      ])
  }
}
