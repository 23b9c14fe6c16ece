public import DevinModel

/// Everything that a mirror knows about one session: header, timeline, pull requests, family, messages.
public struct SessionStory: Hashable, Sendable, Encodable {
  /// A period in which the session had one status. Its times are when runs first and last saw it.
  public struct State: Hashable, Sendable, Encodable {
    /// As the API sends it: `running`, `exit` …
    public let status: String
    /// The API's `status_detail`; nil: it sent none.
    public let detail: String?
    /// At the end of the period; nil: unknown.
    public var acus: Double?
    /// When a run found the session in this state.
    public let firstSeen: UnixTime
    /// When a run found it in this state for the last time.
    public var lastSeen: UnixTime
  }

  /// A pull request of the session in one state; it is listed once for each state that runs found.
  public struct PullRequest: Hashable, Sendable, Encodable {
    /// Its address.
    public let url: String
    /// Nil: not reported.
    public let state: String?
    /// When a run found it.
    public let firstSeen: UnixTime
    /// When a run found it for the last time.
    public var lastSeen: UnixTime
  }

  /// A session of the family: any ancestor or descendant of the root session.
  public struct Relative: Hashable, Sendable, Encodable {
    /// Without the prefix `devin-`.
    public let id: String
    /// Nil: it has none.
    public let title: String?
    /// Number of steps below the root session of the family.
    public let depth: Int64
    /// As the API sends it; nil: unknown.
    public let status: String?
    /// Agent compute units to date; nil: unknown.
    public let acus: Double?
    /// Number of its pull requests that were merged.
    public let mergedPullRequests: Int64
  }

  /// One message of the conversation.
  public struct Message: Hashable, Sendable, Encodable {
    /// The API's `event_id`.
    public let id: String
    /// devin, user, or a value added later.
    public let source: String
    /// Nil: unknown.
    public let at: UnixTime?
    /// As written, in Markdown.
    public let text: String
  }

  /// Without the prefix `devin-`.
  public let id: String
  /// Id of its organization; nil: unknown.
  public let organization: String?
  /// Nil: it has none.
  public let title: String?
  /// Address in the web app; nil: unknown.
  public let url: String?
  /// As the API sends it; nil: unknown.
  public let status: String?
  /// The API's `status_detail`; nil: it sent none.
  public let statusDetail: String?
  /// Name or id of the user who started it.
  public let startedBy: String?
  /// Where it was started: `webapp`, `slack` …; nil: unknown.
  public let origin: String?
  /// The API's category; nil: it has none.
  public let category: String?
  /// Title of its playbook, or its id if the mirror does not have the playbook; nil: none.
  public let playbook: String?
  /// In the API's order.
  public let tags: [String]
  /// Nil: unknown.
  public let createdAt: UnixTime?
  /// Nil: unknown.
  public let updatedAt: UnixTime?
  /// Nil: it is not deleted.
  public let deletedAt: UnixTime?
  /// Nil: unknown.
  public let acus: Double?
  /// If older changes were removed: earlier states are unknown. Nil: everything since the session was first seen is known.
  public let historyKnownFrom: UnixTime?
  /// Oldest first.
  public let timeline: [State]
  /// In the order in which runs found their states.
  public let pullRequests: [PullRequest]
  /// Including the session itself, the root session first; empty if the session has no relatives.
  public let family: [Relative]
  /// Whether the family has more members than are listed.
  public let familyIsCut: Bool
  /// Attachments, and the state of their contents.
  public let files: [SessionFile]
  /// Oldest first, without deleted ones.
  public package(set) var messages: [Message]

  /// - Parameters:
  ///   - given: its id with or without prefix, or its address in the web app.
  ///   - reader: the mirror with the session.
  /// - Throws: `MirrorError`, `.noSuchRow` when the mirror has no such session.
  public init(_ given: String, in reader: MirrorReader) async throws {
    try await self.init(given, withMessages: true, in: reader)
  }

  /// - Parameter withMessages: whether to read the messages; a session can have many thousands.
  /// - Throws: as the other initializer.
  package init(_ given: String, withMessages: Bool, in reader: MirrorReader) async throws {
    let id = SessionID(given).text
    let of: [String: MirrorValue] = ["id": .text(id)]
    let rows = try await reader.answer(
      """
      SELECT s.org_id, s.title, s.url, s.status, s.status_detail, coalesce(p.name, s.service_user_id, s.user_id), s.origin, s.category,
        coalesce(b.title, s.playbook_id), s.created_at, s.updated_at, s._deleted_at, coalesce(f.acus, nullif(s.acus_consumed, 0)), s._raw
      FROM sessions AS s LEFT JOIN session_facts AS f USING (session_id) LEFT JOIN playbooks AS b ON b.playbook_id = s.playbook_id
        LEFT JOIN people AS p ON p.user_id = coalesce(s.service_user_id, s.user_id)
      WHERE s.session_id = :id
      """, of
    ).rows
    guard let row = rows.first else { throw MirrorError.noSuchRow("sessions", id) }
    self.id = id
    organization = row[0].text
    title = row[1].text
    url = row[2].text
    status = row[3].text
    statusDetail = row[4].text
    startedBy = row[5].text
    origin = row[6].text
    category = row[7].text
    playbook = row[8].text
    createdAt = row[9].time
    updatedAt = row[10].time
    deletedAt = row[11].time
    acus = row[12].real
    tags = try await reader.answer("SELECT tag.value FROM sessions, json_each(_raw, '$.tags') AS tag WHERE session_id = :id", of)
      .rows.compactMap { $0[0].text }
    let pruned = try await reader.historyKnownFrom()
    let seen = try await Self.seen(id, current: row[13], deletedAt: row[11].time, knownFrom: pruned, in: reader)
    historyKnownFrom = seen.knownFrom
    timeline = seen.states
    pullRequests = seen.pullRequests
    let family = try await SessionFamily(of: id, in: reader)
    self.family = family.members.count > 1 ? family.members : []
    familyIsCut = family.isCut
    files = try await SessionFile.all(of: id, in: reader)
    messages = withMessages ? try await SessionMessages(of: id, in: reader).messages : []
  }

  /// The states seen by runs, reconstructed from what each change left.
  private static func seen(
    _ id: String, current: MirrorValue, deletedAt: UnixTime?, knownFrom: UnixTime?, in reader: MirrorReader
  ) async throws -> (states: [State], pullRequests: [PullRequest], knownFrom: UnixTime?) {
    let parameters: [String: MirrorValue] = [
      "resource": .text("sessions"), "key": .text(id), "current": current, "from": .time(knownFrom ?? .epoch),
    ]
    let states = """
      WITH changes AS (\(RowHistory.states)),
      states(place, at, raw) AS (
        SELECT 0, max(_first_synced_at, :from), coalesce((SELECT before FROM changes WHERE before IS NOT NULL ORDER BY change_id LIMIT 1), _raw)
        FROM sessions WHERE session_id = :key
        UNION ALL SELECT change_id, changed_at, after FROM changes WHERE change <> 'deleted')
      """
    let firstSeen = try await reader.answer("SELECT _first_synced_at FROM sessions WHERE session_id = :key", parameters).rows
      .first?.first?.time
    // States are dated by the system clock, and so is the time when the list that contains them was last read.
    let lastRead =
      try await reader.answer(
        """
        SELECT coalesce(max(c.completed_at), (SELECT moment FROM mirror_moment)) FROM sync_checkpoints AS c
        WHERE c.resource = 'sessions' AND c.parent = '' AND c.org_id IN ('', (SELECT org_id FROM sessions WHERE session_id = :key))
        """, parameters
      ).rows.first?.first?.time ?? .epoch
    // A deleted session was in its last state until its deletion.
    let moment = deletedAt.map { min($0, lastRead) } ?? lastRead
    var timeline: [State] = []
    for row in try await reader.answer(
      "\(states) SELECT at, raw ->> 'status', raw ->> 'status_detail', raw ->> 'acus_consumed' FROM states ORDER BY place",
      parameters
    ).rows {
      let at = row[0].time ?? .epoch
      let acus = row[3].real.flatMap { $0 == 0 ? nil : $0 }
      if let last = timeline.indices.last {
        timeline[last].lastSeen = at
        if timeline[last].status == row[1].text ?? "", timeline[last].detail == row[2].text {
          timeline[last].acus = acus ?? timeline[last].acus
          continue
        }
      }
      timeline.append(State(status: row[1].text ?? "", detail: row[2].text, acus: acus, firstSeen: at, lastSeen: at))
    }
    if let last = timeline.indices.last { timeline[last].lastSeen = max(timeline[last].firstSeen, moment) }

    var requests: [PullRequest] = []
    /// Positions in `requests` of those that the newest state lists.
    var places: [String: Int] = [:]
    var state: Int64 = -1
    var listed: Set<String> = []
    /// Pull requests that a state no longer lists had ended by then.
    func endUnlisted() {
      for url in places.keys where !listed.contains(url) { places[url] = nil }
      listed = []
    }
    for row in try await reader.answer(
      """
      \(states) SELECT place, at, pr.value ->> 'pr_url', pr.value ->> 'pr_state'
      FROM states LEFT JOIN json_each(raw, '$.pull_requests') AS pr ON pr.type = 'object' ORDER BY place, pr.key
      """, parameters
    ).rows {
      guard let at = row[1].time, let number = row[0].integer else { continue }
      if number != state {
        if state >= 0 { endUnlisted() }
        state = number
        for place in places.values { requests[place].lastSeen = at }
      }
      guard let url = row[2].text, listed.insert(url).inserted else { continue }
      if let known = places[url], requests[known].state == row[3].text { continue }
      places[url] = requests.count
      requests.append(PullRequest(url: url, state: row[3].text, firstSeen: at, lastSeen: at))
    }
    if state >= 0 { endUnlisted() }
    for place in places.values { requests[place].lastSeen = max(requests[place].firstSeen, moment) }
    return (timeline, requests, knownFrom.flatMap { $0 > firstSeen ?? .epoch ? $0 : nil })
  }
}
