-- The outcome of each pull request is in a derived table of its own, so that no answer has to group all that sessions list.

-- One row per current session and address of a pull request that it lists, in the order of sessions.
DROP TABLE derived_pull_requests;
CREATE TABLE derived_pull_requests (
  session_id TEXT NOT NULL,
  org_id     TEXT NOT NULL,            -- empty: the session names none
  pr_url     NOT NULL,                 -- as the server sent it
  furthest   INTEGER NOT NULL,         -- 3: merged, 2: closed, 1: open, 0: Devin does not say; where it is listed twice the largest
  place      TEXT NOT NULL,            -- when the session was created, in twelve digits, and its id: the smallest is the first that lists it
  address    TEXT AS (iif(instr(pr_url, '://'), substr(pr_url, instr(pr_url, '://') + 3), pr_url)) VIRTUAL,
  path       TEXT AS (CASE
      WHEN instr(address, '/-/merge_requests/') THEN substr(address, 1, instr(address, '/-/merge_requests/') - 1)
      WHEN instr(address, '/merge_requests/') THEN substr(address, 1, instr(address, '/merge_requests/') - 1)
      WHEN instr(address, '/pull-requests/') THEN substr(address, 1, instr(address, '/pull-requests/') - 1)
      WHEN instr(address, '/pullrequest/') THEN substr(address, 1, instr(address, '/pullrequest/') - 1)
      WHEN instr(address, '/pull/') THEN substr(address, 1, instr(address, '/pull/') - 1)
      -- Gerrit: HOST/c/REPOSITORY/+/NUMBER
      WHEN instr(address, '/c/') AND instr(address, '/+/') THEN replace(substr(address, 1, instr(address, '/+/') - 1), '/c/', '/') END) VIRTUAL,
  host       TEXT AS (iif(instr(address, '/'), substr(address, 1, instr(address, '/') - 1), address)) STORED,
  repository TEXT AS (substr(path, instr(path, '/') + 1)) STORED,  -- NULL: the address has no known form
  PRIMARY KEY (session_id, org_id, pr_url)
) WITHOUT ROWID;
CREATE INDEX derived_pull_requests_by_address ON derived_pull_requests (org_id, pr_url);
DROP VIEW derive_pull_requests;
CREATE VIEW derive_pull_requests AS
SELECT s.session_id, coalesce(s.org_id, '') AS org_id, pr.value ->> 'pr_url' AS pr_url, (
    SELECT max(CASE lower(o.value ->> 'pr_state') WHEN 'merged' THEN 3 WHEN 'closed' THEN 2 WHEN 'declined' THEN 2 WHEN 'abandoned' THEN 2
      WHEN 'open' THEN 1 WHEN 'opened' THEN 1 WHEN 'draft' THEN 1 WHEN 'reopened' THEN 1 ELSE 0 END)
    FROM json_each(s._raw, '$.pull_requests') AS o WHERE o.type = 'object' AND o.value ->> 'pr_url' IS pr.value ->> 'pr_url') AS furthest,
  printf('%012d', unix_seconds(s.created_at)) || s.session_id AS place
FROM sessions AS s, json_each(s._raw, '$.pull_requests') AS pr
WHERE s._deleted_at IS NULL AND instr(s._raw, '"pr_url"') AND pr.type = 'object' AND pr.value ->> 'pr_url' IS NOT NULL
  -- Of an address that is listed twice the first place stands for all.
  AND pr.id = (
    SELECT min(o.id) FROM json_each(s._raw, '$.pull_requests') AS o
    WHERE o.type = 'object' AND o.value ->> 'pr_url' IS pr.value ->> 'pr_url');

-- One row per organization and pull request, however many current sessions list it. Made of derived_pull_requests.
CREATE TABLE derived_outcomes (
  org_id           TEXT NOT NULL,      -- empty: its sessions name none
  pr_url           NOT NULL,           -- as the server sent it
  sessions         INTEGER NOT NULL,   -- how many list it
  furthest         INTEGER NOT NULL,   -- 3: merged, 2: closed, 1: open, 0: Devin does not say; where sessions differ the largest
  first_session_id TEXT NOT NULL,      -- of those that list it, the one that was created first
  billing_day      TEXT,               -- the day that one was created on; billing days start at 08:00 UTC
  host             TEXT,
  repository       TEXT,               -- NULL: the address has no known form
  PRIMARY KEY (org_id, pr_url)
) WITHOUT ROWID;
CREATE INDEX derived_outcomes_of_first ON derived_outcomes (first_session_id, furthest);
CREATE VIEW derive_outcomes AS
WITH listed AS (
  SELECT org_id, pr_url, count(*) AS sessions, max(furthest) AS furthest, min(place) AS first, min(host) AS host, min(repository) AS repository
  FROM derived_pull_requests GROUP BY org_id, pr_url)
SELECT org_id, pr_url, sessions, furthest, CAST(substr(first, 13) AS TEXT) AS first_session_id,
  date(CAST(substr(first, 1, 12) AS INTEGER) - 28800, 'unixepoch') AS billing_day, host, repository
FROM listed;

-- One row per current session. billing_day is the day it was created on; billing days start at 08:00 UTC. acus: what the session says, else the sum of its
-- days where those are mirrored; NULL: not known. first_pull_requests: those that no session before it lists, so that sums over sessions count each
-- pull request of an organization once.
DROP VIEW session_facts;
CREATE VIEW session_facts AS
SELECT d.session_id, d.org_id, (SELECT title FROM sessions AS s WHERE s.session_id = d.session_id) AS title,
  (SELECT url FROM sessions AS s WHERE s.session_id = d.session_id) AS url,
  d.status, d.status_detail, d.status IN ('exit', 'error', 'suspended') AS is_over, d.billing_day, d.created_at, d.updated_at,
  d.user_id, d.service_user_id, d.origin, d.category, d.playbook_id,
  coalesce(d.acus, (
    SELECT nullif(sum(c.acus), 0) FROM session_daily_consumption AS c
    WHERE c.session_id = d.session_id AND c._deleted_at IS NULL)) AS acus,
  d.pull_requests, d.merged_pull_requests,
  iif(d.pull_requests > 0, (SELECT count(*) FROM derived_outcomes AS o WHERE o.first_session_id = d.session_id), 0) AS first_pull_requests,
  iif(d.pull_requests > 0, (SELECT count(*) FROM derived_outcomes AS o WHERE o.first_session_id = d.session_id AND o.furthest = 3), 0)
    AS first_merged_pull_requests
FROM derived_sessions AS d;

-- One row per organization and pull request, however many current sessions list it, under the billing day of the first of them. outcome:
-- merged, closed, open, or unknown where Devin does not say; where sessions differ the furthest counts. repository: NULL where the address has
-- no known form.
DROP VIEW pull_request_outcomes;
CREATE VIEW pull_request_outcomes AS
SELECT nullif(org_id, '') AS org_id, pr_url, CASE furthest WHEN 3 THEN 'merged' WHEN 2 THEN 'closed' WHEN 1 THEN 'open' ELSE 'unknown' END AS outcome,
  host, repository, sessions, billing_day, first_session_id
FROM derived_outcomes;

-- How many pull requests each session was the first to list.
DROP VIEW first_pull_requests;
CREATE VIEW first_pull_requests AS
SELECT first_session_id AS session_id, count(*) AS pull_requests, count(*) FILTER (WHERE furthest = 3) AS merged_pull_requests
FROM derived_outcomes GROUP BY first_session_id;

-- What Devin bills for a day, all products.
CREATE VIEW billed_by_day AS
SELECT org_id, date(unix_seconds(date) - 28800, 'unixepoch') AS billing_day, acus
FROM daily_consumption WHERE _deleted_at IS NULL;

-- What Devin bills for a day, and what the sessions created on it used. billed_acus is NULL where the day is not mirrored.
DROP VIEW acus_by_day;
CREATE VIEW acus_by_day AS
SELECT org_id, billing_day, sum(billed) AS billed_acus, sum(acus) AS acus, sum(sessions) AS sessions, sum(known) AS sessions_with_known_cost
FROM (
  SELECT org_id, billing_day, acus AS billed, NULL AS acus, 0 AS sessions, 0 AS known FROM billed_by_day
  UNION ALL SELECT org_id, billing_day, NULL, acus, 1, acus IS NOT NULL FROM session_facts)
GROUP BY org_id, billing_day;

DROP VIEW acus_by_user;
CREATE VIEW acus_by_user AS
SELECT f.org_id, f.billing_day, f.user_id, p.name, p.email, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, sum(f.first_merged_pull_requests) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN people AS p USING (user_id)
WHERE f.service_user_id IS NULL GROUP BY f.org_id, f.billing_day, f.user_id;

DROP VIEW acus_by_service_user;
CREATE VIEW acus_by_service_user AS
SELECT f.org_id, f.billing_day, f.service_user_id, p.name, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, sum(f.first_merged_pull_requests) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN people AS p ON p.user_id = f.service_user_id
WHERE f.service_user_id IS NOT NULL GROUP BY f.org_id, f.billing_day, f.service_user_id;

DROP VIEW acus_by_origin;
CREATE VIEW acus_by_origin AS
SELECT org_id, billing_day, origin, count(*) AS sessions, count(acus) AS sessions_with_known_cost, sum(acus) AS acus,
  sum(first_merged_pull_requests) AS merged_pull_requests
FROM session_facts GROUP BY org_id, billing_day, origin;

-- playbook_id NULL: sessions without one.
DROP VIEW acus_by_playbook;
CREATE VIEW acus_by_playbook AS
SELECT f.org_id, f.billing_day, f.playbook_id, p.title, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, sum(f.first_merged_pull_requests) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN playbooks AS p USING (playbook_id)
GROUP BY f.org_id, f.billing_day, f.playbook_id;

-- A session with two tags counts under both: rows of different tags do not add up. tag NULL: sessions without one.
DROP VIEW acus_by_tag;
CREATE VIEW acus_by_tag AS
SELECT f.org_id, f.billing_day, t.value AS tag, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, sum(f.first_merged_pull_requests) AS merged_pull_requests
FROM session_facts AS f CROSS JOIN derived_sessions AS d USING (session_id) LEFT JOIN json_each(d.tags) AS t
  -- A tag that a session has twice counts once.
  ON t.type = 'text' AND (t.key = 0 OR NOT EXISTS (
    SELECT 1 FROM json_each(d.tags) AS o WHERE o.key < t.key AND o.value = t.value AND o.type = 'text'))
GROUP BY f.org_id, f.billing_day, t.value;

-- By the repositories of a session's pull requests; a session with pull requests in two counts under both, a pull request only under the first
-- session that lists it. host NULL: sessions without a pull request. repository NULL with a host: the address has no known form.
DROP VIEW acus_by_repository;
CREATE VIEW acus_by_repository AS
WITH worked AS (
  SELECT f.org_id, f.billing_day, w.host, w.repository, f.acus, 1 AS sessions, 0 AS merged
  FROM (SELECT DISTINCT session_id, host, repository FROM derived_pull_requests) AS w CROSS JOIN session_facts AS f USING (session_id)
  UNION ALL
  SELECT org_id, billing_day, NULL, NULL, acus, 1, 0 FROM session_facts WHERE pull_requests = 0
  UNION ALL
  SELECT org_id, billing_day, host, repository, NULL, 0, 1 FROM pull_request_outcomes WHERE outcome = 'merged')
SELECT org_id, billing_day, host, repository, sum(sessions) AS sessions, count(acus) AS sessions_with_known_cost, sum(acus) AS acus,
  sum(merged) AS merged_pull_requests
FROM worked GROUP BY org_id, billing_day, host, repository;

-- What came of the sessions that ran with a playbook, by the version in force when each was created. version NULL: created before the oldest
-- version that this mirror has seen. Versions without a session are listed with 0. A pull request counts for the first session that lists it.
DROP VIEW playbook_scoreboard;
CREATE VIEW playbook_scoreboard AS
WITH ran AS (
  SELECT f.playbook_id, f.org_id, f.is_over, f.status, f.acus, f.created_at, f.merged_pull_requests, f.first_merged_pull_requests AS first_merges, (
    SELECT v.version FROM playbook_versions AS v
    WHERE v.playbook_id = f.playbook_id AND v.valid_from <= f.created_at AND (v.valid_to IS NULL OR f.created_at < v.valid_to)) AS version
  FROM session_facts AS f WHERE f.playbook_id IS NOT NULL)
SELECT r.playbook_id, r.org_id, r.version, coalesce(v.title, p.title) AS title, v.valid_from, v.valid_to, count(*) AS sessions, sum(r.is_over) AS sessions_over,
  sum(r.status = 'error') AS errors, sum(r.merged_pull_requests > 0) AS sessions_with_merge, sum(r.first_merges) AS merged_pull_requests,
  count(r.acus) AS sessions_with_known_cost, sum(r.acus) AS acus, round(avg(r.acus), 4) AS acus_a_session, max(r.created_at) AS last_used_at
FROM ran AS r LEFT JOIN playbook_versions AS v ON v.playbook_id = r.playbook_id AND v.version = r.version
  LEFT JOIN playbooks AS p ON p.playbook_id = r.playbook_id
GROUP BY r.playbook_id, r.org_id, r.version
UNION ALL
SELECT v.playbook_id, v.org_id, v.version, v.title, v.valid_from, v.valid_to, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL
FROM playbook_versions AS v
WHERE NOT EXISTS (SELECT 1 FROM ran AS r WHERE r.playbook_id = v.playbook_id AND r.version = v.version);

-- One row per family, those of a single session included: what it cost and brought with everything that was started below it. A pull request
-- counts for the family of the first session that lists it.
DROP VIEW session_families;
CREATE VIEW session_families AS
WITH RECURSIVE
parents AS MATERIALIZED (SELECT * FROM session_parents),
below(root_session_id, session_id, depth) AS MATERIALIZED (
  SELECT DISTINCT parent_session_id, parent_session_id, 0 FROM parents WHERE parent_session_id NOT IN (SELECT session_id FROM parents)
  UNION ALL
  SELECT b.root_session_id, p.session_id, b.depth + 1 FROM below AS b JOIN parents AS p ON p.parent_session_id = b.session_id),
costs AS (
  SELECT m.root_session_id, count(*) AS sessions, max(m.depth) AS depth, count(f.acus) AS sessions_with_known_cost, sum(f.acus) AS acus,
    sum(f.first_pull_requests) AS pull_requests, sum(f.first_merged_pull_requests) AS merged_pull_requests
  FROM below AS m CROSS JOIN session_facts AS f USING (session_id) GROUP BY m.root_session_id)
SELECT c.root_session_id, r.org_id, r.title, r.billing_day, r.user_id, r.service_user_id, c.sessions, c.depth, c.sessions_with_known_cost,
  c.acus, r.acus AS own_acus, c.pull_requests, c.merged_pull_requests
FROM costs AS c CROSS JOIN session_facts AS r ON r.session_id = c.root_session_id
UNION ALL
SELECT f.session_id, f.org_id, f.title, f.billing_day, f.user_id, f.service_user_id, 1, 0, f.acus IS NOT NULL, f.acus, f.acus,
  f.first_pull_requests, f.first_merged_pull_requests
FROM session_facts AS f WHERE f.session_id NOT IN (SELECT session_id FROM below);

-- One row per current session that waits for a person right now: since Devin wrote last, and for how many seconds when the sessions were last
-- read.
CREATE VIEW open_waits AS
SELECT d.session_id, unix_seconds(m.created_at) AS waited_from,
  max(0, coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'sessions' AND l.org_id IN ('', d.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment)) - unix_seconds(m.created_at)) AS seconds
FROM derived_sessions AS d CROSS JOIN session_messages AS m
  ON m.rowid = (SELECT t.rowid FROM session_messages AS t WHERE t.session_id = d.session_id AND t._deleted_at IS NULL
    ORDER BY t.created_at DESC, t.source DESC LIMIT 1)
WHERE d.status = 'running' AND d.status_detail IN ('waiting_for_user', 'waiting_for_approval') AND m.source = 'devin';

-- Each time Devin had written and a person wrote next, or, where waited_to is NULL, has still to: then until the sessions were last
-- read. An upper bound: Devin may have continued to work after it wrote.
DROP VIEW waits_for_people;
CREATE VIEW waits_for_people AS
SELECT w.session_id, d.org_id, d.user_id, d.service_user_id, w.waited_from, w.waited_to, w.seconds
FROM (
  SELECT session_id, waited_from, waited_to, max(0, waited_to - waited_from) AS seconds FROM derived_waits
  UNION ALL SELECT session_id, waited_from, NULL, seconds FROM open_waits) AS w JOIN derived_sessions AS d USING (session_id);

-- Where effort was lost: one row per session and reason. Expensive: at least twice what a session of its organization with
-- known cost costs on average. hours: only where waiting is the reason.
DROP VIEW session_waste;
CREATE VIEW session_waste AS
WITH usual AS (SELECT org_id, avg(acus) AS acus FROM session_facts GROUP BY org_id),
waited AS (
  SELECT session_id, sum(seconds) AS seconds FROM (
    -- The order of the table is that of sessions, so that these sums need no sorting.
    SELECT session_id, sum(max(0, waited_to - waited_from)) AS seconds FROM derived_waits GROUP BY session_id
    UNION ALL SELECT session_id, seconds FROM open_waits)
  GROUP BY session_id HAVING sum(seconds) >= 86400),
found AS (
  SELECT f.session_id, 'expensive, nothing merged' AS reason, NULL AS hours FROM session_facts AS f JOIN usual AS u USING (org_id)
  WHERE f.is_over AND f.acus >= 2 * u.acus AND f.merged_pull_requests = 0
  UNION ALL
  SELECT session_id, CASE WHEN status_detail LIKE '%limit_exceeded' THEN 'ended by a usage limit' ELSE 'out of credits' END, NULL
  FROM session_facts
  WHERE status_detail LIKE '%limit_exceeded'
    OR status_detail IN ('out_of_credits', 'out_of_quota', 'no_quota_allocation', 'payment_declined', 'contract_expired')
  UNION ALL
  SELECT session_id, 'waited a day or longer for people', round(seconds / 3600.0, 2) FROM waited)
SELECT w.session_id, f.org_id, f.billing_day, w.reason, f.acus, w.hours, f.pull_requests, f.user_id, f.service_user_id, f.title, f.url
FROM found AS w JOIN session_facts AS f USING (session_id);
