import DevinSync
import Foundation

/// A page or a refusal, as it goes over the wire.
struct PageAnswer {
  var status = 200
  var contentType = "text/html; charset=utf-8"
  /// Beside those that every answer has.
  var headers: [(String, String)] = []
  let body: String
}

/// What was asked for: the parts of the path, and the query.
struct PageTarget {
  let parts: [String]
  private let query: [String: String]

  init(_ path: String) {
    let components = URLComponents(string: path)
    parts = (components?.percentEncodedPath ?? path).split(separator: "/").map {
      String($0).removingPercentEncoding ?? String($0)
    }
    query = Dictionary(
      (components?.percentEncodedQueryItems ?? []).compactMap { item in
        // A form sends a space as a plus.
        item.value?.replacing("+", with: " ").removingPercentEncoding.map { (item.name, $0) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Nil: not given, or empty.
  subscript(name: String) -> String? { query[name].flatMap { $0.isEmpty ? nil : $0 } }

  func value(_ name: String) -> MirrorReader.Value { self[name].map { .text($0) } ?? .null }
}

/// The mirror as pages: overview, sessions, search, knowledge, consumption, audit log, health. Each is made when it is asked for.
struct LocalPages: Sendable {
  let reader: MirrorReader

  private static let links = [
    ("Overview", "/"), ("Sessions", "/sessions"), ("Search", "/search"), ("Notes", "/notes"), ("Playbooks", "/playbooks"),
    ("Consumption", "/consumption"), ("Audit log", "/audit"), ("Health", "/health"),
  ]

  func answer(_ target: PageTarget) async -> PageAnswer {
    do {
      return try await page(target) ?? message(404, "There is no such page", "Nothing stands at this address.")
    } catch let error as SyncError {
      if case .noSuchRow = error { return message(404, "Not in this mirror", error.message) }
      return message(error.status == .usage ? 400 : 500, "That did not work", error.message)
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
      "inline": false, "title": "\(title) · devin-sync", "heading": title,
      "footer": "devin-sync \(Mirror.version), from \(reader.database)",
      "navigation": [
        "isShown": true, "links": Self.links.map { ["name": $0.0, "href": $0.1, "isHere": $0.1 == here] as [String: Any] },
      ] as [String: Any],
    ]
    return PageAnswer(body: Templates.shared.render(template, common.merging(model) { $1 }))
  }

  func message(_ status: Int, _ title: String, _ words: String) -> PageAnswer {
    var answer = render("message", at: "", title, ["message": words])
    answer.status = status
    return answer
  }

  private func question(_ name: String, _ parameters: [String: MirrorReader.Value] = [:], rows: Int = 50) async throws
    -> PageSection?
  {
    guard let question = Question.named(name) else { return nil }
    let answer = try await reader.answer(question.sql, parameters, within: .seconds(60))
    return PageSection(
      question.text, remark: question.remark, tables: [PageTable(question.text, answer.first(rows), hasPages: true).model])
  }

  // MARK: - Pages

  private func overview() async throws -> PageAnswer {
    let counts = try await reader.answer(
      """
      SELECT (SELECT count(*) FROM sessions WHERE _deleted_at IS NULL), (SELECT count(*) FROM sessions WHERE _deleted_at IS NULL AND status = 'running'),
        (SELECT count(*) FROM session_messages), (SELECT count(*) FROM playbooks WHERE _deleted_at IS NULL),
        (SELECT count(*) FROM knowledge_notes WHERE _deleted_at IS NULL)
      """
    ).rows[0]
    let names = ["Sessions", "Running now", "Messages", "Playbooks", "Notes"]
    let figures = try await UsageFigures(of: reader, since: nil, until: nil, organization: nil)
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
          PageSection("ACUs per day", remark: figures.dayRemark, charts: [figures.dayChart.columns]).model("days"),
          PageSection(
            "Latest sessions", links: [("All sessions", "/sessions")],
            tables: [Self.sessionTable("Latest sessions", latest).model]
          ).model("latest"),
          waiting?.model("waiting") ?? [:],
          PageSection("Latest runs", tables: [PageTable("Latest runs", runs).model]).model("runs"),
        ],
      ])
  }

  /// The answer's first two columns are id and title, which become one.
  private static func sessionTable(_ caption: String, _ answer: MirrorReader.Answer) -> PageTable {
    let named = answer.rows.map { row -> [PageTable.Cell] in
      let id = row[0].text ?? ""
      let rest = zip(answer.columns.dropFirst(2), row.dropFirst(2)).map { column, value -> PageTable.Cell in
        switch (column, value) {
        case ("url", .text(let address)): .init(address: address, text: "open")
        case (_, .integer), (_, .real): .init(value.shown, isNumber: true)
        default: .init(value.text)
        }
      }
      return [.init(row[1].text ?? id, href: "/sessions/\(id.asPathPart)")] + rest
    }
    return PageTable(
      caption, ["session"] + answer.columns.dropFirst(2).map { $0 == "url" ? "web app" : $0 }, named, empty: "none")
  }

  /// Fifty at a time, by time of creation; the next page begins where this one ended, however many come before it.
  private func sessions(_ target: PageTarget) async throws -> PageAnswer {
    let size = 50
    let words = target["q"].map { text in
      text.split(whereSeparator: \.isWhitespace).map { "\"\($0.replacing("\"", with: "\"\""))\"*" }.joined(separator: " ")
    }
    let answer = try await reader.answer(
      """
      WITH chosen AS (
        SELECT s.session_id, s.created_at FROM sessions AS s INDEXED BY sessions_by_creation
        WHERE s._deleted_at IS NULL AND (:status IS NULL OR s.status = :status) AND (:user IS NULL OR s.user_id = :user OR s.service_user_id = :user)
          AND (:origin IS NULL OR s.origin = :origin) AND (:q IS NULL OR s.rowid IN (SELECT rowid FROM search_sessions WHERE search_sessions MATCH :q))
          AND (:before IS NULL OR s.created_at < CAST(:before AS INTEGER)
            OR (s.created_at = CAST(:before AS INTEGER) AND s.session_id < :id))
        ORDER BY s.created_at DESC, s.session_id DESC LIMIT \(size + 1))
      SELECT f.session_id, f.title, f.status, replace(f.status_detail, '_', ' ') AS detail, coalesce(p.name, f.service_user_id, f.user_id) AS "started by",
        f.origin, round(f.acus, 2) AS ACUs, f.merged_pull_requests AS merged, strftime('%Y-%m-%d %H:%M', f.created_at, 'unixepoch') AS "created (UTC)", f.url, c.created_at
      FROM chosen AS c CROSS JOIN session_facts AS f USING (session_id) LEFT JOIN people AS p ON p.user_id = coalesce(f.service_user_id, f.user_id)
      ORDER BY c.created_at DESC, c.session_id DESC
      """,
      [
        "status": target.value("status"), "user": target.value("user"), "origin": target.value("origin"),
        "q": words.map { .text($0) } ?? .null, "before": target.value("before"), "id": target.value("id"),
      ], within: .seconds(30))
    let shown = MirrorReader.Answer(
      columns: Array(answer.columns.dropLast()), rows: answer.rows.prefix(size).map { Array($0.dropLast()) })
    let last = answer.rows.prefix(size).last
    var next = URLComponents()
    next.path = "/sessions"
    next.queryItems = ["q", "status", "user", "origin"].compactMap { name in
      target[name].map { URLQueryItem(name: name, value: $0) }
    }
    next.queryItems? += [
      URLQueryItem(name: "before", value: last?.last?.text), URLQueryItem(name: "id", value: last?.first?.text),
    ]
    let choices = { (name: String, known: [String]) in
      known.map { ["name": $0, "isChosen": $0 == target[name]] as [String: Any] }
    }
    return render(
      "sessions", at: "/sessions", "Sessions",
      [
        "q": target["q"] ?? "", "user": target["user"] ?? "",
        "statuses": choices("status", ["new", "claimed", "running", "resuming", "suspended", "exit", "error"]),
        "origins": choices(
          "origin",
          [
            "webapp", "slack", "teams", "api", "linear", "jira", "scheduled", "automation", "cli", "desktop", "code_scan",
            "other",
          ]),
        "tables": [Self.sessionTable("Sessions, the newest first", shown).model], "hasNext": answer.rows.count > size,
        "next": next.string ?? "/sessions",
      ])
  }

  /// With two hundred messages at a time.
  private func session(_ target: PageTarget) async throws -> PageAnswer {
    let size = 200
    let story = try await SessionStory(target.parts[1], in: reader)
    let from = min(max(0, target["from"].flatMap(Int.init) ?? 0), max(0, story.messages.count - 1))
    let messages = story.messages.dropFirst(from).prefix(size)
    let path = "/sessions/\(story.id.asPathPart)"
    return render(
      "session", at: "/sessions", story.title ?? "Session \(story.id)",
      TranscriptPage.model(story, messages: messages, hasPages: true).filter { $0.key != "title" }.merging([
        "hasEarlier": from > 0, "earlier": "\(path)?from=\(max(0, from - size))", "hasLater": from + size < story.messages.count,
        "later": "\(path)?from=\(from + size)",
      ]) { $1 })
  }

  private func search(_ target: PageTarget) async throws -> PageAnswer {
    var options = MirrorSearch.Options()
    if let place = target["in"].flatMap(MirrorSearch.Place.init) { options.places = [place] }
    options.timeLimit = .seconds(20)
    let result = try await target["q"].asyncMap { try await MirrorSearch($0, options, in: reader) }
    let hits = (result?.hits ?? []).map { hit -> [String: Any] in
      let href =
        switch hit.place {
        case .messages, .sessions: "/sessions/\((hit.session ?? hit.id).asPathPart)"
        case .notes, .playbooks: "/\(hit.place.rawValue)/\(hit.id.asPathPart)"
        }
      let who = hit.who.map { [$0] } ?? []
      return [
        "href": href, "title": hit.title ?? hit.id, "place": hit.place.rawValue, "who": who,
        "time": hit.at.map { [$0.moment] } ?? [String](),
        "parts": Self.parts(of: hit.snippet),
      ]
    }
    var intro: [String] = []
    if let result {
      intro = [hits.isEmpty ? "Nothing found." : "\(hits.count) found, the best first in each place."]
      if result.wasTakenAsWords { intro.append("That is no query, so its words were looked for.") }
    }
    return render(
      "search", at: "/search", "Search",
      [
        "q": target["q"] ?? "", "intro": intro, "hits": hits,
        "places": MirrorSearch.Place.allCases.map {
          ["name": $0.rawValue, "isChosen": $0.rawValue == target["in"]] as [String: Any]
        },
      ])
  }

  /// Taken apart at the brackets around each match.
  private static func parts(of snippet: String) -> [[String: Any]] {
    var parts: [[String: Any]] = []
    var rest = snippet[...]
    while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
      parts.append(["text": String(rest[..<open]), "isMatch": false])
      parts.append(["text": String(rest[rest.index(after: open)..<close]), "isMatch": true])
      rest = rest[rest.index(after: close)...]
    }
    parts.append(["text": String(rest), "isMatch": false])
    return parts
  }

  private func documents(_ kind: KnowledgeDocument.Kind) async throws -> PageAnswer {
    let isNotes = kind == .notes
    let answer = try await reader.answer(
      isNotes
        ? """
        SELECT note_id, name, folder_path AS folder, iif(is_enabled, 'on', 'off') AS state, good_usages AS good, bad_usages AS bad, sessions,
          date(last_used_at, 'unixepoch') AS "last used" FROM note_usefulness ORDER BY folder_path, name
        """
        : """
        SELECT p.playbook_id, p.title, p.macro, count(f.session_id) AS sessions, sum(f.merged_pull_requests > 0) AS "with a merge", round(sum(f.acus), 2) AS ACUs,
          date(max(f.created_at), 'unixepoch') AS "last used"
        FROM playbooks AS p LEFT JOIN session_facts AS f USING (playbook_id) WHERE p._deleted_at IS NULL GROUP BY p.playbook_id ORDER BY p.title
        """)
    let rows = answer.rows.map { row -> [PageTable.Cell] in
      let id = row[0].text ?? ""
      return [.init(row[1].text ?? id, href: "/\(kind.rawValue)/\(id.asPathPart)")]
        + row.dropFirst(2).map { .init($0.shown, isNumber: $0.real != nil) }
    }
    let title = isNotes ? "Notes" : "Playbooks"
    let table = PageTable(title, [isNotes ? "note" : "playbook"] + answer.columns.dropFirst(2), rows, empty: "none is mirrored")
    return render(
      "sections", at: "/\(kind.rawValue)", title,
      ["sections": [PageSection("All \(title.lowercased())", tables: [table.model]).model("all")]])
  }

  private func document(_ kind: KnowledgeDocument.Kind, _ id: String) async throws -> PageAnswer {
    let states = try await reader.documentHistory(kind, id: id)
    guard let latest = states.last else { throw SyncError.noSuchRow(kind.rawValue, id) }
    let history = zip(states.dropFirst(), states).reversed().map { after, before -> [String: Any] in
      let diff = UnifiedDiff(before.document.markdown, after.document.markdown, names: ("before", "after"))
      return ["title": "Found on \(after.foundAt.moment)", "diff": diff.lines.dropFirst(2).joined(separator: "\n")]
    }
    return render(
      "document", at: "/\(kind.rawValue)", latest.document.name,
      [
        "tables": [[String: Any]](), "markdown": latest.document.markdown, "hasHistory": !history.isEmpty, "history": history,
        "warnings": latest.isDeleted ? ["It is gone from Devin; this is how it was."] : [String](),
      ])
  }

  private func consumption(_ target: PageTarget) async throws -> PageAnswer {
    let figures = try await UsageFigures(
      of: reader, since: target["since"], until: target["until"], organization: target["org"])
    var sections = [PageSection("ACUs per day", remark: figures.dayRemark, charts: [figures.dayChart.columns]).model("days")]
    for name in [
      "acus-by-user", "acus-by-service-user", "acus-by-origin", "acus-by-playbook", "acus-by-repository", "acus-by-tag",
      "cost-per-merge",
      "forecast", "reconciliation",
    ] {
      if let section = try await question(name, figures.parameters) { sections.append(section.model(name)) }
    }
    return render(
      "sections", at: "/consumption", "Consumption",
      [
        "intro": [
          "\(figures.period.since) to \(figures.period.until); ?since=2026-10-01&until=2026-10-31 chooses another period."
        ],
        "hasFigures": true, "figures": figures.cards, "sections": sections,
      ])
  }

  private func audit(_ target: PageTarget) async throws -> PageAnswer {
    let answer = try await reader.answer(
      """
      SELECT strftime('%Y-%m-%d %H:%M:%S', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS "time (UTC)", action,
        coalesce(user_email, service_user_name, user_id, service_user_id) AS who, org_id AS organization, substr(data, 1, 300) AS data
      FROM audit_logs WHERE _deleted_at IS NULL AND (:action IS NULL OR action = :action) AND (:before IS NULL OR created_at < CAST(:before AS INTEGER))
      ORDER BY created_at DESC LIMIT 200
      """, ["action": target.value("action"), "before": target.value("before")])
    return render(
      "sections", at: "/audit", "Audit log",
      [
        "intro": ["The newest 200; ?action=login shows one kind alone. It is mirrored with a key of the enterprise."],
        "sections": [
          PageSection("Entries", tables: [PageTable("Entries, the newest first", answer, empty: "none is mirrored").model]).model(
            "entries")
        ],
      ])
  }

  private func health() async throws -> PageAnswer {
    let health = try await MirrorHealth(of: reader)
    let runs = try await reader.answer(
      """
      SELECT run_id AS run, command, strftime('%Y-%m-%d %H:%M:%S', started_at, 'unixepoch') AS "started (UTC)", finished_at - started_at AS seconds, status,
        requests, rows, inserted, changed, deleted FROM sync_runs ORDER BY run_id DESC LIMIT 50
      """)
    let aside = try await reader.answer(
      """
      SELECT resource, parent, reason, attempts, strftime('%Y-%m-%d %H:%M UTC', last_failed_at, 'unixepoch') AS "last failed" FROM sync_quarantine
      ORDER BY last_failed_at DESC LIMIT 100
      """)
    return render(
      "sections", at: "/health", "Health of the mirror",
      [
        "intro": [health.words], "warnings": health.warnings,
        "sections": [
          PageSection("Lists", tables: [health.table.model]).model("lists"),
          PageSection("Set aside", tables: [PageTable("What could not be read", aside, empty: "nothing").model]).model("aside"),
          PageSection("Runs", tables: [PageTable("The last 50 runs", runs).model]).model("runs"),
        ],
      ])
  }
}

extension Optional {
  /// - Returns: nil: there is nothing.
  fileprivate func asyncMap<R>(_ transform: (Wrapped) async throws -> R) async throws -> R? {
    if let value = self { try await transform(value) } else { nil }
  }
}
