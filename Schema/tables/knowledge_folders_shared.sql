-- Folders of the enterprise belong to no organization: the table is rebuilt with an org_id that may be missing.
ALTER TABLE knowledge_folders RENAME TO knowledge_folders_1;

-- Knowledge folders. Listed by GET /v3/organizations/{org_id}/knowledge/folders.
CREATE TABLE knowledge_folders (
  folder_id        TEXT NOT NULL PRIMARY KEY,  -- @kept
  org_id           TEXT,                                                  -- the organization it was listed under; NULL: the enterprise's @kept
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                               -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  path             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'path') VIRTUAL,  -- names from the root, with slashes @path
  parent_folder_id TEXT AS (_raw ->> 'parent_folder_id') VIRTUAL,         -- NULL: at the root @kept
  note_count       INTEGER AS (_raw ->> 'note_count') VIRTUAL             -- notes directly in it @kept
);

INSERT INTO knowledge_folders (folder_id, org_id, _raw, _first_synced_at, _changed_at, _deleted_at)
SELECT folder_id, org_id, _raw, _first_synced_at, _changed_at, _deleted_at FROM knowledge_folders_1;
DROP TABLE knowledge_folders_1;
