import ArgumentParser
import DevinSync

struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Stay and run `sync` again and again, for containers and other places without a scheduler.",
    discussion: """
      Runs start every interval; a run that takes longer skips the next start. While they fail \
      the interval doubles, up to an hour. The key is looked up again for each run, so a rotated one is found. SIGTERM and \
      SIGINT end it within a page, with progress saved and status 143 or 130.
      """)

  @Option(help: ArgumentHelp("Time from the beginning of one run to that of the next (5m, 1h).", valueName: "time"))
  var every: DurationArgument

  @OptionGroup var run: RunOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var connection: ConnectionOptions

  @Flag(help: "Run once for each profile of the configuration file.")
  var allProfiles = false

  func validate() throws {
    guard every.duration > .zero else { throw ValidationError("--every must be greater than 0 (5m, 1h).") }
    guard !allProfiles || database.profile.profile == nil else {
      throw ValidationError("--all-profiles and --profile exclude each other.")
    }
    guard !run.full, !run.allowMassDeletion else {
      throw ValidationError("--full and --allow-mass-deletion are for single runs.")
    }
  }

  func run() async throws {
    try await reporting {
      let jobs = try SyncJob.all(database, connection, run, allProfiles: allProfiles)
      let signals = Signals()
      try await signals.cancelling { [every = every.duration, progress = run.progress] in
        var pace = WatchPace(every: every)
        let clock = ContinuousClock()
        let began = clock.now
        var isFirst = true
        while true {
          let status = await SyncJob.run(jobs, progress, signals: signals)
          if let signal = signals.status { return signal }
          // A configuration error at the start ends the command at once; otherwise every run would fail.
          if isFirst, status == .configuration { return status }
          isFirst = false
          do {
            try await clock.sleep(for: pace.wait(after: status, elapsed: began.duration(to: clock.now)))
          } catch {
            return signals.status ?? .interrupted
          }
        }
      }.exit()
    }
  }
}
