/// Automations, and what automations can be made of.
extension Enterprise {
  private static let eventTypes = [
    "github:push", "github:pull_request", "schedule:recurring", "slack:message", "linear:create", "jira:issue_created",
    "webhook:incoming", "incident_io:incident_created", "teams:message",
  ]
  private static let agents = ["start_session", "message_session", "monitor_session"]
  private static let operators = [
    "eq", "neq", "contains", "not_contains", "starts_with", "not_starts_with", "ends_with", "not_ends_with", "gt", "lt", "gte",
    "lte", "is_empty", "is_not_empty", "between", "in", "not_in", "matches", "not_matches", "recurrence", "globs", "not_globs",
  ]

  func automations(_ resource: SandboxResource, _ number: Int) -> [EnterpriseRow] {
    switch resource {
    case .automations: (0..<(number == 0 ? 8 : 3)).map { EnterpriseRow(resource, scope(number), automation($0, number)) }
    case .automationSchemas: Self.eventTypes.enumerated().map { EnterpriseRow(resource, scope(number), schema($0, $1)) }
    default: (0..<4).map { EnterpriseRow(resource, scope(number), template($0)) }
    }
  }

  private func automation(_ index: Int, _ number: Int) -> JSONObject {
    var random = random(.automations, number * 100 + index)
    let createdAt = moment(&random, days: 10...200)
    var object: JSONObject = [
      "automation_id": "automation-\(random.identifier())".json, "name": "Triage \"\(index)\" 🤖".json,
      "enabled": .bool(index % 4 != 3), "triggers": .array((0...(index % 2)).map { trigger(index + $0, &random) }),
      "actions": [action(index, &random)], "created_by": Self.actor(index), "created_at": .int(createdAt),
      "updated_at": .int(createdAt + random.below(9 * Self.day)),
    ]
    switch index % 4 {
    case 0:
      object["last_edited_by"] = Self.actor(index + 1)
      object["run_as"] = ["type": "organization"]
      object["limits"] = ["max_acu_limit": 10, "invocations": ["max_per_window": 5, "window_seconds": 3_600]]
      object["concurrency"] = ["max_concurrent_runs": 2, "max_queue_depth": 0]
      object["notifications"] = [
        "email": ["when": "always", "recipients": ["a@example.com"]],
        "slack": ["when": index == 0 ? "dispatch_failed" : "always", "channel_id": "C1"],
      ]
      object["session_settings"] = ["devin_mode": "fast", "net_policy": ["allow": [["hostname": "example.com"]]]]
      object["tools"] = [
        "mcp_servers": ["jira"], "slack_channels": [["team_id": "T1", "channel_id": "C1"]], "teams_channels": [],
        "slack_dm_scope": index == 0 ? "org_members" : "workspace", "jira_projects": index == 0 ? nil : ["OPS"],
        "linear_enabled": index == 0 ? true : nil,
      ]
      object["security_profile"] = ["selection": "profile", "profile_id": "secprof-1", "warnings": ["old"]]
      object["metadata"] = ["owner": "ops \"night\"", "größe": "klein"]
      object["last_invocation"] = ["fired_at": .int(scenario.startsAt - index * 600), "status": "succeeded"]
    case 1:
      for name in [
        "last_edited_by", "limits", "concurrency", "notifications", "session_settings", "tools", "security_profile",
        "template_id", "last_invocation", "next_run_at",
      ] { object[name] = .null }
      object["run_as"] = ["type": "creator"]
      object["slack_reply_access"] = "devin_users"
      object["teams_reply_access"] = "devin_users"
    case 2:
      object["run_as"] = ["type": "service_user", "service_user_id": Self.serviceUserID(1).json]
      object["limits"] = ["max_acu_limit": nil, "invocations": nil]
      object["notifications"] = ["email": ["when": "dispatch_succeeded", "recipients": nil], "slack": nil]
      object["security_profile"] = ["selection": index == 2 ? "inherit" : "none", "profile_id": nil]
      object["slack_reply_access"] = index == 2 ? "slack_users" : "external_slack_users"
      object["teams_reply_access"] = "teams_users"
      object["template_id"] = "template-1"
      object["next_run_at"] = .int(scenario.startsAt + 3_600)
    default: break
    }
    return object
  }

  private static func actor(_ index: Int) -> JSONValue {
    index % 3 == 2
      ? ["type": "service_user", "id": serviceUserID(1).json]
      : ["type": "user", "id": people[index % 6].id.json, "name": .text(people[index % 6].name)]
  }

  private func trigger(_ index: Int, _ random: inout RandomStream) -> JSONValue {
    let type = Self.eventTypes[index % Self.eventTypes.count]
    var trigger: JSONObject = ["trigger_id": "trigger-\(random.identifier())".json, "event_type": type.json]
    let conditions = Self.operators.enumerated().filter { $0.offset % 3 == index / 3 % 3 }.map { offset, name -> JSONValue in
      var condition: JSONObject = ["field": "title", "operator": name.json]
      if !name.hasPrefix("is_") { condition["value"] = [JSONValue]([nil, "a\"b", 7, ["x", "y"], ["every": "day"]])[offset % 5] }
      return .object(condition)
    }
    if index % 3 != 2 { trigger["conditions"] = index % 3 == 0 ? ["any": [["all": .array(conditions)]]] : .null }
    if type == "webhook:incoming" { trigger["webhook"] = ["url": "https://hooks.example.com/1", "secret": nil] }
    if index % 2 == 0 {
      trigger["replies"] = [["type": ["notify_thread", "attach_thread", "post_response"][index / 2 % 3].json]]
    }
    return .object(trigger)
  }

  private func action(_ index: Int, _ random: inout RandomStream) -> JSONValue {
    switch index % 3 {
    case 0:
      [
        "type": "start_session", "prompt": random.pick(Vocabulary.prompts).json,
        "session": [
          "playbook_id": nil, "repos": ["acme/web"], "tags": [], "platform": nil, "bypass_approval": false,
          "notifications": ["slack": ["mode": "post_updates", "channel_id": "C1"], "teams": nil],
        ],
      ]
    case 1: ["type": "message_session", "prompt": "go on", "target_devin_id": "devin-0", "auto_create": true]
    default:
      ["type": "monitor_session", "setup_prompt": "Watch", "slack_monitor_config": ["source_channel_id": "C2", "team_id": nil]]
    }
  }

  private func schema(_ index: Int, _ type: String) -> JSONObject {
    [
      "event_type": type.json, "name": "On \"\(type)\"".json,
      "category": (type.split(separator: ":").first.map(String.init) ?? "").json,
      "supported_replies": .texts(index % 2 == 0 ? [] : ["notify_thread"]),
      "fields": index == 5
        ? [:]
        : [
          "title": ["type": "string", "label": "Title 🏷", "required": true, "description": nil, "placeholder": "…"],
          "due": ["type": "date", "label": "Due", "granularity": index % 2 == 0 ? "date" : "datetime", "fixed": false],
          "state": [
            "type": "select", "label": "State", "multiple": nil, "min": nil, "max": 2.5, "unit": nil, "granularity": nil,
            "options": index % 3 == 0 ? nil : [["value": "open", "label": "Open"]],
          ],
        ],
    ]
  }

  private func template(_ index: Int) -> JSONObject {
    var random = random(.automationTemplates, index)
    var object: JSONObject = [
      "template_id": "template-\(index)".json, "name": "Template \"\(index)\"".json,
      "description": random.pick(Vocabulary.sentences).json, "category": "engineering", "required_integrations": ["github"],
      "required_mcps": [], "triggers": [["event_type": "github:push"]], "actions": [action(index, &random)],
    ]
    if index % 2 == 0 {
      object["featured"] = .bool(index == 0)
      object["docs_url"] = index == 0 ? "https://docs.example.com/t" : .null
    }
    return object
  }
}
