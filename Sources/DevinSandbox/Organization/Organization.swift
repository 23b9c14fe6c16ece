/// The complete state of the simulated organization at one moment of its own clock.
struct Organization: Sendable {
  let scenario: SandboxScenario
  let texts: MessageTexts
  let maker: SessionMaker
  /// Unix seconds.
  var now: Int
  /// All sessions, including deleted ones, by number.
  var sessions: [SessionRecord] = []
  /// Indices in `sessions` by session id.
  var places: [String: Int] = [:]
  /// Indices of the sessions that are not deleted, newest first by `created_at`, then by id.
  var order: [Int] = []
  /// Number of changes to sessions; results for an earlier number are outdated.
  var sessionRevision = 0
  var credential: [UInt8]
  /// Number of news steps so far.
  var steps = 0
  /// Number of objects created since the beginning, so that each gets a unique id.
  var created = 0
  var uploads: [Upload] = []
  /// The results of the last few filters, so that the pages of one walk do not each scan every session.
  var found: [SessionFilter: (revision: Int, places: [Int])] = [:]

  /// - Parameters:
  ///   - number: its number in the enterprise.
  ///   - first: the first organization of the same enterprise, whose texts and analyses are reused, since creating them takes
  ///     longer than everything else. Nil: this is the first.
  init(_ scenario: SandboxScenario, number: Int = 0, like first: Organization? = nil) throws {
    self.scenario = scenario
    now = scenario.startsAt
    texts = try first?.texts ?? MessageTexts(seed: scenario.seed)
    credential = try JSONBytes.encode(scenario.credential)
    maker = SessionMaker(
      scenario: scenario, playbookIDs: scenario.ids(of: .playbooks, "playbook", number, first?.scenario.seed),
      scheduleIDs: scenario.ids(of: .schedules, "sched", number, first?.scenario.seed),
      analyses: try first?.maker.analyses ?? AnalysisMaker.pool(seed: scenario.seed, rowBytes: scenario.insightBytes))
    try makeSessions()
  }

  /// Indices of the sessions that match a filter, in list order.
  mutating func places(_ filter: SessionFilter) -> [Int] {
    if filter.isEmpty { return order }
    if !filter.ids.isEmpty {
      return Set(filter.ids.compactMap(place)).filter { filter.admits(sessions[$0].facts) }.sorted { comesFirst($0, $1) }
    }
    if let earlier = found[filter], earlier.revision == sessionRevision { return earlier.places }
    func index(_ bound: Int) -> Int { order.partitioningIndex { sessions[$0].facts.createdAt < bound } }
    let first = filter.createdBefore.map(index) ?? 0
    let end = max(first, filter.createdAfter.map(index) ?? order.count)
    let places = order[first..<end].filter { filter.admits(sessions[$0].facts) }
    if found.count >= 64 { found.removeAll(keepingCapacity: true) }
    found[filter] = (sessionRevision, places)
    return places
  }

  /// Messages are accessed by number, since there may be far more of them than on one page.
  func messagePage(_ place: Int, _ request: PageRequest) -> Page {
    let record = sessions[place]
    let thread = record.thread
    var offset = 0
    var number = 0
    switch request.cursor.position {
    case .ordinal(let last): number = last + 1
    case .offset(let rows): offset = rows
    case .beginning, .session: break
    }
    let found = (number..<max(number, thread.end)).lazy.filter(thread.isAlive).dropFirst(offset).prefix(request.first + 1)
    let numbers = Array(found)
    let rows = numbers.prefix(request.first).map { thread.bytes($0, session: record.id, texts: texts) }
    return request.page(
      .sessionMessages, rows, range: offset..<offset + rows.count, count: offset + numbers.count,
      last: numbers.prefix(request.first).last.map(PageCursor.Position.ordinal))
  }

  private mutating func makeSessions() throws {
    let count = max(0, scenario.sessions)
    var children: [Int: [String]] = [:]
    for number in 0..<count { if let parent = maker.parent(number) { children[parent, default: []].append(maker.id(number)) } }
    sessions.reserveCapacity(count)
    for number in 0..<count {
      let record = try maker.session(number, children: children[number] ?? [])
      places[record.id] = number
      sessions.append(record)
    }
    order = (0..<count).sorted { comesFirst($0, $1) }
  }

  /// The order of the session lists: newest first, and by id within the same second.
  func comesFirst(_ left: Int, _ right: Int) -> Bool {
    let (first, second) = (sessions[left], sessions[right])
    return first.facts.createdAt == second.facts.createdAt ? first.id < second.id : first.facts.createdAt > second.facts.createdAt
  }

  /// The index of a session that is not deleted, by its id with or without the prefix `devin-`.
  func place(_ id: String) -> Int? {
    guard let place = places[Self.bareID(id)], !sessions[place].isDeleted else { return nil }
    return place
  }

  /// The id of a session without the prefix `devin-`.
  static func bareID(_ id: String) -> String { id.hasPrefix("devin-") ? String(id.dropFirst(6)) : id }
}

extension SandboxScenario {
  /// The ids of the objects that an organization has initially, without those that only the enterprise has.
  fileprivate func ids(of resource: SandboxResource, _ prefix: Substring, _ number: Int, _ seed: UInt64?) -> [String] {
    (0..<(resource.count(in: self) ?? 0)).filter { place in
      number == 0 || Template.all[resource.rawValue]?.isShared(place + number) != true
    }.map { Template.id(prefix, number, $0, seed: seed ?? self.seed) }
  }

  /// The answer to `GET /v3/self`.
  fileprivate var credential: JSONObject {
    if principal == .personalToken {
      return [
        "principal_type": "pat_user", "user_id": .string(Vocabulary.people[0]), "user_name": "Zoë Müller",
        "api_key_id": "key-3f19a0", "api_key_name": "laptop", "org_id": nil,
      ]
    }
    return [
      "principal_type": "service_user", "service_user_id": .string(Vocabulary.serviceUsers[0]),
      "service_user_name": "Mirror (read only)", "org_id": principal == .serviceUser ? .string(organizationID) : nil,
    ]
  }
}
