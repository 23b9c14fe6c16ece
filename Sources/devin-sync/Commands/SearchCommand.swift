public import ArgumentParser
import DevinSync

struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search messages, session titles, notes and playbooks.",
    discussion: """
      Finds texts that contain all search terms, in any form (test, tests, testing). Also supported: "a phrase" in quotes, \
      prefix*, OR, NOT and NEAR(a b). Invalid syntax is searched as plain text. The best hits of messages, sessions, notes and \
      playbooks come first, with the match in brackets.
      """)

  @Argument(help: "Search terms.") var text: [String] = []
  @Option(
    name: .customLong("in"), parsing: .singleValue,
    help: ArgumentHelp("Search only messages, sessions (titles), notes or playbooks. May be repeated.", valueName: "place"))
  var places: [MirrorSearch.Place] = []
  @Option(help: ArgumentHelp("Only results since this time: 2026-11-01, yesterday, last week, or 30d.", valueName: "time"))
  var since: MomentArgument?
  @Option(help: ArgumentHelp("Only sessions that this user started: id, name or email address.", valueName: "user"))
  var user: String?
  @Option(help: ArgumentHelp("Only this organization.", valueName: "id"), completion: .organizations) var org: String?
  @Option(help: ArgumentHelp("Maximum number of hits.", valueName: "n"))
  var limit = 20
  @Option(help: ArgumentHelp("Show this many messages before and after each hit.", valueName: "n")) var context = 0
  @Flag(help: "Print one JSON object per line.") var json = false
  @Flag(help: "Turn the full-text index on and rebuild it.") var rebuild = false
  @OptionGroup var rows: RowOptions
  @OptionGroup var time: TimeOptions
  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    try rows.validate(json: json)
    let isForSearch = !places.isEmpty || since != nil || user != nil || org != nil || limit != 20 || context != 0
    if rebuild, text.isEmpty, isForSearch || json || rows.areAsked {
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
      options.since = since?.moment
      (options.user, options.organization, options.limit, options.context) = (user, org, limit, context)
      let reader = try MirrorReader(database: path)
      let search = try await MirrorSearch(text.joined(separator: " "), options, in: reader)
      try await rows.pager.paging { try await show(search, reader) }
    }
  }

  private func show(_ search: MirrorSearch, _ reader: MirrorReader) async throws {
    if let note = search.notYetFound { Console.say("devin-sync: \(note)") }
    if search.wasReadThrough {
      Console.say("devin-sync: the full-text index does not cover this script, so all texts were searched; newest first")
    }
    if search.wasTakenAsText { Console.say("devin-sync: invalid search syntax; searched as plain text") }
    let hits = search.best(limit)
    if hits.count < search.hits.count || !search.placesWithMore.isEmpty {
      Console.say("devin-sync: only the best \(hits.count.counted("hit")) shown; \(search.counts). --limit shows more")
    }
    if rows.areAsked {
      try rows.print(hits, Self.columns, time.text)
    } else {
      for hit in hits { try json ? Console.printJSON(hit) : hit.lines(time.text).forEach(Console.print) }
    }
    guard search.hits.isEmpty, !json, rows.format ?? .table == .table else { return }
    let days = try await reader.sessionDays()
    let covered = days.map { "; the mirror covers sessions from \($0.first) to \($0.last)" } ?? "; the mirror has no sessions yet"
    Console.say("devin-sync: nothing found\(covered)")
  }

  private static let columns: [RowColumn<MirrorSearch.Hit>] = [
    .text("place") { $0.place.rawValue }, .text("title") { $0.title }, .text("snippet") { $0.snippet }, .time("at") { $0.at },
    .text("who") { $0.who }, .text("session") { $0.session }, .text("id") { $0.id }, .text("url") { $0.url },
  ]
}

extension MirrorSearch.Place: ExpressibleByArgument {}

extension MirrorSearch {
  /// The best hits of all places: each place gives in turn, since ranks of different places cannot be compared. In their order.
  func best(_ limit: Int) -> [Hit] {
    guard hits.count > limit else { return hits }
    let found = Dictionary(grouping: hits.indices) { hits[$0].place }
    var chosen: [Int] = []
    for turn in 0..<limit {
      for place in Place.allCases where chosen.count < limit {
        if let indices = found[place], turn < indices.count { chosen.append(indices[turn]) }
      }
    }
    return chosen.sorted().map { hits[$0] }
  }

  /// `found: 1,200 messages, 3 sessions`.
  var counts: String {
    let parts = Place.allCases.compactMap { place -> String? in
      let count = hits.count { $0.place == place }
      guard let more = found[place] else { return count > 0 ? "\(count.grouped) \(place.rawValue)" : nil }
      guard let more else { return "more than \(count.grouped) \(place.rawValue)" }
      return more > Self.mostCounted
        ? "more than \(Self.mostCounted.grouped) \(place.rawValue)" : "\(more.grouped) \(place.rawValue)"
    }
    return "found: \(parts.joined(separator: ", "))"
  }
}

extension MirrorSearch.Hit {
  fileprivate func lines(_ time: TimeText) -> [StyledText] {
    let head = [at.map { time($0) }, place.rawValue, who, title].compactMap(\.self).joined(separator: "  ")
    let found = snippet.lines.map { line in
      var text = StyledText("    ")
      text.append(matchesIn: line)
      return text
    }
    let turns = context.flatMap { message in
      let lines = String(message.text.prefix(300)).lines
      return lines.enumerated().map { index, line in
        StyledText(index == 0 ? "    \(message.id == id ? ">" : " ") \(message.source): \(line)" : "        \(line)")
      }
    }
    return [StyledText(head, .bold)] + found + turns + [StyledText("    \(url ?? id)")]
  }
}

extension String {
  /// Its lines, without empty ones at the start and the end.
  fileprivate var lines: [String] {
    let all = split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    func isBlank(_ line: String) -> Bool { line.allSatisfy(\.isWhitespace) }
    return Array(all.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
