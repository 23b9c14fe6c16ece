-- Who uses our ACUs, and what do they ship?
-- Counts each session once, on the billing day of its creation, and each pull request once, for the first session that lists it. Without deleted sessions.
-- period: 30 days
-- cost: acus
-- report: 4
WITH used AS MATERIALIZED (
  SELECT user_id, count(*) AS sessions, count(acus) AS known, sum(acus) AS acus, sum(first_merged_pull_requests) AS merged
  FROM session_facts WHERE service_user_id IS NULL AND billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org) GROUP BY user_id),
named AS MATERIALIZED (SELECT * FROM people)
SELECT iif(p.name IS NULL, coalesce(u.user_id, 'no user'), iif((SELECT count(*) FROM named AS o WHERE o.name = p.name) > 1,
    p.name || ' (' || coalesce(p.email, u.user_id) || ')', p.name)) AS user,
  u.sessions, u.known AS cost_known_of, round(u.acus, 2) AS acus, u.merged
FROM used AS u LEFT JOIN named AS p USING (user_id) ORDER BY u.acus DESC;
