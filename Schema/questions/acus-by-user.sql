-- Who uses our ACUs, and what do they ship?
-- Each living session once, under the billing day of its creation; a pull request once, for the first session that lists it.
-- period: 30 days
-- cost: acus
SELECT iif(name IS NULL, coalesce(user_id, 'no user'), iif((SELECT count(*) FROM people AS o WHERE o.name = a.name) > 1, name || ' (' || coalesce(email, user_id) || ')', name)) AS user, sum(sessions) AS sessions, sum(sessions_with_known_cost) AS cost_known_of,
  round(sum(acus), 2) AS acus, sum(merged_pull_requests) AS merged
FROM acus_by_user AS a WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
GROUP BY user_id ORDER BY sum(acus) DESC;
