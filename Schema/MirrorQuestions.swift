/// The questions that people ask of a mirror, each as one query. A file begins with comments: the question, then what to know
/// of the answer, and `-- limit:`, `-- total:` and `-- cost:` with what people are shown. `:since` and `:until` are billing days, both included, `:org` an organization; NULL: not limited, or the last 30 days.
public enum MirrorQuestions {
  /// By name, as it is called; `make docs` writes the list from the files in `questions`.
  public static let all: [(name: String, sql: String)] = [
    ("acus-by-day", text(PackageResources.acus_by_day_sql)),
    ("acus-by-origin", text(PackageResources.acus_by_origin_sql)),
    ("acus-by-playbook", text(PackageResources.acus_by_playbook_sql)),
    ("acus-by-repository", text(PackageResources.acus_by_repository_sql)),
    ("acus-by-service-user", text(PackageResources.acus_by_service_user_sql)),
    ("acus-by-tag", text(PackageResources.acus_by_tag_sql)),
    ("acus-by-user", text(PackageResources.acus_by_user_sql)),
    ("caps", text(PackageResources.caps_sql)),
    ("changes", text(PackageResources.changes_sql)),
    ("cost-per-merge", text(PackageResources.cost_per_merge_sql)),
    ("failing-schedules", text(PackageResources.failing_schedules_sql)),
    ("forecast", text(PackageResources.forecast_sql)),
    ("missed-schedules", text(PackageResources.missed_schedules_sql)),
    ("money", text(PackageResources.money_sql)),
    ("note-usefulness", text(PackageResources.note_usefulness_sql)),
    ("playbook-scoreboard", text(PackageResources.playbook_scoreboard_sql)),
    ("pull-requests", text(PackageResources.pull_requests_sql)),
    ("reconciliation", text(PackageResources.reconciliation_sql)),
    ("secret-ages", text(PackageResources.secret_ages_sql)),
    ("session-families", text(PackageResources.session_families_sql)),
    ("waiting-now", text(PackageResources.waiting_now_sql)),
    ("waits-for-people", text(PackageResources.waits_for_people_sql)),
    ("waste", text(PackageResources.waste_sql)),
  ]

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
