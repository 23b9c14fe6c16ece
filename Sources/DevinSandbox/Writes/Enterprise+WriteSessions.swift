/// Requests that change a session, upload a file for one, or say which tags sessions may have.
extension Enterprise {
  mutating func write(_ write: Endpoint.SessionWrite, _ call: Call) throws -> Response {
    let changes = call.endpoint.body?.changes(.create, call.given) ?? [:]
    if write == .start {
      if let playbook = changes["playbook_id"]?.text, try self.playbook(playbook, call) == nil {
        throw Refusal.badRequest("playbook_id: there is no playbook \(playbook)")
      }
      try checkTags(changes["tags"], call.organization, call)
      if let label = changes["platform"]?.text { _ = try Self.platform(label) }
      if changes["create_as_user_id"]?.text != nil { try call.checkImpersonation() }
      return try inOrganization(call.organization) { Response(body: try $0.sessions[$0.start(changes, by: call.author)].bytes) }
    }
    let found = try sessionPlace(call)
    let (number, place) = (found.number, found.index)
    if write == .analyse { return try analyse(number, self[organization: number].sessions[place]) }
    if write == .message, changes["message_as_user_id"]?.text != nil { try call.checkImpersonation() }
    if write == .addTags || write == .replaceTags { try checkTags(changes["tags"], number, call) }
    let archives = try call.query.flag("archive") == true
    return try inOrganization(number) { organization in
      switch write {
      case .start, .analyse: break
      case .message: try organization.message(changes, to: place)
      case .addTags, .replaceTags:
        let tags = try organization.tag(place, changes["tags"]?.elements ?? [], replaces: write == .replaceTags)
        return try .json(["tags": tags] as [String: [String]])
      case .archive: try organization.archive(place)
      case .unarchive: try organization.changeSession(place, set: ["is_archived": false], touch: true)
      case .end: try organization.end(place, archives: archives)
      }
      return Response(body: organization.sessions[place].bytes)
    }
  }

  mutating func upload(_ call: Call) throws -> Response {
    var random = RandomStream(seed: scenario.seed, salt: 0x0f11_e000 &+ UInt64(edits))
    edits += 1
    let upload = try Attachment(uploadedBy: call.request, id: random.identifier())
    self[organization: call.organization].uploads.append(upload)
    return try .json(upload.object)
  }

  /// Begins an analysis, which is there half a minute later.
  private mutating func analyse(_ number: Int, _ session: SessionRecord) throws -> Response {
    let isThere = session.analysis != nil
    if !isThere, !analysesDue.contains(where: { $0.session == session.id }) { analysesDue.append((number, session.id, now + 30)) }
    return try .json(["session_id": .string(session.id), "status": isThere ? "already_exists" : "pending"] as JSONObject)
  }

  /// Finishes the analyses that were asked for and have taken their time.
  mutating func finishAnalyses() {
    guard let first = analysesDue.first, first.time <= now else { return }
    analysesDue.removeFirst()
    _ = try? edit(SandboxEdit.analyse(session: first.session).inOrganization(organizationIDs[first.organization]))
    finishAnalyses()
  }

  // MARK: Tags of organizations

  /// - Throws: a `Refusal` where a session may not have these tags.
  private mutating func checkTags(_ tags: JSONValue?, _ number: Int, _ call: Call) throws {
    guard call.rules.enforcesTags else { return }
    let given = tags?.elements.compactMap(\.text) ?? []
    guard given.count == 1, try allowedTags(number).contains(given[0]) else {
      throw Refusal.badRequest("tags: a session needs exactly one of the tags that its organization allows")
    }
  }

  /// Adds, replaces or deletes the tags that sessions may have. The default is one of them.
  mutating func writeAllowedTags(_ write: Endpoint.Write, _ call: Call) throws -> Response {
    let organization = organizationIDs[call.organization]
    let before = try allowedTags(call.organization)
    let given = call.given["tags"]?.elements.compactMap(\.text) ?? []
    let wanted: Set<String> =
      switch write {
      case .create: before.union(given)
      case .delete: call.values["tag"].map { before.subtracting([$0]) } ?? []
      default: Set(given)
      }
    for tag in before.subtracting(wanted) {
      changes[.allowedTags, default: [:]]["\(organization)/\(tag)", default: RowChange()].isDeleted = true
    }
    for tag in wanted.subtracting(before).sorted() {
      edits += 1
      if changes[.allowedTags]?["\(organization)/\(tag)"]?.isDeleted == true {
        changes[.allowedTags]?["\(organization)/\(tag)"]?.isDeleted = false
      } else {
        append(EnterpriseRow(.allowedTags, ["org_id": .string(organization)], ["tag": .string(tag)]))
      }
    }
    edits += 1
    if let standard = try defaultTag(call.organization).object["default_tag"]?.text, !wanted.contains(standard) {
      try setDefaultTag(nil, call.organization)
    }
    return try .json(["tags": wanted.sorted()])
  }

  mutating func writeDefaultTag(_ write: Endpoint.Write, _ call: Call) throws -> Response {
    let tag = call.given["tag"] ?? .null
    if let text = tag.text, try !allowedTags(call.organization).contains(text) {
      throw Refusal.invalidBody("tag", "The default should be one of the allowed tags", input: tag)
    }
    try setDefaultTag(tag, call.organization)
    return try .json(["default_tag": tag])
  }

  private mutating func allowedTags(_ number: Int) throws -> Set<String> {
    Set(try rows(.allowedTags).filter { $0.organization == organizationIDs[number] }.compactMap { $0.object["tag"]?.text })
  }

  private mutating func defaultTag(_ number: Int) throws -> EnterpriseRow {
    let row = try rows(.defaultTags).first { $0.organization == organizationIDs[number] }
    guard let row else { throw Refusal.notFound("Organization") }
    return row
  }

  private mutating func setDefaultTag(_ tag: JSONValue, _ number: Int) throws {
    var row = try defaultTag(number)
    row.object["default_tag"] = tag
    changes[.defaultTags, default: [:]][row.id, default: RowChange()].row = row
    edits += 1
  }
}
