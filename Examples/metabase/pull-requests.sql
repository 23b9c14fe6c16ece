-- How many pull requests were merged, closed or are open?
-- Counts each pull request once, on the billing day of the first session that lists it (without deleted sessions).
SELECT iif(repository IS NULL, host || ' (other address)', host || '/' || repository) AS repository, sum(outcome = 'merged') AS merged,
  sum(outcome = 'open') AS open, sum(outcome = 'closed') AS closed, sum(outcome = 'unknown') AS unknown, count(*) AS pull_requests
FROM pull_request_outcomes
WHERE 1 = 1
  [[AND billing_day >= {{since}}]]
  [[AND billing_day <= {{until}}]]
  [[AND org_id = {{org}}]]
GROUP BY host, pull_request_outcomes.repository ORDER BY count(*) DESC
