-- Answers in which each pull request and each session of a family counts once, and the cost of a session is the same everywhere.

-- One row per organization and pull request, however many current sessions list it, under the billing day of the first of them. outcome:
-- merged, closed, open, or unknown where Devin does not say; where sessions differ the furthest counts. repository: NULL where the address has
-- no known form.
DROP VIEW pull_request_outcomes;
CREATE VIEW pull_request_outcomes AS
WITH listed AS (
  SELECT p.org_id, p.pr_url, count(DISTINCT p.session_id) AS sessions,
    max(CASE lower(p.pr_state) WHEN 'merged' THEN 3 WHEN 'closed' THEN 2 WHEN 'declined' THEN 2 WHEN 'abandoned' THEN 2
      WHEN 'open' THEN 1 WHEN 'opened' THEN 1 WHEN 'draft' THEN 1 WHEN 'reopened' THEN 1 ELSE 0 END) AS furthest,
    min(printf('%012d', unix_seconds(s.created_at)) || s.session_id) AS first,
    iif(instr(p.pr_url, '://'), substr(p.pr_url, instr(p.pr_url, '://') + 3), p.pr_url) AS place
  FROM session_pull_requests AS p JOIN sessions AS s USING (session_id) WHERE p.pr_url IS NOT NULL
  GROUP BY p.org_id, p.pr_url),
placed AS (
  SELECT listed.*, CASE
      WHEN instr(place, '/-/merge_requests/') THEN substr(place, 1, instr(place, '/-/merge_requests/') - 1)
      WHEN instr(place, '/merge_requests/') THEN substr(place, 1, instr(place, '/merge_requests/') - 1)
      WHEN instr(place, '/pull-requests/') THEN substr(place, 1, instr(place, '/pull-requests/') - 1)
      WHEN instr(place, '/pullrequest/') THEN substr(place, 1, instr(place, '/pullrequest/') - 1)
      WHEN instr(place, '/pull/') THEN substr(place, 1, instr(place, '/pull/') - 1)
      -- Gerrit: HOST/c/REPOSITORY/+/NUMBER
      WHEN instr(place, '/c/') AND instr(place, '/+/') THEN replace(substr(place, 1, instr(place, '/+/') - 1), '/c/', '/') END AS repository
  FROM listed)
SELECT org_id, pr_url, CASE furthest WHEN 3 THEN 'merged' WHEN 2 THEN 'closed' WHEN 1 THEN 'open' ELSE 'unknown' END AS outcome,
  iif(instr(place, '/'), substr(place, 1, instr(place, '/') - 1), place) AS host, substr(repository, instr(repository, '/') + 1) AS repository, sessions,
  date(CAST(substr(first, 1, 12) AS INTEGER) - 28800, 'unixepoch') AS billing_day, substr(first, 13) AS first_session_id
FROM placed;

-- How many pull requests each session was the first to list, so that sums over sessions count each pull request of an organization once.
CREATE VIEW first_pull_requests AS
SELECT first_session_id AS session_id, count(*) AS pull_requests, count(*) FILTER (WHERE outcome = 'merged') AS merged_pull_requests
FROM pull_request_outcomes GROUP BY first_session_id;

DROP VIEW acus_by_user;
CREATE VIEW acus_by_user AS
SELECT f.org_id, f.billing_day, f.user_id, p.name, p.email, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, coalesce(sum(m.merged_pull_requests), 0) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN first_pull_requests AS m USING (session_id) LEFT JOIN people AS p USING (user_id)
WHERE f.service_user_id IS NULL GROUP BY f.org_id, f.billing_day, f.user_id;

DROP VIEW acus_by_service_user;
CREATE VIEW acus_by_service_user AS
SELECT f.org_id, f.billing_day, f.service_user_id, p.name, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, coalesce(sum(m.merged_pull_requests), 0) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN first_pull_requests AS m USING (session_id) LEFT JOIN people AS p ON p.user_id = f.service_user_id
WHERE f.service_user_id IS NOT NULL GROUP BY f.org_id, f.billing_day, f.service_user_id;

DROP VIEW acus_by_origin;
CREATE VIEW acus_by_origin AS
SELECT f.org_id, f.billing_day, f.origin, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost, sum(f.acus) AS acus,
  coalesce(sum(m.merged_pull_requests), 0) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN first_pull_requests AS m USING (session_id) GROUP BY f.org_id, f.billing_day, f.origin;

-- playbook_id NULL: sessions without one.
DROP VIEW acus_by_playbook;
CREATE VIEW acus_by_playbook AS
SELECT f.org_id, f.billing_day, f.playbook_id, p.title, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, coalesce(sum(m.merged_pull_requests), 0) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN first_pull_requests AS m USING (session_id) LEFT JOIN playbooks AS p USING (playbook_id)
GROUP BY f.org_id, f.billing_day, f.playbook_id;

-- A session with two tags counts under both: rows of different tags do not add up. tag NULL: sessions without one.
DROP VIEW acus_by_tag;
CREATE VIEW acus_by_tag AS
SELECT f.org_id, f.billing_day, t.tag, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, coalesce(sum(m.merged_pull_requests), 0) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN first_pull_requests AS m USING (session_id)
  LEFT JOIN (SELECT DISTINCT session_id, tag FROM session_tags) AS t USING (session_id)
GROUP BY f.org_id, f.billing_day, t.tag;

-- By the repositories of a session's pull requests; a session with pull requests in two counts under both, a pull request only under the first
-- session that lists it. host NULL: sessions without a pull request. repository NULL with a host: the address has no known form.
DROP VIEW acus_by_repository;
CREATE VIEW acus_by_repository AS
WITH worked AS (
  SELECT p.session_id, o.host, o.repository, count(*) FILTER (WHERE o.first_session_id = p.session_id AND o.outcome = 'merged') AS merged
  FROM (SELECT DISTINCT session_id, org_id, pr_url FROM session_pull_requests) AS p
    JOIN pull_request_outcomes AS o ON o.pr_url = p.pr_url AND o.org_id IS p.org_id
  GROUP BY p.session_id, o.host, o.repository)
SELECT f.org_id, f.billing_day, w.host, w.repository, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost, sum(f.acus) AS acus,
  coalesce(sum(w.merged), 0) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN worked AS w USING (session_id) GROUP BY f.org_id, f.billing_day, w.host, w.repository;

-- What a merged pull request costs. A pull request counts in the month of the first session that lists it. Both costs divide by the merged pull
-- requests whose first session has a known cost: one takes the ACUs of all sessions of the month, the other of those that list a merge.
DROP VIEW cost_per_merge;
CREATE VIEW cost_per_merge AS
WITH months AS (
  SELECT org_id, substr(billing_day, 1, 7) AS month, count(*) AS sessions, count(acus) AS sessions_with_known_cost, sum(acus) AS acus,
    sum(merged_pull_requests > 0) AS sessions_with_merge, sum(iif(merged_pull_requests > 0, acus, NULL)) AS acus_of_sessions_with_merge
  FROM session_facts GROUP BY org_id, month),
merges AS (
  SELECT o.org_id, substr(o.billing_day, 1, 7) AS month, count(*) AS merged, count(f.acus) AS merged_with_known_cost
  FROM pull_request_outcomes AS o JOIN session_facts AS f ON f.session_id = o.first_session_id WHERE o.outcome = 'merged' GROUP BY o.org_id, 2)
SELECT m.org_id, m.month, m.sessions, m.sessions_with_known_cost, round(1.0 * m.sessions_with_known_cost / m.sessions, 4) AS known_share,
  m.sessions_with_merge, m.acus, m.acus_of_sessions_with_merge, coalesce(p.merged, 0) AS merged_pull_requests,
  round(m.acus / nullif(p.merged_with_known_cost, 0), 4) AS acus_per_merge,
  round(m.acus_of_sessions_with_merge / nullif(p.merged_with_known_cost, 0), 4) AS acus_per_merge_of_merging_sessions
FROM months AS m LEFT JOIN merges AS p ON p.month = m.month AND p.org_id IS m.org_id;

-- What came of the sessions that ran with a playbook, by the version in force when each was created. version NULL: created before the oldest
-- version that this mirror has seen. Versions without a session are listed with 0. A pull request counts for the first session that lists it.
DROP VIEW playbook_scoreboard;
CREATE VIEW playbook_scoreboard AS
WITH ran AS (
  SELECT f.*, m.merged_pull_requests AS first_merges, (SELECT v.version FROM playbook_versions AS v
    WHERE v.playbook_id = f.playbook_id AND v.valid_from <= f.created_at AND (v.valid_to IS NULL OR f.created_at < v.valid_to)) AS version
  FROM session_facts AS f LEFT JOIN first_pull_requests AS m USING (session_id) WHERE f.playbook_id IS NOT NULL)
SELECT r.playbook_id, r.org_id, r.version, coalesce(v.title, p.title) AS title, v.valid_from, v.valid_to, count(*) AS sessions, sum(r.is_over) AS sessions_over,
  sum(r.status = 'error') AS errors, sum(r.merged_pull_requests > 0) AS sessions_with_merge, coalesce(sum(r.first_merges), 0) AS merged_pull_requests,
  count(r.acus) AS sessions_with_known_cost, sum(r.acus) AS acus, round(avg(r.acus), 4) AS acus_a_session, max(r.created_at) AS last_used_at
FROM ran AS r LEFT JOIN playbook_versions AS v ON v.playbook_id = r.playbook_id AND v.version = r.version
  LEFT JOIN playbooks AS p ON p.playbook_id = r.playbook_id
GROUP BY r.playbook_id, r.org_id, r.version
UNION ALL
SELECT v.playbook_id, v.org_id, v.version, v.title, v.valid_from, v.valid_to, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL
FROM playbook_versions AS v
WHERE NOT EXISTS (SELECT 1 FROM ran AS r WHERE r.playbook_id = v.playbook_id AND r.version = v.version);

-- Which session started which. A session may be named by several: its own parent_session_id decides where that session is mirrored, else the
-- newest session that lists it and is older than it, which is the nearest where an ancestor lists all its descendants. So every session has at
-- most one parent here.
CREATE VIEW session_parents AS
WITH named(session_id, parent_session_id, is_own) AS MATERIALIZED (
  SELECT s.session_id, p.session_id, 1 FROM sessions AS s JOIN sessions AS p
    ON p.session_id = iif(s.parent_session_id LIKE 'devin-%', substr(s.parent_session_id, 7), s.parent_session_id)
  WHERE s.parent_session_id IS NOT NULL AND s._deleted_at IS NULL AND p._deleted_at IS NULL AND p.session_id <> s.session_id
  UNION ALL
  SELECT DISTINCT child_session_id, session_id, 0 FROM session_children WHERE child_session_id <> session_id),
ranked AS (
  SELECT n.session_id, n.parent_session_id, row_number() OVER (PARTITION BY n.session_id ORDER BY n.is_own DESC,
    coalesce(unix_seconds(p.created_at), 0) DESC, p.session_id DESC) AS place
  FROM named AS n CROSS JOIN sessions AS s ON s.session_id = n.session_id CROSS JOIN sessions AS p ON p.session_id = n.parent_session_id
  WHERE s._deleted_at IS NULL AND (n.is_own
    OR coalesce(unix_seconds(p.created_at), 0) < coalesce(unix_seconds(s.created_at), 0)
    -- Of two that were created in the same second and list each other, the one with the smaller id is the parent.
    OR (coalesce(unix_seconds(p.created_at), 0) = coalesce(unix_seconds(s.created_at), 0)
      AND (p.session_id < s.session_id
        OR NOT EXISTS (SELECT 1 FROM named AS b WHERE b.session_id = p.session_id AND b.parent_session_id = s.session_id)))))
SELECT session_id, parent_session_id FROM ranked WHERE place = 1;

-- Which session belongs to which family: the session that started it all, and how many steps away. Each current session is listed once. One
-- whose parent is not mirrored begins a family of its own, and so does each session of a circle.
DROP VIEW session_family_members;
CREATE VIEW session_family_members AS
WITH RECURSIVE
parents AS MATERIALIZED (SELECT * FROM session_parents),
below(root_session_id, session_id, depth) AS MATERIALIZED (
  SELECT DISTINCT parent_session_id, parent_session_id, 0 FROM parents WHERE parent_session_id NOT IN (SELECT session_id FROM parents)
  UNION ALL
  SELECT b.root_session_id, p.session_id, b.depth + 1 FROM below AS b JOIN parents AS p ON p.parent_session_id = b.session_id)
SELECT root_session_id, session_id, depth FROM below
UNION ALL
SELECT session_id, session_id, 0 FROM sessions WHERE _deleted_at IS NULL AND session_id NOT IN (SELECT session_id FROM below);

-- One row per family, those of a single session included: what it cost and brought with everything that was started below it. A pull request
-- counts for the family of the first session that lists it.
DROP VIEW session_families;
CREATE VIEW session_families AS
WITH costs AS (
  SELECT m.root_session_id, count(*) AS sessions, max(m.depth) AS depth, count(f.acus) AS sessions_with_known_cost, sum(f.acus) AS acus,
    coalesce(sum(p.pull_requests), 0) AS pull_requests, coalesce(sum(p.merged_pull_requests), 0) AS merged_pull_requests
  FROM session_family_members AS m JOIN session_facts AS f USING (session_id) LEFT JOIN first_pull_requests AS p USING (session_id)
  GROUP BY m.root_session_id)
SELECT c.root_session_id, r.org_id, r.title, r.billing_day, r.user_id, r.service_user_id, c.sessions, c.depth, c.sessions_with_known_cost,
  c.acus, r.acus AS own_acus, c.pull_requests, c.merged_pull_requests
FROM costs AS c JOIN session_facts AS r ON r.session_id = c.root_session_id;

-- Where effort was lost: one row per session and reason. Expensive: at least twice what a session of its organization with
-- known cost costs on average. hours: only where waiting is the reason.
DROP VIEW session_waste;
CREATE VIEW session_waste AS
WITH usual AS (SELECT org_id, avg(acus) AS acus FROM session_facts GROUP BY org_id),
waited AS (
  SELECT session_id, round(sum(seconds) / 3600.0, 2) AS hours FROM waits_for_people GROUP BY session_id HAVING sum(seconds) >= 86400),
found AS (
  SELECT f.session_id, 'expensive, nothing merged' AS reason, NULL AS hours FROM session_facts AS f JOIN usual AS u USING (org_id)
  WHERE f.is_over AND f.acus >= 2 * u.acus AND f.merged_pull_requests = 0
  UNION ALL
  SELECT session_id, CASE WHEN status_detail LIKE '%limit_exceeded' THEN 'ended by a usage limit' ELSE 'out of credits' END, NULL
  FROM session_facts
  WHERE status_detail LIKE '%limit_exceeded'
    OR status_detail IN ('out_of_credits', 'out_of_quota', 'no_quota_allocation', 'payment_declined', 'contract_expired')
  UNION ALL
  SELECT session_id, 'waited a day or longer for people', hours FROM waited)
SELECT w.session_id, f.org_id, f.billing_day, w.reason, f.acus, w.hours, f.pull_requests, f.user_id, f.service_user_id, f.title, f.url
FROM found AS w JOIN session_facts AS f USING (session_id);

-- ACUs of sessions compared with what Devin bills, day by day. billed_acus: all products; billed_devin_acus: the product that sessions use, or all
-- where Devin does not say which. session_acus: the cost of each current session as session_facts has it, under its own days where
-- session_daily_consumption is mirrored, what is left under the day of its last update, and without mirrored days under the day of its creation.
-- is_billed 0: the day is outside the days for which billed consumption of the organization is mirrored, so it has no difference.
DROP VIEW acu_reconciliation;
CREATE VIEW acu_reconciliation AS
WITH days_of AS (
  SELECT session_id, date(unix_seconds(date) - 28800, 'unixepoch') AS billing_day, acus
  FROM session_daily_consumption WHERE _deleted_at IS NULL),
sums AS (SELECT session_id, sum(acus) AS acus FROM days_of GROUP BY session_id),
used AS (
  SELECT f.org_id, d.billing_day, f.session_id, d.acus, 0 AS unknown FROM days_of AS d JOIN session_facts AS f USING (session_id)
  UNION ALL
  SELECT f.org_id, iif(s.session_id IS NULL, f.billing_day, date(coalesce(f.updated_at, f.created_at) - 28800, 'unixepoch')), f.session_id,
    f.acus - coalesce(s.acus, 0), f.acus IS NULL
  FROM session_facts AS f LEFT JOIN sums AS s USING (session_id) WHERE s.session_id IS NULL OR f.acus <> coalesce(s.acus, 0)),
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
  SELECT org_id, billing_day, acus AS billed, devin, NULL AS used, NULL AS session_id, 0 AS unknown FROM billed
  UNION ALL SELECT org_id, billing_day, NULL, NULL, acus, session_id, unknown FROM used)
SELECT d.org_id, d.billing_day, sum(d.billed) AS billed_acus, sum(d.used) AS session_acus,
  iif(d.billing_day BETWEEN s.first_day AND s.last_day, round(coalesce(sum(d.devin), 0) - coalesce(sum(d.used), 0), 4), NULL) AS difference,
  count(DISTINCT d.session_id) AS sessions, sum(d.unknown) AS sessions_with_unknown_cost, sum(d.devin) AS billed_devin_acus,
  coalesce(d.billing_day BETWEEN s.first_day AND s.last_day, 0) AS is_billed
FROM days AS d LEFT JOIN spans AS s ON s.org_id IS d.org_id GROUP BY d.org_id, d.billing_day;

-- The same by billing cycle; cycles that were not mirrored are months. Only days with is_billed are compared, from compared_from to compared_to;
-- where there are none, sessions are summed and nothing is compared.
DROP VIEW acu_reconciliation_by_cycle;
CREATE VIEW acu_reconciliation_by_cycle AS
WITH placed AS (
  SELECT r.*, coalesce(date(c."after" - 28800, 'unixepoch'), substr(r.billing_day, 1, 7) || '-01') AS cycle_start, c."after" IS NOT NULL AS cycle_is_known
  FROM acu_reconciliation AS r LEFT JOIN billing_cycles AS c
    ON c._deleted_at IS NULL AND unixepoch(r.billing_day) + 28800 >= c."after" AND unixepoch(r.billing_day) + 28800 < c."before"),
spans AS (SELECT org_id, cycle_start, max(is_billed) AS is_billed FROM placed GROUP BY org_id, cycle_start)
SELECT p.org_id, p.cycle_start, p.cycle_is_known, count(p.billed_acus) AS billed_days, sum(p.billed_acus) AS billed_acus,
  sum(p.session_acus) AS session_acus, round(sum(p.difference), 4) AS difference, sum(p.sessions_with_unknown_cost) AS sessions_with_unknown_cost,
  sum(p.billed_devin_acus) AS billed_devin_acus, min(iif(p.is_billed, p.billing_day, NULL)) AS compared_from,
  max(iif(p.is_billed, p.billing_day, NULL)) AS compared_to
FROM placed AS p JOIN spans AS s ON s.org_id IS p.org_id AND s.cycle_start = p.cycle_start
WHERE p.is_billed OR NOT s.is_billed GROUP BY p.org_id, p.cycle_start;

-- ACUs at the end of the current cycle if days continue like the last 28 complete ones (fewer where fewer are mirrored; a day that is
-- not listed used nothing). low and high: at least nine of ten cycles end between them if days are independent of each other; NULL with fewer than
-- 14 days, since what they show is too little for an interval that holds. The width is Student's t at 98 %. cycle_acu_limit: of the organization;
-- NULL: none is known.
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
    -- 2.326 + 4.25 / (n - 1) is Student's t at 98 %, two-sided, for 13 to 27 degrees of freedom, rounded up.
    iif(n >= 14, (2.326 + 4.25 / (n - 1)) * sqrt(max(0, (squares - 1.0 * total * total / n) / (n - 1)))
      * sqrt(days_left + 1.0 * days_left * days_left / n), NULL) AS band
  FROM sums)
SELECT org_id, date(starts_at - 28800, 'unixepoch') AS cycle_start, date(ends_at - 28800, 'unixepoch') AS cycle_end, is_known AS cycle_is_known,
  round(before_today + of_today, 4) AS acus_so_far, n AS days_measured, round(a_day, 4) AS acus_a_day, days_left,
  round(max(before_today + a_day * days_left, before_today + of_today), 4) AS forecast,
  round(max(before_today + a_day * days_left - band, before_today + of_today), 4) AS low,
  round(max(before_today + a_day * days_left + band, before_today + of_today), 4) AS high,
  (SELECT cycle_acu_limit FROM acu_limits AS l WHERE l.org_id = rates.org_id AND l.scope = 'org' AND l._deleted_at IS NULL) AS cycle_acu_limit
FROM rates;

-- Since when the history is known, where `maintain --keep-changes` removed older changes: one row; none: since the first run.
CREATE TABLE sync_pruned (
  id         INTEGER PRIMARY KEY CHECK (id = 1),  -- @kept
  known_from INTEGER NOT NULL,       -- changes before this were removed; Unix seconds @kept time
  change_id  INTEGER NOT NULL        -- the newest change that was removed @kept
) STRICT;
-- In a file that was pruned before this table existed, the oldest change that is left says it.
INSERT INTO sync_pruned (id, known_from, change_id)
SELECT 1, changed_at, change_id - 1 FROM sync_changes WHERE change_id = (SELECT min(change_id) FROM sync_changes) AND change_id > 1;

-- How many versions of a playbook were known before their changes were removed, so that the others keep their numbers.
CREATE TABLE sync_pruned_versions (
  playbook_id TEXT PRIMARY KEY,  -- @kept
  versions    INTEGER NOT NULL  -- @kept
) STRICT, WITHOUT ROWID;

-- Every version of a playbook that this mirror knows, oldest first, in force from valid_from until valid_to (Unix seconds; NULL: still). Versions
-- whose changes were removed keep their numbers and are not listed.
DROP VIEW playbook_versions;
CREATE VIEW playbook_versions AS
WITH seen(playbook_id, raw, place) AS (
  SELECT key, before, change_id FROM sync_changes WHERE resource = 'playbooks' AND before IS NOT NULL
  UNION ALL SELECT playbook_id, _raw, 9223372036854775807 FROM playbooks),
dated AS (
  SELECT playbook_id, raw, place, coalesce(raw ->> 'updated_at', raw ->> 'created_at') AS at FROM seen),
versions AS (
  -- Of several states with one time the newest stands for the version.
  SELECT playbook_id, unix_seconds(at) AS valid_from, raw, max(place) FROM dated GROUP BY playbook_id, at)
SELECT v.playbook_id, v.raw ->> 'org_id' AS org_id, row_number() OVER one + coalesce(g.versions, 0) AS version, v.valid_from,
  coalesce(lead(v.valid_from) OVER one, p._deleted_at) AS valid_to, replace(v.raw, '\u0000', '\ufffd') ->> 'title' AS title,
  replace(v.raw, '\u0000', '\ufffd') ->> 'body' AS body, v.raw ->> 'updated_by' AS updated_by
FROM versions AS v JOIN playbooks AS p USING (playbook_id) LEFT JOIN sync_pruned_versions AS g USING (playbook_id)
WINDOW one AS (PARTITION BY v.playbook_id ORDER BY v.valid_from);
