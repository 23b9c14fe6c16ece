import DevinSync

/// What can be set, under the name that the configuration file has for it. One list: flags, variables, the file's check and
/// the file that `config init` writes all go by it.
enum SettingKey: String, CaseIterable, Sendable {
  case organizations
  case apiURL = "api_url"
  case caFile = "ca_file"
  case database
  case credential
  case apiKeyFile = "api_key_file"
  case apiKeyCommand = "api_key_command"
  case resources
  case skip
  case concurrency
  case maxDuration = "max_duration"
  case lockWait = "lock_wait"
  case reconcileEvery = "reconcile_every"
  case refresh
  case deletionLimit = "deletion_limit"
  case searchIndex = "search_index"
  case volatileFields = "volatile_fields"
  case omit
  case keepChanges = "keep_changes"
  case keepDeleted = "keep_deleted"
  case logFile = "log_file"
  case logFormat = "log_format"
  case logLevel = "log_level"
  case summaryFile = "summary_file"
  case metricsFile = "metrics_file"
  case pingURL = "ping_url"
  case onChange = "on_change"
  case acuRate = "acu_rate"
  case currency

  /// What a value looks like.
  enum Kind: Hashable, Sendable {
    case text
    /// In the configuration file: relative to its folder, `~/` being the home folder.
    case path
    case address
    /// Of whom to tell that a run began or ended.
    case pingAddress
    case organizations
    case resources
    /// Each `table.member`.
    case fields
    /// A program and its arguments.
    case command
    case number(ClosedRange<Int>)
    /// Of one of something: greater than 0.
    case price
    /// Three capital letters.
    case currency
    case choice([String])
    /// Of a whole: `20%`.
    case share
    case duration
    /// A length of time for each of some groups of resources: `people=12h`.
    case groupDurations
  }

  var kind: Kind {
    switch self {
    case .organizations: .organizations
    case .apiURL: .address
    case .database, .apiKeyFile, .caFile, .logFile, .summaryFile, .metricsFile: .path
    case .pingURL: .pingAddress
    case .logFormat: .choice(RunLog.Format.allCases.map(\.rawValue))
    case .logLevel: .choice(RunLog.Level.allCases.map(\.rawValue))
    case .searchIndex: .choice(["on", "off"])
    case .volatileFields, .omit: .fields
    case .credential: .text
    case .apiKeyCommand, .onChange: .command
    case .resources, .skip: .resources
    case .concurrency: .number(1...64)
    case .maxDuration, .lockWait, .reconcileEvery, .keepChanges, .keepDeleted: .duration
    case .deletionLimit: .share
    case .refresh: .groupDurations
    case .acuRate: .price
    case .currency: .currency
    }
  }

  /// Nil: there is none.
  var flag: String? {
    switch self {
    case .organizations: "--org"
    case .resources: "RESOURCE"
    case .apiURL, .caFile, .database, .credential, .apiKeyFile, .skip, .concurrency, .maxDuration, .lockWait,
      .deletionLimit, .logFile, .logFormat, .logLevel, .summaryFile, .metricsFile, .pingURL, .onChange, .keepChanges,
      .keepDeleted:
      "--" + rawValue.replacing("_", with: "-")
    case .apiKeyCommand, .reconcileEvery, .refresh, .searchIndex, .volatileFields, .omit, .acuRate, .currency: nil
    }
  }

  /// Nil: there is none. A command is a list of words, and a variable is one text that a shell would have to take apart.
  var variable: String? {
    switch self {
    case .organizations: "DEVIN_ORG_ID"
    case .apiURL: "DEVIN_API_URL"
    case .apiKeyCommand, .onChange: nil
    default: "DEVIN_SYNC_" + rawValue.uppercased()
    }
  }

  /// What holds where nothing is set; empty: nothing does.
  var standard: [String] {
    switch self {
    case .apiURL: [APIAddress.devin.description]
    case .database: ["devin.db"]
    case .resources: ["default"]
    case .concurrency: ["64"]
    case .lockWait: ["0s"]
    case .reconcileEvery: ["1d"]
    case .refresh: ["default=6h"]
    case .deletionLimit: ["20%"]
    case .logLevel: ["info"]
    case .searchIndex: ["on"]
    default: []
    }
  }

  /// For the file that `config init` writes.
  var explanation: String {
    switch self {
    case .organizations: "Organizations to mirror. Default: the one the key belongs to, or all of its enterprise."
    case .apiURL: "Address of the API."
    case .caFile: "Certificates (PEM) of authorities to trust beside the system's, where a company signs its own."
    case .database: "The mirror. A path is relative to the folder of this file."
    case .credential: "Name of a key kept by `devin-sync credentials add`."
    case .apiKeyFile: "A file that holds the key (chmod 600). Of credential, api_key_file and api_key_command set one."
    case .apiKeyCommand: "A program that prints the key. It is run without a shell and has 30 seconds."
    case .resources: "Resources and groups to mirror; `devin-sync resources` lists them."
    case .skip: "Resources and groups to leave out."
    case .concurrency: "The most requests in flight, 1 to 64; how many there are below that follows from what the server answers."
    case .maxDuration: "Stop after this long, with progress saved and status 75. Default: no limit."
    case .lockWait: "How long to wait for another run to end."
    case .reconcileEvery: "How old the last complete walk may get before everything is listed again, to find deletions."
    case .refresh:
      "Of several organizations: how old lists that come back unchanged may get, by group; `default` is every group that is not named, 0s reads it in every run. Sessions, insights and what the enterprise lists in one place are read in every run."
    case .deletionLimit:
      "Nothing is marked deleted where more than this share of a resource has gone; the first ten rows are always allowed, unless a list that held two or more comes back empty."
    case .logFile: "A file to which each run adds a line, and one for each problem. The run's number is that of sync_runs."
    case .logFormat: "text or json. Without log_file the lines go to stderr."
    case .logLevel: "error: problems; info: and the run; debug: and each resource."
    case .summaryFile: "A file to which each run adds one JSON object on a line."
    case .metricsFile: "A file of figures for node_exporter's textfile collector (OpenMetrics), replaced by each run."
    case .pingURL: "An address to tell: /start, nothing added for success, /fail (as healthchecks does). Never gets the key."
    case .onChange:
      "A program to run after a run that changed rows; the changes come on its stdin as JSON lines. No shell is involved."
    case .searchIndex: "on or off: whether text is indexed for `devin-sync search`. Off empties the index."
    case .volatileFields: "Members whose change alone adds nothing to the history, to keep it small. The row itself changes."
    case .omit:
      "Texts that the mirror is to do without. What is in it already goes with the next `devin-sync maintain`; what is no longer named here is read again."
    case .keepChanges: "How long `devin-sync maintain` keeps the history of changes and runs. Default: for ever."
    case .keepDeleted: "How long `devin-sync maintain` keeps rows that were deleted. Default: for ever."
    case .acuRate:
      "What one ACU costs you. Questions, the report and the pages then have columns of costs, named as your own rate; Devin reports no prices."
    case .currency: "The currency of acu_rate, as three letters."
    }
  }

  /// As the file would say it.
  var example: String {
    switch self {
    case .organizations: "[\"org-8f2c\"]"
    case .apiURL: "\"https://api.devin.ai\""
    case .caFile: "\"/etc/ssl/company.pem\""
    case .database: "\"~/devin.db\""
    case .credential: "\"work\""
    case .apiKeyFile: "\"~/.config/devin-sync/key\""
    case .apiKeyCommand: "[\"op\", \"read\", \"op://vault/devin/key\"]"
    case .resources: "[\"default\", \"metrics\"]"
    case .skip: "[\"secrets\"]"
    case .concurrency: "64"
    case .maxDuration: "\"12m\""
    case .lockWait: "\"30s\""
    case .reconcileEvery: "\"1d\""
    case .refresh: "{ default = \"6h\", people = \"12h\" }"
    case .deletionLimit: "\"20%\""
    case .searchIndex: "\"on\""
    case .volatileFields: "[\"sessions.acus_consumed\"]"
    case .omit: "[\"session_messages.message\"]"
    case .keepChanges: "\"365d\""
    case .keepDeleted: "\"90d\""
    case .onChange: "[\"notify\", \"--topic\", \"devin\"]"
    case .logFile: "\"~/.local/state/devin-sync.log\""
    case .logFormat: "\"text\""
    case .logLevel: "\"info\""
    case .summaryFile: "\"runs.jsonl\""
    case .metricsFile: "\"/var/lib/prometheus/node-exporter/devin-sync.prom\""
    case .pingURL: "\"https://hc-ping.com/0b6f6cbe\""
    case .acuRate: "2.25"
    case .currency: "\"USD\""
    }
  }
}

extension SettingKey {
  /// Why these words are not taken, as the rest of a sentence that begins with where they come from; nil: they are.
  func objection(to words: [String]) -> String? {
    switch kind {
    case .organizations:
      words.first { !Self.isOnePart($0) }.map { "is no organization id: “\($0)”. It looks like org-8f2c…." }
    case .address: words.first.flatMap(Self.objection(toAddress:))
    case .pingAddress:
      words.first.flatMap(Self.objection(toAddress:)).map { _ in
        "is no address to ping: https (or http to this machine), without a user name or a query."
      }
    case .choice(let choices):
      words.first.map(choices.contains) == true ? nil : "takes \(choices.joined(separator: ", ")), not `\(words.first ?? "")`."
    case .resources:
      words.first { Catalogue.resources(for: $0) == nil }.map {
        "names `\($0)`, which is no resource or group. \(Self.resourceAdvice($0))"
      }
    case .fields where self == .omit:
      words.first { !SyncOptions.mayOmit($0) }.map {
        "names `\($0)`, which cannot be left out. It takes texts of a table, such as session_messages.message; keys, ids, times and numbers stay."
      }
    case .fields:
      words.first { !SyncOptions.isField($0) }.map {
        "names `\($0)`, which is no field of a table. It looks like sessions.acus_consumed."
      }
    case .path where self == .database: DevinMirror.objection(toDatabase: words.first ?? "")
    case .command, .text, .path:
      if words.first.map({ $0.allSatisfy(\.isWhitespace) }) ?? true {
        "is empty."
      } else if words.contains(where: { $0.utf8.contains(0) }) {
        "holds a NUL, which nothing can be given."
      } else {
        nil
      }
    case .number(let range):
      words.first.flatMap(Int.init).map(range.contains) == true
        ? nil : "takes a number from \(range.lowerBound) to \(range.upperBound), not `\(words.first ?? "")`."
    case .price:
      words.first.flatMap(Double.init).map { $0 > 0 && $0 <= 1_000_000 } == true
        ? nil : "takes a price greater than 0, such as 2.25, not `\(words.first ?? "")`."
    case .currency:
      words.first?.wholeMatch(of: /[A-Z]{3}/) != nil
        ? nil : "takes the three capital letters of a currency, such as USD, not `\(words.first ?? "")`."
    case .share:
      words.first.flatMap(PercentArgument.init(argument:)) != nil
        ? nil : "takes a share such as 20%, not `\(words.first ?? "")`."
    case .duration:
      words.first.flatMap(DurationArgument.init(argument:)) != nil
        ? nil : "takes a length of time, such as 30s, 10m, 1h30m or 2d, not `\(words.first ?? "")`."
    case .groupDurations: words.lazy.compactMap(RefreshLimits.objection(to:)).first
    }
  }

  private static func resourceAdvice(_ word: String) -> String {
    let known = Catalogue.all.map(\.name) + ResourceGroup.allCases.map(\.rawValue) + ["default", "all"]
    return known.nearest(to: word).map { "Did you mean `\($0)`?" } ?? "`devin-sync resources` lists them."
  }

  private static func isOnePart(_ id: String) -> Bool {
    !id.isEmpty && id != "." && id != ".." && !id.contains("/")
      && id.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
  }

  private static func objection(toAddress text: String) -> String? {
    do throws(APIAddress.Invalid) {
      _ = try APIAddress(text)
      return nil
    } catch {
      return switch error {
      case .notAnAddress: "is no address of an API. It looks like https://api.devin.ai"
      case .plainHTTP(let host):
        "would send the key to \(host) in the clear. Use https; plain http is for loopback addresses only."
      case .unexpectedPart: "holds a user name, a query or a fragment. Give scheme, host and port only."
      }
    }
  }
}
