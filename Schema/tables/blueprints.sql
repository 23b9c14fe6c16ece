-- Blueprints of the machines that sessions run on.
-- Listed by GET /v3beta1/organizations/{org_id}/snapshot-setup/blueprints
-- and GET /v3beta1/enterprise/snapshot-setup/blueprints.
CREATE TABLE blueprints (
  blueprint_id     TEXT NOT NULL PRIMARY KEY,                               -- Devin's id of the blueprint @kept
  org_id           TEXT,                                                    -- the organization; NULL: of the enterprise @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  type             TEXT AS (_raw ->> 'type') VIRTUAL,                       -- one of enterprise, org, repo; open set @kept
  repo_name        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,  -- @path
  created_at       INTEGER AS (_raw ->> 'created_at') STORED,               -- Unix seconds, UTC @kept
  updated_at       INTEGER AS (_raw ->> 'updated_at') STORED                -- Unix seconds, UTC @kept
);

-- Living rows with times as ISO text.
CREATE VIEW v_blueprints AS
SELECT blueprint_id, org_id, type, repo_name,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM blueprints WHERE _deleted_at IS NULL;

-- Files of blueprints: metadata only.
-- Listed by GET /v3beta1/organizations/{org_id}/snapshot-setup/blueprints/{blueprint_id}/files
-- and GET /v3beta1/enterprise/snapshot-setup/blueprints/{blueprint_id}/files.
CREATE TABLE blueprint_files (
  file_id          TEXT NOT NULL PRIMARY KEY,  -- @kept
  org_id           TEXT,                                                    -- the organization; NULL: of the enterprise @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  blueprint_id     TEXT AS (_raw ->> 'blueprint_id') STORED,                -- blueprints.blueprint_id @kept
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- confidential @text
  env_var_name     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'env_var_name') VIRTUAL,  -- confidential @name
  size_bytes       INTEGER AS (_raw ->> 'size_bytes') VIRTUAL,              -- bytes @kept
  created_at       INTEGER AS (_raw ->> 'created_at') STORED,               -- Unix seconds, UTC @kept
  updated_at       INTEGER AS (_raw ->> 'updated_at') STORED                -- Unix seconds, UTC @kept
);
CREATE INDEX blueprint_files_by_blueprint ON blueprint_files (blueprint_id);

-- Living rows with times as ISO text.
CREATE VIEW v_blueprint_files AS
SELECT file_id, org_id, blueprint_id, name, env_var_name, size_bytes,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM blueprint_files WHERE _deleted_at IS NULL;

-- The YAML text of each blueprint: confidential. The address it was read from is not kept.
-- Listed by GET /v3beta1/organizations/{org_id}/snapshot-setup/blueprints/{blueprint_id}/contents
-- and GET /v3beta1/enterprise/snapshot-setup/blueprints/{blueprint_id}/contents.
CREATE TABLE blueprint_contents (
  blueprint_id     TEXT NOT NULL PRIMARY KEY,                               -- blueprints.blueprint_id @kept
  org_id           TEXT,                                                    -- the organization; NULL: of the enterprise @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  contents         TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'contents') VIRTUAL  -- confidential @text
);

-- Living rows with times as ISO text.
CREATE VIEW v_blueprint_contents AS
SELECT blueprint_id, org_id, contents
FROM blueprint_contents WHERE _deleted_at IS NULL;

-- Builds of the machines.
-- Listed by GET /v3beta1/organizations/{org_id}/snapshot-setup/builds.
CREATE TABLE snapshot_builds (
  build_id             TEXT NOT NULL PRIMARY KEY,                           -- Devin's id of the build @kept
  org_id               TEXT NOT NULL,                                       -- the organization: organizations.org_id @kept
  _raw                 TEXT NOT NULL,                                       -- the object as Devin sent it @columns
  _first_synced_at     INTEGER NOT NULL,                                    -- when this mirror first saw the row; Unix seconds @kept
  _changed_at          INTEGER NOT NULL,                                    -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at          INTEGER,                                             -- when the row was found gone from the server; NULL: alive @kept
  status               TEXT AS (_raw ->> 'status') STORED,                  -- one of pending, running, succeeded, failed, cancelled; open set @kept
  "trigger"            TEXT AS (_raw ->> 'trigger') VIRTUAL,                -- one of manual, auto; open set @kept
  pinned               INTEGER AS (_raw ->> 'pinned') VIRTUAL,              -- 1 or 0 @kept
  started_at           INTEGER AS (_raw ->> 'started_at') VIRTUAL,          -- Unix seconds, UTC; NULL: not said, or not yet @kept
  completed_at         INTEGER AS (_raw ->> 'completed_at') VIRTUAL,        -- Unix seconds, UTC; NULL: not said, or not yet @kept
  created_at           INTEGER AS (_raw ->> 'created_at') STORED,           -- Unix seconds, UTC @kept
  updated_at           INTEGER AS (_raw ->> 'updated_at') STORED,           -- Unix seconds, UTC @kept
  triggered_by_user_id TEXT AS (_raw ->> 'triggered_by_user_id') VIRTUAL  -- @kept
);
CREATE INDEX snapshot_builds_by_creation ON snapshot_builds (org_id, created_at);

-- Living rows with times as ISO text.
CREATE VIEW v_snapshot_builds AS
SELECT build_id, org_id, status, "trigger", pinned, triggered_by_user_id,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(started_at > 100000000000, started_at / 1000, started_at), 'unixepoch') AS started_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(completed_at > 100000000000, completed_at / 1000, completed_at), 'unixepoch') AS completed_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM snapshot_builds WHERE _deleted_at IS NULL;

-- The log of each build: confidential. The address it was read from is not kept.
-- Listed by GET /v3beta1/organizations/{org_id}/snapshot-setup/builds/{build_id}/logs.
CREATE TABLE snapshot_build_logs (
  build_id         TEXT NOT NULL PRIMARY KEY,                               -- snapshot_builds.build_id @kept
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  log              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'log') VIRTUAL  -- confidential @text
);

-- Living rows with times as ISO text.
CREATE VIEW v_snapshot_build_logs AS
SELECT build_id, org_id, log
FROM snapshot_build_logs WHERE _deleted_at IS NULL;
