/// The kinds of objects that the sandbox holds, named like the tables of the mirror.
package enum SandboxResource: String, Sendable, Codable, CaseIterable {
  case sessions
  case sessionInsights = "session_insights"
  case sessionMessages = "session_messages"
  case sessionAttachments = "session_attachments"
  case playbooks
  case knowledgeNotes = "knowledge_notes"
  case knowledgeFolders = "knowledge_folders"
  case secrets
  case schedules
  case credential

  case sessionEvents = "session_events"
  case sessionEventDetails = "session_event_details"
  case pullRequestReviews = "pr_reviews"
  case searches
  case automations
  case automationSchemas = "automation_schemas"
  case automationTemplates = "automation_templates"
  case dailyConsumption = "daily_consumption"
  case userDailyConsumption = "user_daily_consumption"
  case serviceUserDailyConsumption = "service_user_daily_consumption"
  case sessionDailyConsumption = "session_daily_consumption"
  case enterpriseDailyConsumption = "enterprise_daily_consumption"
  case billingCycles = "billing_cycles"
  case acuLimits = "acu_limits"
  case repositories
  case indexedRepositories = "indexed_repositories"
  case gitConnections = "git_connections"
  case gitConnectionRepositories = "git_connection_repositories"
  case gitPermissions = "git_permissions"
  case codeScans = "code_scans"
  case codeScanFindings = "code_scan_findings"
  case codeScanProfiles = "code_scan_profiles"
  case codeScanProfileGuidance = "code_scan_profile_guidance"
  case blueprints
  case blueprintFiles = "blueprint_files"
  case blueprintContents = "blueprint_contents"
  case snapshotBuilds = "snapshot_builds"
  case snapshotBuildLogs = "snapshot_build_logs"
  case hypervisors
  case organizations
  case users
  case idpUsers = "idp_users"
  case serviceUsers = "service_users"
  case serviceUserAPIKeys = "service_user_api_keys"
  case idpGroups = "idp_groups"
  case registeredIdpGroups = "registered_idp_groups"
  case roles
  case rolePermissions = "role_permissions"
  case organizationMembers = "org_members"
  case organizationIdpMembers = "org_idp_members"
  case organizationServiceUsers = "org_service_users"
  case organizationIdpGroups = "org_idp_groups"
  case allowedTags = "allowed_tags"
  case defaultTags = "default_tags"
  case ipAccessList = "ip_access_list"
  case organizationGroups = "org_groups"
  case auditLogs = "audit_logs"
  case guardrailViolations = "guardrail_violations"
  case knowledgeSkills = "knowledge_skills"
  case localAgentLimits = "local_agent_acu_limits"
  case userLimits = "user_acu_limits"
  case defaultUserLimits = "default_user_acu_limits"
  case organizationLimits = "organization_acu_limits"
  case outposts
  case defaultPlatforms = "default_platforms"

  /// What a single organization was made of first: sessions and what is written for them.
  ///
  /// The kinds behind these are in `every`.
  package static let allCases: [SandboxResource] = [
    .sessions, .sessionInsights, .sessionMessages, .sessionAttachments, .playbooks, .knowledgeNotes, .knowledgeFolders,
    .secrets, .schedules, .credential,
  ]

  /// The kinds that are kept as rows of the enterprise and told with their scope.
  package static let further: [SandboxResource] = [
    .sessionEvents, .sessionEventDetails, .pullRequestReviews, .searches, .automations, .automationSchemas,
    .automationTemplates, .dailyConsumption, .userDailyConsumption, .serviceUserDailyConsumption, .sessionDailyConsumption,
    .enterpriseDailyConsumption, .billingCycles, .acuLimits, .repositories, .indexedRepositories, .gitConnections,
    .gitConnectionRepositories, .gitPermissions, .codeScans, .codeScanFindings, .codeScanProfiles, .codeScanProfileGuidance,
    .blueprints, .blueprintFiles, .blueprintContents, .snapshotBuilds, .snapshotBuildLogs, .hypervisors, .organizations,
    .users, .idpUsers, .serviceUsers, .serviceUserAPIKeys, .idpGroups, .registeredIdpGroups, .roles, .rolePermissions,
    .organizationMembers, .organizationIdpMembers, .organizationServiceUsers, .organizationIdpGroups, .allowedTags,
    .defaultTags, .ipAccessList, .organizationGroups, .auditLogs, .guardrailViolations,
    .knowledgeSkills, .localAgentLimits, .userLimits, .defaultUserLimits, .organizationLimits, .outposts, .defaultPlatforms,
  ]

  /// Every kind there is.
  package static let every = allCases + further

  /// The member that holds an object's own id; nil where there is none, as for the credential, of which there is one.
  package var key: String? {
    switch self {
    case .sessions, .sessionInsights: "session_id"
    case .sessionMessages: "event_id"
    case .sessionAttachments: "attachment_id"
    case .playbooks: "playbook_id"
    case .knowledgeNotes: "note_id"
    case .knowledgeFolders: "folder_id"
    case .secrets: "secret_id"
    case .schedules: "scheduled_session_id"
    case .credential, .acuLimits, .localAgentLimits, .userLimits, .defaultUserLimits, .organizationLimits, .defaultPlatforms,
      .outposts, .defaultTags, .organizationGroups, .blueprintContents, .snapshotBuildLogs:
      nil
    case .repositories, .gitConnectionRepositories: "provider_repository_id"
    default: keyColumns.last
    }
  }

  /// The values that tell a row of `further` from the others, in the order in which they make up its id: members of the
  /// object or of its scope.
  var keyColumns: [String] {
    switch self {
    case .sessionEvents, .sessionEventDetails: ["session_id", "event_id"]
    case .pullRequestReviews: ["pr_url", "commit_sha"]
    case .searches: ["search_id"]
    case .automations: ["automation_id"]
    case .automationSchemas: ["org_id", "event_type"]
    case .automationTemplates: ["org_id", "template_id"]
    case .dailyConsumption: ["org_id", "date"]
    case .userDailyConsumption: ["org_id", "user_id", "date"]
    case .serviceUserDailyConsumption: ["org_id", "service_user_id", "date"]
    case .sessionDailyConsumption: ["session_id", "date"]
    case .enterpriseDailyConsumption: ["date"]
    case .billingCycles: ["after"]
    case .acuLimits, .localAgentLimits: ["scope", "org_id", "user_id"]
    case .userLimits: ["user_id"]
    case .defaultUserLimits: ["limit_scope"]
    case .organizationLimits, .defaultPlatforms: ["org_id"]
    case .knowledgeSkills: ["org_id", "skill_id"]
    case .outposts: ["outpost_id"]
    case .repositories: ["org_id", "git_connection_id", "provider_repository_id"]
    case .indexedRepositories: ["org_id", "repository_path"]
    case .gitConnections: ["git_connection_id"]
    case .gitConnectionRepositories: ["git_connection_id", "provider_repository_id"]
    case .gitPermissions: ["git_permission_id"]
    case .codeScans: ["scan_id"]
    case .codeScanFindings: ["finding_id"]
    case .codeScanProfiles, .codeScanProfileGuidance: ["profile_id"]
    case .blueprints, .blueprintContents: ["blueprint_id"]
    case .blueprintFiles: ["file_id"]
    case .snapshotBuilds, .snapshotBuildLogs: ["build_id"]
    case .hypervisors: ["hypervisor_id"]
    case .organizations: ["org_id"]
    case .users, .idpUsers: ["user_id"]
    case .serviceUsers: ["service_user_id"]
    case .serviceUserAPIKeys: ["api_key_id"]
    case .idpGroups, .registeredIdpGroups: ["idp_group_name"]
    case .roles, .rolePermissions: ["role_id"]
    case .organizationMembers, .organizationIdpMembers: ["org_id", "user_id"]
    case .organizationServiceUsers: ["org_id", "service_user_id"]
    case .organizationIdpGroups: ["org_id", "idp_group_name"]
    case .allowedTags: ["org_id", "tag"]
    case .defaultTags: ["org_id"]
    case .ipAccessList: ["ip_range"]
    case .organizationGroups: ["group_name"]
    case .auditLogs: ["audit_log_id"]
    case .guardrailViolations: ["violation_id"]
    default: key.map { [$0] } ?? []
    }
  }

  /// What the list that a row is in says about it and the row itself does not: told as its scope.
  var scopeColumns: [String] {
    switch self {
    case .sessionEvents, .sessionEventDetails, .sessionDailyConsumption: ["session_id", "org_id"]
    case .pullRequestReviews: ["pr_url", "org_id"]
    case .userDailyConsumption: ["org_id", "user_id"]
    case .serviceUserDailyConsumption: ["org_id", "service_user_id"]
    case .blueprintContents: ["blueprint_id", "org_id"]
    case .snapshotBuildLogs: ["build_id", "org_id"]
    case .serviceUserAPIKeys: ["service_user_id"]
    case .searches, .automations, .automationSchemas, .automationTemplates, .dailyConsumption, .repositories,
      .indexedRepositories, .gitPermissions, .codeScanFindings, .blueprints, .blueprintFiles, .snapshotBuilds,
      .organizationMembers, .organizationIdpMembers, .organizationServiceUsers, .organizationIdpGroups, .allowedTags,
      .defaultTags, .organizationLimits, .defaultPlatforms, .knowledgeSkills:
      ["org_id"]
    case .userLimits: ["user_id"]
    case .defaultUserLimits: ["limit_scope"]
    default: []
    }
  }

  /// Whether a key of one organization has a list of these.
  var isOfOrganizations: Bool {
    switch self {
    case .enterpriseDailyConsumption, .billingCycles, .acuLimits, .localAgentLimits, .userLimits, .defaultUserLimits,
      .organizationLimits, .gitConnections, .gitConnectionRepositories,
      .gitPermissions, .hypervisors, .organizations, .users, .idpUsers, .serviceUsers, .serviceUserAPIKeys, .idpGroups,
      .registeredIdpGroups, .roles, .rolePermissions, .organizationServiceUsers, .organizationIdpGroups, .allowedTags,
      .defaultTags, .ipAccessList, .organizationGroups, .auditLogs, .guardrailViolations:
      false
    default: true
    }
  }

  /// A member of free text, where there is one.
  var textMember: String? {
    switch self {
    case .sessions, .sessionInsights, .playbooks, .codeScanFindings: "title"
    case .sessionMessages: "message"
    case .sessionAttachments, .knowledgeNotes, .knowledgeFolders, .schedules, .automations, .users, .codeScanProfiles: "name"
    case .secrets: "note"
    case .sessionEvents: "summary"
    case .auditLogs: "action"
    default: nil
    }
  }
}
