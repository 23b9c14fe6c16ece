extension Organization {
  /// The organization lives on, the same way each time for the same seed: the clock moves by a
  /// minute a step.
  mutating func news(steps count: Int) throws -> SandboxNews {
    var news = SandboxNews()
    for _ in 0..<max(0, count) {
      now += 60
      steps += 1
      news.steps += 1
      var random = RandomStream(seed: scenario.seed, salt: 0x4e3e_0000 &+ UInt64(steps))
      try progress(&news, &random)
      news.sessionsCreated.append(try createSession())
      if steps % 3 == 0 { try finishAnalysis(&news) }
      if steps % 2 == 0 { try editSomething(&news, &random) }
      if steps % 5 == 0 { try deleteSomething(&news, &random) }
      if steps % 4 == 3 {
        let resource = [SandboxResource.knowledgeNotes, .secrets, .playbooks][steps / 4 % 3]
        let id = try edit(.create(resource)).ids[0]
        news.created.append("\(resource.rawValue)/\(id)")
      }
    }
    news.now = now
    return news
  }

  /// Some of the newest sessions go on, end, or fall asleep; now and then an old one wakes up.
  private mutating func progress(_ news: inout SandboxNews, _ random: inout RandomStream) throws {
    let young = order.prefix(24)
    var chosen = Set((0..<min(3, young.count)).map { _ in order[random.below(young.count)] })
    if random.chance(30), !order.isEmpty { chosen.insert(order[random.below(order.count)]) }
    for place in chosen.sorted() {
      let messages = random.number(in: 1...3)
      news.messagesAppended += try appendMessages(messages, to: place, touch: false).count
      var set: [String: JSONValue]
      switch random.below(10) {
      case 0...4: set = ["status": "running", "status_detail": "working"]
      case 5...6: set = ["status": "running", "status_detail": "waiting_for_user"]
      case 7:
        set = ["status": "suspended", "status_detail": "inactivity", "category": "bug_fixing"]
      default:
        set = ["status": "exit", "status_detail": "finished", "category": "feature_development"]
      }
      set["acus_consumed"] = .double(Double(random.number(in: 64...6_400)) / 64)
      try changeSession(place, set: set, touch: true)
      news.sessionsChanged.append(sessions[place].id)
    }
  }

  private mutating func finishAnalysis(_ news: inout SandboxNews) throws {
    guard let place = order.first(where: { sessions[$0].analysis == nil }) else { return }
    news.sessionsAnalysed += try edit(.analyse(session: sessions[place].id)).ids
  }

  private mutating func editSomething(_ news: inout SandboxNews, _ random: inout RandomStream)
    throws
  {
    let resource = [SandboxResource.knowledgeNotes, .playbooks, .schedules][steps / 2 % 3]
    guard !self[resource].rows.isEmpty else { return }
    let id = random.pick(self[resource].rows).id
    let set: [String: JSONValue] =
      resource == .schedules
      ? ["last_executed_at": SmallObjects.time(now), "consecutive_failures": 0]
      : ["body": .string("\(random.pick(Vocabulary.sentences)) (edited in step \(steps))")]
    _ = try edit(.update(resource, id, set: set))
    news.edited.append("\(resource.rawValue)/\(id)")
  }

  private mutating func deleteSomething(_ news: inout SandboxNews, _ random: inout RandomStream)
    throws
  {
    let resource = [SandboxResource.knowledgeNotes, .secrets, .playbooks, .schedules][steps / 5 % 4]
    guard self[resource].rows.count > 2 else { return }
    let id = random.pick(self[resource].rows).id
    _ = try edit(.delete(resource, id))
    news.deleted.append("\(resource.rawValue)/\(id)")
  }
}
