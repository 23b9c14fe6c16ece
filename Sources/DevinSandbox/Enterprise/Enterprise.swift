/// All organizations of one enterprise, and objects that belong to none of them.
struct Enterprise: Sendable {
  /// The organization that the key belongs to, whose clock all organizations use.
  var organization: Organization
  /// The other organizations, in the scenario's order.
  var others: [Organization] = []
  /// Ids by number; number 0 is the key's own organization.
  let organizationIDs: [String]
  private let numbers: [String: Int]
  /// Cached lists of all rows of a kind, valid until the state that they were created from changes.
  var made: [ListKey: (stamp: [Int], rows: [EnterpriseRow])] = [:]
  /// The results of the last few queries for sessions, so that the pages of one walk do not each scan every session.
  var foundSessions: [String: (revision: Int, found: [SessionPlace])] = [:]
  /// The number of edits.
  var edits = 0
  /// Changes of rows by edits, by id.
  var changes: [SandboxResource: [String: RowChange]] = [:]
  var inserted: [SandboxResource: [EnterpriseRow]] = [:]
  /// Kinds with a row that an edit moved to another organization.
  var moved: Set<SandboxResource> = []

  /// Analyses that requests asked for, and the Unix seconds at which they are finished.
  var analysesDue: [(organization: Int, session: String, time: Int)] = []

  var scenario: SandboxScenario { organization.scenario }
  var now: Int { organization.now }

  init(_ scenario: SandboxScenario) throws {
    organizationIDs = [scenario.organizationID] + scenario.moreOrganizations
    numbers = Dictionary(zip(organizationIDs, organizationIDs.indices)) { first, _ in first }
    organization = try Organization(scenario)
    others.reserveCapacity(scenario.moreOrganizations.count)
    for number in scenario.moreOrganizations.indices {
      others.append(try Organization(scenario.further(number), number: number + 1, like: organization))
    }
  }

  /// The number of an organization; 0 is the key's own.
  func number(of id: String) -> Int? { numbers[id] }

  /// The numbers of the organizations in a query, in order; if it names none, of all.
  func numbers(of ids: [String]) -> [Int] {
    ids.isEmpty ? Array(organizationIDs.indices) : Set(ids.compactMap { numbers[$0] }).sorted()
  }

  /// The number of the organization that has a session, by the session's id.
  func number(ofSession id: String) -> Int? { organizationIDs.indices.first { self[organization: $0].place(id) != nil } }

  subscript(organization number: Int) -> Organization {
    _read { if number == 0 { yield organization } else { yield others[number - 1] } }
    _modify { if number == 0 { yield &organization } else { yield &others[number - 1] } }
  }

  /// The number of sessions in all organizations that are not deleted.
  var sessionCount: Int { organizationIDs.indices.reduce(0) { $0 + self[organization: $1].order.count } }

  /// What `GET /v3/self` returns.
  mutating func credential() throws -> JSONObject { try rows(.credential).first?.object ?? [:] }

  /// The number of changes to sessions in all organizations.
  var sessionRevision: Int { organizationIDs.indices.reduce(0) { $0 + self[organization: $1].sessionRevision } }

  // MARK: Dump

  /// Whether the key could read a row if it had every permission.
  private func reaches(_ row: EnterpriseRow) -> Bool {
    if scenario.principal == .enterpriseServiceUser { return true }
    guard row.resource.isOfOrganizations else { return false }
    return row.organization.map { $0 == scenario.organizationID } ?? (row.resource.unowned == .all)
  }

  /// Some of the objects of a kind that are not deleted, one JSON line each; see `Organization.lines`. For an enterprise key, these are
  /// objects of every organization, for any other key those of its own.
  mutating func lines(_ resource: SandboxResource, from position: Int) throws -> (bytes: [UInt8], next: Int?) {
    if !resource.isKept {
      var bytes: [UInt8] = []
      for row in try rows(resource) where reaches(row) { bytes += try row.line() + [UInt8(ascii: "\n")] }
      return (bytes, nil)
    }
    // The high bits contain the number of the organization.
    let (number, place) = (position >> 40, position & (1 << 40 - 1))
    let (bytes, next) = try self[organization: number].lines(resource, from: place)
    if let next { return (bytes, number << 40 | next) }
    let isLast = number == others.count || scenario.principal != .enterpriseServiceUser
    return (bytes, isLast ? nil : (number + 1) << 40)
  }
}

extension SandboxScenario {
  /// The answer to `GET /v3/self`.
  var credential: JSONObject {
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

  /// The scenario of one of the further organizations.
  fileprivate func further(_ number: Int) -> SandboxScenario {
    var further = self
    further.organizationID = moreOrganizations[number]
    further.seed = RandomStream.mix(seed &+ UInt64(number) &+ 0x0e47)
    if !evenSessions {
      further.sessions = sessions / 3
      further.messagesPerSession = messagesPerSession / 2
    }
    further.playbooks = playbooks / 2
    further.notes = notes / 3
    further.folders = folders / 2
    further.secrets = secrets / 2
    further.schedules = schedules / 2
    return further
  }
}
