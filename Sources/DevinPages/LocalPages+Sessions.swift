import DevinModel
import Foundation
import MirrorReading

extension LocalPages {
  /// The answer's first two columns are id and title, which become one.
  static func sessionTable(_ caption: String, _ answer: MirrorReader.QueryResult) -> PageTable {
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
  func sessions(_ target: PageTarget) async throws -> PageAnswer {
    let size = 50
    if target["q"] != nil, !reader.indexesText { throw MirrorError.searchIsOff(reader.database) }
    let pattern = target["q"].map { text in
      text.split(whereSeparator: \.isWhitespace).map { "\"\($0.replacing("\"", with: "\"\""))\"*" }.joined(separator: " ")
    }
    let answer = try await reader.answer(
      """
      WITH chosen AS (
        SELECT s.session_id, s.created_at FROM sessions AS s INDEXED BY sessions_by_creation
        WHERE s._deleted_at IS NULL AND (:status IS NULL OR s.status = :status) AND (:user IS NULL OR s.user_id = :user OR s.service_user_id = :user)
          AND (:origin IS NULL OR s.origin = :origin) AND (:q IS NULL OR s.rowid IN (SELECT rowid FROM search_sessions WHERE search_sessions MATCH :q)
            -- A title that the full-text index has not come to.
            OR (s.rowid > (SELECT indexed_to FROM sync_text_indexes WHERE resource = 'sessions') AND instr(lower(s.title), lower(:text)) > 0))
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
        "q": pattern.map { .text($0) } ?? .null, "text": target.value("q"), "before": target.value("before"),
        "id": target.value("id"),
      ], within: .seconds(30))
    let shown = MirrorReader.QueryResult(
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
        // A plus stays one, where a form would have it for a space.
        "next": next.string?.replacing("+", with: "%2B") ?? "/sessions",
      ])
  }

  /// With two hundred messages at a time.
  func session(_ target: PageTarget) async throws -> PageAnswer {
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

  /// The content of an attachment: a picture to be shown, all else to be saved.
  func file(session: String, attachment: String) async throws -> PageAnswer {
    let content = try await OpenContent(of: attachment, session: session, in: reader)
    return PageAnswer(contentType: content.imageType ?? "application/octet-stream", content: content)
  }

  func search(_ target: PageTarget) async throws -> PageAnswer {
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
      intro = [hits.isEmpty ? "Nothing found." : "\(hits.count.grouped) shown, the best first in each place."]
      if let note = result.moreFound { intro.append("Not all are shown; \(note).") }
      if let note = result.notYetFound { intro.append(note.prefix(1).uppercased() + note.dropFirst() + ".") }
      if result.wasReadThrough {
        intro.append("The index knows no words of this script: every text was read, and the newest come first.")
      }
      if result.wasTakenAsText { intro.append("Invalid search syntax; searched as plain text.") }
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
}

extension Optional {
  /// - Returns: nil: there is nothing.
  fileprivate func asyncMap<R>(_ transform: (Wrapped) async throws -> R) async throws -> R? {
    if let value = self { try await transform(value) } else { nil }
  }
}
