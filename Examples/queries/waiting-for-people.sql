-- Sessions that wait for somebody, longest first.
SELECT title, user_id, updated_at AS since, url FROM v_sessions
WHERE status = 'running' AND status_detail IN ('waiting_for_user', 'waiting_for_approval') ORDER BY updated_at;
