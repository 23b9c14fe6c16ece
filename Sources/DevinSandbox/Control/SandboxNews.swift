/// What happened in the organization while it lived on.
public struct SandboxNews: Sendable, Hashable, Codable {
  public var steps = 0
  /// Unix seconds afterwards.
  public var now = 0
  public var sessionsCreated: [String] = []
  /// Sessions that progressed, without the new ones. One that progressed twice comes twice.
  public var sessionsChanged: [String] = []
  public var messagesAppended = 0
  /// Sessions whose analysis was finished, without `updated_at` moving.
  public var sessionsAnalysed: [String] = []
  /// `resource/id` of other objects that were edited, made or deleted.
  public var edited: [String] = []
  public var created: [String] = []
  public var deleted: [String] = []

  enum CodingKeys: String, CodingKey {
    case steps, now, edited, created, deleted
    case sessionsCreated = "sessions_created"
    case sessionsChanged = "sessions_changed"
    case messagesAppended = "messages_appended"
    case sessionsAnalysed = "sessions_analysed"
  }
}
