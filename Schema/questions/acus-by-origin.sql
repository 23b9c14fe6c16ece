-- How are sessions started: in the web app, Slack, by the API, by schedules?
-- Counts each session once, on the billing day of its creation, and each pull request once, for the first session that lists it. Without deleted sessions.
-- period: 30 days
-- cost: acus
SELECT coalesce(origin, 'unknown') AS origin, count(*) AS sessions, count(acus) AS cost_known_of,
  round(sum(acus), 2) AS acus, sum(first_merged_pull_requests) AS merged
FROM session_facts WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
GROUP BY session_facts.origin ORDER BY sum(acus) DESC;
