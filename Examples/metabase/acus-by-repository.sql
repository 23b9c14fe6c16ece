-- Which repositories is Devin used for?
-- Sessions by the repositories of their pull requests, without deleted sessions. A session with pull requests in two repositories counts for both.
-- A pull request counts once, for the first session that lists it.
SELECT CASE WHEN host IS NULL THEN '(no pull request)' WHEN repository IS NULL THEN host || ' (other address)'
    ELSE host || '/' || repository END AS repository,
  sum(sessions) AS sessions, sum(sessions_with_known_cost) AS cost_known_of, round(sum(acus), 2) AS acus, sum(merged_pull_requests) AS merged
FROM acus_by_repository
WHERE 1 = 1
  [[AND billing_day >= {{since}}]]
  [[AND billing_day <= {{until}}]]
  [[AND org_id = {{org}}]]
GROUP BY host, acus_by_repository.repository ORDER BY sum(acus) DESC
