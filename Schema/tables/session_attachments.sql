-- Session attachments (metadata). Their contents are in files.
-- Listed by GET /v3/organizations/{org_id}/sessions/{devin_id}/attachments.
CREATE TABLE session_attachments (
  session_id       TEXT NOT NULL,                                         -- the session: sessions.session_id @kept
  attachment_id    TEXT NOT NULL,                                         -- Devin's id of the attachment @kept
  org_id           TEXT NOT NULL,                                         -- the organization @kept
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                               -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- file name @text
  url              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'url') VIRTUAL,  -- address of the file; asks for the key @url
  source           TEXT AS (_raw ->> 'source') VIRTUAL,                   -- open set @kept one_of(devin, user)
  content_type     TEXT AS (_raw ->> 'content_type') VIRTUAL,             -- MIME type, NULL: not known @kept
  PRIMARY KEY (session_id, attachment_id)
);
