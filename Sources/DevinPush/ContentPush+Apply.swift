import DevinAPI
import DevinModel
import Files
import Foundation
import MirrorReading
import MirrorStore

/// What applying a plan did.
package struct PushReport: Sendable {
  /// `sync_runs.run_id`; nil: nothing was to be written.
  package internal(set) var run: Int64?
  package internal(set) var plan: PushPlan
  package internal(set) var results: [PushResult] = []
  /// What earlier pushes left open and looking did not settle, for people.
  package internal(set) var open: [String] = []
  /// Whether somebody was asked and said no.
  package internal(set) var wasDeclined = false
  package internal(set) var wasCancelled = false
}

/// What becomes of the mirror while a plan is applied.
package struct PushMirrorOptions: Sendable {
  package var lockWait = Duration.zero
  /// As the settings of `sync` say, by table.
  package var omittedMembers: [String: [String]] = [:]
  package var volatileMembers: [String: [String]] = [:]
  /// What `sync_runs.status` says of a result.
  package var status: @Sendable (PushReport) -> Int32 = { _ in 0 }

  package init() {}
}

extension ContentPush {
  /// Makes a plan, and carries it out if it is wished. Nobody else writes to the mirror meanwhile.
  /// - Parameters:
  ///   - confirm: whether to go on, given the plan.
  ///   - each: is told what became of each change.
  /// - Throws: `PushError`; what `confirm` throws.
  package func apply(
    _ source: PushSource, _ options: PushOptions, _ mirror: PushMirrorOptions, confirm: (PushPlan) throws -> Bool,
    each: (PushResult) throws -> Void
  ) async throws -> PushReport {
    let wish: Wish = try await Self.explaining { try await self.wish(source, options) }
    return try await withMirror(mirror) { store, client, writer in
      try await apply(wish, options, mirror, store, client, writer, confirm: confirm, each: each)
    }
  }

  private func apply(
    _ wish: Wish, _ options: PushOptions, _ mirror: PushMirrorOptions, _ store: MirrorStore, _ client: DevinClient,
    _ writer: DevinWriter, confirm: (PushPlan) throws -> Bool, each: (PushResult) throws -> Void
  ) async throws -> PushReport {
    let server = ServerContent(client: client)
    let startedAt = time.now()
    func run(_ number: Int64) -> PushRun {
      PushRun(number: number, server: server, writer: writer, store: store, time: time, limit: options.limit)
    }
    // What an earlier push left open is looked for first: the plan depends on what became of it.
    let open = try await run(0).settle()
    var report = PushReport(plan: try await plan(wish, options, asking: client), open: open)
    if let expected = options.expected {
      let differences = SavedPlan.differences(expected, report.plan)
      guard differences.isEmpty else { throw PushError.moved(differences) }
    }
    try await noteCopies(report.plan, in: store)
    let adopted = report.plan.changes.filter { $0.key == nil && $0.origin == nil && $0.decision.action == "unchanged" }
    guard !report.plan.writes.isEmpty else {
      try write(adopted.compactMap(Self.adoption), to: &report)
      return report
    }
    guard try confirm(report.plan) else {
      report.wasDeclined = true
      return report
    }
    let number = try await store.beginRun(
      command: "push", apiURL: address.description, version: ProductVersion.current, pid: getpid(), now: startedAt)
    report.run = number
    let principal = try await principal(asking: client)
    let written = Set(report.plan.writes.map(\.scope.organization)).sorted().filter { !$0.isEmpty }
    try await store.note(
      organization: written.isEmpty ? nil : written.joined(separator: " "), principal: principal?.name, of: number)
    var results: [PushResult] = []
    do {
      var run = run(number)
      try await run.carryOut(report.plan) { result in
        results.append(result)
        try each(result)
      }
    } catch is CancellationError {
      report.wasCancelled = true
    } catch let error as StoreError {
      report.results = results
      try? write(results, to: &report)
      throw error
    }
    report.results = results
    try write(adopted.compactMap(Self.adoption) + results, to: &report)
    var record = RunRecord(run: number, startedAt: startedAt)
    record.finishedAt = time.now()
    record.status = Int(mirror.status(report))
    record.requests = client.meter.reading.requests
    record.bytes = client.meter.reading.bytes
    record.changed = results.count { $0.row != nil }
    record.deleted = results.count { $0.change.decision == .delete && $0.outcome == .done }
    try await store.finish(record)
    return report
  }

  /// Records which objects are copies as they are, and demands that the mirror has the organization in which others are made.
  private func noteCopies(_ plan: PushPlan, in store: MirrorStore) async throws {
    for change in plan.changes {
      guard let origin = change.origin else { continue }
      let organization = change.scope.organization
      if case .unchanged = change.decision, let row = change.now, row.content.hash == change.content?.hash {
        try await store.note(
          copy: row.key, of: origin, resource: change.resource, organization: organization, hash: row.content.hash,
          now: time.now())
      }
      if change.decision.isWrite, try await !store.reads(change.resource, of: organization) {
        throw PushError.unusable(
          "\(database) does not have \(change.resource) of the organization \(organization): mirror it there first, with `devin-sync sync`"
        )
      }
    }
  }

  /// A new file whose object the server has already.
  private static func adoption(_ change: PushPlan.Change) -> PushResult? {
    change.now.map { PushResult(change: change, key: $0.key, outcome: .done, row: $0) }
  }

  /// Brings files in step with what was written.
  private func write(_ results: [PushResult], to report: inout PushReport) throws {
    // The file of a copy stays that of the other organization's object, and an earlier version has none.
    let own = results.filter { $0.change.origin == nil && !$0.change.root.isEmpty }
    for (root, results) in Dictionary(grouping: own, by: \.change.root).sorted(by: { $0.key < $1.key }) {
      var stale: Set<String> = []
      do {
        var files = try WrittenFiles(root)
        for result in results {
          if let row = result.row {
            if try !files.note(row, of: result.change) { stale.insert(result.change.place) }
          } else if result.change.decision == .delete, result.outcome == .done {
            files.noteDeletion(of: result.change)
          }
        }
        try files.finish()
      } catch is FileError {
        stale.formUnion(results.map(\.change.place))
      } catch is FileProblem {
        stale.formUnion(results.map(\.change.place))
      }
      for index in report.results.indices
      where report.results[index].change.root == root && stale.contains(report.results[index].change.place) {
        report.results[index].isFileStale = true
      }
    }
  }
}
