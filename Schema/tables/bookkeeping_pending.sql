-- The ledger of what is pending, and every statement about completeness, derived from it. Times are Unix seconds, UTC.

-- What is still to be read, and when. A row is written in the transaction that makes it pending and deleted in the transaction that
-- completes the list. A row without pending_since is a scheduled re-read: work when it falls due, and nothing is missing before.
CREATE TABLE sync_pending (
  org_id        TEXT NOT NULL,        -- empty: the enterprise's own list @kept
  resource      TEXT NOT NULL,  -- @kept
  parent        TEXT NOT NULL DEFAULT '',   -- as in sync_checkpoints; empty, of lists below rows: all that are not in the ledger yet @parent
  span_start    INTEGER NOT NULL DEFAULT 0, -- of a series: where a span begins that was never read; 0: the list itself @kept
  version       INTEGER NOT NULL DEFAULT 1, -- raised by each change that makes it pending again @kept
  due_at        INTEGER NOT NULL DEFAULT 0, -- not read before this; 0: in the next run @kept
  pending_since INTEGER,              -- since when it is pending; NULL: a scheduled re-read @kept
  run_id        INTEGER NOT NULL,     -- the run that recorded it, or tried last; 0: none did @kept
  reason        TEXT NOT NULL,        -- requested, changed, failed, refused, reset, upgrade, scheduled @kept
  PRIMARY KEY (org_id, resource, parent, span_start)
) STRICT, WITHOUT ROWID;

DROP VIEW sync_health;
DROP VIEW sync_gaps;
ALTER TABLE sync_checkpoints DROP COLUMN unread;
ALTER TABLE sync_checkpoints ADD COLUMN as_of INTEGER
  /* the server's time when the last complete walk began: what was changed before is in the rows; NULL: not known @kept */;
ALTER TABLE sync_checkpoints ADD COLUMN pending_version INTEGER
  /* sync_pending.version when the newest walk began; NULL: the list was not in the ledger @kept */;
ALTER TABLE sync_runs ADD COLUMN requested TEXT
  /* JSON list: the resources of a run that named none; NULL: it was restricted to some @[kept] */;
CREATE INDEX sync_checkpoints_of_resources ON sync_checkpoints (resource, org_id) WHERE parent = '';
-- Rows that are not settled are found without a look at all the others.
CREATE INDEX sessions_by_settling ON sessions (_settles_at, updated_at, session_id) WHERE _deleted_at IS NULL;
CREATE INDEX session_insights_by_settling ON session_insights (_settles_at, updated_at, session_id) WHERE _deleted_at IS NULL;

-- A file that an earlier version wrote: what its last run left unread is pending, as far as the checkpoints say.
-- Lists below rows are compared with their parents by the next run.
INSERT INTO sync_pending (org_id, resource, parent, pending_since, run_id, reason)
SELECT c.org_id, c.resource, c.parent, unixepoch(), 0, 'upgrade' FROM sync_checkpoints AS c
WHERE (c.refused_status IS NULL OR c.allowed_at IS NOT NULL) AND iif(c.parent = '',
  c.completed_at IS NULL OR c.is_open OR c.held_back > 0
    OR EXISTS (SELECT 1 FROM sync_checkpoints AS b WHERE b.org_id = c.org_id AND b.resource = c.resource AND b.parent <> ''),
  (c.completed_at IS NULL OR c.is_open)
    AND NOT EXISTS (SELECT 1 FROM sync_checkpoints AS t WHERE t.org_id = c.org_id AND t.resource = c.resource AND t.parent = ''));
INSERT INTO sync_pending (org_id, resource, parent, due_at, pending_since, run_id, reason)
SELECT org_id, resource, parent, retry_at, first_failed_at, run_id, 'failed' FROM sync_quarantine WHERE item = '' AND true
ON CONFLICT (org_id, resource, parent, span_start) DO UPDATE SET due_at = excluded.due_at, run_id = excluded.run_id;
-- A run that did not end with 0 may not have begun some of the lists that it was to read.
INSERT INTO sync_pending (org_id, resource, pending_since, run_id, reason)
SELECT o.org_id, r.value, unixepoch(), 0, 'upgrade'
FROM (SELECT DISTINCT org_id FROM sync_checkpoints WHERE org_id <> '') AS o, json_each('[
  "sessions", "session_insights", "session_messages", "session_attachments", "playbooks", "knowledge_notes", "knowledge_folders",
  "schedules", "automations", "org_members", "org_idp_members", "daily_consumption", "repositories", "indexed_repositories",
  "code_scans", "code_scan_findings", "code_scan_profiles", "blueprints", "snapshot_builds", "secrets"]') AS r
WHERE (SELECT status FROM sync_runs WHERE command = 'sync' ORDER BY run_id DESC LIMIT 1) IS NOT 0
  AND NOT EXISTS (SELECT 1 FROM sync_checkpoints AS c WHERE c.resource = r.value AND c.org_id IN ('', o.org_id));

-- The resources that are asked for: those of the newest run that named none. No row: no such run is known, and all are.
CREATE VIEW sync_requested AS
SELECT value AS resource FROM json_each((SELECT requested FROM sync_runs WHERE requested IS NOT NULL ORDER BY run_id DESC LIMIT 1));

-- Times that a series does not cover: between spans that were read, and spans that were never read. No row: there is no gap.
CREATE VIEW sync_gaps AS
WITH ends AS (
  SELECT list_id, min(starts_at) AS first_start, max(starts_at) AS last_start, max(ends_at) AS last_end
  FROM sync_intervals GROUP BY list_id),
unread AS (
  SELECT p.org_id, p.resource, p.parent, e.first_start IS NOT NULL AND p.span_start < e.first_start AS is_before,
    min(p.span_start) AS gap_start, max(p.pending_since) AS pending_since, max(e.first_start) AS first_start, max(e.last_end) AS last_end
  FROM sync_pending AS p LEFT JOIN sync_checkpoints AS c USING (org_id, resource, parent) LEFT JOIN ends AS e USING (list_id)
  WHERE p.span_start > 0 AND p.pending_since IS NOT NULL
    AND (e.first_start IS NULL OR p.span_start < e.first_start OR p.span_start > e.last_start)
  GROUP BY 1, 2, 3, 4)
SELECT org_id, resource, parent, strftime('%Y-%m-%dT%H:%M:%SZ', gap_start, 'unixepoch') AS gap_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', gap_end, 'unixepoch') AS gap_end
FROM (
  SELECT c.org_id, c.resource, c.parent, i.read_to AS gap_start, i.starts_at AS gap_end
  FROM (SELECT list_id, starts_at, max(ends_at) OVER (
      PARTITION BY list_id ORDER BY starts_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS read_to FROM sync_intervals) AS i
    JOIN sync_checkpoints AS c USING (list_id)
  WHERE i.starts_at > i.read_to
  UNION ALL
  SELECT org_id, resource, parent, iif(is_before, gap_start, coalesce(last_end, gap_start)),
    iif(is_before, first_start, max(pending_since, coalesce(last_end, gap_start)))
  FROM unread);

-- Is this mirror complete? One row per organization and resource that was asked for; org_id is empty for the enterprise's
-- own lists, which speak for its organizations too where those have no row.
CREATE VIEW sync_health AS
WITH lists AS (
  SELECT org_id, resource,
    iif(count(iif(is_top, 1, NULL)) = count(iif(is_top, completed_at, NULL)), min(iif(is_top, completed_at, NULL)), NULL) AS completed_at,
    iif(count(iif(is_top, 1, NULL)) = count(iif(is_top, reconciled_at, NULL)), min(iif(is_top, reconciled_at, NULL)), NULL) AS reconciled_at,
    min(iif(is_top, as_of, NULL)) AS as_of, min(iif(is_top, watermark, NULL)) AS watermark,
    max(iif(is_top, refused_status, NULL)) AS refused_status, max(allowed_at) AS allowed_at,
    sum(iif(is_top, total, NULL)) AS total, sum(held_back) AS held_back
  FROM (
    -- A list below rows has one of its resource above it; lists of several kinds of one resource have none.
    SELECT c.*, c.parent = '' OR NOT EXISTS (SELECT 1 FROM sync_checkpoints AS p
        WHERE p.org_id = c.org_id AND p.resource = c.resource AND p.parent = '') AS is_top
    FROM sync_checkpoints AS c)
  GROUP BY org_id, resource),
owed AS (
  SELECT p.org_id, p.resource, max(1, count(DISTINCT nullif(p.parent, ''))) AS pending_lists,
    count(DISTINCT nullif(p.parent, '')) AS unread_lists, count(DISTINCT iif(c.is_open, p.parent, NULL)) AS open_lists,
    count(nullif(p.span_start, 0)) AS pending_spans, min(p.pending_since) AS pending_since, min(p.run_id) AS pending_run
  FROM sync_pending AS p LEFT JOIN sync_checkpoints AS c USING (org_id, resource, parent)
  WHERE p.pending_since IS NOT NULL GROUP BY p.org_id, p.resource),
names AS (SELECT org_id, resource FROM lists UNION SELECT org_id, resource FROM owed),
held AS (
  SELECT c.org_id, c.resource, count(*) AS listed FROM sync_seen AS s JOIN sync_checkpoints AS c USING (list_id)
  GROUP BY c.org_id, c.resource),
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
  CASE WHEN l.refused_status IS NULL THEN 'read' WHEN l.allowed_at IS NOT NULL THEN 'no longer allowed'
    WHEN l.refused_status = 404 THEN 'not on this deployment' ELSE 'not allowed' END AS access,
  l.total AS claimed_rows, h.listed AS listed_rows, coalesce(p.open_lists, 0) AS open_lists,
  coalesce(p.unread_lists, 0) AS unread_lists, coalesce(q.items, 0) AS quarantined_items,
  coalesce(q.parents, 0) AS quarantined_lists, coalesce(l.held_back, 0) AS held_back_rows,
  strftime('%Y-%m-%dT%H:%M:%SZ', s.covered_from, 'unixepoch') AS covered_from,
  strftime('%Y-%m-%dT%H:%M:%SZ', s.covered_to, 'unixepoch') AS covered_to,
  iif(s.covered_from IS NULL AND g.gaps IS NULL, NULL, coalesce(g.gaps, 0)) AS gaps, coalesce(d.drift, 0) AS drift,
  l.refused_status IS NULL AND l.completed_at IS NOT NULL AND p.resource IS NULL AND coalesce(l.held_back, 0) = 0
    AND q.resource IS NULL AND coalesce(g.gaps, 0) = 0 AS is_whole,
  l.reconciled_at, strftime('%Y-%m-%dT%H:%M:%SZ', l.reconciled_at, 'unixepoch') AS last_reconciled, l.as_of,
  coalesce(p.pending_lists, 0) AS pending_lists, coalesce(p.pending_spans, 0) AS pending_spans, p.pending_since, p.pending_run,
  (NOT EXISTS (SELECT 1 FROM sync_requested) OR n.resource IN (SELECT resource FROM sync_requested))
    AND NOT EXISTS (SELECT 1 FROM organizations AS o WHERE o.org_id = n.org_id AND o._deleted_at IS NOT NULL) AS is_requested
FROM names AS n
  LEFT JOIN lists AS l USING (org_id, resource) LEFT JOIN owed AS p USING (org_id, resource)
  LEFT JOIN held AS h USING (org_id, resource) LEFT JOIN spans AS s USING (org_id, resource)
  LEFT JOIN gaps AS g USING (org_id, resource) LEFT JOIN quarantined AS q USING (org_id, resource)
  LEFT JOIN drift AS d USING (resource);
