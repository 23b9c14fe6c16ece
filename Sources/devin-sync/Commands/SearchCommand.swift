public import ArgumentParser
import DevinSync

struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search messages, session titles, notes and playbooks.",
    discussion: """
      Finds texts that contain all search terms, in any form (test, tests, testing). Also supported: "a phrase" in quotes, \
      prefix*, OR, NOT and NEAR(a b). Invalid syntax is searched as plain text. The best hits come first, with the match in \
      brackets.
      """)

  @Argument(help: "Search terms.") var text: [String] = []
  @Option(
    name: .customLong("in"), parsing: .singleValue,
    help: ArgumentHelp("Search only messages, sessions (titles), notes or playbooks. May be repeated.", valueName: "place"))
  var places: [MirrorSearch.Place] = []
  @Option(help: ArgumentHelp("Only results since this time: 2026-11-01, 2026-11-01T08:00:00Z, or 30d.", valueName: "time"))
  var since: MomentArgument?
  @Option(help: ArgumentHelp("Only sessions that this user started: id, name or email address.", valueName: "user"))
  var user: String?
  @Option(help: ArgumentHelp("Only this organization.", valueName: "id")) var org: String?
  @Option(help: ArgumentHelp("Maximum number of hits for each of messages, sessions, notes and playbooks.", valueName: "n"))
  var limit = 20
  @Option(help: ArgumentHelp("Show this many messages before and after each hit.", valueName: "n")) var context = 0
  @Flag(help: "Print one JSON object per line.") var json = false
  @Flag(help: "Turn the full-text index on and rebuild it.") var rebuild = false
  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    if rebuild, text.isEmpty, !places.isEmpty || since != nil || user != nil || org != nil || limit != 20 || context != 0 || json
    {
      throw ValidationError("--rebuild without a search term cannot be combined with other options.")
    }
    if user != nil, !places.isEmpty, !places.contains(where: { $0 == .messages || $0 == .sessions }) {
      throw ValidationError("--user finds sessions and their messages: notes and playbooks have no user.")
    }
    if context > 0, !places.isEmpty, !places.contains(.messages) {
      throw ValidationError("--context shows messages before and after a message: add --in messages.")
    }
    guard rebuild || !text.isEmpty else { throw ValidationError("Give a search term.") }
    guard (1...10_000).contains(limit) else { throw ValidationError("--limit must be 1 to 10000.") }
    guard (0...100).contains(context) else { throw ValidationError("--context must be 0 to 100.") }
  }

  func run() async throws {
    try await reporting {
      let path = try database.path
      if rebuild {
        try await MirrorMaintenance(database: path).rebuildTextIndexes()
        if text.isEmpty { return Console.print("\(path): full-text index rebuilt") }
      }
      var options = MirrorSearch.Options()
      if !places.isEmpty { options.places = Set(places) }
      options.since = since?.moment.rawValue
      (options.user, options.organization, options.limit, options.context) = (user, org, limit, context)
      let search = try await MirrorSearch(text.joined(separator: " "), options, in: MirrorReader(database: path))
      if let note = search.notYetFound { Console.say("devin-sync: \(note)") }
      if search.wasReadThrough {
        Console.say("devin-sync: the full-text index does not cover this script, so all texts were searched; newest first")
      }
      if search.wasTakenAsText { Console.say("devin-sync: invalid search syntax; searched as plain text") }
      if let note = search.moreFound {
        Console.say("devin-sync: only the best \(limit.grouped) of each kind are shown; \(note). --limit shows more")
      }
      for hit in search.hits { try json ? Console.printJSON(hit) : hit.lines.forEach(Console.print) }
      if search.hits.isEmpty, !json { Console.say("devin-sync: nothing found") }
    }
  }
}

extension MirrorSearch.Place: ExpressibleByArgument {}

extension MirrorSearch.Hit {
  fileprivate var lines: [String] {
    let head = [at.map { UnixTime(rawValue: $0).iso8601 }, place.rawValue, who, title].compactMap(\.self).joined(separator: "  ")
    let turns = context.map { message in
      "    \(message.id == id ? ">" : " ") \(message.source): \(message.text.prefix(300))"
    }
    return [head, "    \(snippet)"] + turns + [url.map { "    \($0)" } ?? "    \(id)"]
  }
}
