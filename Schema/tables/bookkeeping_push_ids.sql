-- What requests of `devin-sync push` and `devin-sync restore` belong to, and which object became which.

ALTER TABLE sync_pushes ADD COLUMN change_before INTEGER
  /* the newest sync_changes.change_id when the request left: what it did is the first later change of the object in the same run; NULL: not known @kept */;
ALTER TABLE sync_pushes ADD COLUMN from_org_id TEXT
  /* the organization of the object that this one was made from; empty: the enterprise; NULL: it was made from none @kept */;
ALTER TABLE sync_pushes ADD COLUMN from_key TEXT /* that object's id; NULL: none @row */;
ALTER TABLE sync_pushes ADD COLUMN row_key TEXT
  /* the user's own key of a row of `push sessions`, or the name of a secret; NULL: it came from neither @name */;
ALTER TABLE sync_pushes ADD COLUMN marker TEXT /* the tag by which a new session is found; NULL: none @dropped */;
ALTER TABLE sync_pushes ADD COLUMN url TEXT /* where people see the object, as the answer says; NULL: it does not @url */;
CREATE INDEX sync_pushes_by_object ON sync_pushes (resource, key);
CREATE INDEX sync_pushes_by_row ON sync_pushes (row_key) WHERE row_key IS NOT NULL;

-- One row per object that was made from another one: from one of another organization, or from a deleted one of the same.
CREATE TABLE sync_push_ids (
  from_org_id TEXT NOT NULL,     -- the organization of the other one; empty: the enterprise @kept
  resource    TEXT NOT NULL,     -- name of the table of both @kept
  from_key    TEXT NOT NULL,     -- the other one's id @row
  to_org_id   TEXT NOT NULL,     -- the organization of the object; empty: the enterprise @kept
  to_key      TEXT NOT NULL,     -- its id @row
  hash        TEXT NOT NULL,     -- SHA-256 of what could be written of it when it was last written from the other one @dropped
  mapped_at   INTEGER NOT NULL,  -- when it was made; Unix seconds @kept time
  PRIMARY KEY (resource, from_key, from_org_id, to_org_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sync_push_ids_by_copy ON sync_push_ids (resource, to_key);
