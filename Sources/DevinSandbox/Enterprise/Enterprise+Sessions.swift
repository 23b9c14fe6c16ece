/// The enterprise's lists of what is kept by organization.
extension Enterprise {
  mutating func sessionPage(_ resource: SandboxResource, _ call: Call) throws -> Page {
    let filter =
      call.ignoresFilters
      ? SessionFilter() : try SessionFilter(call.query, sessionIDs: organization.scenario.sessionIDs)
    let wanted = call.ignoresFilters ? [] : call.query.all("org_ids")
    let request = try PageRequest(call.query, list: "enterprise \(resource.rawValue)")
    var found: [(number: Int, place: Int, createdAt: Int, id: String)] = []
    for (number, id) in organizationIDs.enumerated() where wanted.isEmpty || wanted.contains(id) {
      for place in self[organization: number].places(filter) {
        let record = self[organization: number].sessions[place]
        found.append((number, place, record.facts.createdAt, record.id))
      }
    }
    found.sort { $0.createdAt == $1.createdAt ? $0.id < $1.id : $0.createdAt > $1.createdAt }
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

  /// Asks the organization whose session it is.
  mutating func sessionContent(_ call: Call) throws -> Content {
    let id = call.values["session_id"] ?? ""
    let wanted = call.query["org_id"]
    let numbers = organizationIDs.indices.filter { wanted == nil || organizationIDs[$0] == wanted }
    guard let number = numbers.first(where: { self[organization: $0].place(id) != nil }) else {
      throw Refusal.notFound("Session")
    }
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
      let own = self[organization: number]
      let list =
        resource == .knowledgeNotes && !call.ignoresFilters ? try own.filteredNotes(own.notes, call.query) : own[list: resource]
      found += (list?.rows ?? []).map { $0.behind(number) }
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
    guard number > 0 else { return try organization.content(of: route, query, ignoringFilters: ignoringFilters) }
    var borrowed = self[organization: number]
    for resource in [SandboxResource.playbooks, .knowledgeNotes] {
      let shared = try organization[list: resource]?.rows.filter {
        try JSONBytes.decodeObject($0.bytes)["access_type"] == "enterprise"
      }
      borrowed[list: resource] = RowList((borrowed[list: resource]?.rows ?? []) + (shared ?? []).map { $0.behind(1) })
    }
    switch route {
    case .playbooks, .playbook, .notes, .note:
      return try borrowed.content(of: route, query, ignoringFilters: ignoringFilters)
    default:
      return try self[organization: number].content(of: route, query, ignoringFilters: ignoringFilters)
    }
  }
}

extension RowList.Row {
  /// The row at a place behind those of the organizations before.
  fileprivate func behind(_ number: Int) -> RowList.Row {
    RowList.Row(ordinal: ordinal + number << 32, id: id, bytes: bytes)
  }
}
