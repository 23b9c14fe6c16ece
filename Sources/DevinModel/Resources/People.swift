// The owner of the key, users, and their permissions.

extension Resource {
  static let account: [Resource] = [.credential, .organizations]

  static let people: [Resource] = [
    .users, .idpUsers, .serviceUsers, .serviceUserKeys, .idpGroups, .registeredIdpGroups, .roles, .rolePermissions, .orgMembers,
    .orgIdpMembers, .orgServiceUsers, .orgIdpGroups,
  ]

  package static let credential = Resource(
    "credential", "whose key this is", in: .people,
    from: [ListSource("/v3/self", needs: "ReadAccountMeta", .official)],
    rows: .object, paging: .single,
    key: .first(of: ["service_user_id", "user_id", "devin_id", "principal_type"], as: "principal_id"), strategy: .single)

  package static let organizations = Resource(
    "organizations", "organizations of the enterprise", in: .people,
    from: [
      ListSource(
        "/v3/enterprise/organizations", object: "/v3/enterprise/organizations/{org_id}", needs: "ManageOrganizations", .official)
    ],
    key: .member("org_id"))

  static let users = Resource(
    "users", "users of the enterprise with their roles", in: .people,
    from: [
      ListSource(
        "/v3/enterprise/members/users", object: "/v3/enterprise/members/users/{user_id}", needs: membership, .official)
    ],
    key: .member("user_id"))

  static let idpUsers = Resource(
    "idp_users", "users with roles through groups of the identity provider", in: .people,
    from: [ListSource("/v3/enterprise/members/idp-users", needs: membership, .official)], key: .member("user_id"))

  static let serviceUsers = Resource(
    "service_users", "service users, removed ones included", in: .people,
    from: [
      ListSource(
        "/v3/enterprise/members/service-users", object: "/v3/enterprise/members/service-users/{service_user_id}",
        query: inactiveToo, needs: membership, .official)
    ],
    key: .member("service_user_id"))

  static let serviceUserKeys = Resource(
    "service_user_api_keys", "keys of service users (metadata)", in: .people, isDefault: false,
    from: [
      ListSource(
        "/v3beta1/enterprise/service-users/{service_user_id}/api-keys", query: [QueryItem("status", "all")],
        needs: "ManageAccountServiceUsers", .docs)
    ],
    key: .member("api_key_id"), scope: ["service_user_id"],
    keptMembers: ["api_key_id", "api_key_name", "created_at", "expires_at", "is_active", "last_used_at", "revoked_at"],
    below: .daily("service_users", as: "service_user_id", belongs: nil))

  static let idpGroups = Resource(
    "idp_groups", "groups of the identity provider with their roles", in: .people,
    from: [
      ListSource(
        "/v3/enterprise/members/idp-groups", object: "/v3/enterprise/members/idp-groups/{idp_group_name}", needs: membership,
        .official)
    ],
    key: .member("idp_group_name"))

  static let registeredIdpGroups = Resource(
    "registered_idp_groups", "names of registered groups", in: .people,
    from: [ListSource("/v3/enterprise/idp-groups", needs: membership, .official)], key: .member("idp_group_name"))

  static let roles = Resource(
    "roles", "roles", in: .people,
    from: [
      ListSource("/v3/enterprise/roles", object: "/v3/enterprise/roles/{role_id}", needs: membership, .official)
    ],
    key: .member("role_id"))

  static let rolePermissions = Resource(
    "role_permissions", "what each role may do", in: .people,
    from: [ListSource("/v3/enterprise/roles/{role_id}", needs: membership, .official)],
    rows: .object, paging: .single, key: .member("role_id"), strategy: .single,
    below: .daily("roles", as: "role_id", belongs: nil))

  static let orgMembers = Resource(
    "org_members", "users of each organization", in: .people,
    from: [
      ListSource("/v3beta1/organizations/{org_id}/members/users", needs: "ViewOrgMembership", .docs),
      ListSource("/v3/enterprise/organizations/{org_id}/members/users", needs: membership, .official),
    ],
    key: .member("user_id"), scope: ["org_id"], scopeKey: ["org_id"])

  static let orgIdpMembers = Resource(
    "org_idp_members", "users of each organization through groups", in: .people,
    from: [
      ListSource("/v3beta1/organizations/{org_id}/members/idp-users", needs: "ViewOrgMembership", .inferred),
      ListSource("/v3/enterprise/organizations/{org_id}/members/idp-users", needs: membership, .official),
    ],
    key: .member("user_id"), scope: ["org_id"], scopeKey: ["org_id"])

  static let orgServiceUsers = Resource(
    "org_service_users", "service users of each organization", in: .people,
    from: [
      ListSource(
        "/v3/enterprise/organizations/{org_id}/members/service-users", query: inactiveToo, needs: membership, .official)
    ],
    key: .member("service_user_id"), scope: ["org_id"], scopeKey: ["org_id"])

  static let orgIdpGroups = Resource(
    "org_idp_groups", "groups of each organization with their roles", in: .people,
    from: [
      ListSource(
        "/v3/enterprise/organizations/{org_id}/members/idp-groups",
        object: "/v3/enterprise/organizations/{org_id}/members/idp-groups/{idp_group_name}", needs: membership, .official)
    ],
    key: .member("idp_group_name"), scope: ["org_id"], scopeKey: ["org_id"])

  private static let membership = "ManageAccountMembership"
  private static let inactiveToo = [QueryItem("include_inactive", "true")]
}
