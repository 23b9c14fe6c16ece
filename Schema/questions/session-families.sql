-- Which sessions started other sessions, and what are the cost and results of each family?
-- Each session belongs to one family, on the billing day of its first session. Without deleted sessions. A pull request counts for the first session that lists it.
-- period: 30 days
-- limit: 25
-- total: sessions, acus
-- cost: acus
WITH RECURSIVE
parents AS MATERIALIZED (SELECT * FROM session_parents),
below(root_session_id, session_id, depth) AS (
  SELECT session_id, session_id, 0 FROM derived_sessions
  WHERE session_id IN (SELECT parent_session_id FROM parents) AND session_id NOT IN (SELECT session_id FROM parents)
    AND billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
  UNION ALL
  SELECT b.root_session_id, p.session_id, b.depth + 1 FROM below AS b JOIN parents AS p ON p.parent_session_id = b.session_id),
families AS MATERIALIZED (
  SELECT b.root_session_id, count(*) AS sessions, max(b.depth) AS depth, count(f.acus) AS known, sum(f.acus) AS acus,
    sum(f.first_pull_requests) AS pull_requests, sum(f.first_merged_pull_requests) AS merged
  FROM below AS b CROSS JOIN session_facts AS f USING (session_id) GROUP BY b.root_session_id)
SELECT substr(coalesce((SELECT title FROM sessions AS s WHERE s.session_id = root_session_id), root_session_id), 1, 50) AS begun_by,
  sessions, depth, known AS cost_known_of, round(acus, 2) AS acus, pull_requests, merged
FROM families ORDER BY families.acus DESC;
