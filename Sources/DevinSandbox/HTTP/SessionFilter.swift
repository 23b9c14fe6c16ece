/// The documented filters of the session lists. Times are Unix seconds; "after" includes its
/// second, "before" does not. A list of values matches rows with any of them.
struct SessionFilter: Hashable, Sendable {
  var ids: [String] = []
  var createdAfter: Int?
  var createdBefore: Int?
  var updatedAfter: Int?
  var updatedBefore: Int?
  var isArchived: Bool?
  var parent: String?
  var origins: [String] = []
  var tags: [String] = []
  var users: [String] = []
  var serviceUsers: [String] = []
  var category: String?
  var playbook: String?
  var schedule: String?
  var automations: [String] = []
  var repositories: [String] = []

  init() {}

  init(_ query: QueryItems, sessionIDs: SandboxScenario.SessionIDs) throws(Refusal) {
    func bare(_ id: String) -> String { id.hasPrefix("devin-") ? String(id.dropFirst(6)) : id }
    // An id in the other form matches no session.
    ids =
      switch sessionIDs {
      case .eitherForm: query.all("session_ids").map(bare)
      case .prefixed: query.all("session_ids").map { $0.hasPrefix("devin-") ? bare($0) : "" }
      case .bare: query.all("session_ids").map { $0.hasPrefix("devin-") ? "" : $0 }
      case .ignored: []
      }
    createdAfter = try query.integer("created_after")
    createdBefore = try query.integer("created_before")
    updatedAfter = try query.integer("updated_after")
    updatedBefore = try query.integer("updated_before")
    isArchived = try query.flag("is_archived")
    parent = query["parent_session_id"].map(bare)
    origins = query.all("origins")
    tags = query.all("tags")
    users = query.all("user_ids")
    serviceUsers = query.all("service_user_ids")
    category = query["category"]
    playbook = query["playbook_id"]
    schedule = query["schedule_id"]
    automations = query.all("automation_ids")
    repositories = query.all("repo_names")
  }

  var isEmpty: Bool { self == SessionFilter() }

  /// Whether a session matches all filters except `ids`.
  func admits(_ facts: SessionFacts) -> Bool {
    func one(_ wanted: String?, _ value: String?) -> Bool { wanted == nil || wanted == value }
    func any(_ wanted: [String], _ value: String?) -> Bool { wanted.isEmpty || value.map(wanted.contains) == true }
    func overlap(_ wanted: [String], _ values: [String]) -> Bool { wanted.isEmpty || values.contains(where: wanted.contains) }
    return facts.createdAt >= createdAfter ?? .min && facts.createdAt < createdBefore ?? .max
      && facts.updatedAt >= updatedAfter ?? .min && facts.updatedAt < updatedBefore ?? .max
      && (isArchived == nil || isArchived == facts.isArchived) && one(parent, facts.parent) && one(category, facts.category)
      && one(playbook, facts.playbook) && one(schedule, facts.schedule) && any(origins, facts.origin) && any(users, facts.user)
      && any(serviceUsers, facts.serviceUser) && any(automations, facts.automation) && overlap(tags, facts.tags)
      && overlap(repositories, facts.repositories)
  }
}

extension QueryItems {
  func integer(_ name: String) throws(Refusal) -> Int? {
    guard let text = self[name] else { return nil }
    guard let value = Int(text) else {
      throw .invalid(
        name, input: text, type: "int_parsing", message: "Input should be a valid integer, unable to parse string as an integer")
    }
    return value
  }

  func integer(_ name: String, in range: ClosedRange<Int>, default value: Int) throws(Refusal) -> Int {
    guard let number = try integer(name) else { return value }
    if number < range.lowerBound {
      throw .invalid(
        name, input: String(number), type: "greater_than_equal",
        message: "Input should be greater than or equal to \(range.lowerBound)")
    }
    if number > range.upperBound {
      throw .invalid(
        name, input: String(number), type: "less_than_equal", message: "Input should be less than or equal to \(range.upperBound)"
      )
    }
    return number
  }

  func flag(_ name: String) throws(Refusal) -> Bool? {
    guard let text = self[name] else { return nil }
    switch text.lowercased() {
    case "true", "1", "yes", "on", "t", "y": return true
    case "false", "0", "no", "off", "f", "n": return false
    default:
      throw .invalid(
        name, input: text, type: "bool_parsing", message: "Input should be a valid boolean, unable to interpret input")
    }
  }
}
