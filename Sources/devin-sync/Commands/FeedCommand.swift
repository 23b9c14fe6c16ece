import ArgumentParser
import DevinSync

struct FeedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feed",
    abstract: "Print changed rows, to load them into a data warehouse.",
    discussion: """
      Without --state, feed prints all rows. With --state, it prints only rows that changed since then, in the order of their \
      changes. Deleted rows are included.

      The state is what the target prints. Append the output of the target to a file, and pass that file to the next feed; its \
      last line counts. A missing or empty file means a first feed.

      All rows come from one snapshot of the file. Changes that a sync makes meanwhile are printed next time. A row may be \
      printed more than once, but is never missed. stderr says how complete the mirror is, and why a resource is printed \
      completely again. docs/warehouse.md explains PostgreSQL, DuckDB and others.
      """)

  @Argument(
    help: ArgumentHelp("Resources or groups. Default: those that have rows.", valueName: "resource"), completion: .resources)
  var resources: [String] = []
  @Option(
    name: .customLong("as"), help: "Output format: singer (messages for Singer targets) or ndjson (one JSON object per row).")
  var format = FeedFormat.singer
  @Option(
    help: ArgumentHelp(
      "File with the state that a target printed. Only rows that changed since then are printed.", valueName: "file"),
    completion: .file())
  var state: String?
  @Flag(help: "Keep running, and print changes after each sync, until interrupted.") var follow = false
  @Option(help: ArgumentHelp("Leave out a column, such as org_members.email. May be repeated.", valueName: "resource.column"))
  var exclude: [String] = []
  @Flag(help: "Add the JSON object as Devin sent it, in a column _raw.") var raw = false
  @Option(help: ArgumentHelp("Only rows of this organization.", valueName: "id"), completion: .organizations) var org: String?
  @Option(
    help: ArgumentHelp(
      "Maximum number of rows per resource. The next feed continues after them; a first feed that is cut starts again.",
      valueName: "n")
  )
  var limit: Int?
  @OptionGroup var redaction: RedactionOptions
  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    try FileContents.demandRows(of: resources)
    for name in resources where Catalogue.resources(for: name) == nil {
      throw ValidationError(SyncError.unknownResource(name).messageWithAdvice)
    }
    if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more.") }
    if limit != nil, follow { throw ValidationError("--limit and --follow exclude each other.") }
  }

  func run() async throws {
    try await reporting {
      let state = try state.flatMap { try StateFile($0).state() }
      let settings = try Settings(database.profile, flags: database.flags)
      let reader = try MirrorReader(database: try settings.database)
      if let org { try await reader.demandOrganization(org) }
      let feed = try MirrorFeed(reader, try options(settings))
      let signals = Signals()
      let output = BlockOutput()
      let follow = follow
      try await signals.cancelling {
        do {
          var state = state
          var isFirst = true
          repeat {
            let stamp = reader.stamp
            let report = try await feed.send(from: state, to: output.write)
            if let trouble = output.trouble { throw Failure(.databaseFailed, trouble) }
            if report.isClosed { return ExitStatus.success }
            if isFirst || report.rows > 0 { Self.say(report) }
            (state, isFirst) = (report.state, false)
            if follow { try await Self.waitForSync(reader, after: stamp, output) }
          } while follow && !output.isClosed
          return ExitStatus.success
        } catch is CancellationError {
          return signals.status ?? .interrupted
        }
      }.exit()
    }
  }

  private func options(_ settings: Settings) throws -> MirrorFeed.Options {
    var options = MirrorFeed.Options()
    options.format = format
    options.resources = Catalogue.names(for: resources)
    options.asked = try settings.requestedResources
    options.excluded = Set(exclude)
    options.withObjects = raw
    options.organization = org
    options.limit = limit
    options.redactionKey = try redaction.key()
    return options
  }

  /// Returns when the file has changed and no run is active, or when our output has no reader any more.
  private static func waitForSync(_ reader: MirrorReader, after stamp: MirrorReader.Stamp, _ output: BlockOutput) async throws {
    while !output.isAbandoned {
      try await Task.sleep(for: .seconds(1))
      if reader.stamp == stamp { continue }
      if try await !reader.isSyncing() { return }
    }
  }

  private static func say(_ report: MirrorFeed.Report) {
    for stream in report.streams {
      if case .complete(let reason) = stream.plan, let text = reason.text {
        Console.say("devin-sync: \(stream.resource): printed completely, because \(text)")
      }
      if stream.isCut {
        let next =
          if case .complete = stream.plan { "; all rows have to be printed at once, so the next feed starts again" } else { "" }
        Console.say("devin-sync: \(stream.resource): there are more rows than --limit allows\(next)")
      }
      if stream.unkeyed > 0 {
        Console.say(
          "devin-sync: \(stream.resource): \(stream.unkeyed.counted("row")) left out, because the key is not a number; see sync_drift"
        )
      }
    }
    let count = report.streams.count { $0.rows > 0 }
    Console.say(
      "devin-sync: \(report.rows.counted("row"))\(count > 0 ? " of \(count.counted("resource"))" : "") printed. \(report.completeness.verdict())"
    )
  }
}

extension FeedFormat: ExpressibleByArgument {}

extension FeedPlan.Reason {
  /// A clause that gives the reason; nil: the reason is obvious.
  fileprivate var text: String? {
    switch self {
    case .first: nil
    case .otherFile: "the state is from another file, or from another copy of this one"
    case .pruned: "`maintain --keep-changes` removed changes that were not sent yet"
    case .otherSelection: "the state is for other columns or another organization"
    case .vanished:
      "rows were removed from the file (as by `maintain --keep-deleted`) before this feed could print that they were deleted"
    case .nowComplete: "its lists are complete now, and were not when it was first printed"
    }
  }
}
