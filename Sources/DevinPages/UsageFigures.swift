import DevinModel
import MirrorReading

/// The period of a page, the previous period of the same length, and the selected organization.
struct UsagePeriod {
  let days: Report.Period
  let before: Report.Period
  private let organization: MirrorReader.Value

  /// - Parameters: as for `Report.init`.
  /// - Throws: `MirrorError`; `.emptyPeriod` when the first day comes after the last.
  init(of reader: MirrorReader, since: String? = nil, until: String? = nil, organization: String? = nil) async throws {
    let days = try await reader.answer(
      """
      WITH ends AS (SELECT coalesce(:until, date((SELECT moment FROM mirror_moment) - 28800, 'unixepoch')) AS until),
      spans AS (SELECT coalesce(:since, date(until, '-29 days')) AS since, until FROM ends)
      SELECT since, until, date(since, '-' || CAST(julianday(until) - julianday(since) + 1 AS INTEGER) || ' days'), date(since, '-1 days') FROM spans
      """, ["since": since.map { .text($0) } ?? .null, "until": until.map { .text($0) } ?? .null]
    ).rows[0].map { $0.text ?? "" }
    guard days[0] <= days[1] else { throw MirrorError.emptyPeriod(since: days[0], until: days[1]) }
    self.days = Report.Period(since: days[0], until: days[1])
    before = Report.Period(since: days[2], until: days[3])
    self.organization = organization.map { .text($0) } ?? .null
  }

  /// The parameters of questions.
  var parameters: [String: MirrorReader.Value] { parameters(of: days) }
  var parametersBefore: [String: MirrorReader.Value] { parameters(of: before) }

  private func parameters(of period: Report.Period) -> [String: MirrorReader.Value] {
    ["since": .text(period.since), "until": .text(period.until), "org": organization]
  }
}

/// Whether the mirrored plan is metered in ACUs.
enum ACUReporting {
  case reported
  /// Consumption was read and is empty, and no mirrored session has a cost. This is the case for self-serve plans, whose sessions
  /// report 0.
  case notOnThisPlan
  /// Consumption was never read.
  case unknown

  init(of reader: MirrorReader) async throws {
    let row = try await reader.answer(
      """
      SELECT EXISTS (SELECT 1 FROM list_moments WHERE resource = 'daily_consumption'), EXISTS (SELECT 1 FROM derived_sessions),
        EXISTS (SELECT 1 FROM derived_sessions WHERE acus <> 0) OR EXISTS (SELECT 1 FROM daily_consumption WHERE acus <> 0)
          OR EXISTS (SELECT 1 FROM session_daily_consumption WHERE acus <> 0)
      """
    ).rows[0].map { $0 != .integer(0) }
    self = !row[0] ? .unknown : row[1] && !row[2] ? .notOnThisPlan : .reported
  }
}

/// The ACUs of each day of a period: what Devin bills or, if that is unknown, what sessions used.
struct DailyUse {
  let chart: BarChart
  let remark: String

  init(of reader: MirrorReader, in period: UsagePeriod) async throws {
    let reporting = try await ACUReporting(of: reader)
    let billed = try await Self.days("billed_by_day", reader, period)
    let isBilled = reporting != .notOnThisPlan && billed.contains { $0[1] != .null }
    let rows = isBilled ? billed : try await Self.days("session_facts", reader, period)
    chart = BarChart(
      id: "acus", name: "ACUs per day", unit: "ACUs", bars: rows.map { .init(label: $0[0].text ?? "", value: $0[1].real) })
    remark =
      switch reporting {
      case _ where isBilled: "ACUs that Devin bills per day, for all products."
      case .notOnThisPlan:
        "Your plan does not report ACUs: no session has a cost, and Devin reports no consumption. This does not mean that sessions are free."
      case .reported: "Cost of the sessions created on each day. Devin reports no consumption for these days."
      case .unknown: "Cost of the sessions created on each day. Daily consumption is not mirrored."
      }
  }

  var section: PageSection { PageSection("ACUs per day", remark: remark, charts: [chart.columns]) }

  /// Every day of the period with its sum.
  private static func days(
    _ view: String, _ reader: MirrorReader, _ period: UsagePeriod
  ) async throws -> [[MirrorReader.Value]] {
    try await reader.answer(
      """
      WITH RECURSIVE days(day) AS (SELECT :since UNION ALL SELECT date(day, '+1 days') FROM days WHERE day < :until LIMIT 1100),
      sums AS MATERIALIZED (
        SELECT billing_day, sum(acus) AS acus FROM \(view) WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
        GROUP BY billing_day)
      SELECT d.day, s.acus FROM days AS d LEFT JOIN sums AS s ON s.billing_day = d.day ORDER BY d.day
      """, period.parameters
    ).rows
  }
}

/// An organization's usage over a period and its results, with the previous period.
struct UsageFigures {
  let cards: [[String: Any]]
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

  /// - Parameter rate: the user's price of an ACU; nil: not set.
  init(of reader: MirrorReader, in period: UsagePeriod, rate: ACURate? = nil) async throws {
    let parameters = period.parameters
    let reporting = try await ACUReporting(of: reader)
    let now = try await Self.sums(of: reader, parameters, reporting)
    let then = try await Self.sums(of: reader, period.parametersBefore, reporting)
    cards = Self.cards(now, then, reporting, rate)
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

  private static func sums(
    of reader: MirrorReader, _ parameters: [String: MirrorReader.Value], _ reporting: ACUReporting
  ) async throws -> Sums {
    let row = try await reader.answer(
      """
      WITH facts AS MATERIALIZED (
        SELECT acus, first_merged_pull_requests AS merged FROM session_facts
        WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org))
      SELECT count(*), count(acus), sum(acus), (
          SELECT sum(acus) FROM billed_by_day WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)),
        coalesce(sum(merged), 0), sum(acus) / nullif(sum(iif(acus IS NULL, 0, merged)), 0) FROM facts
      """, parameters
    ).rows[0]
    return Sums(
      sessions: row[0].integer ?? 0, known: row[1].integer ?? 0, acus: row[2].real,
      billed: reporting == .notOnThisPlan ? nil : row[3].real,
      merged: row[4].integer ?? 0,
      costPerMerge: row[5].real)
  }

  private static func cards(_ now: Sums, _ then: Sums, _ reporting: ACUReporting, _ rate: ACURate?) -> [[String: Any]] {
    let card = { (name: String, value: String, note: String, acus: Double?) -> [String: Any] in
      let cost = acus.flatMap { acus in rate.map { "\($0.shown(acus)); " } } ?? ""
      return ["name": name, "value": value, "note": [cost + note]]
    }
    let unknown = reporting == .notOnThisPlan ? "not reported on this plan" : "unknown"
    return [
      card("Sessions", now.sessions.grouped, "before: \(then.sessions.grouped)", nil),
      card(
        "ACUs used by sessions", now.acus?.shown ?? unknown,
        "cost known for \(now.known.grouped) of \(now.sessions.grouped); before: \(then.acus?.shown ?? unknown)", now.acus),
      card("ACUs billed", now.billed?.shown ?? unknown, "before: \(then.billed?.shown ?? unknown)", now.billed),
      card("Pull requests merged", now.merged.grouped, "before: \(then.merged.grouped)", nil),
      card(
        "ACUs per merged pull request", now.costPerMerge?.shown ?? unknown,
        "all sessions with a known cost; before: \(then.costPerMerge?.shown ?? unknown)", now.costPerMerge),
    ]
  }
}
