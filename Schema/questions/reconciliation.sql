-- Do the sessions add up to what is billed?
-- What Devin bills, beside what living sessions cost: each under its own days where they are mirrored, else under the day of its creation. The
-- difference is billed_devin (the product that sessions use) less used, on the days for which billed consumption is mirrored. Whole cycles, of a
-- period those that it touches.
-- cost: billed, used
WITH cycles AS MATERIALIZED (
  SELECT "after", "before", date("after" - 28800, 'unixepoch') AS starts_on, date("before" - 28800, 'unixepoch') AS ends_on
  FROM billing_cycles WHERE _deleted_at IS NULL),
-- Of a period, the day on which the first cycle or month that it touches begins.
frame AS MATERIALIZED (
  SELECT coalesce(min(date(:since, 'start of month'), coalesce((SELECT min(starts_on) FROM cycles WHERE ends_on > :since), :since)), '0000') AS since),
shares AS MATERIALIZED (SELECT session_id, sum(acus) AS acus FROM session_daily_consumption WHERE _deleted_at IS NULL GROUP BY session_id),
-- The cost of each session under its own days, what is left of it under the day of its last update, and without days under that of its creation.
-- Each part is summed by itself: a union of sessions would be sorted as a whole.
days AS (
  SELECT date(iif(c.date > 100000000000, c.date / 1000, c.date) - 28800, 'unixepoch') AS billing_day, d.org_id, NULL AS billed, NULL AS devin,
    sum(c.acus) AS used, 0 AS unknown
  FROM session_daily_consumption AS c CROSS JOIN derived_sessions AS d USING (session_id)
  WHERE c._deleted_at IS NULL AND (:org IS NULL OR d.org_id = :org) GROUP BY c.date, d.org_id
  UNION ALL
  SELECT date(coalesce(d.updated_at, d.created_at) - 28800, 'unixepoch'), d.org_id, NULL, NULL, sum(d.acus - coalesce(s.acus, 0)), 0
  FROM shares AS s CROSS JOIN derived_sessions AS d USING (session_id)
  WHERE d.acus <> coalesce(s.acus, 0) AND (:org IS NULL OR d.org_id = :org) GROUP BY 1, 2
  UNION ALL
  SELECT billing_day, org_id, NULL, NULL, sum(acus), sum(acus IS NULL) FROM session_facts
  WHERE session_id NOT IN (SELECT session_id FROM shares) AND billing_day >= (SELECT since FROM frame) AND (:org IS NULL OR org_id = :org) GROUP BY 1, 2
  UNION ALL
  SELECT date(iif(date > 100000000000, date / 1000, date) - 28800, 'unixepoch'), org_id, acus,
    coalesce(CAST(_raw ->> '$.acus_by_product.devin' AS REAL), acus), NULL, 0
  FROM daily_consumption WHERE _deleted_at IS NULL AND (:org IS NULL OR org_id = :org)),
spans AS MATERIALIZED (
  SELECT org_id, min(billing_day) AS first_day, max(max(billing_day), coalesce((
    SELECT date(moment - 28800, 'unixepoch') FROM list_moments AS l WHERE l.resource = 'daily_consumption' AND l.org_id IN ('', b.org_id)
    ORDER BY l.org_id DESC LIMIT 1), '')) AS last_day
  FROM billed_by_day AS b GROUP BY org_id),
placed AS MATERIALIZED (
  SELECT d.org_id, d.billing_day, sum(d.billed) AS billed, sum(d.devin) AS devin, sum(d.used) AS used, sum(d.unknown) AS unknown,
    coalesce(d.billing_day BETWEEN s.first_day AND s.last_day, 0) AS is_billed,
    coalesce(c.starts_on, substr(d.billing_day, 1, 7) || '-01') AS cycle_start, c."after" IS NOT NULL AS is_known,
    coalesce(c.ends_on, date(substr(d.billing_day, 1, 7) || '-01', '+1 month')) AS cycle_end
  FROM days AS d LEFT JOIN spans AS s ON s.org_id IS d.org_id
    LEFT JOIN cycles AS c ON unixepoch(d.billing_day) + 28800 >= c."after" AND unixepoch(d.billing_day) + 28800 < c."before"
  WHERE d.billing_day >= (SELECT since FROM frame) GROUP BY d.org_id, d.billing_day, c."after"),
compared AS (SELECT *, max(is_billed) OVER (PARTITION BY org_id, cycle_start) AS has_billed FROM placed)
SELECT cycle_start, iif(is_known, 'cycle', 'month') AS span, count(billed) AS billed_days, round(sum(billed), 2) AS billed,
  round(sum(devin), 2) AS billed_devin, round(sum(used), 2) AS used,
  round(sum(iif(is_billed, coalesce(devin, 0) - coalesce(used, 0), NULL)), 2) AS difference, sum(unknown) AS cost_unknown_of,
  min(iif(is_billed, billing_day, NULL)) AS compared_from, max(iif(is_billed, billing_day, NULL)) AS compared_to, org_id
FROM compared WHERE (is_billed OR NOT has_billed) AND cycle_start <= coalesce(:until, '9999')
GROUP BY org_id, cycle_start HAVING coalesce(:since, '0000') < max(cycle_end) ORDER BY cycle_start DESC;
