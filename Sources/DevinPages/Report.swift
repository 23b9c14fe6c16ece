import DevinModel
import Foundation
package import MirrorReading

/// One HTML file about an organization's use of Devin over a period, compared with the period before. The file contains everything that
/// it shows: opening it loads nothing from the network. Its first page is a summary; printed on A4, a normal month has at most eight pages.
package struct Report: Sendable {
  /// Billing days such as 2026-11-01, both inclusive.
  package struct Period: Hashable, Sendable {
    package let since, until: String
  }

  package let html: String

  /// - Parameters:
  ///   - since: first billing day; nil: the period has 30 days.
  ///   - until: last billing day; nil: the day of the mirror's moment.
  ///   - organization: nil: all.
  ///   - rate: the user's price of an ACU; nil: not set.
  /// - Throws: `MirrorError`.
  package init(
    of reader: MirrorReader, since: String? = nil, until: String? = nil, organization: String? = nil,
    rate: ACURate? = nil
  ) async throws {
    if let organization { try await reader.demandOrganization(organization) }
    let period = try await UsagePeriod(of: reader, since: since, until: until, organization: organization)
    let days = try await UsageDays(of: reader, in: period)
    let figures = UsageFigures(of: days, rate: rate)
    let health = try await MirrorHealth(of: reader)
    let limits = try await LimitsSection(of: reader, organization, at: rate, rows: Self.mostRows, hasPages: false)
    let step: UsageDays.Step = days.now.count > 62 ? .week : .day
    var first = PageSection("ACUs per \(step.rawValue)", remark: days.remark)
    first.charts = [days.chart(by: step, in: period, hasPages: false).columns]
    var sections = [
      first.model("days"), limits.section.model("limits"),
      PageSection("Sessions by status", charts: [try await UsageCharts.statuses(of: reader, in: period).rows]).model("states"),
      PageSection("Pull requests by outcome", charts: [try await UsageCharts.outcomes(of: reader, in: period).rows])
        .model("outcomes"),
    ]
    var highlights: [String] = []
    for question in Self.questions {
      let answer = try await reader.answer(to: question, period.parameters, at: rate, within: .seconds(300))
      highlights += [Self.highlight(question.name, answer)].compactMap(\.self)
      sections.append(
        PageSection(question, answer, rows: Self.mostRows, empty: question.hasPeriod ? "no rows in this period" : "no rows")
          .model(question.name))
    }
    if let pushes = try await Self.pushes(of: reader, in: period, organization) { sections.append(pushes) }
    sections.append(
      PageSection(
        "Data completeness", remark: "\(health.complete.grouped) of \(health.lists.grouped) lists are complete.",
        tables: health.missing.rows.isEmpty ? [] : [health.missing.model]
      ).model("health"))
    let summary =
      figures.sentences(period) + highlights + [
        limits.count == 0
          ? "No limit is near." : "\(limits.count.grouped) limit\(limits.count == 1 ? " is" : "s are") near or reached.",
        health.summary,
      ]
    html = Templates.shared.render(
      "sections",
      [
        "inline": true, "title": "Devin, \(period.days.since) to \(period.days.until)",
        "heading": "Devin from \(period.days.since) to \(period.days.until)",
        "intro": [
          "\(organization ?? "All organizations of this mirror"). Compared with \(period.before.since) to \(period.before.until). Billing days start at 08:00 UTC. Unknown costs are left out; `cost_known_of` says how many sessions a total covers.",
          rate?.remark ?? "",
        ].filter { !$0.isEmpty },
        "summary": summary, "hasSummary": true, "warnings": health.warnings, "hasFigures": true, "figures": figures.cards,
        "sections": sections, "footer": "Made by devin-sync \(ProductVersion.current) from a mirror as of \(health.moment).",
      ])
  }

  /// The first row of an answer as a sentence for the summary; nil: it is not for the summary, or there is no single row.
  private static func highlight(_ question: String, _ answer: MirrorReader.QueryResult) -> String? {
    func value(_ column: String) -> MirrorReader.Value {
      answer.columns.firstIndex(of: column).flatMap { column in answer.rows.first.map { $0[column] } } ?? .null
    }
    switch question {
    case "acus-by-user":
      guard let user = value("user").text, let acus = value("acus").real else { return nil }
      return "\(user) used the most: \(acus.shown) ACUs."
    case "forecast":
      guard answer.rows.count == 1, let end = value("cycle_end").text, let forecast = value("forecast").real else { return nil }
      let limit = value("limit").real.map { ", and the limit is \($0.shown)" } ?? ""
      return "At this rate, the cycle ends on \(end) with \(forecast.shown) ACUs\(limit)."
    default: return nil
    }
  }

  /// What was written to Devin in the period; nil: nothing was.
  private static func pushes(
    of reader: MirrorReader, in period: UsagePeriod, _ organization: String?
  ) async throws -> [String: Any]? {
    let found = try await reader.answer(
      """
      SELECT strftime('%Y-%m-%d %H:%M', p.started_at, 'unixepoch') AS "when (UTC)", p.action, p.resource, p.key AS id,
        coalesce(p.outcome, 'unknown') AS outcome, coalesce(r.principal, 'unknown') AS "key of"
      FROM sync_pushes AS p LEFT JOIN sync_runs AS r USING (run_id)
      WHERE p.started_at >= unixepoch(:since, '+8 hours') AND p.started_at < unixepoch(:until, '+1 day', '+8 hours')
        AND (:org IS NULL OR p.org_id = :org)
      ORDER BY p.push_id DESC LIMIT \(mostRows + 1)
      """,
      [
        "since": .text(period.days.since), "until": .text(period.days.until), "org": organization.map { .text($0) } ?? .null,
      ])
    guard !found.rows.isEmpty else { return nil }
    let cut = found.rows.count > mostRows ? "; the last \(mostRows), all are in sync_pushes" : ""
    return PageSection(
      "Written to Devin", tables: [PageTable("What push and restore wrote in this period\(cut)", found.first(mostRows)).model]
    ).model("pushes")
  }

  private static let questions = MirrorQuestion.all.filter { $0.reportPosition != nil }
    .sorted { $0.reportPosition ?? 0 < $1.reportPosition ?? 0 }
  private static let mostRows = 10
}
