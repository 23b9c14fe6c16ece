-- Which playbooks use our ACUs?
-- Each living session once, under the billing day of its creation; a pull request once, for the first session that lists it.
-- period: 30 days
-- cost: acus
SELECT iif(title IS NULL, coalesce(playbook_id, '(none)'), iif((SELECT count(*) FROM playbooks AS o WHERE o.title = a.title) > 1, title || ' (' || playbook_id || ')', title)) AS playbook, sum(sessions) AS sessions, sum(sessions_with_known_cost) AS cost_known_of,
  round(sum(acus), 2) AS acus, sum(merged_pull_requests) AS merged
FROM acus_by_playbook AS a WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
GROUP BY playbook_id ORDER BY sum(acus) DESC;
