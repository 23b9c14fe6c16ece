-- Automations: what starts or wakes sessions. The address of a webhook can start them: confidential.
-- Listed by GET /v3/organizations/{org_id}/automations.
CREATE TABLE automations (
  automation_id      TEXT NOT NULL PRIMARY KEY,
  org_id             TEXT NOT NULL,                                         -- the organization: organizations.org_id
  _raw               TEXT NOT NULL,                                         -- the object as Devin sent it
  _first_synced_at   INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds
  _changed_at        INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds
  _deleted_at        INTEGER,                                               -- when the row was found gone from the server; NULL: alive
  name               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,
  enabled            INTEGER AS (_raw ->> 'enabled') STORED,                -- 1 or 0
  triggers           TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'triggers') VIRTUAL,  -- JSON list of {event_type, conditions, replies, webhook}; the address of a webhook is confidential
  actions            TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'actions') VIRTUAL,  -- JSON list of {type, prompt, session …}; confidential
  created_by         TEXT AS (_raw ->> 'created_by') VIRTUAL,               -- JSON object {type, id, name}
  last_edited_by     TEXT AS (_raw ->> 'last_edited_by') VIRTUAL,           -- JSON object {type, id, name}; NULL: never edited
  created_at         INTEGER AS (_raw ->> 'created_at') STORED,             -- Unix seconds, UTC
  updated_at         INTEGER AS (_raw ->> 'updated_at') STORED,             -- Unix seconds, UTC
  run_as             TEXT AS (_raw ->> 'run_as') VIRTUAL,                   -- JSON object
  limits             TEXT AS (_raw ->> 'limits') VIRTUAL,                   -- JSON object
  concurrency        TEXT AS (_raw ->> 'concurrency') VIRTUAL,              -- JSON object
  notifications      TEXT AS (_raw ->> 'notifications') VIRTUAL,            -- JSON object
  session_settings   TEXT AS (_raw ->> 'session_settings') VIRTUAL,         -- JSON object
  tools              TEXT AS (_raw ->> 'tools') VIRTUAL,                    -- JSON object
  security_profile   TEXT AS (_raw ->> 'security_profile') VIRTUAL,         -- JSON object
  metadata           TEXT AS (_raw ->> 'metadata') VIRTUAL,                 -- JSON object
  slack_reply_access TEXT AS (_raw ->> 'slack_reply_access') VIRTUAL,       -- one of devin_users, slack_users, external_slack_users; open set
  teams_reply_access TEXT AS (_raw ->> 'teams_reply_access') VIRTUAL,       -- one of devin_users, teams_users; open set
  template_id        TEXT AS (_raw ->> 'template_id') VIRTUAL,
  last_invocation    TEXT AS (_raw ->> 'last_invocation') VIRTUAL,          -- JSON object {fired_at, status}; NULL: never
  next_run_at        INTEGER AS (_raw ->> 'next_run_at') VIRTUAL            -- Unix seconds, UTC; NULL: not said, or not yet
);
CREATE INDEX automations_by_organization ON automations (org_id);

-- Living rows with times as ISO text.
CREATE VIEW v_automations AS
SELECT automation_id, org_id, name, enabled, triggers, actions, created_by, last_edited_by, run_as, limits,
  concurrency, notifications, session_settings, tools, security_profile, metadata, slack_reply_access,
  teams_reply_access, template_id, last_invocation,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(next_run_at > 100000000000, next_run_at / 1000, next_run_at), 'unixepoch') AS next_run_at
FROM automations WHERE _deleted_at IS NULL;

-- Events that can trigger an automation.
-- Listed by GET /v3/organizations/{org_id}/automations/schemas.
CREATE TABLE automation_schemas (
  org_id            TEXT NOT NULL,                                          -- the organization: organizations.org_id
  event_type        TEXT NOT NULL,
  _raw              TEXT NOT NULL,                                          -- the object as Devin sent it
  _first_synced_at  INTEGER NOT NULL,                                       -- when this mirror first saw the row; Unix seconds
  _changed_at       INTEGER NOT NULL,                                       -- when this mirror last wrote the row; Unix seconds
  _deleted_at       INTEGER,                                                -- when the row was found gone from the server; NULL: alive
  name              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,
  category          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'category') VIRTUAL,
  supported_replies TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'supported_replies') VIRTUAL,  -- JSON list
  fields            TEXT AS (_raw ->> 'fields') VIRTUAL,                    -- JSON object
  PRIMARY KEY (org_id, event_type)
);

-- Living rows with times as ISO text.
CREATE VIEW v_automation_schemas AS
SELECT org_id, event_type, name, category, supported_replies, fields
FROM automation_schemas WHERE _deleted_at IS NULL;

-- Built-in templates of automations.
-- Listed by GET /v3/organizations/{org_id}/automations/templates.
CREATE TABLE automation_templates (
  org_id                TEXT NOT NULL,                                      -- the organization: organizations.org_id
  template_id           TEXT NOT NULL,
  _raw                  TEXT NOT NULL,                                      -- the object as Devin sent it
  _first_synced_at      INTEGER NOT NULL,                                   -- when this mirror first saw the row; Unix seconds
  _changed_at           INTEGER NOT NULL,                                   -- when this mirror last wrote the row; Unix seconds
  _deleted_at           INTEGER,                                            -- when the row was found gone from the server; NULL: alive
  name                  TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,
  description           TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'description') VIRTUAL,
  category              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'category') VIRTUAL,
  featured              INTEGER AS (_raw ->> 'featured') VIRTUAL,           -- 1 or 0
  docs_url              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'docs_url') VIRTUAL,
  required_integrations TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'required_integrations') VIRTUAL,  -- JSON list
  required_mcps         TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'required_mcps') VIRTUAL,  -- JSON list
  triggers              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'triggers') VIRTUAL,  -- JSON list
  actions               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'actions') VIRTUAL,  -- JSON list
  PRIMARY KEY (org_id, template_id)
);

-- Living rows with times as ISO text.
CREATE VIEW v_automation_templates AS
SELECT org_id, template_id, name, description, category, featured, docs_url, required_integrations, required_mcps,
  triggers, actions
FROM automation_templates WHERE _deleted_at IS NULL;
