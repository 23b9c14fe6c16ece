import DevinModel

/// Which lists a run leaves unread for as long as they come back unchanged.
struct RefreshPolicy: Hashable, Sendable {
  private let limits: RefreshLimits
  /// See `RefreshRule.pace`.
  private let pace: Int64
  private let principal: String?
  /// Whether this run reads everything that it was asked for, whatever was read before.
  let readsAll: Bool

  /// - Parameters:
  ///   - pace: seconds.
  ///   - principal: whose key it is; nil: not known.
  init(_ options: SyncOptions, pace: Int64, principal: String?) {
    limits = options.refreshLimits
    self.pace = pace
    self.principal = principal
    readsAll = options.full || (!options.resources.isEmpty && !options.resourcesAreStanding)
  }

  /// A run that compares, or that is all there is.
  static let everything = RefreshPolicy(readingAll: ())

  private init(readingAll: Void) {
    limits = RefreshLimits()
    pace = 0
    principal = nil
    readsAll = true
  }

  /// How old a list may get, in seconds, one below rows that have not changed included; nil: every run reads it.
  /// - Parameter organizations: how many the run reads.
  func limit(of resource: Resource, from source: ListSource, organizations: Int) -> Int64? {
    guard organizations > 1 else { return nil }
    if case .changedSince = resource.strategy { return nil }
    switch source.reach {
    case .key, .enterprise: return nil
    case .organization, .organizationOfEnterprise: return limits[resource.group].components.seconds
    }
  }

  /// By which this run decides about a list; nil: it reads it.
  func rule(for resource: Resource, from source: ListSource, organizations: Int) -> RefreshRule? {
    // Lists below rows are in the ledger one by one.
    guard !readsAll, resource.parents == nil else { return nil }
    return limit(of: resource, from: source, organizations: organizations).map {
      RefreshRule(limit: $0, pace: pace, principal: principal)
    }
  }
}
