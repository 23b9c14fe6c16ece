public import DevinModel
import MirrorStore

/// What a run is asked to do.
public struct SyncOptions: Hashable, Sendable {
  /// Names of resources or groups, `default` or `all`; empty: the default set. A resource named without its parent reads
  /// below the parents already mirrored. `files`, which no other word means, reads the contents of attachments.
  public var resources: [String] = []
  /// Names of resources or groups to leave out.
  public var skip: [String] = []
  /// Read everything again instead of what is new.
  public var full = false
  /// The most requests in flight, 1 to 64. How many there are, up to this, follows from what the server answers.
  public var concurrency = SyncOptions.mostConcurrency
  /// The largest `concurrency`.
  public static let mostConcurrency = 64
  /// After this the run ends, with progress saved; nil: no limit.
  public var maxDuration: Duration?
  /// How long to wait for another run to let go of the database.
  public var lockWait = Duration.zero
  /// The share of a resource's rows, 0 to 1, that a run may mark as deleted; up to ten rows always may be, unless
  /// a list that held two or more comes back empty.
  public var deletionLimit = 0.2
  /// Mark rows as deleted even where more than that has gone, where a list is empty, or where another key had seen them.
  public var allowMassDeletion = false
  /// How old the last complete walk without a filter may get before the next is due.
  public var reconcileEvery = Duration.seconds(86_400)
  /// How old lists may get that come back unchanged, where several organizations are read. `full`, and resources that are named for
  /// this run alone, are read whatever their age.
  public var refreshLimits = RefreshLimits()

  /// How much of the contents of attachments is kept, where `resources` names `files`.
  public var fileLimits = FileContents.Limits()

  /// Whether the words of messages, titles, notes and playbooks are kept in an index, for `search`.
  public var indexesText = true
  /// Members whose change alone is not recorded in `sync_changes`, as `table.member`.
  public var volatileFields: [String] = []
  /// Texts that are left out of the mirror, as `table.member`. When one is no longer named, the lists that bring it are read again.
  public var omit: [String] = []

  /// Whether `resources` are what every run is asked for, as in a configuration file, and not this run alone: what is read
  /// besides is then no longer requested, and does not count as missing.
  public var resourcesAreStanding = false

  /// Whether the organizations were chosen by the user; set by the run.
  var organizationsAreNamed = false

  /// The default set, whatever is new, without a limit of time.
  public init() {}

  /// Whether a resource was asked for by its own name: then it is no small matter if the key may not read it.
  func names(_ resource: Resource) -> Bool { resources.contains(resource.name) }

  /// By table.
  package var volatileMembers: [String: [String]] { Self.byTable(volatileFields) }
  package var omittedMembers: [String: [String]] { Self.byTable(omit) }

  static func byTable(_ fields: [String]) -> [String: [String]] {
    fields.reduce(into: [:]) { members, field in
      let parts = field.split(separator: ".", maxSplits: 1).map(String.init)
      if parts.count == 2 { members[parts[0], default: []].append(parts[1]) }
    }
  }

  /// Whether this is `table.member` of what people wrote or are, which a mirror can do without: no key, and neither an id, a time nor a
  /// number.
  public static func mayOmit(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let table = Catalogue.resource(named: parts[0])?.table, parts[1] != "_raw",
      !(table.keyColumns + table.scopeColumns).contains(parts[1])
    else { return false }
    return (try? RedactionRules.of(table.name).columns[parts[1]]).map { ![.kept, .words, .cron].contains($0) } ?? false
  }

  /// Whether this is `table.member` with a table that is mirrored.
  public static func isField(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    return parts.count == 2 && Catalogue.resource(named: parts[0]) != nil && !parts[1].isEmpty
      && parts[1].utf8.allSatisfy {
        $0 == UInt8(ascii: "_") || ($0 < 0x80 && (Unicode.Scalar($0).properties.isAlphabetic || (0x30...0x39).contains($0)))
      }
  }
}
