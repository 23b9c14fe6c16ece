-- What `devin-sync push --apply` sent to Devin.

-- One row per request that changes something. It is written before the request leaves, so that also a lost answer is known: the next push
-- looks what became of it, and sends nothing again without looking. What the object was before is in sync_changes.
CREATE TABLE sync_pushes (
  push_id      INTEGER PRIMARY KEY,  -- @kept
  run_id       INTEGER NOT NULL,     -- sync_runs.run_id @kept
  org_id       TEXT NOT NULL,        -- the organization; empty: the object belongs to the enterprise @kept
  resource     TEXT NOT NULL,        -- name of the table @kept
  key          TEXT,                 -- the object's id; NULL: it was to be created, and its id is not known @row
  action       TEXT NOT NULL,        -- one of create, update, delete; of sessions also message, tags (with a marker: its removal), archive, terminate @kept
  base_hash    TEXT,                 -- SHA-256 of what could be written of the object before; of a message and a session without a marker: of the ids of those with its text or title; NULL: there was none @dropped
  content_hash TEXT,                 -- the same of what was sent; NULL: a deletion @dropped
  started_at   INTEGER NOT NULL,     -- before the request left; Unix seconds @kept time
  finished_at  INTEGER,              -- when its outcome was known; Unix seconds; NULL: it is not @kept time
  outcome      TEXT,                 -- one of done, refused, not_done (looked for and not found), unclear (looked for, not known); NULL: not known @kept
  detail       TEXT                  -- why, for people; NULL: done @dropped
) STRICT;
CREATE INDEX sync_pushes_open ON sync_pushes (push_id) WHERE outcome IS NULL;
