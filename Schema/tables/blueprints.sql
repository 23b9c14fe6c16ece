-- Blueprints of the machines that sessions run on.
-- Listed by GET /v3beta1/organizations/{org_id}/snapshot-setup/blueprints
-- and GET /v3beta1/enterprise/snapshot-setup/blueprints.
CREATE TABLE blueprints (
  blueprint_id     TEXT NOT NULL PRIMARY KEY,                               -- Devin's id of the blueprint @kept
  org_id           TEXT,                                                    -- the organization; NULL: of the enterprise @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  type             TEXT AS (_raw ->> 'type') VIRTUAL,                       -- open set @kept one_of(enterprise, org, repo)
  repo_name        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,  -- @path
  created_at       INTEGER AS (_raw ->> 'created_at') STORED,               -- Unix seconds, UTC @kept time
  updated_at       INTEGER AS (_raw ->> 'updated_at') STORED                -- Unix seconds, UTC @kept time
);

-- Current rows with times as ISO text.
CREATE VIEW v_blueprints AS
SELECT blueprint_id, org_id, type, repo_name,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(updated_at), 'unixepoch') AS updated_at
FROM blueprints WHERE _deleted_at IS NULL;

-- Files of blueprints: metadata only.
-- Listed by GET /v3beta1/organizations/{org_id}/snapshot-setup/blueprints/{blueprint_id}/files
-- and GET /v3beta1/enterprise/snapshot-setup/blueprints/{blueprint_id}/files.
CREATE TABLE blueprint_files (
  file_id          TEXT NOT NULL PRIMARY KEY,  -- @kept
  org_id           TEXT,                                                    -- the organization; NULL: of the enterprise @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  blueprint_id     TEXT AS (_raw ->> 'blueprint_id') STORED,                -- blueprints.blueprint_id @kept
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- confidential @text
  env_var_name     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'env_var_name') VIRTUAL,  -- confidential @name
  size_bytes       INTEGER AS (_raw ->> 'size_bytes') VIRTUAL,              -- bytes @kept
  created_at       INTEGER AS (_raw ->> 'created_at') STORED,               -- Unix seconds, UTC @kept time
  updated_at       INTEGER AS (_raw ->> 'updated_at') STORED                -- Unix seconds, UTC @kept time
);
CREATE INDEX blueprint_files_by_blueprint ON blueprint_files (blueprint_id);

-- Current rows with times as ISO text.
CREATE VIEW v_blueprint_files AS
SELECT file_id, org_id, blueprint_id, name, env_var_name, size_bytes,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(updated_at), 'unixepoch') AS updated_at
FROM blueprint_files WHERE _deleted_at IS NULL;

-- The YAML text of each blueprint: confidential. The address it was read from is not kept.
-- Listed by GET /v3beta1/organizations/{org_id}/snapshot-setup/blueprints/{blueprint_id}/contents
-- and GET /v3beta1/enterprise/snapshot-setup/blueprints/{blueprint_id}/contents.
CREATE TABLE blueprint_contents (
  blueprint_id     TEXT NOT NULL PRIMARY KEY,                               -- blueprints.blueprint_id @kept
  org_id           TEXT,                                                    -- the organization; NULL: of the enterprise @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  contents         TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'contents') VIRTUAL  -- confidential @text
);

-- Current rows with times as ISO text.
CREATE VIEW v_blueprint_contents AS
SELECT blueprint_id, org_id, contents
FROM blueprint_contents WHERE _deleted_at IS NULL;

-- Builds of the machines.
-- Listed by GET /v3beta1/organizations/{org_id}/snapshot-setup/builds.
CREATE TABLE snapshot_builds (
  build_id             TEXT NOT NULL PRIMARY KEY,                           -- Devin's id of the build @kept
  org_id               TEXT NOT NULL,                                       -- the organization: organizations.org_id @kept
  _raw                 TEXT NOT NULL,                                       -- the object as Devin sent it @columns object
  _first_synced_at     INTEGER NOT NULL,                                    -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at          INTEGER NOT NULL,                                    -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at          INTEGER,                                             -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  status               TEXT AS (_raw ->> 'status') STORED,                  -- open set @kept one_of(pending, running, succeeded, failed, cancelled)
  "trigger"            TEXT AS (_raw ->> 'trigger') VIRTUAL,                -- open set @kept one_of(manual, auto)
  pinned               INTEGER AS (_raw ->> 'pinned') VIRTUAL,              -- 1 or 0 @kept
  started_at           INTEGER AS (_raw ->> 'started_at') VIRTUAL,          -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  completed_at         INTEGER AS (_raw ->> 'completed_at') VIRTUAL,        -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  created_at           INTEGER AS (_raw ->> 'created_at') STORED,           -- Unix seconds, UTC @kept time
  updated_at           INTEGER AS (_raw ->> 'updated_at') STORED,           -- Unix seconds, UTC @kept time
  triggered_by_user_id TEXT AS (_raw ->> 'triggered_by_user_id') VIRTUAL  -- @kept
);
CREATE INDEX snapshot_builds_by_creation ON snapshot_builds (org_id, created_at);

-- Current rows with times as ISO text.
CREATE VIEW v_snapshot_builds AS
SELECT build_id, org_id, status, "trigger", pinned, triggered_by_user_id,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(started_at), 'unixepoch') AS started_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(completed_at), 'unixepoch') AS completed_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(updated_at), 'unixepoch') AS updated_at
FROM snapshot_builds WHERE _deleted_at IS NULL;

-- The log of each build: confidential. The address it was read from is not kept.
-- Listed by GET /v3beta1/organizations/{org_id}/snapshot-setup/builds/{build_id}/logs.
CREATE TABLE snapshot_build_logs (
  build_id         TEXT NOT NULL PRIMARY KEY,                               -- snapshot_builds.build_id @kept
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  log              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'log') VIRTUAL  -- confidential @text
);

-- Current rows with times as ISO text.
CREATE VIEW v_snapshot_build_logs AS
SELECT build_id, org_id, log
FROM snapshot_build_logs WHERE _deleted_at IS NULL;
