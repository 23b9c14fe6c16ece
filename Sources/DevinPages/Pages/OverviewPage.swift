import DevinModel
import MirrorReading

/// The last thirty days in figures, what needs attention, and the newest sessions.
struct OverviewPage: LocalPage {
  let path = "/"
  let link: String? = "Overview"

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageResponse {
    let organization = target["org"]
    let of = ["org": target.value("org")]
    let period = try await UsagePeriod(of: site.reader, organization: organization)
    let days = try await UsageDays(of: site.reader, in: period)
    let held = try await site.reader.answer(
      """
      SELECT (SELECT sum(rows) FROM derived_counts WHERE resource = 'sessions' AND (:org IS NULL OR org_id = :org)), count(*),
        count(*) FILTER (WHERE \(Self.waits))
      FROM derived_sessions WHERE status = 'running' AND (:org IS NULL OR org_id = :org)
      """, of
    ).rows[0].map { $0.integer ?? 0 }
    guard held[0] > 0 || days.isBilled else { return await empty(target, in: site) }
    let latest = try await site.reader.answer(
      """
      SELECT session_id, title, status, strftime('%Y-%m-%d %H:%M', created_at, 'unixepoch') AS "created (UTC)", url
      FROM session_facts WHERE session_id IN (
        SELECT session_id FROM sessions WHERE _deleted_at IS NULL AND (:org IS NULL OR org_id = :org) ORDER BY created_at DESC LIMIT 10)
      ORDER BY created_at DESC
      """, of)
    // The question answers of all; of those that are shown alone it costs a hundredth.
    let waiting = try await site.reader.answer(
      """
      WITH longest AS MATERIALIZED (
        SELECT session_id, updated_at FROM derived_sessions WHERE \(Self.waits) AND (:org IS NULL OR org_id = :org)
        ORDER BY updated_at, session_id LIMIT 10),
      waiting AS MATERIALIZED (
        SELECT session_id, coalesce((SELECT waited_from FROM open_waits AS o WHERE o.session_id = l.session_id), updated_at) AS began_at
        FROM longest AS l)
      SELECT f.session_id, f.title, coalesce(p.name, f.user_id, f.service_user_id) AS "for whom", replace(f.status_detail, '_', ' ') AS "waits for",
        strftime('%Y-%m-%d %H:%M UTC', w.began_at, 'unixepoch') AS since, f.url
      FROM waiting AS w CROSS JOIN session_facts AS f USING (session_id) LEFT JOIN people AS p ON p.user_id = coalesce(f.user_id, f.service_user_id)
      ORDER BY w.began_at, f.session_id
      """, of)
    let question = MirrorQuestion.named("waiting-now")?.text ?? ""
    let cut =
      held[2] > Int64(waiting.rows.count)
      ? " The \(waiting.rows.count) of \(held[2].grouped) that changed least recently; `devin-sync query waiting-now --limit 0` prints all."
      : ""
    let running = PageTarget.address("/sessions", [("status", "running"), ("org", organization)])
    return await site.render(
      "sections", on: self, for: target, "Overview",
      [
        "intro": [
          "\(period.days.since) to \(period.days.until), compared with the 30 days before. Data as of \(try await MirrorHealth.moment(of: site.reader))."
        ] + (site.rate.map { [$0.remark] } ?? []),
        "hasFigures": true, "figures": UsageFigures(of: days, rate: site.rate).cards,
        "sections": [
          PageSection(
            "ACUs per day", remark: days.remark,
            links: [("Consumption in detail", PageTarget.address("/consumption", [("org", organization)]))],
            charts: [days.chart(by: .day, in: period, hasPages: true).columns]
          ).model("days"),
          PageSection(
            question, links: [("\(held[1].grouped) running sessions", running)],
            tables: [PageTable.ofSessions(question + cut, waiting, empty: "no session waits").model]
          ).model("waiting"),
          try await LimitsSection(of: site, organization).section.model("limits"),
          PageSection(
            "Latest sessions", links: [("All sessions", PageTarget.address("/sessions", [("org", organization)]))],
            tables: [PageTable.ofSessions("Latest sessions", latest).model]
          ).model("latest"),
        ],
      ])
  }

  private func empty(_ target: PageTarget, in site: LocalPages) async -> PageResponse {
    await site.render(
      "sections", on: self, for: target, "Overview",
      [
        "sections": [
          PageSection(
            "Nothing to show yet",
            hints: [
              "This mirror has no sessions\(target["org"].map { " of \($0)" } ?? "") yet. Run `devin-sync sync` to read them.",
              "To try the pages without a key, run `devin-sync demo --database demo.db` and then `devin-sync serve --database demo.db`.",
            ]
          ).model("empty")
        ]
      ])
  }

  /// SQL: whether a session waits for a person.
  private static let waits = "status = 'running' AND status_detail IN ('waiting_for_user', 'waiting_for_approval')"
}

/// Who is near an ACU limit, or over it.
struct LimitsSection {
  let section: PageSection
  /// How many limits are reached, will be reached or are near.
  let count: Int

  /// - Parameter rows: the most limits that are shown.
  init(of site: LocalPages, _ organization: String?, rows: Int = 10) async throws {
    try await self.init(of: site.reader, organization, at: site.rate, rows: rows, hasPages: true)
  }

  init(
    of reader: MirrorReader, _ organization: String?, at rate: ACURate?, rows: Int = 10, hasPages: Bool
  ) async throws {
    let heading = "Near a limit"
    guard let question = MirrorQuestion.named("caps") else {
      (section, count) = (PageSection(heading), 0)
      return
    }
    let answer = try await reader.answer(
      to: question, ["org": organization.map { .text($0) } ?? .null], at: rate, within: .seconds(60))
    let state = answer.columns.firstIndex(of: "state") ?? 0
    let near = answer.rows.filter { !["below", "unknown"].contains($0[state].text) }
    let kept = answer.columns.indices.filter { !["org_id", "id"].contains(answer.columns[$0]) }
    let table = PageTable(
      near.count > rows ? "\(heading): \(rows) of \(near.count.grouped)" : heading,
      kept.map { answer.columns[$0].replacing("_", with: " ") },
      near.prefix(rows).map { row in
        kept.map { column -> PageTable.Cell in
          if column == state { return .init(row[column].text, mark: row[column].text == "near" ? "waiting" : "bad") }
          return .init(row[column].shown, isNumber: row[column].real != nil)
        }
      },
      empty: answer.rows.isEmpty ? "no limit is set, or limits are not mirrored" : "none of \(answer.rows.count.grouped) limits")
    let all = PageTarget.address("/consumption", [("view", "limits"), ("org", organization)])
    section = PageSection(
      heading, remark: "Limits that are reached, will be reached at this rate, or of which 80 % are used.",
      links: hasPages && !answer.rows.isEmpty ? [("All limits", all)] : [], tables: [table.model])
    count = near.count
  }
}
