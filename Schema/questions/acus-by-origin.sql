-- Where do sessions come from: the web app, Slack, the API, schedules?
-- Each living session once, under the billing day of its creation; a pull request once, for the first session that lists it.
-- period: 30 days
-- cost: acus
SELECT coalesce(origin, 'unknown') AS origin, sum(sessions) AS sessions, sum(sessions_with_known_cost) AS cost_known_of,
  round(sum(acus), 2) AS acus, sum(merged_pull_requests) AS merged
FROM acus_by_origin WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
GROUP BY origin ORDER BY sum(acus) DESC;
