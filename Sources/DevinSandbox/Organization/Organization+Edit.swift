/// Edits of sessions and their parts.
extension Organization {
  /// - Returns: the ids of the edited objects.
  /// - Throws: `SandboxControlError` when there is no such object, or the operation makes no sense for it.
  mutating func edit(_ edit: SandboxEdit) throws -> [String] {
    switch edit.operation {
    case .appendMessages: return try appendMessages(edit.count, to: try sessionPlace(edit.session), touch: edit.touch)
    case .touchShare: return try touchShare(edit.percent)
    case .analyse:
      let place = try sessionPlace(edit.id ?? edit.session)
      sessions[place].analysis = maker.analyses[place % maker.analyses.count]
      return [try changeSession(place, touch: edit.touch)]
    case .create:
      var ids: [String] = []
      for _ in 0..<edit.count { ids.append(try create(edit)) }
      return ids
    case .update, .delete, .restore:
      guard let id = edit.id else { throw SandboxControlError("\(edit.operation.rawValue) needs an id") }
      switch edit.resource {
      case .sessionMessages, .sessionAttachments:
        let place = try sessionPlace(edit.session)
        if edit.resource == .sessionMessages {
          try sessions[place].editMessage(id, edit, texts)
        } else {
          try sessions[place].editAttachment(id, edit)
        }
        if edit.touch { try changeSession(place, touch: true) }
      default: try editSession(id, edit)
      }
      return [id]
    }
  }

  private func sessionPlace(_ id: String?) throws -> Int {
    guard let id else { throw SandboxControlError("the session is missing") }
    guard let place = place(id) else { throw SandboxControlError("no session \(id)") }
    return place
  }

  private mutating func editSession(_ id: String, _ edit: SandboxEdit) throws {
    switch edit.operation {
    case .delete: setDeleted(try sessionPlace(id), true)
    case .restore:
      guard let place = places[id], sessions[place].isDeleted else { throw SandboxControlError("no deleted session \(id)") }
      setDeleted(place, false)
      if edit.touch { try changeSession(place, touch: true) }
    default: try changeSession(try sessionPlace(id), set: edit.set, touch: edit.touch)
    }
  }

  private mutating func touchShare(_ percent: Double) throws -> [String] {
    let wanted = min(order.count, Int((Double(order.count) * percent / 100).rounded()))
    let places = (0..<max(0, wanted)).map { order[$0 * order.count / wanted] }
    for place in places { _ = try appendMessages(1, to: place, touch: true) }
    return places.map { sessions[$0].id }
  }

  /// - Returns: the ids of the messages.
  mutating func appendMessages(_ count: Int, to place: Int, touch: Bool) throws -> [String] {
    let first = sessions[place].thread.end
    sessions[place].thread.appendedAt += Array(repeating: now, count: max(0, count))
    if touch { try changeSession(place, touch: true) }
    return (first..<first + max(0, count)).map(sessions[place].thread.eventID)
  }

  /// Creates one object, with the current time.
  ///
  /// - Returns: its id.
  private mutating func create(_ edit: SandboxEdit) throws -> String {
    guard edit.resource == .sessionMessages || edit.resource == .sessionAttachments else {
      return try createSession(set: edit.set, touch: edit.touch)
    }
    let place = try sessionPlace(edit.session)
    if edit.resource == .sessionMessages { return try appendMessages(1, to: place, touch: edit.touch)[0] }
    created += 1
    var random = RandomStream(seed: scenario.seed, salt: 0xa77a_c000 &+ UInt64(created))
    let attachment = SessionMaker.attachment(of: edit.session ?? "", random: &random)
    sessions[place].attachments.append(attachment)
    if edit.touch { try changeSession(place, touch: true) }
    return attachment.id
  }

  /// - Parameter touch: whether to change `updated_at` of the session that started it, if there is one.
  mutating func createSession(set: JSONObject = [:], touch: Bool = true) throws -> String {
    let number = append(try maker.session(sessions.count, children: [], bornAt: now))
    // A deleted session cannot start a session, but a session created by the scenario's rule may still name it.
    if let parent = maker.parent(number) {
      let children = try JSONBytes.decodeObject(sessions[parent].bytes)["child_session_ids"]?.elements ?? []
      try changeSession(parent, set: ["child_session_ids": .array(children + [.string(sessions[number].id)])], touch: touch)
    }
    if !set.isEmpty { try changeSession(number, set: set, touch: false) }
    return sessions[number].id
  }
}

extension SessionRecord {
  fileprivate mutating func editMessage(_ id: String, _ edit: SandboxEdit, _ texts: MessageTexts) throws {
    guard let number = (0..<thread.end).first(where: { thread.eventID($0) == id }) else {
      throw SandboxControlError("no message \(id)")
    }
    switch edit.operation {
    case .delete: thread.edited.updateValue(nil, forKey: number)
    case .restore: thread.edited.removeValue(forKey: number)
    default:
      let object = try JSONBytes.decodeObject(thread.bytes(number, session: self.id, texts: texts))
      thread.edited.updateValue(try JSONBytes.encode(object.merging(edit.set) { $1 }), forKey: number)
    }
  }

  fileprivate mutating func editAttachment(_ id: String, _ edit: SandboxEdit) throws {
    let isRestored = edit.operation == .restore
    guard let index = attachments.firstIndex(where: { $0.id == id && $0.isDeleted == isRestored }) else {
      throw SandboxControlError("no attachment \(id) to \(edit.operation.rawValue)")
    }
    attachments[index].isDeleted = edit.operation == .delete
    attachments[index].object.merge(edit.set) { $1 }
  }
}
