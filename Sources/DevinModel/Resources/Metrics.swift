// Figures computed by the service. Counts of distinct users cannot be added up over smaller ranges, so each calendar month has
// its own row. The enterprise's sums have separate tables, as with consumption.

extension Resource {
  static let metrics: [Resource] =
    usageMetrics + sessionMetrics + pullRequestMetrics + searchMetrics + sessionCategoryMetrics + codeScanMetrics + activeUsers

  static let usageMetrics = monthly("usage", "sessions, searches and pull requests", certainty: .sdk)
  static let sessionMetrics = monthly("sessions", table: "session", "sessions by origin and size", certainty: .sdk)
  static let pullRequestMetrics = monthly("prs", table: "pull_request", "pull requests", certainty: .sdk)
  static let searchMetrics = monthly("searches", table: "search", "searches", certainty: .sdk)
  static let sessionCategoryMetrics = monthly(
    "sessions-by-category", table: "session_category", "sessions by category", certainty: .clients)
  static let codeScanMetrics = monthly(
    "metrics", table: "code_scan", "code scans and their findings", folder: "code-scans",
    needs: (organization: "ViewCodeScans", enterprise: "ViewAccountCodeScans"), certainty: .docs)

  static let activeUsers = [
    Resource(
      "active_users", "active users by day, week and month, and of each quarter", in: .metrics, isDefault: false,
      from: periods("/v3/organizations/{org_id}", needs: "ViewOrgMetrics", .sdk), readsEverySource: true, rows: .listOrObject,
      paging: .single, key: .member("start_time"), scope: ["org_id", "period"], scopeKey: ["org_id", "period"],
      strategy: .series(Series(.months(3), isSum: true))),
    Resource(
      "enterprise_active_users", "active users of the enterprise", in: .metrics, isDefault: false,
      from: periods("/v3/enterprise", needs: "ViewAccountMetrics", .docs), readsEverySource: true, rows: .listOrObject,
      paging: .single, key: .member("start_time"), scope: ["period"], scopeKey: ["period"],
      strategy: .series(Series(.months(3), isSum: true))),
  ]

  private static func periods(_ scope: String, needs permission: String, _ certainty: ListSource.Certainty) -> [ListSource] {
    ["dau", "wau", "mau", "active-users"].map {
      ListSource(PathTemplate(stringLiteral: "\(scope)/metrics/\($0)"), needs: permission, certainty, label: $0)
    }
  }

  /// The figures of each calendar month, for each organization and for the enterprise.
  private static func monthly(
    _ path: String, table: String? = nil, _ what: String, folder: String = "metrics",
    needs permission: (organization: String, enterprise: String) = ("ViewOrgMetrics", "ViewAccountMetrics"),
    certainty: ListSource.Certainty
  ) -> [Resource] {
    let name = "\(table ?? path)_metrics"
    func resource(_ name: String, _ summary: String, _ scope: String, _ permission: String, _ certainty: ListSource.Certainty)
      -> Resource
    {
      let hasOrganization = scope.contains("org_id")
      return Resource(
        name, summary, in: .metrics, isDefault: false,
        from: [ListSource(PathTemplate(stringLiteral: "\(scope)/\(folder)/\(path)"), needs: permission, certainty)],
        rows: .object,
        paging: .single, key: .scope("range_start"), scope: (hasOrganization ? ["org_id"] : []) + ["range_end"],
        scopeKey: hasOrganization ? ["org_id"] : [], strategy: .series(Series(.months(1), isSum: true)))
    }
    return [
      resource(
        name, "counts of each month: \(what)", "/v3/organizations/{org_id}", permission.organization, certainty),
      resource(
        "enterprise_\(name)", "the same of the enterprise: \(what)", "/v3/enterprise", permission.enterprise,
        certainty == .clients ? .clients : .docs),
    ]
  }
}
