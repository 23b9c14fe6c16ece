-- Where was it said? Messages that mention a word.
SELECT m.created_at, m.source, s.title, substr(m.message, 1, 100) AS beginning
FROM v_session_messages AS m JOIN v_sessions AS s USING (session_id)
WHERE m.message LIKE '%test%' ORDER BY m.created_at DESC LIMIT 20;
