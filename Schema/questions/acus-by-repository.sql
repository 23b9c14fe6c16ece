-- Which repositories is Devin used for?
-- Living sessions, by their pull requests; a session with pull requests in two repositories counts under both. A pull request counts once, for the
-- first session that lists it.
-- period: 30 days
-- cost: acus
SELECT CASE WHEN host IS NULL THEN '(no pull request)' WHEN repository IS NULL THEN host || ' (other address)' ELSE host || '/' || repository END AS repository, sum(sessions) AS sessions,
  sum(sessions_with_known_cost) AS cost_known_of, round(sum(acus), 2) AS acus, sum(merged_pull_requests) AS merged
FROM acus_by_repository WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
GROUP BY host, repository ORDER BY sum(acus) DESC;
