-- Secrets: metadata only. A value is never sent and, should one appear, never stored: only the members below are kept.
-- Listed by GET /v3/organizations/{org_id}/secrets.
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
  secret_type      TEXT AS (_raw ->> 'secret_type') VIRTUAL,              -- one of cookie, key-value, totp; open set
  access_type      TEXT AS (_raw ->> 'access_type') VIRTUAL,              -- one of org, personal; open set
  created_by       TEXT AS (_raw ->> 'created_by') VIRTUAL,               -- user id
  updated_by       TEXT AS (_raw ->> 'updated_by') VIRTUAL,               -- user id, NULL: never changed
  created_at       INTEGER AS (_raw ->> 'created_at') VIRTUAL,            -- Unix seconds, UTC
  updated_at       INTEGER AS (_raw ->> 'updated_at') VIRTUAL             -- Unix seconds, UTC; NULL: never changed
);

-- Living secrets with times as ISO text.
CREATE VIEW v_secrets AS
SELECT secret_id, org_id, "key", note, secret_type, access_type, is_sensitive, created_by, updated_by,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM secrets WHERE _deleted_at IS NULL;
