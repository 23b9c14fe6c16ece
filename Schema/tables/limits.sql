-- Users' own limits of agent compute units for the local agent: the desktop application, the JetBrains plug-in and the CLI.
-- Listed by GET /v3beta1/enterprise/consumption/acu-limits/local-agent.
CREATE TABLE local_agent_acu_limits (
  limit_key        TEXT NOT NULL PRIMARY KEY,                               -- scope:org_id:user_id, what is missing left empty @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  scope            TEXT AS (_raw ->> 'scope') VIRTUAL,                      -- open set @kept one_of(enterprise, org, user)
  cycle_acu_limit  INTEGER AS (_raw ->> 'cycle_acu_limit') VIRTUAL,         -- agent compute units per billing cycle @kept
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                      -- the organization; NULL: the limit is not of one @kept
  user_id          TEXT AS (_raw ->> 'user_id') STORED                      -- users.user_id; NULL: the limit is not of one @kept
);

-- Current rows with times as ISO text.
CREATE VIEW v_local_agent_acu_limits AS
SELECT limit_key, scope, cycle_acu_limit, org_id, user_id
FROM local_agent_acu_limits WHERE _deleted_at IS NULL;

-- The limit of each user for the local agent. It takes the place of the default in default_user_acu_limits.
-- Listed by GET /v3beta1/enterprise/users/{user_id}/consumption/acu-limits.
CREATE TABLE user_acu_limits (
  user_id          TEXT NOT NULL PRIMARY KEY,                               -- users.user_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  local_agent      TEXT AS (_raw ->> 'local_agent') VIRTUAL,                -- JSON object; NULL: no limit is set here @{cycle_acu_limit: kept}
  cycle_acu_limit  INTEGER AS (_raw ->> '$.local_agent.cycle_acu_limit') VIRTUAL  -- agent compute units per month, desktop, JetBrains and CLI; NULL: none @kept
);

-- Current rows with times as ISO text.
CREATE VIEW v_user_acu_limits AS
SELECT user_id, local_agent, cycle_acu_limit
FROM user_acu_limits WHERE _deleted_at IS NULL;

-- The limit of users that have none of their own, for the local agent: one row.
-- Listed by GET /v3beta1/enterprise/users/consumption/acu-limits.
CREATE TABLE default_user_acu_limits (
  limit_scope      TEXT NOT NULL PRIMARY KEY,                               -- default @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  local_agent      TEXT AS (_raw ->> 'local_agent') VIRTUAL,                -- JSON object; NULL: no limit is set here @{cycle_acu_limit: kept}
  cycle_acu_limit  INTEGER AS (_raw ->> '$.local_agent.cycle_acu_limit') VIRTUAL  -- agent compute units per month, desktop, JetBrains and CLI; NULL: none @kept
);

-- Current rows with times as ISO text.
CREATE VIEW v_default_user_acu_limits AS
SELECT limit_scope, local_agent, cycle_acu_limit
FROM default_user_acu_limits WHERE _deleted_at IS NULL;

-- The limit of each organization for the local agent of all its users together.
-- Listed by GET /v3beta1/enterprise/organizations/{org_id}/consumption/acu-limits.
CREATE TABLE organization_acu_limits (
  org_id           TEXT NOT NULL PRIMARY KEY,                               -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  local_agent      TEXT AS (_raw ->> 'local_agent') VIRTUAL,                -- JSON object; NULL: no limit is set here @{cycle_acu_limit: kept}
  cycle_acu_limit  INTEGER AS (_raw ->> '$.local_agent.cycle_acu_limit') VIRTUAL  -- agent compute units per month, desktop, JetBrains and CLI; NULL: none @kept
);

-- Current rows with times as ISO text.
CREATE VIEW v_organization_acu_limits AS
SELECT org_id, local_agent, cycle_acu_limit
FROM organization_acu_limits WHERE _deleted_at IS NULL;
