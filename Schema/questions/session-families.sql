-- Which sessions started others, and what did the whole family cost and bring?
-- Living sessions, each in one family, under the billing day of the one that began it; a pull request counts for the first session that lists it.
-- period: 30 days
-- limit: 25
-- total: sessions, acus
-- cost: acus
SELECT substr(coalesce(title, root_session_id), 1, 50) AS begun_by, sessions, depth, sessions_with_known_cost AS cost_known_of,
  round(acus, 2) AS acus, pull_requests, merged_pull_requests AS merged
FROM session_families WHERE sessions > 1
  AND billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
ORDER BY acus DESC;
