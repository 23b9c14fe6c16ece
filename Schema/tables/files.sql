-- Contents of attachments, as `devin-sync sync files` keeps them: in the folder beside the mirror that has its name and .files, each under its
-- SHA-256 (ab/ab12…), so that equal contents are there once. A row with the state kept is written after its file is on the disk.
-- Read from GET /v3/organizations/{org_id}/attachments/{uuid}/{name}.
CREATE TABLE files (
  session_id     TEXT NOT NULL,           -- session_attachments.session_id @kept
  attachment_id  TEXT NOT NULL,           -- session_attachments.attachment_id @kept
  org_id         TEXT NOT NULL,           -- the organization @kept
  state          TEXT NOT NULL,           -- one of wanted, kept, too_large (file_limit), over_total (files_limit), refused, missing (404) @kept
  sha256         TEXT,                    -- of the content, 64 hexadecimal digits; NULL: it is not kept @dropped
  byte_count     INTEGER,                 -- bytes of the content; of one that is not kept: as announced, or as came before it was given up @kept
  type           TEXT,                    -- image/png, image/jpeg, image/gif or image/webp, as its first bytes say; NULL: none of these @kept
  announced_type TEXT,                    -- media type that the server announced for the content; NULL: none @dropped
  reason         TEXT,                    -- why it is not kept, for people; NULL: it is kept, or was not tried yet @dropped
  tried_at       INTEGER,                 -- when it was last asked for; Unix seconds; NULL: never @kept time
  run_id         INTEGER,                 -- sync_runs.run_id of the run that last asked for it; NULL: none has @kept
  PRIMARY KEY (session_id, attachment_id)
) STRICT;
CREATE INDEX files_by_state ON files (state);
CREATE INDEX files_by_sha256 ON files (sha256) WHERE sha256 IS NOT NULL;

-- Attachments that are not deleted, each with what became of its content.
CREATE VIEW attachment_files AS
SELECT a.session_id, a.attachment_id, a.org_id, a.name, a.source, a.content_type,
  coalesce(f.state, 'not asked for') AS state,                                   -- as files.state
  f.byte_count, f.type, f.announced_type, f.sha256,
  substr(f.sha256, 1, 2) || '/' || f.sha256 AS path,                             -- in the folder beside the mirror; NULL: it is not kept
  f.reason, f.tried_at
FROM session_attachments AS a LEFT JOIN files AS f USING (session_id, attachment_id)
WHERE a._deleted_at IS NULL;
