import ArgumentParser
import DevinSync

/// What a run reads and how, for every command that makes runs.
struct RunOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Resources or groups to mirror, `default` or `all`. Also DEVIN_SYNC_RESOURCES.", valueName: "resource"),
    completion: .resources)
  var resources: [String] = []

  @Flag(help: "Read everything again instead of what is new.")
  var full = false

  @Option(help: ArgumentHelp("A resource or group to leave out; may be repeated.", valueName: "resource"), completion: .resources)
  var skip: [String] = []

  @Option(help: ArgumentHelp("Stop after this long (10m, 1h30m), with progress saved and status 75.", valueName: "time"))
  var maxDuration: DurationArgument?

  @Option(help: ArgumentHelp("The most requests in flight, 1 to 64; default 64.", valueName: "n"))
  var concurrency: Int?

  @Option(help: "How to show progress: auto, bar, lines, json, none. auto is bar on a terminal, else problems only.")
  var progress = ProgressMode.auto

  @Option(help: ArgumentHelp("How long to wait for another run to end (30s); default: not at all.", valueName: "time"))
  var lockWait: DurationArgument?

  @Option(
    help: ArgumentHelp(
      "Mark nothing as deleted where more than this share of a resource has gone; the first ten rows are always allowed, unless a list that held two or more comes back empty. Also DEVIN_SYNC_DELETION_LIMIT; default 20%.",
      valueName: "percent"))
  var deletionLimit: PercentArgument?

  @Flag(help: "Mark rows as deleted however many have gone, and also those that only another key has seen.")
  var allowMassDeletion = false

  @Option(
    help: ArgumentHelp(
      "File to which each run adds a line, and one for each problem; made for its owner alone.", valueName: "file"),
    completion: .file())
  var logFile: String?

  @Option(help: "text or json; without --log-file the lines go to stderr.")
  var logFormat: RunLog.Format?

  @Option(help: "error: problems; info: and the run; debug: and each resource. Default info.")
  var logLevel: RunLog.Level?

  @Option(help: ArgumentHelp("File to which each run adds one JSON object on a line.", valueName: "file"), completion: .file())
  var summaryFile: String?

  @Option(
    help: ArgumentHelp("File of figures for node_exporter's textfile collector, replaced by each run.", valueName: "file"),
    completion: .file())
  var metricsFile: String?

  @Option(
    help: ArgumentHelp(
      "Address to tell of each run: /start, nothing added for success, /fail. Never gets the key.", valueName: "url"))
  var pingUrl: String?

  @Option(
    help: ArgumentHelp(
      "Program to run after a run that changed rows, with the changes on its stdin as JSON lines. Words are separated by spaces, and no shell is involved; on_change in the configuration file takes a list of words.",
      valueName: "command"))
  var onChange: String?

  func validate() throws {
    guard concurrency.map((1...64).contains) ?? true else {
      throw ValidationError("--concurrency takes a number from 1 to 64.")
    }
    for name in resources + skip where Catalogue.resources(for: name) == nil {
      throw ValidationError(SyncError.unknownResource(name).messageWithAdvice)
    }
  }

  var flags: [SettingKey: [String]] {
    var flags = Settings.flags([
      (.maxDuration, maxDuration?.text), (.concurrency, concurrency.map(String.init)), (.lockWait, lockWait?.text),
      (.deletionLimit, deletionLimit?.text), (.logFile, logFile), (.logFormat, logFormat?.rawValue),
      (.logLevel, logLevel?.rawValue), (.summaryFile, summaryFile), (.metricsFile, metricsFile), (.pingURL, pingUrl),
    ])
    if !resources.isEmpty { flags[.resources] = resources }
    if !skip.isEmpty { flags[.skip] = skip }
    if let onChange { flags[.onChange] = onChange.split(whereSeparator: \.isWhitespace).map(String.init) }
    return flags
  }
}

extension RunLog.Format: ExpressibleByArgument {}
extension RunLog.Level: ExpressibleByArgument {}
