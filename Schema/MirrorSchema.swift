/// The SQL that makes a mirror, one file per resource.
public enum MirrorSchema {
  /// The statements of each released version, oldest first; the number of a version is its place, from 1. A released
  /// version makes the same tables for ever, whatever is said in its comments: what changes later is a version of its own.
  public static let versions: [[String]] = [
    [
      EmbeddedTexts.bookkeeping_sql,
      EmbeddedTexts.credential_sql,
      EmbeddedTexts.sessions_sql,
      EmbeddedTexts.session_insights_sql,
      EmbeddedTexts.session_messages_sql,
      EmbeddedTexts.session_attachments_sql,
      EmbeddedTexts.playbooks_sql,
      EmbeddedTexts.knowledge_notes_sql,
      EmbeddedTexts.knowledge_folders_sql,
      EmbeddedTexts.secrets_sql,
      EmbeddedTexts.schedules_sql,
    ],
    [
      EmbeddedTexts.bookkeeping_series_sql,
      EmbeddedTexts.knowledge_folders_shared_sql,
      EmbeddedTexts.session_events_sql,
      EmbeddedTexts.pr_reviews_sql,
      EmbeddedTexts.searches_sql,
      EmbeddedTexts.automations_sql,
      EmbeddedTexts.consumption_sql,
      EmbeddedTexts.metrics_sql,
      EmbeddedTexts.repositories_sql,
      EmbeddedTexts.code_scans_sql,
      EmbeddedTexts.blueprints_sql,
      EmbeddedTexts.infrastructure_sql,
      EmbeddedTexts.members_sql,
      EmbeddedTexts.settings_sql,
      EmbeddedTexts.audit_sql,
    ],
    [
      EmbeddedTexts.bookkeeping_trust_sql
    ],
    [
      EmbeddedTexts.answers_sessions_sql,
      EmbeddedTexts.answers_cost_sql,
      EmbeddedTexts.answers_knowledge_sql,
      EmbeddedTexts.search_sql,
    ],
    [
      EmbeddedTexts.bookkeeping_pending_sql,
      EmbeddedTexts.answers_moments_sql,
    ],
    [
      EmbeddedTexts.search_steps_sql
    ],
    [
      EmbeddedTexts.bookkeeping_levels_sql,
      EmbeddedTexts.answers_counted_once_sql,
    ],
    [
      EmbeddedTexts.bookkeeping_refresh_sql,
      EmbeddedTexts.derived_sql,
    ],
    [
      EmbeddedTexts.bookkeeping_known_sql,
      EmbeddedTexts.derived_outcomes_sql,
      EmbeddedTexts.limits_sql,
      EmbeddedTexts.platforms_sql,
      EmbeddedTexts.answers_money_sql,
      EmbeddedTexts.bookkeeping_omitted_sql,
    ],
    [
      EmbeddedTexts.files_sql
    ],
    [
      EmbeddedTexts.bookkeeping_pushes_sql
    ],
    [
      EmbeddedTexts.bookkeeping_push_ids_sql
    ],
    [
      EmbeddedTexts.derived_sums_sql
    ],
  ]

  /// Everything that the newest version has, as SQL: what the versions make one after the other.
  public static let sql = EmbeddedTexts.schema_sql

  /// The rows of these tables in a new file, as SQL: what the versions insert.
  public static let rows = EmbeddedTexts.new_file_sql

  /// In the header of every mirror (`PRAGMA application_id`): the letters DvSy.
  public static let applicationID: Int32 = 0x4476_5379
}
