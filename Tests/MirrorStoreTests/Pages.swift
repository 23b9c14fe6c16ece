import DevinModel
import MirrorStore
import TestSupport

extension MirrorTable {
  static let sessions = MirrorTable("sessions", rows: .list(path: "$.items"), itemKey: .sessionID, modified: "updated_at")
  static let sessionsOfEnterprise = MirrorTable(
    "sessions", rows: .list(path: "$.items"), itemKey: .sessionID, modified: "updated_at", isListedAtTwoLevels: true)
  static let insights = MirrorTable(
    "session_insights", rows: .list(path: "$.items"), itemKey: .sessionID, modified: "updated_at")
  static let messages = MirrorTable(
    "session_messages", rows: .list(path: "$.items"), itemKey: .member("event_id"), scopeColumns: ["session_id", "org_id"],
    scopeKey: ["session_id"])
  static let consumption = MirrorTable(
    "daily_consumption", rows: .list(path: "$.items"), itemKey: .member("date"), scopeColumns: ["org_id"], scopeKey: ["org_id"])
  static let sessionDays = MirrorTable(
    "session_daily_consumption", rows: .list(path: "$.items"), itemKey: .member("date"), scopeColumns: ["session_id", "org_id"],
    scopeKey: ["session_id"])
  static let attachments = MirrorTable(
    "session_attachments", rows: .list(path: "$"), itemKey: .member("attachment_id"), scopeColumns: ["session_id", "org_id"],
    scopeKey: ["session_id"])
  static let secrets = MirrorTable(
    "secrets", rows: .list(path: "$.items"), itemKey: .member("secret_id"), scopeColumns: ["org_id"],
    keptMembers: ["secret_id", "key", "note", "created_at"])
  static let credential = MirrorTable(
    "credential", rows: .object, itemKey: .first(of: ["service_user_id", "user_id"], as: "principal_id"))
}

/// A list and its walk, as in the engine.
struct Walk {
  var table = MirrorTable.sessions
  var organization = "org-1"
  var parent = ""
  var run: Int64 = 1
  var now: UnixTime = 1000
  var memory = PageCommit.Memory.kept
  var since: UnixTime?
  var isFirstRead = false
  /// Whether pages contain the positions of their items, which must then be objects without white space.
  var knowsPlaces = false
  var checkpoint = Checkpoint()

  init(_ table: MirrorTable = .sessions, parent: String = "", now: UnixTime = 1000) {
    self.table = table
    self.parent = parent
    self.now = now
    checkpoint.open(filter: nil)
  }

  var list: ListID { ListID(organization: organization, resource: table.name, parent: parent) }
  var scope: [String: String] {
    ["org_id": organization, "session_id": parent].filter { table.scopeColumns.contains($0.key) }
  }

  /// Starts again in a later run.
  mutating func restart(now: UnixTime? = nil) {
    run += 1
    self.now = now ?? self.now + .seconds(100)
    checkpoint.open(filter: nil)
  }

  func page(_ items: [String], count: Int? = nil, body: String? = nil, isLast: Bool = false) -> PageCommit {
    let list = "[\(items.joined(separator: ", "))]"
    var end = "{\"items\": [".utf8.count
    let places = items.map { item in
      defer { end += item.utf8.count + ", ".utf8.count }
      return RowPlace(object: end..<(end + item.utf8.count), key: key(of: item, at: end))
    }
    var page = PageCommit(
      table: table, list: self.list, scope: scope, body: body ?? (table.rows == .list(path: "$") ? list : "{\"items\": \(list)}"),
      rowCount: count ?? items.count, at: checkpoint, run: run, now: now)
    page.places = knowsPlaces && body == nil ? places : nil
    (page.memory, page.since, page.isLast, page.isFirstRead) = (memory, since, isLast, isFirstRead)
    return page
  }

  /// The position of the key of an item whose first member it is, as a text without escapes.
  private func key(of item: String, at start: Int) -> Range<Int>? {
    guard let member = table.itemKey.plainMember, item.hasPrefix("{\"\(member)\":\"") else { return nil }
    let key = item.utf8.dropFirst(member.utf8.count + 5).prefix { $0 != UInt8(ascii: "\"") }
    let begin = start + member.utf8.count + 5
    return key.contains(UInt8(ascii: "\\")) ? nil : begin..<(begin + key.count)
  }

  /// Stores a page and keeps the resulting checkpoint.
  @discardableResult
  mutating func store(
    _ items: [String], in store: MirrorStore, cursor: String? = nil, count: Int? = nil, body: String? = nil, isLast: Bool = false
  ) async throws -> PageOutcome {
    var next = checkpoint
    next.cursor = cursor
    next.isOpen = !isLast
    if isLast { (next.completedAt, next.completedRun) = (now, run) }
    let advanced = next
    let result = try await store.commit(page(items, count: count, body: body, isLast: isLast)) { _ in advanced }
    checkpoint = result.checkpoint
    return result.outcome
  }
}

/// A session as listed by the API.
func session(_ id: String, updated: Int = 500, status: String = "exit", title: String = "A title") -> String {
  """
  {"session_id": "\(id)", "org_id": "org-1", "status": "\(status)", "created_at": 100, "updated_at": \(updated), \
  "title": "\(title)"}
  """
}

extension MirrorStore {
  /// The rows of a result, each as its values joined with a bar; NULL is an empty text.
  func rows(_ sql: String) async throws -> [String] {
    try await query(sql).texts.map { $0.map { $0 ?? "" }.joined(separator: "|") }
  }
}

extension ParentQuery {
  /// As declared for sessions in the catalogue.
  static var sessions: ParentQuery {
    var query = ParentQuery(from: "sessions", id: "p.session_id", version: "p._state")
    query.changedAt = "p.updated_at"
    query.isAtWork = "p._settles_at IS NULL"
    return query
  }
}
