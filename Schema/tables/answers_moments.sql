-- What answers are measured against: the time at which the list that they rest on was read, by the server's clock, for each organization
-- and resource by itself. An organization that was read long ago accuses nobody, and a clock that is wrong moves nothing.

-- As of when each list that stands below no row is complete: the server's time when its last complete walk began. Unix seconds. org_id is
-- empty for the enterprise's own lists, which speak for its organizations too where those have no row.
CREATE VIEW list_moments AS
SELECT org_id, resource, coalesce(as_of, completed_at) AS moment FROM sync_checkpoints
WHERE parent = '' AND coalesce(as_of, completed_at) IS NOT NULL;

-- The newest of these, for the period that a question looks at when none is given.
DROP VIEW mirror_moment;
CREATE VIEW mirror_moment AS
SELECT coalesce((SELECT max(moment) FROM list_moments), (SELECT max(coalesce(finished_at, started_at)) FROM sync_runs), unixepoch()) AS moment;

-- Each time Devin had written and a person wrote next, or, where waited_to is NULL, has still to: then until the sessions were last
-- read. An upper bound: Devin may have continued to work after it wrote.
DROP VIEW waits_for_people;
CREATE VIEW waits_for_people AS
WITH turns AS (
  SELECT session_id, source, created_at, lag(source) OVER one AS said_before, lag(created_at) OVER one AS before,
    lead(source) OVER one IS NULL AS is_last
  FROM session_messages WHERE _deleted_at IS NULL WINDOW one AS (PARTITION BY session_id ORDER BY created_at, source)),
waits AS (
  SELECT session_id, before AS waited_from, created_at AS waited_to FROM turns WHERE source = 'user' AND said_before = 'devin'
  UNION ALL
  SELECT t.session_id, t.created_at, NULL FROM turns AS t JOIN sessions AS s USING (session_id)
  WHERE t.is_last AND t.source = 'devin' AND s.status = 'running'
    AND s.status_detail IN ('waiting_for_user', 'waiting_for_approval')),
timed AS (
  SELECT session_id, unix_seconds(waited_from) AS waited_from,
    unix_seconds(waited_to) AS waited_to FROM waits)
SELECT w.session_id, f.org_id, f.user_id, f.service_user_id, w.waited_from, w.waited_to,
  max(0, coalesce(w.waited_to, coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'sessions' AND l.org_id IN ('', f.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment))) - w.waited_from) AS seconds
FROM timed AS w JOIN session_facts AS f USING (session_id);

-- The billing cycle that each organization is in when its consumption was last read, Unix seconds. Where no cycle is mirrored (an organization's key may not
-- read them) it is taken to be the month, and is_known is 0.
DROP VIEW current_cycles;
CREATE VIEW current_cycles AS
WITH now AS (
  SELECT o.org_id, coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'daily_consumption' AND l.org_id IN ('', o.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment)) AS moment
  FROM (SELECT DISTINCT org_id FROM daily_consumption WHERE _deleted_at IS NULL) AS o),
known AS (
  SELECT now.*, (
    SELECT c."after" FROM billing_cycles AS c WHERE c._deleted_at IS NULL AND c."after" <= moment AND moment < c."before"
    ORDER BY c."after" DESC LIMIT 1) AS cycle FROM now)
SELECT k.org_id, coalesce(c."after", unixepoch(moment - 28800, 'unixepoch', 'start of month') + 28800) AS starts_at,
  coalesce(c."before", unixepoch(moment - 28800, 'unixepoch', 'start of month', '+1 month') + 28800) AS ends_at,
  c."after" IS NOT NULL AS is_known, moment
FROM known AS k LEFT JOIN billing_cycles AS c ON c."after" = k.cycle AND c._deleted_at IS NULL;

-- ACUs at the end of the current cycle if days continue like the last 28 complete ones (fewer where fewer are mirrored; a day that is
-- not listed used nothing). low and high: 95 of 100 cycles end between them if days are independent of each other;
-- NULL with fewer than two days. cycle_acu_limit: of the organization; NULL: none is known.
DROP VIEW acu_forecast;
CREATE VIEW acu_forecast AS
WITH spent AS (
  SELECT org_id, unix_seconds(date) AS at, acus FROM daily_consumption WHERE _deleted_at IS NULL),
frame AS (
  SELECT c.*, (moment - 28800) / 86400 * 86400 + 28800 AS today FROM current_cycles AS c),
spans AS (
  SELECT f.*, max(today - 28 * 86400, (SELECT min(at) FROM spent WHERE spent.org_id = f.org_id)) AS measured_from,
    (ends_at - today + 86399) / 86400 AS days_left FROM frame AS f),
sums AS (
  SELECT s.*, (s.today - s.measured_from) / 86400 AS n, coalesce((
      SELECT sum(acus) FROM spent WHERE spent.org_id = s.org_id AND at >= s.measured_from AND at < s.today), 0) AS total, coalesce((
      SELECT sum(acus * acus) FROM spent WHERE spent.org_id = s.org_id AND at >= s.measured_from AND at < s.today), 0) AS squares, coalesce((
      SELECT sum(acus) FROM spent WHERE spent.org_id = s.org_id AND at >= s.starts_at AND at < s.today), 0) AS before_today, coalesce((
      SELECT sum(acus) FROM spent WHERE spent.org_id = s.org_id AND at >= s.today AND at < s.ends_at), 0) AS of_today
  FROM spans AS s),
rates AS (
  SELECT *, 1.0 * total / nullif(n, 0) AS a_day,
    iif(n > 1, 1.96 * sqrt(max(0, (squares - 1.0 * total * total / n) / (n - 1))) * sqrt(days_left + 1.0 * days_left * days_left / n), NULL) AS band
  FROM sums)
SELECT org_id, date(starts_at - 28800, 'unixepoch') AS cycle_start, date(ends_at - 28800, 'unixepoch') AS cycle_end, is_known AS cycle_is_known,
  round(before_today + of_today, 4) AS acus_so_far, n AS days_measured, round(a_day, 4) AS acus_a_day, days_left,
  round(max(before_today + a_day * days_left, before_today + of_today), 4) AS forecast,
  round(max(before_today + a_day * days_left - band, before_today + of_today), 4) AS low,
  round(max(before_today + a_day * days_left + band, before_today + of_today), 4) AS high,
  (SELECT cycle_acu_limit FROM acu_limits AS l WHERE l.org_id = rates.org_id AND l.scope = 'org' AND l._deleted_at IS NULL) AS cycle_acu_limit
FROM rates;

-- How old the value of each current secret is, in days up to the time at which the list was read, and who set it last.
DROP VIEW secret_ages;
CREATE VIEW secret_ages AS
SELECT s.secret_id, s.org_id, s."key", s.secret_type, s.access_type, coalesce(s.updated_at, s.created_at) AS last_changed_at,
  (coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'secrets' AND l.org_id IN ('', s.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment))
    - unix_seconds(coalesce(s.updated_at, s.created_at)))
    / 86400 AS age_days,
  coalesce(s.updated_by, s.created_by) AS last_changed_by, p.name AS last_changed_by_name
FROM secrets AS s LEFT JOIN people AS p ON p.user_id = coalesce(s.updated_by, s.created_by) WHERE s._deleted_at IS NULL;

-- Schedules that are on, should have run and did not. Which time zone their cron expressions mean is not documented, so a run counts
-- as missed only when it is overdue in every zone (14 hours on either side), and only the last 60 days are looked at. An expression that
-- cannot be read is left out. missed_runs: how many, at least.
DROP VIEW missed_schedules;
CREATE VIEW missed_schedules AS
WITH RECURSIVE
numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 59),
watched AS (
  SELECT s.scheduled_session_id AS id, max(1, coalesce(s.interval_count, 1)) AS every, s.moment,
    max(coalesce(unixepoch(s.last_executed_at), 0), coalesce(unixepoch(s.created_at), 0), coalesce(unixepoch(s.updated_at), 0), s.moment - 60 * 86400) AS since,
    '["' || replace(trim(replace(replace(upper(s.frequency), '  ', ' '), '  ', ' ')), ' ', '","') || '"]' AS fields
  FROM (SELECT schedules.*, coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'schedules' AND l.org_id IN ('', schedules.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment)) AS moment FROM schedules) AS s
  WHERE s._deleted_at IS NULL AND s.enabled AND coalesce(s.schedule_type, 'recurring') = 'recurring'
    AND instr(s.frequency, '"') = 0 AND instr(s.frequency, '\') = 0),
parts AS (
  SELECT w.id, f.key AS field, p.value AS part,
    iif(instr(p.value, '/'), substr(p.value, 1, instr(p.value, '/') - 1), p.value) AS range,
    iif(instr(p.value, '/'), substr(p.value, instr(p.value, '/') + 1), '1') AS step
  FROM (SELECT * FROM watched WHERE json_valid(fields) AND json_array_length(fields) = 5) AS w, json_each(w.fields) AS f, json_each('["' || replace(
    iif(f.key < 3, f.value, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    replace(replace(replace(replace(replace(replace(replace(f.value, 'SUN', '0'), 'MON', '1'), 'TUE', '2'), 'WED', '3'), 'THU', '4'), 'FRI', '5'),
    'SAT', '6'), 'JAN', '1'), 'FEB', '2'), 'MAR', '3'), 'APR', '4'), 'MAY', '5'), 'JUN', '6'), 'JUL', '7'), 'AUG', '8'), 'SEP', '9'),
    'OCT', '10'), 'NOV', '11'), 'DEC', '12')), ',', '","') || '"]') AS p),
bounds AS (
  SELECT id, field, range IN ('*', '?') AS is_any, CAST(step AS INTEGER) AS step,
    iif(range IN ('*', '?'), field IN (2, 3), CAST(range AS INTEGER)) AS low,
    CASE WHEN range IN ('*', '?') THEN CASE field WHEN 0 THEN 59 WHEN 1 THEN 23 WHEN 2 THEN 31 WHEN 3 THEN 12 ELSE 6 END
      WHEN instr(range, '-') THEN CAST(substr(range, instr(range, '-') + 1) AS INTEGER)
      WHEN instr(part, '/') THEN CASE field WHEN 0 THEN 59 WHEN 1 THEN 23 WHEN 2 THEN 31 WHEN 3 THEN 12 ELSE 7 END
      ELSE CAST(range AS INTEGER) END AS high,
    (range IN ('*', '?') OR (range GLOB '[0-9]*' AND range NOT GLOB '*[^0-9-]*')) AND step GLOB '[1-9]*' AND step NOT GLOB '*[^0-9]*' AS is_readable
  FROM parts),
readable AS (SELECT id FROM bounds GROUP BY id HAVING min(is_readable) AND count(DISTINCT field) = 5),
allowed AS MATERIALIZED (
  SELECT DISTINCT b.id, b.field, iif(b.field = 4 AND n = 7, 0, n) AS n FROM bounds AS b JOIN readable USING (id) JOIN numbers
  ON n BETWEEN b.low AND b.high AND (n - b.low) % b.step = 0),
free AS (SELECT id, max(iif(field = 2, is_any, 0)) AS any_day, max(iif(field = 4, is_any, 0)) AS any_weekday FROM bounds GROUP BY id),
days(id, day) AS (
  SELECT w.id, since / 86400 * 86400 FROM watched AS w JOIN readable USING (id)
  UNION ALL SELECT d.id, d.day + 86400 FROM days AS d JOIN watched AS w USING (id) WHERE d.day + 86400 <= w.moment),
fitting AS (
  SELECT d.id, d.day FROM days AS d JOIN free AS f USING (id)
    WHERE EXISTS (SELECT 1 FROM allowed AS a WHERE a.id = d.id AND a.field = 3 AND a.n = CAST(strftime('%m', d.day, 'unixepoch') AS INTEGER))
    -- Cron's own rule: where both the day of the month and the weekday are given, either will do.
    AND CASE WHEN f.any_day OR f.any_weekday
      THEN EXISTS (SELECT 1 FROM allowed AS a WHERE a.id = d.id AND a.field = 2 AND a.n = CAST(strftime('%d', d.day, 'unixepoch') AS INTEGER))
        AND EXISTS (SELECT 1 FROM allowed AS a WHERE a.id = d.id AND a.field = 4 AND a.n = CAST(strftime('%w', d.day, 'unixepoch') AS INTEGER))
      ELSE EXISTS (SELECT 1 FROM allowed AS a WHERE a.id = d.id AND a.field = 2 AND a.n = CAST(strftime('%d', d.day, 'unixepoch') AS INTEGER))
        OR EXISTS (SELECT 1 FROM allowed AS a WHERE a.id = d.id AND a.field = 4 AND a.n = CAST(strftime('%w', d.day, 'unixepoch') AS INTEGER)) END),
due AS (
  SELECT w.id, w.every, d.day + h.n * 3600 + m.n * 60 AS at FROM watched AS w JOIN fitting AS d USING (id)
    JOIN allowed AS h ON h.id = w.id AND h.field = 1 JOIN allowed AS m ON m.id = w.id AND m.field = 0
  WHERE d.day + h.n * 3600 + m.n * 60 > w.since + 50400 AND d.day + h.n * 3600 + m.n * 60 <= w.moment - 50400),
missed AS (
  SELECT id, count(*) / every AS runs, max(at) AS last_due_at FROM due GROUP BY id HAVING count(*) >= every
  UNION ALL
  SELECT s.scheduled_session_id, 1, unixepoch(s.scheduled_at) FROM schedules AS s
  WHERE s._deleted_at IS NULL AND s.enabled AND s.schedule_type = 'one_time' AND s.last_executed_at IS NULL
    AND unixepoch(s.scheduled_at) <= coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'schedules' AND l.org_id IN ('', s.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment)) - 3600)
SELECT s.scheduled_session_id, s.org_id, s.name, s.frequency, s.scheduled_at, s.last_executed_at, m.runs AS missed_runs, m.last_due_at,
  s.consecutive_failures, s.last_error_at, s.last_error_message
FROM missed AS m JOIN schedules AS s ON s.scheduled_session_id = m.id;
