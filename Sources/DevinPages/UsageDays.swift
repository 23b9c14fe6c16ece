import DevinModel
import MirrorReading

/// Sessions, cost and results of each day of a period and of the previous one, from one pass over the sessions.
struct UsageDays {
  struct Day {
    let day: String
    var sessions: Int64 = 0
    /// The number of sessions with a known cost.
    var known: Int64 = 0
    /// What the sessions created on the day used; nil: unknown.
    var acus: Double?
    /// What Devin bills for the day; nil: unknown.
    var billed: Double?
    var merged: Int64 = 0
    /// Merged pull requests of sessions with a known cost.
    var mergedOfKnown: Int64 = 0
  }

  let now: [Day]
  let before: [Day]
  let reporting: ACUReporting
  /// Whether Devin reports what it bills for a day of the period.
  var isBilled: Bool { reporting != .notOnThisPlan && now.contains { $0.billed != nil } }

  /// A longer period has more days than a chart can show; it is cut to its last days.
  private static let mostDays = 1_100

  init(of reader: MirrorReader, in period: UsagePeriod) async throws {
    reporting = try await ACUReporting(of: reader)
    let parameters = period.parameters.merging(["since": .text(period.before.since)]) { $1 }
    var days: [String: Day] = [:]
    // Each pull request counts once, for the first session that lists it.
    for row in try await reader.answer(
      """
      SELECT billing_day, count(*), count(acus), sum(acus), sum(first_merged_pull_requests),
        sum(first_merged_pull_requests) FILTER (WHERE acus IS NOT NULL)
      FROM session_facts WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org) GROUP BY billing_day
      """, parameters
    ).rows {
      let day = row[0].text ?? ""
      days[day] = Day(
        day: day, sessions: row[1].integer ?? 0, known: row[2].integer ?? 0, acus: row[3].real, merged: row[4].integer ?? 0,
        mergedOfKnown: row[5].integer ?? 0)
    }
    for row in try await reader.answer(
      """
      SELECT billing_day, sum(acus) FROM billed_by_day WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
      GROUP BY billing_day
      """, parameters
    ).rows {
      let day = row[0].text ?? ""
      days[day, default: Day(day: day)].billed = row[1].real
    }
    let all = try await reader.answer(
      """
      WITH RECURSIVE days(day) AS (SELECT :until UNION ALL SELECT date(day, '-1 days') FROM days WHERE day > :since LIMIT \(2 * Self.mostDays))
      SELECT day FROM days ORDER BY day
      """, parameters
    ).rows.map { row in days[row[0].text ?? ""] ?? Day(day: row[0].text ?? "") }
    now = all.filter { $0.day >= period.days.since }.suffix(Self.mostDays)
    before = all.filter { $0.day < period.days.since }
  }

  /// How many days a bar of the chart stands for.
  enum Step: String, CaseIterable {
    case day, week
  }

  /// The ACUs of each day or week: what Devin bills and what sessions used, with the previous period.
  func chart(by step: Step, in period: UsagePeriod, hasPages: Bool) -> BarChart {
    // Weeks count from the first day of the period, so that those of both periods have the same days.
    let size = step == .week ? 7 : 1
    let value = { (day: Day) in isBilled ? day.billed : day.acus }
    let hasBefore = before.contains { value($0) != nil }
    let bars = stride(from: 0, to: now.count, by: size).map { start -> BarChart.Bar in
      let days = now[start..<min(start + size, now.count)]
      let earlier = before.dropFirst(start).prefix(days.count)
      let (first, last) = (days.first?.day ?? "", days.last?.day ?? "")
      return BarChart.Bar(
        label: step == .week ? "\(first) to \(last)" : first, value: Self.sum(days.map(value)),
        second: isBilled ? Self.sum(days.map(\.acus)) : nil, before: hasBefore ? Self.sum(earlier.map(value)) : nil,
        href: hasPages ? period.sessions(since: first, until: last) : nil)
    }
    return BarChart(
      id: "acus", name: "ACUs per \(step.rawValue)", unit: "ACUs", bars: bars,
      series: (
        isBilled ? "billed" : "used", isBilled ? "used by sessions" : nil, hasBefore ? "previous period" : nil
      ))
  }

  var remark: String {
    switch reporting {
    case _ where isBilled:
      "Billed: what Devin bills per day, for all products. Used: the cost of the sessions created on the day, as far as it is known."
    case .notOnThisPlan:
      "Your plan does not report ACUs: no session has a cost, and Devin reports no consumption. This does not mean that sessions are free."
    case .reported: "Cost of the sessions created on each day. Devin reports no consumption for these days."
    case .unknown: "Cost of the sessions created on each day. Daily consumption is not mirrored."
    }
  }

  /// Nil: no value is known.
  static func sum(_ values: [Double?]) -> Double? {
    let known = values.compactMap(\.self)
    return known.isEmpty ? nil : known.reduce(0, +)
  }
}
