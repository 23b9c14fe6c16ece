extension Resource {
  static let sessions = Resource(
    "sessions", "sessions with status, cost, tags and pull requests",
    path: "/v3/organizations/{org_id}/sessions", objectPath: "/v3/organizations/{org_id}/sessions/{devin_id}",
    key: .sessionID,
    strategy: .changedSince(filter: "updated_after", overlap: .seconds(300), ids: "session_ids"),
    permission: "ViewOrgSessions")
}
