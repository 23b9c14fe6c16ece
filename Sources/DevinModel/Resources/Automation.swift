// What starts sessions automatically.

extension Resource {
  static let automation: [Resource] = [.schedules, .automations, .automationSchemas, .automationTemplates]

  static let schedules = Resource(
    "schedules", "schedules that start sessions", in: .automation,
    from: [
      ListSource(
        "/v3/organizations/{org_id}/schedules", object: "/v3/organizations/{org_id}/schedules/{scheduled_session_id}",
        needs: "ManageOrgSchedules", .official)
    ],
    paging: .offset(pageSize: 100), key: .member("scheduled_session_id"),
    successor: "Devin is replacing schedules with automations")

  static let automations = Resource(
    "automations", "automations with triggers and actions", in: .automation,
    from: [
      ListSource(
        "/v3/organizations/{org_id}/automations", object: "/v3/organizations/{org_id}/automations/{automation_id}",
        needs: "ViewOrgAutomations", .official)
    ],
    key: .member("automation_id"), scope: ["org_id"])

  static let automationSchemas = Resource(
    "automation_schemas", "events that can trigger an automation", in: .automation, isDefault: false,
    from: [ListSource("/v3/organizations/{org_id}/automations/schemas", needs: "ViewOrgAutomations", .official)],
    rows: .mapOfMaps("sources"), paging: .single, key: .member("event_type"), scope: ["org_id"], scopeKey: ["org_id"])

  static let automationTemplates = Resource(
    "automation_templates", "built-in templates of automations", in: .automation, isDefault: false,
    from: [ListSource("/v3/organizations/{org_id}/automations/templates", needs: "ViewOrgAutomations", .official)],
    rows: .member("templates"), paging: .single, key: .member("template_id"), scope: ["org_id"], scopeKey: ["org_id"])
}
