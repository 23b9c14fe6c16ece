import DevinAPI
import DevinModel
import MirrorStore

/// Sends rows, one at a time. The intent is on the disk before a row is sent. After a lost answer, the session is looked for. A row is sent
/// again only if it is certain that it created no session; otherwise it stays open and is named.
struct SessionRun {
  /// `sync_runs.run_id`.
  let number: Int64
  let server: SessionServer
  let writer: DevinWriter
  let store: MirrorStore
  let time: TimeSource
  let options: SessionOptions
  /// Who sends, as rows of sessions name it; nil: not known.
  let serviceUser: String?

  private var journal: SessionJournal
  /// Why nothing more is sent; nil: it is.
  private var stop: String?
  private var forbidden: Set<SessionRow.Action> = []
  private var sends = 0
  private var acus: Int64 = 0
  private var isACULimitReached = false
  private var losses = 0
  /// Sessions that rows of this run created, by the rows' keys.
  private var created: [String: String] = [:]
  /// By how much the server's clock is ahead; nil: not asked yet.
  private var lead: Duration?

  /// Between looks at what a request did, or was to do.
  private static let looks: [Duration] = [.zero, .seconds(1), .seconds(3), .seconds(6)]
  /// Seconds by which clocks may differ after the difference that is known.
  private static let slack = Duration.seconds(300)
  /// Rows whose outcome is not known, after which nothing more is sent: the server is in trouble.
  private static let lossLimit = 3

  init(
    number: Int64, server: SessionServer, writer: DevinWriter, store: MirrorStore, time: TimeSource, options: SessionOptions,
    serviceUser: String?, journal: SessionJournal
  ) {
    self.number = number
    self.server = server
    self.writer = writer
    self.store = store
    self.time = time
    self.options = options
    self.serviceUser = serviceUser
    self.journal = journal
  }

  private var now: UnixTime { time.now() }

  /// - Throws: `StoreError` when the journal cannot be kept, and `CancellationError`: nothing more is sent then.
  mutating func carryOut(_ plan: SessionPlan, each: (SessionResult) throws -> Void) async throws {
    for item in plan.items {
      try Task.checkCancellation()
      let result = try await result(of: item)
      if item.decision == .send { note(result) }
      try each(result)
    }
  }

  private mutating func result(of item: SessionPlan.Item) async throws -> SessionResult {
    let row = item.row
    func ended(_ outcome: SessionResult.Outcome, _ session: String? = nil, _ url: String? = nil) -> SessionResult {
      SessionResult(row: row, outcome: outcome, session: session, url: url)
    }
    switch item.decision {
    case .unchanged(let session, let url): return ended(.unchanged, session, url)
    case .conflict(let why): return ended(.conflict(why), item.session)
    case .blocked(let why): return ended(.blocked(why), item.session)
    case .open: return ended(.open(Self.advice(row.key, row.action)), item.session)
    case .send: break
    }
    if let why = reasonNotToSend(row) { return ended(.notSent(why), item.session) }
    let target: String
    switch row.target {
    case .session(let id): target = id
    case .row(let key):
      guard let id = created[key] ?? item.session else {
        return ended(.notSent("the row \(key) has not created its session"))
      }
      target = id
    case nil: return try await reporting(row, nil) { run throws in try await run.create(row) }
    }
    return try await reporting(row, target) { run throws in try await run.change(target, row) }
  }

  /// What keeps a row from being sent that the plan would send; nil: nothing does.
  private mutating func reasonNotToSend(_ row: SessionRow) -> String? {
    if let stop { return stop }
    if forbidden.contains(row.action) { return "the key may not do this: \(row.action.rawValue)" }
    if let limit = options.limit, sends >= limit { return "--limit \(limit) was reached" }
    guard row.action == .create, let limit = options.acuLimit else { return nil }
    // From the first one on that does not fit, so that nobody has to guess which smaller ones came after it.
    isACULimitReached = isACULimitReached || (row.limit ?? .max) > limit - acus
    return isACULimitReached ? "--max-acus \(limit) was reached" : nil
  }

  /// Draws the consequences of a result for the rows after it.
  private mutating func note(_ result: SessionResult) {
    switch result.outcome {
    case .refused(let error), .unread(let error):
      switch error.reason {
      case .unauthorized: stop = "the key was refused"
      case .forbidden: forbidden.insert(result.row.action)
      case .connection, .untrusted, .unavailable: stop = "the server cannot be reached"
      case .rateLimited: stop = "the server refuses every request because of its rate"
      default: break
      }
    case .open:
      losses += 1
      if losses >= Self.lossLimit { stop = "the outcome of \(losses) rows is unknown" }
    case .done:
      if result.row.action == .create { created[result.row.key] = result.session }
    case .unchanged, .notSent, .blocked, .conflict, .notDone: break
    }
  }

  /// Turns a failed reading into a result: before a row was sent, or after it.
  private mutating func reporting(
    _ row: SessionRow, _ session: String?, _ work: (inout SessionRun) async throws -> SessionResult
  ) async throws -> SessionResult {
    let before = sends
    do {
      return try await work(&self)
    } catch let error as APIError {
      guard sends > before else { return SessionResult(row: row, outcome: .unread(error), session: session) }
      // What was sent is in the journal.
      return SessionResult(row: row, outcome: .open(Self.advice(row.key, row.action)), session: session)
    }
  }

  /// What people can do about a row whose outcome is not known.
  private static func advice(_ key: String, _ action: SessionRow.Action) -> String {
    guard action == .create || action == .message else { return "the outcome is unknown; the next run checks it first" }
    let found = action == .create ? "\(key)=SESSION_ID" : "\(key)=done"
    let until = action == .create ? "until a later run is certain that it created no session, or you decide" : "until you decide"
    return """
      the outcome is unknown, and no trace of it was found. It is not sent again \(until): --resolve '\(found)' or --resolve '\(key)=none'
      """
  }

  // MARK: - A new session

  private mutating func create(_ row: SessionRow) async throws -> SessionResult {
    let marker = options.marks ? Self.newMarker() : nil
    let base = marker == nil ? try await titled(row) : nil
    let push = try await begin(row, nil, marker: marker, base: base)
    sends += 1
    let cost = options.acuLimit == nil ? 0 : row.limit ?? 0
    acus += cost
    let facts: SessionFacts
    switch await writer.send(server.creating(row, marker: marker)) {
    case .refused(let error):
      try await store.end(push, .refused, detail: error.detail, now: now)
      acus -= cost
      return SessionResult(row: row, outcome: .refused(error))
    case .done(let body):
      guard let answered = SessionFacts(body) else { fallthrough }
      facts = answered
    case .unknown:
      let entry = SessionJournal.Entry(
        number: push, rowKey: row.key, action: .create, hash: row.hash, baseHash: base, marker: marker, startedAt: now)
      guard let found = try await look(for: entry, row, looks: Self.looks) else {
        return SessionResult(row: row, outcome: .open(Self.advice(row.key, row.action)))
      }
      facts = found
    }
    try await store.end(push, .done, key: facts.id, url: facts.url, now: now)
    var result = SessionResult(row: row, outcome: .done, session: facts.id, url: facts.url)
    if let marker {
      result.markerTrouble = try await unmark(facts.id, marker, of: row.key)
    } else {
      try await keep(facts)
    }
    return result
  }

  /// A tag that no other request has, so that whatever has it was created by this one.
  private static func newMarker() -> String {
    "devin-sync-" + String(UInt64.random(in: .min ... .max) | 1 << 63, radix: 16)
  }

  /// Looks for the session that a request was to create.
  /// - Parameter row: nil: the file does not have it.
  /// - Returns: nil: none was found, or several.
  private mutating func look(
    for entry: SessionJournal.Entry, _ row: SessionRow?, looks: [Duration]
  ) async throws -> SessionFacts? {
    // Without a marker, only the title tells, and only as long as no other session could be the one.
    let others = journal.open.count { $0.action == .create && $0.hash != nil && $0.marker == nil && $0.number != entry.number }
    let isOnlyOne = others + losses == 0 && entry.baseHash == Self.hash([])
    guard entry.marker != nil || (row?.title != nil && isOnlyOne) else { return nil }
    for wait in looks {
      try await time.sleep(wait)
      let since = entry.startedAt + (try await leadOfServer()) - Self.slack
      let sessions = try await server.sessions(since: since, tag: entry.marker)
      let sight =
        if let marker = entry.marker {
          SessionSight(marked: marker, among: sessions)
        } else {
          SessionSight(
            titled: row?.title ?? "", since: since, by: serviceUser, created: journal.created.union(created.values),
            among: sessions)
        }
      switch sight {
      case .found(let facts): return facts
      case .several: return nil
      case .none: continue
      }
    }
    return nil
  }

  /// What tells later whether a session of the row's title is the row's: the ids of those that are there before it is sent.
  private mutating func titled(_ row: SessionRow) async throws -> String? {
    guard let title = row.title else { return nil }
    let since = now + (try await leadOfServer()) - Self.slack
    let sessions = try await server.sessions(since: since)
    let sight = SessionSight(titled: title, since: since, by: serviceUser, created: [], among: sessions)
    return Self.hash(sight.ids)
  }

  private mutating func leadOfServer() async throws -> Duration {
    if let lead { return lead }
    let found = try await server.lead(of: now)
    lead = found
    return found
  }

  /// Takes the tag away by which a session was looked for: it would count as a tag of the organization's in what sessions cost.
  /// - Returns: why it is still there; nil: it is not.
  private func unmark(_ session: String, _ marker: String, of rowKey: String) async throws -> String? {
    do {
      guard var facts = try await read(session, until: { _ in true }) else { return "the session is not there yet" }
      guard facts.tags.contains(marker) else {
        try await noteRemoval(of: marker, session, rowKey, .done)
        try await keep(facts)
        return nil
      }
      let push = try await noteRemoval(of: marker, session, rowKey, nil)
      switch await writer.send(server.replacingTags(of: session, by: facts.tags.filter { $0 != marker })) {
      case .refused(let error):
        try await store.end(push, .refused, detail: error.detail, now: now)
        try await keep(facts)
        return error.detail ?? "the server refused it"
      case .done, .unknown: break
      }
      facts = try await read(session) { !$0.tags.contains(marker) } ?? facts
      let isDeleted = !facts.tags.contains(marker)
      try await store.end(push, isDeleted ? .done : .notDone, now: now)
      try await keep(facts)
      return isDeleted ? nil : "the session still has it"
    } catch let error as APIError {
      return error.detail ?? "the server did not answer"
    }
  }

  /// - Parameter outcome: nil: it is sent next.
  @discardableResult
  private func noteRemoval(
    of marker: String, _ session: String, _ rowKey: String, _ outcome: PushOutcome?
  ) async throws -> Int64 {
    let push = try await store.begin(
      PushIntent(
        run: number, organization: server.organization, resource: Resource.sessions.name, key: session,
        action: SessionRow.Action.tags.rawValue, baseHash: nil, contentHash: nil, rowKey: rowKey, marker: marker), now: now)
    if let outcome { try await store.end(push, outcome, now: now) }
    return push
  }

  /// Takes away the markers that earlier runs left.
  /// - Returns: rows of which one is still there, and why.
  func removeMarkers() async throws -> [(key: String, why: String)] {
    var left: [(key: String, why: String)] = []
    for entry in journal.marked {
      guard let session = entry.session, let marker = entry.marker,
        let why = try await unmark(session, marker, of: entry.rowKey)
      else { continue }
      left.append((entry.rowKey, why))
    }
    return left
  }

  // MARK: - A session that is there

  private mutating func change(_ session: String, _ row: SessionRow) async throws -> SessionResult {
    var result = SessionResult(row: row, outcome: .unchanged, session: session)
    guard let before = try await read(session, until: { _ in true }) else {
      result.outcome = .blocked("there is no session \(session)")
      return result
    }
    result.url = before.url
    let wish = SessionRequest(row, before)
    if wish.isFulfilled(by: before) {
      // The journal knows it, so that the row is not sent when somebody else undoes what it wished.
      let push = try await begin(row, session)
      try await store.end(push, .done, url: before.url, now: now)
      try await keep(before)
      return result
    }
    if row.action == .message, before.isArchived {
      result.outcome = .blocked("the session is archived: it would take the message and not wake up. Unarchive it first")
      return result
    }
    var said: [String] = []
    if let message = row.message { said = try await server.messages(of: session, saying: message) }
    let push = try await begin(row, session, base: row.message.map { _ in Self.hash(said) })
    sends += 1
    let answer = await writer.send(request(session, row, wish))
    if case .refused(let error) = answer {
      try await store.end(push, .refused, detail: error.detail, now: now)
      result.outcome = .refused(error)
      return result
    }
    if let message = row.message {
      if case .unknown = answer, try await !looksSaid(message, in: session, before: Self.hash(said)) {
        result.outcome = .open(Self.advice(row.key, row.action))
        return result
      }
      try await store.end(push, .done, url: before.url, now: now)
      if case .done(let body) = answer, let facts = SessionFacts(body), facts.id == session { try await keep(facts) }
      result.outcome = .done
      return result
    }
    let after = try await read(session) { wish.isFulfilled(by: $0) } ?? before
    let isDone = wish.isFulfilled(by: after)
    try await store.end(push, isDone ? .done : .notDone, url: after.url, now: now)
    try await keep(after)
    switch answer {
    case _ where isDone: result.outcome = .done
    case .unknown(let error), .refused(let error): result.outcome = .notDone(error)
    case .done: result.outcome = .conflict("it was sent, and the session still does not show it")
    }
    return result
  }

  private func request(_ session: String, _ row: SessionRow, _ wish: SessionRequest) -> WriteRequest {
    switch wish {
    case .message: server.messaging(session, row)
    case .tags(let tags): server.replacingTags(of: session, by: tags)
    case .archived: server.archiving(session)
    case .ended: server.ending(session, archives: row.archives)
    }
  }

  /// Whether a message is there that was not there before.
  private func looksSaid(_ message: String, in session: String, before: String) async throws -> Bool {
    for wait in Self.looks {
      try await time.sleep(wait)
      let said = try await server.messages(of: session, saying: message)
      if !said.isEmpty, Self.hash(said) != before { return true }
    }
    return false
  }

  private static func hash(_ ids: [String]) -> String { ContentHash.of(JSONValue.list(ids.map { .text($0) }).canonical) }

  /// A session, read again while it is not there or not as expected: single reads may lag behind writes.
  private func read(_ session: String, until isExpected: (SessionFacts) -> Bool) async throws -> SessionFacts? {
    var facts: SessionFacts?
    for wait in Self.looks {
      try await time.sleep(wait)
      facts = try await server.session(session)
      if let facts, isExpected(facts) { return facts }
    }
    return facts
  }

  // MARK: - What earlier runs left

  /// Settles what earlier runs left open, by looking and by what somebody says, and never by sending.
  mutating func settle(_ rows: [SessionRow]) async throws {
    for entry in journal.open {
      let row = rows.first { $0.key == entry.rowKey && $0.hash == entry.hash }
      if let session = entry.session, entry.hash == nil || entry.action != .message {
        try await settle(entry, session, row)
      } else if let session = entry.session {
        guard let message = row?.message, try await looksSaid(message, in: session, before: entry.baseHash ?? "") else {
          continue
        }
        try await store.end(entry.number, .done, now: now)
      } else if let facts = try await look(for: entry, row, looks: [.zero, .seconds(1)]) {
        try await store.end(entry.number, .done, key: facts.id, url: facts.url, now: now)
        try await keep(facts)
      } else if try await isProvenMissing(entry) {
        try await store.end(entry.number, .notDone, detail: "later sessions are in the list, and this one is not", now: now)
      }
    }
  }

  /// Whether it is certain that an earlier run created no session with this entry.
  private mutating func isProvenMissing(_ entry: SessionJournal.Entry) async throws -> Bool {
    let later = journal.created(after: entry)
    guard let marker = entry.marker, !later.isEmpty else { return false }
    let since = entry.startedAt + (try await leadOfServer()) - Self.slack
    let sessions = try await server.sessions(since: since)
    return SessionSight.isProvenMissing(marked: marker, age: now - entry.startedAt, later: later, among: sessions)
  }

  /// Of an action that may be repeated, and shows in the session.
  private func settle(_ entry: SessionJournal.Entry, _ session: String, _ row: SessionRow?) async throws {
    guard let facts = try await server.session(session) else {
      return try await store.end(entry.number, .notDone, now: now)
    }
    let isDone: Bool
    if let marker = entry.marker {
      isDone = !facts.tags.contains(marker)
    } else {
      switch (entry.action, row) {
      case (.archive, _): isDone = facts.isArchived
      case (.terminate, _): isDone = facts.hasEnded
      case (_, let row?): isDone = SessionRequest(row, facts).isFulfilled(by: facts)
      case (_, nil): return
      }
    }
    try await store.end(entry.number, isDone ? .done : .notDone, url: facts.url, now: now)
  }

  /// Records what somebody says of rows that are still open.
  /// - Returns: why one cannot be recorded, for people; nil: all are.
  func resolve(_ resolutions: [SessionResolution]) async throws -> String? {
    for resolution in resolutions {
      guard let entry = journal.entry(for: resolution.key), entry.isOpen else {
        if journal.entry(for: resolution.key)?.outcome == .done { continue }
        return "--resolve: the row \(resolution.key) is not open"
      }
      switch (resolution.truth, entry.action) {
      case (.notDone, _): try await store.end(entry.number, .notDone, detail: "--resolve", now: now)
      case (.created(let session), .create):
        guard let facts = try await server.session(session) else { return "--resolve: there is no session \(session)" }
        try await store.end(entry.number, .done, key: facts.id, url: facts.url, detail: "--resolve", now: now)
        try await keep(facts)
      case (.done, let action) where action != .create:
        try await store.end(entry.number, .done, detail: "--resolve", now: now)
      case (.done, _):
        return "--resolve: for the row \(resolution.key), give the session that it created: \(resolution.key)=SESSION_ID"
      case (.created, _): return "--resolve: for the row \(resolution.key), use \(resolution.key)=done or \(resolution.key)=none"
      }
    }
    return nil
  }

  // MARK: - Journal and mirror

  private func begin(
    _ row: SessionRow, _ session: String?, marker: String? = nil, base: String? = nil
  ) async throws -> Int64 {
    try await store.begin(
      PushIntent(
        run: number, organization: server.organization, resource: Resource.sessions.name, key: session,
        action: row.action.rawValue,
        baseHash: base, contentHash: row.hash, rowKey: row.key, marker: marker), now: now)
  }

  private func keep(_ facts: SessionFacts) async throws {
    try await store.keep(facts.body, of: Resource.sessions, organization: server.organization, run: number, now: now)
  }
}
