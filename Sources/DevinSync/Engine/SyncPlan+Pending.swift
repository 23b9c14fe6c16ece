import DevinModel
import MirrorStore

extension SyncPlan {
  /// The lists that a run will read, for the ledger. If several sources list the same rows, this is the one that is asked first.
  func planned(
    access: Access, organizations: [String], areNamed: Bool, refresh: RefreshPolicy, now: UnixTime
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

  /// The lists that each listed organization adds, for an enterprise key without named organizations.
  func expansion(refresh: RefreshPolicy, now: UnixTime) -> PageCommit.Expansion {
    let known = Set(planned(access: .enterprise, organizations: [], areNamed: false, refresh: refresh, now: now))
    return { organizations in
      planned(access: .enterprise, organizations: organizations, areNamed: false, refresh: refresh, now: now)
        .filter { !known.contains($0) }
    }
  }

  /// - Parameter rule: the rule by which the list may stay unread; nil: it is read.
  static func planned(
    _ resource: Resource, in lane: Lane, _ access: Access, refresh rule: RefreshRule? = nil, now: UnixTime
  ) -> PlannedList {
    if let parents = resource.parents {
      let list = ListID(organization: lane.organization, resource: resource.name)
      return PlannedList(list, below: parents.query(of: lane.organization, access))
    }
    var spans: [UnixTime] = []
    if case .series(let series) = resource.strategy { spans = series.starts(until: now) }
    return PlannedList(list(of: resource, in: lane), spans: spans, refresh: rule)
  }

  /// The id of a top-level list.
  static func list(of resource: Resource, in lane: Lane) -> ListID {
    ListID(organization: lane.organization, resource: resource.name, parent: lane.source.label)
  }
}
