/// Everything the simulated organization holds at one moment of its own clock.
struct Organization: Sendable {
  let scenario: SandboxScenario
  /// Whether what the enterprise shares is among its playbooks and notes.
  let sharing: Bool
  let texts: MessageTexts
  let maker: SessionMaker
  /// Unix seconds.
  var now: Int
  /// Every session that ever was, oldest number first.
  var sessions: [SessionRecord] = []
  /// Places in `sessions` by session id.
  var places: [String: Int] = [:]
  /// Places of the living sessions, newest first by `created_at`, then by id.
  var order: [Int] = []
  /// Counts the changes to sessions; what was found out for an earlier count is stale.
  var sessionRevision = 0
  /// What it keeps besides sessions.
  private var lists: [SandboxResource: RowList] = [:]
  var credential: [UInt8]
  /// Notes in no folder.
  var rootNoteCount = 0
  /// Steps of news that happened.
  var steps = 0
  /// Objects made since the beginning, so that each gets an id of its own.
  var created = 0
  /// What the last few filters found, so that the pages of one walk do not each look at every session.
  var found: [SessionFilter: (revision: Int, places: [Int])] = [:]

  /// - Parameter first: the first organization of the same enterprise, whose texts and analyses this one uses too: making them
  ///   takes longer than the rest. Nil: this is the first.
  init(_ scenario: SandboxScenario, like first: Organization? = nil) throws {
    self.scenario = scenario
    now = scenario.startsAt
    sharing = first == nil
    texts = try first?.texts ?? MessageTexts(seed: scenario.seed)
    credential = try JSONBytes.encode(SmallObjects.credential(scenario))
    let small = SmallObjects(scenario: scenario)
    for resource in [SandboxResource.knowledgeFolders, .playbooks, .knowledgeNotes, .secrets, .schedules] {
      for number in 0..<max(0, scenario.count(of: resource)) {
        let object = small.object(resource, number)
        guard sharing || object["access_type"] != "enterprise" else { continue }
        try lists[resource, default: RowList()].append(object, of: resource)
      }
    }
    maker = SessionMaker(
      scenario: scenario, playbookIDs: lists[.playbooks]?.rows.map(\.id) ?? [],
      scheduleIDs: lists[.schedules]?.rows.map(\.id) ?? [],
      analyses: try first?.maker.analyses ?? AnalysisMaker.pool(seed: scenario.seed, rowBytes: scenario.insightBytes))
    try makeSessions()
    try countNotes()
  }

  /// Places of the sessions that pass a filter, in the order of the list.
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

  /// Messages are found by their numbers: there may be far more of them than a page looks at.
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
    for number in 0..<count {
      if let parent = maker.parent(number) {
        children[parent, default: []].append(maker.id(number))
      }
    }
    sessions.reserveCapacity(count)
    for number in 0..<count {
      let record = try maker.session(number, children: children[number] ?? [])
      places[record.id] = number
      sessions.append(record)
    }
    order = (0..<count).sorted { comesFirst($0, $1) }
  }

  /// The order of the session lists: newest first, and by id where the second is the same.
  func comesFirst(_ left: Int, _ right: Int) -> Bool {
    let (first, second) = (sessions[left], sessions[right])
    return first.facts.createdAt == second.facts.createdAt
      ? first.id < second.id : first.facts.createdAt > second.facts.createdAt
  }

  /// The place of a living session, by its id with or without the prefix `devin-`.
  func place(_ id: String) -> Int? {
    guard let place = places[Self.bareID(id)], !sessions[place].isDeleted else { return nil }
    return place
  }

  /// The id of a session without the prefix `devin-`.
  static func bareID(_ id: String) -> String {
    id.hasPrefix("devin-") ? String(id.dropFirst(6)) : id
  }

  /// The list of a kind; empty for those that are no flat list.
  subscript(resource: SandboxResource) -> RowList {
    get { lists[resource] ?? RowList() }
    set { lists[resource] = newValue }
  }

  /// Brings the counts of the folders up to date with the notes.
  mutating func countNotes() throws {
    var counts: [String: Int] = [:]
    rootNoteCount = 0
    for row in self[.knowledgeNotes].rows {
      if let folder = try row.object["folder_id"]?.text {
        counts[folder, default: 0] += 1
      } else {
        rootNoteCount += 1
      }
    }
    for row in self[.knowledgeFolders].rows {
      var object = try row.object
      let count = JSONValue.int(counts[row.id] ?? 0)
      guard object["note_count"] != count else { continue }
      object["note_count"] = count
      _ = self[.knowledgeFolders].replace(row.id, with: try JSONBytes.encode(object))
    }
  }
}

extension SandboxScenario {
  /// How many objects of a kind an organization begins with.
  fileprivate func count(of resource: SandboxResource) -> Int {
    switch resource {
    case .knowledgeFolders: folders
    case .playbooks: playbooks
    case .knowledgeNotes: notes
    case .secrets: secrets
    default: schedules
    }
  }
}
