import DevinModel

/// Decides which lists a run leaves unread because they came back unchanged.
struct RefreshPolicy: Hashable, Sendable {
  private let limits: RefreshLimits
  /// See `RefreshRule.pace`.
  private let pace: Duration
  private let principal: String?
  /// Whether this run reads everything that was requested, even if it was read recently.
  let readsAll: Bool

  /// - Parameter principal: the owner of the key; nil: unknown.
  init(_ options: SyncOptions, pace: Duration, principal: String?) {
    limits = options.refreshLimits
    self.pace = pace
    self.principal = principal
    readsAll = options.full || (!options.resources.isEmpty && !options.resourcesAreConfigured)
  }

  /// For a verification, which reads everything.
  static let everything = RefreshPolicy(readingAll: ())

  private init(readingAll: Void) {
    limits = RefreshLimits()
    pace = .zero
    principal = nil
    readsAll = true
  }

  /// The maximum age of a list, including child lists of unchanged rows; nil: every run reads it.
  /// - Parameter organizations: how many organizations the run reads.
  func limit(of resource: Resource, from source: ListSource, organizations: Int) -> Duration? {
    guard organizations > 1 else { return nil }
    if case .changedSince = resource.strategy { return nil }
    switch source.reach {
    case .key, .enterprise: return nil
    case .organization, .organizationOfEnterprise: return limits[resource.group]
    }
  }

  /// The rule for skipping a list in this run; nil: the run reads it.
  func rule(for resource: Resource, from source: ListSource, organizations: Int) -> RefreshRule? {
    // Child lists have their own entries in the ledger.
    guard !readsAll, resource.parents == nil else { return nil }
    return limit(of: resource, from: source, organizations: organizations).map {
      RefreshRule(limit: $0, pace: pace, principal: principal)
    }
  }
}
