import DevinAPI
public import DevinModel
import Foundation
import MirrorStore

/// What a key can read, found out by one request for each resource.
public struct AccessReport: Hashable, Encodable, Sendable {
  /// The result of a request for one row.
  public enum Access: Hashable, Sendable {
    /// The key may read it.
    case readable
    /// 403: the permission is missing.
    case forbidden
    /// 404: not on this deployment, or switched off.
    case absent
    /// Only an enterprise key can read it.
    case enterpriseOnly
    /// The check was not possible; the text says why.
    case unknown(String)
  }

  /// The result for one resource.
  public struct Entry: Hashable, Sendable {
    /// Name of the resource.
    public let resource: String
    /// The group that it belongs to.
    public let group: ResourceGroup
    /// The permission that is required, as the API's documentation names it.
    public let permission: String
    /// The result of a request for one row.
    public let access: Access
  }

  /// service_user, pat_user …; nil where the deployment does not say.
  public internal(set) var principal: String?
  /// Whether it is an enterprise key.
  public internal(set) var isEnterprise = false
  /// The organization that was tried; nil: an enterprise key that lists no organization.
  public internal(set) var organization: String?
  /// One for each resource that was asked for, in the same order.
  public internal(set) var entries: [Entry] = []
  /// Why the key is useless although the server accepts it; nil: it can read something.
  public internal(set) var problem: SyncProblem?
  /// HTTP requests sent, retries included.
  public internal(set) var requests = 0
  /// By how much this machine's clock is ahead of the server's; negative: behind. Nil: the server sent no time.
  public internal(set) var clockAhead: Duration?

  private enum CodingKeys: String, CodingKey {
    case principal = "principalType"
    case isEnterprise = "enterprise"
    case entries = "resources"
    case organization, requests
  }
}

extension AccessReport.Entry: Encodable {
  private enum CodingKeys: String, CodingKey {
    case resource, group, permission, access, detail
  }

  /// With the access as its name, and as a text where there is more to say.
  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(resource, forKey: .resource)
    try members.encode(group.rawValue, forKey: .group)
    try members.encode(permission, forKey: .permission)
    try members.encode(access.name, forKey: .access)
    try members.encodeIfPresent(access.detail, forKey: .detail)
  }
}

extension AccessReport.Access {
  /// The text in JSON.
  package var name: String {
    switch self {
    case .readable: "readable"
    case .forbidden: "forbidden"
    case .absent: "absent"
    case .enterpriseOnly: "enterprise_only"
    case .unknown: "unknown"
    }
  }

  /// Why it cannot be read, for people; nil: it can.
  package var detail: String? {
    switch self {
    case .readable: nil
    case .forbidden: "the service user lacks the permission"
    case .absent: "not available on this deployment, or turned off"
    case .enterpriseOnly: "needs an enterprise key"
    case .unknown(let why): why
    }
  }
}

extension DevinMirror {
  /// Requests one row of every resource and stores none. Of several organizations, only the first is tried.
  /// - Throws: `SyncError` when no request can succeed: no answer, a server that is not the API, a rejected key, or an
  ///   organization that is unknown or that the key does not belong to.
  public func check(_ resources: [Resource] = Catalogue.all) async throws -> AccessReport {
    try await DevinClient.withClient(
      address: address, route: route, credential: credential, concurrency: 2, time: time, userAgent: Self.userAgent
    ) { client in
      let key = try await identify(asking: client)
      var probe = Probe(client: client, key: key, keySource: keySource, organization: key.organizations.first)
      var report = AccessReport(principal: key.principal?.kind, isEnterprise: key.access == .enterprise)
      report.clockAhead = key.page?.date.map { time.now() - $0 }
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
  /// Adds a problem if the key can read nothing that a run reads by default, apart from the credential itself.
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

/// Tries one resource after another and remembers what later resources need.
private struct Probe {
  let client: DevinClient
  let key: DevinMirror.Key
  let keySource: String?
  /// With an enterprise key, the first organization that is listed.
  var organization: String?
  /// The first row of each resource; with its ids the child lists can be tried.
  private var firstRows: [String: [String: String]] = [:]

  init(client: DevinClient, key: DevinMirror.Key, keySource: String?, organization: String?) {
    self.client = client
    self.key = key
    self.keySource = keySource
    self.organization = organization
  }

  /// - Returns: the access, and the permission that it requires.
  mutating func access(to resource: Resource) async throws -> (AccessReport.Access, permission: String) {
    let organizations = organization.map { [$0] } ?? []
    let lanes = SyncPlan.lanes(of: resource, access: key.access, organizations: organizations, areNamed: false).flatMap(\.self)
    guard !lanes.isEmpty else {
      let access: AccessReport.Access =
        key.access == .organization ? .enterpriseOnly : .unknown("there is no organization to test it with")
      return (access, resource.permission)
    }
    var result: (AccessReport.Access, String)?
    for lane in lanes {
      let access = try await access(to: resource, through: lane)
      // A resource is readable if one of its lists is; otherwise the first answer is the most informative.
      if access == .readable || result == nil { result = (access, lane.source.permission) }
      if access == .readable { break }
    }
    return result ?? (.unknown("not requested"), resource.permission)
  }

  private mutating func access(to resource: Resource, through lane: SyncPlan.Lane) async throws -> AccessReport.Access {
    var names = ["org_id": lane.organization]
    var query = lane.source.query
    if let parents = resource.parents {
      guard let id = firstRows[parents.resource]?[parents.column] else {
        return .unknown("there is no row of \(parents.resource) to test it with")
      }
      for name in lane.source.path.names where name != "org_id" { names[name] = id }
      if let parameter = parents.parameter { query.append(QueryItem(parameter, id)) }
    }
    if case .series = resource.strategy {
      let now = UnixTime.now
      query += ListFilter.span(after: now - .seconds(86_400), before: now).items.map { QueryItem($0.name, $0.value) }
    }
    // For a text, a readable address is sufficient proof of access.
    let rows: RowLocation = if case .download = resource.rows { .object } else { resource.rows }
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
        return .unknown("the tested row of \(resource.parents?.resource ?? "") has none")
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

  private static func row(in answer: Any, _ place: RowLocation) -> Any? {
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
