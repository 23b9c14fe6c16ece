-- What a deletion rests on, and whether the mirror is complete. Times are Unix seconds, UTC.

ALTER TABLE sync_runs ADD COLUMN principal TEXT /* whose key: kind and id according to GET /v3/self; NULL: not known @tokens */;
ALTER TABLE sync_runs ADD COLUMN command TEXT NOT NULL DEFAULT 'sync' /* sync; verify for one that repaired; push for one that wrote to Devin @kept */;

ALTER TABLE sync_checkpoints ADD COLUMN principal TEXT /* whose key walked it last; NULL: not known @tokens */;
ALTER TABLE sync_checkpoints ADD COLUMN principal_walk INTEGER NOT NULL DEFAULT 0
  /* the first walk of that principal since another one's: what only earlier walks saw, it may have no sight of @kept */;
ALTER TABLE sync_checkpoints ADD COLUMN held_back INTEGER NOT NULL DEFAULT 0
  /* rows that the newest walk missed and that were not marked as deleted: too many, or seen with another key @kept */;
ALTER TABLE sync_checkpoints ADD COLUMN unread INTEGER NOT NULL DEFAULT 0
  /* rows whose lists below them were not read, or not up to date, when the last run ended @kept */;

ALTER TABLE sync_quarantine ADD COLUMN interval_start INTEGER
  /* of an item in a list that goes by time: where its span begins; NULL: it does not @kept */;

-- Is this mirror complete? One row per organization and resource that was asked for; org_id is empty for the enterprise's
-- own lists, which speak for its organizations too where those have no row.
CREATE VIEW sync_health AS
WITH lists AS (
  SELECT org_id, resource,
    iif(count(iif(is_top, 1, NULL)) = count(iif(is_top, completed_at, NULL)), min(iif(is_top, completed_at, NULL)), NULL) AS completed_at,
    min(iif(is_top, watermark, NULL)) AS watermark, max(iif(is_top, refused_status, NULL)) AS refused_status,
    sum(iif(is_top, total, NULL)) AS total, sum(held_back) AS held_back, sum(unread) AS unread, sum(is_open) AS open_lists
  FROM (
    -- A list below rows has one of its resource above it; lists of several kinds of one resource have none.
    SELECT c.*, c.parent = '' OR NOT EXISTS (SELECT 1 FROM sync_checkpoints AS p
        WHERE p.org_id = c.org_id AND p.resource = c.resource AND p.parent = '') AS is_top
    FROM sync_checkpoints AS c)
  GROUP BY org_id, resource),
held AS (
  SELECT c.org_id, c.resource, count(*) AS listed FROM sync_seen AS s JOIN sync_checkpoints AS c USING (list_id)
  GROUP BY c.org_id, c.resource),
spans AS (
  SELECT c.org_id, c.resource, min(i.starts_at) AS covered_from, max(i.ends_at) AS covered_to
  FROM sync_intervals AS i JOIN sync_checkpoints AS c USING (list_id) GROUP BY c.org_id, c.resource),
gaps AS (SELECT org_id, resource, count(*) AS gaps FROM sync_gaps GROUP BY org_id, resource),
aside AS (
  SELECT org_id, resource, count(nullif(item, '')) AS items, count(*) - count(nullif(item, '')) AS parents
  FROM sync_quarantine GROUP BY org_id, resource),
drift AS (SELECT resource, count(*) AS drift FROM sync_drift GROUP BY resource)
SELECT l.org_id, l.resource, l.completed_at, l.watermark, l.refused_status,
  strftime('%Y-%m-%dT%H:%M:%SZ', l.completed_at, 'unixepoch') AS last_complete,
  strftime('%s', 'now') - l.completed_at AS age_seconds,
  CASE l.refused_status WHEN 403 THEN 'not allowed' WHEN 404 THEN 'not on this deployment' ELSE 'read' END AS access,
  l.total AS claimed_rows, h.listed AS listed_rows, l.open_lists, l.unread AS unread_lists,
  coalesce(a.items, 0) AS quarantined_items, coalesce(a.parents, 0) AS quarantined_lists, l.held_back AS held_back_rows,
  strftime('%Y-%m-%dT%H:%M:%SZ', s.covered_from, 'unixepoch') AS covered_from,
  strftime('%Y-%m-%dT%H:%M:%SZ', s.covered_to, 'unixepoch') AS covered_to,
  iif(s.covered_from IS NULL, NULL, coalesce(g.gaps, 0)) AS gaps, coalesce(d.drift, 0) AS drift,
  l.refused_status IS NULL AND l.completed_at IS NOT NULL AND l.open_lists = 0 AND l.unread = 0 AND l.held_back = 0
    AND a.resource IS NULL AND coalesce(g.gaps, 0) = 0 AS is_whole
FROM lists AS l
  LEFT JOIN held AS h USING (org_id, resource) LEFT JOIN spans AS s USING (org_id, resource)
  LEFT JOIN gaps AS g USING (org_id, resource) LEFT JOIN aside AS a USING (org_id, resource)
  LEFT JOIN drift AS d USING (resource);
