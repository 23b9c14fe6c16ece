import ArgumentParser
import DevinSync

struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Run `sync` at an interval, where there is no scheduler (such as in a container).",
    discussion: """
      Runs start every interval; a run that takes longer skips the next start. Each run that fails doubles the wait before the \
      next one, up to one hour. A run that succeeds resets it. Each run looks up the key again, so a rotated key is used. \
      SIGTERM and SIGINT stop the command after the current page, with progress saved and status 143 or 130.
      """)

  @Option(help: ArgumentHelp("Time between the starts of two runs, such as 5m or 1h.", valueName: "time"))
  var every: DurationArgument

  @OptionGroup var run: RunOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var connection: ConnectionOptions

  @Flag(help: "Run once for each profile in the configuration file.")
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
          // A mistake in the options or the configuration ends the command at once; otherwise every run would fail.
          if isFirst, status == .configuration || status == .usage { return status }
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
