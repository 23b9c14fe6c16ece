-- Knowledge folders. Listed by GET /v3/organizations/{org_id}/knowledge/folders.
CREATE TABLE knowledge_folders (
  folder_id        TEXT NOT NULL PRIMARY KEY,
  org_id           TEXT NOT NULL,                                         -- the organization it was listed under
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds
  _deleted_at      INTEGER,                                               -- when the row was found gone from the server; NULL: alive
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,
  path             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'path') VIRTUAL,  -- names from the root, with slashes
  parent_folder_id TEXT AS (_raw ->> 'parent_folder_id') VIRTUAL,         -- NULL: at the root
  note_count       INTEGER AS (_raw ->> 'note_count') VIRTUAL             -- notes directly in it
);
