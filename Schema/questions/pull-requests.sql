-- How many pull requests were merged, closed or are open?
-- Counts each pull request once, on the billing day of the first session that lists it (without deleted sessions). If sessions differ, the most advanced outcome counts.
-- period: 30 days
-- report: 8
SELECT iif(repository IS NULL, host || ' (other address)', host || '/' || repository) AS repository, sum(outcome = 'merged') AS merged, sum(outcome = 'open') AS open,
  sum(outcome = 'closed') AS closed, sum(outcome = 'unknown') AS unknown, count(*) AS pull_requests
FROM pull_request_outcomes WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
GROUP BY host, repository ORDER BY count(*) DESC;
