import DevinAPI
import DevinModel
import MirrorStore

/// What every worker of a run needs.
struct SyncRun: Sendable {
  let number: Int64
  let access: Access
  /// The organizations that are mirrored, in order.
  var organizations: [String]
  /// The organization that a worker reads; empty: the enterprise as a whole, or the key itself.
  var organization = ""
  /// Which other source is used if the worker's source is refused.
  var standIn = StandIn.none
  /// The lists that are read instead in that case, if they are different lists.
  var nextLists: [PlannedList] = []
  let options: SyncOptions
  let client: DevinClient
  let store: MirrorStore
  let time: TimeSource
  let board: ProgressBoard
  let brake: DeletionLimit
  /// The answer to `GET /v3/self` at the start of the run; nil: there was no usable answer.
  let credential: Page?
  /// See `lead`.
  let serverLead: Duration
  /// The owner of the key, which determines what the lists show; nil: not reported.
  let principal: String?
  /// Which lists are left unread because they came back unchanged.
  let refresh: RefreshPolicy
  /// The lists that each listed organization adds to the ledger; nil: the organizations were known before.
  var expansion: PageCommit.Expansion?
  /// Where the key came from, for messages.
  let keySource: String?
  /// Which form of ids this server's filters match, as far as the run knows.
  let idForms = IDForms()
  /// Slots for the lists that are being read.
  let slots: ListSlots
  /// Informs the workers for child lists of each committed page of the parent list; nil: they start afterwards.
  var feed: ParentFeed?
  /// The findings of a run that only compares; nil: it mirrors.
  var verification: Verification?

  /// - Parameters:
  ///   - number: of the run; 0: it is not recorded.
  ///   - key: what the key may read, as the server says.
  ///   - refresh: which lists this run leaves out.
  init(
    _ number: Int64, of mirror: DevinMirror, with key: DevinMirror.Key, _ options: SyncOptions, asking client: DevinClient,
    into store: MirrorStore, board: ProgressBoard, refresh: RefreshPolicy
  ) {
    self.number = number
    (access, organizations, credential, principal) = (key.access, key.organizations, key.page, key.principal?.name)
    (time, keySource) = (mirror.time, mirror.keySource)
    (self.options, self.client, self.store, self.board, self.refresh) = (options, client, store, board, refresh)
    brake = DeletionLimit(options)
    serverLead = Self.lead(of: key.page, over: mirror.time.now())
    slots = ListSlots { client.window }
  }

  /// By the system clock.
  var now: UnixTime { time.now() }

  /// Whether the organizations must be listed first.
  var findsOrganizations: Bool { access == .enterprise && !options.organizationsAreNamed }

  /// The time for spans of time. This is the server's clock, since it also dates the rows in the spans. The future cannot be
  /// read completely.
  var nowInSpans: UnixTime { now + serverLead }

  /// How far the server's clock is ahead of the system clock; zero: the server sent no time, or an impossible one.
  static func lead(of answer: Page?, over now: UnixTime) -> Duration {
    guard let lead = answer?.date.map({ $0 - now }), lead < .seconds(366 * 86_400) else { return .zero }
    return lead
  }

  /// The organization to name in a message; nil: there is only one, or none.
  var organizationToName: String? { organizations.count > 1 && !organization.isEmpty ? organization : nil }

  /// A problem of a resource, in the organization that this run reads.
  func problem(_ kind: SyncProblem.Kind, of resource: Resource, error: APIError? = nil) -> SyncProblem {
    var problem = SyncProblem(kind, resource: resource.name, organization: organizationToName, error: error)
    if kind == .keyRefused { problem.keySource = keySource }
    return problem
  }

  func parentQuery(_ parents: Parents) -> ParentQuery { parents.query(of: organization, access) }

  enum StandIn: Hashable, Sendable {
    case none
    /// Different lists.
    case otherLists
    /// The same list at another address: which of the two addresses worked before is not recorded.
    case sameList
  }

  func reading(_ organization: String, standIn: StandIn, nextLists: [PlannedList]) -> SyncRun {
    var run = self
    run.organization = organization
    run.standIn = standIn
    run.nextLists = nextLists
    return run
  }
}

extension Parents {
  /// The parents that belong to what a run reads. Parents without an organization belong to the enterprise or, for an organization
  /// key, to its only organization.
  func query(of organization: String, _ access: Access) -> ParentQuery {
    var query = query
    guard query.belongs != nil else { return query }
    if organization.isEmpty { query.belongs = "p.org_id IS NULL" }
    if access == .organization { query.belongs = "(p.org_id = :org OR p.org_id IS NULL)" }
    return query
  }
}

/// The kind of key that a run has.
enum Access: Hashable, Sendable {
  /// A key of one organization, or of a person.
  case organization
  case enterprise
}

extension SyncRun {
  /// Reads every branch of the plan, several at once, until all are done, the time limit is reached, the task is cancelled, or a
  /// failure makes further requests useless.
  /// - Returns: whether the time limit was reached first.
  static func carryOut(_ plan: SyncPlan, in run: SyncRun, report: inout SyncReport) async -> Bool {
    let (timeWasUp, failures) = await withTaskGroup(of: [SyncProblem]?.self) { group in
      group.addTask { await readBranches(of: plan, in: run) }
      if let limit = run.options.maxDuration {
        group.addTask {
          try? await run.time.sleep(limit)
          return nil
        }
      }
      var timeWasUp = false
      var failures: [SyncProblem] = []
      for await end in group {
        if let end { failures = end } else if !Task.isCancelled, !group.isCancelled { timeWasUp = true }
        group.cancelAll()
      }
      return (timeWasUp, failures)
    }
    report.problems += failures
    return timeWasUp
  }

  private static func readBranches(of plan: SyncPlan, in run: SyncRun) async -> [SyncProblem] {
    var run = run
    var branches = plan.branches
    // With an enterprise key, the organizations must be listed first.
    if run.findsOrganizations {
      if let first = branches.firstIndex(where: { $0.root == .organizations }) {
        if let stop = await read(branches.remove(at: first), in: run) { return [stop] }
      }
      do {
        run.organizations = try await run.store.livingOrganizations()
        if run.board.report(of: Resource.organizations.name).outcome != .complete { try await run.planAgain() }
      } catch let error as StoreError {
        return [SyncProblem(error)]
      } catch { return [] }
    }
    var problems: [SyncProblem] = []
    for phase in SyncPlan.phases(of: branches) where problems.isEmpty && !Task.isCancelled {
      problems = await read(phase, in: run)
    }
    let listed = run.board.report(of: Resource.organizations.name).outcome
    if run.organizations.isEmpty, listed == .forbidden || listed == .absent, branches.contains(where: \.needsOrganization) {
      problems.append(SyncProblem(.organizationsUnknown))
    }
    if plan.readsFiles, run.verification == nil, !problems.contains(where: \.stopsTheRun), !Task.isCancelled {
      problems += await readFiles(in: run)
    }
    return problems
  }

  /// - Returns: the problems that keep contents from being stored.
  private static func readFiles(in run: SyncRun) async -> [SyncProblem] {
    do {
      try await FileWorker.read(in: run)
      return []
    } catch let error as StoreError {
      return [SyncProblem(error)]
    } catch is CancellationError {
      return []
    } catch {
      return [SyncProblem(.defect("\(error)"))]
    }
  }

  /// - Returns: what stops the whole run.
  private static func read(_ branches: [SyncPlan.Branch], in run: SyncRun) async -> [SyncProblem] {
    await withTaskGroup(of: SyncProblem?.self) { group in
      for branch in branches { group.addTask { await read(branch, in: run) } }
      var problems: [SyncProblem] = []
      for await problem in group {
        guard let problem else { continue }
        // Siblings that were stopped by the same cause add no information.
        if !problems.contains(problem) { problems.append(problem) }
        group.cancelAll()
      }
      return problems
    }
  }

  /// - Returns: what stops the whole run.
  private static func read(_ branch: SyncPlan.Branch, in run: SyncRun) async -> SyncProblem? {
    do {
      let feed = run.readsBelowAtOnce && !branch.children.isEmpty ? ParentFeed() : nil
      if feed == nil, let stop = try await run.read(branch.root) { return stop }
      var run = run
      run.feed = feed
      return try await withThrowingTaskGroup(of: SyncProblem?.self) { [run] group in
        if let feed {
          group.addTask {
            defer { feed.finish() }
            return try await run.read(branch.root)
          }
        }
        for child in branch.children where !Task.isCancelled { group.addTask { try await run.read(child) } }
        for try await stop in group where stop != nil {
          group.cancelAll()
          return stop
        }
        return nil
      }
    } catch is CancellationError {
      return nil
    } catch let error as StoreError {
      return SyncProblem(error)
    } catch {
      return SyncProblem(.defect("\(error)"))
    }
  }

  /// How many organizations look for child lists at once.
  static let organizationsAtOnce = 64

  /// Whether child lists are read while their parent list is. With several organizations there is enough to do without it.
  private var readsBelowAtOnce: Bool {
    access == .organization && organizations.count == 1 && verification == nil && !options.full
  }

  /// Reads a resource from every source that the key needs.
  /// - Returns: what stops the whole run.
  private func read(_ resource: Resource) async throws -> SyncProblem? {
    let lanes = SyncPlan.lanes(
      of: resource, access: access, organizations: organizations, areNamed: options.organizationsAreNamed)
    var outcomes: [ResourceReport.Outcome] = []
    var resting: [ResourceReport.Outcome] = []
    let stepwise = !resource.readsEverySource && resource.parents == nil
    var refused: Set<String> = []
    for (position, scope) in lanes.enumerated() where !Task.isCancelled {
      var scope = scope
      var standIn = StandIn.none
      let next = stepwise && position + 1 < lanes.count ? lanes[position + 1] : []
      if let first = next.first { standIn = first.organization == scope.first?.organization ? .sameList : .otherLists }
      if stepwise, position > 0 {
        // If one source refuses, the next one is asked. The enterprise's list replaces the organizations' lists, except for an
        // organization with a row that the enterprise's list no longer has.
        let isSameList = lanes[position - 1].first?.organization == scope.first?.organization
        if isSameList {
          scope = scope.filter { refused.contains($0.organization) }
        } else if !outcomes.allSatisfy(\.isRefusal) {
          let doubted = try await store.organizationsInDoubt(about: resource.name)
          scope = scope.filter { doubted.contains($0.organization) }
        }
        guard !scope.isEmpty else { break }
      }
      let nextLists = standIn == .otherLists ? next.map { planned(resource, in: $0) } : []
      let isResting = try await restingLists(among: scope, of: resource)
      resting += isResting.values
      let found = try await read(resource, scope.filter { isResting[$0] == nil }, standIn, nextLists)
      refused = Set(found.filter { $0.outcome.isRefusal }.map(\.organization))
      if stepwise { outcomes.removeAll(where: \.isRefusal) }
      outcomes += found.map(\.outcome)
    }
    outcomes += resting
    if !lanes.isEmpty { board.finished(resource.name, outcomes: Task.isCancelled ? outcomes + [.interrupted] : outcomes) }
    return board.report(of: resource.name).problems.first(where: \.stopsTheRun)
  }

  /// Lists that are left unread, since they came back unchanged and are not due, with the outcome of each when it was last read.
  private func restingLists(
    among lanes: [SyncPlan.Lane], of resource: Resource
  ) async throws -> [SyncPlan.Lane: ResourceReport.Outcome] {
    let lists = Dictionary(
      lanes.filter { rule(for: resource, in: $0) != nil }.map { (SyncPlan.list(of: resource, in: $0), $0) }
    ) { $1 }
    guard !lists.isEmpty else { return [:] }
    return try await store.resting(Array(lists.keys)).reduce(into: [:]) { resting, found in
      guard let lane = lists[found.list] else { return }
      resting[lane] = found.refusedStatus.map { $0 == 404 ? .absent : .forbidden } ?? .notDue
    }
  }

  private func rule(for resource: Resource, in lane: SyncPlan.Lane) -> RefreshRule? {
    refresh.rule(for: resource, from: lane.source, organizations: organizations.count)
  }

  private func planned(_ resource: Resource, in lane: SyncPlan.Lane) -> PlannedList {
    SyncPlan.planned(resource, in: lane, access, refresh: rule(for: resource, in: lane), now: nowInSpans)
  }

  /// Adds the organizations' lists to the ledger if the list of organizations could not be read and so did not add them.
  private func planAgain() async throws {
    guard verification == nil, !Task.isCancelled, let expansion else { return }
    try await store.plan(expansion(organizations), run: number, now: now)
  }

  /// Reads several lists of a resource at once. For child lists, which are many, each organization takes its own slots.
  private func read(
    _ resource: Resource, _ lanes: [SyncPlan.Lane], _ standIn: StandIn, _ nextLists: [PlannedList]
  ) async throws -> [(organization: String, outcome: ResourceReport.Outcome)] {
    try await withThrowingTaskGroup(of: (organization: String, outcome: ResourceReport.Outcome).self) { group in
      var found: [(organization: String, outcome: ResourceReport.Outcome)] = []
      let isBelowRows = resource.parents != nil
      for (position, lane) in lanes.enumerated() {
        if isBelowRows {
          if position >= Self.organizationsAtOnce, let next = try await group.next() { found.append(next) }
        } else {
          guard await slots.enter() else { break }
        }
        let run = reading(lane.organization, standIn: standIn, nextLists: nextLists)
        group.addTask {
          defer { if !isBelowRows { slots.leave() } }
          let outcome =
            if let verification = run.verification {
              try await VerifyWorker(resource: resource, source: lane.source, run: run, verification: verification).work()
            } else if let parents = resource.parents {
              try await ChildWorker(resource: resource, source: lane.source, parents: parents, run: run).work()
            } else {
              try await ResourceWorker(resource: resource, source: lane.source, run: run).work()
            }
          return (lane.organization, outcome)
        }
      }
      return try await group.reduce(into: found) { $0.append($1) }
    }
  }
}

extension ResourceReport.Outcome {
  /// Whether the key may not read it, or the deployment does not have it.
  var isRefusal: Bool { self == .forbidden || self == .absent }
}
