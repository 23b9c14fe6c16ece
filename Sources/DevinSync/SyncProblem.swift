public import DevinAPI

/// Something that kept a run from being whole: facts. `message` puts them into words.
public struct SyncProblem: Hashable, Sendable {
  /// What went wrong. The cases carry facts; `message` makes sentences of them.
  public enum Kind: Hashable, Sendable {
    /// 401.
    case keyRefused
    /// 403 where the key has read before.
    case permissionLost(String)
    /// 403 for a resource that was asked for by name.
    case forbidden(String)
    /// 404 for a list that was asked for by name and never answered.
    case absent
    /// 404 for a list that answered before. The permission that it needs.
    case withdrawn(String)
    /// The request failed for good, or every retry did.
    case requestFailed
    /// The list went round in circles or ended before it should have.
    case unsoundWalk(String)
    /// A walk would have marked an unlikely share of a list as deleted.
    case massDeletion(missing: Int, known: Int)
    /// A list that held so many rows came back entirely empty.
    case emptied(Int)
    /// Rows that only the key of another principal has seen are not listed for this one.
    case seenWithAnotherKey(Int)
    /// Rows of an organization that the enterprise's list held are not in the organization's, and the enterprise could not be asked.
    case undecided(Int)
    /// Items stand in quarantine; parents too, whose lists could not be read.
    case quarantine(items: Int, parents: Int)
    /// A page was not what it said it was.
    case unusablePage(String)
    /// A key of the enterprise, and no way to know which organizations there are.
    case organizationsUnknown
    /// The settings name an organization that refuses the key and is none of those that the API says the key has.
    case foreignOrganization(named: String, own: [String], ofEnterprise: Bool)
    /// No list that was asked for may be read; how many answered 403, and how many 404.
    case nothingReadable(forbidden: Int, absent: Int)
    /// Every path answered 404, that of the key itself included: so many lists.
    case nothingFound(Int)
    /// Asked for by name, and found with an enterprise key only.
    case outOfReach(String)
    /// The run ended without a problem, and the ledger still owes lists that it asked for.
    case listsPending(Int)
    /// Contents of so many attachments could not be trusted or were refused; a few of the reasons.
    case filesRefused(Int, [String])
    /// Contents of so many attachments are still to be read; a few of the reasons.
    case filesUnread(Int, [String])
    case databaseFailed(String)
    case defect(String)
  }

  /// What went wrong.
  public let kind: Kind
  /// Nil: the run as a whole.
  public let resource: String?
  /// Where several are mirrored; nil: there is one, or it concerns all.
  public let organization: String?
  /// What the API answered, where it did.
  public let error: APIError?
  /// Where the key came from, of problems with it; nil: not known.
  public internal(set) var keySource: String?
  /// The lists that met it, where it stands for several; empty: `resource` says which.
  public internal(set) var lists: [String] = []
  /// Lists that were not asked because of it.
  public internal(set) var listsNotAsked = 0

  package init(_ kind: Kind, resource: String? = nil, organization: String? = nil, error: APIError? = nil) {
    self.kind = kind
    self.resource = resource
    self.organization = organization
    self.error = error
  }

  /// What a run that met only this problem ends with.
  public var status: RunStatus {
    switch kind {
    case .keyRefused, .permissionLost, .withdrawn, .forbidden, .outOfReach, .nothingReadable: .permission
    case .organizationsUnknown, .foreignOrganization: .configuration
    case .absent, .listsPending, .filesUnread: .unavailable
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

  /// - Parameter isKnownKey: whether the API said whose key it is. Where not even that path is found, it may be no API.
  static func nothingReadable(forbidden: Int, absent: Int, _ isKnownKey: Bool, _ keySource: String?) -> SyncProblem {
    if forbidden == 0, !isKnownKey { return SyncProblem(.nothingFound(absent)) }
    var problem = SyncProblem(.nothingReadable(forbidden: forbidden, absent: absent))
    problem.keySource = keySource
    return problem
  }

  /// Whether nothing else in the run can succeed either.
  var stopsTheRun: Bool {
    switch kind {
    case .keyRefused, .databaseFailed, .defect: true
    default: false
    }
  }
}
