import DevinModel
import MirrorStore

extension SyncPlan {
  /// The lists that a run is going to read, for the ledger: where several places tell the same, the one that is asked first.
  /// - Parameter now: Unix seconds.
  func planned(
    access: Access, organizations: [String], areNamed: Bool, refresh: RefreshPolicy, now: Int64
  ) -> [PlannedList] {
    resources.flatMap { resource -> [PlannedList] in
      let lanes = Self.lanes(of: resource, access: access, organizations: organizations, areNamed: areNamed)
      let asked = resource.readsEverySource || resource.parents != nil ? lanes.flatMap(\.self) : lanes.first ?? []
      return asked.map { lane in
        let rule = refresh.rule(for: resource, from: lane.source, organizations: organizations.count)
        return Self.planned(resource, in: lane, access, refresh: rule, now: now)
      }
    }
  }

  /// What the list of organizations adds to it, for an enterprise key without named organizations.
  func expansion(refresh: RefreshPolicy, now: Int64) -> PageCommit.Expansion {
    let known = Set(planned(access: .enterprise, organizations: [], areNamed: false, refresh: refresh, now: now))
    return { organizations in
      planned(access: .enterprise, organizations: organizations, areNamed: false, refresh: refresh, now: now)
        .filter { !known.contains($0) }
    }
  }

  /// - Parameter rule: by which it is left unread; nil: it is read.
  static func planned(
    _ resource: Resource, in lane: Lane, _ access: Access, refresh rule: RefreshRule? = nil, now: Int64
  ) -> PlannedList {
    if let parents = resource.parents {
      let list = ListID(organization: lane.organization, resource: resource.name)
      return PlannedList(list, below: parents.query(of: lane.organization, access))
    }
    var spans: [Int64] = []
    if case .series(let series) = resource.strategy { spans = series.starts(until: now) }
    return PlannedList(list(of: resource, in: lane), spans: spans, refresh: rule)
  }

  /// A list that stands below no rows.
  static func list(of resource: Resource, in lane: Lane) -> ListID {
    ListID(organization: lane.organization, resource: resource.name, parent: lane.source.label)
  }
}
