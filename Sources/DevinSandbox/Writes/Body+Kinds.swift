/// What the bodies of requests may hold, kind by kind. Only the bodies of automations are closed.
extension Body {
  static let playbook = Body([
    .required("title"), .required("body"), .optional("macro", .macro.orNull, isUndecided: true),
    .optional("structured_output_schema", .schema.orNull, isUndecided: true),
  ])

  static let note = Body([
    .required("name"), .required("body"), .required("trigger"), .optional("pinned_repo"), .optional("folder_id"),
    .kept("is_enabled", .flag.orNull, true),
  ])

  static let secret = Body([
    .required("type", .choice(["cookie", "key-value", "totp"])), .required("key"), .required("value"),
    .kept("is_sensitive", .flag, true), .optional("note"),
  ])

  static let allowedTags = Body([.required("tags", .list(.text()))])
  static let defaultTag = Body([.required("tag")])

  // MARK: Sessions

  static let newSession = Body([
    .required("prompt"), .optional("title"), .optional("tags", .list(.text(), 0...50).orNull),
    .optional("repos", .list(.text()).orNull),
    .optional("playbook_id"), .optional("child_playbook_id"), .optional("knowledge_ids", .list(.text()).orNull),
    .optional("secret_ids", .list(.text()).orNull), .optional("session_secrets", .list(.object(sessionSecret)).orNull),
    .optional("session_links", .list(.text()).orNull), .optional("attachment_urls", .list(.text(0...2_083)).orNull),
    .optional("max_acu_limit", .integer(1...Int.max).orNull), .optional("devin_mode", .mode.orNull), .optional("platform"),
    .kept("resumable", .flag, true), .optional("bypass_approval", .flag.orNull), .optional("create_as_user_id"),
    .optional("structured_output_schema", .schema.orNull), .optional("structured_output_required", .flag.orNull),
  ])
  static let message = Body([
    .required("message"), .optional("message_as_user_id"), .optional("attachment_urls", .list(.text(0...2_083)).orNull),
  ])
  static let tags = Body([.required("tags", .list(.text(), 0...50))])

  private static let sessionSecret = Body([.required("key"), .required("value"), .kept("sensitive", .flag, true)])

  // MARK: Schedules

  static let newSchedule = Body(schedule + [.optional("create_as_user_id")])
  static let scheduleChange = Body(schedule + [.kept("enabled", .flag, true), .optional("run_as_user_id")]).partial

  private static let schedule: [Member] = [
    .required("name"), .required("prompt"), .kept("schedule_type", .choice(["recurring", "one_time"]), "recurring"),
    .optional("frequency"), .kept("interval_count", .integer(1...Int.max), 1), .optional("scheduled_at"),
    .optional("playbook_id"), .kept("agent", .choice(["devin", "data_analyst"]), "devin"),
    .kept("notify_on", .choice(["always", "failure", "never"]), "failure"), .kept("bypass_approval", .flag, false),
    .optional("tags", .list(.text()).orNull), .optional("platform"), .optional("slack_channel_id"), .optional("slack_team_id"),
    .optional("target_devin_id"),
  ]

  // MARK: Automations

  static let newAutomation = Body(
    automation(actions: actions, metadata: .text(0...128)) + [.optional("template_id")], isClosed: true)
  static let automationChange = Body(
    automation(actions: actions.mapValues(\.optionalButType), metadata: .text(0...128).orNull), isClosed: true
  ).partial

  private static func automation(actions: [String: Body], metadata: Form) -> [Member] {
    [
      .required("name", .text(1...500)), .kept("enabled", .flag, true), .required("triggers", .list(.object(trigger))),
      .required("actions", .list(.union(actions), 1...Int.max)),
      .required("run_as", .object(runAs), standard: ["type": "organization"]),
      .optional("limits", .object(limits).orNull), .optional("concurrency", .object(concurrency).orNull),
      .optional("notifications", .object(notifications).orNull), .optional("tools", .object(tools).orNull),
      .optional("session_settings", .object(sessionSettings).orNull),
      .optional("security_profile", .object(closed([.optional("profile_id")])).orNull),
      .optional("metadata", .map(metadata, most: 16, nameLength: 32), [:]),
      .optional("slack_reply_access", .choice(["devin_users", "slack_users", "external_slack_users"]), "slack_users"),
      .optional("teams_reply_access", .choice(["devin_users", "teams_users"]), "teams_users"),
    ]
  }

  private static func closed(_ members: [Member]) -> Body { Body(members, isClosed: true) }

  /// As a PATCH has an action, of which the stored one supplies what is left out.
  private var optionalButType: Body {
    Body(
      members.map { member in
        var member = member
        member.isRequired = member.name == "type"
        return member
      }, isClosed: true)
  }

  private static let runAs = closed([
    .required("type", .choice(["organization", "creator", "service_user"])), .bare("service_user_id", .text()),
  ])
  private static let limits = closed([
    .optional(
      "invocations",
      .object(
        closed([.required("max_per_window", .integer(1...Int.max)), .required("window_seconds", .integer(60...Int.max))])
      ).orNull), .optional("max_acu_limit", .integer(1...1_000).orNull),
  ])
  private static let concurrency = closed([
    .optional("max_concurrent_runs", .integer(1...Int.max).orNull), .optional("max_queue_depth", .integer(0...Int.max).orNull),
  ])

  private static let condition = closed([
    .required("field"),
    .required(
      "operator",
      .choice([
        "eq", "neq", "contains", "not_contains", "starts_with", "not_starts_with", "ends_with", "not_ends_with", "gt", "lt",
        "gte",
        "lte", "is_empty", "is_not_empty", "between", "in", "not_in", "matches", "not_matches", "recurrence", "globs",
        "not_globs",
      ])), .optional("value", .any),
  ])
  private static let trigger = closed([
    .required("event_type", .choice(eventTypes)),
    .optional(
      "conditions",
      .object(closed([.required("any", .list(.object(closed([.required("all", .list(.object(condition)))]))))])).orNull),
    .optional(
      "replies", .list(.object(closed([.required("type", .choice(["notify_thread", "attach_thread", "post_response"]))]))), []),
  ])

  private static let channel = closed([.required("team_id"), .required("channel_id")])
  static let sessionConfig = closed([
    .optional("tags", .list(.text()), []), .optional("platform"), .optional("bypass_approval", .flag, false),
    .optional(
      "notifications",
      .object(
        closed([
          .optional(
            "slack",
            .object(
              closed([.required("mode", .choice(["post_updates", "forward_thread", "post_response"])), .required("channel_id")])
            ).orNull), .optional("teams", .object(channel).orNull),
        ])
      ).orNull),
  ])
  private static let actions: [String: Body] = [
    "start_session": closed([.required("type"), .required("prompt"), .optional("session", .object(sessionConfig), [:])]),
    "message_session": closed([
      .required("type"), .required("prompt"), .optional("target_devin_id"), .optional("auto_create", .flag, false),
    ]),
    "monitor_session": closed([
      .required("type"), .required("setup_prompt"),
      .required("slack_monitor_config", .object(closed([.required("source_channel_id"), .optional("team_id")]))),
    ]),
  ]

  private static let sending = Form.choice(["always", "dispatch_failed", "dispatch_succeeded"])
  private static let notifications = closed([
    .optional(
      "email", .object(closed([.required("when", sending), .optional("recipients", .list(.text()).orNull)])).orNull),
    .optional("slack", .object(closed([.required("when", sending), .required("channel_id")])).orNull),
  ])
  private static let tools = closed([
    .optional("mcp_servers", .list(.text()), []), .optional("slack_channels", .list(.object(channel)), []),
    .optional("teams_channels", .list(.object(channel)), []),
    .optional("slack_dm_scope", .choice(["org_members", "workspace"]).orNull),
    .optional("jira_projects", .list(.text(), 1...Int.max).orNull), .optional("linear_enabled", .flag.orNull),
  ])
  private static let sessionSettings = closed([
    .optional("devin_mode", .mode.orNull),
    .optional(
      "net_policy",
      .object(
        closed([
          .required(
            "allow",
            .list(.object(closed([.bare("hostname", .text()), .bare("ipv4", .text()), .bare("ipv6", .text())]))))
        ])
      ).orNull),
  ])

  /// A closed set on writes.
  private static let eventTypes = [
    ("github", "issue_comment issues pull_request pull_request_review pull_request_review_comment check_run push"),
    ("gitlab", "merge_request note issue issue_note push pipeline"),
    ("azure_devops", "pull_request pull_request_comment push build"),
    ("bitbucket_data_center", "pull_request pull_request_comment push"), ("schedule", "recurring"),
    ("slack", "message reaction_added usergroup_mentioned"), ("teams", "message"),
    ("linear", "create label_added assigned status_changed priority_changed moved"),
    ("jira", "issue_created issue_updated label_added status_changed assigned commented"),
    ("pylon", "issue_created issue_tag_added issue_status_changed"),
    ("incident_io", "incident_created status_changed severity_changed follow_up_created"),
    ("pagerduty", "incident_triggered incident_acknowledged incident_resolved incident_updated"), ("webhook", "incoming"),
    ("snapshot_build", "completed"),
  ].flatMap { source, events in events.split(separator: " ").map { "\(source):\($0)" } }
}

extension Form {
  /// How people call a playbook.
  fileprivate static let macro = Form.pattern("^![A-Za-z0-9_-]+$") { text in
    text.first == "!" && text.utf8.count > 1
      && text.dropFirst().utf8.allSatisfy { byte in
        switch UInt8(byte) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  static let mode = Form.choice(["normal", "fast", "lite", "ultra", "fusion"])
}
