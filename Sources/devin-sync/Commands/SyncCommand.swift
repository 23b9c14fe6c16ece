import ArgumentParser
import DevinSync

struct SyncCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Mirror what changed since the last run, or continue an interrupted run.",
    discussion: """
      Run it as often as you like, for example from cron. A run without changes needs about one request per list. A run that is \
      killed loses nothing: the next one continues.

      Without arguments, sync reads the default resources. With arguments, it reads only the resources and groups that you name. \
      `devin-sync resources` lists them. `all` means everything; `default pr_reviews` adds pr_reviews to the default. A resource \
      that belongs to another one, such as session_messages, is read for the rows (here: sessions) that are already mirrored.

      With --progress json, each line on stdout is a JSON object with a member `event`: run_started, progress, problem, \
      resource_finished or run_finished. The first line is run_started and the last is run_finished, even if the run fails. With \
      --all-profiles, this applies to each profile's run.
      """)

  @OptionGroup var run: RunOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var connection: ConnectionOptions

  @Flag(help: "Run once for each profile in the configuration file. The exit status is the worst of all runs.")
  var allProfiles = false

  func validate() throws {
    guard !allProfiles || database.profile.profile == nil else {
      throw ValidationError("--all-profiles and --profile exclude each other.")
    }
  }

  func run() async throws {
    let jobs: [SyncJob]
    do {
      jobs = try SyncJob.all(database, connection, run, allProfiles: allProfiles)
    } catch let failure as Failure {
      run.progress.display().fail(failure.message, status: failure.status)
      throw ExitCode(failure.status.rawValue)
    }
    let signals = Signals()
    try await signals.cancelling { [progress = run.progress] in
      await SyncJob.run(jobs, progress, signals: signals)
    }.exit()
  }
}

extension ExitStatus {
  /// - Throws: `ExitCode` for any status but success.
  func exit() throws {
    if self != .success { throw ExitCode(rawValue) }
  }
}
