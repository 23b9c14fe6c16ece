-- How many ACUs go each day?
-- Billed is what Devin counts for the day, all products; used is what the living sessions created on it have cost so far.
-- period: 30 days
-- cost: billed, used
SELECT billing_day, round(sum(billed_acus), 2) AS billed, round(sum(acus), 2) AS used, sum(sessions) AS sessions,
  sum(sessions_with_known_cost) AS cost_known_of
FROM acus_by_day WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
GROUP BY billing_day ORDER BY billing_day DESC;
