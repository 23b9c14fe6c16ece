// Sessions and their child lists.

extension SyncStrategy {
  fileprivate static let changedSessions = changedSince(filter: "updated_after", overlap: .seconds(300), ids: "session_ids")
}

extension Parents {
  /// Sessions: the child list is read when the session's state changes and, while it is running, less and less often.
  package static func sessions(_ change: (inout ParentQuery) -> Void = { _ in }) -> Parents {
    var query = ParentQuery(from: "sessions", id: "p.session_id", version: "p._state")
    query.changedAt = "p.updated_at"
    query.isAtWork = "p._settles_at IS NULL"
    change(&query)
    return Parents("sessions", as: "session_id", query: query)
  }
}

extension Resource {
  static let work: [Resource] = [
    .sessions, .sessionInsights, .sessionMessages, .sessionAttachments, .sessionEvents, .sessionEventDetails, .pullRequestReviews,
    .searches,
  ]

  package static let sessions = Resource(
    "sessions", "sessions with status, cost, tags and pull requests", in: .work,
    from: [
      ListSource(
        "/v3/enterprise/sessions", object: "/v3/enterprise/sessions/{devin_id}", needs: "ViewAccountSessions", .docs),
      ListSource(
        "/v3/organizations/{org_id}/sessions", object: "/v3/organizations/{org_id}/sessions/{devin_id}",
        needs: "ViewOrgSessions", .official),
    ],
    key: .sessionID, strategy: .changedSessions)

  /// A finished analysis results in a row of 10 to 20 KB, so the pages are small.
  static let sessionInsights = Resource(
    "session_insights", "sessions with message counts, size and analysis", in: .work,
    from: [
      ListSource(
        "/v3/enterprise/sessions/insights", object: "/v3/enterprise/sessions/{devin_id}/insights",
        needs: "ViewAccountSessions", .docs),
      ListSource(
        "/v3/organizations/{org_id}/sessions/insights", object: "/v3/organizations/{org_id}/sessions/{devin_id}/insights",
        needs: "ViewOrgSessions", .sdk),
    ],
    paging: .cursor(pageSize: 50), key: .sessionID, strategy: .changedSessions)

  package static let sessionMessages = Resource(
    "session_messages", "what was said in each session", in: .work,
    from: [
      ListSource("/v3/organizations/{org_id}/sessions/{devin_id}/messages", needs: "ViewOrgSessions", .official)
    ],
    key: .member("event_id"), scope: ["session_id", "org_id"], scopeKey: ["session_id"], strategy: .append,
    below: .sessions {
      // The insights contain the numbers of messages by people and by Devin.
      $0.contradiction = """
        coalesce((SELECT i.num_user_messages + i.num_devin_messages <> (SELECT count(*) FROM session_messages AS m
            WHERE m.session_id = p.session_id AND m._deleted_at IS NULL)
          FROM session_insights AS i WHERE i.session_id = p.session_id AND i._deleted_at IS NULL), 0)
        """
    })

  static let sessionAttachments = Resource(
    "session_attachments", "files of each session (metadata)", in: .work,
    from: [
      ListSource("/v3/organizations/{org_id}/sessions/{devin_id}/attachments", needs: "ViewOrgSessions", .official)
    ],
    rows: .wholeAnswer, paging: .single, key: .member("attachment_id"), scope: ["session_id", "org_id"],
    scopeKey: ["session_id"], below: .sessions())

  static let sessionEvents = Resource(
    "session_events", "what happened in each session, in summaries", in: .work, isDefault: false,
    from: [ListSource("/v3/organizations/{org_id}/sessions/{devin_id}/events", needs: "ViewOrgSessions", .sdk)],
    key: .member("event_id"), scope: ["session_id", "org_id"], scopeKey: ["session_id"], strategy: .append, below: .sessions())

  static let sessionEventDetails = Resource(
    "session_event_details", "what happened in each session, in full", in: .work, isDefault: false,
    from: [ListSource("/v3/organizations/{org_id}/sessions/{devin_id}/events/details", needs: "ViewOrgSessions", .sdk)],
    paging: .offset(pageSize: 50), key: .member("event_id"), scope: ["session_id", "org_id"], scopeKey: ["session_id"],
    strategy: .append, below: .sessions())

  /// There is no list: the review of each pull request of a session is requested. Most have none, and return 404.
  static let pullRequestReviews = Resource(
    "pr_reviews", "the newest review of each pull request of a session", in: .work, isDefault: false,
    from: [ListSource("/v3/organizations/{org_id}/pr-reviews", needs: "UseReviewManual", .docs)],
    rows: .object, paging: .single, key: .member("commit_sha"), scope: ["pr_url", "org_id"], scopeKey: ["pr_url"],
    strategy: .single,
    below: Parents(
      "sessions", as: "pr_url", parameter: "pr_url", absentMeansNone: true,
      query: {
        var query = ParentQuery(
          from: """
            (SELECT s.org_id, pr.value ->> 'pr_url' AS pr_url, max(s.updated_at) AS updated_at,
                group_concat(DISTINCT pr.value ->> 'pr_state') AS states
              FROM \(namedPullRequests) AND \(hasSoundURL) GROUP BY 1, 2)
            """, id: "p.pr_url", version: "coalesce(p.updated_at, '') || ' ' || coalesce(p.states, '')",
          tables: ["sessions"])
        query.changedAt = "p.updated_at"
        query.isAlive = "1"
        query.unusable = ParentQuery.Unusable(
          reason: """
            the pr_url of a session cannot be asked for: it is no text, holds a NUL or half of a surrogate pair, or is longer \
            than 4,096 characters
            """,
          items: "SELECT pr.value -> 'pr_url' AS item FROM \(namedPullRequests) AND s.org_id = :org AND NOT (\(hasSoundURL))")
        return query
      }()))

  /// Pull requests `pr` of sessions `s` that are not deleted, if they have an address, which may be any value.
  private static let namedPullRequests = """
    sessions AS s, json_each(s._raw, '$.pull_requests') AS pr
    WHERE s._deleted_at IS NULL AND pr.type = 'object' AND nullif(json_type(pr.value, '$.pr_url'), 'null') IS NOT NULL
    """
  private static let hasSoundURL = """
    json_type(pr.value, '$.pr_url') = 'text' AND \(MirrorTable.ItemKey.isSound("pr.value", "$.pr_url"))
    """

  /// Known only from release notes; no item was ever seen.
  static let searches = Resource(
    "searches", "searches of the organization", in: .work, isDefault: false,
    from: [ListSource("/v3beta1/organizations/{org_id}/searches", needs: "unknown", .docs)],
    key: .firstOrWhole(of: ["search_id", "id"], as: "search_id"), scope: ["org_id"])
}
