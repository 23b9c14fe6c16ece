-- Which repositories is Devin used for?
-- Sessions by the repositories of their pull requests, without deleted sessions. A session with pull requests in two repositories counts for both.
-- A pull request counts once, for the first session that lists it.
-- period: 30 days
-- cost: acus
-- report: 6
WITH listed AS (
  SELECT w.host, w.repository, f.acus, 1 AS sessions, 0 AS merged
  FROM session_facts AS f CROSS JOIN derived_pull_requests AS w USING (session_id)
  -- Both tables are read in the order of sessions, which is faster than looking up the pull requests of each session of a day: hence the plus.
  WHERE f.pull_requests > 0 AND +f.billing_day BETWEEN :since AND :until AND (:org IS NULL OR f.org_id = :org)
    -- Of several pull requests in one repository the first stands for all.
    AND (f.pull_requests = 1 OR NOT EXISTS (
      SELECT 1 FROM derived_pull_requests AS o
      WHERE o.session_id = w.session_id AND o.pr_url < w.pr_url AND o.host IS w.host AND o.repository IS w.repository))
  UNION ALL
  SELECT NULL, NULL, acus, 1, 0 FROM session_facts
  WHERE pull_requests = 0 AND billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
  UNION ALL
  SELECT host, repository, NULL, 0, 1 FROM pull_request_outcomes
  WHERE outcome = 'merged' AND billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org))
SELECT CASE WHEN host IS NULL THEN '(no pull request)' WHEN repository IS NULL THEN host || ' (other address)'
    ELSE host || '/' || repository END AS repository,
  sum(sessions) AS sessions, count(acus) AS cost_known_of, round(sum(acus), 2) AS acus, sum(merged) AS merged
FROM listed GROUP BY host, listed.repository ORDER BY sum(acus) DESC;
