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
    if resource.declaration.lifetime != .request { made[resource] = (stamp, rows) }
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
      switch resource.declaration.lifetime {
      case .second: now
      case .day: Self.billingDay(now)
      case .session: sessionRevision
      case .edit, .request: 0
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
        guard var change = changes[row.id] else { return row }
        // The events of one session are numbered otherwise than those of all.
        change?.ordinal = row.ordinal
        return change
      }
    }
    return rows + (inserted[resource] ?? [])
  }

  private mutating func unedited(_ resource: SandboxResource, _ extent: Extent) throws -> [EnterpriseRow] {
    let numbers =
      switch extent {
      case .all: organizationIDs.indices
      case .enterprise: 0..<0
      case .organization(let number): number..<number + 1
      }
    func each(_ shared: Int, _ make: (inout Enterprise, Int) throws -> [EnterpriseRow]) throws -> [EnterpriseRow] {
      var rows = Self.numbered(made(resource, shared, nil, shared: true), from: 0)
      for number in numbers { rows += Self.numbered(try make(&self, number), from: (number + 1) << 32) }
      return rows
    }
    switch resource.declaration.rows {
    case .kept: return []
    case .template(let first, let others, let shared):
      return try each(shared) { $0.made(resource, $1 == 0 ? first : others, $1) }
    case .once(let count): return Self.numbered(made(resource, count, nil), from: 0)
    case .each(let make): return try each(0) { try make(&$0, resource, $1) }
    case .whole(let make): return Self.numbered(try make(&self, resource), from: 0)
    }
  }

  /// Rows by the kind's template.
  ///
  /// - Parameter organization: its number; nil: of the enterprise.
  func made(_ resource: SandboxResource, _ count: Int, _ organization: Int?, shared: Bool = false) -> [EnterpriseRow] {
    guard count > 0, let template = Template.all[resource.rawValue + (shared ? " shared" : "")] else { return [] }
    return (0..<count).map { number in
      var row = template.row(resource, filling(resource, number, organization))
      if resource.scopeColumns.contains("org_id") { row.scope["org_id"] = .text(organization.map { organizationIDs[$0] }) }
      return row
    }
  }

  /// The enterprise's own folders of notes.
  func sharedFolders() -> [EnterpriseRow] { made(.knowledgeFolders, 2, nil, shared: true) }

  /// What the placeholders of a row are filled in with.
  private func filling(_ resource: SandboxResource, _ number: Int, _ organization: Int?) -> Template.Row {
    let place = UInt64(Self.slot(organization, number))
    // The same for all kinds, so that a profile and its guidance agree.
    var moment = RandomStream(seed: scenario.seed, salt: place)
    let sessions = self[organization: organization ?? 0]
    return Template.Row(
      n: number, organization: organization, organizationIDs: organizationIDs,
      // Sessions made later by edits and news do not change what was found.
      sessions: Array(sessions.sessions.prefix(min(4, max(0, sessions.scenario.sessions)))), seed: scenario.seed,
      startsAt: scenario.startsAt,
      time: scenario.startsAt - moment.number(in: 1...200) * Self.day + moment.below(Self.day),
      random: RandomStream(seed: scenario.seed, salt: resource.rawValue.utf8.reduce(place) { RandomStream.mix($0 ^ UInt64($1)) }))
  }

  private static func numbered(_ rows: [EnterpriseRow], from first: Int) -> [EnterpriseRow] {
    var rows = rows
    for index in rows.indices { rows[index].ordinal = first + index }
    return rows
  }

  /// What an id is made from: no two of one kind share a number, whatever organization they are of. 100 of each at most.
  static func slot(_ organization: Int?, _ index: Int) -> Int {
    // The enterprise's own rows have the place of the 77th organization, and all from there on that of the next one.
    let place = organization.map { $0 < 77 ? $0 : $0 + 1 } ?? 77
    return place * 100 + index
  }
}
