-- Answers about playbooks, notes, secrets and schedules.

-- Every version of a playbook that this mirror has seen, oldest first, in force from valid_from until valid_to (Unix seconds; NULL: still).
CREATE VIEW playbook_versions AS
WITH seen(playbook_id, raw, place) AS (
  SELECT key, before, change_id FROM sync_changes WHERE resource = 'playbooks' AND before IS NOT NULL
  UNION ALL SELECT playbook_id, _raw, 9223372036854775807 FROM playbooks),
dated AS (
  SELECT playbook_id, raw, place, coalesce(raw ->> 'updated_at', raw ->> 'created_at') AS at FROM seen),
versions AS (
  -- Of several states with one time the newest stands for the version.
  SELECT playbook_id, unix_seconds(at) AS valid_from, raw, max(place) FROM dated GROUP BY playbook_id, at)
SELECT v.playbook_id, v.raw ->> 'org_id' AS org_id, row_number() OVER one AS version, v.valid_from,
  coalesce(lead(v.valid_from) OVER one, p._deleted_at) AS valid_to, replace(v.raw, '\u0000', '\ufffd') ->> 'title' AS title,
  replace(v.raw, '\u0000', '\ufffd') ->> 'body' AS body, v.raw ->> 'updated_by' AS updated_by
FROM versions AS v JOIN playbooks AS p USING (playbook_id) WINDOW one AS (PARTITION BY v.playbook_id ORDER BY v.valid_from);

-- What came of the sessions that ran with a playbook, by the version in force when each was created. version NULL: created
-- before the oldest version that this mirror has seen. Versions without a session are listed with 0.
CREATE VIEW playbook_scoreboard AS
WITH ran AS (
  SELECT f.*, (SELECT v.version FROM playbook_versions AS v
    WHERE v.playbook_id = f.playbook_id AND v.valid_from <= f.created_at AND (v.valid_to IS NULL OR f.created_at < v.valid_to)) AS version
  FROM session_facts AS f WHERE f.playbook_id IS NOT NULL)
SELECT r.playbook_id, r.org_id, r.version, coalesce(v.title, p.title) AS title, v.valid_from, v.valid_to, count(*) AS sessions, sum(r.is_over) AS sessions_over,
  sum(r.status = 'error') AS errors, sum(r.merged_pull_requests > 0) AS sessions_with_merge, sum(r.merged_pull_requests) AS merged_pull_requests,
  count(r.acus) AS sessions_with_known_cost, sum(r.acus) AS acus, round(avg(r.acus), 4) AS acus_a_session, max(r.created_at) AS last_used_at
FROM ran AS r LEFT JOIN playbook_versions AS v ON v.playbook_id = r.playbook_id AND v.version = r.version
  LEFT JOIN playbooks AS p ON p.playbook_id = r.playbook_id
GROUP BY r.playbook_id, r.org_id, r.version
UNION ALL
SELECT v.playbook_id, v.org_id, v.version, v.title, v.valid_from, v.valid_to, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL
FROM playbook_versions AS v
WHERE NOT EXISTS (SELECT 1 FROM ran AS r WHERE r.playbook_id = v.playbook_id AND r.version = v.version);

-- One row per use of a note in an analysis. is_good 0: it misled.
CREATE VIEW note_usages AS
SELECT s.session_id, s.org_id, use.value ->> 'note_id' AS note_id, 1 AS is_good, use.value ->> 'message' AS message, use.value ->> 'reason' AS reason,
  unix_seconds(s.created_at) AS created_at
FROM session_insights AS s, json_each(s._raw, '$.analysis.note_usage.good_usages') AS use WHERE s._deleted_at IS NULL AND use.type = 'object'
UNION ALL
SELECT s.session_id, s.org_id, use.value ->> 'note_id', 0, use.value ->> 'message', use.value ->> 'reason',
  unix_seconds(s.created_at)
FROM session_insights AS s, json_each(s._raw, '$.analysis.note_usage.bad_usages') AS use WHERE s._deleted_at IS NULL AND use.type = 'object';

-- How useful each current note was in the sessions that have been analysed; without any usage it was never used in one of them.
CREATE VIEW note_usefulness AS
SELECT n.note_id, n.org_id, n.name, n.folder_path, n.is_enabled, count(iif(u.is_good = 1, 1, NULL)) AS good_usages,
  count(iif(u.is_good = 0, 1, NULL)) AS bad_usages, count(DISTINCT u.session_id) AS sessions, max(u.created_at) AS last_used_at
FROM knowledge_notes AS n LEFT JOIN note_usages AS u USING (note_id) WHERE n._deleted_at IS NULL GROUP BY n.note_id;

-- How old the value of each current secret is, in days up to the mirror's moment, and who set it last.
CREATE VIEW secret_ages AS
SELECT s.secret_id, s.org_id, s."key", s.secret_type, s.access_type, coalesce(s.updated_at, s.created_at) AS last_changed_at,
  (moment - unix_seconds(coalesce(s.updated_at, s.created_at)))
    / 86400 AS age_days,
  coalesce(s.updated_by, s.created_by) AS last_changed_by, p.name AS last_changed_by_name
FROM secrets AS s JOIN mirror_moment LEFT JOIN people AS p ON p.user_id = coalesce(s.updated_by, s.created_by) WHERE s._deleted_at IS NULL;

-- Schedules that are on, should have run and did not. Which time zone their cron expressions mean is not documented, so a run counts
-- as missed only when it is overdue in every zone (14 hours on either side), and only the last 60 days are looked at. An expression that
-- cannot be read is left out. missed_runs: how many, at least.
CREATE VIEW missed_schedules AS
WITH RECURSIVE
numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 59),
watched AS (
  SELECT s.scheduled_session_id AS id, max(1, coalesce(s.interval_count, 1)) AS every, m.moment,
    max(coalesce(unixepoch(s.last_executed_at), 0), coalesce(unixepoch(s.created_at), 0), coalesce(unixepoch(s.updated_at), 0), m.moment - 60 * 86400) AS since,
    '["' || replace(trim(replace(replace(upper(s.frequency), '  ', ' '), '  ', ' ')), ' ', '","') || '"]' AS fields
  FROM schedules AS s, mirror_moment AS m
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
  SELECT s.scheduled_session_id, 1, unixepoch(s.scheduled_at) FROM schedules AS s, mirror_moment
  WHERE s._deleted_at IS NULL AND s.enabled AND s.schedule_type = 'one_time' AND s.last_executed_at IS NULL
    AND unixepoch(s.scheduled_at) <= moment - 3600)
SELECT s.scheduled_session_id, s.org_id, s.name, s.frequency, s.scheduled_at, s.last_executed_at, m.runs AS missed_runs, m.last_due_at,
  s.consecutive_failures, s.last_error_at, s.last_error_message
FROM missed AS m JOIN schedules AS s ON s.scheduled_session_id = m.id;
