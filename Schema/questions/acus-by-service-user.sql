-- Which service users use our ACUs?
-- Counts each session once, on the billing day of its creation, and each pull request once, for the first session that lists it. Without deleted sessions.
-- period: 30 days
-- cost: acus
WITH used AS MATERIALIZED (
  SELECT service_user_id, count(*) AS sessions, count(acus) AS known, sum(acus) AS acus, sum(first_merged_pull_requests) AS merged
  FROM session_facts WHERE service_user_id IS NOT NULL AND billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
  GROUP BY service_user_id),
named AS MATERIALIZED (SELECT * FROM people)
SELECT iif(p.name IS NULL, u.service_user_id, iif((SELECT count(*) FROM named AS o WHERE o.name = p.name) > 1,
    p.name || ' (' || u.service_user_id || ')', p.name)) AS service_user,
  u.sessions, u.known AS cost_known_of, round(u.acus, 2) AS acus, u.merged
FROM used AS u LEFT JOIN named AS p ON p.user_id = u.service_user_id ORDER BY u.acus DESC;
