import ArgumentParser
import DevinSync
import Foundation

struct ScheduleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Run `sync` regularly with cron, systemd or launchd: print, install, show or remove an entry.",
    discussion: """
      The entry runs this program with absolute paths, so it does not depend on the scheduler's working directory or \
      environment. Installing the same entry again changes nothing. Runs do not overlap: if another run is active, the new one \
      does nothing and ends with status 75.
      """,
    subcommands: [Print.self, Install.self, Status.self, Remove.self])
}

extension Scheduler: ExpressibleByArgument {}

extension Scheduler {
  /// The lines of an entry as it is installed; empty: it is not. Nil: only the scheduler itself can say.
  func installed(_ name: String) async throws -> [String]? {
    switch self {
    case .cron:
      let crontab = try await Crontab.read()
      return crontab.block(name).map { Array(crontab.lines[$0]) } ?? []
    case .systemd:
      return UnitFiles.standing(name).flatMap { ["# \($0.path)"] + $0.text.split(separator: "\n").map(String.init) }
    case .launchd: return nil
    }
  }
}

/// What to schedule.
struct ScheduleOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Time between the starts of two runs, such as 15m or 1h.", valueName: "time"))
  var every: DurationArgument

  @Flag(help: "Run once for each profile in the configuration file.")
  var allProfiles = false

  @Option(
    help: ArgumentHelp(
      "File for the output of runs. Default: cron's mail, the systemd journal, or ~/Library/Logs.", valueName: "file"),
    completion: .file())
  var log: String?

  @OptionGroup var run: RunOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    guard every.duration >= .seconds(60) else { throw ValidationError("--every must be at least 1m (5m, 1h).") }
    guard run.progress == .auto else {
      throw ValidationError("--progress is for interactive runs, not for a schedule.")
    }
    guard !run.full, !run.allowMassDeletion else {
      throw ValidationError("--full and --allow-mass-deletion are for single runs, not for a schedule.")
    }
  }

  func job(_ scheduler: SchedulerOptions) throws -> (job: ScheduledSync, objection: Failure?) {
    let flags = database.flags.merging(connection.flags) { $1 }.merging(run.flags) { $1 }
    let settings = try Settings(database.profile, flags: flags)
    let job = try ScheduledSync(
      settings: settings, profile: database.profile, flags: flags, allProfiles: allProfiles, every: every, log: log,
      name: scheduler.name)
    let all = allProfiles ? try settings.allProfiles() : [settings]
    return (job, all.lazy.compactMap(ScheduledSync.objection).first)
  }
}

/// Which entry, of which scheduler.
struct SchedulerOptions: ParsableArguments {
  @Option(name: .customLong("as"), help: "cron, systemd or launchd. Default: the usual one on this system.")
  var scheduler: Scheduler?

  @Option(help: ArgumentHelp("Name of the entry. Default: devin-sync, or devin-sync-PROFILE.", valueName: "name"))
  var name: String?

  var chosen: Scheduler { scheduler ?? .usual }

  func validate() throws {
    guard name.map(CredentialStore.isName) ?? true else {
      throw ValidationError("--name may contain only letters, digits, dots, dashes and underscores.")
    }
  }
}

extension ScheduleCommand {
  struct Print: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "print", abstract: "Print the entry without installing it.")

    @OptionGroup var entry: SchedulerOptions
    @OptionGroup var options: ScheduleOptions

    func run() async throws {
      try await reporting {
        let (job, objection) = try options.job(entry)
        switch entry.chosen {
        case .cron: try CronSchedule(job).lines.forEach(Console.print)
        case .systemd:
          for (name, text) in SystemdSchedule(job: job).files {
            Console.printText("# \(SystemdSchedule.folder)/\(name)\n\(text)")
          }
        case .launchd: Console.printText(try LaunchdSchedule(job: job).text())
        }
        if let note = job.proxies.note { Console.warn(note) }
        if let objection { Console.warn("this would fail: \(objection.message)") }
      }
    }
  }

  struct Install: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "install", abstract: "Install the entry for this user, after showing the change and asking.")

    @OptionGroup var entry: SchedulerOptions
    @OptionGroup var options: ScheduleOptions
    @Flag(help: "Do not ask for confirmation.") var yes = false

    func run() async throws {
      try await reporting {
        let (job, objection) = try options.job(entry)
        if let objection { throw objection }
        switch entry.chosen {
        case .cron:
          var crontab = try await Crontab.read()
          let lines = try CronSchedule(job).lines
          let before = crontab.block(job.name).map { Array(crontab.lines[$0]) } ?? []
          let change = Change(of: "your crontab", from: before + job.proxies.before, to: lines + job.proxies.after)
          guard try change.isWanted(yes: yes) else { return }
          try job.proxies.write()
          crontab.set(job.name, to: lines)
          try await crontab.write()
        case .systemd:
          let change = UnitFiles(job)
          guard try change.isWanted(yes: yes) else { return }
          try change.write()
          try await UnitFiles.systemctl("daemon-reload")
          try await UnitFiles.systemctl("enable", "--now", "\(job.name).timer")
          Console.print("To run it while you are not logged in, run: loginctl enable-linger")
        case .launchd:
          throw Failure(
            .usage,
            "launchd jobs are printed, not installed: devin-sync schedule print --as launchd … > \(LaunchdSchedule(job: job).path), then launchctl bootstrap gui/$(id -u) \(LaunchdSchedule(job: job).path)"
          )
        }
        Console.print("installed: \(job.name), every \(job.every.text)")
      }
    }
  }

  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Show the installed entry. `devin-sync status` shows how its runs ended.")

    @OptionGroup var entry: SchedulerOptions
    @Flag(help: "Print JSON.") var json = false

    private struct JSON: Encodable {
      let scheduler, name: String
      let installed: Bool
      let lines: [String]
      /// Why nothing can be installed for this scheduler; nil: it can.
      let reason: String?
    }

    func run() async throws {
      try await reporting {
        let name = entry.name ?? "devin-sync"
        // Without the program there is no entry either, which answers the question.
        let isMissing = entry.chosen == .cron && !Crontab.isAvailable
        guard let lines = isMissing ? [] : try await entry.chosen.installed(name) else {
          throw Failure(.usage, "for launchd, run: launchctl print gui/$(id -u)/\(name)")
        }
        let shown = lines.map(\.withoutProxyUser)
        if json {
          return try Console.printJSON(
            JSON(
              scheduler: entry.chosen.rawValue, name: name, installed: !shown.isEmpty, lines: shown,
              reason: isMissing ? Crontab.missing : nil))
        }
        guard !isMissing else {
          return Console.print("\(name) is not installed for cron: \(Crontab.missing), so cron runs nothing of devin-sync here.")
        }
        guard !shown.isEmpty else { return Console.print("\(name) is not installed for \(entry.chosen.rawValue).") }
        shown.forEach(Console.print)
      }
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Remove the entry, after showing the change and asking. The mirror is kept.")

    @OptionGroup var entry: SchedulerOptions
    @Flag(help: "Do not ask for confirmation.") var yes = false

    func run() async throws {
      try await reporting {
        let name = entry.name ?? "devin-sync"
        let proxies = ProxyFile(none: name)
        switch entry.chosen {
        case .cron:
          var crontab = try await Crontab.read()
          let before = (crontab.block(name).map { Array(crontab.lines[$0]) } ?? []) + proxies.before
          guard try Change(of: "your crontab", from: before, to: []).isWanted(yes: yes) else { return }
          crontab.set(name, to: [])
          try await crontab.write()
        case .systemd:
          let files = UnitFiles.standing(name)
          let lines = files.map { $0.path } + proxies.before
          guard try Change(of: "the units of systemd", from: lines, to: []).isWanted(yes: yes) else { return }
          try await UnitFiles.systemctl("disable", "--now", "\(name).timer")
          for file in files { unlink(file.path) }
          try await UnitFiles.systemctl("daemon-reload")
        case .launchd:
          throw Failure(
            .usage,
            "launchd jobs are removed by launchd: launchctl bootout gui/$(id -u)/\(name), then remove ~/Library/LaunchAgents/\(name).plist"
          )
        }
        try proxies.write()
        Console.print("removed: \(name)")
      }
    }
  }
}
