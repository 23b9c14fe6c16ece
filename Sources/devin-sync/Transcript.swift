import DevinSync

/// A session to read.
enum Transcript {
  static func markdown(_ story: SessionStory) -> String {
    var text = "# \(story.title ?? story.id)\n\n"
    let facts = [
      story.url, story.startedBy.map { "started by \($0)" }, story.createdAt.map { UnixTime(rawValue: $0).iso8601 },
      story.acus.map { "\($0.shown) ACUs" },
    ].compactMap(\.self)
    text += facts.map { "- \($0)\n" }.joined()
    text += story.pullRequests.map { "- \($0.url) (\($0.state ?? "state unknown"))\n" }.joined()
    for message in story.messages {
      text +=
        "\n## \(message.source), \(message.at.map { UnixTime(rawValue: $0).iso8601 } ?? "time unknown")\n\n\(message.text)\n"
    }
    return text
  }
}
