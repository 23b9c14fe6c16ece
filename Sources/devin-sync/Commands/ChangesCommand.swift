import ArgumentParser
import DevinSync

struct ChangesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes",
    abstract: "Print row changes by run: inserted, changed, deleted, restored.",
    discussion: """
      Reads only the file, and can run during a sync. Without --since, it prints all recorded changes; with --follow, only \
      changes from now on. For the previous version of a row, see the column sync_changes.before. Changes made by `push` and \
      `restore` have the number of the push (`sync_pushes`).
      """)

  @Argument(help: ArgumentHelp("Resources or groups. Default: all.", valueName: "resource"), completion: .resources)
  var resources: [String] = []

  @Option(
    help: ArgumentHelp(
      "Start at a run number (inclusive), a time (2026-11-01, 2026-11-01T08:00:00Z), or how long ago (2h, 7d).",
      valueName: "run|time"))
  var since: String?

  @Flag(help: "Keep running, and print new changes until interrupted.") var follow = false
  @Flag(help: "Print one JSON object per line.") var json = false
  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    try FileContents.demandRows(of: resources)
    for name in resources where Catalogue.resources(for: name) == nil {
      throw ValidationError(SyncError.unknownResource(name).messageWithAdvice)
    }
    if let since, Self.start(since) == nil {
      throw ValidationError("--since must be a run number, a time such as 2026-11-01T08:00:00Z, or 7d, not `\(since)`.")
    }
  }

  func run() async throws {
    try await reporting {
      let names = Catalogue.names(for: resources)
      let start = since.flatMap { Self.start($0) } ?? (follow ? .end : .beginning)
      let feed = try await MirrorChanges(database: database.path, from: start, resources: names)
      if case .run(let run) = start, run > feed.newestRun {
        throw Failure(
          .usage, "there is no run \(run) yet: the newest is \(feed.newestRun). `SELECT * FROM sync_runs` lists them.")
      }
      let signals = Signals()
      let (json, follow, opened) = (json, follow, feed)
      try await signals.cancelling {
        var feed = opened
        do {
          while !Task.isCancelled {
            let changes = try await feed.next()
            for change in changes { try json ? Console.printJSON(change) : Console.print(change.line) }
            if changes.isEmpty {
              guard follow else { return ExitStatus.success }
              try await Task.sleep(for: .milliseconds(500))
            }
          }
        } catch is CancellationError {}
        return signals.status ?? .interrupted
      }.exit()
    }
  }

  /// - Returns: nil: it is neither a run nor a time.
  static func start(_ text: String, now: UnixTime = .now) -> MirrorChanges.Start? {
    if let run = Int64(text), run > 0 { return .run(run) }
    return MomentArgument(argument: text, now: now).map { .time($0.moment.rawValue) }
  }
}

extension MirrorChanges.Change {
  /// A line for people.
  fileprivate var line: String {
    let word = change + String(repeating: " ", count: max(0, 8 - change.count))
    return
      "\(UnixTime(rawValue: changedAt).iso8601)  run \(run)  \(word)  \(resource)  \(key)\(push.map { "  push \($0)" } ?? "")"
  }
}
