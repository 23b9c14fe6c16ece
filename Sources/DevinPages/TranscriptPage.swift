import DevinModel
import Markdown
package import MirrorReading

/// The transcript of a session, as one HTML file or as a local page.
package struct TranscriptPage {
  package let html: String

  /// One file that contains everything it shows.
  package init(_ story: SessionStory) {
    let view = SessionModel(story, hasPages: false)
    let messages = story.messages.map { MessageModel($0).model(href: nil) }
    html = Templates.shared.render(
      "session",
      view.model.merging([
        "inline": true, "footer": "Made by devin-sync \(ProductVersion.current).", "messages": messages,
        "hasMessages": !messages.isEmpty, "above": [[String: Any]](), "below": [[String: Any]](),
        "hints": messages.isEmpty ? ["No messages are mirrored."] : [],
        "count": "\(messages.count.grouped) message\(messages.count == 1 ? "" : "s")",
      ]) { $1 })
  }
}

/// One message of a transcript, with its text as HTML.
struct MessageModel {
  let message: SessionStory.Message
  let html: String

  /// - Parameter most: as for `MarkdownHTML`.
  init(_ message: SessionStory.Message, most: Int = 1 << 20) {
    self.message = message
    // The page has headings of levels 1 and 2, and each message one of level 3.
    html = MarkdownHTML(message.text, firstHeading: 4, keepsLineBreaks: true, most: most).html
  }

  /// - Parameter href: the address of this message; nil: its anchor in this file.
  func model(href: String?, continues: String? = nil, isContinued: Bool = false) -> [String: Any] {
    let anchor = "message-\(message.id)"
    return [
      "anchor": anchor, "href": href ?? "#\(anchor.asPathPart)", "isOwn": href != nil,
      "source": message.source.prefix(1).uppercased() + message.source.dropFirst(),
      "kind": message.source == "user" ? "user" : "other", "time": message.at?.moment ?? "time unknown", "html": html,
      "continues": continues.map { [$0] } ?? [String](), "isContinued": isContinued,
    ]
  }
}

/// What a session's page shows above its messages.
struct SessionModel {
  let story: SessionStory
  let hasPages: Bool
  /// Repositories of pull requests, by address; empty: unknown.
  var repositories: [String: String] = [:]
  /// The user's price of an ACU; nil: not set.
  var rate: ACURate?
  /// The most rows of each table on a page. A file has all.
  private var most: Int { hasPages ? 30 : .max }

  init(_ story: SessionStory, hasPages: Bool) { (self.story, self.hasPages) = (story, hasPages) }

  var model: [String: Any] {
    let images = hasPages ? story.files.filter { $0.type != nil && $0.sha256 != nil }.prefix(12) : []
    let tables = [facts, timeline, family, files].compactMap(\.self)
    return [
      "title": story.title ?? story.id, "heading": story.title ?? "Session \(story.id.shortID)",
      "chips": chips.map { ["text": $0.0, "mark": $0.1] }, "figures": figures, "hasFigures": true,
      "web": PageTable.Cell(address: story.url).href.map { [$0] } ?? [String](), "pullRequests": pullRequests,
      "hasPullRequests": !pullRequests.isEmpty, "tables": tables.map(\.model), "hasImages": !images.isEmpty,
      "images": images.map { ["src": address(of: $0), "name": $0.name ?? $0.id] },
    ]
  }

  private var chips: [(String, String)] {
    let detail = story.statusDetail.map { ", " + $0.replacing("_", with: " ") } ?? ""
    let status = story.status ?? "status unknown"
    return (story.deletedAt == nil ? [] : [("deleted in Devin", "bad")])
      + [(status + detail, SessionMark.of(status, detail)), (story.id.shortID, "quiet")]
      + [story.origin, story.category?.replacing("_", with: " ")].compactMap { $0.map { ($0, "quiet") } }
  }

  private var figures: [[String: Any]] {
    // A session that works lasts until it was last seen; one that ended or waits, until its last change.
    let isWorking = story.deletedAt == nil && story.status == "running" && (story.statusDetail ?? "working") == "working"
    let end = isWorking ? story.timeline.last?.lastSeen ?? story.updatedAt : story.updatedAt
    let span = zip2(story.createdAt, end).flatMap { $1 >= $0 ? $1 - $0 : nil }
    let merged = Set(latestRequests.filter { $0.state?.lowercased() == "merged" }.map(\.url)).count
    let family = story.family.filter { $0.id != story.id }
    let known = story.family.compactMap(\.acus)
    let card = { (name: String, value: String, notes: [String]) -> [String: Any] in ["name": name, "value": value, "note": notes]
    }
    return [
      card(
        "Cost", story.acus.map { "\($0.shown) ACUs" } ?? "unknown",
        [zip2(story.acus, rate).map { $1.shown($0) }].compactMap(\.self)),
      card("Duration", span?.inUnits ?? "unknown", [isWorking ? "so far" : "from creation to the last change"]),
      card("Pull requests", latestRequests.count.grouped, ["\(merged.grouped) merged"]),
    ]
      + (family.isEmpty
        ? []
        : [
          card(
            "Family", "\(story.family.count.grouped) sessions",
            ["\(known.reduce(0, +).shown) ACUs in all, known for \(known.count.grouped)"])
        ])
  }

  /// Each pull request once, in its newest state.
  private var latestRequests: [SessionStory.PullRequest] {
    var latest: [String: SessionStory.PullRequest] = [:]
    var order: [String] = []
    for request in story.pullRequests where latest.updateValue(request, forKey: request.url) == nil { order.append(request.url) }
    return order.compactMap { latest[$0] }
  }

  private var pullRequests: [[String: Any]] {
    latestRequests.prefix(most).map { request -> [String: Any] in
      let name = PullRequestName(request.url, repository: repositories[request.url])
      let link = PageTable.Cell(address: request.url)
      return [
        "repository": name.repository, "number": name.number.map { ["#\($0)"] } ?? [String](), "href": link.href ?? "",
        "isLink": link.href != nil, "state": request.state ?? "state unknown", "mark": SessionMark.of(outcome: request.state),
        "seen": "seen \(request.lastSeen.moment)",
      ]
    }
  }

  private var facts: PageTable? {
    let facts: [(String, PageTable.Cell)] = [
      ("Started by", .init(person: story.startedBy)), ("Created", .init(story.createdAt?.moment)),
      ("Changed", .init(story.updatedAt?.moment)), ("Playbook", .init(story.playbook)),
      ("Tags", .init(story.tags.joined(separator: ", "))), ("Organization", .init(story.organization)), ("Id", .init(story.id)),
      ("In the web app", .init(address: story.url)),
    ]
    return PageTable("Facts", ["", ""], facts.filter { !$0.1.text.isEmpty }.map { [.init($0.0), $0.1] })
  }

  /// A timeline with one entry says nothing that the status does not say.
  private var timeline: PageTable? {
    guard story.timeline.count > 1 else { return nil }
    let unknown = story.historyKnownFrom.map { "; unknown before \($0.moment)" } ?? ""
    return PageTable(
      "Timeline, as seen by runs of devin-sync\(unknown)\(cut(story.timeline.count))", ["from", "to", "status", "ACUs"],
      story.timeline.suffix(most).map {
        [
          .init($0.firstSeen.moment), .init($0.lastSeen.moment), .init(status: $0.status, detail: $0.detail),
          .init($0.acus?.shown, isNumber: true),
        ]
      })
  }

  private var family: PageTable? {
    guard !story.family.isEmpty else { return nil }
    let more = story.familyIsCut ? ", the first \(story.family.count.grouped)" : ""
    return PageTable(
      "Family: sessions that started each other\(more)\(cut(story.family.count))",
      ["session", "depth", "status", "ACUs", "merged"],
      story.family.prefix(most).map { relative in
        var cell = PageTable.Cell(session: relative.id, title: relative.title)
        if !hasPages || relative.id == story.id { cell.href = nil }
        if relative.id == story.id { cell.note = "this session" }
        return [
          cell, .init(relative.depth.grouped, isNumber: true), .init(status: relative.status),
          .init(relative.acus?.shown ?? "unknown", isNumber: relative.acus != nil),
          .init(relative.mergedPullRequests.grouped, isNumber: true),
        ]
      })
  }

  private var files: PageTable? {
    guard !story.files.isEmpty else { return nil }
    return PageTable(
      "Files\(cut(story.files.count))", ["name", "from", "content", "SHA-256"],
      story.files.prefix(most).map { file in
        [
          .init(file.name ?? file.id, href: hasPages && file.sha256 != nil ? address(of: file) : nil), .init(file.source),
          .init(file.summary), .init(file.sha256),
        ]
      })
  }

  private func cut(_ count: Int) -> String {
    count > most ? "; \(most.grouped) of \(count.grouped), `devin-sync show session \(story.id.shortID)` prints all" : ""
  }

  private func address(of file: SessionFile) -> String { "/files/\(story.id.asPathPart)/\(file.id.asPathPart)" }
}

/// A pull request as people name it.
struct PullRequestName: Hashable {
  /// `owner/name`; the address, if its form is unknown.
  let repository: String
  /// Nil: the address has none.
  let number: String?

  /// - Parameter repository: from the mirror; nil: it is taken from the address.
  init(_ address: String, repository: String?) {
    let parts = address.split(separator: "/").map(String.init)
    let numbers = parts.indices.filter { index in
      index > 0 && parts[index].allSatisfy(\.isNumber)
        && ["pull", "pulls", "merge_requests", "pull-requests", "pullrequest", "+"].contains(parts[index - 1])
    }
    number = numbers.last.map { parts[$0] }
    let owner = numbers.last.map { parts[..<($0 - 1)].filter { $0 != "-" }.suffix(2).joined(separator: "/") }
    self.repository = repository ?? owner ?? address
  }
}

/// Both values; nil: one is missing.
private func zip2<A, B>(_ one: A?, _ other: B?) -> (A, B)? {
  if let one, let other { (one, other) } else { nil }
}

extension Duration {
  /// In the two largest units: `2 d 3 h`, `14 min`.
  var inUnits: String {
    let seconds = components.seconds
    switch seconds {
    case ..<60: return "\(seconds) s"
    case ..<3_600: return "\(seconds / 60) min"
    case ..<86_400: return "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
    default: return "\((seconds / 86_400).grouped) d \(seconds % 86_400 / 3_600) h"
    }
  }
}

extension UnixTime {
  /// For people: `2026-11-23 08:00:00 UTC`.
  var moment: String { iso8601.replacing("T", with: " ").replacing("Z", with: " UTC") }

  /// The same in minutes, where the heading names the zone.
  var minute: String { String(moment.prefix(16)) }
}
