import MirrorReading

/// Figures, days, and what is newest.
struct OverviewPage: LocalPage {
  let path = "/"
  let link: String? = "Overview"

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageAnswer {
    let counts = try await site.reader.answer(
      """
      WITH living AS (SELECT resource, sum(rows) AS rows FROM derived_counts GROUP BY resource)
      SELECT (SELECT count(*) FROM derived_sessions), (SELECT count(*) FROM derived_sessions WHERE status = 'running'),
        coalesce((SELECT rows FROM living WHERE resource = 'session_messages'), 0),
        coalesce((SELECT rows FROM living WHERE resource = 'playbooks'), 0),
        coalesce((SELECT rows FROM living WHERE resource = 'knowledge_notes'), 0)
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
    let waiting = try await site.question("waiting-now", rows: 10)
    return site.render(
      "sections", on: self, "Overview",
      [
        "intro": ["The mirror is as of \(try await MirrorHealth.moment(of: site.reader))."], "hasFigures": true,
        "figures": zip(names, counts).map { ["name": $0, "value": $1.shown, "note": [String]()] as [String: Any] },
        "sections": [
          days.section.model("days"),
          PageSection(
            "Latest sessions", links: [("All sessions", "/sessions")],
            tables: [PageTable.ofSessions("Latest sessions", latest).model]
          ).model("latest"),
          waiting?.model("waiting") ?? [:],
          PageSection("Latest runs", tables: [PageTable("Latest runs", runs).model]).model("runs"),
        ],
      ])
  }
}
