-- The platform that sessions of each organization run on, unless a user has a default of their own.
-- Listed by GET /v3beta1/organizations/{org_id}/default-platform.
CREATE TABLE default_platforms (
  org_id           TEXT NOT NULL PRIMARY KEY,                               -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  platform         TEXT AS (_raw ->> 'platform') VIRTUAL,                   -- NULL: none is set @kept
  outpost_pool_id  TEXT AS (_raw ->> 'outpost_pool_id') VIRTUAL,            -- NULL: the platform is no outpost @kept
  outpost_pool_name TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'outpost_pool_name') VIRTUAL  -- NULL: also where the pool is not open to the organization @name
);

-- Current rows with times as ISO text.
CREATE VIEW v_default_platforms AS
SELECT org_id, platform, outpost_pool_id, outpost_pool_name
FROM default_platforms WHERE _deleted_at IS NULL;

-- Pools of machines outside of Devin's cloud.
-- Listed by GET /opbeta/outposts.
CREATE TABLE outposts (
  outpost_id       TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  metadata         TEXT AS (_raw ->> 'metadata') VIRTUAL,                   -- JSON object: outpost_id, account_id, created_at @{outpost_id: kept, account_id: kept, created_at: kept}
  spec             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'spec') VIRTUAL,  -- JSON object: name, platform, description, allowed_org_ids (null: every organization) @{name: name, platform: kept, description: text, allowed_org_ids: [kept]}
  account_id       TEXT AS (_raw ->> '$.metadata.account_id') VIRTUAL,  -- @kept
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> '$.spec.name') VIRTUAL,  -- @name
  platform         TEXT AS (_raw ->> '$.spec.platform') VIRTUAL  -- @kept
);

-- Current rows; created_at as Devin sent it.
CREATE VIEW v_outposts AS
SELECT outpost_id, account_id, name, platform, replace(_raw, '\u0000', '\ufffd') ->> '$.spec.description' AS description,
  _raw ->> '$.spec.allowed_org_ids' AS allowed_org_ids, _raw ->> '$.metadata.created_at' AS created_at
FROM outposts WHERE _deleted_at IS NULL;

-- Knowledge as skills, where Devin has moved it. No item was ever seen: the row is what came. knowledge_notes keeps its rows.
-- Listed by GET /v3beta1/organizations/{org_id}/managed-plugins/bundles/knowledge/skills.
CREATE TABLE knowledge_skills (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  skill_id         TEXT NOT NULL,                                           -- the item's own id, else its name, else the whole item @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  PRIMARY KEY (org_id, skill_id)
);

-- Current rows with the whole item.
CREATE VIEW v_knowledge_skills AS
SELECT org_id, skill_id, _raw AS skill
FROM knowledge_skills WHERE _deleted_at IS NULL;
