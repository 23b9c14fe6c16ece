-- How long Devin's pull requests take to be merged, by repository.
SELECT o.repository, count(*) AS pull_requests, count(g.merged_at) AS merged,
  round(avg(julianday(g.merged_at) - julianday(g.created_at)) * 24, 1) AS hours_to_merge,
  round(sum(f.acus), 1) AS acus_of_first_sessions
FROM pull_request_outcomes AS o JOIN github.pull_requests AS g ON lower(g.url) = lower(o.pr_url)
  LEFT JOIN session_facts AS f ON f.session_id = o.first_session_id
GROUP BY o.repository ORDER BY pull_requests DESC;
