-- Narrow tables that answers read instead of unfolding the JSON of every session. A derived row is written in the transaction that writes the
-- rows it is made of, so the two never differ: the view derive_NAME says what derived_NAME must contain. `verify --offline` compares
-- them, `maintain` rebuilds a table that differs.

-- One row per current session. Times are Unix seconds, whatever the server sent.
CREATE TABLE derived_sessions (
  session_id           TEXT NOT NULL PRIMARY KEY,  -- sessions.session_id
  org_id               TEXT,
  billing_day          TEXT,           -- the day it was created on; billing days start at 08:00 UTC
  created_at           INTEGER,
  updated_at           INTEGER,
  status               TEXT,
  status_detail        TEXT,
  user_id              TEXT,           -- NULL where a service user started it
  service_user_id      TEXT,
  origin               TEXT,
  category             TEXT,
  playbook_id          TEXT,
  acus                 REAL,           -- what the session says it has cost; NULL: not known
  pull_requests        INTEGER NOT NULL,  -- how many it lists, each address once
  merged_pull_requests INTEGER NOT NULL,
  parent_session_id    TEXT,           -- bare id of the session that started it, as it says itself
  tags                 TEXT,           -- JSON as the session has it; NULL: none
  child_session_ids    TEXT            -- JSON as the session has it; NULL: none
) WITHOUT ROWID;
CREATE VIEW derive_sessions AS
SELECT s.session_id, s.org_id,
  date(unix_seconds(s.created_at) - 28800, 'unixepoch') AS billing_day,
  unix_seconds(s.created_at) AS created_at,
  unix_seconds(s.updated_at) AS updated_at,
  s.status, s.status_detail, iif(s.service_user_id IS NULL, nullif(s.user_id, 'bot_apk'), NULL) AS user_id, s.service_user_id, s.origin, s.category,
  s.playbook_id, nullif(s.acus_consumed, 0) AS acus,
  -- The list is taken apart only where it can hold something: that is what costs.
  iif(instr(s._raw, '"pr_url"'), (
    SELECT count(DISTINCT pr.value ->> 'pr_url') FROM json_each(s._raw, '$.pull_requests') AS pr
    WHERE pr.type = 'object'), 0) AS pull_requests,
  iif(instr(s._raw, '"pr_url"'), (
    SELECT count(DISTINCT pr.value ->> 'pr_url') FROM json_each(s._raw, '$.pull_requests') AS pr
    WHERE pr.type = 'object' AND lower(pr.value ->> 'pr_state') = 'merged'), 0) AS merged_pull_requests,
  iif(s.parent_session_id LIKE 'devin-%', substr(s.parent_session_id, 7), s.parent_session_id) AS parent_session_id,
  nullif(nullif(s._raw -> 'tags', '[]'), 'null') AS tags,
  nullif(nullif(s._raw -> 'child_session_ids', '[]'), 'null') AS child_session_ids
FROM sessions AS s WHERE s._deleted_at IS NULL;

-- One row per current session and address of a pull request that it lists.
CREATE TABLE derived_pull_requests (
  org_id     TEXT NOT NULL,            -- empty: the session names none
  pr_url     NOT NULL,                 -- as the server sent it
  session_id TEXT NOT NULL,
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
  PRIMARY KEY (org_id, pr_url, session_id)
) WITHOUT ROWID;
CREATE INDEX derived_pull_requests_of_sessions ON derived_pull_requests (session_id);
CREATE VIEW derive_pull_requests AS
SELECT coalesce(s.org_id, '') AS org_id, pr.value ->> 'pr_url' AS pr_url, s.session_id, (
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

-- Each time Devin had written and a person wrote next.
CREATE TABLE derived_waits (
  session_id  TEXT NOT NULL,
  turn        INTEGER NOT NULL,        -- the place of the message that ended it among those of the session, from 1
  waited_from INTEGER,
  waited_to   INTEGER,
  PRIMARY KEY (session_id, turn)
) WITHOUT ROWID;
CREATE VIEW derive_waits AS
WITH turns AS (
  SELECT session_id, row_number() OVER one AS turn, source, created_at, lag(source) OVER one AS said_before, lag(created_at) OVER one AS before
  FROM session_messages WHERE _deleted_at IS NULL WINDOW one AS (PARTITION BY session_id ORDER BY created_at, source))
SELECT session_id, turn, unix_seconds(before) AS waited_from,
  unix_seconds(created_at) AS waited_to
FROM turns WHERE source = 'user' AND said_before = 'devin';

-- One row per use of a note in the analysis of a current session.
CREATE TABLE derived_note_usages (
  session_id TEXT NOT NULL,
  note_id    TEXT,
  is_good    INTEGER NOT NULL,         -- 0: it misled
  created_at INTEGER                   -- of the session
);
CREATE INDEX derived_note_usages_of_sessions ON derived_note_usages (session_id);
CREATE VIEW derive_note_usages AS
SELECT session_id, CAST(note_id AS TEXT) AS note_id, is_good, created_at FROM note_usages;

-- How many rows each table holds.
CREATE TABLE derived_counts (
  resource TEXT NOT NULL,              -- name of the table
  org_id   TEXT NOT NULL,              -- empty: rows that name no organization
  rows     INTEGER NOT NULL,           -- current ones
  deleted  INTEGER NOT NULL,           -- those that are marked as deleted
  PRIMARY KEY (resource, org_id)
) STRICT, WITHOUT ROWID;

-- One row per current session. billing_day is the day it was created on; billing days start at 08:00 UTC. acus: what the session says, else the sum of its
-- days where those are mirrored; NULL: not known.
DROP VIEW session_facts;
CREATE VIEW session_facts AS
SELECT d.session_id, d.org_id, (SELECT title FROM sessions AS s WHERE s.session_id = d.session_id) AS title,
  (SELECT url FROM sessions AS s WHERE s.session_id = d.session_id) AS url,
  d.status, d.status_detail, d.status IN ('exit', 'error', 'suspended') AS is_over, d.billing_day, d.created_at, d.updated_at,
  d.user_id, d.service_user_id, d.origin, d.category, d.playbook_id,
  coalesce(d.acus, (
    SELECT nullif(sum(c.acus), 0) FROM session_daily_consumption AS c
    WHERE c.session_id = d.session_id AND c._deleted_at IS NULL)) AS acus,
  d.pull_requests, d.merged_pull_requests
FROM derived_sessions AS d;

-- One row per tag of a current session.
DROP VIEW session_tags;
CREATE VIEW session_tags AS
SELECT d.session_id, d.org_id, tag.key AS position, tag.value AS tag
FROM derived_sessions AS d, json_each(d.tags) AS tag WHERE tag.type = 'text';

-- One row per session that a current session started.
DROP VIEW session_children;
CREATE VIEW session_children AS
SELECT d.session_id, d.org_id, child.key AS position,
  iif(child.value LIKE 'devin-%', substr(child.value, 7), child.value) AS child_session_id
FROM derived_sessions AS d, json_each(d.child_session_ids) AS child WHERE child.type = 'text';

-- One row per organization and pull request, however many current sessions list it, under the billing day of the first of them. outcome:
-- merged, closed, open, or unknown where Devin does not say; where sessions differ the furthest counts. repository: NULL where the address has
-- no known form.
DROP VIEW pull_request_outcomes;
CREATE VIEW pull_request_outcomes AS
WITH listed AS (
  SELECT org_id, pr_url, count(*) AS sessions, max(furthest) AS furthest, min(place) AS first, min(host) AS host, min(repository) AS repository
  FROM derived_pull_requests GROUP BY org_id, pr_url)
SELECT nullif(org_id, '') AS org_id, pr_url, CASE furthest WHEN 3 THEN 'merged' WHEN 2 THEN 'closed' WHEN 1 THEN 'open' ELSE 'unknown' END AS outcome,
  host, repository, sessions, date(CAST(substr(first, 1, 12) AS INTEGER) - 28800, 'unixepoch') AS billing_day,
  CAST(substr(first, 13) AS TEXT) AS first_session_id
FROM listed;

-- By the repositories of a session's pull requests; a session with pull requests in two counts under both, a pull request only under the first
-- session that lists it. host NULL: sessions without a pull request. repository NULL with a host: the address has no known form.
DROP VIEW acus_by_repository;
CREATE VIEW acus_by_repository AS
WITH listed AS (
  SELECT session_id, host, repository, max(furthest) OVER one = 3 AND place = min(place) OVER one AS is_merged_here
  FROM derived_pull_requests WINDOW one AS (PARTITION BY org_id, pr_url)),
worked AS (SELECT session_id, host, repository, sum(is_merged_here) AS merged FROM listed GROUP BY session_id, host, repository)
SELECT f.org_id, f.billing_day, w.host, w.repository, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost, sum(f.acus) AS acus,
  coalesce(sum(w.merged), 0) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN worked AS w USING (session_id) GROUP BY f.org_id, f.billing_day, w.host, w.repository;

-- What came of the sessions that ran with a playbook, by the version in force when each was created. version NULL: created before the oldest
-- version that this mirror has seen. Versions without a session are listed with 0. A pull request counts for the first session that lists it.
DROP VIEW playbook_scoreboard;
CREATE VIEW playbook_scoreboard AS
WITH ran AS (
  SELECT f.playbook_id, f.org_id, f.is_over, f.status, f.acus, f.created_at, f.merged_pull_requests, m.merged_pull_requests AS first_merges, (
    SELECT v.version FROM playbook_versions AS v
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

-- How useful each current note was in the sessions that have been analysed; without any usage it was never used in one of them.
DROP VIEW note_usefulness;
CREATE VIEW note_usefulness AS
SELECT n.note_id, n.org_id, n.name, n.folder_path, n.is_enabled, count(iif(u.is_good = 1, 1, NULL)) AS good_usages,
  count(iif(u.is_good = 0, 1, NULL)) AS bad_usages, count(DISTINCT u.session_id) AS sessions, max(u.created_at) AS last_used_at
FROM knowledge_notes AS n LEFT JOIN derived_note_usages AS u USING (note_id) WHERE n._deleted_at IS NULL GROUP BY n.note_id;

-- Which session started which. A session may be named by several: its own parent_session_id decides where that session is mirrored, else the
-- newest session that lists it and is older than it, which is the nearest where an ancestor lists all its descendants. So every session has at
-- most one parent here.
DROP VIEW session_parents;
CREATE VIEW session_parents AS
WITH own AS MATERIALIZED (
  SELECT session_id, parent_session_id FROM derived_sessions
  WHERE parent_session_id <> session_id AND parent_session_id IN (SELECT session_id FROM derived_sessions)),
listed AS MATERIALIZED (
  SELECT DISTINCT child_session_id AS session_id, session_id AS parent_session_id FROM session_children WHERE child_session_id <> session_id),
ranked AS (
  SELECT n.session_id, n.parent_session_id, row_number() OVER (PARTITION BY n.session_id ORDER BY coalesce(p.created_at, 0) DESC, p.session_id DESC) AS place
  FROM listed AS n CROSS JOIN derived_sessions AS s ON s.session_id = n.session_id
    CROSS JOIN derived_sessions AS p ON p.session_id = n.parent_session_id
  WHERE n.session_id NOT IN (SELECT session_id FROM own) AND (coalesce(p.created_at, 0) < coalesce(s.created_at, 0)
    -- Of two that were created in the same second and list each other, the one with the smaller id is the parent.
    OR (coalesce(p.created_at, 0) = coalesce(s.created_at, 0) AND (p.session_id < s.session_id
      OR NOT EXISTS (SELECT 1 FROM own AS b WHERE b.session_id = p.session_id AND b.parent_session_id = s.session_id)
        AND NOT EXISTS (SELECT 1 FROM listed AS b WHERE b.session_id = p.session_id AND b.parent_session_id = s.session_id)))))
SELECT session_id, parent_session_id FROM own
UNION ALL
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
SELECT session_id, session_id, 0 FROM derived_sessions WHERE session_id NOT IN (SELECT session_id FROM below);

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
    coalesce(sum(p.pull_requests), 0) AS pull_requests, coalesce(sum(p.merged_pull_requests), 0) AS merged_pull_requests
  FROM below AS m CROSS JOIN session_facts AS f USING (session_id) LEFT JOIN first_pull_requests AS p USING (session_id)
  GROUP BY m.root_session_id)
SELECT c.root_session_id, r.org_id, r.title, r.billing_day, r.user_id, r.service_user_id, c.sessions, c.depth, c.sessions_with_known_cost,
  c.acus, r.acus AS own_acus, c.pull_requests, c.merged_pull_requests
FROM costs AS c CROSS JOIN session_facts AS r ON r.session_id = c.root_session_id
UNION ALL
SELECT f.session_id, f.org_id, f.title, f.billing_day, f.user_id, f.service_user_id, 1, 0, f.acus IS NOT NULL, f.acus, f.acus,
  coalesce(p.pull_requests, 0), coalesce(p.merged_pull_requests, 0)
FROM session_facts AS f LEFT JOIN first_pull_requests AS p USING (session_id) WHERE f.session_id NOT IN (SELECT session_id FROM below);

-- Each time Devin had written and a person wrote next, or, where waited_to is NULL, has still to: then until the sessions were last
-- read. An upper bound: Devin may have continued to work after it wrote.
DROP VIEW waits_for_people;
CREATE VIEW waits_for_people AS
WITH waits AS (
  SELECT session_id, waited_from, waited_to FROM derived_waits
  UNION ALL
  SELECT d.session_id, unix_seconds(m.created_at), NULL
  FROM derived_sessions AS d CROSS JOIN session_messages AS m
    ON m.rowid = (SELECT t.rowid FROM session_messages AS t WHERE t.session_id = d.session_id AND t._deleted_at IS NULL
      ORDER BY t.created_at DESC, t.source DESC LIMIT 1)
  WHERE d.status = 'running' AND d.status_detail IN ('waiting_for_user', 'waiting_for_approval') AND m.source = 'devin')
SELECT w.session_id, d.org_id, d.user_id, d.service_user_id, w.waited_from, w.waited_to,
  max(0, coalesce(w.waited_to, coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'sessions' AND l.org_id IN ('', d.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment))) - w.waited_from) AS seconds
FROM waits AS w JOIN derived_sessions AS d USING (session_id);

-- Rows that a walk missed and that were not marked: lists below rows that have any are found without a look at all of them.
CREATE INDEX sync_checkpoints_held_back ON sync_checkpoints (org_id, resource) WHERE held_back > 0;

-- Is this mirror complete? One row per organization and resource that was asked for; org_id is empty for the enterprise's
-- own lists, which speak for its organizations too where those have no row: theirs were never read, or the enterprise's was read in
-- their place since.
DROP VIEW sync_health;
CREATE VIEW sync_health AS
WITH RECURSIVE
-- Lists below rows are many: the index is asked for one organization and resource after the other.
known(org_id, resource) AS (
  SELECT org_id, resource FROM (SELECT org_id, resource FROM sync_checkpoints ORDER BY org_id, resource LIMIT 1)
  UNION ALL
  SELECT c.org_id, c.resource FROM known AS k JOIN sync_checkpoints AS c ON c.list_id = (
    SELECT n.list_id FROM sync_checkpoints AS n WHERE (n.org_id, n.resource) > (k.org_id, k.resource) ORDER BY n.org_id, n.resource LIMIT 1)),
-- A list below rows has one of its resource above it, which says how far it is; lists of several kinds of one resource have none.
kinds AS (
  SELECT c.org_id, c.resource,
    iif(count(*) = count(c.completed_at), min(c.completed_at), NULL) AS completed_at,
    iif(count(*) = count(c.reconciled_at), min(c.reconciled_at), NULL) AS reconciled_at, min(c.as_of) AS as_of, min(c.watermark) AS watermark,
    max(c.refused_status) AS refused_status, sum(c.total) AS total
  FROM known AS k CROSS JOIN sync_checkpoints AS c USING (org_id, resource)
  WHERE c.superseded_at IS NULL AND NOT EXISTS (SELECT 1 FROM sync_checkpoints AS t WHERE t.org_id = k.org_id AND t.resource = k.resource AND t.parent = '')
  GROUP BY c.org_id, c.resource),
lists AS (
  SELECT k.org_id, k.resource, t.completed_at, t.reconciled_at, t.as_of, t.watermark, t.refused_status, t.total
  FROM known AS k CROSS JOIN sync_checkpoints AS t ON t.org_id = k.org_id AND t.resource = k.resource AND t.parent = ''
  WHERE t.superseded_at IS NULL
  UNION ALL SELECT * FROM kinds),
held AS (SELECT org_id, resource, sum(held_back) AS held_back FROM sync_checkpoints WHERE held_back > 0 AND superseded_at IS NULL GROUP BY org_id, resource),
owed AS (
  SELECT p.org_id, p.resource, max(1, count(DISTINCT nullif(p.parent, ''))) AS pending_lists,
    count(DISTINCT nullif(p.parent, '')) AS unread_lists, count(DISTINCT iif(c.is_open, p.parent, NULL)) AS open_lists,
    count(nullif(p.span_start, 0)) AS pending_spans, min(p.pending_since) AS pending_since, min(p.run_id) AS pending_run
  FROM sync_pending AS p LEFT JOIN sync_checkpoints AS c USING (org_id, resource, parent)
  WHERE p.pending_since IS NOT NULL GROUP BY p.org_id, p.resource),
names AS (SELECT org_id, resource FROM lists UNION SELECT org_id, resource FROM owed),
spans AS (
  SELECT c.org_id, c.resource, min(i.starts_at) AS covered_from, max(i.ends_at) AS covered_to
  FROM sync_intervals AS i JOIN sync_checkpoints AS c USING (list_id) GROUP BY c.org_id, c.resource),
gaps AS (SELECT org_id, resource, count(*) AS gaps FROM sync_gaps GROUP BY org_id, resource),
quarantined AS (
  SELECT org_id, resource, count(nullif(item, '')) AS items, count(*) - count(nullif(item, '')) AS parents
  FROM sync_quarantine GROUP BY org_id, resource),
drift AS (SELECT resource, count(*) AS drift FROM sync_drift GROUP BY resource)
SELECT n.org_id, n.resource, l.completed_at, l.watermark, l.refused_status,
  strftime('%Y-%m-%dT%H:%M:%SZ', l.completed_at, 'unixepoch') AS last_complete,
  strftime('%s', 'now') - l.completed_at AS age_seconds,
  CASE WHEN l.refused_status IS NULL THEN 'read' WHEN EXISTS (
      SELECT 1 FROM sync_checkpoints AS c WHERE c.org_id = n.org_id AND c.resource = n.resource AND c.allowed_at IS NOT NULL AND c.superseded_at IS NULL) THEN 'no longer allowed'
    WHEN l.refused_status = 404 THEN 'not on this deployment' ELSE 'not allowed' END AS access,
  l.total AS claimed_rows, (
    SELECT nullif(count(*), 0) FROM sync_checkpoints AS c CROSS JOIN sync_seen AS s USING (list_id)
    WHERE c.org_id = n.org_id AND c.resource = n.resource) AS listed_rows, coalesce(p.open_lists, 0) AS open_lists,
  coalesce(p.unread_lists, 0) AS unread_lists, coalesce(q.items, 0) AS quarantined_items,
  coalesce(q.parents, 0) AS quarantined_lists, coalesce(h.held_back, 0) AS held_back_rows,
  strftime('%Y-%m-%dT%H:%M:%SZ', s.covered_from, 'unixepoch') AS covered_from,
  strftime('%Y-%m-%dT%H:%M:%SZ', s.covered_to, 'unixepoch') AS covered_to,
  iif(s.covered_from IS NULL AND g.gaps IS NULL, NULL, coalesce(g.gaps, 0)) AS gaps, coalesce(d.drift, 0) AS drift,
  l.refused_status IS NULL AND l.completed_at IS NOT NULL AND p.resource IS NULL AND h.resource IS NULL
    AND q.resource IS NULL AND coalesce(g.gaps, 0) = 0 AS is_whole,
  l.reconciled_at, strftime('%Y-%m-%dT%H:%M:%SZ', l.reconciled_at, 'unixepoch') AS last_reconciled, l.as_of,
  coalesce(p.pending_lists, 0) AS pending_lists, coalesce(p.pending_spans, 0) AS pending_spans, p.pending_since, p.pending_run,
  (NOT EXISTS (SELECT 1 FROM sync_requested) OR n.resource IN (SELECT resource FROM sync_requested))
    AND NOT EXISTS (SELECT 1 FROM organizations AS o WHERE o.org_id = n.org_id AND o._deleted_at IS NOT NULL) AS is_requested
FROM names AS n
  LEFT JOIN lists AS l USING (org_id, resource) LEFT JOIN owed AS p USING (org_id, resource) LEFT JOIN held AS h USING (org_id, resource)
  LEFT JOIN spans AS s USING (org_id, resource)
  LEFT JOIN gaps AS g USING (org_id, resource) LEFT JOIN quarantined AS q USING (org_id, resource)
  LEFT JOIN drift AS d USING (resource);
