/// An endpoint of the enterprise or of an organization that is answered from rows; those of `Route` come first.
struct Endpoint: Sendable {
  /// How its answer is made.
  enum Shape: Sendable {
    /// A page of rows by cursor.
    case page(SandboxResource, most: Int = 200)
    /// All rows, as the only member of an object.
    case list(SandboxResource, member: String)
    /// The one row that the path names.
    case single(SandboxResource)
    /// Where the text of a row is to be had.
    case download(SandboxResource)
    /// Days of consumption; summed over organizations where the path names none.
    case consumption(SandboxResource)
    case sessions(SandboxResource)
    /// What the organization whose session it is answers to the path behind `/sessions/`.
    case session
    case pullRequestReview
    case eventDetails
    case playbook, note, playbooks, notes, folders
    case schemas
    case groups
    case queue
    case usage, sessionMetrics, pullRequestMetrics, searchMetrics, categoryMetrics, codeScanMetrics
    /// Distinct users in windows of so many days; nil: in the whole range, which is answered without a list.
    case activeUsers(days: Int?)
  }

  /// What a query may choose by.
  enum Filter: Sendable {
    /// The member equals one of the values.
    case equal(String, member: String)
    /// The member contains the value.
    case contains(String, member: String)
    case organizations
    case status(default: String)
    /// Deleted and expired ones are left out unless asked for.
    case active
    case keyStatus
    case creator
    case eventType
    /// A range of `created_at`; 100 days at most where limited.
    case time(isLimited: Bool, after: String = "time_after", before: String = "time_before")
  }

  /// As the API's description writes it, without the version.
  let template: String
  /// The first part of its path: `v3`, `v3beta1` or `opbeta`.
  private let version: String
  /// nil: any key will do.
  let permission: String?
  let shape: Shape
  let filters: [Filter]
  private let parts: [String]

  init(
    _ template: String, _ permission: String?, _ shape: Shape, beta: Bool = false, version: String? = nil, _ filters: Filter...
  ) {
    self.template = template
    self.permission = permission
    self.shape = shape
    self.version = version ?? (beta ? "v3beta1" : "v3")
    self.filters = filters
    parts = template.split(separator: "/").map(String.init)
  }

  /// - Parameter betaMoved: whether what is in beta is under `v3`.
  func version(betaMoved: Bool) -> String { version == "v3beta1" && betaMoved ? "v3" : version }

  var isOfEnterprise: Bool { parts[0] == "enterprise" }

  /// The path behind the organization, with `{id}` for ids: what requests are counted by.
  var pattern: String {
    "/" + parts.dropFirst(parts[0] == "organizations" ? 2 : 0).map { $0.hasPrefix("{") ? "{id}" : $0 }.joined(separator: "/")
  }

  /// What a path stands for in its braces, by name; nil: it is another endpoint's.
  ///
  /// - Parameter path: the decoded parts behind the version.
  func values(_ path: ArraySlice<String>) -> [String: String]? {
    guard path.count == parts.count else { return nil }
    var values: [String: String] = [:]
    for (part, given) in zip(parts, path) {
      if part.hasPrefix("{") { values[Self.column(part.dropFirst().dropLast())] = given } else if part != given { return nil }
    }
    return values
  }

  /// The column that a name in braces is about.
  private static func column(_ name: Substring) -> String {
    switch name {
    case "devin_id": "session_id"
    case "connection_id": "git_connection_id"
    default: String(name)
    }
  }

  /// - Returns: nil when there is no such endpoint.
  static func find(_ path: ArraySlice<String>) -> (endpoint: Endpoint, values: [String: String])? {
    for endpoint in all {
      if let values = endpoint.values(path) { return (endpoint, values) }
    }
    return nil
  }
}
