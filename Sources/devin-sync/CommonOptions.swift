import ArgumentParser
import DevinSync

/// Which configuration file, and which of its profiles.
struct ProfileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Configuration file. Environment: DEVIN_SYNC_CONFIG. Default: ~/.config/devin-sync/config.toml, if it exists.",
      valueName: "file"), completion: .file())
  var config: String?

  @Option(
    help: ArgumentHelp("Profile in the configuration file. Environment: DEVIN_SYNC_PROFILE.", valueName: "name"),
    completion: .profiles)
  var profile: String?
}

/// Where the mirror is.
struct DatabaseOptions: ParsableArguments {
  @OptionGroup var profile: ProfileOptions

  @OptionGroup var settings: SettingFlags<DatabaseFlags>

  /// - Throws: `Failure` when the configuration file cannot be used.
  var path: String { get throws { try Settings(profile, flags: flags).database } }

  /// - Throws: `Failure` when the configuration file cannot be used, or the price is invalid.
  var rate: ACURate? { get throws { try Settings(profile, flags: flags).rate } }

  var flags: SettingValues { settings.values }
}

/// Which organization, with which key, at which address.
struct ConnectionOptions: ParsableArguments {
  @OptionGroup var settings: SettingFlags<ConnectionFlags>

  func validate() throws {
    let all = DeclaredSettings.all
    guard flags[all.apiKeyFile.key] == nil || flags[all.credential.key] == nil else {
      throw ValidationError("--api-key-file and --credential exclude each other.")
    }
  }

  var flags: SettingValues { settings.values }
}
