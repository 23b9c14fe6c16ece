/// What the simulated organization holds and how its server behaves. The same scenario gives the
/// same bytes on every machine and on every day, unless its clock runs.
///
/// Members that a JSON text leaves out keep their default values.
public struct SandboxScenario: Sendable, Hashable {
  /// Whose key it is that the sandbox accepts, as `GET /v3/self` tells.
  public enum Principal: String, Sendable, Codable, CaseIterable {
    /// A service user of the organization: `org_id` is set.
    case serviceUser = "service_user"
    /// A service user of the enterprise: `org_id` is null.
    case enterpriseServiceUser = "enterprise_service_user"
    /// A person's access token: `org_id` is null.
    case personalToken = "pat_user"
  }

  /// What a cursor remembers.
  public enum CursorKind: String, Sendable, Codable {
    /// The key of the last row: a deletion on an earlier page shifts nothing.
    case key
    /// The number of rows before: a deletion on an earlier page shifts a row across the boundary.
    case offset
  }

  /// The two families of error bodies that Devin's deployments send.
  public enum ErrorFamily: String, Sendable, Codable {
    /// Problem details, RFC 9457.
    case problem
    /// `{"detail": …}`, as FastAPI writes it.
    case legacy
  }

  /// Which form of ids the filter `session_ids` of the session lists matches. The documentation of one client demands the
  /// prefix `devin-`; what the real server does is not known.
  public enum SessionIDs: String, Sendable, Codable, CaseIterable {
    case eitherForm = "either"
    case prefixed
    case bare
    /// The filter is not obeyed, as one that the server does not know.
    case ignored
  }

  public var seed: UInt64 = 1
  /// Unix seconds at which the sandbox's clock starts, and at which what it begins with ends. With another start the same
  /// objects have other times: all of them differ by the same, but for what is told by billing days, which differs by whole
  /// days: consumption, audit log, violations of guardrails and billing cycles.
  public var startsAt = Self.anchor
  /// Whether the clock runs with real time; otherwise it moves only when told.
  public var clockRuns = false
  public var organizationID = "org-5a3d91c07be24f6688d2b94e01c7f3a6"
  /// The only key that is accepted.
  public var key = "cog_sandbox_2f8c61d09b7e4a53"
  /// What the key may read; `SandboxScenario.allPermissions` at first.
  public var permissions: Set<String> = Self.allPermissions
  public var principal = Principal.serviceUser

  public var sessions = 60
  /// Messages of an ordinary session, on average. Organizations of 20 and more sessions have three
  /// with over 200.
  public var messagesPerSession = 12
  public var playbooks = 8
  public var notes = 24
  public var folders = 6
  public var secrets = 9
  public var schedules = 7
  /// Size of an analysed insights row, in bytes, on average and roughly; 1,500 and more.
  public var insightBytes = 3_000

  /// Ids of further organizations of the same enterprise, each about a third as large and made of other seeds.
  public var moreOrganizations: [String] = []
  /// Whether each further organization has as many sessions as the first, of as many messages.
  public var evenSessions = false
  /// Days before the start to which the audit log, violations of guardrails and consumption go back.
  public var historyDays = 30
  /// Endpoints that are answered with 404, as those of `/v3/enterprise/org-group-limits` and `/sessions/{id}/events`: whole
  /// paths, or what stands behind the organization or the version. A part in braces stands for any.
  public var absent: [String] = []
  /// Whether what is in beta is found under `v3` instead of `v3beta1`.
  public var betaMoved = false

  public var sessionIDs = SessionIDs.eitherForm
  public var cursors = CursorKind.key
  /// Whether the last page of a list carries a cursor too. Such a cursor finds what is appended
  /// later.
  public var cursorOnLastPage = false
  public var errors = ErrorFamily.problem
  /// Whether bodies are compressed for those who send `Accept-Encoding`.
  public var compression = true
  /// Waiting time before each answer of the API, in milliseconds.
  public var latencyMilliseconds = 0
  /// Milliseconds of real time between two steps of news; nil: nothing happens unless told.
  public var liveMilliseconds: Int?

  public init() {}

  /// Every permission that an endpoint of the sandbox asks for.
  public static let allPermissions = Set([
    "ReadAccountMeta", "ViewOrgSessions", "ManageOrgPlaybooks", "ManageOrgKnowledge",
    "ManageOrgSecrets", "ManageOrgSchedules",
  ]).union(Endpoint.all.compactMap(\.permission))

  /// Unix seconds of 2026-11-01T12:00:00Z, where the sandbox's clock starts unless told otherwise.
  public static let anchor = 1_793_534_400
}

extension SandboxScenario: Codable {
  enum CodingKeys: String, CodingKey {
    case startsAt = "starts_at"
    case clockRuns = "clock_runs"
    case seed, key, permissions, principal, sessions, playbooks, notes, folders, secrets, schedules
    case cursors, errors, compression, absent
    case moreOrganizations = "more_organizations"
    case evenSessions = "even_sessions"
    case historyDays = "history_days"
    case betaMoved = "beta_moved"
    case sessionIDs = "session_ids"
    case organizationID = "organization_id"
    case messagesPerSession = "messages_per_session"
    case insightBytes = "insight_bytes"
    case cursorOnLastPage = "cursor_on_last_page"
    case latencyMilliseconds = "latency_milliseconds"
    case liveMilliseconds = "live_milliseconds"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func read<Value: Decodable>(_ value: inout Value, _ key: CodingKeys) throws {
      value = try container.decodeIfPresent(Value.self, forKey: key) ?? value
    }
    self.init()
    try read(&seed, .seed)
    try read(&startsAt, .startsAt)
    try read(&clockRuns, .clockRuns)
    try read(&organizationID, .organizationID)
    try read(&key, .key)
    try read(&permissions, .permissions)
    try read(&principal, .principal)
    try read(&sessions, .sessions)
    try read(&messagesPerSession, .messagesPerSession)
    try read(&playbooks, .playbooks)
    try read(&notes, .notes)
    try read(&folders, .folders)
    try read(&secrets, .secrets)
    try read(&schedules, .schedules)
    try read(&insightBytes, .insightBytes)
    try read(&moreOrganizations, .moreOrganizations)
    try read(&evenSessions, .evenSessions)
    try read(&historyDays, .historyDays)
    try read(&absent, .absent)
    try read(&betaMoved, .betaMoved)
    try read(&sessionIDs, .sessionIDs)
    try read(&cursors, .cursors)
    try read(&cursorOnLastPage, .cursorOnLastPage)
    try read(&errors, .errors)
    try read(&compression, .compression)
    try read(&latencyMilliseconds, .latencyMilliseconds)
    liveMilliseconds = try container.decodeIfPresent(Int.self, forKey: .liveMilliseconds)
  }
}
