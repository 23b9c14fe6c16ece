package import DevinAPI
import DevinModel
import Foundation
import MirrorStore

/// What became of one change of a plan.
package struct PushResult: Sendable {
  package enum Outcome: Hashable, Sendable {
    /// It is on the server, and in the mirror.
    case done
    /// It is on the server, which stored these members in another way than they were sent.
    case storedDifferently([String])
    /// The server has another version than the plan showed, so nothing was sent, or another one than was sent; why, for people.
    case conflict(String)
    /// The server refused it.
    case refused(APIError)
    /// Nothing was sent, since the object could not be read before.
    case unread(APIError)
    /// Nothing was sent; why, for people.
    case notSent(String)
    /// The answer was lost, and what it was to do is not done.
    case notDone(APIError)
    /// The answer was lost, and looking did not tell. The next push looks again.
    case unknown(APIError)
  }

  package let change: PushPlan.Change
  /// The object's id, also of one that was created.
  package internal(set) var key: String?
  package internal(set) var outcome: Outcome
  /// As it was read afterwards; nil: it is gone, or was not read.
  var row: ServerRow?
  /// Whether the file could not be given its new id and base, so that it has to be exported again.
  package internal(set) var isFileStale = false
}

/// Carries out a plan, one change at a time.
struct PushRun {
  let number: Int64
  let server: ServerContent
  let writer: DevinWriter
  let store: MirrorStore
  let time: TimeSource
  let limit: Int?
  /// Kinds of whose objects a first one was refused with 403.
  private var forbidden: Set<ContentKind> = []
  private var keyIsRefused = false
  private var changes = 0
  /// Ids of what this run made of others.
  private var copies: [PushOrigin: String] = [:]
  /// Whether the change that is at work has sent something.
  private var hasBegun = false

  /// Between looks at what a request did, or was to do.
  private static let looks: [Duration] = [.zero, .seconds(1), .seconds(3), .seconds(6)]

  init(number: Int64, server: ServerContent, writer: DevinWriter, store: MirrorStore, time: TimeSource, limit: Int?) {
    self.number = number
    self.server = server
    self.writer = writer
    self.store = store
    self.time = time
    self.limit = limit
  }

  private var now: UnixTime { time.now() }

  /// - Throws: `StoreError` when the journal cannot be kept, and `CancellationError`: nothing more is sent then.
  mutating func carryOut(_ plan: PushPlan, each: (PushResult) throws -> Void) async throws {
    for change in plan.writes {
      try Task.checkCancellation()
      if let limit, changes >= limit {
        try each(PushResult(change: change, key: change.key, outcome: .notSent("--limit \(limit) was reached")))
        continue
      }
      if keyIsRefused {
        try each(PushResult(change: change, key: change.key, outcome: .notSent("the key was refused")))
        continue
      }
      if forbidden.contains(change.kind) {
        try each(PushResult(change: change, key: change.key, outcome: .notSent("the key may not write \(change.resource)")))
        continue
      }
      let result = try await carryOut(change)
      switch result.outcome {
      case .refused(let error), .unread(let error):
        if error.reason == .forbidden { forbidden.insert(change.kind) }
        if error.reason == .unauthorized { keyIsRefused = true }
      default: changes += 1
      }
      try each(result)
    }
  }

  private mutating func carryOut(_ planned: PushPlan.Change) async throws -> PushResult {
    hasBegun = false
    let change: PushPlan.Change
    switch resolved(planned) {
    case .success(let found): change = found
    case .failure(let missing):
      return PushResult(change: planned, key: planned.key, outcome: .notSent("the playbook \(missing.key) was not made"))
    }
    do {
      switch change.decision {
      case .create: return try await create(change)
      case .update: return try await update(change)
      case .delete: return try await delete(change)
      case .unchanged, .conflict, .blocked:
        return PushResult(change: change, key: change.key, outcome: .notSent("there is nothing to change"))
      }
    } catch let error as APIError {
      // What was sent is in the journal.
      return PushResult(change: change, key: change.key, outcome: hasBegun ? .unknown(error) : .unread(error))
    }
  }

  private struct MissingCopy: Error { let key: String }

  /// With the ids of what the same plan made before.
  private func resolved(_ change: PushPlan.Change) -> Result<PushPlan.Change, MissingCopy> {
    guard let content = change.content, let origin = change.origin else { return .success(change) }
    var ids: [String: String] = [:]
    for id in change.awaited {
      guard let copy = copies[PushOrigin(organization: origin.organization, key: id)] else {
        return .failure(MissingCopy(key: id))
      }
      ids[id] = copy
    }
    var resolved = change
    resolved.content = References.replacing(ids, in: content)
    return .success(resolved)
  }

  // MARK: - One change

  private mutating func create(_ change: PushPlan.Change) async throws -> PushResult {
    guard let content = change.content, let path = ServerContent.endpoint(change.kind, change.scope)?.path else {
      return PushResult(change: change, key: nil, outcome: .notSent("its organization is unknown"))
    }
    let before = try await server.list(change.kind, change.scope)
    if let row = before.values.first(where: { $0.content.name.utf8.elementsEqual(content.name.utf8) }) {
      return PushResult(
        change: change, key: nil, outcome: .conflict("\(row.key) got the name \"\(content.name.prefix(80))\" meanwhile"))
    }
    let body = PushBody.create(content)
    let sent = Content(change.kind, body.object ?? [:])
    var result = PushResult(change: change, key: nil, outcome: .done)
    var answer = ""
    let push = try await begin(change, "create", key: nil, base: nil, content: sent.hash)
    switch await writer.send(WriteRequest(.post, path, body: body.canonical)) {
    case .refused(let error):
      try await store.end(push, .refused, detail: error.detail, now: now)
      result.outcome = .refused(error)
      return result
    case .unknown(let error):
      switch try await look(forNew: sent.hash, change.kind, change.scope) {
      case .found(let key): result.key = key
      case .missing:
        try await store.end(push, .notDone, now: now)
        result.outcome = .notDone(error)
        return result
      case .unclear:
        result.outcome = .unknown(error)
        return result
      }
    case .done(let body):
      answer = body
      result.key = JSONValue.object(of: body)?[change.kind.keyMember]?.text
      if result.key == nil,
        case .found(let key) = try await look(forNew: sent.hash, change.kind, change.scope)
      {
        result.key = key
      }
    }
    try await store.end(push, .done, key: result.key, now: now)
    if let origin = change.origin { copies[origin] = result.key }
    guard let key = result.key, let row = try await readBack(change.kind, change.scope, key, as: sent.hash, or: answer) else {
      result.outcome = .conflict("it was written, and the server does not show it yet; push again in a minute")
      return result
    }
    try await keep(row, change)
    if change.origin != nil { try await store.note(stored: row.content.hash, by: push) }
    result.row = row
    let differences = row.content.differences(from: content)
    // What can only be said in a second step: an automation begins switched off, and a schedule switched on.
    guard differences == ["enabled"] else {
      if !differences.isEmpty { result.outcome = .storedDifferently(differences) }
      return result
    }
    return try await send(change, key: key, from: row, to: content)
  }

  private mutating func update(_ change: PushPlan.Change) async throws -> PushResult {
    guard let content = change.content, let key = change.key, let planned = change.now else {
      return PushResult(change: change, key: change.key, outcome: .notSent("its organization is unknown"))
    }
    guard let row = try await server.object(change.kind, change.scope, key: key) else {
      return PushResult(change: change, key: key, outcome: .conflict("it was deleted meanwhile"))
    }
    guard row.content.hash == planned.content.hash else {
      return PushResult(change: change, key: key, outcome: .conflict("it was changed meanwhile"))
    }
    return try await send(change, key: key, from: row, to: content)
  }

  /// Sends the change of an object that was read a moment before.
  private mutating func send(
    _ change: PushPlan.Change, key: String, from row: ServerRow, to content: Content
  ) async throws -> PushResult {
    var result = PushResult(change: change, key: key, outcome: .done, row: row)
    guard let path = ServerContent.endpoint(change.kind, change.scope, key: key)?.path else {
      result.outcome = .notSent("its organization is unknown")
      return result
    }
    let request =
      change.kind.isReplacedWhole
      ? WriteRequest(.put, path, body: PushBody.replace(content).canonical)
      : WriteRequest(.patch, path, body: PushBody.change(content, from: row.content).canonical)
    // What the server has goes into the history of the mirror before it goes.
    try await keep(row, change)
    var answer = ""
    let push = try await begin(change, "update", key: key, base: row.content.hash, content: content.hash)
    switch await writer.send(request) {
    case .refused(let error):
      try await store.end(push, .refused, detail: error.detail, now: now)
      result.outcome = error.reason == .notFound ? .conflict("it was deleted meanwhile") : .refused(error)
      return result
    case .unknown(let error):
      let after = try await readBack(change.kind, change.scope, key, as: content.hash)
      guard after?.content.hash == content.hash else {
        let isBefore = after?.content.hash == row.content.hash
        try await store.end(push, isBefore ? .notDone : .unclear, now: now)
        result.outcome = isBefore ? .notDone(error) : .conflict("the answer was lost, and the server has a third version now")
        return result
      }
    case .done(let body): answer = body
    }
    try await store.end(push, .done, now: now)
    guard let after = try await readBack(change.kind, change.scope, key, as: content.hash, or: answer) else {
      result.outcome = .conflict("it was written and then deleted")
      return result
    }
    try await keep(after, change)
    if change.origin != nil { try await store.note(stored: after.content.hash, by: push) }
    result.row = after
    let differences = after.content.differences(from: content)
    if !differences.isEmpty { result.outcome = .storedDifferently(differences) }
    return result
  }

  private mutating func delete(_ change: PushPlan.Change) async throws -> PushResult {
    guard let key = change.key, let planned = change.now,
      let path = ServerContent.endpoint(change.kind, change.scope, key: key)?.path
    else { return PushResult(change: change, key: change.key, outcome: .notSent("its organization is unknown")) }
    var result = PushResult(change: change, key: key, outcome: .done)
    guard let row = try await server.object(change.kind, change.scope, key: key) else {
      try await forget(key, change)
      return result
    }
    guard row.content.hash == planned.content.hash else {
      result.outcome = .conflict("it was changed meanwhile")
      return result
    }
    try await keep(row, change)
    let push = try await begin(change, "delete", key: key, base: row.content.hash, content: nil)
    switch await writer.send(WriteRequest(.delete, path)) {
    case .refused(let error) where error.reason != .notFound:
      try await store.end(push, .refused, detail: error.detail, now: now)
      result.outcome = .refused(error)
      return result
    case .unknown(let error):
      guard try await isDeleted(change.kind, change.scope, key) else {
        try await store.end(push, .notDone, now: now)
        result.outcome = .notDone(error)
        return result
      }
    case .done, .refused: break
    }
    try await store.end(push, .done, now: now)
    try await forget(key, change)
    return result
  }

  // MARK: - Looking

  /// An object after it was written, looked for again while it is neither what was sent nor what the server answered: single reads may lag
  /// behind writes.
  /// - Returns: nil: it is not there.
  private func readBack(
    _ kind: ContentKind, _ scope: ContentScope, _ key: String, as hash: String, or answer: String = ""
  ) async throws -> ServerRow? {
    let hashes = Set([hash] + (JSONValue.object(of: answer).map { [Content(kind, row: $0).hash] } ?? []))
    var row: ServerRow?
    for wait in Self.looks {
      try await time.sleep(wait)
      row = try await server.object(kind, scope, key: key)
      if let row, hashes.contains(row.content.hash) { return row }
    }
    return row
  }

  private func isDeleted(_ kind: ContentKind, _ scope: ContentScope, _ key: String) async throws -> Bool {
    for wait in Self.looks {
      try await time.sleep(wait)
      if try await server.object(kind, scope, key: key) == nil { return true }
    }
    return false
  }

  private enum Sight {
    case found(String)
    case missing
    /// More than one could be it.
    case unclear
  }

  /// Looks for an object that a request was to create, whose answer was lost. Before it was sent, no object had its name, so one with all
  /// of its contents is the one.
  private func look(forNew hash: String, _ kind: ContentKind, _ scope: ContentScope) async throws -> Sight {
    for wait in Self.looks {
      try await time.sleep(wait)
      let found = try await server.list(kind, scope).values.filter { $0.content.hash == hash }
      if found.count == 1 { return .found(found[0].key) }
      if found.count > 1 { return .unclear }
    }
    return .missing
  }

  /// Settles what an earlier push left open, by looking and never by sending.
  /// - Returns: what is still not known, for people.
  func settle() async throws -> [String] {
    var open: [String] = []
    for push in try await store.openPushes() {
      let intent = push.intent
      guard let kind = ContentKind(named: intent.resource) else { continue }
      let scope: ContentScope = intent.organization.isEmpty ? .enterprise : .organization(intent.organization)
      switch (intent.action, intent.key) {
      case ("create", nil):
        switch try await look(forNew: intent.contentHash ?? "", kind, scope) {
        case .found(let key): try await store.end(push.number, .done, key: key, now: now)
        case .missing: try await store.end(push.number, .notDone, now: now)
        case .unclear:
          open.append(
            "\(kind.word): an answer was lost \(push.startedAt.iso8601), and several new objects could be what was sent then"
          )
        }
      case ("delete", let key?):
        let isDeleted = try await server.object(kind, scope, key: key) == nil
        try await store.end(push.number, isDeleted ? .done : .notDone, now: now)
      case (_, let key?):
        let row = try await server.object(kind, scope, key: key)
        let outcome: PushOutcome =
          row?.content.hash == intent.contentHash ? .done : row?.content.hash == intent.baseHash ? .notDone : .unclear
        try await store.end(push.number, outcome, now: now)
      default: try await store.end(push.number, .unclear, now: now)
      }
    }
    return open
  }

  // MARK: - The mirror

  private mutating func begin(
    _ change: PushPlan.Change, _ action: String, key: String?, base: String?, content: String?
  ) async throws -> Int64 {
    let number = try await store.begin(
      PushIntent(
        run: number, organization: change.scope.organization, resource: change.resource, key: key, action: action, baseHash: base,
        contentHash: content, origin: change.origin), now: now)
    hasBegun = true
    return number
  }

  private func keep(_ row: ServerRow, _ change: PushPlan.Change) async throws {
    try await store.keep(
      row.body, of: change.kind.resource, organization: change.scope.organization, run: number, now: now)
  }

  private func forget(_ key: String, _ change: PushPlan.Change) async throws {
    try await store.forget(key, of: change.kind.resource, organization: change.scope.organization, run: number, now: now)
  }
}
