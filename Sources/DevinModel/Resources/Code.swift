// Repositories, who can access them, and what was found in them.

extension Resource {
  static let code: [Resource] = [
    .repositories, .indexedRepositories, .gitConnections, .gitConnectionRepositories, .gitPermissions,
    .codeScans, .codeScanFindings, .codeScanProfiles, .codeScanProfileGuidance,
  ]

  private static let repositoryKey = MirrorTable.ItemKey.joined(
    ["git_connection_id", "provider_repository_id"], as: "repository_key")

  static let repositories = Resource(
    "repositories", "repositories that each organization may use", in: .code,
    from: [ListSource("/v3beta1/organizations/{org_id}/repositories", needs: "Read", .docs)],
    paging: .cursor(pageSize: 100), key: repositoryKey, scope: ["org_id"], scopeKey: ["org_id"])

  static let indexedRepositories = Resource(
    "indexed_repositories", "repositories that are indexed", in: .code,
    from: [ListSource("/v3beta1/organizations/{org_id}/repositories/indexing", needs: "Read", .docs)],
    key: .member("repository_path"), scope: ["org_id"], scopeKey: ["org_id"])

  static let gitConnections = Resource(
    "git_connections", "connections to git hosts", in: .code,
    from: [ListSource("/v3/enterprise/git-providers/connections", needs: "ManageGitIntegrations", .official)],
    key: .member("git_connection_id"))

  static let gitConnectionRepositories = Resource(
    "git_connection_repositories", "repositories that each connection reaches", in: .code, isDefault: false,
    from: [
      ListSource(
        "/v3/enterprise/git-providers/connections/{connection_id}/repositories", needs: "ManageGitIntegrations", .official)
    ],
    paging: .cursor(pageSize: 100), key: repositoryKey,
    below: .daily("git_connections", as: "git_connection_id", belongs: nil))

  static let gitPermissions = Resource(
    "git_permissions", "which repositories each organization may touch", in: .code,
    from: [
      ListSource(
        "/v3/enterprise/organizations/{org_id}/git-providers/permissions", needs: "ManageGitIntegrations", .official)
    ],
    key: .member("git_permission_id"), scope: ["org_id"])

  static let codeScans = Resource(
    "code_scans", "code scans", in: .code,
    from: [
      ListSource("/v3/enterprise/code-scans/scans", needs: "ViewAccountCodeScans", .docs),
      ListSource("/v3/organizations/{org_id}/code-scans/scans", needs: "ViewCodeScans", .docs),
    ],
    key: .member("scan_id"))

  static let codeScanFindings = Resource(
    "code_scan_findings", "what code scans found", in: .code,
    from: [ListSource("/v3/organizations/{org_id}/code-scans/findings", needs: "ViewCodeScans", .docs)],
    key: .member("finding_id"), scope: ["org_id"])

  static let codeScanProfiles = Resource(
    "code_scan_profiles", "profiles that code scans follow", in: .code,
    from: [
      ListSource(
        "/v3/enterprise/code-scans/profiles", object: "/v3/enterprise/code-scans/profiles/{profile_id}",
        needs: "ViewAccountCodeScans", .docs),
      ListSource(
        "/v3/organizations/{org_id}/code-scans/profiles", object: "/v3/organizations/{org_id}/code-scans/profiles/{profile_id}",
        needs: "ViewCodeScans", .docs),
    ],
    key: .member("profile_id"))

  static let codeScanProfileGuidance = Resource(
    "code_scan_profile_guidance", "profiles with their guidance", in: .code, isDefault: false,
    from: [
      ListSource("/v3/organizations/{org_id}/code-scans/profiles/{profile_id}", needs: "ViewCodeScans", .docs),
      ListSource("/v3/enterprise/code-scans/profiles/{profile_id}", needs: "ViewAccountCodeScans", .docs),
    ],
    readsEverySource: true, rows: .object, paging: .single, key: .member("profile_id"), strategy: .single,
    below: .daily("code_scan_profiles", as: "profile_id"))
}

extension Parents {
  /// Rows that do not show when their child list changes: it is read again after one day, and when the row changes.
  static func daily(
    _ table: String, as column: String, version: String = "CAST(p._changed_at AS TEXT)", belongs: String? = "p.org_id = :org",
    absentMeansNone: Bool = false
  ) -> Parents {
    var query = ParentQuery(from: table, id: "p.\(column)", version: version)
    query.every = 86_400
    query.belongs = belongs
    return Parents(table, as: column, absentMeansNone: absentMeansNone, query: query)
  }
}
