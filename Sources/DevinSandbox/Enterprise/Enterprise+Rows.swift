/// The rows of a kind, created on request.
extension Enterprise {
  /// Which rows of a kind a request needs. Only those are created, since with hundreds of organizations there are many others.
  enum Extent: Hashable {
    case all
    /// Rows that belong to no organization.
    case enterprise
    /// Rows of the organization with this number, and rows that belong to none.
    case organization(Int)
  }

  /// Identifies a cached list.
  struct ListKey: Hashable {
    let resource: SandboxResource
    let extent: Extent
  }

  /// The rows of a kind in list order. They may include more than `extent`.
  mutating func rows(_ resource: SandboxResource, _ extent: Extent = .all) throws -> [EnterpriseRow] {
    let extent = resource.isOfEachOrganization && !moved.contains(resource) ? extent : .all
    let (stamp, key) = (stamp(resource), ListKey(resource: resource, extent: extent))
    if let made = made[key], made.stamp == stamp { return made.rows }
    var rows = edited(try unedited(resource, extent), resource)
    if resource.isNewestFirst { rows.sort { $0.createdAt == $1.createdAt ? $0.id < $1.id : $0.createdAt > $1.createdAt } }
    if resource == .knowledgeFolders { try countNotes(&rows, extent) }
    // Caching the lists of hundreds of organizations would take too much memory.
    guard resource.lifetime != .request, extent == .all || organizationIDs.count <= 20 else { return rows }
    for index in rows.indices { try rows[index].encode() }
    made[key] = (stamp, rows)
    return rows
  }

  /// Updates the counts of folders from the notes.
  private mutating func countNotes(_ folders: inout [EnterpriseRow], _ extent: Extent) throws {
    let counts = Dictionary(grouping: try rows(.knowledgeNotes, extent).compactMap { $0.object["folder_id"]?.text }) { $0 }
    for index in folders.indices { folders[index].object["note_count"] = .int(counts[folders[index].id]?.count ?? 0) }
  }

  /// The number of an organization's notes that are in no folder.
  mutating func rootNoteCount(_ number: Int) throws -> Int {
    try rows(.knowledgeNotes, .organization(number)).count { row in
      row.object["folder_id"]?.text == nil && (number == 0 || row.organization == organizationIDs[number])
    }
  }

  /// The events of one session, without creating those of others.
  func events(_ resource: SandboxResource, of session: String, organization number: Int) -> [EnterpriseRow]? {
    guard let place = self[organization: number].place(session) else { return nil }
    let rows = Self.events(resource, self[organization: number].sessions[place], place, organizationIDs[number])
    return edited(Self.numbered(rows, from: 0), resource)
  }

  /// The state from which a list is created: a different one means a different list.
  private func stamp(_ resource: SandboxResource) -> [Int] {
    [edits, resource.lifetime == .session ? sessionRevision : 0, resource.lifetime == .second ? now : 0]
  }

  private func edited(_ rows: [EnterpriseRow], _ resource: SandboxResource) -> [EnterpriseRow] {
    let rows = rows + (inserted[resource] ?? [])
    guard let changes = changes[resource] else { return rows }
    return rows.compactMap { row in
      guard let change = changes[row.id] else { return row }
      guard !change.isDeleted else { return nil }
      var changed = change.row ?? row
      // The events of one session are numbered differently from those of all sessions.
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
    func each(_ make: (inout Enterprise, Int) throws -> [EnterpriseRow]) throws -> [EnterpriseRow] {
      var rows = Self.numbered(made(resource, resource.sharedCount, nil, shared: true), from: 0)
      for number in numbers { rows += Self.numbered(try make(&self, number), from: (number + 1) << 32) }
      return rows
    }
    switch resource.rows {
    case .kept: return []
    case .scenario:
      var rows = try each { $0.begun(resource, $1) }
      // Rows that the first organization shares are in the list of every organization.
      if case .organization(let number) = extent, number > 0 {
        rows = Self.numbered(begun(resource, 0), from: 1 << 32).filter { $0.organization == nil } + rows
      }
      return rows
    case .template(let first, let others): return try each { $0.made(resource, $1 == 0 ? first : others, $1) }
    case .once(let count): return Self.numbered(made(resource, count, nil), from: 0)
    case .each(let make): return try each { try make(&$0, resource, $1) }
    case .whole(let make): return Self.numbered(try make(&self, resource), from: 0)
    }
  }

  /// The initial rows of an organization, according to its scenario.
  private func begun(_ resource: SandboxResource, _ number: Int) -> [EnterpriseRow] {
    let rows = made(resource, resource.count(in: self[organization: number].scenario) ?? 0, number)
    return rows.filter { number == 0 || !$0.isShared }
  }

  /// Rows created from the kind's template.
  ///
  /// - Parameter organization: its number; nil: the enterprise.
  func made(_ resource: SandboxResource, _ count: Int, _ organization: Int?, shared: Bool = false) -> [EnterpriseRow] {
    guard count > 0, let template = Template.all[resource.rawValue + (shared ? " shared" : "")] else { return [] }
    return (0..<count).map { one(template, resource, $0, organization) }
  }

  /// An additional object, created now, that belongs to an organization alone.
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
    // A secret or a folder does not name its organization, and neither does the dump.
    let isSilent = resource.count(in: scenario) != nil && row.object["org_id"] == nil
    if isSilent || resource.scopeColumns.contains("org_id") {
      row.scope["org_id"] = .text(organization.map { organizationIDs[$0] })
    }
    return row
  }

  /// The values for the placeholders of a row.
  private func filling(_ resource: SandboxResource, _ number: Int, _ organization: Int?, bornAt: Int?) -> Template.Row {
    let place = UInt64(Self.slot(organization, number))
    // The same for all kinds, so that related objects such as a profile and its guidance match.
    var moment = RandomStream(seed: scenario.seed, salt: place)
    let sessions = self[organization: organization ?? 0]
    return Template.Row(
      n: number, organization: organization, organizationIDs: organizationIDs,
      // Sessions created later by edits and news must not change earlier findings.
      sessionIDs: sessions.sessions.prefix(min(4, max(0, sessions.scenario.sessions))).map(\.id), seed: scenario.seed,
      startsAt: scenario.startsAt, folders: sessions.scenario.folders,
      time: bornAt ?? scenario.startsAt - moment.number(in: 1...200) * Self.day + moment.below(Self.day),
      random: RandomStream(seed: scenario.seed, salt: RandomStream.mix(resource.rawValue.utf8, from: place)))
  }

  private static func numbered(_ rows: [EnterpriseRow], from first: Int) -> [EnterpriseRow] {
    var rows = rows
    for index in rows.indices { rows[index].ordinal = first + index }
    return rows
  }

  /// The number from which an id is generated; it is unique within a kind, over all organizations.
  static func slot(_ organization: Int?, _ index: Int) -> Int { (organization.map { $0 + 1 } ?? 0) << 32 + index }
}

/// The edits of a row.
struct RowChange: Sendable {
  /// Nil: the row is unchanged.
  var row: EnterpriseRow?
  var isDeleted = false
}
