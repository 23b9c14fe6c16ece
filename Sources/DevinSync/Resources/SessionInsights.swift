extension Resource {
  /// A finished analysis makes a row of 10 to 20 KB, so the pages are small.
  static let sessionInsights = Resource(
    "session_insights", "sessions with message counts, size and analysis",
    path: "/v3/organizations/{org_id}/sessions/insights",
    objectPath: "/v3/organizations/{org_id}/sessions/{devin_id}/insights",
    paging: .cursor(pageSize: 50), key: .sessionID,
    strategy: .changedSince(filter: "updated_after", overlap: .seconds(300), ids: "session_ids"),
    permission: "ViewOrgSessions")
}
