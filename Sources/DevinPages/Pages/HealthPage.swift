import DevinModel
import MirrorReading

/// How fresh and how complete the mirror is, what is pending and why.
struct HealthPage: LocalPage {
  let path = "/health"
  let link: String? = "Health"

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageResponse {
    let health = try await MirrorHealth(of: site.reader)
    let runs = try await site.reader.answer(
      """
      SELECT run_id, command, strftime('%Y-%m-%d %H:%M:%S', started_at, 'unixepoch'), finished_at - started_at, status,
        requests, rows, inserted, changed, deleted FROM sync_runs ORDER BY run_id DESC LIMIT 30
      """)
    let quarantined = try await site.reader.answer("SELECT count(*) FROM sync_quarantine").rows[0][0].integer ?? 0
    let quarantine = try await site.reader.answer(
      """
      SELECT resource, parent, substr(reason, 1, 300) AS reason, attempts, strftime('%Y-%m-%d %H:%M UTC', last_failed_at, 'unixepoch') AS "last failed"
      FROM sync_quarantine ORDER BY last_failed_at DESC LIMIT 30
      """)
    let runTable = PageTable(
      "The last 30 runs",
      ["run", "command", "started (UTC)", "seconds", "exit status", "requests", "rows", "inserted", "changed", "deleted"],
      runs.rows.map { row in
        row.enumerated().map { column, value -> PageTable.Cell in
          switch column {
          case 4:
            .init(value.text ?? "active or killed", mark: value == .integer(0) ? "good" : value == .null ? "waiting" : "bad")
          case 3 where value == .null: .init("")
          default: .init(value.shown, isNumber: value.real != nil)
          }
        }
      })
    return await site.render(
      "sections", on: self, for: target, "Health of the mirror",
      [
        "intro": [health.summary], "warnings": health.warnings,
        "sections": [
          PageSection(
            "What is missing", remark: health.missing.rows.isEmpty ? "Nothing: every list was read to its end." : nil,
            tables: health.missing.rows.isEmpty ? [] : [health.missing.model]
          ).model("missing"),
          PageSection(
            "Lists", remark: "\(health.complete.grouped) of \(health.lists.grouped) lists are complete.",
            tables: [health.table.model]
          ).model("lists"),
          PageSection(
            "Quarantined",
            remark: quarantined == 0 ? nil : "They are tried again in the next runs, at first often, later once a day.",
            tables: [
              PageTable(
                "Items that could not be parsed\(quarantined > 30 ? ": 30 of \(quarantined.grouped) rows" : "")", quarantine,
                empty: "nothing"
              ).model
            ]
          ).model("quarantined"),
          PageSection(
            "Runs", tables: [runTable.model],
            hints: runs.rows.isEmpty
              ? ["There was no run yet. `devin-sync sync` starts one; `devin-sync schedule` repeats it."] : []
          ).model("runs"),
        ],
      ])
  }
}
