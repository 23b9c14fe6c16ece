/// What a request is answered with, before anything was done to it by a fault.
enum Content: Sendable {
  case page(Page)
  /// One object as sent.
  case object([UInt8])
  /// A file of plain text.
  case text([UInt8])
  /// Elsewhere.
  case redirect(String)
}

extension Organization {
  /// - Throws: a `Refusal`, also when there is no such object.
  mutating func content(of route: Route, _ query: QueryItems, ignoringFilters: Bool) throws
    -> Content
  {
    switch route {
    case .credential:
      return .object(credential)
    case .sessions, .insights:
      let resource = route == .insights ? SandboxResource.sessionInsights : .sessions
      let filter = ignoringFilters ? SessionFilter() : try SessionFilter(query, sessionIDs: scenario.sessionIDs)
      return .page(
        sessionPage(resource, try PageRequest(query, list: resource.rawValue), filter: filter))
    case .session(let id):
      return .object(sessions[try session(id)].bytes)
    case .sessionInsights(let id):
      return .object(sessions[try session(id)].insights)
    case .sessionTags(let id):
      return .object(try JSONBytes.encode(["tags": sessions[try session(id)].facts.tags]))
    case .sessionMessages(let id):
      let place = try session(id)
      return .page(
        messagePage(place, try PageRequest(query, list: "messages of \(sessions[place].id)")))
    case .sessionAttachments(let id):
      let rows = sessions[try session(id)].attachments.rows.map(\.bytes)
      return .page(Page(resource: .sessionAttachments, envelope: .bare, rows: rows))
    case .playbooks:
      return .page(rowPage(.playbooks, playbooks, try PageRequest(query, list: "playbooks")))
    case .playbook(let id):
      return try single(id, in: playbooks, named: "Playbook")
    case .notes:
      let list = ignoringFilters ? notes : try filteredNotes(notes, query)
      return .page(rowPage(.knowledgeNotes, list, try PageRequest(query, list: "knowledge_notes")))
    case .note(let id):
      return try single(id, in: notes, named: "Note")
    case .folders:
      return .page(
        Page(
          resource: .knowledgeFolders, envelope: .folders(rootNoteCount: rootNoteCount),
          rows: folders.rows.map(\.bytes)))
    case .secrets:
      return .page(rowPage(.secrets, secrets, try PageRequest(query, list: "secrets")))
    case .schedules:
      return .page(
        schedulePage(
          limit: try query.integer("limit", in: 1...200, default: 200),
          offset: try query.integer("offset", in: 0...Int.max, default: 0)))
    case .schedule(let id):
      return try single(id, in: schedules, named: "Schedule")
    }
  }

  private func session(_ id: String) throws(Refusal) -> Int {
    guard let place = place(id) else { throw .notFound("Session") }
    return place
  }

  private func single(_ id: String, in list: RowList, named name: String) throws(Refusal) -> Content {
    guard let row = list.row(id) else { throw .notFound(name) }
    return .object(row.bytes)
  }

  func filteredNotes(_ notes: RowList, _ query: QueryItems) throws -> RowList {
    let search = query["search"]?.lowercased()
    let folder = query["folder_path"]
    let repository = query["pinned_repo"]
    guard search != nil || folder != nil || repository != nil else { return notes }
    return try notes.filter { row in
      let note = try JSONBytes.decodeObject(row.bytes)
      let text = [note["name"]?.text, note["body"]?.text].compactMap(\.self).joined(separator: "\n")
      return (search.map(text.lowercased().contains) ?? true)
        && (folder == nil || note["folder_path"]?.text == folder)
        && (repository == nil || note["pinned_repo"]?.text == repository)
    }
  }
}
