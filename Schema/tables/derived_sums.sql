-- What queries add up is kept in one narrow row per session, and once more by day, so that a sum over a period reads only its own rows.

-- One row per current session. Times are Unix seconds, whatever the server sent. Made of sessions, their days and derived_outcomes.
DROP VIEW session_facts;
DROP VIEW derive_sessions;
DROP TABLE derived_sessions;
CREATE TABLE derived_sessions (
  session_id                 TEXT NOT NULL PRIMARY KEY,  -- sessions.session_id
  org_id                     TEXT,
  billing_day                TEXT,           -- the day it was created on; billing days start at 08:00 UTC
  created_at                 INTEGER,
  updated_at                 INTEGER,
  status                     TEXT,
  status_detail              TEXT,
  user_id                    TEXT,           -- NULL where a service user started it
  service_user_id            TEXT,
  origin                     TEXT,
  category                   TEXT,
  playbook_id                TEXT,
  acus                       REAL,           -- what the session says it has cost, else the sum of its days; NULL: not known
  pull_requests              INTEGER NOT NULL,  -- how many it lists, each address once
  merged_pull_requests       INTEGER NOT NULL,
  first_pull_requests        INTEGER NOT NULL,  -- those that no session before it lists
  first_merged_pull_requests INTEGER NOT NULL,
  parent_session_id          TEXT,           -- bare id of the session that started it, as it says itself
  tags                       TEXT,           -- JSON as the session has it; NULL: none
  child_session_ids          TEXT            -- JSON as the session has it; NULL: none
) WITHOUT ROWID;
-- All columns that questions about a period read: with fewer, SQLite would look up each row in the table.
CREATE INDEX derived_sessions_by_day ON derived_sessions (
  billing_day, org_id, created_at, updated_at, status, status_detail, user_id, service_user_id, origin, category, playbook_id, acus,
  pull_requests, merged_pull_requests, first_pull_requests, first_merged_pull_requests);
CREATE INDEX derived_sessions_running ON derived_sessions (status, status_detail, updated_at, org_id) WHERE status = 'running';
CREATE INDEX derived_sessions_with_parent ON derived_sessions (parent_session_id) WHERE parent_session_id IS NOT NULL;
CREATE INDEX derived_sessions_with_children ON derived_sessions (session_id, child_session_ids, org_id) WHERE child_session_ids IS NOT NULL;
CREATE VIEW derive_sessions AS
SELECT s.session_id, s.org_id,
  date(unix_seconds(s.created_at) - 28800, 'unixepoch') AS billing_day,
  unix_seconds(s.created_at) AS created_at,
  unix_seconds(s.updated_at) AS updated_at,
  s.status, s.status_detail, iif(s.service_user_id IS NULL, nullif(s.user_id, 'bot_apk'), NULL) AS user_id, s.service_user_id, s.origin, s.category,
  s.playbook_id, coalesce(nullif(s.acus_consumed, 0), (
    SELECT nullif(sum(c.acus), 0) FROM session_daily_consumption AS c
    WHERE c.session_id = s.session_id AND c._deleted_at IS NULL)) AS acus,
  -- The list is taken apart only where it can hold something: that is what costs.
  iif(instr(s._raw, '"pr_url"'), (
    SELECT count(DISTINCT pr.value ->> 'pr_url') FROM json_each(s._raw, '$.pull_requests') AS pr
    WHERE pr.type = 'object'), 0) AS pull_requests,
  iif(instr(s._raw, '"pr_url"'), (
    SELECT count(DISTINCT pr.value ->> 'pr_url') FROM json_each(s._raw, '$.pull_requests') AS pr
    WHERE pr.type = 'object' AND lower(pr.value ->> 'pr_state') = 'merged'), 0) AS merged_pull_requests,
  iif(instr(s._raw, '"pr_url"'), (
    SELECT count(*) FROM derived_outcomes AS o WHERE o.first_session_id = s.session_id), 0) AS first_pull_requests,
  iif(instr(s._raw, '"pr_url"'), (
    SELECT count(*) FROM derived_outcomes AS o WHERE o.first_session_id = s.session_id AND o.furthest = 3), 0) AS first_merged_pull_requests,
  iif(s.parent_session_id LIKE 'devin-%', substr(s.parent_session_id, 7), s.parent_session_id) AS parent_session_id,
  nullif(nullif(s._raw -> 'tags', '[]'), 'null') AS tags,
  nullif(nullif(s._raw -> 'child_session_ids', '[]'), 'null') AS child_session_ids
FROM sessions AS s WHERE s._deleted_at IS NULL;

-- One row per current session. billing_day is the day it was created on; billing days start at 08:00 UTC. acus: what the session says, else the sum of its
-- days where those are mirrored; NULL: not known. first_pull_requests: those that no session before it lists, so that sums over sessions count each
-- pull request of an organization once.
CREATE VIEW session_facts AS
SELECT d.session_id, d.org_id, (SELECT title FROM sessions AS s WHERE s.session_id = d.session_id) AS title,
  (SELECT url FROM sessions AS s WHERE s.session_id = d.session_id) AS url,
  d.status, d.status_detail, d.status IN ('exit', 'error', 'suspended') AS is_over, d.billing_day, d.created_at, d.updated_at,
  d.user_id, d.service_user_id, d.origin, d.category, d.playbook_id, d.acus, d.pull_requests, d.merged_pull_requests,
  d.first_pull_requests, d.first_merged_pull_requests
FROM derived_sessions AS d;

-- One row per session that a current session started.
DROP VIEW session_children;
CREATE VIEW session_children AS
SELECT d.session_id, d.org_id, child.key AS position,
  iif(child.value LIKE 'devin-%', substr(child.value, 7), child.value) AS child_session_id
FROM derived_sessions AS d, json_each(d.child_session_ids) AS child WHERE d.child_session_ids IS NOT NULL AND child.type = 'text';

-- Running sessions whose last message is Devin's, since when, and for how many seconds until the list of sessions was read.
DROP VIEW open_waits;
CREATE VIEW open_waits AS
WITH waiting AS (
  SELECT d.session_id, d.org_id, (
    SELECT t.created_at FROM session_messages AS t WHERE t.session_id = d.session_id AND t._deleted_at IS NULL
    ORDER BY t.created_at DESC, t.source DESC LIMIT 1) AS at
  FROM derived_sessions AS d
  WHERE d.status = 'running' AND d.status_detail IN ('waiting_for_user', 'waiting_for_approval') AND (
    SELECT t.source FROM session_messages AS t WHERE t.session_id = d.session_id AND t._deleted_at IS NULL
    ORDER BY t.created_at DESC, t.source DESC LIMIT 1) = 'devin')
SELECT session_id, unix_seconds(at) AS waited_from, max(0, coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'sessions' AND l.org_id IN ('', w.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment)) - unix_seconds(at)) AS seconds
FROM waiting AS w;

-- What Devin bills for a day, and what the sessions created on it used. billed_acus is NULL where the day is not mirrored.
DROP VIEW acus_by_day;
CREATE VIEW acus_by_day AS
SELECT org_id, billing_day, sum(billed) AS billed_acus, sum(acus) AS acus, sum(sessions) AS sessions, sum(known) AS sessions_with_known_cost
FROM (
  SELECT org_id, billing_day, acus AS billed, NULL AS acus, 0 AS sessions, 0 AS known FROM billed_by_day
  UNION ALL SELECT org_id, billing_day, NULL, sum(acus), count(*), count(acus) FROM session_facts GROUP BY billing_day, org_id)
GROUP BY org_id, billing_day;

-- ACUs of sessions compared with what Devin bills, day by day. billed_acus: all products; billed_devin_acus: the product that sessions use, or all
-- where Devin does not say which. session_acus: the cost of each current session as session_facts has it, under its own days where
-- session_daily_consumption is mirrored, what is left under the day of its last update, and without mirrored days under the day of its creation.
-- is_billed 0: the day is outside the days for which billed consumption of the organization is mirrored, so it has no difference.
DROP VIEW acu_reconciliation;
CREATE VIEW acu_reconciliation AS
WITH days_of AS (
  SELECT session_id, date(unix_seconds(date) - 28800, 'unixepoch') AS billing_day, acus
  FROM session_daily_consumption WHERE _deleted_at IS NULL),
sums AS MATERIALIZED (SELECT session_id, coalesce(sum(acus), 0) AS acus FROM days_of GROUP BY session_id),
used AS (
  SELECT f.org_id, d.billing_day, f.session_id, d.acus, 0 AS unknown FROM days_of AS d JOIN session_facts AS f USING (session_id)
  UNION ALL
  SELECT f.org_id, date(coalesce(f.updated_at, f.created_at) - 28800, 'unixepoch'), f.session_id, f.acus - s.acus, f.acus IS NULL
  FROM sums AS s CROSS JOIN session_facts AS f USING (session_id) WHERE f.acus <> s.acus),
billed AS (
  SELECT org_id, date(unix_seconds(date) - 28800, 'unixepoch') AS billing_day, acus,
    coalesce(CAST(_raw ->> '$.acus_by_product.devin' AS REAL), acus) AS devin
  FROM daily_consumption WHERE _deleted_at IS NULL),
spans AS (
  SELECT org_id, min(billing_day) AS first_day, max(max(billing_day), coalesce((
    SELECT date(moment - 28800, 'unixepoch') FROM list_moments AS l WHERE l.resource = 'daily_consumption' AND l.org_id IN ('', b.org_id)
    ORDER BY l.org_id DESC LIMIT 1), '')) AS last_day
  FROM billed AS b GROUP BY org_id),
days AS (
  SELECT org_id, billing_day, acus AS billed, devin, NULL AS used, NULL AS session_id, 0 AS sessions, 0 AS unknown FROM billed
  UNION ALL SELECT org_id, billing_day, NULL, NULL, acus, session_id, 0, unknown FROM used
  -- Sessions without days of their own, which are nearly all.
  UNION ALL SELECT org_id, billing_day, NULL, NULL, sum(acus), NULL, count(*), count(*) - count(acus) FROM session_facts
  WHERE session_id NOT IN (SELECT session_id FROM sums) GROUP BY billing_day, org_id)
SELECT d.org_id, d.billing_day, sum(d.billed) AS billed_acus, sum(d.used) AS session_acus,
  iif(d.billing_day BETWEEN s.first_day AND s.last_day, round(coalesce(sum(d.devin), 0) - coalesce(sum(d.used), 0), 4), NULL) AS difference,
  count(DISTINCT d.session_id) + sum(d.sessions) AS sessions, sum(d.unknown) AS sessions_with_unknown_cost, sum(d.devin) AS billed_devin_acus,
  coalesce(d.billing_day BETWEEN s.first_day AND s.last_day, 0) AS is_billed
FROM days AS d LEFT JOIN spans AS s ON s.org_id IS d.org_id GROUP BY d.org_id, d.billing_day;

-- What is spent on each billing day, as limits count it: of an organization (user_id empty) and of each of its users. counted: 'devin' is what
-- sessions in Devin's cloud use, 'local agent' what the desktop application, the JetBrains plug-in and the CLI use, 'all products' everything.
-- Of users who have a limit and whose daily consumption is not mirrored, 'devin' is what the sessions created on the day have cost so far. at: Unix
-- seconds.
DROP VIEW acu_spending;
CREATE VIEW acu_spending AS
WITH days AS (
  SELECT org_id, '' AS user_id, unix_seconds(date) AS at, acus, _raw FROM daily_consumption WHERE _deleted_at IS NULL
  UNION ALL
  SELECT org_id, user_id, unix_seconds(date), acus, _raw FROM user_daily_consumption WHERE _deleted_at IS NULL)
SELECT org_id, user_id, 'devin' AS counted, at, coalesce(CAST(_raw ->> '$.acus_by_product.devin' AS REAL), acus) AS acus FROM days
UNION ALL
SELECT org_id, user_id, 'local agent', at, coalesce(CAST(_raw ->> '$.acus_by_product.cascade' AS REAL), 0)
  + coalesce(CAST(_raw ->> '$.acus_by_product.terminal' AS REAL), 0) FROM days
UNION ALL
SELECT org_id, user_id, 'all products', at, acus FROM days WHERE user_id = ''
UNION ALL
SELECT org_id, user_id, 'devin', unixepoch(billing_day) + 28800, sum(acus)
-- Sessions are looked at only where a user has a limit.
FROM (SELECT 1 FROM acu_limits WHERE _deleted_at IS NULL AND scope = 'user' LIMIT 1) CROSS JOIN session_facts
WHERE user_id IN (SELECT user_id FROM acu_limits WHERE _deleted_at IS NULL AND scope = 'user') AND acus IS NOT NULL
  AND org_id NOT IN (SELECT org_id FROM user_daily_consumption WHERE _deleted_at IS NULL)
GROUP BY org_id, user_id, billing_day;

-- How near each limit is. used and forecast are sums over the organizations that it covers and whose consumption was last read in the newest cycle;
-- used is NULL where what it counts is not mirrored, forecast also where there is no complete day. cycle_end is the day on which the next cycle begins.
-- state: reached; will be reached (the forecast is above the limit); near (80 % are used); below; unknown. Running sessions that have used 80 % of
-- what one session of their organization may use are among them, without a cycle.
DROP VIEW acu_caps;
CREATE VIEW acu_caps AS
WITH projections AS MATERIALIZED (
  SELECT org_id, CAST(user_id AS TEXT) AS user_id, CAST(counted AS TEXT) AS counted, starts_at, ends_at, so_far, forecast FROM acu_projections),
-- Texts by type, so that each limit finds its parts by an index.
limits AS MATERIALIZED (
  SELECT row_number() OVER () AS number, limit_of, CAST(counted AS TEXT) AS counted, org_id, user_id, group_name, cap,
    CAST(coalesce(user_id, '') AS TEXT) AS of_user FROM acu_limits_known),
found AS (
  SELECT l.number, p.starts_at, p.ends_at, p.so_far, p.forecast, max(p.starts_at) OVER (PARTITION BY l.number) AS newest
  FROM limits AS l JOIN projections AS p ON p.user_id = l.of_user AND p.counted = l.counted AND CASE l.limit_of
      WHEN 'group' THEN EXISTS (SELECT 1 FROM group_organizations AS g WHERE g.group_name = l.group_name AND g.org_id = p.org_id)
      ELSE l.org_id IS NULL OR p.org_id = l.org_id END),
-- Each limit, and what was found for it: a union, since a join of the two would look at every pair.
sums AS (
  SELECT max(limit_of) AS limit_of, max(counted) AS counted, max(org_id) AS org_id, max(user_id) AS user_id, max(group_name) AS group_name,
    max(cap) AS cap, max(ends_at) AS ends_at, sum(so_far) AS found, iif(count(starts_at) = count(forecast), sum(forecast), NULL) AS forecast
  FROM (
    SELECT number, limit_of, counted, org_id, user_id, group_name, cap, NULL AS starts_at, NULL AS ends_at, NULL AS so_far, NULL AS forecast
    FROM limits
    UNION ALL
    SELECT number, NULL, NULL, NULL, NULL, NULL, NULL, starts_at, ends_at, so_far, forecast FROM found WHERE starts_at = newest)
  GROUP BY number),
used AS (
  SELECT *, coalesce(found, iif(EXISTS (SELECT 1 FROM list_moments AS m WHERE m.resource = 'daily_consumption' AND user_id IS NULL
      OR m.resource = 'user_daily_consumption' AND user_id IS NOT NULL
      OR m.resource = 'sessions' AND user_id IS NOT NULL AND counted = 'devin'), 0, NULL)) AS used
  FROM sums)
SELECT CASE WHEN used IS NULL THEN 'unknown' WHEN used >= cap THEN 'reached' WHEN forecast > cap THEN 'will be reached'
    WHEN used >= 0.8 * cap THEN 'near' ELSE 'below' END AS state,
  limit_of, counted, org_id, user_id, group_name, NULL AS session_id, used, cap, forecast, date(ends_at - 28800, 'unixepoch') AS cycle_end
FROM used
UNION ALL
SELECT iif(f.acus >= o.max_session_acu_limit, 'reached', 'near'), 'session', 'devin', f.org_id, f.user_id, NULL, f.session_id, f.acus,
  o.max_session_acu_limit, NULL, NULL
-- Sessions are looked at only where such a limit is set.
FROM (SELECT 1 FROM organizations WHERE _deleted_at IS NULL AND max_session_acu_limit IS NOT NULL LIMIT 1)
  CROSS JOIN session_facts AS f CROSS JOIN organizations AS o ON o.org_id = f.org_id
WHERE o._deleted_at IS NULL AND o.max_session_acu_limit IS NOT NULL AND NOT f.is_over AND f.acus >= 0.8 * o.max_session_acu_limit;
