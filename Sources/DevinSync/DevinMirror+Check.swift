import DevinAPI
public import DevinModel
import Foundation

/// What a key may read, found out by asking.
public struct AccessReport: Hashable, Sendable {
  /// What a request for one row was answered.
  public enum Access: Hashable, Sendable {
    case readable
    /// 403: the permission is missing.
    case forbidden
    /// 404: not on this deployment, or switched off.
    case absent
    /// Only a key of the enterprise can ask for it.
    case enterpriseOnly
    /// Could not be found out; why.
    case unknown(String)
  }

  /// What was found out about one resource.
  public struct Entry: Hashable, Sendable {
    /// Name of the resource.
    public let resource: String
    /// The group that it belongs to.
    public let group: ResourceGroup
    /// The permission that decides, as the API's documentation names it.
    public let permission: String
    /// What a request for one row was answered.
    public let access: Access
  }

  /// service_user, pat_user …; nil where the deployment does not say.
  public internal(set) var principal: String?
  /// Whether it is an enterprise key.
  public internal(set) var isEnterprise = false
  /// The one that was tried; nil: a key of the enterprise that found none.
  public internal(set) var organization: String?
  /// One for each resource that was asked for, in the same order.
  public internal(set) var entries: [Entry] = []
  /// Why the key is of no use although it is accepted; nil: it can read something.
  public internal(set) var problem: SyncProblem?
  /// HTTP requests sent, retries included.
  public internal(set) var requests = 0
}

extension DevinMirror {
  /// Asks for one row of every resource, and keeps none. Of several organizations the first is tried.
  /// - Throws: `SyncError` at the first cause that nothing else gets past: no answer, not the API, a key that is refused, or an
  ///   organization that is not known or not the key's.
  public func check(_ resources: [Resource] = Catalogue.all) async throws -> AccessReport {
    try await DevinClient.withClient(
      address: address, route: route, credential: credential, concurrency: 2, time: time, userAgent: Self.userAgent
    ) { client in
      let key = try await identify(asking: client)
      var probe = Probe(client: client, key: key, keySource: keySource, organization: key.organizations.first)
      var report = AccessReport(principal: key.principal?.kind, isEnterprise: key.access == .enterprise)
      for resource in resources {
        let (access, permission) = try await probe.access(to: resource)
        report.entries.append(
          .init(resource: resource.name, group: resource.group, permission: permission, access: access))
      }
      report.organization = probe.organization
      report.requests = client.meter.reading.requests
      report.noteNothingReadable(isKnownKey: key.page != nil, keySource: keySource)
      return report
    }
  }
}

extension AccessReport {
  /// Adds what it means that nothing that a run reads by default can be read, besides the key itself.
  mutating func noteNothingReadable(isKnownKey: Bool, keySource: String?) {
    let others = entries.filter {
      $0.resource != Resource.credential.name && Catalogue.resource(named: $0.resource)?.isDefault == true
    }
    let forbidden = others.count { $0.access == .forbidden }
    let absent = others.count { $0.access == .absent }
    guard forbidden + absent > 0, !others.contains(where: { $0.access == .readable }) else { return }
    problem = .nothingReadable(forbidden: forbidden, absent: absent, isKnownKey, keySource)
  }
}

/// Tries one resource after the other, remembering what the ones after it need.
private struct Probe {
  let client: DevinClient
  let key: DevinMirror.Key
  let keySource: String?
  /// Of an enterprise the first that is listed.
  var organization: String?
  /// The first row of each resource, by which lists below it can be tried.
  private var firstRows: [String: [String: String]] = [:]

  init(client: DevinClient, key: DevinMirror.Key, keySource: String?, organization: String?) {
    self.client = client
    self.key = key
    self.keySource = keySource
    self.organization = organization
  }

  /// - Returns: also the permission that decides.
  mutating func access(to resource: Resource) async throws -> (AccessReport.Access, permission: String) {
    let organizations = organization.map { [$0] } ?? []
    let lanes = SyncPlan.lanes(of: resource, access: key.access, organizations: organizations, areNamed: false).flatMap(\.self)
    guard !lanes.isEmpty else {
      let access: AccessReport.Access =
        key.access == .organization ? .enterpriseOnly : .unknown("there is no organization to try it on")
      return (access, resource.permission)
    }
    var result: (AccessReport.Access, String)?
    for lane in lanes {
      let access = try await access(to: resource, through: lane)
      // What can be read somewhere can be read; otherwise the first answer tells most.
      if access == .readable || result == nil { result = (access, lane.source.permission) }
      if access == .readable { break }
    }
    return result ?? (.unknown("it was not asked"), resource.permission)
  }

  private mutating func access(to resource: Resource, through lane: SyncPlan.Lane) async throws -> AccessReport.Access {
    var names = ["org_id": lane.organization]
    var query = lane.source.query
    if let parents = resource.parents {
      guard let id = firstRows[parents.resource]?[parents.column] else {
        return .unknown("there is no row of \(parents.resource) to try it on")
      }
      for name in lane.source.path.names where name != "org_id" { names[name] = id }
      if let parameter = parents.parameter { query.append(QueryItem(parameter, id)) }
    }
    if case .series = resource.strategy {
      let now = UnixTime.now.rawValue
      query += [QueryItem("time_after", "\(now - 86_400)"), QueryItem("time_before", "\(now)")]
    }
    // The address of a text is enough to know that it may be read.
    let rows: RowsPlace = if case .download = resource.rows { .object } else { resource.rows }
    do throws(APIError) {
      let page = try await client.page(
        of: Endpoint(lane.source.path, names, query: query), rows: rows, paging: resource.paging.withPageSize(1))
      if firstRows[resource.name] == nil { firstRows[resource.name] = FirstRow(page)?.texts }
      if resource == .organizations, organization == nil { organization = firstRows[resource.name]?["org_id"] }
      return .readable
    } catch {
      switch error.reason {
      case .unauthorized, .connection, .rateLimited, .unavailable: throw SyncError(asking: error, keySource: keySource)
      case .cancelled: throw CancellationError()
      case .forbidden: return .forbidden
      case .notFound where resource.parents?.absentMeansNone == true:
        return .unknown("the row of \(resource.parents?.resource ?? "") it was tried on has none")
      case .notFound: return .absent
      default: return .unknown(error.message)
      }
    }
  }
}

/// The texts of a page's first row, and the address of its first pull request.
private struct FirstRow {
  var texts: [String: String] = [:]

  init?(_ page: Page) {
    guard let answer = try? JSONSerialization.jsonObject(with: Data(page.body.utf8)),
      let row = Self.row(in: answer, page.rows) as? [String: Any]
    else { return nil }
    texts = row.compactMapValues { $0 as? String }
    if let id = texts["session_id"], id.hasPrefix("devin-") { texts["session_id"] = String(id.dropFirst(6)) }
    let pullRequests = row["pull_requests"] as? [[String: Any]]
    texts["pr_url"] = pullRequests?.first?["pr_url"] as? String
  }

  private static func row(in answer: Any, _ place: RowsPlace) -> Any? {
    let members = answer as? [String: Any]
    return switch place {
    case .member(let name): (members?[name] as? [Any])?.first
    case .firstMember(let names): names.lazy.compactMap { (members?[$0] as? [Any])?.first }.first
    case .wholeAnswer: (answer as? [Any])?.first
    default: answer
    }
  }
}

extension Paging {
  fileprivate func withPageSize(_ size: Int) -> Paging {
    switch self {
    case .cursor: .cursor(pageSize: size)
    case .offset: .offset(pageSize: size)
    case .single: .single
    }
  }
}
