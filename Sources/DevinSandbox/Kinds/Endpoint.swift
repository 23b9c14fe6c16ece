/// A path of the API, its permission, and how it is answered. `Templates/kinds.json` declares them, one in each line: the method; the
/// version, unless it is `v3`; the path; the permission, or `-` if any key is sufficient; the `Shape` of the answer with its values
/// after colons; and the filters (see `Filter`).
///
/// The first part of a path says where it is: `o/…` below an organization, `e/…` below the enterprise, `eo/…` below an organization of
/// the enterprise. `o,e/…` declares two endpoints, whose permissions are separated by a comma too.
struct Endpoint: Sendable {
  /// An endpoint that answers a request, and what the path has in the place of braces, by column.
  typealias Route = (endpoint: Endpoint, values: [String: String])

  enum SessionPart: String { case row, insights, messages, attachments, tags }

  /// Figures instead of objects. Those of users are about distinct users, in windows of a day, a week or a month, or in the complete
  /// range.
  enum Metric: String {
    case queue, usage, sessions, searches, categories
    case pullRequests = "pull_requests"
    case codeScans = "code_scans"
    case dailyUsers = "daily_users"
    case weeklyUsers = "weekly_users"
    case monthlyUsers = "monthly_users"
    case activeUsers = "active_users"
  }

  /// How its answer is created.
  enum Shape: Sendable {
    /// Sessions or insights, of one organization or of all.
    case sessions
    /// A part of one session.
    case session(SessionPart)
    /// A page of rows, by cursor.
    case page(most: Int)
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
    case review, schemas, groups
    case metrics(Metric)
    /// A change of rows, and what is to be in the request's body; nil: nothing.
    case write(Write, Body?)
    case writeSession(SessionWrite, Body?)
    case upload
  }

  /// What a request does to a row of the kind: `replace` as PUT does it, `patch` in part.
  enum Write: String { case create, replace, patch, delete }

  /// What a request does to a session.
  enum SessionWrite: String {
    case start, message, archive, unarchive, end, analyse
    case addTags = "add_tags"
    case replaceTags = "replace_tags"
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

  /// The endpoints that a line of the file declares.
  static func parsed(_ line: String) -> [Endpoint] {
    var tokens = line.split(separator: " ").map(String.init)
    let version = ["v3beta1", "opbeta"].contains(tokens[1]) ? tokens.remove(at: 1) : "v3"
    let path = tokens[1].drop { $0 != "/" }
    let roots = tokens[1].prefix { $0 != "/" }.split(separator: ",", omittingEmptySubsequences: false)
    return zip(roots, tokens[2].split(separator: ",")).map { root, permission in
      Endpoint(
        method: tokens[0], template: (Self.roots[String(root)] ?? "") + path, version: version,
        permission: permission == "-" ? nil : String(permission), Shape(tokens[3]), tokens.dropFirst(4).map(Filter.init))
    }
  }

  private static let roots = ["o": "/organizations/{org_id}", "e": "/enterprise", "eo": "/enterprise/organizations/{org_id}"]

  private init(method: String, template: String, version: String, permission: String?, _ shape: Shape, _ filters: [Filter]) {
    (self.method, self.template, self.version, self.permission) = (method, template, version, permission)
    self.shape = shape
    self.filters = if case .sessions = shape { Filter.ofSessions } else { filters }
    parts = template.split(separator: "/").map(String.init)
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
    case .write(let write, let body): body?.of(write)
    case .writeSession(_, let body): body?.of(.create)
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

extension Endpoint.Shape {
  /// - Parameter text: the name of a case, and its values after colons; an unknown one is a defect.
  fileprivate init(_ text: String) {
    let values = text.split(separator: ":").map(String.init)
    func choice<Value: RawRepresentable<String>>() -> Value {
      guard let value = values.count > 1 ? Value(rawValue: values[1]) : nil else { preconditionFailure("kinds.json: \(text)") }
      return value
    }
    let body = values.count > 2 ? Body.named(values[2]) : nil
    let simple: [String: Self] = [
      "sessions": .sessions, "folders": .folders, "single": .single, "download": .download, "attachment": .attachment,
      "consumption": .consumption, "review": .review, "schemas": .schemas, "groups": .groups, "upload": .upload,
      "page": .page(most: values.count > 1 ? Int(values[1]) ?? 0 : 200),
    ]
    self =
      switch values[0] {
      case "session": .session(choice())
      case "metrics": .metrics(choice())
      case "write": .write(choice(), body)
      case "session_write": .writeSession(choice(), body)
      case "offsets": .offsets(most: Int(values[1]) ?? 0)
      case "list": .list(values[1])
      default: simple[values[0]] ?? { preconditionFailure("kinds.json: \(text)") }()
      }
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
    } + SandboxResource.figures).sorted { $0.parts.count { $0.hasPrefix("{") } < $1.parts.count { $0.hasPrefix("{") } }

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
