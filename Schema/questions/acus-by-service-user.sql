-- Which service users use our ACUs?
-- Each living session once, under the billing day of its creation; a pull request once, for the first session that lists it.
-- period: 30 days
-- cost: acus
SELECT iif(name IS NULL, service_user_id, iif((SELECT count(*) FROM people AS o WHERE o.name = a.name) > 1, name || ' (' || service_user_id || ')', name)) AS service_user, sum(sessions) AS sessions, sum(sessions_with_known_cost) AS cost_known_of,
  round(sum(acus), 2) AS acus, sum(merged_pull_requests) AS merged
FROM acus_by_service_user AS a WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
GROUP BY service_user_id ORDER BY sum(acus) DESC;
