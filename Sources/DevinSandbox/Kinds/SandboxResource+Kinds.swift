/// The kinds that code or tests name, and those whose rows are computed.
extension SandboxResource {
  package static let sessions = Self("sessions")
  package static let sessionInsights = Self("session_insights")
  package static let sessionMessages = Self("session_messages")
  package static let sessionAttachments = Self("session_attachments")
  package static let playbooks = Self("playbooks")
  package static let knowledgeNotes = Self("knowledge_notes")
  package static let knowledgeFolders = Self("knowledge_folders")
  package static let secrets = Self("secrets")
  package static let schedules = Self("schedules")
  package static let credential = Self("credential")
  package static let sessionEvents = Self("session_events")
  package static let pullRequestReviews = Self("pr_reviews")
  package static let searches = Self("searches")
  package static let automations = Self("automations")
  package static let dailyConsumption = Self("daily_consumption")
  package static let userDailyConsumption = Self("user_daily_consumption")
  package static let serviceUserDailyConsumption = Self("service_user_daily_consumption")
  package static let sessionDailyConsumption = Self("session_daily_consumption")
  package static let enterpriseDailyConsumption = Self("enterprise_daily_consumption")
  package static let billingCycles = Self("billing_cycles")
  package static let acuLimits = Self("acu_limits")
  package static let repositories = Self("repositories")
  package static let indexedRepositories = Self("indexed_repositories")
  package static let gitConnections = Self("git_connections")
  package static let codeScans = Self("code_scans")
  package static let codeScanFindings = Self("code_scan_findings")
  package static let codeScanProfiles = Self("code_scan_profiles")
  package static let blueprints = Self("blueprints")
  package static let blueprintContents = Self("blueprint_contents")
  package static let snapshotBuilds = Self("snapshot_builds")
  package static let snapshotBuildLogs = Self("snapshot_build_logs")
  package static let hypervisors = Self("hypervisors")
  package static let organizations = Self("organizations")
  package static let users = Self("users")
  package static let serviceUsers = Self("service_users")
  package static let registeredIdpGroups = Self("registered_idp_groups")
  package static let roles = Self("roles")
  package static let organizationMembers = Self("org_members")
  package static let organizationServiceUsers = Self("org_service_users")
  package static let allowedTags = Self("allowed_tags")
  package static let defaultTags = Self("default_tags")
  package static let ipAccessList = Self("ip_access_list")
  package static let organizationGroups = Self("org_groups")
  package static let auditLogs = Self("audit_logs")
  package static let guardrailViolations = Self("guardrail_violations")

  static let computed: [String: Rows] = [
    "credential": .whole { enterprise, kind in [EnterpriseRow(kind, enterprise.scenario.credential)] },
    "session_events": .each { $0.sessionEvents($1, $2) },
    "session_event_details": .each { $0.sessionEvents($1, $2) },
    "pr_reviews": .whole { enterprise, _ in enterprise.pullRequestReviews() },
    "daily_consumption": .each { try $0.consumption($1, $2) },
    "user_daily_consumption": .each { try $0.consumption($1, $2) },
    "service_user_daily_consumption": .each { try $0.consumption($1, $2) },
    "session_daily_consumption": .each { try $0.consumption($1, $2) },
    "enterprise_daily_consumption": .whole { enterprise, _ in try enterprise.enterpriseConsumption() },
    "billing_cycles": .whole { enterprise, _ in enterprise.billingCycles() },
    "audit_logs": .whole { $0.history($1) },
    "guardrail_violations": .whole { $0.history($1) },
  ]
}

extension SandboxScenario {
  /// A number of objects by the name of the member.
  func count(_ name: String) -> Int {
    ["playbooks": playbooks, "notes": notes, "folders": folders, "secrets": secrets, "schedules": schedules][name] ?? 0
  }
}
