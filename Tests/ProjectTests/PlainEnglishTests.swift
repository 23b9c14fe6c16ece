import Foundation
import Testing

/// Readers are engineers in a hurry, many of them not native speakers, so texts use common terms and no metaphors.
@Suite("Help, messages, comments, manuals, the schema, questions and pages are in plain English")
struct PlainEnglishTests {
  /// A phrase that must not be used, and what to write instead.
  private static let phrases: [(pattern: String, instead: String)] = [
    (#"talked most"#, "have the most messages"),
    (#"stand in no crontab"#, "stay out of crontabs and environment variables"),
    (#"of an unknown kind"#, "key type unknown"),
    (#"\bodd items?\b"#, "items that could not be parsed; malformed item"),
    (#"nothing stands aside|\bset aside\b"#, "quarantined"),
    (#"how the mirror stands"#, "freshness, row counts and problems"),
    (#"\bstands: (exit|finished)"#, "status: finished"),
    (#"how sessions stand"#, "sessions by status"),
    (#"what do they bring|what it costs and brings"#, "what do they ship; cost and results"),
    (#"may be believed"#, "data completeness"),
    (#"\bdays turn at\b"#, "billing days start at"),
    (#"has not told|\bnot told\b|\(nobody\)"#, "unknown, no user"),
    (#"so its words (are|were) looked for"#, "searched as plain text"),
    (#"say what to look for"#, "give a search term"),
    (#"it goes on by itself|leaves it in peace"#, "another run is active; nothing was done"),
    (#"rows always may"#, "are always allowed"),
    (#"on a grid\b|keeps to a grid"#, "start every interval"),
    (#"forgets? how far"#, "discard sync progress"),
    (#"tell everything about"#, "show one item in detail"),
    (#"how it stood when"#, "status timeline"),
    (#"has told whose it is"#, "verify a key and save it"),
    (#"proved itself"#, "is verified"),
    (#"as things are it would"#, "this would fail"),
    (#"nothing stands at"#, "page not found"),
    (#"asks nobody"#, "loads nothing from the network"),
    (#"\d as they were"#, "unchanged"),
    (#"\banew\b"#, "again; rebuild; run VACUUM"),
    (#"what runs did to"#, "row changes by run"),
    (#"\btake rows\b"#, "export rows"),
    (#"explained and none made"#, "a commented template"),
    (#"\blive on\b"#, "simulate activity"),
    (#"numbers begin at|more than no time"#, "must be 0 or more; must be greater than 0"),
    (#"one query at a time, please"#, "only one statement is allowed"),
    (#"\bdear (sessions?|without)\b|for want of"#, "expensive; out of credits"),
    (#"wants a look"#, "investigate"),
    (#"(?m)^#+ (\d\. )?(asking|by the clock|care of the file)|by the clock"#, "query; scheduling; maintenance"),
    (#"\bstand beside\b"#, "add"),
    (#"\bnot whole\b"#, "incomplete"),
    (#"index of words|words are indexed"#, "full-text index"),
    (#"\b(no|without|has) news\b"#, "no changes"),
    (#"\bkeys? of the enterprise\b"#, "enterprise key"),
    (#"brought no answer"#, "no response after N attempts"),
    (#"\bodd lots?\b"#, "batch"),
    (#"another (one )?at work|run is at work"#, "another run is active"),
    (#"outlived its time|gives? back room"#, "prune; reclaim space"),
    (#"(?m)^(answering|care|trial) subcommands"#, "query, maintenance, sandbox"),
    (#"\btold by\b"#, "reported by, according to"),
    (#"\bgoes? on (there|where|behind|at)\b"#, "continues"),
    (#""not known""#, "unknown"),
    (#"\bdefect of devin-sync"#, "a bug in devin-sync"),
    (#"(stay|left) as (they|it) (were|was|is)\b"#, "not changed"),
    (#"gone from (the server|devin)|really gone|rows (are|have) gone|has gone;"#, "deleted on the server; missing"),
    (#"\bmail address"#, "email address"),
    (#"\bread whole\b"#, "read completely"),
    (#"read to its end longer ago"#, "last read completely longer ago"),
    (#"\bbrought no\b"#, "had no"),
    (#"\bliving (rows?|sessions?)\b"#, "current rows; without deleted sessions"),
    (#"what came of its\b|became of the pull"#, "results; outcomes"),
    (#"\bto be told\b|\btells for each\b"#, "says; lists"),
    (#"; otherwise [a-z0-9%]+\.$"#, "Default: …"),
    (#"\bAlso DEVIN_"#, "Environment: DEVIN_…"),
    (#"\bto go by\b"#, "the profile in the configuration file"),
    (#"\bmend(s|ed)?\b"#, "correct; repair"),
    (#"\bas it stands\b|\bstands in\b"#, "unchanged; is in"),
    (#"(is|was) (this|the) mirror whole|\bis whole\b"#, "complete"),
    (#"\b(an?|in|by|odd) lots?\b(?! of)"#, "batch"),
    (#"\bnot said\b"#, "unknown, not reported"),
    (#"care of the (file|mirror)|\btaken care\b"#, "maintenance"),
    (#"\ba trial\b|\btrial (key|run)"#, "sandbox, try it"),
    (#"\bthese words\b|\bwords are looked\b"#, "arguments, values, text or message"),
  ]

  private static let texts =
    ["README.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile", "Schema/README.md"].filter(Project.exists)
    + ["docs", "Examples", "Sources/DevinSync/DevinSync.docc"].flatMap { Project.files(below: $0, ending: ".md") }
    + ["Schema/tables", "Schema/questions"].flatMap { Project.files(below: $0, ending: ".sql") }
    + Project.files(below: "Sources/DevinPages/Templates", ending: ".mustache")
    + Project.files(below: "Sources", ending: ".swift")

  private static func expression(_ pattern: String) throws -> NSRegularExpression {
    // A phrase may be broken over two lines, also of a comment.
    let spaced = pattern.replacing(" ", with: #"(?: |\s*\n(?:\s|--|//|#)*)"#)
    return try NSRegularExpression(pattern: spaced, options: .caseInsensitive)
  }

  /// All phrases at once, since nearly every text has none.
  private static let any = Result { try expression(phrases.map { "(?:\($0.pattern))" }.joined(separator: "|")) }

  // docs/commands.md contains the help of every command, and docs/settings.md that of every setting.
  @Test("no text uses a phrase for which there is a plainer one")
  func isPlain() throws {
    let any = try Self.any.get()
    for file in Self.texts {
      let text = try Project.text(file)
      let range = NSRange(text.startIndex..., in: text)
      guard any.firstMatch(in: text, range: range) != nil else { continue }
      for (pattern, instead) in Self.phrases {
        for match in try Self.expression(pattern).matches(in: text, range: range) {
          let found = Range(match.range, in: text).map { text[$0] } ?? ""
          Issue.record("\(file) says “\(found)”; write: \(instead)")
        }
      }
    }
  }

  private static let libraries = ["DevinModel", "DevinAPI", "MirrorStore", "MirrorReading", "DevinSync", "DevinPush"]

  /// Files of a library that name flags: only the command `push` uses it, and plans and the journal keep its reasons as they are shown.
  private static let exceptions: Set = [
    "SavedPlan", "ContentPush+Apply", "PushPlan", "PushRun", "Sessions/SessionDecision", "Sessions/SessionRun",
  ]

  @Test(
    "no text of a library names a command or a flag, which only the program has",
    arguments: libraries.flatMap { Project.files(below: "Sources/\($0)", ending: ".swift") })
  func namesNoFlag(_ file: String) throws {
    let commands = Project.files(below: "Sources/devin-sync/Commands", ending: "Command.swift").compactMap {
      $0.firstMatch(of: /(\w+)Command\.swift/)?.1.lowercased()
    }
    #expect(commands.contains("sync"))
    let mention = try Regex("--[a-z][a-z-]+|devin-sync (\(commands.joined(separator: "|")))\\b")
    // A comment may say which flag an option belongs to.
    let lines = try Project.text(file).split(separator: "\n").filter { line in
      (line.contains("--") || line.contains("devin-sync ")) && !line.drop { $0 == " " }.hasPrefix("//")
    }
    let mentions = lines.compactMap { line in line.firstMatch(of: mention).map { line[$0.range] } }
    let isException = Self.exceptions.contains { file == "Sources/DevinPush/\($0).swift" }
    #expect(mentions.isEmpty != isException, "\(file): \(mentions.joined(separator: ", "))")
  }
}
