-- How long does Devin wait for people, and for whom?
-- Time from a message of Devin to the next message of a person. This is an upper bound, because Devin may have continued to work. A wait counts on the
-- day when it started. Default period: all waits.
-- limit: 25
-- total: waits, hours
-- report: 10
WITH span AS (
  SELECT coalesce(unixepoch(:since) + 28800, -9000000000000000000) AS since, coalesce(unixepoch(:until) + 28800 + 86400, 9000000000000000000) AS until),
-- Each session once, in the order of its table, which needs no sorting; a wait that is not over belongs to a session that may have others.
waited AS (
  SELECT session_id, 1 AS sessions, count(*) AS waits, 0 AS open, sum(max(0, waited_to - waited_from)) AS seconds,
    max(max(0, waited_to - waited_from)) AS longest
  FROM span CROSS JOIN derived_waits WHERE waited_from >= span.since AND waited_from < span.until GROUP BY session_id
  UNION ALL
  SELECT o.session_id, NOT EXISTS (
      SELECT 1 FROM derived_waits AS w WHERE w.session_id = o.session_id AND w.waited_from >= span.since AND w.waited_from < span.until),
    1, 1, o.seconds, o.seconds
  FROM span CROSS JOIN open_waits AS o WHERE o.waited_from >= span.since AND o.waited_from < span.until),
users AS MATERIALIZED (
  SELECT d.user_id, sum(w.sessions) AS sessions, sum(w.waits) AS waits, sum(w.open) AS open, sum(w.seconds) AS seconds, max(w.longest) AS longest
  FROM waited AS w CROSS JOIN derived_sessions AS d USING (session_id) WHERE :org IS NULL OR d.org_id = :org GROUP BY d.user_id),
named AS MATERIALIZED (SELECT * FROM people)
SELECT iif(p.name IS NULL, coalesce(u.user_id, '(service users)'), iif((SELECT count(*) FROM named AS o WHERE o.name = p.name) > 1,
    p.name || ' (' || coalesce(p.email, u.user_id) || ')', p.name)) AS user,
  u.sessions, u.waits, u.open AS waiting_now, round(u.seconds / 3600.0, 2) AS hours, round(u.seconds / 3600.0 / u.waits, 2) AS hours_a_wait,
  round(u.longest / 3600.0, 2) AS longest_hours
FROM users AS u LEFT JOIN named AS p USING (user_id) ORDER BY u.seconds DESC;
