import ArgumentParser

/// The flags of settings as an option group, created from their declarations: a command with the group has a flag for each setting.
///
/// ArgumentParser finds the options of a type by inspecting its members, so the type shows it these members.
struct SettingFlags<Group: SettingFlagGroup>: ParsableArguments, CustomReflectable {
  /// The given values, by the keys of the settings.
  private(set) var values: SettingValues = [:]

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for setting in Group.flags.settings {
      guard let flag = setting.flag, let key = Key(stringValue: setting.key) else { continue }
      let given =
        if !flag.isOption {
          try container.decode(Argument<[String]>.self, forKey: key).wrappedValue
        } else if setting.shape.takesSeveral {
          try container.decode(Option<[String]>.self, forKey: key).wrappedValue
        } else {
          try container.decode(Option<String?>.self, forKey: key).wrappedValue.map { [$0] } ?? []
        }
      if !given.isEmpty { values[setting.key] = setting.shape == .command ? given[0].splitAtSpaces : given }
    }
  }

  var customMirror: Mirror { Mirror(self, children: Group.flags.members.map { (label: $0.key, value: $0.argument) }) }

  func validate() throws {
    for setting in Group.flags.settings {
      guard let values = values[setting.key], let flag = setting.flag else { continue }
      if setting.shape == .duration { values.forEach(UnitHint.show) }
      do {
        try setting.check(values)
      } catch {
        throw ValidationError("\(flag.name) \(error.reason)")
      }
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

/// The values of flags, by the keys of the settings.
typealias SettingValues = [String: [String]]

/// Which flags belong together.
protocol SettingFlagGroup {
  static var flags: SettingFlagList { get }
}

/// The flags of several settings.
struct SettingFlagList: Sendable {
  let settings: [any AnySetting]
  /// An option or argument for each setting, by its key. They are created once, since ArgumentParser asks for them many times.
  let members: [(key: String, argument: any Sendable)]

  /// - Parameter help: what some of them mean for a command that uses them in another way, by their keys.
  init(_ settings: [any AnySetting], help: [String: String] = [:]) {
    self.settings = settings
    members = settings.compactMap { setting in
      setting.flag.map { (setting.key, Self.argument(of: setting, $0, help: help[setting.key] ?? setting.flagHelp)) }
    }
  }

  private static func argument(of setting: any AnySetting, _ flag: SettingFlag, help text: String) -> any Sendable {
    let help = ArgumentHelp(stringLiteral: text).named(setting.valueName)
    let completion: CompletionKind? =
      switch setting.completion {
      case .none: nil
      case .file: .file()
      case .resources: .resources
      case .credentials: .credentials
      case .organizations: .organizations
      case .choices(let choices): .list(choices)
      }
    guard flag.isOption else { return Argument<[String]>(wrappedValue: [], help: help, completion: completion) }
    let name = NameSpecification.customLong(String(flag.name.dropFirst(2)))
    return setting.shape.takesSeveral
      ? Option<[String]>(wrappedValue: [], name: name, help: help, completion: completion)
      : Option<String?>(name: name, help: help, completion: completion)
  }
}

/// The flags of commands that open a mirror.
enum DatabaseFlags: SettingFlagGroup {
  static let flags = SettingFlagList(DeclaredSettings.of(.database))
}

/// The flags of commands that send requests to the API.
enum ConnectionFlags: SettingFlagGroup {
  static let flags = SettingFlagList(DeclaredSettings.of(.connection))
}

/// The flags of `credentials add`.
enum NewKeyFlags: SettingFlagGroup {
  static let flags = SettingFlagList(
    [DeclaredSettings.all.organizations, DeclaredSettings.all.apiURL],
    help: [DeclaredSettings.all.organizations.key: "Organization to use, if the key does not determine it."])
}

/// The flags of commands that start runs.
enum RunFlags: SettingFlagGroup {
  static let flags = SettingFlagList(DeclaredSettings.of(.run))
}

/// The flags of `verify`, which reads what a run reads, but records nothing about itself.
enum VerifyFlags: SettingFlagGroup {
  static let flags = SettingFlagList([
    DeclaredSettings.all.resources, DeclaredSettings.all.skip, DeclaredSettings.all.concurrency, DeclaredSettings.all.lockWait,
  ])
}

/// The flags of `check --push`.
enum PushKeyFlags: SettingFlagGroup {
  static let flags = SettingFlagList(DeclaredSettings.of(.push))
}

/// The flags of `push`.
enum PushFlags: SettingFlagGroup {
  static let flags = SettingFlagList(DeclaredSettings.of(.push) + [DeclaredSettings.all.lockWait])
}

/// The flags of `maintain`.
enum MaintenanceFlags: SettingFlagGroup {
  static let flags = SettingFlagList(DeclaredSettings.of(.maintenance))
}

extension DeclaredSettings {
  fileprivate static func of(_ group: SettingFlag.Group) -> [any AnySetting] { list.filter { $0.flag?.group == group } }
}

extension SettingFlag {
  /// False for an argument.
  var isOption: Bool { name.hasPrefix("--") }
}

extension AnySetting {
  /// For `--help`: what it does, how it is written here, where else it can be set, and its default.
  fileprivate var flagHelp: String {
    var sentences = [help]
    if shape == .command { sentences.append("Separate arguments with spaces; in the configuration file, use a list.") }
    if shape.takesSeveral, flag?.isOption == true { sentences.append("May be repeated.") }
    if let variable { sentences.append("Environment: \(variable).") }
    if !standard.isEmpty { sentences.append("Default: \(standard.joined(separator: " ")).") }
    return sentences.joined(separator: " ")
  }
}

extension ArgumentHelp {
  fileprivate func named(_ valueName: String) -> ArgumentHelp {
    var help = self
    help.valueName = valueName
    return help
  }
}

extension String {
  fileprivate var splitAtSpaces: [String] { split(whereSeparator: \.isWhitespace).map(String.init) }
}
