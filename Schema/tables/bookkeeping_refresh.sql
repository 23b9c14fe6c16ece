-- In a file with several organizations, lists that come back unchanged are read less often. Times are Unix seconds, UTC.

ALTER TABLE sync_checkpoints ADD COLUMN refresh_interval INTEGER
  /* seconds that the list may be old: it came back unchanged, and is read again within them; NULL: every run reads it @kept */;
ALTER TABLE sync_checkpoints ADD COLUMN refused_at INTEGER
  /* when the list was last refused, where it never could be read; NULL: never @kept */;
CREATE INDEX sync_checkpoints_by_refresh ON sync_checkpoints (resource, org_id) WHERE refresh_interval IS NOT NULL;

-- Lists that not every run reads, with the time within which each is read again. What is not here is read in every run.
CREATE VIEW sync_refresh AS
SELECT org_id, resource, parent, refresh_interval,
  strftime('%Y-%m-%dT%H:%M:%SZ', coalesce(completed_at, refused_at), 'unixepoch') AS last_asked,
  strftime('%Y-%m-%dT%H:%M:%SZ', coalesce(completed_at, refused_at) + refresh_interval, 'unixepoch') AS refresh_by
FROM sync_checkpoints WHERE refresh_interval IS NOT NULL;
