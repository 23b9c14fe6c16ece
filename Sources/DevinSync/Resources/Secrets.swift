extension Resource {
  /// Metadata only. The API sends no values; should one ever appear, the list of members keeps it out of the file.
  static let secrets = Resource(
    "secrets", "names and ages of secrets, never a value",
    path: "/v3/organizations/{org_id}/secrets",
    key: .member("secret_id"), scope: ["org_id"],
    keptMembers: [
      "secret_id", "key", "note", "is_sensitive", "created_by", "created_at", "secret_type", "access_type", "updated_at",
      "updated_by",
    ],
    strategy: .snapshot, permission: "ManageOrgSecrets")
}
