/// The enterprise's lists of what is kept by organization.
extension Enterprise {
  mutating func sessionPage(_ resource: SandboxResource, _ call: Call) throws -> Page {
    let filter =
      call.ignoresFilters
      ? SessionFilter() : try SessionFilter(call.query, sessionIDs: organization.scenario.sessionIDs)
    let wanted = call.ignoresFilters ? [] : call.query.all("org_ids")
    let request = try PageRequest(call.query, list: "enterprise \(resource.rawValue)")
    let found = sessions(SessionQuery(filter: filter, organizations: wanted))
    let start =
      switch request.cursor.position {
      case .beginning, .ordinal: 0
      case .offset(let offset): min(max(0, offset), found.count)
      case .session(let createdAt, let id):
        found.partitioningIndex { $0.createdAt == createdAt ? $0.id > id : $0.createdAt < createdAt }
      }
    let range = start..<min(found.count, start + request.first)
    let rows = found[range].map { entry in
      let record = self[organization: entry.number].sessions[entry.place]
      return resource == .sessionInsights ? record.insights : record.bytes
    }
    let last = found[range].last.map { PageCursor.Position.session(createdAt: $0.createdAt, id: $0.id) }
    return organization.page(resource, rows, range: range, count: found.count, last: last, request)
  }

  /// The sessions that pass a filter, newest first: found once for all pages of a walk.
  private mutating func sessions(_ query: SessionQuery) -> [FoundSession] {
    let revision = sessionRevision
    if let earlier = foundSessions[query], earlier.revision == revision { return earlier.sessions }
    var found: [FoundSession] = []
    for number in numbers(of: query.organizations) {
      for place in self[organization: number].places(query.filter) {
        let record = self[organization: number].sessions[place]
        found.append(FoundSession(number: number, place: place, createdAt: record.facts.createdAt, id: record.id))
      }
    }
    found.sort { $0.createdAt == $1.createdAt ? $0.id < $1.id : $0.createdAt > $1.createdAt }
    if foundSessions.count >= 8 { foundSessions.removeAll() }
    foundSessions[query] = FoundEverywhere(revision: revision, sessions: found)
    return found
  }

  /// Asks the organization whose session it is.
  mutating func sessionContent(_ call: Call) throws -> Content {
    let id = call.values["session_id"] ?? ""
    let found = call.query["org_id"].map { number(of: $0) } ?? number(ofSession: id)
    guard let number = found, self[organization: number].place(id) != nil else { throw Refusal.notFound("Session") }
    let route: Route =
      switch call.endpoint.template.split(separator: "/").last {
      case "insights": .sessionInsights(id)
      case "messages": .sessionMessages(id)
      case "attachments": .sessionAttachments(id)
      default: .session(id)
      }
    return try self[organization: number].content(of: route, call.query, ignoringFilters: call.ignoresFilters)
  }

  /// Playbooks or notes of all organizations; what the enterprise shares is among those of the first.
  func sharedPage(_ call: Call) throws -> Content {
    let resource: SandboxResource = if case .notes = call.endpoint.shape { .knowledgeNotes } else { .playbooks }
    var found: [RowList.Row] = []
    for number in organizationIDs.indices {
      var list = self[organization: number][list: resource] ?? RowList()
      if resource == .knowledgeNotes, !call.ignoresFilters { list = try organization.filteredNotes(list, call.query) }
      found += list.rows.map { $0.behind(number) }
    }
    if !call.ignoresFilters, let wanted = call.query["access_type"] {
      found = try found.filter { try JSONBytes.decodeObject($0.bytes)["access_type"]?.text == wanted }
    }
    let request = try PageRequest(call.query, list: "enterprise \(resource.rawValue)")
    return .page(organization.rowPage(resource, RowList(found), request))
  }

  func shared(_ resource: SandboxResource, _ id: String, _ name: String) throws -> Content {
    for number in organizationIDs.indices {
      if let row = self[organization: number][list: resource]?.row(id) { return .object(row.bytes) }
    }
    throw Refusal.notFound(name)
  }

  /// What an organization answers, with what the enterprise shares with all of them.
  mutating func content(
    of route: Route, organization number: Int, _ query: QueryItems, ignoringFilters: Bool
  ) throws -> Content {
    let shared: SandboxResource
    switch route {
    case .playbooks, .playbook: shared = .playbooks
    case .notes, .note: shared = .knowledgeNotes
    default: return try self[organization: number].content(of: route, query, ignoringFilters: ignoringFilters)
    }
    guard number > 0 else { return try organization.content(of: route, query, ignoringFilters: ignoringFilters) }
    let ofAll = try organization[list: shared]?.rows.filter {
      try JSONBytes.decodeObject($0.bytes)["access_type"] == "enterprise"
    }
    var borrowed = self[organization: number]
    borrowed[list: shared] = RowList((borrowed[list: shared]?.rows ?? []) + (ofAll ?? []).map { $0.behind(1) })
    return try borrowed.content(of: route, query, ignoringFilters: ignoringFilters)
  }
}

/// Which sessions of all organizations are asked for.
struct SessionQuery: Hashable, Sendable {
  let filter: SessionFilter
  /// Ids; empty: all.
  let organizations: [String]
}

struct FoundSession: Sendable {
  /// Of its organization.
  let number: Int
  let place: Int
  let createdAt: Int
  let id: String
}

/// What a query for sessions found, as long as no session changes.
struct FoundEverywhere: Sendable {
  let revision: Int
  let sessions: [FoundSession]
}

extension RowList.Row {
  /// The row at a place behind those of the organizations before.
  fileprivate func behind(_ number: Int) -> RowList.Row {
    RowList.Row(ordinal: ordinal + number << 32, id: id, bytes: bytes)
  }
}
