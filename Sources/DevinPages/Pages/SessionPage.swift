import DevinModel
import MirrorReading

/// One session, with a part of its messages.
struct SessionPage: LocalPage {
  let path = "/sessions/*"

  /// Messages per page.
  private static let size = 50
  /// The most bytes of messages on a page, so that it stays small whatever they contain; the next page continues there.
  private static let mostBytes = 56 << 10
  /// The most characters of one message on a page; its next part follows on a page of its own.
  private static let longest = 12_000

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageResponse {
    let id = try await id(target.parts[1], in: site.reader)
    let story = try await SessionStory(id, withMessages: false, in: site.reader)
    let total = Int(try await SessionMessages.count(of: story.id, in: site.reader))
    let path = "/sessions/\(story.id.asPathPart)"
    var start = SessionMessages.Start(
      skipped: min(max(0, target["from"].flatMap(Int.init) ?? 0), max(0, total - 1)),
      offset: min(max(0, target["offset"].flatMap(Int.init) ?? 0), 1 << 40))
    var wanted: Int?
    if let message = target["message"] {
      wanted = try await SessionMessages.place(of: message, session: story.id, in: site.reader)
      start = .init(skipped: (wanted ?? 0) / Self.size * Self.size)
    }
    var shown = try await messages(of: story.id, from: start, path, in: site.reader)
    // Where long messages fill the page before the wanted one comes, the page begins there.
    if let wanted, wanted >= start.skipped + shown.count {
      start = .init(skipped: wanted)
      shown = try await messages(of: story.id, from: start, path, in: site.reader)
    }
    var view = SessionModel(story, hasPages: true)
    view.rate = site.rate
    view.repositories = try await repositories(of: story.id, in: site.reader)
    let next = start.skipped + shown.count
    let parts: [String: Any]? =
      total > shown.count
      ? [
        "earlier": start.skipped > 0 ? [Self.address(path, max(0, start.skipped - Self.size))] : [],
        "later": next < total ? [Self.address(path, next)] : [], "jumps": jumps(total, at: start.skipped, path),
      ] : nil
    let count = "\(total.grouped) message\(total == 1 ? "" : "s")"
    return await site.render(
      "session", on: self, for: target, story.title ?? "Session \(story.id.shortID)",
      view.model.filter { $0.key != "title" }.merging([
        "messages": shown, "hasMessages": !shown.isEmpty,
        "count": total > shown.count ? "\((start.skipped + 1).grouped) to \(next.grouped) of \(count)" : count,
        "above": parts.map { [$0.merging(["label": "Parts of the transcript"]) { $1 }] } ?? [],
        "below": parts.map { [$0.merging(["label": "Parts of the transcript, again"]) { $1 }] } ?? [],
        "hints": shown.isEmpty
          ? [
            "No messages are mirrored for this session. `devin-sync sync` reads them; the page Health says whether its list is still to be read."
          ] : [],
      ]) { $1 })
  }

  /// The id for an id or for its beginning.
  private func id(_ given: String, in reader: MirrorReader) async throws -> String {
    switch try await reader.session(given) {
    case .one(let id): return id
    case .several(let ids):
      throw MirrorError.noSuchRow("sessions", "\(given) alone: it is the beginning of \(ids.joined(separator: ", "))")
    case .none: throw MirrorError.noSuchRow("sessions", given)
    }
  }

  private func messages(
    of session: String, from start: SessionMessages.Start, _ path: String, in reader: MirrorReader
  ) async throws -> [[String: Any]] {
    let found = try await SessionMessages(of: session, from: start, count: Self.size, longest: Self.longest, in: reader)
    var shown: [[String: Any]] = []
    var bytes = 0
    for (index, (message, cut)) in zip(found.messages, found.cuts).enumerated() {
      let view = MessageModel(message, most: Self.mostBytes)
      bytes += view.html.utf8.count
      guard shown.isEmpty || bytes <= Self.mostBytes else { break }
      let continues =
        cut.after > 0
        ? Self.address(path, start.skipped + index, offset: cut.before + message.text.unicodeScalars.count) : nil
      shown.append(
        view.model(
          href: PageTarget.address(path, [("message", message.id)]) + "#message-\(message.id.asPathPart)", continues: continues,
          isContinued: cut.before > 0))
    }
    return shown
  }

  private static func address(_ path: String, _ from: Int, offset: Int? = nil) -> String {
    PageTarget.address(path, [("from", "\(from)"), ("offset", offset.map { "\($0)" })]) + "#messages"
  }

  /// Links to the parts of a long transcript: the first, the last, and those around this one.
  private func jumps(_ total: Int, at from: Int, _ path: String) -> [[String: Any]] {
    let last = (total - 1) / Self.size
    guard total > Self.size else { return [] }
    let here = from / Self.size
    let pages = Set([0, last] + (here - 3...here + 3).filter { (0...last).contains($0) } + (1..<5).map { last * $0 / 5 }).sorted()
    return pages.map { page -> [String: Any] in
      let start = page * Self.size
      return [
        "name": "\((start + 1).grouped)–\(min(start + Self.size, total).grouped)", "href": Self.address(path, start),
        "isHere": page == here,
      ]
    }
  }

  private func repositories(of session: String, in reader: MirrorReader) async throws -> [String: String] {
    let rows = try await reader.answer(
      "SELECT pr_url, repository FROM derived_pull_requests WHERE session_id = :id AND repository IS NOT NULL LIMIT 500",
      ["id": .text(session)])
    return Dictionary(rows.rows.map { ($0[0].text ?? "", $0[1].text ?? "") }, uniquingKeysWith: { first, _ in first })
  }
}
