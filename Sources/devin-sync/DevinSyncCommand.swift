import ArgumentParser
import DevinSync
import Foundation
import ProcessSettings

@main
struct DevinSyncCommand: AsyncParsableCommand {
  static func main() async {
    settings_one_heap()
    let arguments = Array(CommandLine.arguments.dropFirst())
    if VersionFacts.areAsked(by: arguments) { return VersionFacts.show() }
    do {
      var command = try await asyncParseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
    } catch {
      // A command that has said itself what is wrong throws nothing but its status.
      guard exitCode(for: error) == .validationFailure, !(error is ExitCode) else { exit(withError: error) }
      UsageMistake(error, arguments).lines.forEach(Console.say)
      exit(withError: ExitCode(ExitStatus.usage.rawValue))
    }
  }

  /// A line for each status, broken before column 80 so that what follows stays below its beginning.
  private static let statuses = ExitStatus.all.map { status in
    var lines = ["  " + "\(status.rawValue)".padding(toLength: 4, withPad: " ", startingAt: 0)]
    for word in status.meaning.split(separator: " ") {
      if lines[lines.count - 1].count + 1 + word.count > 79 { lines.append(String(repeating: " ", count: 6)) }
      lines[lines.count - 1] += " " + word
    }
    return lines.joined(separator: "\n")
  }.joined(separator: "\n")

  static let configuration = CommandConfiguration(
    commandName: "devin-sync",
    abstract: "Mirror a Devin organization into one SQLite file, and keep it up to date.",
    discussion: """
      Set DEVIN_API_KEY and run `devin-sync sync`. Each run reads what changed since the last one. An interrupted run loses \
      nothing: the next run continues. If the key belongs to no organization, also set DEVIN_ORG_ID. Query the file with \
      `devin-sync query`, `search` and `report`, or with `sqlite3 devin.db`. Without a key, `devin-sync demo` mirrors a \
      simulated organization. If something does not work, `devin-sync doctor` says what to do. `devin-sync --version --json` \
      prints the versions as JSON.

      Exit status:
      \(statuses)
      """,
    version: DevinMirror.version,
    groupedSubcommands: [
      CommandGroup(
        name: "Mirroring",
        subcommands: [SyncCommand.self, WatchCommand.self, ScheduleCommand.self, StatusCommand.self, VerifyCommand.self]),
      CommandGroup(
        name: "Query",
        subcommands: [
          SearchCommand.self, QueryCommand.self, ShowCommand.self, HistoryCommand.self, DiffCommand.self, ChangesCommand.self,
          ReportCommand.self, ServeCommand.self, McpCommand.self, ExportCommand.self, FeedCommand.self,
          SchemaCommand.self,
        ]),
      CommandGroup(name: "Write back", subcommands: [PushGroupCommand.self, RestoreCommand.self]),
      CommandGroup(
        name: "Maintenance", subcommands: [BackupCommand.self, MaintainCommand.self, StatsCommand.self, ResetCommand.self]),
      CommandGroup(
        name: "Configuration",
        subcommands: [DoctorCommand.self, CheckCommand.self, CredentialsCommand.self, ConfigCommand.self, ResourcesCommand.self]),
      CommandGroup(name: "Sandbox", subcommands: [DemoCommand.self, SandboxCommand.self]),
    ])
}
