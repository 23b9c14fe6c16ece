import DevinAPI
import DevinModel
import Foundation
import MirrorStore

/// Carries out a plan of secrets, one at a time. A value is asked for right before it is sent. Neither it nor a hash of it is stored.
struct SecretRun {
  /// `sync_runs.run_id`.
  let number: Int64
  let server: SecretServer
  let writer: DevinWriter
  let store: MirrorStore
  let time: TimeSource
  let options: SecretOptions
  /// - Throws: `SecretValueError`.
  let value: (SecretEntry) async throws -> SecretValue

  /// Why nothing more is sent; nil: it is.
  private var stop: String?

  /// Between looks at what a request did, or was to do.
  private static let looks: [Duration] = [.zero, .seconds(1), .seconds(3), .seconds(6)]
  /// How much clocks may differ after the difference that is known.
  private static let slack = Duration.seconds(300)

  init(
    number: Int64, server: SecretServer, writer: DevinWriter, store: MirrorStore, time: TimeSource, options: SecretOptions,
    value: @escaping (SecretEntry) async throws -> SecretValue
  ) {
    self.number = number
    self.server = server
    self.writer = writer
    self.store = store
    self.time = time
    self.options = options
    self.value = value
  }

  private var now: UnixTime { time.now() }

  /// - Throws: `StoreError` when the journal cannot be kept, and `CancellationError`: nothing more is sent then.
  mutating func carryOut(_ plan: SecretPlan, each: (SecretResult) throws -> Void) async throws {
    for item in plan.items {
      try Task.checkCancellation()
      let result = try await result(of: item)
      if case .refused(let error) = result.outcome { note(error) }
      if case .unread(let error) = result.outcome { note(error) }
      try each(result)
    }
  }

  private mutating func note(_ error: APIError) {
    switch error.reason {
    case .unauthorized: stop = "the key was refused"
    case .forbidden: stop = "the key may not write secrets"
    case .connection, .untrusted, .unavailable: stop = "the server cannot be reached"
    case .rateLimited: stop = "the server refuses every request because of its rate"
    default: break
    }
  }

  private func result(of item: SecretPlan.Item) async throws -> SecretResult {
    var result = SecretResult(entry: item.entry, decision: item.decision, outcome: .exists)
    guard item.decision.isWrite else { return result }
    if let stop {
      result.outcome = .notSent(stop)
      return result
    }
    let value: SecretValue
    do {
      value = try await self.value(item.entry)
    } catch let trouble as SecretValueError {
      result.outcome = .notSent(trouble.why)
      return result
    }
    do {
      let before = try await server.secrets().list.filter { $0.has(item.entry.key) }
      guard SecretDecision(item.entry, among: before, replaces: options.replaces) == item.decision else {
        result.outcome = .conflict("the organization's secrets of this name changed meanwhile")
        return result
      }
      if options.allowsGap {
        try await delete(before.map(\.id), &result)
        if result.outcome != .exists { return result }
      }
      let known = Set(before.map(\.id))
      try await create(item.entry, value, beside: known, &result)
      guard result.outcome == .done else {
        result.isMissing = options.allowsGap && !known.isEmpty
        return result
      }
      if !options.allowsGap { try await delete(known.sorted(), &result) }
    } catch let error as APIError {
      // What was sent is in the journal.
      result.outcome = result.hasSent ? .unknown(error) : .unread(error)
    }
    return result
  }

  /// The outcome becomes `done` when the new secret is in the list.
  private func create(
    _ entry: SecretEntry, _ value: SecretValue, beside known: Set<String>, _ result: inout SecretResult
  ) async throws {
    let push = try await begin("create", entry, key: nil)
    result.hasSent = true
    switch await writer.send(server.creating(entry, value)) {
    case .refused(let error):
      let error = Self.withoutEcho(error, of: value)
      try await store.end(push, .refused, detail: error.detail, now: now)
      result.outcome = .refused(error)
      return
    case .unknown(let error):
      switch try await look(for: entry.key, beside: known) {
      case .found(let facts): try await finish(push, facts, &result)
      case .none:
        try await store.end(push, .notDone, now: now)
        result.outcome = .notDone(Self.withoutEcho(error, of: value))
      case .several:
        try await store.end(push, .unclear, now: now)
        result.outcome = .conflict("its answer was lost, and there are several new secrets of this name")
      }
    case .done:
      switch try await look(for: entry.key, beside: known) {
      case .found(let facts): try await finish(push, facts, &result)
      case .none:
        try await store.end(push, .done, now: now)
        result.outcome = .conflict("it was made, and the list does not show it yet; nothing was deleted")
      case .several:
        try await store.end(push, .done, now: now)
        result.outcome = .conflict("it was made, and somebody made another one of this name at the same time")
      }
    }
  }

  private func finish(_ push: Int64, _ facts: SecretFacts, _ result: inout SecretResult) async throws {
    try await store.end(push, .done, key: facts.id, now: now)
    try await store.keep(facts.body, of: Resource.secrets, organization: server.organization, run: number, now: now)
    result.id = facts.id
    result.outcome = .done
  }

  /// The outcome stays as it is when all are gone.
  private func delete(_ ids: [String], _ result: inout SecretResult) async throws {
    for id in ids {
      let push = try await begin("delete", result.entry, key: id)
      result.hasSent = true
      let answer = await writer.send(server.deleting(id))
      // A secret that is gone is refused with 403, as one is that the key may not delete: the list tells them apart.
      guard try await isDeleted(id) else {
        switch answer {
        case .refused(let error):
          try await store.end(push, .refused, detail: error.detail, now: now)
          result.outcome = .refused(error)
        case .unknown(let error):
          try await store.end(push, .notDone, now: now)
          result.outcome = .notDone(error)
        case .done:
          try await store.end(push, .done, now: now)
          result.outcome = .conflict("\(id) was deleted, and the list still shows it")
        }
        return
      }
      try await store.end(push, .done, now: now)
      try await store.forget(id, of: Resource.secrets, organization: server.organization, run: number, now: now)
    }
  }

  // MARK: - Looking

  private enum Sight {
    case found(SecretFacts)
    case none
    case several
  }

  private func look(for key: String, beside known: Set<String>) async throws(APIError) -> Sight {
    for wait in Self.looks {
      guard (try? await time.sleep(wait)) != nil else { throw APIError(.cancelled, endpoint: "GET secrets") }
      let new = try await server.secrets().list.filter { $0.has(key) && !known.contains($0.id) }
      if !new.isEmpty { return new.count == 1 ? .found(new[0]) : .several }
    }
    return .none
  }

  private func isDeleted(_ id: String) async throws(APIError) -> Bool {
    for wait in Self.looks {
      guard (try? await time.sleep(wait)) != nil else { throw APIError(.cancelled, endpoint: "GET secrets") }
      if try await !server.secrets().list.contains(where: { $0.id == id }) { return true }
    }
    return false
  }

  /// Settles what an earlier push left open, by looking and never by sending. What is to be sent is planned from the list.
  func settle() async throws {
    let open = try await store.openPushes().filter {
      $0.intent.resource == Resource.secrets.name && $0.intent.organization == server.organization
    }
    guard !open.isEmpty else { return }
    let (list, time) = try await server.secrets()
    for push in open {
      if let id = push.intent.key {
        try await store.end(push.number, list.contains { $0.id == id } ? .notDone : .done, now: now)
        continue
      }
      let since = push.startedAt + (time.map { $0 - now } ?? .zero) - Self.slack
      let new = list.filter { $0.has(push.intent.rowKey ?? "") && $0.createdAt.map { $0 >= since } ?? false }
      let outcome: PushOutcome = new.isEmpty ? .notDone : new.count == 1 ? .done : .unclear
      try await store.end(push.number, outcome, key: new.count == 1 ? new[0].id : nil, now: now)
    }
  }

  // MARK: - Journal

  /// No value and no hash of one.
  private func begin(_ action: String, _ entry: SecretEntry, key: String?) async throws -> Int64 {
    try await store.begin(
      PushIntent(
        run: number, organization: server.organization, resource: Resource.secrets.name, key: key, action: action, baseHash: nil,
        contentHash: nil, rowKey: entry.key), now: now)
  }

  /// An error without the server's words, should they repeat the value.
  static func withoutEcho(_ error: APIError, of value: SecretValue) -> APIError {
    guard let detail = error.detail, value.isEchoed(in: detail) else { return error }
    var error = error
    error.detail = "(the server's words are not shown, since they repeat the value)"
    return error
  }
}

/// Why there is no value, for people. Says nothing of it.
package struct SecretValueError: Error, Sendable {
  package let why: String

  package init(_ why: String) { self.why = why }
}
