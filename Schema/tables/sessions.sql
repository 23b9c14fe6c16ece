-- Sessions: one row per task given to Devin. Listed by GET /v3/organizations/{org_id}/sessions.
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

-- Current sessions with times as ISO text.
CREATE VIEW v_sessions AS
SELECT session_id, org_id, title, status, status_detail, acus_consumed, user_id, service_user_id, origin, category,
  subcategory, devin_mode, playbook_id, automation_id, parent_session_id, is_archived, tags, pull_requests, url,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(updated_at), 'unixepoch') AS updated_at
FROM sessions WHERE _deleted_at IS NULL;

-- One row per tag of a current session.
CREATE VIEW session_tags AS
SELECT s.session_id, s.org_id, tag.key AS position, tag.value AS tag
FROM sessions AS s, json_each(s._raw, '$.tags') AS tag WHERE s._deleted_at IS NULL AND tag.type = 'text';

-- One row per pull request of a current session. pr_state is open text: open, merged, closed …; NULL: not known.
CREATE VIEW session_pull_requests AS
SELECT s.session_id, s.org_id, pr.key AS position, pr.value ->> 'pr_url' AS pr_url, pr.value ->> 'pr_state' AS pr_state
FROM sessions AS s, json_each(s._raw, '$.pull_requests') AS pr
WHERE s._deleted_at IS NULL AND pr.type = 'object';

-- One row per session that a current session started.
CREATE VIEW session_children AS
SELECT s.session_id, s.org_id, child.key AS position,
  iif(child.value LIKE 'devin-%', substr(child.value, 7), child.value) AS child_session_id
FROM sessions AS s, json_each(s._raw, '$.child_session_ids') AS child
WHERE s._deleted_at IS NULL AND child.type = 'text';
