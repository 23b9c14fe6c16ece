public import DevinModel
package import MirrorStore

/// How complete a mirror is: whether everything that is requested, and that the key may read, was read to its end. It is computed only
/// from the ledger in the file (`sync_health`).
public struct MirrorCompleteness: Hashable, Sendable {
  /// Why the lists of one resource are not complete.
  public struct Shortfall: Hashable, Sendable {
    /// What is missing, and how much.
    public enum Kind: Hashable, Sendable {
      /// Lists that were never read, or that must be read again. `since` is when the first of them became pending.
      case pending(lists: Int, since: UnixTime)
      /// Lists that could not be read, and items that could not become rows.
      case quarantined(lists: Int, items: Int)
      /// Rows that are missing in their list and were not marked as deleted.
      case heldBack(rows: Int)
      /// 403 or 404 for a list that could be read before.
      case refused(status: Int)
      /// Spans of time that were never read.
      case gaps(Int)
      /// It was never read to its end.
      case neverComplete
    }

    /// Empty: the enterprise's own lists.
    public let organization: String
    /// Name of the resource.
    public let resource: String
    /// What is missing, and how much.
    public let kind: Kind
  }

  /// The verdict in one word. The raw value is the text in JSON.
  public enum State: String, Hashable, Encodable, Sendable {
    /// Something was requested and nothing that counts is missing.
    case complete
    /// Something that counts is missing.
    case incomplete
    /// Nothing was ever requested.
    case empty
    /// The file has the format of an earlier version, which says nothing until a run upgrades it.
    case unknown
  }

  /// Only what counts: the lists of requested resources, by organization.
  public let shortfalls: [Shortfall]
  /// The server's time up to which everything that counts is in the mirror; nil: something was never complete, or
  /// nothing is mirrored.
  public let asOf: UnixTime?
  /// The same, not counting unchanged lists that are left unread: no list is older than this by more than its interval.
  /// Nil: the same as `asOf`.
  public let asOfWithinIntervals: UnixTime?
  /// The longest of these intervals; nil: every run reads everything.
  public let longestInterval: Duration?
  /// When deletions were last looked for in everything that counts: the oldest full reconciliation; nil: unknown.
  public let reconciledAt: UnixTime?
  /// Resources that the key was never allowed to read (403).
  public let neverAllowed: [String]
  /// Resources that this deployment does not have (404).
  public let absent: [String]
  /// Pending lists of resources that are no longer requested. They do not count.
  public let notRequested: [Shortfall]
  /// Series whose last days are read again in each run, since entries may be late; the number of days.
  public let windows: [String: Int]
  /// Whether nothing was ever requested.
  public let isEmpty: Bool
  /// Why nothing is known, as in `MirrorStatus`; nil: the file says what it has.
  let unknown: MirrorError?

  /// Lists and spans that have not been read.
  public var notRead: [Shortfall] { shortfalls.filter(\.isUnread) }

  /// Whether something was requested and nothing that counts is missing.
  public var isComplete: Bool { shortfalls.isEmpty && !isEmpty }

  /// The verdict in one word.
  public var state: State { unknown != nil ? .unknown : isEmpty ? .empty : isComplete ? .complete : .incomplete }

  /// - Parameters:
  ///   - names: resources that count; nil: those in `asked` that the newest run without named resources requested.
  ///   - unknown: why nothing is known; nil: it is.
  package init(
    _ health: [MirrorStore.OrganizationHealth], names: Set<String>?, asked: Set<String>, unknown: MirrorError? = nil
  ) {
    self.unknown = unknown
    let counted = health.filter { row in
      names.map { $0.contains(row.resource) }
        ?? (row.lists.isRequested && asked.contains(row.resource))
    }
    let readable = counted.filter { $0.lists.access == .read || $0.lists.access == .noLongerAllowed }
    shortfalls = readable.flatMap(Shortfall.all)
    let moments = readable.map { $0.lists.asOf ?? $0.lists.completedAt }
    asOf = moments.contains(nil) ? nil : moments.compactMap(\.self).min()
    longestInterval = readable.compactMap(\.lists.refreshInterval).max()
    let latest = zip(moments, readable).compactMap { moment, row in
      moment.map { $0 + (row.lists.refreshInterval ?? .zero) }
    }.min()
    asOfWithinIntervals = asOf == nil ? nil : [latest, moments.compactMap(\.self).max()].compactMap(\.self).min()
    reconciledAt = readable.compactMap(\.lists.reconciledAt).min()
    func resources(_ access: ListHealth.Access) -> [String] {
      let read = Set(readable.map(\.resource))
      return Set(counted.filter { $0.lists.access == access }.map(\.resource)).subtracting(read).sorted()
    }
    neverAllowed = resources(.notAllowed)
    absent = resources(.absent)
    let isCounted = Set(counted.map { "\($0.organization) \($0.resource)" })
    notRequested = health.filter { !isCounted.contains("\($0.organization) \($0.resource)") && $0.lists.pending > 0 }
      .flatMap { Shortfall.all($0).filter(\.isUnread) }
    windows = Dictionary(
      uniqueKeysWithValues: Set(readable.map(\.resource)).compactMap { name in
        guard case .series(let series)? = Catalogue.resource(named: name)?.strategy else { return nil }
        return (name, Int(series.reread.components.seconds / 86_400))
      })
    isEmpty = counted.isEmpty
  }
}

extension MirrorCompleteness.Shortfall {
  var isUnread: Bool {
    switch kind {
    case .pending, .gaps, .neverComplete: true
    case .quarantined, .heldBack, .refused: false
    }
  }

  /// One for each kind of shortfall. `neverComplete` is only reported if there is no other.
  static func all(_ row: MirrorStore.OrganizationHealth) -> [Self] {
    let lists = row.lists
    var kinds: [Kind] = []
    if lists.pending > 0 { kinds.append(.pending(lists: lists.pending, since: lists.pendingSince ?? .epoch)) }
    if lists.quarantinedLists + lists.quarantinedItems > 0 {
      kinds.append(.quarantined(lists: lists.quarantinedLists, items: lists.quarantinedItems))
    }
    if lists.heldBack > 0 { kinds.append(.heldBack(rows: lists.heldBack)) }
    if let status = lists.refusedStatus { kinds.append(.refused(status: status)) }
    if let gaps = lists.gaps, gaps > 0 { kinds.append(.gaps(gaps)) }
    if kinds.isEmpty, !lists.isComplete { kinds = [.neverComplete] }
    return kinds.map { Self(organization: row.organization, resource: row.resource, kind: $0) }
  }
}
