-- What happened in each session, in summaries. Not every deployment reports them.
-- Listed by GET /v3/organizations/{org_id}/sessions/{devin_id}/events.
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

-- Current rows with times as ISO text.
CREATE VIEW v_session_events AS
SELECT session_id, event_id, org_id, event_type, category, direction, summary,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at
FROM session_events WHERE _deleted_at IS NULL;

-- What happened in each session, in full: the service takes secret values out and cuts long fields.
-- Listed by GET /v3/organizations/{org_id}/sessions/{devin_id}/events/details.
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

-- Current rows with times as ISO text.
CREATE VIEW v_session_event_details AS
SELECT session_id, event_id, org_id, event_type, category, direction, contents, truncated_fields,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at
FROM session_event_details WHERE _deleted_at IS NULL;
