/// All organizations of one owner, and what belongs to none of them.
struct Enterprise: Sendable {
  /// The organization whose key it is, and whose clock is everyone's.
  var organization: Organization
  /// The further ones, by the scenario's order.
  var others: [Organization] = []
  /// Rows made when they are first asked for, and when: what the clock or sessions change is made anew after a change.
  private var made: [SandboxResource: (stamp: [Int], rows: [EnterpriseRow])] = [:]
  /// How many edits there were.
  private var edits = 0
  /// What edits did to rows, by id; nil: deleted.
  private var changes: [SandboxResource: [String: EnterpriseRow?]] = [:]
  private var inserted: [SandboxResource: [EnterpriseRow]] = [:]

  var scenario: SandboxScenario { organization.scenario }
  var now: Int { organization.now }
  var organizationIDs: [String] { [scenario.organizationID] + scenario.moreOrganizations }

  init(_ scenario: SandboxScenario) throws {
    organization = try Organization(scenario)
    for (number, id) in scenario.moreOrganizations.enumerated() {
      var smaller = scenario
      smaller.organizationID = id
      smaller.seed = RandomStream.mix(scenario.seed &+ UInt64(number) &+ 0x0e47)
      smaller.sessions = scenario.sessions / 3
      smaller.messagesPerSession = scenario.messagesPerSession / 2
      smaller.playbooks = scenario.playbooks / 2
      smaller.notes = scenario.notes / 3
      smaller.folders = scenario.folders / 2
      smaller.secrets = scenario.secrets / 2
      smaller.schedules = scenario.schedules / 2
      others.append(try Organization(smaller, sharing: false))
    }
  }

  /// The number of an organization, 0 being the key's own.
  func number(of id: String) -> Int? { organizationIDs.firstIndex(of: id) }

  subscript(organization number: Int) -> Organization {
    get { number == 0 ? organization : others[number - 1] }
    _modify { if number == 0 { yield &organization } else { yield &others[number - 1] } }
  }

  /// The rows of a kind in the order in which they are listed.
  mutating func rows(_ resource: SandboxResource) throws -> [EnterpriseRow] {
    var rows = edited(try unedited(resource), resource)
    if resource.isNewestFirst {
      rows.sort { $0.createdAt == $1.createdAt ? $0.id < $1.id : $0.createdAt > $1.createdAt }
    }
    return rows
  }

  /// The events of one session, which are not made for all others.
  func events(_ resource: SandboxResource, of session: String, organization number: Int) -> [EnterpriseRow]? {
    guard let place = self[organization: number].place(session) else { return nil }
    var rows = Self.events(resource, self[organization: number].sessions[place], place, organizationIDs[number])
    for index in rows.indices { rows[index].ordinal = index }
    return edited(rows, resource)
  }

  private func edited(_ rows: [EnterpriseRow], _ resource: SandboxResource) -> [EnterpriseRow] {
    var rows = rows
    if let changes = changes[resource] {
      rows = rows.compactMap { row in
        guard let change = changes[row.id] else { return row }
        return change
      }
    }
    return rows + (inserted[resource] ?? [])
  }

  private mutating func unedited(_ resource: SandboxResource) throws -> [EnterpriseRow] {
    let stamp = resource.moves ? [now, edits] + organizationIDs.indices.map { self[organization: $0].sessionRevision } : []
    if let made = made[resource], made.stamp == stamp { return made.rows }
    var rows: [EnterpriseRow] =
      switch resource {
      case .sessionEvents, .sessionEventDetails: try sessionEvents(resource)
      case .pullRequestReviews: try pullRequestReviews()
      case .dailyConsumption, .userDailyConsumption, .serviceUserDailyConsumption, .sessionDailyConsumption,
        .enterpriseDailyConsumption:
        try consumption(resource)
      case .auditLogs, .guardrailViolations: history(resource)
      default: still(resource)
      }
    for index in rows.indices { rows[index].ordinal = index }
    if resource != .sessionEvents, resource != .sessionEventDetails { made[resource] = (stamp, rows) }
    return rows
  }

  // MARK: Edits

  mutating func edit(_ edit: SandboxEdit) throws -> SandboxEditResult {
    edits += 1
    guard !SandboxResource.further.contains(edit.resource) else { return SandboxEditResult(try editRow(edit)) }
    guard let number = edit.organization.map({ number(of: $0) }) ?? 0 else {
      throw SandboxControlError("no organization \(edit.organization ?? "")")
    }
    if number > 0 { others[number - 1].now = now }
    return try self[organization: number].edit(edit)
  }

  private mutating func editRow(_ edit: SandboxEdit) throws -> [String] {
    if edit.operation == .create { return [try insert(edit)] }
    guard let id = edit.id else { throw SandboxControlError("\(edit.operation.rawValue) needs an id") }
    if edit.operation == .restore {
      guard case .some(.none) = changes[edit.resource]?[id] else {
        throw SandboxControlError("no \(edit.resource.rawValue) \(id) to restore")
      }
      changes[edit.resource]?[id] = nil
      return [id]
    }
    guard var row = try rows(edit.resource).first(where: { $0.id == id }) else {
      throw SandboxControlError("no \(edit.resource.rawValue) \(id)")
    }
    let place = inserted[edit.resource]?.firstIndex { $0.id == id }
    switch edit.operation {
    case .delete:
      if let place {
        inserted[edit.resource]?.remove(at: place)
      } else {
        changes[edit.resource, default: [:]].updateValue(nil, forKey: id)
      }
    case .update:
      if edit.touch, row.object["updated_at"]?.integer != nil { row.object["updated_at"] = .int(now) }
      row.object.merge(edit.set) { $1 }
      row.scope.merge(edit.scope) { $1 }
      if let place {
        inserted[edit.resource]?[place] = row
      } else {
        changes[edit.resource, default: [:]].updateValue(row, forKey: id)
      }
    default:
      throw SandboxControlError("\(edit.resource.rawValue) knows no \(edit.operation.rawValue)")
    }
    return [id]
  }

  private mutating func insert(_ edit: SandboxEdit) throws -> String {
    var row = EnterpriseRow(edit.resource, edit.scope, edit.set)
    if edit.resource.scopeColumns.contains("org_id"), row.scope["org_id"] == nil {
      row.scope["org_id"] = .string(edit.organization ?? scenario.organizationID)
    }
    let rows = try rows(edit.resource)
    guard !rows.contains(where: { $0.id == row.id }) else {
      throw SandboxControlError("there is a \(edit.resource.rawValue) \(row.id) already")
    }
    row.ordinal = (rows.map(\.ordinal).max() ?? -1) + 1_000_000
    inserted[edit.resource, default: []].append(row)
    return row.id
  }

  // MARK: Dump

  /// Whether the key may find a row at all, were it to have every permission.
  private func reaches(_ row: EnterpriseRow) -> Bool {
    if scenario.principal == .enterpriseServiceUser { return true }
    guard row.resource.isOfOrganizations else { return false }
    if let organization = row.organization { return organization == scenario.organizationID }
    return row.resource == .codeScanProfiles || row.resource == .codeScanProfileGuidance
  }

  /// Some of the living objects of a kind, one JSON line each; see `Organization.lines`. An enterprise's key is told of
  /// every organization, any other of its own.
  mutating func lines(_ resource: SandboxResource, from position: Int) throws -> (bytes: [UInt8], next: Int?) {
    if SandboxResource.further.contains(resource) {
      var bytes: [UInt8] = []
      for row in try rows(resource) where reaches(row) { bytes += try row.line() + [UInt8(ascii: "\n")] }
      return (bytes, nil)
    }
    guard scenario.principal == .enterpriseServiceUser, resource != .credential else {
      return organization.lines(resource, from: position)
    }
    // The number of the organization is kept in the high bits.
    let (number, place) = (position >> 40, position & (1 << 40 - 1))
    var (bytes, next) = self[organization: number].lines(resource, from: place)
    if let next { return (bytes, number << 40 | next) }
    if number < others.count { return (bytes, (number + 1) << 40) }
    if resource == .knowledgeFolders {
      for folder in enterpriseFolders() { bytes += try JSONBytes.encode(folder) + [UInt8(ascii: "\n")] }
    }
    return (bytes, nil)
  }
}

extension SandboxResource {
  /// Whether the list begins with the row of the greatest `created_at`.
  var isNewestFirst: Bool {
    switch self {
    case .automations, .codeScans, .codeScanFindings, .codeScanProfiles, .auditLogs, .guardrailViolations: true
    default: false
    }
  }

  /// Whether the clock or the sessions change the rows.
  fileprivate var moves: Bool {
    switch self {
    case .sessionEvents, .sessionEventDetails, .pullRequestReviews, .dailyConsumption, .userDailyConsumption,
      .serviceUserDailyConsumption, .sessionDailyConsumption, .enterpriseDailyConsumption, .auditLogs,
      .guardrailViolations:
      true
    default: false
    }
  }
}
