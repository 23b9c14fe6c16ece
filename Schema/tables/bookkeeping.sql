-- Bookkeeping of devin-sync. It is in the same file as the rows, so that a checkpoint and the rows it
-- speaks of are committed, or lost, together. Times are Unix seconds, UTC.

CREATE TABLE sync_runs (
  run_id      INTEGER PRIMARY KEY,  -- one row per run of `devin-sync sync`, oldest first @kept
  started_at  INTEGER NOT NULL,  -- @kept
  finished_at INTEGER,              -- NULL: running now, or killed @kept
  status      INTEGER,              -- the exit status; NULL: running now, or killed @kept
  org_id      TEXT,                 -- the organization mirrored; NULL: not known yet @tokens
  api_url     TEXT NOT NULL,  -- @url
  version     TEXT NOT NULL,        -- of devin-sync @kept
  pid         INTEGER NOT NULL,  -- @kept
  requests    INTEGER NOT NULL DEFAULT 0,  -- HTTP requests sent, retries included @kept
  bytes       INTEGER NOT NULL DEFAULT 0,  -- bytes of the answers' bodies, decompressed @kept
  pages       INTEGER NOT NULL DEFAULT 0,  -- @kept
  rows        INTEGER NOT NULL DEFAULT 0,  -- items received, unchanged ones included @kept
  inserted    INTEGER NOT NULL DEFAULT 0,  -- @kept
  changed     INTEGER NOT NULL DEFAULT 0,  -- restored rows (listed again after a deletion) count here @kept
  deleted     INTEGER NOT NULL DEFAULT 0,  -- @kept
  waited_ms   INTEGER NOT NULL DEFAULT 0,  -- time spent waiting because the server asked for it, or after an error @kept
  outcomes    TEXT                  -- JSON list: resource, outcome, counts, problem @[{resource: kept, outcome: kept, pages: kept, rows: kept, inserted: kept, changed: kept, deleted: kept, quarantined: kept, not_due_lists: kept, filter_ignored: kept, problems: [text]}]
) STRICT;

-- One row per list: a resource of an organization or, for lists under a parent, of one parent.
CREATE TABLE sync_checkpoints (
  list_id        INTEGER PRIMARY KEY,  -- @kept
  org_id         TEXT NOT NULL,  -- @kept
  resource       TEXT NOT NULL,  -- @kept
  parent         TEXT NOT NULL DEFAULT '',  -- id of the parent object; empty: the list has none @parent
  walk           INTEGER NOT NULL DEFAULT 0,  -- number of the newest walk of this list @kept
  is_open        INTEGER NOT NULL DEFAULT 0,  -- 1: that walk has not ended; the next run goes on with it @kept
  cursor         TEXT,                -- where to go on; NULL: at the beginning @dropped
  filter         TEXT,                -- the filter of the open walk, and of its cursor: NAME=SECONDS; NULL: none @kept
  opened_at      INTEGER,             -- the server's Date on the first answer of the walk @kept
  newest_seen    INTEGER,             -- largest updated_at seen in the walk @kept
  rows_seen      INTEGER NOT NULL DEFAULT 0,  -- distinct keys seen in the walk @kept
  total          INTEGER,             -- the least that the server claimed, in the newest walk, that the list holds; NULL: nothing @kept
  watermark      INTEGER,             -- everything changed before this time has been read @kept
  completed_at   INTEGER,             -- end of the last complete walk, by this machine's clock; NULL: never @kept
  completed_run  INTEGER,             -- the run that ended it @kept
  reconciled_at  INTEGER,             -- end of the last complete walk without a filter; NULL: never @kept
  parent_version TEXT,                -- the parent's state when this list was last read completely @dropped
  allowed_at     INTEGER,             -- when the server last answered this list; NULL: never @kept
  refused_status INTEGER,             -- 403 or 404 when the last attempt was refused; NULL: it was not @kept
  UNIQUE (org_id, resource, parent)
) STRICT;

-- Which keys a list held, and which walk saw each last. A complete walk finds the missing ones here, also when it
-- was interrupted and resumed.
CREATE TABLE sync_seen (
  list_id INTEGER NOT NULL,           -- sync_checkpoints.list_id @kept
  key     TEXT NOT NULL,              -- as in sync_changes.key @item
  walk    INTEGER NOT NULL,  -- @kept
  seen_at INTEGER NOT NULL,  -- @kept
  PRIMARY KEY (list_id, key)
) STRICT, WITHOUT ROWID;

-- What each run did to the rows: the history that the service itself does not keep.
CREATE TABLE sync_changes (
  change_id  INTEGER PRIMARY KEY,  -- @kept
  run_id     INTEGER NOT NULL,        -- sync_runs.run_id @kept
  changed_at INTEGER NOT NULL,  -- @kept
  resource   TEXT NOT NULL,           -- name of the table @kept
  key        TEXT NOT NULL,           -- the row's id; a JSON list where the key has several columns @row
  change     TEXT NOT NULL,           -- inserted, changed, deleted, restored @kept
  before     TEXT                     -- the row's _raw before the change; NULL: inserted or restored as it was @object
) STRICT;
CREATE INDEX sync_changes_by_row ON sync_changes (resource, key) WHERE change <> 'inserted';

-- What could not be read, why, and when it is tried again. Rows leave when they succeed.
CREATE TABLE sync_quarantine (
  org_id           TEXT NOT NULL,  -- @kept
  resource         TEXT NOT NULL,  -- @kept
  parent           TEXT NOT NULL DEFAULT '',  -- the parent whose list failed, or under which the item was listed @parent
  item             TEXT NOT NULL DEFAULT '',  -- the malformed item as received (secrets: left out); empty: the whole list @text
  reason           TEXT NOT NULL,  -- @text
  run_id           INTEGER NOT NULL,  -- the run that met it last @kept
  walk             INTEGER NOT NULL DEFAULT 0,  -- the walk that met the item last @kept
  attempts         INTEGER NOT NULL DEFAULT 1,  -- @kept
  first_failed_at  INTEGER NOT NULL,  -- @kept
  last_failed_at   INTEGER NOT NULL,  -- @kept
  retry_at         INTEGER NOT NULL,  -- 0: in the next run @kept
  PRIMARY KEY (org_id, resource, parent, item)
) STRICT;
