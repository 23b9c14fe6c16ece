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
      resource_finished, run_finished. The first is run_started and the last run_finished, also when the run fails. With \
      --all-profiles each profile's run has such a first and last line.
      """)

  @OptionGroup var run: RunOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var connection: ConnectionOptions

  @Flag(help: "Run once for each profile of the configuration file, and end with the worst status.")
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
