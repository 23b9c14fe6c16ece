extension Organization {
  /// - Throws: `SandboxControlError` when there is no such object, or the operation makes no sense
  ///   for it.
  mutating func edit(_ edit: SandboxEdit) throws -> SandboxEditResult {
    switch edit.operation {
    case .appendMessages:
      return SandboxEditResult(try appendMessages(edit.count, to: try sessionPlace(edit.session), touch: edit.touch))
    case .touchShare: return SandboxEditResult(try touchShare(edit.percent))
    case .analyse:
      let place = try sessionPlace(edit.id)
      sessions[place].analysis = maker.analyses[place % maker.analyses.count]
      return SandboxEditResult([try changeSession(place, touch: edit.touch)])
    case .create:
      var ids: [String] = []
      for _ in 0..<edit.count { ids.append(try create(edit)) }
      return SandboxEditResult(ids)
    case .update, .delete, .restore:
      guard let id = edit.id else { throw SandboxControlError("\(edit.operation.rawValue) needs an id") }
      switch edit.resource {
      case .sessions, .sessionInsights: try editSession(id, edit)
      case .sessionMessages: try editMessage(id, edit)
      case .sessionAttachments: try editAttachment(id, edit)
      case .credential: try editCredential(edit)
      default: throw SandboxControlError("\(edit.resource.rawValue) is not of one organization")
      }
      return SandboxEditResult([id])
    }
  }

  /// - Returns: the ids of the messages.
  mutating func appendMessages(_ count: Int, to place: Int, touch: Bool) throws -> [String] {
    let first = sessions[place].thread.end
    sessions[place].thread.appendedAt.append(contentsOf: Array(repeating: now, count: max(0, count)))
    if touch { _ = try changeSession(place, touch: true) }
    return (first..<first + max(0, count)).map(sessions[place].thread.eventID)
  }

  /// Changes members of a session, or of what is derived from it.
  ///
  /// - Returns: its id.
  @discardableResult mutating func changeSession(_ place: Int, set: [String: JSONValue] = [:], touch: Bool) throws -> String {
    var object = try JSONBytes.decodeObject(sessions[place].bytes)
    if touch { object["updated_at"] = .int(now) }
    var set = set
    if let analysis = set.removeValue(forKey: "analysis") {
      sessions[place].analysis = analysis == .null ? nil : try JSONBytes.encode(analysis)
    }
    object.merge(set) { $1 }
    let createdAt = sessions[place].facts.createdAt
    sessions[place].bytes = try JSONBytes.encode(object)
    sessions[place].facts = SessionFacts(object, schedule: sessions[place].facts.schedule)
    sessionRevision += 1
    if createdAt != sessions[place].facts.createdAt {
      order.removeAll { $0 == place }
      insertIntoOrder(place)
    }
    return sessions[place].id
  }

  mutating func insertIntoOrder(_ place: Int) {
    order.insert(place, at: order.partitioningIndex { comesFirst(place, $0) })
    sessionRevision += 1
  }

  private func sessionPlace(_ id: String?) throws -> Int {
    guard let id else { throw SandboxControlError("the session is missing") }
    guard let place = place(id) else { throw SandboxControlError("no session \(id)") }
    return place
  }

  private mutating func touchShare(_ percent: Double) throws -> [String] {
    let wanted = Int((Double(order.count) * percent / 100).rounded())
    guard wanted > 0 else { return [] }
    let places = (0..<min(wanted, order.count)).map { order[$0 * order.count / min(wanted, order.count)] }
    for place in places { _ = try appendMessages(1, to: place, touch: true) }
    return places.map { sessions[$0].id }
  }

  private mutating func editSession(_ id: String, _ edit: SandboxEdit) throws {
    switch edit.operation {
    case .delete:
      let place = try sessionPlace(id)
      sessions[place].isDeleted = true
      order.removeAll { $0 == place }
      sessionRevision += 1
    case .restore:
      guard let place = places[id], sessions[place].isDeleted else { throw SandboxControlError("no deleted session \(id)") }
      sessions[place].isDeleted = false
      insertIntoOrder(place)
      if edit.touch { try changeSession(place, touch: true) }
    default: try changeSession(try sessionPlace(id), set: edit.set, touch: edit.touch)
    }
  }

  private mutating func editMessage(_ id: String, _ edit: SandboxEdit) throws {
    let place = try sessionPlace(edit.session)
    let thread = sessions[place].thread
    guard let number = (0..<thread.end).first(where: { thread.eventID($0) == id }) else {
      throw SandboxControlError("no message \(id)")
    }
    switch edit.operation {
    case .delete: sessions[place].thread.edited.updateValue(nil, forKey: number)
    case .restore: sessions[place].thread.edited.removeValue(forKey: number)
    default:
      var object = try JSONBytes.decodeObject(thread.bytes(number, session: sessions[place].id, texts: texts))
      object.merge(edit.set) { $1 }
      sessions[place].thread.edited.updateValue(try JSONBytes.encode(object), forKey: number)
    }
    if edit.touch { try changeSession(place, touch: true) }
  }

  private mutating func editAttachment(_ id: String, _ edit: SandboxEdit) throws {
    let place = try sessionPlace(edit.session)
    let isDone: Bool
    switch edit.operation {
    case .delete: isDone = sessions[place].attachments.delete(id)
    case .restore: isDone = sessions[place].attachments.restore(id)
    default:
      let object = try sessions[place].attachments.row(id)?.object.merging(edit.set) { $1 }
      isDone = try object.map { sessions[place].attachments.replace(id, with: try JSONBytes.encode($0)) } ?? false
    }
    guard isDone else { throw SandboxControlError("no attachment \(id) to \(edit.operation.rawValue)") }
    if edit.touch { try changeSession(place, touch: true) }
  }

  private mutating func editCredential(_ edit: SandboxEdit) throws {
    guard edit.operation == .update else { throw SandboxControlError("the credential can only be updated") }
    credential = try JSONBytes.encode(JSONBytes.decodeObject(credential).merging(edit.set) { $1 })
  }
}
