import ArgumentParser
import DevinSync

/// Which configuration file, and which of its profiles.
struct ProfileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Configuration file. Also DEVIN_SYNC_CONFIG; default ~/.config/devin-sync/config.toml, if there is one.",
      valueName: "file"), completion: .file())
  var config: String?

  @Option(help: ArgumentHelp("Profile of the configuration file to go by. Also DEVIN_SYNC_PROFILE.", valueName: "name"))
  var profile: String?
}

/// Where the mirror is.
struct DatabaseOptions: ParsableArguments {
  @OptionGroup var profile: ProfileOptions

  @Option(
    help: ArgumentHelp("Path of the mirror. Also DEVIN_SYNC_DATABASE; default devin.db.", valueName: "file"), completion: .file())
  var database: String?

  func validate() throws {
    guard let objection = database.flatMap({ SettingKey.database.objection(to: [$0]) }) else { return }
    throw ValidationError("--database \(objection)")
  }

  /// - Throws: `Failure` when the configuration file cannot be used.
  var path: String { get throws { try Settings(profile, flags: flags).database } }

  /// - Throws: `Failure` when the configuration file cannot be used, or says something else than a price.
  var rate: ACURate? { get throws { try Settings(profile, flags: flags).rate } }

  var flags: [SettingKey: [String]] { Settings.flags([(.database, database)]) }
}

/// Which organization, with which key, at which address.
struct ConnectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Organization to mirror; may be repeated. Also DEVIN_ORG_ID; default: the key's own, or all of its enterprise.",
      valueName: "id"))
  var org: [String] = []

  @Option(help: ArgumentHelp("Address of the API. Also DEVIN_API_URL; default \(APIAddress.devin).", valueName: "url"))
  var apiUrl: String?

  @Option(
    help: ArgumentHelp(
      "File that holds the key, instead of DEVIN_API_KEY. There is no flag for the key itself: others could read it.",
      valueName: "file"), completion: .file())
  var apiKeyFile: String?

  @Option(
    help: ArgumentHelp(
      "Certificates (PEM) of authorities to trust beside the system's. Also DEVIN_SYNC_CA_FILE.", valueName: "file"),
    completion: .file())
  var caFile: String?

  @Option(help: ArgumentHelp("Name of a key kept by `devin-sync credentials add`.", valueName: "name"))
  var credential: String?

  func validate() throws {
    guard apiKeyFile == nil || credential == nil else {
      throw ValidationError("--api-key-file and --credential both say where the key is. Give one of them.")
    }
  }

  var flags: [SettingKey: [String]] {
    var flags = Settings.flags([(.apiURL, apiUrl), (.caFile, caFile), (.apiKeyFile, apiKeyFile), (.credential, credential)])
    if !org.isEmpty { flags[.organizations] = org }
    return flags
  }
}
