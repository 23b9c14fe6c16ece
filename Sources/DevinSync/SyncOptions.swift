public import DevinModel
import MirrorStore

/// What a run is to do.
public struct SyncOptions: Hashable, Sendable {
  /// Names of resources or groups, `default` or `all`; empty: the default set. A resource named without its parent resource reads
  /// the child lists of parents already mirrored. Only the name `files` reads the contents of attachments.
  public var resources: [String] = []
  /// Names of resources or groups to leave out.
  public var skip: [String] = []
  /// Read everything again, not only what is new.
  public var full = false
  /// The maximum number of requests in flight, 1 to 64. The actual number, up to this, adapts to the server's answers.
  public var concurrency = SyncOptions.mostConcurrency
  /// The largest `concurrency`.
  public static let mostConcurrency = 64
  /// The time limit: then the run ends, with progress saved; nil: no limit.
  public var maxDuration: Duration?
  /// How long to wait for another run to release the database.
  public var lockWait = Duration.zero
  /// The share of a resource's rows, 0 to 1, that a run may mark as deleted. Up to ten rows are always allowed, unless
  /// a list that held two or more comes back empty.
  public var deletionLimit = 0.2
  /// Mark rows as deleted even if there are more than that, if a list is empty, or if only another key had seen them.
  public var allowMassDeletion = false
  /// The maximum age of the last complete walk without a filter; after that, the next one is due.
  public var reconcileEvery = Duration.seconds(86_400)
  /// How old unchanged lists may get when several organizations are read. With `full`, and for resources named for this run only,
  /// lists are read regardless of their age.
  public var refreshLimits = RefreshLimits()

  /// How much of the contents of attachments to store, if `resources` includes `files`.
  public var fileLimits = FileContents.Limits()

  /// Whether to keep the text of messages, titles, notes and playbooks in a full-text index, for `search`.
  public var indexesText = true
  /// Members, as `table.member`, that are not recorded in `sync_changes` if nothing else changed.
  public var volatileFields: [String] = []
  /// Texts left out of the mirror, as `table.member`. If one is no longer named, the lists that contain it are read again.
  public var omit: [String] = []

  /// Whether `resources` applies to every run, as in a configuration file, and not to this run only. Resources that are not among
  /// them are then no longer requested, and do not count as missing.
  package var resourcesAreConfigured = false

  /// Whether the organizations were chosen by the user; set by the run.
  var organizationsAreNamed = false

  /// The default set, only what is new, without a time limit.
  public init() {}

  /// Makes sure that a run with these options would read something. A run does so by itself before it connects.
  /// - Throws: `SyncError`: `.unknownResource`; `.nothingRequested`.
  public func validate() throws(SyncError) { _ = try SyncPlan(self) }

  /// Whether a resource was requested by its own name: then a missing permission is an error.
  func names(_ resource: Resource) -> Bool { resources.contains(resource.name) }

  /// Members by table.
  package var volatileMembers: [String: [String]] { Self.byTable(volatileFields) }
  package var omittedMembers: [String: [String]] { Self.byTable(omit) }

  static func byTable(_ fields: [String]) -> [String: [String]] {
    fields.reduce(into: [:]) { members, field in
      let parts = field.split(separator: ".", maxSplits: 1).map(String.init)
      if parts.count == 2 { members[parts[0], default: []].append(parts[1]) }
    }
  }

  /// Whether this is a `table.member` that a mirror can omit: text that people wrote or that identifies them. Keys, ids, times and
  /// numbers cannot be omitted.
  package static func mayOmit(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let table = Catalogue.resource(named: parts[0])?.table, parts[1] != "_raw",
      !(table.keyColumns + table.scopeColumns).contains(parts[1])
    else { return false }
    return (try? RedactionRules.of(table.name).columns[parts[1]]).map { ![.kept, .tokens, .cron].contains($0) } ?? false
  }

  /// Whether this is `table.member` with a table that is mirrored.
  package static func isField(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    return parts.count == 2 && Catalogue.resource(named: parts[0]) != nil && !parts[1].isEmpty
      && parts[1].utf8.allSatisfy {
        $0 == UInt8(ascii: "_") || ($0 < 0x80 && (Unicode.Scalar($0).properties.isAlphabetic || (0x30...0x39).contains($0)))
      }
  }
}
