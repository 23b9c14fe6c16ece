-- What does a merged pull request cost?
-- Cost per merged pull request over all sessions of the month, and over sessions with a merge only. Both use sessions with a known cost; their share
-- is rounded down. A pull request counts once, in the month of the first session that lists it (without deleted sessions). A period includes every month
-- that it overlaps.
-- cost: acus_per_merge, of_merging_sessions
-- report: 1
WITH days AS (
  SELECT billing_day, org_id, count(*) AS sessions, count(acus) AS known, sum(acus) AS acus, sum(iif(merged_pull_requests > 0, acus, NULL)) AS of_merging,
    sum(first_merged_pull_requests) AS merged, sum(iif(acus IS NULL, 0, first_merged_pull_requests)) AS merged_of_known
  FROM session_facts
  WHERE (:org IS NULL OR org_id = :org) AND billing_day >= substr(coalesce(:since, '0000-00'), 1, 7)
    AND substr(billing_day, 1, 7) <= substr(coalesce(:until, '9999-99'), 1, 7)
  GROUP BY billing_day, org_id),
months AS (
  SELECT org_id, substr(billing_day, 1, 7) AS month, sum(sessions) AS sessions, sum(known) AS known, sum(acus) AS acus, sum(of_merging) AS of_merging,
    sum(merged) AS merged, sum(merged_of_known) AS merged_of_known
  FROM days GROUP BY org_id, month)
SELECT month, sessions, iif(known > 0 AND 100 * known < sessions, 'under 1', 100 * known / sessions) || ' %' AS cost_known, merged,
  round(acus / nullif(merged_of_known, 0), 2) AS acus_per_merge, round(of_merging / nullif(merged_of_known, 0), 2) AS of_merging_sessions, org_id
FROM months ORDER BY month DESC;
