-- Which resources of which organization have lists. Lists below rows are many: the index is asked for one resource after the other.
CREATE VIEW known_lists AS
WITH RECURSIVE known(org_id, resource) AS (
  SELECT org_id, resource FROM (SELECT org_id, resource FROM sync_checkpoints ORDER BY org_id, resource LIMIT 1)
  UNION ALL
  SELECT c.org_id, c.resource FROM known AS k JOIN sync_checkpoints AS c ON c.list_id = coalesce(
    (SELECT n.list_id FROM sync_checkpoints AS n WHERE n.org_id = k.org_id AND n.resource > k.resource ORDER BY n.resource LIMIT 1),
    (SELECT n.list_id FROM sync_checkpoints AS n WHERE n.org_id > k.org_id ORDER BY n.org_id, n.resource LIMIT 1)))
SELECT org_id, resource FROM known;

-- Is this mirror complete? One row per organization and resource that was asked for; org_id is empty for the enterprise's
-- own lists, which speak for its organizations too where those have no row: theirs were never read, or the enterprise's was read in
-- their place since.
DROP VIEW sync_health;
CREATE VIEW sync_health AS
WITH
-- A list below rows has one of its resource above it, which says how far it is; lists of several kinds of one resource have none.
kinds AS (
  SELECT c.org_id, c.resource,
    iif(count(*) = count(c.completed_at), min(c.completed_at), NULL) AS completed_at,
    iif(count(*) = count(c.reconciled_at), min(c.reconciled_at), NULL) AS reconciled_at, min(c.as_of) AS as_of, min(c.watermark) AS watermark,
    max(c.refused_status) AS refused_status, sum(c.total) AS total
  FROM known_lists AS k CROSS JOIN sync_checkpoints AS c USING (org_id, resource)
  WHERE c.superseded_at IS NULL AND NOT EXISTS (SELECT 1 FROM sync_checkpoints AS t WHERE t.org_id = k.org_id AND t.resource = k.resource AND t.parent = '')
  GROUP BY c.org_id, c.resource),
lists AS (
  SELECT k.org_id, k.resource, t.completed_at, t.reconciled_at, t.as_of, t.watermark, t.refused_status, t.total
  FROM known_lists AS k CROSS JOIN sync_checkpoints AS t ON t.org_id = k.org_id AND t.resource = k.resource AND t.parent = ''
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
