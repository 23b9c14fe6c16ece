extension Resource {
  static let knowledgeNotes = Resource(
    "knowledge_notes", "knowledge notes with their text",
    path: "/v3/organizations/{org_id}/knowledge/notes", objectPath: "/v3/organizations/{org_id}/knowledge/notes/{note_id}",
    key: .member("note_id"), strategy: .snapshot, permission: "ManageOrgKnowledge")
}
