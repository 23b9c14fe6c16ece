-- How long does Devin wait for people, and for whom?
-- From Devin's word to theirs: an upper bound, since Devin may have gone on working. A wait counts on the day it began; all waits, unless
-- --since or --until says otherwise.
-- limit: 25
-- total: waits, hours
SELECT iif(p.name IS NULL, coalesce(w.user_id, '(service users)'), iif((SELECT count(*) FROM people AS o WHERE o.name = p.name) > 1, p.name || ' (' || coalesce(p.email, w.user_id) || ')', p.name)) AS user, count(DISTINCT w.session_id) AS sessions, count(*) AS waits,
  count(*) - count(w.waited_to) AS waiting_now, round(sum(w.seconds) / 3600.0, 2) AS hours, round(avg(w.seconds) / 3600.0, 2) AS hours_a_wait,
  round(max(w.seconds) / 3600.0, 2) AS longest_hours
FROM waits_for_people AS w LEFT JOIN people AS p USING (user_id)
WHERE date(w.waited_from - 28800, 'unixepoch') BETWEEN coalesce(:since, '0000') AND coalesce(:until, '9999') AND (:org IS NULL OR w.org_id = :org)
GROUP BY w.user_id ORDER BY sum(w.seconds) DESC;
