import DevinModel
import MirrorReading

/// Full-text search.
struct SearchPage: LocalPage {
  let path = "/search"
  let link: String? = "Search"

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageResponse {
    var options = MirrorSearch.Options()
    if let place = target["in"].flatMap(MirrorSearch.Place.init) { options.places = [place] }
    options.organization = target["org"]
    options.timeLimit = .seconds(20)
    options.rankedMatches = 10_000
    let result = try await target["q"].asyncMap { try await MirrorSearch($0, options, in: site.reader) }
    let hits = (result?.hits ?? []).map { hit -> [String: Any] in
      let who = hit.who.map { [$0] } ?? []
      return [
        "href": Self.address(of: hit), "title": hit.title ?? hit.id, "place": hit.place.rawValue, "who": who,
        "time": hit.at.map { [$0.moment] } ?? [String](),
        "parts": Self.parts(of: hit.snippet),
      ]
    }
    var intro: [String] = []
    if let result {
      intro = [hits.isEmpty ? "Nothing found." : "\(hits.count.grouped) shown, best first for each kind."]
      if let note = result.moreFound { intro.append("Not all hits are shown: \(note).") }
      if result.wasRankedInPart { intro.append("Many messages match: the best were chosen among the newest of them.") }
      if let note = result.notYetFound { intro.append(note.prefix(1).uppercased() + note.dropFirst() + ".") }
      if result.wasReadThrough {
        intro.append("The full-text index does not cover this script: all texts were searched, newest first.")
      }
      if result.wasTakenAsText { intro.append("Invalid search syntax; searched as plain text.") }
    }
    let hints =
      result == nil
      ? [
        "Give a search term. It is searched in messages, titles of sessions, notes and playbooks.",
        "Examples: \"a phrase\", migrat* for beginnings of words, redis OR memcached, NEAR(timeout retry).",
      ]
      : hits.isEmpty ? ["Use fewer words, a beginning such as migrat*, or search everything instead of one kind."] : []
    return await site.render(
      "search", on: self, for: target, "Search",
      [
        "form": LocalPages.form(
          path,
          [
            .init(label: "Search for", name: "q", type: "search", value: target["q"]),
            .init(
              label: "In", name: "in", value: target["in"],
              options: [("", "everything")] + MirrorSearch.Place.allCases.map { ($0.rawValue, $0.rawValue) }),
          ], hidden: target.hidden(["org"]), button: "Search"), "intro": intro, "hits": hits, "hints": hints,
      ])
  }

  /// A message has an anchor on the page of its session.
  private static func address(of hit: MirrorSearch.Hit) -> String {
    switch hit.place {
    case .sessions: "/sessions/\((hit.session ?? hit.id).asPathPart)"
    case .messages:
      PageTarget.address("/sessions/\((hit.session ?? "").asPathPart)", [("message", hit.id)]) + "#message-\(hit.id.asPathPart)"
    case .notes, .playbooks: "/\(hit.place.rawValue)/\(hit.id.asPathPart)"
    }
  }

  /// Split at the brackets around each match.
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
