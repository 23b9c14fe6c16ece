extension Enterprise {
  /// A request to an endpoint that is answered from rows.
  struct Call {
    let endpoint: Endpoint
    /// What the path says in the place of braces.
    let values: [String: String]
    let query: QueryItems
    let ignoresFilters: Bool
    /// Where the sandbox listens.
    let port: Int
  }

  /// - Throws: a `Refusal`, also when there is no such object.
  mutating func content(_ call: Call) throws -> Content {
    switch call.endpoint.shape {
    case .page(let resource, let most):
      return .page(try page(resource, most: most, call))
    case .list(let resource, let member):
      if resource == .blueprintFiles {
        guard try rows(.blueprints, extent(.blueprints, call)).contains(where: { fits($0, call) }) else {
          throw Refusal.notFound("Blueprint")
        }
      }
      return .page(Page(resource: resource, envelope: .member(member), rows: try chosen(resource, call).map { try $0.bytes() }))
    case .single(let resource):
      guard let row = try chosen(resource, call).first else { throw Refusal.notFound("Object") }
      return .object(try row.bytes())
    case .download(let resource):
      guard let row = try chosen(resource, call).first else { throw Refusal.notFound("Object") }
      let expiry = now + 600
      let url = "http://127.0.0.1:\(call.port)" + Download(resource, row.id, expiry: expiry).target
      return .object(try JSONBytes.encode(["url": .string(url), "expires_at": .int(expiry)] as JSONObject))
    case .consumption(let resource): return .object(try JSONBytes.encode(try consumption(resource, call)))
    case .sessions(let resource): return .page(try sessionPage(resource, call))
    case .session: return try sessionContent(call)
    case .pullRequestReview: return try review(call)
    case .eventDetails: return try eventDetails(call)
    case .playbooks, .notes: return try sharedPage(call)
    case .playbook: return try shared(.playbooks, call.values["playbook_id"] ?? "", "Playbook")
    case .note: return try shared(.knowledgeNotes, call.values["note_id"] ?? "", "Note")
    case .folders:
      let rows = try enterpriseFolders().map { try JSONBytes.encode($0) }
      return .page(Page(resource: .knowledgeFolders, envelope: .folders(rootNoteCount: 0), rows: rows))
    case .schemas: return .object(try JSONBytes.encode(try schemas(call)))
    case .groups:
      var groups: JSONObject = [:]
      for row in try rows(.organizationGroups) { groups[row.id] = .object(row.object) }
      return .object(try JSONBytes.encode(["groups": groups]))
    case .queue:
      let minute = (now - scenario.startsAt + SandboxScenario.anchor) / 60
      let size = Int(RandomStream.mix(UInt64(bitPattern: Int64(minute))) % 30)
      let status = size < 10 ? "normal" : size < 20 ? "elevated" : "high"
      return .object(try JSONBytes.encode(["queue_size": .int(size), "status": .string(status)] as JSONObject))
    case .usage, .sessionMetrics, .pullRequestMetrics, .searchMetrics, .categoryMetrics, .codeScanMetrics, .activeUsers:
      return .object(try JSONBytes.encode(try metrics(call)))
    }
  }

  /// Whether a row is where the path leads.
  private func fits(_ row: EnterpriseRow, _ call: Call) -> Bool {
    for (column, wanted) in call.values {
      let value = row[column]?.text
      if column == "session_id" {
        guard value == Organization.bareID(wanted) else { return false }
      } else if value != wanted {
        let isShared = column == "org_id" && row.organization == nil
        let mayBeShared = row.resource == .codeScanProfiles || row.resource == .codeScanProfileGuidance
        guard isShared, mayBeShared else { return false }
      }
    }
    // The enterprise's own paths of blueprints lead to its own.
    if call.endpoint.isOfEnterprise, call.values["org_id"] == nil {
      switch row.resource {
      case .blueprints, .blueprintFiles, .blueprintContents: return row.organization == nil
      default: break
      }
    }
    return true
  }

  /// The rows among which those are that `fits` finds.
  private func extent(_ resource: SandboxResource, _ call: Call) -> Extent {
    if let number = call.values["org_id"].flatMap({ self.number(of: $0) }) { return .organization(number) }
    switch resource {
    case .blueprints, .blueprintFiles, .blueprintContents: return call.endpoint.isOfEnterprise ? .enterprise : .all
    default: return .all
    }
  }

  /// The rows that a request is about, in order.
  private mutating func chosen(_ resource: SandboxResource, _ call: Call) throws -> [EnterpriseRow] {
    if !call.ignoresFilters { try call.endpoint.check(call.query, now: now) }
    var found = try source(resource, call).filter { fits($0, call) }
    if !call.ignoresFilters {
      let now = now
      found = try found.filter { try call.endpoint.admits($0, call.query, now: now) }
    }
    let canTurn = resource == .auditLogs || resource == .guardrailViolations
    return canTurn && call.query["order"] == "asc" ? found.reversed() : found
  }

  /// Only the events of the session that is asked for are made.
  private mutating func source(_ resource: SandboxResource, _ call: Call) throws -> [EnterpriseRow] {
    if let session = call.values["session_id"], resource == .sessionEvents || resource == .sessionEventDetails {
      let number = call.values["org_id"].flatMap { self.number(of: $0) } ?? 0
      guard let rows = events(resource, of: session, organization: number) else { throw Refusal.notFound("Session") }
      return rows
    }
    return try rows(resource, extent(resource, call))
  }

  private mutating func page(_ resource: SandboxResource, most: Int, _ call: Call) throws -> Page {
    if let service = call.values["service_user_id"] {
      guard try rows(.serviceUsers).contains(where: { $0.id == service }) else { throw Refusal.notFound("Service user") }
    }
    if let connection = call.values["git_connection_id"] {
      guard try rows(.gitConnections).contains(where: { $0.id == connection }) else { throw Refusal.notFound("Connection") }
    }
    let isTurned = call.query["order"] == "asc"
    let place = call.values.sorted { $0.key < $1.key }.map(\.value).joined(separator: " ")
    let list = "\(resource.rawValue) \(place)" + (isTurned ? " asc" : "")
    let request = try PageRequest(call.query, list: list, most: most)
    let found = try chosen(resource, call)
    let start: Int
    switch request.cursor.position {
    case .beginning: start = 0
    case .offset(let offset): start = min(max(0, offset), found.count)
    case .ordinal(let ordinal): start = found.firstIndex { $0.ordinal > ordinal } ?? found.count
    case .session(let createdAt, let id):
      start =
        found.firstIndex { row in
          if row.createdAt == createdAt { return isTurned ? row.id < id : row.id > id }
          return (row.createdAt < createdAt) != isTurned
        } ?? found.count
    }
    let range = start..<min(found.count, start + request.first)
    let last = found[range].last.map { row in
      resource.isNewestFirst ? PageCursor.Position.session(createdAt: row.createdAt, id: row.id) : .ordinal(row.ordinal)
    }
    var page = organization.page(
      resource, try found[range].map { try $0.bytes() }, range: range, count: found.count, last: last, request)
    if resource == .auditLogs || resource == .guardrailViolations || resource == .sessionEvents { page.total = nil }
    return page
  }

  // MARK: Forms of their own

  private mutating func consumption(_ resource: SandboxResource, _ call: Call) throws -> JSONObject {
    let range = try Endpoint.range(call.query, now: now, isLimited: false)
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

  private mutating func review(_ call: Call) throws -> Content {
    guard let url = call.query["pr_url"] else {
      throw Refusal.invalid("pr_url", input: "", type: "missing", message: "Field required")
    }
    let found = try rows(.pullRequestReviews).filter { row in
      fits(row, call) && row["pr_url"]?.text == url
        && (call.query["commit_sha"].map { $0 == row["commit_sha"]?.text } ?? true)
    }
    guard let row = found.last else { throw Refusal.notFound("Review") }
    return .object(try row.bytes())
  }

  private mutating func eventDetails(_ call: Call) throws -> Content {
    let limit = try call.query.integer("limit", in: 1...50, default: 50)
    let offset = try call.query.integer("offset", in: 0...Int.max, default: 0)
    let found = try chosen(.sessionEventDetails, call).dropFirst(offset).prefix(limit)
    return .page(Page(resource: .sessionEventDetails, envelope: .member("items"), rows: try found.map { try $0.bytes() }))
  }

  private mutating func schemas(_ call: Call) throws -> JSONObject {
    var sources: [String: JSONObject] = [:]
    for row in try rows(.automationSchemas, extent(.automationSchemas, call)).filter({ fits($0, call) }) {
      guard let type = row.object["event_type"]?.text else { continue }
      sources[type.split(separator: ":").first.map(String.init) ?? type, default: [:]][type] = .object(row.object)
    }
    return [
      "sources": .object(sources.mapValues { .object($0) }), "update_semantics": "replace_groups",
      "default_net_policy": ["allow": [["hostname": "github.com"], ["ipv4": "203.0.113.9"], ["ipv6": "2001:db8::9"]]],
      "security_profile": nil,
    ]
  }
}
