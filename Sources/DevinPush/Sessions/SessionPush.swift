import DevinAPI
import DevinModel
import Foundation
import MirrorReading
import MirrorStore

/// Sends rows of a file to Devin: new sessions, and what is to become of sessions that are there.
package struct SessionPush: Sendable {
  let push: ContentPush

  /// - Parameter push: where, and with which key.
  package init(_ push: ContentPush) { self.push = push }

  /// Compares rows with the journal. Sends GET and nothing else.
  /// - Throws: `PushError`.
  package func plan(_ file: SessionRows, _ options: SessionOptions) async throws -> SessionPlan {
    try await ContentPush.explaining {
      try await DevinClient.withClient(
        address: push.address, route: push.route, credential: push.credential, concurrency: 1, time: push.time,
        userAgent: push.userAgent
      ) { client in
        let organization = try await push.singleOrganization(asking: client).id
        let journal = try await journalOrNone(organization)
        return try await SessionPlan(
          file.rows, journal, options, asking: SessionServer(client: client, organization: organization))
      }
    }
  }

  /// A mirror of an older version has no rows in its journal yet.
  private func journalOrNone(_ organization: String) async throws -> SessionJournal {
    do {
      return try await SessionJournal(MirrorReader(database: push.database), organization: organization)
    } catch MirrorError.unusableQuery {
      return SessionJournal([])
    }
  }

  /// Makes a plan, and carries it out if it is wished. Nobody else writes to the mirror meanwhile.
  /// - Parameters:
  ///   - confirm: whether to go on, given the plan.
  ///   - each: is told what became of each row.
  /// - Throws: `PushError`; what `confirm` throws.
  package func apply(
    _ file: SessionRows, _ options: SessionOptions, _ mirror: PushMirrorOptions, status: @Sendable (SessionReport) -> Int32,
    confirm: (SessionPlan) throws -> Bool, each: (SessionResult) throws -> Void
  ) async throws -> SessionReport {
    try await push.withMirror(mirror) { store, client, writer in
      let (organization, principal) = try await push.singleOrganization(asking: client)
      let job = Job(
        rows: file.rows, options: options, store: store, writer: writer,
        server: SessionServer(client: client, organization: organization), principal: principal)
      return try await apply(job, status: status, confirm: confirm, each: each)
    }
  }

  /// What one run needs.
  private struct Job {
    let rows: [SessionRow]
    let options: SessionOptions
    let store: MirrorStore
    let writer: DevinWriter
    let server: SessionServer
    let principal: Principal?
  }

  private func apply(
    _ job: Job, status: @Sendable (SessionReport) -> Int32, confirm: (SessionPlan) throws -> Bool,
    each: (SessionResult) throws -> Void
  ) async throws -> SessionReport {
    let store = job.store
    let startedAt = push.time.now()
    let number = try await store.beginRun(
      command: "push sessions", apiURL: push.address.description, version: ProductVersion.current, pid: getpid(), now: startedAt)
    try await store.note(organization: job.server.organization, principal: job.principal?.name, of: number)
    var report = SessionReport()
    report.run = number
    func end(_ status: Int32) async throws {
      var record = RunRecord(run: number, startedAt: startedAt)
      record.finishedAt = push.time.now()
      record.status = Int(status)
      record.requests = job.server.client.meter.reading.requests
      record.bytes = job.server.client.meter.reading.bytes
      record.changed = report.results.count { $0.outcome == .done }
      try await store.finish(record)
    }
    do {
      try await carryOut(job, number, &report, confirm: confirm, each: each)
    } catch is CancellationError {
      report.wasCancelled = true
    }
    try await end(status(report))
    return report
  }

  private func carryOut(
    _ job: Job, _ number: Int64, _ report: inout SessionReport, confirm: (SessionPlan) throws -> Bool,
    each: (SessionResult) throws -> Void
  ) async throws {
    func run() async throws -> SessionRun {
      SessionRun(
        number: number, server: job.server, writer: job.writer, store: job.store, time: push.time, options: job.options,
        serviceUser: job.principal?.serviceUserID, journal: try await journal(job))
    }
    // What earlier runs left open is looked for first: the plan depends on what became of it.
    var first = try await run()
    try await first.settle(job.rows)
    report.objection = try await run().resolve(job.options.resolutions)
    guard report.objection == nil else { return }
    let known = try await journal(job)
    report.plan = try await SessionPlan(job.rows, known, job.options, asking: job.server)
    let keys = Set(job.rows.map(\.key))
    report.openElsewhere = known.open.filter { $0.hash != nil && !keys.contains($0.rowKey) }.map(\.rowKey)
    if !report.plan.sends.isEmpty, try !confirm(report.plan) {
      report.wasDeclined = true
      return
    }
    var run = try await run()
    report.markersLeft = try await run.removeMarkers()
    try await run.carryOut(report.plan) { result in
      report.results.append(result)
      try each(result)
    }
  }

  private func journal(_ job: Job) async throws -> SessionJournal {
    try await SessionJournal(MirrorReader(database: push.database), organization: job.server.organization)
  }
}
