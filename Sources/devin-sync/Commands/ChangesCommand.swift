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
      "Start at a run number (inclusive), a time (2026-11-01, yesterday, last week), or how long ago (2h, 7d).",
      valueName: "run|time"))
  var since: String?

  @Flag(help: "Keep running, and print new changes until interrupted.") var follow = false
  @Flag(help: "Print one JSON object per line.") var json = false
  @OptionGroup var rows: RowOptions
  @OptionGroup var time: TimeOptions
  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    try rows.validate(json: json)
    if follow, rows.areAsked, rows.format != .ndjson, rows.format != .csv {
      throw ValidationError("--follow never ends: combine it with --as ndjson or --as csv.")
    }
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
      guard follow else {
        var feed = feed
        return try await rows.pager.paging { try await show(&feed) }
      }
      try await followed(feed)
    }
  }

  private static let columns: [RowColumn<MirrorChanges.Change>] = [
    .time("changed_at") { $0.changedAt }, .number("run_id") { Int($0.run) }, .text("change") { $0.change },
    .text("resource") { $0.resource }, .text("key") { $0.key }, .number("push_id") { $0.push.map(Int.init) },
    .number("change_id") { Int($0.id) },
  ]
  private static let names = columns.map(\.name)

  /// The writer of rows; nil: changes are printed as lines.
  private var writer: RowWriter? {
    rows.areAsked ? rows.writer(times: Set(Self.columns.filter(\.isTime).map(\.name)), timeText: time.text) : nil
  }

  private func show(_ feed: inout MirrorChanges) async throws {
    let (writer, time) = (writer, time.text)
    var count = 0
    while case let changes = try await feed.next(), !changes.isEmpty {
      count += changes.count
      try Self.print(changes, writer, json: json, time)
    }
    try writer?.finish(Self.names)
    guard count == 0, !json, rows.format ?? .table == .table else { return }
    Console.say(
      feed.newestRun == 0
        ? "devin-sync: no changes: there was no run yet" : "devin-sync: no changes\(since.map { " since \($0)" } ?? "")")
  }

  private static func print(
    _ changes: [MirrorChanges.Change], _ writer: RowWriter?, json: Bool, _ time: TimeText
  ) throws {
    for change in changes {
      if let writer {
        try writer.write(names, columns.map { $0.value(change) })
      } else if json {
        try Console.printJSON(change)
      } else {
        Console.print(change.line(time))
      }
    }
  }

  /// Prints new changes until it is interrupted.
  private func followed(_ feed: MirrorChanges) async throws {
    let signals = Signals()
    // A line that stays on the screen needs an absolute time.
    let (json, writer, time) = (json, writer, TimeText(zone: time.tz?.zone, isForTerminal: false))
    try await signals.cancelling {
      var feed = feed
      do {
        while !Task.isCancelled {
          let changes = try await feed.next()
          try Self.print(changes, writer, json: json, time)
          if changes.isEmpty { try await Task.sleep(for: .milliseconds(500)) }
        }
      } catch is CancellationError {}
      return signals.status ?? .interrupted
    }.exit()
  }

  /// - Returns: nil: it is neither a run nor a time.
  static func start(_ text: String, now: UnixTime = .now) -> MirrorChanges.Start? {
    if let run = Int64(text), run > 0 { return .run(run) }
    return MomentArgument(argument: text, now: now).map { .time($0.moment) }
  }
}

extension MirrorChanges.Change {
  /// A line for people.
  fileprivate func line(_ time: TimeText) -> String {
    let word = change + String(repeating: " ", count: max(0, 8 - change.count))
    return
      "\(time(changedAt))  run \(run)  \(word)  \(resource)  \(key)\(push.map { "  push \($0)" } ?? "")"
  }
}
