-- Repositories that each organization may use.
-- Listed by GET /v3beta1/organizations/{org_id}/repositories.
CREATE TABLE repositories (
  org_id                 TEXT NOT NULL,                                     -- the organization: organizations.org_id
  repository_key         TEXT NOT NULL,                                     -- git_connection_id:provider_repository_id
  _raw                   TEXT NOT NULL,                                     -- the object as Devin sent it
  _first_synced_at       INTEGER NOT NULL,                                  -- when this mirror first saw the row; Unix seconds
  _changed_at            INTEGER NOT NULL,                                  -- when this mirror last wrote the row; Unix seconds
  _deleted_at            INTEGER,                                           -- when the row was found gone from the server; NULL: alive
  provider_repository_id TEXT AS (_raw ->> 'provider_repository_id') VIRTUAL,
  git_connection_id      TEXT AS (_raw ->> 'git_connection_id') STORED,
  git_connection_host    TEXT AS (_raw ->> 'git_connection_host') VIRTUAL,
  repo_name              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,
  repo_path              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_path') VIRTUAL,
  repo_description       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_description') VIRTUAL,
  repo_language          TEXT AS (_raw ->> 'repo_language') VIRTUAL,
  last_updated_at        INTEGER AS (_raw ->> 'last_updated_at') VIRTUAL,   -- Unix seconds, UTC; NULL: not said, or not yet
  indexing_status        TEXT AS (_raw ->> 'indexing_status') VIRTUAL,      -- JSON object
  PRIMARY KEY (org_id, repository_key)
);

-- Living rows with times as ISO text.
CREATE VIEW v_repositories AS
SELECT org_id, repository_key, provider_repository_id, git_connection_id, git_connection_host, repo_name, repo_path,
  repo_description, repo_language, indexing_status,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(last_updated_at > 100000000000, last_updated_at / 1000, last_updated_at), 'unixepoch') AS last_updated_at
FROM repositories WHERE _deleted_at IS NULL;

-- Repositories that are indexed.
-- Listed by GET /v3beta1/organizations/{org_id}/repositories/indexing.
CREATE TABLE indexed_repositories (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id
  repository_path  TEXT NOT NULL,
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive
  indexing_enabled INTEGER AS (_raw ->> 'indexing_enabled') VIRTUAL,        -- 1 or 0
  branches         TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'branches') VIRTUAL,  -- JSON list
  indexing_status  TEXT AS (_raw ->> 'indexing_status') VIRTUAL,            -- JSON object
  PRIMARY KEY (org_id, repository_path)
);

-- Living rows with times as ISO text.
CREATE VIEW v_indexed_repositories AS
SELECT org_id, repository_path, indexing_enabled, branches, indexing_status
FROM indexed_repositories WHERE _deleted_at IS NULL;

-- Connections to git hosts.
-- Listed by GET /v3/enterprise/git-providers/connections.
CREATE TABLE git_connections (
  git_connection_id    TEXT NOT NULL PRIMARY KEY,
  _raw                 TEXT NOT NULL,                                       -- the object as Devin sent it
  _first_synced_at     INTEGER NOT NULL,                                    -- when this mirror first saw the row; Unix seconds
  _changed_at          INTEGER NOT NULL,                                    -- when this mirror last wrote the row; Unix seconds
  _deleted_at          INTEGER,                                             -- when the row was found gone from the server; NULL: alive
  git_provider_type    TEXT AS (_raw ->> 'git_provider_type') VIRTUAL,      -- one of github_token, github_individual_token, github_app, gitlab_token, gitlab_oauth, azure_devops_oauth, azure_devops_token, bitbucket_oauth, bitbucket_token, perforce; open set
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,
  host                 TEXT AS (_raw ->> 'host') VIRTUAL,
  created_at           INTEGER AS (_raw ->> 'created_at') STORED,           -- Unix seconds, UTC
  perforce_depot_paths TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'perforce_depot_paths') VIRTUAL,  -- JSON list
  web_viewer_url       TEXT AS (_raw ->> 'web_viewer_url') VIRTUAL
);

-- Living rows with times as ISO text.
CREATE VIEW v_git_connections AS
SELECT git_connection_id, git_provider_type, name, host, perforce_depot_paths, web_viewer_url,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM git_connections WHERE _deleted_at IS NULL;

-- Repositories that each connection reaches.
-- Listed by GET /v3/enterprise/git-providers/connections/{connection_id}/repositories.
CREATE TABLE git_connection_repositories (
  repository_key         TEXT NOT NULL PRIMARY KEY,                         -- git_connection_id:provider_repository_id
  _raw                   TEXT NOT NULL,                                     -- the object as Devin sent it
  _first_synced_at       INTEGER NOT NULL,                                  -- when this mirror first saw the row; Unix seconds
  _changed_at            INTEGER NOT NULL,                                  -- when this mirror last wrote the row; Unix seconds
  _deleted_at            INTEGER,                                           -- when the row was found gone from the server; NULL: alive
  provider_repository_id TEXT AS (_raw ->> 'provider_repository_id') VIRTUAL,
  git_connection_id      TEXT AS (_raw ->> 'git_connection_id') STORED,
  git_connection_host    TEXT AS (_raw ->> 'git_connection_host') VIRTUAL,
  repo_name              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,
  repo_path              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_path') VIRTUAL,
  repo_description       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_description') VIRTUAL,
  repo_language          TEXT AS (_raw ->> 'repo_language') VIRTUAL,
  last_updated_at        INTEGER AS (_raw ->> 'last_updated_at') VIRTUAL    -- Unix seconds, UTC; NULL: not said, or not yet
);
CREATE INDEX git_connection_repositories_by_connection ON git_connection_repositories (git_connection_id);

-- Living rows with times as ISO text.
CREATE VIEW v_git_connection_repositories AS
SELECT repository_key, provider_repository_id, git_connection_id, git_connection_host, repo_name, repo_path,
  repo_description, repo_language,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(last_updated_at > 100000000000, last_updated_at / 1000, last_updated_at), 'unixepoch') AS last_updated_at
FROM git_connection_repositories WHERE _deleted_at IS NULL;

-- What each organization may touch: one of repo_path, group_prefix, prefix_path and depot_path says it.
-- Listed by GET /v3/enterprise/organizations/{org_id}/git-providers/permissions.
CREATE TABLE git_permissions (
  git_permission_id TEXT NOT NULL PRIMARY KEY,
  org_id            TEXT NOT NULL,                                          -- the organization: organizations.org_id
  _raw              TEXT NOT NULL,                                          -- the object as Devin sent it
  _first_synced_at  INTEGER NOT NULL,                                       -- when this mirror first saw the row; Unix seconds
  _changed_at       INTEGER NOT NULL,                                       -- when this mirror last wrote the row; Unix seconds
  _deleted_at       INTEGER,                                                -- when the row was found gone from the server; NULL: alive
  git_connection_id TEXT AS (_raw ->> 'git_connection_id') STORED,
  repo_path         TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_path') VIRTUAL,
  group_prefix      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'group_prefix') VIRTUAL,
  prefix_path       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'prefix_path') VIRTUAL,
  depot_path        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'depot_path') VIRTUAL,
  read_only         INTEGER AS (_raw ->> 'read_only') VIRTUAL,              -- 1 or 0
  created_at        INTEGER AS (_raw ->> 'created_at') STORED               -- Unix seconds, UTC; NULL: not said, or not yet
);
CREATE INDEX git_permissions_by_organization ON git_permissions (org_id);

-- Living rows with times as ISO text.
CREATE VIEW v_git_permissions AS
SELECT git_permission_id, org_id, git_connection_id, repo_path, group_prefix, prefix_path, depot_path, read_only,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM git_permissions WHERE _deleted_at IS NULL;
