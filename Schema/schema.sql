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
, principal TEXT /* whose key: kind and id according to GET /v3/self; NULL: not known @tokens */, command TEXT NOT NULL DEFAULT 'sync' /* sync; verify for one that repaired; push for one that wrote to Devin @kept */, requested TEXT
  /* JSON list: the resources of a run that named none; NULL: it was restricted to some @[kept] */) STRICT;

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
  refused_status INTEGER, principal TEXT /* whose key walked it last; NULL: not known @tokens */, principal_walk INTEGER NOT NULL DEFAULT 0
  /* the first walk of that principal since another one's: what only earlier walks saw, it may have no sight of @kept */, held_back INTEGER NOT NULL DEFAULT 0
  /* rows that the newest walk missed and that were not marked as deleted: too many, or seen with another key @kept */, as_of INTEGER
  /* the server's time when the last complete walk began: what was changed before is in the rows; NULL: not known @kept */, pending_version INTEGER
  /* sync_pending.version when the newest walk began; NULL: the list was not in the ledger @kept */, superseded_at INTEGER
  /* of an organization's list: when the enterprise's, which holds the same rows, was read in its place; NULL: not since it was last read itself @kept */, refresh_interval INTEGER
  /* seconds that the list may be old: it came back unchanged, and is read again within them; NULL: every run reads it @kept */, refused_at INTEGER
  /* when the list was last refused, where it never could be read; NULL: never @kept */,             -- 403 or 404 when the last attempt was refused; NULL: it was not @kept
  UNIQUE (org_id, resource, parent)
) STRICT;

CREATE TABLE sync_seen (
  list_id INTEGER NOT NULL,           -- sync_checkpoints.list_id @kept
  key     TEXT NOT NULL,              -- as in sync_changes.key @item
  walk    INTEGER NOT NULL,  -- @kept
  seen_at INTEGER NOT NULL,  -- @kept
  PRIMARY KEY (list_id, key)
) STRICT, WITHOUT ROWID;

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
  retry_at         INTEGER NOT NULL, interval_start INTEGER
  /* of an item in a list that goes by time: where its span begins; NULL: it does not @kept */,  -- 0: in the next run @kept
  PRIMARY KEY (org_id, resource, parent, item)
) STRICT;

CREATE TABLE credential (
  principal_id            TEXT NOT NULL PRIMARY KEY,                             -- service_user_id, user_id or devin_id, by principal_type @kept
  _raw                    TEXT NOT NULL,                                         -- the object as Devin sent it @columns object
  _first_synced_at        INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at             INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at             INTEGER,                                               -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  principal_type          TEXT AS (_raw ->> 'principal_type') VIRTUAL,           -- open set @kept one_of(service_user, pat_user, devin_brain, windsurf_session)
  org_id                  TEXT AS (_raw ->> 'org_id') VIRTUAL,                   -- the organization; NULL: an enterprise or personal key @kept
  service_user_id         TEXT AS (_raw ->> 'service_user_id') VIRTUAL,  -- @kept
  service_user_name       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'service_user_name') VIRTUAL,  -- @person(service_user_id)
  user_id                 TEXT AS (_raw ->> 'user_id') VIRTUAL,  -- @kept
  user_name               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'user_name') VIRTUAL,  -- @person(user_id)
  api_key_id              TEXT AS (_raw ->> 'api_key_id') VIRTUAL,  -- @kept
  api_key_name            TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'api_key_name') VIRTUAL,  -- @name
  devin_id                TEXT AS (_raw ->> 'devin_id') VIRTUAL,                 -- the session that owns the key @kept
  creator_service_user_id TEXT AS (_raw ->> 'creator_service_user_id') VIRTUAL  -- @kept
);

CREATE TABLE sessions (
  session_id        TEXT NOT NULL PRIMARY KEY,                             -- bare id, without the prefix devin- @kept
  _raw              TEXT NOT NULL,                                         -- the object as Devin sent it @columns object
  _first_synced_at  INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at       INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at       INTEGER,                                               -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  org_id            TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization @kept
  status            TEXT AS (_raw ->> 'status') STORED,                    -- open set @kept one_of(new, claimed, running, exit, error, suspended, resuming)
  status_detail     TEXT AS (_raw ->> 'status_detail') STORED,             -- open set @kept one_of(working, waiting_for_user, waiting_for_approval, finished, inactivity, user_request, usage_limit_exceeded, out_of_credits, out_of_quota, no_quota_allocation, payment_declined, org_usage_limit_exceeded, user_usage_limit_exceeded, total_session_limit_exceeded, contract_expired, error)
  created_at        INTEGER AS (_raw ->> 'created_at') STORED,             -- Unix seconds, UTC @kept time
  updated_at        INTEGER AS (_raw ->> 'updated_at') STORED,             -- Unix seconds, UTC @kept time
  acus_consumed     REAL AS (_raw ->> 'acus_consumed') STORED,             -- agent compute units to date; 0 may mean not yet known @kept
  user_id           TEXT AS (_raw ->> 'user_id') STORED,                   -- who started it; 'bot_apk' where a service user did @kept
  service_user_id   TEXT AS (_raw ->> 'service_user_id') VIRTUAL,          -- the service user that started it @kept
  origin            TEXT AS (_raw ->> 'origin') STORED,                    -- open set @kept one_of(webapp, slack, teams, api, linear, jira, scheduled, automation, cli, desktop, code_scan, other)
  playbook_id       TEXT AS (_raw ->> 'playbook_id') STORED,               -- playbooks.playbook_id @kept
  parent_session_id TEXT AS (_raw ->> 'parent_session_id') STORED,         -- sessions.session_id of the session that started this one @kept
  is_archived       INTEGER AS (_raw ->> 'is_archived') STORED,            -- 1: archived, 0: not, NULL: not reported @kept
  title             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'title') VIRTUAL,  -- @text
  url               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'url') VIRTUAL,  -- address in the web app @url
  category          TEXT AS (_raw ->> 'category') VIRTUAL,                 -- open set; NULL while running @kept one_of(bug_fixing, ci_cd_and_devops, code_quality_and_security, code_review, code_review_and_analysis, data_and_automation, documentation_and_content, feature_development, migrations_and_upgrades, other, production_investigation, refactoring_and_optimization, research_and_exploration, security, unit_test_generation)
  subcategory       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'subcategory') VIRTUAL,  -- @name
  devin_mode        TEXT AS (_raw ->> 'devin_mode') VIRTUAL,               -- open set @kept one_of(normal, fast, lite, ultra, fusion)
  automation_id     TEXT AS (_raw ->> 'automation_id') VIRTUAL,            -- the automation that started it @kept
  is_advanced       INTEGER AS (_raw ->> 'is_advanced') VIRTUAL,           -- 1 or 0; an older field, NULL on newer rows @kept
  tags              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'tags') VIRTUAL,  -- JSON list of text; unfolded in session_tags @[name]
  pull_requests     TEXT AS (_raw ->> 'pull_requests') VIRTUAL,            -- JSON list of {pr_url, pr_state}; unfolded in session_pull_requests @[{pr_url: url, pr_state: kept}]
  child_session_ids TEXT AS (_raw ->> 'child_session_ids') VIRTUAL,        -- JSON list of ids; unfolded in session_children @[kept]
  structured_output TEXT AS (_raw ->> 'structured_output') VIRTUAL,        -- JSON object, NULL where the session gave none @text object
  security_profile  TEXT AS (_raw ->> 'security_profile') VIRTUAL,         -- JSON object {selection, profile_id} @{selection: kept, profile_id: kept}
  -- Bookkeeping. Until _settles_at the row is read again on a slowing schedule, since not every change of it moves
  -- updated_at; NULL: as long as the session lives. The lists below a session are read again when its _state changes.
  _settles_at INTEGER AS (CASE WHEN _raw ->> 'status' IN ('exit', 'error', 'suspended') THEN coalesce(_raw ->> 'updated_at', _raw ->> 'created_at', 0) + 604800 END) STORED,  -- @kept
  _state TEXT AS (coalesce(_raw ->> 'updated_at', '') || ' ' || coalesce(_raw ->> 'status', '')) STORED  -- @kept
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

CREATE VIEW session_pull_requests AS
SELECT s.session_id, s.org_id, pr.key AS position, pr.value ->> 'pr_url' AS pr_url, pr.value ->> 'pr_state' AS pr_state
FROM sessions AS s, json_each(s._raw, '$.pull_requests') AS pr
WHERE s._deleted_at IS NULL AND pr.type = 'object';

CREATE TABLE session_insights (
  session_id         TEXT NOT NULL PRIMARY KEY,                             -- bare id, without the prefix devin- @kept
  _raw               TEXT NOT NULL,                                         -- the object as Devin sent it @columns object
  _first_synced_at   INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at        INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at        INTEGER,                                               -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  org_id             TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization @kept
  status             TEXT AS (_raw ->> 'status') STORED,                    -- open set @kept one_of(new, claimed, running, exit, error, suspended, resuming)
  status_detail      TEXT AS (_raw ->> 'status_detail') VIRTUAL,            -- open set @kept one_of(working, waiting_for_user, waiting_for_approval, finished, inactivity, user_request, usage_limit_exceeded, out_of_credits, out_of_quota, no_quota_allocation, payment_declined, org_usage_limit_exceeded, user_usage_limit_exceeded, total_session_limit_exceeded, contract_expired, error)
  created_at         INTEGER AS (_raw ->> 'created_at') STORED,             -- Unix seconds, UTC @kept time
  updated_at         INTEGER AS (_raw ->> 'updated_at') STORED,             -- Unix seconds, UTC @kept time
  acus_consumed      REAL AS (_raw ->> 'acus_consumed') VIRTUAL,            -- agent compute units to date; 0 may mean not yet known @kept
  user_id            TEXT AS (_raw ->> 'user_id') VIRTUAL,                  -- who started it; 'bot_apk' where a service user did @kept
  service_user_id    TEXT AS (_raw ->> 'service_user_id') VIRTUAL,          -- the service user that started it @kept
  origin             TEXT AS (_raw ->> 'origin') VIRTUAL,                   -- open set @kept one_of(webapp, slack, teams, api, linear, jira, scheduled, automation, cli, desktop, code_scan, other)
  playbook_id        TEXT AS (_raw ->> 'playbook_id') VIRTUAL,              -- playbooks.playbook_id @kept
  parent_session_id  TEXT AS (_raw ->> 'parent_session_id') VIRTUAL,        -- sessions.session_id of the session that started this one @kept
  is_archived        INTEGER AS (_raw ->> 'is_archived') VIRTUAL,           -- 1: archived, 0: not, NULL: not reported @kept
  title              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'title') VIRTUAL,  -- @text
  url                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'url') VIRTUAL,  -- address in the web app @url
  category           TEXT AS (_raw ->> 'category') VIRTUAL,                 -- open set; NULL while running @kept one_of(bug_fixing, ci_cd_and_devops, code_quality_and_security, code_review, code_review_and_analysis, data_and_automation, documentation_and_content, feature_development, migrations_and_upgrades, other, production_investigation, refactoring_and_optimization, research_and_exploration, security, unit_test_generation)
  subcategory        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'subcategory') VIRTUAL,  -- @name
  devin_mode         TEXT AS (_raw ->> 'devin_mode') VIRTUAL,               -- open set @kept one_of(normal, fast, lite, ultra, fusion)
  automation_id      TEXT AS (_raw ->> 'automation_id') VIRTUAL,            -- the automation that started it @kept
  is_advanced        INTEGER AS (_raw ->> 'is_advanced') VIRTUAL,           -- 1 or 0; an older field, NULL on newer rows @kept
  tags               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'tags') VIRTUAL,  -- JSON list of text; unfolded in session_tags @[name]
  pull_requests      TEXT AS (_raw ->> 'pull_requests') VIRTUAL,            -- JSON list of {pr_url, pr_state}; unfolded in session_pull_requests @[{pr_url: url, pr_state: kept}]
  child_session_ids  TEXT AS (_raw ->> 'child_session_ids') VIRTUAL,        -- JSON list of ids; unfolded in session_children @[kept]
  structured_output  TEXT AS (_raw ->> 'structured_output') VIRTUAL,        -- JSON object, NULL where the session gave none @text object
  security_profile   TEXT AS (_raw ->> 'security_profile') VIRTUAL,         -- JSON object {selection, profile_id} @{selection: kept, profile_id: kept}
  num_user_messages  INTEGER AS (_raw ->> 'num_user_messages') VIRTUAL,     -- messages people wrote @kept
  num_devin_messages INTEGER AS (_raw ->> 'num_devin_messages') VIRTUAL,    -- messages Devin wrote @kept
  session_size       TEXT AS (_raw ->> 'session_size') STORED,              -- open set @kept one_of(xs, s, m, l, xl)
  analysis_status    TEXT AS (_raw ->> 'analysis_status') STORED,           -- completed; NULL before an analysis; open set @kept
  analysis           TEXT AS (_raw ->> 'analysis') VIRTUAL,                 -- JSON object: issues, timeline, action_items, classification, note_usage, suggested_prompt @{issues: [{id: kept, label: kept, impact: kept, title: text, issue: text}], timeline: [{color: kept, issue_id: kept, title: text, description: text}], action_items: [{type: kept, issue_id: kept, action_item: text}], classification: {category: kept, confidence: kept, programming_languages: [kept], tools_and_frameworks: [name]}, note_usage: {good_usages: [{note_id: kept, message: text, reason: text}], bad_usages: [{note_id: kept, message: text, reason: text}]}, suggested_prompt: {original_prompt: text, suggested_prompt: text}}
  -- Bookkeeping. Until _settles_at the row is read again on a slowing schedule, since not every change of it moves
  -- updated_at; NULL: as long as the session lives. The lists below a session are read again when its _state changes.
  _settles_at INTEGER AS (CASE WHEN _raw ->> 'status' IN ('exit', 'error', 'suspended') THEN coalesce(_raw ->> 'updated_at', _raw ->> 'created_at', 0) + iif(_raw ->> 'analysis_status' IS NULL, 2592000, 604800) END) STORED,  -- @kept
  _state TEXT AS (coalesce(_raw ->> 'updated_at', '') || ' ' || coalesce(_raw ->> 'status', '')) STORED  -- @kept
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
  session_id       TEXT NOT NULL,                                         -- the session: sessions.session_id @kept
  event_id         TEXT NOT NULL,                                         -- Devin's id of the message @kept
  org_id           TEXT NOT NULL,                                         -- the organization @kept
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                               -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  source           TEXT AS (_raw ->> 'source') VIRTUAL,                   -- open set @kept one_of(devin, user)
  created_at       INTEGER AS (_raw ->> 'created_at') VIRTUAL,            -- Unix seconds, UTC @kept time
  message          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'message') VIRTUAL,  -- the text; files appear in it as ATTACHMENT:{…} @text
  PRIMARY KEY (session_id, event_id)
);

CREATE VIEW v_session_messages AS
SELECT session_id, event_id, org_id, source, message,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM session_messages WHERE _deleted_at IS NULL;

CREATE TABLE session_attachments (
  session_id       TEXT NOT NULL,                                         -- the session: sessions.session_id @kept
  attachment_id    TEXT NOT NULL,                                         -- Devin's id of the attachment @kept
  org_id           TEXT NOT NULL,                                         -- the organization @kept
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                               -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- file name @text
  url              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'url') VIRTUAL,  -- address of the file; asks for the key @url
  source           TEXT AS (_raw ->> 'source') VIRTUAL,                   -- open set @kept one_of(devin, user)
  content_type     TEXT AS (_raw ->> 'content_type') VIRTUAL,             -- MIME type, NULL: not known @kept
  PRIMARY KEY (session_id, attachment_id)
);

CREATE TABLE playbooks (
  playbook_id              TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw                     TEXT NOT NULL,                                         -- the object as Devin sent it @columns object
  _first_synced_at         INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at              INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at              INTEGER,                                               -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  org_id                   TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization; NULL: shared by the enterprise @kept
  access_type              TEXT AS (_raw ->> 'access_type') STORED,               -- open set @kept one_of(enterprise, org)
  title                    TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'title') VIRTUAL,  -- @text
  macro                    TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'macro') VIRTUAL,  -- short name that people type to use it @name
  body                     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'body') VIRTUAL,  -- the instructions @text
  created_by               TEXT AS (_raw ->> 'created_by') VIRTUAL,               -- user id @kept
  updated_by               TEXT AS (_raw ->> 'updated_by') VIRTUAL,               -- user id @kept
  created_at               INTEGER AS (_raw ->> 'created_at') VIRTUAL,            -- Unix seconds, UTC @kept time
  updated_at               INTEGER AS (_raw ->> 'updated_at') STORED,             -- Unix seconds, UTC @kept time
  structured_output_schema TEXT AS (_raw ->> 'structured_output_schema') VIRTUAL  -- JSON object, NULL: none @text object
);

CREATE VIEW v_playbooks AS
SELECT playbook_id, org_id, access_type, title, macro, body, created_by, updated_by,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM playbooks WHERE _deleted_at IS NULL;

CREATE TABLE knowledge_notes (
  note_id          TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                               -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization; NULL: shared by the enterprise @kept
  access_type      TEXT AS (_raw ->> 'access_type') STORED,               -- open set @kept one_of(enterprise, org)
  folder_id        TEXT AS (_raw ->> 'folder_id') STORED,                 -- knowledge_folders.folder_id; NULL: at the root @kept
  folder_path      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'folder_path') VIRTUAL,  -- path of that folder @path
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  body             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'body') VIRTUAL,  -- the text Devin reads @text
  trigger          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'trigger') VIRTUAL,  -- when Devin is to read it @text
  is_enabled       INTEGER AS (_raw ->> 'is_enabled') STORED,             -- 1 or 0 @kept
  macro            TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'macro') VIRTUAL,  -- short name that people type to use it @name
  pinned_repo      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'pinned_repo') VIRTUAL,  -- repository it is pinned to; NULL: none @path
  created_at       INTEGER AS (_raw ->> 'created_at') VIRTUAL,            -- Unix seconds, UTC @kept time
  updated_at       INTEGER AS (_raw ->> 'updated_at') STORED              -- Unix seconds, UTC @kept time
);

CREATE VIEW v_knowledge_notes AS
SELECT note_id, org_id, access_type, folder_path, name, "trigger", body, is_enabled, macro, pinned_repo,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM knowledge_notes WHERE _deleted_at IS NULL;

CREATE TABLE secrets (
  secret_id        TEXT NOT NULL PRIMARY KEY,                             -- a changed secret is a new id @kept
  org_id           TEXT NOT NULL,                                         -- the organization it was listed under @kept
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                               -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  key              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'key') VIRTUAL,  -- the name under which sessions see it @name
  note             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'note') VIRTUAL,  -- @text
  is_sensitive     INTEGER AS (_raw ->> 'is_sensitive') VIRTUAL,          -- 1 or 0 @kept
  secret_type      TEXT AS (_raw ->> 'secret_type') VIRTUAL,              -- open set @kept one_of(cookie, key-value, totp)
  access_type      TEXT AS (_raw ->> 'access_type') VIRTUAL,              -- open set @kept one_of(org, personal)
  created_by       TEXT AS (_raw ->> 'created_by') VIRTUAL,               -- user id @kept
  updated_by       TEXT AS (_raw ->> 'updated_by') VIRTUAL,               -- user id, NULL: never changed @kept
  created_at       INTEGER AS (_raw ->> 'created_at') VIRTUAL,            -- Unix seconds, UTC @kept time
  updated_at       INTEGER AS (_raw ->> 'updated_at') VIRTUAL             -- Unix seconds, UTC; NULL: never changed @kept time
);

CREATE VIEW v_secrets AS
SELECT secret_id, org_id, "key", note, secret_type, access_type, is_sensitive, created_by, updated_by,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM secrets WHERE _deleted_at IS NULL;

CREATE TABLE schedules (
  scheduled_session_id TEXT NOT NULL PRIMARY KEY,                             -- the schedule's id @kept
  _raw                 TEXT NOT NULL,                                         -- the object as Devin sent it @columns object
  _first_synced_at     INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at          INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at          INTEGER,                                               -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  org_id               TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization @kept
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  prompt               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'prompt') VIRTUAL,  -- the task for Devin @text
  enabled              INTEGER AS (_raw ->> 'enabled') STORED,                -- 1 or 0 @kept
  schedule_type        TEXT AS (_raw ->> 'schedule_type') VIRTUAL,            -- open set; NULL: recurring @kept one_of(recurring, one_time)
  frequency            TEXT AS (_raw ->> 'frequency') VIRTUAL,                -- cron expression; unused for one_time @cron
  interval_count       INTEGER AS (_raw ->> 'interval_count') VIRTUAL,        -- every how many periods; NULL: 1 @kept
  scheduled_at         TEXT AS (_raw ->> 'scheduled_at') VIRTUAL,             -- ISO 8601 text; NULL: recurring @kept
  playbook             TEXT AS (_raw ->> 'playbook') VIRTUAL,                 -- JSON object {playbook_id, title}; NULL: none @{playbook_id: kept, title: text}
  agent                TEXT AS (_raw ->> 'agent') VIRTUAL,                    -- open set @kept one_of(devin, data_analyst, advanced)
  notify_on            TEXT AS (_raw ->> 'notify_on') VIRTUAL,                -- open set @kept one_of(always, failure, never)
  bypass_approval      INTEGER AS (_raw ->> 'bypass_approval') VIRTUAL,       -- 1 or 0; NULL: 0 @kept
  platform             TEXT AS (_raw ->> 'platform') VIRTUAL,  -- @kept
  tags                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'tags') VIRTUAL,  -- JSON list of text @[name]
  slack_channel_id     TEXT AS (_raw ->> 'slack_channel_id') VIRTUAL,  -- @kept
  slack_team_id        TEXT AS (_raw ->> 'slack_team_id') VIRTUAL,  -- @kept
  target_devin_id      TEXT AS (_raw ->> 'target_devin_id') VIRTUAL,          -- the session it writes to; NULL: a new one each time @kept
  created_by           TEXT AS (_raw ->> 'created_by') VIRTUAL,               -- user id or bot_apk @kept
  last_edited_by       TEXT AS (_raw ->> 'last_edited_by') VIRTUAL,           -- user id @kept
  created_at           TEXT AS (_raw ->> 'created_at') VIRTUAL,               -- ISO 8601 text @kept
  updated_at           TEXT AS (_raw ->> 'updated_at') STORED,                -- ISO 8601 text @kept
  last_executed_at     TEXT AS (_raw ->> 'last_executed_at') VIRTUAL,         -- ISO 8601 text; NULL: never @kept
  last_error_at        TEXT AS (_raw ->> 'last_error_at') VIRTUAL,            -- ISO 8601 text; NULL: never @kept
  last_error_message   TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'last_error_message') VIRTUAL,  -- @text
  consecutive_failures INTEGER AS (_raw ->> 'consecutive_failures') VIRTUAL   -- failed runs since the last good one @kept
);

CREATE VIEW v_schedules AS
SELECT scheduled_session_id, org_id, name, prompt, enabled, schedule_type, frequency, interval_count, scheduled_at,
  playbook ->> 'playbook_id' AS playbook_id, playbook ->> 'title' AS playbook_title, tags, created_by, created_at, updated_at,
  last_executed_at, last_error_at, last_error_message, consecutive_failures
FROM schedules WHERE _deleted_at IS NULL;

CREATE TABLE sync_intervals (
  list_id   INTEGER NOT NULL,         -- sync_checkpoints.list_id @kept
  starts_at INTEGER NOT NULL,  -- @kept
  ends_at   INTEGER NOT NULL,         -- exclusive; the newest span ends when it was read @kept
  read_at   INTEGER NOT NULL,         -- when it was last read completely, by this machine's clock @kept
  run_id    INTEGER NOT NULL,         -- the run that did @kept
  PRIMARY KEY (list_id, starts_at)
) STRICT, WITHOUT ROWID;

CREATE VIEW v_sync_intervals AS
SELECT c.org_id, c.resource, c.parent, strftime('%Y-%m-%dT%H:%M:%SZ', i.starts_at, 'unixepoch') AS starts_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', i.ends_at, 'unixepoch') AS ends_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', i.read_at, 'unixepoch') AS read_at, i.run_id
FROM sync_intervals AS i JOIN sync_checkpoints AS c USING (list_id);

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

CREATE TABLE knowledge_folders (
  folder_id        TEXT NOT NULL PRIMARY KEY,  -- @kept
  org_id           TEXT,                                                  -- the organization it was listed under; NULL: the enterprise's @kept
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                               -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  path             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'path') VIRTUAL,  -- names from the root, with slashes @path
  parent_folder_id TEXT AS (_raw ->> 'parent_folder_id') VIRTUAL,         -- NULL: at the root @kept
  note_count       INTEGER AS (_raw ->> 'note_count') VIRTUAL             -- notes directly in it @kept
);

CREATE TABLE session_events (
  session_id       TEXT NOT NULL,                                           -- the session: sessions.session_id @kept
  event_id         TEXT NOT NULL,  -- @kept
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  event_type       TEXT AS (_raw ->> 'event_type') STORED,  -- @kept
  category         TEXT AS (_raw ->> 'category') STORED,                    -- open set @kept one_of(shell, file, search, browser, mcp, git, message, status, secret, todo, recording, knowledge, playbook, webhook, lifecycle, other)
  direction        TEXT AS (_raw ->> 'direction') VIRTUAL,                  -- open set @kept one_of(incoming, outgoing)
  created_at       INTEGER AS (_raw ->> 'created_at') STORED,               -- Unix seconds, UTC @kept time
  summary          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'summary') VIRTUAL,  -- confidential @text
  PRIMARY KEY (session_id, event_id)
);

CREATE INDEX session_events_by_time ON session_events (org_id, created_at);

CREATE VIEW v_session_events AS
SELECT session_id, event_id, org_id, event_type, category, direction, summary,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM session_events WHERE _deleted_at IS NULL;

CREATE TABLE session_event_details (
  session_id       TEXT NOT NULL,                                           -- the session: sessions.session_id @kept
  event_id         TEXT NOT NULL,  -- @kept
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  event_type       TEXT AS (_raw ->> 'event_type') STORED,  -- @kept
  category         TEXT AS (_raw ->> 'category') STORED,                    -- open set @kept one_of(shell, file, search, browser, mcp, git, message, status, secret, todo, recording, knowledge, playbook, webhook, lifecycle, other)
  direction        TEXT AS (_raw ->> 'direction') VIRTUAL,                  -- open set @kept one_of(incoming, outgoing)
  created_at       INTEGER AS (_raw ->> 'created_at') STORED,               -- Unix seconds, UTC @kept time
  contents         TEXT AS (_raw ->> 'contents') VIRTUAL,                   -- JSON object; confidential @text object
  truncated_fields TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'truncated_fields') VIRTUAL,  -- JSON list @text list
  PRIMARY KEY (session_id, event_id)
);

CREATE INDEX session_event_details_by_time ON session_event_details (org_id, created_at);

CREATE VIEW v_session_event_details AS
SELECT session_id, event_id, org_id, event_type, category, direction, contents, truncated_fields,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM session_event_details WHERE _deleted_at IS NULL;

CREATE TABLE pr_reviews (
  pr_url           TEXT NOT NULL,                                           -- the pull request: session_pull_requests.pr_url @url
  commit_sha       TEXT NOT NULL,  -- @kept
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  created_at       TEXT AS (_raw ->> 'created_at') STORED,                  -- ISO 8601 text @kept
  pr_number        INTEGER AS (_raw ->> 'pr_number') VIRTUAL,               -- number of the pull request at its host @kept
  repo_path        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_path') VIRTUAL,  -- begins with the host @path
  status           TEXT AS (_raw ->> 'status') STORED,                      -- open set @kept one_of(pending, running, completed, errored, cancelled, skipped)
  PRIMARY KEY (pr_url, commit_sha)
);

CREATE VIEW v_pr_reviews AS
SELECT pr_url, commit_sha, org_id, created_at, pr_number, repo_path, status
FROM pr_reviews WHERE _deleted_at IS NULL;

CREATE TABLE searches (
  search_id        TEXT NOT NULL PRIMARY KEY,                               -- the item's own id, else the whole item @kept
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER                                                  -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
);

CREATE INDEX searches_by_organization ON searches (org_id);

CREATE VIEW v_searches AS
SELECT search_id, org_id, _raw AS search
FROM searches WHERE _deleted_at IS NULL;

CREATE TABLE automations (
  automation_id      TEXT NOT NULL PRIMARY KEY,  -- @kept
  org_id             TEXT NOT NULL,                                         -- the organization: organizations.org_id @kept
  _raw               TEXT NOT NULL,                                         -- the object as Devin sent it @columns object
  _first_synced_at   INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at        INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at        INTEGER,                                               -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  enabled            INTEGER AS (_raw ->> 'enabled') STORED,                -- 1 or 0 @kept
  triggers           TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'triggers') VIRTUAL,  -- JSON list of {event_type, conditions, replies, webhook}; the address of a webhook is confidential @[{trigger_id: kept, event_type: kept, replies: [{type: kept}]}]
  actions            TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'actions') VIRTUAL,  -- JSON list of {type, prompt, session …}; confidential @[{type: kept, prompt: text, setup_prompt: text, target_devin_id: kept, auto_create: kept, session: {playbook_id: kept, repos: [path], tags: [name], platform: kept, bypass_approval: kept}}]
  created_by         TEXT AS (_raw ->> 'created_by') VIRTUAL,               -- JSON object {type, id, name} @{type: kept, id: kept, name: person(id)}
  last_edited_by     TEXT AS (_raw ->> 'last_edited_by') VIRTUAL,           -- JSON object {type, id, name}; NULL: never edited @{type: kept, id: kept, name: person(id)}
  created_at         INTEGER AS (_raw ->> 'created_at') STORED,             -- Unix seconds, UTC @kept time
  updated_at         INTEGER AS (_raw ->> 'updated_at') STORED,             -- Unix seconds, UTC @kept time
  run_as             TEXT AS (_raw ->> 'run_as') VIRTUAL,                   -- JSON object @{type: kept, service_user_id: kept}
  limits             TEXT AS (_raw ->> 'limits') VIRTUAL,                   -- JSON object @{max_acu_limit: kept, invocations: {max_per_window: kept, window_seconds: kept}}
  concurrency        TEXT AS (_raw ->> 'concurrency') VIRTUAL,              -- JSON object @{max_concurrent_runs: kept, max_queue_depth: kept}
  notifications      TEXT AS (_raw ->> 'notifications') VIRTUAL,            -- JSON object @{email: {when: kept, recipients: [email]}, slack: {when: kept}}
  session_settings   TEXT AS (_raw ->> 'session_settings') VIRTUAL,         -- JSON object @{devin_mode: kept}
  tools              TEXT AS (_raw ->> 'tools') VIRTUAL,                    -- JSON object @{mcp_servers: [name], linear_enabled: kept, slack_dm_scope: kept}
  security_profile   TEXT AS (_raw ->> 'security_profile') VIRTUAL,         -- JSON object @{selection: kept, profile_id: kept}
  metadata           TEXT AS (_raw ->> 'metadata') VIRTUAL,                 -- JSON object @text object
  slack_reply_access TEXT AS (_raw ->> 'slack_reply_access') VIRTUAL,       -- open set @kept one_of(devin_users, slack_users, external_slack_users)
  teams_reply_access TEXT AS (_raw ->> 'teams_reply_access') VIRTUAL,       -- open set @kept one_of(devin_users, teams_users)
  template_id        TEXT AS (_raw ->> 'template_id') VIRTUAL,  -- @kept
  last_invocation    TEXT AS (_raw ->> 'last_invocation') VIRTUAL,          -- JSON object {fired_at, status}; NULL: never @{fired_at: kept, status: kept}
  next_run_at        INTEGER AS (_raw ->> 'next_run_at') VIRTUAL            -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
);

CREATE INDEX automations_by_organization ON automations (org_id);

CREATE VIEW v_automations AS
SELECT automation_id, org_id, name, enabled, triggers, actions, created_by, last_edited_by, run_as, limits,
  concurrency, notifications, session_settings, tools, security_profile, metadata, slack_reply_access,
  teams_reply_access, template_id, last_invocation,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(next_run_at > 100000000000, next_run_at / 1000, next_run_at), 'unixepoch') AS next_run_at
FROM automations WHERE _deleted_at IS NULL;

CREATE TABLE automation_schemas (
  org_id            TEXT NOT NULL,                                          -- the organization: organizations.org_id @kept
  event_type        TEXT NOT NULL,  -- @kept
  _raw              TEXT NOT NULL,                                          -- the object as Devin sent it @columns object
  _first_synced_at  INTEGER NOT NULL,                                       -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at       INTEGER NOT NULL,                                       -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at       INTEGER,                                                -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  category          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'category') VIRTUAL,  -- @kept
  supported_replies TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'supported_replies') VIRTUAL,  -- JSON list @[kept]
  fields            TEXT AS (_raw ->> 'fields') VIRTUAL,                    -- JSON object @text object
  PRIMARY KEY (org_id, event_type)
);

CREATE VIEW v_automation_schemas AS
SELECT org_id, event_type, name, category, supported_replies, fields
FROM automation_schemas WHERE _deleted_at IS NULL;

CREATE TABLE automation_templates (
  org_id                TEXT NOT NULL,                                      -- the organization: organizations.org_id @kept
  template_id           TEXT NOT NULL,  -- @kept
  _raw                  TEXT NOT NULL,                                      -- the object as Devin sent it @columns object
  _first_synced_at      INTEGER NOT NULL,                                   -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at           INTEGER NOT NULL,                                   -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at           INTEGER,                                            -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name                  TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  description           TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'description') VIRTUAL,  -- @text
  category              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'category') VIRTUAL,  -- @kept
  featured              INTEGER AS (_raw ->> 'featured') VIRTUAL,           -- 1 or 0 @kept
  docs_url              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'docs_url') VIRTUAL,  -- @url
  required_integrations TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'required_integrations') VIRTUAL,  -- JSON list @[kept]
  required_mcps         TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'required_mcps') VIRTUAL,  -- JSON list @[name]
  triggers              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'triggers') VIRTUAL,  -- JSON list @text list
  actions               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'actions') VIRTUAL,  -- JSON list @text list
  PRIMARY KEY (org_id, template_id)
);

CREATE VIEW v_automation_templates AS
SELECT org_id, template_id, name, description, category, featured, docs_url, required_integrations, required_mcps,
  triggers, actions
FROM automation_templates WHERE _deleted_at IS NULL;

CREATE TABLE daily_consumption (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  date             INTEGER NOT NULL,                                        -- start of the billing day (08:00 UTC), Unix seconds @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  acus             REAL AS (_raw ->> 'acus') STORED,                        -- agent compute units @kept
  acus_by_product  TEXT AS (_raw ->> 'acus_by_product') VIRTUAL,            -- JSON object @{*: kept}
  PRIMARY KEY (org_id, date)
);

CREATE VIEW v_daily_consumption AS
SELECT org_id, acus, acus_by_product,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(date > 100000000000, date / 1000, date), 'unixepoch') AS date
FROM daily_consumption WHERE _deleted_at IS NULL;

CREATE TABLE user_daily_consumption (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  user_id          TEXT NOT NULL,                                           -- the user @kept
  date             INTEGER NOT NULL,                                        -- start of the billing day (08:00 UTC), Unix seconds @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  acus             REAL AS (_raw ->> 'acus') STORED,                        -- agent compute units @kept
  acus_by_product  TEXT AS (_raw ->> 'acus_by_product') VIRTUAL,            -- JSON object @{*: kept}
  PRIMARY KEY (org_id, user_id, date)
);

CREATE INDEX user_daily_consumption_by_date ON user_daily_consumption (date);

CREATE VIEW v_user_daily_consumption AS
SELECT org_id, user_id, acus, acus_by_product,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(date > 100000000000, date / 1000, date), 'unixepoch') AS date
FROM user_daily_consumption WHERE _deleted_at IS NULL;

CREATE TABLE service_user_daily_consumption (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  service_user_id  TEXT NOT NULL,                                           -- the service user @kept
  date             INTEGER NOT NULL,                                        -- start of the billing day (08:00 UTC), Unix seconds @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  acus             REAL AS (_raw ->> 'acus') STORED,                        -- agent compute units @kept
  acus_by_product  TEXT AS (_raw ->> 'acus_by_product') VIRTUAL,            -- JSON object @{*: kept}
  PRIMARY KEY (org_id, service_user_id, date)
);

CREATE INDEX service_user_daily_consumption_by_date ON service_user_daily_consumption (date);

CREATE VIEW v_service_user_daily_consumption AS
SELECT org_id, service_user_id, acus, acus_by_product,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(date > 100000000000, date / 1000, date), 'unixepoch') AS date
FROM service_user_daily_consumption WHERE _deleted_at IS NULL;

CREATE TABLE session_daily_consumption (
  session_id       TEXT NOT NULL,                                           -- the session: sessions.session_id @kept
  date             INTEGER NOT NULL,                                        -- start of the billing day (08:00 UTC), Unix seconds @kept time
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  acus             REAL AS (_raw ->> 'acus') STORED,                        -- agent compute units @kept
  acus_by_product  TEXT AS (_raw ->> 'acus_by_product') VIRTUAL,            -- JSON object @{*: kept}
  PRIMARY KEY (session_id, date)
);

CREATE INDEX session_daily_consumption_by_date ON session_daily_consumption (date);

CREATE VIEW v_session_daily_consumption AS
SELECT session_id, org_id, acus, acus_by_product,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(date > 100000000000, date / 1000, date), 'unixepoch') AS date
FROM session_daily_consumption WHERE _deleted_at IS NULL;

CREATE TABLE enterprise_daily_consumption (
  date             INTEGER NOT NULL UNIQUE,                                 -- start of the billing day (08:00 UTC), Unix seconds @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  acus             REAL AS (_raw ->> 'acus') STORED,                        -- agent compute units @kept
  acus_by_product  TEXT AS (_raw ->> 'acus_by_product') VIRTUAL             -- JSON object @{*: kept}
);

CREATE VIEW v_enterprise_daily_consumption AS
SELECT acus, acus_by_product,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(date > 100000000000, date / 1000, date), 'unixepoch') AS date
FROM enterprise_daily_consumption WHERE _deleted_at IS NULL;

CREATE TABLE billing_cycles (
  "after"          INTEGER NOT NULL UNIQUE,                                 -- start of the cycle, Unix seconds @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  "before"         INTEGER AS (_raw ->> 'before') VIRTUAL                   -- Unix seconds, UTC; end of the cycle @kept time
);

CREATE VIEW v_billing_cycles AS
SELECT strftime('%Y-%m-%dT%H:%M:%SZ', iif("after" > 100000000000, "after" / 1000, "after"), 'unixepoch') AS "after",
  strftime('%Y-%m-%dT%H:%M:%SZ', iif("before" > 100000000000, "before" / 1000, "before"), 'unixepoch') AS "before"
FROM billing_cycles WHERE _deleted_at IS NULL;

CREATE TABLE acu_limits (
  limit_key        TEXT NOT NULL PRIMARY KEY,                               -- scope:org_id:user_id, what is missing left empty @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  scope            TEXT AS (_raw ->> 'scope') VIRTUAL,                      -- open set @kept one_of(enterprise, org, user)
  cycle_acu_limit  INTEGER AS (_raw ->> 'cycle_acu_limit') VIRTUAL,         -- agent compute units per billing cycle @kept
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                      -- the organization; NULL: the limit is not of one @kept
  user_id          TEXT AS (_raw ->> 'user_id') STORED                      -- users.user_id; NULL: the limit is not of one @kept
);

CREATE VIEW v_acu_limits AS
SELECT limit_key, scope, cycle_acu_limit, org_id, user_id
FROM acu_limits WHERE _deleted_at IS NULL;

CREATE VIEW consumption_by_product AS
SELECT d.org_id, strftime('%Y-%m-%d', d.date, 'unixepoch') AS day, product.key AS product, product.value AS acus
FROM daily_consumption AS d, json_each(d._raw, '$.acus_by_product') AS product
WHERE d._deleted_at IS NULL AND product.type IN ('integer', 'real');

CREATE TABLE usage_metrics (
  org_id            TEXT NOT NULL,                                          -- the organization: organizations.org_id @kept
  range_start       INTEGER NOT NULL,                                       -- first moment of the month, Unix seconds @kept time
  range_end         INTEGER NOT NULL,                                       -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw              TEXT NOT NULL,                                          -- the object as Devin sent it @columns object
  _first_synced_at  INTEGER NOT NULL,                                       -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at       INTEGER NOT NULL,                                       -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at       INTEGER,                                                -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  sessions_count    INTEGER AS (_raw ->> 'sessions_count') VIRTUAL,         -- a count @kept
  searches_count    INTEGER AS (_raw ->> 'searches_count') VIRTUAL,         -- a count @kept
  prs_created_count INTEGER AS (_raw ->> 'prs_created_count') VIRTUAL,      -- a count @kept
  prs_merged_count  INTEGER AS (_raw ->> 'prs_merged_count') VIRTUAL,       -- a count @kept
  PRIMARY KEY (org_id, range_start)
);

CREATE VIEW v_usage_metrics AS
SELECT org_id, sessions_count, searches_count, prs_created_count, prs_merged_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM usage_metrics WHERE _deleted_at IS NULL;

CREATE TABLE enterprise_usage_metrics (
  range_start       INTEGER NOT NULL UNIQUE,                                -- first moment of the month, Unix seconds @kept time
  range_end         INTEGER NOT NULL,                                       -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw              TEXT NOT NULL,                                          -- the object as Devin sent it @columns object
  _first_synced_at  INTEGER NOT NULL,                                       -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at       INTEGER NOT NULL,                                       -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at       INTEGER,                                                -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  sessions_count    INTEGER AS (_raw ->> 'sessions_count') VIRTUAL,         -- a count @kept
  searches_count    INTEGER AS (_raw ->> 'searches_count') VIRTUAL,         -- a count @kept
  prs_created_count INTEGER AS (_raw ->> 'prs_created_count') VIRTUAL,      -- a count @kept
  prs_merged_count  INTEGER AS (_raw ->> 'prs_merged_count') VIRTUAL        -- a count @kept
);

CREATE VIEW v_enterprise_usage_metrics AS
SELECT sessions_count, searches_count, prs_created_count, prs_merged_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM enterprise_usage_metrics WHERE _deleted_at IS NULL;

CREATE TABLE session_metrics (
  org_id                               TEXT NOT NULL,                       -- the organization: organizations.org_id @kept
  range_start                          INTEGER NOT NULL,                    -- first moment of the month, Unix seconds @kept time
  range_end                            INTEGER NOT NULL,                    -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw                                 TEXT NOT NULL,                       -- the object as Devin sent it @columns object
  _first_synced_at                     INTEGER NOT NULL,                    -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at                          INTEGER NOT NULL,                    -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at                          INTEGER,                             -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  sessions_created_count               INTEGER AS (_raw ->> 'sessions_created_count') VIRTUAL,  -- a count @kept
  avg_acus_per_session                 REAL AS (_raw ->> 'avg_acus_per_session') VIRTUAL,  -- agent compute units @kept
  sessions_created_by_origin           TEXT AS (_raw ->> 'sessions_created_by_origin') VIRTUAL,  -- JSON object @{*: kept}
  sessions_created_by_size             TEXT AS (_raw ->> 'sessions_created_by_size') VIRTUAL,  -- JSON object @{*: kept}
  sessions_created_with_playbook_count INTEGER AS (_raw ->> 'sessions_created_with_playbook_count') VIRTUAL,  -- a count @kept
  sessions_created_with_search_count   INTEGER AS (_raw ->> 'sessions_created_with_search_count') VIRTUAL,  -- a count @kept
  sessions_with_merged_prs_count       INTEGER AS (_raw ->> 'sessions_with_merged_prs_count') VIRTUAL,  -- a count @kept
  sessions_with_merged_prs_by_size     TEXT AS (_raw ->> 'sessions_with_merged_prs_by_size') VIRTUAL,  -- JSON object @{*: kept}
  PRIMARY KEY (org_id, range_start)
);

CREATE VIEW v_session_metrics AS
SELECT org_id, sessions_created_count, avg_acus_per_session, sessions_created_by_origin, sessions_created_by_size,
  sessions_created_with_playbook_count, sessions_created_with_search_count, sessions_with_merged_prs_count,
  sessions_with_merged_prs_by_size,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM session_metrics WHERE _deleted_at IS NULL;

CREATE TABLE enterprise_session_metrics (
  range_start                          INTEGER NOT NULL UNIQUE,             -- first moment of the month, Unix seconds @kept time
  range_end                            INTEGER NOT NULL,                    -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw                                 TEXT NOT NULL,                       -- the object as Devin sent it @columns object
  _first_synced_at                     INTEGER NOT NULL,                    -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at                          INTEGER NOT NULL,                    -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at                          INTEGER,                             -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  sessions_created_count               INTEGER AS (_raw ->> 'sessions_created_count') VIRTUAL,  -- a count @kept
  avg_acus_per_session                 REAL AS (_raw ->> 'avg_acus_per_session') VIRTUAL,  -- agent compute units @kept
  sessions_created_by_origin           TEXT AS (_raw ->> 'sessions_created_by_origin') VIRTUAL,  -- JSON object @{*: kept}
  sessions_created_by_size             TEXT AS (_raw ->> 'sessions_created_by_size') VIRTUAL,  -- JSON object @{*: kept}
  sessions_created_with_playbook_count INTEGER AS (_raw ->> 'sessions_created_with_playbook_count') VIRTUAL,  -- a count @kept
  sessions_created_with_search_count   INTEGER AS (_raw ->> 'sessions_created_with_search_count') VIRTUAL,  -- a count @kept
  sessions_with_merged_prs_count       INTEGER AS (_raw ->> 'sessions_with_merged_prs_count') VIRTUAL,  -- a count @kept
  sessions_with_merged_prs_by_size     TEXT AS (_raw ->> 'sessions_with_merged_prs_by_size') VIRTUAL  -- JSON object @{*: kept}
);

CREATE VIEW v_enterprise_session_metrics AS
SELECT sessions_created_count, avg_acus_per_session, sessions_created_by_origin, sessions_created_by_size,
  sessions_created_with_playbook_count, sessions_created_with_search_count, sessions_with_merged_prs_count,
  sessions_with_merged_prs_by_size,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM enterprise_session_metrics WHERE _deleted_at IS NULL;

CREATE TABLE pull_request_metrics (
  org_id                      TEXT NOT NULL,                                -- the organization: organizations.org_id @kept
  range_start                 INTEGER NOT NULL,                             -- first moment of the month, Unix seconds @kept time
  range_end                   INTEGER NOT NULL,                             -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw                        TEXT NOT NULL,                                -- the object as Devin sent it @columns object
  _first_synced_at            INTEGER NOT NULL,                             -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at                 INTEGER NOT NULL,                             -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at                 INTEGER,                                      -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  prs_created_count           INTEGER AS (_raw ->> 'prs_created_count') VIRTUAL,  -- a count @kept
  prs_opened_count            INTEGER AS (_raw ->> 'prs_opened_count') VIRTUAL,  -- a count @kept
  prs_merged_count            INTEGER AS (_raw ->> 'prs_merged_count') VIRTUAL,  -- a count @kept
  prs_closed_count            INTEGER AS (_raw ->> 'prs_closed_count') VIRTUAL,  -- a count @kept
  prs_taken_over_count        INTEGER AS (_raw ->> 'prs_taken_over_count') VIRTUAL,  -- a count @kept
  prs_taken_over_opened_count INTEGER AS (_raw ->> 'prs_taken_over_opened_count') VIRTUAL,  -- a count @kept
  prs_taken_over_merged_count INTEGER AS (_raw ->> 'prs_taken_over_merged_count') VIRTUAL,  -- a count @kept
  prs_taken_over_closed_count INTEGER AS (_raw ->> 'prs_taken_over_closed_count') VIRTUAL,  -- a count @kept
  PRIMARY KEY (org_id, range_start)
);

CREATE VIEW v_pull_request_metrics AS
SELECT org_id, prs_created_count, prs_opened_count, prs_merged_count, prs_closed_count, prs_taken_over_count,
  prs_taken_over_opened_count, prs_taken_over_merged_count, prs_taken_over_closed_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM pull_request_metrics WHERE _deleted_at IS NULL;

CREATE TABLE enterprise_pull_request_metrics (
  range_start                 INTEGER NOT NULL UNIQUE,                      -- first moment of the month, Unix seconds @kept time
  range_end                   INTEGER NOT NULL,                             -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw                        TEXT NOT NULL,                                -- the object as Devin sent it @columns object
  _first_synced_at            INTEGER NOT NULL,                             -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at                 INTEGER NOT NULL,                             -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at                 INTEGER,                                      -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  prs_created_count           INTEGER AS (_raw ->> 'prs_created_count') VIRTUAL,  -- a count @kept
  prs_opened_count            INTEGER AS (_raw ->> 'prs_opened_count') VIRTUAL,  -- a count @kept
  prs_merged_count            INTEGER AS (_raw ->> 'prs_merged_count') VIRTUAL,  -- a count @kept
  prs_closed_count            INTEGER AS (_raw ->> 'prs_closed_count') VIRTUAL,  -- a count @kept
  prs_taken_over_count        INTEGER AS (_raw ->> 'prs_taken_over_count') VIRTUAL,  -- a count @kept
  prs_taken_over_opened_count INTEGER AS (_raw ->> 'prs_taken_over_opened_count') VIRTUAL,  -- a count @kept
  prs_taken_over_merged_count INTEGER AS (_raw ->> 'prs_taken_over_merged_count') VIRTUAL,  -- a count @kept
  prs_taken_over_closed_count INTEGER AS (_raw ->> 'prs_taken_over_closed_count') VIRTUAL  -- a count @kept
);

CREATE VIEW v_enterprise_pull_request_metrics AS
SELECT prs_created_count, prs_opened_count, prs_merged_count, prs_closed_count, prs_taken_over_count,
  prs_taken_over_opened_count, prs_taken_over_merged_count, prs_taken_over_closed_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM enterprise_pull_request_metrics WHERE _deleted_at IS NULL;

CREATE TABLE search_metrics (
  org_id                 TEXT NOT NULL,                                     -- the organization: organizations.org_id @kept
  range_start            INTEGER NOT NULL,                                  -- first moment of the month, Unix seconds @kept time
  range_end              INTEGER NOT NULL,                                  -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw                   TEXT NOT NULL,                                     -- the object as Devin sent it @columns object
  _first_synced_at       INTEGER NOT NULL,                                  -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at            INTEGER NOT NULL,                                  -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at            INTEGER,                                           -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  searches_created_count INTEGER AS (_raw ->> 'searches_created_count') VIRTUAL,  -- a count @kept
  PRIMARY KEY (org_id, range_start)
);

CREATE VIEW v_search_metrics AS
SELECT org_id, searches_created_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM search_metrics WHERE _deleted_at IS NULL;

CREATE TABLE enterprise_search_metrics (
  range_start            INTEGER NOT NULL UNIQUE,                           -- first moment of the month, Unix seconds @kept time
  range_end              INTEGER NOT NULL,                                  -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw                   TEXT NOT NULL,                                     -- the object as Devin sent it @columns object
  _first_synced_at       INTEGER NOT NULL,                                  -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at            INTEGER NOT NULL,                                  -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at            INTEGER,                                           -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  searches_created_count INTEGER AS (_raw ->> 'searches_created_count') VIRTUAL  -- a count @kept
);

CREATE VIEW v_enterprise_search_metrics AS
SELECT searches_created_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM enterprise_search_metrics WHERE _deleted_at IS NULL;

CREATE TABLE session_category_metrics (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  range_start      INTEGER NOT NULL,                                        -- first moment of the month, Unix seconds @kept time
  range_end        INTEGER NOT NULL,                                        -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @{*: kept}
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  PRIMARY KEY (org_id, range_start)
);

CREATE VIEW v_session_category_metrics AS
SELECT org_id, _raw AS counts,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM session_category_metrics WHERE _deleted_at IS NULL;

CREATE TABLE enterprise_session_category_metrics (
  range_start      INTEGER NOT NULL UNIQUE,                                 -- first moment of the month, Unix seconds @kept time
  range_end        INTEGER NOT NULL,                                        -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @{*: kept}
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER                                                  -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
);

CREATE VIEW v_enterprise_session_category_metrics AS
SELECT _raw AS counts,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM enterprise_session_category_metrics WHERE _deleted_at IS NULL;

CREATE TABLE code_scan_metrics (
  org_id                       TEXT NOT NULL,                               -- the organization: organizations.org_id @kept
  range_start                  INTEGER NOT NULL,                            -- first moment of the month, Unix seconds @kept time
  range_end                    INTEGER NOT NULL,                            -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw                         TEXT NOT NULL,                               -- the object as Devin sent it @columns object
  _first_synced_at             INTEGER NOT NULL,                            -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at                  INTEGER NOT NULL,                            -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at                  INTEGER,                                     -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  scans_count                  INTEGER AS (_raw ->> 'scans_count') VIRTUAL,  -- a count @kept
  repos_scanned_count          INTEGER AS (_raw ->> 'repos_scanned_count') VIRTUAL,  -- a count @kept
  prs_created_count            INTEGER AS (_raw ->> 'prs_created_count') VIRTUAL,  -- a count @kept
  prs_open_count               INTEGER AS (_raw ->> 'prs_open_count') VIRTUAL,  -- a count @kept
  prs_merged_count             INTEGER AS (_raw ->> 'prs_merged_count') VIRTUAL,  -- a count @kept
  prs_closed_count             INTEGER AS (_raw ->> 'prs_closed_count') VIRTUAL,  -- a count @kept
  avg_pr_time_to_merge_seconds REAL AS (_raw ->> 'avg_pr_time_to_merge_seconds') VIRTUAL,  -- seconds; NULL: nothing merged @kept
  avg_pr_open_duration_seconds REAL AS (_raw ->> 'avg_pr_open_duration_seconds') VIRTUAL,  -- seconds; NULL: nothing opened @kept
  open_critical_findings_count INTEGER AS (_raw ->> 'open_critical_findings_count') VIRTUAL,  -- a count @kept
  open_high_findings_count     INTEGER AS (_raw ->> 'open_high_findings_count') VIRTUAL,  -- a count @kept
  open_medium_findings_count   INTEGER AS (_raw ->> 'open_medium_findings_count') VIRTUAL,  -- a count @kept
  open_low_findings_count      INTEGER AS (_raw ->> 'open_low_findings_count') VIRTUAL,  -- a count @kept
  PRIMARY KEY (org_id, range_start)
);

CREATE VIEW v_code_scan_metrics AS
SELECT org_id, scans_count, repos_scanned_count, prs_created_count, prs_open_count, prs_merged_count,
  prs_closed_count, avg_pr_time_to_merge_seconds, avg_pr_open_duration_seconds, open_critical_findings_count,
  open_high_findings_count, open_medium_findings_count, open_low_findings_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM code_scan_metrics WHERE _deleted_at IS NULL;

CREATE TABLE enterprise_code_scan_metrics (
  range_start                  INTEGER NOT NULL UNIQUE,                     -- first moment of the month, Unix seconds @kept time
  range_end                    INTEGER NOT NULL,                            -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw                         TEXT NOT NULL,                               -- the object as Devin sent it @columns object
  _first_synced_at             INTEGER NOT NULL,                            -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at                  INTEGER NOT NULL,                            -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at                  INTEGER,                                     -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  scans_count                  INTEGER AS (_raw ->> 'scans_count') VIRTUAL,  -- a count @kept
  repos_scanned_count          INTEGER AS (_raw ->> 'repos_scanned_count') VIRTUAL,  -- a count @kept
  prs_created_count            INTEGER AS (_raw ->> 'prs_created_count') VIRTUAL,  -- a count @kept
  prs_open_count               INTEGER AS (_raw ->> 'prs_open_count') VIRTUAL,  -- a count @kept
  prs_merged_count             INTEGER AS (_raw ->> 'prs_merged_count') VIRTUAL,  -- a count @kept
  prs_closed_count             INTEGER AS (_raw ->> 'prs_closed_count') VIRTUAL,  -- a count @kept
  avg_pr_time_to_merge_seconds REAL AS (_raw ->> 'avg_pr_time_to_merge_seconds') VIRTUAL,  -- seconds; NULL: nothing merged @kept
  avg_pr_open_duration_seconds REAL AS (_raw ->> 'avg_pr_open_duration_seconds') VIRTUAL,  -- seconds; NULL: nothing opened @kept
  open_critical_findings_count INTEGER AS (_raw ->> 'open_critical_findings_count') VIRTUAL,  -- a count @kept
  open_high_findings_count     INTEGER AS (_raw ->> 'open_high_findings_count') VIRTUAL,  -- a count @kept
  open_medium_findings_count   INTEGER AS (_raw ->> 'open_medium_findings_count') VIRTUAL,  -- a count @kept
  open_low_findings_count      INTEGER AS (_raw ->> 'open_low_findings_count') VIRTUAL  -- a count @kept
);

CREATE VIEW v_enterprise_code_scan_metrics AS
SELECT scans_count, repos_scanned_count, prs_created_count, prs_open_count, prs_merged_count, prs_closed_count,
  avg_pr_time_to_merge_seconds, avg_pr_open_duration_seconds, open_critical_findings_count, open_high_findings_count,
  open_medium_findings_count, open_low_findings_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM enterprise_code_scan_metrics WHERE _deleted_at IS NULL;

CREATE TABLE active_users (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  period           TEXT NOT NULL,                                           -- what a row counts over: dau, wau, mau (day, week, month) or active-users (the range asked for) @kept
  start_time       INTEGER NOT NULL,                                        -- Unix seconds, UTC @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  end_time         INTEGER AS (_raw ->> 'end_time') VIRTUAL,                -- Unix seconds, UTC @kept time
  active_users     INTEGER AS (_raw ->> 'active_users') VIRTUAL,            -- distinct users; do not add up over other ranges @kept
  PRIMARY KEY (org_id, period, start_time)
);

CREATE VIEW v_active_users AS
SELECT org_id, period, active_users,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(start_time > 100000000000, start_time / 1000, start_time), 'unixepoch') AS start_time,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(end_time > 100000000000, end_time / 1000, end_time), 'unixepoch') AS end_time
FROM active_users WHERE _deleted_at IS NULL;

CREATE TABLE enterprise_active_users (
  period           TEXT NOT NULL,                                           -- what a row counts over: dau, wau, mau (day, week, month) or active-users (the range asked for) @kept
  start_time       INTEGER NOT NULL,                                        -- Unix seconds, UTC @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  end_time         INTEGER AS (_raw ->> 'end_time') VIRTUAL,                -- Unix seconds, UTC @kept time
  active_users     INTEGER AS (_raw ->> 'active_users') VIRTUAL,            -- distinct users; do not add up over other ranges @kept
  PRIMARY KEY (period, start_time)
);

CREATE VIEW v_enterprise_active_users AS
SELECT period, active_users,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(start_time > 100000000000, start_time / 1000, start_time), 'unixepoch') AS start_time,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(end_time > 100000000000, end_time / 1000, end_time), 'unixepoch') AS end_time
FROM enterprise_active_users WHERE _deleted_at IS NULL;

CREATE TABLE repositories (
  org_id                 TEXT NOT NULL,                                     -- the organization: organizations.org_id @kept
  repository_key         TEXT NOT NULL,                                     -- git_connection_id:provider_repository_id @kept
  _raw                   TEXT NOT NULL,                                     -- the object as Devin sent it @columns object
  _first_synced_at       INTEGER NOT NULL,                                  -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at            INTEGER NOT NULL,                                  -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at            INTEGER,                                           -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  provider_repository_id TEXT AS (_raw ->> 'provider_repository_id') VIRTUAL,  -- @kept
  git_connection_id      TEXT AS (_raw ->> 'git_connection_id') STORED,  -- @kept
  git_connection_host    TEXT AS (_raw ->> 'git_connection_host') VIRTUAL,  -- @host
  repo_name              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,  -- @name
  repo_path              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_path') VIRTUAL,  -- @path
  repo_description       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_description') VIRTUAL,  -- @text
  repo_language          TEXT AS (_raw ->> 'repo_language') VIRTUAL,  -- @kept
  last_updated_at        INTEGER AS (_raw ->> 'last_updated_at') VIRTUAL,   -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  indexing_status        TEXT AS (_raw ->> 'indexing_status') VIRTUAL,      -- JSON object @{indexing_enabled: kept, latest_completed_search_index_job: {job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}, latest_completed_wiki_index_job: {job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}, latest_indexes: [{job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}]}
  PRIMARY KEY (org_id, repository_key)
);

CREATE VIEW v_repositories AS
SELECT org_id, repository_key, provider_repository_id, git_connection_id, git_connection_host, repo_name, repo_path,
  repo_description, repo_language, indexing_status,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(last_updated_at > 100000000000, last_updated_at / 1000, last_updated_at), 'unixepoch') AS last_updated_at
FROM repositories WHERE _deleted_at IS NULL;

CREATE TABLE indexed_repositories (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  repository_path  TEXT NOT NULL,  -- @path
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  indexing_enabled INTEGER AS (_raw ->> 'indexing_enabled') VIRTUAL,        -- 1 or 0 @kept
  branches         TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'branches') VIRTUAL,  -- JSON list @[name]
  indexing_status  TEXT AS (_raw ->> 'indexing_status') VIRTUAL,            -- JSON object @{indexing_enabled: kept, latest_completed_search_index_job: {job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}, latest_completed_wiki_index_job: {job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}, latest_indexes: [{job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}]}
  PRIMARY KEY (org_id, repository_path)
);

CREATE VIEW v_indexed_repositories AS
SELECT org_id, repository_path, indexing_enabled, branches, indexing_status
FROM indexed_repositories WHERE _deleted_at IS NULL;

CREATE TABLE git_connections (
  git_connection_id    TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw                 TEXT NOT NULL,                                       -- the object as Devin sent it @columns object
  _first_synced_at     INTEGER NOT NULL,                                    -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at          INTEGER NOT NULL,                                    -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at          INTEGER,                                             -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  git_provider_type    TEXT AS (_raw ->> 'git_provider_type') VIRTUAL,      -- open set @kept one_of(github_token, github_individual_token, github_app, gitlab_token, gitlab_oauth, azure_devops_oauth, azure_devops_token, bitbucket_oauth, bitbucket_token, perforce)
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  host                 TEXT AS (_raw ->> 'host') VIRTUAL,  -- @host
  created_at           INTEGER AS (_raw ->> 'created_at') STORED,           -- Unix seconds, UTC @kept time
  perforce_depot_paths TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'perforce_depot_paths') VIRTUAL,  -- JSON list @[path]
  web_viewer_url       TEXT AS (_raw ->> 'web_viewer_url') VIRTUAL  -- @url
);

CREATE VIEW v_git_connections AS
SELECT git_connection_id, git_provider_type, name, host, perforce_depot_paths, web_viewer_url,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM git_connections WHERE _deleted_at IS NULL;

CREATE TABLE git_connection_repositories (
  repository_key         TEXT NOT NULL PRIMARY KEY,                         -- git_connection_id:provider_repository_id @kept
  _raw                   TEXT NOT NULL,                                     -- the object as Devin sent it @columns object
  _first_synced_at       INTEGER NOT NULL,                                  -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at            INTEGER NOT NULL,                                  -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at            INTEGER,                                           -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  provider_repository_id TEXT AS (_raw ->> 'provider_repository_id') VIRTUAL,  -- @kept
  git_connection_id      TEXT AS (_raw ->> 'git_connection_id') STORED,  -- @kept
  git_connection_host    TEXT AS (_raw ->> 'git_connection_host') VIRTUAL,  -- @host
  repo_name              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,  -- @name
  repo_path              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_path') VIRTUAL,  -- @path
  repo_description       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_description') VIRTUAL,  -- @text
  repo_language          TEXT AS (_raw ->> 'repo_language') VIRTUAL,  -- @kept
  last_updated_at        INTEGER AS (_raw ->> 'last_updated_at') VIRTUAL    -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
);

CREATE INDEX git_connection_repositories_by_connection ON git_connection_repositories (git_connection_id);

CREATE VIEW v_git_connection_repositories AS
SELECT repository_key, provider_repository_id, git_connection_id, git_connection_host, repo_name, repo_path,
  repo_description, repo_language,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(last_updated_at > 100000000000, last_updated_at / 1000, last_updated_at), 'unixepoch') AS last_updated_at
FROM git_connection_repositories WHERE _deleted_at IS NULL;

CREATE TABLE git_permissions (
  git_permission_id TEXT NOT NULL PRIMARY KEY,  -- @kept
  org_id            TEXT NOT NULL,                                          -- the organization: organizations.org_id @kept
  _raw              TEXT NOT NULL,                                          -- the object as Devin sent it @columns object
  _first_synced_at  INTEGER NOT NULL,                                       -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at       INTEGER NOT NULL,                                       -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at       INTEGER,                                                -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  git_connection_id TEXT AS (_raw ->> 'git_connection_id') STORED,  -- @kept
  repo_path         TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_path') VIRTUAL,  -- @path
  group_prefix      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'group_prefix') VIRTUAL,  -- @path
  prefix_path       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'prefix_path') VIRTUAL,  -- @path
  depot_path        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'depot_path') VIRTUAL,  -- @path
  read_only         INTEGER AS (_raw ->> 'read_only') VIRTUAL,              -- 1 or 0 @kept
  created_at        INTEGER AS (_raw ->> 'created_at') STORED               -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
);

CREATE INDEX git_permissions_by_organization ON git_permissions (org_id);

CREATE VIEW v_git_permissions AS
SELECT git_permission_id, org_id, git_connection_id, repo_path, group_prefix, prefix_path, depot_path, read_only,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM git_permissions WHERE _deleted_at IS NULL;

CREATE TABLE code_scans (
  scan_id          TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                      -- the organization @kept
  repo_name        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,  -- the first repository; a scan can cover more @path
  host             TEXT AS (_raw ->> 'host') VIRTUAL,  -- @host
  status           TEXT AS (_raw ->> 'status') STORED,                      -- open set @kept one_of(waiting, pending, running, awaiting_user_input, completed, failed, cancelled)
  profile          TEXT AS (_raw ->> 'profile') VIRTUAL,                    -- JSON object {profile_id, name}; NULL: none @{profile_id: kept, name: name}
  created_at       INTEGER AS (_raw ->> 'created_at') STORED,               -- Unix seconds, UTC @kept time
  scan_type        TEXT AS (_raw ->> 'scan_type') VIRTUAL                   -- open set @kept one_of(security, performance, db-queries, test-coverage, dead-code, code-quality, cleanup, telemetry, accessibility, compliance, general, migration-docs)
);

CREATE INDEX code_scans_by_creation ON code_scans (org_id, created_at);

CREATE VIEW v_code_scans AS
SELECT scan_id, org_id, repo_name, host, status, profile, scan_type,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM code_scans WHERE _deleted_at IS NULL;

CREATE TABLE code_scan_findings (
  finding_id              TEXT NOT NULL PRIMARY KEY,  -- @kept
  org_id                  TEXT NOT NULL,                                    -- the organization: organizations.org_id @kept
  _raw                    TEXT NOT NULL,                                    -- the object as Devin sent it @columns object
  _first_synced_at        INTEGER NOT NULL,                                 -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at             INTEGER NOT NULL,                                 -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at             INTEGER,                                          -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  scan_id                 TEXT AS (_raw ->> 'scan_id') STORED,              -- code_scans.scan_id @kept
  repo_name               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,  -- @path
  title                   TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'title') VIRTUAL,  -- @text
  description             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'description') VIRTUAL,  -- confidential @text
  category                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'category') VIRTUAL,  -- @name
  severity                TEXT AS (_raw ->> 'severity') STORED,             -- open set @kept one_of(critical, high, medium, low)
  status                  TEXT AS (_raw ->> 'status') STORED,               -- open set @kept one_of(open, dismissed, resolved)
  recommendation          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'recommendation') VIRTUAL,  -- confidential @text
  note                    TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'note') VIRTUAL,  -- confidential @text
  code_owners             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'code_owners') VIRTUAL,  -- JSON list @[name]
  reference_snippets      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'reference_snippets') VIRTUAL,  -- JSON list of {file_path, start_line, end_line, commentary, code}; confidential @[{file_path: path, start_line: kept, end_line: kept, commentary: text, code: text}]
  related_finding_ids     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'related_finding_ids') VIRTUAL,  -- JSON list @[kept]
  session_id              TEXT AS (_raw ->> 'session_id') STORED,           -- sessions.session_id of the session that fixes it @kept
  orchestrator_session_id TEXT AS (_raw ->> 'orchestrator_session_id') STORED,  -- @kept
  pr_url                  TEXT AS (_raw ->> 'pr_url') VIRTUAL,  -- @url
  created_at              INTEGER AS (_raw ->> 'created_at') STORED,        -- Unix seconds, UTC @kept time
  code_scan_run_id        TEXT AS (_raw ->> 'code_scan_run_id') VIRTUAL     -- the run of the scan; in no document, seen in rows @kept
);

CREATE INDEX code_scan_findings_by_scan ON code_scan_findings (scan_id);

CREATE INDEX code_scan_findings_by_status ON code_scan_findings (org_id, status, severity);

CREATE VIEW v_code_scan_findings AS
SELECT finding_id, org_id, scan_id, repo_name, title, description, category, severity, status, recommendation, note,
  code_owners, reference_snippets, related_finding_ids, session_id, orchestrator_session_id, pr_url, code_scan_run_id,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM code_scan_findings WHERE _deleted_at IS NULL;

CREATE TABLE code_scan_profiles (
  profile_id       TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  description      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'description') VIRTUAL,  -- @text
  visibility       TEXT AS (_raw ->> 'visibility') VIRTUAL,                 -- open set @kept one_of(org, account)
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                      -- the organization; NULL: shared by the enterprise @kept
  scan_type        TEXT AS (_raw ->> 'scan_type') VIRTUAL,                  -- open set @kept one_of(security, performance, db-queries, test-coverage, dead-code, code-quality, cleanup, telemetry, accessibility, compliance, general, migration-docs)
  mode             TEXT AS (_raw ->> 'mode') VIRTUAL,                       -- open set @kept one_of(discover, ingest)
  created_at       INTEGER AS (_raw ->> 'created_at') STORED                -- Unix seconds, UTC @kept time
);

CREATE VIEW v_code_scan_profiles AS
SELECT profile_id, name, description, visibility, org_id, scan_type, mode,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM code_scan_profiles WHERE _deleted_at IS NULL;

CREATE TABLE code_scan_profile_guidance (
  profile_id                TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw                      TEXT NOT NULL,                                  -- the object as Devin sent it @columns object
  _first_synced_at          INTEGER NOT NULL,                               -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at               INTEGER NOT NULL,                               -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at               INTEGER,                                        -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name                      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  description               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'description') VIRTUAL,  -- @text
  visibility                TEXT AS (_raw ->> 'visibility') VIRTUAL,        -- open set @kept one_of(org, account)
  org_id                    TEXT AS (_raw ->> 'org_id') STORED,             -- the organization; NULL: shared by the enterprise @kept
  scan_type                 TEXT AS (_raw ->> 'scan_type') VIRTUAL,         -- open set @kept one_of(security, performance, db-queries, test-coverage, dead-code, code-quality, cleanup, telemetry, accessibility, compliance, general, migration-docs)
  mode                      TEXT AS (_raw ->> 'mode') VIRTUAL,              -- open set @kept one_of(discover, ingest)
  created_at                INTEGER AS (_raw ->> 'created_at') STORED,      -- Unix seconds, UTC @kept time
  include_globs             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'include_globs') VIRTUAL,  -- JSON list @[text]
  exclude_globs             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'exclude_globs') VIRTUAL,  -- JSON list @[text]
  threat_model_guidance     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'threat_model_guidance') VIRTUAL,  -- confidential @text
  investigation_guidance    TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'investigation_guidance') VIRTUAL,  -- confidential @text
  triage_guidance           TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'triage_guidance') VIRTUAL,  -- confidential @text
  validation_guidance       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'validation_guidance') VIRTUAL,  -- confidential @text
  report_guidance           TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'report_guidance') VIRTUAL,  -- confidential @text
  communication_guidance    TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'communication_guidance') VIRTUAL,  -- confidential @text
  remediation_guidance      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'remediation_guidance') VIRTUAL,  -- confidential @text
  ingestion_source_guidance TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'ingestion_source_guidance') VIRTUAL,  -- confidential @text
  post_ingestion_guidance   TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'post_ingestion_guidance') VIRTUAL,  -- confidential @text
  scan_paths                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'scan_paths') VIRTUAL,  -- JSON list @[path]
  validation_severities     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'validation_severities') VIRTUAL,  -- JSON list @[kept]
  type_config               TEXT AS (_raw ->> 'type_config') VIRTUAL        -- JSON object @text object
);

CREATE VIEW v_code_scan_profile_guidance AS
SELECT profile_id, name, description, visibility, org_id, scan_type, mode, include_globs, exclude_globs,
  threat_model_guidance, investigation_guidance, triage_guidance, validation_guidance, report_guidance,
  communication_guidance, remediation_guidance, ingestion_source_guidance, post_ingestion_guidance, scan_paths,
  validation_severities, type_config,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM code_scan_profile_guidance WHERE _deleted_at IS NULL;

CREATE TABLE blueprints (
  blueprint_id     TEXT NOT NULL PRIMARY KEY,                               -- Devin's id of the blueprint @kept
  org_id           TEXT,                                                    -- the organization; NULL: of the enterprise @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  type             TEXT AS (_raw ->> 'type') VIRTUAL,                       -- open set @kept one_of(enterprise, org, repo)
  repo_name        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,  -- @path
  created_at       INTEGER AS (_raw ->> 'created_at') STORED,               -- Unix seconds, UTC @kept time
  updated_at       INTEGER AS (_raw ->> 'updated_at') STORED                -- Unix seconds, UTC @kept time
);

CREATE VIEW v_blueprints AS
SELECT blueprint_id, org_id, type, repo_name,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM blueprints WHERE _deleted_at IS NULL;

CREATE TABLE blueprint_files (
  file_id          TEXT NOT NULL PRIMARY KEY,  -- @kept
  org_id           TEXT,                                                    -- the organization; NULL: of the enterprise @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  blueprint_id     TEXT AS (_raw ->> 'blueprint_id') STORED,                -- blueprints.blueprint_id @kept
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- confidential @text
  env_var_name     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'env_var_name') VIRTUAL,  -- confidential @name
  size_bytes       INTEGER AS (_raw ->> 'size_bytes') VIRTUAL,              -- bytes @kept
  created_at       INTEGER AS (_raw ->> 'created_at') STORED,               -- Unix seconds, UTC @kept time
  updated_at       INTEGER AS (_raw ->> 'updated_at') STORED                -- Unix seconds, UTC @kept time
);

CREATE INDEX blueprint_files_by_blueprint ON blueprint_files (blueprint_id);

CREATE VIEW v_blueprint_files AS
SELECT file_id, org_id, blueprint_id, name, env_var_name, size_bytes,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM blueprint_files WHERE _deleted_at IS NULL;

CREATE TABLE blueprint_contents (
  blueprint_id     TEXT NOT NULL PRIMARY KEY,                               -- blueprints.blueprint_id @kept
  org_id           TEXT,                                                    -- the organization; NULL: of the enterprise @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  contents         TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'contents') VIRTUAL  -- confidential @text
);

CREATE VIEW v_blueprint_contents AS
SELECT blueprint_id, org_id, contents
FROM blueprint_contents WHERE _deleted_at IS NULL;

CREATE TABLE snapshot_builds (
  build_id             TEXT NOT NULL PRIMARY KEY,                           -- Devin's id of the build @kept
  org_id               TEXT NOT NULL,                                       -- the organization: organizations.org_id @kept
  _raw                 TEXT NOT NULL,                                       -- the object as Devin sent it @columns object
  _first_synced_at     INTEGER NOT NULL,                                    -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at          INTEGER NOT NULL,                                    -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at          INTEGER,                                             -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  status               TEXT AS (_raw ->> 'status') STORED,                  -- open set @kept one_of(pending, running, succeeded, failed, cancelled)
  "trigger"            TEXT AS (_raw ->> 'trigger') VIRTUAL,                -- open set @kept one_of(manual, auto)
  pinned               INTEGER AS (_raw ->> 'pinned') VIRTUAL,              -- 1 or 0 @kept
  started_at           INTEGER AS (_raw ->> 'started_at') VIRTUAL,          -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  completed_at         INTEGER AS (_raw ->> 'completed_at') VIRTUAL,        -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  created_at           INTEGER AS (_raw ->> 'created_at') STORED,           -- Unix seconds, UTC @kept time
  updated_at           INTEGER AS (_raw ->> 'updated_at') STORED,           -- Unix seconds, UTC @kept time
  triggered_by_user_id TEXT AS (_raw ->> 'triggered_by_user_id') VIRTUAL  -- @kept
);

CREATE INDEX snapshot_builds_by_creation ON snapshot_builds (org_id, created_at);

CREATE VIEW v_snapshot_builds AS
SELECT build_id, org_id, status, "trigger", pinned, triggered_by_user_id,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(started_at > 100000000000, started_at / 1000, started_at), 'unixepoch') AS started_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(completed_at > 100000000000, completed_at / 1000, completed_at), 'unixepoch') AS completed_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM snapshot_builds WHERE _deleted_at IS NULL;

CREATE TABLE snapshot_build_logs (
  build_id         TEXT NOT NULL PRIMARY KEY,                               -- snapshot_builds.build_id @kept
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  log              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'log') VIRTUAL  -- confidential @text
);

CREATE VIEW v_snapshot_build_logs AS
SELECT build_id, org_id, log
FROM snapshot_build_logs WHERE _deleted_at IS NULL;

CREATE TABLE hypervisors (
  hypervisor_id              TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw                       TEXT NOT NULL,                                 -- the object as Devin sent it @columns object
  _first_synced_at           INTEGER NOT NULL,                              -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at                INTEGER NOT NULL,                              -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at                INTEGER,                                       -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  status                     TEXT AS (_raw ->> 'status') STORED,  -- @kept
  utilization_percentage     REAL AS (_raw ->> 'utilization_percentage') VIRTUAL,  -- percent of the capacity in use @kept
  cloud_provider_instance_id TEXT AS (_raw ->> 'cloud_provider_instance_id') VIRTUAL,  -- @kept
  created_at                 INTEGER AS (_raw ->> 'created_at') STORED,     -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  last_heartbeat             INTEGER AS (_raw ->> 'last_heartbeat') VIRTUAL  -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
);

CREATE VIEW v_hypervisors AS
SELECT hypervisor_id, status, utilization_percentage, cloud_provider_instance_id,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(last_heartbeat > 100000000000, last_heartbeat / 1000, last_heartbeat), 'unixepoch') AS last_heartbeat
FROM hypervisors WHERE _deleted_at IS NULL;

CREATE TABLE queue_readings (
  read_at          INTEGER NOT NULL UNIQUE,                                 -- when it was asked, by this machine; Unix seconds @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  queue_size       INTEGER AS (_raw ->> 'queue_size') VIRTUAL,              -- sessions that wait @kept
  status           TEXT AS (_raw ->> 'status') STORED                       -- open set @kept one_of(normal, elevated, high)
);

CREATE VIEW v_queue_readings AS
SELECT queue_size, status,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(read_at > 100000000000, read_at / 1000, read_at), 'unixepoch') AS read_at
FROM queue_readings WHERE _deleted_at IS NULL;

CREATE TABLE organizations (
  org_id                TEXT NOT NULL PRIMARY KEY,                          -- Devin's id of the organization @kept
  _raw                  TEXT NOT NULL,                                      -- the object as Devin sent it @columns object
  _first_synced_at      INTEGER NOT NULL,                                   -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at           INTEGER NOT NULL,                                   -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at           INTEGER,                                            -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name                  TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  created_at            INTEGER AS (_raw ->> 'created_at') STORED,          -- Unix seconds, UTC @kept time
  updated_at            INTEGER AS (_raw ->> 'updated_at') STORED,          -- Unix seconds, UTC @kept time
  max_session_acu_limit INTEGER AS (_raw ->> 'max_session_acu_limit') VIRTUAL,  -- agent compute units one session may use; NULL: no limit @kept
  max_cycle_acu_limit   INTEGER AS (_raw ->> 'max_cycle_acu_limit') VIRTUAL  -- agent compute units per billing cycle; NULL: no limit @kept
);

CREATE VIEW v_organizations AS
SELECT org_id, name, max_session_acu_limit, max_cycle_acu_limit,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM organizations WHERE _deleted_at IS NULL;

CREATE TABLE users (
  user_id              TEXT NOT NULL PRIMARY KEY,                           -- Devin's id of the user; may hold a vertical bar @kept
  _raw                 TEXT NOT NULL,                                       -- the object as Devin sent it @columns object
  _first_synced_at     INTEGER NOT NULL,                                    -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at          INTEGER NOT NULL,                                    -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at          INTEGER,                                             -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  email                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'email') STORED,  -- confidential @email(user_id)
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- confidential @person(user_id)
  role_assignments     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL,  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
  enterprise_joined_at INTEGER AS (_raw ->> 'enterprise_joined_at') VIRTUAL  -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
);

CREATE VIEW v_users AS
SELECT user_id, email, name, role_assignments,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(enterprise_joined_at > 100000000000, enterprise_joined_at / 1000, enterprise_joined_at), 'unixepoch') AS enterprise_joined_at
FROM users WHERE _deleted_at IS NULL;

CREATE TABLE idp_users (
  user_id              TEXT NOT NULL PRIMARY KEY,                           -- Devin's id of the user; may hold a vertical bar @kept
  _raw                 TEXT NOT NULL,                                       -- the object as Devin sent it @columns object
  _first_synced_at     INTEGER NOT NULL,                                    -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at          INTEGER NOT NULL,                                    -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at          INTEGER,                                             -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  email                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'email') STORED,  -- confidential @email(user_id)
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- confidential @person(user_id)
  idp_role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'idp_role_assignments') VIRTUAL  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
);

CREATE VIEW v_idp_users AS
SELECT user_id, email, name, idp_role_assignments
FROM idp_users WHERE _deleted_at IS NULL;

CREATE TABLE service_users (
  service_user_id  TEXT NOT NULL PRIMARY KEY,                               -- Devin's id of the service user @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @person(service_user_id)
  expires_at       INTEGER AS (_raw ->> 'expires_at') VIRTUAL,              -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  deleted_at       INTEGER AS (_raw ->> 'deleted_at') STORED,               -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
);

CREATE VIEW v_service_users AS
SELECT service_user_id, name, role_assignments,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(expires_at > 100000000000, expires_at / 1000, expires_at), 'unixepoch') AS expires_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(deleted_at > 100000000000, deleted_at / 1000, deleted_at), 'unixepoch') AS deleted_at
FROM service_users WHERE _deleted_at IS NULL;

CREATE TABLE service_user_api_keys (
  api_key_id       TEXT NOT NULL PRIMARY KEY,  -- @kept
  service_user_id  TEXT NOT NULL,                                           -- the service user @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  api_key_name     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'api_key_name') VIRTUAL,  -- @name
  created_at       INTEGER AS (_raw ->> 'created_at') STORED,               -- Unix seconds, UTC @kept time
  expires_at       INTEGER AS (_raw ->> 'expires_at') VIRTUAL,              -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  is_active        INTEGER AS (_raw ->> 'is_active') VIRTUAL,               -- 1 or 0 @kept
  last_used_at     INTEGER AS (_raw ->> 'last_used_at') VIRTUAL,            -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  revoked_at       INTEGER AS (_raw ->> 'revoked_at') VIRTUAL               -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
);

CREATE INDEX service_user_api_keys_by_service_user ON service_user_api_keys (service_user_id);

CREATE VIEW v_service_user_api_keys AS
SELECT api_key_id, service_user_id, api_key_name, is_active,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(expires_at > 100000000000, expires_at / 1000, expires_at), 'unixepoch') AS expires_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(last_used_at > 100000000000, last_used_at / 1000, last_used_at), 'unixepoch') AS last_used_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(revoked_at > 100000000000, revoked_at / 1000, revoked_at), 'unixepoch') AS revoked_at
FROM service_user_api_keys WHERE _deleted_at IS NULL;

CREATE TABLE idp_groups (
  idp_group_name   TEXT NOT NULL PRIMARY KEY,  -- @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
);

CREATE VIEW v_idp_groups AS
SELECT idp_group_name, role_assignments
FROM idp_groups WHERE _deleted_at IS NULL;

CREATE TABLE registered_idp_groups (
  idp_group_name   TEXT NOT NULL PRIMARY KEY,  -- @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER                                                  -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
);

CREATE VIEW v_registered_idp_groups AS
SELECT idp_group_name
FROM registered_idp_groups WHERE _deleted_at IS NULL;

CREATE TABLE roles (
  role_id          TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  role_name        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_name') VIRTUAL,  -- @name
  role_type        TEXT AS (_raw ->> 'role_type') STORED                    -- open set @kept one_of(enterprise, org)
);

CREATE VIEW v_roles AS
SELECT role_id, role_name, role_type
FROM roles WHERE _deleted_at IS NULL;

CREATE TABLE role_permissions (
  role_id          TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  role_name        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_name') VIRTUAL,  -- @name
  role_type        TEXT AS (_raw ->> 'role_type') STORED,                   -- open set @kept one_of(enterprise, org)
  permissions      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'permissions') VIRTUAL  -- JSON list @[kept]
);

CREATE VIEW v_role_permissions AS
SELECT role_id, role_name, role_type, permissions
FROM role_permissions WHERE _deleted_at IS NULL;

CREATE TABLE org_members (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  user_id          TEXT NOT NULL,                                           -- the user @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  email            TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'email') STORED,  -- confidential @email(user_id)
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- confidential @person(user_id)
  role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL,  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
  PRIMARY KEY (org_id, user_id)
);

CREATE VIEW v_org_members AS
SELECT org_id, user_id, email, name, role_assignments
FROM org_members WHERE _deleted_at IS NULL;

CREATE TABLE org_idp_members (
  org_id               TEXT NOT NULL,                                       -- the organization: organizations.org_id @kept
  user_id              TEXT NOT NULL,                                       -- the user @kept
  _raw                 TEXT NOT NULL,                                       -- the object as Devin sent it @columns object
  _first_synced_at     INTEGER NOT NULL,                                    -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at          INTEGER NOT NULL,                                    -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at          INTEGER,                                             -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  email                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'email') STORED,  -- confidential @email(user_id)
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- confidential @person(user_id)
  idp_role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'idp_role_assignments') VIRTUAL,  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
  PRIMARY KEY (org_id, user_id)
);

CREATE VIEW v_org_idp_members AS
SELECT org_id, user_id, email, name, idp_role_assignments
FROM org_idp_members WHERE _deleted_at IS NULL;

CREATE TABLE org_service_users (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  service_user_id  TEXT NOT NULL,                                           -- the service user @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @person(service_user_id)
  expires_at       INTEGER AS (_raw ->> 'expires_at') VIRTUAL,              -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  deleted_at       INTEGER AS (_raw ->> 'deleted_at') STORED,               -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL,  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
  PRIMARY KEY (org_id, service_user_id)
);

CREATE VIEW v_org_service_users AS
SELECT org_id, service_user_id, name, role_assignments,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(expires_at > 100000000000, expires_at / 1000, expires_at), 'unixepoch') AS expires_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(deleted_at > 100000000000, deleted_at / 1000, deleted_at), 'unixepoch') AS deleted_at
FROM org_service_users WHERE _deleted_at IS NULL;

CREATE TABLE org_idp_groups (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  idp_group_name   TEXT NOT NULL,  -- @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL,  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
  PRIMARY KEY (org_id, idp_group_name)
);

CREATE VIEW v_org_idp_groups AS
SELECT org_id, idp_group_name, role_assignments
FROM org_idp_groups WHERE _deleted_at IS NULL;

CREATE VIEW role_permission_names AS
SELECT r.role_id, r.role_name, r.role_type, permission.value AS permission
FROM role_permissions AS r, json_each(r._raw, '$.permissions') AS permission
WHERE r._deleted_at IS NULL AND permission.type = 'text';

CREATE VIEW user_roles AS
SELECT user_id, max(email) AS email, max(name) AS name, org_id, role_id, max(role_name) AS role_name, source
FROM (
  SELECT m.user_id, m.email, m.name, a.value ->> '$.role.role_id' AS role_id, a.value ->> '$.role.role_name' AS role_name,
    coalesce(a.value ->> '$.org_id', iif(a.value ->> '$.role.role_type' = 'org', m.org_id, NULL)) AS org_id,
    coalesce(a.value ->> '$.idp_group_name', 'direct') AS source
  FROM (
    SELECT NULL AS org_id, user_id, email, name, _raw ->> 'role_assignments' AS roles FROM users WHERE _deleted_at IS NULL
    UNION ALL SELECT org_id, user_id, email, name, _raw ->> 'role_assignments' FROM org_members WHERE _deleted_at IS NULL
    UNION ALL SELECT NULL, user_id, email, name, _raw ->> 'idp_role_assignments' FROM idp_users WHERE _deleted_at IS NULL
    UNION ALL SELECT org_id, user_id, email, name, _raw ->> 'idp_role_assignments' FROM org_idp_members WHERE _deleted_at IS NULL
  ) AS m, json_each(iif(json_valid(m.roles), m.roles, '[]')) AS a WHERE a.type = 'object')
GROUP BY user_id, org_id, role_id, source;

CREATE VIEW user_permissions AS
SELECT DISTINCT u.user_id, u.email, u.name, u.org_id, p.permission, u.role_name, u.source
FROM user_roles AS u JOIN role_permission_names AS p USING (role_id);

CREATE TABLE allowed_tags (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  tag              TEXT NOT NULL,                                           -- the tag @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  PRIMARY KEY (org_id, tag)
);

CREATE VIEW v_allowed_tags AS
SELECT org_id, tag
FROM allowed_tags WHERE _deleted_at IS NULL;

CREATE TABLE default_tags (
  org_id           TEXT NOT NULL PRIMARY KEY,                               -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  default_tag      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'default_tag') VIRTUAL  -- @name
);

CREATE VIEW v_default_tags AS
SELECT org_id, default_tag
FROM default_tags WHERE _deleted_at IS NULL;

CREATE TABLE ip_access_list (
  ip_range         TEXT NOT NULL PRIMARY KEY,                               -- an address range in CIDR notation; confidential @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER                                                  -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
);

CREATE VIEW v_ip_access_list AS
SELECT ip_range
FROM ip_access_list WHERE _deleted_at IS NULL;

CREATE TABLE org_groups (
  group_name       TEXT NOT NULL PRIMARY KEY,  -- @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  org_ids          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'org_ids') VIRTUAL,  -- JSON list @[kept]
  max_cycle_acus   INTEGER AS (_raw ->> 'max_cycle_acus') VIRTUAL           -- agent compute units per billing cycle; NULL: no limit @kept
);

CREATE VIEW v_org_groups AS
SELECT group_name, org_ids, max_cycle_acus
FROM org_groups WHERE _deleted_at IS NULL;

CREATE VIEW group_organizations AS
SELECT g.group_name, g.max_cycle_acus, member.value AS org_id
FROM org_groups AS g, json_each(g._raw, '$.org_ids') AS member WHERE g._deleted_at IS NULL AND member.type = 'text';

CREATE TABLE audit_logs (
  audit_log_id      TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw              TEXT NOT NULL,                                          -- the object as Devin sent it @columns object
  _first_synced_at  INTEGER NOT NULL,                                       -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at       INTEGER NOT NULL,                                       -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at       INTEGER,                                                -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  action            TEXT AS (_raw ->> 'action') STORED,                     -- what was done: login, create_session, delete_knowledge …; over a hundred, open set @kept
  created_at        INTEGER AS (_raw ->> 'created_at') STORED,              -- Unix seconds, UTC; some servers send milliseconds, which the view converts @kept time
  data              TEXT AS (_raw ->> 'data') VIRTUAL,                      -- JSON object whose shape depends on the action; confidential @text object
  org_id            TEXT AS (_raw ->> 'org_id') STORED,                     -- the organization; NULL: the enterprise @kept
  user_id           TEXT AS (_raw ->> 'user_id') STORED,  -- @kept
  user_email        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'user_email') VIRTUAL,  -- confidential @email(user_id)
  service_user_id   TEXT AS (_raw ->> 'service_user_id') STORED,  -- @kept
  service_user_name TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'service_user_name') VIRTUAL  -- confidential @person(service_user_id)
);

CREATE INDEX audit_logs_by_time ON audit_logs (created_at);

CREATE INDEX audit_logs_by_organization ON audit_logs (org_id, created_at);

CREATE INDEX audit_logs_by_action ON audit_logs (action);

CREATE VIEW v_audit_logs AS
SELECT audit_log_id, action, data, org_id, user_id, user_email, service_user_id, service_user_name,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM audit_logs WHERE _deleted_at IS NULL;

CREATE TABLE guardrail_violations (
  violation_id     INTEGER NOT NULL UNIQUE,                                 -- number of the violation @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  event_id         TEXT AS (_raw ->> 'event_id') VIRTUAL,  -- @kept
  session_id       TEXT AS (_raw ->> 'session_id') STORED,  -- @kept
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                      -- the organization; NULL: not reported @kept
  guardrail_id     TEXT AS (_raw ->> 'guardrail_id') STORED,  -- @kept
  guardrail_name   TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'guardrail_name') VIRTUAL,  -- @name
  action_taken     TEXT AS (_raw ->> 'action_taken') VIRTUAL,               -- open set @kept one_of(log_only, warn_user, block_message, kill_session)
  confidence_score REAL AS (_raw ->> 'confidence_score') VIRTUAL,           -- confidence of the guardrail, as the server gives it @kept
  reasoning        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'reasoning') VIRTUAL,  -- confidential @text
  user_message     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'user_message') VIRTUAL,  -- confidential @text
  created_at       INTEGER AS (_raw ->> 'created_at') STORED                -- Unix seconds, UTC @kept time
);

CREATE INDEX guardrail_violations_by_time ON guardrail_violations (created_at);

CREATE INDEX guardrail_violations_by_session ON guardrail_violations (session_id);

CREATE VIEW v_guardrail_violations AS
SELECT violation_id, event_id, session_id, org_id, guardrail_id, guardrail_name, action_taken, confidence_score,
  reasoning, user_message,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM guardrail_violations WHERE _deleted_at IS NULL;

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

CREATE INDEX sessions_by_parent ON sessions (parent_session_id) WHERE parent_session_id IS NOT NULL;

CREATE INDEX session_messages_by_time ON session_messages (session_id, created_at, source, _deleted_at);

CREATE VIEW waits_by_user AS
SELECT w.org_id, w.user_id, p.name, count(DISTINCT w.session_id) AS sessions, count(*) AS waits,
  count(*) - count(w.waited_to) AS waiting_now, round(sum(w.seconds) / 3600.0, 2) AS hours,
  round(avg(w.seconds) / 3600.0, 2) AS hours_a_wait, round(max(w.seconds) / 3600.0, 2) AS longest_hours
FROM waits_for_people AS w LEFT JOIN people AS p USING (user_id) GROUP BY w.org_id, w.user_id;

CREATE VIEW note_usages AS
SELECT s.session_id, s.org_id, use.value ->> 'note_id' AS note_id, 1 AS is_good, use.value ->> 'message' AS message, use.value ->> 'reason' AS reason,
  iif(s.created_at > 100000000000, s.created_at / 1000, s.created_at) AS created_at
FROM session_insights AS s, json_each(s._raw, '$.analysis.note_usage.good_usages') AS use WHERE s._deleted_at IS NULL AND use.type = 'object'
UNION ALL
SELECT s.session_id, s.org_id, use.value ->> 'note_id', 0, use.value ->> 'message', use.value ->> 'reason',
  iif(s.created_at > 100000000000, s.created_at / 1000, s.created_at)
FROM session_insights AS s, json_each(s._raw, '$.analysis.note_usage.bad_usages') AS use WHERE s._deleted_at IS NULL AND use.type = 'object';

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

CREATE INDEX sync_checkpoints_of_resources ON sync_checkpoints (resource, org_id) WHERE parent = '';

CREATE INDEX sessions_by_settling ON sessions (_settles_at, updated_at, session_id) WHERE _deleted_at IS NULL;

CREATE INDEX session_insights_by_settling ON session_insights (_settles_at, updated_at, session_id) WHERE _deleted_at IS NULL;

CREATE VIEW sync_requested AS
SELECT value AS resource FROM json_each((SELECT requested FROM sync_runs WHERE requested IS NOT NULL ORDER BY run_id DESC LIMIT 1));

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

CREATE VIEW list_moments AS
SELECT org_id, resource, coalesce(as_of, completed_at) AS moment FROM sync_checkpoints
WHERE parent = '' AND coalesce(as_of, completed_at) IS NOT NULL;

CREATE VIEW mirror_moment AS
SELECT coalesce((SELECT max(moment) FROM list_moments), (SELECT max(coalesce(finished_at, started_at)) FROM sync_runs), unixepoch()) AS moment;

CREATE VIEW current_cycles AS
WITH now AS (
  SELECT o.org_id, coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'daily_consumption' AND l.org_id IN ('', o.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment)) AS moment
  FROM (SELECT DISTINCT org_id FROM daily_consumption WHERE _deleted_at IS NULL) AS o),
known AS (
  SELECT now.*, (
    SELECT c."after" FROM billing_cycles AS c WHERE c._deleted_at IS NULL AND c."after" <= moment AND moment < c."before"
    ORDER BY c."after" DESC LIMIT 1) AS cycle FROM now)
SELECT k.org_id, coalesce(c."after", unixepoch(moment - 28800, 'unixepoch', 'start of month') + 28800) AS starts_at,
  coalesce(c."before", unixepoch(moment - 28800, 'unixepoch', 'start of month', '+1 month') + 28800) AS ends_at,
  c."after" IS NOT NULL AS is_known, moment
FROM known AS k LEFT JOIN billing_cycles AS c ON c."after" = k.cycle AND c._deleted_at IS NULL;

CREATE VIEW secret_ages AS
SELECT s.secret_id, s.org_id, s."key", s.secret_type, s.access_type, coalesce(s.updated_at, s.created_at) AS last_changed_at,
  (coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'secrets' AND l.org_id IN ('', s.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment))
    - iif(coalesce(s.updated_at, s.created_at) > 100000000000, coalesce(s.updated_at, s.created_at) / 1000, coalesce(s.updated_at, s.created_at)))
    / 86400 AS age_days,
  coalesce(s.updated_by, s.created_by) AS last_changed_by, p.name AS last_changed_by_name
FROM secrets AS s LEFT JOIN people AS p ON p.user_id = coalesce(s.updated_by, s.created_by) WHERE s._deleted_at IS NULL;

CREATE VIEW missed_schedules AS
WITH RECURSIVE
numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 59),
watched AS (
  SELECT s.scheduled_session_id AS id, max(1, coalesce(s.interval_count, 1)) AS every, s.moment,
    max(coalesce(unixepoch(s.last_executed_at), 0), coalesce(unixepoch(s.created_at), 0), coalesce(unixepoch(s.updated_at), 0), s.moment - 60 * 86400) AS since,
    '["' || replace(trim(replace(replace(upper(s.frequency), '  ', ' '), '  ', ' ')), ' ', '","') || '"]' AS fields
  FROM (SELECT schedules.*, coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'schedules' AND l.org_id IN ('', schedules.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment)) AS moment FROM schedules) AS s
  WHERE s._deleted_at IS NULL AND s.enabled AND coalesce(s.schedule_type, 'recurring') = 'recurring'
    AND instr(s.frequency, '"') = 0 AND instr(s.frequency, '\') = 0),
parts AS (
  SELECT w.id, f.key AS field, p.value AS part,
    iif(instr(p.value, '/'), substr(p.value, 1, instr(p.value, '/') - 1), p.value) AS range,
    iif(instr(p.value, '/'), substr(p.value, instr(p.value, '/') + 1), '1') AS step
  FROM (SELECT * FROM watched WHERE json_valid(fields) AND json_array_length(fields) = 5) AS w, json_each(w.fields) AS f, json_each('["' || replace(
    iif(f.key < 3, f.value, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    replace(replace(replace(replace(replace(replace(replace(f.value, 'SUN', '0'), 'MON', '1'), 'TUE', '2'), 'WED', '3'), 'THU', '4'), 'FRI', '5'),
    'SAT', '6'), 'JAN', '1'), 'FEB', '2'), 'MAR', '3'), 'APR', '4'), 'MAY', '5'), 'JUN', '6'), 'JUL', '7'), 'AUG', '8'), 'SEP', '9'),
    'OCT', '10'), 'NOV', '11'), 'DEC', '12')), ',', '","') || '"]') AS p),
bounds AS (
  SELECT id, field, range IN ('*', '?') AS is_any, CAST(step AS INTEGER) AS step,
    iif(range IN ('*', '?'), field IN (2, 3), CAST(range AS INTEGER)) AS low,
    CASE WHEN range IN ('*', '?') THEN CASE field WHEN 0 THEN 59 WHEN 1 THEN 23 WHEN 2 THEN 31 WHEN 3 THEN 12 ELSE 6 END
      WHEN instr(range, '-') THEN CAST(substr(range, instr(range, '-') + 1) AS INTEGER)
      WHEN instr(part, '/') THEN CASE field WHEN 0 THEN 59 WHEN 1 THEN 23 WHEN 2 THEN 31 WHEN 3 THEN 12 ELSE 7 END
      ELSE CAST(range AS INTEGER) END AS high,
    (range IN ('*', '?') OR (range GLOB '[0-9]*' AND range NOT GLOB '*[^0-9-]*')) AND step GLOB '[1-9]*' AND step NOT GLOB '*[^0-9]*' AS is_readable
  FROM parts),
readable AS (SELECT id FROM bounds GROUP BY id HAVING min(is_readable) AND count(DISTINCT field) = 5),
allowed AS MATERIALIZED (
  SELECT DISTINCT b.id, b.field, iif(b.field = 4 AND n = 7, 0, n) AS n FROM bounds AS b JOIN readable USING (id) JOIN numbers
  ON n BETWEEN b.low AND b.high AND (n - b.low) % b.step = 0),
free AS (SELECT id, max(iif(field = 2, is_any, 0)) AS any_day, max(iif(field = 4, is_any, 0)) AS any_weekday FROM bounds GROUP BY id),
days(id, day) AS (
  SELECT w.id, since / 86400 * 86400 FROM watched AS w JOIN readable USING (id)
  UNION ALL SELECT d.id, d.day + 86400 FROM days AS d JOIN watched AS w USING (id) WHERE d.day + 86400 <= w.moment),
fitting AS (
  SELECT d.id, d.day FROM days AS d JOIN free AS f USING (id)
    WHERE EXISTS (SELECT 1 FROM allowed AS a WHERE a.id = d.id AND a.field = 3 AND a.n = CAST(strftime('%m', d.day, 'unixepoch') AS INTEGER))
    -- Cron's own rule: where both the day of the month and the weekday are given, either will do.
    AND CASE WHEN f.any_day OR f.any_weekday
      THEN EXISTS (SELECT 1 FROM allowed AS a WHERE a.id = d.id AND a.field = 2 AND a.n = CAST(strftime('%d', d.day, 'unixepoch') AS INTEGER))
        AND EXISTS (SELECT 1 FROM allowed AS a WHERE a.id = d.id AND a.field = 4 AND a.n = CAST(strftime('%w', d.day, 'unixepoch') AS INTEGER))
      ELSE EXISTS (SELECT 1 FROM allowed AS a WHERE a.id = d.id AND a.field = 2 AND a.n = CAST(strftime('%d', d.day, 'unixepoch') AS INTEGER))
        OR EXISTS (SELECT 1 FROM allowed AS a WHERE a.id = d.id AND a.field = 4 AND a.n = CAST(strftime('%w', d.day, 'unixepoch') AS INTEGER)) END),
due AS (
  SELECT w.id, w.every, d.day + h.n * 3600 + m.n * 60 AS at FROM watched AS w JOIN fitting AS d USING (id)
    JOIN allowed AS h ON h.id = w.id AND h.field = 1 JOIN allowed AS m ON m.id = w.id AND m.field = 0
  WHERE d.day + h.n * 3600 + m.n * 60 > w.since + 50400 AND d.day + h.n * 3600 + m.n * 60 <= w.moment - 50400),
missed AS (
  SELECT id, count(*) / every AS runs, max(at) AS last_due_at FROM due GROUP BY id HAVING count(*) >= every
  UNION ALL
  SELECT s.scheduled_session_id, 1, unixepoch(s.scheduled_at) FROM schedules AS s
  WHERE s._deleted_at IS NULL AND s.enabled AND s.schedule_type = 'one_time' AND s.last_executed_at IS NULL
    AND unixepoch(s.scheduled_at) <= coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'schedules' AND l.org_id IN ('', s.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment)) - 3600)
SELECT s.scheduled_session_id, s.org_id, s.name, s.frequency, s.scheduled_at, s.last_executed_at, m.runs AS missed_runs, m.last_due_at,
  s.consecutive_failures, s.last_error_at, s.last_error_message
FROM missed AS m JOIN schedules AS s ON s.scheduled_session_id = m.id;

CREATE VIRTUAL TABLE search_sessions USING fts5(title, content="sessions", content_rowid="rowid", tokenize='porter unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE search_session_messages USING fts5(message, content="session_messages", content_rowid="rowid", tokenize='porter unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE search_knowledge_notes USING fts5(name, body, content="knowledge_notes", content_rowid="rowid", tokenize='porter unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE search_playbooks USING fts5(title, body, content="playbooks", content_rowid="rowid", tokenize='porter unicode61 remove_diacritics 2');

CREATE TABLE sync_text_indexes (
  resource   TEXT PRIMARY KEY,        -- name of the table; its index is called search_ and this @kept
  is_on      INTEGER NOT NULL,        -- 0: texts are not indexed, and the index is empty @kept
  indexed_to INTEGER NOT NULL         -- rows with a rowid up to this are in the index; later ones follow before the run ends @kept
) STRICT, WITHOUT ROWID;

CREATE VIEW cost_per_merge AS
WITH months AS (
  SELECT org_id, substr(billing_day, 1, 7) AS month, count(*) AS sessions, count(acus) AS sessions_with_known_cost, sum(acus) AS acus,
    sum(merged_pull_requests > 0) AS sessions_with_merge, sum(iif(merged_pull_requests > 0, acus, NULL)) AS acus_of_sessions_with_merge
  FROM session_facts GROUP BY org_id, month),
merges AS (
  SELECT o.org_id, substr(o.billing_day, 1, 7) AS month, count(*) AS merged, count(f.acus) AS merged_with_known_cost
  FROM pull_request_outcomes AS o JOIN session_facts AS f ON f.session_id = o.first_session_id WHERE o.outcome = 'merged' GROUP BY o.org_id, 2)
SELECT m.org_id, m.month, m.sessions, m.sessions_with_known_cost, round(1.0 * m.sessions_with_known_cost / m.sessions, 4) AS known_share,
  m.sessions_with_merge, m.acus, m.acus_of_sessions_with_merge, coalesce(p.merged, 0) AS merged_pull_requests,
  round(m.acus / nullif(p.merged_with_known_cost, 0), 4) AS acus_per_merge,
  round(m.acus_of_sessions_with_merge / nullif(p.merged_with_known_cost, 0), 4) AS acus_per_merge_of_merging_sessions
FROM months AS m LEFT JOIN merges AS p ON p.month = m.month AND p.org_id IS m.org_id;

CREATE VIEW acu_reconciliation_by_cycle AS
WITH placed AS (
  SELECT r.*, coalesce(date(c."after" - 28800, 'unixepoch'), substr(r.billing_day, 1, 7) || '-01') AS cycle_start, c."after" IS NOT NULL AS cycle_is_known
  FROM acu_reconciliation AS r LEFT JOIN billing_cycles AS c
    ON c._deleted_at IS NULL AND unixepoch(r.billing_day) + 28800 >= c."after" AND unixepoch(r.billing_day) + 28800 < c."before"),
spans AS (SELECT org_id, cycle_start, max(is_billed) AS is_billed FROM placed GROUP BY org_id, cycle_start)
SELECT p.org_id, p.cycle_start, p.cycle_is_known, count(p.billed_acus) AS billed_days, sum(p.billed_acus) AS billed_acus,
  sum(p.session_acus) AS session_acus, round(sum(p.difference), 4) AS difference, sum(p.sessions_with_unknown_cost) AS sessions_with_unknown_cost,
  sum(p.billed_devin_acus) AS billed_devin_acus, min(iif(p.is_billed, p.billing_day, NULL)) AS compared_from,
  max(iif(p.is_billed, p.billing_day, NULL)) AS compared_to
FROM placed AS p JOIN spans AS s ON s.org_id IS p.org_id AND s.cycle_start = p.cycle_start
WHERE p.is_billed OR NOT s.is_billed GROUP BY p.org_id, p.cycle_start;

CREATE VIEW acu_forecast AS
WITH spent AS (
  SELECT org_id, iif(date > 100000000000, date / 1000, date) AS at, acus FROM daily_consumption WHERE _deleted_at IS NULL),
frame AS (
  SELECT c.*, (moment - 28800) / 86400 * 86400 + 28800 AS today FROM current_cycles AS c),
spans AS (
  SELECT f.*, max(today - 28 * 86400, (SELECT min(at) FROM spent WHERE spent.org_id = f.org_id)) AS measured_from,
    (ends_at - today + 86399) / 86400 AS days_left FROM frame AS f),
sums AS (
  SELECT s.*, (s.today - s.measured_from) / 86400 AS n, coalesce((
      SELECT sum(acus) FROM spent WHERE spent.org_id = s.org_id AND at >= s.measured_from AND at < s.today), 0) AS total, coalesce((
      SELECT sum(acus * acus) FROM spent WHERE spent.org_id = s.org_id AND at >= s.measured_from AND at < s.today), 0) AS squares, coalesce((
      SELECT sum(acus) FROM spent WHERE spent.org_id = s.org_id AND at >= s.starts_at AND at < s.today), 0) AS before_today, coalesce((
      SELECT sum(acus) FROM spent WHERE spent.org_id = s.org_id AND at >= s.today AND at < s.ends_at), 0) AS of_today
  FROM spans AS s),
rates AS (
  SELECT *, 1.0 * total / nullif(n, 0) AS a_day,
    -- 2.326 + 4.25 / (n - 1) is Student's t at 98 %, two-sided, for 13 to 27 degrees of freedom, rounded up.
    iif(n >= 14, (2.326 + 4.25 / (n - 1)) * sqrt(max(0, (squares - 1.0 * total * total / n) / (n - 1)))
      * sqrt(days_left + 1.0 * days_left * days_left / n), NULL) AS band
  FROM sums)
SELECT org_id, date(starts_at - 28800, 'unixepoch') AS cycle_start, date(ends_at - 28800, 'unixepoch') AS cycle_end, is_known AS cycle_is_known,
  round(before_today + of_today, 4) AS acus_so_far, n AS days_measured, round(a_day, 4) AS acus_a_day, days_left,
  round(max(before_today + a_day * days_left, before_today + of_today), 4) AS forecast,
  round(max(before_today + a_day * days_left - band, before_today + of_today), 4) AS low,
  round(max(before_today + a_day * days_left + band, before_today + of_today), 4) AS high,
  (SELECT cycle_acu_limit FROM acu_limits AS l WHERE l.org_id = rates.org_id AND l.scope = 'org' AND l._deleted_at IS NULL) AS cycle_acu_limit
FROM rates;

CREATE TABLE sync_pruned (
  id         INTEGER PRIMARY KEY CHECK (id = 1),  -- @kept
  known_from INTEGER NOT NULL,       -- changes before this were removed; Unix seconds @kept time
  change_id  INTEGER NOT NULL        -- the newest change that was removed @kept
) STRICT;

CREATE TABLE sync_pruned_versions (
  playbook_id TEXT PRIMARY KEY,  -- @kept
  versions    INTEGER NOT NULL  -- @kept
) STRICT, WITHOUT ROWID;

CREATE VIEW playbook_versions AS
WITH seen(playbook_id, raw, place) AS (
  SELECT key, before, change_id FROM sync_changes WHERE resource = 'playbooks' AND before IS NOT NULL
  UNION ALL SELECT playbook_id, _raw, 9223372036854775807 FROM playbooks),
dated AS (
  SELECT playbook_id, raw, place, coalesce(raw ->> 'updated_at', raw ->> 'created_at') AS at FROM seen),
versions AS (
  -- Of several states with one time the newest stands for the version.
  SELECT playbook_id, iif(at > 100000000000, at / 1000, at) AS valid_from, raw, max(place) FROM dated GROUP BY playbook_id, at)
SELECT v.playbook_id, v.raw ->> 'org_id' AS org_id, row_number() OVER one + coalesce(g.versions, 0) AS version, v.valid_from,
  coalesce(lead(v.valid_from) OVER one, p._deleted_at) AS valid_to, replace(v.raw, '\u0000', '\ufffd') ->> 'title' AS title,
  replace(v.raw, '\u0000', '\ufffd') ->> 'body' AS body, v.raw ->> 'updated_by' AS updated_by
FROM versions AS v JOIN playbooks AS p USING (playbook_id) LEFT JOIN sync_pruned_versions AS g USING (playbook_id)
WINDOW one AS (PARTITION BY v.playbook_id ORDER BY v.valid_from);

CREATE INDEX sync_checkpoints_by_refresh ON sync_checkpoints (resource, org_id) WHERE refresh_interval IS NOT NULL;

CREATE VIEW sync_refresh AS
SELECT org_id, resource, parent, refresh_interval,
  strftime('%Y-%m-%dT%H:%M:%SZ', coalesce(completed_at, refused_at), 'unixepoch') AS last_asked,
  strftime('%Y-%m-%dT%H:%M:%SZ', coalesce(completed_at, refused_at) + refresh_interval, 'unixepoch') AS refresh_by
FROM sync_checkpoints WHERE refresh_interval IS NOT NULL;

CREATE TABLE derived_waits (
  session_id  TEXT NOT NULL,
  turn        INTEGER NOT NULL,        -- the place of the message that ended it among those of the session, from 1
  waited_from INTEGER,
  waited_to   INTEGER,
  PRIMARY KEY (session_id, turn)
) WITHOUT ROWID;

CREATE VIEW derive_waits AS
WITH turns AS (
  SELECT session_id, row_number() OVER one AS turn, source, created_at, lag(source) OVER one AS said_before, lag(created_at) OVER one AS before
  FROM session_messages WHERE _deleted_at IS NULL WINDOW one AS (PARTITION BY session_id ORDER BY created_at, source))
SELECT session_id, turn, iif(before > 100000000000, before / 1000, before) AS waited_from,
  iif(created_at > 100000000000, created_at / 1000, created_at) AS waited_to
FROM turns WHERE source = 'user' AND said_before = 'devin';

CREATE TABLE derived_note_usages (
  session_id TEXT NOT NULL,
  note_id    TEXT,
  is_good    INTEGER NOT NULL,         -- 0: it misled
  created_at INTEGER                   -- of the session
);

CREATE INDEX derived_note_usages_of_sessions ON derived_note_usages (session_id);

CREATE VIEW derive_note_usages AS
SELECT session_id, CAST(note_id AS TEXT) AS note_id, is_good, created_at FROM note_usages;

CREATE TABLE derived_counts (
  resource TEXT NOT NULL,              -- name of the table
  org_id   TEXT NOT NULL,              -- empty: rows that name no organization
  rows     INTEGER NOT NULL,           -- current ones
  deleted  INTEGER NOT NULL,           -- those that are marked as deleted
  PRIMARY KEY (resource, org_id)
) STRICT, WITHOUT ROWID;

CREATE VIEW session_tags AS
SELECT d.session_id, d.org_id, tag.key AS position, tag.value AS tag
FROM derived_sessions AS d, json_each(d.tags) AS tag WHERE tag.type = 'text';

CREATE VIEW note_usefulness AS
SELECT n.note_id, n.org_id, n.name, n.folder_path, n.is_enabled, count(iif(u.is_good = 1, 1, NULL)) AS good_usages,
  count(iif(u.is_good = 0, 1, NULL)) AS bad_usages, count(DISTINCT u.session_id) AS sessions, max(u.created_at) AS last_used_at
FROM knowledge_notes AS n LEFT JOIN derived_note_usages AS u USING (note_id) WHERE n._deleted_at IS NULL GROUP BY n.note_id;

CREATE VIEW session_parents AS
WITH own AS MATERIALIZED (
  SELECT session_id, parent_session_id FROM derived_sessions
  WHERE parent_session_id <> session_id AND parent_session_id IN (SELECT session_id FROM derived_sessions)),
listed AS MATERIALIZED (
  SELECT DISTINCT child_session_id AS session_id, session_id AS parent_session_id FROM session_children WHERE child_session_id <> session_id),
ranked AS (
  SELECT n.session_id, n.parent_session_id, row_number() OVER (PARTITION BY n.session_id ORDER BY coalesce(p.created_at, 0) DESC, p.session_id DESC) AS place
  FROM listed AS n CROSS JOIN derived_sessions AS s ON s.session_id = n.session_id
    CROSS JOIN derived_sessions AS p ON p.session_id = n.parent_session_id
  WHERE n.session_id NOT IN (SELECT session_id FROM own) AND (coalesce(p.created_at, 0) < coalesce(s.created_at, 0)
    -- Of two that were created in the same second and list each other, the one with the smaller id is the parent.
    OR (coalesce(p.created_at, 0) = coalesce(s.created_at, 0) AND (p.session_id < s.session_id
      OR NOT EXISTS (SELECT 1 FROM own AS b WHERE b.session_id = p.session_id AND b.parent_session_id = s.session_id)
        AND NOT EXISTS (SELECT 1 FROM listed AS b WHERE b.session_id = p.session_id AND b.parent_session_id = s.session_id)))))
SELECT session_id, parent_session_id FROM own
UNION ALL
SELECT session_id, parent_session_id FROM ranked WHERE place = 1;

CREATE VIEW session_family_members AS
WITH RECURSIVE
parents AS MATERIALIZED (SELECT * FROM session_parents),
below(root_session_id, session_id, depth) AS MATERIALIZED (
  SELECT DISTINCT parent_session_id, parent_session_id, 0 FROM parents WHERE parent_session_id NOT IN (SELECT session_id FROM parents)
  UNION ALL
  SELECT b.root_session_id, p.session_id, b.depth + 1 FROM below AS b JOIN parents AS p ON p.parent_session_id = b.session_id)
SELECT root_session_id, session_id, depth FROM below
UNION ALL
SELECT session_id, session_id, 0 FROM derived_sessions WHERE session_id NOT IN (SELECT session_id FROM below);

CREATE INDEX sync_checkpoints_held_back ON sync_checkpoints (org_id, resource) WHERE held_back > 0;

CREATE VIEW known_lists AS
WITH RECURSIVE known(org_id, resource) AS (
  SELECT org_id, resource FROM (SELECT org_id, resource FROM sync_checkpoints ORDER BY org_id, resource LIMIT 1)
  UNION ALL
  SELECT c.org_id, c.resource FROM known AS k JOIN sync_checkpoints AS c ON c.list_id = coalesce(
    (SELECT n.list_id FROM sync_checkpoints AS n WHERE n.org_id = k.org_id AND n.resource > k.resource ORDER BY n.resource LIMIT 1),
    (SELECT n.list_id FROM sync_checkpoints AS n WHERE n.org_id > k.org_id ORDER BY n.org_id, n.resource LIMIT 1)))
SELECT org_id, resource FROM known;

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

CREATE TABLE derived_pull_requests (
  session_id TEXT NOT NULL,
  org_id     TEXT NOT NULL,            -- empty: the session names none
  pr_url     NOT NULL,                 -- as the server sent it
  furthest   INTEGER NOT NULL,         -- 3: merged, 2: closed, 1: open, 0: Devin does not say; where it is listed twice the largest
  place      TEXT NOT NULL,            -- when the session was created, in twelve digits, and its id: the smallest is the first that lists it
  address    TEXT AS (iif(instr(pr_url, '://'), substr(pr_url, instr(pr_url, '://') + 3), pr_url)) VIRTUAL,
  path       TEXT AS (CASE
      WHEN instr(address, '/-/merge_requests/') THEN substr(address, 1, instr(address, '/-/merge_requests/') - 1)
      WHEN instr(address, '/merge_requests/') THEN substr(address, 1, instr(address, '/merge_requests/') - 1)
      WHEN instr(address, '/pull-requests/') THEN substr(address, 1, instr(address, '/pull-requests/') - 1)
      WHEN instr(address, '/pullrequest/') THEN substr(address, 1, instr(address, '/pullrequest/') - 1)
      WHEN instr(address, '/pull/') THEN substr(address, 1, instr(address, '/pull/') - 1)
      -- Gerrit: HOST/c/REPOSITORY/+/NUMBER
      WHEN instr(address, '/c/') AND instr(address, '/+/') THEN replace(substr(address, 1, instr(address, '/+/') - 1), '/c/', '/') END) VIRTUAL,
  host       TEXT AS (iif(instr(address, '/'), substr(address, 1, instr(address, '/') - 1), address)) STORED,
  repository TEXT AS (substr(path, instr(path, '/') + 1)) STORED,  -- NULL: the address has no known form
  PRIMARY KEY (session_id, org_id, pr_url)
) WITHOUT ROWID;

CREATE INDEX derived_pull_requests_by_address ON derived_pull_requests (org_id, pr_url);

CREATE VIEW derive_pull_requests AS
SELECT s.session_id, coalesce(s.org_id, '') AS org_id, pr.value ->> 'pr_url' AS pr_url, (
    SELECT max(CASE lower(o.value ->> 'pr_state') WHEN 'merged' THEN 3 WHEN 'closed' THEN 2 WHEN 'declined' THEN 2 WHEN 'abandoned' THEN 2
      WHEN 'open' THEN 1 WHEN 'opened' THEN 1 WHEN 'draft' THEN 1 WHEN 'reopened' THEN 1 ELSE 0 END)
    FROM json_each(s._raw, '$.pull_requests') AS o WHERE o.type = 'object' AND o.value ->> 'pr_url' IS pr.value ->> 'pr_url') AS furthest,
  printf('%012d', iif(s.created_at > 100000000000, s.created_at / 1000, s.created_at)) || s.session_id AS place
FROM sessions AS s, json_each(s._raw, '$.pull_requests') AS pr
WHERE s._deleted_at IS NULL AND instr(s._raw, '"pr_url"') AND pr.type = 'object' AND pr.value ->> 'pr_url' IS NOT NULL
  -- Of an address that is listed twice the first place stands for all.
  AND pr.id = (
    SELECT min(o.id) FROM json_each(s._raw, '$.pull_requests') AS o
    WHERE o.type = 'object' AND o.value ->> 'pr_url' IS pr.value ->> 'pr_url');

CREATE TABLE derived_outcomes (
  org_id           TEXT NOT NULL,      -- empty: its sessions name none
  pr_url           NOT NULL,           -- as the server sent it
  sessions         INTEGER NOT NULL,   -- how many list it
  furthest         INTEGER NOT NULL,   -- 3: merged, 2: closed, 1: open, 0: Devin does not say; where sessions differ the largest
  first_session_id TEXT NOT NULL,      -- of those that list it, the one that was created first
  billing_day      TEXT,               -- the day that one was created on; billing days start at 08:00 UTC
  host             TEXT,
  repository       TEXT,               -- NULL: the address has no known form
  PRIMARY KEY (org_id, pr_url)
) WITHOUT ROWID;

CREATE INDEX derived_outcomes_of_first ON derived_outcomes (first_session_id, furthest);

CREATE VIEW derive_outcomes AS
WITH listed AS (
  SELECT org_id, pr_url, count(*) AS sessions, max(furthest) AS furthest, min(place) AS first, min(host) AS host, min(repository) AS repository
  FROM derived_pull_requests GROUP BY org_id, pr_url)
SELECT org_id, pr_url, sessions, furthest, CAST(substr(first, 13) AS TEXT) AS first_session_id,
  date(CAST(substr(first, 1, 12) AS INTEGER) - 28800, 'unixepoch') AS billing_day, host, repository
FROM listed;

CREATE VIEW pull_request_outcomes AS
SELECT nullif(org_id, '') AS org_id, pr_url, CASE furthest WHEN 3 THEN 'merged' WHEN 2 THEN 'closed' WHEN 1 THEN 'open' ELSE 'unknown' END AS outcome,
  host, repository, sessions, billing_day, first_session_id
FROM derived_outcomes;

CREATE VIEW first_pull_requests AS
SELECT first_session_id AS session_id, count(*) AS pull_requests, count(*) FILTER (WHERE furthest = 3) AS merged_pull_requests
FROM derived_outcomes GROUP BY first_session_id;

CREATE VIEW billed_by_day AS
SELECT org_id, date(iif(date > 100000000000, date / 1000, date) - 28800, 'unixepoch') AS billing_day, acus
FROM daily_consumption WHERE _deleted_at IS NULL;

CREATE VIEW acus_by_user AS
SELECT f.org_id, f.billing_day, f.user_id, p.name, p.email, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, sum(f.first_merged_pull_requests) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN people AS p USING (user_id)
WHERE f.service_user_id IS NULL GROUP BY f.org_id, f.billing_day, f.user_id;

CREATE VIEW acus_by_service_user AS
SELECT f.org_id, f.billing_day, f.service_user_id, p.name, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, sum(f.first_merged_pull_requests) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN people AS p ON p.user_id = f.service_user_id
WHERE f.service_user_id IS NOT NULL GROUP BY f.org_id, f.billing_day, f.service_user_id;

CREATE VIEW acus_by_origin AS
SELECT org_id, billing_day, origin, count(*) AS sessions, count(acus) AS sessions_with_known_cost, sum(acus) AS acus,
  sum(first_merged_pull_requests) AS merged_pull_requests
FROM session_facts GROUP BY org_id, billing_day, origin;

CREATE VIEW acus_by_playbook AS
SELECT f.org_id, f.billing_day, f.playbook_id, p.title, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, sum(f.first_merged_pull_requests) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN playbooks AS p USING (playbook_id)
GROUP BY f.org_id, f.billing_day, f.playbook_id;

CREATE VIEW acus_by_tag AS
SELECT f.org_id, f.billing_day, t.value AS tag, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, sum(f.first_merged_pull_requests) AS merged_pull_requests
FROM session_facts AS f CROSS JOIN derived_sessions AS d USING (session_id) LEFT JOIN json_each(d.tags) AS t
  -- A tag that a session has twice counts once.
  ON t.type = 'text' AND (t.key = 0 OR NOT EXISTS (
    SELECT 1 FROM json_each(d.tags) AS o WHERE o.key < t.key AND o.value = t.value AND o.type = 'text'))
GROUP BY f.org_id, f.billing_day, t.value;

CREATE VIEW acus_by_repository AS
WITH worked AS (
  SELECT f.org_id, f.billing_day, w.host, w.repository, f.acus, 1 AS sessions, 0 AS merged
  FROM (SELECT DISTINCT session_id, host, repository FROM derived_pull_requests) AS w CROSS JOIN session_facts AS f USING (session_id)
  UNION ALL
  SELECT org_id, billing_day, NULL, NULL, acus, 1, 0 FROM session_facts WHERE pull_requests = 0
  UNION ALL
  SELECT org_id, billing_day, host, repository, NULL, 0, 1 FROM pull_request_outcomes WHERE outcome = 'merged')
SELECT org_id, billing_day, host, repository, sum(sessions) AS sessions, count(acus) AS sessions_with_known_cost, sum(acus) AS acus,
  sum(merged) AS merged_pull_requests
FROM worked GROUP BY org_id, billing_day, host, repository;

CREATE VIEW playbook_scoreboard AS
WITH ran AS (
  SELECT f.playbook_id, f.org_id, f.is_over, f.status, f.acus, f.created_at, f.merged_pull_requests, f.first_merged_pull_requests AS first_merges, (
    SELECT v.version FROM playbook_versions AS v
    WHERE v.playbook_id = f.playbook_id AND v.valid_from <= f.created_at AND (v.valid_to IS NULL OR f.created_at < v.valid_to)) AS version
  FROM session_facts AS f WHERE f.playbook_id IS NOT NULL)
SELECT r.playbook_id, r.org_id, r.version, coalesce(v.title, p.title) AS title, v.valid_from, v.valid_to, count(*) AS sessions, sum(r.is_over) AS sessions_over,
  sum(r.status = 'error') AS errors, sum(r.merged_pull_requests > 0) AS sessions_with_merge, sum(r.first_merges) AS merged_pull_requests,
  count(r.acus) AS sessions_with_known_cost, sum(r.acus) AS acus, round(avg(r.acus), 4) AS acus_a_session, max(r.created_at) AS last_used_at
FROM ran AS r LEFT JOIN playbook_versions AS v ON v.playbook_id = r.playbook_id AND v.version = r.version
  LEFT JOIN playbooks AS p ON p.playbook_id = r.playbook_id
GROUP BY r.playbook_id, r.org_id, r.version
UNION ALL
SELECT v.playbook_id, v.org_id, v.version, v.title, v.valid_from, v.valid_to, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL
FROM playbook_versions AS v
WHERE NOT EXISTS (SELECT 1 FROM ran AS r WHERE r.playbook_id = v.playbook_id AND r.version = v.version);

CREATE VIEW session_families AS
WITH RECURSIVE
parents AS MATERIALIZED (SELECT * FROM session_parents),
below(root_session_id, session_id, depth) AS MATERIALIZED (
  SELECT DISTINCT parent_session_id, parent_session_id, 0 FROM parents WHERE parent_session_id NOT IN (SELECT session_id FROM parents)
  UNION ALL
  SELECT b.root_session_id, p.session_id, b.depth + 1 FROM below AS b JOIN parents AS p ON p.parent_session_id = b.session_id),
costs AS (
  SELECT m.root_session_id, count(*) AS sessions, max(m.depth) AS depth, count(f.acus) AS sessions_with_known_cost, sum(f.acus) AS acus,
    sum(f.first_pull_requests) AS pull_requests, sum(f.first_merged_pull_requests) AS merged_pull_requests
  FROM below AS m CROSS JOIN session_facts AS f USING (session_id) GROUP BY m.root_session_id)
SELECT c.root_session_id, r.org_id, r.title, r.billing_day, r.user_id, r.service_user_id, c.sessions, c.depth, c.sessions_with_known_cost,
  c.acus, r.acus AS own_acus, c.pull_requests, c.merged_pull_requests
FROM costs AS c CROSS JOIN session_facts AS r ON r.session_id = c.root_session_id
UNION ALL
SELECT f.session_id, f.org_id, f.title, f.billing_day, f.user_id, f.service_user_id, 1, 0, f.acus IS NOT NULL, f.acus, f.acus,
  f.first_pull_requests, f.first_merged_pull_requests
FROM session_facts AS f WHERE f.session_id NOT IN (SELECT session_id FROM below);

CREATE VIEW waits_for_people AS
SELECT w.session_id, d.org_id, d.user_id, d.service_user_id, w.waited_from, w.waited_to, w.seconds
FROM (
  SELECT session_id, waited_from, waited_to, max(0, waited_to - waited_from) AS seconds FROM derived_waits
  UNION ALL SELECT session_id, waited_from, NULL, seconds FROM open_waits) AS w JOIN derived_sessions AS d USING (session_id);

CREATE VIEW session_waste AS
WITH usual AS (SELECT org_id, avg(acus) AS acus FROM session_facts GROUP BY org_id),
waited AS (
  SELECT session_id, sum(seconds) AS seconds FROM (
    -- The order of the table is that of sessions, so that these sums need no sorting.
    SELECT session_id, sum(max(0, waited_to - waited_from)) AS seconds FROM derived_waits GROUP BY session_id
    UNION ALL SELECT session_id, seconds FROM open_waits)
  GROUP BY session_id HAVING sum(seconds) >= 86400),
found AS (
  SELECT f.session_id, 'expensive, nothing merged' AS reason, NULL AS hours FROM session_facts AS f JOIN usual AS u USING (org_id)
  WHERE f.is_over AND f.acus >= 2 * u.acus AND f.merged_pull_requests = 0
  UNION ALL
  SELECT session_id, CASE WHEN status_detail LIKE '%limit_exceeded' THEN 'ended by a usage limit' ELSE 'out of credits' END, NULL
  FROM session_facts
  WHERE status_detail LIKE '%limit_exceeded'
    OR status_detail IN ('out_of_credits', 'out_of_quota', 'no_quota_allocation', 'payment_declined', 'contract_expired')
  UNION ALL
  SELECT session_id, 'waited a day or longer for people', round(seconds / 3600.0, 2) FROM waited)
SELECT w.session_id, f.org_id, f.billing_day, w.reason, f.acus, w.hours, f.pull_requests, f.user_id, f.service_user_id, f.title, f.url
FROM found AS w JOIN session_facts AS f USING (session_id);

CREATE TABLE local_agent_acu_limits (
  limit_key        TEXT NOT NULL PRIMARY KEY,                               -- scope:org_id:user_id, what is missing left empty @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  scope            TEXT AS (_raw ->> 'scope') VIRTUAL,                      -- open set @kept one_of(enterprise, org, user)
  cycle_acu_limit  INTEGER AS (_raw ->> 'cycle_acu_limit') VIRTUAL,         -- agent compute units per billing cycle @kept
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                      -- the organization; NULL: the limit is not of one @kept
  user_id          TEXT AS (_raw ->> 'user_id') STORED                      -- users.user_id; NULL: the limit is not of one @kept
);

CREATE VIEW v_local_agent_acu_limits AS
SELECT limit_key, scope, cycle_acu_limit, org_id, user_id
FROM local_agent_acu_limits WHERE _deleted_at IS NULL;

CREATE TABLE user_acu_limits (
  user_id          TEXT NOT NULL PRIMARY KEY,                               -- users.user_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  local_agent      TEXT AS (_raw ->> 'local_agent') VIRTUAL,                -- JSON object; NULL: no limit is set here @{cycle_acu_limit: kept}
  cycle_acu_limit  INTEGER AS (_raw ->> '$.local_agent.cycle_acu_limit') VIRTUAL  -- agent compute units per month, desktop, JetBrains and CLI; NULL: none @kept
);

CREATE VIEW v_user_acu_limits AS
SELECT user_id, local_agent, cycle_acu_limit
FROM user_acu_limits WHERE _deleted_at IS NULL;

CREATE TABLE default_user_acu_limits (
  limit_scope      TEXT NOT NULL PRIMARY KEY,                               -- default @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  local_agent      TEXT AS (_raw ->> 'local_agent') VIRTUAL,                -- JSON object; NULL: no limit is set here @{cycle_acu_limit: kept}
  cycle_acu_limit  INTEGER AS (_raw ->> '$.local_agent.cycle_acu_limit') VIRTUAL  -- agent compute units per month, desktop, JetBrains and CLI; NULL: none @kept
);

CREATE VIEW v_default_user_acu_limits AS
SELECT limit_scope, local_agent, cycle_acu_limit
FROM default_user_acu_limits WHERE _deleted_at IS NULL;

CREATE TABLE organization_acu_limits (
  org_id           TEXT NOT NULL PRIMARY KEY,                               -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  local_agent      TEXT AS (_raw ->> 'local_agent') VIRTUAL,                -- JSON object; NULL: no limit is set here @{cycle_acu_limit: kept}
  cycle_acu_limit  INTEGER AS (_raw ->> '$.local_agent.cycle_acu_limit') VIRTUAL  -- agent compute units per month, desktop, JetBrains and CLI; NULL: none @kept
);

CREATE VIEW v_organization_acu_limits AS
SELECT org_id, local_agent, cycle_acu_limit
FROM organization_acu_limits WHERE _deleted_at IS NULL;

CREATE TABLE default_platforms (
  org_id           TEXT NOT NULL PRIMARY KEY,                               -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  platform         TEXT AS (_raw ->> 'platform') VIRTUAL,                   -- NULL: none is set @kept
  outpost_pool_id  TEXT AS (_raw ->> 'outpost_pool_id') VIRTUAL,            -- NULL: the platform is no outpost @kept
  outpost_pool_name TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'outpost_pool_name') VIRTUAL  -- NULL: also where the pool is not open to the organization @name
);

CREATE VIEW v_default_platforms AS
SELECT org_id, platform, outpost_pool_id, outpost_pool_name
FROM default_platforms WHERE _deleted_at IS NULL;

CREATE TABLE outposts (
  outpost_id       TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  metadata         TEXT AS (_raw ->> 'metadata') VIRTUAL,                   -- JSON object: outpost_id, account_id, created_at @{outpost_id: kept, account_id: kept, created_at: kept}
  spec             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'spec') VIRTUAL,  -- JSON object: name, platform, description, allowed_org_ids (null: every organization) @{name: name, platform: kept, description: text, allowed_org_ids: [kept]}
  account_id       TEXT AS (_raw ->> '$.metadata.account_id') VIRTUAL,  -- @kept
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> '$.spec.name') VIRTUAL,  -- @name
  platform         TEXT AS (_raw ->> '$.spec.platform') VIRTUAL  -- @kept
);

CREATE VIEW v_outposts AS
SELECT outpost_id, account_id, name, platform, replace(_raw, '\u0000', '\ufffd') ->> '$.spec.description' AS description,
  _raw ->> '$.spec.allowed_org_ids' AS allowed_org_ids, _raw ->> '$.metadata.created_at' AS created_at
FROM outposts WHERE _deleted_at IS NULL;

CREATE TABLE knowledge_skills (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  skill_id         TEXT NOT NULL,                                           -- the item's own id, else its name, else the whole item @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  PRIMARY KEY (org_id, skill_id)
);

CREATE VIEW v_knowledge_skills AS
SELECT org_id, skill_id, _raw AS skill
FROM knowledge_skills WHERE _deleted_at IS NULL;

CREATE VIEW acu_projections AS
WITH spent AS MATERIALIZED (SELECT * FROM acu_spending),
cycles AS MATERIALIZED (SELECT *, (moment - 28800) / 86400 * 86400 + 28800 AS today FROM current_cycles),
spans AS (
  SELECT s.org_id, s.user_id, s.counted, c.starts_at, c.ends_at, c.today, max(c.today - 28 * 86400, min(s.at)) AS measured_from,
    (c.ends_at - c.today + 86399) / 86400 AS days_left
  FROM spent AS s JOIN cycles AS c USING (org_id) GROUP BY s.org_id, s.user_id, s.counted),
sums AS (
  SELECT p.*, (p.today - p.measured_from) / 86400 AS n,
    sum(iif(s.at >= p.measured_from AND s.at < p.today, s.acus, 0)) AS measured,
    sum(iif(s.at >= p.starts_at AND s.at < p.today, s.acus, 0)) AS before_today,
    sum(iif(s.at >= p.starts_at AND s.at < p.ends_at, s.acus, 0)) AS so_far
  FROM spans AS p JOIN spent AS s USING (org_id, user_id, counted) GROUP BY p.org_id, p.user_id, p.counted)
SELECT org_id, user_id, counted, starts_at, ends_at, so_far,
  iif(n > 0, max(before_today + 1.0 * measured / n * days_left, so_far), NULL) AS forecast
FROM sums;

CREATE VIEW acu_limits_known AS
WITH own AS (
  SELECT user_id, cycle_acu_limit AS cap FROM user_acu_limits WHERE _deleted_at IS NULL AND cycle_acu_limit IS NOT NULL
  UNION ALL
  SELECT user_id, min(cycle_acu_limit) FROM local_agent_acu_limits
  WHERE _deleted_at IS NULL AND scope = 'user' AND user_id IS NOT NULL AND cycle_acu_limit IS NOT NULL
    AND user_id NOT IN (SELECT user_id FROM user_acu_limits WHERE _deleted_at IS NULL AND cycle_acu_limit IS NOT NULL) GROUP BY user_id)
SELECT CASE scope WHEN 'org' THEN 'organization' ELSE scope END AS limit_of, 'devin' AS counted,
  iif(scope = 'enterprise', NULL, org_id) AS org_id, iif(scope = 'user', user_id, NULL) AS user_id, NULL AS group_name, cycle_acu_limit AS cap
FROM acu_limits WHERE _deleted_at IS NULL AND cycle_acu_limit IS NOT NULL
  AND (scope = 'enterprise' OR scope = 'org' AND org_id IS NOT NULL OR scope = 'user' AND user_id IS NOT NULL)
UNION ALL
SELECT 'organization', 'devin', o.org_id, NULL, NULL, o.max_cycle_acu_limit FROM organizations AS o
WHERE o._deleted_at IS NULL AND o.max_cycle_acu_limit IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM acu_limits AS l WHERE l._deleted_at IS NULL AND l.scope = 'org' AND l.org_id = o.org_id AND l.cycle_acu_limit IS NOT NULL)
UNION ALL
SELECT 'group', 'all products', NULL, NULL, group_name, max_cycle_acus FROM org_groups WHERE _deleted_at IS NULL AND max_cycle_acus IS NOT NULL
UNION ALL
SELECT 'organization', 'local agent', org_id, NULL, NULL, cycle_acu_limit FROM organization_acu_limits
WHERE _deleted_at IS NULL AND cycle_acu_limit IS NOT NULL
UNION ALL
SELECT 'user', 'local agent', NULL, user_id, NULL, cap FROM own
UNION ALL
SELECT 'user', 'local agent', NULL, p.user_id, NULL, d.cycle_acu_limit
FROM default_user_acu_limits AS d, (
  SELECT DISTINCT user_id FROM acu_projections WHERE counted = 'local agent' AND user_id <> '' AND (so_far > 0 OR forecast > 0)) AS p
WHERE d._deleted_at IS NULL AND d.cycle_acu_limit IS NOT NULL AND p.user_id NOT IN (SELECT user_id FROM own);

CREATE VIEW acus_by_product AS
WITH days AS (
  SELECT org_id, iif(date > 100000000000, date / 1000, date) AS at, acus, _raw FROM daily_consumption WHERE _deleted_at IS NULL),
parts AS (
  SELECT d.org_id, d.at, p.key AS product, p.value AS acus FROM days AS d, json_each(d._raw, '$.acus_by_product') AS p
  WHERE p.type IN ('integer', 'real')
  UNION ALL
  SELECT org_id, at, '(not split)', rest FROM (
    SELECT d.org_id, d.at, round(d.acus - coalesce((
        SELECT sum(p.value) FROM json_each(d._raw, '$.acus_by_product') AS p WHERE p.type IN ('integer', 'real')), 0), 4) AS rest FROM days AS d)
  WHERE rest > 0)
SELECT p.org_id, date(p.at - 28800, 'unixepoch') AS billing_day, p.product, p.acus,
  coalesce(date(c."after" - 28800, 'unixepoch'), strftime('%Y-%m-01', p.at - 28800, 'unixepoch')) AS cycle_start, c."after" IS NOT NULL AS cycle_is_known
FROM parts AS p LEFT JOIN billing_cycles AS c ON c._deleted_at IS NULL AND p.at >= c."after" AND p.at < c."before";

CREATE TABLE sync_omitted (
  resource TEXT NOT NULL,             -- name of the table @kept
  member   TEXT NOT NULL,             -- of Devin's objects @kept
  since    INTEGER NOT NULL,          -- from when on rows were written without it; Unix seconds @kept time
  PRIMARY KEY (resource, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE files (
  session_id     TEXT NOT NULL,           -- session_attachments.session_id @kept
  attachment_id  TEXT NOT NULL,           -- session_attachments.attachment_id @kept
  org_id         TEXT NOT NULL,           -- the organization @kept
  state          TEXT NOT NULL,           -- one of wanted, kept, too_large (file_limit), over_total (files_limit), refused, missing (404) @kept
  sha256         TEXT,                    -- of the content, 64 hexadecimal digits; NULL: it is not kept @dropped
  byte_count     INTEGER,                 -- bytes of the content; of one that is not kept: as announced, or as came before it was given up @kept
  type           TEXT,                    -- image/png, image/jpeg, image/gif or image/webp, as its first bytes say; NULL: none of these @kept
  announced_type TEXT,                    -- media type that the server announced for the content; NULL: none @dropped
  reason         TEXT,                    -- why it is not kept, for people; NULL: it is kept, or was not tried yet @dropped
  tried_at       INTEGER,                 -- when it was last asked for; Unix seconds; NULL: never @kept time
  run_id         INTEGER,                 -- sync_runs.run_id of the run that last asked for it; NULL: none has @kept
  PRIMARY KEY (session_id, attachment_id)
) STRICT;

CREATE INDEX files_by_state ON files (state);

CREATE INDEX files_by_sha256 ON files (sha256) WHERE sha256 IS NOT NULL;

CREATE VIEW attachment_files AS
SELECT a.session_id, a.attachment_id, a.org_id, a.name, a.source, a.content_type,
  coalesce(f.state, 'not asked for') AS state,                                   -- as files.state
  f.byte_count, f.type, f.announced_type, f.sha256,
  substr(f.sha256, 1, 2) || '/' || f.sha256 AS path,                             -- in the folder beside the mirror; NULL: it is not kept
  f.reason, f.tried_at
FROM session_attachments AS a LEFT JOIN files AS f USING (session_id, attachment_id)
WHERE a._deleted_at IS NULL;

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
, change_before INTEGER
  /* the newest sync_changes.change_id when the request left: what it did is the first later change of the object in the same run; NULL: not known @kept */, from_org_id TEXT
  /* the organization of the object that this one was made from; empty: the enterprise; NULL: it was made from none @kept */, from_key TEXT /* that object's id; NULL: none @row */, row_key TEXT
  /* the user's own key of a row of `push sessions`, or the name of a secret; NULL: it came from neither @name */, marker TEXT /* the tag by which a new session is found; NULL: none @dropped */, url TEXT /* where people see the object, as the answer says; NULL: it does not @url */) STRICT;

CREATE INDEX sync_pushes_open ON sync_pushes (push_id) WHERE outcome IS NULL;

CREATE INDEX sync_pushes_by_object ON sync_pushes (resource, key);

CREATE INDEX sync_pushes_by_row ON sync_pushes (row_key) WHERE row_key IS NOT NULL;

CREATE TABLE sync_push_ids (
  from_org_id TEXT NOT NULL,     -- the organization of the other one; empty: the enterprise @kept
  resource    TEXT NOT NULL,     -- name of the table of both @kept
  from_key    TEXT NOT NULL,     -- the other one's id @row
  to_org_id   TEXT NOT NULL,     -- the organization of the object; empty: the enterprise @kept
  to_key      TEXT NOT NULL,     -- its id @row
  hash        TEXT NOT NULL,     -- SHA-256 of what could be written of it when it was last written from the other one @dropped
  mapped_at   INTEGER NOT NULL,  -- when it was made; Unix seconds @kept time
  PRIMARY KEY (resource, from_key, from_org_id, to_org_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX sync_push_ids_by_copy ON sync_push_ids (resource, to_key);

CREATE TABLE derived_sessions (
  session_id                 TEXT NOT NULL PRIMARY KEY,  -- sessions.session_id
  org_id                     TEXT,
  billing_day                TEXT,           -- the day it was created on; billing days start at 08:00 UTC
  created_at                 INTEGER,
  updated_at                 INTEGER,
  status                     TEXT,
  status_detail              TEXT,
  user_id                    TEXT,           -- NULL where a service user started it
  service_user_id            TEXT,
  origin                     TEXT,
  category                   TEXT,
  playbook_id                TEXT,
  acus                       REAL,           -- what the session says it has cost, else the sum of its days; NULL: not known
  pull_requests              INTEGER NOT NULL,  -- how many it lists, each address once
  merged_pull_requests       INTEGER NOT NULL,
  first_pull_requests        INTEGER NOT NULL,  -- those that no session before it lists
  first_merged_pull_requests INTEGER NOT NULL,
  parent_session_id          TEXT,           -- bare id of the session that started it, as it says itself
  tags                       TEXT,           -- JSON as the session has it; NULL: none
  child_session_ids          TEXT            -- JSON as the session has it; NULL: none
) WITHOUT ROWID;

CREATE INDEX derived_sessions_by_day ON derived_sessions (
  billing_day, org_id, created_at, updated_at, status, status_detail, user_id, service_user_id, origin, category, playbook_id, acus,
  pull_requests, merged_pull_requests, first_pull_requests, first_merged_pull_requests);

CREATE INDEX derived_sessions_running ON derived_sessions (status, status_detail, updated_at, org_id) WHERE status = 'running';

CREATE INDEX derived_sessions_with_parent ON derived_sessions (parent_session_id) WHERE parent_session_id IS NOT NULL;

CREATE INDEX derived_sessions_with_children ON derived_sessions (session_id, child_session_ids, org_id) WHERE child_session_ids IS NOT NULL;

CREATE VIEW derive_sessions AS
SELECT s.session_id, s.org_id,
  date(iif(s.created_at > 100000000000, s.created_at / 1000, s.created_at) - 28800, 'unixepoch') AS billing_day,
  iif(s.created_at > 100000000000, s.created_at / 1000, s.created_at) AS created_at,
  iif(s.updated_at > 100000000000, s.updated_at / 1000, s.updated_at) AS updated_at,
  s.status, s.status_detail, iif(s.service_user_id IS NULL, nullif(s.user_id, 'bot_apk'), NULL) AS user_id, s.service_user_id, s.origin, s.category,
  s.playbook_id, coalesce(nullif(s.acus_consumed, 0), (
    SELECT nullif(sum(c.acus), 0) FROM session_daily_consumption AS c
    WHERE c.session_id = s.session_id AND c._deleted_at IS NULL)) AS acus,
  -- The list is taken apart only where it can hold something: that is what costs.
  iif(instr(s._raw, '"pr_url"'), (
    SELECT count(DISTINCT pr.value ->> 'pr_url') FROM json_each(s._raw, '$.pull_requests') AS pr
    WHERE pr.type = 'object'), 0) AS pull_requests,
  iif(instr(s._raw, '"pr_url"'), (
    SELECT count(DISTINCT pr.value ->> 'pr_url') FROM json_each(s._raw, '$.pull_requests') AS pr
    WHERE pr.type = 'object' AND lower(pr.value ->> 'pr_state') = 'merged'), 0) AS merged_pull_requests,
  iif(instr(s._raw, '"pr_url"'), (
    SELECT count(*) FROM derived_outcomes AS o WHERE o.first_session_id = s.session_id), 0) AS first_pull_requests,
  iif(instr(s._raw, '"pr_url"'), (
    SELECT count(*) FROM derived_outcomes AS o WHERE o.first_session_id = s.session_id AND o.furthest = 3), 0) AS first_merged_pull_requests,
  iif(s.parent_session_id LIKE 'devin-%', substr(s.parent_session_id, 7), s.parent_session_id) AS parent_session_id,
  nullif(nullif(s._raw -> 'tags', '[]'), 'null') AS tags,
  nullif(nullif(s._raw -> 'child_session_ids', '[]'), 'null') AS child_session_ids
FROM sessions AS s WHERE s._deleted_at IS NULL;

CREATE VIEW session_facts AS
SELECT d.session_id, d.org_id, (SELECT title FROM sessions AS s WHERE s.session_id = d.session_id) AS title,
  (SELECT url FROM sessions AS s WHERE s.session_id = d.session_id) AS url,
  d.status, d.status_detail, d.status IN ('exit', 'error', 'suspended') AS is_over, d.billing_day, d.created_at, d.updated_at,
  d.user_id, d.service_user_id, d.origin, d.category, d.playbook_id, d.acus, d.pull_requests, d.merged_pull_requests,
  d.first_pull_requests, d.first_merged_pull_requests
FROM derived_sessions AS d;

CREATE VIEW session_children AS
SELECT d.session_id, d.org_id, child.key AS position,
  iif(child.value LIKE 'devin-%', substr(child.value, 7), child.value) AS child_session_id
FROM derived_sessions AS d, json_each(d.child_session_ids) AS child WHERE d.child_session_ids IS NOT NULL AND child.type = 'text';

CREATE VIEW open_waits AS
WITH waiting AS (
  SELECT d.session_id, d.org_id, (
    SELECT t.created_at FROM session_messages AS t WHERE t.session_id = d.session_id AND t._deleted_at IS NULL
    ORDER BY t.created_at DESC, t.source DESC LIMIT 1) AS at
  FROM derived_sessions AS d
  WHERE d.status = 'running' AND d.status_detail IN ('waiting_for_user', 'waiting_for_approval') AND (
    SELECT t.source FROM session_messages AS t WHERE t.session_id = d.session_id AND t._deleted_at IS NULL
    ORDER BY t.created_at DESC, t.source DESC LIMIT 1) = 'devin')
SELECT session_id, iif(at > 100000000000, at / 1000, at) AS waited_from, max(0, coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'sessions' AND l.org_id IN ('', w.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment)) - iif(at > 100000000000, at / 1000, at)) AS seconds
FROM waiting AS w;

CREATE VIEW acus_by_day AS
SELECT org_id, billing_day, sum(billed) AS billed_acus, sum(acus) AS acus, sum(sessions) AS sessions, sum(known) AS sessions_with_known_cost
FROM (
  SELECT org_id, billing_day, acus AS billed, NULL AS acus, 0 AS sessions, 0 AS known FROM billed_by_day
  UNION ALL SELECT org_id, billing_day, NULL, sum(acus), count(*), count(acus) FROM session_facts GROUP BY billing_day, org_id)
GROUP BY org_id, billing_day;

CREATE VIEW acu_reconciliation AS
WITH days_of AS (
  SELECT session_id, date(iif(date > 100000000000, date / 1000, date) - 28800, 'unixepoch') AS billing_day, acus
  FROM session_daily_consumption WHERE _deleted_at IS NULL),
sums AS MATERIALIZED (SELECT session_id, coalesce(sum(acus), 0) AS acus FROM days_of GROUP BY session_id),
used AS (
  SELECT f.org_id, d.billing_day, f.session_id, d.acus, 0 AS unknown FROM days_of AS d JOIN session_facts AS f USING (session_id)
  UNION ALL
  SELECT f.org_id, date(coalesce(f.updated_at, f.created_at) - 28800, 'unixepoch'), f.session_id, f.acus - s.acus, f.acus IS NULL
  FROM sums AS s CROSS JOIN session_facts AS f USING (session_id) WHERE f.acus <> s.acus),
billed AS (
  SELECT org_id, date(iif(date > 100000000000, date / 1000, date) - 28800, 'unixepoch') AS billing_day, acus,
    coalesce(CAST(_raw ->> '$.acus_by_product.devin' AS REAL), acus) AS devin
  FROM daily_consumption WHERE _deleted_at IS NULL),
spans AS (
  SELECT org_id, min(billing_day) AS first_day, max(max(billing_day), coalesce((
    SELECT date(moment - 28800, 'unixepoch') FROM list_moments AS l WHERE l.resource = 'daily_consumption' AND l.org_id IN ('', b.org_id)
    ORDER BY l.org_id DESC LIMIT 1), '')) AS last_day
  FROM billed AS b GROUP BY org_id),
days AS (
  SELECT org_id, billing_day, acus AS billed, devin, NULL AS used, NULL AS session_id, 0 AS sessions, 0 AS unknown FROM billed
  UNION ALL SELECT org_id, billing_day, NULL, NULL, acus, session_id, 0, unknown FROM used
  -- Sessions without days of their own, which are nearly all.
  UNION ALL SELECT org_id, billing_day, NULL, NULL, sum(acus), NULL, count(*), count(*) - count(acus) FROM session_facts
  WHERE session_id NOT IN (SELECT session_id FROM sums) GROUP BY billing_day, org_id)
SELECT d.org_id, d.billing_day, sum(d.billed) AS billed_acus, sum(d.used) AS session_acus,
  iif(d.billing_day BETWEEN s.first_day AND s.last_day, round(coalesce(sum(d.devin), 0) - coalesce(sum(d.used), 0), 4), NULL) AS difference,
  count(DISTINCT d.session_id) + sum(d.sessions) AS sessions, sum(d.unknown) AS sessions_with_unknown_cost, sum(d.devin) AS billed_devin_acus,
  coalesce(d.billing_day BETWEEN s.first_day AND s.last_day, 0) AS is_billed
FROM days AS d LEFT JOIN spans AS s ON s.org_id IS d.org_id GROUP BY d.org_id, d.billing_day;

CREATE VIEW acu_spending AS
WITH days AS (
  SELECT org_id, '' AS user_id, iif(date > 100000000000, date / 1000, date) AS at, acus, _raw FROM daily_consumption WHERE _deleted_at IS NULL
  UNION ALL
  SELECT org_id, user_id, iif(date > 100000000000, date / 1000, date), acus, _raw FROM user_daily_consumption WHERE _deleted_at IS NULL)
SELECT org_id, user_id, 'devin' AS counted, at, coalesce(CAST(_raw ->> '$.acus_by_product.devin' AS REAL), acus) AS acus FROM days
UNION ALL
SELECT org_id, user_id, 'local agent', at, coalesce(CAST(_raw ->> '$.acus_by_product.cascade' AS REAL), 0)
  + coalesce(CAST(_raw ->> '$.acus_by_product.terminal' AS REAL), 0) FROM days
UNION ALL
SELECT org_id, user_id, 'all products', at, acus FROM days WHERE user_id = ''
UNION ALL
SELECT org_id, user_id, 'devin', unixepoch(billing_day) + 28800, sum(acus)
-- Sessions are looked at only where a user has a limit.
FROM (SELECT 1 FROM acu_limits WHERE _deleted_at IS NULL AND scope = 'user' LIMIT 1) CROSS JOIN session_facts
WHERE user_id IN (SELECT user_id FROM acu_limits WHERE _deleted_at IS NULL AND scope = 'user') AND acus IS NOT NULL
  AND org_id NOT IN (SELECT org_id FROM user_daily_consumption WHERE _deleted_at IS NULL)
GROUP BY org_id, user_id, billing_day;

CREATE VIEW acu_caps AS
WITH projections AS MATERIALIZED (
  SELECT org_id, CAST(user_id AS TEXT) AS user_id, CAST(counted AS TEXT) AS counted, starts_at, ends_at, so_far, forecast FROM acu_projections),
-- Texts by type, so that each limit finds its parts by an index.
limits AS MATERIALIZED (
  SELECT row_number() OVER () AS number, limit_of, CAST(counted AS TEXT) AS counted, org_id, user_id, group_name, cap,
    CAST(coalesce(user_id, '') AS TEXT) AS of_user FROM acu_limits_known),
found AS (
  SELECT l.number, p.starts_at, p.ends_at, p.so_far, p.forecast, max(p.starts_at) OVER (PARTITION BY l.number) AS newest
  FROM limits AS l JOIN projections AS p ON p.user_id = l.of_user AND p.counted = l.counted AND CASE l.limit_of
      WHEN 'group' THEN EXISTS (SELECT 1 FROM group_organizations AS g WHERE g.group_name = l.group_name AND g.org_id = p.org_id)
      ELSE l.org_id IS NULL OR p.org_id = l.org_id END),
-- Each limit, and what was found for it: a union, since a join of the two would look at every pair.
sums AS (
  SELECT max(limit_of) AS limit_of, max(counted) AS counted, max(org_id) AS org_id, max(user_id) AS user_id, max(group_name) AS group_name,
    max(cap) AS cap, max(ends_at) AS ends_at, sum(so_far) AS found, iif(count(starts_at) = count(forecast), sum(forecast), NULL) AS forecast
  FROM (
    SELECT number, limit_of, counted, org_id, user_id, group_name, cap, NULL AS starts_at, NULL AS ends_at, NULL AS so_far, NULL AS forecast
    FROM limits
    UNION ALL
    SELECT number, NULL, NULL, NULL, NULL, NULL, NULL, starts_at, ends_at, so_far, forecast FROM found WHERE starts_at = newest)
  GROUP BY number),
used AS (
  SELECT *, coalesce(found, iif(EXISTS (SELECT 1 FROM list_moments AS m WHERE m.resource = 'daily_consumption' AND user_id IS NULL
      OR m.resource = 'user_daily_consumption' AND user_id IS NOT NULL
      OR m.resource = 'sessions' AND user_id IS NOT NULL AND counted = 'devin'), 0, NULL)) AS used
  FROM sums)
SELECT CASE WHEN used IS NULL THEN 'unknown' WHEN used >= cap THEN 'reached' WHEN forecast > cap THEN 'will be reached'
    WHEN used >= 0.8 * cap THEN 'near' ELSE 'below' END AS state,
  limit_of, counted, org_id, user_id, group_name, NULL AS session_id, used, cap, forecast, date(ends_at - 28800, 'unixepoch') AS cycle_end
FROM used
UNION ALL
SELECT iif(f.acus >= o.max_session_acu_limit, 'reached', 'near'), 'session', 'devin', f.org_id, f.user_id, NULL, f.session_id, f.acus,
  o.max_session_acu_limit, NULL, NULL
-- Sessions are looked at only where such a limit is set.
FROM (SELECT 1 FROM organizations WHERE _deleted_at IS NULL AND max_session_acu_limit IS NOT NULL LIMIT 1)
  CROSS JOIN session_facts AS f CROSS JOIN organizations AS o ON o.org_id = f.org_id
WHERE o._deleted_at IS NULL AND o.max_session_acu_limit IS NOT NULL AND NOT f.is_over AND f.acus >= 0.8 * o.max_session_acu_limit;
