import DevinModel
import MirrorStore

extension SyncPlan {
  /// The lists that a run is going to read, for the ledger: where several places tell the same, the one that is asked first.
  /// - Parameter now: Unix seconds.
  func planned(access: Access, organizations: [String], areNamed: Bool, now: Int64) -> [PlannedList] {
    resources.flatMap { resource -> [PlannedList] in
      let lanes = Self.lanes(of: resource, access: access, organizations: organizations, areNamed: areNamed)
      let asked = resource.readsEverySource || resource.parents != nil ? lanes.flatMap(\.self) : lanes.first ?? []
      return asked.map { Self.planned(resource, in: $0, access, now: now) }
    }
  }

  /// What the list of organizations adds to it, for an enterprise key without named organizations.
  func expansion(now: Int64) -> PageCommit.Expansion {
    let known = Set(planned(access: .enterprise, organizations: [], areNamed: false, now: now))
    return { organizations in
      planned(access: .enterprise, organizations: organizations, areNamed: false, now: now).filter { !known.contains($0) }
    }
  }

  static func planned(_ resource: Resource, in lane: Lane, _ access: Access, now: Int64) -> PlannedList {
    if let parents = resource.parents {
      let list = ListID(organization: lane.organization, resource: resource.name)
      return PlannedList(list, below: parents.query(of: lane.organization, access))
    }
    var spans: [Int64] = []
    if case .series(let series) = resource.strategy { spans = series.starts(until: now) }
    let list = ListID(organization: lane.organization, resource: resource.name, parent: lane.source.label)
    return PlannedList(list, spans: spans)
  }
}
