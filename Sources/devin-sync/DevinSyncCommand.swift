import ArgumentParser
import DevinSync
import ProcessSettings

@main
struct DevinSyncCommand: AsyncParsableCommand {
  static func main() async {
    settings_one_heap()
    await main(nil)
  }

  static let configuration = CommandConfiguration(
    commandName: "devin-sync",
    abstract: "Mirrors a Devin organization into one SQLite file, incrementally.",
    discussion: """
      Set DEVIN_API_KEY (and DEVIN_ORG_ID, if the key belongs to no organization), then run `devin-sync sync` as often \
      as you like: each run reads what is new and goes on where an earlier one was cut short. Query the file with \
      `sqlite3 devin.db`, or ask with `devin-sync query`, `search` and `report`. Without a key, `devin-sync demo` shows it on a simulated organization.

      Exit status: 0 all mirrored; 64 wrong usage; 65 the server sent something unusable; 69 unavailable after \
      retries; 70 a defect of devin-sync; 73 the database cannot be created; 74 reading or writing it failed; 75 another \
      run holds the lock, or the time was up: run again; 77 key refused, of no use, or permission gone; 78 configuration \
      missing or invalid, or another organization's key; 130, 143 interrupted, progress saved.
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
        subcommands: [CheckCommand.self, CredentialsCommand.self, ConfigCommand.self, ResourcesCommand.self]),
      CommandGroup(name: "Sandbox", subcommands: [DemoCommand.self, SandboxCommand.self]),
    ])
}
