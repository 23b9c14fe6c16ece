-- The dearest sessions none of whose pull requests was merged.
SELECT s.title, s.acus_consumed, s.status, s.url FROM v_sessions AS s
WHERE NOT EXISTS (SELECT 1 FROM session_pull_requests AS p WHERE p.session_id = s.session_id AND p.pr_state = 'merged')
ORDER BY s.acus_consumed DESC LIMIT 20;
