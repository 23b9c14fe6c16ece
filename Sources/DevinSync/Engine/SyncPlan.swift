import DevinAPI
import DevinModel
import MirrorStore

/// What a run will do. It is computed without I/O from the catalogue, the options and the stored checkpoints.
struct SyncPlan: Hashable, Sendable {
  /// A top-level resource, and the resources of its child lists, which are read after it.
  struct Branch: Hashable, Sendable {
    let root: Resource
    /// Also empty if `root` itself is a child of a resource that this run does not read.
    var children: [Resource] = []

    var needsOrganization: Bool {
      ([root] + children).contains {
        $0.sources.allSatisfy { $0.reach == .organization || $0.reach == .organizationOfEnterprise }
      }
    }
  }

  /// Branches that can be read at once, one group after another. If the parents are rows of several resources, such as people who
  /// are listed or have started a session, the branch is read after these resources.
  static func phases(of branches: [Branch]) -> [[Branch]] {
    let isLate = { (resource: Resource) in resource.parents.map { !$0.query.isOneTable } ?? false }
    let early = branches.filter { !isLate($0.root) }.map { branch in
      Branch(root: branch.root, children: branch.children.filter { !isLate($0) })
    }
    let late = branches.flatMap { [$0.root] + $0.children }.filter(isLate).map { Branch(root: $0) }
    return [early, late].filter { !$0.isEmpty }
  }

  /// Parents before children, in the catalogue's order.
  private(set) var branches: [Branch] = []
  /// Resources that only an enterprise key can read.
  private(set) var outOfReach: [Resource] = []
  /// Whether the contents of attachments are read, after everything else.
  private(set) var readsFiles = false

  /// - Throws: `.unknownResource`; `.nothingRequested`.
  init(_ options: SyncOptions, catalogue: [Resource] = Catalogue.all) throws(SyncError) {
    let wanted = try Self.resources(options.resources.isEmpty ? ["default"] : options.resources)
    let unwanted = try Self.resources(options.skip.filter { $0 != FileContents.name })
    self.init(catalogue.filter { wanted.contains($0.name) && !unwanted.contains($0.name) })
    readsFiles = options.resources.contains(FileContents.name) && !options.skip.contains(FileContents.name)
    // A run that reads nothing would end as a success.
    guard !names.isEmpty else { throw .nothingRequested }
  }

  private init(_ chosen: [Resource]) {
    for resource in chosen {
      if let parent = branches.firstIndex(where: { $0.root.name == resource.parent }) {
        branches[parent].children.append(resource)
      } else {
        branches.append(Branch(root: resource))
      }
    }
  }

  /// The resources that these names of resources and groups mean.
  private static func resources(_ wanted: [String]) throws(SyncError) -> Set<String> {
    var names: Set<String> = []
    for name in wanted {
      guard let resources = Catalogue.resources(for: name) else { throw .unknownResource(name) }
      names.formUnion(resources.map(\.name))
    }
    return names
  }

  var resources: [Resource] { branches.flatMap { [$0.root] + $0.children } }

  /// The resources that a run reports on.
  var names: [String] { resources.map(\.name) + (readsFiles ? [FileContents.name] : []) }

  /// The part of the plan that a key can read. An enterprise key needs the list of its organizations.
  /// - Parameter hasOrganizations: whether the organizations to mirror were named.
  func within(_ access: Access, hasOrganizations: Bool) -> SyncPlan {
    let reachable = resources.filter { resource in
      access == .enterprise || resource.sources.contains { $0.reach == .organization || $0.reach == .key }
    }
    let needsList = access == .enterprise && !hasOrganizations && !reachable.contains(.organizations)
    var plan = SyncPlan((needsList ? [.organizations] : []) + reachable)
    plan.outOfReach = resources.filter { !reachable.contains($0) }
    plan.readsFiles = readsFiles
    return plan
  }

  /// A problem for each resource that was requested, but is out of reach of this key. The default set adapts to the key, so it matters
  /// only if nothing else is left.
  func problemsOfReach(_ options: SyncOptions) -> [SyncProblem] {
    outOfReach.filter { names.isEmpty || options.names($0) }.map { SyncProblem(.outOfReach($0.permission), resource: $0.name) }
  }

  // MARK: - Where a resource is read

  /// One list of a resource, or all child lists of one resource in one organization.
  struct Lane: Hashable, Sendable {
    let source: ListSource
    /// Empty: the enterprise as a whole, or the key itself.
    let organization: String
  }

  /// The lists of a resource that a key can request. The enterprise's list comes first, then the lists of each organization as the
  /// enterprise serves them, then as the organization serves them. If the sources all list the same rows, the first one replaces the
  /// later ones.
  /// - Parameter areNamed: whether the user chose the organizations, so that an enterprise-wide list would return too many rows.
  static func lanes(of resource: Resource, access: Access, organizations: [String], areNamed: Bool) -> [[Lane]] {
    let sources = Dictionary(grouping: resource.sources, by: \.reach)
    if let own = sources[.key] {
      return [own.map { Lane(source: $0, organization: access == .enterprise ? "" : organizations.first ?? "") }]
    }
    func ofEachOrganization(_ reach: ListSource.Reach) -> [Lane] {
      organizations.flatMap { organization in
        (sources[reach] ?? []).map { Lane(source: $0, organization: organization) }
      }
    }
    var perOrganization = [ofEachOrganization(.organization)]
    if access == .enterprise { perOrganization.insert(ofEachOrganization(.organizationOfEnterprise), at: 0) }
    perOrganization = perOrganization.filter { !$0.isEmpty }
    let whole = access == .enterprise ? (sources[.enterprise] ?? []).map { Lane(source: $0, organization: "") } : []
    if resource.readsEverySource || resource.parents != nil {
      return [whole + (perOrganization.first ?? [])].filter { !$0.isEmpty }
    }
    if areNamed, !perOrganization.isEmpty { return perOrganization }
    return (whole.isEmpty ? [] : [whole]) + perOrganization
  }

  // MARK: - How a walk begins

  /// How the walk of a list begins.
  enum Opening: Hashable, Sendable {
    /// Continues at the stored cursor, with the stored filter.
    case resume
    /// From the beginning, with this lower bound or none.
    case begin(since: UnixTime?)
  }

  /// - Parameter everything: whether to request all rows, not only new ones.
  static func opening(
    of resource: Resource, at checkpoint: Checkpoint, everything: Bool, reconcileEvery: Duration, now: UnixTime
  ) -> Opening {
    guard case .changedSince(_, let overlap, _) = resource.strategy else {
      return checkpoint.isOpen ? .resume : .begin(since: nil)
    }
    if checkpoint.isOpen, !everything || checkpoint.filter == nil { return .resume }
    // A time in the future was written while the clock was ahead.
    let isReconciled =
      checkpoint.reconciledAt.map { now - $0 < reconcileEvery && $0 <= now + .seconds(86_400) } ?? false
    guard !everything, isReconciled, let watermark = checkpoint.watermark else { return .begin(since: nil) }
    return .begin(since: max(.epoch, watermark - overlap))
  }
}
