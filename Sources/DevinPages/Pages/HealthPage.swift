import DevinModel
import MirrorReading

/// How fresh and how complete the mirror is.
struct HealthPage: LocalPage {
  let path = "/health"
  let link: String? = "Health"

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageAnswer {
    let health = try await MirrorHealth(of: site.reader)
    let runs = try await site.reader.answer(
      """
      SELECT run_id AS run, command, strftime('%Y-%m-%d %H:%M:%S', started_at, 'unixepoch') AS "started (UTC)", finished_at - started_at AS seconds, status,
        requests, rows, inserted, changed, deleted FROM sync_runs ORDER BY run_id DESC LIMIT 50
      """)
    let quarantined = try await site.reader.answer("SELECT count(*) FROM sync_quarantine").rows[0][0].integer ?? 0
    let quarantine = try await site.reader.answer(
      """
      SELECT resource, parent, reason, attempts, strftime('%Y-%m-%d %H:%M UTC', last_failed_at, 'unixepoch') AS "last failed" FROM sync_quarantine
      ORDER BY last_failed_at DESC LIMIT 100
      """)
    return site.render(
      "sections", on: self, "Health of the mirror",
      [
        "intro": [health.summary], "warnings": health.warnings,
        "sections": [
          PageSection("Lists", tables: [health.table.model]).model("lists"),
          PageSection(
            "Quarantined",
            tables: [
              PageTable(
                "Items that could not be parsed\(quarantined > 100 ? ": 100 of \(quarantined.grouped) rows" : "")", quarantine,
                empty: "nothing"
              ).model
            ]
          ).model("aside"),
          PageSection("Runs", tables: [PageTable("The last 50 runs", runs).model]).model("runs"),
        ],
      ])
  }
}
