-- Answers about sessions: what each cost, what came of it, whom it waited for. Sums of agent compute units (ACUs) hold what
-- is known: a cost of 0 means that Devin has not reported it, so it is NULL here, never 0, and each sum comes with how many of
-- the sessions it knows.

-- The moment that this mirror speaks of: the end of its last good run. What is late or old is measured against it, not
-- against now, so that a mirror nobody has brought up to date accuses nobody.
CREATE VIEW mirror_moment AS
SELECT coalesce(max(iif(status = 0, finished_at, NULL)), max(coalesce(finished_at, started_at)), unixepoch()) AS moment
FROM sync_runs;

-- One row per current session. billing_day is the day it was created on; billing days start at 08:00 UTC.
CREATE VIEW session_facts AS
SELECT s.session_id, s.org_id, s.title, s.url, s.status, s.status_detail, s.status IN ('exit', 'error', 'suspended') AS is_over,
  date(unix_seconds(s.created_at) - 28800, 'unixepoch') AS billing_day,
  unix_seconds(s.created_at) AS created_at,
  unix_seconds(s.updated_at) AS updated_at,
  iif(s.service_user_id IS NULL, nullif(s.user_id, 'bot_apk'), NULL) AS user_id, s.service_user_id, s.origin, s.category, s.playbook_id,
  -- What the session says, else the sum of its days where those are mirrored; NULL: not known.
  coalesce(nullif(s.acus_consumed, 0), (
    SELECT nullif(sum(d.acus), 0) FROM session_daily_consumption AS d
    WHERE d.session_id = s.session_id AND d._deleted_at IS NULL)) AS acus,
  -- The list is taken apart only where it can hold something: that is what costs.
  iif(instr(s._raw, '"pr_url"'), (
    SELECT count(DISTINCT pr.value ->> 'pr_url') FROM json_each(s._raw, '$.pull_requests') AS pr
    WHERE pr.type = 'object'), 0) AS pull_requests,
  iif(instr(s._raw, '"pr_url"'), (
    SELECT count(DISTINCT pr.value ->> 'pr_url') FROM json_each(s._raw, '$.pull_requests') AS pr
    WHERE pr.type = 'object' AND lower(pr.value ->> 'pr_state') = 'merged'), 0) AS merged_pull_requests
FROM sessions AS s WHERE s._deleted_at IS NULL;

-- Names of users and of service users, from whichever list is mirrored; confidential.
CREATE VIEW people AS
SELECT user_id, max(name) AS name, max(email) AS email FROM (
  SELECT user_id, name, email FROM users WHERE _deleted_at IS NULL
  UNION ALL SELECT user_id, name, email FROM org_members WHERE _deleted_at IS NULL)
GROUP BY user_id
UNION ALL
SELECT service_user_id, max(name), NULL FROM (
  SELECT service_user_id, name FROM service_users WHERE _deleted_at IS NULL
  UNION ALL SELECT service_user_id, name FROM org_service_users WHERE _deleted_at IS NULL)
GROUP BY service_user_id;

-- One row per organization and pull request, however many sessions list it, under the billing day of the first of them. outcome: merged, closed,
-- open, or unknown where Devin does not say; where sessions differ the furthest counts. repository: NULL where the
-- address is of no known form.
CREATE VIEW pull_request_outcomes AS
WITH listed AS (
  SELECT p.org_id, p.pr_url, count(*) AS sessions,
    max(CASE lower(p.pr_state) WHEN 'merged' THEN 3 WHEN 'closed' THEN 2 WHEN 'declined' THEN 2 WHEN 'abandoned' THEN 2
      WHEN 'open' THEN 1 WHEN 'opened' THEN 1 WHEN 'draft' THEN 1 WHEN 'reopened' THEN 1 ELSE 0 END) AS furthest,
    min(printf('%012d', unix_seconds(s.created_at)) || s.session_id) AS first,
    substr(p.pr_url, instr(p.pr_url, '://') + 3) AS place
  FROM session_pull_requests AS p JOIN sessions AS s USING (session_id) WHERE p.pr_url IS NOT NULL
  GROUP BY p.org_id, p.pr_url),
placed AS (
  SELECT listed.*, CASE
      WHEN instr(place, '/-/merge_requests/') THEN substr(place, 1, instr(place, '/-/merge_requests/') - 1)
      WHEN instr(place, '/merge_requests/') THEN substr(place, 1, instr(place, '/merge_requests/') - 1)
      WHEN instr(place, '/pull-requests/') THEN substr(place, 1, instr(place, '/pull-requests/') - 1)
      WHEN instr(place, '/pullrequest/') THEN substr(place, 1, instr(place, '/pullrequest/') - 1)
      WHEN instr(place, '/pull/') THEN substr(place, 1, instr(place, '/pull/') - 1) END AS repository
  FROM listed)
SELECT org_id, pr_url, CASE furthest WHEN 3 THEN 'merged' WHEN 2 THEN 'closed' WHEN 1 THEN 'open' ELSE 'unknown' END AS outcome,
  substr(place, 1, instr(place, '/') - 1) AS host, substr(repository, instr(repository, '/') + 1) AS repository, sessions,
  date(CAST(substr(first, 1, 12) AS INTEGER) - 28800, 'unixepoch') AS billing_day, substr(first, 13) AS first_session_id
FROM placed;

-- Which session belongs to which family: the session that started it all, and how many steps away. The parent or the child may name the other;
-- the child. A session whose parent is not mirrored begins a family of its own.
CREATE INDEX sessions_by_parent ON sessions (parent_session_id) WHERE parent_session_id IS NOT NULL;
CREATE VIEW session_family_members AS
WITH RECURSIVE
listed(session_id) AS MATERIALIZED (SELECT child_session_id FROM session_children WHERE child_session_id <> session_id),
members(root_session_id, session_id, depth) AS (
  SELECT s.session_id, s.session_id, 0 FROM sessions AS s
  WHERE s._deleted_at IS NULL AND CASE WHEN s.parent_session_id IS NULL THEN s.session_id NOT IN (SELECT session_id FROM listed)
    ELSE NOT EXISTS (
      SELECT 1 FROM sessions AS p WHERE p._deleted_at IS NULL AND p.session_id <> s.session_id
        AND p.session_id = iif(s.parent_session_id LIKE 'devin-%', substr(s.parent_session_id, 7), s.parent_session_id)) END
  UNION
  SELECT m.root_session_id, c.session_id, m.depth + 1
  FROM members AS m JOIN sessions AS c ON c.parent_session_id IN (m.session_id, 'devin-' || m.session_id)
  WHERE c._deleted_at IS NULL AND c.session_id <> m.session_id AND m.depth < 100
  UNION
  SELECT m.root_session_id, c.session_id, m.depth + 1
  FROM members AS m JOIN session_children AS k ON k.session_id = m.session_id JOIN sessions AS c ON c.session_id = k.child_session_id
  WHERE c._deleted_at IS NULL AND c.parent_session_id IS NULL AND c.session_id <> m.session_id AND m.depth < 100)
SELECT root_session_id, session_id, depth FROM members;

-- One row per family, those of a single session included: what it cost and brought with everything that was started below it. A pull request
-- that several members list counts once.
CREATE VIEW session_families AS
WITH members AS MATERIALIZED (SELECT * FROM session_family_members),
costs AS (
  SELECT m.root_session_id, count(*) AS sessions, max(m.depth) AS depth, count(f.acus) AS sessions_with_known_cost, sum(f.acus) AS acus
  FROM members AS m JOIN session_facts AS f USING (session_id) GROUP BY m.root_session_id),
requests AS (
  SELECT m.root_session_id, count(DISTINCT p.pr_url) AS pull_requests,
    count(DISTINCT iif(lower(p.pr_state) = 'merged', p.pr_url, NULL)) AS merged_pull_requests
  FROM members AS m JOIN session_pull_requests AS p USING (session_id) GROUP BY m.root_session_id)
SELECT c.root_session_id, r.org_id, r.title, r.billing_day, r.user_id, r.service_user_id, c.sessions, c.depth, c.sessions_with_known_cost,
  c.acus, r.acus AS own_acus, coalesce(q.pull_requests, 0) AS pull_requests, coalesce(q.merged_pull_requests, 0) AS merged_pull_requests
FROM costs AS c JOIN session_facts AS r ON r.session_id = c.root_session_id LEFT JOIN requests AS q USING (root_session_id);

-- Each time Devin had written and a person wrote next, or, where waited_to is NULL, has still to: then until the mirror's moment.
-- An upper bound: Devin may have continued to work after it wrote.
CREATE INDEX session_messages_by_time ON session_messages (session_id, created_at, source, _deleted_at);
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
  max(0, coalesce(w.waited_to, (SELECT moment FROM mirror_moment)) - w.waited_from) AS seconds
FROM timed AS w JOIN session_facts AS f USING (session_id);

-- How long Devin waited for people, by the user who started the session.
CREATE VIEW waits_by_user AS
SELECT w.org_id, w.user_id, p.name, count(DISTINCT w.session_id) AS sessions, count(*) AS waits,
  count(*) - count(w.waited_to) AS waiting_now, round(sum(w.seconds) / 3600.0, 2) AS hours,
  round(avg(w.seconds) / 3600.0, 2) AS hours_a_wait, round(max(w.seconds) / 3600.0, 2) AS longest_hours
FROM waits_for_people AS w LEFT JOIN people AS p USING (user_id) GROUP BY w.org_id, w.user_id;

-- Where effort was lost: one row per session and reason. Expensive: at least twice what a session of its organization with
-- known cost costs on average. hours: only where waiting is the reason.
CREATE VIEW session_waste AS
WITH usual AS (SELECT org_id, avg(acus) AS acus FROM session_facts GROUP BY org_id),
waited AS (
  SELECT session_id, round(sum(seconds) / 3600.0, 2) AS hours FROM waits_for_people GROUP BY session_id HAVING sum(seconds) >= 86400),
found AS (
  SELECT f.session_id, 'dear, nothing merged' AS reason, NULL AS hours FROM session_facts AS f JOIN usual AS u USING (org_id)
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
