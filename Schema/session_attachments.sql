-- Session attachments (metadata; files are not downloaded).
-- Listed by GET /v3/organizations/{org_id}/sessions/{devin_id}/attachments.
CREATE TABLE session_attachments (
  session_id       TEXT NOT NULL,                                         -- the session: sessions.session_id
  attachment_id    TEXT NOT NULL,                                         -- Devin's id of the attachment
  org_id           TEXT NOT NULL,                                         -- the organization
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds
  _deleted_at      INTEGER,                                               -- when the row was found gone from the server; NULL: alive
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- file name
  url              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'url') VIRTUAL,  -- address of the file; asks for the key
  source           TEXT AS (_raw ->> 'source') VIRTUAL,                   -- one of devin, user; open set
  content_type     TEXT AS (_raw ->> 'content_type') VIRTUAL,             -- MIME type, NULL: not known
  PRIMARY KEY (session_id, attachment_id)
);
