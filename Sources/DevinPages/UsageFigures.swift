import DevinModel
import MirrorReading

/// What an organization used over a period and what came of it, with the period before.
struct UsageFigures {
  let period: Report.Period
  let before: Report.Period
  /// Of the period, as questions name them.
  let parameters: [String: MirrorReader.Value]
  let cards: [[String: Any]]
  let dayChart: BarChart
  let dayRemark: String
  let statusChart: BarChart
  let outcomeChart: BarChart

  private struct Sums {
    let sessions: Int64
    let known: Int64
    let acus: Double?
    let billed: Double?
    let merged: Int64
    let costPerMerge: Double?
  }

  /// - Throws: `MirrorError`; `.emptyPeriod` when the first day comes after the last.
  init(of reader: MirrorReader, since: String?, until: String?, organization: String?) async throws {
    let organizationValue = organization.map { MirrorReader.Value.text($0) } ?? .null
    let days = try await reader.answer(
      """
      WITH ends AS (SELECT coalesce(:until, date((SELECT moment FROM mirror_moment) - 28800, 'unixepoch')) AS until),
      spans AS (SELECT coalesce(:since, date(until, '-29 days')) AS since, until FROM ends)
      SELECT since, until, date(since, '-' || CAST(julianday(until) - julianday(since) + 1 AS INTEGER) || ' days'), date(since, '-1 days') FROM spans
      """, ["since": since.map { .text($0) } ?? .null, "until": until.map { .text($0) } ?? .null]
    ).rows[0].map { $0.text ?? "" }
    guard days[0] <= days[1] else { throw MirrorError.emptyPeriod(since: days[0], until: days[1]) }
    period = Report.Period(since: days[0], until: days[1])
    before = Report.Period(since: days[2], until: days[3])
    let asked = { (period: Report.Period) -> [String: MirrorReader.Value] in
      ["since": .text(period.since), "until": .text(period.until), "org": organizationValue]
    }
    parameters = asked(period)
    let now = try await Self.sums(of: reader, parameters)
    let then = try await Self.sums(of: reader, asked(before))
    cards = Self.cards(now, then)

    let daily = try await reader.answer(
      """
      WITH RECURSIVE days(day) AS (SELECT :since UNION ALL SELECT date(day, '+1 days') FROM days WHERE day < :until LIMIT 1100)
      SELECT d.day, sum(a.billed_acus), sum(a.acus) FROM days AS d
        LEFT JOIN acus_by_day AS a ON a.billing_day = d.day AND (:org IS NULL OR a.org_id = :org) GROUP BY d.day ORDER BY d.day
      """, parameters
    ).rows
    let isBilled = daily.contains { $0[1] != .null }
    dayChart = BarChart(
      id: "acus", name: "ACUs per day", unit: "ACUs",
      bars: daily.map { .init(label: $0[0].text ?? "", value: isBilled ? $0[1].real : $0[2].real) })
    let isConsumptionRead =
      try await reader.answer("SELECT EXISTS (SELECT 1 FROM list_moments WHERE resource = 'daily_consumption')").rows[0][0]
      != .integer(0)
    dayRemark =
      if isBilled {
        "What Devin bills for each day, all products."
      } else if isConsumptionRead {
        "What the sessions created on each day have cost; Devin reports no consumption for these days."
      } else {
        "What the sessions created on each day have cost; daily consumption is not mirrored."
      }
    statusChart = try await Self.chart(
      "states", "Sessions by status", "sessions", reader, parameters,
      """
      SELECT coalesce(status, 'unknown') || iif(is_over OR status_detail IS NULL, '', ', ' || replace(status_detail, '_', ' ')), count(*)
      FROM session_facts WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org) GROUP BY 1 ORDER BY 2 DESC
      """)
    outcomeChart = try await Self.chart(
      "outcomes", "Pull requests by outcome", "pull requests", reader, parameters,
      """
      SELECT outcome, count(*) FROM pull_request_outcomes
      WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org) GROUP BY 1 ORDER BY 2 DESC
      """)
  }

  private static func chart(
    _ id: String, _ name: String, _ unit: String, _ reader: MirrorReader, _ parameters: [String: MirrorReader.Value],
    _ sql: String
  ) async throws -> BarChart {
    let rows = try await reader.answer(sql, parameters).rows
    return BarChart(
      id: "chart-\(id)", name: name, unit: unit, bars: rows.map { .init(label: $0[0].text ?? "", value: $0[1].real) })
  }

  private static func sums(of reader: MirrorReader, _ parameters: [String: MirrorReader.Value]) async throws -> Sums {
    let row = try await reader.answer(
      """
      WITH facts AS MATERIALIZED (
        SELECT session_id, acus FROM session_facts WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)),
      merges AS (
        SELECT count(*) AS merged, count(f.acus) AS known FROM facts AS f JOIN pull_request_outcomes AS o ON o.first_session_id = f.session_id
        WHERE o.outcome = 'merged')
      SELECT count(*), count(acus), sum(acus), (
          SELECT sum(billed_acus) FROM acus_by_day WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)),
        (SELECT merged FROM merges), sum(acus) / (SELECT nullif(known, 0) FROM merges) FROM facts
      """, parameters
    ).rows[0]
    return Sums(
      sessions: row[0].integer ?? 0, known: row[1].integer ?? 0, acus: row[2].real, billed: row[3].real,
      merged: row[4].integer ?? 0,
      costPerMerge: row[5].real)
  }

  private static func cards(_ now: Sums, _ then: Sums) -> [[String: Any]] {
    let card = { (name: String, value: String, note: String) -> [String: Any] in ["name": name, "value": value, "note": [note]] }
    let unknown = "not known"
    return [
      card("Sessions", now.sessions.grouped, "before: \(then.sessions.grouped)"),
      card(
        "ACUs used by sessions", now.acus?.shown ?? unknown,
        "cost known of \(now.known.grouped) of \(now.sessions.grouped); before: \(then.acus?.shown ?? unknown)"),
      card("ACUs billed", now.billed?.shown ?? unknown, "before: \(then.billed?.shown ?? unknown)"),
      card("Pull requests merged", now.merged.grouped, "before: \(then.merged.grouped)"),
      card(
        "ACUs per merged pull request", now.costPerMerge?.shown ?? unknown,
        "all sessions of known cost; before: \(then.costPerMerge?.shown ?? unknown)"),
    ]
  }
}
