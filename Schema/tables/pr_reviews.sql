-- Reviews of pull requests: the newest one of each that a session names, and those seen before it.
-- Listed by GET /v3/organizations/{org_id}/pr-reviews.
CREATE TABLE pr_reviews (
  pr_url           TEXT NOT NULL,                                           -- the pull request: session_pull_requests.pr_url @url
  commit_sha       TEXT NOT NULL,  -- @kept
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  created_at       TEXT AS (_raw ->> 'created_at') STORED,                  -- ISO 8601 text @kept
  pr_number        INTEGER AS (_raw ->> 'pr_number') VIRTUAL,               -- number of the pull request at its host @kept
  repo_path        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_path') VIRTUAL,  -- begins with the host @path
  status           TEXT AS (_raw ->> 'status') STORED,                      -- open set @kept one_of(pending, running, completed, errored, cancelled, skipped)
  PRIMARY KEY (pr_url, commit_sha)
);

-- Current rows with times as ISO text.
CREATE VIEW v_pr_reviews AS
SELECT pr_url, commit_sha, org_id, created_at, pr_number, repo_path, status
FROM pr_reviews WHERE _deleted_at IS NULL;
