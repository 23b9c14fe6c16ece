-- Answers about limits and money.

-- What is spent on each billing day, as limits count it: of an organization (user_id empty) and of each of its users. counted: 'devin' is what
-- sessions in Devin's cloud use, 'local agent' what the desktop application, the JetBrains plug-in and the CLI use, 'all products' everything.
-- Of users who have a limit and whose daily consumption is not mirrored, 'devin' is what the sessions created on the day have cost so far. at: Unix
-- seconds.
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
SELECT org_id, user_id, 'devin', unixepoch(billing_day) + 28800, acus FROM session_facts
WHERE user_id IN (SELECT user_id FROM acu_limits WHERE _deleted_at IS NULL AND scope = 'user') AND acus IS NOT NULL
  AND org_id NOT IN (SELECT org_id FROM user_daily_consumption WHERE _deleted_at IS NULL);

-- What organizations and users have used in the current cycle, and what they will have used at its end if days continue like the last 28 complete ones
-- (fewer where fewer are mirrored; a day that is not listed used nothing). forecast is NULL without a complete day.
CREATE VIEW acu_projections AS
WITH spent AS MATERIALIZED (SELECT * FROM acu_spending),
cycles AS MATERIALIZED (SELECT *, (moment - 28800) / 86400 * 86400 + 28800 AS today FROM current_cycles),
spans AS (
  SELECT s.org_id, s.user_id, s.counted, c.starts_at, c.ends_at, c.today, max(c.today - 28 * 86400, min(s.at)) AS measured_from,
    (c.ends_at - c.today + 86399) / 86400 AS days_left
  FROM spent AS s JOIN cycles AS c USING (org_id) GROUP BY s.org_id, s.user_id, s.counted),
sums AS (
  SELECT p.*, (p.today - p.measured_from) / 86400 AS n,
    sum(iif(s.at >= p.measured_from AND s.at < p.today, s.acus, 0)) AS measured,
    sum(iif(s.at >= p.starts_at AND s.at < p.today, s.acus, 0)) AS before_today,
    sum(iif(s.at >= p.starts_at AND s.at < p.ends_at, s.acus, 0)) AS so_far
  FROM spans AS p JOIN spent AS s USING (org_id, user_id, counted) GROUP BY p.org_id, p.user_id, p.counted)
SELECT org_id, user_id, counted, starts_at, ends_at, so_far,
  iif(n > 0, max(before_today + 1.0 * measured / n * days_left, so_far), NULL) AS forecast
FROM sums;

-- Every limit that is known, each once. limit_of says of what: enterprise, group, organization or user. org_id, user_id, group_name: whose; NULL:
-- not of one. The default for users holds for each user who uses the local agent and has no limit of their own.
CREATE VIEW acu_limits_known AS
WITH own AS (
  SELECT user_id, cycle_acu_limit AS cap FROM user_acu_limits WHERE _deleted_at IS NULL AND cycle_acu_limit IS NOT NULL
  UNION ALL
  SELECT user_id, min(cycle_acu_limit) FROM local_agent_acu_limits
  WHERE _deleted_at IS NULL AND scope = 'user' AND user_id IS NOT NULL AND cycle_acu_limit IS NOT NULL
    AND user_id NOT IN (SELECT user_id FROM user_acu_limits WHERE _deleted_at IS NULL AND cycle_acu_limit IS NOT NULL) GROUP BY user_id)
SELECT CASE scope WHEN 'org' THEN 'organization' ELSE scope END AS limit_of, 'devin' AS counted,
  iif(scope = 'enterprise', NULL, org_id) AS org_id, iif(scope = 'user', user_id, NULL) AS user_id, NULL AS group_name, cycle_acu_limit AS cap
FROM acu_limits WHERE _deleted_at IS NULL AND cycle_acu_limit IS NOT NULL
  AND (scope = 'enterprise' OR scope = 'org' AND org_id IS NOT NULL OR scope = 'user' AND user_id IS NOT NULL)
UNION ALL
SELECT 'organization', 'devin', o.org_id, NULL, NULL, o.max_cycle_acu_limit FROM organizations AS o
WHERE o._deleted_at IS NULL AND o.max_cycle_acu_limit IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM acu_limits AS l WHERE l._deleted_at IS NULL AND l.scope = 'org' AND l.org_id = o.org_id AND l.cycle_acu_limit IS NOT NULL)
UNION ALL
SELECT 'group', 'all products', NULL, NULL, group_name, max_cycle_acus FROM org_groups WHERE _deleted_at IS NULL AND max_cycle_acus IS NOT NULL
UNION ALL
SELECT 'organization', 'local agent', org_id, NULL, NULL, cycle_acu_limit FROM organization_acu_limits
WHERE _deleted_at IS NULL AND cycle_acu_limit IS NOT NULL
UNION ALL
SELECT 'user', 'local agent', NULL, user_id, NULL, cap FROM own
UNION ALL
SELECT 'user', 'local agent', NULL, p.user_id, NULL, d.cycle_acu_limit
FROM default_user_acu_limits AS d, (
  SELECT DISTINCT user_id FROM acu_projections WHERE counted = 'local agent' AND user_id <> '' AND (so_far > 0 OR forecast > 0)) AS p
WHERE d._deleted_at IS NULL AND d.cycle_acu_limit IS NOT NULL AND p.user_id NOT IN (SELECT user_id FROM own);

-- How near each limit is. used and forecast are sums over the organizations that it covers and whose consumption was last read in the newest cycle;
-- used is NULL where what it counts is not mirrored, forecast also where there is no complete day. cycle_end is the day on which the next cycle begins.
-- state: reached; will be reached (the forecast is above the limit); near (80 % are used); below; unknown. Running sessions that have used 80 % of
-- what one session of their organization may use are among them, without a cycle.
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
FROM session_facts AS f JOIN organizations AS o USING (org_id)
WHERE o._deleted_at IS NULL AND o.max_session_acu_limit IS NOT NULL AND NOT f.is_over AND f.acus >= 0.8 * o.max_session_acu_limit;

-- What is billed, by cycle (a month where no cycle is mirrored), organization, day and product. product is '(not split)' for what a day says of
-- itself beyond its products.
CREATE VIEW acus_by_product AS
WITH days AS (
  SELECT org_id, unix_seconds(date) AS at, acus, _raw FROM daily_consumption WHERE _deleted_at IS NULL),
parts AS (
  SELECT d.org_id, d.at, p.key AS product, p.value AS acus FROM days AS d, json_each(d._raw, '$.acus_by_product') AS p
  WHERE p.type IN ('integer', 'real')
  UNION ALL
  SELECT org_id, at, '(not split)', rest FROM (
    SELECT d.org_id, d.at, round(d.acus - coalesce((
        SELECT sum(p.value) FROM json_each(d._raw, '$.acus_by_product') AS p WHERE p.type IN ('integer', 'real')), 0), 4) AS rest FROM days AS d)
  WHERE rest > 0)
SELECT p.org_id, date(p.at - 28800, 'unixepoch') AS billing_day, p.product, p.acus,
  coalesce(date(c."after" - 28800, 'unixepoch'), strftime('%Y-%m-01', p.at - 28800, 'unixepoch')) AS cycle_start, c."after" IS NOT NULL AS cycle_is_known
FROM parts AS p LEFT JOIN billing_cycles AS c ON c._deleted_at IS NULL AND p.at >= c."after" AND p.at < c."before";
