/// A path of the API, its permission, and how it is answered. Endpoints for a kind of objects are declared with the kind.
struct Endpoint: Sendable {
  /// An endpoint that answers a request, and what the path has in the place of braces, by column.
  typealias Route = (endpoint: Endpoint, values: [String: String])

  enum SessionPart: Sendable {
    case row
    case insights
    case messages
    case attachments
    case tags
  }

  /// Figures instead of objects.
  enum Metric: Hashable, Sendable {
    case queue
    case usage
    case sessions
    case pullRequests
    case searches
    case categories
    case codeScans
    /// Distinct users in windows of this many days; nil: in the complete range, which is answered without a list.
    case activeUsers(days: Int?)
  }

  /// How its answer is created.
  enum Shape: Sendable {
    /// Sessions or insights, of one organization or of all.
    case sessions
    /// A part of one session.
    case session(SessionPart)
    /// A page of rows, by cursor.
    case page(most: Int = 200)
    /// A page of rows, by limit and offset.
    case offsets(most: Int)
    case folders
    /// All rows, as the only member of an object.
    case list(String)
    /// The single row that the path names.
    case single
    /// The address of the text of a row.
    case download
    /// A redirect to the content of an attachment.
    case attachment
    /// Days of consumption; summed over organizations if the path names none.
    case consumption
    case review
    case schemas
    case groups
    case metrics(Metric)
    /// A change of rows, and what is to be in the request's body; nil: nothing.
    case write(Write, Body? = nil)
    case writeSession(SessionWrite, Body? = nil)
    case upload
  }

  /// What a request does to a row of the kind.
  enum Write: Sendable {
    case create
    /// As PUT does it.
    case replace
    /// In part, as PATCH does it.
    case patch
    case delete
  }

  /// What a request does to a session.
  enum SessionWrite: Sendable {
    case start
    case message
    case addTags
    case replaceTags
    case archive
    case unarchive
    case end
    case analyse
  }

  let method: String
  /// As in the API's description, without the version.
  let template: String
  /// The first part of its path: `v3`, `v3beta1` or `opbeta`.
  private let version: String
  /// nil: any key is sufficient.
  let permission: String?
  let shape: Shape
  let filters: [Filter]
  /// The kind of its objects; nil: figures about several kinds.
  private(set) var resource: SandboxResource?
  private let parts: [String]

  /// - Parameter path: `o/…` is below an organization, `e/…` below the enterprise, `eo/…` below an organization of the enterprise.
  fileprivate init(
    _ method: String, _ path: String, _ permission: String?, _ shape: Shape, version: String = "v3", _ filters: [Filter] = []
  ) {
    let roots = ["o": "/organizations/{org_id}", "e": "/enterprise", "eo": "/enterprise/organizations/{org_id}"]
    let root = path.prefix { $0 != "/" }
    template = roots[String(root), default: ""] + path.dropFirst(root.count)
    parts = template.split(separator: "/").map(String.init)
    (self.method, self.permission, self.shape, self.version) = (method, permission, shape, version)
    self.filters = if case .sessions = shape { Filter.ofSessions } else { filters }
  }

  /// - Parameter betaMoved: whether beta endpoints are under `v3`.
  func version(betaMoved: Bool) -> String { version == "v3beta1" && betaMoved ? "v3" : version }

  /// Whether an answer is about one object and no list.
  var isOfOneObject: Bool {
    switch shape {
    case .single, .session: true
    default: false
    }
  }

  var isOfEnterprise: Bool { parts[0] == "enterprise" }

  /// The path after the organization, with `{id}` for ids: requests are counted by this pattern.
  var pattern: String {
    "/" + parts.dropFirst(parts[0] == "organizations" ? 2 : 0).map { $0.hasPrefix("{") ? "{id}" : $0 }.joined(separator: "/")
  }

  /// What a request's body is to be; nil: it is not looked at.
  var body: Body? {
    switch shape {
    case .write(_, let body), .writeSession(_, let body): body
    default: nil
    }
  }

  /// The values for the names in braces; nil: the path belongs to another endpoint.
  ///
  /// - Parameter path: the decoded parts after the version.
  private func values(_ path: ArraySlice<String>) -> [String: String]? {
    guard path.count == parts.count, zip(parts, path).allSatisfy({ $0 == $1 || $0.hasPrefix("{") }) else { return nil }
    // Where the name of a column differs.
    let columns = [
      "{devin_id}": "session_id", "{connection_id}": "git_connection_id", "{schedule_id}": "scheduled_session_id",
    ]
    return Dictionary(
      uniqueKeysWithValues: zip(parts, path).filter { $0.0.hasPrefix("{") }.map { part, given in
        (columns[part] ?? String(part.dropFirst().dropLast()), given)
      })
  }
}

extension [Endpoint] {
  static func one(
    _ path: String, _ permission: String?, _ shape: Endpoint.Shape, beta: Bool = false, version: String? = nil,
    _ filters: Filter...
  ) -> Self { [Endpoint("GET", path, permission, shape, version: version ?? (beta ? "v3beta1" : "v3"), filters)] }

  /// The same of an organization and of the enterprise.
  static func both(
    _ path: String, _ own: String?, _ enterprise: String?, _ shape: Endpoint.Shape, beta: Bool = false, _ filters: Filter...
  ) -> Self {
    [("o", own), ("e", enterprise)].map {
      Endpoint("GET", "\($0.0)/\(path)", $0.1, shape, version: beta ? "v3beta1" : "v3", filters)
    }
  }

  /// One that changes something.
  static func write(_ method: String, _ path: String, _ permission: String?, _ shape: Endpoint.Shape) -> Self {
    [Endpoint(method, path, permission, shape)]
  }

  /// The same of an organization and of the enterprise.
  static func writeBoth(_ method: String, _ path: String, _ own: String, _ enterprise: String, _ shape: Endpoint.Shape) -> Self {
    write(method, "o/\(path)", own, shape) + write(method, "e/\(path)", enterprise, shape)
  }
}

extension Endpoint {
  /// Names before braces: the first endpoint that matches a path is used.
  static let all: [Endpoint] =
    (SandboxResource.every.flatMap { kind in
      kind.endpoints.map { endpoint in
        var endpoint = endpoint
        endpoint.resource = kind
        return endpoint
      }
    } + figures).sorted { $0.parts.count { $0.hasPrefix("{") } < $1.parts.count { $0.hasPrefix("{") } }

  /// Endpoints with figures instead of objects.
  private static let figures: [Endpoint] =
    .one("e/queue", "ViewAccountMetrics", .metrics(.queue))
    + .both("code-scans/metrics", "ViewCodeScans", "ViewAccountCodeScans", .metrics(.codeScans))
    + [
      ("usage", Metric.usage), ("sessions", .sessions), ("prs", .pullRequests), ("searches", .searches),
      ("sessions-by-category", .categories), ("dau", .activeUsers(days: 1)), ("wau", .activeUsers(days: 7)),
      ("mau", .activeUsers(days: 30)), ("active-users", .activeUsers(days: nil)),
    ].flatMap { [Endpoint].both("metrics/\($0.0)", "ViewOrgMetrics", "ViewAccountMetrics", .metrics($0.1)) }

  private static let byPlace = Dictionary(grouping: all) { place($0.parts[...]) }

  /// A key for a path without its values in braces: its length and subject.
  private static func place(_ path: ArraySlice<String>) -> String {
    "\(path.count) \(path.dropFirst(path.first == "organizations" ? 2 : 1).first ?? "")"
  }

  /// What answers a request.
  ///
  /// - Parameter betaMoved: whether what is in beta is under `v3`, and nothing under `v3beta1`.
  /// - Returns: nil when there is no such endpoint.
  static func find(_ method: String, _ target: Target, betaMoved: Bool) -> Route? {
    let path = target.parts.dropFirst()
    for endpoint in byPlace[place(path)] ?? [] where endpoint.method == method {
      guard let values = endpoint.values(path) else { continue }
      return target.parts.first == endpoint.version(betaMoved: betaMoved) ? (endpoint, values) : nil
    }
    return nil
  }

  /// The methods that a path knows; empty: there is no such path.
  static func methods(_ target: Target, betaMoved: Bool) -> [String] {
    ["DELETE", "GET", "PATCH", "POST", "PUT"].filter { find($0, target, betaMoved: betaMoved) != nil }
  }
}
