import ArgumentParser
import DevinSync

struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show how knowledge notes or playbooks changed, line by line.",
    usage: "devin-sync diff [<options>] <kind>",
    discussion: """
      Compares the versions at an earlier time with the current ones, in the format of `diff -u`. The compared texts are the \
      files that `devin-sync export knowledge` writes. Devin itself keeps no such history.
      """)

  @Argument(help: "Compare notes or playbooks.") var kind: KnowledgeDocument.Kind
  @Option(
    help: ArgumentHelp("Time to compare with: 2026-11-01, yesterday, last week, or 7d (ago). Default: 7d.", valueName: "time"))
  var since: MomentArgument?
  @OptionGroup var pager: PagerOptions
  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    try await reporting {
      let reader = try MirrorReader(database: try database.path)
      let since = since?.moment ?? UnixTime.now - .seconds(7 * 86_400)
      if let knownFrom = try await reader.historyKnownFrom(), knownFrom > since {
        Console.say(
          "devin-sync: changes before \(knownFrom.iso8601) are unknown: `maintain --keep-changes` removed them"
        )
      }
      let changes = try await reader.documentChanges(kind, since: since)
      if changes.isEmpty { Console.say("devin-sync: no \(kind.rawValue) changed since \(since.iso8601)") }
      try await pager.paging { changes.forEach(show) }
    }
  }

  private func show(_ change: MirrorReader.DocumentChange) {
    let diff = UnifiedDiff(
      change.before?.markdown ?? "", change.after?.markdown ?? "",
      names: (change.before.map { "a/\($0.path)" } ?? "/dev/null", change.after.map { "b/\($0.path)" } ?? "/dev/null"))
    for line in diff.lines {
      let style: StyledText.Style? = line.hasPrefix("+") ? .good : line.hasPrefix("-") ? .bad : nil
      Console.print(StyledText(line, style))
    }
    if diff.isCoarse {
      let path = (change.after ?? change.before)?.path ?? ""
      Console.say("devin-sync: \(path): too many differences to compare every line; some are shown as replaced")
    }
  }
}

extension KnowledgeDocument.Kind: ExpressibleByArgument {}
