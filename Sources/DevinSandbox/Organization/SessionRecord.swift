/// One session with all of its parts.
struct SessionRecord: Sendable {
  let id: String
  /// The object as sent.
  private(set) var bytes: [UInt8] = []
  /// The members of the object that filters and figures need; and `schedule_id` and `repo_names`, which it does not contain.
  private(set) var facts: JSONObject
  var thread: MessageThread
  /// The analysis in the insights, as sent; nil: there is none.
  var analysis: [UInt8]?
  var attachments: [Attachment]
  var isDeleted = false
  /// Whether a request ended it for good.
  var isEnded = false

  /// - Parameter schedule: the id of the schedule that started it.
  init(
    _ object: JSONObject, schedule: String? = nil, thread: MessageThread, analysis: [UInt8]? = nil, attachments: [Attachment] = []
  ) throws {
    id = object["session_id"]?.text ?? ""
    facts = ["schedule_id": .text(schedule)]
    (self.thread, self.analysis, self.attachments) = (thread, analysis, attachments)
    try replace(with: object)
  }

  private static let factNames: Set<String> = [
    "created_at", "updated_at", "is_archived", "parent_session_id", "origin", "category", "tags", "playbook_id", "user_id",
    "service_user_id", "automation_id", "acus_consumed", "pull_requests",
  ]

  mutating func replace(with object: JSONObject) throws {
    bytes = try JSONBytes.encode(object)
    let schedule = facts["schedule_id"]
    facts = object.filter { Self.factNames.contains($0.key) }
    facts["schedule_id"] = schedule
    facts["repo_names"] = .texts(pullRequestURLs.map { $0.split(separator: "/").dropFirst(2).prefix(2).joined(separator: "/") })
  }

  /// Unix seconds.
  var createdAt: Int { facts["created_at"]?.integer ?? 0 }
  /// Unix seconds.
  var updatedAt: Int { facts["updated_at"]?.integer ?? 0 }
  /// To date.
  var acus: Double { facts["acus_consumed"]?.fraction ?? 0 }
  var isArchived: Bool { facts["is_archived"] == true }
  var pullRequestURLs: [String] { facts["pull_requests"]?.elements.compactMap { $0.members?["pr_url"]?.text } ?? [] }
  /// The states that are known of its pull requests.
  var pullRequestStates: [String?] { facts["pull_requests"]?.elements.map { $0.members?["pr_state"]?.text } ?? [] }

  /// The order of the session lists: newest first, and by id within the same second.
  func comesBefore(_ other: SessionRecord) -> Bool {
    let (own, others) = (createdAt, other.createdAt)
    return own == others ? id < other.id : own > others
  }

  /// The position in a cursor after this session.
  var position: PageCursor.Position { .newest(createdAt: createdAt, id: id) }

  /// As sent in the list of sessions, or in that of insights.
  func bytes(of resource: SandboxResource) -> [UInt8] { resource == .sessionInsights ? insights : bytes }

  /// Its attachments as sent.
  func attachmentRows() throws -> [[UInt8]] { try attachments.filter { !$0.isDeleted }.map { try JSONBytes.encode($0.object) } }

  /// The size as named in insights.
  var size: String {
    let (user, devin) = thread.counts
    return switch user + devin {
    case ..<6: "xs"
    case ..<15: "s"
    case ..<40: "m"
    case ..<150: "l"
    default: "xl"
    }
  }

  /// The insights of the session as sent: its row, its message counts, and the analysis.
  var insights: [UInt8] {
    let (user, devin) = thread.counts
    var bytes = self.bytes.dropLast() + Array(",\"analysis\":".utf8)
    bytes += analysis ?? Array("null".utf8)
    bytes += Array(",\"analysis_status\":\(analysis == nil ? "null" : "\"completed\"")".utf8)
    bytes += Array(",\"num_devin_messages\":\(devin),\"num_user_messages\":\(user),\"session_size\":\"\(size)\"}".utf8)
    return Array(bytes)
  }
}

/// A file of a session, or one that was uploaded to be sent along with a message.
struct Attachment: Sendable {
  let id: String
  /// As sent.
  var object: JSONObject
  /// Nil: the content is generated.
  var content: [UInt8]?
  var isDeleted = false

  var name: String { object["name"]?.text ?? "" }

  /// - Parameter owner: its part of the address.
  static func url(_ name: String, of owner: String) -> JSONValue {
    .string("https://app.devin.ai/attachments/\(owner)/" + name.replacing(" ", with: "%20"))
  }
}
