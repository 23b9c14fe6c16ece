extension Resource {
  static let sessionAttachments = Resource(
    "session_attachments", "files of each session (metadata)",
    path: "/v3/organizations/{org_id}/sessions/{devin_id}/attachments", rows: .wholeAnswer, paging: .single,
    key: .member("attachment_id"), scope: ["session_id", "org_id"], scopeKey: ["session_id"],
    strategy: .perParent(of: "sessions", isAppendOnly: false), permission: "ViewOrgSessions")
}
