import ArgumentParser
import DevinSync
import Foundation

/// The effective value of a setting, and where it came from.
struct ValueInForce<Value: Sendable>: Sendable {
  /// Nil: nothing is set.
  let value: Value?
  let origin: SettingOrigin
}

/// Where a value came from.
enum SettingOrigin: Hashable, Sendable {
  case flag(String)
  case environment(String)
  case file(ConfigurationFile.Place)
  case standard

  /// The text in JSON.
  var name: String {
    switch self {
    case .flag: "flag"
    case .environment: "environment"
    case .file: "file"
    case .standard: "default"
    }
  }
}

/// The effective value of any setting, as text.
struct EffectiveSetting: Encodable, Sendable {
  let name: String
  /// Empty: nothing is set.
  let value: [String]
  /// flag, environment, file or default.
  let origin: String
  /// The flag, the variable, or the line of the file that it came from, for people.
  let place: String
}

/// Every setting, looked up in the order flag, environment, configuration file, default. An invalid value ends the command with status 78.
struct Settings: Sendable {
  let file: ConfigurationFile?
  /// Nil: no profile was selected, so only the file's values outside of profiles apply.
  let profile: String?
  private let flags: SettingValues
  /// Whether other profiles run in the same command, with the same flags and variables.
  private var isOneOfAll = false

  /// - Throws: `Failure` if the file has problems, or does not have the profile.
  init(_ options: ProfileOptions, flags: SettingValues = [:]) throws {
    let profile = options.profile ?? Self.environment("DEVIN_SYNC_PROFILE")
    let file = try Self.file(options)
    if let file, let problem = file.problems.first {
      let others = file.problems.count - 1
      throw Failure(
        .configuration,
        problem.message + (others > 0 ? " `devin-sync config check` shows \(others.counted("other problem"))." : ""))
    }
    if let profile, file?.profiles.contains(profile) != true {
      throw Failure(.configuration, Self.noProfile(profile, in: file, lookedAt: Self.path(options)))
    }
    self.init(file: file, profile: profile, flags: flags)
  }

  private init(file: ConfigurationFile?, profile: String?, flags: SettingValues) {
    self.file = file
    self.profile = profile
    self.flags = flags
  }

  /// The same flags and file, with another profile.
  private func with(profile: String) -> Settings {
    var settings = Settings(file: file, profile: profile, flags: flags)
    settings.isOneOfAll = true
    return settings
  }

  /// One for each profile of the file.
  /// - Throws: `Failure` if the file has no profiles, or if a variable would override the key, the organization or the database of all
  ///   profiles with the same value: then rows of one profile would be mixed with those of another.
  func allProfiles() throws -> [Settings] {
    guard let file, !file.profiles.isEmpty else {
      throw Failure(
        .configuration,
        "--all-profiles needs profiles, but \(file.map { "\($0.path) has none" } ?? "there is no configuration file"). A profile starts with [profiles.NAME]; `devin-sync config init` writes an example."
      )
    }
    let all = file.profiles.map(with(profile:))
    for settings in all {
      for key in [DeclaredSettings.all.organizations.key, DeclaredSettings.all.database.key] where flags[key] == nil {
        guard let variable = DeclaredSettings.named(key)?.variable, Self.environment(variable) != nil else { continue }
        if let (_, place) = file.values(of: key, profile: settings.profile), place.profile != nil {
          throw Failure(
            .configuration,
            "\(variable) is set and would override \(describe(.file(place))) in all profiles. Unset it, or run the profiles one by one with --profile."
          )
        }
      }
    }
    return all
  }

  /// The effective value; nil: nothing is set.
  /// - Throws: `Failure` if it is invalid.
  subscript<Value>(_ setting: KeyPath<DeclaredSettings, Setting<Value>>) -> Value? {
    get throws { try inForce(setting).value }
  }

  /// The effective value of a setting that has a default.
  /// - Throws: `Failure` if it is invalid.
  func value<Value>(of setting: KeyPath<DeclaredSettings, Setting<Value>>) throws -> Value {
    guard let value = try self[setting] else {
      throw Failure(.defect, "internal error, a bug in devin-sync: \(DeclaredSettings.all[keyPath: setting].key) has no default.")
    }
    return value
  }

  /// - Throws: `Failure` if the value is invalid.
  func inForce<Value>(_ setting: KeyPath<DeclaredSettings, Setting<Value>>) throws -> ValueInForce<Value> {
    let setting = DeclaredSettings.all[keyPath: setting]
    let (values, origin) = given(setting)
    if values.isEmpty, origin == .standard { return ValueInForce(value: nil, origin: origin) }
    return ValueInForce(
      value: try naming(origin) { () throws(SettingObjection) in try setting.form.read(values) }, origin: origin)
  }

  /// The effective values of any setting, after a check.
  /// - Throws: `Failure` if they are invalid.
  func values(of setting: any AnySetting) throws -> (values: [String], origin: SettingOrigin) {
    let (values, origin) = given(setting)
    if !values.isEmpty || origin != .standard { try naming(origin) { () throws(SettingObjection) in try setting.check(values) } }
    return (values, origin)
  }

  /// Every setting.
  /// - Throws: `Failure` if a value is invalid.
  func effective() throws -> [EffectiveSetting] {
    try DeclaredSettings.list.map {
      let (values, origin) = try values(of: $0)
      return EffectiveSetting(name: $0.key, value: values, origin: origin.name, place: describe(origin))
    }
  }

  private func naming<Value>(_ origin: SettingOrigin, _ read: () throws(SettingObjection) -> Value) throws -> Value {
    do {
      return try read()
    } catch {
      throw Failure(.configuration, "\(describe(origin)) \(error.reason)")
    }
  }

  private func given(_ setting: any AnySetting) -> (values: [String], origin: SettingOrigin) {
    if let values = flags[setting.key], let flag = setting.flag { return (values, .flag(flag.name)) }
    if let variable = setting.variable, let text = Self.environment(variable) {
      return (setting.shape.takesSeveral ? Self.list(variable) : [text], .environment(variable))
    }
    if let (values, place) = file?.values(of: setting.key, profile: profile) { return (values, .file(place)) }
    return (setting.standard, .standard)
  }

  /// Where a value came from, for people.
  func describe(_ origin: SettingOrigin) -> String {
    switch origin {
    case .flag(let name): name
    case .environment(let name): name
    case .file(let place): "\(file?.path ?? "")\(file?.line(of: place).map { ":\($0)" } ?? ""): \(place.description)"
    case .standard: "default"
    }
  }

  /// Whether other profiles get the same value from there.
  func isShared(_ origin: SettingOrigin) -> Bool {
    if case .file(let place) = origin { return profile != nil && place.profile == nil }
    return isOneOfAll
  }

  // MARK: - What commands need

  var database: String { get throws { try value(of: \.database) } }

  /// The user's price of an ACU; nil: not set.
  var rate: ACURate? {
    get throws {
      let currency = try self[\.currency]
      return try self[\.acuRate].map { ACURate(price: $0, currency: currency) }
    }
  }

  var address: APIAddress { get throws { try value(of: \.apiURL) } }

  /// - Throws: `Failure` if something is missing or invalid.
  func mirror() async throws -> DevinMirror {
    try Descriptors.demand()
    return try await mirror(with: KeySource(self))
  }

  /// The same with another key than the one that reads.
  /// - Throws: `Failure` if something is missing or invalid.
  func mirror(with key: KeySource) async throws -> DevinMirror {
    var organizations = try (self[\.organizations] ?? []).map { $0.trimmingCharacters(in: .whitespaces) }
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

  /// The route with the proxy from the environment and the certificate authorities from the settings.
  /// - Throws: `Failure` if a file contains no certificate or a variable is no proxy address.
  func route(to address: APIAddress) throws -> NetworkRoute {
    var route = NetworkRoute()
    let setting = try inForce(\.caFile)
    if let file = setting.value {
      do throws(Authorities.Invalid) {
        route.authorities = try Authorities(file: file)
      } catch {
        throw Failure(.configuration, "\(describe(setting.origin)): \(file) \(error.reason).")
      }
    }
    do throws(Proxy.Invalid) {
      route.proxy = try Proxy.named(in: ProcessInfo.processInfo.environment, for: address)
    } catch {
      throw Failure(
        .configuration,
        "\(error.variable) is not a valid proxy for devin-sync. Examples: http://proxy.example.com:3128, or socks5://… without a password."
      )
    }
    return route
  }

  /// The options of a run, as far as they come from settings and not only from the command line.
  func options() throws -> SyncOptions {
    var options = SyncOptions()
    for setting in DeclaredSettings.list {
      let (values, origin) = given(setting)
      try naming(origin) { () throws(SettingObjection) in try setting.apply(values, to: &options) }
    }
    let resources = try inForce(\.resources)
    if resources.origin != .standard { options.resources = resources.value ?? [] }
    if case .flag = resources.origin { options.resourcesAreConfigured = false } else { options.resourcesAreConfigured = true }
    return options
  }

  /// Names of the resources that a run without arguments reads.
  var requestedResources: Set<String> {
    get throws { try Catalogue.names(for: self[\.resources] ?? []).subtracting(Catalogue.names(leftOutBy: self[\.skip] ?? [])) }
  }

  // MARK: - Where values come from

  /// A variable that is set and not empty.
  static func environment(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A variable's values, separated by spaces or commas.
  static func list(_ name: String) -> [String] {
    (environment(name) ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
  }

  /// The configuration file's path, whether or not there is one.
  static func path(_ options: ProfileOptions) -> String {
    if let path = options.config ?? environment("DEVIN_SYNC_CONFIG") { return path }
    let home = environment("HOME") ?? NSHomeDirectory()
    return (environment("XDG_CONFIG_HOME") ?? home + "/.config") + "/devin-sync/config.toml"
  }

  /// - Returns: nil: no file was named, and there is none at the default path.
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
    let known = file.profiles.isEmpty ? "It has no profiles." : "Profiles: \(file.profiles.joined(separator: ", "))."
    return "there is no profile `\(name)` in \(file.path).\(near) \(known) A profile starts with [profiles.\(name)]."
  }
}
