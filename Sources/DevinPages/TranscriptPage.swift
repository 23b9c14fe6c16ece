import DevinModel
package import MirrorReading

/// The transcript of a session, as one HTML file or as a local page.
package struct TranscriptPage {
  package let html: String

  /// One file that contains everything it shows.
  package init(_ story: SessionStory) {
    html = Templates.shared.render(
      "session",
      Self.model(story, messages: story.messages[...], hasPages: false).merging([
        "inline": true, "footer": "Made by devin-sync \(ProductVersion.current).",
      ]) { $1 })
  }

  private static func address(of file: SessionFile, in story: SessionStory) -> String {
    "/files/\(story.id.asPathPart)/\(file.id.asPathPart)"
  }

  static func model(_ story: SessionStory, messages: ArraySlice<SessionStory.Message>, hasPages: Bool) -> [String: Any] {
    let stands = [story.status, story.statusDetail].compactMap(\.self).joined(separator: ", ").replacing("_", with: " ")
    let facts: [(String, PageTable.Cell)] = [
      ("stands", .init(story.deletedAt == nil ? stands : "deleted; was \(stands)")),
      ("in the web app", .init(address: story.url)), ("id", .init(story.id)), ("organization", .init(story.organization)),
      ("started by", .init(story.startedBy)), ("origin", .init(story.origin)), ("playbook", .init(story.playbook)),
      ("category", .init(story.category)), ("tags", .init(story.tags.joined(separator: ", "))),
      ("created", .init(story.createdAt?.moment)), ("changed", .init(story.updatedAt?.moment)),
      ("cost", .init(story.acus.map { "\($0.shown) ACUs" } ?? "unknown")),
    ]
    var tables = [PageTable("The session", ["", ""], facts.filter { !$0.1.text.isEmpty }.map { [.init($0.0), $0.1] })]
    tables.append(
      PageTable(
        "Timeline (as seen by runs of devin-sync)\(story.historyKnownFrom.map { "; unknown before \($0.moment)" } ?? "")",
        ["from", "to", "status", "detail", "ACUs"],
        story.timeline.map {
          [
            .init($0.firstSeen.moment), .init($0.lastSeen.moment), .init($0.status), .init($0.detail?.replacing("_", with: " ")),
            .init($0.acus?.shown, isNumber: true),
          ]
        }))
    if !story.pullRequests.isEmpty {
      tables.append(
        PageTable(
          "Pull requests", ["url", "state", "first seen", "last seen"],
          story.pullRequests.map {
            [.init(address: $0.url), .init($0.state ?? "unknown"), .init($0.firstSeen.moment), .init($0.lastSeen.moment)]
          }))
    }
    if !story.family.isEmpty {
      tables.append(
        PageTable(
          "Family: sessions that started each other\(story.familyIsCut ? ", the first \(story.family.count.grouped)" : "")",
          ["session", "depth", "status", "ACUs", "merged"],
          story.family.map { relative in
            [
              .init(
                relative.title ?? relative.id,
                href: hasPages && relative.id != story.id ? "/sessions/\(relative.id.asPathPart)" : nil),
              .init(relative.depth.grouped, isNumber: true), .init(relative.status),
              .init(relative.acus?.shown ?? "unknown", isNumber: relative.acus != nil),
              .init(relative.mergedPullRequests.grouped, isNumber: true),
            ]
          }))
    }
    let images = story.files.filter { $0.type != nil && $0.sha256 != nil }
    if !story.files.isEmpty {
      tables.append(
        PageTable(
          "Files", ["name", "from", "content", "SHA-256"],
          story.files.map { file in
            [
              .init(
                file.name ?? file.id, href: hasPages && file.sha256 != nil ? Self.address(of: file, in: story) : nil),
              .init(file.source), .init(file.summary), .init(file.sha256),
            ]
          }))
    }
    return [
      "hasImages": hasPages && !images.isEmpty,
      "images": images.map { ["src": Self.address(of: $0, in: story), "name": $0.name ?? $0.id] },
      "title": story.title ?? story.id, "heading": story.title ?? "Session \(story.id)", "tables": tables.map(\.model),
      "hasMessages": !messages.isEmpty,
      "messages": messages.map { message in
        [
          "source": message.source, "kind": message.source == "user" ? "user" : "other",
          "time": message.at?.moment ?? "time unknown",
          "text": message.text,
        ]
      },
    ]
  }
}

extension Int64 {
  /// A time in Unix seconds, for people.
  var moment: String { UnixTime(rawValue: self).iso8601.replacing("T", with: " ").replacing("Z", with: " UTC") }
}
