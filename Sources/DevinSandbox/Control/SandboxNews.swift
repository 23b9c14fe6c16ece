/// The simulated activity of the organization.
package struct SandboxNews: Sendable, Hashable, Codable {
  package var steps = 0
  /// Unix seconds afterwards.
  package var now = 0
  package var sessionsCreated: [String] = []
  /// Sessions that progressed, without the new ones. A session that progressed twice is listed twice.
  package var sessionsChanged: [String] = []
  package var messagesAppended = 0
  /// Sessions whose analysis was finished without a change of `updated_at`.
  package var sessionsAnalysed: [String] = []
  /// `resource/id` of other objects that were edited, created or deleted.
  package var edited: [String] = []
  package var created: [String] = []
  package var deleted: [String] = []
}
