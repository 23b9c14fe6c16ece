-- What does a merged pull request cost?
-- Cost per merged pull request over all sessions of the month, and over sessions with a merge only. Both use sessions with a known cost; their share
-- is rounded down. A pull request counts once, in the month of the first session that lists it (without deleted sessions). A period includes every month
-- that it overlaps.
-- cost: acus_per_merge, of_merging_sessions
WITH facts AS MATERIALIZED (
  SELECT substr(billing_day, 1, 7) AS month, org_id, acus, merged_pull_requests > 0 AS has_merge, first_merged_pull_requests AS merged
  FROM session_facts
  WHERE (:org IS NULL OR org_id = :org) AND billing_day >= substr(coalesce(:since, '0000-00'), 1, 7)
    AND substr(billing_day, 1, 7) <= substr(coalesce(:until, '9999-99'), 1, 7)),
months AS (
  SELECT org_id, month, count(*) AS sessions, count(acus) AS known, sum(acus) AS acus, sum(iif(has_merge, acus, NULL)) AS of_merging,
    sum(merged) AS merged, sum(iif(acus IS NULL, 0, merged)) AS merged_of_known
  FROM facts GROUP BY org_id, month)
SELECT month, sessions, iif(known > 0 AND 100 * known < sessions, 'under 1', 100 * known / sessions) || ' %' AS cost_known, merged,
  round(acus / nullif(merged_of_known, 0), 2) AS acus_per_merge, round(of_merging / nullif(merged_of_known, 0), 2) AS of_merging_sessions, org_id
FROM months ORDER BY month DESC;
