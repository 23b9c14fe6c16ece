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
    let behavior: SandboxBehavior
    /// The members of its body, which have no flaws.
    var given: JSONObject = [:]
    /// Whose key a request has that changes something.
    var author = Author(credential: [:])

    var rules: WriteRules { behavior.writes }
    var filters: [Filter] { ignoresFilters ? [] : endpoint.filters }

    /// Rejects invalid values of filters, even if there are no rows.
    func checkFilters(now: Int) throws(Refusal) {
      for filter in filters { try filter.check(query, now: now) }
    }

    /// Whether an object matches the filters.
    func admits(_ object: JSONObject, of organization: String?, now: Int) throws(Refusal) -> Bool {
      for filter in filters where try !filter.admits(object, organization: organization, query, now: now) { return false }
      return true
    }
  }

  /// - Throws: a `Refusal`, also when there is no such object.
  mutating func response(to call: Call) throws -> Response {
    guard let resource = call.endpoint.resource else { return try .json(metrics(call)) }
    switch call.endpoint.shape {
    case .sessions: return try sessionPage(resource, call)
    case .session(let part): return try sessionPart(part, call)
    case .page(let most): return try page(resource, most: most, call)
    case .offsets(let most):
      let limit = try call.query.integer("limit", in: 1...most, default: most)
      let offset = try call.query.integer("offset", in: 0...Int.max, default: 0)
      let all = try chosen(resource, call)
      let rows = all.dropFirst(offset).prefix(limit)
      let rest: JSONObject = ["has_next_page": .bool(rows.endIndex < all.count), "end_cursor": nil, "total": .int(all.count)]
      return try .page(resource, "items", Array(rows), resource.hasTotal ? rest : [:])
    case .folders:
      let count = call.endpoint.isOfEnterprise ? 0 : try rootNoteCount(call.organization)
      return try .page(resource, "folders", chosen(resource, call), ["root_note_count": .int(count)])
    case .list(let member):
      if call.values["blueprint_id"] != nil {
        guard try rows(.blueprints, extent(.blueprints, call)).contains(where: { fits($0, call) }) else {
          throw Refusal.notFound("Blueprint")
        }
      }
      return try .page(resource, member, chosen(resource, call))
    case .single: return Response(body: try one(resource, call).bytes())
    case .download:
      let expiry = now + 600
      let target = Download(resource, try one(resource, call).id, expiry: expiry).target
      return try .json(["url": .string("http://127.0.0.1:\(call.port)\(target)"), "expires_at": .int(expiry)] as JSONObject)
    case .attachment: return try attachment(call)
    case .consumption: return try .json(consumption(resource, call))
    case .review: return try review(resource, call)
    case .schemas: return try .json(schemas(resource, call))
    case .groups: return try .json(["groups": Dictionary(uniqueKeysWithValues: rows(resource).map { ($0.id, $0.object) })])
    case .write(let write, _): return try self.write(write, call)
    case .writeSession(let write, _): return try self.write(write, call)
    case .upload: return try upload(call)
    case .metrics: return try .json(metrics(call))
    }
  }

  // MARK: Sessions

  private mutating func sessionPage(_ resource: SandboxResource, _ call: Call) throws -> Response {
    try call.checkFilters(now: now)
    let list = (call.endpoint.isOfEnterprise ? "enterprise " : "") + resource.rawValue
    let request = try PageRequest(call.query, list: list, scenario)
    let found = try sessions(call)
    return request.page(resource, count: found.count) {
      session(found[$0]).position
    } bytes: {
      session(found[$0]).bytes(of: resource)
    }
  }

  func session(_ place: SessionPlace) -> SessionRecord { self[organization: place.number].sessions[place.index] }

  /// The sessions for a request, newest first; computed once for all pages of a walk.
  private mutating func sessions(_ call: Call) throws -> [SessionPlace] {
    let used = call.query.pairs.filter { !call.ignoresFilters && $0.name != "after" && $0.name != "first" }
    let key =
      "\(call.endpoint.isOfEnterprise) \(call.organization) " + used.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    if let earlier = foundSessions[key], earlier.revision == sessionRevision { return earlier.found }
    let ids = call.ignoresFilters || scenario.sessionIDs == .ignored ? [] : call.query.all("session_ids")
    let wanted = call.ignoresFilters ? [] : call.query.all("org_ids")
    var found: [SessionPlace] = []
    for number in call.endpoint.isOfEnterprise ? numbers(of: wanted) : [call.organization] {
      let organization = self[organization: number]
      let places = ids.isEmpty ? organization.order : Array(Set(ids.compactMap(organization.placeForFilter)))
      for index in places where try call.admits(organization.sessions[index].facts, of: nil, now: now) {
        found.append(SessionPlace(number: number, index: index))
      }
    }
    found.sort { session($0).comesBefore(session($1)) }
    if foundSessions.count >= 16 { foundSessions.removeAll() }
    foundSessions[key] = (sessionRevision, found)
    return found
  }

  /// The session that a path names, in the organization that the path or the query names; otherwise in whichever has it.
  func sessionPlace(_ call: Call) throws(Refusal) -> SessionPlace {
    let id = call.values["session_id"] ?? ""
    let number =
      call.endpoint.isOfEnterprise
      ? call.query["org_id"].map { self.number(of: $0) } ?? self.number(ofSession: id) : call.organization
    guard let number, let index = self[organization: number].place(id) else { throw .notFound("Session") }
    return SessionPlace(number: number, index: index)
  }

  private func sessionPart(_ part: Endpoint.SessionPart, _ call: Call) throws -> Response {
    let place = try sessionPlace(call)
    let record = session(place)
    switch part {
    case .row: return Response(body: record.bytes)
    case .insights: return Response(body: record.insights)
    case .tags: return try .json(["tags": record.facts["tags"] ?? []])
    case .attachments: return Response(page: Page(resource: .sessionAttachments, member: nil, rows: try record.attachmentRows()))
    case .messages:
      let request = try PageRequest(call.query, list: "messages of \(record.id)", scenario)
      let thread = record.thread
      let numbers = (0..<thread.end).filter(thread.isAlive)
      let texts = self[organization: place.number].texts
      return request.page(.sessionMessages, count: numbers.count) {
        .ordinal(numbers[$0])
      } bytes: {
        thread.bytes(numbers[$0], session: record.id, texts: texts)
      }
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
        guard column == "org_id", row.organization == nil, row.resource.unowned == .all else { return false }
      }
    }
    return !isOfEnterpriseAlone(row.resource, call) || row.organization == nil
  }

  private func isOfEnterpriseAlone(_ resource: SandboxResource, _ call: Call) -> Bool {
    call.endpoint.isOfEnterprise && call.values["org_id"] == nil && resource.unowned == .enterpriseAlone
  }

  /// The rows that may match according to `fits`.
  func extent(_ resource: SandboxResource, _ call: Call) -> Extent {
    if call.values["org_id"] != nil { return .organization(call.organization) }
    return isOfEnterpriseAlone(resource, call) ? .enterprise : .all
  }

  /// The rows for a request, in order. If a session is named, only its events are created.
  private mutating func chosen(_ resource: SandboxResource, _ call: Call) throws -> [EnterpriseRow] {
    let now = now
    try call.checkFilters(now: now)
    if !call.ignoresFilters { _ = try call.query.asksForOldestFirst() }
    var found: [EnterpriseRow]
    if let session = call.values["session_id"] {
      guard let events = events(resource, of: session, organization: call.organization) else { throw Refusal.notFound("Session") }
      found = events
    } else {
      found = try rows(resource, extent(resource, call))
    }
    found = try found.filter { try fits($0, call) && call.admits($0.object, of: $0.organization, now: now) }
    return resource.order == .turning && call.query["order"] == "asc" ? found.reversed() : found
  }

  private mutating func one(_ resource: SandboxResource, _ call: Call) throws -> EnterpriseRow {
    guard let row = try chosen(resource, call).first else { throw Refusal.notFound("Object") }
    return row
  }

  private mutating func page(_ resource: SandboxResource, most: Int, _ call: Call) throws -> Response {
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

  // MARK: Attachments

  /// A redirect to an address that gives access without a key. The sandbox uses plain HTTP, but clients must only follow redirects to
  /// HTTPS. So `attachmentStorage` can name a TLS server in front of it.
  private func attachment(_ call: Call) throws -> Response {
    guard let id = call.values["uuid"], let attachment = self[organization: call.organization].attachment(id),
      attachment.name == call.values["name"]
    else { throw Refusal.notFound("Attachment") }
    let place = Download(.sessionAttachments, id, expiry: now + 600).target
    return .redirect((scenario.attachmentStorage ?? "http://127.0.0.1:\(call.port)") + place)
  }

  /// The content of an attachment, whichever organization has it.
  func attachmentContent(_ id: String) throws -> [UInt8]? {
    organizationIDs.indices.lazy.compactMap { self[organization: $0].attachment(id) }.first.map { attachment in
      attachment.content ?? Download.attachment(id: id, name: attachment.name)
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

  private mutating func review(_ resource: SandboxResource, _ call: Call) throws -> Response {
    guard let url = call.query["pr_url"] else {
      throw Refusal.invalid("pr_url", input: "", type: "missing", message: "Field required")
    }
    let found = try rows(resource).last { row in
      fits(row, call) && row["pr_url"]?.text == url && (call.query["commit_sha"].map { $0 == row["commit_sha"]?.text } ?? true)
    }
    guard let found else { throw Refusal.notFound("Review") }
    return Response(body: try found.bytes())
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

/// Where a session is.
struct SessionPlace: Sendable {
  /// Number of its organization.
  let number: Int
  /// Its index in `Organization.sessions`.
  let index: Int
}
