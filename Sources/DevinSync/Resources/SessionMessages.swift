extension Resource {
  static let sessionMessages = Resource(
    "session_messages", "what was said in each session",
    path: "/v3/organizations/{org_id}/sessions/{devin_id}/messages",
    key: .member("event_id"), scope: ["session_id", "org_id"], scopeKey: ["session_id"],
    strategy: .perParent(of: "sessions", isAppendOnly: true), permission: "ViewOrgSessions")
}
