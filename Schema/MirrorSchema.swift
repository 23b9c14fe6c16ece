/// The SQL that makes a mirror, one file per resource.
public enum MirrorSchema {
  /// The statements of each released version, oldest first; the number of a version is its place, from 1. A released
  /// version makes the same tables for ever, whatever is said in its comments: what changes later is a version of its own.
  public static let versions: [[String]] = [
    [
      text(PackageResources.bookkeeping_sql),
      text(PackageResources.credential_sql),
      text(PackageResources.sessions_sql),
      text(PackageResources.session_insights_sql),
      text(PackageResources.session_messages_sql),
      text(PackageResources.session_attachments_sql),
      text(PackageResources.playbooks_sql),
      text(PackageResources.knowledge_notes_sql),
      text(PackageResources.knowledge_folders_sql),
      text(PackageResources.secrets_sql),
      text(PackageResources.schedules_sql),
    ],
    [
      text(PackageResources.bookkeeping_series_sql),
      text(PackageResources.knowledge_folders_shared_sql),
      text(PackageResources.session_events_sql),
      text(PackageResources.pr_reviews_sql),
      text(PackageResources.searches_sql),
      text(PackageResources.automations_sql),
      text(PackageResources.consumption_sql),
      text(PackageResources.metrics_sql),
      text(PackageResources.repositories_sql),
      text(PackageResources.code_scans_sql),
      text(PackageResources.blueprints_sql),
      text(PackageResources.infrastructure_sql),
      text(PackageResources.members_sql),
      text(PackageResources.settings_sql),
      text(PackageResources.audit_sql),
    ],
    [
      text(PackageResources.bookkeeping_trust_sql)
    ],
    [
      text(PackageResources.answers_sessions_sql),
      text(PackageResources.answers_cost_sql),
      text(PackageResources.answers_knowledge_sql),
      text(PackageResources.search_sql),
    ],
    [
      text(PackageResources.bookkeeping_pending_sql),
      text(PackageResources.answers_moments_sql),
    ],
    [
      text(PackageResources.search_steps_sql)
    ],
    [
      text(PackageResources.bookkeeping_levels_sql),
      text(PackageResources.answers_counted_once_sql),
    ],
    [
      text(PackageResources.bookkeeping_refresh_sql),
      text(PackageResources.derived_sql),
    ],
    [
      text(PackageResources.bookkeeping_known_sql),
      text(PackageResources.derived_outcomes_sql),
      text(PackageResources.limits_sql),
      text(PackageResources.platforms_sql),
      text(PackageResources.answers_money_sql),
      text(PackageResources.bookkeeping_omitted_sql),
    ],
    [
      text(PackageResources.files_sql)
    ],
    [
      text(PackageResources.bookkeeping_pushes_sql)
    ],
    [
      text(PackageResources.bookkeeping_push_ids_sql)
    ],
  ]

  /// Everything that the newest version has, as SQL: what the versions make one after the other.
  public static let sql = text(PackageResources.schema_sql)

  /// What stands in these tables in a new file, as SQL: what the versions put there.
  public static let rows = text(PackageResources.new_file_sql)

  /// In the header of every mirror (`PRAGMA application_id`): the letters DvSy.
  public static let applicationID: Int32 = 0x4476_5379

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
