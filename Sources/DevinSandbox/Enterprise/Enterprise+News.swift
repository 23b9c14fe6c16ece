extension Enterprise {
  /// Simulates activity in each active organization for this many minutes, always the same for the same seed; see
  /// `SandboxScenario.activeOrganizations`.
  mutating func news(steps: Int) throws -> SandboxNews {
    let began = now
    var news = SandboxNews()
    for number in organizationIDs.indices where number == 0 || number < scenario.activeOrganizations ?? 1 {
      organization.now = began
      for _ in 0..<max(0, steps) {
        organization.now += 60
        try step(number, &news)
      }
    }
    (news.steps, news.now) = (max(0, steps), now)
    return news
  }

  private mutating func step(_ number: Int, _ news: inout SandboxNews) throws {
    let steps = try inOrganization(number) { try $0.step(&news) }
    var random = RandomStream(seed: self[organization: number].scenario.seed, salt: 0x4e3e_8000 &+ UInt64(steps))
    if steps % 2 == 0 {
      let resource = [SandboxResource.knowledgeNotes, .playbooks, .schedules][steps / 2 % 3]
      if let id = try any(resource, number, least: 1, &random) {
        let set: JSONObject =
          resource == .schedules
          ? ["last_executed_at": .string(ISOTime.text(now)), "consecutive_failures": 0]
          : ["body": .string("\(random.pick(Vocabulary.sentences)) (edited in step \(steps))")]
        news.edited.append(try recorded(.update(resource, id, set: set), number))
      }
    }
    if steps % 5 == 0 {
      let resource = [SandboxResource.knowledgeNotes, .secrets, .playbooks, .schedules][steps / 5 % 4]
      if let id = try any(resource, number, least: 3, &random) {
        news.deleted.append(try recorded(.delete(resource, id), number))
      }
    }
    if steps % 4 == 3 {
      news.created.append(try recorded(.create([.knowledgeNotes, .secrets, .playbooks][steps / 4 % 3]), number))
    }
  }

  /// One of an organization's own objects, if it has enough of them.
  private mutating func any(_ resource: SandboxResource, _ number: Int, least: Int, _ random: inout RandomStream) throws
    -> String?
  {
    let own = try rows(resource, .organization(number)).filter { number == 0 || $0.organization == organizationIDs[number] }
    return own.count < least ? nil : random.pick(own).id
  }

  /// Carries out an edit.
  ///
  /// - Returns: the edited object, as reported in the news.
  private mutating func recorded(_ edit: SandboxEdit, _ number: Int) throws -> String {
    let id = try self.edit(edit.inOrganization(organizationIDs[number])).ids[0]
    return "\(edit.resource.rawValue)/\(id)"
  }
}

extension Organization {
  /// Simulates one minute for the sessions.
  ///
  /// - Returns: how many minutes were simulated so far.
  fileprivate mutating func step(_ news: inout SandboxNews) throws -> Int {
    steps += 1
    var random = RandomStream(seed: scenario.seed, salt: 0x4e3e_0000 &+ UInt64(steps))
    try progress(&news, &random)
    news.sessionsCreated.append(try createSession())
    if steps % 3 == 0 { try finishAnalysis(&news) }
    return steps
  }

  /// Some of the newest sessions continue, end, or are suspended; occasionally an old one is resumed.
  private mutating func progress(_ news: inout SandboxNews, _ random: inout RandomStream) throws {
    let young = order.prefix(24)
    var chosen = Set((0..<min(3, young.count)).map { _ in order[random.below(young.count)] })
    if random.chance(30), !order.isEmpty { chosen.insert(order[random.below(order.count)]) }
    for place in chosen.sorted() {
      let messages = random.number(in: 1...3)
      news.messagesAppended += try appendMessages(messages, to: place, touch: false).count
      var set: JSONObject
      switch random.below(10) {
      case 0...4: set = ["status": "running", "status_detail": "working"]
      case 5...6: set = ["status": "running", "status_detail": "waiting_for_user"]
      case 7: set = ["status": "suspended", "status_detail": "inactivity", "category": "bug_fixing"]
      default: set = ["status": "exit", "status_detail": "finished", "category": "feature_development"]
      }
      set["acus_consumed"] = .double(Double(random.number(in: 64...6_400)) / 64)
      try changeSession(place, set: set, touch: true)
      news.sessionsChanged.append(sessions[place].id)
    }
  }

  private mutating func finishAnalysis(_ news: inout SandboxNews) throws {
    guard let place = order.first(where: { sessions[$0].analysis == nil }) else { return }
    news.sessionsAnalysed += try edit(.analyse(session: sessions[place].id))
  }
}
