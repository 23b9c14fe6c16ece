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
  var playbooks = RowList()
  var notes = RowList()
  var folders = RowList()
  var secrets = RowList()
  var schedules = RowList()
  var credential: [UInt8]
  /// Notes in no folder.
  var rootNoteCount = 0
  /// Steps of news that happened.
  var steps = 0
  /// Objects made since the beginning, so that each gets an id of its own.
  var created = 0
  var found = FoundSessions()

  /// - Parameter first: the first organization of the same enterprise, whose texts and analyses this one uses too: making them
  ///   takes longer than the rest. Nil: this is the first.
  init(_ scenario: SandboxScenario, like first: Organization? = nil) throws {
    self.scenario = scenario
    now = scenario.startsAt
    sharing = first == nil
    texts = try first?.texts ?? MessageTexts(seed: scenario.seed)
    credential = try JSONBytes.encode(SmallObjects.credential(scenario))
    let small = SmallObjects(scenario: scenario)
    for number in 0..<max(0, scenario.folders) {
      let folder = small.folder(number)
      folders.append(id: folder.id, bytes: try JSONBytes.encode(folder.object))
    }
    for number in 0..<max(0, scenario.playbooks) {
      let playbook = small.playbook(number)
      guard sharing || playbook.object["access_type"] == "org" else { continue }
      playbooks.append(id: playbook.id, bytes: try JSONBytes.encode(playbook.object))
    }
    for number in 0..<max(0, scenario.notes) {
      let note = small.note(number)
      guard sharing || note.object["access_type"] == "org" else { continue }
      notes.append(id: note.id, bytes: try JSONBytes.encode(note.object))
    }
    for number in 0..<max(0, scenario.secrets) {
      let secret = small.secret(number)
      secrets.append(id: secret.id, bytes: try JSONBytes.encode(secret.object))
    }
    for number in 0..<max(0, scenario.schedules) {
      let schedule = small.schedule(number)
      schedules.append(id: schedule.id, bytes: try JSONBytes.encode(schedule.object))
    }
    maker = SessionMaker(
      scenario: scenario, playbookIDs: playbooks.rows.map(\.id),
      scheduleIDs: schedules.rows.map(\.id),
      analyses: try first?.maker.analyses ?? AnalysisMaker.pool(seed: scenario.seed, rowBytes: scenario.insightBytes))
    try makeSessions()
    try countNotes()
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

  /// The list of a resource that is one flat list; nil for the others.
  subscript(list resource: SandboxResource) -> RowList? {
    get {
      switch resource {
      case .playbooks: playbooks
      case .knowledgeNotes: notes
      case .knowledgeFolders: folders
      case .secrets: secrets
      case .schedules: schedules
      default: nil
      }
    }
    set {
      guard let newValue else { return }
      switch resource {
      case .playbooks: playbooks = newValue
      case .knowledgeNotes: notes = newValue
      case .knowledgeFolders: folders = newValue
      case .secrets: secrets = newValue
      case .schedules: schedules = newValue
      default: break
      }
    }
  }

  /// Brings the counts of the folders up to date with the notes.
  mutating func countNotes() throws {
    var counts: [String: Int] = [:]
    rootNoteCount = 0
    for row in notes.rows {
      if let folder = try JSONBytes.decodeObject(row.bytes)["folder_id"]?.text {
        counts[folder, default: 0] += 1
      } else {
        rootNoteCount += 1
      }
    }
    for row in folders.rows {
      var object = try JSONBytes.decodeObject(row.bytes)
      let count = JSONValue.int(counts[row.id] ?? 0)
      guard object["note_count"] != count else { continue }
      object["note_count"] = count
      _ = folders.replace(row.id, with: try JSONBytes.encode(object))
    }
  }
}
