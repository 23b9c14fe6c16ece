// What sessions can use: playbooks and knowledge.

extension Resource {
  static let knowledge: [Resource] = [.playbooks, .knowledgeNotes, .knowledgeFolders, .knowledgeSkills]

  package static let playbooks = Resource(
    "playbooks", "playbooks with their text", in: .knowledge,
    from: [
      ListSource(
        "/v3/enterprise/playbooks", object: "/v3/enterprise/playbooks/{playbook_id}", needs: "ManageAccountPlaybooks", .official),
      ListSource(
        "/v3/organizations/{org_id}/playbooks", object: "/v3/organizations/{org_id}/playbooks/{playbook_id}",
        needs: "ManageOrgPlaybooks", .official),
    ],
    key: .member("playbook_id"))

  static let knowledgeNotes = Resource(
    "knowledge_notes", "knowledge notes with their text", in: .knowledge,
    from: [
      ListSource(
        "/v3/enterprise/knowledge/notes", object: "/v3/enterprise/knowledge/notes/{note_id}", needs: "ManageAccountKnowledge",
        .official),
      ListSource(
        "/v3/organizations/{org_id}/knowledge/notes", object: "/v3/organizations/{org_id}/knowledge/notes/{note_id}",
        needs: "ManageOrgKnowledge", .official),
    ],
    key: .member("note_id"), successor: toSkills)

  static let knowledgeFolders = Resource(
    "knowledge_folders", "folders of the knowledge notes", in: .knowledge,
    from: [
      ListSource("/v3/enterprise/knowledge/folders", needs: "ManageAccountKnowledge", .official),
      ListSource("/v3/organizations/{org_id}/knowledge/folders", needs: "ManageOrgKnowledge", .official),
    ],
    readsEverySource: true, rows: .member("folders"), paging: .single, key: .member("folder_id"), scope: ["org_id"],
    successor: toSkills)

  /// Known only from one report; no item was ever seen. Notes stay in `knowledge_notes`, and skills have a separate table, so that
  /// nothing counts twice if a service lists both.
  static let knowledgeSkills = Resource(
    "knowledge_skills", "knowledge as skills, where it was moved", in: .knowledge, isDefault: false,
    from: [
      ListSource("/v3beta1/organizations/{org_id}/managed-plugins/bundles/knowledge/skills", needs: "unknown", .clients)
    ],
    rows: .firstMember(of: ["items", "skills", "data"]), key: .firstOrWhole(of: ["skill_id", "id", "name"], as: "skill_id"),
    scope: ["org_id"], scopeKey: ["org_id"])

  private static let toSkills = "Devin is moving knowledge to skills"
}
