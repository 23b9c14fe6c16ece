/// Questions as people ask them who write their SQL themselves, through the views. What comes out is what the named questions answer, which go
/// to the tables below the views.
enum ViewAnswers {
  /// By the name of the question; columns and parameters are those of the question.
  static let sql: [String: String] = [
    "acus-by-origin": """
    SELECT coalesce(origin, 'unknown') AS origin, \(sums) FROM acus_by_origin WHERE \(period) GROUP BY acus_by_origin.origin
    """,
    "acus-by-playbook": """
    SELECT iif(title IS NULL, coalesce(playbook_id, '(none)'), iif((SELECT count(*) FROM playbooks AS o WHERE o.title = a.title) > 1,
      title || ' (' || playbook_id || ')', title)) AS playbook, \(sums)
    FROM acus_by_playbook AS a WHERE \(period) GROUP BY playbook_id
    """,
    "acus-by-user": """
    SELECT iif(name IS NULL, coalesce(user_id, 'no user'), iif((SELECT count(*) FROM people AS o WHERE o.name = a.name) > 1,
      name || ' (' || coalesce(email, user_id) || ')', name)) AS user, \(sums)
    FROM acus_by_user AS a WHERE \(period) GROUP BY user_id
    """,
    "acus-by-service-user": """
    SELECT iif(name IS NULL, service_user_id, iif((SELECT count(*) FROM people AS o WHERE o.name = a.name) > 1,
      name || ' (' || service_user_id || ')', name)) AS service_user, \(sums)
    FROM acus_by_service_user AS a WHERE \(period) GROUP BY service_user_id
    """,
    "acus-by-tag": "SELECT coalesce(tag, '(none)') AS tag, \(sums) FROM acus_by_tag WHERE \(period) GROUP BY acus_by_tag.tag",
    "acus-by-repository": """
    SELECT CASE WHEN host IS NULL THEN '(no pull request)' WHEN repository IS NULL THEN host || ' (other address)'
      ELSE host || '/' || repository END AS repository, \(sums)
    FROM acus_by_repository AS a WHERE \(period) GROUP BY host, a.repository
    """,
    "cost-per-merge": """
    SELECT month, sessions, iif(sessions_with_known_cost > 0 AND 100 * sessions_with_known_cost < sessions, 'under 1',
      100 * sessions_with_known_cost / sessions) || ' %' AS cost_known, merged_pull_requests AS merged, round(acus_per_merge, 2) AS acus_per_merge,
      round(acus_per_merge_of_merging_sessions, 2) AS of_merging_sessions, org_id
    FROM cost_per_merge WHERE (:org IS NULL OR org_id = :org) AND month BETWEEN substr(:since, 1, 7) AND substr(:until, 1, 7)
    """,
    "session-families": """
    SELECT substr(coalesce(title, root_session_id), 1, 50) AS begun_by, sessions, depth, sessions_with_known_cost AS cost_known_of,
      round(acus, 2) AS acus, pull_requests, merged_pull_requests AS merged
    FROM session_families WHERE sessions > 1 AND \(period)
    """,
    "reconciliation": """
    SELECT cycle_start, iif(cycle_is_known, 'cycle', 'month') AS span, billed_days, round(billed_acus, 2) AS billed,
      round(billed_devin_acus, 2) AS billed_devin, round(session_acus, 2) AS used, round(difference, 2) AS difference,
      sessions_with_unknown_cost AS cost_unknown_of, compared_from, compared_to, org_id
    FROM acu_reconciliation_by_cycle WHERE (:org IS NULL OR org_id = :org) AND cycle_start <= coalesce(:until, '9999')
      AND coalesce(:since, '0000') < coalesce((
        SELECT date(c."before" - 28800, 'unixepoch') FROM billing_cycles AS c
        WHERE c._deleted_at IS NULL AND cycle_is_known AND date(c."after" - 28800, 'unixepoch') = cycle_start), date(cycle_start, '+1 month'))
    """,
    "waits-for-people": """
    SELECT iif(p.name IS NULL, coalesce(w.user_id, '(service users)'), iif((SELECT count(*) FROM people AS o WHERE o.name = p.name) > 1,
      p.name || ' (' || coalesce(p.email, w.user_id) || ')', p.name)) AS user, count(DISTINCT w.session_id) AS sessions, count(*) AS waits,
      count(*) - count(w.waited_to) AS waiting_now, round(sum(w.seconds) / 3600.0, 2) AS hours, round(avg(w.seconds) / 3600.0, 2) AS hours_a_wait,
      round(max(w.seconds) / 3600.0, 2) AS longest_hours
    FROM waits_for_people AS w LEFT JOIN people AS p USING (user_id)
    WHERE date(w.waited_from - 28800, 'unixepoch') BETWEEN coalesce(:since, '0000') AND coalesce(:until, '9999') AND (:org IS NULL OR w.org_id = :org)
    GROUP BY w.user_id
    """,
    "waste": """
    SELECT reason, substr(coalesce(title, session_id), 1, 50) AS session, billing_day, round(acus, 2) AS acus, hours, url
    FROM session_waste WHERE \(period)
    """,
  ]

  private static let period = "billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)"
  private static let sums = """
    sum(sessions) AS sessions, sum(sessions_with_known_cost) AS cost_known_of, round(sum(acus), 2) AS acus, sum(merged_pull_requests) AS merged
    """
}
