/// The contents of the simulated organization, and the behaviour of its server. The same scenario has the
/// same bytes on every machine and on every day, unless its clock runs.
package struct SandboxScenario: Sendable, Hashable {
  /// The kind of key that the sandbox accepts, as reported by `GET /v3/self`.
  package enum Principal: Sendable, CaseIterable {
    /// A service user of the organization: `org_id` is set.
    case serviceUser
    /// A service user of the enterprise: `org_id` is null.
    case enterpriseServiceUser
    /// A person's access token: `org_id` is null.
    case personalToken
  }

  /// The position that a cursor contains.
  package enum CursorKind: Sendable {
    /// The key of the last row: a deletion on an earlier page does not shift rows.
    case key
    /// The number of rows before it: a deletion on an earlier page shifts a row across the page boundary.
    case offset
  }

  /// The two forms of error bodies that Devin's deployments send.
  package enum ErrorFamily: String, Sendable {
    /// Problem details, RFC 9457.
    case problem
    /// `{"detail": …}`, as FastAPI writes it.
    case legacy
  }

  /// Which form of ids the filter `session_ids` of the session lists matches. The documentation of one client requires the
  /// prefix `devin-`; the behaviour of the real server is unknown.
  package enum SessionIDs: String, Sendable, CaseIterable {
    case eitherForm
    case prefixed
    case bare
    /// The filter is ignored, like one that the server does not know.
    case ignored
  }

  package var seed: UInt64 = 1
  /// Unix seconds at which the sandbox's clock starts, and at which its initial data ends. With another start, the same
  /// objects have different times, all shifted by the same amount. Data by billing day is shifted by complete
  /// days: consumption, audit log, guardrail violations and billing cycles.
  package var startsAt = Self.anchor
  /// Whether the clock runs with real time; otherwise it moves only on request.
  package var clockRuns = false
  package var organizationID = "org-5a3d91c07be24f6688d2b94e01c7f3a6"
  /// The only key that is accepted, unless there is a `writeKey`.
  package var key = "cog_sandbox_2f8c61d09b7e4a53"
  /// A key that is accepted beside `key`, which may then only read; nil: `key` may write too.
  package var writeKey: String?
  /// What the keys may do; `SandboxScenario.allPermissions` at first.
  package var permissions: Set<String> = Self.allPermissions
  package var principal = Principal.serviceUser

  package var sessions = 60
  /// Average number of messages in a normal session. Organizations with 20 or more sessions have three with over 200.
  package var messagesPerSession = 12
  package var playbooks = 8
  package var notes = 24
  package var folders = 6
  package var secrets = 9
  package var schedules = 7
  /// Approximate average size of an analysed insights row in bytes; 1,500 or more.
  package var insightBytes = 3_000

  /// Ids of further organizations of the same enterprise, each about a third as large and with a different seed.
  package var moreOrganizations: [String] = []
  /// Whether each further organization has as many sessions and messages as the first.
  package var evenSessions = false
  /// How many organizations are active, counted from the first: news happens in each of them, and the others consume nothing any more.
  /// Nil: news happens only in the first, and all of them consume.
  package var activeOrganizations: Int?
  /// Number of days before the start for which there are an audit log, guardrail violations and consumption.
  package var historyDays = 30
  /// Endpoints that return 404, such as `/v3/enterprise/org-group-limits` and `/sessions/{id}/events`: complete
  /// paths, or the part after the organization or the version. A part in braces matches any value.
  package var absent: [String] = []
  /// Whether beta endpoints are under `v3` instead of `v3beta1`.
  package var betaMoved = false

  package var sessionIDs = SessionIDs.eitherForm
  package var cursors = CursorKind.key
  /// Whether the last page of a list has a cursor too. Such a cursor finds rows that are added later.
  package var cursorOnLastPage = false
  package var errors = ErrorFamily.problem
  /// What happens on writes where the sources disagree.
  package var writes = WriteRules()
  /// Whether bodies are compressed for clients that send `Accept-Encoding`.
  package var compression = true
  /// Delay before each answer of the API, in milliseconds.
  package var latencyMilliseconds = 0
  /// Address of the server to which requests for the content of an attachment are redirected. The sandbox's own address has no TLS.
  package var attachmentStorage: String?
  /// Milliseconds of real time between two steps of news; nil: news happens only on request.
  package var liveMilliseconds: Int?

  package init() {}

  /// Every permission that an endpoint of the sandbox requires.
  package static let allPermissions = Set(Endpoint.all.compactMap(\.permission))

  /// Unix seconds of 2026-11-01T12:00:00Z, the default start of the sandbox's clock.
  package static let anchor = 1_793_534_400
}
