-- The ledger of lists that go by time: spans that were read completely, half open, Unix seconds.
CREATE TABLE sync_intervals (
  list_id   INTEGER NOT NULL,         -- sync_checkpoints.list_id @kept
  starts_at INTEGER NOT NULL,  -- @kept
  ends_at   INTEGER NOT NULL,         -- exclusive; the newest span ends when it was read @kept
  read_at   INTEGER NOT NULL,         -- when it was last read completely, by this machine's clock @kept
  run_id    INTEGER NOT NULL,         -- the run that did @kept
  PRIMARY KEY (list_id, starts_at)
) STRICT, WITHOUT ROWID;

-- The ledger with the lists' names and times as ISO text.
CREATE VIEW v_sync_intervals AS
SELECT c.org_id, c.resource, c.parent, strftime('%Y-%m-%dT%H:%M:%SZ', i.starts_at, 'unixepoch') AS starts_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', i.ends_at, 'unixepoch') AS ends_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', i.read_at, 'unixepoch') AS read_at, i.run_id
FROM sync_intervals AS i JOIN sync_checkpoints AS c USING (list_id);

-- Times that a ledger does not cover between its first span and its last. No row: there is no gap.
CREATE VIEW sync_gaps AS
SELECT org_id, resource, parent, strftime('%Y-%m-%dT%H:%M:%SZ', read_to, 'unixepoch') AS gap_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', starts_at, 'unixepoch') AS gap_end
FROM (
  SELECT c.org_id, c.resource, c.parent, i.starts_at, max(i.ends_at) OVER (
      PARTITION BY i.list_id ORDER BY i.starts_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS read_to
  FROM sync_intervals AS i JOIN sync_checkpoints AS c USING (list_id))
WHERE starts_at > read_to;

-- What the server sent and this version does not expect: the API runs ahead of its description. Nothing fails by it.
CREATE TABLE sync_drift (
  resource      TEXT NOT NULL,        -- name of the table @dropped
  field         TEXT NOT NULL,        -- the member of the object @dropped
  kind          TEXT NOT NULL,        -- unknown field, unknown value, other type @dropped
  found         TEXT NOT NULL,        -- the value, or the JSON type @dropped
  seen          INTEGER NOT NULL,     -- how many of the sampled items had it @dropped
  first_seen_at INTEGER NOT NULL,  -- @dropped
  last_seen_at  INTEGER NOT NULL,  -- @dropped
  run_id        INTEGER NOT NULL,     -- the run that met it last @dropped
  example       TEXT NOT NULL,        -- the first value seen, as JSON, at most 200 characters @dropped
  PRIMARY KEY (resource, field, kind, found)
) STRICT, WITHOUT ROWID;
