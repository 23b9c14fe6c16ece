import DevinSync
import Foundation

/// A `sync` command for a scheduler: it does not depend on a folder, a shell or variables that the scheduler lacks.
struct ScheduledSync: Sendable {
  /// The name of its crontab block, its units and its launchd job.
  let name: String
  let every: DurationArgument
  /// The program's absolute path and its arguments.
  let arguments: [String]
  /// Variables that are set now and that a scheduler would not have. Never the key, nor a proxy's password.
  let environment: [String: String]
  let proxies: ProxyFile
  /// A file for the output of runs; nil: the scheduler's own way, mail or journal.
  let log: String?

  /// - Parameter folder: the base of relative paths.
  init(
    settings: Settings, profile: ProfileOptions, flags: SettingValues, allProfiles: Bool, every: DurationArgument,
    log: String?,
    name: String?, folder: String = FileManager.default.currentDirectoryPath
  ) throws {
    func absolute(_ path: String) -> String {
      URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: folder, isDirectory: true)).standardizedFileURL.path
    }
    self.name = name ?? (settings.profile.map { "devin-sync-\($0)" } ?? "devin-sync")
    self.every = every
    self.log = log.map(absolute)

    var environment: [String: String] = [:]
    for setting in DeclaredSettings.list {
      guard let variable = setting.variable, let value = Settings.environment(variable), flags[setting.key] == nil else {
        continue
      }
      environment[variable] = setting.shape == .path ? absolute(value) : value
    }
    for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME"] + ProxyFile.proxies {
      environment[variable] = Settings.environment(variable)
    }
    let proxies = ProxyFile(of: self.name, takingFrom: &environment)

    var arguments = proxies.launcher + [Bundle.main.executablePath ?? "devin-sync", "sync"]
    if let file = settings.file, profile.config != nil || Settings.environment("DEVIN_SYNC_CONFIG") != nil {
      arguments += ["--config", absolute(file.path)]
    }
    if let profile = settings.profile { arguments += ["--profile", profile] }
    if allProfiles { arguments += ["--all-profiles"] }
    for setting in DeclaredSettings.list {
      guard let flag = setting.flag, flag.isOption else { continue }
      let given = flags[setting.key] ?? []
      for word in setting.shape == .command && !given.isEmpty ? [given.joined(separator: " ")] : given {
        arguments += [flag.name, setting.shape == .path ? absolute(word) : word]
      }
    }
    // The default is a file in the current folder, but a scheduler chooses that folder itself.
    if try !allProfiles && settings.inForce(\.database).origin == .standard {
      arguments += ["--database", absolute(try settings.database)]
    }
    if try settings[\.maxDuration] == nil {
      arguments += ["--max-duration", "\(max(every.duration.components.seconds * 4 / 5, 30))s"]
    }
    self.arguments = arguments + (flags[DeclaredSettings.all.resources.key] ?? [])
    self.environment = environment
    self.proxies = proxies
  }

  /// What would prevent it from working when scheduled; nil: nothing that is known now.
  static func objection(to settings: Settings) -> Failure? {
    do {
      try settings.options().validate()
      guard case .variable(let name) = try KeySource(settings).place else { return nil }
      return Failure(
        .configuration,
        "the key is only in \(name), which a scheduler does not have. Save it with `devin-sync credentials add default`, or use --api-key-file FILE."
      )
    } catch let error as SyncError {
      return Failure(error.exitStatus, error.messageWithAdvice)
    } catch {
      return error as? Failure
    }
  }
}

/// The supported schedulers.
enum Scheduler: String, CaseIterable, Sendable {
  case cron, systemd, launchd

  /// The usual one on this system.
  static var usual: Scheduler {
    #if os(macOS)
      .launchd
    #else
      FileManager.default.fileExists(atPath: "/run/systemd/system") ? .systemd : .cron
    #endif
  }
}

extension String {
  /// Quoted as one word for a POSIX shell.
  var quotedForShell: String {
    let isPlain =
      !isEmpty
      && utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
          || "-_./:=,@+".utf8.contains(byte)
      }
    return isPlain ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}
