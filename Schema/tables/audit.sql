-- Who did what. Rows are only added.
-- Listed by GET /v3/enterprise/audit-logs
-- and GET /v3/enterprise/organizations/{org_id}/audit-logs.
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

-- Current rows with times as ISO text.
CREATE VIEW v_audit_logs AS
SELECT audit_log_id, action, data, org_id, user_id, user_email, service_user_id, service_user_name,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at
FROM audit_logs WHERE _deleted_at IS NULL;

-- Messages that broke a guardrail. Rows are only added.
-- Listed by GET /v3beta1/enterprise/guardrail-violations.
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

-- Current rows with times as ISO text.
CREATE VIEW v_guardrail_violations AS
SELECT violation_id, event_id, session_id, org_id, guardrail_id, guardrail_name, action_taken, confidence_score,
  reasoning, user_message,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at
FROM guardrail_violations WHERE _deleted_at IS NULL;
