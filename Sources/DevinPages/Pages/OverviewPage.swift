import MirrorReading

/// Figures, days, and the newest data.
struct OverviewPage: LocalPage {
  let path = "/"
  let link: String? = "Overview"

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageAnswer {
    let counts = try await site.reader.answer(
      """
      WITH living AS (SELECT resource, sum(rows) AS rows FROM derived_counts GROUP BY resource),
      held AS MATERIALIZED (
        SELECT count(*) AS sessions, count(*) FILTER (WHERE status = 'running') AS running, count(*) FILTER (WHERE \(Self.waits)) AS waiting
        FROM derived_sessions)
      SELECT (SELECT sessions FROM held), (SELECT running FROM held),
        coalesce((SELECT rows FROM living WHERE resource = 'session_messages'), 0),
        coalesce((SELECT rows FROM living WHERE resource = 'playbooks'), 0),
        coalesce((SELECT rows FROM living WHERE resource = 'knowledge_notes'), 0), (SELECT waiting FROM held)
      """
    ).rows[0]
    let names = ["Sessions", "Running now", "Messages", "Playbooks", "Notes"]
    let days = try await DailyUse(of: site.reader, in: UsagePeriod(of: site.reader))
    let latest = try await site.reader.answer(
      """
      SELECT session_id, title, status, strftime('%Y-%m-%d %H:%M UTC', created_at, 'unixepoch') AS created, url
      FROM session_facts WHERE session_id IN (SELECT session_id FROM sessions WHERE _deleted_at IS NULL ORDER BY created_at DESC LIMIT 10)
      ORDER BY created_at DESC
      """)
    let runs = try await site.reader.answer(
      """
      SELECT run_id AS run, strftime('%Y-%m-%d %H:%M UTC', started_at, 'unixepoch') AS started, status, requests, inserted, changed, deleted
      FROM sync_runs ORDER BY run_id DESC LIMIT 5
      """)
    // The question answers of all; of those that are shown alone it costs a hundredth.
    let waiting = try await site.reader.answer(
      """
      SELECT f.session_id, f.title, coalesce(p.name, f.user_id, f.service_user_id) AS "for whom", replace(f.status_detail, '_', ' ') AS "waits for",
        strftime('%Y-%m-%d %H:%M UTC', f.updated_at, 'unixepoch') AS since, f.url
      FROM session_facts AS f LEFT JOIN people AS p ON p.user_id = coalesce(f.user_id, f.service_user_id)
      WHERE f.session_id IN (SELECT session_id FROM derived_sessions WHERE \(Self.waits) ORDER BY updated_at, session_id LIMIT 10)
      ORDER BY f.updated_at, f.session_id
      """)
    let question = MirrorQuestion.named("waiting-now")?.text ?? ""
    let count = counts[5].integer ?? 0
    let cut =
      count > waiting.rows.count
      ? " \(waiting.rows.count) of \(count.grouped) rows shown; `devin-sync query waiting-now --limit 0` prints all." : ""
    return site.render(
      "sections", on: self, "Overview",
      [
        "intro": ["Data as of \(try await MirrorHealth.moment(of: site.reader))."], "hasFigures": true,
        "figures": zip(names, counts).map { ["name": $0, "value": $1.shown, "note": [String]()] as [String: Any] },
        "sections": [
          days.section.model("days"),
          PageSection(
            "Latest sessions", links: [("All sessions", "/sessions")],
            tables: [PageTable.ofSessions("Latest sessions", latest).model]
          ).model("latest"),
          PageSection(
            question, tables: [PageTable.ofSessions(question + cut, waiting).model]
          ).model("waiting"),
          PageSection("Latest runs", tables: [PageTable("Latest runs", runs).model]).model("runs"),
        ],
      ])
  }

  /// SQL: whether a session waits for a person.
  private static let waits = "status = 'running' AND status_detail IN ('waiting_for_user', 'waiting_for_approval')"
}
