import MirrorReading

/// Consumption in a period, by user and purpose.
struct ConsumptionPage: LocalPage {
  let path = "/consumption"
  let link: String? = "Consumption"

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageAnswer {
    let period = try await UsagePeriod(
      of: site.reader, since: target["since"], until: target["until"], organization: target["org"])
    let figures = try await UsageFigures(of: site.reader, in: period, rate: site.rate)
    var sections = [try await DailyUse(of: site.reader, in: period).section.model("days")]
    for name in [
      "acus-by-user", "acus-by-service-user", "acus-by-origin", "acus-by-playbook", "acus-by-repository", "acus-by-tag",
      "cost-per-merge", "forecast", "caps", "money", "reconciliation",
    ] {
      if let section = try await site.question(name, period.parameters) { sections.append(section.model(name)) }
    }
    return site.render(
      "sections", on: self, "Consumption",
      [
        "intro": ["Compared with \(period.before.since) to \(period.before.until). Billing days start at 08:00 UTC."]
          + (site.rate.map { [$0.remark] } ?? []),
        "form": LocalPages.form(
          "/consumption", [("From", "since", "date", period.days.since), ("To", "until", "date", period.days.until)]),
        "hasFigures": true, "figures": figures.cards, "sections": sections,
      ])
  }
}
