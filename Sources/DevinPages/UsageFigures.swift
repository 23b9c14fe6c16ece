import DevinModel
import MirrorReading

/// An organization's usage over a period and its results, with the previous period.
struct UsageFigures {
  struct Sums {
    let sessions, known, merged: Int64
    let acus, billed, costPerMerge: Double?

    fileprivate init(_ days: [UsageDays.Day], _ reporting: ACUReporting) {
      sessions = days.map(\.sessions).reduce(0, +)
      known = days.map(\.known).reduce(0, +)
      merged = days.map(\.merged).reduce(0, +)
      // A sum that is not finite is unknown, and so is the total.
      let isUsable = days.allSatisfy { $0.known == 0 || $0.acus != nil }
      acus = isUsable ? UsageDays.sum(days.map(\.acus)) : nil
      billed = reporting == .notOnThisPlan ? nil : UsageDays.sum(days.map(\.billed))
      let paid = days.map(\.mergedOfKnown).reduce(0, +)
      costPerMerge = paid > 0 ? acus.map { $0 / Double(paid) } : nil
    }
  }

  let now: Sums
  let before: Sums
  private let reporting: ACUReporting
  private let rate: ACURate?

  /// - Parameter rate: the user's price of an ACU; nil: not set.
  init(of days: UsageDays, rate: ACURate? = nil) {
    now = Sums(days.now, days.reporting)
    before = Sums(days.before, days.reporting)
    (reporting, self.rate) = (days.reporting, rate)
  }

  /// Data for the template `figures`.
  var cards: [[String: Any]] {
    let unknown = reporting == .notOnThisPlan ? "not reported on this plan" : "unknown"
    let card = { (name: String, now: Double?, before: Double?, isMoney: Bool, note: String?) -> [String: Any] in
      let cost = isMoney ? now.flatMap { acus in rate?.shown(acus) } : nil
      let change = Change(from: before, to: now)
      let notes =
        [[cost, note].compactMap(\.self).joined(separator: "; ")].filter { !$0.isEmpty }
        + (now == nil && before == nil ? [] : ["\(change.text)before: \(before?.shown ?? unknown)"])
      return ["name": name, "value": now?.shown ?? unknown, "note": notes]
    }
    return [
      card("Sessions", Double(now.sessions), Double(before.sessions), false, nil),
      card(
        "ACUs used by sessions", now.acus, before.acus, true,
        "cost known for \(now.known.grouped) of \(now.sessions.grouped)"),
      card("ACUs billed", now.billed, before.billed, true, nil),
      card("Pull requests merged", Double(now.merged), Double(before.merged), false, nil),
      card(
        "ACUs per merged pull request", now.costPerMerge, before.costPerMerge, true, "all sessions with a known cost"),
    ]
  }

  /// Sentences that say the same, for the first page of a report.
  func sentences(_ period: UsagePeriod) -> [String] {
    func compared(_ now: Double?, _ before: Double?) -> String {
      Change(from: before, to: now).percent.map { percent in
        percent == 0 ? ", as before" : ", \(abs(percent).grouped) % \(percent > 0 ? "more" : "less") than before"
      } ?? ""
    }
    var sentences = [
      "\(now.sessions.grouped) session\(now.sessions == 1 ? "" : "s") started\(compared(Double(now.sessions), Double(before.sessions)))."
    ]
    if let billed = now.billed {
      let cost = rate.map { " (\($0.shown(billed)))" } ?? ""
      sentences.append("Devin billed \(billed.shown) ACUs\(cost)\(compared(billed, before.billed)).")
    } else if let acus = now.acus {
      let cost = rate.map { " (\($0.shown(acus)))" } ?? ""
      sentences.append("Sessions used \(acus.shown) ACUs\(cost)\(compared(acus, before.acus)).")
    }
    let each = now.costPerMerge.map { "; one cost \($0.shown) ACUs, where the cost is known" } ?? ""
    sentences.append(
      "\(now.merged.grouped) pull request\(now.merged == 1 ? " was" : "s were") merged\(compared(Double(now.merged), Double(before.merged)))\(each)."
    )
    return sentences
  }
}

/// How much a value changed.
struct Change {
  /// Rounded; nil: one of the values is unknown, or the first is 0.
  let percent: Int?

  init(from before: Double?, to now: Double?) {
    guard let before, let now, before > 0, (now / before).isFinite, abs(now / before) < 1e6 else {
      percent = nil
      return
    }
    percent = Int(((now / before - 1) * 100).rounded())
  }

  /// `+12 %; `, or empty.
  var text: String {
    percent.map { $0 == 0 ? "no change; " : "\($0 > 0 ? "+" : "−")\(abs($0).grouped) %; " } ?? ""
  }
}

/// Charts of the report.
enum UsageCharts {
  /// Sessions of a period by status.
  static func statuses(of reader: MirrorReader, in period: UsagePeriod) async throws -> BarChart {
    try await chart(
      "states", "Sessions by status", "sessions", reader, period,
      """
      SELECT coalesce(status, 'unknown') || iif(is_over OR status_detail IS NULL, '', ', ' || replace(status_detail, '_', ' ')), count(*)
      FROM session_facts WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org) GROUP BY 1 ORDER BY 2 DESC LIMIT 12
      """)
  }

  /// Pull requests of a period by outcome.
  static func outcomes(of reader: MirrorReader, in period: UsagePeriod) async throws -> BarChart {
    try await chart(
      "outcomes", "Pull requests by outcome", "pull requests", reader, period,
      """
      SELECT outcome, count(*) FROM pull_request_outcomes
      WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org) GROUP BY 1 ORDER BY 2 DESC
      """)
  }

  private static func chart(
    _ id: String, _ name: String, _ unit: String, _ reader: MirrorReader, _ period: UsagePeriod, _ sql: String
  ) async throws -> BarChart {
    let rows = try await reader.answer(sql, period.parameters).rows
    return BarChart(
      id: "chart-\(id)", name: name, unit: unit, bars: rows.map { .init(label: $0[0].text ?? "", value: $0[1].real) })
  }
}
