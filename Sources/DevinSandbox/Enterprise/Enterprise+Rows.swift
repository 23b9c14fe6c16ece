/// The rows of a kind, made when they are asked for.
extension Enterprise {
  /// Which rows of a kind a request is about. Only those are made: with hundreds of organizations the others are many.
  enum Extent {
    case all
    /// Those that belong to no organization.
    case enterprise
    /// Those of an organization, by its number, and those that belong to none.
    case organization(Int)
  }

  /// What a list was made from; another stamp, another list.
  struct Stamp: Equatable {
    let edits: Int
    /// The clock or the count of changes to sessions, where the rows depend on it.
    let moving: Int
  }

  /// The rows of a kind in the order in which they are listed. There may be more of them than `extent` says.
  mutating func rows(_ resource: SandboxResource, _ extent: Extent = .all) throws -> [EnterpriseRow] {
    if resource.isOfEachOrganization, !moved.contains(resource) {
      if case .all = extent {} else { return sorted(edited(try unedited(resource, extent), resource), resource) }
    }
    let stamp = stamp(resource)
    if let made = made[resource], made.stamp == stamp { return made.rows }
    let rows = sorted(edited(try unedited(resource, .all), resource), resource)
    if resource.isKept { made[resource] = (stamp, rows) }
    return rows
  }

  /// The events of one session, which are not made for all others.
  func events(_ resource: SandboxResource, of session: String, organization number: Int) -> [EnterpriseRow]? {
    guard let place = self[organization: number].place(session) else { return nil }
    let rows = Self.events(resource, self[organization: number].sessions[place], place, organizationIDs[number])
    return edited(Self.numbered(rows, from: 0), resource)
  }

  private func stamp(_ resource: SandboxResource) -> Stamp {
    let moving =
      switch resource {
      case .auditLogs, .guardrailViolations: now
      case .billingCycles: Self.billingDay(now)
      case .pullRequestReviews: sessionRevision
      default: 0
      }
    return Stamp(edits: edits, moving: moving)
  }

  private func sorted(_ rows: [EnterpriseRow], _ resource: SandboxResource) -> [EnterpriseRow] {
    guard resource.isNewestFirst else { return rows }
    return rows.sorted { $0.createdAt == $1.createdAt ? $0.id < $1.id : $0.createdAt > $1.createdAt }
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

  private mutating func unedited(_ resource: SandboxResource, _ extent: Extent) throws -> [EnterpriseRow] {
    guard resource.isOfEachOrganization else { return Self.numbered(try whole(resource), from: 0) }
    let numbers =
      switch extent {
      case .all: organizationIDs.indices
      case .enterprise: 0..<0
      case .organization(let number): number..<number + 1
      }
    var rows = Self.numbered(shared(resource), from: 0)
    for number in numbers { rows += Self.numbered(try part(resource, number), from: (number + 1) << 32) }
    return rows
  }

  private static func numbered(_ rows: [EnterpriseRow], from first: Int) -> [EnterpriseRow] {
    var rows = rows
    for index in rows.indices { rows[index].ordinal = first + index }
    return rows
  }

  /// The rows of one organization.
  private mutating func part(_ resource: SandboxResource, _ number: Int) throws -> [EnterpriseRow] {
    switch resource {
    case .sessionEvents, .sessionEventDetails: sessionEvents(resource, number)
    case .dailyConsumption, .userDailyConsumption, .serviceUserDailyConsumption, .sessionDailyConsumption:
      try consumption(resource, number)
    case .organizationMembers, .organizationIdpMembers, .organizationServiceUsers, .organizationIdpGroups:
      members(resource, number)
    case .repositories, .indexedRepositories, .gitPermissions: repositories(resource, number)
    case .codeScans, .codeScanFindings: codeScans(resource, number)
    case .codeScanProfiles, .codeScanProfileGuidance: codeScanProfiles(resource, number)
    case .blueprints, .blueprintFiles, .blueprintContents: blueprints(resource, number)
    case .snapshotBuilds, .snapshotBuildLogs: snapshotBuilds(resource, number)
    case .automations, .automationSchemas, .automationTemplates: automations(resource, number)
    case .searches: searches(number)
    case .allowedTags, .defaultTags: tags(resource, number)
    case .defaultPlatforms: [defaultPlatform(number)]
    case .knowledgeSkills: skills(number)
    default: []
    }
  }

  /// The rows that belong to no organization, of a kind that organizations have too.
  private func shared(_ resource: SandboxResource) -> [EnterpriseRow] {
    switch resource {
    case .codeScanProfiles, .codeScanProfileGuidance: codeScanProfiles(resource, nil)
    case .blueprints, .blueprintFiles, .blueprintContents: blueprints(resource, nil)
    default: []
    }
  }

  /// All rows of a kind that is not made by organization.
  private mutating func whole(_ resource: SandboxResource) throws -> [EnterpriseRow] {
    switch resource {
    case .pullRequestReviews: pullRequestReviews()
    case .enterpriseDailyConsumption: try enterpriseConsumption()
    case .auditLogs, .guardrailViolations: history(resource)
    case .users, .idpUsers, .serviceUsers, .serviceUserAPIKeys, .idpGroups, .registeredIdpGroups, .roles, .rolePermissions:
      people(resource)
    case .gitConnections, .gitConnectionRepositories: connections(resource)
    case .localAgentLimits, .userLimits, .defaultUserLimits, .organizationLimits: limits(resource)
    default: settings(resource)
    }
  }

  /// A stream of its own for everything of one kind in one organization.
  func random(_ resource: SandboxResource, _ number: Int) -> RandomStream {
    let salt = resource.rawValue.utf8.reduce(UInt64(number)) { RandomStream.mix($0 ^ UInt64($1)) }
    return RandomStream(seed: scenario.seed, salt: salt)
  }

  /// What an id is made from: no two of one kind share a number, whatever organization they are of. 100 of each at most.
  static func slot(_ organization: Int?, _ index: Int) -> Int {
    // The enterprise's own rows have the place of the 77th organization, and all from there on that of the next one.
    let place = organization.map { $0 < 77 ? $0 : $0 + 1 } ?? 77
    return place * 100 + index
  }

  /// A time before the clock starts.
  func moment(_ random: inout RandomStream, days: ClosedRange<Int> = 1...300) -> Int {
    scenario.startsAt - random.number(in: days) * Self.day + random.below(Self.day)
  }

  func scope(_ number: Int?) -> JSONObject { ["org_id": .text(number.map { organizationIDs[$0] })] }
}

extension SandboxResource {
  /// Whether the list begins with the row of the greatest `created_at`.
  var isNewestFirst: Bool {
    switch self {
    case .automations, .codeScans, .codeScanFindings, .codeScanProfiles, .auditLogs, .guardrailViolations: true
    default: false
    }
  }

  /// Whether the rows are made organization by organization.
  fileprivate var isOfEachOrganization: Bool {
    switch self {
    case .sessionEvents, .sessionEventDetails, .dailyConsumption, .userDailyConsumption, .serviceUserDailyConsumption,
      .sessionDailyConsumption, .organizationMembers, .organizationIdpMembers, .organizationServiceUsers,
      .organizationIdpGroups, .repositories, .indexedRepositories, .gitPermissions, .codeScans, .codeScanFindings,
      .codeScanProfiles, .codeScanProfileGuidance, .blueprints, .blueprintFiles, .blueprintContents, .snapshotBuilds,
      .snapshotBuildLogs, .automations, .automationSchemas, .automationTemplates, .searches, .allowedTags, .defaultTags,
      .defaultPlatforms, .knowledgeSkills:
      true
    default: false
    }
  }

  /// Whether the list of all rows is kept. The others change all the time, or are too large together.
  fileprivate var isKept: Bool {
    switch self {
    case .sessionEvents, .sessionEventDetails, .dailyConsumption, .userDailyConsumption, .serviceUserDailyConsumption,
      .sessionDailyConsumption, .enterpriseDailyConsumption:
      false
    default: true
    }
  }
}
