/// What the bodies of requests may hold. Only the bodies of automations are closed.
extension Body {
  /// A body by its name in `Templates/kinds.json`; an unknown one is a defect.
  static func named(_ name: String) -> Body {
    guard let body = all[name] else { preconditionFailure("there is no body \(name)") }
    return body
  }

  private static let all: [String: Body] = [
    "playbook": playbook, "note": note, "session": session, "schedule": schedule, "automation": automation,
    "secret": Body(
      .required("type", .choice("cookie key-value totp")), .required("key"), .required("value"),
      .kept("is_sensitive", .flag, true),
      .optional("note")),
    "message": Body(.required("message"), .optional("message_as_user_id"), .optional("attachment_urls", urls)),
    "session_tags": Body(.required("tags", .list(.text(), 0...50))),
    "allowed_tags": Body(.required("tags", .list(.text()))),
    "default_tag": Body(.required("tag")),
  ]

  static let playbook = Body(
    .required("title"), .required("body"), .optional("macro", .macro.orNull, isUndecided: true),
    .optional("structured_output_schema", .schema.orNull, isUndecided: true))

  static let note = Body(
    .required("name"), .required("body"), .required("trigger"), .optional("pinned_repo"), .optional("folder_id"),
    .kept("is_enabled", .flag.orNull, true))

  private static let urls = Form.list(.text(0...2_083)).orNull
  private static let texts = Form.list(.text()).orNull
  private static let secret = Body(.required("key"), .required("value"), .kept("sensitive", .flag, true))

  private static let session = Body(
    .required("prompt"), .optional("title"), .optional("tags", .list(.text(), 0...50).orNull), .optional("repos", texts),
    .optional("playbook_id"), .optional("child_playbook_id"), .optional("knowledge_ids", texts), .optional("secret_ids", texts),
    .optional("session_secrets", .list(.object(secret)).orNull), .optional("session_links", texts),
    .optional("attachment_urls", urls), .optional("max_acu_limit", .integer(1...Int.max).orNull),
    .optional("devin_mode", .mode.orNull), .optional("platform"), .kept("resumable", .flag, true),
    .optional("bypass_approval", .flag.orNull), .optional("create_as_user_id"),
    .optional("structured_output_schema", .schema.orNull), .optional("structured_output_required", .flag.orNull))

  static let schedule = Body(
    .required("name"), .required("prompt"), .kept("schedule_type", .choice("recurring one_time"), "recurring"),
    .optional("frequency"), .kept("interval_count", .integer(1...Int.max), 1), .optional("scheduled_at"),
    .optional("playbook_id"), .kept("agent", .choice("devin data_analyst"), "devin"),
    .kept("notify_on", .choice("always failure never"), "failure"), .kept("bypass_approval", .flag, false),
    .optional("tags", texts), .optional("platform"), .optional("slack_channel_id"), .optional("slack_team_id"),
    .optional("target_devin_id"), .optional("create_as_user_id").only(.create), .kept("enabled", .flag, true).only(.patch),
    .optional("run_as_user_id").only(.patch))

  // MARK: Automations

  static let automation = Body(
    .required("name", .text(1...500)), .kept("enabled", .flag, true),
    .required("triggers", .list(trigger)), .required("actions", actions), .required("run_as", runAs, ["type": "organization"]),
    .optional("limits", limits.orNull), .optional("concurrency", concurrency.orNull),
    .optional("notifications", notifications.orNull), .optional("tools", tools.orNull),
    .optional("session_settings", sessionSettings.orNull),
    .optional("security_profile", .closed(.optional("profile_id")).orNull),
    .optional("metadata", .map(.text(0...128), most: 16, nameLength: 32), [:]).only(.create),
    .optional("metadata", .map(.text(0...128).orNull, most: 16, nameLength: 32), [:]).only(.patch),
    .optional("slack_reply_access", .choice("devin_users slack_users external_slack_users"), "slack_users"),
    .optional("teams_reply_access", .choice("devin_users teams_users"), "teams_users"),
    .optional("template_id").only(.create), isClosed: true)

  private static let runAs = Form.closed(
    .required("type", .choice("organization creator service_user")), .bare("service_user_id", .text()))
  private static let limits = Form.closed(
    .optional(
      "invocations",
      .closed(.required("max_per_window", .integer(1...Int.max)), .required("window_seconds", .integer(60...Int.max))).orNull),
    .optional("max_acu_limit", .integer(1...1_000).orNull))
  private static let concurrency = Form.closed(
    .optional("max_concurrent_runs", .integer(1...Int.max).orNull), .optional("max_queue_depth", .integer(0...Int.max).orNull))

  private static let operators = """
    eq neq contains not_contains starts_with not_starts_with ends_with not_ends_with gt lt gte lte is_empty is_not_empty between \
    in not_in matches not_matches recurrence globs not_globs
    """
  private static let condition = Form.closed(
    .required("field"), .required("operator", .choice(operators)), .optional("value", .any))
  private static let trigger = Form.closed(
    .required("event_type", .choice(eventTypes)),
    .optional("conditions", .closed(.required("any", .list(.closed(.required("all", .list(condition)))))).orNull),
    .optional("replies", .list(.closed(.required("type", .choice("notify_thread attach_thread post_response")))), []))

  private static let channel = Form.closed(.required("team_id"), .required("channel_id"))
  private static let slackUpdates = Form.closed(
    .required("mode", .choice("post_updates forward_thread post_response")), .required("channel_id"))
  static let sessionConfig = Form.closed(
    .optional("tags", .list(.text()), []), .optional("platform"), .optional("bypass_approval", .flag, false),
    .optional(
      "notifications", .closed(.optional("slack", slackUpdates.orNull), .optional("teams", channel.orNull)).orNull))
  static let actions = Form.list(
    .union([
      "start_session": Body(
        .required("type"), .required("prompt"), .optional("session", sessionConfig, [:]), isClosed: true),
      "message_session": Body(
        .required("type"), .required("prompt"), .optional("target_devin_id"), .optional("auto_create", .flag, false),
        isClosed: true),
      "monitor_session": Body(
        .required("type"), .required("setup_prompt"),
        .required("slack_monitor_config", .closed(.required("source_channel_id"), .optional("team_id"))), isClosed: true),
    ]), 1...Int.max)

  private static let sending = Form.choice("always dispatch_failed dispatch_succeeded")
  private static let notifications = Form.closed(
    .optional("email", .closed(.required("when", sending), .optional("recipients", texts)).orNull),
    .optional("slack", .closed(.required("when", sending), .required("channel_id")).orNull))
  private static let tools = Form.closed(
    .optional("mcp_servers", .list(.text()), []), .optional("slack_channels", .list(channel), []),
    .optional("teams_channels", .list(channel), []), .optional("slack_dm_scope", .choice("org_members workspace").orNull),
    .optional("jira_projects", .list(.text(), 1...Int.max).orNull), .optional("linear_enabled", .flag.orNull))
  private static let destination = Form.closed(.bare("hostname", .text()), .bare("ipv4", .text()), .bare("ipv6", .text()))
  private static let sessionSettings = Form.closed(
    .optional("devin_mode", .mode.orNull), .optional("net_policy", .closed(.required("allow", .list(destination))).orNull))

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
  ].flatMap { source, events in events.split(separator: " ").map { "\(source):\($0)" } }.joined(separator: " ")
}

extension Form {
  /// How people call a playbook.
  fileprivate static let macro = Form.pattern("^![A-Za-z0-9_-]+$")
  static let mode = Form.choice("normal fast lite ultra fusion")

  /// An object without unknown members.
  fileprivate static func closed(_ members: Body.Member...) -> Form { .object(Body(members, isClosed: true)) }
}
