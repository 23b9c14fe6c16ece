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

CREATE TABLE sync_seen (
  list_id INTEGER NOT NULL,           -- sync_checkpoints.list_id
  key     TEXT NOT NULL,              -- as in sync_changes.key
  walk    INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (list_id, key)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE credential (
  principal_id            TEXT NOT NULL PRIMARY KEY,                             -- service_user_id, user_id or devin_id, by principal_type
  _raw                    TEXT NOT NULL,                                         -- the object as Devin sent it
  _first_synced_at        INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds
  _changed_at             INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds
  _deleted_at             INTEGER,                                               -- when the row was found gone from the server; NULL: alive
  principal_type          TEXT AS (_raw ->> 'principal_type') VIRTUAL,           -- service_user, pat_user, devin_brain, windsurf_session; open set
  org_id                  TEXT AS (_raw ->> 'org_id') VIRTUAL,                   -- the organization; NULL: an enterprise or personal key
  service_user_id         TEXT AS (_raw ->> 'service_user_id') VIRTUAL,
  service_user_name       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'service_user_name') VIRTUAL,
  user_id                 TEXT AS (_raw ->> 'user_id') VIRTUAL,
  user_name               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'user_name') VIRTUAL,
  api_key_id              TEXT AS (_raw ->> 'api_key_id') VIRTUAL,
  api_key_name            TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'api_key_name') VIRTUAL,
  devin_id                TEXT AS (_raw ->> 'devin_id') VIRTUAL,                 -- the session that owns the key
  creator_service_user_id TEXT AS (_raw ->> 'creator_service_user_id') VIRTUAL
);

CREATE TABLE sessions (
  session_id        TEXT NOT NULL PRIMARY KEY,                             -- bare id, without the prefix devin-
  _raw              TEXT NOT NULL,                                         -- the object as Devin sent it
  _first_synced_at  INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds
  _changed_at       INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds
  _deleted_at       INTEGER,                                               -- when the row was found gone from the server; NULL: alive
  org_id            TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization
  status            TEXT AS (_raw ->> 'status') STORED,                    -- new, claimed, running, resuming, suspended, exit, error; open set
  status_detail     TEXT AS (_raw ->> 'status_detail') STORED,             -- working, waiting_for_user, finished, inactivity …; open set
  created_at        INTEGER AS (_raw ->> 'created_at') STORED,             -- Unix seconds, UTC
  updated_at        INTEGER AS (_raw ->> 'updated_at') STORED,             -- Unix seconds, UTC
  acus_consumed     REAL AS (_raw ->> 'acus_consumed') STORED,             -- agent compute units to date; 0 may mean not yet known
  user_id           TEXT AS (_raw ->> 'user_id') STORED,                   -- who started it; 'bot_apk' where a service user did
  service_user_id   TEXT AS (_raw ->> 'service_user_id') VIRTUAL,          -- the service user that started it
  origin            TEXT AS (_raw ->> 'origin') STORED,                    -- webapp, slack, api, scheduled …; open set
  playbook_id       TEXT AS (_raw ->> 'playbook_id') STORED,               -- playbooks.playbook_id
  parent_session_id TEXT AS (_raw ->> 'parent_session_id') STORED,         -- sessions.session_id of the session that started this one
  is_archived       INTEGER AS (_raw ->> 'is_archived') STORED,            -- 1: archived, 0: not, NULL: not said
  title             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'title') VIRTUAL,
  url               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'url') VIRTUAL,  -- address in the web app
  category          TEXT AS (_raw ->> 'category') VIRTUAL,                 -- bug_fixing, feature_development …; NULL while running
  subcategory       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'subcategory') VIRTUAL,
  devin_mode        TEXT AS (_raw ->> 'devin_mode') VIRTUAL,               -- normal, fast, lite, ultra, fusion; open set
  automation_id     TEXT AS (_raw ->> 'automation_id') VIRTUAL,            -- the automation that started it
  is_advanced       INTEGER AS (_raw ->> 'is_advanced') VIRTUAL,           -- 1 or 0; an older field, NULL on newer rows
  tags              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'tags') VIRTUAL,  -- JSON list of text; unfolded in session_tags
  pull_requests     TEXT AS (_raw ->> 'pull_requests') VIRTUAL,            -- JSON list of {pr_url, pr_state}; unfolded in session_pull_requests
  child_session_ids TEXT AS (_raw ->> 'child_session_ids') VIRTUAL,        -- JSON list of ids; unfolded in session_children
  structured_output TEXT AS (_raw ->> 'structured_output') VIRTUAL,        -- JSON object, NULL where the session gave none
  security_profile  TEXT AS (_raw ->> 'security_profile') VIRTUAL,         -- JSON object {selection, profile_id}
  -- Bookkeeping. Until _settles_at the row is read again on a slowing schedule, since not every change of it moves
  -- updated_at; NULL: as long as the session lives. The lists below a session are read again when its _state changes.
  _settles_at INTEGER AS (CASE WHEN _raw ->> 'status' IN ('exit', 'error', 'suspended') THEN coalesce(_raw ->> 'updated_at', _raw ->> 'created_at', 0) + 604800 END) STORED,
  _state TEXT AS (coalesce(_raw ->> 'updated_at', '') || ' ' || coalesce(_raw ->> 'status', '')) STORED
);

CREATE INDEX sessions_by_update ON sessions (org_id, updated_at, session_id, _state, _settles_at, _deleted_at);

CREATE INDEX sessions_by_creation ON sessions (created_at);

CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE VIEW v_sessions AS
SELECT session_id, org_id, title, status, status_detail, acus_consumed, user_id, service_user_id, origin, category,
  subcategory, devin_mode, playbook_id, automation_id, parent_session_id, is_archived, tags, pull_requests, url,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM sessions WHERE _deleted_at IS NULL;

CREATE VIEW session_tags AS
SELECT s.session_id, s.org_id, tag.key AS position, tag.value AS tag
FROM sessions AS s, json_each(s._raw, '$.tags') AS tag WHERE s._deleted_at IS NULL AND tag.type = 'text';

CREATE VIEW session_pull_requests AS
SELECT s.session_id, s.org_id, pr.key AS position, pr.value ->> 'pr_url' AS pr_url, pr.value ->> 'pr_state' AS pr_state
FROM sessions AS s, json_each(s._raw, '$.pull_requests') AS pr
WHERE s._deleted_at IS NULL AND pr.type = 'object';

CREATE VIEW session_children AS
SELECT s.session_id, s.org_id, child.key AS position,
  iif(child.value LIKE 'devin-%', substr(child.value, 7), child.value) AS child_session_id
FROM sessions AS s, json_each(s._raw, '$.child_session_ids') AS child
WHERE s._deleted_at IS NULL AND child.type = 'text';

CREATE TABLE session_insights (
  session_id         TEXT NOT NULL PRIMARY KEY,                             -- bare id, without the prefix devin-
  _raw               TEXT NOT NULL,                                         -- the object as Devin sent it
  _first_synced_at   INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds
  _changed_at        INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds
  _deleted_at        INTEGER,                                               -- when the row was found gone from the server; NULL: alive
  org_id             TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization
  status             TEXT AS (_raw ->> 'status') STORED,                    -- new, claimed, running, resuming, suspended, exit, error; open set
  status_detail      TEXT AS (_raw ->> 'status_detail') VIRTUAL,            -- working, waiting_for_user, finished, inactivity …; open set
  created_at         INTEGER AS (_raw ->> 'created_at') STORED,             -- Unix seconds, UTC
  updated_at         INTEGER AS (_raw ->> 'updated_at') STORED,             -- Unix seconds, UTC
  acus_consumed      REAL AS (_raw ->> 'acus_consumed') VIRTUAL,            -- agent compute units to date; 0 may mean not yet known
  user_id            TEXT AS (_raw ->> 'user_id') VIRTUAL,                  -- who started it; 'bot_apk' where a service user did
  service_user_id    TEXT AS (_raw ->> 'service_user_id') VIRTUAL,          -- the service user that started it
  origin             TEXT AS (_raw ->> 'origin') VIRTUAL,                   -- webapp, slack, api, scheduled …; open set
  playbook_id        TEXT AS (_raw ->> 'playbook_id') VIRTUAL,              -- playbooks.playbook_id
  parent_session_id  TEXT AS (_raw ->> 'parent_session_id') VIRTUAL,        -- sessions.session_id of the session that started this one
  is_archived        INTEGER AS (_raw ->> 'is_archived') VIRTUAL,           -- 1: archived, 0: not, NULL: not said
  title              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'title') VIRTUAL,
  url                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'url') VIRTUAL,  -- address in the web app
  category           TEXT AS (_raw ->> 'category') VIRTUAL,                 -- bug_fixing, feature_development …; NULL while running
  subcategory        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'subcategory') VIRTUAL,
  devin_mode         TEXT AS (_raw ->> 'devin_mode') VIRTUAL,               -- normal, fast, lite, ultra, fusion; open set
  automation_id      TEXT AS (_raw ->> 'automation_id') VIRTUAL,            -- the automation that started it
  is_advanced        INTEGER AS (_raw ->> 'is_advanced') VIRTUAL,           -- 1 or 0; an older field, NULL on newer rows
  tags               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'tags') VIRTUAL,  -- JSON list of text; unfolded in session_tags
  pull_requests      TEXT AS (_raw ->> 'pull_requests') VIRTUAL,            -- JSON list of {pr_url, pr_state}; unfolded in session_pull_requests
  child_session_ids  TEXT AS (_raw ->> 'child_session_ids') VIRTUAL,        -- JSON list of ids; unfolded in session_children
  structured_output  TEXT AS (_raw ->> 'structured_output') VIRTUAL,        -- JSON object, NULL where the session gave none
  security_profile   TEXT AS (_raw ->> 'security_profile') VIRTUAL,         -- JSON object {selection, profile_id}
  num_user_messages  INTEGER AS (_raw ->> 'num_user_messages') VIRTUAL,     -- messages people wrote
  num_devin_messages INTEGER AS (_raw ->> 'num_devin_messages') VIRTUAL,    -- messages Devin wrote
  session_size       TEXT AS (_raw ->> 'session_size') STORED,              -- xs, s, m, l, xl
  analysis_status    TEXT AS (_raw ->> 'analysis_status') STORED,           -- completed; NULL before an analysis; open set
  analysis           TEXT AS (_raw ->> 'analysis') VIRTUAL,                 -- JSON object: issues, timeline, action_items, classification, note_usage, suggested_prompt
  -- Bookkeeping. Until _settles_at the row is read again on a slowing schedule, since not every change of it moves
  -- updated_at; NULL: as long as the session lives. The lists below a session are read again when its _state changes.
  _settles_at INTEGER AS (CASE WHEN _raw ->> 'status' IN ('exit', 'error', 'suspended') THEN coalesce(_raw ->> 'updated_at', _raw ->> 'created_at', 0) + iif(_raw ->> 'analysis_status' IS NULL, 2592000, 604800) END) STORED,
  _state TEXT AS (coalesce(_raw ->> 'updated_at', '') || ' ' || coalesce(_raw ->> 'status', '')) STORED
);

CREATE INDEX session_insights_by_update ON session_insights (org_id, updated_at, session_id, _settles_at, _deleted_at);

CREATE VIEW v_session_insights AS
SELECT session_id, org_id, num_user_messages, num_devin_messages, session_size, analysis_status,
  analysis ->> '$.classification.category' AS classified_as,
  analysis ->> '$.classification.confidence' AS confidence,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM session_insights WHERE _deleted_at IS NULL;

CREATE VIEW session_issues AS
SELECT s.session_id, s.org_id, issue.value ->> 'id' AS issue_id, issue.value ->> 'label' AS label,
  issue.value ->> 'impact' AS impact, issue.value ->> 'title' AS title, issue.value ->> 'issue' AS issue
FROM session_insights AS s, json_each(s._raw, '$.analysis.issues') AS issue
WHERE s._deleted_at IS NULL AND issue.type = 'object';

CREATE TABLE session_messages (
  session_id       TEXT NOT NULL,                                         -- the session: sessions.session_id
  event_id         TEXT NOT NULL,                                         -- Devin's id of the message
  org_id           TEXT NOT NULL,                                         -- the organization
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds
  _deleted_at      INTEGER,                                               -- when the row was found gone from the server; NULL: alive
  source           TEXT AS (_raw ->> 'source') VIRTUAL,                   -- devin or user
  created_at       INTEGER AS (_raw ->> 'created_at') VIRTUAL,            -- Unix seconds, UTC
  message          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'message') VIRTUAL,  -- the text; files appear in it as ATTACHMENT:{…}
  PRIMARY KEY (session_id, event_id)
);

CREATE VIEW v_session_messages AS
SELECT session_id, event_id, org_id, source, message,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM session_messages WHERE _deleted_at IS NULL;

CREATE TABLE session_attachments (
  session_id       TEXT NOT NULL,                                         -- the session: sessions.session_id
  attachment_id    TEXT NOT NULL,                                         -- Devin's id of the attachment
  org_id           TEXT NOT NULL,                                         -- the organization
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds
  _deleted_at      INTEGER,                                               -- when the row was found gone from the server; NULL: alive
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- file name
  url              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'url') VIRTUAL,  -- address of the file; asks for the key
  source           TEXT AS (_raw ->> 'source') VIRTUAL,                   -- devin or user
  content_type     TEXT AS (_raw ->> 'content_type') VIRTUAL,             -- MIME type, NULL: not known
  PRIMARY KEY (session_id, attachment_id)
);

CREATE TABLE playbooks (
  playbook_id              TEXT NOT NULL PRIMARY KEY,
  _raw                     TEXT NOT NULL,                                         -- the object as Devin sent it
  _first_synced_at         INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds
  _changed_at              INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds
  _deleted_at              INTEGER,                                               -- when the row was found gone from the server; NULL: alive
  org_id                   TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization; NULL: shared by the enterprise
  access_type              TEXT AS (_raw ->> 'access_type') STORED,               -- org or enterprise
  title                    TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'title') VIRTUAL,
  macro                    TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'macro') VIRTUAL,  -- short name that people type to use it
  body                     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'body') VIRTUAL,  -- the instructions
  created_by               TEXT AS (_raw ->> 'created_by') VIRTUAL,               -- user id
  updated_by               TEXT AS (_raw ->> 'updated_by') VIRTUAL,               -- user id
  created_at               INTEGER AS (_raw ->> 'created_at') VIRTUAL,            -- Unix seconds, UTC
  updated_at               INTEGER AS (_raw ->> 'updated_at') STORED,             -- Unix seconds, UTC
  structured_output_schema TEXT AS (_raw ->> 'structured_output_schema') VIRTUAL  -- JSON object, NULL: none
);

CREATE VIEW v_playbooks AS
SELECT playbook_id, org_id, access_type, title, macro, body, created_by, updated_by,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM playbooks WHERE _deleted_at IS NULL;

CREATE TABLE knowledge_notes (
  note_id          TEXT NOT NULL PRIMARY KEY,
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds
  _deleted_at      INTEGER,                                               -- when the row was found gone from the server; NULL: alive
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization; NULL: shared by the enterprise
  access_type      TEXT AS (_raw ->> 'access_type') STORED,               -- org or enterprise
  folder_id        TEXT AS (_raw ->> 'folder_id') STORED,                 -- knowledge_folders.folder_id; NULL: at the root
  folder_path      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'folder_path') VIRTUAL,  -- path of that folder
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,
  body             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'body') VIRTUAL,  -- the text Devin reads
  trigger          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'trigger') VIRTUAL,  -- when Devin is to read it
  is_enabled       INTEGER AS (_raw ->> 'is_enabled') STORED,             -- 1 or 0
  macro            TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'macro') VIRTUAL,  -- short name that people type to use it
  pinned_repo      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'pinned_repo') VIRTUAL,  -- repository it is pinned to; NULL: none
  created_at       INTEGER AS (_raw ->> 'created_at') VIRTUAL,            -- Unix seconds, UTC
  updated_at       INTEGER AS (_raw ->> 'updated_at') STORED              -- Unix seconds, UTC
);

CREATE VIEW v_knowledge_notes AS
SELECT note_id, org_id, access_type, folder_path, name, "trigger", body, is_enabled, macro, pinned_repo,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM knowledge_notes WHERE _deleted_at IS NULL;

CREATE TABLE knowledge_folders (
  folder_id        TEXT NOT NULL PRIMARY KEY,
  org_id           TEXT NOT NULL,                                         -- the organization it was listed under
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds
  _deleted_at      INTEGER,                                               -- when the row was found gone from the server; NULL: alive
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,
  path             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'path') VIRTUAL,  -- names from the root, with slashes
  parent_folder_id TEXT AS (_raw ->> 'parent_folder_id') VIRTUAL,         -- NULL: at the root
  note_count       INTEGER AS (_raw ->> 'note_count') VIRTUAL             -- notes directly in it
);

CREATE TABLE secrets (
  secret_id        TEXT NOT NULL PRIMARY KEY,                             -- a changed secret is a new id
  org_id           TEXT NOT NULL,                                         -- the organization it was listed under
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds
  _deleted_at      INTEGER,                                               -- when the row was found gone from the server; NULL: alive
  key              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'key') VIRTUAL,  -- the name under which sessions see it
  note             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'note') VIRTUAL,
  is_sensitive     INTEGER AS (_raw ->> 'is_sensitive') VIRTUAL,          -- 1 or 0
  secret_type      TEXT AS (_raw ->> 'secret_type') VIRTUAL,              -- cookie, key-value, totp
  access_type      TEXT AS (_raw ->> 'access_type') VIRTUAL,              -- org or personal
  created_by       TEXT AS (_raw ->> 'created_by') VIRTUAL,               -- user id
  updated_by       TEXT AS (_raw ->> 'updated_by') VIRTUAL,               -- user id, NULL: never changed
  created_at       INTEGER AS (_raw ->> 'created_at') VIRTUAL,            -- Unix seconds, UTC
  updated_at       INTEGER AS (_raw ->> 'updated_at') VIRTUAL             -- Unix seconds, UTC; NULL: never changed
);

CREATE VIEW v_secrets AS
SELECT secret_id, org_id, "key", note, secret_type, access_type, is_sensitive, created_by, updated_by,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM secrets WHERE _deleted_at IS NULL;

CREATE TABLE schedules (
  scheduled_session_id TEXT NOT NULL PRIMARY KEY,                             -- the schedule's id
  _raw                 TEXT NOT NULL,                                         -- the object as Devin sent it
  _first_synced_at     INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds
  _changed_at          INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds
  _deleted_at          INTEGER,                                               -- when the row was found gone from the server; NULL: alive
  org_id               TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,
  prompt               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'prompt') VIRTUAL,  -- what Devin is told
  enabled              INTEGER AS (_raw ->> 'enabled') STORED,                -- 1 or 0
  schedule_type        TEXT AS (_raw ->> 'schedule_type') VIRTUAL,            -- recurring or one_time; NULL: recurring
  frequency            TEXT AS (_raw ->> 'frequency') VIRTUAL,                -- cron expression; unused for one_time
  interval_count       INTEGER AS (_raw ->> 'interval_count') VIRTUAL,        -- every how many periods; NULL: 1
  scheduled_at         TEXT AS (_raw ->> 'scheduled_at') VIRTUAL,             -- ISO 8601 text; NULL: recurring
  playbook             TEXT AS (_raw ->> 'playbook') VIRTUAL,                 -- JSON object {playbook_id, title}; NULL: none
  agent                TEXT AS (_raw ->> 'agent') VIRTUAL,                    -- devin, data_analyst …; open set
  notify_on            TEXT AS (_raw ->> 'notify_on') VIRTUAL,                -- always, failure, never
  bypass_approval      INTEGER AS (_raw ->> 'bypass_approval') VIRTUAL,       -- 1 or 0; NULL: 0
  platform             TEXT AS (_raw ->> 'platform') VIRTUAL,
  tags                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'tags') VIRTUAL,  -- JSON list of text
  slack_channel_id     TEXT AS (_raw ->> 'slack_channel_id') VIRTUAL,
  slack_team_id        TEXT AS (_raw ->> 'slack_team_id') VIRTUAL,
  target_devin_id      TEXT AS (_raw ->> 'target_devin_id') VIRTUAL,          -- the session it writes to; NULL: a new one each time
  created_by           TEXT AS (_raw ->> 'created_by') VIRTUAL,               -- user id or bot_apk
  last_edited_by       TEXT AS (_raw ->> 'last_edited_by') VIRTUAL,           -- user id
  created_at           TEXT AS (_raw ->> 'created_at') VIRTUAL,               -- ISO 8601 text
  updated_at           TEXT AS (_raw ->> 'updated_at') STORED,                -- ISO 8601 text
  last_executed_at     TEXT AS (_raw ->> 'last_executed_at') VIRTUAL,         -- ISO 8601 text; NULL: never
  last_error_at        TEXT AS (_raw ->> 'last_error_at') VIRTUAL,            -- ISO 8601 text; NULL: never
  last_error_message   TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'last_error_message') VIRTUAL,
  consecutive_failures INTEGER AS (_raw ->> 'consecutive_failures') VIRTUAL   -- failed runs since the last good one
);

CREATE VIEW v_schedules AS
SELECT scheduled_session_id, org_id, name, prompt, enabled, schedule_type, frequency, interval_count, scheduled_at,
  playbook ->> 'playbook_id' AS playbook_id, playbook ->> 'title' AS playbook_title, tags, created_by, created_at, updated_at,
  last_executed_at, last_error_at, last_error_message, consecutive_failures
FROM schedules WHERE _deleted_at IS NULL;
