import DevinModel
import Foundation
package import MirrorReading

/// One HTML file about an organization's use of Devin over a period, compared with the period before. The file contains everything that
/// it shows: opening it loads nothing from the network.
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
    let figures = try await UsageFigures(of: reader, in: period, rate: rate)
    let health = try await MirrorHealth(of: reader)
    var sections: [[String: Any]] = [
      try await DailyUse(of: reader, in: period).section.model("days"),
      PageSection("Sessions by status", charts: [figures.statusChart.rows]).model("states"),
      PageSection("Pull requests by outcome", charts: [figures.outcomeChart.rows]).model("outcomes"),
    ]
    for name in Self.questions {
      guard let question = MirrorQuestion.named(name) else { continue }
      let answer = try await reader.answer(to: question, period.parameters, at: rate, within: .seconds(300))
      sections.append(
        PageSection(question, answer, rows: Self.mostRows, empty: question.hasPeriod ? "no rows in this period" : "no rows")
          .model(name))
    }
    if let pushes = try await Self.pushes(of: reader, in: period, organization) { sections.append(pushes) }
    sections.append(PageSection("Data completeness", tables: [health.table.model]).model("health"))
    html = Templates.shared.render(
      "sections",
      [
        "inline": true, "title": "Devin, \(period.days.since) to \(period.days.until)",
        "heading": "Devin from \(period.days.since) to \(period.days.until)",
        "intro": [
          "\(organization ?? "All organizations of this mirror"). Compared with \(period.before.since) to \(period.before.until).",
          "Billing days start at 08:00 UTC. Unknown costs are left out; `cost_known_of` says how many sessions a total covers.",
          rate?.remark ?? "", health.summary,
        ].filter { !$0.isEmpty },
        "warnings": health.warnings, "hasFigures": true, "figures": figures.cards, "sections": sections,
        "footer": "Made by devin-sync \(ProductVersion.current) from a mirror as of \(health.moment).",
      ])
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

  private static let questions = [
    "cost-per-merge", "forecast", "caps", "money", "acus-by-user", "acus-by-playbook", "acus-by-repository",
    "playbook-scoreboard",
    "pull-requests",
    "waste", "waits-for-people", "reconciliation",
  ]
  private static let mostRows = 20
}

extension MirrorReader.QueryResult {
  func first(_ count: Int) -> Self { Self(columns: columns, rows: Array(rows.prefix(count))) }
}

/// A heading with its content.
struct PageSection {
  let heading: String
  var remark: String?
  var links: [(name: String, href: String)] = []
  var charts: [[String: Any]] = []
  var tables: [[String: Any]] = []

  init(
    _ heading: String, remark: String? = nil, links: [(name: String, href: String)] = [], charts: [[String: Any]] = [],
    tables: [[String: Any]] = []
  ) {
    (self.heading, self.remark, self.links, self.charts, self.tables) = (heading, remark, links, charts, tables)
  }

  /// The result of a question, up to this many rows, with a remark about omitted rows.
  init(
    _ question: MirrorQuestion, _ answer: MirrorReader.QueryResult, rows: Int, hasPages: Bool = false, empty: String = "nothing"
  ) {
    var cut = ""
    if answer.rows.count > rows {
      var totals = ColumnTotals(of: question.totals)
      for (index, row) in answer.rows.enumerated() { totals.add(answer.columns, row, isShown: index < rows) }
      let held = totals.text.isEmpty ? "" : ", with \(totals.text)"
      cut =
        " \(rows.grouped) of \(answer.rows.count.grouped) rows\(held); `devin-sync query \(question.name) --limit 0` prints all."
    }
    let remarks = [question.remark, question.hasPeriod ? "" : "Current state, not limited to the period."]
    self.init(
      question.text, remark: remarks.filter { !$0.isEmpty }.joined(separator: " "),
      tables: [PageTable(question.text + cut, answer.first(rows), hasPages: hasPages, empty: empty).model])
  }

  /// - Parameter id: the id of the heading, unique on its page.
  func model(_ id: String) -> [String: Any] {
    [
      "id": id, "heading": heading, "remark": remark.map { $0.isEmpty ? [] : [$0] } ?? [String](),
      "links": links.map { ["name": $0.name, "href": $0.href] }, "charts": charts, "tables": tables,
    ]
  }
}
