import DevinModel
public import MirrorReading

/// What a verification is to do.
public struct VerifyOptions: Hashable, Sendable {
  /// Names of resources or groups, `default` or `all`; empty: the default set.
  public var resources: [String] = []
  /// Names of resources or groups to leave out.
  public var skip: [String] = []
  /// How many child lists, and how many spans of time, of each resource are compared, chosen at random; nil: all.
  public var sample: Int? = 20
  /// Write the differences, and mark deleted rows.
  public var repair = false
  /// As in `SyncOptions`.
  public var deletionLimit = SyncOptions().deletionLimit
  /// As in `SyncOptions`.
  public var allowMassDeletion = false
  /// As in `SyncOptions`.
  public var concurrency = SyncOptions.mostConcurrency
  /// As in `SyncOptions`.
  public var lockWait = Duration.zero
  /// As in `SyncOptions`: what is left out is not compared.
  public var omit: [String] = []

  /// The default set, 20 lists of each resource below rows, without repair.
  public init() {}

  /// Whether the stored contents of attachments are checked against their rows. This needs no request, so more names include them here
  /// than in a sync.
  var meansFiles: Bool {
    (resources.isEmpty || resources.contains { [FileContents.name, "default", "all"].contains($0) })
      && !skip.contains(FileContents.name)
  }

  /// The options that the run needs.
  var asSyncOptions: SyncOptions {
    var options = SyncOptions()
    options.resources = resources
    options.skip = skip
    options.deletionLimit = deletionLimit
    options.allowMassDeletion = allowMassDeletion
    options.concurrency = concurrency
    options.lockWait = lockWait
    options.omit = omit
    return options
  }
}

/// How a mirror compares with the server.
public struct VerifyReport: Hashable, Encodable, Sendable {
  /// One difference between the mirror and the server.
  public struct Difference: Hashable, Encodable, Sendable {
    /// How mirror and server differ. The raw value is the text in JSON.
    public enum Kind: String, Hashable, Encodable, Sendable {
      /// The server lists it and the mirror does not have it.
      case missing
      /// The mirror has different content.
      case changed
      /// The row is marked as deleted in the mirror, but the server lists it.
      case markedDeleted = "marked_deleted"
      /// The mirror has the row as not deleted, but the server does not have it.
      case gone
    }

    /// Empty: the enterprise's own lists.
    public let organization: String
    /// Id of the parent row of the list; empty: a top-level list.
    public let parent: String
    /// The row's id; a JSON list where the key has several columns.
    public let key: String
    /// How mirror and server differ.
    public let kind: Kind
    /// Members of the object that differ; only for `changed`.
    public let members: [String]
    /// Whether the mirror has been corrected to match the server.
    public internal(set) var isRepaired: Bool
    /// Whether the newest sync did not have to read its list: the list had come back unchanged and may be older, so the server may have changed
    /// it since. It counts as a difference all the same.
    public let isNotDue: Bool

    private enum CodingKeys: String, CodingKey {
      case organization, parent, key, kind, members
      case isRepaired = "repaired"
      case isNotDue = "notDue"
    }
  }

  /// The result of the comparison for one resource.
  public struct Entry: Hashable, Encodable, Sendable {
    /// Name of the resource.
    public let resource: String
    /// Lists compared: of organizations, of parents, of spans of time.
    public internal(set) var lists = 0
    /// All lists that the sample was chosen from.
    public internal(set) var candidates = 0
    /// Rows that the server listed in them.
    public internal(set) var rows = 0
    /// Differences between mirror and server; empty: none.
    public internal(set) var differences: [Difference] = []
    /// Items that could not be parsed.
    public internal(set) var malformed = 0
    /// Child lists that contradict another row, such as the message counts of insights. They are compared anyway,
    /// since only what the server lists counts.
    public internal(set) var contradicted = 0
    /// Whether this mirror has never read it, so there is nothing to compare.
    public internal(set) var wasNeverRead = false

    private enum CodingKeys: String, CodingKey {
      case resource, lists, candidates, rows, differences, contradicted
      case malformed = "oddItems"
      case wasNeverRead = "neverMirrored"
    }
  }

  /// In the catalogue's order.
  public internal(set) var entries: [Entry] = []
  /// Lists that are not read yet, according to the mirror itself. Rows missing in them do not count as differences.
  public internal(set) var notRead: [MirrorCompleteness.Shortfall] = []
  /// Contents of attachments whose files are missing or differ, each a sentence.
  public internal(set) var fileFindings: [String] = []
  /// Whether the next run that reads contents reads these again.
  public internal(set) var wantsFilesAgain = false
  /// The stored contents of attachments; nil: they were never requested.
  public internal(set) var files: KeptFiles?
  /// Names of resources that the key may not read, or that this deployment does not have.
  public internal(set) var refused: [String] = []
  /// What kept lists from being compared; empty: nothing.
  public internal(set) var problems: [SyncProblem] = []
  /// HTTP requests sent, retries included.
  public internal(set) var requests = 0
  /// From the beginning to the end.
  public internal(set) var duration = Duration.zero
  /// `sync_runs.run_id` of the repair; nil: no repair was needed.
  public internal(set) var run: Int64?
  /// The task was cancelled before everything was compared.
  public internal(set) var wasCancelled = false

  private enum CodingKeys: String, CodingKey {
    case entries = "resources"
    case notRead, fileFindings, files, refused, problems, requests
    case run = "runId"
  }

  /// The differences of all resources.
  public var differences: [Difference] { entries.flatMap(\.differences) }

  /// Success if everything requested was read, and there are no differences or all of them are repaired.
  public var status: RunStatus {
    var parts = problems.map(\.status)
    if differences.contains(where: { !$0.isRepaired }) { parts.append(.unusableData) }
    if !notRead.isEmpty || !fileFindings.isEmpty { parts.append(.unusableData) }
    if wasCancelled { parts.append(.interrupted) }
    return .combined(parts)
  }
}
