/// The values that the filters of the session lists need, extracted from a session once.
struct SessionFacts: Sendable {
  /// Unix seconds.
  var createdAt: Int
  /// Unix seconds.
  var updatedAt: Int
  var isArchived: Bool
  var parent: String?
  var origin: String?
  var category: String?
  var tags: [String]
  var playbook: String?
  var user: String?
  var serviceUser: String?
  var automation: String?
  /// To date.
  var acus: Double
  var pullRequests: [(url: String?, state: String?)]
  /// The schedule that started the session; the row does not contain it.
  var schedule: String?

  init(_ object: [String: JSONValue], schedule: String?) {
    createdAt = object["created_at"]?.integer ?? 0
    updatedAt = object["updated_at"]?.integer ?? 0
    isArchived = object["is_archived"]?.flag ?? false
    parent = object["parent_session_id"]?.text
    origin = object["origin"]?.text
    category = object["category"]?.text
    tags = object["tags"]?.elements.compactMap(\.text) ?? []
    playbook = object["playbook_id"]?.text
    user = object["user_id"]?.text
    serviceUser = object["service_user_id"]?.text
    automation = object["automation_id"]?.text
    acus = object["acus_consumed"]?.fraction ?? 0
    pullRequests = object["pull_requests"]?.elements.map { ($0.members?["pr_url"]?.text, $0.members?["pr_state"]?.text) } ?? []
    self.schedule = schedule
  }

  /// `owner/name` of the repositories of its pull requests.
  var repositories: [String] {
    pullRequests.compactMap { $0.url?.split(separator: "/").dropFirst(2).prefix(2).joined(separator: "/") }
  }
}
