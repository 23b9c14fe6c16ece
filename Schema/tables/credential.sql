-- Whose key mirrors this organization. Reported by GET /v3/self; the key itself is never stored.
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
