import DevinModel
import MirrorReading

/// The mirror as pages: overview, sessions, search, knowledge, consumption, audit log, health. Each is made when it is asked for.
struct LocalPages: Sendable {
  let reader: MirrorReader
  /// What stands before the path of every page; empty or `/` and a name.
  let root: String
  /// What an ACU costs the user; nil: they have not said.
  var rate: ACURate?
  /// One page takes no longer than this, however much a mirror holds and whoever filled it.
  var limit = Duration.seconds(60)

  private static let links = [
    ("Overview", "/"), ("Sessions", "/sessions"), ("Search", "/search"), ("Notes", "/notes"), ("Playbooks", "/playbooks"),
    ("Consumption", "/consumption"), ("Audit log", "/audit"), ("Health", "/health"),
  ]

  func answer(_ target: PageTarget) async -> PageAnswer {
    do {
      return try await within(limit) {
        try await page(target) ?? message(404, "Page not found", "Page not found.")
      }
    } catch MirrorError.tookTooLong {
      return message(
        503, "This page takes too long",
        "It was not ready after \(limit.inWords) and was given up. `devin-sync query` and `report` have more time.")
    } catch let error as MirrorError {
      if case .noSuchRow = error { return message(404, "Not in this mirror", error.message) }
      return message(error.isMistakeOfTheAsker ? 400 : 500, "That did not work", error.message)
    } catch {
      return message(500, "That did not work", "A defect of devin-sync: \(error)")
    }
  }

  private func page(_ target: PageTarget) async throws -> PageAnswer? {
    switch (target.parts.first, target.parts.count) {
    case (nil, _): try await overview()
    case ("style.css", 1): PageAnswer(contentType: "text/css; charset=utf-8", body: Templates.shared.style)
    case ("sessions", 1): try await sessions(target)
    case ("sessions", 2): try await session(target)
    case ("files", 3): try await file(session: target.parts[1], attachment: target.parts[2])
    case ("search", 1): try await search(target)
    case ("notes", 1): try await documents(.notes)
    case ("notes", 2): try await document(.notes, target.parts[1])
    case ("playbooks", 1): try await documents(.playbooks)
    case ("playbooks", 2): try await document(.playbooks, target.parts[1])
    case ("consumption", 1): try await consumption(target)
    case ("audit", 1): try await audit(target)
    case ("health", 1): try await health()
    default: nil
    }
  }

  /// - Parameter here: the address of the entry of the navigation that it belongs to.
  func render(_ template: String, at here: String, _ title: String, _ model: [String: Any]) -> PageAnswer {
    let common: [String: Any] = [
      "root": root, "inline": false, "title": "\(title) · devin-sync", "heading": title,
      "footer": "devin-sync \(ProductVersion.current), from \(reader.database)",
      "navigation": [
        "isShown": true, "links": Self.links.map { ["name": $0.0, "href": $0.1, "isHere": $0.1 == here] as [String: Any] },
      ] as [String: Any],
    ]
    return PageAnswer(body: Templates.shared.render(template, common.merging(model) { $1 }))
  }

  func message(_ status: Int, _ title: String, _ text: String) -> PageAnswer {
    var answer = render("message", at: "", title, ["message": text])
    answer.status = status
    return answer
  }

  private func question(_ name: String, _ parameters: [String: MirrorReader.Value] = [:], rows: Int = 50) async throws
    -> PageSection?
  {
    guard let question = MirrorQuestion.named(name) else { return nil }
    let answer = try await reader.answer(to: question, parameters, at: rate, within: .seconds(60))
    return PageSection(question, answer, rows: rows, hasPages: true)
  }

  // MARK: - Pages

  private func overview() async throws -> PageAnswer {
    let counts = try await reader.answer(
      """
      WITH living AS (SELECT resource, sum(rows) AS rows FROM derived_counts GROUP BY resource)
      SELECT (SELECT count(*) FROM derived_sessions), (SELECT count(*) FROM derived_sessions WHERE status = 'running'),
        coalesce((SELECT rows FROM living WHERE resource = 'session_messages'), 0),
        coalesce((SELECT rows FROM living WHERE resource = 'playbooks'), 0),
        coalesce((SELECT rows FROM living WHERE resource = 'knowledge_notes'), 0)
      """
    ).rows[0]
    let names = ["Sessions", "Running now", "Messages", "Playbooks", "Notes"]
    let days = try await DailyUse(of: reader, in: UsagePeriod(of: reader))
    let latest = try await reader.answer(
      """
      SELECT session_id, title, status, strftime('%Y-%m-%d %H:%M UTC', created_at, 'unixepoch') AS created, url
      FROM session_facts WHERE session_id IN (SELECT session_id FROM sessions WHERE _deleted_at IS NULL ORDER BY created_at DESC LIMIT 10)
      ORDER BY created_at DESC
      """)
    let runs = try await reader.answer(
      """
      SELECT run_id AS run, strftime('%Y-%m-%d %H:%M UTC', started_at, 'unixepoch') AS started, status, requests, inserted, changed, deleted
      FROM sync_runs ORDER BY run_id DESC LIMIT 5
      """)
    let waiting = try await question("waiting-now", rows: 10)
    return render(
      "sections", at: "/", "Overview",
      [
        "intro": ["The mirror is as of \(try await MirrorHealth.moment(of: reader))."], "hasFigures": true,
        "figures": zip(names, counts).map { ["name": $0, "value": $1.shown, "note": [String]()] as [String: Any] },
        "sections": [
          days.section.model("days"),
          PageSection(
            "Latest sessions", links: [("All sessions", "/sessions")],
            tables: [Self.sessionTable("Latest sessions", latest).model]
          ).model("latest"),
          waiting?.model("waiting") ?? [:],
          PageSection("Latest runs", tables: [PageTable("Latest runs", runs).model]).model("runs"),
        ],
      ])
  }

  private func consumption(_ target: PageTarget) async throws -> PageAnswer {
    let period = try await UsagePeriod(
      of: reader, since: target["since"], until: target["until"], organization: target["org"])
    let figures = try await UsageFigures(of: reader, in: period, rate: rate)
    var sections = [try await DailyUse(of: reader, in: period).section.model("days")]
    for name in [
      "acus-by-user", "acus-by-service-user", "acus-by-origin", "acus-by-playbook", "acus-by-repository", "acus-by-tag",
      "cost-per-merge", "forecast", "caps", "money", "reconciliation",
    ] {
      if let section = try await question(name, period.parameters) { sections.append(section.model(name)) }
    }
    return render(
      "sections", at: "/consumption", "Consumption",
      [
        "intro": ["Compared with \(period.before.since) to \(period.before.until). Billing days start at 08:00 UTC."]
          + (rate.map { [$0.remark] } ?? []),
        "form": Self.form(
          "/consumption", [("From", "since", "date", period.days.since), ("To", "until", "date", period.days.until)]),
        "hasFigures": true, "figures": figures.cards, "sections": sections,
      ])
  }

  /// Two hundred at a time; the next page begins where this one ended.
  private func audit(_ target: PageTarget) async throws -> PageAnswer {
    let size = 200
    let answer = try await reader.answer(
      """
      SELECT strftime('%Y-%m-%d %H:%M:%S', \(EngineTime.shown(sql: "created_at")), 'unixepoch') AS "time (UTC)", action,
        coalesce(user_email, service_user_name, user_id, service_user_id) AS who, org_id AS organization, substr(data, 1, 300) AS data,
        \(EngineTime.shown(sql: "created_at")) AS at, audit_log_id
      FROM audit_logs WHERE _deleted_at IS NULL AND (:action IS NULL OR action = :action) AND (:before IS NULL
          OR at < CAST(:before AS INTEGER) OR (at = CAST(:before AS INTEGER) AND audit_log_id < :id))
      ORDER BY at DESC, audit_log_id DESC LIMIT \(size + 1)
      """, ["action": target.value("action"), "before": target.value("before"), "id": target.value("id")])
    let shown = MirrorReader.QueryResult(
      columns: Array(answer.columns.dropLast(2)), rows: answer.rows.prefix(size).map { Array($0.dropLast(2)) })
    var links: [(name: String, href: String)] = []
    if answer.rows.count > size, let last = answer.rows.prefix(size).last {
      let action = target["action"].map { "action=\($0.asPathPart)&" } ?? ""
      links = [("Older", "/audit?\(action)before=\(last[5].text ?? "")&id=\((last[6].text ?? "").asPathPart)")]
    }
    return render(
      "sections", at: "/audit", "Audit log",
      [
        "intro": ["It is mirrored with an enterprise key."],
        "form": Self.form("/audit", [("Action, such as login", "action", "text", target["action"] ?? "")]),
        "sections": [
          PageSection(
            "Entries", links: links, tables: [PageTable("Entries, the newest first", shown, empty: "none is mirrored").model]
          ).model("entries")
        ],
      ])
  }

  private typealias Field = (label: String, name: String, type: String, value: String)

  /// A template shows each form of a list; empty: none.
  private static func form(_ action: String, _ fields: [Field]) -> [[String: Any]] {
    [
      [
        "action": action,
        "fields": fields.map { ["label": $0.label, "name": $0.name, "type": $0.type, "value": $0.value] },
      ]
    ]
  }

  private func health() async throws -> PageAnswer {
    let health = try await MirrorHealth(of: reader)
    let runs = try await reader.answer(
      """
      SELECT run_id AS run, command, strftime('%Y-%m-%d %H:%M:%S', started_at, 'unixepoch') AS "started (UTC)", finished_at - started_at AS seconds, status,
        requests, rows, inserted, changed, deleted FROM sync_runs ORDER BY run_id DESC LIMIT 50
      """)
    let quarantined = try await reader.answer("SELECT count(*) FROM sync_quarantine").rows[0][0].integer ?? 0
    let quarantine = try await reader.answer(
      """
      SELECT resource, parent, reason, attempts, strftime('%Y-%m-%d %H:%M UTC', last_failed_at, 'unixepoch') AS "last failed" FROM sync_quarantine
      ORDER BY last_failed_at DESC LIMIT 100
      """)
    return render(
      "sections", at: "/health", "Health of the mirror",
      [
        "intro": [health.summary], "warnings": health.warnings,
        "sections": [
          PageSection("Lists", tables: [health.table.model]).model("lists"),
          PageSection(
            "Quarantined",
            tables: [
              PageTable(
                "What could not be read\(quarantined > 100 ? ": 100 of \(quarantined.grouped) rows" : "")", quarantine,
                empty: "nothing"
              ).model
            ]
          ).model("aside"),
          PageSection("Runs", tables: [PageTable("The last 50 runs", runs).model]).model("runs"),
        ],
      ])
  }
}
