import DevinModel
import MirrorReading

/// Consumption in a period, by user or purpose: one breakdown at a time, so that the page is quick.
struct ConsumptionPage: LocalPage {
  let path = "/consumption"
  let link: String? = "Consumption"

  /// A breakdown: the question that answers it, and what its rows are, as a filter of sessions.
  private struct Breakdown {
    let view, name, question: String
    /// The parameter of the page of sessions; nil: its rows are no sessions.
    var filter: String?
  }

  private static let breakdowns = [
    Breakdown(view: "users", name: "Users", question: "acus-by-user", filter: "user"),
    Breakdown(view: "service-users", name: "Service users", question: "acus-by-service-user", filter: "user"),
    Breakdown(view: "origins", name: "Origins", question: "acus-by-origin", filter: "origin"),
    Breakdown(view: "playbooks", name: "Playbooks", question: "acus-by-playbook", filter: "playbook"),
    Breakdown(view: "repositories", name: "Repositories", question: "acus-by-repository", filter: "repository"),
    Breakdown(view: "tags", name: "Tags", question: "acus-by-tag", filter: "tag"),
    Breakdown(view: "merges", name: "Cost per merge", question: "cost-per-merge"),
    Breakdown(view: "forecast", name: "Forecast", question: "forecast"),
    Breakdown(view: "limits", name: "Limits", question: "caps"), Breakdown(view: "money", name: "Products", question: "money"),
    Breakdown(view: "reconciliation", name: "Reconciliation", question: "reconciliation"),
  ]

  /// The number of rows that are shown at first, and the most that a page can hold.
  private static let (top, most) = (10, 250)

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageResponse {
    let period = try await UsagePeriod(
      of: site.reader, since: try target.day("since"), until: try target.day("until"), organization: target["org"])
    let days = try await UsageDays(of: site.reader, in: period)
    let step =
      target["by"].flatMap(UsageDays.Step.init) ?? (days.now.count > 62 ? UsageDays.Step.week : .day)
    let breakdown = Self.breakdowns.first { $0.view == target["view"] } ?? Self.breakdowns[0]
    let address = { (changes: [String: String?]) in
      PageTarget.address(
        path,
        ["since", "until", "org", "by", "view", "show"].map { name in
          (name, changes.keys.contains(name) ? changes[name] ?? nil : target[name])
        })
    }
    let tabs = Self.breakdowns.map { entry -> [String: Any] in
      [
        "name": entry.name, "href": address(["view": entry.view, "show": nil]) + "#breakdown",
        "isHere": entry.view == breakdown.view,
      ]
    }
    let steps = UsageDays.Step.allCases.map { entry -> [String: Any] in
      ["name": "By \(entry.rawValue)", "href": address(["by": entry.rawValue]), "isHere": entry == step]
    }
    var chart = PageSection("ACUs per \(step.rawValue)", remark: days.remark)
    chart.charts = [days.chart(by: step, in: period, hasPages: true).columns]
    var chartModel = chart.model("days")
    chartModel["tabs"] = [["name": "Bars", "links": steps] as [String: Any]]
    var answer = try await section(breakdown, period, showsAll: target["show"] == "all", address, in: site)
    answer["tabs"] = [["name": "Breakdown", "links": tabs] as [String: Any]]
    return await site.render(
      "sections", on: self, for: target, "Consumption",
      [
        "intro": ["Compared with \(period.before.since) to \(period.before.until). Billing days start at 08:00 UTC."]
          + (site.rate.map { [$0.remark] } ?? []),
        "form": LocalPages.form(
          path,
          [
            .init(label: "From", name: "since", type: "date", value: period.days.since),
            .init(label: "To", name: "until", type: "date", value: period.days.until),
          ], hidden: target.hidden(["org", "by", "view"])),
        "hasFigures": true, "figures": UsageFigures(of: days, rate: site.rate).cards,
        "sections": [
          chartModel, answer, try await LimitsSection(of: site, target["org"]).section.model("near"),
        ],
      ])
  }

  /// The breakdown as bars and as a table: its first rows, or all.
  private func section(
    _ breakdown: Breakdown, _ period: UsagePeriod, showsAll: Bool, _ address: ([String: String?]) -> String, in site: LocalPages
  ) async throws -> [String: Any] {
    guard let question = MirrorQuestion.named(breakdown.question) else { return PageSection("").model("breakdown") }
    let answer = try await site.reader.answer(to: question, period.parameters, at: site.rate, within: .seconds(60))
    let rows = showsAll ? Self.most : Self.top
    var section = PageSection(question, answer, rows: rows, hasPages: true, empty: "no rows in this period")
    let count = answer.rows.count.grouped
    if answer.rows.count > Self.top {
      section.links = [
        showsAll
          ? ("Top \(Self.top)", address(["show": nil]) + "#breakdown")
          : ("All \(count)", address(["show": "all"]) + "#breakdown")
      ]
    }
    let ids = breakdown.filter == "user" ? Self.ids(try await site.reader.people()) : nil
    let link = { (row: [MirrorReader.Value]) in Self.sessions(breakdown, answer.columns, row, period, ids) }
    let numeric = answer.columns.firstIndex(of: "acus")
    if let filter = breakdown.filter, let numeric {
      section.tables = [
        linked(question, answer, rows: rows, cut: answer.rows.count > rows, filter, link: link).model
      ]
      let bars = answer.rows.prefix(Self.top).filter { $0[numeric].real != nil }.map { row in
        BarChart.Bar(label: Self.label(breakdown, answer.columns, row), value: row[numeric].real, href: link(row))
      }
      if !bars.isEmpty {
        var chart = BarChart(id: "top", name: "Top \(bars.count) by ACUs", unit: "ACUs", bars: Array(bars))
        chart.hasValues = false
        section.charts = [chart.rows]
      }
    }
    return section.model("breakdown")
  }

  private func linked(
    _ question: MirrorQuestion, _ answer: MirrorReader.QueryResult, rows: Int, cut: Bool, _ filter: String,
    link: ([MirrorReader.Value]) -> String?
  ) -> PageTable {
    let name =
      answer.columns.firstIndex { ["user", "service_user", "origin", "playbook", "repository", "tag"].contains($0) } ?? 0
    let more =
      cut
      ? "; \(rows.grouped) of \(answer.rows.count.grouped) rows, `devin-sync query \(question.name) --limit 0` prints all" : ""
    return PageTable(
      question.text + more, answer.columns.map { $0.replacing("_", with: " ") },
      answer.rows.prefix(rows).map { row in
        row.enumerated().map { column, value -> PageTable.Cell in
          guard column == name else { return .init(value.shown, isNumber: value.real != nil) }
          let href = link(row)
          return filter == "user" ? .init(person: value.text, href: href) : .init(value.text, href: href)
        }
      }, empty: "no rows in this period")
  }

  private static func label(_ breakdown: Breakdown, _ columns: [String], _ row: [MirrorReader.Value]) -> String {
    let name = columns.firstIndex { ["user", "service_user", "origin", "playbook", "repository", "tag"].contains($0) } ?? 0
    return row[name].text ?? "none"
  }

  /// The page of the sessions behind a row; nil: its name is no filter, such as `no user`.
  /// - Parameter ids: the ids of users by the names that the question gives them; nil: the rows are no users.
  private static func sessions(
    _ breakdown: Breakdown, _ columns: [String], _ row: [MirrorReader.Value], _ period: UsagePeriod, _ ids: [String: String]?
  ) -> String? {
    guard let filter = breakdown.filter else { return nil }
    var value = label(breakdown, columns, row)
    guard !["no user", "unknown", "none", ""].contains(value), !value.hasPrefix("("), !value.hasSuffix("(other address)") else {
      return nil
    }
    if let ids {
      guard let id = ids[value] else { return nil }
      value = id
    }
    return PageTarget.address(
      "/sessions",
      [(filter, value), ("since", period.days.since), ("until", period.days.until), ("org", period.organization)])
  }

  /// A question names people of the same name with their email address or id.
  private static func ids(_ people: [String: Person]) -> [String: String] {
    let names = Dictionary(grouping: people.values) { $0.name ?? "" }
    var ids: [String: String] = [:]
    for person in people.values {
      ids[person.id] = person.id
      guard let name = person.name else { continue }
      if names[name]?.count == 1 { ids[name] = person.id }
      for other in [person.email, person.id].compactMap(\.self) { ids["\(name) (\(other))"] = person.id }
    }
    return ids
  }
}
