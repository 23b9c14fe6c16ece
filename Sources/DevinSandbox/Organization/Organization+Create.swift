extension Organization {
  /// Creates one object, with the current time.
  ///
  /// - Returns: its id.
  mutating func create(_ edit: SandboxEdit) throws -> String {
    switch edit.resource {
    case .sessions, .sessionInsights: return try createSession(set: edit.set, touch: edit.touch)
    case .sessionMessages, .sessionAttachments:
      guard let session = edit.session, let place = place(session) else {
        throw SandboxControlError("no session \(edit.session ?? "given")")
      }
      if edit.resource == .sessionMessages { return try appendMessages(1, to: place, touch: edit.touch)[0] }
      created += 1
      var random = RandomStream(seed: scenario.seed, salt: 0xa77a_c000 &+ UInt64(created))
      let attachment = try SessionMaker.attachment(of: session, random: &random)
      sessions[place].attachments.append(id: attachment.id, bytes: attachment.bytes)
      if edit.touch { try changeSession(place, touch: true) }
      return attachment.id
    default: throw SandboxControlError("there is one \(edit.resource.rawValue)")
    }
  }

  /// - Parameter touch: whether to change `updated_at` of the session that started it, if there is one.
  mutating func createSession(set: [String: JSONValue] = [:], touch: Bool = true) throws -> String {
    let number = sessions.count
    let record = try maker.session(number, children: [], bornAt: now)
    sessions.append(record)
    places[record.id] = number
    order.insert(number, at: order.partitioningIndex { comesFirst(number, $0) })
    sessionRevision += 1
    // A deleted session cannot start a session, but a session created by the scenario's rule may still name it.
    if let parent = maker.parent(number) {
      let children = try JSONBytes.decodeObject(sessions[parent].bytes)["child_session_ids"]?.elements ?? []
      try changeSession(parent, set: ["child_session_ids": .array(children + [.string(record.id)])], touch: touch)
    }
    if !set.isEmpty { try changeSession(number, set: set, touch: false) }
    return record.id
  }
}
