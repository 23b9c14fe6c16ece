-- Session insights: the session again, with message counts, a size class and the generated analysis (NULL until there is one).
-- Listed by GET /v3/organizations/{org_id}/sessions/insights.
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

-- Current insights with times as ISO text and the classification unfolded.
CREATE VIEW v_session_insights AS
SELECT session_id, org_id, num_user_messages, num_devin_messages, session_size, analysis_status,
  analysis ->> '$.classification.category' AS classified_as,
  analysis ->> '$.classification.confidence' AS confidence,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(updated_at), 'unixepoch') AS updated_at
FROM session_insights WHERE _deleted_at IS NULL;

-- One row per issue that an analysis found.
CREATE VIEW session_issues AS
SELECT s.session_id, s.org_id, issue.value ->> 'id' AS issue_id, issue.value ->> 'label' AS label,
  issue.value ->> 'impact' AS impact, issue.value ->> 'title' AS title, issue.value ->> 'issue' AS issue
FROM session_insights AS s, json_each(s._raw, '$.analysis.issues') AS issue
WHERE s._deleted_at IS NULL AND issue.type = 'object';
