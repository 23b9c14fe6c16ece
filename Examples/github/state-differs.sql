-- Pull requests of which Devin knows another state than GitHub: it may have seen them last before they were merged.
SELECT o.pr_url, o.outcome AS devin_says, CASE WHEN g.merged_at IS NOT NULL THEN 'merged' ELSE g.state END AS github_says, g.closed_at
FROM pull_request_outcomes AS o JOIN github.pull_requests AS g ON lower(g.url) = lower(o.pr_url)
WHERE o.outcome <> CASE WHEN g.merged_at IS NOT NULL THEN 'merged' ELSE g.state END ORDER BY g.closed_at DESC;
