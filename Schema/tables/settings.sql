-- Tags that sessions of each organization may have: one row per tag.
-- Listed by GET /v3/enterprise/organizations/{org_id}/tags.
CREATE TABLE allowed_tags (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  tag              TEXT NOT NULL,                                           -- the tag @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  PRIMARY KEY (org_id, tag)
);

-- Current rows with times as ISO text.
CREATE VIEW v_allowed_tags AS
SELECT org_id, tag
FROM allowed_tags WHERE _deleted_at IS NULL;

-- The tag that sessions of each organization get by default.
-- Listed by GET /v3/enterprise/organizations/{org_id}/tags/default.
CREATE TABLE default_tags (
  org_id           TEXT NOT NULL PRIMARY KEY,                               -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  default_tag      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'default_tag') VIRTUAL  -- @name
);

-- Current rows with times as ISO text.
CREATE VIEW v_default_tags AS
SELECT org_id, default_tag
FROM default_tags WHERE _deleted_at IS NULL;

-- Addresses from which the enterprise may be reached: one row per range.
-- Listed by GET /v3/enterprise/ip-access-list.
CREATE TABLE ip_access_list (
  ip_range         TEXT NOT NULL PRIMARY KEY,                               -- an address range in CIDR notation; confidential @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER                                                  -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
);

-- Current rows with times as ISO text.
CREATE VIEW v_ip_access_list AS
SELECT ip_range
FROM ip_access_list WHERE _deleted_at IS NULL;

-- Groups of organizations and their limits; unfolded in group_organizations.
-- Listed by GET /v3/enterprise/org-group-limits.
CREATE TABLE org_groups (
  group_name       TEXT NOT NULL PRIMARY KEY,  -- @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  org_ids          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'org_ids') VIRTUAL,  -- JSON list @[kept]
  max_cycle_acus   INTEGER AS (_raw ->> 'max_cycle_acus') VIRTUAL           -- agent compute units per billing cycle; NULL: no limit @kept
);

-- Current rows with times as ISO text.
CREATE VIEW v_org_groups AS
SELECT group_name, org_ids, max_cycle_acus
FROM org_groups WHERE _deleted_at IS NULL;

-- Which organizations a group has.
CREATE VIEW group_organizations AS
SELECT g.group_name, g.max_cycle_acus, member.value AS org_id
FROM org_groups AS g, json_each(g._raw, '$.org_ids') AS member WHERE g._deleted_at IS NULL AND member.type = 'text';
