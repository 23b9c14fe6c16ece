public import DevinAPI
public import MirrorReading
import MirrorStore

/// Something that kept a run from being complete, as facts; `message` turns them into text.
public struct SyncProblem: Hashable, Sendable {
  /// What went wrong. The cases carry facts; `message` turns them into sentences.
  public enum Kind: Hashable, Sendable {
    /// 401.
    case keyRefused
    /// 403 for a list that the key has read before; the permission that it needs.
    case permissionLost(String)
    /// 403 for a resource that was requested by name; the permission that it needs.
    case forbidden(String)
    /// 404 for a list that was requested by name and never worked.
    case absent
    /// 404 for a list that worked before; the permission that it needs.
    case withdrawn(String)
    /// The request failed permanently, or every retry failed.
    case requestFailed
    /// The list's cursors formed a loop, or the list ended too early.
    case unsoundWalk(String)
    /// A walk would have marked an unlikely share of a list as deleted.
    case massDeletion(missing: Int, known: Int)
    /// A list that held this many rows came back without any.
    case emptied(Int)
    /// This many rows are not listed for this key; only the key of another principal has seen them.
    case seenWithAnotherKey(Int)
    /// This many rows of an organization are not in its list, but were in the enterprise's, and the enterprise could not be asked.
    case undecided(Int)
    /// Items in quarantine, and parents in quarantine because their lists could not be read.
    case quarantine(items: Int, parents: Int)
    /// A page was not what it claimed to be.
    case unusablePage(String)
    /// An enterprise key, and no way to find out which organizations exist.
    case organizationsUnknown
    /// The settings name an organization that rejects the key, and that is not among the key's organizations according to the API.
    case foreignOrganization(named: String, own: [String], ofEnterprise: Bool)
    /// None of the requested lists may be read; the numbers of 403 and 404 answers.
    case nothingReadable(forbidden: Int, absent: Int)
    /// Every path answered 404, even the one for the key itself; the number of lists.
    case nothingFound(Int)
    /// Requested by name, but readable with an enterprise key only.
    case outOfReach(String)
    /// The run ended without a problem, but this many lists that it requested are still pending in the ledger.
    case listsPending(Int)
    /// The run did not read the list of this resource, which names the parents, and no earlier run read it to its end.
    case parentsUnread(String)
    /// The contents of this many attachments were not acceptable or were refused; some of the reasons.
    case filesRefused(Int, [String])
    /// The contents of this many attachments are still to be read; some of the reasons.
    case filesUnread(Int, [String])
    /// Reading or writing the mirror's file failed.
    case databaseFailed(MirrorError)
    /// A bug in devin-sync: an error that nothing expects, as text.
    case defect(String)
  }

  /// What went wrong.
  public let kind: Kind
  /// Nil: the problem concerns the run as a whole.
  public let resource: String?
  /// Set where several are mirrored; nil: there is only one, or the problem concerns all.
  public let organization: String?
  /// The API's answer, if there was one.
  public let error: APIError?
  /// Where the key came from, for problems with the key; nil: unknown.
  public internal(set) var keySource: String?
  /// The lists with this problem, if it was merged from several; empty: see `resource`.
  public internal(set) var lists: [String] = []
  /// Lists that were not requested because of it.
  public internal(set) var listsNotAsked = 0

  package init(_ kind: Kind, resource: String? = nil, organization: String? = nil, error: APIError? = nil) {
    self.kind = kind
    self.resource = resource
    self.organization = organization
    self.error = error
  }

  init(_ error: StoreError) { self.init(.databaseFailed(MirrorError(error))) }

  /// How a run ends that had only this problem.
  public var status: RunStatus {
    switch kind {
    case .keyRefused, .permissionLost, .withdrawn, .forbidden, .outOfReach, .nothingReadable: .permission
    case .organizationsUnknown, .foreignOrganization: .configuration
    case .absent, .listsPending, .parentsUnread, .filesUnread: .unavailable
    case .nothingFound, .unsoundWalk, .massDeletion, .emptied, .seenWithAnotherKey, .undecided, .unusablePage,
      .filesRefused:
      .unusableData
    case .quarantine(let items, _): items > 0 ? .unusableData : .unavailable
    case .databaseFailed: .databaseFailed
    case .defect: .defect
    case .requestFailed:
      switch error?.reason {
      case .rejected, .redirected, .notJSON, .unexpectedShape, .tooLarge: .unusableData
      default: .unavailable
      }
    }
  }

  /// - Parameter isKnownKey: whether the API identified the key. If even that path is not found, the server may not be the API.
  static func nothingReadable(forbidden: Int, absent: Int, _ isKnownKey: Bool, _ keySource: String?) -> SyncProblem {
    if forbidden == 0, !isKnownKey { return SyncProblem(.nothingFound(absent)) }
    var problem = SyncProblem(.nothingReadable(forbidden: forbidden, absent: absent))
    problem.keySource = keySource
    return problem
  }

  /// Whether no other request of the run can succeed either.
  var stopsTheRun: Bool {
    switch kind {
    case .keyRefused, .databaseFailed, .defect: true
    default: false
    }
  }
}
