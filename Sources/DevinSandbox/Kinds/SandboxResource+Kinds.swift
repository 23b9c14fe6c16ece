/// Every kind: its key, its scope, its order, the source of its rows, and its endpoints.
///
/// A new kind is declared only here. Its objects are examples in a file of `Templates`, or are created by a function.
extension SandboxResource {
  package static let every: [SandboxResource] = [
    .sessions, .sessionInsights, .sessionMessages, .sessionAttachments, .playbooks, .knowledgeNotes, .knowledgeFolders, .secrets,
    .schedules, .credential,
    .sessionEvents, .sessionEventDetails, .pullRequestReviews, .searches, .automations, .automationSchemas, .automationTemplates,
    .dailyConsumption, .userDailyConsumption, .serviceUserDailyConsumption, .sessionDailyConsumption, .enterpriseDailyConsumption,
    .billingCycles, .acuLimits, .repositories, .indexedRepositories, .gitConnections, .gitConnectionRepositories, .gitPermissions,
    .codeScans, .codeScanFindings, .codeScanProfiles, .codeScanProfileGuidance, .blueprints, .blueprintFiles, .blueprintContents,
    .snapshotBuilds, .snapshotBuildLogs, .hypervisors, .organizations, .users, .idpUsers, .serviceUsers, .serviceUserAPIKeys,
    .idpGroups, .registeredIdpGroups, .roles, .rolePermissions, .organizationMembers, .organizationIdpMembers,
    .organizationServiceUsers, .organizationIdpGroups, .allowedTags, .defaultTags, .ipAccessList, .organizationGroups, .auditLogs,
    .guardrailViolations, .knowledgeSkills, .localAgentLimits, .userLimits, .defaultUserLimits, .organizationLimits, .outposts,
    .defaultPlatforms,
  ]

  // MARK: Sessions, the objects written for them, and the owner of the key

  package static let sessions = Self(
    "sessions", key: ["session_id"], text: "title",
    .both("sessions", "ViewOrgSessions", "ViewAccountSessions", .sessions),
    .both("sessions/{devin_id}", "ViewOrgSessions", "ViewAccountSessions", .session(.row)),
    .one("o/sessions/{devin_id}/tags", "ViewOrgSessions", .session(.tags)),
    .write("POST", "o/sessions", "ManageOrgSessions", .writeSession(.start, .newSession)),
    .write("DELETE", "o/sessions/{devin_id}", "ManageOrgSessions", .writeSession(.end)),
    .write("POST", "o/sessions/{devin_id}/archive", "ManageOrgSessions", .writeSession(.archive)),
    .write("POST", "o/sessions/{devin_id}/unarchive", "ManageOrgSessions", .writeSession(.unarchive)),
    .writeBoth(
      "POST", "sessions/{devin_id}/messages", "ManageOrgSessions", "ManageAccountSessions", .writeSession(.message, .message)),
    .writeBoth("POST", "sessions/{devin_id}/tags", "ManageOrgSessions", "ManageAccountSessions", .writeSession(.addTags, .tags)),
    .writeBoth(
      "PUT", "sessions/{devin_id}/tags", "ManageOrgSessions", "ManageAccountSessions", .writeSession(.replaceTags, .tags)))
  package static let sessionInsights = Self(
    "session_insights", key: ["session_id"], text: "title",
    .both("sessions/insights", "ViewOrgSessions", "ViewAccountSessions", .sessions),
    .both("sessions/{devin_id}/insights", "ViewOrgSessions", "ViewAccountSessions", .session(.insights)),
    .write("POST", "o/sessions/{devin_id}/insights/generate", nil, .writeSession(.analyse)))
  package static let sessionMessages = Self(
    "session_messages", key: ["event_id"], text: "message", hasTotal: false,
    .both("sessions/{devin_id}/messages", "ViewOrgSessions", "ViewAccountSessions", .session(.messages)))
  package static let sessionAttachments = Self(
    "session_attachments", key: ["attachment_id"], text: "name",
    .both("sessions/{devin_id}/attachments", "ViewOrgSessions", "ViewAccountSessions", .session(.attachments)),
    .one("o/attachments/{uuid}/{name}", "ViewOrgSessions", .attachment),
    .write("POST", "o/attachments", "UseDevinSessions", .upload))
  package static let playbooks = Self(
    "playbooks", key: ["playbook_id"], text: "title", unowned: .all, rows: .scenario({ $0.playbooks }),
    .one("o/playbooks", "ManageOrgPlaybooks", .page()),
    .one("e/playbooks", "ManageAccountPlaybooks", .page(), .equal("access_type")),
    .both("playbooks/{playbook_id}", "ManageOrgPlaybooks", "ManageAccountPlaybooks", .single),
    .writeBoth("POST", "playbooks", "ManageOrgPlaybooks", "ManageAccountPlaybooks", .write(.create, .playbook)),
    .writeBoth("PUT", "playbooks/{playbook_id}", "ManageOrgPlaybooks", "ManageAccountPlaybooks", .write(.replace, .playbook)),
    .writeBoth("DELETE", "playbooks/{playbook_id}", "ManageOrgPlaybooks", "ManageAccountPlaybooks", .write(.delete)))
  package static let knowledgeNotes = Self(
    "knowledge_notes", key: ["note_id"], text: "name", unowned: .all, rows: .scenario({ $0.notes }),
    .one("o/knowledge/notes", "ManageOrgKnowledge", .page(), .search, .equal("folder_path"), .equal("pinned_repo")),
    .one(
      "e/knowledge/notes", "ManageAccountKnowledge", .page(), .search, .equal("folder_path"), .equal("pinned_repo"),
      .equal("access_type")),
    .both("knowledge/notes/{note_id}", "ManageOrgKnowledge", "ManageAccountKnowledge", .single),
    .writeBoth("POST", "knowledge/notes", "ManageOrgKnowledge", "ManageAccountKnowledge", .write(.create, .note)),
    .writeBoth("PUT", "knowledge/notes/{note_id}", "ManageOrgKnowledge", "ManageAccountKnowledge", .write(.replace, .note)),
    .writeBoth("DELETE", "knowledge/notes/{note_id}", "ManageOrgKnowledge", "ManageAccountKnowledge", .write(.delete)))
  package static let knowledgeFolders = Self(
    "knowledge_folders", key: ["folder_id"], text: "name", unowned: .enterpriseAlone, rows: .scenario({ $0.folders }, shared: 2),
    .both("knowledge/folders", "ManageOrgKnowledge", "ManageAccountKnowledge", .folders))
  package static let secrets = Self(
    "secrets", key: ["secret_id"], text: "note", rows: .scenario({ $0.secrets }),
    .one("o/secrets", "ManageOrgSecrets", .page()),
    .write("POST", "o/secrets", "ManageOrgSecrets", .write(.create, .secret)),
    .write("DELETE", "o/secrets/{secret_id}", "ManageOrgSecrets", .write(.delete)))
  package static let schedules = Self(
    "schedules", key: ["scheduled_session_id"], text: "name", rows: .scenario({ $0.schedules }),
    .one("o/schedules", "ManageOrgSchedules", .offsets(most: 200)),
    .one("o/schedules/{schedule_id}", "ManageOrgSchedules", .single),
    .write("POST", "o/schedules", "ManageOrgSchedules", .write(.create, .newSchedule)),
    .write("PATCH", "o/schedules/{schedule_id}", "ManageOrgSchedules", .write(.patch, .scheduleChange)),
    .write("DELETE", "o/schedules/{schedule_id}", "ManageOrgSchedules", .write(.delete)))
  package static let credential = Self(
    "credential", unowned: .all, rows: .whole { enterprise, kind in [EnterpriseRow(kind, enterprise.scenario.credential)] },
    .one("/self", "ReadAccountMeta", .single))

  // MARK: Objects derived from sessions

  package static let sessionEvents = Self(
    "session_events", key: ["session_id", "event_id"], scope: ["session_id", "org_id"], text: "summary", lifetime: .request,
    hasTotal: false, rows: .each { $0.sessionEvents($1, $2) },
    .one(
      "o/sessions/{devin_id}/events", "ViewOrgSessions", .page(), .equal("categories", member: "category"),
      .equal("event_types", member: "event_type"), .equal("direction"),
      .time(isLimited: false, after: "created_after", before: "created_before")))
  package static let sessionEventDetails = Self(
    "session_event_details", key: ["session_id", "event_id"], scope: ["session_id", "org_id"], lifetime: .request,
    hasTotal: false, rows: .each { $0.sessionEvents($1, $2) },
    .one("o/sessions/{devin_id}/events/details", "ViewOrgSessions", .offsets(most: 50), .equal("event_ids", member: "event_id")))
  package static let pullRequestReviews = Self(
    "pr_reviews", key: ["pr_url", "commit_sha"], scope: ["pr_url", "org_id"], lifetime: .session,
    rows: .whole { enterprise, _ in enterprise.pullRequestReviews() },
    .both("pr-reviews", "UseReviewManual", "UseReviewManual", .review))
  package static let searches = Self(
    "searches", key: ["search_id"], scope: ["org_id"], rows: .template(5, 2),
    .both("searches", nil, nil, .page(), beta: true))
  package static let knowledgeSkills = Self(
    "knowledge_skills", key: ["org_id", "skill_id"], scope: ["org_id"], rows: .template(3, 1),
    .one("o/managed-plugins/bundles/knowledge/skills", nil, .page(), beta: true))

  // MARK: Automations

  package static let automations = Self(
    "automations", key: ["automation_id"], scope: ["org_id"], text: "name", order: .newestFirst,
    rows: .template(8, 3),
    .one(
      "o/automations", "ViewOrgAutomations", .page(), .contains("search", members: ["name"]), .creator, .equal("enabled"),
      .eventType),
    .one("o/automations/{automation_id}", "ViewOrgAutomations", .single),
    .write("POST", "o/automations", "ManageOrgAutomations", .write(.create, .newAutomation)),
    .write("PATCH", "o/automations/{automation_id}", "ManageOrgAutomations", .write(.patch, .automationChange)),
    .write("DELETE", "o/automations/{automation_id}", "ManageOrgAutomations", .write(.delete)))
  package static let automationSchemas = Self(
    "automation_schemas", key: ["org_id", "event_type"], scope: ["org_id"], rows: .template(9, 9),
    .one("o/automations/schemas", "ViewOrgAutomations", .schemas))
  package static let automationTemplates = Self(
    "automation_templates", key: ["org_id", "template_id"], scope: ["org_id"], rows: .template(4, 4),
    .one("o/automations/templates", "ViewOrgAutomations", .list("templates")))

  // MARK: Spending

  package static let dailyConsumption = Self(
    "daily_consumption", key: ["org_id", "date"], scope: ["org_id"], lifetime: .request,
    rows: .each { try $0.consumption($1, $2) },
    .one("o/consumption/daily", "ViewOrgConsumption", .consumption),
    .one("e/consumption/daily/organizations/{org_id}", "ViewAccountConsumption", .consumption))
  package static let userDailyConsumption = Self(
    "user_daily_consumption", key: ["org_id", "user_id", "date"], scope: ["org_id", "user_id"], lifetime: .request,
    rows: .each { try $0.consumption($1, $2) },
    .both("consumption/daily/users/{user_id}", "ViewOrgConsumption", "ViewAccountConsumption", .consumption))
  package static let serviceUserDailyConsumption = Self(
    "service_user_daily_consumption", key: ["org_id", "service_user_id", "date"], scope: ["org_id", "service_user_id"],
    lifetime: .request, rows: .each { try $0.consumption($1, $2) },
    .both("consumption/daily/service-users/{service_user_id}", "ViewOrgConsumption", "ViewAccountConsumption", .consumption))
  package static let sessionDailyConsumption = Self(
    "session_daily_consumption", key: ["session_id", "date"], scope: ["session_id", "org_id"], lifetime: .request,
    rows: .each { try $0.consumption($1, $2) },
    .both("consumption/daily/sessions/{session_id}", "ViewOrgConsumption", "ViewAccountConsumption", .consumption))
  package static let enterpriseDailyConsumption = Self(
    "enterprise_daily_consumption", key: ["date"], lifetime: .request,
    rows: .whole { enterprise, _ in try enterprise.enterpriseConsumption() },
    .one("e/consumption/daily", "ViewAccountConsumption", .consumption))
  package static let billingCycles = Self(
    "billing_cycles", key: ["after"], lifetime: .second, rows: .whole { enterprise, _ in enterprise.billingCycles() },
    .one("e/consumption/cycles", "ManageBilling", .page()))
  package static let acuLimits = Self(
    "acu_limits", key: ["scope", "org_id", "user_id"], hasID: false, rows: .template(2, 2, shared: 2),
    .one("e/consumption/acu-limits/devin", "ManageBilling", .page()))
  package static let localAgentLimits = Self(
    "local_agent_acu_limits", key: ["scope", "org_id", "user_id"], hasID: false, rows: .once(3),
    .one("e/consumption/acu-limits/local-agent", "ManageBilling", .page(), beta: true, .equal("scope")))
  package static let userLimits = Self(
    "user_acu_limits", key: ["user_id"], scope: ["user_id"], rows: .once(8),
    .one("e/users/{user_id}/consumption/acu-limits", "ViewAccountConsumption", .single, beta: true))
  package static let defaultUserLimits = Self(
    "default_user_acu_limits", key: ["limit_scope"], scope: ["limit_scope"], rows: .once(1),
    .one("e/users/consumption/acu-limits", "ViewAccountConsumption", .single, beta: true))
  package static let organizationLimits = Self(
    "organization_acu_limits", key: ["org_id"], scope: ["org_id"], rows: .template(1, 1),
    .one("eo/consumption/acu-limits", "ViewAccountConsumption", .single, beta: true))

  // MARK: Code

  package static let repositories = Self(
    "repositories", key: ["org_id", "git_connection_id", "provider_repository_id"], scope: ["org_id"],
    rows: .template(7, 3),
    .one(
      "o/repositories", "Read", .page(most: 100), beta: true, .contains("filter_name", members: ["repo_name"]),
      .equal("only_repo_paths", member: "repo_path")))
  package static let indexedRepositories = Self(
    "indexed_repositories", key: ["org_id", "repository_path"], scope: ["org_id"], rows: .template(7, 3),
    .one("o/repositories/indexing", "Read", .page(), beta: true),
    .one("o/repositories/{repository_path}/indexing", "Read", .single, beta: true))
  package static let gitConnections = Self(
    "git_connections", key: ["git_connection_id"], rows: .once(10),
    .one("e/git-providers/connections", "ManageGitIntegrations", .page()))
  package static let gitConnectionRepositories = Self(
    "git_connection_repositories", key: ["git_connection_id", "provider_repository_id"], rows: .once(12),
    .one(
      "e/git-providers/connections/{connection_id}/repositories", "ManageGitIntegrations", .page(most: 100),
      .contains("filter_name", members: ["repo_name"])))
  package static let gitPermissions = Self(
    "git_permissions", key: ["git_permission_id"], scope: ["org_id"], rows: .template(7, 3),
    .one("eo/git-providers/permissions", "ManageGitIntegrations", .page()))
  package static let codeScans = Self(
    "code_scans", key: ["scan_id"], order: .newestFirst, rows: .template(8, 3),
    .both(
      "code-scans/scans", "ViewCodeScans", "ViewAccountCodeScans", .page(), .equal("repo_name"), .organizations,
      .time(isLimited: true)))
  package static let codeScanFindings = Self(
    "code_scan_findings", key: ["finding_id"], scope: ["org_id"], text: "title", order: .newestFirst,
    rows: .template(16, 12),
    .both(
      "code-scans/findings", "ViewCodeScans", "ViewAccountCodeScans", .page(), .equal("scan_id"), .equal("repo_name"),
      .equal("severity"), .equal("status"), .organizations))
  package static let codeScanProfiles = Self(
    "code_scan_profiles", key: ["profile_id"], text: "name", order: .newestFirst, unowned: .all,
    rows: .template(10, 2, shared: 3),
    .both("code-scans/profiles", "ViewCodeScans", "ViewAccountCodeScans", .page()))
  package static let codeScanProfileGuidance = Self(
    "code_scan_profile_guidance", key: ["profile_id"], unowned: .all, rows: .template(10, 2, shared: 3),
    .both("code-scans/profiles/{profile_id}", "ViewCodeScans", "ViewAccountCodeScans", .single))

  // MARK: Machines

  package static let blueprints = Self(
    "blueprints", key: ["blueprint_id"], scope: ["org_id"], unowned: .enterpriseAlone,
    rows: .template(3, 3, shared: 2),
    .both("snapshot-setup/blueprints", "ManageRepoBlueprints", "ManageAccountSnapshots", .list("data"), beta: true),
    .one("o/snapshot-setup/blueprints/{blueprint_id}", "ManageRepoBlueprints", .single, beta: true))
  package static let blueprintFiles = Self(
    "blueprint_files", key: ["file_id"], scope: ["org_id"], unowned: .enterpriseAlone,
    rows: .template(3, 3, shared: 1),
    .both(
      "snapshot-setup/blueprints/{blueprint_id}/files", "ManageRepoBlueprints", "ManageAccountSnapshots", .list("data"),
      beta: true))
  package static let blueprintContents = Self(
    "blueprint_contents", key: ["blueprint_id"], scope: ["blueprint_id", "org_id"], unowned: .enterpriseAlone,
    rows: .template(3, 3, shared: 2),
    .both(
      "snapshot-setup/blueprints/{blueprint_id}/contents", "ManageRepoBlueprints", "ManageAccountSnapshots", .download, beta: true
    ))
  package static let snapshotBuilds = Self(
    "snapshot_builds", key: ["build_id"], scope: ["org_id"], rows: .template(6, 3),
    .one("o/snapshot-setup/builds", "ManageRepoBlueprints", .page(), beta: true, .equal("status")),
    .one("o/snapshot-setup/builds/{build_id}", "ManageRepoBlueprints", .single, beta: true))
  package static let snapshotBuildLogs = Self(
    "snapshot_build_logs", key: ["build_id"], scope: ["build_id", "org_id"], rows: .template(4, 2),
    .one("o/snapshot-setup/builds/{build_id}/logs", "ManageRepoBlueprints", .download, beta: true))
  package static let hypervisors = Self(
    "hypervisors", key: ["hypervisor_id"], rows: .once(6),
    .one("e/hypervisors", "ViewEnterpriseInfraDetails", .page(), .status(default: "available")))
  package static let outposts = Self(
    "outposts", key: ["outpost_id"], hasID: false, unowned: .all, rows: .once(2),
    .one("/outposts", "UseOutpostsMachine", .page(), version: "opbeta"))

  // MARK: People

  package static let organizations = Self(
    "organizations", key: ["org_id"], rows: .template(1, 1),
    .one("e/organizations", "ManageOrganizations", .page()),
    .one("eo", "ManageOrganizations", .single))
  package static let users = Self(
    "users", key: ["user_id"], text: "name", rows: .once(8),
    .one("e/members/users", "ManageAccountMembership", .page(), .equal("email")),
    .one("e/members/users/{user_id}", "ManageAccountMembership", .single))
  package static let idpUsers = Self(
    "idp_users", key: ["user_id"], rows: .once(6),
    .one("e/members/idp-users", "ManageAccountMembership", .page(), .equal("email")))
  package static let serviceUsers = Self(
    "service_users", key: ["service_user_id"], rows: .once(4),
    .one("e/members/service-users", "ManageAccountMembership", .page(), .active),
    .one("e/members/service-users/{service_user_id}", "ManageAccountMembership", .single))
  package static let serviceUserAPIKeys = Self(
    "service_user_api_keys", key: ["api_key_id"], scope: ["service_user_id"], rows: .once(6),
    .one("e/service-users/{service_user_id}/api-keys", "ManageAccountServiceUsers", .page(), beta: true, .keyStatus))
  package static let idpGroups = Self(
    "idp_groups", key: ["idp_group_name"], rows: .once(3),
    .one("e/members/idp-groups", "ManageAccountMembership", .page()),
    .one("e/members/idp-groups/{idp_group_name}", "ManageAccountMembership", .single))
  package static let registeredIdpGroups = Self(
    "registered_idp_groups", key: ["idp_group_name"], rows: .once(4),
    .one("e/idp-groups", "ManageAccountMembership", .page()))
  package static let roles = Self(
    "roles", key: ["role_id"], rows: .once(5), .one("e/roles", "ManageAccountMembership", .page()))
  package static let rolePermissions = Self(
    "role_permissions", key: ["role_id"], rows: .once(5),
    .one("e/roles/{role_id}", "ManageAccountMembership", .single))
  package static let organizationMembers = Self(
    "org_members", key: ["org_id", "user_id"], scope: ["org_id"], rows: .template(6, 6),
    .one("eo/members/users", "ManageAccountMembership", .page(), .equal("email")),
    .one("o/members/users", "ViewOrgMembership", .page(), beta: true, .equal("email")))
  package static let organizationIdpMembers = Self(
    "org_idp_members", key: ["org_id", "user_id"], scope: ["org_id"], rows: .template(5, 4),
    .one("eo/members/idp-users", "ManageAccountMembership", .page(), .equal("email")),
    .one("o/members/idp-users", "ViewOrgMembership", .page(), beta: true, .equal("email")))
  package static let organizationServiceUsers = Self(
    "org_service_users", key: ["org_id", "service_user_id"], scope: ["org_id"], rows: .template(3, 3),
    .one("eo/members/service-users", "ManageAccountMembership", .page(), .active))
  package static let organizationIdpGroups = Self(
    "org_idp_groups", key: ["org_id", "idp_group_name"], scope: ["org_id"], rows: .template(2, 2),
    .one("eo/members/idp-groups", "ManageAccountMembership", .page()),
    .one("eo/members/idp-groups/{idp_group_name}", "ManageAccountMembership", .single))

  // MARK: Settings

  package static let allowedTags = Self(
    "allowed_tags", key: ["org_id", "tag"], scope: ["org_id"], isText: true, rows: .template(9, 9),
    .one("eo/tags", "ManageEnterpriseSettings", .list("tags")),
    .write("POST", "eo/tags", "ManageEnterpriseSettings", .write(.create, .allowedTags)),
    .write("PUT", "eo/tags", "ManageEnterpriseSettings", .write(.replace, .allowedTags)),
    .write("DELETE", "eo/tags", "ManageEnterpriseSettings", .write(.delete)),
    .write("DELETE", "eo/tags/{tag}", "ManageEnterpriseSettings", .write(.delete)))
  package static let defaultTags = Self(
    "default_tags", key: ["org_id"], scope: ["org_id"], rows: .template(1, 1),
    .one("eo/tags/default", "ManageEnterpriseSettings", .single),
    .write("PUT", "eo/tags/default", "ManageEnterpriseSettings", .write(.replace, .defaultTag)),
    .write("DELETE", "eo/tags/default", "ManageEnterpriseSettings", .write(.delete)))
  package static let defaultPlatforms = Self(
    "default_platforms", key: ["org_id"], scope: ["org_id"], rows: .template(1, 1),
    .one("o/default-platform", nil, .single, beta: true))
  package static let ipAccessList = Self(
    "ip_access_list", key: ["ip_range"], isText: true, rows: .once(3),
    .one("e/ip-access-list", "ManageEnterpriseSettings", .list("ip_ranges")))
  package static let organizationGroups = Self(
    "org_groups", key: ["group_name"], hasID: false, rows: .once(3),
    .one("e/org-group-limits", "ManageOrganizations", .groups))
  package static let auditLogs = Self(
    "audit_logs", key: ["audit_log_id"], text: "action", order: .turning, lifetime: .second, hasTotal: false,
    rows: .whole { $0.history($1) },
    .one("e/audit-logs", "ManageEnterpriseSettings", .page(), .equal("action"), .time(isLimited: true)),
    .one("eo/audit-logs", "ManageEnterpriseSettings", .page(), .equal("action"), .time(isLimited: true)))
  package static let guardrailViolations = Self(
    "guardrail_violations", key: ["violation_id"], order: .turning, lifetime: .second, hasTotal: false,
    rows: .whole { $0.history($1) },
    .one(
      "e/guardrail-violations", "ManageEnterpriseSettings", .page(), beta: true, .equal("session_id"), .equal("guardrail_id"),
      .time(isLimited: true)))
}
