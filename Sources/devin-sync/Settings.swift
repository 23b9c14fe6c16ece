import ArgumentParser
import DevinSync
import Foundation

/// A value that is in force, and where it came from.
struct Setting: Hashable, Sendable {
  enum Origin: Hashable, Sendable {
    case flag(String)
    case environment(String)
    case file(ConfigurationFile.Place)
    case standard
  }

  /// A list has several; empty: nothing is set.
  let words: [String]
  let origin: Origin
}

/// Every setting in the order flag, environment, configuration file, default. What is wrong ends the command with status 78.
struct Settings: Sendable {
  let file: ConfigurationFile?
  /// Nil: none was asked for, and only the file's values outside of profiles hold.
  let profile: String?
  private let flags: [SettingKey: [String]]
  /// Whether other profiles run beside this one, with the same flags and variables.
  private var isOneOfAll = false

  /// - Throws: `Failure` when the file has problems, or no such profile.
  init(_ options: ProfileOptions, flags: [SettingKey: [String]] = [:]) throws {
    let profile = options.profile ?? Self.environment("DEVIN_SYNC_PROFILE")
    let file = try Self.file(options)
    if let file, let problem = file.problems.first {
      let others = file.problems.count - 1
      throw Failure(
        .configuration,
        problem.message + (others > 0 ? " `devin-sync config check` names \(others.counted("other problem"))." : ""))
    }
    if let profile, file?.profiles.contains(profile) != true {
      throw Failure(.configuration, Self.noProfile(profile, in: file, lookedAt: Self.path(options)))
    }
    self.init(file: file, profile: profile, flags: flags)
  }

  private init(file: ConfigurationFile?, profile: String?, flags: [SettingKey: [String]]) {
    self.file = file
    self.profile = profile
    self.flags = flags
  }

  /// The same flags and file, with another profile of it.
  private func with(profile: String) -> Settings {
    var settings = Settings(file: file, profile: profile, flags: flags)
    settings.isOneOfAll = true
    return settings
  }

  /// One for each profile of the file.
  /// - Throws: `Failure` when there is none, or when a variable would give all of them one and the same key, organization or
  ///   database against what the file says: rows of one would end up among those of the other.
  func allProfiles() throws -> [Settings] {
    guard let file, !file.profiles.isEmpty else {
      throw Failure(
        .configuration,
        "--all-profiles, and \(file.map { "\($0.path) has no profile" } ?? "there is no configuration file"). A profile begins with [profiles.NAME]; `devin-sync config init` writes an example."
      )
    }
    let all = file.profiles.map(with(profile:))
    for settings in all {
      for (key, variable) in [(SettingKey.organizations, "DEVIN_ORG_ID"), (.database, "DEVIN_SYNC_DATABASE")]
      where Self.environment(variable) != nil && flags[key] == nil {
        if let (_, place) = file.value(of: key, profile: settings.profile), place.profile != nil {
          throw Failure(
            .configuration,
            "\(variable) is set and would overrule \(describe(.file(place))) for every profile alike. Unset it, or run the profiles one by one with --profile."
          )
        }
      }
    }
    return all
  }

  /// What is in force, checked.
  subscript(key: SettingKey) -> Setting {
    get throws {
      let setting = setting(key)
      if !setting.words.isEmpty || setting.origin != .standard, let objection = key.objection(to: setting.words) {
        throw Failure(.configuration, "\(describe(setting.origin)) \(objection)")
      }
      return setting
    }
  }

  private func setting(_ key: SettingKey) -> Setting {
    if let words = flags[key], let flag = key.flag { return Setting(words: words, origin: .flag(flag)) }
    if let variable = key.variable, let text = Self.environment(variable) {
      return Setting(words: key.isList ? Self.list(variable) : [text], origin: .environment(variable))
    }
    if let (words, place) = file?.value(of: key, profile: profile) { return Setting(words: words, origin: .file(place)) }
    return Setting(words: key.standard, origin: .standard)
  }

  /// Where a value came from, for people.
  func describe(_ origin: Setting.Origin) -> String {
    switch origin {
    case .flag(let name): name
    case .environment(let name): name
    case .file(let place): "\(file?.path ?? "")\(file?.line(of: place).map { ":\($0)" } ?? ""): \(place.description)"
    case .standard: "default"
    }
  }

  /// Whether other profiles have the same value from there.
  func isShared(_ origin: Setting.Origin) -> Bool {
    if case .file(let place) = origin { return profile != nil && place.profile == nil }
    return isOneOfAll
  }

  // MARK: - What commands need

  var database: String { get throws { try self[.database].words.first ?? "devin.db" } }

  /// What an ACU costs the user; nil: they have not said.
  var rate: ACURate? {
    get throws {
      let currency = try self[.currency].words.first
      return try self[.acuRate].words.first.flatMap(Double.init).map { ACURate(price: $0, currency: currency) }
    }
  }

  var address: APIAddress { get throws { try self[.apiURL].words.first.flatMap { try? APIAddress($0) } ?? .devin } }

  /// - Throws: `Failure` when something is missing or wrong.
  func mirror() async throws -> DevinMirror {
    try Descriptors.demand()
    let key = try KeySource(self)
    var organizations = try self[.organizations].words.map { $0.trimmingCharacters(in: .whitespaces) }
    if organizations.isEmpty, case .store(let name) = key.place {
      organizations = try CredentialStore.own.entry(name).organization.map { [$0] } ?? []
    }
    var seen: Set<String> = []
    var mirror = try DevinMirror(
      database: database, credential: await key.credential(), organizations: organizations.filter { seen.insert($0).inserted },
      address: address)
    mirror.keySource = key.name
    mirror.route = try route(to: mirror.address)
    mirror.takeTestClock(from: Self.environment("DEVIN_SYNC_TEST_CLOCK"))
    return mirror
  }

  /// By which proxy the environment says, trusting whom the settings say.
  /// - Throws: `Failure` when a file holds no certificate or a variable names no proxy.
  func route(to address: APIAddress) throws -> NetworkRoute {
    var route = NetworkRoute()
    let setting = try self[.caFile]
    if let file = setting.words.first {
      do throws(Authorities.Invalid) {
        route.authorities = try Authorities(file: file)
      } catch {
        throw Failure(.configuration, "\(describe(setting.origin)): \(file) \(error.words).")
      }
    }
    do throws(Proxy.Invalid) {
      route.proxy = try Proxy.named(in: ProcessInfo.processInfo.environment, for: address)
    } catch {
      throw Failure(
        .configuration,
        "\(error.variable) names no proxy that devin-sync can use. It looks like http://proxy.example.com:3128, or socks5://… without a password."
      )
    }
    return route
  }

  /// What a run is asked to do, as far as it can be set elsewhere than on the command line.
  func options() throws -> SyncOptions {
    var options = SyncOptions()
    let resources = try self[.resources]
    if resources.origin != .standard { options.resources = resources.words }
    if case .flag = resources.origin { options.resourcesAreStanding = false } else { options.resourcesAreStanding = true }
    options.skip = try self[.skip].words
    options.concurrency = try self[.concurrency].words.first.flatMap(Int.init) ?? options.concurrency
    options.maxDuration = try duration(.maxDuration)
    options.lockWait = try duration(.lockWait) ?? options.lockWait
    options.deletionLimit =
      try self[.deletionLimit].words.first.flatMap(PercentArgument.init(argument:))?.share ?? options.deletionLimit
    options.indexesWords = try self[.searchIndex].words.first != "off"
    options.volatileFields = try self[.volatileFields].words
    options.omit = try self[.omit].words
    options.refreshLimits = try RefreshLimits(settings: self[.refresh].words)
    options.reconcileEvery = try duration(.reconcileEvery) ?? options.reconcileEvery
    return options
  }

  /// Names of the resources that a run without arguments reads.
  var requestedResources: Set<String> {
    get throws { try Catalogue.names(for: self[.resources].words).subtracting(Catalogue.names(for: self[.skip].words)) }
  }

  func duration(_ key: SettingKey) throws -> Duration? {
    try self[key].words.first.flatMap(DurationArgument.init(argument:))?.duration
  }

  // MARK: - Where values stand

  /// A variable that is set and not empty.
  static func environment(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A variable's words, separated by spaces or commas.
  static func list(_ name: String) -> [String] {
    (environment(name) ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
  }

  /// Of the flags those that were given.
  static func flags(_ values: [(SettingKey, String?)]) -> [SettingKey: [String]] {
    Dictionary(uniqueKeysWithValues: values.compactMap { key, value in value.map { (key, [$0]) } })
  }

  /// The configuration file's path, whether or not there is one.
  static func path(_ options: ProfileOptions) -> String {
    if let path = options.config ?? environment("DEVIN_SYNC_CONFIG") { return path }
    let home = environment("HOME") ?? NSHomeDirectory()
    return (environment("XDG_CONFIG_HOME") ?? home + "/.config") + "/devin-sync/config.toml"
  }

  /// - Returns: nil: none was named, and at the usual place there is none.
  static func file(_ options: ProfileOptions) throws -> ConfigurationFile? {
    let path = path(options)
    let isNamed = options.config != nil || environment("DEVIN_SYNC_CONFIG") != nil
    guard isNamed || FileManager.default.fileExists(atPath: path) else { return nil }
    do throws(ConfigurationFile.Problem) {
      return try ConfigurationFile(path: path)
    } catch {
      throw Failure(.configuration, error.message)
    }
  }

  private static func noProfile(_ name: String, in file: ConfigurationFile?, lookedAt path: String) -> String {
    guard let file else {
      return "there is no profile `\(name)`: the configuration file \(path) does not exist. `devin-sync config init` writes one."
    }
    let near = file.profiles.nearest(to: name).map { " Did you mean `\($0)`?" } ?? ""
    let known = file.profiles.isEmpty ? "It has none." : "It has: \(file.profiles.joined(separator: ", "))."
    return "there is no profile `\(name)` in \(file.path).\(near) \(known) A profile begins with [profiles.\(name)]."
  }
}

extension SettingKey {
  fileprivate var isList: Bool { kind == .organizations || kind == .resources || kind == .fields || kind == .groupDurations }
}
