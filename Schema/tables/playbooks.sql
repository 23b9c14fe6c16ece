-- Playbooks. Listed by GET /v3/organizations/{org_id}/playbooks.
CREATE TABLE playbooks (
  playbook_id              TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw                     TEXT NOT NULL,                                         -- the object as Devin sent it @columns object
  _first_synced_at         INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at              INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at              INTEGER,                                               -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  org_id                   TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization; NULL: shared by the enterprise @kept
  access_type              TEXT AS (_raw ->> 'access_type') STORED,               -- open set @kept one_of(enterprise, org)
  title                    TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'title') VIRTUAL,  -- @text
  macro                    TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'macro') VIRTUAL,  -- short name that people type to use it @name
  body                     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'body') VIRTUAL,  -- the instructions @text
  created_by               TEXT AS (_raw ->> 'created_by') VIRTUAL,               -- user id @kept
  updated_by               TEXT AS (_raw ->> 'updated_by') VIRTUAL,               -- user id @kept
  created_at               INTEGER AS (_raw ->> 'created_at') VIRTUAL,            -- Unix seconds, UTC @kept time
  updated_at               INTEGER AS (_raw ->> 'updated_at') STORED,             -- Unix seconds, UTC @kept time
  structured_output_schema TEXT AS (_raw ->> 'structured_output_schema') VIRTUAL  -- JSON object, NULL: none @text object
);

-- Current playbooks with times as ISO text.
CREATE VIEW v_playbooks AS
SELECT playbook_id, org_id, access_type, title, macro, body, created_by, updated_by,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(updated_at), 'unixepoch') AS updated_at
FROM playbooks WHERE _deleted_at IS NULL;
