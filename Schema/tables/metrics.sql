-- Counts of each calendar month (from the 1st, 08:00 UTC): sessions, searches and pull requests.
-- Listed by GET /v3/organizations/{org_id}/metrics/usage.
CREATE TABLE usage_metrics (
  org_id            TEXT NOT NULL,                                          -- the organization: organizations.org_id @kept
  range_start       INTEGER NOT NULL,                                       -- first moment of the month, Unix seconds @kept time
  range_end         INTEGER NOT NULL,                                       -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw              TEXT NOT NULL,                                          -- the object as Devin sent it @columns object
  _first_synced_at  INTEGER NOT NULL,                                       -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at       INTEGER NOT NULL,                                       -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at       INTEGER,                                                -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  sessions_count    INTEGER AS (_raw ->> 'sessions_count') VIRTUAL,         -- a count @kept
  searches_count    INTEGER AS (_raw ->> 'searches_count') VIRTUAL,         -- a count @kept
  prs_created_count INTEGER AS (_raw ->> 'prs_created_count') VIRTUAL,      -- a count @kept
  prs_merged_count  INTEGER AS (_raw ->> 'prs_merged_count') VIRTUAL,       -- a count @kept
  PRIMARY KEY (org_id, range_start)
);

-- Current rows with times as ISO text.
CREATE VIEW v_usage_metrics AS
SELECT org_id, sessions_count, searches_count, prs_created_count, prs_merged_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_end), 'unixepoch') AS range_end
FROM usage_metrics WHERE _deleted_at IS NULL;

-- The same counts of the whole enterprise: sessions, searches and pull requests.
-- Listed by GET /v3/enterprise/metrics/usage.
CREATE TABLE enterprise_usage_metrics (
  range_start       INTEGER NOT NULL UNIQUE,                                -- first moment of the month, Unix seconds @kept time
  range_end         INTEGER NOT NULL,                                       -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw              TEXT NOT NULL,                                          -- the object as Devin sent it @columns object
  _first_synced_at  INTEGER NOT NULL,                                       -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at       INTEGER NOT NULL,                                       -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at       INTEGER,                                                -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  sessions_count    INTEGER AS (_raw ->> 'sessions_count') VIRTUAL,         -- a count @kept
  searches_count    INTEGER AS (_raw ->> 'searches_count') VIRTUAL,         -- a count @kept
  prs_created_count INTEGER AS (_raw ->> 'prs_created_count') VIRTUAL,      -- a count @kept
  prs_merged_count  INTEGER AS (_raw ->> 'prs_merged_count') VIRTUAL        -- a count @kept
);

-- Current rows with times as ISO text.
CREATE VIEW v_enterprise_usage_metrics AS
SELECT sessions_count, searches_count, prs_created_count, prs_merged_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_end), 'unixepoch') AS range_end
FROM enterprise_usage_metrics WHERE _deleted_at IS NULL;

-- Counts of each calendar month (from the 1st, 08:00 UTC): sessions.
-- Listed by GET /v3/organizations/{org_id}/metrics/sessions.
CREATE TABLE session_metrics (
  org_id                               TEXT NOT NULL,                       -- the organization: organizations.org_id @kept
  range_start                          INTEGER NOT NULL,                    -- first moment of the month, Unix seconds @kept time
  range_end                            INTEGER NOT NULL,                    -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw                                 TEXT NOT NULL,                       -- the object as Devin sent it @columns object
  _first_synced_at                     INTEGER NOT NULL,                    -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at                          INTEGER NOT NULL,                    -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at                          INTEGER,                             -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  sessions_created_count               INTEGER AS (_raw ->> 'sessions_created_count') VIRTUAL,  -- a count @kept
  avg_acus_per_session                 REAL AS (_raw ->> 'avg_acus_per_session') VIRTUAL,  -- agent compute units @kept
  sessions_created_by_origin           TEXT AS (_raw ->> 'sessions_created_by_origin') VIRTUAL,  -- JSON object @{*: kept}
  sessions_created_by_size             TEXT AS (_raw ->> 'sessions_created_by_size') VIRTUAL,  -- JSON object @{*: kept}
  sessions_created_with_playbook_count INTEGER AS (_raw ->> 'sessions_created_with_playbook_count') VIRTUAL,  -- a count @kept
  sessions_created_with_search_count   INTEGER AS (_raw ->> 'sessions_created_with_search_count') VIRTUAL,  -- a count @kept
  sessions_with_merged_prs_count       INTEGER AS (_raw ->> 'sessions_with_merged_prs_count') VIRTUAL,  -- a count @kept
  sessions_with_merged_prs_by_size     TEXT AS (_raw ->> 'sessions_with_merged_prs_by_size') VIRTUAL,  -- JSON object @{*: kept}
  PRIMARY KEY (org_id, range_start)
);

-- Current rows with times as ISO text.
CREATE VIEW v_session_metrics AS
SELECT org_id, sessions_created_count, avg_acus_per_session, sessions_created_by_origin, sessions_created_by_size,
  sessions_created_with_playbook_count, sessions_created_with_search_count, sessions_with_merged_prs_count,
  sessions_with_merged_prs_by_size,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_end), 'unixepoch') AS range_end
FROM session_metrics WHERE _deleted_at IS NULL;

-- The same counts of the whole enterprise: sessions.
-- Listed by GET /v3/enterprise/metrics/sessions.
CREATE TABLE enterprise_session_metrics (
  range_start                          INTEGER NOT NULL UNIQUE,             -- first moment of the month, Unix seconds @kept time
  range_end                            INTEGER NOT NULL,                    -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw                                 TEXT NOT NULL,                       -- the object as Devin sent it @columns object
  _first_synced_at                     INTEGER NOT NULL,                    -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at                          INTEGER NOT NULL,                    -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at                          INTEGER,                             -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  sessions_created_count               INTEGER AS (_raw ->> 'sessions_created_count') VIRTUAL,  -- a count @kept
  avg_acus_per_session                 REAL AS (_raw ->> 'avg_acus_per_session') VIRTUAL,  -- agent compute units @kept
  sessions_created_by_origin           TEXT AS (_raw ->> 'sessions_created_by_origin') VIRTUAL,  -- JSON object @{*: kept}
  sessions_created_by_size             TEXT AS (_raw ->> 'sessions_created_by_size') VIRTUAL,  -- JSON object @{*: kept}
  sessions_created_with_playbook_count INTEGER AS (_raw ->> 'sessions_created_with_playbook_count') VIRTUAL,  -- a count @kept
  sessions_created_with_search_count   INTEGER AS (_raw ->> 'sessions_created_with_search_count') VIRTUAL,  -- a count @kept
  sessions_with_merged_prs_count       INTEGER AS (_raw ->> 'sessions_with_merged_prs_count') VIRTUAL,  -- a count @kept
  sessions_with_merged_prs_by_size     TEXT AS (_raw ->> 'sessions_with_merged_prs_by_size') VIRTUAL  -- JSON object @{*: kept}
);

-- Current rows with times as ISO text.
CREATE VIEW v_enterprise_session_metrics AS
SELECT sessions_created_count, avg_acus_per_session, sessions_created_by_origin, sessions_created_by_size,
  sessions_created_with_playbook_count, sessions_created_with_search_count, sessions_with_merged_prs_count,
  sessions_with_merged_prs_by_size,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_end), 'unixepoch') AS range_end
FROM enterprise_session_metrics WHERE _deleted_at IS NULL;

-- Counts of each calendar month (from the 1st, 08:00 UTC): pull requests.
-- Listed by GET /v3/organizations/{org_id}/metrics/prs.
CREATE TABLE pull_request_metrics (
  org_id                      TEXT NOT NULL,                                -- the organization: organizations.org_id @kept
  range_start                 INTEGER NOT NULL,                             -- first moment of the month, Unix seconds @kept time
  range_end                   INTEGER NOT NULL,                             -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw                        TEXT NOT NULL,                                -- the object as Devin sent it @columns object
  _first_synced_at            INTEGER NOT NULL,                             -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at                 INTEGER NOT NULL,                             -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at                 INTEGER,                                      -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  prs_created_count           INTEGER AS (_raw ->> 'prs_created_count') VIRTUAL,  -- a count @kept
  prs_opened_count            INTEGER AS (_raw ->> 'prs_opened_count') VIRTUAL,  -- a count @kept
  prs_merged_count            INTEGER AS (_raw ->> 'prs_merged_count') VIRTUAL,  -- a count @kept
  prs_closed_count            INTEGER AS (_raw ->> 'prs_closed_count') VIRTUAL,  -- a count @kept
  prs_taken_over_count        INTEGER AS (_raw ->> 'prs_taken_over_count') VIRTUAL,  -- a count @kept
  prs_taken_over_opened_count INTEGER AS (_raw ->> 'prs_taken_over_opened_count') VIRTUAL,  -- a count @kept
  prs_taken_over_merged_count INTEGER AS (_raw ->> 'prs_taken_over_merged_count') VIRTUAL,  -- a count @kept
  prs_taken_over_closed_count INTEGER AS (_raw ->> 'prs_taken_over_closed_count') VIRTUAL,  -- a count @kept
  PRIMARY KEY (org_id, range_start)
);

-- Current rows with times as ISO text.
CREATE VIEW v_pull_request_metrics AS
SELECT org_id, prs_created_count, prs_opened_count, prs_merged_count, prs_closed_count, prs_taken_over_count,
  prs_taken_over_opened_count, prs_taken_over_merged_count, prs_taken_over_closed_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_end), 'unixepoch') AS range_end
FROM pull_request_metrics WHERE _deleted_at IS NULL;

-- The same counts of the whole enterprise: pull requests.
-- Listed by GET /v3/enterprise/metrics/prs.
CREATE TABLE enterprise_pull_request_metrics (
  range_start                 INTEGER NOT NULL UNIQUE,                      -- first moment of the month, Unix seconds @kept time
  range_end                   INTEGER NOT NULL,                             -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw                        TEXT NOT NULL,                                -- the object as Devin sent it @columns object
  _first_synced_at            INTEGER NOT NULL,                             -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at                 INTEGER NOT NULL,                             -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at                 INTEGER,                                      -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  prs_created_count           INTEGER AS (_raw ->> 'prs_created_count') VIRTUAL,  -- a count @kept
  prs_opened_count            INTEGER AS (_raw ->> 'prs_opened_count') VIRTUAL,  -- a count @kept
  prs_merged_count            INTEGER AS (_raw ->> 'prs_merged_count') VIRTUAL,  -- a count @kept
  prs_closed_count            INTEGER AS (_raw ->> 'prs_closed_count') VIRTUAL,  -- a count @kept
  prs_taken_over_count        INTEGER AS (_raw ->> 'prs_taken_over_count') VIRTUAL,  -- a count @kept
  prs_taken_over_opened_count INTEGER AS (_raw ->> 'prs_taken_over_opened_count') VIRTUAL,  -- a count @kept
  prs_taken_over_merged_count INTEGER AS (_raw ->> 'prs_taken_over_merged_count') VIRTUAL,  -- a count @kept
  prs_taken_over_closed_count INTEGER AS (_raw ->> 'prs_taken_over_closed_count') VIRTUAL  -- a count @kept
);

-- Current rows with times as ISO text.
CREATE VIEW v_enterprise_pull_request_metrics AS
SELECT prs_created_count, prs_opened_count, prs_merged_count, prs_closed_count, prs_taken_over_count,
  prs_taken_over_opened_count, prs_taken_over_merged_count, prs_taken_over_closed_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_end), 'unixepoch') AS range_end
FROM enterprise_pull_request_metrics WHERE _deleted_at IS NULL;

-- Counts of each calendar month (from the 1st, 08:00 UTC): searches.
-- Listed by GET /v3/organizations/{org_id}/metrics/searches.
CREATE TABLE search_metrics (
  org_id                 TEXT NOT NULL,                                     -- the organization: organizations.org_id @kept
  range_start            INTEGER NOT NULL,                                  -- first moment of the month, Unix seconds @kept time
  range_end              INTEGER NOT NULL,                                  -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw                   TEXT NOT NULL,                                     -- the object as Devin sent it @columns object
  _first_synced_at       INTEGER NOT NULL,                                  -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at            INTEGER NOT NULL,                                  -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at            INTEGER,                                           -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  searches_created_count INTEGER AS (_raw ->> 'searches_created_count') VIRTUAL,  -- a count @kept
  PRIMARY KEY (org_id, range_start)
);

-- Current rows with times as ISO text.
CREATE VIEW v_search_metrics AS
SELECT org_id, searches_created_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_end), 'unixepoch') AS range_end
FROM search_metrics WHERE _deleted_at IS NULL;

-- The same counts of the whole enterprise: searches.
-- Listed by GET /v3/enterprise/metrics/searches.
CREATE TABLE enterprise_search_metrics (
  range_start            INTEGER NOT NULL UNIQUE,                           -- first moment of the month, Unix seconds @kept time
  range_end              INTEGER NOT NULL,                                  -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw                   TEXT NOT NULL,                                     -- the object as Devin sent it @columns object
  _first_synced_at       INTEGER NOT NULL,                                  -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at            INTEGER NOT NULL,                                  -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at            INTEGER,                                           -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  searches_created_count INTEGER AS (_raw ->> 'searches_created_count') VIRTUAL  -- a count @kept
);

-- Current rows with times as ISO text.
CREATE VIEW v_enterprise_search_metrics AS
SELECT searches_created_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_end), 'unixepoch') AS range_end
FROM enterprise_search_metrics WHERE _deleted_at IS NULL;

-- Counts of each calendar month (from the 1st, 08:00 UTC): sessions by category; its shape is not documented.
-- Listed by GET /v3/organizations/{org_id}/metrics/sessions-by-category.
CREATE TABLE session_category_metrics (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  range_start      INTEGER NOT NULL,                                        -- first moment of the month, Unix seconds @kept time
  range_end        INTEGER NOT NULL,                                        -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @{*: kept}
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  PRIMARY KEY (org_id, range_start)
);

-- Current rows with times as ISO text.
CREATE VIEW v_session_category_metrics AS
SELECT org_id, _raw AS counts,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_end), 'unixepoch') AS range_end
FROM session_category_metrics WHERE _deleted_at IS NULL;

-- The same counts of the whole enterprise: sessions by category; its shape is not documented.
-- Listed by GET /v3/enterprise/metrics/sessions-by-category.
CREATE TABLE enterprise_session_category_metrics (
  range_start      INTEGER NOT NULL UNIQUE,                                 -- first moment of the month, Unix seconds @kept time
  range_end        INTEGER NOT NULL,                                        -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @{*: kept}
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER                                                  -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
);

-- Current rows with times as ISO text.
CREATE VIEW v_enterprise_session_category_metrics AS
SELECT _raw AS counts,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_end), 'unixepoch') AS range_end
FROM enterprise_session_category_metrics WHERE _deleted_at IS NULL;

-- Counts of each calendar month (from the 1st, 08:00 UTC): code scans, their findings and pull requests.
-- Listed by GET /v3/organizations/{org_id}/code-scans/metrics.
CREATE TABLE code_scan_metrics (
  org_id                       TEXT NOT NULL,                               -- the organization: organizations.org_id @kept
  range_start                  INTEGER NOT NULL,                            -- first moment of the month, Unix seconds @kept time
  range_end                    INTEGER NOT NULL,                            -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw                         TEXT NOT NULL,                               -- the object as Devin sent it @columns object
  _first_synced_at             INTEGER NOT NULL,                            -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at                  INTEGER NOT NULL,                            -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at                  INTEGER,                                     -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  scans_count                  INTEGER AS (_raw ->> 'scans_count') VIRTUAL,  -- a count @kept
  repos_scanned_count          INTEGER AS (_raw ->> 'repos_scanned_count') VIRTUAL,  -- a count @kept
  prs_created_count            INTEGER AS (_raw ->> 'prs_created_count') VIRTUAL,  -- a count @kept
  prs_open_count               INTEGER AS (_raw ->> 'prs_open_count') VIRTUAL,  -- a count @kept
  prs_merged_count             INTEGER AS (_raw ->> 'prs_merged_count') VIRTUAL,  -- a count @kept
  prs_closed_count             INTEGER AS (_raw ->> 'prs_closed_count') VIRTUAL,  -- a count @kept
  avg_pr_time_to_merge_seconds REAL AS (_raw ->> 'avg_pr_time_to_merge_seconds') VIRTUAL,  -- seconds; NULL: nothing merged @kept
  avg_pr_open_duration_seconds REAL AS (_raw ->> 'avg_pr_open_duration_seconds') VIRTUAL,  -- seconds; NULL: nothing opened @kept
  open_critical_findings_count INTEGER AS (_raw ->> 'open_critical_findings_count') VIRTUAL,  -- a count @kept
  open_high_findings_count     INTEGER AS (_raw ->> 'open_high_findings_count') VIRTUAL,  -- a count @kept
  open_medium_findings_count   INTEGER AS (_raw ->> 'open_medium_findings_count') VIRTUAL,  -- a count @kept
  open_low_findings_count      INTEGER AS (_raw ->> 'open_low_findings_count') VIRTUAL,  -- a count @kept
  PRIMARY KEY (org_id, range_start)
);

-- Current rows with times as ISO text.
CREATE VIEW v_code_scan_metrics AS
SELECT org_id, scans_count, repos_scanned_count, prs_created_count, prs_open_count, prs_merged_count,
  prs_closed_count, avg_pr_time_to_merge_seconds, avg_pr_open_duration_seconds, open_critical_findings_count,
  open_high_findings_count, open_medium_findings_count, open_low_findings_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_end), 'unixepoch') AS range_end
FROM code_scan_metrics WHERE _deleted_at IS NULL;

-- The same counts of the whole enterprise: code scans, their findings and pull requests.
-- Listed by GET /v3/enterprise/code-scans/metrics.
CREATE TABLE enterprise_code_scan_metrics (
  range_start                  INTEGER NOT NULL UNIQUE,                     -- first moment of the month, Unix seconds @kept time
  range_end                    INTEGER NOT NULL,                            -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept time
  _raw                         TEXT NOT NULL,                               -- the object as Devin sent it @columns object
  _first_synced_at             INTEGER NOT NULL,                            -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at                  INTEGER NOT NULL,                            -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at                  INTEGER,                                     -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  scans_count                  INTEGER AS (_raw ->> 'scans_count') VIRTUAL,  -- a count @kept
  repos_scanned_count          INTEGER AS (_raw ->> 'repos_scanned_count') VIRTUAL,  -- a count @kept
  prs_created_count            INTEGER AS (_raw ->> 'prs_created_count') VIRTUAL,  -- a count @kept
  prs_open_count               INTEGER AS (_raw ->> 'prs_open_count') VIRTUAL,  -- a count @kept
  prs_merged_count             INTEGER AS (_raw ->> 'prs_merged_count') VIRTUAL,  -- a count @kept
  prs_closed_count             INTEGER AS (_raw ->> 'prs_closed_count') VIRTUAL,  -- a count @kept
  avg_pr_time_to_merge_seconds REAL AS (_raw ->> 'avg_pr_time_to_merge_seconds') VIRTUAL,  -- seconds; NULL: nothing merged @kept
  avg_pr_open_duration_seconds REAL AS (_raw ->> 'avg_pr_open_duration_seconds') VIRTUAL,  -- seconds; NULL: nothing opened @kept
  open_critical_findings_count INTEGER AS (_raw ->> 'open_critical_findings_count') VIRTUAL,  -- a count @kept
  open_high_findings_count     INTEGER AS (_raw ->> 'open_high_findings_count') VIRTUAL,  -- a count @kept
  open_medium_findings_count   INTEGER AS (_raw ->> 'open_medium_findings_count') VIRTUAL,  -- a count @kept
  open_low_findings_count      INTEGER AS (_raw ->> 'open_low_findings_count') VIRTUAL  -- a count @kept
);

-- Current rows with times as ISO text.
CREATE VIEW v_enterprise_code_scan_metrics AS
SELECT scans_count, repos_scanned_count, prs_created_count, prs_open_count, prs_merged_count, prs_closed_count,
  avg_pr_time_to_merge_seconds, avg_pr_open_duration_seconds, open_critical_findings_count, open_high_findings_count,
  open_medium_findings_count, open_low_findings_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(range_end), 'unixepoch') AS range_end
FROM enterprise_code_scan_metrics WHERE _deleted_at IS NULL;

-- Distinct active users of each day, week, month and quarter.
-- Listed by GET /v3/organizations/{org_id}/metrics/{period}.
CREATE TABLE active_users (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  period           TEXT NOT NULL,                                           -- what a row counts over: dau, wau, mau (day, week, month) or active-users (the range asked for) @kept
  start_time       INTEGER NOT NULL,                                        -- Unix seconds, UTC @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  end_time         INTEGER AS (_raw ->> 'end_time') VIRTUAL,                -- Unix seconds, UTC @kept time
  active_users     INTEGER AS (_raw ->> 'active_users') VIRTUAL,            -- distinct users; do not add up over other ranges @kept
  PRIMARY KEY (org_id, period, start_time)
);

-- Current rows with times as ISO text.
CREATE VIEW v_active_users AS
SELECT org_id, period, active_users,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(start_time), 'unixepoch') AS start_time,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(end_time), 'unixepoch') AS end_time
FROM active_users WHERE _deleted_at IS NULL;

-- Distinct active users of the whole enterprise.
-- Listed by GET /v3/enterprise/metrics/{period}.
CREATE TABLE enterprise_active_users (
  period           TEXT NOT NULL,                                           -- what a row counts over: dau, wau, mau (day, week, month) or active-users (the range asked for) @kept
  start_time       INTEGER NOT NULL,                                        -- Unix seconds, UTC @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  end_time         INTEGER AS (_raw ->> 'end_time') VIRTUAL,                -- Unix seconds, UTC @kept time
  active_users     INTEGER AS (_raw ->> 'active_users') VIRTUAL,            -- distinct users; do not add up over other ranges @kept
  PRIMARY KEY (period, start_time)
);

-- Current rows with times as ISO text.
CREATE VIEW v_enterprise_active_users AS
SELECT period, active_users,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(start_time), 'unixepoch') AS start_time,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(end_time), 'unixepoch') AS end_time
FROM enterprise_active_users WHERE _deleted_at IS NULL;
