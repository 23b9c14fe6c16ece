/// What requests do to sessions. Each answers with the session's row unless it says otherwise.
extension Organization {
  /// Starts a session, whose first message is the prompt.
  ///
  /// - Parameter changes: in the names of the request.
  mutating func start(_ changes: JSONObject, by author: Author) throws -> Int {
    let id = maker.id(sessions.count)
    let prompt = changes["prompt"]?.text ?? ""
    let attachments = try uploads(changes["attachment_urls"])
    let object: JSONObject = [
      "session_id": .string(id), "url": .string("https://app.devin.ai/sessions/\(id)"),
      "org_id": .string(scenario.organizationID), "status": "new", "status_detail": nil, "created_at": .int(now),
      "updated_at": .int(now), "is_archived": false, "child_session_ids": [], "parent_session_id": nil, "acus_consumed": 0,
      "pull_requests": [], "structured_output": nil, "origin": "api", "category": nil, "subcategory": nil,
      "automation_id": nil, "user_id": author.text, "service_user_id": author.isServiceUser ? .string(author.id) : nil,
      "title": changes["title"]?.text.map(JSONValue.string) ?? .string(String(prompt.prefix(60))),
      "tags": .texts(Self.distinct(changes["tags"]?.elements ?? [])), "playbook_id": changes["playbook_id"] ?? nil,
      "devin_mode": changes["devin_mode"]?.text.map(JSONValue.string) ?? "normal",
    ]
    let seed = RandomStream.mix(UInt64(sessions.count) ^ 0x57a2)
    let thread = MessageThread(start: now, span: 0, initialCount: 0, userEvery: 4, seed: seed)
    let place = append(try SessionRecord(object, thread: thread))
    try say(prompt, attachments, in: place)
    return place
  }

  /// A message to a session, which wakes one that sleeps unless it is archived.
  mutating func message(_ changes: JSONObject, to place: Int) throws {
    guard !sessions[place].isEnded else { throw Refusal.conflict("The session has ended and cannot be resumed") }
    try say(changes["message"]?.text ?? "", uploads(changes["attachment_urls"]), in: place)
    let wakes = !sessions[place].isArchived
    try changeSession(place, set: wakes ? ["status": "running", "status_detail": "working"] : [:], touch: true)
  }

  /// What was uploaded, by its addresses.
  private func uploads(_ urls: JSONValue?) throws(Refusal) -> [Attachment] {
    var found: [Attachment] = []
    for url in urls?.elements.compactMap(\.text) ?? [] {
      guard let upload = uploads.first(where: { $0.object["url"]?.text == url }) else {
        throw .badRequest("attachment_urls: \(url) was not uploaded to this organization")
      }
      found.append(upload)
    }
    return found
  }

  /// Adds a message of the user's and what was uploaded for it.
  private mutating func say(_ text: String, _ attachments: [Attachment], in place: Int) throws {
    for var upload in attachments {
      upload.object["source"] = "user"
      sessions[place].attachments.append(upload)
    }
    let number = sessions[place].thread.end
    let message: JSONObject = [
      "event_id": .string(sessions[place].thread.eventID(number)), "created_at": .int(now), "message": .string(text),
      "source": "user",
    ]
    sessions[place].thread.appendedAt.append(now)
    sessions[place].thread.saidByUser.insert(number)
    sessions[place].thread.edited.updateValue(try JSONBytes.encode(message), forKey: number)
  }

  /// - Parameter replaces: whether the tags that there were go.
  /// - Returns: all tags.
  mutating func tag(_ place: Int, _ tags: [JSONValue], replaces: Bool) throws -> [String] {
    let all = Self.distinct((replaces ? [] : sessions[place].facts["tags"]?.elements ?? []) + tags)
    try Refusal.require(all.count <= 50, "tags", "A session has at most 50 tags", input: .array(tags))
    try changeSession(place, set: ["tags": .texts(all)], touch: true)
    return all
  }

  /// Archives a session with all that it started. One that runs falls asleep.
  mutating func archive(_ place: Int) throws {
    var set: JSONObject = ["is_archived": true]
    let object = try JSONBytes.decodeObject(sessions[place].bytes)
    if let status = object["status"]?.text, !["exit", "error", "suspended"].contains(status) {
      set.merge(["status": "suspended", "status_detail": "user_request"]) { $1 }
    }
    try changeSession(place, set: set, touch: true)
    for child in object["child_session_ids"]?.elements.compactMap(\.text) ?? [] {
      if let place = self.place(child), !sessions[place].isArchived { try archive(place) }
    }
  }

  /// Ends a session for good.
  mutating func end(_ place: Int, archives: Bool) throws {
    if archives { try archive(place) }
    sessions[place].isEnded = true
    try changeSession(place, set: ["status": "exit", "status_detail": "user_request"], touch: true)
  }

  private static func distinct(_ texts: [JSONValue]) -> [String] {
    texts.compactMap(\.text).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
