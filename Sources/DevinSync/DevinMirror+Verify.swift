import DevinAPI
import DevinModel
import MirrorReading
import MirrorStore
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension DevinMirror {
  /// Compares the mirror with the server and, on request, writes the differences.
  ///
  /// Changes on the server since the last sync count as differences too, so call this right after a sync. Other runs cannot write
  /// during the comparison.
  /// - Parameters:
  ///   - options: what to compare, and whether to write the differences.
  ///   - watch: as in `sync`.
  /// - Throws: `SyncError` when it cannot begin. After that, every problem is in the report.
  public func verify(
    _ options: VerifyOptions = VerifyOptions(),
    watch: @escaping @Sendable (AsyncStream<SyncEvent>) async -> Void = { _ in }
  ) async throws -> VerifyReport {
    let plan = try SyncPlan(options.asSyncOptions)
    let store: MirrorStore
    let lock: FileLock
    do {
      // Do not create a mirror that is missing.
      let found = try MirrorStore(path: database, .read)
      try found.demandUnredacted()
      try found.close()
      lock = try await takeLock(waiting: options.lockWait)
      store = try MirrorStore(path: database, options.repair ? .write : .read, below: Catalogue.listsBelow)
      store.omittedMembers = options.asSyncOptions.omittedMembers
    } catch let error as StoreError {
      throw SyncError(error)
    }
    defer {
      try? store.close()
      withExtendedLifetime(lock) {}
    }

    let (events, continuation) = AsyncStream.makeStream(of: SyncEvent.self, bufferingPolicy: .bufferingNewest(256))
    async let watching: Void = watch(events)
    defer { continuation.finish() }
    let report = try await DevinClient.withClient(
      address: address, route: route, credential: credential, concurrency: options.concurrency, time: time,
      userAgent: Self.userAgent
    ) { client in
      do {
        return try await verify(plan, options, store, client, continuation)
      } catch let error as StoreError {
        throw SyncError(error)
      }
    }
    continuation.finish()
    await watching
    return report
  }

  private func verify(
    _ plan: SyncPlan, _ options: VerifyOptions, _ store: MirrorStore, _ client: DevinClient,
    _ events: AsyncStream<SyncEvent>.Continuation
  ) async throws -> VerifyReport {
    let began = time.elapsed()
    let startedAt = time.now()
    let key = try await identify(asking: client)
    var syncOptions = options.asSyncOptions
    syncOptions.organizationsAreNamed = !organizations.isEmpty
    let plan = plan.within(key.access, hasOrganizations: !key.organizations.isEmpty)
    let board = ProgressBoard(resources: plan.resources.map(\.name), events: events, meter: client.meter, time: time)
    let verification = Verification(options, newestSync: try await store.lastRun()?.startedAt)

    var record = SyncReport(run: 0)
    record.organization = key.organizations.isEmpty ? nil : key.organizations.joined(separator: " ")
    record.problems = plan.problemsOfReach(syncOptions)
    if options.repair {
      record.run = try await store.beginRun(
        command: "verify", apiURL: address.description, version: Self.version, pid: getpid(), now: startedAt)
      try await store.note(organization: record.organization, principal: key.principal?.name, of: record.run)
    }
    events.yield(
      .started(run: record.run, organization: record.organization ?? "", resources: plan.resources.map(\.name)))
    var run = SyncRun(
      record.run, of: self, with: key, syncOptions, asking: client, into: store, board: board, refresh: .everything)
    run.verification = verification
    _ = await SyncRun.carryOut(plan, in: run, report: &record)
    if options.repair, !Task.isCancelled {
      _ = try await store.repairDerived(of: Catalogue.all.map(\.table.name))
      try await store.mendIndexes()
    }
    record.resources = board.reports
    record.noteNothingReadable(isKnownKey: key.page != nil, keySource: keySource)
    record.wasCancelled = Task.isCancelled
    record.requests = client.meter.reading.requests
    record.bytes = client.meter.reading.bytes
    record.duration = time.elapsed() - began

    var report = VerifyReport()
    report.entries = plan.resources.compactMap { verification.entry(of: $0.name) }
    let health = try await store.health()
    let names = options.resources.isEmpty ? nil : Set(plan.resources.map(\.name))
    report.notRead = MirrorCompleteness(health, names: names, asked: Set(plan.resources.map(\.name))).notRead
    report.refused = record.resources.filter { $0.outcome == .forbidden || $0.outcome == .absent }.map(\.resource)
    if options.meansFiles, !Task.isCancelled { try await compareFiles(in: store, options, &report) }
    report.problems = record.allProblems
    report.requests = record.requests
    report.duration = record.duration
    report.wasCancelled = record.wasCancelled
    if options.repair {
      report.run = record.run
      if let error = await self.record(record, status: report.status, in: store, startedAt: startedAt) { throw error }
    }
    return report
  }

  /// Checks the stored contents of attachments against their rows. No request is needed, since a content does not change after it is read.
  private func compareFiles(in store: MirrorStore, _ options: VerifyOptions, _ report: inout VerifyReport) async throws {
    report.files = try await KeptFiles(in: store)
    let faulty = try await store.faultyContents(readingAll: true)
    report.fileFindings = faulty.map(\.sentence)
    guard options.repair, !faulty.isEmpty else { return }
    try await store.wantAgain(faulty)
    report.wantsFilesAgain = true
  }
}
