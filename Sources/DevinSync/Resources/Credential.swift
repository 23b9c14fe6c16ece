extension Resource {
  static let credential = Resource(
    "credential", "whose key this is",
    path: "/v3/self", rows: .object, paging: .single,
    key: .first(of: ["service_user_id", "user_id", "devin_id", "principal_type"], as: "principal_id"),
    strategy: .single, permission: "ReadAccountMeta")
}
