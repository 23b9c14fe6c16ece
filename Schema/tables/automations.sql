-- Automations: what starts or wakes sessions. The address of a webhook can start them: confidential.
-- Listed by GET /v3/organizations/{org_id}/automations.
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

-- Current rows with times as ISO text.
CREATE VIEW v_automations AS
SELECT automation_id, org_id, name, enabled, triggers, actions, created_by, last_edited_by, run_as, limits,
  concurrency, notifications, session_settings, tools, security_profile, metadata, slack_reply_access,
  teams_reply_access, template_id, last_invocation,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(updated_at), 'unixepoch') AS updated_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(next_run_at), 'unixepoch') AS next_run_at
FROM automations WHERE _deleted_at IS NULL;

-- Events that can trigger an automation.
-- Listed by GET /v3/organizations/{org_id}/automations/schemas.
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

-- Current rows with times as ISO text.
CREATE VIEW v_automation_schemas AS
SELECT org_id, event_type, name, category, supported_replies, fields
FROM automation_schemas WHERE _deleted_at IS NULL;

-- Built-in templates of automations.
-- Listed by GET /v3/organizations/{org_id}/automations/templates.
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

-- Current rows with times as ISO text.
CREATE VIEW v_automation_templates AS
SELECT org_id, template_id, name, description, category, featured, docs_url, required_integrations, required_mcps,
  triggers, actions
FROM automation_templates WHERE _deleted_at IS NULL;
