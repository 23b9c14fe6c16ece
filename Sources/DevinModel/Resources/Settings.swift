// Settings of organizations and of the enterprise.

extension Resource {
  static let settings: [Resource] = [
    .secrets, .allowedTags, .defaultTags, .defaultPlatforms, .ipAccessList, .orgGroups,
  ]

  /// Only metadata. The API sends no values; if it ever does, the list of kept members keeps them out of the file.
  package static let secrets = Resource(
    "secrets", "names and ages of secrets, never a value", in: .settings,
    from: [ListSource("/v3/organizations/{org_id}/secrets", needs: "ManageOrgSecrets", .official)],
    key: .member("secret_id"), scope: ["org_id"],
    keptMembers: [
      "secret_id", "key", "note", "is_sensitive", "created_by", "created_at", "secret_type", "access_type", "updated_at",
      "updated_by",
    ])

  static let allowedTags = Resource(
    "allowed_tags", "tags that sessions of each organization may have", in: .settings,
    from: [ListSource("/v3/enterprise/organizations/{org_id}/tags", needs: "ManageEnterpriseSettings", .official)],
    rows: .texts("tags", as: "tag"), paging: .single, key: .member("tag"), scope: ["org_id"], scopeKey: ["org_id"],
    mayBeEmptied: true)

  static let defaultTags = Resource(
    "default_tags", "the tag that sessions of each organization get", in: .settings,
    from: [ListSource("/v3/enterprise/organizations/{org_id}/tags/default", needs: "ManageEnterpriseSettings", .official)],
    rows: .object, paging: .single, key: .scope("org_id"), strategy: .single)

  /// Any member may read it.
  static let defaultPlatforms = Resource(
    "default_platforms", "the platform that sessions of each organization run on", in: .settings, isDefault: false,
    from: [ListSource("/v3beta1/organizations/{org_id}/default-platform", needs: "unknown", .docs)],
    rows: .object, paging: .single, key: .scope("org_id"), strategy: .single)

  static let ipAccessList = Resource(
    "ip_access_list", "addresses from which the enterprise may be reached", in: .settings,
    from: [ListSource("/v3/enterprise/ip-access-list", needs: "ManageEnterpriseSettings", .official)],
    rows: .texts("ip_ranges", as: "ip_range"), paging: .single, key: .member("ip_range"), mayBeEmptied: true)

  static let orgGroups = Resource(
    "org_groups", "groups of organizations and their limits", in: .settings,
    from: [ListSource("/v3/enterprise/org-group-limits", needs: "ManageOrganizations", .official)],
    rows: .map("groups", name: "group_name"), paging: .single, key: .member("group_name"))
}
