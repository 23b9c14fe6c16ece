import DevinSync

/// Every setting, in the order in which `config init` writes them. To add one, declare it here.
struct DeclaredSettings: Sendable {
  /// The defaults of the options that settings change. The library declares them.
  private static let run = SyncOptions()

  let organizations = Setting(
    "organizations", .organizations, flag: .flag("--org", .connection), variable: "DEVIN_ORG_ID", example: "[\"org-8f2c\"]",
    help: "Organizations to mirror. Default: the organization of the key, or all organizations of its enterprise.")
  let apiURL = Setting(
    "api_url", .address, flag: .flag(.connection), variable: "DEVIN_API_URL", standard: [APIAddress.devin.description],
    example: "\"https://api.devin.ai\"", help: "Address of the API.")
  let caFile = Setting(
    "ca_file", .file, flag: .flag(.connection), example: "\"/etc/ssl/company.pem\"",
    help: "PEM file with certificate authorities to trust in addition to the system's, such as a company's own.")
  let database = Setting(
    "database", .database, flag: .flag(.database), standard: ["devin.db"], example: "\"~/devin.db\"",
    help: "Path of the mirror.", fileHelp: "A relative path starts at the folder of this file.")
  let credential = Setting(
    "credential", .credential, flag: .flag(.connection), example: "\"work\"",
    help: "Name of a key saved with `devin-sync credentials add`.")
  let apiKeyFile = Setting(
    "api_key_file", .file, flag: .flag(.connection), example: "\"~/.config/devin-sync/key\"",
    help: "File that contains the key (chmod 600). The key itself has no flag, because other users could see it.",
    fileHelp: "Set only one of credential, api_key_file and api_key_command.")
  let apiKeyCommand = Setting(
    "api_key_command", .command, example: "[\"op\", \"read\", \"op://vault/devin/key\"]",
    help: "Program that prints the key. It runs without a shell, for at most 30 seconds.")
  let pushCredential = Setting(
    "push_credential", .credential, flag: .flag(.push), example: "\"push\"",
    help:
      "Name of a saved key that `devin-sync push` uses to write. Instead, DEVIN_PUSH_API_KEY can contain the key itself.",
    fileHelp: "push never writes with the key that sync uses, except with --use-reading-key.")
  let resources = Setting(
    "resources", .resources, flag: .flag("RESOURCE", .run), standard: ["default"], example: "[\"default\", \"metrics\"]",
    help: "Resources and groups to mirror; `devin-sync resources` lists them.")
  let skip = Setting(
    "skip", .resources, flag: .flag(.run), example: "[\"secrets\"]", help: "Resources and groups to leave out."
  ) { $1.skip = $0 }
  let concurrency = Setting(
    "concurrency", .number(1...SyncOptions.mostConcurrency), flag: .flag(.run), standard: ["\(Self.run.concurrency)"],
    example: "64",
    help: "Maximum number of requests in flight, 1 to \(SyncOptions.mostConcurrency). The actual number adapts to the server."
  ) { $1.concurrency = $0 }
  let maxDuration = Setting(
    "max_duration", .duration, flag: .flag(.run), example: "\"12m\"",
    help: "Stop after this time, with progress saved and status 75. Default: no limit."
  ) { $1.maxDuration = $0 }
  let lockWait = Setting(
    "lock_wait", .duration, flag: .flag(.run), standard: [Self.run.lockWait.inDaysOrLess], example: "\"30s\"",
    help: "How long to wait if another run is active."
  ) { $1.lockWait = $0 }
  let reconcileEvery = Setting(
    "reconcile_every", .duration, standard: [Self.run.reconcileEvery.inDaysOrLess], example: "\"1d\"",
    help: "How often all rows are listed again, to find deletions."
  ) { $1.reconcileEvery = $0 }
  let refresh = Setting(
    "refresh", .refreshLimits, standard: Self.run.refreshLimits.settings, example: "{ default = \"6h\", people = \"12h\" }",
    help:
      "With several organizations: how long a run may skip a list that was unchanged, by group. `default` covers all groups that are not named; 0s reads the lists in every run. Sessions, insights and enterprise-wide lists are read in every run."
  ) { $1.refreshLimits = $0 }
  let deletionLimit = Setting(
    "deletion_limit", .share, flag: .flag(.run), standard: [Self.run.deletionLimit.inPercent], example: "\"20%\"",
    help:
      "If more than this share of a resource is missing on the server, no row is marked as deleted. The first ten rows are always allowed, unless a list of two or more rows comes back empty."
  ) { $1.deletionLimit = $0 }
  let searchIndex = Setting(
    "search_index", SettingForm<Switch>.choice, standard: [(Self.run.indexesText ? Switch.on : .off).rawValue],
    example: "\"on\"",
    help: "on or off: index texts for `devin-sync search`. off empties the index."
  ) { $1.indexesText = $0 == .on }
  let volatileFields = Setting(
    "volatile_fields", .fields, example: "[\"sessions.acus_consumed\"]",
    help: "A change of only these fields is not recorded in the history, to keep it small. The row itself is updated."
  ) { $1.volatileFields = $0 }
  let omit = Setting(
    "omit", .omittableFields, example: "[\"session_messages.message\"]",
    help:
      "Text fields that are not stored. The next `devin-sync maintain` removes stored texts. If you remove a field from this list, it is read again."
  ) { $1.omit = $0 }
  let fileLimit = Setting(
    "file_limit", .size, standard: [Self.run.fileLimits.file.asSize], example: "\"50MB\"",
    help: "Maximum size of an attachment that `devin-sync sync files` stores."
  ) { $1.fileLimits.file = $0 }
  let filesLimit = Setting(
    "files_limit", .size, standard: [Self.run.fileLimits.total.asSize], example: "\"2GB\"",
    help:
      "Maximum total size of these attachments; identical contents count once. If you raise a limit, the next run reads what exceeded it."
  ) { $1.fileLimits.total = $0 }
  let keepChanges = Setting(
    "keep_changes", .duration, flag: .flag(.maintenance), example: "\"365d\"",
    help: "How long `devin-sync maintain` keeps the history of changes and runs. Default: forever.")
  let keepDeleted = Setting(
    "keep_deleted", .duration, flag: .flag(.maintenance), example: "\"90d\"",
    help: "How long `devin-sync maintain` keeps deleted rows. Default: forever.")
  let logFile = Setting(
    "log_file", .file, flag: .flag(.run), example: "\"~/.local/state/devin-sync.log\"",
    help: "File to append a line to for each run and each problem. The run number is that of the table sync_runs.")
  let logFormat = Setting(
    "log_format", SettingForm<RunLog.Format>.choice, flag: .flag(.run), example: "\"text\"",
    help: "Log format: text or json. Without log_file, the log goes to stderr.")
  let logLevel = Setting(
    "log_level", SettingForm<RunLog.Level>.choice, flag: .flag(.run), standard: ["info"], example: "\"info\"",
    help: "Log level. error: problems; info: also runs; debug: also each resource.")
  let summaryFile = Setting(
    "summary_file", .file, flag: .flag(.run), example: "\"runs.jsonl\"",
    help: "File to append one line of JSON to for each run.")
  let metricsFile = Setting(
    "metrics_file", .file, flag: .flag(.run), example: "\"/var/lib/prometheus/node-exporter/devin-sync.prom\"",
    help: "File with OpenMetrics for the textfile collector of node_exporter. Each run replaces it.")
  let pingURL = Setting(
    "ping_url", .pingAddress, flag: .flag(.run), example: "\"https://hc-ping.com/0b6f6cbe\"",
    help:
      "URL to call when a run starts (URL/start), succeeds (URL) or fails (URL/fail), as healthchecks expects. The key is never sent."
  )
  let onChange = Setting(
    "on_change", .command, flag: .flag(.run), example: "[\"notify\", \"--topic\", \"devin\"]",
    help:
      "Program to start after a run that changed rows. It gets the changes on stdin, as JSON lines. No shell is used.")
  let acuRate = Setting(
    "acu_rate", .price, example: "2.25",
    help:
      "Your price of one ACU; Devin reports no prices. Questions, the report and the pages then also show costs, labelled as your own rate."
  )
  let currency = Setting(
    "currency", .currency, example: "\"USD\"", help: "Currency of acu_rate, as three letters.")

  static let all = DeclaredSettings()
  /// All settings as a list.
  static let list: [any AnySetting] = Mirror(reflecting: all).children.compactMap { $0.value as? any AnySetting }

  /// Nil: there is no such setting.
  static func named(_ key: String) -> (any AnySetting)? { list.first { $0.key == key } }
}

// Defaults as they are written in settings.

extension Duration {
  /// `1d`, not `24h`, as people write whole days.
  fileprivate var inDaysOrLess: String {
    let (days, rest) = components.seconds.quotientAndRemainder(dividingBy: 86_400)
    return days > 0 && rest == 0 ? "\(days)d" : asSetting
  }
}

extension Double {
  /// `20%`, of a share from 0 to 1.
  fileprivate var inPercent: String { "\(Int((self * 100).rounded()))%" }
}

extension Int {
  /// `50MB`, in the largest unit without a fraction.
  fileprivate var asSize: String {
    let units = [("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)]
    guard self > 0, let (unit, size) = units.first(where: { isMultiple(of: $0.1) }) else { return "\(self)" }
    return "\(self / size)\(unit)"
  }
}
