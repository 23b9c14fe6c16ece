-- Sessions with everything they started, and what the family cost.
WITH RECURSIVE family(root, session_id) AS (
  SELECT session_id, session_id FROM sessions WHERE parent_session_id IS NULL AND _deleted_at IS NULL
  UNION SELECT f.root, s.session_id FROM family AS f JOIN sessions AS s ON s.parent_session_id = f.session_id)
SELECT r.title, count(*) AS sessions, round(sum(s.acus_consumed), 1) AS acus
FROM family AS f JOIN sessions AS s USING (session_id) JOIN v_sessions AS r ON r.session_id = f.root
GROUP BY f.root HAVING count(*) > 1 ORDER BY acus DESC LIMIT 20;
