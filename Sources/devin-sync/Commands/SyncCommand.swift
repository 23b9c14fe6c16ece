import ArgumentParser
import DevinSync

struct SyncCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Mirror everything that is new, resuming whatever an earlier run left.",
    discussion: """
      The one command for cron. A run that has nothing new costs about one request per list; a run that is killed loses \
      nothing. Without names the default set is mirrored; with names only those resources or groups (`devin-sync resources` \
      lists them; `all` is everything, `default pr_reviews` adds to the default), and a resource below another one, such as session_messages, \
      reads below the rows that are already mirrored.

      With --progress json every line on stdout is one JSON object with a member `event`: run_started, progress, problem, \
      resource_finished, run_finished. The first is run_started and the last run_finished, also when the run fails.
      """)

  @Argument(
    help: ArgumentHelp("Resources or groups to mirror, `default` or `all`. Also DEVIN_SYNC_RESOURCES.", valueName: "resource"))
  var resources: [String] = []

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var connection: ConnectionOptions

  @Flag(help: "Read everything again instead of what is new.")
  var full = false

  @Option(help: ArgumentHelp("A resource or group to leave out; may be repeated.", valueName: "resource"))
  var skip: [String] = []

  @Option(help: ArgumentHelp("Stop after this long (10m, 1h30m), with progress saved and status 75.", valueName: "time"))
  var maxDuration: DurationArgument?

  @Option(help: ArgumentHelp("Lists to read at once, 1 to 32.", valueName: "n"))
  var concurrency = 6

  @Option(help: "How to show progress: auto, bar, lines, json, none. auto is bar on a terminal, else problems only.")
  var progress = ProgressMode.auto

  @Option(help: ArgumentHelp("How long to wait for another run to end (30s); default: not at all.", valueName: "time"))
  var lockWait: DurationArgument?

  @Option(
    help: ArgumentHelp(
      "Mark nothing as deleted where more than this share of a resource has gone; ten rows always may. Also DEVIN_SYNC_DELETION_LIMIT; default 20%.",
      valueName: "percent"))
  var deletionLimit: PercentArgument?

  @Flag(help: "Mark rows as deleted however many have gone, and also those that only another key has seen.")
  var allowMassDeletion = false

  func validate() throws {
    guard (1...32).contains(concurrency) else { throw ValidationError("--concurrency takes a number from 1 to 32.") }
    for name in resources + skip where Catalogue.resources(for: name) == nil {
      throw ValidationError(SyncError.unknownResource(name).message)
    }
  }

  func run() async throws {
    let display = progress.display()
    do {
      let mirror = try Settings.mirror(connection, database: database.path)
      try await Self.sync(mirror, options(), display)
    } catch let failure as Failure {
      display.fail(failure.message, status: failure.status)
      throw ExitCode(failure.status.rawValue)
    }
  }

  private func options() throws -> SyncOptions {
    var options = SyncOptions()
    options.resources = resources.isEmpty ? Settings.list("DEVIN_SYNC_RESOURCES") : resources
    options.skip = skip
    options.full = full
    options.concurrency = concurrency
    options.maxDuration = maxDuration?.duration
    options.lockWait = lockWait?.duration ?? .zero
    if let limit = try deletionLimit ?? Settings.percent("DEVIN_SYNC_DELETION_LIMIT") { options.deletionLimit = limit.share }
    options.allowMassDeletion = allowMassDeletion
    return options
  }

  /// Runs a sync under signals and shows it.
  /// - Throws: `ExitCode` for any status but success.
  static func sync(_ mirror: Mirror, _ options: SyncOptions, _ display: any ProgressDisplay) async throws {
    let signals = Signals()
    var mirror = mirror
    mirror.statusWhenCancelled = { signals.status ?? .interrupted }
    let status: ExitStatus
    do {
      let report = try await signals.cancelling { [mirror] in
        try await mirror.sync(options) { await display.watch($0) }
      }
      status = report.wasCancelled ? signals.status ?? .interrupted : report.status
      display.finish(report, status: status)
    } catch let error as SyncError {
      status = error.status
      display.fail(error.message, status: status)
    } catch is CancellationError {
      status = signals.status ?? .interrupted
      display.fail("interrupted before the run began; nothing was done.", status: status)
    } catch {
      status = .defect
      display.fail("a defect of devin-sync: \(error). Please report it; what was committed stays.", status: status)
    }
    if status != .success { throw ExitCode(status.rawValue) }
  }
}
