-- Schedules of sessions. Their times are ISO 8601 text, as Devin sends them. Listed by GET /v3/organizations/{org_id}/schedules.
CREATE TABLE schedules (
  scheduled_session_id TEXT NOT NULL PRIMARY KEY,                             -- the schedule's id @kept
  _raw                 TEXT NOT NULL,                                         -- the object as Devin sent it @columns object
  _first_synced_at     INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at          INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at          INTEGER,                                               -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  org_id               TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization @kept
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  prompt               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'prompt') VIRTUAL,  -- the task for Devin @text
  enabled              INTEGER AS (_raw ->> 'enabled') STORED,                -- 1 or 0 @kept
  schedule_type        TEXT AS (_raw ->> 'schedule_type') VIRTUAL,            -- open set; NULL: recurring @kept one_of(recurring, one_time)
  frequency            TEXT AS (_raw ->> 'frequency') VIRTUAL,                -- cron expression; unused for one_time @cron
  interval_count       INTEGER AS (_raw ->> 'interval_count') VIRTUAL,        -- every how many periods; NULL: 1 @kept
  scheduled_at         TEXT AS (_raw ->> 'scheduled_at') VIRTUAL,             -- ISO 8601 text; NULL: recurring @kept
  playbook             TEXT AS (_raw ->> 'playbook') VIRTUAL,                 -- JSON object {playbook_id, title}; NULL: none @{playbook_id: kept, title: text}
  agent                TEXT AS (_raw ->> 'agent') VIRTUAL,                    -- open set @kept one_of(devin, data_analyst, advanced)
  notify_on            TEXT AS (_raw ->> 'notify_on') VIRTUAL,                -- open set @kept one_of(always, failure, never)
  bypass_approval      INTEGER AS (_raw ->> 'bypass_approval') VIRTUAL,       -- 1 or 0; NULL: 0 @kept
  platform             TEXT AS (_raw ->> 'platform') VIRTUAL,  -- @kept
  tags                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'tags') VIRTUAL,  -- JSON list of text @[name]
  slack_channel_id     TEXT AS (_raw ->> 'slack_channel_id') VIRTUAL,  -- @kept
  slack_team_id        TEXT AS (_raw ->> 'slack_team_id') VIRTUAL,  -- @kept
  target_devin_id      TEXT AS (_raw ->> 'target_devin_id') VIRTUAL,          -- the session it writes to; NULL: a new one each time @kept
  created_by           TEXT AS (_raw ->> 'created_by') VIRTUAL,               -- user id or bot_apk @kept
  last_edited_by       TEXT AS (_raw ->> 'last_edited_by') VIRTUAL,           -- user id @kept
  created_at           TEXT AS (_raw ->> 'created_at') VIRTUAL,               -- ISO 8601 text @kept
  updated_at           TEXT AS (_raw ->> 'updated_at') STORED,                -- ISO 8601 text @kept
  last_executed_at     TEXT AS (_raw ->> 'last_executed_at') VIRTUAL,         -- ISO 8601 text; NULL: never @kept
  last_error_at        TEXT AS (_raw ->> 'last_error_at') VIRTUAL,            -- ISO 8601 text; NULL: never @kept
  last_error_message   TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'last_error_message') VIRTUAL,  -- @text
  consecutive_failures INTEGER AS (_raw ->> 'consecutive_failures') VIRTUAL   -- failed runs since the last good one @kept
);

-- Current schedules with the playbook unfolded.
CREATE VIEW v_schedules AS
SELECT scheduled_session_id, org_id, name, prompt, enabled, schedule_type, frequency, interval_count, scheduled_at,
  playbook ->> 'playbook_id' AS playbook_id, playbook ->> 'title' AS playbook_title, tags, created_by, created_at, updated_at,
  last_executed_at, last_error_at, last_error_message, consecutive_failures
FROM schedules WHERE _deleted_at IS NULL;
