-- ACUs of the sessions begun on each day (UTC).
SELECT date(created_at, 'unixepoch') AS day, count(*) AS sessions, round(sum(acus_consumed), 1) AS acus
FROM sessions WHERE _deleted_at IS NULL GROUP BY day ORDER BY day DESC LIMIT 30;
