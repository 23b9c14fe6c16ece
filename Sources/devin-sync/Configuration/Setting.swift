import DevinSync

/// One thing that can be set, declared once (`DeclaredSettings`): its flag, its variable, the check of the configuration file, the file
/// that `config init` writes, `--help` and `docs/settings.md` all follow from the declaration.
struct Setting<Value: Sendable>: AnySetting {
  let key: String
  let form: SettingForm<Value>
  let flag: SettingFlag?
  let variable: String?
  let standard: [String]
  let example: String
  let help: String
  let fileHelp: String
  private let apply: (@Sendable (Value, inout SyncOptions) -> Void)?

  /// - Parameters:
  ///   - flag: nil: it has none.
  ///   - variable: instead of `DEVIN_SYNC_` and the key.
  ///   - standard: what holds where nothing is set; empty: nothing does.
  ///   - example: as the configuration file would say it.
  ///   - help: for `--help` and the file.
  ///   - fileHelp: what only who writes the file needs to know.
  ///   - apply: what it changes of a run; nil: it is read where it is needed.
  init(
    _ key: String, _ form: SettingForm<Value>, flag: SettingFlag? = nil, variable: String? = nil, standard: [String] = [],
    example: String, help: String, fileHelp: String = "", apply: (@Sendable (Value, inout SyncOptions) -> Void)? = nil
  ) {
    self.key = key
    self.form = form
    self.flag = flag?.named(after: key)
    self.variable = variable ?? (form.shape == .command ? nil : "DEVIN_SYNC_" + key.uppercased())
    self.standard = standard
    self.example = example
    self.help = help
    self.fileHelp = fileHelp
    self.apply = apply
  }

  var shape: SettingShape { form.shape }
  var valueName: String { form.valueName }
  var completion: SettingCompletion { form.completion }

  func check(_ values: [String]) throws(SettingObjection) { _ = try form.read(values) }

  func apply(_ values: [String], to options: inout SyncOptions) throws(SettingObjection) {
    if let apply, !values.isEmpty { apply(try form.read(values), &options) }
  }
}

/// A setting of whatever type, for everything that treats all of them alike.
protocol AnySetting: Sendable {
  /// In the configuration file.
  var key: String { get }
  /// Nil: it has none.
  var flag: SettingFlag? { get }
  /// Nil: there is none. A command is a list of values, and a variable is one text that a shell would have to take apart.
  var variable: String? { get }
  /// What holds where nothing is set; empty: nothing does.
  var standard: [String] { get }
  /// As the configuration file would say it.
  var example: String { get }
  /// What it does.
  var help: String { get }
  /// What only who writes the configuration file needs to know.
  var fileHelp: String { get }
  /// What it looks like in the configuration file.
  var shape: SettingShape { get }
  /// What `--help` calls a value.
  var valueName: String { get }
  /// What a shell may complete.
  var completion: SettingCompletion { get }
  /// - Throws: why these values are not taken.
  func check(_ values: [String]) throws(SettingObjection)
  /// Changes what a run is asked to do, if this setting does.
  func apply(_ values: [String], to options: inout SyncOptions) throws(SettingObjection)
}

extension AnySetting {
  /// For who writes the configuration file, or reads of all settings.
  var explanation: String { fileHelp.isEmpty ? help : "\(help) \(fileHelp)" }
}

/// Why values are not taken, as the rest of a sentence that begins with where they come from.
struct SettingObjection: Error, Hashable, Sendable {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// The flag of a setting, and the commands that have it.
struct SettingFlag: Sendable {
  /// Commands that share their flags.
  enum Group: Sendable {
    /// Everything that opens a mirror.
    case database
    /// Everything that asks the API.
    case connection
    /// Everything that makes runs.
    case run
    /// `maintain`.
    case maintenance
    /// `push`.
    case push
  }

  /// As people write it: `--lock-wait`; without dashes: an argument.
  var name: String
  let group: Group

  /// Named after the key: `lock_wait` becomes `--lock-wait`.
  static func flag(_ group: Group) -> SettingFlag { SettingFlag(name: "", group: group) }
  static func flag(_ name: String, _ group: Group) -> SettingFlag { SettingFlag(name: name, group: group) }

  fileprivate func named(after key: String) -> SettingFlag {
    name.isEmpty ? SettingFlag(name: "--" + key.replacing("_", with: "-"), group: group) : self
  }
}
