-- Session messages, oldest first. Listed by GET /v3/organizations/{org_id}/sessions/{devin_id}/messages.
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

-- Current messages with times as ISO text.
CREATE VIEW v_session_messages AS
SELECT session_id, event_id, org_id, source, message,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at
FROM session_messages WHERE _deleted_at IS NULL;
