import DevinModel

extension SessionStory {
  /// The session as a document: its facts, its pull requests, its messages.
  package var markdown: String {
    var text = "# \(title ?? id)\n\n"
    let facts = [
      url, startedBy.map { "started by \($0)" }, createdAt?.iso8601,
      acus.map { "\($0.shown) ACUs" },
    ].compactMap(\.self)
    text += facts.map { "- \($0)\n" }.joined()
    text += pullRequests.map { "- \($0.url) (\($0.state ?? "state unknown"))\n" }.joined()
    text += files.map { "- file: \($0.name ?? $0.id) (\($0.summary))\n" }.joined()
    for message in messages {
      text +=
        "\n## \(message.source), \(message.at?.iso8601 ?? "time unknown")\n\n\(message.text)\n"
    }
    return text
  }
}
