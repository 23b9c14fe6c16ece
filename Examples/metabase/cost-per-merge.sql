-- What does a merged pull request cost?
-- Cost per merged pull request over all sessions of the month, and over sessions with a merge only. Both use sessions with a known cost. A pull request
-- counts once, in the month of the first session that lists it (without deleted sessions). A period includes every month that it overlaps.
WITH facts AS (
  SELECT substr(billing_day, 1, 7) AS month, org_id, acus, merged_pull_requests > 0 AS has_merge, first_merged_pull_requests AS merged
  FROM session_facts
  WHERE 1 = 1
    [[AND billing_day >= substr({{since}}, 1, 7)]]
    [[AND substr(billing_day, 1, 7) <= substr({{until}}, 1, 7)]]
    [[AND org_id = {{org}}]]),
months AS (
  SELECT org_id, month, count(*) AS sessions, count(acus) AS known, sum(acus) AS acus, sum(iif(has_merge, acus, NULL)) AS of_merging,
    sum(merged) AS merged, sum(iif(acus IS NULL, 0, merged)) AS merged_of_known
  FROM facts GROUP BY org_id, month)
SELECT month, sessions, iif(known > 0 AND 100 * known < sessions, 'under 1', 100 * known / sessions) || ' %' AS cost_known, merged,
  round(acus / nullif(merged_of_known, 0), 2) AS acus_per_merge, round(of_merging / nullif(merged_of_known, 0), 2) AS of_merging_sessions, org_id
FROM months ORDER BY month DESC
