-- What devin-sync itself remembers. It stands in the same file as the rows, so that a checkpoint and the rows it
-- speaks of are committed, or lost, together. Times are Unix seconds, UTC.

CREATE TABLE sync_runs (
  run_id      INTEGER PRIMARY KEY,  -- one row per run of `devin-sync sync`, oldest first
  started_at  INTEGER NOT NULL,
  finished_at INTEGER,              -- NULL: running now, or killed
  status      INTEGER,              -- the exit status; NULL: running now, or killed
  org_id      TEXT,                 -- the organization mirrored; NULL: not known yet
  api_url     TEXT NOT NULL,
  version     TEXT NOT NULL,        -- of devin-sync
  pid         INTEGER NOT NULL,
  requests    INTEGER NOT NULL DEFAULT 0,  -- HTTP requests sent, retries included
  bytes       INTEGER NOT NULL DEFAULT 0,  -- bytes of the answers' bodies, decompressed
  pages       INTEGER NOT NULL DEFAULT 0,
  rows        INTEGER NOT NULL DEFAULT 0,  -- items received, unchanged ones included
  inserted    INTEGER NOT NULL DEFAULT 0,
  changed     INTEGER NOT NULL DEFAULT 0,  -- restored rows (listed again after a deletion) count here
  deleted     INTEGER NOT NULL DEFAULT 0,
  waited_ms   INTEGER NOT NULL DEFAULT 0,  -- time spent waiting because the server asked for it, or after an error
  outcomes    TEXT                  -- JSON list: resource, outcome, counts, problem
) STRICT;

-- One row per list: a resource of an organization or, for lists under a parent, of one parent.
CREATE TABLE sync_checkpoints (
  list_id        INTEGER PRIMARY KEY,
  org_id         TEXT NOT NULL,
  resource       TEXT NOT NULL,
  parent         TEXT NOT NULL DEFAULT '',  -- id of the parent object; empty: the list has none
  walk           INTEGER NOT NULL DEFAULT 0,  -- number of the newest walk of this list
  is_open        INTEGER NOT NULL DEFAULT 0,  -- 1: that walk has not ended; the next run goes on with it
  cursor         TEXT,                -- where to go on; NULL: at the beginning
  filter         TEXT,                -- the filter of the open walk, and of its cursor: NAME=SECONDS; NULL: none
  opened_at      INTEGER,             -- the server's Date on the first answer of the walk
  newest_seen    INTEGER,             -- largest updated_at seen in the walk
  rows_seen      INTEGER NOT NULL DEFAULT 0,  -- distinct keys seen in the walk
  total          INTEGER,             -- the least that the server claimed, in the newest walk, that the list holds; NULL: nothing
  watermark      INTEGER,             -- everything changed before this time has been read
  completed_at   INTEGER,             -- end of the last complete walk, by this machine's clock; NULL: never
  completed_run  INTEGER,             -- the run that ended it
  reconciled_at  INTEGER,             -- end of the last complete walk without a filter; NULL: never
  parent_version TEXT,                -- the parent's state when this list was last read whole
  allowed_at     INTEGER,             -- when the server last answered this list; NULL: never
  refused_status INTEGER,             -- 403 or 404 when the last attempt was refused; NULL: it was not
  UNIQUE (org_id, resource, parent)
) STRICT;

-- Which keys a list held, and which walk saw each last. A complete walk finds the missing ones here, also when it
-- was interrupted and resumed.
CREATE TABLE sync_seen (
  list_id INTEGER NOT NULL,           -- sync_checkpoints.list_id
  key     TEXT NOT NULL,              -- as in sync_changes.key
  walk    INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (list_id, key)
) STRICT, WITHOUT ROWID;

-- What each run did to the rows: the history that the service itself does not keep.
CREATE TABLE sync_changes (
  change_id  INTEGER PRIMARY KEY,
  run_id     INTEGER NOT NULL,        -- sync_runs.run_id
  changed_at INTEGER NOT NULL,
  resource   TEXT NOT NULL,           -- name of the table
  key        TEXT NOT NULL,           -- the row's id; a JSON list where the key has several columns
  change     TEXT NOT NULL,           -- inserted, changed, deleted, restored
  before     TEXT                     -- the row's _raw before the change; NULL: inserted or restored as it was
) STRICT;
CREATE INDEX sync_changes_by_row ON sync_changes (resource, key) WHERE change <> 'inserted';

-- What could not be read, why, and when it is tried again. Rows leave when they succeed.
CREATE TABLE sync_quarantine (
  org_id           TEXT NOT NULL,
  resource         TEXT NOT NULL,
  parent           TEXT NOT NULL DEFAULT '',  -- the parent whose list failed, or under which the item was listed
  item             TEXT NOT NULL DEFAULT '',  -- the odd item as it came (secrets: left out); empty: the whole list
  reason           TEXT NOT NULL,
  run_id           INTEGER NOT NULL,  -- the run that met it last
  walk             INTEGER NOT NULL DEFAULT 0,  -- the walk that met the item last
  attempts         INTEGER NOT NULL DEFAULT 1,
  first_failed_at  INTEGER NOT NULL,
  last_failed_at   INTEGER NOT NULL,
  retry_at         INTEGER NOT NULL,  -- 0: in the next run
  PRIMARY KEY (org_id, resource, parent, item)
) STRICT;
