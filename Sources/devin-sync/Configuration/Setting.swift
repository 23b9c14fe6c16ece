import DevinSync

/// One setting, declared once (`DeclaredSettings`). Its flag, its variable, the check of the configuration file, the file that
/// `config init` writes, `--help` and `docs/settings.md` are all derived from the declaration.
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
  ///   - variable: the name to use instead of `DEVIN_SYNC_` and the key.
  ///   - standard: the default; empty: there is none.
  ///   - example: as written in the configuration file.
  ///   - help: for `--help` and the file.
  ///   - fileHelp: further help that is only needed in the configuration file.
  ///   - apply: how it changes the options of a run; nil: it is read where it is needed.
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

/// A setting of any type, for code that treats all settings alike.
protocol AnySetting: Sendable {
  /// Its name in the configuration file.
  var key: String { get }
  /// Nil: it has none.
  var flag: SettingFlag? { get }
  /// Nil: there is none. A command is a list of values, but a variable is one text, which a shell would have to split.
  var variable: String? { get }
  /// The default; empty: there is none.
  var standard: [String] { get }
  /// As written in the configuration file.
  var example: String { get }
  /// What it does.
  var help: String { get }
  /// Further help that is only needed in the configuration file.
  var fileHelp: String { get }
  /// Its form in the configuration file.
  var shape: SettingShape { get }
  /// The name of its value in `--help`.
  var valueName: String { get }
  /// What a shell may complete.
  var completion: SettingCompletion { get }
  /// - Throws: why these values are invalid.
  func check(_ values: [String]) throws(SettingObjection)
  /// Changes the options of a run, if this setting does.
  func apply(_ values: [String], to options: inout SyncOptions) throws(SettingObjection)
}

extension AnySetting {
  /// The complete help, for the configuration file and the list of all settings.
  var explanation: String { fileHelp.isEmpty ? help : "\(help) \(fileHelp)" }
}

/// Why values are invalid, as the predicate of a sentence whose subject is where they come from.
struct SettingObjection: Error, Hashable, Sendable {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// The flag of a setting, and the commands that have it.
struct SettingFlag: Sendable {
  /// Groups of commands that share their flags.
  enum Group: Sendable {
    /// Every command that opens a mirror.
    case database
    /// Every command that sends requests to the API.
    case connection
    /// Every command that starts runs.
    case run
    /// `maintain`.
    case maintenance
    /// `push`.
    case push
  }

  /// As on the command line: `--lock-wait`; without dashes: an argument.
  var name: String
  let group: Group

  /// Named after the key: `lock_wait` becomes `--lock-wait`.
  static func flag(_ group: Group) -> SettingFlag { SettingFlag(name: "", group: group) }
  static func flag(_ name: String, _ group: Group) -> SettingFlag { SettingFlag(name: name, group: group) }

  fileprivate func named(after key: String) -> SettingFlag {
    name.isEmpty ? SettingFlag(name: "--" + key.replacing("_", with: "-"), group: group) : self
  }
}
