/// The rows of a kind, made when they are asked for.
extension Enterprise {
  /// Which rows of a kind a request is about. Only those are made: with hundreds of organizations the others are many.
  enum Extent: Hashable {
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
    let extent = resource.isOfEachOrganization && !moved.contains(resource) ? extent : .all
    let (stamp, key) = (stamp(resource), MadeKey(resource: resource, extent: extent))
    if let made = made[key], made.stamp == stamp { return made.rows }
    var rows = edited(try unedited(resource, extent), resource)
    if resource.isNewestFirst { rows.sort { $0.createdAt == $1.createdAt ? $0.id < $1.id : $0.createdAt > $1.createdAt } }
    if resource == .knowledgeFolders { try countNotes(&rows, extent) }
    // The lists of hundreds of organizations would be too many.
    guard resource.declaration.lifetime != .request, extent == .all || organizationIDs.count <= 20 else { return rows }
    for index in rows.indices { try rows[index].encode() }
    made[key] = (stamp, rows)
    return rows
  }

  /// Brings the counts of folders up to date with the notes.
  private mutating func countNotes(_ folders: inout [EnterpriseRow], _ extent: Extent) throws {
    let counts = Dictionary(grouping: try rows(.knowledgeNotes, extent).compactMap { $0.object["folder_id"]?.text }) { $0 }
    for index in folders.indices { folders[index].object["note_count"] = .int(counts[folders[index].id]?.count ?? 0) }
  }

  /// Notes of an organization in no folder.
  mutating func rootNoteCount(_ number: Int) throws -> Int {
    try rows(.knowledgeNotes, .organization(number)).count { row in
      row.object["folder_id"]?.text == nil && (number == 0 || row.organization == organizationIDs[number])
    }
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

  private func edited(_ rows: [EnterpriseRow], _ resource: SandboxResource) -> [EnterpriseRow] {
    let rows = rows + (inserted[resource] ?? [])
    guard let changes = changes[resource] else { return rows }
    return rows.compactMap { row in
      guard let change = changes[row.id] else { return row }
      guard !change.isDeleted else { return nil }
      var changed = change.row ?? row
      // The events of one session are numbered otherwise than those of all.
      changed.ordinal = row.ordinal
      return changed
    }
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
    case .scenario(_, let shared):
      var rows = try each(shared) { $0.begun(resource, $1) }
      // What the first organization shares is in the list of each.
      if case .organization(let number) = extent, number > 0 {
        rows = Self.numbered(begun(resource, 0), from: 1 << 32).filter { $0.organization == nil } + rows
      }
      return rows
    case .template(let first, let others, let shared): return try each(shared) { $0.made(resource, $1 == 0 ? first : others, $1) }
    case .once(let count): return Self.numbered(made(resource, count, nil), from: 0)
    case .each(let make): return try each(0) { try make(&$0, resource, $1) }
    case .whole(let make): return Self.numbered(try make(&self, resource), from: 0)
    }
  }

  /// What an organization begins with, by its scenario.
  private func begun(_ resource: SandboxResource, _ number: Int) -> [EnterpriseRow] {
    let rows = made(resource, resource.count(in: self[organization: number].scenario) ?? 0, number)
    return rows.filter { number == 0 || !$0.isShared }
  }

  /// Rows by the kind's template.
  ///
  /// - Parameter organization: its number; nil: of the enterprise.
  func made(_ resource: SandboxResource, _ count: Int, _ organization: Int?, shared: Bool = false) -> [EnterpriseRow] {
    guard count > 0, let template = Template.all[resource.rawValue + (shared ? " shared" : "")] else { return [] }
    return (0..<count).map { one(template, resource, $0, organization) }
  }

  /// One object more, which begins now, and which an organization has for its own.
  func grown(_ resource: SandboxResource, _ number: Int, _ organization: Int) throws -> EnterpriseRow {
    guard let template = Template.all[resource.rawValue] else { throw SandboxControlError("no template of \(resource.rawValue)") }
    var row = one(template, resource, number, organization, bornAt: now)
    if organization > 0, row.isShared {
      row.object["access_type"] = "org"
      row.object["org_id"] = .string(organizationIDs[organization])
    }
    return row
  }

  private func one(_ template: Template, _ resource: SandboxResource, _ number: Int, _ organization: Int?, bornAt: Int? = nil)
    -> EnterpriseRow
  {
    var row = template.row(resource, filling(resource, number, organization, bornAt: bornAt))
    // A secret and a folder do not say whose they are, and neither does the dump.
    let isSilent = resource.count(in: scenario) != nil && row.object["org_id"] == nil
    if isSilent || resource.scopeColumns.contains("org_id") {
      row.scope["org_id"] = .text(organization.map { organizationIDs[$0] })
    }
    return row
  }

  /// What the placeholders of a row are filled in with.
  private func filling(_ resource: SandboxResource, _ number: Int, _ organization: Int?, bornAt: Int?) -> Template.Row {
    let place = UInt64(Self.slot(organization, number))
    // The same for all kinds, so that a profile and its guidance agree.
    var moment = RandomStream(seed: scenario.seed, salt: place)
    let sessions = self[organization: organization ?? 0]
    return Template.Row(
      n: number, organization: organization, organizationIDs: organizationIDs,
      // Sessions made later by edits and news do not change what was found.
      sessionIDs: sessions.sessions.prefix(min(4, max(0, sessions.scenario.sessions))).map(\.id), seed: scenario.seed,
      startsAt: scenario.startsAt, folders: sessions.scenario.folders,
      time: bornAt ?? scenario.startsAt - moment.number(in: 1...200) * Self.day + moment.below(Self.day),
      random: RandomStream(seed: scenario.seed, salt: resource.rawValue.utf8.reduce(place) { RandomStream.mix($0 ^ UInt64($1)) }))
  }

  private static func numbered(_ rows: [EnterpriseRow], from first: Int) -> [EnterpriseRow] {
    var rows = rows
    for index in rows.indices { rows[index].ordinal = first + index }
    return rows
  }

  /// What an id is made from: no two of one kind share a number, whatever organization they are of.
  static func slot(_ organization: Int?, _ index: Int) -> Int { (organization.map { $0 + 1 } ?? 0) << 32 + index }
}

/// One of the lists that are kept: see `SandboxResource.Lifetime`.
struct MadeKey: Hashable, Sendable {
  let resource: SandboxResource
  let extent: Enterprise.Extent
}

/// What edits did to a row.
struct RowChange: Sendable {
  /// Nil: it is as it was made.
  var row: EnterpriseRow?
  var isDeleted = false
}
