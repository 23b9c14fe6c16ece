extension Enterprise {
  /// A request to one endpoint.
  struct Call {
    let endpoint: Endpoint
    /// Values for the names in braces in the path, by column.
    let values: [String: String]
    /// Number of the organization in the path; 0 if there is none.
    let organization: Int
    let query: QueryItems
    let ignoresFilters: Bool
    /// The port of the sandbox.
    let port: Int
    let request: APIRequest
    /// The members of its body, which have no flaws.
    var given: JSONObject = [:]
    /// Whose key a request has that changes something.
    var author = Author(credential: [:])
    let permissions: Set<String>
    let rules: WriteRules
  }

  /// - Throws: a `Refusal`, also when there is no such object.
  mutating func content(_ call: Call) throws -> Content {
    guard let resource = call.endpoint.resource else { return try .json(metrics(call)) }
    switch call.endpoint.shape {
    case .credential: return .object(organization.credential)
    case .sessions: return .page(try sessionPage(resource, call))
    case .session(let part): return try sessionContent(part, call)
    case .offsets:
      let limit = try call.query.integer("limit", in: 1...200, default: 200)
      let offset = try call.query.integer("offset", in: 0...Int.max, default: 0)
      let all = try chosen(resource, call)
      let rows = all.dropFirst(offset).prefix(limit)
      return .page(
        Page(resource: resource, rows: try rows.map { try $0.bytes() }, hasNextPage: rows.endIndex < all.count, total: all.count))
    case .folders:
      let count = call.endpoint.isOfEnterprise ? 0 : try rootNoteCount(call.organization)
      let rows = try chosen(resource, call).map { try $0.bytes() }
      return .page(Page(resource: resource, envelope: .folders(rootNoteCount: count), rows: rows))
    case .page(let most): return .page(try page(resource, most: most, call))
    case .list(let member):
      if call.values["blueprint_id"] != nil {
        guard try rows(.blueprints, extent(.blueprints, call)).contains(where: { fits($0, call) }) else {
          throw Refusal.notFound("Blueprint")
        }
      }
      return .page(Page(resource: resource, envelope: .member(member), rows: try chosen(resource, call).map { try $0.bytes() }))
    case .single: return .object(try one(resource, call).bytes())
    case .download:
      let expiry = now + 600
      let target = Download(resource, try one(resource, call).id, expiry: expiry).target
      return try .json(["url": .string("http://127.0.0.1:\(call.port)\(target)"), "expires_at": .int(expiry)] as JSONObject)
    case .consumption: return try .json(consumption(resource, call))
    case .review: return try review(resource, call)
    case .eventDetails:
      let limit = try call.query.integer("limit", in: 1...50, default: 50)
      let offset = try call.query.integer("offset", in: 0...Int.max, default: 0)
      let found = try chosen(resource, call).dropFirst(offset).prefix(limit)
      return .page(Page(resource: resource, envelope: .member("items"), rows: try found.map { try $0.bytes() }))
    case .schemas: return try .json(schemas(resource, call))
    case .groups: return try .json(["groups": Dictionary(uniqueKeysWithValues: rows(resource).map { ($0.id, $0.object) })])
    case .write(let write, let body): return try self.write(write, body, call)
    case .writeSession(let write, let body): return try self.write(write, body, call)
    case .upload: return try upload(call)
    case .queue, .usage, .sessionMetrics, .pullRequestMetrics, .searchMetrics, .categoryMetrics, .codeScanMetrics, .activeUsers:
      return try .json(metrics(call))
    }
  }

  // MARK: Objects stored by organizations

  private mutating func sessionPage(_ resource: SandboxResource, _ call: Call) throws -> Page {
    let filter = call.ignoresFilters ? SessionFilter() : try SessionFilter(call.query, sessionIDs: scenario.sessionIDs)
    guard call.endpoint.isOfEnterprise else {
      let request = try PageRequest(call.query, list: resource.rawValue, scenario)
      let places = self[organization: call.organization].places(filter)
      let sessions = self[organization: call.organization].sessions
      return request.page(resource, count: places.count) {
        sessions[places[$0]].position
      } bytes: { place in
        sessions[places[place]].bytes(of: resource)
      }
    }
    let request = try PageRequest(call.query, list: "enterprise \(resource.rawValue)", scenario)
    let wanted = call.ignoresFilters ? [] : call.query.all("org_ids")
    let found = sessions(SessionQuery(filter: filter, organizations: wanted))
    return request.page(resource, count: found.count) {
      found[$0].position
    } bytes: { place in
      self[organization: found[place].number].sessions[found[place].place].bytes(of: resource)
    }
  }

  /// The sessions of all organizations that match a filter, newest first; computed once for all pages of a walk.
  private mutating func sessions(_ query: SessionQuery) -> [FoundSession] {
    if let earlier = foundSessions[query], earlier.revision == sessionRevision { return earlier.found }
    var found: [FoundSession] = []
    for number in numbers(of: query.organizations) {
      for place in self[organization: number].places(query.filter) {
        let record = self[organization: number].sessions[place]
        found.append(FoundSession(number: number, place: place, createdAt: record.facts.createdAt, id: record.id))
      }
    }
    found.sort { $0.createdAt == $1.createdAt ? $0.id < $1.id : $0.createdAt > $1.createdAt }
    if foundSessions.count >= 8 { foundSessions.removeAll() }
    foundSessions[query] = (sessionRevision, found)
    return found
  }

  /// The session that a path names, in the organization that the path or the query names; otherwise in whichever has it.
  func sessionPlace(_ call: Call) throws(Refusal) -> (number: Int, place: Int) {
    let id = call.values["session_id"] ?? ""
    let number =
      call.endpoint.isOfEnterprise
      ? call.query["org_id"].map { self.number(of: $0) } ?? self.number(ofSession: id) : call.organization
    guard let number, let place = self[organization: number].place(id) else { throw .notFound("Session") }
    return (number, place)
  }

  private func sessionContent(_ part: Endpoint.SessionPart, _ call: Call) throws -> Content {
    let (number, place) = try sessionPlace(call)
    let record = self[organization: number].sessions[place]
    switch part {
    case .row: return .object(record.bytes)
    case .insights: return .object(record.insights)
    case .tags: return try .json(["tags": record.facts.tags])
    case .attachments:
      return .page(Page(resource: .sessionAttachments, envelope: .bare, rows: record.attachments.rows.map(\.bytes)))
    case .messages:
      let request = try PageRequest(call.query, list: "messages of \(record.id)", scenario)
      return .page(self[organization: number].messagePage(place, request))
    }
  }

  // MARK: Rows

  /// Whether a row matches the values in the path.
  func fits(_ row: EnterpriseRow, _ call: Call) -> Bool {
    for (column, wanted) in call.values {
      let value = row[column]?.text
      if column == "session_id" {
        guard value == Organization.bareID(wanted) else { return false }
      } else if value != wanted {
        guard column == "org_id", row.organization == nil, row.resource.declaration.unowned == .all else { return false }
      }
    }
    return !isOfEnterpriseAlone(row.resource, call) || row.organization == nil
  }

  private func isOfEnterpriseAlone(_ resource: SandboxResource, _ call: Call) -> Bool {
    call.endpoint.isOfEnterprise && call.values["org_id"] == nil && resource.declaration.unowned == .enterpriseAlone
  }

  /// The rows that may match according to `fits`.
  func extent(_ resource: SandboxResource, _ call: Call) -> Extent {
    if call.values["org_id"] != nil { return .organization(call.organization) }
    return isOfEnterpriseAlone(resource, call) ? .enterprise : .all
  }

  /// The rows for a request, in order.
  private mutating func chosen(_ resource: SandboxResource, _ call: Call) throws -> [EnterpriseRow] {
    let (query, now) = (call.query, now)
    let filters = call.ignoresFilters ? [] : call.endpoint.filters
    for filter in filters { try filter.check(query, now: now) }
    if !call.ignoresFilters { _ = try query.asksForOldestFirst() }
    var found = try source(resource, call).filter { fits($0, call) }
    for filter in filters {
      found = try found.filter { try filter.admits($0.object, organization: $0.organization, query, now: now) }
    }
    return resource.turns && query["order"] == "asc" ? found.reversed() : found
  }

  private mutating func one(_ resource: SandboxResource, _ call: Call) throws -> EnterpriseRow {
    guard let row = try chosen(resource, call).first else { throw Refusal.notFound("Object") }
    return row
  }

  /// If a session is named, only its events are created.
  private mutating func source(_ resource: SandboxResource, _ call: Call) throws -> [EnterpriseRow] {
    guard let session = call.values["session_id"] else { return try rows(resource, extent(resource, call)) }
    guard let rows = events(resource, of: session, organization: call.organization) else { throw Refusal.notFound("Session") }
    return rows
  }

  private mutating func page(_ resource: SandboxResource, most: Int, _ call: Call) throws -> Page {
    for (parent, name) in [(SandboxResource.serviceUsers, "Service user"), (.gitConnections, "Connection")] {
      guard let id = parent.key.flatMap({ call.values[$0] }) else { continue }
      guard try rows(parent).contains(where: { $0.id == id }) else { throw Refusal.notFound(name) }
    }
    let isTurned = call.query["order"] == "asc"
    let place = call.values.sorted { $0.key < $1.key }.map(\.value).joined(separator: " ")
    let list = "\(resource.rawValue) \(place)" + (isTurned ? " asc" : "")
    let request = try PageRequest(call.query, list: list, most: most, scenario)
    let found = try chosen(resource, call)
    return try request.page(resource, count: found.count, isTurned: isTurned) {
      found[$0].position
    } bytes: {
      try found[$0].bytes()
    }
  }

  // MARK: Answers with a special form

  private mutating func consumption(_ resource: SandboxResource, _ call: Call) throws -> JSONObject {
    let range = try call.query.range(now: now, isLimited: false)
    var extent = extent(resource, call)
    if let session = call.values["session_id"] {
      guard let number = number(ofSession: session) else { throw Refusal.notFound("Session") }
      extent = .organization(number)
    }
    var found: [EnterpriseRow]
    if call.endpoint.isOfEnterprise, let id = call.values["user_id"] ?? call.values["service_user_id"] {
      found = try consumptionEverywhere(resource, of: id)
    } else {
      found = try rows(resource, extent).filter { fits($0, call) }
    }
    found.removeAll { !range.contains($0.object["date"]?.integer ?? 0) }
    let total = found.reduce(0) { $0 + ($1.object["acus"]?.fraction ?? 0) }
    return ["total_acus": .double(total), "consumption_by_date": .array(found.map { .object($0.object) })]
  }

  private mutating func review(_ resource: SandboxResource, _ call: Call) throws -> Content {
    guard let url = call.query["pr_url"] else {
      throw Refusal.invalid("pr_url", input: "", type: "missing", message: "Field required")
    }
    let found = try rows(resource).last { row in
      fits(row, call) && row["pr_url"]?.text == url && (call.query["commit_sha"].map { $0 == row["commit_sha"]?.text } ?? true)
    }
    guard let found else { throw Refusal.notFound("Review") }
    return .object(try found.bytes())
  }

  private mutating func schemas(_ resource: SandboxResource, _ call: Call) throws -> JSONObject {
    var sources: [String: JSONObject] = [:]
    for row in try rows(resource, extent(resource, call)).filter({ fits($0, call) }) {
      guard let type = row.object["event_type"]?.text else { continue }
      sources[type.split(separator: ":").first.map(String.init) ?? type, default: [:]][type] = .object(row.object)
    }
    return [
      "sources": .object(sources.mapValues { .object($0) }), "update_semantics": .string(call.rules.updateSemantics),
      "default_net_policy": ["allow": [["hostname": "github.com"], ["ipv4": "203.0.113.9"], ["ipv6": "2001:db8::9"]]],
      "security_profile": nil,
    ]
  }
}

/// A query for sessions of all organizations.
struct SessionQuery: Hashable, Sendable {
  let filter: SessionFilter
  /// Ids; empty: all.
  let organizations: [String]
}

struct FoundSession: Sendable {
  /// Number of its organization.
  let number: Int
  let place: Int
  let createdAt: Int
  let id: String

  var position: PageCursor.Position { .session(createdAt: createdAt, id: id) }
}
