// Who did what. Rows are only added; the last seven days are read again to find late rows.

extension SyncStrategy {
  fileprivate static let log = series(Series(.days(99), margin: .seconds(1), reread: .seconds(7 * 86_400)))
}

extension Resource {
  static let audit: [Resource] = [.auditLogs, .guardrailViolations]

  static let auditLogs = Resource(
    "audit_logs", "who did what, and what was deleted", in: .audit,
    from: [
      ListSource("/v3/enterprise/audit-logs", needs: "ManageEnterpriseSettings", .docs),
      ListSource("/v3/enterprise/organizations/{org_id}/audit-logs", needs: "ManageEnterpriseSettings", .docs),
    ],
    key: .member("audit_log_id"), strategy: .log)

  static let guardrailViolations = Resource(
    "guardrail_violations", "messages that broke a guardrail", in: .audit,
    from: [ListSource("/v3beta1/enterprise/guardrail-violations", needs: "ManageEnterpriseSettings", .docs)],
    key: .member("violation_id"), strategy: .log)
}
