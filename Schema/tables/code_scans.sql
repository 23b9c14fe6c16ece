-- Code scans.
-- Listed by GET /v3/enterprise/code-scans/scans
-- and GET /v3/organizations/{org_id}/code-scans/scans.
CREATE TABLE code_scans (
  scan_id          TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                      -- the organization @kept
  repo_name        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,  -- the first repository; a scan can cover more @path
  host             TEXT AS (_raw ->> 'host') VIRTUAL,  -- @host
  status           TEXT AS (_raw ->> 'status') STORED,                      -- open set @kept one_of(waiting, pending, running, awaiting_user_input, completed, failed, cancelled)
  profile          TEXT AS (_raw ->> 'profile') VIRTUAL,                    -- JSON object {profile_id, name}; NULL: none @{profile_id: kept, name: name}
  created_at       INTEGER AS (_raw ->> 'created_at') STORED,               -- Unix seconds, UTC @kept time
  scan_type        TEXT AS (_raw ->> 'scan_type') VIRTUAL                   -- open set @kept one_of(security, performance, db-queries, test-coverage, dead-code, code-quality, cleanup, telemetry, accessibility, compliance, general, migration-docs)
);
CREATE INDEX code_scans_by_creation ON code_scans (org_id, created_at);

-- Current rows with times as ISO text.
CREATE VIEW v_code_scans AS
SELECT scan_id, org_id, repo_name, host, status, profile, scan_type,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at
FROM code_scans WHERE _deleted_at IS NULL;

-- What code scans found.
-- Listed by GET /v3/organizations/{org_id}/code-scans/findings.
CREATE TABLE code_scan_findings (
  finding_id              TEXT NOT NULL PRIMARY KEY,  -- @kept
  org_id                  TEXT NOT NULL,                                    -- the organization: organizations.org_id @kept
  _raw                    TEXT NOT NULL,                                    -- the object as Devin sent it @columns object
  _first_synced_at        INTEGER NOT NULL,                                 -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at             INTEGER NOT NULL,                                 -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at             INTEGER,                                          -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  scan_id                 TEXT AS (_raw ->> 'scan_id') STORED,              -- code_scans.scan_id @kept
  repo_name               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,  -- @path
  title                   TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'title') VIRTUAL,  -- @text
  description             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'description') VIRTUAL,  -- confidential @text
  category                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'category') VIRTUAL,  -- @name
  severity                TEXT AS (_raw ->> 'severity') STORED,             -- open set @kept one_of(critical, high, medium, low)
  status                  TEXT AS (_raw ->> 'status') STORED,               -- open set @kept one_of(open, dismissed, resolved)
  recommendation          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'recommendation') VIRTUAL,  -- confidential @text
  note                    TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'note') VIRTUAL,  -- confidential @text
  code_owners             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'code_owners') VIRTUAL,  -- JSON list @[name]
  reference_snippets      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'reference_snippets') VIRTUAL,  -- JSON list of {file_path, start_line, end_line, commentary, code}; confidential @[{file_path: path, start_line: kept, end_line: kept, commentary: text, code: text}]
  related_finding_ids     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'related_finding_ids') VIRTUAL,  -- JSON list @[kept]
  session_id              TEXT AS (_raw ->> 'session_id') STORED,           -- sessions.session_id of the session that fixes it @kept
  orchestrator_session_id TEXT AS (_raw ->> 'orchestrator_session_id') STORED,  -- @kept
  pr_url                  TEXT AS (_raw ->> 'pr_url') VIRTUAL,  -- @url
  created_at              INTEGER AS (_raw ->> 'created_at') STORED,        -- Unix seconds, UTC @kept time
  code_scan_run_id        TEXT AS (_raw ->> 'code_scan_run_id') VIRTUAL     -- the run of the scan; in no document, seen in rows @kept
);
CREATE INDEX code_scan_findings_by_scan ON code_scan_findings (scan_id);
CREATE INDEX code_scan_findings_by_status ON code_scan_findings (org_id, status, severity);

-- Current rows with times as ISO text.
CREATE VIEW v_code_scan_findings AS
SELECT finding_id, org_id, scan_id, repo_name, title, description, category, severity, status, recommendation, note,
  code_owners, reference_snippets, related_finding_ids, session_id, orchestrator_session_id, pr_url, code_scan_run_id,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at
FROM code_scan_findings WHERE _deleted_at IS NULL;

-- Profiles that code scans follow.
-- Listed by GET /v3/enterprise/code-scans/profiles
-- and GET /v3/organizations/{org_id}/code-scans/profiles.
CREATE TABLE code_scan_profiles (
  profile_id       TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  description      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'description') VIRTUAL,  -- @text
  visibility       TEXT AS (_raw ->> 'visibility') VIRTUAL,                 -- open set @kept one_of(org, account)
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                      -- the organization; NULL: shared by the enterprise @kept
  scan_type        TEXT AS (_raw ->> 'scan_type') VIRTUAL,                  -- open set @kept one_of(security, performance, db-queries, test-coverage, dead-code, code-quality, cleanup, telemetry, accessibility, compliance, general, migration-docs)
  mode             TEXT AS (_raw ->> 'mode') VIRTUAL,                       -- open set @kept one_of(discover, ingest)
  created_at       INTEGER AS (_raw ->> 'created_at') STORED                -- Unix seconds, UTC @kept time
);

-- Current rows with times as ISO text.
CREATE VIEW v_code_scan_profiles AS
SELECT profile_id, name, description, visibility, org_id, scan_type, mode,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at
FROM code_scan_profiles WHERE _deleted_at IS NULL;

-- Profiles with their guidance, which is the policy of the customer: confidential.
-- Listed by GET /v3/organizations/{org_id}/code-scans/profiles/{profile_id}
-- and GET /v3/enterprise/code-scans/profiles/{profile_id}.
CREATE TABLE code_scan_profile_guidance (
  profile_id                TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw                      TEXT NOT NULL,                                  -- the object as Devin sent it @columns object
  _first_synced_at          INTEGER NOT NULL,                               -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at               INTEGER NOT NULL,                               -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at               INTEGER,                                        -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  name                      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  description               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'description') VIRTUAL,  -- @text
  visibility                TEXT AS (_raw ->> 'visibility') VIRTUAL,        -- open set @kept one_of(org, account)
  org_id                    TEXT AS (_raw ->> 'org_id') STORED,             -- the organization; NULL: shared by the enterprise @kept
  scan_type                 TEXT AS (_raw ->> 'scan_type') VIRTUAL,         -- open set @kept one_of(security, performance, db-queries, test-coverage, dead-code, code-quality, cleanup, telemetry, accessibility, compliance, general, migration-docs)
  mode                      TEXT AS (_raw ->> 'mode') VIRTUAL,              -- open set @kept one_of(discover, ingest)
  created_at                INTEGER AS (_raw ->> 'created_at') STORED,      -- Unix seconds, UTC @kept time
  include_globs             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'include_globs') VIRTUAL,  -- JSON list @[text]
  exclude_globs             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'exclude_globs') VIRTUAL,  -- JSON list @[text]
  threat_model_guidance     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'threat_model_guidance') VIRTUAL,  -- confidential @text
  investigation_guidance    TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'investigation_guidance') VIRTUAL,  -- confidential @text
  triage_guidance           TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'triage_guidance') VIRTUAL,  -- confidential @text
  validation_guidance       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'validation_guidance') VIRTUAL,  -- confidential @text
  report_guidance           TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'report_guidance') VIRTUAL,  -- confidential @text
  communication_guidance    TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'communication_guidance') VIRTUAL,  -- confidential @text
  remediation_guidance      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'remediation_guidance') VIRTUAL,  -- confidential @text
  ingestion_source_guidance TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'ingestion_source_guidance') VIRTUAL,  -- confidential @text
  post_ingestion_guidance   TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'post_ingestion_guidance') VIRTUAL,  -- confidential @text
  scan_paths                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'scan_paths') VIRTUAL,  -- JSON list @[path]
  validation_severities     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'validation_severities') VIRTUAL,  -- JSON list @[kept]
  type_config               TEXT AS (_raw ->> 'type_config') VIRTUAL        -- JSON object @text object
);

-- Current rows with times as ISO text.
CREATE VIEW v_code_scan_profile_guidance AS
SELECT profile_id, name, description, visibility, org_id, scan_type, mode, include_globs, exclude_globs,
  threat_model_guidance, investigation_guidance, triage_guidance, validation_guidance, report_guidance,
  communication_guidance, remediation_guidance, ingestion_source_guidance, post_ingestion_guidance, scan_paths,
  validation_severities, type_config,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at
FROM code_scan_profile_guidance WHERE _deleted_at IS NULL;
