-- Secrets: metadata only. A value is never sent and, should one appear, never stored: only the members below are kept.
-- Listed by GET /v3/organizations/{org_id}/secrets.
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

-- Current secrets with times as ISO text.
CREATE VIEW v_secrets AS
SELECT secret_id, org_id, "key", note, secret_type, access_type, is_sensitive, created_by, updated_by,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(updated_at), 'unixepoch') AS updated_at
FROM secrets WHERE _deleted_at IS NULL;
