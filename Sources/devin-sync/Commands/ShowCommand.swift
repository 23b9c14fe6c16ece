import ArgumentParser
import DevinSync

struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one item in detail.", subcommands: [ShowSessionCommand.self])
}

struct ShowSessionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "session",
    abstract: "Show a session: status timeline, pull requests, cost, family, messages.",
    usage: "devin-sync show session [<options>] <id>",
    discussion: """
      The timeline shows each status that a run of devin-sync saw. The API itself returns only the latest status.
      """)

  @Argument(help: ArgumentHelp("Session id or its beginning, or web address.", valueName: "id"), completion: .sessions)
  var id: String
  @Option(help: ArgumentHelp("Number of latest messages to show.", valueName: "n")) var messages = 10
  @Flag(help: "Print JSON, with all messages.") var json = false
  @OptionGroup var pager: PagerOptions
  @OptionGroup var time: TimeOptions
  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    guard messages >= 0 else { throw ValidationError("--messages must be 0 or more.") }
  }

  func run() async throws {
    try await reporting {
      let reader = try MirrorReader(database: try database.path)
      let story = try await SessionStory(reader.demandSession(id), in: reader)
      guard !json else { return try Console.printJSON(story) }
      try await pager.paging {
        for (index, line) in story.lines(messages: messages, time.text).enumerated() {
          Console.print(StyledText(line, index == 0 ? .bold : nil))
        }
      }
    }
  }
}

extension SessionStory {
  fileprivate func lines(messages count: Int, _ time: TimeText) -> [String] {
    var lines = [title ?? "(no title)"]
    let stands = [status, statusDetail.map { "(\($0))" }].compactMap(\.self).joined(separator: " ")
    lines.append("  \(deletedAt == nil ? stands : "deleted; was \(stands)")")
    for (name, value) in [
      ("url", url), ("id", id), ("organization", organization), ("started by", startedBy), ("origin", origin),
      ("playbook", playbook), ("category", category), ("tags", tags.isEmpty ? nil : tags.joined(separator: ", ")),
      ("created", createdAt.map { time($0) }), ("cost", acus.map { "\($0.shown) ACUs" } ?? "unknown"),
    ] {
      if let value { lines.append("  \(name): \(value)") }
    }
    lines += ["", "Timeline (as seen by runs)"]
    if let historyKnownFrom { lines.append("  before \(time(historyKnownFrom))  unknown: older history was removed") }
    lines += timeline.map { state in
      let text = [state.status, state.detail].compactMap(\.self).joined(separator: " ")
      return "  \(time.span(state.firstSeen, state.lastSeen))  \(text)\(state.acus.map { ", \($0.shown) ACUs" } ?? "")"
    }
    if !pullRequests.isEmpty {
      lines += ["", "Pull requests"]
      lines += pullRequests.map { "  \(time.span($0.firstSeen, $0.lastSeen))  \($0.state ?? "state unknown")  \($0.url)" }
    }
    if !family.isEmpty {
      let known = family.compactMap(\.acus)
      lines += [
        "",
        "Family: \(familyIsCut ? "the first " : "")\(family.count.counted("session")), \(known.reduce(0, +).shown) ACUs (cost known for \(known.count))",
      ]
      lines += family.map { relative in
        let mark = relative.id == id ? "*" : " "
        let indent = String(repeating: "  ", count: Int(min(relative.depth, 10)))
        return
          " \(mark)\(indent)\(relative.title ?? relative.id)  \(relative.status ?? "")  \(relative.acus.map { "\($0.shown) ACUs" } ?? "")"
      }
    }
    if !files.isEmpty {
      lines += ["", "Files"]
      lines += files.map { file in
        let place = file.sha256.map { ", \($0.prefix(2))/\($0)" } ?? ""
        return "  \(file.name ?? file.id)  \(file.summary)\(file.type.map { ", \($0)" } ?? "")\(place)"
      }
    }
    let shown = self.messages.suffix(count)
    if !shown.isEmpty {
      let all = shown.count == self.messages.count ? "" : ", the last \(shown.count) of \(self.messages.count.grouped)"
      lines += ["", "Messages\(all)"]
      for message in shown {
        lines.append("  \(message.at.map { time($0) } ?? "")  \(message.source)")
        lines += message.text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
      }
    }
    return lines.map(\.withoutSpacesAtTheEnd)
  }
}

extension TimeText {
  /// `3 days ago to 2 h ago`; one time if both are shown alike on a terminal.
  fileprivate func span(_ first: UnixTime, _ last: UnixTime) -> String {
    let (from, to) = (self(first), self(last))
    return isForTerminal && from == to ? from : "\(from) to \(to)"
  }
}
