/// Every resource that can be mirrored.
public enum Catalogue {
  /// Parents before children.
  public static let all: [Resource] = [
    .credential,
    .sessions,
    .sessionInsights,
    .sessionMessages,
    .sessionAttachments,
    .playbooks,
    .knowledgeNotes,
    .knowledgeFolders,
    .secrets,
    .schedules,
  ]

  public static func resource(named name: String) -> Resource? { all.first { $0.name == name } }
}
