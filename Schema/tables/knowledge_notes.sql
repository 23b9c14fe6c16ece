-- Knowledge notes. Listed by GET /v3/organizations/{org_id}/knowledge/notes.
CREATE TABLE knowledge_notes (
  note_id          TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                               -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization; NULL: shared by the enterprise @kept
  access_type      TEXT AS (_raw ->> 'access_type') STORED,               -- open set @kept one_of(enterprise, org)
  folder_id        TEXT AS (_raw ->> 'folder_id') STORED,                 -- knowledge_folders.folder_id; NULL: at the root @kept
  folder_path      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'folder_path') VIRTUAL,  -- path of that folder @path
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  body             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'body') VIRTUAL,  -- the text Devin reads @text
  trigger          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'trigger') VIRTUAL,  -- when Devin is to read it @text
  is_enabled       INTEGER AS (_raw ->> 'is_enabled') STORED,             -- 1 or 0 @kept
  macro            TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'macro') VIRTUAL,  -- short name that people type to use it @name
  pinned_repo      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'pinned_repo') VIRTUAL,  -- repository it is pinned to; NULL: none @path
  created_at       INTEGER AS (_raw ->> 'created_at') VIRTUAL,            -- Unix seconds, UTC @kept time
  updated_at       INTEGER AS (_raw ->> 'updated_at') STORED              -- Unix seconds, UTC @kept time
);

-- Current notes with times as ISO text.
CREATE VIEW v_knowledge_notes AS
SELECT note_id, org_id, access_type, folder_path, name, "trigger", body, is_enabled, macro, pinned_repo,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(updated_at), 'unixepoch') AS updated_at
FROM knowledge_notes WHERE _deleted_at IS NULL;
