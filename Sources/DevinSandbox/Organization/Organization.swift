/// The sessions of a simulated organization at one moment of its own clock.
struct Organization: Sendable {
  let scenario: SandboxScenario
  let texts: MessageTexts
  let maker: SessionMaker
  /// Unix seconds.
  var now: Int
  /// All sessions, including deleted ones, by number.
  var sessions: [SessionRecord] = []
  /// Indices in `sessions` by session id.
  private(set) var places: [String: Int] = [:]
  /// Indices of the sessions that are not deleted, newest first by `created_at`, then by id.
  private(set) var order: [Int] = []
  /// Number of changes to sessions; results for an earlier number are outdated.
  private(set) var sessionRevision = 0
  /// Number of news steps so far.
  var steps = 0
  /// Number of objects created since the beginning, so that each gets a unique id.
  var created = 0
  /// Files that can be sent along with messages.
  var uploads: [Attachment] = []

  /// - Parameters:
  ///   - number: its number in the enterprise.
  ///   - first: the first organization of the same enterprise, whose texts and analyses are reused, since creating them takes
  ///     longer than everything else. Nil: this is the first.
  init(_ scenario: SandboxScenario, number: Int = 0, like first: Organization? = nil) throws {
    self.scenario = scenario
    now = scenario.startsAt
    texts = try first?.texts ?? MessageTexts(seed: scenario.seed)
    maker = SessionMaker(
      scenario: scenario, playbookIDs: scenario.ids(of: .playbooks, "playbook", number, first?.scenario.seed),
      scheduleIDs: scenario.ids(of: .schedules, "sched", number, first?.scenario.seed),
      analyses: try first?.maker.analyses ?? AnalysisMaker.pool(seed: scenario.seed, rowBytes: scenario.insightBytes))
    let count = max(0, scenario.sessions)
    var children: [Int: [String]] = [:]
    for number in 0..<count { if let parent = maker.parent(number) { children[parent, default: []].append(maker.id(number)) } }
    sessions = try (0..<count).map { try maker.session($0, children: children[$0] ?? []) }
    for number in 0..<count { places[sessions[number].id] = number }
    order = (0..<count).sorted { sessions[$0].comesBefore(sessions[$1]) }
  }

  /// The index of a session that is not deleted, by its id with or without the prefix `devin-`.
  func place(_ id: String) -> Int? {
    guard let place = places[Self.bareID(id)], !sessions[place].isDeleted else { return nil }
    return place
  }

  /// The same for an id in the filter `session_ids`: see `SandboxScenario.SessionIDs`.
  func placeForFilter(_ id: String) -> Int? {
    let isPrefixed = id.hasPrefix("devin-")
    let isKnown = scenario.sessionIDs == .prefixed ? isPrefixed : scenario.sessionIDs != .bare || !isPrefixed
    return isKnown ? place(id) : nil
  }

  /// The id of a session without the prefix `devin-`.
  static func bareID(_ id: String) -> String { id.hasPrefix("devin-") ? String(id.dropFirst(6)) : id }

  /// An uploaded file, or one of a session.
  func attachment(_ id: String) -> Attachment? {
    uploads.first { $0.id == id } ?? sessions.lazy.flatMap(\.attachments).first { $0.id == id && !$0.isDeleted }
  }

  // MARK: Changes

  /// - Returns: its index.
  mutating func append(_ record: SessionRecord) -> Int {
    let place = sessions.count
    places[record.id] = place
    sessions.append(record)
    reorder(place)
    return place
  }

  mutating func setDeleted(_ place: Int, _ isDeleted: Bool) {
    sessions[place].isDeleted = isDeleted
    reorder(place)
  }

  private mutating func reorder(_ place: Int) {
    let record = sessions[place]
    order.removeAll { $0 == place }
    if !record.isDeleted { order.insert(place, at: order.partitioningIndex { record.comesBefore(sessions[$0]) }) }
    sessionRevision += 1
  }

  /// Changes members of a session, or of what is derived from it.
  ///
  /// - Returns: its id.
  @discardableResult mutating func changeSession(_ place: Int, set: JSONObject = [:], touch: Bool) throws -> String {
    var object = try JSONBytes.decodeObject(sessions[place].bytes)
    if touch { object["updated_at"] = .int(now) }
    var set = set
    if let analysis = set.removeValue(forKey: "analysis") {
      sessions[place].analysis = analysis == .null ? nil : try JSONBytes.encode(analysis)
    }
    let createdAt = sessions[place].createdAt
    try sessions[place].replace(with: object.merging(set) { $1 })
    sessionRevision += 1
    if createdAt != sessions[place].createdAt { reorder(place) }
    return sessions[place].id
  }

  // MARK: Dump

  /// Some of the objects of a resource that are not deleted, one JSON line each, with exactly the bytes that the API
  /// sends. A message or an attachment is wrapped as `{"session_id":"…","object":{…}}`.
  ///
  /// - Parameter position: 0 in the first call, then the result of the previous call.
  /// - Returns: `next` is nil at the end.
  func lines(_ resource: SandboxResource, from position: Int) throws -> (bytes: [UInt8], next: Int?) {
    var bytes: [UInt8] = []
    var position = position
    while position < sessions.count, bytes.count < 256 * 1_024 {
      let record = sessions[position]
      position += 1
      if record.isDeleted { continue }
      let parts: [[UInt8]]
      switch resource {
      case .sessionMessages:
        parts = (0..<record.thread.end).filter(record.thread.isAlive).map {
          record.thread.bytes($0, session: record.id, texts: texts)
        }
      case .sessionAttachments: parts = try record.attachmentRows()
      default:
        bytes += record.bytes(of: resource) + [UInt8(ascii: "\n")]
        continue
      }
      for part in parts { bytes += Array("{\"session_id\":\"\(record.id)\",\"object\":".utf8) + part + Array("}\n".utf8) }
    }
    return (bytes, position < sessions.count ? position : nil)
  }
}

extension SandboxScenario {
  /// The ids of the objects that an organization has initially, without those that only the enterprise has.
  fileprivate func ids(of resource: SandboxResource, _ prefix: Substring, _ number: Int, _ seed: UInt64?) -> [String] {
    (0..<(resource.count(in: self) ?? 0)).filter { place in
      number == 0 || Template.all[resource.rawValue]?.isShared(place + number) != true
    }.map { Template.id(prefix, number, $0, seed: seed ?? self.seed) }
  }
}
