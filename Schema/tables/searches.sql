-- Searches. No item was ever seen: the row is what came.
-- Listed by GET /v3beta1/organizations/{org_id}/searches.
CREATE TABLE searches (
  search_id        TEXT NOT NULL PRIMARY KEY,                               -- the item's own id, else the whole item @kept
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER                                                  -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
);
CREATE INDEX searches_by_organization ON searches (org_id);

-- Current rows with the whole item.
CREATE VIEW v_searches AS
SELECT search_id, org_id, _raw AS search
FROM searches WHERE _deleted_at IS NULL;
