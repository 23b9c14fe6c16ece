import MirrorReading

/// One session, with two hundred messages per page.
struct SessionPage: LocalPage {
  let path = "/sessions/*"

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageAnswer {
    let size = 200
    let story = try await SessionStory(target.parts[1], in: site.reader)
    let from = min(max(0, target["from"].flatMap(Int.init) ?? 0), max(0, story.messages.count - 1))
    let messages = story.messages.dropFirst(from).prefix(size)
    let path = "/sessions/\(story.id.asPathPart)"
    return site.render(
      "session", on: self, story.title ?? "Session \(story.id)",
      TranscriptPage.model(story, messages: messages, hasPages: true).filter { $0.key != "title" }.merging([
        "hasEarlier": from > 0, "earlier": "\(path)?from=\(max(0, from - size))", "hasLater": from + size < story.messages.count,
        "later": "\(path)?from=\(from + size)",
      ]) { $1 })
  }
}
