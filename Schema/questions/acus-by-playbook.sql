-- Which playbooks use our ACUs?
-- Counts each session once, on the billing day of its creation, and each pull request once, for the first session that lists it. Without deleted sessions.
-- period: 30 days
-- cost: acus
-- report: 5
WITH used AS MATERIALIZED (
  SELECT playbook_id, count(*) AS sessions, count(acus) AS known, sum(acus) AS acus, sum(first_merged_pull_requests) AS merged
  FROM session_facts WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org) GROUP BY playbook_id)
SELECT iif(p.title IS NULL, coalesce(u.playbook_id, '(none)'), iif((SELECT count(*) FROM playbooks AS o WHERE o.title = p.title) > 1,
    p.title || ' (' || u.playbook_id || ')', p.title)) AS playbook,
  u.sessions, u.known AS cost_known_of, round(u.acus, 2) AS acus, u.merged
FROM used AS u LEFT JOIN playbooks AS p USING (playbook_id) ORDER BY u.acus DESC;
