/// The kinds of objects that the sandbox holds, named like the tables of the mirror.
public enum SandboxResource: String, Sendable, Codable, CaseIterable {
  case sessions
  case sessionInsights = "session_insights"
  case sessionMessages = "session_messages"
  case sessionAttachments = "session_attachments"
  case playbooks
  case knowledgeNotes = "knowledge_notes"
  case knowledgeFolders = "knowledge_folders"
  case secrets
  case schedules
  case credential

  /// The member that holds an object's own id; nil for the credential, of which there is one.
  public var key: String? {
    switch self {
    case .sessions, .sessionInsights: "session_id"
    case .sessionMessages: "event_id"
    case .sessionAttachments: "attachment_id"
    case .playbooks: "playbook_id"
    case .knowledgeNotes: "note_id"
    case .knowledgeFolders: "folder_id"
    case .secrets: "secret_id"
    case .schedules: "scheduled_session_id"
    case .credential: nil
    }
  }

  /// A member of free text, where there is one.
  var textMember: String? {
    switch self {
    case .sessions, .sessionInsights, .playbooks: "title"
    case .sessionMessages: "message"
    case .sessionAttachments, .knowledgeNotes, .knowledgeFolders, .schedules: "name"
    case .secrets: "note"
    case .credential: nil
    }
  }
}
