public import DevinAPI
import DevinModel
import MirrorReading
import MirrorStore
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A mirror of a Devin organization in one SQLite file.
///
/// ```swift
/// let mirror = DevinMirror(database: "devin.db", credential: try Credential(key))
/// let report = try await mirror.sync { events in
///   for await case .progress(let progress) in events { print(progress.requests) }
/// }
/// ```
public struct DevinMirror: Sendable {
  /// Path of the SQLite file; created with mode 0600 if it is missing.
  public var database: String
  /// The key that is sent. It is never written to the file.
  public var credential: Credential
  /// Where the key came from, for messages: `DEVIN_API_KEY`, the name of a file. Nil: not known.
  public var keySource: String?
  /// Empty: the organization of the key or, with an enterprise key, all organizations.
  public var organizations: [String]
  /// The API; default: `https://api.devin.ai`.
  public var address: APIAddress
  /// Authorities and proxy; default: the system's authorities, no proxy.
  public var route = NetworkRoute()
  /// The status in `sync_runs` for a run whose task was cancelled. A command that knows the signal can be more precise.
  package var statusWhenCancelled: @Sendable () -> RunStatus = { .interrupted }
  package var time = TimeSource.system

  /// - Parameters:
  ///   - database: path of the SQLite file; relative to the working directory.
  ///   - credential: the key that is sent.
  ///   - organization: nil: the organization of the key, or all organizations of its enterprise.
  ///   - address: the API.
  public init(database: String, credential: Credential, organization: String? = nil, address: APIAddress = .devin) {
    self.init(database: database, credential: credential, organizations: organization.map { [$0] } ?? [], address: address)
  }

  /// - Parameters:
  ///   - database: path of the SQLite file; relative to the working directory.
  ///   - credential: the key that is sent.
  ///   - organizations: empty: the organization of the key, or all organizations of its enterprise.
  ///   - address: the API.
  public init(database: String, credential: Credential, organizations: [String], address: APIAddress = .devin) {
    self.database = database
    self.credential = credential
    self.organizations = organizations
    self.address = address
  }

  /// Why a path cannot be used for a mirror, as the predicate of a sentence whose subject is the path's name; nil: it can be used.
  package static func objection(toDatabase path: String) -> String? { MirrorStore.objection(toPath: path).map { $0 + "." } }

  /// For tests of the command: a clock without real waits, this many seconds ahead of the system clock. Release builds ignore it.
  package mutating func takeTestClock(from seconds: String?) {
    #if TEST_HOOKS
      if let seconds = seconds.flatMap({ Int64($0) }) { time = .unhurried(ahead: seconds) }
    #endif
  }

  /// Mirrors everything that is new, and resumes what an earlier run left incomplete.
  ///
  /// Cancelling the task ends the run within one page; everything received so far is committed, and the report says so. You can call
  /// this again at any time. Two runs never write to one file at the same time.
  /// - Parameters:
  ///   - options: what to read, and how.
  ///   - watch: receives the run's events; it must return when the stream ends, which is when the run ends.
  /// - Throws: `SyncError` when the run cannot begin. After that, every problem is in the report.
  public func sync(
    _ options: SyncOptions = SyncOptions(), watch: @escaping @Sendable (AsyncStream<SyncEvent>) async -> Void = { _ in }
  ) async throws -> SyncReport {
    let plan = try SyncPlan(options)
    do { try MirrorStore.demandUnredacted(database) } catch { throw SyncError(storing: error) }
    let lock = try await takeLock(waiting: options.lockWait)
    defer { withExtendedLifetime(lock) {} }
    let store: MirrorStore
    do {
      store = try MirrorStore(path: database, .write, below: Catalogue.listsBelow)
      try store.demandUnredacted()
      store.volatileMembers = options.volatileMembers
      try await store.omit(options.omittedMembers, now: time.now())
      try await store.indexText(options.indexesText)
    } catch { throw SyncError(storing: error) }
    // Closing moves the log into the file. On a full disk this can fail, but then nothing that was committed is lost.
    defer { try? store.close() }

    let (events, continuation) = AsyncStream.makeStream(of: SyncEvent.self, bufferingPolicy: .bufferingNewest(256))
    async let watching: Void = watch(events)
    defer { continuation.finish() }
    let report = try await DevinClient.withClient(
      address: address, route: route, credential: credential, concurrency: options.concurrency, time: time,
      userAgent: Self.userAgent
    ) { client in
      try await sync(plan, options, store, client, continuation)
    }
    continuation.finish()
    await watching
    return report
  }

  /// Name and version as sent to the server and written to `sync_runs`.
  public static let version = ProductVersion.current
  package static let userAgent = "devin-sync/\(version)"

  private func sync(
    _ plan: SyncPlan, _ options: SyncOptions, _ store: MirrorStore, _ client: DevinClient,
    _ events: AsyncStream<SyncEvent>.Continuation
  ) async throws -> SyncReport {
    let began = time.elapsed()
    let startedAt = time.now()
    var number: Int64
    do {
      number = try await store.beginRun(
        apiURL: address.description, version: Self.version, pid: getpid(), now: startedAt)
    } catch let error as StoreError { throw SyncError(error) }
    var report = SyncReport(run: number)
    do {
      let key = try await identify(asking: client)
      var options = options
      options.organizationsAreNamed = !organizations.isEmpty
      let mirrored = key.organizations
      let plan = plan.within(key.access, hasOrganizations: !mirrored.isEmpty)
      let board = ProgressBoard(resources: plan.names, events: events, meter: client.meter, time: time)
      report.organization = mirrored.isEmpty ? nil : mirrored.joined(separator: " ")
      // The default set adapts to the key; only resources that were named explicitly are reported.
      if !options.resources.isEmpty { report.outOfReach = plan.outOfReach.map(\.name) }
      report.problems = plan.problemsOfReach(options)
      let refresh = RefreshPolicy(
        options, pace: try await store.pace(of: number, startedAt: startedAt), principal: key.principal?.name)
      var run = SyncRun(
        number, of: self, with: key, options, asking: client, into: store, board: board, refresh: refresh)
      if run.findsOrganizations { run.expansion = plan.expansion(refresh: refresh, now: run.nowInSpans) }
      try await store.begin(
        plan.planned(
          access: key.access, organizations: mirrored, areNamed: options.organizationsAreNamed, refresh: refresh,
          now: run.nowInSpans),
        requested: options.resources.isEmpty || options.resourcesAreConfigured ? plan.resources.map(\.name) : nil,
        organizations: mirrored,
        organization: report.organization, principal: key.principal?.name, run: number, now: startedAt)
      events.yield(.started(run: number, organization: report.organization ?? "", resources: plan.names))
      let timeWasUp = await SyncRun.carryOut(plan, in: run, report: &report)
      try await store.indexNewRows()
      report.resources = board.reports
      if plan.readsFiles { report.files = try await KeptFiles(in: store) }
      report.noteNothingReadable(isKnownKey: key.page != nil, keySource: keySource)
      let isUnfinished = report.resources.contains { $0.outcome == .interrupted }
      report.ranOutOfTime = timeWasUp && isUnfinished
      report.wasCancelled = Task.isCancelled && isUnfinished
      if report.status == .success { report.problems += try await unreadLists(of: plan, in: run) }
    } catch SyncError.keyRefused(let problem) {
      report.problems = [problem]
    } catch let error as SyncError {
      // The run had begun, so it must appear in the history, with the reason and with what it sent.
      report.wasCancelled = Task.isCancelled
      report.note(client.meter.reading)
      _ = await record(
        report, status: report.wasCancelled ? statusWhenCancelled() : error.status,
        reason: report.wasCancelled ? nil : error.message, in: store, startedAt: startedAt)
      if report.wasCancelled { return report }
      throw error
    } catch let error as StoreError {
      report.problems.append(SyncProblem(error))
    }
    report.note(client.meter.reading)
    report.duration = time.elapsed() - began
    report.finishedAt = time.now()
    let status = report.wasCancelled ? statusWhenCancelled() : report.status
    if let error = await record(report, status: status, in: store, startedAt: startedAt) {
      let problem = SyncProblem(error)
      if !report.allProblems.contains(where: { $0.status == .databaseFailed }) { report.problems.append(problem) }
    }
    return report
  }

  /// Lists that are still pending in the ledger although this run, by its own report, read them completely.
  private func unreadLists(of plan: SyncPlan, in run: SyncRun) async throws -> [SyncProblem] {
    let organizations = run.findsOrganizations ? try await run.store.livingOrganizations() : run.organizations
    let pending = try await run.store.pendingLists(plan.resources.map(\.name), of: organizations + [""]).filter {
      // Where organizations are named, the enterprise-wide list of a resource that organizations list too is not read.
      !($0.organization.isEmpty && run.options.organizationsAreNamed
        && Catalogue.resource(named: $0.resource)?.table.isListedAtTwoLevels == true)
    }
    var problems: [SyncProblem] = []
    for lists in pending {
      var kind = SyncProblem.Kind.listsPending(lists.count)
      // Without the list of parents, the set of lists below is unknown, so they stay pending.
      if let parent = Catalogue.resource(named: lists.resource)?.parents?.resource, !plan.names.contains(parent),
        try await run.store.parentCheckpoint(of: parent, organization: lists.organization) == nil
      {
        kind = .parentsUnread(parent)
      }
      problems.append(
        SyncProblem(kind, resource: lists.resource, organization: organizations.count > 1 ? lists.organization : nil))
    }
    return problems
  }

  /// - Parameter reason: why the run ended before it read anything; nil: it read, or the report says why.
  /// - Returns: why the record could not be written; nil: it was written.
  func record(
    _ report: SyncReport, status: RunStatus, reason: String? = nil, in store: MirrorStore, startedAt: UnixTime
  ) async -> StoreError? {
    var record = RunRecord(run: report.run, startedAt: startedAt)
    let totals = report.totals
    record.finishedAt = report.finishedAt ?? time.now()
    record.status = Int(status.number)
    record.requests = report.requests
    record.bytes = report.bytes
    record.pages = totals.pages
    record.rows = totals.rows
    record.inserted = totals.inserted
    record.changed = totals.changed
    record.deleted = totals.deleted
    record.waitedMilliseconds = Int(report.waited / .milliseconds(1))
    record.outcomes = report.outcomesAsJSON(reason: reason)
    do {
      try await store.finish(record)
      return nil
    } catch { return error as? StoreError }
  }

  func takeLock(waiting: Duration) async throws -> FileLock {
    do {
      try MirrorStore.prepare(path: database)
      return try await FileLock.acquire(
        database: database, waiting: waiting, start: { time.now().iso8601 }, elapsed: time.elapsed, sleep: time.sleep)
    } catch let error as StoreError {
      throw SyncError(error)
    }
  }
}
