-- Repositories that each organization may use.
-- Listed by GET /v3beta1/organizations/{org_id}/repositories.
CREATE TABLE repositories (
  org_id                 TEXT NOT NULL,                                     -- the organization: organizations.org_id @kept
  repository_key         TEXT NOT NULL,                                     -- git_connection_id:provider_repository_id @kept
  _raw                   TEXT NOT NULL,                                     -- the object as Devin sent it @columns object
  _first_synced_at       INTEGER NOT NULL,                                  -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at            INTEGER NOT NULL,                                  -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at            INTEGER,                                           -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  provider_repository_id TEXT AS (_raw ->> 'provider_repository_id') VIRTUAL,  -- @kept
  git_connection_id      TEXT AS (_raw ->> 'git_connection_id') STORED,  -- @kept
  git_connection_host    TEXT AS (_raw ->> 'git_connection_host') VIRTUAL,  -- @host
  repo_name              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,  -- @name
  repo_path              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_path') VIRTUAL,  -- @path
  repo_description       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_description') VIRTUAL,  -- @text
  repo_language          TEXT AS (_raw ->> 'repo_language') VIRTUAL,  -- @kept
  last_updated_at        INTEGER AS (_raw ->> 'last_updated_at') VIRTUAL,   -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  indexing_status        TEXT AS (_raw ->> 'indexing_status') VIRTUAL,      -- JSON object @{indexing_enabled: kept, latest_completed_search_index_job: {job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}, latest_completed_wiki_index_job: {job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}, latest_indexes: [{job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}]}
  PRIMARY KEY (org_id, repository_key)
);

-- Current rows with times as ISO text.
CREATE VIEW v_repositories AS
SELECT org_id, repository_key, provider_repository_id, git_connection_id, git_connection_host, repo_name, repo_path,
  repo_description, repo_language, indexing_status,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(last_updated_at), 'unixepoch') AS last_updated_at
FROM repositories WHERE _deleted_at IS NULL;

-- Repositories that are indexed.
-- Listed by GET /v3beta1/organizations/{org_id}/repositories/indexing.
CREATE TABLE indexed_repositories (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  repository_path  TEXT NOT NULL,  -- @path
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  indexing_enabled INTEGER AS (_raw ->> 'indexing_enabled') VIRTUAL,        -- 1 or 0 @kept
  branches         TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'branches') VIRTUAL,  -- JSON list @[name]
  indexing_status  TEXT AS (_raw ->> 'indexing_status') VIRTUAL,            -- JSON object @{indexing_enabled: kept, latest_completed_search_index_job: {job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}, latest_completed_wiki_index_job: {job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}, latest_indexes: [{job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}]}
  PRIMARY KEY (org_id, repository_path)
);

-- Current rows with times as ISO text.
CREATE VIEW v_indexed_repositories AS
SELECT org_id, repository_path, indexing_enabled, branches, indexing_status
FROM indexed_repositories WHERE _deleted_at IS NULL;

-- Connections to git hosts.
-- Listed by GET /v3/enterprise/git-providers/connections.
CREATE TABLE git_connections (
  git_connection_id    TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw                 TEXT NOT NULL,                                       -- the object as Devin sent it @columns object
  _first_synced_at     INTEGER NOT NULL,                                    -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at          INTEGER NOT NULL,                                    -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at          INTEGER,                                             -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  git_provider_type    TEXT AS (_raw ->> 'git_provider_type') VIRTUAL,      -- open set @kept one_of(github_token, github_individual_token, github_app, gitlab_token, gitlab_oauth, azure_devops_oauth, azure_devops_token, bitbucket_oauth, bitbucket_token, perforce)
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  host                 TEXT AS (_raw ->> 'host') VIRTUAL,  -- @host
  created_at           INTEGER AS (_raw ->> 'created_at') STORED,           -- Unix seconds, UTC @kept time
  perforce_depot_paths TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'perforce_depot_paths') VIRTUAL,  -- JSON list @[path]
  web_viewer_url       TEXT AS (_raw ->> 'web_viewer_url') VIRTUAL  -- @url
);

-- Current rows with times as ISO text.
CREATE VIEW v_git_connections AS
SELECT git_connection_id, git_provider_type, name, host, perforce_depot_paths, web_viewer_url,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at
FROM git_connections WHERE _deleted_at IS NULL;

-- Repositories that each connection reaches.
-- Listed by GET /v3/enterprise/git-providers/connections/{connection_id}/repositories.
CREATE TABLE git_connection_repositories (
  repository_key         TEXT NOT NULL PRIMARY KEY,                         -- git_connection_id:provider_repository_id @kept
  _raw                   TEXT NOT NULL,                                     -- the object as Devin sent it @columns object
  _first_synced_at       INTEGER NOT NULL,                                  -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at            INTEGER NOT NULL,                                  -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at            INTEGER,                                           -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  provider_repository_id TEXT AS (_raw ->> 'provider_repository_id') VIRTUAL,  -- @kept
  git_connection_id      TEXT AS (_raw ->> 'git_connection_id') STORED,  -- @kept
  git_connection_host    TEXT AS (_raw ->> 'git_connection_host') VIRTUAL,  -- @host
  repo_name              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,  -- @name
  repo_path              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_path') VIRTUAL,  -- @path
  repo_description       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_description') VIRTUAL,  -- @text
  repo_language          TEXT AS (_raw ->> 'repo_language') VIRTUAL,  -- @kept
  last_updated_at        INTEGER AS (_raw ->> 'last_updated_at') VIRTUAL    -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
);
CREATE INDEX git_connection_repositories_by_connection ON git_connection_repositories (git_connection_id);

-- Current rows with times as ISO text.
CREATE VIEW v_git_connection_repositories AS
SELECT repository_key, provider_repository_id, git_connection_id, git_connection_host, repo_name, repo_path,
  repo_description, repo_language,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(last_updated_at), 'unixepoch') AS last_updated_at
FROM git_connection_repositories WHERE _deleted_at IS NULL;

-- What each organization may touch: one of repo_path, group_prefix, prefix_path and depot_path says it.
-- Listed by GET /v3/enterprise/organizations/{org_id}/git-providers/permissions.
CREATE TABLE git_permissions (
  git_permission_id TEXT NOT NULL PRIMARY KEY,  -- @kept
  org_id            TEXT NOT NULL,                                          -- the organization: organizations.org_id @kept
  _raw              TEXT NOT NULL,                                          -- the object as Devin sent it @columns object
  _first_synced_at  INTEGER NOT NULL,                                       -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at       INTEGER NOT NULL,                                       -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at       INTEGER,                                                -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  git_connection_id TEXT AS (_raw ->> 'git_connection_id') STORED,  -- @kept
  repo_path         TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_path') VIRTUAL,  -- @path
  group_prefix      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'group_prefix') VIRTUAL,  -- @path
  prefix_path       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'prefix_path') VIRTUAL,  -- @path
  depot_path        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'depot_path') VIRTUAL,  -- @path
  read_only         INTEGER AS (_raw ->> 'read_only') VIRTUAL,              -- 1 or 0 @kept
  created_at        INTEGER AS (_raw ->> 'created_at') STORED               -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
);
CREATE INDEX git_permissions_by_organization ON git_permissions (org_id);

-- Current rows with times as ISO text.
CREATE VIEW v_git_permissions AS
SELECT git_permission_id, org_id, git_connection_id, repo_path, group_prefix, prefix_path, depot_path, read_only,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at
FROM git_permissions WHERE _deleted_at IS NULL;
