-- Which tags use our ACUs?
-- Living sessions, under the billing day of their creation. A session with two tags counts under both, and so do its pull requests.
-- period: 30 days
-- cost: acus
SELECT coalesce(tag, '(none)') AS tag, sum(sessions) AS sessions, sum(sessions_with_known_cost) AS cost_known_of,
  round(sum(acus), 2) AS acus, sum(merged_pull_requests) AS merged
FROM acus_by_tag WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
GROUP BY tag ORDER BY sum(acus) DESC;
