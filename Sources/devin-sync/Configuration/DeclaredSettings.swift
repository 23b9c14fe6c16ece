import DevinSync

/// Every setting, in the order in which `config init` writes them. To add one, declare it here.
struct DeclaredSettings: Sendable {
  let organizations = Setting(
    "organizations", .organizations, flag: .flag("--org", .connection), variable: "DEVIN_ORG_ID", example: "[\"org-8f2c\"]",
    help: "Organizations to mirror. Default: the one the key belongs to, or all of its enterprise.")
  let apiURL = Setting(
    "api_url", .address, flag: .flag(.connection), variable: "DEVIN_API_URL", standard: [APIAddress.devin.description],
    example: "\"https://api.devin.ai\"", help: "Address of the API.")
  let caFile = Setting(
    "ca_file", .file, flag: .flag(.connection), example: "\"/etc/ssl/company.pem\"",
    help: "Certificates (PEM) of authorities to trust beside the system's, where a company signs its own.")
  let database = Setting(
    "database", .database, flag: .flag(.database), standard: ["devin.db"], example: "\"~/devin.db\"",
    help: "The mirror.", fileHelp: "A path is relative to the folder of this file.")
  let credential = Setting(
    "credential", .name, flag: .flag(.connection), example: "\"work\"",
    help: "Name of a key kept by `devin-sync credentials add`.")
  let apiKeyFile = Setting(
    "api_key_file", .file, flag: .flag(.connection), example: "\"~/.config/devin-sync/key\"",
    help: "A file that holds the key (chmod 600). The key itself has no flag: others could read it.",
    fileHelp: "Of credential, api_key_file and api_key_command set one.")
  let apiKeyCommand = Setting(
    "api_key_command", .command, example: "[\"op\", \"read\", \"op://vault/devin/key\"]",
    help: "A program that prints the key. It is run without a shell and has 30 seconds.")
  let pushCredential = Setting(
    "push_credential", .name, flag: .flag(.push), example: "\"push\"",
    help:
      "Name of a key kept by `devin-sync credentials add` that `devin-sync push` uses. DEVIN_PUSH_API_KEY holds the key itself.",
    fileHelp: "It is never the key that reads, unless --use-reading-key says so.")
  let resources = Setting(
    "resources", .resources, flag: .flag("RESOURCE", .run), standard: ["default"], example: "[\"default\", \"metrics\"]",
    help: "Resources and groups to mirror; `devin-sync resources` lists them.")
  let skip = Setting(
    "skip", .resources, flag: .flag(.run), example: "[\"secrets\"]", help: "Resources and groups to leave out."
  ) { $1.skip = $0 }
  let concurrency = Setting(
    "concurrency", .number(1...SyncOptions.mostConcurrency), flag: .flag(.run), standard: ["64"], example: "64",
    help: "The most requests in flight, 1 to 64; how many there are below that follows from what the server answers."
  ) { $1.concurrency = $0 }
  let maxDuration = Setting(
    "max_duration", .duration, flag: .flag(.run), example: "\"12m\"",
    help: "Stop after this long, with progress saved and status 75. Default: no limit."
  ) { $1.maxDuration = $0 }
  let lockWait = Setting(
    "lock_wait", .duration, flag: .flag(.run), standard: ["0s"], example: "\"30s\"",
    help: "How long to wait for another run to end."
  ) { $1.lockWait = $0 }
  let reconcileEvery = Setting(
    "reconcile_every", .duration, standard: ["1d"], example: "\"1d\"",
    help: "How old the last complete walk may get before everything is listed again, to find deletions."
  ) { $1.reconcileEvery = $0 }
  let refresh = Setting(
    "refresh", .refreshLimits, standard: ["default=6h"], example: "{ default = \"6h\", people = \"12h\" }",
    help:
      "Of several organizations: how old lists that come back unchanged may get, by group; `default` is every group that is not named, 0s reads it in every run. Sessions, insights and what the enterprise lists in one place are read in every run."
  ) { $1.refreshLimits = $0 }
  let deletionLimit = Setting(
    "deletion_limit", .share, flag: .flag(.run), standard: ["20%"], example: "\"20%\"",
    help:
      "Nothing is marked deleted where more than this share of a resource has gone; the first ten rows are always allowed, unless a list that held two or more comes back empty."
  ) { $1.deletionLimit = $0 }
  let searchIndex = Setting(
    "search_index", SettingForm<Switch>.choice, standard: ["on"], example: "\"on\"",
    help: "on or off: whether text is indexed for `devin-sync search`. Off empties the index."
  ) { $1.indexesText = $0 == .on }
  let volatileFields = Setting(
    "volatile_fields", .fields, example: "[\"sessions.acus_consumed\"]",
    help: "Members whose change alone adds nothing to the history, to keep it small. The row itself changes."
  ) { $1.volatileFields = $0 }
  let omit = Setting(
    "omit", .omittableFields, example: "[\"session_messages.message\"]",
    help:
      "Texts that the mirror is to do without. What is in it already goes with the next `devin-sync maintain`; what is no longer named here is read again."
  ) { $1.omit = $0 }
  let fileLimit = Setting(
    "file_limit", .size, standard: ["50MB"], example: "\"50MB\"",
    help: "The largest content of an attachment that `devin-sync sync files` keeps."
  ) { $1.fileLimits.file = $0 }
  let filesLimit = Setting(
    "files_limit", .size, standard: ["2GB"], example: "\"2GB\"",
    help:
      "The most that all these contents may take together; equal ones count once. When a limit grows, the next such run reads what it kept out."
  ) { $1.fileLimits.total = $0 }
  let keepChanges = Setting(
    "keep_changes", .duration, flag: .flag(.maintenance), example: "\"365d\"",
    help: "How long `devin-sync maintain` keeps the history of changes and runs. Default: for ever.")
  let keepDeleted = Setting(
    "keep_deleted", .duration, flag: .flag(.maintenance), example: "\"90d\"",
    help: "How long `devin-sync maintain` keeps rows that were deleted. Default: for ever.")
  let logFile = Setting(
    "log_file", .file, flag: .flag(.run), example: "\"~/.local/state/devin-sync.log\"",
    help: "A file to which each run adds a line, and one for each problem. The run's number is that of sync_runs.")
  let logFormat = Setting(
    "log_format", SettingForm<RunLog.Format>.choice, flag: .flag(.run), example: "\"text\"",
    help: "text or json. Without log_file the lines go to stderr.")
  let logLevel = Setting(
    "log_level", SettingForm<RunLog.Level>.choice, flag: .flag(.run), standard: ["info"], example: "\"info\"",
    help: "error: problems; info: and the run; debug: and each resource.")
  let summaryFile = Setting(
    "summary_file", .file, flag: .flag(.run), example: "\"runs.jsonl\"",
    help: "A file to which each run adds one JSON object on a line.")
  let metricsFile = Setting(
    "metrics_file", .file, flag: .flag(.run), example: "\"/var/lib/prometheus/node-exporter/devin-sync.prom\"",
    help: "A file of figures for node_exporter's textfile collector (OpenMetrics), replaced by each run.")
  let pingURL = Setting(
    "ping_url", .pingAddress, flag: .flag(.run), example: "\"https://hc-ping.com/0b6f6cbe\"",
    help: "An address to tell: /start, nothing added for success, /fail (as healthchecks does). Never gets the key.")
  let onChange = Setting(
    "on_change", .command, flag: .flag(.run), example: "[\"notify\", \"--topic\", \"devin\"]",
    help:
      "A program to run after a run that changed rows; the changes come on its stdin as JSON lines. No shell is involved.")
  let acuRate = Setting(
    "acu_rate", .price, example: "2.25",
    help:
      "What one ACU costs you. Questions, the report and the pages then have columns of costs, named as your own rate; Devin reports no prices."
  )
  let currency = Setting(
    "currency", .currency, example: "\"USD\"", help: "The currency of acu_rate, as three letters.")

  static let all = DeclaredSettings()
  /// All settings as a list.
  static let list: [any AnySetting] = Mirror(reflecting: all).children.compactMap { $0.value as? any AnySetting }

  /// Nil: there is no such setting.
  static func named(_ key: String) -> (any AnySetting)? { list.first { $0.key == key } }
}
