-- Where do sessions come from: the web app, Slack, the API, schedules?
-- Each living session once, under the billing day of its creation; a pull request once, for the first session that lists it.
-- period: 30 days
-- cost: acus
SELECT coalesce(origin, 'unknown') AS origin, count(*) AS sessions, count(acus) AS cost_known_of,
  round(sum(acus), 2) AS acus, sum(first_merged_pull_requests) AS merged
FROM session_facts WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
GROUP BY session_facts.origin ORDER BY sum(acus) DESC;
