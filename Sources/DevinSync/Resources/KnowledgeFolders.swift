extension Resource {
  static let knowledgeFolders = Resource(
    "knowledge_folders", "folders of the knowledge notes",
    path: "/v3/organizations/{org_id}/knowledge/folders", rows: .member("folders"), paging: .single,
    key: .member("folder_id"), scope: ["org_id"], strategy: .snapshot, permission: "ManageOrgKnowledge")
}
