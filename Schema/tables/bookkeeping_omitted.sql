-- Texts that are left out of this mirror, as the setting `omit` says.

-- What a run that left them out, or `maintain`, has recorded. When the setting no longer says so, their lists are pending, and the row goes.
CREATE TABLE sync_omitted (
  resource TEXT NOT NULL,             -- name of the table @kept
  member   TEXT NOT NULL,             -- of Devin's objects @kept
  since    INTEGER NOT NULL,          -- from when on rows were written without it; Unix seconds @kept time
  PRIMARY KEY (resource, member)
) STRICT, WITHOUT ROWID;
