extension Endpoint {
  private static let o = "/organizations/{org_id}"
  private static let e = "/enterprise"
  private static let eo = "/enterprise/organizations/{org_id}"

  /// Names before braces: the first that fits a path is taken.
  static let all: [Endpoint] = work + automation + spending + code + machines + people + settings

  private static let work: [Endpoint] = [
    Endpoint(
      "\(o)/sessions/{devin_id}/events", "ViewOrgSessions", .page(.sessionEvents), .equal("categories", member: "category"),
      .equal("event_types", member: "event_type"), .equal("direction", member: "direction"),
      .time(isLimited: false, after: "created_after", before: "created_before")),
    Endpoint(
      "\(o)/sessions/{devin_id}/events/details", "ViewOrgSessions", .eventDetails, .equal("event_ids", member: "event_id")),
    Endpoint("\(o)/pr-reviews", "UseReviewManual", .pullRequestReview),
    Endpoint("\(e)/pr-reviews", "UseReviewManual", .pullRequestReview),
    Endpoint("\(o)/searches", nil, .page(.searches), beta: true),
    Endpoint("\(e)/searches", nil, .page(.searches), beta: true),
    Endpoint("\(e)/sessions", "ViewAccountSessions", .sessions(.sessions)),
    Endpoint("\(e)/sessions/insights", "ViewAccountSessions", .sessions(.sessionInsights)),
    Endpoint("\(e)/sessions/{devin_id}", "ViewAccountSessions", .session),
    Endpoint("\(e)/sessions/{devin_id}/insights", "ViewAccountSessions", .session),
    Endpoint("\(e)/sessions/{devin_id}/messages", "ViewAccountSessions", .session),
    Endpoint("\(e)/sessions/{devin_id}/attachments", "ViewAccountSessions", .session),
    Endpoint("\(e)/playbooks", "ManageAccountPlaybooks", .playbooks),
    Endpoint("\(e)/playbooks/{playbook_id}", "ManageAccountPlaybooks", .playbook),
    Endpoint("\(e)/knowledge/notes", "ManageAccountKnowledge", .notes),
    Endpoint("\(e)/knowledge/notes/{note_id}", "ManageAccountKnowledge", .note),
    Endpoint("\(e)/knowledge/folders", "ManageAccountKnowledge", .folders),
    Endpoint("\(o)/managed-plugins/bundles/knowledge/skills", nil, .page(.knowledgeSkills), beta: true),
  ]

  private static let automation: [Endpoint] = [
    Endpoint(
      "\(o)/automations", "ViewOrgAutomations", .page(.automations), .contains("search", member: "name"), .creator,
      .equal("enabled", member: "enabled"), .eventType),
    Endpoint("\(o)/automations/schemas", "ViewOrgAutomations", .schemas),
    Endpoint("\(o)/automations/templates", "ViewOrgAutomations", .list(.automationTemplates, member: "templates")),
    Endpoint("\(o)/automations/{automation_id}", "ViewOrgAutomations", .single(.automations)),
  ]

  private static let spending: [Endpoint] =
    [(o, "ViewOrgConsumption"), (e, "ViewAccountConsumption")].flatMap { root, permission in
      [
        Endpoint(
          "\(root)/consumption/daily", permission, .consumption(root == o ? .dailyConsumption : .enterpriseDailyConsumption)),
        Endpoint("\(root)/consumption/daily/users/{user_id}", permission, .consumption(.userDailyConsumption)),
        Endpoint(
          "\(root)/consumption/daily/service-users/{service_user_id}", permission, .consumption(.serviceUserDailyConsumption)),
        Endpoint("\(root)/consumption/daily/sessions/{session_id}", permission, .consumption(.sessionDailyConsumption)),
      ]
    } + [
      Endpoint("\(e)/consumption/daily/organizations/{org_id}", "ViewAccountConsumption", .consumption(.dailyConsumption)),
      Endpoint("\(e)/consumption/cycles", "ManageBilling", .page(.billingCycles)),
      Endpoint("\(e)/consumption/acu-limits/devin", "ManageBilling", .page(.acuLimits)),
      Endpoint(
        "\(e)/consumption/acu-limits/local-agent", "ManageBilling", .page(.localAgentLimits), beta: true,
        .equal("scope", member: "scope")),
      Endpoint("\(e)/users/consumption/acu-limits", "ViewAccountConsumption", .single(.defaultUserLimits), beta: true),
      Endpoint("\(e)/users/{user_id}/consumption/acu-limits", "ViewAccountConsumption", .single(.userLimits), beta: true),
      Endpoint("\(eo)/consumption/acu-limits", "ViewAccountConsumption", .single(.organizationLimits), beta: true),
      Endpoint("\(e)/queue", "ViewAccountMetrics", .queue),
    ]
    + [(o, "ViewOrgMetrics"), (e, "ViewAccountMetrics")].flatMap { root, permission in
      [
        ("usage", Shape.usage), ("sessions", .sessionMetrics), ("prs", .pullRequestMetrics), ("searches", .searchMetrics),
        ("sessions-by-category", .categoryMetrics), ("dau", .activeUsers(days: 1)), ("wau", .activeUsers(days: 7)),
        ("mau", .activeUsers(days: 30)), ("active-users", .activeUsers(days: nil)),
      ].map { Endpoint("\(root)/metrics/\($0.0)", permission, $0.1) }
    }

  private static let code: [Endpoint] =
    [
      Endpoint(
        "\(o)/repositories", "Read", .page(.repositories, most: 100), beta: true,
        .contains("filter_name", member: "repo_name"), .equal("only_repo_paths", member: "repo_path")),
      Endpoint("\(o)/repositories/indexing", "Read", .page(.indexedRepositories), beta: true),
      Endpoint("\(o)/repositories/{repository_path}/indexing", "Read", .single(.indexedRepositories), beta: true),
      Endpoint("\(e)/git-providers/connections", "ManageGitIntegrations", .page(.gitConnections)),
      Endpoint(
        "\(e)/git-providers/connections/{connection_id}/repositories", "ManageGitIntegrations",
        .page(.gitConnectionRepositories, most: 100), .contains("filter_name", member: "repo_name")),
      Endpoint("\(eo)/git-providers/permissions", "ManageGitIntegrations", .page(.gitPermissions)),
    ]
    + [(o, "ViewCodeScans"), (e, "ViewAccountCodeScans")].flatMap { root, permission in
      [
        Endpoint(
          "\(root)/code-scans/scans", permission, .page(.codeScans), .equal("repo_name", member: "repo_name"), .organizations,
          .time(isLimited: true)),
        Endpoint(
          "\(root)/code-scans/findings", permission, .page(.codeScanFindings), .equal("scan_id", member: "scan_id"),
          .equal("repo_name", member: "repo_name"), .equal("severity", member: "severity"), .equal("status", member: "status"),
          .organizations),
        Endpoint("\(root)/code-scans/profiles", permission, .page(.codeScanProfiles)),
        Endpoint("\(root)/code-scans/profiles/{profile_id}", permission, .single(.codeScanProfileGuidance)),
        Endpoint("\(root)/code-scans/metrics", permission, .codeScanMetrics),
      ]
    }

  private static let machines: [Endpoint] =
    [(o, "ManageRepoBlueprints"), (e, "ManageAccountSnapshots")].flatMap { root, permission in
      [
        Endpoint("\(root)/snapshot-setup/blueprints", permission, .list(.blueprints, member: "data"), beta: true),
        Endpoint(
          "\(root)/snapshot-setup/blueprints/{blueprint_id}/files", permission, .list(.blueprintFiles, member: "data"), beta: true
        ),
        Endpoint(
          "\(root)/snapshot-setup/blueprints/{blueprint_id}/contents", permission, .download(.blueprintContents), beta: true),
      ]
    } + [
      Endpoint("\(o)/snapshot-setup/blueprints/{blueprint_id}", "ManageRepoBlueprints", .single(.blueprints), beta: true),
      Endpoint(
        "\(o)/snapshot-setup/builds", "ManageRepoBlueprints", .page(.snapshotBuilds), beta: true,
        .equal("status", member: "status")),
      Endpoint("\(o)/snapshot-setup/builds/{build_id}", "ManageRepoBlueprints", .single(.snapshotBuilds), beta: true),
      Endpoint("\(o)/snapshot-setup/builds/{build_id}/logs", "ManageRepoBlueprints", .download(.snapshotBuildLogs), beta: true),
      Endpoint("/outposts", "UseOutpostsMachine", .page(.outposts), version: "opbeta"),
      Endpoint("\(e)/hypervisors", "ViewEnterpriseInfraDetails", .page(.hypervisors), .status(default: "available")),
    ]

  private static let people: [Endpoint] = [
    Endpoint("\(e)/organizations", "ManageOrganizations", .page(.organizations)),
    Endpoint("\(eo)", "ManageOrganizations", .single(.organizations)),
    Endpoint("\(e)/members/users", "ManageAccountMembership", .page(.users), .equal("email", member: "email")),
    Endpoint("\(e)/members/users/{user_id}", "ManageAccountMembership", .single(.users)),
    Endpoint("\(e)/members/idp-users", "ManageAccountMembership", .page(.idpUsers), .equal("email", member: "email")),
    Endpoint("\(e)/members/service-users", "ManageAccountMembership", .page(.serviceUsers), .active),
    Endpoint("\(e)/members/service-users/{service_user_id}", "ManageAccountMembership", .single(.serviceUsers)),
    Endpoint("\(e)/members/idp-groups", "ManageAccountMembership", .page(.idpGroups)),
    Endpoint("\(e)/members/idp-groups/{idp_group_name}", "ManageAccountMembership", .single(.idpGroups)),
    Endpoint("\(e)/idp-groups", "ManageAccountMembership", .page(.registeredIdpGroups)),
    Endpoint("\(e)/roles", "ManageAccountMembership", .page(.roles)),
    Endpoint("\(e)/roles/{role_id}", "ManageAccountMembership", .single(.rolePermissions)),
    Endpoint(
      "\(e)/service-users/{service_user_id}/api-keys", "ManageAccountServiceUsers", .page(.serviceUserAPIKeys), beta: true,
      .keyStatus),
    Endpoint(
      "\(eo)/members/users", "ManageAccountMembership", .page(.organizationMembers), .equal("email", member: "email")),
    Endpoint(
      "\(o)/members/users", "ViewOrgMembership", .page(.organizationMembers), beta: true, .equal("email", member: "email")),
    Endpoint(
      "\(eo)/members/idp-users", "ManageAccountMembership", .page(.organizationIdpMembers), .equal("email", member: "email")),
    Endpoint(
      "\(o)/members/idp-users", "ViewOrgMembership", .page(.organizationIdpMembers), beta: true, .equal("email", member: "email")),
    Endpoint("\(eo)/members/service-users", "ManageAccountMembership", .page(.organizationServiceUsers), .active),
    Endpoint("\(eo)/members/idp-groups", "ManageAccountMembership", .page(.organizationIdpGroups)),
    Endpoint("\(eo)/members/idp-groups/{idp_group_name}", "ManageAccountMembership", .single(.organizationIdpGroups)),
  ]

  private static let settings: [Endpoint] = [
    Endpoint("\(eo)/tags", "ManageEnterpriseSettings", .list(.allowedTags, member: "tags")),
    Endpoint("\(eo)/tags/default", "ManageEnterpriseSettings", .single(.defaultTags)),
    Endpoint("\(o)/default-platform", nil, .single(.defaultPlatforms), beta: true),
    Endpoint("\(e)/ip-access-list", "ManageEnterpriseSettings", .list(.ipAccessList, member: "ip_ranges")),
    Endpoint("\(e)/org-group-limits", "ManageOrganizations", .groups),
    Endpoint(
      "\(e)/audit-logs", "ManageEnterpriseSettings", .page(.auditLogs), .equal("action", member: "action"),
      .time(isLimited: true)),
    Endpoint(
      "\(eo)/audit-logs", "ManageEnterpriseSettings", .page(.auditLogs), .equal("action", member: "action"),
      .time(isLimited: true)),
    Endpoint(
      "\(e)/guardrail-violations", "ManageEnterpriseSettings", .page(.guardrailViolations), beta: true,
      .equal("session_id", member: "session_id"), .equal("guardrail_id", member: "guardrail_id"), .time(isLimited: true)),
  ]
}
