-- Organizations of the enterprise.
-- Listed by GET /v3/enterprise/organizations.
CREATE TABLE organizations (
  org_id                TEXT NOT NULL PRIMARY KEY,                          -- Devin's id of the organization @kept
  _raw                  TEXT NOT NULL,                                      -- the object as Devin sent it @columns object
  _first_synced_at      INTEGER NOT NULL,                                   -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at           INTEGER NOT NULL,                                   -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at           INTEGER,                                            -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name                  TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  created_at            INTEGER AS (_raw ->> 'created_at') STORED,          -- Unix seconds, UTC @kept time
  updated_at            INTEGER AS (_raw ->> 'updated_at') STORED,          -- Unix seconds, UTC @kept time
  max_session_acu_limit INTEGER AS (_raw ->> 'max_session_acu_limit') VIRTUAL,  -- agent compute units one session may use; NULL: no limit @kept
  max_cycle_acu_limit   INTEGER AS (_raw ->> 'max_cycle_acu_limit') VIRTUAL  -- agent compute units per billing cycle; NULL: no limit @kept
);

-- Current rows with times as ISO text.
CREATE VIEW v_organizations AS
SELECT org_id, name, max_session_acu_limit, max_cycle_acu_limit,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(updated_at), 'unixepoch') AS updated_at
FROM organizations WHERE _deleted_at IS NULL;

-- Users of the enterprise with the roles they were given themselves.
-- Listed by GET /v3/enterprise/members/users.
CREATE TABLE users (
  user_id              TEXT NOT NULL PRIMARY KEY,                           -- Devin's id of the user; may hold a vertical bar @kept
  _raw                 TEXT NOT NULL,                                       -- the object as Devin sent it @columns object
  _first_synced_at     INTEGER NOT NULL,                                    -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at          INTEGER NOT NULL,                                    -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at          INTEGER,                                             -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  email                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'email') STORED,  -- confidential @email(user_id)
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- confidential @person(user_id)
  role_assignments     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL,  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
  enterprise_joined_at INTEGER AS (_raw ->> 'enterprise_joined_at') VIRTUAL  -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
);

-- Current rows with times as ISO text.
CREATE VIEW v_users AS
SELECT user_id, email, name, role_assignments,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(enterprise_joined_at), 'unixepoch') AS enterprise_joined_at
FROM users WHERE _deleted_at IS NULL;

-- Users with roles through groups of the identity provider.
-- Listed by GET /v3/enterprise/members/idp-users.
CREATE TABLE idp_users (
  user_id              TEXT NOT NULL PRIMARY KEY,                           -- Devin's id of the user; may hold a vertical bar @kept
  _raw                 TEXT NOT NULL,                                       -- the object as Devin sent it @columns object
  _first_synced_at     INTEGER NOT NULL,                                    -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at          INTEGER NOT NULL,                                    -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at          INTEGER,                                             -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  email                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'email') STORED,  -- confidential @email(user_id)
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- confidential @person(user_id)
  idp_role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'idp_role_assignments') VIRTUAL  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
);

-- Current rows with times as ISO text.
CREATE VIEW v_idp_users AS
SELECT user_id, email, name, idp_role_assignments
FROM idp_users WHERE _deleted_at IS NULL;

-- Service users; those removed keep their row, with deleted_at.
-- Listed by GET /v3/enterprise/members/service-users.
CREATE TABLE service_users (
  service_user_id  TEXT NOT NULL PRIMARY KEY,                               -- Devin's id of the service user @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @person(service_user_id)
  expires_at       INTEGER AS (_raw ->> 'expires_at') VIRTUAL,              -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  deleted_at       INTEGER AS (_raw ->> 'deleted_at') STORED,               -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
);

-- Current rows with times as ISO text.
CREATE VIEW v_service_users AS
SELECT service_user_id, name, role_assignments,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(expires_at), 'unixepoch') AS expires_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(deleted_at), 'unixepoch') AS deleted_at
FROM service_users WHERE _deleted_at IS NULL;

-- Keys of service users: metadata only, never the key.
-- Listed by GET /v3beta1/enterprise/service-users/{service_user_id}/api-keys.
CREATE TABLE service_user_api_keys (
  api_key_id       TEXT NOT NULL PRIMARY KEY,  -- @kept
  service_user_id  TEXT NOT NULL,                                           -- the service user @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  api_key_name     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'api_key_name') VIRTUAL,  -- @name
  created_at       INTEGER AS (_raw ->> 'created_at') STORED,               -- Unix seconds, UTC @kept time
  expires_at       INTEGER AS (_raw ->> 'expires_at') VIRTUAL,              -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  is_active        INTEGER AS (_raw ->> 'is_active') VIRTUAL,               -- 1 or 0 @kept
  last_used_at     INTEGER AS (_raw ->> 'last_used_at') VIRTUAL,            -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  revoked_at       INTEGER AS (_raw ->> 'revoked_at') VIRTUAL               -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
);
CREATE INDEX service_user_api_keys_by_service_user ON service_user_api_keys (service_user_id);

-- Current rows with times as ISO text.
CREATE VIEW v_service_user_api_keys AS
SELECT api_key_id, service_user_id, api_key_name, is_active,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(expires_at), 'unixepoch') AS expires_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(last_used_at), 'unixepoch') AS last_used_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(revoked_at), 'unixepoch') AS revoked_at
FROM service_user_api_keys WHERE _deleted_at IS NULL;

-- Groups of the identity provider with their roles.
-- Listed by GET /v3/enterprise/members/idp-groups.
CREATE TABLE idp_groups (
  idp_group_name   TEXT NOT NULL PRIMARY KEY,  -- @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
);

-- Current rows with times as ISO text.
CREATE VIEW v_idp_groups AS
SELECT idp_group_name, role_assignments
FROM idp_groups WHERE _deleted_at IS NULL;

-- Names of the groups that the enterprise has registered.
-- Listed by GET /v3/enterprise/idp-groups.
CREATE TABLE registered_idp_groups (
  idp_group_name   TEXT NOT NULL PRIMARY KEY,  -- @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER                                                  -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
);

-- Current rows with times as ISO text.
CREATE VIEW v_registered_idp_groups AS
SELECT idp_group_name
FROM registered_idp_groups WHERE _deleted_at IS NULL;

-- Roles.
-- Listed by GET /v3/enterprise/roles.
CREATE TABLE roles (
  role_id          TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  role_name        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_name') VIRTUAL,  -- @name
  role_type        TEXT AS (_raw ->> 'role_type') STORED                    -- open set @kept one_of(enterprise, org)
);

-- Current rows with times as ISO text.
CREATE VIEW v_roles AS
SELECT role_id, role_name, role_type
FROM roles WHERE _deleted_at IS NULL;

-- Roles with what they may do; unfolded in role_permission_names.
-- Listed by GET /v3/enterprise/roles/{role_id}.
CREATE TABLE role_permissions (
  role_id          TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  role_name        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_name') VIRTUAL,  -- @name
  role_type        TEXT AS (_raw ->> 'role_type') STORED,                   -- open set @kept one_of(enterprise, org)
  permissions      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'permissions') VIRTUAL  -- JSON list @[kept]
);

-- Current rows with times as ISO text.
CREATE VIEW v_role_permissions AS
SELECT role_id, role_name, role_type, permissions
FROM role_permissions WHERE _deleted_at IS NULL;

-- Users of each organization with the roles they were given there.
-- Listed by GET /v3/enterprise/organizations/{org_id}/members/users
-- and GET /v3beta1/organizations/{org_id}/members/users.
CREATE TABLE org_members (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  user_id          TEXT NOT NULL,                                           -- the user @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  email            TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'email') STORED,  -- confidential @email(user_id)
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- confidential @person(user_id)
  role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL,  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
  PRIMARY KEY (org_id, user_id)
);

-- Current rows with times as ISO text.
CREATE VIEW v_org_members AS
SELECT org_id, user_id, email, name, role_assignments
FROM org_members WHERE _deleted_at IS NULL;

-- Users of each organization with roles through groups.
-- Listed by GET /v3/enterprise/organizations/{org_id}/members/idp-users
-- and GET /v3beta1/organizations/{org_id}/members/idp-users.
CREATE TABLE org_idp_members (
  org_id               TEXT NOT NULL,                                       -- the organization: organizations.org_id @kept
  user_id              TEXT NOT NULL,                                       -- the user @kept
  _raw                 TEXT NOT NULL,                                       -- the object as Devin sent it @columns object
  _first_synced_at     INTEGER NOT NULL,                                    -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at          INTEGER NOT NULL,                                    -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at          INTEGER,                                             -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  email                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'email') STORED,  -- confidential @email(user_id)
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- confidential @person(user_id)
  idp_role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'idp_role_assignments') VIRTUAL,  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
  PRIMARY KEY (org_id, user_id)
);

-- Current rows with times as ISO text.
CREATE VIEW v_org_idp_members AS
SELECT org_id, user_id, email, name, idp_role_assignments
FROM org_idp_members WHERE _deleted_at IS NULL;

-- Service users of each organization.
-- Listed by GET /v3/enterprise/organizations/{org_id}/members/service-users.
CREATE TABLE org_service_users (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  service_user_id  TEXT NOT NULL,                                           -- the service user @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @person(service_user_id)
  expires_at       INTEGER AS (_raw ->> 'expires_at') VIRTUAL,              -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  deleted_at       INTEGER AS (_raw ->> 'deleted_at') STORED,               -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL,  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
  PRIMARY KEY (org_id, service_user_id)
);

-- Current rows with times as ISO text.
CREATE VIEW v_org_service_users AS
SELECT org_id, service_user_id, name, role_assignments,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(expires_at), 'unixepoch') AS expires_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(deleted_at), 'unixepoch') AS deleted_at
FROM org_service_users WHERE _deleted_at IS NULL;

-- Groups of each organization with their roles.
-- Listed by GET /v3/enterprise/organizations/{org_id}/members/idp-groups.
CREATE TABLE org_idp_groups (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  idp_group_name   TEXT NOT NULL,  -- @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL,  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
  PRIMARY KEY (org_id, idp_group_name)
);

-- Current rows with times as ISO text.
CREATE VIEW v_org_idp_groups AS
SELECT org_id, idp_group_name, role_assignments
FROM org_idp_groups WHERE _deleted_at IS NULL;

-- What each role may do: one row per permission.
CREATE VIEW role_permission_names AS
SELECT r.role_id, r.role_name, r.role_type, permission.value AS permission
FROM role_permissions AS r, json_each(r._raw, '$.permissions') AS permission
WHERE r._deleted_at IS NULL AND permission.type = 'text';

-- Who has which role, and where: one row per user, place, role and source. org_id NULL is everywhere; a role of
-- organizations that an organization lists without naming one is held there. source: direct, or the group that gives it.
CREATE VIEW user_roles AS
SELECT user_id, max(email) AS email, max(name) AS name, org_id, role_id, max(role_name) AS role_name, source
FROM (
  SELECT m.user_id, m.email, m.name, a.value ->> '$.role.role_id' AS role_id, a.value ->> '$.role.role_name' AS role_name,
    coalesce(a.value ->> '$.org_id', iif(a.value ->> '$.role.role_type' = 'org', m.org_id, NULL)) AS org_id,
    coalesce(a.value ->> '$.idp_group_name', 'direct') AS source
  FROM (
    SELECT NULL AS org_id, user_id, email, name, _raw ->> 'role_assignments' AS roles FROM users WHERE _deleted_at IS NULL
    UNION ALL SELECT org_id, user_id, email, name, _raw ->> 'role_assignments' FROM org_members WHERE _deleted_at IS NULL
    UNION ALL SELECT NULL, user_id, email, name, _raw ->> 'idp_role_assignments' FROM idp_users WHERE _deleted_at IS NULL
    UNION ALL SELECT org_id, user_id, email, name, _raw ->> 'idp_role_assignments' FROM org_idp_members WHERE _deleted_at IS NULL
  ) AS m, json_each(iif(json_valid(m.roles), m.roles, '[]')) AS a WHERE a.type = 'object')
GROUP BY user_id, org_id, role_id, source;

-- Who may do what, and where: org_id NULL is everywhere.
CREATE VIEW user_permissions AS
SELECT DISTINCT u.user_id, u.email, u.name, u.org_id, p.permission, u.role_name, u.source
FROM user_roles AS u JOIN role_permission_names AS p USING (role_id);
