/// The endpoints that the sandbox has, and what each needs.
enum Route: Equatable, Sendable {
  case credential
  case sessions
  case session(String)
  case sessionMessages(String)
  case sessionAttachments(String)
  case sessionTags(String)
  case sessionInsights(String)
  case insights
  case playbooks
  case playbook(String)
  case notes
  case note(String)
  case folders
  case secrets
  case schedules
  case schedule(String)

  /// - Parameter parts: the decoded parts of a path behind `/v3`.
  /// - Returns: nil when there is no such endpoint.
  init?(_ parts: ArraySlice<String>) {
    if Array(parts) == ["self"] {
      self = .credential
      return
    }
    guard parts.count >= 3, parts.first == "organizations" else { return nil }
    let rest = Array(parts.dropFirst(2))
    switch (rest[0], rest.count) {
    case ("sessions", 1): self = .sessions
    case ("sessions", 2): self = rest[1] == "insights" ? .insights : .session(rest[1])
    case ("sessions", 3):
      switch rest[2] {
      case "messages": self = .sessionMessages(rest[1])
      case "attachments": self = .sessionAttachments(rest[1])
      case "tags": self = .sessionTags(rest[1])
      case "insights": self = .sessionInsights(rest[1])
      default: return nil
      }
    case ("playbooks", 1): self = .playbooks
    case ("playbooks", 2): self = .playbook(rest[1])
    case ("knowledge", 2) where rest[1] == "notes": self = .notes
    case ("knowledge", 2) where rest[1] == "folders": self = .folders
    case ("knowledge", 3) where rest[1] == "notes": self = .note(rest[2])
    case ("secrets", 1): self = .secrets
    case ("schedules", 1): self = .schedules
    case ("schedules", 2): self = .schedule(rest[1])
    default: return nil
    }
  }

  var permission: String {
    switch self {
    case .credential: "ReadAccountMeta"
    case .sessions, .session, .sessionMessages, .sessionAttachments, .sessionTags, .sessionInsights,
      .insights:
      "ViewOrgSessions"
    case .playbooks, .playbook: "ManageOrgPlaybooks"
    case .notes, .note, .folders: "ManageOrgKnowledge"
    case .secrets: "ManageOrgSecrets"
    case .schedules, .schedule: "ManageOrgSchedules"
    }
  }

  /// The path behind the organization, with `{id}` for ids: what requests are counted by.
  var pattern: String {
    switch self {
    case .credential: "/self"
    case .sessions: "/sessions"
    case .session: "/sessions/{id}"
    case .sessionMessages: "/sessions/{id}/messages"
    case .sessionAttachments: "/sessions/{id}/attachments"
    case .sessionTags: "/sessions/{id}/tags"
    case .sessionInsights: "/sessions/{id}/insights"
    case .insights: "/sessions/insights"
    case .playbooks: "/playbooks"
    case .playbook: "/playbooks/{id}"
    case .notes: "/knowledge/notes"
    case .note: "/knowledge/notes/{id}"
    case .folders: "/knowledge/folders"
    case .secrets: "/secrets"
    case .schedules: "/schedules"
    case .schedule: "/schedules/{id}"
    }
  }
}
