import DevinModel
import Foundation
import MirrorReading

/// Sessions by creation time, fifty per page; the next page begins where this one ends, even if new sessions were added before it.
struct SessionsPage: LocalPage {
  let path = "/sessions"
  let link: String? = "Sessions"

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageAnswer {
    let size = 50
    if target["q"] != nil, !site.reader.indexesText { throw MirrorError.searchIsOff(site.reader.database) }
    let pattern = target["q"].map { text in
      text.split(whereSeparator: \.isWhitespace).map { "\"\($0.replacing("\"", with: "\"\""))\"*" }.joined(separator: " ")
    }
    let answer = try await site.reader.answer(
      """
      WITH chosen AS (
        SELECT s.session_id, s.created_at FROM sessions AS s INDEXED BY sessions_by_creation
        WHERE s._deleted_at IS NULL AND (:status IS NULL OR s.status = :status) AND (:user IS NULL OR s.user_id = :user OR s.service_user_id = :user)
          AND (:origin IS NULL OR s.origin = :origin) AND (:q IS NULL OR s.rowid IN (SELECT rowid FROM search_sessions WHERE search_sessions MATCH :q)
            -- A title that the full-text index has not come to.
            OR (s.rowid > (SELECT indexed_to FROM sync_text_indexes WHERE resource = 'sessions') AND instr(lower(s.title), lower(:text)) > 0))
          AND (:before IS NULL OR s.created_at < CAST(:before AS INTEGER)
            OR (s.created_at = CAST(:before AS INTEGER) AND s.session_id < :id))
        ORDER BY s.created_at DESC, s.session_id DESC LIMIT \(size + 1))
      SELECT f.session_id, f.title, f.status, replace(f.status_detail, '_', ' ') AS detail, coalesce(p.name, f.service_user_id, f.user_id) AS "started by",
        f.origin, round(f.acus, 2) AS ACUs, f.merged_pull_requests AS merged, strftime('%Y-%m-%d %H:%M', f.created_at, 'unixepoch') AS "created (UTC)", f.url, c.created_at
      FROM chosen AS c CROSS JOIN session_facts AS f USING (session_id) LEFT JOIN people AS p ON p.user_id = coalesce(f.service_user_id, f.user_id)
      ORDER BY c.created_at DESC, c.session_id DESC
      """,
      [
        "status": target.value("status"), "user": target.value("user"), "origin": target.value("origin"),
        "q": pattern.map { .text($0) } ?? .null, "text": target.value("q"), "before": target.value("before"),
        "id": target.value("id"),
      ], within: .seconds(30))
    let shown = MirrorReader.QueryResult(
      columns: Array(answer.columns.dropLast()), rows: answer.rows.prefix(size).map { Array($0.dropLast()) })
    let last = answer.rows.prefix(size).last
    var next = URLComponents()
    next.path = "/sessions"
    next.queryItems = ["q", "status", "user", "origin"].compactMap { name in
      target[name].map { URLQueryItem(name: name, value: $0) }
    }
    next.queryItems? += [
      URLQueryItem(name: "before", value: last?.last?.text), URLQueryItem(name: "id", value: last?.first?.text),
    ]
    let choices = { (name: String, known: [String]) in
      known.map { ["name": $0, "isChosen": $0 == target[name]] as [String: Any] }
    }
    return site.render(
      "sessions", on: self, "Sessions",
      [
        "q": target["q"] ?? "", "user": target["user"] ?? "",
        "statuses": choices("status", ["new", "claimed", "running", "resuming", "suspended", "exit", "error"]),
        "origins": choices(
          "origin",
          [
            "webapp", "slack", "teams", "api", "linear", "jira", "scheduled", "automation", "cli", "desktop", "code_scan",
            "other",
          ]),
        "tables": [PageTable.ofSessions("Sessions, newest first", shown).model], "hasNext": answer.rows.count > size,
        // A plus must be encoded, since it would otherwise be read as a space.
        "next": next.string?.replacing("+", with: "%2B") ?? "/sessions",
      ])
  }
}
