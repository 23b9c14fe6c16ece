import DevinAPI
import DevinModel
import Foundation
import MirrorStore

/// Brings secrets to Devin whose values come from elsewhere.
package struct SecretPush: Sendable {
  let push: ContentPush

  /// - Parameter push: where, and with which key.
  package init(_ push: ContentPush) { self.push = push }

  /// Compares names with the list of the organization. Sends GET and nothing else.
  /// - Throws: `PushError`.
  package func plan(_ file: SecretFile, _ options: SecretOptions) async throws -> SecretPlan {
    try await ContentPush.explaining {
      try await DevinClient.withClient(
        address: push.address, route: push.route, credential: push.credential, concurrency: 1, time: push.time,
        userAgent: push.userAgent
      ) { client in
        let server = SecretServer(client: client, organization: try await push.singleOrganization(asking: client).id)
        return SecretPlan(file.entries, among: try await server.secrets().list, replaces: options.replaces)
      }
    }
  }

  /// Makes a plan, and carries it out if it is wished. Nobody else writes to the mirror meanwhile.
  /// - Parameters:
  ///   - value: brings the value of a secret, right before it is sent.
  ///   - confirm: whether to go on, given the plan.
  ///   - each: is told what became of each secret.
  /// - Throws: `PushError`; what `confirm` throws.
  package func apply(
    _ file: SecretFile, _ options: SecretOptions, _ mirror: PushMirrorOptions, status: @Sendable (SecretReport) -> Int32,
    value: @escaping (SecretEntry) async throws -> SecretValue, confirm: (SecretPlan) throws -> Bool,
    each: (SecretResult) throws -> Void
  ) async throws -> SecretReport {
    try await push.withMirror(mirror) { store, client, writer in
      let (organization, principal) = try await push.singleOrganization(asking: client)
      let server = SecretServer(client: client, organization: organization)
      func run(_ number: Int64) -> SecretRun {
        SecretRun(
          number: number, server: server, writer: writer, store: store, time: push.time, options: options, value: value)
      }
      try await run(0).settle()
      let list = try await server.secrets().list
      var report = SecretReport(plan: SecretPlan(file.entries, among: list, replaces: options.replaces))
      guard try report.plan.writes.isEmpty || confirm(report.plan) else {
        report.wasDeclined = true
        return report
      }
      let startedAt = push.time.now()
      let number = try await store.beginRun(
        command: "push secrets", apiURL: push.address.description, version: ProductVersion.current, pid: getpid(), now: startedAt)
      try await store.note(organization: organization, principal: principal?.name, of: number)
      do {
        var run = run(number)
        try await run.carryOut(report.plan) { result in
          report.results.append(result)
          try each(result)
        }
      } catch is CancellationError {
        report.wasCancelled = true
      }
      var record = RunRecord(run: number, startedAt: startedAt)
      record.finishedAt = push.time.now()
      record.status = Int(status(report))
      record.requests = client.meter.reading.requests
      record.bytes = client.meter.reading.bytes
      record.changed = report.results.count { $0.outcome == .done }
      try await store.finish(record)
      return report
    }
  }
}
