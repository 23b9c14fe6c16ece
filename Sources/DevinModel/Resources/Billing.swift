// Consumption and costs. The enterprise's sums have separate tables: together with those of its organizations they would count twice.

extension SyncStrategy {
  /// Billing days: 98 days, plus one at each end, are the maximum range of 100 days. Sums of the last 35 days may still grow.
  fileprivate static let days = series(Series(.days(98), margin: .seconds(86_400), reread: .seconds(35 * 86_400)))
  /// The days of one session: these are few, so one span contains all of them.
  fileprivate static let allDays = series(Series(.days(36_500), margin: .seconds(86_400)))
}

extension Resource {
  static let billing: [Resource] = [
    .dailyConsumption, .userDailyConsumption, .serviceUserDailyConsumption, .sessionDailyConsumption, .enterpriseDailyConsumption,
    .billingCycles, .acuLimits, .localAgentLimits, .userLimits, .defaultUserLimits, .organizationLimits,
  ]

  private static let byDate = RowLocation.member("consumption_by_date")

  static let dailyConsumption = Resource(
    "daily_consumption", "ACUs of each organization and day", in: .billing,
    from: [
      ListSource("/v3/organizations/{org_id}/consumption/daily", needs: "ViewOrgConsumption", .sdk),
      ListSource("/v3/enterprise/consumption/daily/organizations/{org_id}", needs: "ViewAccountConsumption", .docs),
    ],
    rows: byDate, paging: .single, key: .member("date"), scope: ["org_id"], scopeKey: ["org_id"], strategy: .days)

  static let userDailyConsumption = Resource(
    "user_daily_consumption", "ACUs of each user and day", in: .billing, isDefault: false,
    from: [ListSource("/v3/organizations/{org_id}/consumption/daily/users/{user_id}", needs: "ViewOrgConsumption", .sdk)],
    rows: byDate, paging: .single, key: .member("date"), scope: ["org_id", "user_id"], scopeKey: ["org_id", "user_id"],
    strategy: .days,
    below: Parents("org_members", as: "user_id", query: people("user_id", of: ["org_members", "sessions"])))

  static let serviceUserDailyConsumption = Resource(
    "service_user_daily_consumption", "ACUs of each service user and day", in: .billing, isDefault: false,
    from: [
      ListSource(
        "/v3/organizations/{org_id}/consumption/daily/service-users/{service_user_id}", needs: "ViewOrgConsumption", .sdk)
    ],
    rows: byDate, paging: .single, key: .member("date"), scope: ["org_id", "service_user_id"],
    scopeKey: ["org_id", "service_user_id"], strategy: .days,
    below: Parents(
      "org_service_users", as: "service_user_id", query: people("service_user_id", of: ["org_service_users", "sessions"])))

  static let sessionDailyConsumption = Resource(
    "session_daily_consumption", "ACUs of each session and day", in: .billing, isDefault: false,
    from: [ListSource("/v3/organizations/{org_id}/consumption/daily/sessions/{session_id}", needs: "ViewOrgConsumption", .sdk)],
    rows: byDate, paging: .single, key: .member("date"), scope: ["session_id", "org_id"], scopeKey: ["session_id"],
    strategy: .allDays, below: .sessions())

  static let enterpriseDailyConsumption = Resource(
    "enterprise_daily_consumption", "ACUs of the enterprise and day", in: .billing,
    from: [ListSource("/v3/enterprise/consumption/daily", needs: "ViewAccountConsumption", .docs)],
    rows: byDate, paging: .single, key: .member("date"), strategy: .days)

  static let billingCycles = Resource(
    "billing_cycles", "billing cycles", in: .billing,
    from: [ListSource("/v3/enterprise/consumption/cycles", needs: "ManageBilling", .docs)], key: .member("after"))

  static let acuLimits = Resource(
    "acu_limits", "ACU limits of enterprise, organizations and users", in: .billing,
    from: [ListSource("/v3/enterprise/consumption/acu-limits/devin", needs: "ManageBilling", .official)],
    key: .joined(["scope", "org_id", "user_id"], as: "limit_key"))

  /// Limits for the local agent: the desktop application, the JetBrains plug-in and the CLI.
  static let localAgentLimits = Resource(
    "local_agent_acu_limits", "users' own ACU limits for the local agent, as one list", in: .billing, isDefault: false,
    from: [
      ListSource(
        "/v3beta1/enterprise/consumption/acu-limits/local-agent", query: [QueryItem("scope", "user")], needs: "ManageBilling",
        .docs)
    ],
    key: .joined(["scope", "org_id", "user_id"], as: "limit_key"))

  /// This needs one request for each user, so it is read once a day.
  static let userLimits = Resource(
    "user_acu_limits", "the ACU limit of each user for the local agent", in: .billing, isDefault: false,
    from: [
      ListSource("/v3beta1/enterprise/users/{user_id}/consumption/acu-limits", needs: "ViewAccountConsumption", .clients)
    ],
    rows: .object, paging: .single, key: .scope("user_id"), strategy: .single,
    below: .daily("users", as: "user_id", version: "''", belongs: nil, absentMeansNone: true))

  static let defaultUserLimits = Resource(
    "default_user_acu_limits", "the ACU limit of users without one of their own", in: .billing, isDefault: false,
    from: [
      ListSource(
        "/v3beta1/enterprise/users/consumption/acu-limits", needs: "ViewAccountConsumption", .clients, label: "default")
    ],
    rows: .object, paging: .single, key: .scope("limit_scope"), strategy: .single)

  static let organizationLimits = Resource(
    "organization_acu_limits", "the ACU limit of each organization for the local agent", in: .billing, isDefault: false,
    from: [
      ListSource(
        "/v3beta1/enterprise/organizations/{org_id}/consumption/acu-limits", needs: "ViewAccountConsumption", .clients)
    ],
    rows: .object, paging: .single, key: .scope("org_id"), strategy: .single)

  /// Everyone known in an organization, from its list of members and from its sessions.
  private static func people(_ id: String, of tables: [String]) -> ParentQuery {
    let union = tables.map { "SELECT org_id, \($0).\(id) FROM \($0) WHERE _deleted_at IS NULL AND \(id) IS NOT NULL" }
    var query = ParentQuery(
      from: "(\(union.joined(separator: " UNION ")))", id: "p.\(id)", version: "''", tables: tables)
    query.isAlive = "p.\(id) <> 'bot_apk'"
    query.every = 0
    return query
  }
}
