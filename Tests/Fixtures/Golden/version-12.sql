-- What devin-sync 0.1.0 wrote with the twelfth version of the schema: six runs against a simulated organization, one of them a push.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE sync_runs (
  run_id      INTEGER PRIMARY KEY,  -- one row per run of `devin-sync sync`, oldest first @kept
  started_at  INTEGER NOT NULL,  -- @kept
  finished_at INTEGER,              -- NULL: running now, or killed @kept
  status      INTEGER,              -- the exit status; NULL: running now, or killed @kept
  org_id      TEXT,                 -- the organization mirrored; NULL: not known yet @words
  api_url     TEXT NOT NULL,  -- @url
  version     TEXT NOT NULL,        -- of devin-sync @kept
  pid         INTEGER NOT NULL,  -- @kept
  requests    INTEGER NOT NULL DEFAULT 0,  -- HTTP requests sent, retries included @kept
  bytes       INTEGER NOT NULL DEFAULT 0,  -- bytes of the answers' bodies, decompressed @kept
  pages       INTEGER NOT NULL DEFAULT 0,  -- @kept
  rows        INTEGER NOT NULL DEFAULT 0,  -- items received, unchanged ones included @kept
  inserted    INTEGER NOT NULL DEFAULT 0,  -- @kept
  changed     INTEGER NOT NULL DEFAULT 0,  -- restored rows (listed again after a deletion) count here @kept
  deleted     INTEGER NOT NULL DEFAULT 0,  -- @kept
  waited_ms   INTEGER NOT NULL DEFAULT 0,  -- time spent waiting because the server asked for it, or after an error @kept
  outcomes    TEXT                  -- JSON list: resource, outcome, counts, problem @[{resource: kept, outcome: kept, pages: kept, rows: kept, inserted: kept, changed: kept, deleted: kept, quarantined: kept, not_due_lists: kept, filter_ignored: kept, problems: [text]}]
, principal TEXT /* whose key: kind and id as GET /v3/self tells them; NULL: not known @words */, command TEXT NOT NULL DEFAULT 'sync' /* sync; verify for one that repaired; push for one that wrote to Devin @kept */, requested TEXT
  /* JSON list: the resources of a run that named none; NULL: it was restricted to some @[kept] */) STRICT;
INSERT INTO sync_runs (run_id,started_at,finished_at,status,org_id,api_url,version,pid,requests,bytes,pages,"rows",inserted,changed,deleted,waited_ms,outcomes,principal,command,requested) VALUES(1,1795997215,1795997215,0,'org-5a3d91c07be24f6688d2b94e01c7f3a6','http://127.0.0.1:18831','0.1.0',3076,39,96611,39,185,185,0,0,0,'[{"changed":0,"deleted":0,"filter_ignored":false,"inserted":1,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"credential","rows":1},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":5,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"sessions","rows":5},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":10,"not_due_lists":0,"outcome":"complete","pages":5,"problems":[],"quarantined":0,"resource":"session_messages","rows":10},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":1,"not_due_lists":0,"outcome":"complete","pages":5,"problems":[],"quarantined":0,"resource":"session_attachments","rows":1},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":5,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"session_insights","rows":5},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":8,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"playbooks","rows":8},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":24,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"knowledge_notes","rows":24},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":6,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"knowledge_folders","rows":6},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":7,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"schedules","rows":7},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":8,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"automations","rows":8},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":6,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"org_members","rows":6},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":5,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"org_idp_members","rows":5},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":30,"not_due_lists":0,"outcome":"complete","pages":11,"problems":[],"quarantined":0,"resource":"daily_consumption","rows":30},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":7,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"repositories","rows":7},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":7,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"indexed_repositories","rows":7},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":8,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"code_scans","rows":8},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":16,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"code_scan_findings","rows":16},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":13,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"code_scan_profiles","rows":13},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":3,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"blueprints","rows":3},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":6,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"snapshot_builds","rows":6},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":9,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"secrets","rows":9}]','service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58','sync','["credential","sessions","session_messages","session_attachments","session_insights","playbooks","knowledge_notes","knowledge_folders","schedules","automations","org_members","org_idp_members","daily_consumption","repositories","indexed_repositories","code_scans","code_scan_findings","code_scan_profiles","blueprints","snapshot_builds","secrets"]');
INSERT INTO sync_runs (run_id,started_at,finished_at,status,org_id,api_url,version,pid,requests,bytes,pages,"rows",inserted,changed,deleted,waited_ms,outcomes,principal,command,requested) VALUES(2,1795997216,1795997216,0,'org-5a3d91c07be24f6688d2b94e01c7f3a6','http://127.0.0.1:18831','0.1.0',3090,12,9178,11,19,14,5,0,0,'[{"changed":5,"deleted":0,"filter_ignored":false,"inserted":5,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"sessions","rows":10},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":9,"not_due_lists":0,"outcome":"complete","pages":10,"problems":[],"quarantined":0,"resource":"session_daily_consumption","rows":9}]','service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58','sync',NULL);
INSERT INTO sync_runs (run_id,started_at,finished_at,status,org_id,api_url,version,pid,requests,bytes,pages,"rows",inserted,changed,deleted,waited_ms,outcomes,principal,command,requested) VALUES(3,1795997216,1795997216,0,'org-5a3d91c07be24f6688d2b94e01c7f3a6','http://127.0.0.1:18831','0.1.0',3100,40,123520,40,240,43,8,1,0,'[{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"credential","rows":1},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"sessions","rows":10},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":31,"not_due_lists":0,"outcome":"complete","pages":10,"problems":[],"quarantined":0,"resource":"session_messages","rows":41},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":6,"not_due_lists":0,"outcome":"complete","pages":10,"problems":[],"quarantined":0,"resource":"session_attachments","rows":7},{"changed":5,"deleted":0,"filter_ignored":false,"inserted":5,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"session_insights","rows":10},{"changed":1,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"playbooks","rows":8},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":1,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"knowledge_notes","rows":25},{"changed":1,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"knowledge_folders","rows":6},{"changed":1,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"schedules","rows":7},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"automations","rows":8},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"org_members","rows":6},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"org_idp_members","rows":5},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"daily_consumption","rows":30},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"repositories","rows":7},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"indexed_repositories","rows":7},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"code_scans","rows":8},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"code_scan_findings","rows":16},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"code_scan_profiles","rows":13},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"blueprints","rows":3},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"snapshot_builds","rows":6},{"changed":0,"deleted":1,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":2,"problems":[],"quarantined":0,"resource":"secrets","rows":16}]','service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58','sync','["credential","sessions","session_messages","session_attachments","session_insights","playbooks","knowledge_notes","knowledge_folders","schedules","automations","org_members","org_idp_members","daily_consumption","repositories","indexed_repositories","code_scans","code_scan_findings","code_scan_profiles","blueprints","snapshot_builds","secrets"]');
INSERT INTO sync_runs (run_id,started_at,finished_at,status,org_id,api_url,version,pid,requests,bytes,pages,"rows",inserted,changed,deleted,waited_ms,outcomes,principal,command,requested) VALUES(4,1795997217,1795997217,0,'org-5a3d91c07be24f6688d2b94e01c7f3a6','http://127.0.0.1:18831','0.1.0',3131,27,113083,27,209,0,0,0,0,'[{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"credential","rows":1},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"sessions","rows":10},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":4,"problems":[],"quarantined":0,"resource":"session_messages","rows":20},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":4,"problems":[],"quarantined":0,"resource":"session_attachments","rows":5},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"session_insights","rows":10},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"playbooks","rows":8},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"knowledge_notes","rows":25},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"knowledge_folders","rows":6},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"schedules","rows":7},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"automations","rows":8},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"org_members","rows":6},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"org_idp_members","rows":5},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"daily_consumption","rows":30},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"repositories","rows":7},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"indexed_repositories","rows":7},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"code_scans","rows":8},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"code_scan_findings","rows":16},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"code_scan_profiles","rows":13},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"blueprints","rows":3},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"snapshot_builds","rows":6},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"secrets","rows":8}]','service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58','sync','["credential","sessions","session_messages","session_attachments","session_insights","playbooks","knowledge_notes","knowledge_folders","schedules","automations","org_members","org_idp_members","daily_consumption","repositories","indexed_repositories","code_scans","code_scan_findings","code_scan_profiles","blueprints","snapshot_builds","secrets"]');
INSERT INTO sync_runs (run_id,started_at,finished_at,status,org_id,api_url,version,pid,requests,bytes,pages,"rows",inserted,changed,deleted,waited_ms,outcomes,principal,command,requested) VALUES(5,1795997227,1795997227,0,'org-5a3d91c07be24f6688d2b94e01c7f3a6','http://127.0.0.1:18831','0.1.0',3199,6,8217,0,0,0,1,0,0,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58','push',NULL);
INSERT INTO sync_runs (run_id,started_at,finished_at,status,org_id,api_url,version,pid,requests,bytes,pages,"rows",inserted,changed,deleted,waited_ms,outcomes,principal,command,requested) VALUES(6,1795997228,1795997228,0,'org-5a3d91c07be24f6688d2b94e01c7f3a6','http://127.0.0.1:18831','0.1.0',3211,19,105338,19,184,0,0,0,0,'[{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"credential","rows":1},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"sessions","rows":10},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":0,"problems":[],"quarantined":0,"resource":"session_messages","rows":0},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":0,"problems":[],"quarantined":0,"resource":"session_attachments","rows":0},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"session_insights","rows":10},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"playbooks","rows":8},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"knowledge_notes","rows":25},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"knowledge_folders","rows":6},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"schedules","rows":7},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"automations","rows":8},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"org_members","rows":6},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"org_idp_members","rows":5},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"daily_consumption","rows":30},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"repositories","rows":7},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"indexed_repositories","rows":7},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"code_scans","rows":8},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"code_scan_findings","rows":16},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"code_scan_profiles","rows":13},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"blueprints","rows":3},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"snapshot_builds","rows":6},{"changed":0,"deleted":0,"filter_ignored":false,"inserted":0,"not_due_lists":0,"outcome":"complete","pages":1,"problems":[],"quarantined":0,"resource":"secrets","rows":8}]','service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58','sync','["credential","sessions","session_messages","session_attachments","session_insights","playbooks","knowledge_notes","knowledge_folders","schedules","automations","org_members","org_idp_members","daily_consumption","repositories","indexed_repositories","code_scans","code_scan_findings","code_scan_profiles","blueprints","snapshot_builds","secrets"]');
CREATE TABLE sync_checkpoints (
  list_id        INTEGER PRIMARY KEY,  -- @kept
  org_id         TEXT NOT NULL,  -- @kept
  resource       TEXT NOT NULL,  -- @kept
  parent         TEXT NOT NULL DEFAULT '',  -- id of the parent object; empty: the list has none @parent
  walk           INTEGER NOT NULL DEFAULT 0,  -- number of the newest walk of this list @kept
  is_open        INTEGER NOT NULL DEFAULT 0,  -- 1: that walk has not ended; the next run goes on with it @kept
  cursor         TEXT,                -- where to go on; NULL: at the beginning @dropped
  filter         TEXT,                -- the filter of the open walk, and of its cursor: NAME=SECONDS; NULL: none @kept
  opened_at      INTEGER,             -- the server's Date on the first answer of the walk @kept
  newest_seen    INTEGER,             -- largest updated_at seen in the walk @kept
  rows_seen      INTEGER NOT NULL DEFAULT 0,  -- distinct keys seen in the walk @kept
  total          INTEGER,             -- the least that the server claimed, in the newest walk, that the list holds; NULL: nothing @kept
  watermark      INTEGER,             -- everything changed before this time has been read @kept
  completed_at   INTEGER,             -- end of the last complete walk, by this machine's clock; NULL: never @kept
  completed_run  INTEGER,             -- the run that ended it @kept
  reconciled_at  INTEGER,             -- end of the last complete walk without a filter; NULL: never @kept
  parent_version TEXT,                -- the parent's state when this list was last read whole @dropped
  allowed_at     INTEGER,             -- when the server last answered this list; NULL: never @kept
  refused_status INTEGER, principal TEXT /* whose key walked it last; NULL: not known @words */, principal_walk INTEGER NOT NULL DEFAULT 0
  /* the first walk of that principal since another one's: what only earlier walks saw, it may have no sight of @kept */, held_back INTEGER NOT NULL DEFAULT 0
  /* rows that the newest walk missed and that were not marked as deleted: too many, or seen with another key @kept */, as_of INTEGER
  /* the server's time when the last complete walk began: what was changed before is in the rows; NULL: not known @kept */, pending_version INTEGER
  /* sync_pending.version when the newest walk began; NULL: the list was not in the ledger @kept */, superseded_at INTEGER
  /* of an organization's list: when the enterprise's, which holds the same rows, was read in its place; NULL: not since it was last read itself @kept */, refresh_interval INTEGER
  /* seconds that the list may be old: it came back unchanged, and is read again within them; NULL: every run reads it @kept */, refused_at INTEGER
  /* when the list was last refused, where it never could be read; NULL: never @kept */,             -- 403 or 404 when the last attempt was refused; NULL: it was not @kept
  UNIQUE (org_id, resource, parent)
) STRICT;
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(1,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','',0,0,NULL,NULL,NULL,NULL,0,NULL,NULL,1795997228,6,NULL,NULL,1795997217,NULL,NULL,0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(2,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','',0,0,NULL,NULL,NULL,NULL,0,NULL,NULL,1795997228,6,NULL,NULL,1795997217,NULL,NULL,0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(3,'org-5a3d91c07be24f6688d2b94e01c7f3a6','credential','',4,0,NULL,NULL,1795176321,NULL,1,NULL,NULL,1795997228,6,1795997228,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(4,'org-5a3d91c07be24f6688d2b94e01c7f3a6','playbooks','',4,0,NULL,NULL,1795176321,NULL,8,8,NULL,1795997228,6,1795997228,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(5,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_insights','',4,0,NULL,'updated_after=1795176009',1795176321,1795176309,10,10,1795176309,1795997228,6,1795997215,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(6,'org-5a3d91c07be24f6688d2b94e01c7f3a6','knowledge_folders','',4,0,NULL,NULL,1795176321,NULL,6,NULL,NULL,1795997228,6,1795997228,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(7,'org-5a3d91c07be24f6688d2b94e01c7f3a6','knowledge_notes','',4,0,NULL,NULL,1795176321,NULL,25,25,NULL,1795997228,6,1795997228,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(8,'org-5a3d91c07be24f6688d2b94e01c7f3a6','schedules','',4,0,NULL,NULL,1795176321,NULL,7,7,NULL,1795997228,6,1795997228,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(9,'org-5a3d91c07be24f6688d2b94e01c7f3a6','automations','',4,0,NULL,NULL,1795176321,NULL,8,8,NULL,1795997228,6,1795997228,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(10,'org-5a3d91c07be24f6688d2b94e01c7f3a6','org_idp_members','',4,0,NULL,NULL,1795176321,NULL,5,5,NULL,1795997228,6,1795997228,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(11,'org-5a3d91c07be24f6688d2b94e01c7f3a6','repositories','',4,0,NULL,NULL,1795176321,NULL,7,7,NULL,1795997228,6,1795997228,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(12,'org-5a3d91c07be24f6688d2b94e01c7f3a6','code_scans','',4,0,NULL,NULL,1795176321,NULL,8,8,NULL,1795997228,6,1795997228,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(13,'org-5a3d91c07be24f6688d2b94e01c7f3a6','code_scan_profiles','',4,0,NULL,NULL,1795176321,NULL,13,13,NULL,1795997228,6,1795997228,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(14,'org-5a3d91c07be24f6688d2b94e01c7f3a6','indexed_repositories','',4,0,NULL,NULL,1795176321,NULL,7,7,NULL,1795997228,6,1795997228,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(15,'org-5a3d91c07be24f6688d2b94e01c7f3a6','code_scan_findings','',4,0,NULL,NULL,1795176321,NULL,16,16,NULL,1795997228,6,1795997228,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(16,'org-5a3d91c07be24f6688d2b94e01c7f3a6','org_members','',4,0,NULL,NULL,1795176321,NULL,6,6,NULL,1795997228,6,1795997228,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(17,'org-5a3d91c07be24f6688d2b94e01c7f3a6','blueprints','',4,0,NULL,NULL,1795176321,NULL,3,NULL,NULL,1795997228,6,1795997228,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(18,'org-5a3d91c07be24f6688d2b94e01c7f3a6','daily_consumption','',14,0,NULL,'time_after=1792051200&time_before=1795334400',1795176321,NULL,30,NULL,NULL,1795997228,6,NULL,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(19,'org-5a3d91c07be24f6688d2b94e01c7f3a6','sessions','',5,0,NULL,'updated_after=1795176009',1795176321,1795176309,10,10,1795176309,1795997228,6,1795997215,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(20,'org-5a3d91c07be24f6688d2b94e01c7f3a6','secrets','',5,0,NULL,NULL,1795176321,NULL,8,8,NULL,1795997228,6,1795997228,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(21,'org-5a3d91c07be24f6688d2b94e01c7f3a6','snapshot_builds','',4,0,NULL,NULL,1795176321,NULL,6,6,NULL,1795997228,6,1795997228,NULL,1795997228,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176321,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(22,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','2dc98dee3776a5a6a2cd50349992f88c',1,0,NULL,NULL,1795176310,NULL,9,NULL,NULL,1795997216,3,1795997216,'1795176189 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176310,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(23,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','55af887b1ccd0fa73def81a089d9f291',1,0,NULL,NULL,1795176311,NULL,21,NULL,NULL,1795997217,4,1795997217,'1795176309 running',1795997217,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176311,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(24,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','2dc98dee3776a5a6a2cd50349992f88c',2,0,NULL,NULL,1795176310,NULL,0,NULL,NULL,1795997216,3,1795997216,'1795176189 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176310,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(25,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','5be9de5ce920964ced3581f806726d74',2,0,NULL,NULL,1795176310,NULL,0,NULL,NULL,1795997216,3,1795997216,'1795176189 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176310,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(26,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','55af887b1ccd0fa73def81a089d9f291',3,0,NULL,NULL,1795176311,NULL,0,NULL,NULL,1795997217,4,1795997217,'1795176309 running',1795997217,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176311,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(27,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','8e9d40cbc59a9f147b74bc428a04b5a9',2,0,NULL,NULL,1795176310,NULL,0,NULL,NULL,1795997216,3,1795997216,'1795176249 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176310,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(28,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','5be9de5ce920964ced3581f806726d74',1,0,NULL,NULL,1795176310,NULL,5,NULL,NULL,1795997216,3,1795997216,'1795176189 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176310,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(29,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','d46aa2503f54812ba9edad17313cea76',3,0,NULL,NULL,1795176311,NULL,1,NULL,NULL,1795997217,4,1795997217,'1795176309 running',1795997217,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176311,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(30,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','d46aa2503f54812ba9edad17313cea76',1,0,NULL,NULL,1795176311,NULL,18,NULL,NULL,1795997217,4,1795997217,'1795176309 running',1795997217,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176311,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(31,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','8e9d40cbc59a9f147b74bc428a04b5a9',1,0,NULL,NULL,1795176310,NULL,6,NULL,NULL,1795997216,3,1795997216,'1795176249 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176310,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(32,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','',0,0,NULL,NULL,NULL,NULL,0,NULL,NULL,1795997216,2,NULL,NULL,1795997216,NULL,NULL,0,0,1795176309,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(33,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','3130a3d394a946ff81aab448ab29c631',1,0,NULL,'time_after=1704009600&time_before=1795334400',1795176309,NULL,1,NULL,NULL,1795997216,2,NULL,'1795176309 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176309,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(34,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','55af887b1ccd0fa73def81a089d9f291',1,0,NULL,'time_after=1704009600&time_before=1795334400',1795176309,NULL,1,NULL,NULL,1795997216,2,NULL,'1795176309 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176309,2,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(35,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','2dc98dee3776a5a6a2cd50349992f88c',1,0,NULL,'time_after=1704009600&time_before=1795334400',1795176309,NULL,1,NULL,NULL,1795997216,2,NULL,'1795176189 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176309,2,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(36,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','5be9de5ce920964ced3581f806726d74',1,0,NULL,'time_after=1704009600&time_before=1795334400',1795176309,NULL,1,NULL,NULL,1795997216,2,NULL,'1795176189 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176309,2,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(37,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','5196ff6623707a00aeba17c13ea657ef',1,0,NULL,'time_after=1704009600&time_before=1795334400',1795176309,NULL,0,NULL,NULL,1795997216,2,NULL,'1795176189 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176309,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(38,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','8e9d40cbc59a9f147b74bc428a04b5a9',1,0,NULL,'time_after=1704009600&time_before=1795334400',1795176309,NULL,1,NULL,NULL,1795997216,2,NULL,'1795176249 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176309,2,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(39,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','9a84edf4335e0d1c9f17e28b1969b27a',1,0,NULL,'time_after=1704009600&time_before=1795334400',1795176309,NULL,1,NULL,NULL,1795997216,2,NULL,'1795176249 exit',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176309,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(40,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','bf7a4e6ecbbf2f345b318501d32a217d',1,0,NULL,'time_after=1704009600&time_before=1795334400',1795176309,NULL,1,NULL,NULL,1795997216,2,NULL,'1795176309 suspended',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176309,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(41,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','d46aa2503f54812ba9edad17313cea76',1,0,NULL,'time_after=1704009600&time_before=1795334400',1795176309,NULL,1,NULL,NULL,1795997216,2,NULL,'1795176309 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176309,2,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(42,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','bd998a97bb9fded8d2f37c64ba534dcf',1,0,NULL,'time_after=1704009600&time_before=1795334400',1795176309,NULL,1,NULL,NULL,1795997216,2,NULL,'1795176249 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176309,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(43,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','3130a3d394a946ff81aab448ab29c631',1,0,NULL,NULL,1795176311,NULL,2,NULL,NULL,1795997217,4,1795997217,'1795176309 running',1795997217,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176311,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(44,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','9a84edf4335e0d1c9f17e28b1969b27a',1,0,NULL,NULL,1795176310,NULL,2,NULL,NULL,1795997216,3,1795997216,'1795176249 exit',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176310,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(45,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','bd998a97bb9fded8d2f37c64ba534dcf',1,0,NULL,NULL,1795176310,NULL,1,NULL,NULL,1795997216,3,1795997216,'1795176249 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176310,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(46,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','5196ff6623707a00aeba17c13ea657ef',1,0,NULL,NULL,1795176310,NULL,1,NULL,NULL,1795997216,3,1795997216,'1795176189 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176310,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(47,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','bf7a4e6ecbbf2f345b318501d32a217d',1,0,NULL,NULL,1795176311,NULL,6,NULL,NULL,1795997217,4,1795997217,'1795176309 suspended',1795997217,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176311,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(48,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','bf7a4e6ecbbf2f345b318501d32a217d',2,0,NULL,NULL,1795176311,NULL,1,NULL,NULL,1795997217,4,1795997217,'1795176309 suspended',1795997217,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176311,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(49,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','bd998a97bb9fded8d2f37c64ba534dcf',1,0,NULL,NULL,1795176310,NULL,0,NULL,NULL,1795997216,3,1795997216,'1795176249 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176310,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(50,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','5196ff6623707a00aeba17c13ea657ef',1,0,NULL,NULL,1795176310,NULL,0,NULL,NULL,1795997216,3,1795997216,'1795176189 running',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176310,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(51,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','9a84edf4335e0d1c9f17e28b1969b27a',1,0,NULL,NULL,1795176310,NULL,2,NULL,NULL,1795997216,3,1795997216,'1795176249 exit',1795997216,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176310,1,NULL,NULL,NULL);
INSERT INTO sync_checkpoints (list_id,org_id,resource,parent,walk,is_open,cursor,filter,opened_at,newest_seen,rows_seen,total,watermark,completed_at,completed_run,reconciled_at,parent_version,allowed_at,refused_status,principal,principal_walk,held_back,as_of,pending_version,superseded_at,refresh_interval,refused_at) VALUES(52,'org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','3130a3d394a946ff81aab448ab29c631',2,0,NULL,NULL,1795176311,NULL,3,NULL,NULL,1795997217,4,1795997217,'1795176309 running',1795997217,NULL,'service_user service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58',0,0,1795176311,1,NULL,NULL,NULL);
CREATE TABLE sync_seen (
  list_id INTEGER NOT NULL,           -- sync_checkpoints.list_id @kept
  key     TEXT NOT NULL,              -- as in sync_changes.key @item
  walk    INTEGER NOT NULL,  -- @kept
  seen_at INTEGER NOT NULL,  -- @kept
  PRIMARY KEY (list_id, key)
) STRICT, WITHOUT ROWID;
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(4,'playbook-0b52ed2c7f0f414a4e4cbb9a210236b7',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(4,'playbook-2fb1601441f61b754c5c64b559dcdbf1',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(4,'playbook-368e3050be06b1bcaf99c2a3039a06bc',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(4,'playbook-3ce6f7a76d3d6a232dcb9f92c7f8ad35',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(4,'playbook-9b3c7fc91a02edda4996c55e3abb8e30',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(4,'playbook-a34d913571eaa13740865cf312d7e831',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(4,'playbook-a90d28c7ec8ef98c5d62b4ab27c17ab4',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(4,'playbook-ae57fdd61d4e837f54aa28e20f260397',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(5,'2dc98dee3776a5a6a2cd50349992f88c',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(5,'3130a3d394a946ff81aab448ab29c631',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(5,'5196ff6623707a00aeba17c13ea657ef',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(5,'55af887b1ccd0fa73def81a089d9f291',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(5,'5be9de5ce920964ced3581f806726d74',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(5,'8e9d40cbc59a9f147b74bc428a04b5a9',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(5,'9a84edf4335e0d1c9f17e28b1969b27a',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(5,'bd998a97bb9fded8d2f37c64ba534dcf',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(5,'bf7a4e6ecbbf2f345b318501d32a217d',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(5,'d46aa2503f54812ba9edad17313cea76',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(6,'folder-0cdbf7a400a525206a940662f728a075',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(6,'folder-51809edf603f50ecb18ad0652da8861f',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(6,'folder-bc569c7deb0e4bf718f456231aa56754',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(6,'folder-d1272118b7ffbe320c924c8f56b2798c',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(6,'folder-dbc330ebea5c2aed2f78161bc43b4d79',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(6,'folder-f369a399d2e9902ca12bc201b1c59c19',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-0d2b0dca834e125ed3ed7b940cc9af84',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-14a95648b73a66f833e1664eacff19a5',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-389f6397fd7c9bf610ddc5acb08d1103',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-3b9570046dee9d3d37e2b3aca095601e',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-4454479dcf97166e304ed05636f44dab',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-4788a0079329e1ab939ec4903a7e3eb9',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-4b8f4ced80ee92fa250fd373c97121e3',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-591facb596e2f91bf8e3d364a0896587',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-71dde5db73a8850fc6329567ba3a4d17',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-8955294e68ff5ec7b7998dcb17af9460',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-9704fb3de5dc4b4a9eb7c3c63f8e1ef0',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-97a59696780cb83148e3eede24bdd6b2',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-9977d417e4614eedb36e6fc7b3b211f3',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-9f62b46bf888e0a7ef909ac0a208f7ec',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-a16a480ba51be1acabbdb430a729e114',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-c435a99b781136991c5ae39841ec3611',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-c63512f8b693bab166b064dc56e7579f',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-c6a114490f3d056ddff29bb79576b657',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-cbcf46792a4b67eee580e42b05056d86',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-ecffd9909bb27331ded4622ff47056e6',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-f06d4f893fc93c1b5e241a7ebc5fed33',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-f4bb26cb8e7c9795f61336f1201a2e89',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-fa1a94ad1a8ca4935c56420b634ec694',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-fe4d2dd10935175464036b73c9434f7e',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(7,'note-fe6c3b69a102325e66e783792b996236',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(8,'sched-094f0f50e3a4a21e87355ea20d9464d6',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(8,'sched-0daa60794854086c94bddd18966c8102',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(8,'sched-1145cc8a197afd147a28748ad082a49c',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(8,'sched-3c437f1b53a2986deb22118dfa362bad',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(8,'sched-3f43789122211317c68f77a55758fc31',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(8,'sched-4c567430b48f2ddeca04087365022304',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(8,'sched-f7c6d7843cd448a45d3158c1b0de90c4',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(9,'automation-1b10b6849a26d15fff4f1b7abb1c24d1',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(9,'automation-4e3844a3eb69120780c4260c1c3e3c1a',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(9,'automation-6400018a3426a73b725a1eb30cf9789a',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(9,'automation-a9d0319cd2a5c83d93879396252c9231',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(9,'automation-aacd7b082fd8842622c15747237077e8',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(9,'automation-e3c707d18d278dad51c69b98c8943c93',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(9,'automation-f3bd0388595e2c3e72682b869536b9a5',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(9,'automation-f4078e4b4dff4c9fa90c62852a7bf5f3',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(10,'email|65f1c02be9a7d40c1ab2',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(10,'email|66aa01d07c3f19b2e455',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(10,'github|8814402',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(10,'google-oauth2|104482937710035412993',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(10,'google-oauth2|117730298840021136541',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(11,'git-connection-ddb8976eb20277e1d4c8e2cf8b5eb453:200',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(11,'git-connection-ddb8976eb20277e1d4c8e2cf8b5eb453:600',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(11,'git-connection-fe298ca0af4762979dfd3bc7fbb765a2:000',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(11,'git-connection-fe298ca0af4762979dfd3bc7fbb765a2:100',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(11,'git-connection-fe298ca0af4762979dfd3bc7fbb765a2:300',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(11,'git-connection-fe298ca0af4762979dfd3bc7fbb765a2:400',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(11,'git-connection-fe298ca0af4762979dfd3bc7fbb765a2:500',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(12,'scan-0978217f635081ab12160ec9818c50b3',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(12,'scan-09e44fba2dcfec455fdb9b6748d27a31',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(12,'scan-1707b4b9b390dc3a7cfc4e77fbe244f1',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(12,'scan-24de581de0b992e9eb6a340fe40ae1bc',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(12,'scan-294c39736049338a98759c0aae2de564',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(12,'scan-3ec8570b3833095fbb12b040bdc7b2c2',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(12,'scan-bd2338246e1fd987836d9528c5b14f08',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(12,'scan-d04b0e9ed476cccf8c85615cd366f564',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(13,'csprof-00fdf7fbe687cc1e2187dead49b538fa',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(13,'csprof-10ff5f410040c9c40e2e12c519b3b16b',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(13,'csprof-2dcef4ca8769dcbce298792d8f24bcdc',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(13,'csprof-2fe677e70960c68d7e95fa011ba42b10',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(13,'csprof-3ce84afbbec4dbd9bb80846c19d8e53c',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(13,'csprof-3d5b6485739fb7803863321574919742',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(13,'csprof-4aced06c6a6da5f4eeeb6e2f98d77dda',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(13,'csprof-710a3a8191d6a18ebab5314f850acea7',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(13,'csprof-73ceaddcbb6634f0d467daa6f6646c6e',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(13,'csprof-7a9bfbe2e81c77349a1191ab0520fad0',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(13,'csprof-83f3a772b1dccee7e89a530de452b8fd',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(13,'csprof-fa05700bc7717be3737fe257178b62d8',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(13,'csprof-fd519a1b764443915d063f9e1e4c5eab',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(14,'acme-labs/ranking',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(14,'acme/api',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(14,'acme/data-pipeline',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(14,'acme/infrastructure',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(14,'acme/mobile-app',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(14,'acme/payments',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(14,'acme/web',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(15,'sfind-047e2fc2dbbba6f6f5c0beafbc5a2dd9',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(15,'sfind-16a36ce6940511542f251d41b31570fc',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(15,'sfind-1ece824d450d4847cdb1a3edefade1e7',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(15,'sfind-228624161ba2665257b07f93f0886931',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(15,'sfind-324b70229f0e726f1fb3753a3064e51a',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(15,'sfind-4c62a076196cd24f1aa1726cfde73b0b',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(15,'sfind-865e2dc7894c88bf603ebf7b30623582',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(15,'sfind-88385c6780f18e5c58808d9e2ea23f93',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(15,'sfind-95c72c57b0eb787d8a298b47872b3247',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(15,'sfind-a3a51fa985778f077091146dd1724667',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(15,'sfind-ad8dbfe5cc0ef0806fb06d1dffe1fa1e',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(15,'sfind-b3473d4498e677925d7e1c9fefe30a72',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(15,'sfind-b7c86fa6088996007304786dcc815489',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(15,'sfind-d625caaa3fcd946164ef9a580bca0a6a',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(15,'sfind-d8b76695862cb813bd496cbec7c5bb86',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(15,'sfind-e159745f08567ee9b4d01142c90e3165',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(16,'email|65f1c02be9a7d40c1ab2',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(16,'email|66aa01d07c3f19b2e455',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(16,'email|67b2d0e94411fa0c7d31',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(16,'github|8814402',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(16,'google-oauth2|104482937710035412993',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(16,'google-oauth2|117730298840021136541',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(17,'blueprint-2444c8a212eb7571822fb2cc94595e22',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(17,'blueprint-8cf2731f9ad4692fb7f0b2322a0bda4f',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(17,'blueprint-da4753d3268c62268d2865ab6dcc95d2',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(19,'2dc98dee3776a5a6a2cd50349992f88c',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(19,'3130a3d394a946ff81aab448ab29c631',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(19,'5196ff6623707a00aeba17c13ea657ef',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(19,'55af887b1ccd0fa73def81a089d9f291',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(19,'5be9de5ce920964ced3581f806726d74',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(19,'8e9d40cbc59a9f147b74bc428a04b5a9',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(19,'9a84edf4335e0d1c9f17e28b1969b27a',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(19,'bd998a97bb9fded8d2f37c64ba534dcf',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(19,'bf7a4e6ecbbf2f345b318501d32a217d',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(19,'d46aa2503f54812ba9edad17313cea76',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(20,'secret-09f67db975cb848e77f130abbd90b0c2',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(20,'secret-13ad95583a003a682e1affaf33904d49',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(20,'secret-49bd4465e190f8d977f61b2c14289f27',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(20,'secret-5bbc83d0cf17bb4f38be3d810db8aa7b',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(20,'secret-780e27d046b4bc8f460303986f152598',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(20,'secret-b2a24fe4babaf47e64efe3ac1a7a8afc',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(20,'secret-cd8a50b7b5cf8ef1b18b6e96ab83befb',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(20,'secret-efeb1d8c91eb6d78972a2fba63676ce0',5,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(21,'build-215598d6ce0b8bdfef8c3973a9992175',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(21,'build-750c79bdaf6fbc816b5b27ea92e3cff4',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(21,'build-7d83a193bc014ed37f56087af5353ba1',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(21,'build-a349c86fd756d2f821988b64246f8ab3',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(21,'build-eb502c753582fe20938afddaa6e0625c',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(21,'build-f680137c61fd67c5346d181d617cb42a',4,1795997228);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(29,'7726ffa0c698b737621008aa00b5ea73',3,1795997217);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(48,'13f96889076733e651039fda3eca49cd',2,1795997217);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(51,'0141fbc64947a615737cef6330875ba5',1,1795997216);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(51,'7965267ecea4a7c54b3a9abd5d663b09',1,1795997216);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(52,'38a8a536d6637fe220be41925808e692',2,1795997217);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(52,'5ce7bb72e305589b32621ecd4a8da36e',2,1795997217);
INSERT INTO sync_seen (list_id,key,walk,seen_at) VALUES(52,'b8b8e77aecf3793bc978205025f02939',2,1795997217);
CREATE TABLE sync_changes (
  change_id  INTEGER PRIMARY KEY,  -- @kept
  run_id     INTEGER NOT NULL,        -- sync_runs.run_id @kept
  changed_at INTEGER NOT NULL,  -- @kept
  resource   TEXT NOT NULL,           -- name of the table @kept
  key        TEXT NOT NULL,           -- the row's id; a JSON list where the key has several columns @row
  change     TEXT NOT NULL,           -- inserted, changed, deleted, restored @kept
  before     TEXT                     -- the row's _raw before the change; NULL: inserted or restored as it was @object
) STRICT;
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(1,1,1795997215,'credential','service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(2,1,1795997215,'playbooks','playbook-9b3c7fc91a02edda4996c55e3abb8e30','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(3,1,1795997215,'playbooks','playbook-3ce6f7a76d3d6a232dcb9f92c7f8ad35','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(4,1,1795997215,'playbooks','playbook-2fb1601441f61b754c5c64b559dcdbf1','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(5,1,1795997215,'playbooks','playbook-368e3050be06b1bcaf99c2a3039a06bc','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(6,1,1795997215,'playbooks','playbook-ae57fdd61d4e837f54aa28e20f260397','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(7,1,1795997215,'playbooks','playbook-a34d913571eaa13740865cf312d7e831','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(8,1,1795997215,'playbooks','playbook-0b52ed2c7f0f414a4e4cbb9a210236b7','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(9,1,1795997215,'playbooks','playbook-a90d28c7ec8ef98c5d62b4ab27c17ab4','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(10,1,1795997215,'session_insights','5be9de5ce920964ced3581f806726d74','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(11,1,1795997215,'session_insights','55af887b1ccd0fa73def81a089d9f291','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(12,1,1795997215,'session_insights','8e9d40cbc59a9f147b74bc428a04b5a9','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(13,1,1795997215,'session_insights','2dc98dee3776a5a6a2cd50349992f88c','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(14,1,1795997215,'session_insights','d46aa2503f54812ba9edad17313cea76','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(15,1,1795997215,'knowledge_folders','folder-d1272118b7ffbe320c924c8f56b2798c','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(16,1,1795997215,'knowledge_folders','folder-f369a399d2e9902ca12bc201b1c59c19','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(17,1,1795997215,'knowledge_folders','folder-51809edf603f50ecb18ad0652da8861f','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(18,1,1795997215,'knowledge_folders','folder-bc569c7deb0e4bf718f456231aa56754','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(19,1,1795997215,'knowledge_folders','folder-0cdbf7a400a525206a940662f728a075','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(20,1,1795997215,'knowledge_folders','folder-dbc330ebea5c2aed2f78161bc43b4d79','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(21,1,1795997215,'knowledge_notes','note-9704fb3de5dc4b4a9eb7c3c63f8e1ef0','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(22,1,1795997215,'knowledge_notes','note-9977d417e4614eedb36e6fc7b3b211f3','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(23,1,1795997215,'knowledge_notes','note-f06d4f893fc93c1b5e241a7ebc5fed33','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(24,1,1795997215,'knowledge_notes','note-0d2b0dca834e125ed3ed7b940cc9af84','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(25,1,1795997215,'knowledge_notes','note-71dde5db73a8850fc6329567ba3a4d17','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(26,1,1795997215,'knowledge_notes','note-97a59696780cb83148e3eede24bdd6b2','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(27,1,1795997215,'knowledge_notes','note-14a95648b73a66f833e1664eacff19a5','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(28,1,1795997215,'knowledge_notes','note-389f6397fd7c9bf610ddc5acb08d1103','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(29,1,1795997215,'knowledge_notes','note-c435a99b781136991c5ae39841ec3611','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(30,1,1795997215,'knowledge_notes','note-4454479dcf97166e304ed05636f44dab','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(31,1,1795997215,'knowledge_notes','note-f4bb26cb8e7c9795f61336f1201a2e89','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(32,1,1795997215,'knowledge_notes','note-4788a0079329e1ab939ec4903a7e3eb9','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(33,1,1795997215,'knowledge_notes','note-fe4d2dd10935175464036b73c9434f7e','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(34,1,1795997215,'knowledge_notes','note-8955294e68ff5ec7b7998dcb17af9460','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(35,1,1795997215,'knowledge_notes','note-9f62b46bf888e0a7ef909ac0a208f7ec','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(36,1,1795997215,'knowledge_notes','note-a16a480ba51be1acabbdb430a729e114','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(37,1,1795997215,'knowledge_notes','note-3b9570046dee9d3d37e2b3aca095601e','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(38,1,1795997215,'knowledge_notes','note-4b8f4ced80ee92fa250fd373c97121e3','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(39,1,1795997215,'knowledge_notes','note-ecffd9909bb27331ded4622ff47056e6','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(40,1,1795997215,'knowledge_notes','note-591facb596e2f91bf8e3d364a0896587','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(41,1,1795997215,'knowledge_notes','note-c63512f8b693bab166b064dc56e7579f','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(42,1,1795997215,'knowledge_notes','note-fe6c3b69a102325e66e783792b996236','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(43,1,1795997215,'knowledge_notes','note-fa1a94ad1a8ca4935c56420b634ec694','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(44,1,1795997215,'knowledge_notes','note-cbcf46792a4b67eee580e42b05056d86','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(45,1,1795997215,'schedules','sched-f7c6d7843cd448a45d3158c1b0de90c4','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(46,1,1795997215,'schedules','sched-3f43789122211317c68f77a55758fc31','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(47,1,1795997215,'schedules','sched-094f0f50e3a4a21e87355ea20d9464d6','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(48,1,1795997215,'schedules','sched-3c437f1b53a2986deb22118dfa362bad','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(49,1,1795997215,'schedules','sched-0daa60794854086c94bddd18966c8102','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(50,1,1795997215,'schedules','sched-4c567430b48f2ddeca04087365022304','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(51,1,1795997215,'schedules','sched-1145cc8a197afd147a28748ad082a49c','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(52,1,1795997215,'automations','automation-a9d0319cd2a5c83d93879396252c9231','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(53,1,1795997215,'automations','automation-6400018a3426a73b725a1eb30cf9789a','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(54,1,1795997215,'automations','automation-1b10b6849a26d15fff4f1b7abb1c24d1','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(55,1,1795997215,'automations','automation-4e3844a3eb69120780c4260c1c3e3c1a','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(56,1,1795997215,'automations','automation-f3bd0388595e2c3e72682b869536b9a5','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(57,1,1795997215,'automations','automation-aacd7b082fd8842622c15747237077e8','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(58,1,1795997215,'automations','automation-e3c707d18d278dad51c69b98c8943c93','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(59,1,1795997215,'automations','automation-f4078e4b4dff4c9fa90c62852a7bf5f3','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(60,1,1795997215,'org_idp_members','["org-5a3d91c07be24f6688d2b94e01c7f3a6","email|65f1c02be9a7d40c1ab2"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(61,1,1795997215,'org_idp_members','["org-5a3d91c07be24f6688d2b94e01c7f3a6","google-oauth2|104482937710035412993"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(62,1,1795997215,'org_idp_members','["org-5a3d91c07be24f6688d2b94e01c7f3a6","email|66aa01d07c3f19b2e455"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(63,1,1795997215,'org_idp_members','["org-5a3d91c07be24f6688d2b94e01c7f3a6","github|8814402"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(64,1,1795997215,'org_idp_members','["org-5a3d91c07be24f6688d2b94e01c7f3a6","google-oauth2|117730298840021136541"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(65,1,1795997215,'repositories','["org-5a3d91c07be24f6688d2b94e01c7f3a6","git-connection-fe298ca0af4762979dfd3bc7fbb765a2:000"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(66,1,1795997215,'repositories','["org-5a3d91c07be24f6688d2b94e01c7f3a6","git-connection-fe298ca0af4762979dfd3bc7fbb765a2:100"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(67,1,1795997215,'repositories','["org-5a3d91c07be24f6688d2b94e01c7f3a6","git-connection-ddb8976eb20277e1d4c8e2cf8b5eb453:200"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(68,1,1795997215,'repositories','["org-5a3d91c07be24f6688d2b94e01c7f3a6","git-connection-fe298ca0af4762979dfd3bc7fbb765a2:300"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(69,1,1795997215,'repositories','["org-5a3d91c07be24f6688d2b94e01c7f3a6","git-connection-fe298ca0af4762979dfd3bc7fbb765a2:400"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(70,1,1795997215,'repositories','["org-5a3d91c07be24f6688d2b94e01c7f3a6","git-connection-fe298ca0af4762979dfd3bc7fbb765a2:500"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(71,1,1795997215,'repositories','["org-5a3d91c07be24f6688d2b94e01c7f3a6","git-connection-ddb8976eb20277e1d4c8e2cf8b5eb453:600"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(72,1,1795997215,'code_scans','scan-bd2338246e1fd987836d9528c5b14f08','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(73,1,1795997215,'code_scans','scan-24de581de0b992e9eb6a340fe40ae1bc','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(74,1,1795997215,'code_scans','scan-09e44fba2dcfec455fdb9b6748d27a31','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(75,1,1795997215,'code_scans','scan-0978217f635081ab12160ec9818c50b3','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(76,1,1795997215,'code_scans','scan-1707b4b9b390dc3a7cfc4e77fbe244f1','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(77,1,1795997215,'code_scans','scan-3ec8570b3833095fbb12b040bdc7b2c2','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(78,1,1795997215,'code_scans','scan-294c39736049338a98759c0aae2de564','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(79,1,1795997215,'code_scans','scan-d04b0e9ed476cccf8c85615cd366f564','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(80,1,1795997215,'code_scan_profiles','csprof-73ceaddcbb6634f0d467daa6f6646c6e','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(81,1,1795997215,'code_scan_profiles','csprof-83f3a772b1dccee7e89a530de452b8fd','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(82,1,1795997215,'code_scan_profiles','csprof-2dcef4ca8769dcbce298792d8f24bcdc','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(83,1,1795997215,'code_scan_profiles','csprof-10ff5f410040c9c40e2e12c519b3b16b','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(84,1,1795997215,'code_scan_profiles','csprof-710a3a8191d6a18ebab5314f850acea7','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(85,1,1795997215,'code_scan_profiles','csprof-fd519a1b764443915d063f9e1e4c5eab','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(86,1,1795997215,'code_scan_profiles','csprof-00fdf7fbe687cc1e2187dead49b538fa','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(87,1,1795997215,'code_scan_profiles','csprof-3d5b6485739fb7803863321574919742','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(88,1,1795997215,'code_scan_profiles','csprof-2fe677e70960c68d7e95fa011ba42b10','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(89,1,1795997215,'code_scan_profiles','csprof-7a9bfbe2e81c77349a1191ab0520fad0','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(90,1,1795997215,'code_scan_profiles','csprof-4aced06c6a6da5f4eeeb6e2f98d77dda','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(91,1,1795997215,'code_scan_profiles','csprof-3ce84afbbec4dbd9bb80846c19d8e53c','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(92,1,1795997215,'code_scan_profiles','csprof-fa05700bc7717be3737fe257178b62d8','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(93,1,1795997215,'indexed_repositories','["org-5a3d91c07be24f6688d2b94e01c7f3a6","acme/web"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(94,1,1795997215,'indexed_repositories','["org-5a3d91c07be24f6688d2b94e01c7f3a6","acme/api"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(95,1,1795997215,'indexed_repositories','["org-5a3d91c07be24f6688d2b94e01c7f3a6","acme/payments"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(96,1,1795997215,'indexed_repositories','["org-5a3d91c07be24f6688d2b94e01c7f3a6","acme/infrastructure"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(97,1,1795997215,'indexed_repositories','["org-5a3d91c07be24f6688d2b94e01c7f3a6","acme/mobile-app"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(98,1,1795997215,'indexed_repositories','["org-5a3d91c07be24f6688d2b94e01c7f3a6","acme/data-pipeline"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(99,1,1795997215,'indexed_repositories','["org-5a3d91c07be24f6688d2b94e01c7f3a6","acme-labs/ranking"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(100,1,1795997215,'code_scan_findings','sfind-e159745f08567ee9b4d01142c90e3165','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(101,1,1795997215,'code_scan_findings','sfind-a3a51fa985778f077091146dd1724667','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(102,1,1795997215,'code_scan_findings','sfind-d8b76695862cb813bd496cbec7c5bb86','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(103,1,1795997215,'code_scan_findings','sfind-d625caaa3fcd946164ef9a580bca0a6a','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(104,1,1795997215,'code_scan_findings','sfind-228624161ba2665257b07f93f0886931','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(105,1,1795997215,'code_scan_findings','sfind-b3473d4498e677925d7e1c9fefe30a72','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(106,1,1795997215,'code_scan_findings','sfind-865e2dc7894c88bf603ebf7b30623582','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(107,1,1795997215,'code_scan_findings','sfind-324b70229f0e726f1fb3753a3064e51a','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(108,1,1795997215,'code_scan_findings','sfind-16a36ce6940511542f251d41b31570fc','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(109,1,1795997215,'code_scan_findings','sfind-95c72c57b0eb787d8a298b47872b3247','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(110,1,1795997215,'code_scan_findings','sfind-4c62a076196cd24f1aa1726cfde73b0b','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(111,1,1795997215,'code_scan_findings','sfind-047e2fc2dbbba6f6f5c0beafbc5a2dd9','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(112,1,1795997215,'code_scan_findings','sfind-1ece824d450d4847cdb1a3edefade1e7','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(113,1,1795997215,'code_scan_findings','sfind-ad8dbfe5cc0ef0806fb06d1dffe1fa1e','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(114,1,1795997215,'code_scan_findings','sfind-88385c6780f18e5c58808d9e2ea23f93','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(115,1,1795997215,'code_scan_findings','sfind-b7c86fa6088996007304786dcc815489','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(116,1,1795997215,'org_members','["org-5a3d91c07be24f6688d2b94e01c7f3a6","email|65f1c02be9a7d40c1ab2"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(117,1,1795997215,'org_members','["org-5a3d91c07be24f6688d2b94e01c7f3a6","google-oauth2|104482937710035412993"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(118,1,1795997215,'org_members','["org-5a3d91c07be24f6688d2b94e01c7f3a6","email|66aa01d07c3f19b2e455"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(119,1,1795997215,'org_members','["org-5a3d91c07be24f6688d2b94e01c7f3a6","github|8814402"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(120,1,1795997215,'org_members','["org-5a3d91c07be24f6688d2b94e01c7f3a6","google-oauth2|117730298840021136541"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(121,1,1795997215,'org_members','["org-5a3d91c07be24f6688d2b94e01c7f3a6","email|67b2d0e94411fa0c7d31"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(122,1,1795997215,'blueprints','blueprint-8cf2731f9ad4692fb7f0b2322a0bda4f','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(123,1,1795997215,'blueprints','blueprint-2444c8a212eb7571822fb2cc94595e22','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(124,1,1795997215,'blueprints','blueprint-da4753d3268c62268d2865ab6dcc95d2','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(125,1,1795997215,'sessions','5be9de5ce920964ced3581f806726d74','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(126,1,1795997215,'sessions','55af887b1ccd0fa73def81a089d9f291','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(127,1,1795997215,'sessions','8e9d40cbc59a9f147b74bc428a04b5a9','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(128,1,1795997215,'sessions','2dc98dee3776a5a6a2cd50349992f88c','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(129,1,1795997215,'sessions','d46aa2503f54812ba9edad17313cea76','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(130,1,1795997215,'secrets','secret-b2a24fe4babaf47e64efe3ac1a7a8afc','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(131,1,1795997215,'secrets','secret-5bbc83d0cf17bb4f38be3d810db8aa7b','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(132,1,1795997215,'secrets','secret-13ad95583a003a682e1affaf33904d49','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(133,1,1795997215,'secrets','secret-88a3f8035c6230cc10f0fc075e3b5b74','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(134,1,1795997215,'secrets','secret-780e27d046b4bc8f460303986f152598','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(135,1,1795997215,'secrets','secret-cd8a50b7b5cf8ef1b18b6e96ab83befb','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(136,1,1795997215,'secrets','secret-09f67db975cb848e77f130abbd90b0c2','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(137,1,1795997215,'secrets','secret-efeb1d8c91eb6d78972a2fba63676ce0','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(138,1,1795997215,'secrets','secret-49bd4465e190f8d977f61b2c14289f27','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(139,1,1795997215,'snapshot_builds','build-f680137c61fd67c5346d181d617cb42a','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(140,1,1795997215,'snapshot_builds','build-a349c86fd756d2f821988b64246f8ab3','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(141,1,1795997215,'snapshot_builds','build-215598d6ce0b8bdfef8c3973a9992175','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(142,1,1795997215,'snapshot_builds','build-750c79bdaf6fbc816b5b27ea92e3cff4','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(143,1,1795997215,'snapshot_builds','build-7d83a193bc014ed37f56087af5353ba1','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(144,1,1795997215,'snapshot_builds','build-eb502c753582fe20938afddaa6e0625c','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(145,1,1795997215,'session_messages','["2dc98dee3776a5a6a2cd50349992f88c","1121c38b951bd0e4c4aecabd4caadde9"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(146,1,1795997215,'session_messages','["2dc98dee3776a5a6a2cd50349992f88c","80df51bd20f9198729e758687f5f7a4a"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(147,1,1795997215,'session_messages','["55af887b1ccd0fa73def81a089d9f291","2bb59698ae7a5a0e44a14660b4127b9f"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(148,1,1795997215,'session_messages','["55af887b1ccd0fa73def81a089d9f291","ca9fed438fe7b287ef6e3ebd82370cb6"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(149,1,1795997215,'session_messages','["55af887b1ccd0fa73def81a089d9f291","795ae54e89678a60ef99fd4a869111c2"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(150,1,1795997215,'session_attachments','["d46aa2503f54812ba9edad17313cea76","7726ffa0c698b737621008aa00b5ea73"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(151,1,1795997215,'session_messages','["d46aa2503f54812ba9edad17313cea76","679c9135fcbe93e204667ac7bea2ea35"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(152,1,1795997215,'session_messages','["d46aa2503f54812ba9edad17313cea76","ca3a4404cc4cb84de7b9700b04c07c2b"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(153,1,1795997215,'session_messages','["d46aa2503f54812ba9edad17313cea76","b3e0301c9abea1cf540eb87bc230b164"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(154,1,1795997215,'session_messages','["d46aa2503f54812ba9edad17313cea76","c9ba3535307b79a4875396a8f4eb720f"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(155,1,1795997215,'session_messages','["8e9d40cbc59a9f147b74bc428a04b5a9","f8e687e97bcf7b23134ad7ebc7960201"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(156,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1792656000"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(157,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1792742400"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(158,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1792828800"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(159,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1792915200"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(160,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1793001600"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(161,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1793088000"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(162,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1793174400"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(163,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1793260800"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(164,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1793347200"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(165,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1793433600"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(166,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1793520000"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(167,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1793606400"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(168,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1793692800"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(169,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1793779200"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(170,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1793865600"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(171,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1793952000"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(172,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1794038400"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(173,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1794124800"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(174,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1794211200"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(175,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1794297600"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(176,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1794384000"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(177,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1794470400"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(178,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1794556800"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(179,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1794643200"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(180,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1794729600"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(181,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1794816000"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(182,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1794902400"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(183,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1794988800"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(184,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1795075200"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(185,1,1795997215,'daily_consumption','["org-5a3d91c07be24f6688d2b94e01c7f3a6","1795161600"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(186,2,1795997216,'sessions','3130a3d394a946ff81aab448ab29c631','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(187,2,1795997216,'sessions','bd998a97bb9fded8d2f37c64ba534dcf','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(188,2,1795997216,'sessions','5196ff6623707a00aeba17c13ea657ef','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(189,2,1795997216,'sessions','bf7a4e6ecbbf2f345b318501d32a217d','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(190,2,1795997216,'sessions','9a84edf4335e0d1c9f17e28b1969b27a','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(191,2,1795997216,'sessions','5be9de5ce920964ced3581f806726d74','changed','{"acus_consumed":0,"automation_id":null,"category":"ci_cd_and_devops","child_session_ids":[],"created_at":1794259608,"devin_mode":"fusion","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"linear","parent_session_id":null,"playbook_id":null,"pull_requests":[],"service_user_id":null,"session_id":"5be9de5ce920964ced3581f806726d74","status":"suspended","status_detail":"out_of_quota","subcategory":"Endpoint","tags":[],"title":"Write unit tests for \"PriceRule\"","updated_at":1794263266,"url":"https://app.devin.ai/sessions/5be9de5ce920964ced3581f806726d74","user_id":"github|8814402"}');
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(192,2,1795997216,'sessions','55af887b1ccd0fa73def81a089d9f291','changed','{"acus_consumed":12,"automation_id":"automation-e334456466dcdf87c656b14ae99ec7dc","category":"unit_test_generation","child_session_ids":[],"created_at":1793811274,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"automation","parent_session_id":null,"playbook_id":"playbook-3ce6f7a76d3d6a232dcb9f92c7f8ad35","pull_requests":[],"service_user_id":"service-user-64db06482262477dcc1f6629eebae2c6","session_id":"55af887b1ccd0fa73def81a089d9f291","status":"suspended","status_detail":"out_of_credits","structured_output":null,"subcategory":"Refactoring","tags":[],"title":"Investigate memory growth in the importer (#3)","updated_at":1793814727,"url":"https://app.devin.ai/sessions/55af887b1ccd0fa73def81a089d9f291","user_id":"bot_apk"}');
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(193,2,1795997216,'sessions','8e9d40cbc59a9f147b74bc428a04b5a9','changed','{"acus_consumed":25.296875,"automation_id":null,"category":"code_review","child_session_ids":[],"created_at":1792499032,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"api","parent_session_id":null,"playbook_id":null,"pull_requests":[],"service_user_id":"service-user-8f82dc8e4f6d0d5c4932f903ff00cecd","session_id":"8e9d40cbc59a9f147b74bc428a04b5a9","status":"suspended","status_detail":"usage_limit_exceeded","structured_output":null,"subcategory":"Dependency upgrades","tags":["customer: Ünïcode GmbH","prio/1","émeraude"],"title":"Upgrade to Node 22 (#2)","updated_at":1792500360,"url":"https://app.devin.ai/sessions/8e9d40cbc59a9f147b74bc428a04b5a9","user_id":"bot_apk"}');
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(194,2,1795997216,'sessions','2dc98dee3776a5a6a2cd50349992f88c','changed','{"acus_consumed":27.3125,"automation_id":null,"category":"feature_development","child_session_ids":[],"created_at":1791053375,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"slack","parent_session_id":null,"playbook_id":"playbook-ae57fdd61d4e837f54aa28e20f260397","pull_requests":[{"pr_state":"merged","pr_url":"https://github.com/acme/mobile-app/pull/7981"}],"security_profile":{"profile_id":null,"selection":"inherit"},"service_user_id":null,"session_id":"2dc98dee3776a5a6a2cd50349992f88c","status":"suspended","status_detail":"user_request","subcategory":"Dependency upgrades","tags":["security"],"title":"Add retry to the payment webhook","updated_at":1791055647,"url":"https://app.devin.ai/sessions/2dc98dee3776a5a6a2cd50349992f88c","user_id":"email|66aa01d07c3f19b2e455"}');
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(195,2,1795997216,'sessions','d46aa2503f54812ba9edad17313cea76','changed','{"acus_consumed":54.34375,"automation_id":null,"category":"bug_fixing","child_session_ids":[],"created_at":1790834190,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"webapp","parent_session_id":null,"playbook_id":"playbook-2fb1601441f61b754c5c64b559dcdbf1","pull_requests":[],"service_user_id":null,"session_id":"d46aa2503f54812ba9edad17313cea76","status":"suspended","status_detail":"inactivity","structured_output":null,"tags":["security"],"title":"Fix flaky login test","updated_at":1790835600,"url":"https://app.devin.ai/sessions/d46aa2503f54812ba9edad17313cea76","user_id":"email|66aa01d07c3f19b2e455"}');
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(196,2,1795997216,'session_daily_consumption','["3130a3d394a946ff81aab448ab29c631","1795161600"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(197,2,1795997216,'session_daily_consumption','["55af887b1ccd0fa73def81a089d9f291","1793779200"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(198,2,1795997216,'session_daily_consumption','["2dc98dee3776a5a6a2cd50349992f88c","1791014400"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(199,2,1795997216,'session_daily_consumption','["5be9de5ce920964ced3581f806726d74","1794211200"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(200,2,1795997216,'session_daily_consumption','["8e9d40cbc59a9f147b74bc428a04b5a9","1792483200"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(201,2,1795997216,'session_daily_consumption','["9a84edf4335e0d1c9f17e28b1969b27a","1795161600"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(202,2,1795997216,'session_daily_consumption','["bf7a4e6ecbbf2f345b318501d32a217d","1795161600"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(203,2,1795997216,'session_daily_consumption','["d46aa2503f54812ba9edad17313cea76","1790755200"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(204,2,1795997216,'session_daily_consumption','["bd998a97bb9fded8d2f37c64ba534dcf","1795161600"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(205,3,1795997216,'session_insights','3130a3d394a946ff81aab448ab29c631','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(206,3,1795997216,'session_insights','bd998a97bb9fded8d2f37c64ba534dcf','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(207,3,1795997216,'session_insights','5196ff6623707a00aeba17c13ea657ef','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(208,3,1795997216,'session_insights','bf7a4e6ecbbf2f345b318501d32a217d','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(209,3,1795997216,'session_insights','9a84edf4335e0d1c9f17e28b1969b27a','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(210,3,1795997216,'session_insights','5be9de5ce920964ced3581f806726d74','changed','{"acus_consumed":0,"automation_id":null,"category":"ci_cd_and_devops","child_session_ids":[],"created_at":1794259608,"devin_mode":"fusion","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"linear","parent_session_id":null,"playbook_id":null,"pull_requests":[],"service_user_id":null,"session_id":"5be9de5ce920964ced3581f806726d74","status":"suspended","status_detail":"out_of_quota","subcategory":"Endpoint","tags":[],"title":"Write unit tests for \"PriceRule\"","updated_at":1794263266,"url":"https://app.devin.ai/sessions/5be9de5ce920964ced3581f806726d74","user_id":"github|8814402","analysis":{"action_items":[{"action_item":"All 214 tests pass locally; CI is still running.","issue_id":"issue-0","type":"machine_setup"},{"action_item":"The customer''s file has Windows line ends and a byte order mark.","issue_id":null,"type":"repo_config"},{"action_item":"Memory stays flat at 180 MB over one hour of load.","issue_id":"issue-0","type":"knowledge"},{"action_item":"I left the public interface as it was and deprecated the old name.","issue_id":null,"type":"prompt_improvement"}],"classification":{"category":"research_and_exploration","confidence":0.5,"programming_languages":["TypeScript"],"tools_and_frameworks":["GitHub Actions","Docker"]},"issues":[{"id":"issue-0","impact":"medium","issue":"The certificate chain on staging is missing the intermediate.","label":"environment","title":"Tests were slow"}],"note_usage":{"bad_usages":[],"good_usages":[{"message":"Ran the tests as noted","note_id":"note-96b9298c7582be19c91d4e1b0db7d24b","reason":"Two of the snapshots differ by one pixel, which I think is font rendering."}]},"suggested_prompt":{"feedback_items":[{"details":"I could not find who calls this endpoint, so I kept it.","excerpt":"Find out why","issue_id":null,"summary":"Name the repository"}],"original_prompt":"Please fix the flaky test `login_spec` and explain why it failed.","suggested_prompt":"Upgrade the runtime to the current LTS. Open one pull request per repository. Say how you checked it."},"timeline":[{"color":"green","description":"All 214 tests pass locally; CI is still running.","issue_id":null,"title":"Step 0 🛠"},{"color":"yellow","description":"The query scans the whole table because the index begins with tenant_id.","issue_id":null,"title":"Step 1 🛠"},{"color":"red","description":"Der Fehler tritt nur bei Umlauten im Dateinamen auf.","issue_id":null,"title":"Step 2 🛠"},{"color":"green","description":"All 214 tests pass locally; CI is still running.","issue_id":null,"title":"Step 3 🛠"},{"color":"yellow","description":"Memory stays flat at 180 MB over one hour of load.","issue_id":null,"title":"Step 4 🛠"},{"color":"red","description":"Two of the snapshots differ by one pixel, which I think is font rendering.","issue_id":null,"title":"Step 5 🛠"},{"color":"green","description":"Memory stays flat at 180 MB over one hour of load.","issue_id":null,"title":"Step 6 🛠"}]},"analysis_status":"completed","num_devin_messages":0,"num_user_messages":0,"session_size":"xs"}');
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(211,3,1795997216,'session_insights','55af887b1ccd0fa73def81a089d9f291','changed','{"acus_consumed":12,"automation_id":"automation-e334456466dcdf87c656b14ae99ec7dc","category":"unit_test_generation","child_session_ids":[],"created_at":1793811274,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"automation","parent_session_id":null,"playbook_id":"playbook-3ce6f7a76d3d6a232dcb9f92c7f8ad35","pull_requests":[],"service_user_id":"service-user-64db06482262477dcc1f6629eebae2c6","session_id":"55af887b1ccd0fa73def81a089d9f291","status":"suspended","status_detail":"out_of_credits","structured_output":null,"subcategory":"Refactoring","tags":[],"title":"Investigate memory growth in the importer (#3)","updated_at":1793814727,"url":"https://app.devin.ai/sessions/55af887b1ccd0fa73def81a089d9f291","user_id":"bot_apk","analysis":{"action_items":[{"action_item":"The retry loop swallows the first error, so the log shows only the last one.","issue_id":"issue-0","type":"machine_setup"}],"classification":null,"issues":[{"id":"issue-0","impact":"medium","issue":"The customer''s file has Windows line ends and a byte order mark.","label":"environment","title":"Tests were slow"}],"note_usage":{"bad_usages":[],"good_usages":[{"message":"Ran the tests as noted","note_id":"note-59a5c378f183b106a825f94c2c9a2f01","reason":"I split the handler in two: one decides, one does."}]},"suggested_prompt":{"feedback_items":[{"details":"The query scans the whole table because the index begins with tenant_id.","excerpt":"Find out why","issue_id":null,"summary":"Name the repository"}],"original_prompt":"Add retries with backoff to the payment webhook. Don''t touch the \"legacy\" path.","suggested_prompt":"Write unit tests for the price rules, at least one per branch. Say how you checked it."},"timeline":[{"color":"green","description":"The retry loop swallows the first error, so the log shows only the last one.","issue_id":null,"title":"Step 0 🛠"},{"color":"yellow","description":"I left the public interface as it was and deprecated the old name.","issue_id":null,"title":"Step 1 🛠"},{"color":"red","description":"I split the handler in two: one decides, one does.","issue_id":null,"title":"Step 2 🛠"},{"color":"green","description":"Two of the snapshots differ by one pixel, which I think is font rendering.","issue_id":null,"title":"Step 3 🛠"},{"color":"yellow","description":"Two of the snapshots differ by one pixel, which I think is font rendering.","issue_id":null,"title":"Step 4 🛠"},{"color":"red","description":"The retry loop swallows the first error, so the log shows only the last one.","issue_id":null,"title":"Step 5 🛠"}]},"analysis_status":"completed","num_devin_messages":2,"num_user_messages":1,"session_size":"xs"}');
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(212,3,1795997216,'session_insights','8e9d40cbc59a9f147b74bc428a04b5a9','changed','{"acus_consumed":25.296875,"automation_id":null,"category":"code_review","child_session_ids":[],"created_at":1792499032,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"api","parent_session_id":null,"playbook_id":null,"pull_requests":[],"service_user_id":"service-user-8f82dc8e4f6d0d5c4932f903ff00cecd","session_id":"8e9d40cbc59a9f147b74bc428a04b5a9","status":"suspended","status_detail":"usage_limit_exceeded","structured_output":null,"subcategory":"Dependency upgrades","tags":["customer: Ünïcode GmbH","prio/1","émeraude"],"title":"Upgrade to Node 22 (#2)","updated_at":1792500360,"url":"https://app.devin.ai/sessions/8e9d40cbc59a9f147b74bc428a04b5a9","user_id":"bot_apk","analysis":{"action_items":[{"action_item":"The retry loop swallows the first error, so the log shows only the last one.","issue_id":"issue-0","type":"machine_setup"}],"classification":{"category":"data_and_automation","confidence":0.87,"programming_languages":["Swift"],"tools_and_frameworks":["GitHub Actions","Docker"]},"issues":[{"id":"issue-0","impact":"medium","issue":"Please have a look at the second commit first, it is the risky one.","label":"environment","title":"Tests were slow"},{"id":"issue-1","impact":"low","issue":"The retry loop swallows the first error, so the log shows only the last one.","label":"prompt","title":"Tests were slow"},{"id":"issue-2","impact":"high","issue":"The customer''s file has Windows line ends and a byte order mark.","label":"knowledge","title":"Tests were slow"},{"id":"issue-3","impact":"medium","issue":"Memory stays flat at 180 MB over one hour of load.","label":"environment","title":"Tests were slow"}],"note_usage":null,"suggested_prompt":{"feedback_items":[{"details":"The migration takes 40 s on a copy of production.","excerpt":"Find out why","issue_id":null,"summary":"Name the repository"}],"original_prompt":"Write unit tests for the price rules, at least one per branch.","suggested_prompt":"Add retries with backoff to the payment webhook. Don''t touch the \"legacy\" path. Say how you checked it."},"timeline":[{"color":"green","description":"Der Fehler tritt nur bei Umlauten im Dateinamen auf.","issue_id":null,"title":"Step 0 🛠"},{"color":"yellow","description":"All 214 tests pass locally; CI is still running.","issue_id":null,"title":"Step 1 🛠"},{"color":"red","description":"キャッシュを削除すると再現しません。","issue_id":null,"title":"Step 2 🛠"},{"color":"green","description":"The customer''s file has Windows line ends and a byte order mark.","issue_id":null,"title":"Step 3 🛠"},{"color":"yellow","description":"I could not find who calls this endpoint, so I kept it.","issue_id":null,"title":"Step 4 🛠"},{"color":"red","description":"Please have a look at the second commit first, it is the risky one.","issue_id":null,"title":"Step 5 🛠"},{"color":"green","description":"The query scans the whole table because the index begins with tenant_id.","issue_id":null,"title":"Step 6 🛠"},{"color":"yellow","description":"I read the failing test and can reproduce it on a clean checkout.","issue_id":null,"title":"Step 7 🛠"},{"color":"red","description":"All 214 tests pass locally; CI is still running.","issue_id":null,"title":"Step 8 🛠"}]},"analysis_status":"completed","num_devin_messages":0,"num_user_messages":1,"session_size":"xs"}');
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(213,3,1795997216,'session_insights','2dc98dee3776a5a6a2cd50349992f88c','changed','{"acus_consumed":27.3125,"automation_id":null,"category":"feature_development","child_session_ids":[],"created_at":1791053375,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"slack","parent_session_id":null,"playbook_id":"playbook-ae57fdd61d4e837f54aa28e20f260397","pull_requests":[{"pr_state":"merged","pr_url":"https://github.com/acme/mobile-app/pull/7981"}],"security_profile":{"profile_id":null,"selection":"inherit"},"service_user_id":null,"session_id":"2dc98dee3776a5a6a2cd50349992f88c","status":"suspended","status_detail":"user_request","subcategory":"Dependency upgrades","tags":["security"],"title":"Add retry to the payment webhook","updated_at":1791055647,"url":"https://app.devin.ai/sessions/2dc98dee3776a5a6a2cd50349992f88c","user_id":"email|66aa01d07c3f19b2e455","analysis":null,"analysis_status":null,"num_devin_messages":1,"num_user_messages":1,"session_size":"xs"}');
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(214,3,1795997216,'session_insights','d46aa2503f54812ba9edad17313cea76','changed','{"acus_consumed":54.34375,"automation_id":null,"category":"bug_fixing","child_session_ids":[],"created_at":1790834190,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"webapp","parent_session_id":null,"playbook_id":"playbook-2fb1601441f61b754c5c64b559dcdbf1","pull_requests":[],"service_user_id":null,"session_id":"d46aa2503f54812ba9edad17313cea76","status":"suspended","status_detail":"inactivity","structured_output":null,"tags":["security"],"title":"Fix flaky login test","updated_at":1790835600,"url":"https://app.devin.ai/sessions/d46aa2503f54812ba9edad17313cea76","user_id":"email|66aa01d07c3f19b2e455","analysis":{"action_items":[{"action_item":"Two of the snapshots differ by one pixel, which I think is font rendering.","issue_id":"issue-0","type":"machine_setup"}],"classification":{"category":"data_and_automation","confidence":0.87,"programming_languages":["Swift"],"tools_and_frameworks":["GitHub Actions","Docker"]},"issues":[{"id":"issue-0","impact":"medium","issue":"The customer''s file has Windows line ends and a byte order mark.","label":"environment","title":"Tests were slow"},{"id":"issue-1","impact":"low","issue":"All 214 tests pass locally; CI is still running.","label":"prompt","title":"Tests were slow"}],"note_usage":{"bad_usages":[],"good_usages":[{"message":"Ran the tests as noted","note_id":"note-2e10216a62be16a9995a824cd70c5167","reason":"I could not find who calls this endpoint, so I kept it."}]},"suggested_prompt":{"feedback_items":[{"details":"The query scans the whole table because the index begins with tenant_id.","excerpt":"Find out why","issue_id":null,"summary":"Name the repository"}],"original_prompt":"Our nightly import got slower since last week. Find out why.\n\nRepo: acme/data-pipeline","suggested_prompt":"Write unit tests for the price rules, at least one per branch. Say how you checked it."},"timeline":[{"color":"green","description":"I left the public interface as it was and deprecated the old name.","issue_id":null,"title":"Step 0 🛠"},{"color":"yellow","description":"I read the failing test and can reproduce it on a clean checkout.","issue_id":null,"title":"Step 1 🛠"},{"color":"red","description":"I split the handler in two: one decides, one does.","issue_id":null,"title":"Step 2 🛠"},{"color":"green","description":"The retry loop swallows the first error, so the log shows only the last one.","issue_id":null,"title":"Step 3 🛠"},{"color":"yellow","description":"キャッシュを削除すると再現しません。","issue_id":null,"title":"Step 4 🛠"},{"color":"red","description":"All 214 tests pass locally; CI is still running.","issue_id":null,"title":"Step 5 🛠"}]},"analysis_status":"completed","num_devin_messages":2,"num_user_messages":2,"session_size":"xs"}');
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(215,3,1795997216,'knowledge_notes','note-c6a114490f3d056ddff29bb79576b657','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(216,3,1795997216,'playbooks','playbook-9b3c7fc91a02edda4996c55e3abb8e30','changed','{"access_type":"org","body":"## Database conventions\n\n1. The query scans the whole table because the index begins with tenant_id.\n2. I left the public interface as it was and deprecated the old name.\n3. I split the handler in two: one decides, one does.\n4. キャッシュを削除すると再現しません。\n5. Please have a look at the second commit first, it is the risky one.\n6. Memory stays flat at 180 MB over one hour of load.\n7. All 214 tests pass locally; CI is still running.\n8. The query scans the whole table because the index begins with tenant_id.\n9. The migration takes 40 s on a copy of production.","created_at":1771563529,"created_by":"email|65f1c02be9a7d40c1ab2","macro":"!macro_0","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","playbook_id":"playbook-9b3c7fc91a02edda4996c55e3abb8e30","structured_output_schema":null,"title":"Fix a failing CI job","updated_at":1772163529,"updated_by":"email|65f1c02be9a7d40c1ab2"}');
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(217,3,1795997216,'knowledge_folders','folder-51809edf603f50ecb18ad0652da8861f','changed','{"folder_id":"folder-51809edf603f50ecb18ad0652da8861f","name":"release","note_count":3,"parent_folder_id":"folder-d1272118b7ffbe320c924c8f56b2798c","path":"/engineering/release"}');
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(218,3,1795997216,'schedules','sched-3c437f1b53a2986deb22118dfa362bad','changed','{"agent":"devin","bypass_approval":false,"consecutive_failures":0,"created_at":"2026-11-10T07:27:08Z","created_by":"bot_apk","enabled":false,"frequency":"*/30 * * * 1-5","interval_count":1,"last_edited_by":"google-oauth2|104482937710035412993","last_error_at":null,"last_error_message":null,"last_executed_at":null,"name":"Review stale pull requests","notify_on":"never","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","platform":null,"playbook":{"playbook_id":"playbook-3ce6f7a76d3d6a232dcb9f92c7f8ad35","title":null},"prompt":"Look at https://status.example.com/incidents/42?from=a&to=b and write a summary.","schedule_type":"recurring","scheduled_at":null,"scheduled_session_id":"sched-3c437f1b53a2986deb22118dfa362bad","tags":["prio/1"],"updated_at":"2026-11-12T15:00:28Z"}');
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(219,3,1795997216,'secrets','secret-88a3f8035c6230cc10f0fc075e3b5b74','deleted','{"access_type":"org","created_at":1794295628,"created_by":"bot_apk","is_sensitive":true,"key":"AWS_ACCESS_KEY_ID","note":"The certificate chain on staging is missing the intermediate.","secret_id":"secret-88a3f8035c6230cc10f0fc075e3b5b74","secret_type":"key-value"}');
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(220,3,1795997216,'session_messages','["2dc98dee3776a5a6a2cd50349992f88c","1c67f18f658c16eb09056247541a3828"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(221,3,1795997216,'session_messages','["2dc98dee3776a5a6a2cd50349992f88c","dd140ab46b5596526262edd4232b8e38"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(222,3,1795997216,'session_messages','["2dc98dee3776a5a6a2cd50349992f88c","743655562ebbb5a35c702a1e0d5e521d"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(223,3,1795997216,'session_messages','["2dc98dee3776a5a6a2cd50349992f88c","831f07f157df1a8352ccbdb385de5c38"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(224,3,1795997216,'session_messages','["2dc98dee3776a5a6a2cd50349992f88c","4fd7473ff44aa8183f79ba0ce517d515"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(225,3,1795997216,'session_messages','["3130a3d394a946ff81aab448ab29c631","0e8c07a1e76052862f851b0fbbb96fe7"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(226,3,1795997216,'session_messages','["8e9d40cbc59a9f147b74bc428a04b5a9","b263cb44b6cfc267b32cea3d316636e2"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(227,3,1795997216,'session_messages','["8e9d40cbc59a9f147b74bc428a04b5a9","4580eb1468aee3a04429c1d800cd3dfe"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(228,3,1795997216,'session_messages','["8e9d40cbc59a9f147b74bc428a04b5a9","5a196cf83e1baa115e78d1722baa151e"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(229,3,1795997216,'session_messages','["8e9d40cbc59a9f147b74bc428a04b5a9","c85f785017ce5a404244ebaa33b73b3c"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(230,3,1795997216,'session_messages','["9a84edf4335e0d1c9f17e28b1969b27a","75845cbf35ae84196d0501ce431584c3"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(231,3,1795997216,'session_messages','["9a84edf4335e0d1c9f17e28b1969b27a","6e182bd8e123553c84e001cbd223434e"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(232,3,1795997216,'session_messages','["bd998a97bb9fded8d2f37c64ba534dcf","437b21d237716e909273f381070464d8"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(233,3,1795997216,'session_messages','["5196ff6623707a00aeba17c13ea657ef","a4da236811428811dfae7d1819a6346a"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(234,3,1795997216,'session_messages','["55af887b1ccd0fa73def81a089d9f291","0ff5ea422caa81d3f146370ea330ea5b"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(235,3,1795997216,'session_messages','["55af887b1ccd0fa73def81a089d9f291","3639010e6fa4b22343c2965061c059a1"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(236,3,1795997216,'session_messages','["55af887b1ccd0fa73def81a089d9f291","277d4233d68683ca292c15fcea33eac7"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(237,3,1795997216,'session_messages','["55af887b1ccd0fa73def81a089d9f291","4b1c7815fa529b5bc09a5e40d1529342"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(238,3,1795997216,'session_messages','["55af887b1ccd0fa73def81a089d9f291","7ea892393223384511cc30a13fb059cc"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(239,3,1795997216,'session_messages','["55af887b1ccd0fa73def81a089d9f291","3e81a7037afe883330f72078a8a6b7c0"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(240,3,1795997216,'session_messages','["5be9de5ce920964ced3581f806726d74","a2cd0d484ef27c94815ec8563ac52c50"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(241,3,1795997216,'session_messages','["5be9de5ce920964ced3581f806726d74","b3158342306b33ed27354ac6e500dcfe"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(242,3,1795997216,'session_messages','["5be9de5ce920964ced3581f806726d74","954f9dcc4ebdea8ec51b0536d0945ae3"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(243,3,1795997216,'session_messages','["5be9de5ce920964ced3581f806726d74","a5b26aa41fb90a58d684b353bfc69b20"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(244,3,1795997216,'session_messages','["5be9de5ce920964ced3581f806726d74","39101329f01df43a0144d2b86b698f8b"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(245,3,1795997216,'session_messages','["bf7a4e6ecbbf2f345b318501d32a217d","988181b3fad4ee947029012281fd81d0"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(246,3,1795997216,'session_messages','["bf7a4e6ecbbf2f345b318501d32a217d","17a601be04f49dce86d8739aeefa0b31"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(247,3,1795997216,'session_messages','["bf7a4e6ecbbf2f345b318501d32a217d","a48e754ed34b6908f2cd3b5ad2785f5e"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(248,3,1795997216,'session_attachments','["bf7a4e6ecbbf2f345b318501d32a217d","13f96889076733e651039fda3eca49cd"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(249,3,1795997216,'session_messages','["d46aa2503f54812ba9edad17313cea76","851554892ab3567e8497d4ec371b2fe7"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(250,3,1795997216,'session_messages','["d46aa2503f54812ba9edad17313cea76","2f38a548fccbd9a3e75dac9897947488"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(251,3,1795997216,'session_messages','["d46aa2503f54812ba9edad17313cea76","5e87c349bcd6427e2c9ea3770cf883a6"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(252,3,1795997216,'session_attachments','["9a84edf4335e0d1c9f17e28b1969b27a","0141fbc64947a615737cef6330875ba5"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(253,3,1795997216,'session_attachments','["9a84edf4335e0d1c9f17e28b1969b27a","7965267ecea4a7c54b3a9abd5d663b09"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(254,3,1795997216,'session_attachments','["3130a3d394a946ff81aab448ab29c631","38a8a536d6637fe220be41925808e692"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(255,3,1795997216,'session_attachments','["3130a3d394a946ff81aab448ab29c631","5ce7bb72e305589b32621ecd4a8da36e"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(256,3,1795997216,'session_attachments','["3130a3d394a946ff81aab448ab29c631","b8b8e77aecf3793bc978205025f02939"]','inserted',NULL);
INSERT INTO sync_changes (change_id,run_id,changed_at,resource,key,change,"before") VALUES(257,5,1795997227,'playbooks','playbook-ae57fdd61d4e837f54aa28e20f260397','changed','{"access_type":"org","body":"## Wie wir Pull Requests beschreiben\n\n1. Please have a look at the second commit first, it is the risky one.\n2. The query scans the whole table because the index begins with tenant_id.\n3. The query scans the whole table because the index begins with tenant_id.","created_at":1768467390,"created_by":"email|65f1c02be9a7d40c1ab2","macro":"!macro_4","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","playbook_id":"playbook-ae57fdd61d4e837f54aa28e20f260397","structured_output_schema":null,"title":"Add an endpoint","updated_at":1769067390,"updated_by":"github|8814402"}');
CREATE INDEX sync_changes_by_row ON sync_changes (resource, key) WHERE change <> 'inserted';
CREATE TABLE sync_quarantine (
  org_id           TEXT NOT NULL,  -- @kept
  resource         TEXT NOT NULL,  -- @kept
  parent           TEXT NOT NULL DEFAULT '',  -- the parent whose list failed, or under which the item was listed @parent
  item             TEXT NOT NULL DEFAULT '',  -- the odd item as it came (secrets: left out); empty: the whole list @text
  reason           TEXT NOT NULL,  -- @text
  run_id           INTEGER NOT NULL,  -- the run that met it last @kept
  walk             INTEGER NOT NULL DEFAULT 0,  -- the walk that met the item last @kept
  attempts         INTEGER NOT NULL DEFAULT 1,  -- @kept
  first_failed_at  INTEGER NOT NULL,  -- @kept
  last_failed_at   INTEGER NOT NULL,  -- @kept
  retry_at         INTEGER NOT NULL, interval_start INTEGER
  /* of an item in a list that goes by time: where its span begins; NULL: it does not @kept */,  -- 0: in the next run @kept
  PRIMARY KEY (org_id, resource, parent, item)
) STRICT;
CREATE TABLE credential (
  principal_id            TEXT NOT NULL PRIMARY KEY,                             -- service_user_id, user_id or devin_id, by principal_type @kept
  _raw                    TEXT NOT NULL,                                         -- the object as Devin sent it @columns
  _first_synced_at        INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept
  _changed_at             INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at             INTEGER,                                               -- when the row was found gone from the server; NULL: alive @kept
  principal_type          TEXT AS (_raw ->> 'principal_type') VIRTUAL,           -- one of service_user, pat_user, devin_brain, windsurf_session; open set @kept
  org_id                  TEXT AS (_raw ->> 'org_id') VIRTUAL,                   -- the organization; NULL: an enterprise or personal key @kept
  service_user_id         TEXT AS (_raw ->> 'service_user_id') VIRTUAL,  -- @kept
  service_user_name       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'service_user_name') VIRTUAL,  -- @person(service_user_id)
  user_id                 TEXT AS (_raw ->> 'user_id') VIRTUAL,  -- @kept
  user_name               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'user_name') VIRTUAL,  -- @person(user_id)
  api_key_id              TEXT AS (_raw ->> 'api_key_id') VIRTUAL,  -- @kept
  api_key_name            TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'api_key_name') VIRTUAL,  -- @name
  devin_id                TEXT AS (_raw ->> 'devin_id') VIRTUAL,                 -- the session that owns the key @kept
  creator_service_user_id TEXT AS (_raw ->> 'creator_service_user_id') VIRTUAL  -- @kept
);
INSERT INTO credential (principal_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58','{"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","principal_type":"service_user","service_user_id":"service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58","service_user_name":"Mirror (read only)"}',1795997215,1795997215,NULL);
CREATE TABLE sessions (
  session_id        TEXT NOT NULL PRIMARY KEY,                             -- bare id, without the prefix devin- @kept
  _raw              TEXT NOT NULL,                                         -- the object as Devin sent it @columns
  _first_synced_at  INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept
  _changed_at       INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at       INTEGER,                                               -- when the row was found gone from the server; NULL: alive @kept
  org_id            TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization @kept
  status            TEXT AS (_raw ->> 'status') STORED,                    -- one of new, claimed, running, exit, error, suspended, resuming; open set @kept
  status_detail     TEXT AS (_raw ->> 'status_detail') STORED,             -- one of working, waiting_for_user, waiting_for_approval, finished, inactivity, user_request, usage_limit_exceeded, out_of_credits, out_of_quota, no_quota_allocation, payment_declined, org_usage_limit_exceeded, user_usage_limit_exceeded, total_session_limit_exceeded, contract_expired, error; open set @kept
  created_at        INTEGER AS (_raw ->> 'created_at') STORED,             -- Unix seconds, UTC @kept
  updated_at        INTEGER AS (_raw ->> 'updated_at') STORED,             -- Unix seconds, UTC @kept
  acus_consumed     REAL AS (_raw ->> 'acus_consumed') STORED,             -- agent compute units to date; 0 may mean not yet known @kept
  user_id           TEXT AS (_raw ->> 'user_id') STORED,                   -- who started it; 'bot_apk' where a service user did @kept
  service_user_id   TEXT AS (_raw ->> 'service_user_id') VIRTUAL,          -- the service user that started it @kept
  origin            TEXT AS (_raw ->> 'origin') STORED,                    -- one of webapp, slack, teams, api, linear, jira, scheduled, automation, cli, desktop, code_scan, other; open set @kept
  playbook_id       TEXT AS (_raw ->> 'playbook_id') STORED,               -- playbooks.playbook_id @kept
  parent_session_id TEXT AS (_raw ->> 'parent_session_id') STORED,         -- sessions.session_id of the session that started this one @kept
  is_archived       INTEGER AS (_raw ->> 'is_archived') STORED,            -- 1: archived, 0: not, NULL: not said @kept
  title             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'title') VIRTUAL,  -- @text
  url               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'url') VIRTUAL,  -- address in the web app @url
  category          TEXT AS (_raw ->> 'category') VIRTUAL,                 -- one of bug_fixing, ci_cd_and_devops, code_quality_and_security, code_review, code_review_and_analysis, data_and_automation, documentation_and_content, feature_development, migrations_and_upgrades, other, production_investigation, refactoring_and_optimization, research_and_exploration, security, unit_test_generation; open set; NULL while running @kept
  subcategory       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'subcategory') VIRTUAL,  -- @name
  devin_mode        TEXT AS (_raw ->> 'devin_mode') VIRTUAL,               -- one of normal, fast, lite, ultra, fusion; open set @kept
  automation_id     TEXT AS (_raw ->> 'automation_id') VIRTUAL,            -- the automation that started it @kept
  is_advanced       INTEGER AS (_raw ->> 'is_advanced') VIRTUAL,           -- 1 or 0; an older field, NULL on newer rows @kept
  tags              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'tags') VIRTUAL,  -- JSON list of text; unfolded in session_tags @[name]
  pull_requests     TEXT AS (_raw ->> 'pull_requests') VIRTUAL,            -- JSON list of {pr_url, pr_state}; unfolded in session_pull_requests @[{pr_url: url, pr_state: kept}]
  child_session_ids TEXT AS (_raw ->> 'child_session_ids') VIRTUAL,        -- JSON list of ids; unfolded in session_children @[kept]
  structured_output TEXT AS (_raw ->> 'structured_output') VIRTUAL,        -- JSON object, NULL where the session gave none @text
  security_profile  TEXT AS (_raw ->> 'security_profile') VIRTUAL,         -- JSON object {selection, profile_id} @{selection: kept, profile_id: kept}
  -- Bookkeeping. Until _settles_at the row is read again on a slowing schedule, since not every change of it moves
  -- updated_at; NULL: as long as the session lives. The lists below a session are read again when its _state changes.
  _settles_at INTEGER AS (CASE WHEN _raw ->> 'status' IN ('exit', 'error', 'suspended') THEN coalesce(_raw ->> 'updated_at', _raw ->> 'created_at', 0) + 604800 END) STORED,  -- @kept
  _state TEXT AS (coalesce(_raw ->> 'updated_at', '') || ' ' || coalesce(_raw ->> 'status', '')) STORED  -- @kept
);
INSERT INTO sessions (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('5be9de5ce920964ced3581f806726d74','{"acus_consumed":96.53125,"automation_id":null,"category":"feature_development","child_session_ids":["5196ff6623707a00aeba17c13ea657ef"],"created_at":1794259608,"devin_mode":"fusion","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"linear","parent_session_id":null,"playbook_id":null,"pull_requests":[],"service_user_id":null,"session_id":"5be9de5ce920964ced3581f806726d74","status":"running","status_detail":"working","subcategory":"Endpoint","tags":[],"title":"Write unit tests for \"PriceRule\"","updated_at":1795176189,"url":"https://app.devin.ai/sessions/5be9de5ce920964ced3581f806726d74","user_id":"github|8814402"}',1795997215,1795997216,NULL);
INSERT INTO sessions (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('55af887b1ccd0fa73def81a089d9f291','{"acus_consumed":68.578125,"automation_id":"automation-e334456466dcdf87c656b14ae99ec7dc","category":"bug_fixing","child_session_ids":[],"created_at":1793811274,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"automation","parent_session_id":null,"playbook_id":"playbook-3ce6f7a76d3d6a232dcb9f92c7f8ad35","pull_requests":[],"service_user_id":"service-user-64db06482262477dcc1f6629eebae2c6","session_id":"55af887b1ccd0fa73def81a089d9f291","status":"running","status_detail":"waiting_for_user","structured_output":null,"subcategory":"Refactoring","tags":[],"title":"Investigate memory growth in the importer (#3)","updated_at":1795176309,"url":"https://app.devin.ai/sessions/55af887b1ccd0fa73def81a089d9f291","user_id":"bot_apk"}',1795997215,1795997216,NULL);
INSERT INTO sessions (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('8e9d40cbc59a9f147b74bc428a04b5a9','{"acus_consumed":26.359375,"automation_id":null,"category":"feature_development","child_session_ids":[],"created_at":1792499032,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"api","parent_session_id":null,"playbook_id":null,"pull_requests":[],"service_user_id":"service-user-8f82dc8e4f6d0d5c4932f903ff00cecd","session_id":"8e9d40cbc59a9f147b74bc428a04b5a9","status":"running","status_detail":"waiting_for_user","structured_output":null,"subcategory":"Dependency upgrades","tags":["customer: Ünïcode GmbH","prio/1","émeraude"],"title":"Upgrade to Node 22 (#2)","updated_at":1795176249,"url":"https://app.devin.ai/sessions/8e9d40cbc59a9f147b74bc428a04b5a9","user_id":"bot_apk"}',1795997215,1795997216,NULL);
INSERT INTO sessions (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('2dc98dee3776a5a6a2cd50349992f88c','{"acus_consumed":15.578125,"automation_id":null,"category":"feature_development","child_session_ids":[],"created_at":1791053375,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"slack","parent_session_id":null,"playbook_id":"playbook-ae57fdd61d4e837f54aa28e20f260397","pull_requests":[{"pr_state":"merged","pr_url":"https://github.com/acme/mobile-app/pull/7981"}],"security_profile":{"profile_id":null,"selection":"inherit"},"service_user_id":null,"session_id":"2dc98dee3776a5a6a2cd50349992f88c","status":"running","status_detail":"working","subcategory":"Dependency upgrades","tags":["security"],"title":"Add retry to the payment webhook","updated_at":1795176189,"url":"https://app.devin.ai/sessions/2dc98dee3776a5a6a2cd50349992f88c","user_id":"email|66aa01d07c3f19b2e455"}',1795997215,1795997216,NULL);
INSERT INTO sessions (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('d46aa2503f54812ba9edad17313cea76','{"acus_consumed":66.328125,"automation_id":null,"category":"bug_fixing","child_session_ids":[],"created_at":1790834190,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"webapp","parent_session_id":null,"playbook_id":"playbook-2fb1601441f61b754c5c64b559dcdbf1","pull_requests":[],"service_user_id":null,"session_id":"d46aa2503f54812ba9edad17313cea76","status":"running","status_detail":"waiting_for_user","structured_output":null,"tags":["security"],"title":"Fix flaky login test","updated_at":1795176309,"url":"https://app.devin.ai/sessions/d46aa2503f54812ba9edad17313cea76","user_id":"email|66aa01d07c3f19b2e455"}',1795997215,1795997216,NULL);
INSERT INTO sessions (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('3130a3d394a946ff81aab448ab29c631','{"acus_consumed":34.921875,"category":"code_quality_and_security","child_session_ids":[],"created_at":1795176309,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"desktop","parent_session_id":null,"playbook_id":null,"pull_requests":[{"pr_state":"open","pr_url":"https://github.com/acme/infrastructure/pull/6624"}],"session_id":"3130a3d394a946ff81aab448ab29c631","status":"running","status_detail":"working","subcategory":"Dependency upgrades","tags":[],"title":"データベース移行スクリプトを書く (#9)","updated_at":1795176309,"url":"https://app.devin.ai/sessions/3130a3d394a946ff81aab448ab29c631","user_id":"github|8814402"}',1795997216,1795997216,NULL);
INSERT INTO sessions (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('bd998a97bb9fded8d2f37c64ba534dcf','{"acus_consumed":55.5,"automation_id":null,"category":"production_investigation","child_session_ids":[],"created_at":1795176249,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"cli","parent_session_id":null,"playbook_id":null,"pull_requests":[{"pr_state":"merged","pr_url":"https://github.com/acme/payments/pull/4713"},{"pr_state":null,"pr_url":"https://github.com/acme/web/pull/2586"}],"session_id":"bd998a97bb9fded8d2f37c64ba534dcf","status":"running","status_detail":"working","structured_output":null,"subcategory":"Other","tags":["backend","frontend","infra"],"title":"Document the public REST API","updated_at":1795176249,"url":"https://app.devin.ai/sessions/bd998a97bb9fded8d2f37c64ba534dcf","user_id":"email|66aa01d07c3f19b2e455"}',1795997216,1795997216,NULL);
INSERT INTO sessions (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('5196ff6623707a00aeba17c13ea657ef','{"acus_consumed":0,"automation_id":null,"category":"migrations_and_upgrades","child_session_ids":[],"created_at":1795176189,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"scheduled","parent_session_id":"5be9de5ce920964ced3581f806726d74","playbook_id":null,"pull_requests":[{"pr_state":"closed","pr_url":"https://github.com/acme-labs/ranking/pull/3906"}],"service_user_id":"service-user-1ae67b9b47c94f279c6053088bfcbfa5","session_id":"5196ff6623707a00aeba17c13ea657ef","status":"running","status_detail":"working","subcategory":"Dependency upgrades","tags":[],"title":"🚀 Ship dark mode for the dashboard","updated_at":1795176189,"url":"https://app.devin.ai/sessions/5196ff6623707a00aeba17c13ea657ef","user_id":"bot_apk"}',1795997216,1795997216,NULL);
INSERT INTO sessions (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('bf7a4e6ecbbf2f345b318501d32a217d','{"acus_consumed":73.140625,"automation_id":null,"category":"bug_fixing","child_session_ids":[],"created_at":1795176129,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"teams","parent_session_id":null,"playbook_id":null,"pull_requests":[{"pr_state":null,"pr_url":"https://github.com/acme/web/pull/5684"}],"security_profile":{"profile_id":null,"selection":"inherit"},"service_user_id":null,"session_id":"bf7a4e6ecbbf2f345b318501d32a217d","status":"suspended","status_detail":"inactivity","subcategory":"Other","tags":[],"title":"Refactor the order service into modules","updated_at":1795176309,"url":"https://app.devin.ai/sessions/bf7a4e6ecbbf2f345b318501d32a217d","user_id":"github|8814402"}',1795997216,1795997216,NULL);
INSERT INTO sessions (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('9a84edf4335e0d1c9f17e28b1969b27a','{"acus_consumed":67.375,"automation_id":null,"category":"feature_development","child_session_ids":[],"created_at":1795176069,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"jira","parent_session_id":null,"playbook_id":null,"pull_requests":[{"pr_state":"closed","pr_url":"https://github.com/acme/infrastructure/pull/2174"},{"pr_state":null,"pr_url":"https://github.com/acme/api/pull/5344"}],"service_user_id":null,"session_id":"9a84edf4335e0d1c9f17e28b1969b27a","status":"exit","status_detail":"finished","structured_output":null,"subcategory":"Endpoint","tags":[],"title":"Übersetzung der Fehlermeldungen prüfen (#5)","updated_at":1795176249,"url":"https://app.devin.ai/sessions/9a84edf4335e0d1c9f17e28b1969b27a","user_id":"email|65f1c02be9a7d40c1ab2"}',1795997216,1795997216,NULL);
CREATE INDEX sessions_by_update ON sessions (org_id, updated_at, session_id, _state, _settles_at, _deleted_at);
CREATE INDEX sessions_by_creation ON sessions (created_at);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE VIEW v_sessions AS
SELECT session_id, org_id, title, status, status_detail, acus_consumed, user_id, service_user_id, origin, category,
  subcategory, devin_mode, playbook_id, automation_id, parent_session_id, is_archived, tags, pull_requests, url,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM sessions WHERE _deleted_at IS NULL;
CREATE VIEW session_pull_requests AS
SELECT s.session_id, s.org_id, pr.key AS position, pr.value ->> 'pr_url' AS pr_url, pr.value ->> 'pr_state' AS pr_state
FROM sessions AS s, json_each(s._raw, '$.pull_requests') AS pr
WHERE s._deleted_at IS NULL AND pr.type = 'object';
CREATE TABLE session_insights (
  session_id         TEXT NOT NULL PRIMARY KEY,                             -- bare id, without the prefix devin- @kept
  _raw               TEXT NOT NULL,                                         -- the object as Devin sent it @columns
  _first_synced_at   INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept
  _changed_at        INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at        INTEGER,                                               -- when the row was found gone from the server; NULL: alive @kept
  org_id             TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization @kept
  status             TEXT AS (_raw ->> 'status') STORED,                    -- one of new, claimed, running, exit, error, suspended, resuming; open set @kept
  status_detail      TEXT AS (_raw ->> 'status_detail') VIRTUAL,            -- one of working, waiting_for_user, waiting_for_approval, finished, inactivity, user_request, usage_limit_exceeded, out_of_credits, out_of_quota, no_quota_allocation, payment_declined, org_usage_limit_exceeded, user_usage_limit_exceeded, total_session_limit_exceeded, contract_expired, error; open set @kept
  created_at         INTEGER AS (_raw ->> 'created_at') STORED,             -- Unix seconds, UTC @kept
  updated_at         INTEGER AS (_raw ->> 'updated_at') STORED,             -- Unix seconds, UTC @kept
  acus_consumed      REAL AS (_raw ->> 'acus_consumed') VIRTUAL,            -- agent compute units to date; 0 may mean not yet known @kept
  user_id            TEXT AS (_raw ->> 'user_id') VIRTUAL,                  -- who started it; 'bot_apk' where a service user did @kept
  service_user_id    TEXT AS (_raw ->> 'service_user_id') VIRTUAL,          -- the service user that started it @kept
  origin             TEXT AS (_raw ->> 'origin') VIRTUAL,                   -- one of webapp, slack, teams, api, linear, jira, scheduled, automation, cli, desktop, code_scan, other; open set @kept
  playbook_id        TEXT AS (_raw ->> 'playbook_id') VIRTUAL,              -- playbooks.playbook_id @kept
  parent_session_id  TEXT AS (_raw ->> 'parent_session_id') VIRTUAL,        -- sessions.session_id of the session that started this one @kept
  is_archived        INTEGER AS (_raw ->> 'is_archived') VIRTUAL,           -- 1: archived, 0: not, NULL: not said @kept
  title              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'title') VIRTUAL,  -- @text
  url                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'url') VIRTUAL,  -- address in the web app @url
  category           TEXT AS (_raw ->> 'category') VIRTUAL,                 -- one of bug_fixing, ci_cd_and_devops, code_quality_and_security, code_review, code_review_and_analysis, data_and_automation, documentation_and_content, feature_development, migrations_and_upgrades, other, production_investigation, refactoring_and_optimization, research_and_exploration, security, unit_test_generation; open set; NULL while running @kept
  subcategory        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'subcategory') VIRTUAL,  -- @name
  devin_mode         TEXT AS (_raw ->> 'devin_mode') VIRTUAL,               -- one of normal, fast, lite, ultra, fusion; open set @kept
  automation_id      TEXT AS (_raw ->> 'automation_id') VIRTUAL,            -- the automation that started it @kept
  is_advanced        INTEGER AS (_raw ->> 'is_advanced') VIRTUAL,           -- 1 or 0; an older field, NULL on newer rows @kept
  tags               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'tags') VIRTUAL,  -- JSON list of text; unfolded in session_tags @[name]
  pull_requests      TEXT AS (_raw ->> 'pull_requests') VIRTUAL,            -- JSON list of {pr_url, pr_state}; unfolded in session_pull_requests @[{pr_url: url, pr_state: kept}]
  child_session_ids  TEXT AS (_raw ->> 'child_session_ids') VIRTUAL,        -- JSON list of ids; unfolded in session_children @[kept]
  structured_output  TEXT AS (_raw ->> 'structured_output') VIRTUAL,        -- JSON object, NULL where the session gave none @text
  security_profile   TEXT AS (_raw ->> 'security_profile') VIRTUAL,         -- JSON object {selection, profile_id} @{selection: kept, profile_id: kept}
  num_user_messages  INTEGER AS (_raw ->> 'num_user_messages') VIRTUAL,     -- messages people wrote @kept
  num_devin_messages INTEGER AS (_raw ->> 'num_devin_messages') VIRTUAL,    -- messages Devin wrote @kept
  session_size       TEXT AS (_raw ->> 'session_size') STORED,              -- one of xs, s, m, l, xl; open set @kept
  analysis_status    TEXT AS (_raw ->> 'analysis_status') STORED,           -- completed; NULL before an analysis; open set @kept
  analysis           TEXT AS (_raw ->> 'analysis') VIRTUAL,                 -- JSON object: issues, timeline, action_items, classification, note_usage, suggested_prompt @{issues: [{id: kept, label: kept, impact: kept, title: text, issue: text}], timeline: [{color: kept, issue_id: kept, title: text, description: text}], action_items: [{type: kept, issue_id: kept, action_item: text}], classification: {category: kept, confidence: kept, programming_languages: [kept], tools_and_frameworks: [name]}, note_usage: {good_usages: [{note_id: kept, message: text, reason: text}], bad_usages: [{note_id: kept, message: text, reason: text}]}, suggested_prompt: {original_prompt: text, suggested_prompt: text}}
  -- Bookkeeping. Until _settles_at the row is read again on a slowing schedule, since not every change of it moves
  -- updated_at; NULL: as long as the session lives. The lists below a session are read again when its _state changes.
  _settles_at INTEGER AS (CASE WHEN _raw ->> 'status' IN ('exit', 'error', 'suspended') THEN coalesce(_raw ->> 'updated_at', _raw ->> 'created_at', 0) + iif(_raw ->> 'analysis_status' IS NULL, 2592000, 604800) END) STORED,  -- @kept
  _state TEXT AS (coalesce(_raw ->> 'updated_at', '') || ' ' || coalesce(_raw ->> 'status', '')) STORED  -- @kept
);
INSERT INTO session_insights (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('5be9de5ce920964ced3581f806726d74','{"acus_consumed":96.53125,"automation_id":null,"category":"feature_development","child_session_ids":["5196ff6623707a00aeba17c13ea657ef"],"created_at":1794259608,"devin_mode":"fusion","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"linear","parent_session_id":null,"playbook_id":null,"pull_requests":[],"service_user_id":null,"session_id":"5be9de5ce920964ced3581f806726d74","status":"running","status_detail":"working","subcategory":"Endpoint","tags":[],"title":"Write unit tests for \"PriceRule\"","updated_at":1795176189,"url":"https://app.devin.ai/sessions/5be9de5ce920964ced3581f806726d74","user_id":"github|8814402","analysis":{"action_items":[{"action_item":"All 214 tests pass locally; CI is still running.","issue_id":"issue-0","type":"machine_setup"},{"action_item":"The customer''s file has Windows line ends and a byte order mark.","issue_id":null,"type":"repo_config"},{"action_item":"Memory stays flat at 180 MB over one hour of load.","issue_id":"issue-0","type":"knowledge"},{"action_item":"I left the public interface as it was and deprecated the old name.","issue_id":null,"type":"prompt_improvement"}],"classification":{"category":"research_and_exploration","confidence":0.5,"programming_languages":["TypeScript"],"tools_and_frameworks":["GitHub Actions","Docker"]},"issues":[{"id":"issue-0","impact":"medium","issue":"The certificate chain on staging is missing the intermediate.","label":"environment","title":"Tests were slow"}],"note_usage":{"bad_usages":[],"good_usages":[{"message":"Ran the tests as noted","note_id":"note-96b9298c7582be19c91d4e1b0db7d24b","reason":"Two of the snapshots differ by one pixel, which I think is font rendering."}]},"suggested_prompt":{"feedback_items":[{"details":"I could not find who calls this endpoint, so I kept it.","excerpt":"Find out why","issue_id":null,"summary":"Name the repository"}],"original_prompt":"Please fix the flaky test `login_spec` and explain why it failed.","suggested_prompt":"Upgrade the runtime to the current LTS. Open one pull request per repository. Say how you checked it."},"timeline":[{"color":"green","description":"All 214 tests pass locally; CI is still running.","issue_id":null,"title":"Step 0 🛠"},{"color":"yellow","description":"The query scans the whole table because the index begins with tenant_id.","issue_id":null,"title":"Step 1 🛠"},{"color":"red","description":"Der Fehler tritt nur bei Umlauten im Dateinamen auf.","issue_id":null,"title":"Step 2 🛠"},{"color":"green","description":"All 214 tests pass locally; CI is still running.","issue_id":null,"title":"Step 3 🛠"},{"color":"yellow","description":"Memory stays flat at 180 MB over one hour of load.","issue_id":null,"title":"Step 4 🛠"},{"color":"red","description":"Two of the snapshots differ by one pixel, which I think is font rendering.","issue_id":null,"title":"Step 5 🛠"},{"color":"green","description":"Memory stays flat at 180 MB over one hour of load.","issue_id":null,"title":"Step 6 🛠"}]},"analysis_status":"completed","num_devin_messages":3,"num_user_messages":2,"session_size":"xs"}',1795997215,1795997216,NULL);
INSERT INTO session_insights (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('55af887b1ccd0fa73def81a089d9f291','{"acus_consumed":68.578125,"automation_id":"automation-e334456466dcdf87c656b14ae99ec7dc","category":"bug_fixing","child_session_ids":[],"created_at":1793811274,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"automation","parent_session_id":null,"playbook_id":"playbook-3ce6f7a76d3d6a232dcb9f92c7f8ad35","pull_requests":[],"service_user_id":"service-user-64db06482262477dcc1f6629eebae2c6","session_id":"55af887b1ccd0fa73def81a089d9f291","status":"running","status_detail":"waiting_for_user","structured_output":null,"subcategory":"Refactoring","tags":[],"title":"Investigate memory growth in the importer (#3)","updated_at":1795176309,"url":"https://app.devin.ai/sessions/55af887b1ccd0fa73def81a089d9f291","user_id":"bot_apk","analysis":{"action_items":[{"action_item":"The retry loop swallows the first error, so the log shows only the last one.","issue_id":"issue-0","type":"machine_setup"}],"classification":null,"issues":[{"id":"issue-0","impact":"medium","issue":"The customer''s file has Windows line ends and a byte order mark.","label":"environment","title":"Tests were slow"}],"note_usage":{"bad_usages":[],"good_usages":[{"message":"Ran the tests as noted","note_id":"note-59a5c378f183b106a825f94c2c9a2f01","reason":"I split the handler in two: one decides, one does."}]},"suggested_prompt":{"feedback_items":[{"details":"The query scans the whole table because the index begins with tenant_id.","excerpt":"Find out why","issue_id":null,"summary":"Name the repository"}],"original_prompt":"Add retries with backoff to the payment webhook. Don''t touch the \"legacy\" path.","suggested_prompt":"Write unit tests for the price rules, at least one per branch. Say how you checked it."},"timeline":[{"color":"green","description":"The retry loop swallows the first error, so the log shows only the last one.","issue_id":null,"title":"Step 0 🛠"},{"color":"yellow","description":"I left the public interface as it was and deprecated the old name.","issue_id":null,"title":"Step 1 🛠"},{"color":"red","description":"I split the handler in two: one decides, one does.","issue_id":null,"title":"Step 2 🛠"},{"color":"green","description":"Two of the snapshots differ by one pixel, which I think is font rendering.","issue_id":null,"title":"Step 3 🛠"},{"color":"yellow","description":"Two of the snapshots differ by one pixel, which I think is font rendering.","issue_id":null,"title":"Step 4 🛠"},{"color":"red","description":"The retry loop swallows the first error, so the log shows only the last one.","issue_id":null,"title":"Step 5 🛠"}]},"analysis_status":"completed","num_devin_messages":7,"num_user_messages":2,"session_size":"s"}',1795997215,1795997216,NULL);
INSERT INTO session_insights (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('8e9d40cbc59a9f147b74bc428a04b5a9','{"acus_consumed":26.359375,"automation_id":null,"category":"feature_development","child_session_ids":[],"created_at":1792499032,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"api","parent_session_id":null,"playbook_id":null,"pull_requests":[],"service_user_id":"service-user-8f82dc8e4f6d0d5c4932f903ff00cecd","session_id":"8e9d40cbc59a9f147b74bc428a04b5a9","status":"running","status_detail":"waiting_for_user","structured_output":null,"subcategory":"Dependency upgrades","tags":["customer: Ünïcode GmbH","prio/1","émeraude"],"title":"Upgrade to Node 22 (#2)","updated_at":1795176249,"url":"https://app.devin.ai/sessions/8e9d40cbc59a9f147b74bc428a04b5a9","user_id":"bot_apk","analysis":{"action_items":[{"action_item":"The retry loop swallows the first error, so the log shows only the last one.","issue_id":"issue-0","type":"machine_setup"}],"classification":{"category":"data_and_automation","confidence":0.87,"programming_languages":["Swift"],"tools_and_frameworks":["GitHub Actions","Docker"]},"issues":[{"id":"issue-0","impact":"medium","issue":"Please have a look at the second commit first, it is the risky one.","label":"environment","title":"Tests were slow"},{"id":"issue-1","impact":"low","issue":"The retry loop swallows the first error, so the log shows only the last one.","label":"prompt","title":"Tests were slow"},{"id":"issue-2","impact":"high","issue":"The customer''s file has Windows line ends and a byte order mark.","label":"knowledge","title":"Tests were slow"},{"id":"issue-3","impact":"medium","issue":"Memory stays flat at 180 MB over one hour of load.","label":"environment","title":"Tests were slow"}],"note_usage":null,"suggested_prompt":{"feedback_items":[{"details":"The migration takes 40 s on a copy of production.","excerpt":"Find out why","issue_id":null,"summary":"Name the repository"}],"original_prompt":"Write unit tests for the price rules, at least one per branch.","suggested_prompt":"Add retries with backoff to the payment webhook. Don''t touch the \"legacy\" path. Say how you checked it."},"timeline":[{"color":"green","description":"Der Fehler tritt nur bei Umlauten im Dateinamen auf.","issue_id":null,"title":"Step 0 🛠"},{"color":"yellow","description":"All 214 tests pass locally; CI is still running.","issue_id":null,"title":"Step 1 🛠"},{"color":"red","description":"キャッシュを削除すると再現しません。","issue_id":null,"title":"Step 2 🛠"},{"color":"green","description":"The customer''s file has Windows line ends and a byte order mark.","issue_id":null,"title":"Step 3 🛠"},{"color":"yellow","description":"I could not find who calls this endpoint, so I kept it.","issue_id":null,"title":"Step 4 🛠"},{"color":"red","description":"Please have a look at the second commit first, it is the risky one.","issue_id":null,"title":"Step 5 🛠"},{"color":"green","description":"The query scans the whole table because the index begins with tenant_id.","issue_id":null,"title":"Step 6 🛠"},{"color":"yellow","description":"I read the failing test and can reproduce it on a clean checkout.","issue_id":null,"title":"Step 7 🛠"},{"color":"red","description":"All 214 tests pass locally; CI is still running.","issue_id":null,"title":"Step 8 🛠"}]},"analysis_status":"completed","num_devin_messages":3,"num_user_messages":2,"session_size":"xs"}',1795997215,1795997216,NULL);
INSERT INTO session_insights (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('2dc98dee3776a5a6a2cd50349992f88c','{"acus_consumed":15.578125,"automation_id":null,"category":"feature_development","child_session_ids":[],"created_at":1791053375,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"slack","parent_session_id":null,"playbook_id":"playbook-ae57fdd61d4e837f54aa28e20f260397","pull_requests":[{"pr_state":"merged","pr_url":"https://github.com/acme/mobile-app/pull/7981"}],"security_profile":{"profile_id":null,"selection":"inherit"},"service_user_id":null,"session_id":"2dc98dee3776a5a6a2cd50349992f88c","status":"running","status_detail":"working","subcategory":"Dependency upgrades","tags":["security"],"title":"Add retry to the payment webhook","updated_at":1795176189,"url":"https://app.devin.ai/sessions/2dc98dee3776a5a6a2cd50349992f88c","user_id":"email|66aa01d07c3f19b2e455","analysis":null,"analysis_status":null,"num_devin_messages":3,"num_user_messages":4,"session_size":"s"}',1795997215,1795997216,NULL);
INSERT INTO session_insights (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('d46aa2503f54812ba9edad17313cea76','{"acus_consumed":66.328125,"automation_id":null,"category":"bug_fixing","child_session_ids":[],"created_at":1790834190,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"webapp","parent_session_id":null,"playbook_id":"playbook-2fb1601441f61b754c5c64b559dcdbf1","pull_requests":[],"service_user_id":null,"session_id":"d46aa2503f54812ba9edad17313cea76","status":"running","status_detail":"waiting_for_user","structured_output":null,"tags":["security"],"title":"Fix flaky login test","updated_at":1795176309,"url":"https://app.devin.ai/sessions/d46aa2503f54812ba9edad17313cea76","user_id":"email|66aa01d07c3f19b2e455","analysis":{"action_items":[{"action_item":"Two of the snapshots differ by one pixel, which I think is font rendering.","issue_id":"issue-0","type":"machine_setup"}],"classification":{"category":"data_and_automation","confidence":0.87,"programming_languages":["Swift"],"tools_and_frameworks":["GitHub Actions","Docker"]},"issues":[{"id":"issue-0","impact":"medium","issue":"The customer''s file has Windows line ends and a byte order mark.","label":"environment","title":"Tests were slow"},{"id":"issue-1","impact":"low","issue":"All 214 tests pass locally; CI is still running.","label":"prompt","title":"Tests were slow"}],"note_usage":{"bad_usages":[],"good_usages":[{"message":"Ran the tests as noted","note_id":"note-2e10216a62be16a9995a824cd70c5167","reason":"I could not find who calls this endpoint, so I kept it."}]},"suggested_prompt":{"feedback_items":[{"details":"The query scans the whole table because the index begins with tenant_id.","excerpt":"Find out why","issue_id":null,"summary":"Name the repository"}],"original_prompt":"Our nightly import got slower since last week. Find out why.\n\nRepo: acme/data-pipeline","suggested_prompt":"Write unit tests for the price rules, at least one per branch. Say how you checked it."},"timeline":[{"color":"green","description":"I left the public interface as it was and deprecated the old name.","issue_id":null,"title":"Step 0 🛠"},{"color":"yellow","description":"I read the failing test and can reproduce it on a clean checkout.","issue_id":null,"title":"Step 1 🛠"},{"color":"red","description":"I split the handler in two: one decides, one does.","issue_id":null,"title":"Step 2 🛠"},{"color":"green","description":"The retry loop swallows the first error, so the log shows only the last one.","issue_id":null,"title":"Step 3 🛠"},{"color":"yellow","description":"キャッシュを削除すると再現しません。","issue_id":null,"title":"Step 4 🛠"},{"color":"red","description":"All 214 tests pass locally; CI is still running.","issue_id":null,"title":"Step 5 🛠"}]},"analysis_status":"completed","num_devin_messages":3,"num_user_messages":4,"session_size":"s"}',1795997215,1795997216,NULL);
INSERT INTO session_insights (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('3130a3d394a946ff81aab448ab29c631','{"acus_consumed":34.921875,"category":"code_quality_and_security","child_session_ids":[],"created_at":1795176309,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"desktop","parent_session_id":null,"playbook_id":null,"pull_requests":[{"pr_state":"open","pr_url":"https://github.com/acme/infrastructure/pull/6624"}],"session_id":"3130a3d394a946ff81aab448ab29c631","status":"running","status_detail":"working","subcategory":"Dependency upgrades","tags":[],"title":"データベース移行スクリプトを書く (#9)","updated_at":1795176309,"url":"https://app.devin.ai/sessions/3130a3d394a946ff81aab448ab29c631","user_id":"github|8814402","analysis":null,"analysis_status":null,"num_devin_messages":0,"num_user_messages":1,"session_size":"xs"}',1795997216,1795997216,NULL);
INSERT INTO session_insights (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('bd998a97bb9fded8d2f37c64ba534dcf','{"acus_consumed":55.5,"automation_id":null,"category":"production_investigation","child_session_ids":[],"created_at":1795176249,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"cli","parent_session_id":null,"playbook_id":null,"pull_requests":[{"pr_state":"merged","pr_url":"https://github.com/acme/payments/pull/4713"},{"pr_state":null,"pr_url":"https://github.com/acme/web/pull/2586"}],"session_id":"bd998a97bb9fded8d2f37c64ba534dcf","status":"running","status_detail":"working","structured_output":null,"subcategory":"Other","tags":["backend","frontend","infra"],"title":"Document the public REST API","updated_at":1795176249,"url":"https://app.devin.ai/sessions/bd998a97bb9fded8d2f37c64ba534dcf","user_id":"email|66aa01d07c3f19b2e455","analysis":{"action_items":[{"action_item":"キャッシュを削除すると再現しません。","issue_id":"issue-0","type":"machine_setup"},{"action_item":"The migration takes 40 s on a copy of production.","issue_id":null,"type":"repo_config"}],"classification":{"category":"code_review_and_analysis","confidence":0.5,"programming_languages":["TypeScript"],"tools_and_frameworks":["GitHub Actions","Docker"]},"issues":[{"id":"issue-0","impact":"medium","issue":"The migration takes 40 s on a copy of production.","label":"environment","title":"Tests were slow"},{"id":"issue-1","impact":"low","issue":"Der Fehler tritt nur bei Umlauten im Dateinamen auf.","label":"prompt","title":"Tests were slow"},{"id":"issue-2","impact":"high","issue":"I read the failing test and can reproduce it on a clean checkout.","label":"knowledge","title":"Tests were slow"},{"id":"issue-3","impact":"medium","issue":"I left the public interface as it was and deprecated the old name.","label":"environment","title":"Tests were slow"}],"note_usage":{"bad_usages":[],"good_usages":[{"message":"Ran the tests as noted","note_id":"note-aafaf160a019fb259e5a611c18bf4722","reason":"The certificate chain on staging is missing the intermediate."}]},"suggested_prompt":{"feedback_items":[{"details":"Please have a look at the second commit first, it is the risky one.","excerpt":"Find out why","issue_id":null,"summary":"Name the repository"}],"original_prompt":"Please fix the flaky test `login_spec` and explain why it failed.","suggested_prompt":"Könntest du die Fehlermeldungen ins Deutsche übersetzen? Danke! 🙏 Say how you checked it."},"timeline":[{"color":"green","description":"All 214 tests pass locally; CI is still running.","issue_id":null,"title":"Step 0 🛠"},{"color":"yellow","description":"Der Fehler tritt nur bei Umlauten im Dateinamen auf.","issue_id":null,"title":"Step 1 🛠"},{"color":"red","description":"All 214 tests pass locally; CI is still running.","issue_id":null,"title":"Step 2 🛠"},{"color":"green","description":"Please have a look at the second commit first, it is the risky one.","issue_id":null,"title":"Step 3 🛠"},{"color":"yellow","description":"I read the failing test and can reproduce it on a clean checkout.","issue_id":null,"title":"Step 4 🛠"},{"color":"red","description":"Two of the snapshots differ by one pixel, which I think is font rendering.","issue_id":null,"title":"Step 5 🛠"}]},"analysis_status":"completed","num_devin_messages":0,"num_user_messages":1,"session_size":"xs"}',1795997216,1795997216,NULL);
INSERT INTO session_insights (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('5196ff6623707a00aeba17c13ea657ef','{"acus_consumed":0,"automation_id":null,"category":"migrations_and_upgrades","child_session_ids":[],"created_at":1795176189,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"scheduled","parent_session_id":"5be9de5ce920964ced3581f806726d74","playbook_id":null,"pull_requests":[{"pr_state":"closed","pr_url":"https://github.com/acme-labs/ranking/pull/3906"}],"service_user_id":"service-user-1ae67b9b47c94f279c6053088bfcbfa5","session_id":"5196ff6623707a00aeba17c13ea657ef","status":"running","status_detail":"working","subcategory":"Dependency upgrades","tags":[],"title":"🚀 Ship dark mode for the dashboard","updated_at":1795176189,"url":"https://app.devin.ai/sessions/5196ff6623707a00aeba17c13ea657ef","user_id":"bot_apk","analysis":{"action_items":[{"action_item":"I split the handler in two: one decides, one does.","issue_id":"issue-0","type":"machine_setup"}],"classification":{"category":"production_investigation","confidence":0.87,"programming_languages":["Swift"],"tools_and_frameworks":["GitHub Actions","Docker"]},"issues":[{"id":"issue-0","impact":"medium","issue":"All 214 tests pass locally; CI is still running.","label":"environment","title":"Tests were slow"},{"id":"issue-1","impact":"low","issue":"The customer''s file has Windows line ends and a byte order mark.","label":"prompt","title":"Tests were slow"}],"note_usage":{"bad_usages":[],"good_usages":[{"message":"Ran the tests as noted","note_id":"note-d7ceeb08af036318fb91448438434338","reason":"All 214 tests pass locally; CI is still running."}]},"suggested_prompt":null,"timeline":[{"color":"green","description":"I could not find who calls this endpoint, so I kept it.","issue_id":null,"title":"Step 0 🛠"},{"color":"yellow","description":"Memory stays flat at 180 MB over one hour of load.","issue_id":null,"title":"Step 1 🛠"},{"color":"red","description":"I left the public interface as it was and deprecated the old name.","issue_id":null,"title":"Step 2 🛠"},{"color":"green","description":"The query scans the whole table because the index begins with tenant_id.","issue_id":null,"title":"Step 3 🛠"},{"color":"yellow","description":"I read the failing test and can reproduce it on a clean checkout.","issue_id":null,"title":"Step 4 🛠"},{"color":"red","description":"I could not find who calls this endpoint, so I kept it.","issue_id":null,"title":"Step 5 🛠"},{"color":"green","description":"Two of the snapshots differ by one pixel, which I think is font rendering.","issue_id":null,"title":"Step 6 🛠"},{"color":"yellow","description":"I could not find who calls this endpoint, so I kept it.","issue_id":null,"title":"Step 7 🛠"},{"color":"red","description":"Der Fehler tritt nur bei Umlauten im Dateinamen auf.","issue_id":null,"title":"Step 8 🛠"}]},"analysis_status":"completed","num_devin_messages":0,"num_user_messages":1,"session_size":"xs"}',1795997216,1795997216,NULL);
INSERT INTO session_insights (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('bf7a4e6ecbbf2f345b318501d32a217d','{"acus_consumed":73.140625,"automation_id":null,"category":"bug_fixing","child_session_ids":[],"created_at":1795176129,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"teams","parent_session_id":null,"playbook_id":null,"pull_requests":[{"pr_state":null,"pr_url":"https://github.com/acme/web/pull/5684"}],"security_profile":{"profile_id":null,"selection":"inherit"},"service_user_id":null,"session_id":"bf7a4e6ecbbf2f345b318501d32a217d","status":"suspended","status_detail":"inactivity","subcategory":"Other","tags":[],"title":"Refactor the order service into modules","updated_at":1795176309,"url":"https://app.devin.ai/sessions/bf7a4e6ecbbf2f345b318501d32a217d","user_id":"github|8814402","analysis":null,"analysis_status":null,"num_devin_messages":2,"num_user_messages":1,"session_size":"xs"}',1795997216,1795997216,NULL);
INSERT INTO session_insights (session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('9a84edf4335e0d1c9f17e28b1969b27a','{"acus_consumed":67.375,"automation_id":null,"category":"feature_development","child_session_ids":[],"created_at":1795176069,"devin_mode":"normal","is_archived":false,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","origin":"jira","parent_session_id":null,"playbook_id":null,"pull_requests":[{"pr_state":"closed","pr_url":"https://github.com/acme/infrastructure/pull/2174"},{"pr_state":null,"pr_url":"https://github.com/acme/api/pull/5344"}],"service_user_id":null,"session_id":"9a84edf4335e0d1c9f17e28b1969b27a","status":"exit","status_detail":"finished","structured_output":null,"subcategory":"Endpoint","tags":[],"title":"Übersetzung der Fehlermeldungen prüfen (#5)","updated_at":1795176249,"url":"https://app.devin.ai/sessions/9a84edf4335e0d1c9f17e28b1969b27a","user_id":"email|65f1c02be9a7d40c1ab2","analysis":null,"analysis_status":null,"num_devin_messages":1,"num_user_messages":1,"session_size":"xs"}',1795997216,1795997216,NULL);
CREATE INDEX session_insights_by_update ON session_insights (org_id, updated_at, session_id, _settles_at, _deleted_at);
CREATE VIEW v_session_insights AS
SELECT session_id, org_id, num_user_messages, num_devin_messages, session_size, analysis_status,
  analysis ->> '$.classification.category' AS classified_as,
  analysis ->> '$.classification.confidence' AS confidence,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM session_insights WHERE _deleted_at IS NULL;
CREATE VIEW session_issues AS
SELECT s.session_id, s.org_id, issue.value ->> 'id' AS issue_id, issue.value ->> 'label' AS label,
  issue.value ->> 'impact' AS impact, issue.value ->> 'title' AS title, issue.value ->> 'issue' AS issue
FROM session_insights AS s, json_each(s._raw, '$.analysis.issues') AS issue
WHERE s._deleted_at IS NULL AND issue.type = 'object';
CREATE TABLE session_messages (
  session_id       TEXT NOT NULL,                                         -- the session: sessions.session_id @kept
  event_id         TEXT NOT NULL,                                         -- Devin's id of the message @kept
  org_id           TEXT NOT NULL,                                         -- the organization @kept
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                               -- when the row was found gone from the server; NULL: alive @kept
  source           TEXT AS (_raw ->> 'source') VIRTUAL,                   -- one of devin, user; open set @kept
  created_at       INTEGER AS (_raw ->> 'created_at') VIRTUAL,            -- Unix seconds, UTC @kept
  message          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'message') VIRTUAL,  -- the text; files appear in it as ATTACHMENT:{…} @text
  PRIMARY KEY (session_id, event_id)
);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('2dc98dee3776a5a6a2cd50349992f88c','1121c38b951bd0e4c4aecabd4caadde9','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1791054132,"event_id":"1121c38b951bd0e4c4aecabd4caadde9","message":"Please fix the flaky test `login_spec` and explain why it failed.","source":"user"}',1795997215,1795997215,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('2dc98dee3776a5a6a2cd50349992f88c','80df51bd20f9198729e758687f5f7a4a','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1791054889,"event_id":"80df51bd20f9198729e758687f5f7a4a","message":"I could not find who calls this endpoint, so I kept it.\n- キャッシュを削除すると再現しません。\n- I could not find who calls this endpoint, so I kept it.\n- All 214 tests pass locally; CI is still running.","source":"devin"}',1795997215,1795997215,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('55af887b1ccd0fa73def81a089d9f291','2bb59698ae7a5a0e44a14660b4127b9f','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1793812137,"event_id":"2bb59698ae7a5a0e44a14660b4127b9f","message":"Add retries with backoff to the payment webhook. Don''t touch the \"legacy\" path.","source":"user"}',1795997215,1795997215,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('55af887b1ccd0fa73def81a089d9f291','ca9fed438fe7b287ef6e3ebd82370cb6','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1793813000,"event_id":"ca9fed438fe7b287ef6e3ebd82370cb6","message":"The customer''s file has Windows line ends and a byte order mark.\n- キャッシュを削除すると再現しません。\n- The query scans the whole table because the index begins with tenant_id.\n- All 214 tests pass locally; CI is still running.","source":"devin"}',1795997215,1795997215,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('55af887b1ccd0fa73def81a089d9f291','795ae54e89678a60ef99fd4a869111c2','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1793813863,"event_id":"795ae54e89678a60ef99fd4a869111c2","message":"The migration takes 40 s on a copy of production. Please have a look at the second commit first, it is the risky one. Two of the snapshots differ by one pixel, which I think is font rendering. I could not find who calls this endpoint, so I kept it. All 214 tests pass locally; CI is still running. Please have a look at the second commit first, it is the risky one. The certificate chain on staging is missing the intermediate. Two of the snapshots differ by one pixel, which I think is font rendering. I split the handler in two: one decides, one does. Memory stays flat at 180 MB over one hour of load. I left the public interface as it was and deprecated the old name. I could not find who calls this endpoint, so I kept it.","source":"devin"}',1795997215,1795997215,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('d46aa2503f54812ba9edad17313cea76','679c9135fcbe93e204667ac7bea2ea35','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1790834472,"event_id":"679c9135fcbe93e204667ac7bea2ea35","message":"Könntest du die Fehlermeldungen ins Deutsche übersetzen? Danke! 🙏","source":"user"}',1795997215,1795997215,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('d46aa2503f54812ba9edad17313cea76','ca3a4404cc4cb84de7b9700b04c07c2b','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1790834754,"event_id":"ca3a4404cc4cb84de7b9700b04c07c2b","message":"Two of the snapshots differ by one pixel, which I think is font rendering. The retry loop swallows the first error, so the log shows only the last one.","source":"devin"}',1795997215,1795997215,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('d46aa2503f54812ba9edad17313cea76','b3e0301c9abea1cf540eb87bc230b164','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1790835036,"event_id":"b3e0301c9abea1cf540eb87bc230b164","message":"Go on.","source":"user"}',1795997215,1795997215,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('d46aa2503f54812ba9edad17313cea76','c9ba3535307b79a4875396a8f4eb720f','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1790835318,"event_id":"c9ba3535307b79a4875396a8f4eb720f","message":"The customer''s file has Windows line ends and a byte order mark. I left the public interface as it was and deprecated the old name. The customer''s file has Windows line ends and a byte order mark. I split the handler in two: one decides, one does. I read the failing test and can reproduce it on a clean checkout. I could not find who calls this endpoint, so I kept it. The migration takes 40 s on a copy of production.","source":"devin"}',1795997215,1795997215,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('8e9d40cbc59a9f147b74bc428a04b5a9','f8e687e97bcf7b23134ad7ebc7960201','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1792499696,"event_id":"f8e687e97bcf7b23134ad7ebc7960201","message":"Könntest du die Fehlermeldungen ins Deutsche übersetzen? Danke! 🙏","source":"user"}',1795997215,1795997215,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('2dc98dee3776a5a6a2cd50349992f88c','1c67f18f658c16eb09056247541a3828','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176069,"event_id":"1c67f18f658c16eb09056247541a3828","message":"See \"PriceRule.swift\", the branch for `quantity < 0`.","source":"user"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('2dc98dee3776a5a6a2cd50349992f88c','dd140ab46b5596526262edd4232b8e38','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176069,"event_id":"dd140ab46b5596526262edd4232b8e38","message":"The retry loop swallows the first error, so the log shows only the last one.\n- I left the public interface as it was and deprecated the old name.\n- I read the failing test and can reproduce it on a clean checkout.\n- The customer''s file has Windows line ends and a byte order mark.\n- All 214 tests pass locally; CI is still running.\n- Memory stays flat at 180 MB over one hour of load.\n- All 214 tests pass locally; CI is still running.\n- I split the handler in two: one decides, one does.\n- The customer''s file has Windows line ends and a byte order mark.\n- Der Fehler tritt nur bei Umlauten im Dateinamen auf.\n- I left the public interface as it was and deprecated the old name.\n- Memory stays flat at 180 MB over one hour of load.\n- The customer''s file has Windows line ends and a byte order mark.","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('2dc98dee3776a5a6a2cd50349992f88c','743655562ebbb5a35c702a1e0d5e521d','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176189,"event_id":"743655562ebbb5a35c702a1e0d5e521d","message":"The numbers in the second table look wrong to me.\nExpected 1,204, got 1,203.","source":"user"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('2dc98dee3776a5a6a2cd50349992f88c','831f07f157df1a8352ccbdb385de5c38','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176189,"event_id":"831f07f157df1a8352ccbdb385de5c38","message":"Please have a look at the second commit first, it is the risky one. I split the handler in two: one decides, one does. I could not find who calls this endpoint, so I kept it. All 214 tests pass locally; CI is still running. The certificate chain on staging is missing the intermediate. キャッシュを削除すると再現しません。","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('2dc98dee3776a5a6a2cd50349992f88c','4fd7473ff44aa8183f79ba0ce517d515','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176189,"event_id":"4fd7473ff44aa8183f79ba0ce517d515","message":"Stop: that file is generated, change the template instead.","source":"user"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('3130a3d394a946ff81aab448ab29c631','0e8c07a1e76052862f851b0fbbb96fe7','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176309,"event_id":"0e8c07a1e76052862f851b0fbbb96fe7","message":"Add retries with backoff to the payment webhook. Don''t touch the \"legacy\" path.","source":"user"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('8e9d40cbc59a9f147b74bc428a04b5a9','b263cb44b6cfc267b32cea3d316636e2','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176069,"event_id":"b263cb44b6cfc267b32cea3d316636e2","message":"The migration takes 40 s on a copy of production. Please have a look at the second commit first, it is the risky one. The customer''s file has Windows line ends and a byte order mark. I read the failing test and can reproduce it on a clean checkout. Memory stays flat at 180 MB over one hour of load. The certificate chain on staging is missing the intermediate. All 214 tests pass locally; CI is still running. Two of the snapshots differ by one pixel, which I think is font rendering. I left the public interface as it was and deprecated the old name. The query scans the whole table because the index begins with tenant_id. All 214 tests pass locally; CI is still running.","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('8e9d40cbc59a9f147b74bc428a04b5a9','4580eb1468aee3a04429c1d800cd3dfe','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176129,"event_id":"4580eb1468aee3a04429c1d800cd3dfe","message":"The customer''s file has Windows line ends and a byte order mark.\n- キャッシュを削除すると再現しません。\n- The query scans the whole table because the index begins with tenant_id.\n- All 214 tests pass locally; CI is still running.","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('8e9d40cbc59a9f147b74bc428a04b5a9','5a196cf83e1baa115e78d1722baa151e','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176129,"event_id":"5a196cf83e1baa115e78d1722baa151e","message":"I split the handler in two: one decides, one does. I split the handler in two: one decides, one does. All 214 tests pass locally; CI is still running.","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('8e9d40cbc59a9f147b74bc428a04b5a9','c85f785017ce5a404244ebaa33b73b3c','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176249,"event_id":"c85f785017ce5a404244ebaa33b73b3c","message":"Stop: that file is generated, change the template instead.","source":"user"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('9a84edf4335e0d1c9f17e28b1969b27a','75845cbf35ae84196d0501ce431584c3','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176069,"event_id":"75845cbf35ae84196d0501ce431584c3","message":"Upgrade the runtime to the current LTS. Open one pull request per repository.","source":"user"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('9a84edf4335e0d1c9f17e28b1969b27a','6e182bd8e123553c84e001cbd223434e','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176249,"event_id":"6e182bd8e123553c84e001cbd223434e","message":"The migration takes 40 s on a copy of production. All 214 tests pass locally; CI is still running. Two of the snapshots differ by one pixel, which I think is font rendering. I could not find who calls this endpoint, so I kept it. The customer''s file has Windows line ends and a byte order mark. The certificate chain on staging is missing the intermediate. The certificate chain on staging is missing the intermediate. The migration takes 40 s on a copy of production. I read the failing test and can reproduce it on a clean checkout. The migration takes 40 s on a copy of production. Memory stays flat at 180 MB over one hour of load. The customer''s file has Windows line ends and a byte order mark.","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('bd998a97bb9fded8d2f37c64ba534dcf','437b21d237716e909273f381070464d8','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176249,"event_id":"437b21d237716e909273f381070464d8","message":"Clean up unused feature flags; list those you are not sure about.","source":"user"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('5196ff6623707a00aeba17c13ea657ef','a4da236811428811dfae7d1819a6346a','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176189,"event_id":"a4da236811428811dfae7d1819a6346a","message":"Please fix the flaky test `login_spec` and explain why it failed.","source":"user"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('55af887b1ccd0fa73def81a089d9f291','0ff5ea422caa81d3f146370ea330ea5b','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176189,"event_id":"0ff5ea422caa81d3f146370ea330ea5b","message":"The query scans the whole table because the index begins with tenant_id. I could not find who calls this endpoint, so I kept it. I could not find who calls this endpoint, so I kept it. The migration takes 40 s on a copy of production. I could not find who calls this endpoint, so I kept it. All 214 tests pass locally; CI is still running. The customer''s file has Windows line ends and a byte order mark. The certificate chain on staging is missing the intermediate. Memory stays flat at 180 MB over one hour of load. キャッシュを削除すると再現しません。","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('55af887b1ccd0fa73def81a089d9f291','3639010e6fa4b22343c2965061c059a1','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176189,"event_id":"3639010e6fa4b22343c2965061c059a1","message":"Two of the snapshots differ by one pixel, which I think is font rendering. The migration takes 40 s on a copy of production. The query scans the whole table because the index begins with tenant_id. Two of the snapshots differ by one pixel, which I think is font rendering. The retry loop swallows the first error, so the log shows only the last one.","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('55af887b1ccd0fa73def81a089d9f291','277d4233d68683ca292c15fcea33eac7','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176249,"event_id":"277d4233d68683ca292c15fcea33eac7","message":"キャッシュを削除すると再現しません。 Two of the snapshots differ by one pixel, which I think is font rendering.","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('55af887b1ccd0fa73def81a089d9f291','4b1c7815fa529b5bc09a5e40d1529342','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176249,"event_id":"4b1c7815fa529b5bc09a5e40d1529342","message":"Please rebase onto main.","source":"user"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('55af887b1ccd0fa73def81a089d9f291','7ea892393223384511cc30a13fb059cc','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176309,"event_id":"7ea892393223384511cc30a13fb059cc","message":"Two of the snapshots differ by one pixel, which I think is font rendering. The retry loop swallows the first error, so the log shows only the last one.","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('55af887b1ccd0fa73def81a089d9f291','3e81a7037afe883330f72078a8a6b7c0','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176309,"event_id":"3e81a7037afe883330f72078a8a6b7c0","message":"The migration takes 40 s on a copy of production. I could not find who calls this endpoint, so I kept it. I split the handler in two: one decides, one does. I split the handler in two: one decides, one does. The certificate chain on staging is missing the intermediate. Please have a look at the second commit first, it is the risky one. All 214 tests pass locally; CI is still running. The migration takes 40 s on a copy of production. The query scans the whole table because the index begins with tenant_id. Please have a look at the second commit first, it is the risky one. I split the handler in two: one decides, one does. The customer''s file has Windows line ends and a byte order mark. I split the handler in two: one decides, one does.","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('5be9de5ce920964ced3581f806726d74','a2cd0d484ef27c94815ec8563ac52c50','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176069,"event_id":"a2cd0d484ef27c94815ec8563ac52c50","message":"Upgrade the runtime to the current LTS. Open one pull request per repository.","source":"user"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('5be9de5ce920964ced3581f806726d74','b3158342306b33ed27354ac6e500dcfe','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176069,"event_id":"b3158342306b33ed27354ac6e500dcfe","message":"Memory stays flat at 180 MB over one hour of load. I read the failing test and can reproduce it on a clean checkout. キャッシュを削除すると再現しません。 The customer''s file has Windows line ends and a byte order mark. The retry loop swallows the first error, so the log shows only the last one. I split the handler in two: one decides, one does. Please have a look at the second commit first, it is the risky one.","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('5be9de5ce920964ced3581f806726d74','954f9dcc4ebdea8ec51b0536d0945ae3','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176069,"event_id":"954f9dcc4ebdea8ec51b0536d0945ae3","message":"I left the public interface as it was and deprecated the old name. Please have a look at the second commit first, it is the risky one. The retry loop swallows the first error, so the log shows only the last one. Memory stays flat at 180 MB over one hour of load. Two of the snapshots differ by one pixel, which I think is font rendering. The migration takes 40 s on a copy of production. Memory stays flat at 180 MB over one hour of load. I split the handler in two: one decides, one does.","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('5be9de5ce920964ced3581f806726d74','a5b26aa41fb90a58d684b353bfc69b20','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176129,"event_id":"a5b26aa41fb90a58d684b353bfc69b20","message":"The customer''s file has Windows line ends and a byte order mark. The query scans the whole table because the index begins with tenant_id.","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('5be9de5ce920964ced3581f806726d74','39101329f01df43a0144d2b86b698f8b','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176129,"event_id":"39101329f01df43a0144d2b86b698f8b","message":"ok","source":"user"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('bf7a4e6ecbbf2f345b318501d32a217d','988181b3fad4ee947029012281fd81d0','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176129,"event_id":"988181b3fad4ee947029012281fd81d0","message":"Clean up unused feature flags; list those you are not sure about.","source":"user"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('bf7a4e6ecbbf2f345b318501d32a217d','17a601be04f49dce86d8739aeefa0b31','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176309,"event_id":"17a601be04f49dce86d8739aeefa0b31","message":"The customer''s file has Windows line ends and a byte order mark. The query scans the whole table because the index begins with tenant_id.","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('bf7a4e6ecbbf2f345b318501d32a217d','a48e754ed34b6908f2cd3b5ad2785f5e','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176309,"event_id":"a48e754ed34b6908f2cd3b5ad2785f5e","message":"Der Fehler tritt nur bei Umlauten im Dateinamen auf. The customer''s file has Windows line ends and a byte order mark. The retry loop swallows the first error, so the log shows only the last one. Two of the snapshots differ by one pixel, which I think is font rendering.","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('d46aa2503f54812ba9edad17313cea76','851554892ab3567e8497d4ec371b2fe7','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176309,"event_id":"851554892ab3567e8497d4ec371b2fe7","message":"Can you also cover the empty list?","source":"user"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('d46aa2503f54812ba9edad17313cea76','2f38a548fccbd9a3e75dac9897947488','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176309,"event_id":"2f38a548fccbd9a3e75dac9897947488","message":"The migration takes 40 s on a copy of production. I left the public interface as it was and deprecated the old name.","source":"devin"}',1795997216,1795997216,NULL);
INSERT INTO session_messages (session_id,event_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('d46aa2503f54812ba9edad17313cea76','5e87c349bcd6427e2c9ea3770cf883a6','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"created_at":1795176309,"event_id":"5e87c349bcd6427e2c9ea3770cf883a6","message":"Thanks, looks good 👍","source":"user"}',1795997216,1795997216,NULL);
CREATE VIEW v_session_messages AS
SELECT session_id, event_id, org_id, source, message,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM session_messages WHERE _deleted_at IS NULL;
CREATE TABLE session_attachments (
  session_id       TEXT NOT NULL,                                         -- the session: sessions.session_id @kept
  attachment_id    TEXT NOT NULL,                                         -- Devin's id of the attachment @kept
  org_id           TEXT NOT NULL,                                         -- the organization @kept
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                               -- when the row was found gone from the server; NULL: alive @kept
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- file name @text
  url              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'url') VIRTUAL,  -- address of the file; asks for the key @url
  source           TEXT AS (_raw ->> 'source') VIRTUAL,                   -- one of devin, user; open set @kept
  content_type     TEXT AS (_raw ->> 'content_type') VIRTUAL,             -- MIME type, NULL: not known @kept
  PRIMARY KEY (session_id, attachment_id)
);
INSERT INTO session_attachments (session_id,attachment_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('d46aa2503f54812ba9edad17313cea76','7726ffa0c698b737621008aa00b5ea73','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"attachment_id":"7726ffa0c698b737621008aa00b5ea73","content_type":"image/png","name":"screenshot 1.png","source":"devin","url":"https://app.devin.ai/attachments/d46aa2503f54812ba9edad17313cea76/screenshot%201.png"}',1795997215,1795997215,NULL);
INSERT INTO session_attachments (session_id,attachment_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('bf7a4e6ecbbf2f345b318501d32a217d','13f96889076733e651039fda3eca49cd','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"attachment_id":"13f96889076733e651039fda3eca49cd","content_type":"application/json","name":"trace.json","source":"user","url":"https://app.devin.ai/attachments/bf7a4e6ecbbf2f345b318501d32a217d/trace.json"}',1795997216,1795997216,NULL);
INSERT INTO session_attachments (session_id,attachment_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('9a84edf4335e0d1c9f17e28b1969b27a','0141fbc64947a615737cef6330875ba5','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"attachment_id":"0141fbc64947a615737cef6330875ba5","content_type":"text/csv","name":"übersicht.csv","source":"devin","url":"https://app.devin.ai/attachments/9a84edf4335e0d1c9f17e28b1969b27a/übersicht.csv"}',1795997216,1795997216,NULL);
INSERT INTO session_attachments (session_id,attachment_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('9a84edf4335e0d1c9f17e28b1969b27a','7965267ecea4a7c54b3a9abd5d663b09','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"attachment_id":"7965267ecea4a7c54b3a9abd5d663b09","content_type":"image/png","name":"screenshot 1.png","source":"user","url":"https://app.devin.ai/attachments/9a84edf4335e0d1c9f17e28b1969b27a/screenshot%201.png"}',1795997216,1795997216,NULL);
INSERT INTO session_attachments (session_id,attachment_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('3130a3d394a946ff81aab448ab29c631','38a8a536d6637fe220be41925808e692','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"attachment_id":"38a8a536d6637fe220be41925808e692","content_type":"image/jpeg","name":"before-after.jpg","source":"user","url":"https://app.devin.ai/attachments/3130a3d394a946ff81aab448ab29c631/before-after.jpg"}',1795997216,1795997216,NULL);
INSERT INTO session_attachments (session_id,attachment_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('3130a3d394a946ff81aab448ab29c631','5ce7bb72e305589b32621ecd4a8da36e','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"attachment_id":"5ce7bb72e305589b32621ecd4a8da36e","content_type":"image/png","name":"screenshot 1.png","source":"devin","url":"https://app.devin.ai/attachments/3130a3d394a946ff81aab448ab29c631/screenshot%201.png"}',1795997216,1795997216,NULL);
INSERT INTO session_attachments (session_id,attachment_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('3130a3d394a946ff81aab448ab29c631','b8b8e77aecf3793bc978205025f02939','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"attachment_id":"b8b8e77aecf3793bc978205025f02939","content_type":"application/json","name":"trace.json","source":"devin","url":"https://app.devin.ai/attachments/3130a3d394a946ff81aab448ab29c631/trace.json"}',1795997216,1795997216,NULL);
CREATE TABLE playbooks (
  playbook_id              TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw                     TEXT NOT NULL,                                         -- the object as Devin sent it @columns
  _first_synced_at         INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept
  _changed_at              INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at              INTEGER,                                               -- when the row was found gone from the server; NULL: alive @kept
  org_id                   TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization; NULL: shared by the enterprise @kept
  access_type              TEXT AS (_raw ->> 'access_type') STORED,               -- one of enterprise, org; open set @kept
  title                    TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'title') VIRTUAL,  -- @text
  macro                    TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'macro') VIRTUAL,  -- short name that people type to use it @name
  body                     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'body') VIRTUAL,  -- the instructions @text
  created_by               TEXT AS (_raw ->> 'created_by') VIRTUAL,               -- user id @kept
  updated_by               TEXT AS (_raw ->> 'updated_by') VIRTUAL,               -- user id @kept
  created_at               INTEGER AS (_raw ->> 'created_at') VIRTUAL,            -- Unix seconds, UTC @kept
  updated_at               INTEGER AS (_raw ->> 'updated_at') STORED,             -- Unix seconds, UTC @kept
  structured_output_schema TEXT AS (_raw ->> 'structured_output_schema') VIRTUAL  -- JSON object, NULL: none @text
);
INSERT INTO playbooks (playbook_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('playbook-9b3c7fc91a02edda4996c55e3abb8e30','{"access_type":"org","body":"キャッシュを削除すると再現しません。 (edited in step 2)","created_at":1771563529,"created_by":"email|65f1c02be9a7d40c1ab2","macro":"!macro_0","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","playbook_id":"playbook-9b3c7fc91a02edda4996c55e3abb8e30","structured_output_schema":null,"title":"Fix a failing CI job","updated_at":1795176129,"updated_by":"email|65f1c02be9a7d40c1ab2"}',1795997215,1795997216,NULL);
INSERT INTO playbooks (playbook_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('playbook-3ce6f7a76d3d6a232dcb9f92c7f8ad35','{"access_type":"org","body":"## Wie wir Pull Requests beschreiben\n\n1. The customer''s file has Windows line ends and a byte order mark.\n2. The customer''s file has Windows line ends and a byte order mark.\n3. I read the failing test and can reproduce it on a clean checkout.\n4. The certificate chain on staging is missing the intermediate.\n5. I could not find who calls this endpoint, so I kept it.\n6. I could not find who calls this endpoint, so I kept it.\n7. Memory stays flat at 180 MB over one hour of load.\n8. All 214 tests pass locally; CI is still running.","created_at":1770251006,"created_by":"google-oauth2|117730298840021136541","macro":null,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","playbook_id":"playbook-3ce6f7a76d3d6a232dcb9f92c7f8ad35","title":"Upgrade a dependency","updated_at":1770851006,"updated_by":"email|65f1c02be9a7d40c1ab2"}',1795997215,1795997215,NULL);
INSERT INTO playbooks (playbook_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('playbook-2fb1601441f61b754c5c64b559dcdbf1','{"access_type":"org","body":"## Naming of branches\n\n1. Der Fehler tritt nur bei Umlauten im Dateinamen auf.\n2. The retry loop swallows the first error, so the log shows only the last one.\n3. The query scans the whole table because the index begins with tenant_id.\n4. The migration takes 40 s on a copy of production.\n5. Memory stays flat at 180 MB over one hour of load.\n6. キャッシュを削除すると再現しません。\n7. I read the failing test and can reproduce it on a clean checkout.","created_at":1764452625,"created_by":"google-oauth2|117730298840021136541","macro":"!macro_2","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","playbook_id":"playbook-2fb1601441f61b754c5c64b559dcdbf1","structured_output_schema":{"properties":{"summary":{"type":"string"}},"required":["summary"],"type":"object"},"title":"Triage a bug report","updated_at":1765052625,"updated_by":"email|67b2d0e94411fa0c7d31"}',1795997215,1795997215,NULL);
INSERT INTO playbooks (playbook_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('playbook-368e3050be06b1bcaf99c2a3039a06bc','{"access_type":"enterprise","body":"## Deploying to staging\n\n1. I split the handler in two: one decides, one does.\n2. Two of the snapshots differ by one pixel, which I think is font rendering.","created_at":1777015628,"created_by":"email|67b2d0e94411fa0c7d31","macro":"!macro_3","org_id":null,"playbook_id":"playbook-368e3050be06b1bcaf99c2a3039a06bc","structured_output_schema":null,"title":"Write release notes","updated_at":1777615628,"updated_by":"github|8814402"}',1795997215,1795997215,NULL);
INSERT INTO playbooks (playbook_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('playbook-ae57fdd61d4e837f54aa28e20f260397','{"access_type":"org","body":"## Wie wir Pull Requests beschreiben\n\n1. Please have a look at the second commit first, it is the risky one.\n2. The query scans the whole table because the index begins with tenant_id.\n3. The query scans the whole table because the index begins with tenant_id.\nOne more line.","created_at":1768467390,"created_by":"email|65f1c02be9a7d40c1ab2","macro":"!macro_4","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","playbook_id":"playbook-ae57fdd61d4e837f54aa28e20f260397","structured_output_schema":null,"title":"Add an endpoint","updated_at":1795176321,"updated_by":"bot_apk"}',1795997215,1795997227,NULL);
INSERT INTO playbooks (playbook_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('playbook-a34d913571eaa13740865cf312d7e831','{"access_type":"org","body":"## How to run the tests\n\n1. The customer''s file has Windows line ends and a byte order mark.\n2. The retry loop swallows the first error, so the log shows only the last one.\n3. I split the handler in two: one decides, one does.\n4. All 214 tests pass locally; CI is still running.\n5. I read the failing test and can reproduce it on a clean checkout.\n6. Two of the snapshots differ by one pixel, which I think is font rendering.\n7. Please have a look at the second commit first, it is the risky one.\n8. I split the handler in two: one decides, one does.","created_at":1773375322,"created_by":"email|67b2d0e94411fa0c7d31","macro":null,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","playbook_id":"playbook-a34d913571eaa13740865cf312d7e831","title":"Investigate an alert","updated_at":1773975322,"updated_by":"email|65f1c02be9a7d40c1ab2"}',1795997215,1795997215,NULL);
INSERT INTO playbooks (playbook_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('playbook-0b52ed2c7f0f414a4e4cbb9a210236b7','{"access_type":"org","body":"## Deploying to staging\n\n1. I read the failing test and can reproduce it on a clean checkout.\n2. All 214 tests pass locally; CI is still running.\n3. The query scans the whole table because the index begins with tenant_id.\n4. I split the handler in two: one decides, one does.\n5. キャッシュを削除すると再現しません。\n6. I read the failing test and can reproduce it on a clean checkout.","created_at":1768807864,"created_by":"google-oauth2|104482937710035412993","macro":"!macro_6","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","playbook_id":"playbook-0b52ed2c7f0f414a4e4cbb9a210236b7","structured_output_schema":{"properties":{"summary":{"type":"string"}},"required":["summary"],"type":"object"},"title":"Revisar una solicitud de extracción","updated_at":1769407864,"updated_by":"email|65f1c02be9a7d40c1ab2"}',1795997215,1795997215,NULL);
INSERT INTO playbooks (playbook_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('playbook-a90d28c7ec8ef98c5d62b4ab27c17ab4','{"access_type":"enterprise","body":"## Deploying to staging\n\n1. Please have a look at the second commit first, it is the risky one.\n2. Please have a look at the second commit first, it is the risky one.\n3. I read the failing test and can reproduce it on a clean checkout.\n4. Please have a look at the second commit first, it is the risky one.\n5. Two of the snapshots differ by one pixel, which I think is font rendering.\n6. I split the handler in two: one decides, one does.\n7. The customer''s file has Windows line ends and a byte order mark.\n8. The query scans the whole table because the index begins with tenant_id.\n9. I read the failing test and can reproduce it on a clean checkout.","created_at":1777002615,"created_by":"github|8814402","macro":"!macro_7","org_id":null,"playbook_id":"playbook-a90d28c7ec8ef98c5d62b4ab27c17ab4","structured_output_schema":null,"title":"Port a page to dark mode","updated_at":1777602615,"updated_by":"github|8814402"}',1795997215,1795997215,NULL);
CREATE VIEW v_playbooks AS
SELECT playbook_id, org_id, access_type, title, macro, body, created_by, updated_by,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM playbooks WHERE _deleted_at IS NULL;
CREATE TABLE knowledge_notes (
  note_id          TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                               -- when the row was found gone from the server; NULL: alive @kept
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization; NULL: shared by the enterprise @kept
  access_type      TEXT AS (_raw ->> 'access_type') STORED,               -- one of enterprise, org; open set @kept
  folder_id        TEXT AS (_raw ->> 'folder_id') STORED,                 -- knowledge_folders.folder_id; NULL: at the root @kept
  folder_path      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'folder_path') VIRTUAL,  -- path of that folder @path
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  body             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'body') VIRTUAL,  -- the text Devin reads @text
  trigger          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'trigger') VIRTUAL,  -- when Devin is to read it @text
  is_enabled       INTEGER AS (_raw ->> 'is_enabled') STORED,             -- 1 or 0 @kept
  macro            TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'macro') VIRTUAL,  -- short name that people type to use it @name
  pinned_repo      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'pinned_repo') VIRTUAL,  -- repository it is pinned to; NULL: none @path
  created_at       INTEGER AS (_raw ->> 'created_at') VIRTUAL,            -- Unix seconds, UTC @kept
  updated_at       INTEGER AS (_raw ->> 'updated_at') STORED              -- Unix seconds, UTC @kept
);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-9704fb3de5dc4b4a9eb7c3c63f8e1ef0','{"access_type":"org","body":"## Feature flags 🏁\n\n1. The migration takes 40 s on a copy of production.\n2. Please have a look at the second commit first, it is the risky one.\n3. I left the public interface as it was and deprecated the old name.\n4. I left the public interface as it was and deprecated the old name.","created_at":1788843529,"folder_id":"folder-f369a399d2e9902ca12bc201b1c59c19","folder_path":"/onboarding","is_enabled":true,"macro":null,"name":"How to run the tests","note_id":"note-9704fb3de5dc4b4a9eb7c3c63f8e1ef0","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":null,"trigger":"When The certificate chain on staging is missing the intermediate.","updated_at":1789343529}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-9977d417e4614eedb36e6fc7b3b211f3','{"access_type":"org","body":"## Style guide: Swift\n\n1. Please have a look at the second commit first, it is the risky one.\n2. I split the handler in two: one decides, one does.","created_at":1787531006,"folder_id":"folder-d1272118b7ffbe320c924c8f56b2798c","folder_path":"/engineering","is_enabled":true,"macro":"!note_1","name":"Naming of branches","note_id":"note-9977d417e4614eedb36e6fc7b3b211f3","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":null,"trigger":"When I read the failing test and can reproduce it on a clean checkout.","updated_at":1788031006}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-f06d4f893fc93c1b5e241a7ebc5fed33','{"access_type":"org","body":"## Wie wir Pull Requests beschreiben\n\n1. The retry loop swallows the first error, so the log shows only the last one.\n2. The retry loop swallows the first error, so the log shows only the last one.\n3. The retry loop swallows the first error, so the log shows only the last one.\n4. I left the public interface as it was and deprecated the old name.\n5. All 214 tests pass locally; CI is still running.","created_at":1781732625,"folder_id":"folder-dbc330ebea5c2aed2f78161bc43b4d79","folder_path":"/Österreich","is_enabled":true,"macro":null,"name":"Who to ask about billing","note_id":"note-f06d4f893fc93c1b5e241a7ebc5fed33","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":"acme/api","trigger":"When Der Fehler tritt nur bei Umlauten im Dateinamen auf.","updated_at":1782232625}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-0d2b0dca834e125ed3ed7b940cc9af84','{"access_type":"org","body":"## Style guide: Swift\n\n1. The customer''s file has Windows line ends and a byte order mark.\n2. I read the failing test and can reproduce it on a clean checkout.\n3. キャッシュを削除すると再現しません。\n4. The query scans the whole table because the index begins with tenant_id.\n5. I left the public interface as it was and deprecated the old name.\n6. The migration takes 40 s on a copy of production.\n7. The certificate chain on staging is missing the intermediate.","created_at":1794295628,"folder_id":"folder-0cdbf7a400a525206a940662f728a075","folder_path":"/onboarding/data","is_enabled":false,"macro":null,"name":"Deploying to staging","note_id":"note-0d2b0dca834e125ed3ed7b940cc9af84","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":"acme/api","trigger":"When Please have a look at the second commit first, it is the risky one.","updated_at":1794795628}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-71dde5db73a8850fc6329567ba3a4d17','{"access_type":"enterprise","body":"## Who to ask about billing\n\n1. The certificate chain on staging is missing the intermediate.\n2. Der Fehler tritt nur bei Umlauten im Dateinamen auf.\n3. I could not find who calls this endpoint, so I kept it.\n4. I read the failing test and can reproduce it on a clean checkout.","created_at":1785747390,"folder_id":"folder-bc569c7deb0e4bf718f456231aa56754","folder_path":"/ops & on-call","is_enabled":true,"macro":null,"name":"Style guide: Swift","note_id":"note-71dde5db73a8850fc6329567ba3a4d17","org_id":null,"pinned_repo":null,"trigger":"When I read the failing test and can reproduce it on a clean checkout.","updated_at":1786247390}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-97a59696780cb83148e3eede24bdd6b2','{"access_type":"org","body":"## Database conventions\n\n1. I split the handler in two: one decides, one does.\n2. I split the handler in two: one decides, one does.\n3. The query scans the whole table because the index begins with tenant_id.\n4. Der Fehler tritt nur bei Umlauten im Dateinamen auf.\n5. Please have a look at the second commit first, it is the risky one.\n6. The certificate chain on staging is missing the intermediate.","created_at":1790655322,"folder_id":"folder-51809edf603f50ecb18ad0652da8861f","folder_path":"/engineering/release","is_enabled":true,"macro":null,"name":"Secrets in CI","note_id":"note-97a59696780cb83148e3eede24bdd6b2","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":null,"trigger":"When I could not find who calls this endpoint, so I kept it.","updated_at":1791155322}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-14a95648b73a66f833e1664eacff19a5','{"access_type":"org","body":"## Local set-up on Linux\n\n1. I left the public interface as it was and deprecated the old name.\n2. All 214 tests pass locally; CI is still running.","created_at":1786087864,"folder_id":"folder-f369a399d2e9902ca12bc201b1c59c19","folder_path":"/onboarding","is_enabled":true,"macro":"!note_6","name":"Release check list","note_id":"note-14a95648b73a66f833e1664eacff19a5","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":null,"trigger":"When The customer''s file has Windows line ends and a byte order mark.","updated_at":1786587864}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-389f6397fd7c9bf610ddc5acb08d1103','{"access_type":"org","body":"## Feature flags 🏁\n\n1. Two of the snapshots differ by one pixel, which I think is font rendering.\n2. All 214 tests pass locally; CI is still running.\n3. I could not find who calls this endpoint, so I kept it.\n4. The migration takes 40 s on a copy of production.\n5. The retry loop swallows the first error, so the log shows only the last one.\n6. Two of the snapshots differ by one pixel, which I think is font rendering.\n7. The certificate chain on staging is missing the intermediate.","created_at":1794282615,"folder_id":null,"folder_path":"/","is_enabled":true,"macro":null,"name":"Feature flags 🏁","note_id":"note-389f6397fd7c9bf610ddc5acb08d1103","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":"acme/api","trigger":"When Memory stays flat at 180 MB over one hour of load.","updated_at":1794782615}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-c435a99b781136991c5ae39841ec3611','{"access_type":"org","body":"## Release check list\n\n1. Two of the snapshots differ by one pixel, which I think is font rendering.\n2. The customer''s file has Windows line ends and a byte order mark.\n3. The certificate chain on staging is missing the intermediate.\n4. キャッシュを削除すると再現しません。\n5. I split the handler in two: one decides, one does.\n6. All 214 tests pass locally; CI is still running.\n7. The retry loop swallows the first error, so the log shows only the last one.\n8. Memory stays flat at 180 MB over one hour of load.\n9. The query scans the whole table because the index begins with tenant_id.","created_at":1789405986,"folder_id":null,"folder_path":"/","is_enabled":false,"macro":null,"name":"Wie wir Pull Requests beschreiben","note_id":"note-c435a99b781136991c5ae39841ec3611","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":"acme/api","trigger":"When The certificate chain on staging is missing the intermediate.","updated_at":1789905986}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-4454479dcf97166e304ed05636f44dab','{"access_type":"enterprise","body":"## Release check list\n\n1. Two of the snapshots differ by one pixel, which I think is font rendering.\n2. Please have a look at the second commit first, it is the risky one.\n3. The query scans the whole table because the index begins with tenant_id.\n4. I read the failing test and can reproduce it on a clean checkout.\n5. The query scans the whole table because the index begins with tenant_id.\n6. I read the failing test and can reproduce it on a clean checkout.","created_at":1790323056,"folder_id":null,"folder_path":"/","is_enabled":true,"macro":null,"name":"Database conventions","note_id":"note-4454479dcf97166e304ed05636f44dab","org_id":null,"pinned_repo":null,"trigger":"When The query scans the whole table because the index begins with tenant_id.","updated_at":1790823056}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-f4bb26cb8e7c9795f61336f1201a2e89','{"access_type":"org","body":"## Release check list\n\n1. The retry loop swallows the first error, so the log shows only the last one.\n2. I read the failing test and can reproduce it on a clean checkout.\n3. Please have a look at the second commit first, it is the risky one.\n4. The customer''s file has Windows line ends and a byte order mark.\n5. Der Fehler tritt nur bei Umlauten im Dateinamen auf.","created_at":1790865553,"folder_id":"folder-bc569c7deb0e4bf718f456231aa56754","folder_path":"/ops & on-call","is_enabled":true,"macro":null,"name":"Local set-up on Linux","note_id":"note-f4bb26cb8e7c9795f61336f1201a2e89","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":null,"trigger":"When Please have a look at the second commit first, it is the risky one.","updated_at":1791365553}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-4788a0079329e1ab939ec4903a7e3eb9','{"access_type":"org","body":"## Secrets in CI\n\n1. The migration takes 40 s on a copy of production.\n2. I could not find who calls this endpoint, so I kept it.\n3. The customer''s file has Windows line ends and a byte order mark.\n4. The migration takes 40 s on a copy of production.\n5. Memory stays flat at 180 MB over one hour of load.\n6. All 214 tests pass locally; CI is still running.\n7. I read the failing test and can reproduce it on a clean checkout.","created_at":1793089436,"folder_id":"folder-51809edf603f50ecb18ad0652da8861f","folder_path":"/engineering/release","is_enabled":true,"macro":"!note_11","name":"How to run the tests (11)","note_id":"note-4788a0079329e1ab939ec4903a7e3eb9","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":null,"trigger":"When The certificate chain on staging is missing the intermediate.","updated_at":1793589436}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-fe4d2dd10935175464036b73c9434f7e','{"access_type":"org","body":"## Local set-up on Linux\n\n1. All 214 tests pass locally; CI is still running.\n2. The customer''s file has Windows line ends and a byte order mark.\n3. I could not find who calls this endpoint, so I kept it.\n4. Memory stays flat at 180 MB over one hour of load.\n5. The customer''s file has Windows line ends and a byte order mark.","created_at":1782818648,"folder_id":"folder-f369a399d2e9902ca12bc201b1c59c19","folder_path":"/onboarding","is_enabled":true,"macro":null,"name":"Naming of branches (12)","note_id":"note-fe4d2dd10935175464036b73c9434f7e","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":"acme/infrastructure","trigger":"When The customer''s file has Windows line ends and a byte order mark.","updated_at":1783318648}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-8955294e68ff5ec7b7998dcb17af9460','{"access_type":"org","body":"## Database conventions\n\n1. I could not find who calls this endpoint, so I kept it.\n2. The migration takes 40 s on a copy of production.\n3. The retry loop swallows the first error, so the log shows only the last one.\n4. Der Fehler tritt nur bei Umlauten im Dateinamen auf.","created_at":1781217210,"folder_id":"folder-d1272118b7ffbe320c924c8f56b2798c","folder_path":"/engineering","is_enabled":false,"macro":null,"name":"Who to ask about billing (13)","note_id":"note-8955294e68ff5ec7b7998dcb17af9460","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":"acme/api","trigger":"When I split the handler in two: one decides, one does.","updated_at":1781717210}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-9f62b46bf888e0a7ef909ac0a208f7ec','{"access_type":"enterprise","body":"## Release check list\n\n1. The customer''s file has Windows line ends and a byte order mark.\n2. I read the failing test and can reproduce it on a clean checkout.\n3. I could not find who calls this endpoint, so I kept it.\n4. I read the failing test and can reproduce it on a clean checkout.\n5. I split the handler in two: one decides, one does.","created_at":1788699133,"folder_id":"folder-dbc330ebea5c2aed2f78161bc43b4d79","folder_path":"/Österreich","is_enabled":true,"macro":null,"name":"Deploying to staging (14)","note_id":"note-9f62b46bf888e0a7ef909ac0a208f7ec","org_id":null,"pinned_repo":null,"trigger":"When Two of the snapshots differ by one pixel, which I think is font rendering.","updated_at":1789199133}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-a16a480ba51be1acabbdb430a729e114','{"access_type":"org","body":"## How to run the tests\n\n1. I read the failing test and can reproduce it on a clean checkout.\n2. The retry loop swallows the first error, so the log shows only the last one.\n3. Der Fehler tritt nur bei Umlauten im Dateinamen auf.\n4. Memory stays flat at 180 MB over one hour of load.\n5. The customer''s file has Windows line ends and a byte order mark.","created_at":1781972966,"folder_id":"folder-0cdbf7a400a525206a940662f728a075","folder_path":"/onboarding/data","is_enabled":true,"macro":null,"name":"Style guide: Swift (15)","note_id":"note-a16a480ba51be1acabbdb430a729e114","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":null,"trigger":"When The customer''s file has Windows line ends and a byte order mark.","updated_at":1782472966}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-3b9570046dee9d3d37e2b3aca095601e','{"access_type":"org","body":"## Wie wir Pull Requests beschreiben\n\n1. The migration takes 40 s on a copy of production.\n2. All 214 tests pass locally; CI is still running.\n3. The migration takes 40 s on a copy of production.\n4. The certificate chain on staging is missing the intermediate.\n5. I split the handler in two: one decides, one does.\n6. The certificate chain on staging is missing the intermediate.\n7. All 214 tests pass locally; CI is still running.\n8. I read the failing test and can reproduce it on a clean checkout.","created_at":1790394068,"folder_id":"folder-bc569c7deb0e4bf718f456231aa56754","folder_path":"/ops & on-call","is_enabled":true,"macro":"!note_16","name":"Secrets in CI (16)","note_id":"note-3b9570046dee9d3d37e2b3aca095601e","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":null,"trigger":"When I could not find who calls this endpoint, so I kept it.","updated_at":1790894068}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-4b8f4ced80ee92fa250fd373c97121e3','{"access_type":"org","body":"## How to run the tests\n\n1. The query scans the whole table because the index begins with tenant_id.\n2. Der Fehler tritt nur bei Umlauten im Dateinamen auf.","created_at":1787440425,"folder_id":null,"folder_path":"/","is_enabled":true,"macro":null,"name":"Release check list (17)","note_id":"note-4b8f4ced80ee92fa250fd373c97121e3","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":"acme/api","trigger":"When The migration takes 40 s on a copy of production.","updated_at":1787940425}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-ecffd9909bb27331ded4622ff47056e6','{"access_type":"org","body":"## Database conventions\n\n1. I read the failing test and can reproduce it on a clean checkout.\n2. The customer''s file has Windows line ends and a byte order mark.\n3. Please have a look at the second commit first, it is the risky one.","created_at":1784923905,"folder_id":null,"folder_path":"/","is_enabled":false,"macro":null,"name":"Feature flags 🏁 (18)","note_id":"note-ecffd9909bb27331ded4622ff47056e6","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":"acme/api","trigger":"When The retry loop swallows the first error, so the log shows only the last one.","updated_at":1785423905}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-591facb596e2f91bf8e3d364a0896587','{"access_type":"enterprise","body":"## How to run the tests\n\n1. The query scans the whole table because the index begins with tenant_id.\n2. Two of the snapshots differ by one pixel, which I think is font rendering.\n3. The certificate chain on staging is missing the intermediate.\n4. All 214 tests pass locally; CI is still running.\n5. I read the failing test and can reproduce it on a clean checkout.\n6. キャッシュを削除すると再現しません。\n7. Memory stays flat at 180 MB over one hour of load.","created_at":1779715554,"folder_id":null,"folder_path":"/","is_enabled":true,"macro":null,"name":"Wie wir Pull Requests beschreiben (19)","note_id":"note-591facb596e2f91bf8e3d364a0896587","org_id":null,"pinned_repo":null,"trigger":"When キャッシュを削除すると再現しません。","updated_at":1780215554}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-c63512f8b693bab166b064dc56e7579f','{"access_type":"org","body":"## Database conventions\n\n1. キャッシュを削除すると再現しません。\n2. All 214 tests pass locally; CI is still running.\n3. Two of the snapshots differ by one pixel, which I think is font rendering.\n4. The retry loop swallows the first error, so the log shows only the last one.\n5. The certificate chain on staging is missing the intermediate.\n6. All 214 tests pass locally; CI is still running.\n7. The retry loop swallows the first error, so the log shows only the last one.\n8. The retry loop swallows the first error, so the log shows only the last one.","created_at":1781397077,"folder_id":"folder-dbc330ebea5c2aed2f78161bc43b4d79","folder_path":"/Österreich","is_enabled":true,"macro":null,"name":"Database conventions (20)","note_id":"note-c63512f8b693bab166b064dc56e7579f","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":null,"trigger":"When I left the public interface as it was and deprecated the old name.","updated_at":1781897077}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-fe6c3b69a102325e66e783792b996236','{"access_type":"org","body":"## Local set-up on Linux\n\n1. Two of the snapshots differ by one pixel, which I think is font rendering.\n2. I could not find who calls this endpoint, so I kept it.\n3. Memory stays flat at 180 MB over one hour of load.","created_at":1778708541,"folder_id":"folder-0cdbf7a400a525206a940662f728a075","folder_path":"/onboarding/data","is_enabled":true,"macro":"!note_21","name":"Local set-up on Linux (21)","note_id":"note-fe6c3b69a102325e66e783792b996236","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":null,"trigger":"When Two of the snapshots differ by one pixel, which I think is font rendering.","updated_at":1779208541}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-fa1a94ad1a8ca4935c56420b634ec694','{"access_type":"org","body":"## Local set-up on Linux\n\n1. The certificate chain on staging is missing the intermediate.\n2. Memory stays flat at 180 MB over one hour of load.","created_at":1791991299,"folder_id":"folder-bc569c7deb0e4bf718f456231aa56754","folder_path":"/ops & on-call","is_enabled":true,"macro":null,"name":"How to run the tests (22)","note_id":"note-fa1a94ad1a8ca4935c56420b634ec694","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":"acme/payments","trigger":"When Please have a look at the second commit first, it is the risky one.","updated_at":1792491299}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-cbcf46792a4b67eee580e42b05056d86','{"access_type":"org","body":"## Release check list\n\n1. Memory stays flat at 180 MB over one hour of load.\n2. The migration takes 40 s on a copy of production.\n3. キャッシュを削除すると再現しません。\n4. Please have a look at the second commit first, it is the risky one.","created_at":1781955346,"folder_id":"folder-51809edf603f50ecb18ad0652da8861f","folder_path":"/engineering/release","is_enabled":false,"macro":null,"name":"Naming of branches (23)","note_id":"note-cbcf46792a4b67eee580e42b05056d86","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":"acme/api","trigger":"When Memory stays flat at 180 MB over one hour of load.","updated_at":1782455346}',1795997215,1795997215,NULL);
INSERT INTO knowledge_notes (note_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('note-c6a114490f3d056ddff29bb79576b657','{"access_type":"org","body":"## Database conventions\n\n1. Der Fehler tritt nur bei Umlauten im Dateinamen auf.\n2. All 214 tests pass locally; CI is still running.\n3. The query scans the whole table because the index begins with tenant_id.\n4. The migration takes 40 s on a copy of production.\n5. The certificate chain on staging is missing the intermediate.\n6. Two of the snapshots differ by one pixel, which I think is font rendering.","created_at":1795176189,"folder_id":"folder-51809edf603f50ecb18ad0652da8861f","folder_path":"/engineering/release","is_enabled":true,"macro":"!note_1000001","name":"Who to ask about billing (1000001)","note_id":"note-c6a114490f3d056ddff29bb79576b657","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","pinned_repo":null,"trigger":"When Two of the snapshots differ by one pixel, which I think is font rendering.","updated_at":1795176189}',1795997216,1795997216,NULL);
CREATE VIEW v_knowledge_notes AS
SELECT note_id, org_id, access_type, folder_path, name, "trigger", body, is_enabled, macro, pinned_repo,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM knowledge_notes WHERE _deleted_at IS NULL;
CREATE TABLE secrets (
  secret_id        TEXT NOT NULL PRIMARY KEY,                             -- a changed secret is a new id @kept
  org_id           TEXT NOT NULL,                                         -- the organization it was listed under @kept
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                               -- when the row was found gone from the server; NULL: alive @kept
  key              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'key') VIRTUAL,  -- the name under which sessions see it @name
  note             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'note') VIRTUAL,  -- @text
  is_sensitive     INTEGER AS (_raw ->> 'is_sensitive') VIRTUAL,          -- 1 or 0 @kept
  secret_type      TEXT AS (_raw ->> 'secret_type') VIRTUAL,              -- one of cookie, key-value, totp; open set @kept
  access_type      TEXT AS (_raw ->> 'access_type') VIRTUAL,              -- one of org, personal; open set @kept
  created_by       TEXT AS (_raw ->> 'created_by') VIRTUAL,               -- user id @kept
  updated_by       TEXT AS (_raw ->> 'updated_by') VIRTUAL,               -- user id, NULL: never changed @kept
  created_at       INTEGER AS (_raw ->> 'created_at') VIRTUAL,            -- Unix seconds, UTC @kept
  updated_at       INTEGER AS (_raw ->> 'updated_at') VIRTUAL             -- Unix seconds, UTC; NULL: never changed @kept
);
INSERT INTO secrets (secret_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('secret-b2a24fe4babaf47e64efe3ac1a7a8afc','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"access_type":"org","created_at":1788843529,"created_by":"email|67b2d0e94411fa0c7d31","is_sensitive":true,"key":"STAGING_DB_URL","note":"Two of the snapshots differ by one pixel, which I think is font rendering.","secret_id":"secret-b2a24fe4babaf47e64efe3ac1a7a8afc","secret_type":"key-value","updated_at":1789243529,"updated_by":"email|66aa01d07c3f19b2e455"}',1795997215,1795997215,NULL);
INSERT INTO secrets (secret_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('secret-5bbc83d0cf17bb4f38be3d810db8aa7b','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"access_type":"org","created_at":1787531006,"created_by":"google-oauth2|117730298840021136541","is_sensitive":true,"key":"NPM_TOKEN","note":null,"secret_id":"secret-5bbc83d0cf17bb4f38be3d810db8aa7b","secret_type":"key-value","updated_at":null,"updated_by":null}',1795997215,1795997215,NULL);
INSERT INTO secrets (secret_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('secret-13ad95583a003a682e1affaf33904d49','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"access_type":"org","created_at":1781732625,"created_by":"email|67b2d0e94411fa0c7d31","is_sensitive":false,"key":"SENTRY_DSN","note":"I split the handler in two: one decides, one does.","secret_id":"secret-13ad95583a003a682e1affaf33904d49","secret_type":"cookie","updated_at":1782132625,"updated_by":"email|66aa01d07c3f19b2e455"}',1795997215,1795997215,NULL);
INSERT INTO secrets (secret_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('secret-88a3f8035c6230cc10f0fc075e3b5b74','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"access_type":"org","created_at":1794295628,"created_by":"bot_apk","is_sensitive":true,"key":"AWS_ACCESS_KEY_ID","note":"The certificate chain on staging is missing the intermediate.","secret_id":"secret-88a3f8035c6230cc10f0fc075e3b5b74","secret_type":"key-value"}',1795997215,1795997215,1795997216);
INSERT INTO secrets (secret_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('secret-780e27d046b4bc8f460303986f152598','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"access_type":"org","created_at":1785747390,"created_by":"google-oauth2|104482937710035412993","is_sensitive":true,"key":null,"note":null,"secret_id":"secret-780e27d046b4bc8f460303986f152598","secret_type":"totp","updated_at":1786147390,"updated_by":"google-oauth2|117730298840021136541"}',1795997215,1795997215,NULL);
INSERT INTO secrets (secret_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('secret-cd8a50b7b5cf8ef1b18b6e96ab83befb','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"access_type":"personal","created_at":1790655322,"created_by":"email|66aa01d07c3f19b2e455","is_sensitive":true,"key":"github.com session","note":"I split the handler in two: one decides, one does.","secret_id":"secret-cd8a50b7b5cf8ef1b18b6e96ab83befb","secret_type":"key-value","updated_at":1791055322,"updated_by":null}',1795997215,1795997215,NULL);
INSERT INTO secrets (secret_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('secret-09f67db975cb848e77f130abbd90b0c2','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"access_type":"org","created_at":1786087864,"created_by":"email|65f1c02be9a7d40c1ab2","is_sensitive":true,"key":"STRIPE_TEST_KEY","note":"I left the public interface as it was and deprecated the old name.","secret_id":"secret-09f67db975cb848e77f130abbd90b0c2","secret_type":"key-value","updated_at":1786487864,"updated_by":"google-oauth2|104482937710035412993"}',1795997215,1795997215,NULL);
INSERT INTO secrets (secret_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('secret-efeb1d8c91eb6d78972a2fba63676ce0','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"access_type":"org","created_at":1794282615,"created_by":"google-oauth2|117730298840021136541","is_sensitive":true,"key":"TOTP admin","note":null,"secret_id":"secret-efeb1d8c91eb6d78972a2fba63676ce0","secret_type":"key-value","updated_at":null,"updated_by":null}',1795997215,1795997215,NULL);
INSERT INTO secrets (secret_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('secret-49bd4465e190f8d977f61b2c14289f27','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"access_type":"org","created_at":1789405986,"created_by":"google-oauth2|117730298840021136541","is_sensitive":false,"key":"SLACK_BOT_TOKEN","note":"The certificate chain on staging is missing the intermediate.","secret_id":"secret-49bd4465e190f8d977f61b2c14289f27","secret_type":"cookie","updated_at":1789805986,"updated_by":"email|65f1c02be9a7d40c1ab2"}',1795997215,1795997215,NULL);
CREATE VIEW v_secrets AS
SELECT secret_id, org_id, "key", note, secret_type, access_type, is_sensitive, created_by, updated_by,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM secrets WHERE _deleted_at IS NULL;
CREATE TABLE schedules (
  scheduled_session_id TEXT NOT NULL PRIMARY KEY,                             -- the schedule's id @kept
  _raw                 TEXT NOT NULL,                                         -- the object as Devin sent it @columns
  _first_synced_at     INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept
  _changed_at          INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at          INTEGER,                                               -- when the row was found gone from the server; NULL: alive @kept
  org_id               TEXT AS (_raw ->> 'org_id') STORED,                    -- the organization @kept
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  prompt               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'prompt') VIRTUAL,  -- what Devin is told @text
  enabled              INTEGER AS (_raw ->> 'enabled') STORED,                -- 1 or 0 @kept
  schedule_type        TEXT AS (_raw ->> 'schedule_type') VIRTUAL,            -- one of recurring, one_time; open set; NULL: recurring @kept
  frequency            TEXT AS (_raw ->> 'frequency') VIRTUAL,                -- cron expression; unused for one_time @cron
  interval_count       INTEGER AS (_raw ->> 'interval_count') VIRTUAL,        -- every how many periods; NULL: 1 @kept
  scheduled_at         TEXT AS (_raw ->> 'scheduled_at') VIRTUAL,             -- ISO 8601 text; NULL: recurring @kept
  playbook             TEXT AS (_raw ->> 'playbook') VIRTUAL,                 -- JSON object {playbook_id, title}; NULL: none @{playbook_id: kept, title: text}
  agent                TEXT AS (_raw ->> 'agent') VIRTUAL,                    -- one of devin, data_analyst, advanced; open set @kept
  notify_on            TEXT AS (_raw ->> 'notify_on') VIRTUAL,                -- one of always, failure, never; open set @kept
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
INSERT INTO schedules (scheduled_session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sched-f7c6d7843cd448a45d3158c1b0de90c4','{"agent":"devin","bypass_approval":false,"consecutive_failures":0,"created_at":"2026-09-08T04:58:49Z","created_by":"google-oauth2|117730298840021136541","enabled":true,"frequency":"*/30 * * * 1-5","interval_count":1,"last_edited_by":"google-oauth2|117730298840021136541","last_error_at":null,"last_error_message":null,"last_executed_at":"2026-09-10T12:32:09Z","name":"Nightly dependency check","notify_on":"failure","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","platform":null,"playbook":null,"prompt":"Please fix the flaky test `login_spec` and explain why it failed.","schedule_type":"recurring","scheduled_at":null,"scheduled_session_id":"sched-f7c6d7843cd448a45d3158c1b0de90c4","tags":["backend"],"updated_at":"2026-09-10T12:32:09Z"}',1795997215,1795997215,NULL);
INSERT INTO schedules (scheduled_session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sched-3f43789122211317c68f77a55758fc31','{"agent":"devin","bypass_approval":false,"consecutive_failures":4,"created_at":"2026-08-24T00:23:26Z","created_by":"email|65f1c02be9a7d40c1ab2","enabled":true,"frequency":"0 3 * * *","interval_count":1,"last_error_at":"2026-08-26T07:56:46Z","last_error_message":"usage limit \"monthly\" reached","last_executed_at":"2026-08-26T07:56:46Z","name":"Weekly flaky test report","notify_on":"always","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","playbook":null,"prompt":"Please fix the flaky test `login_spec` and explain why it failed.","schedule_type":"recurring","scheduled_at":null,"scheduled_session_id":"sched-3f43789122211317c68f77a55758fc31","slack_channel_id":"C0SANDBOX1","slack_team_id":"T0SANDBOX1","updated_at":"2026-08-26T07:56:46Z"}',1795997215,1795997215,NULL);
INSERT INTO schedules (scheduled_session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sched-094f0f50e3a4a21e87355ea20d9464d6','{"agent":"devin","bypass_approval":false,"consecutive_failures":0,"created_at":"2026-06-17T21:43:45Z","created_by":"github|8814402","enabled":true,"frequency":"0 9 * * 1","interval_count":1,"last_edited_by":"email|65f1c02be9a7d40c1ab2","last_error_at":null,"last_error_message":null,"last_executed_at":"2026-06-20T05:17:05Z","name":"Monday release notes","notify_on":"failure","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","platform":null,"playbook":{"playbook_id":"playbook-9b3c7fc91a02edda4996c55e3abb8e30","title":"Fix a failing CI job"},"prompt":"Please fix the flaky test `login_spec` and explain why it failed.","schedule_type":"recurring","scheduled_at":null,"scheduled_session_id":"sched-094f0f50e3a4a21e87355ea20d9464d6","tags":null,"updated_at":"2026-06-20T05:17:05Z"}',1795997215,1795997215,NULL);
INSERT INTO schedules (scheduled_session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sched-3c437f1b53a2986deb22118dfa362bad','{"agent":"devin","bypass_approval":false,"consecutive_failures":0,"created_at":"2026-11-10T07:27:08Z","created_by":"bot_apk","enabled":false,"frequency":"*/30 * * * 1-5","interval_count":1,"last_edited_by":"google-oauth2|104482937710035412993","last_error_at":null,"last_error_message":null,"last_executed_at":"2026-11-20T12:04:09Z","name":"Review stale pull requests","notify_on":"never","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","platform":null,"playbook":{"playbook_id":"playbook-3ce6f7a76d3d6a232dcb9f92c7f8ad35","title":null},"prompt":"Look at https://status.example.com/incidents/42?from=a&to=b and write a summary.","schedule_type":"recurring","scheduled_at":null,"scheduled_session_id":"sched-3c437f1b53a2986deb22118dfa362bad","tags":["prio/1"],"updated_at":"2026-11-20T12:04:09Z"}',1795997215,1795997216,NULL);
INSERT INTO schedules (scheduled_session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sched-0daa60794854086c94bddd18966c8102','{"agent":"data_analyst","bypass_approval":true,"consecutive_failures":1,"created_at":"2026-08-03T08:56:30Z","created_by":"google-oauth2|117730298840021136541","enabled":true,"frequency":"*/30 * * * 1-5","interval_count":1,"last_edited_by":"email|67b2d0e94411fa0c7d31","last_error_at":"2026-08-05T16:29:50Z","last_error_message":"usage limit \"monthly\" reached","last_executed_at":"2026-08-05T16:29:50Z","name":"Quarterly licence audit","notify_on":"failure","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","platform":null,"playbook":null,"prompt":"Please fix the flaky test `login_spec` and explain why it failed.","schedule_type":"recurring","scheduled_at":null,"scheduled_session_id":"sched-0daa60794854086c94bddd18966c8102","tags":["bug"],"updated_at":"2026-08-05T16:29:50Z"}',1795997215,1795997215,NULL);
INSERT INTO schedules (scheduled_session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sched-4c567430b48f2ddeca04087365022304','{"agent":"devin","bypass_approval":false,"consecutive_failures":0,"created_at":"2026-09-29T04:15:22Z","created_by":"email|67b2d0e94411fa0c7d31","enabled":true,"frequency":null,"interval_count":1,"last_edited_by":"email|66aa01d07c3f19b2e455","last_error_at":null,"last_error_message":null,"last_executed_at":"2026-10-01T11:48:42Z","name":"One-off data backfill","notify_on":"failure","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","platform":null,"playbook":null,"prompt":"Upgrade the runtime to the current LTS. Open one pull request per repository.","schedule_type":"one_time","scheduled_at":"2026-09-30T04:15:22Z","scheduled_session_id":"sched-4c567430b48f2ddeca04087365022304","tags":["security"],"updated_at":"2026-10-01T11:48:42Z"}',1795997215,1795997215,NULL);
INSERT INTO schedules (scheduled_session_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sched-1145cc8a197afd147a28748ad082a49c','{"agent":"devin","bypass_approval":false,"consecutive_failures":0,"created_at":"2026-08-07T07:31:04Z","created_by":"github|8814402","enabled":true,"frequency":"*/30 * * * 1-5","interval_count":1,"last_edited_by":"google-oauth2|117730298840021136541","last_error_at":null,"last_error_message":null,"last_executed_at":"2026-08-09T15:04:24Z","name":"Prüfung der Übersetzungen","notify_on":"failure","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","platform":null,"playbook":null,"prompt":"Könntest du die Fehlermeldungen ins Deutsche übersetzen? Danke! 🙏","schedule_type":"recurring","scheduled_at":null,"scheduled_session_id":"sched-1145cc8a197afd147a28748ad082a49c","tags":["infra"],"updated_at":"2026-08-09T15:04:24Z"}',1795997215,1795997215,NULL);
CREATE VIEW v_schedules AS
SELECT scheduled_session_id, org_id, name, prompt, enabled, schedule_type, frequency, interval_count, scheduled_at,
  playbook ->> 'playbook_id' AS playbook_id, playbook ->> 'title' AS playbook_title, tags, created_by, created_at, updated_at,
  last_executed_at, last_error_at, last_error_message, consecutive_failures
FROM schedules WHERE _deleted_at IS NULL;
CREATE TABLE sync_intervals (
  list_id   INTEGER NOT NULL,         -- sync_checkpoints.list_id @kept
  starts_at INTEGER NOT NULL,  -- @kept
  ends_at   INTEGER NOT NULL,         -- exclusive; the newest span ends when it was read @kept
  read_at   INTEGER NOT NULL,         -- when it was last read whole, by this machine's clock @kept
  run_id    INTEGER NOT NULL,         -- the run that did @kept
  PRIMARY KEY (list_id, starts_at)
) STRICT, WITHOUT ROWID;
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(18,1704096000,1712563200,1795176009,1);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(18,1712563200,1721030400,1795176009,1);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(18,1721030400,1729497600,1795176009,1);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(18,1729497600,1737964800,1795176009,1);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(18,1737964800,1746432000,1795176009,1);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(18,1746432000,1754899200,1795176009,1);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(18,1754899200,1763366400,1795176009,1);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(18,1763366400,1771833600,1795176009,1);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(18,1771833600,1780300800,1795176009,1);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(18,1780300800,1788768000,1795176009,1);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(18,1788768000,1795176321,1795176321,6);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(33,1704096000,1795176309,1795176309,2);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(34,1704096000,1795176309,1795176309,2);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(35,1704096000,1795176309,1795176309,2);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(36,1704096000,1795176309,1795176309,2);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(37,1704096000,1795176309,1795176309,2);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(38,1704096000,1795176309,1795176309,2);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(39,1704096000,1795176309,1795176309,2);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(40,1704096000,1795176309,1795176309,2);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(41,1704096000,1795176309,1795176309,2);
INSERT INTO sync_intervals (list_id,starts_at,ends_at,read_at,run_id) VALUES(42,1704096000,1795176309,1795176309,2);
CREATE VIEW v_sync_intervals AS
SELECT c.org_id, c.resource, c.parent, strftime('%Y-%m-%dT%H:%M:%SZ', i.starts_at, 'unixepoch') AS starts_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', i.ends_at, 'unixepoch') AS ends_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', i.read_at, 'unixepoch') AS read_at, i.run_id
FROM sync_intervals AS i JOIN sync_checkpoints AS c USING (list_id);
CREATE TABLE sync_drift (
  resource      TEXT NOT NULL,        -- name of the table @dropped
  field         TEXT NOT NULL,        -- the member of the object @dropped
  kind          TEXT NOT NULL,        -- unknown field, unknown value, other type @dropped
  found         TEXT NOT NULL,        -- the value, or the JSON type @dropped
  seen          INTEGER NOT NULL,     -- how many of the sampled items had it @dropped
  first_seen_at INTEGER NOT NULL,  -- @dropped
  last_seen_at  INTEGER NOT NULL,  -- @dropped
  run_id        INTEGER NOT NULL,     -- the run that met it last @dropped
  example       TEXT NOT NULL,        -- the first value seen, as JSON, at most 200 characters @dropped
  PRIMARY KEY (resource, field, kind, found)
) STRICT, WITHOUT ROWID;
CREATE TABLE knowledge_folders (
  folder_id        TEXT NOT NULL PRIMARY KEY,  -- @kept
  org_id           TEXT,                                                  -- the organization it was listed under; NULL: the enterprise's @kept
  _raw             TEXT NOT NULL,                                         -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                               -- when the row was found gone from the server; NULL: alive @kept
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  path             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'path') VIRTUAL,  -- names from the root, with slashes @path
  parent_folder_id TEXT AS (_raw ->> 'parent_folder_id') VIRTUAL,         -- NULL: at the root @kept
  note_count       INTEGER AS (_raw ->> 'note_count') VIRTUAL             -- notes directly in it @kept
);
INSERT INTO knowledge_folders (folder_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('folder-d1272118b7ffbe320c924c8f56b2798c','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"folder_id":"folder-d1272118b7ffbe320c924c8f56b2798c","name":"engineering","note_count":2,"path":"/engineering"}',1795997215,1795997215,NULL);
INSERT INTO knowledge_folders (folder_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('folder-f369a399d2e9902ca12bc201b1c59c19','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"folder_id":"folder-f369a399d2e9902ca12bc201b1c59c19","name":"onboarding","note_count":3,"path":"/onboarding"}',1795997215,1795997215,NULL);
INSERT INTO knowledge_folders (folder_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('folder-51809edf603f50ecb18ad0652da8861f','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"folder_id":"folder-51809edf603f50ecb18ad0652da8861f","name":"release","note_count":4,"parent_folder_id":"folder-d1272118b7ffbe320c924c8f56b2798c","path":"/engineering/release"}',1795997215,1795997216,NULL);
INSERT INTO knowledge_folders (folder_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('folder-bc569c7deb0e4bf718f456231aa56754','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"folder_id":"folder-bc569c7deb0e4bf718f456231aa56754","name":"ops & on-call","note_count":4,"path":"/ops & on-call"}',1795997215,1795997215,NULL);
INSERT INTO knowledge_folders (folder_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('folder-0cdbf7a400a525206a940662f728a075','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"folder_id":"folder-0cdbf7a400a525206a940662f728a075","name":"data","note_count":3,"parent_folder_id":"folder-f369a399d2e9902ca12bc201b1c59c19","path":"/onboarding/data"}',1795997215,1795997215,NULL);
INSERT INTO knowledge_folders (folder_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('folder-dbc330ebea5c2aed2f78161bc43b4d79','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"folder_id":"folder-dbc330ebea5c2aed2f78161bc43b4d79","name":"Österreich","note_count":3,"path":"/Österreich"}',1795997215,1795997215,NULL);
CREATE TABLE session_events (
  session_id       TEXT NOT NULL,                                           -- the session: sessions.session_id @kept
  event_id         TEXT NOT NULL,  -- @kept
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  event_type       TEXT AS (_raw ->> 'event_type') STORED,  -- @kept
  category         TEXT AS (_raw ->> 'category') STORED,                    -- one of shell, file, search, browser, mcp, git, message, status, secret, todo, recording, knowledge, playbook, webhook, lifecycle, other; open set @kept
  direction        TEXT AS (_raw ->> 'direction') VIRTUAL,                  -- one of incoming, outgoing; open set @kept
  created_at       INTEGER AS (_raw ->> 'created_at') STORED,               -- Unix seconds, UTC @kept
  summary          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'summary') VIRTUAL,  -- confidential @text
  PRIMARY KEY (session_id, event_id)
);
CREATE INDEX session_events_by_time ON session_events (org_id, created_at);
CREATE VIEW v_session_events AS
SELECT session_id, event_id, org_id, event_type, category, direction, summary,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM session_events WHERE _deleted_at IS NULL;
CREATE TABLE session_event_details (
  session_id       TEXT NOT NULL,                                           -- the session: sessions.session_id @kept
  event_id         TEXT NOT NULL,  -- @kept
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  event_type       TEXT AS (_raw ->> 'event_type') STORED,  -- @kept
  category         TEXT AS (_raw ->> 'category') STORED,                    -- one of shell, file, search, browser, mcp, git, message, status, secret, todo, recording, knowledge, playbook, webhook, lifecycle, other; open set @kept
  direction        TEXT AS (_raw ->> 'direction') VIRTUAL,                  -- one of incoming, outgoing; open set @kept
  created_at       INTEGER AS (_raw ->> 'created_at') STORED,               -- Unix seconds, UTC @kept
  contents         TEXT AS (_raw ->> 'contents') VIRTUAL,                   -- JSON object; confidential @text
  truncated_fields TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'truncated_fields') VIRTUAL,  -- JSON list @text
  PRIMARY KEY (session_id, event_id)
);
CREATE INDEX session_event_details_by_time ON session_event_details (org_id, created_at);
CREATE VIEW v_session_event_details AS
SELECT session_id, event_id, org_id, event_type, category, direction, contents, truncated_fields,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM session_event_details WHERE _deleted_at IS NULL;
CREATE TABLE pr_reviews (
  pr_url           TEXT NOT NULL,                                           -- the pull request: session_pull_requests.pr_url @url
  commit_sha       TEXT NOT NULL,  -- @kept
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  created_at       TEXT AS (_raw ->> 'created_at') STORED,                  -- ISO 8601 text @kept
  pr_number        INTEGER AS (_raw ->> 'pr_number') VIRTUAL,               -- number of the pull request at its host @kept
  repo_path        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_path') VIRTUAL,  -- begins with the host @path
  status           TEXT AS (_raw ->> 'status') STORED,                      -- one of pending, running, completed, errored, cancelled, skipped; open set @kept
  PRIMARY KEY (pr_url, commit_sha)
);
CREATE VIEW v_pr_reviews AS
SELECT pr_url, commit_sha, org_id, created_at, pr_number, repo_path, status
FROM pr_reviews WHERE _deleted_at IS NULL;
CREATE TABLE searches (
  search_id        TEXT NOT NULL PRIMARY KEY,                               -- the item's own id, else the whole item @kept
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER                                                  -- when the row was found gone from the server; NULL: alive @kept
);
CREATE INDEX searches_by_organization ON searches (org_id);
CREATE VIEW v_searches AS
SELECT search_id, org_id, _raw AS search
FROM searches WHERE _deleted_at IS NULL;
CREATE TABLE automations (
  automation_id      TEXT NOT NULL PRIMARY KEY,  -- @kept
  org_id             TEXT NOT NULL,                                         -- the organization: organizations.org_id @kept
  _raw               TEXT NOT NULL,                                         -- the object as Devin sent it @columns
  _first_synced_at   INTEGER NOT NULL,                                      -- when this mirror first saw the row; Unix seconds @kept
  _changed_at        INTEGER NOT NULL,                                      -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at        INTEGER,                                               -- when the row was found gone from the server; NULL: alive @kept
  name               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  enabled            INTEGER AS (_raw ->> 'enabled') STORED,                -- 1 or 0 @kept
  triggers           TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'triggers') VIRTUAL,  -- JSON list of {event_type, conditions, replies, webhook}; the address of a webhook is confidential @[{trigger_id: kept, event_type: kept, replies: [{type: kept}]}]
  actions            TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'actions') VIRTUAL,  -- JSON list of {type, prompt, session …}; confidential @[{type: kept, prompt: text, setup_prompt: text, target_devin_id: kept, auto_create: kept, session: {playbook_id: kept, repos: [path], tags: [name], platform: kept, bypass_approval: kept}}]
  created_by         TEXT AS (_raw ->> 'created_by') VIRTUAL,               -- JSON object {type, id, name} @{type: kept, id: kept, name: person(id)}
  last_edited_by     TEXT AS (_raw ->> 'last_edited_by') VIRTUAL,           -- JSON object {type, id, name}; NULL: never edited @{type: kept, id: kept, name: person(id)}
  created_at         INTEGER AS (_raw ->> 'created_at') STORED,             -- Unix seconds, UTC @kept
  updated_at         INTEGER AS (_raw ->> 'updated_at') STORED,             -- Unix seconds, UTC @kept
  run_as             TEXT AS (_raw ->> 'run_as') VIRTUAL,                   -- JSON object @{type: kept, service_user_id: kept}
  limits             TEXT AS (_raw ->> 'limits') VIRTUAL,                   -- JSON object @{max_acu_limit: kept, invocations: {max_per_window: kept, window_seconds: kept}}
  concurrency        TEXT AS (_raw ->> 'concurrency') VIRTUAL,              -- JSON object @{max_concurrent_runs: kept, max_queue_depth: kept}
  notifications      TEXT AS (_raw ->> 'notifications') VIRTUAL,            -- JSON object @{email: {when: kept, recipients: [email]}, slack: {when: kept}}
  session_settings   TEXT AS (_raw ->> 'session_settings') VIRTUAL,         -- JSON object @{devin_mode: kept}
  tools              TEXT AS (_raw ->> 'tools') VIRTUAL,                    -- JSON object @{mcp_servers: [name], linear_enabled: kept, slack_dm_scope: kept}
  security_profile   TEXT AS (_raw ->> 'security_profile') VIRTUAL,         -- JSON object @{selection: kept, profile_id: kept}
  metadata           TEXT AS (_raw ->> 'metadata') VIRTUAL,                 -- JSON object @text
  slack_reply_access TEXT AS (_raw ->> 'slack_reply_access') VIRTUAL,       -- one of devin_users, slack_users, external_slack_users; open set @kept
  teams_reply_access TEXT AS (_raw ->> 'teams_reply_access') VIRTUAL,       -- one of devin_users, teams_users; open set @kept
  template_id        TEXT AS (_raw ->> 'template_id') VIRTUAL,  -- @kept
  last_invocation    TEXT AS (_raw ->> 'last_invocation') VIRTUAL,          -- JSON object {fired_at, status}; NULL: never @{fired_at: kept, status: kept}
  next_run_at        INTEGER AS (_raw ->> 'next_run_at') VIRTUAL            -- Unix seconds, UTC; NULL: not said, or not yet @kept
);
INSERT INTO automations (automation_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('automation-a9d0319cd2a5c83d93879396252c9231','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"actions":[{"prompt":"Add retries with backoff to the payment webhook. Don''t touch the \"legacy\" path.","session":{"bypass_approval":false,"notifications":{"slack":{"channel_id":"C1","mode":"post_updates"},"teams":null},"platform":null,"playbook_id":null,"repos":["acme/web"],"tags":[]},"type":"start_session"}],"automation_id":"automation-a9d0319cd2a5c83d93879396252c9231","created_at":1794295628,"created_by":{"id":"email|65f1c02be9a7d40c1ab2","name":"Zoë Müller","type":"user"},"enabled":false,"name":"Triage \"3\" 🤖","triggers":[{"conditions":{"any":[{"all":[{"field":"title","operator":"in","value":["x","y"]}]}]},"event_type":"slack:message","trigger_id":"trigger-4bc1623fd7131da97d6abb9a37de0888"}],"updated_at":1794349628}',1795997215,1795997215,NULL);
INSERT INTO automations (automation_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('automation-6400018a3426a73b725a1eb30cf9789a','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"actions":[{"setup_prompt":"Watch","slack_monitor_config":{"source_channel_id":"C2","team_id":null},"type":"monitor_session"}],"automation_id":"automation-6400018a3426a73b725a1eb30cf9789a","created_at":1794282615,"created_by":{"id":"service-user-1d6f3c8852a05e7b9f24c7a3bae18d69","type":"service_user"},"enabled":true,"limits":{"invocations":null,"max_acu_limit":null},"name":"Triage \"7\" 🤖","next_run_at":1795179600,"notifications":{"email":{"recipients":null,"when":"dispatch_succeeded"},"slack":null},"run_as":{"service_user_id":"service-user-1d6f3c8852a05e7b9f24c7a3bae18d69","type":"service_user"},"security_profile":{"profile_id":null,"selection":"inherit"},"slack_reply_access":"slack_users","teams_reply_access":"teams_users","template_id":"template-1","triggers":[{"event_type":"webhook:incoming","replies":[{"type":"post_response"}],"trigger_id":"trigger-407cb6e1868c7c6bdecc6d79bfe84895","webhook":{"secret":null,"url":"https://hooks.example.com/1"}}],"updated_at":1794336615}',1795997215,1795997215,NULL);
INSERT INTO automations (automation_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('automation-1b10b6849a26d15fff4f1b7abb1c24d1','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"actions":[{"prompt":"Upgrade the runtime to the current LTS. Open one pull request per repository.","session":{"bypass_approval":false,"notifications":{"slack":{"channel_id":"C1","mode":"post_updates"},"teams":null},"platform":null,"playbook_id":null,"repos":["acme/web"],"tags":[]},"type":"start_session"}],"automation_id":"automation-1b10b6849a26d15fff4f1b7abb1c24d1","concurrency":{"max_concurrent_runs":2,"max_queue_depth":0},"created_at":1790655322,"created_by":{"id":"email|65f1c02be9a7d40c1ab2","name":"Zoë Müller","type":"user"},"enabled":true,"last_edited_by":{"id":"service-user-1d6f3c8852a05e7b9f24c7a3bae18d69","type":"service_user"},"last_invocation":{"fired_at":1795173000,"status":"succeeded"},"limits":{"invocations":{"max_per_window":5,"window_seconds":3600},"max_acu_limit":10},"metadata":{"größe":"klein","owner":"ops \"night\""},"name":"Triage \"5\" 🤖","notifications":{"email":{"recipients":["a@example.com"],"when":"always"},"slack":{"channel_id":"C1","when":"dispatch_failed"}},"run_as":{"type":"organization"},"security_profile":{"profile_id":"secprof-1","selection":"profile","warnings":["old"]},"session_settings":{"devin_mode":"fast","net_policy":{"allow":[{"hostname":"example.com"}]}},"tools":{"jira_projects":null,"linear_enabled":true,"mcp_servers":["jira"],"slack_channels":[{"channel_id":"C1","team_id":"T1"}],"slack_dm_scope":"org_members","teams_channels":[]},"triggers":[{"conditions":{"any":[{"all":[{"field":"title","operator":"eq","value":null},{"field":"title","operator":"not_contains","value":["x","y"]},{"field":"title","operator":"ends_with","value":"a\"b"},{"field":"title","operator":"gt","value":7},{"field":"title","operator":"recurrence","value":{"every":"day"}},{"field":"title","operator":"is_empty"}]}]},"event_type":"github:push","replies":[{"type":"notify_thread"}],"trigger_id":"trigger-8f95e43051936f6b6c1d94bec6b2ff0b"}],"updated_at":1790709322}',1795997215,1795997215,NULL);
INSERT INTO automations (automation_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('automation-4e3844a3eb69120780c4260c1c3e3c1a','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"actions":[{"prompt":"Look at https://status.example.com/incidents/42?from=a&to=b and write a summary.","session":{"bypass_approval":false,"notifications":{"slack":{"channel_id":"C1","mode":"post_updates"},"teams":null},"platform":null,"playbook_id":null,"repos":["acme/web"],"tags":[]},"type":"start_session"}],"automation_id":"automation-4e3844a3eb69120780c4260c1c3e3c1a","concurrency":{"max_concurrent_runs":2,"max_queue_depth":0},"created_at":1788843529,"created_by":{"id":"email|65f1c02be9a7d40c1ab2","name":"Zoë Müller","type":"user"},"enabled":true,"last_edited_by":{"id":"service-user-1d6f3c8852a05e7b9f24c7a3bae18d69","type":"service_user"},"last_invocation":{"fired_at":1795176000,"status":"succeeded"},"limits":{"invocations":{"max_per_window":5,"window_seconds":3600},"max_acu_limit":10},"metadata":{"größe":"klein","owner":"ops \"night\""},"name":"Triage \"0\" 🤖","notifications":{"email":{"recipients":["a@example.com"],"when":"always"},"slack":{"channel_id":"C1","when":"dispatch_failed"}},"run_as":{"type":"organization"},"security_profile":{"profile_id":"secprof-1","selection":"profile","warnings":["old"]},"session_settings":{"devin_mode":"fast","net_policy":{"allow":[{"hostname":"example.com"}]}},"tools":{"jira_projects":null,"linear_enabled":true,"mcp_servers":["jira"],"slack_channels":[{"channel_id":"C1","team_id":"T1"}],"slack_dm_scope":"org_members","teams_channels":[]},"triggers":[{"conditions":{"any":[{"all":[{"field":"title","operator":"eq","value":null},{"field":"title","operator":"not_contains","value":["x","y"]},{"field":"title","operator":"ends_with","value":"a\"b"},{"field":"title","operator":"gt","value":7},{"field":"title","operator":"recurrence","value":{"every":"day"}},{"field":"title","operator":"is_empty"}]}]},"event_type":"github:push","replies":[{"type":"notify_thread"}],"trigger_id":"trigger-2155fcd91026a2cb22ea641f5d0e4e27"}],"updated_at":1788897529}',1795997215,1795997215,NULL);
INSERT INTO automations (automation_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('automation-f3bd0388595e2c3e72682b869536b9a5','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"actions":[{"auto_create":true,"prompt":"go on","target_devin_id":"devin-0","type":"message_session"}],"automation_id":"automation-f3bd0388595e2c3e72682b869536b9a5","concurrency":null,"created_at":1787531006,"created_by":{"id":"google-oauth2|117730298840021136541","name":null,"type":"user"},"enabled":true,"last_edited_by":null,"last_invocation":null,"limits":null,"name":"Triage \"1\" 🤖","next_run_at":null,"notifications":null,"run_as":{"type":"creator"},"security_profile":null,"session_settings":null,"slack_reply_access":"devin_users","teams_reply_access":"devin_users","template_id":null,"tools":null,"triggers":[{"conditions":null,"event_type":"github:pull_request","trigger_id":"trigger-95214f7852c33ecc91e164bb41535895"},{"event_type":"schedule:recurring","replies":[{"type":"attach_thread"}],"trigger_id":"trigger-e9c035ebb9be4ac4e236cb518ed512ff"}],"updated_at":1787585006}',1795997215,1795997215,NULL);
INSERT INTO automations (automation_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('automation-aacd7b082fd8842622c15747237077e8','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"actions":[{"auto_create":true,"prompt":"go on","target_devin_id":"devin-0","type":"message_session"}],"automation_id":"automation-aacd7b082fd8842622c15747237077e8","concurrency":null,"created_at":1786087864,"created_by":{"id":"google-oauth2|117730298840021136541","name":null,"type":"user"},"enabled":true,"last_edited_by":null,"last_invocation":null,"limits":null,"name":"Triage \"6\" 🤖","next_run_at":null,"notifications":null,"run_as":{"type":"creator"},"security_profile":null,"session_settings":null,"slack_reply_access":"devin_users","teams_reply_access":"devin_users","template_id":null,"tools":null,"triggers":[{"conditions":null,"event_type":"github:pull_request","trigger_id":"trigger-1fadf6be07f96ba07f99b8f34486c4b6"},{"event_type":"schedule:recurring","replies":[{"type":"attach_thread"}],"trigger_id":"trigger-c3b3c2c47671c091df3eaf2223330e3a"}],"updated_at":1786141864}',1795997215,1795997215,NULL);
INSERT INTO automations (automation_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('automation-e3c707d18d278dad51c69b98c8943c93','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"actions":[{"auto_create":true,"prompt":"go on","target_devin_id":"devin-0","type":"message_session"}],"automation_id":"automation-e3c707d18d278dad51c69b98c8943c93","concurrency":{"max_concurrent_runs":2,"max_queue_depth":0},"created_at":1785747390,"created_by":{"id":"email|65f1c02be9a7d40c1ab2","name":"Zoë Müller","type":"user"},"enabled":true,"last_edited_by":{"id":"service-user-1d6f3c8852a05e7b9f24c7a3bae18d69","type":"service_user"},"last_invocation":{"fired_at":1795173600,"status":"succeeded"},"limits":{"invocations":{"max_per_window":5,"window_seconds":3600},"max_acu_limit":10},"metadata":{"größe":"klein","owner":"ops \"night\""},"name":"Triage \"4\" 🤖","notifications":{"email":{"recipients":["a@example.com"],"when":"always"},"slack":{"channel_id":"C1","when":"always"}},"run_as":{"type":"organization"},"security_profile":{"profile_id":"secprof-1","selection":"profile","warnings":["old"]},"session_settings":{"devin_mode":"fast","net_policy":{"allow":[{"hostname":"example.com"}]}},"tools":{"jira_projects":["OPS"],"linear_enabled":null,"mcp_servers":["jira"],"slack_channels":[{"channel_id":"C1","team_id":"T1"}],"slack_dm_scope":"workspace","teams_channels":[]},"triggers":[{"event_type":"linear:create","replies":[{"type":"post_response"}],"trigger_id":"trigger-3cc70bf0b1ce0404d3156fb30f7f3131"}],"updated_at":1785801390}',1795997215,1795997215,NULL);
INSERT INTO automations (automation_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('automation-f4078e4b4dff4c9fa90c62852a7bf5f3','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"actions":[{"setup_prompt":"Watch","slack_monitor_config":{"source_channel_id":"C2","team_id":null},"type":"monitor_session"}],"automation_id":"automation-f4078e4b4dff4c9fa90c62852a7bf5f3","created_at":1781732625,"created_by":{"id":"service-user-1d6f3c8852a05e7b9f24c7a3bae18d69","type":"service_user"},"enabled":true,"limits":{"invocations":null,"max_acu_limit":null},"name":"Triage \"2\" 🤖","next_run_at":1795179600,"notifications":{"email":{"recipients":null,"when":"dispatch_succeeded"},"slack":null},"run_as":{"service_user_id":"service-user-1d6f3c8852a05e7b9f24c7a3bae18d69","type":"service_user"},"security_profile":{"profile_id":null,"selection":"inherit"},"slack_reply_access":"slack_users","teams_reply_access":"teams_users","template_id":"template-1","triggers":[{"event_type":"webhook:incoming","replies":[{"type":"post_response"}],"trigger_id":"trigger-19629f09ac52de15ead59260a3574df7","webhook":{"secret":null,"url":"https://hooks.example.com/1"}}],"updated_at":1781786625}',1795997215,1795997215,NULL);
CREATE INDEX automations_by_organization ON automations (org_id);
CREATE VIEW v_automations AS
SELECT automation_id, org_id, name, enabled, triggers, actions, created_by, last_edited_by, run_as, limits,
  concurrency, notifications, session_settings, tools, security_profile, metadata, slack_reply_access,
  teams_reply_access, template_id, last_invocation,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(next_run_at > 100000000000, next_run_at / 1000, next_run_at), 'unixepoch') AS next_run_at
FROM automations WHERE _deleted_at IS NULL;
CREATE TABLE automation_schemas (
  org_id            TEXT NOT NULL,                                          -- the organization: organizations.org_id @kept
  event_type        TEXT NOT NULL,  -- @kept
  _raw              TEXT NOT NULL,                                          -- the object as Devin sent it @columns
  _first_synced_at  INTEGER NOT NULL,                                       -- when this mirror first saw the row; Unix seconds @kept
  _changed_at       INTEGER NOT NULL,                                       -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at       INTEGER,                                                -- when the row was found gone from the server; NULL: alive @kept
  name              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  category          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'category') VIRTUAL,  -- @kept
  supported_replies TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'supported_replies') VIRTUAL,  -- JSON list @[kept]
  fields            TEXT AS (_raw ->> 'fields') VIRTUAL,                    -- JSON object @text
  PRIMARY KEY (org_id, event_type)
);
CREATE VIEW v_automation_schemas AS
SELECT org_id, event_type, name, category, supported_replies, fields
FROM automation_schemas WHERE _deleted_at IS NULL;
CREATE TABLE automation_templates (
  org_id                TEXT NOT NULL,                                      -- the organization: organizations.org_id @kept
  template_id           TEXT NOT NULL,  -- @kept
  _raw                  TEXT NOT NULL,                                      -- the object as Devin sent it @columns
  _first_synced_at      INTEGER NOT NULL,                                   -- when this mirror first saw the row; Unix seconds @kept
  _changed_at           INTEGER NOT NULL,                                   -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at           INTEGER,                                            -- when the row was found gone from the server; NULL: alive @kept
  name                  TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  description           TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'description') VIRTUAL,  -- @text
  category              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'category') VIRTUAL,  -- @kept
  featured              INTEGER AS (_raw ->> 'featured') VIRTUAL,           -- 1 or 0 @kept
  docs_url              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'docs_url') VIRTUAL,  -- @url
  required_integrations TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'required_integrations') VIRTUAL,  -- JSON list @[kept]
  required_mcps         TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'required_mcps') VIRTUAL,  -- JSON list @[name]
  triggers              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'triggers') VIRTUAL,  -- JSON list @text
  actions               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'actions') VIRTUAL,  -- JSON list @text
  PRIMARY KEY (org_id, template_id)
);
CREATE VIEW v_automation_templates AS
SELECT org_id, template_id, name, description, category, featured, docs_url, required_integrations, required_mcps,
  triggers, actions
FROM automation_templates WHERE _deleted_at IS NULL;
CREATE TABLE daily_consumption (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  date             INTEGER NOT NULL,                                        -- start of the billing day (08:00 UTC), Unix seconds @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  acus             REAL AS (_raw ->> 'acus') STORED,                        -- agent compute units @kept
  acus_by_product  TEXT AS (_raw ->> 'acus_by_product') VIRTUAL,            -- JSON object @{*: kept}
  PRIMARY KEY (org_id, date)
);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1792656000,'{"acus":81.40625,"acus_by_product":{"cascade":8.328125,"devin":65.625,"review":3.015625,"terminal":4.4375},"date":1792656000}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1792742400,'{"acus":39.46875,"acus_by_product":{"cascade":5.15625,"devin":30.25,"review":2.25,"terminal":1.8125},"date":1792742400}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1792828800,'{"acus":91,"acus_by_product":{"cascade":8.125,"devin":75.65625,"review":2.984375,"terminal":4.234375},"date":1792828800}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1792915200,'{"acus":54.015625,"acus_by_product":{"cascade":7.296875,"devin":39.65625,"review":3.28125,"terminal":3.78125},"date":1792915200}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1793001600,'{"acus":52.78125,"acus_by_product":{"cascade":7.6875,"devin":38.640625,"review":2.859375,"terminal":3.59375},"date":1793001600}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1793088000,'{"acus":52.3125,"acus_by_product":{"cascade":6.328125,"devin":37.890625,"review":3.0625,"terminal":5.03125},"date":1793088000}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1793174400,'{"acus":42.390625,"acus_by_product":{"cascade":7.5,"devin":26.21875,"review":3.640625,"terminal":5.03125},"date":1793174400}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1793260800,'{"acus":40.734375,"acus_by_product":{"cascade":5.125,"devin":28.703125,"review":4.578125,"terminal":2.328125},"date":1793260800}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1793347200,'{"acus":55.171875,"acus_by_product":{"cascade":6.0625,"devin":43.84375,"review":1.609375,"terminal":3.65625},"date":1793347200}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1793433600,'{"acus":61.234375,"acus_by_product":{"cascade":8.28125,"devin":42.84375,"review":4.859375,"terminal":5.25},"date":1793433600}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1793520000,'{"acus":63.171875,"acus_by_product":{"cascade":8.25,"devin":49.375,"review":2.71875,"terminal":2.828125},"date":1793520000}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1793606400,'{"acus":56.1875,"acus_by_product":{"cascade":8.34375,"devin":43.953125,"review":1.875,"terminal":2.015625},"date":1793606400}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1793692800,'{"acus":46.9375,"acus_by_product":{"cascade":6.78125,"devin":33.484375,"review":2.984375,"terminal":3.6875},"date":1793692800}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1793779200,'{"acus":64,"acus_by_product":{"cascade":8.75,"devin":47.265625,"review":3.34375,"terminal":4.640625},"date":1793779200}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1793865600,'{"acus":51.5,"acus_by_product":{"cascade":6.015625,"devin":39.828125,"review":2.65625,"terminal":3},"date":1793865600}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1793952000,'{"acus":75.34375,"acus_by_product":{"cascade":7.578125,"devin":60.53125,"review":3,"terminal":4.234375},"date":1793952000}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1794038400,'{"acus":56.421875,"acus_by_product":{"cascade":4.71875,"devin":44.40625,"review":3.34375,"terminal":3.953125},"date":1794038400}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1794124800,'{"acus":80.125,"acus_by_product":{"cascade":5.109375,"devin":69.328125,"review":2.84375,"terminal":2.84375},"date":1794124800}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1794211200,'{"acus":60.125,"acus_by_product":{"cascade":5.734375,"devin":46.109375,"review":4.5,"terminal":3.78125},"date":1794211200}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1794297600,'{"acus":47.671875,"acus_by_product":{"cascade":4.421875,"devin":40.09375,"review":0.90625,"terminal":2.25},"date":1794297600}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1794384000,'{"acus":63.921875,"acus_by_product":{"cascade":7.671875,"devin":49.28125,"review":2.640625,"terminal":4.328125},"date":1794384000}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1794470400,'{"acus":62.078125,"acus_by_product":{"cascade":9.40625,"devin":46.53125,"review":2.28125,"terminal":3.859375},"date":1794470400}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1794556800,'{"acus":47.5625,"acus_by_product":{"cascade":7.15625,"devin":33.546875,"review":3.546875,"terminal":3.3125},"date":1794556800}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1794643200,'{"acus":79.515625,"acus_by_product":{"cascade":7.359375,"devin":63.984375,"review":3.484375,"terminal":4.6875},"date":1794643200}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1794729600,'{"acus":73.921875,"acus_by_product":{"cascade":7.21875,"devin":59.125,"review":3.140625,"terminal":4.4375},"date":1794729600}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1794816000,'{"acus":54.046875,"acus_by_product":{"cascade":5.265625,"devin":42.640625,"review":3.9375,"terminal":2.203125},"date":1794816000}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1794902400,'{"acus":43.0625,"acus_by_product":{"cascade":5.609375,"devin":32.15625,"review":1.125,"terminal":4.171875},"date":1794902400}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1794988800,'{"acus":50.359375,"acus_by_product":{"cascade":6.109375,"devin":39.515625,"review":1.65625,"terminal":3.078125},"date":1794988800}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1795075200,'{"acus":55.59375,"acus_by_product":{"cascade":6.015625,"devin":45.9375,"review":1.375,"terminal":2.265625},"date":1795075200}',1795997215,1795997215,NULL);
INSERT INTO daily_consumption (org_id,date,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6',1795161600,'{"acus":14,"acus_by_product":{"cascade":0.96875,"devin":11.71875,"review":0.65625,"terminal":0.65625},"date":1795161600}',1795997215,1795997215,NULL);
CREATE VIEW v_daily_consumption AS
SELECT org_id, acus, acus_by_product,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(date > 100000000000, date / 1000, date), 'unixepoch') AS date
FROM daily_consumption WHERE _deleted_at IS NULL;
CREATE TABLE user_daily_consumption (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  user_id          TEXT NOT NULL,                                           -- the user @kept
  date             INTEGER NOT NULL,                                        -- start of the billing day (08:00 UTC), Unix seconds @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  acus             REAL AS (_raw ->> 'acus') STORED,                        -- agent compute units @kept
  acus_by_product  TEXT AS (_raw ->> 'acus_by_product') VIRTUAL,            -- JSON object @{*: kept}
  PRIMARY KEY (org_id, user_id, date)
);
CREATE INDEX user_daily_consumption_by_date ON user_daily_consumption (date);
CREATE VIEW v_user_daily_consumption AS
SELECT org_id, user_id, acus, acus_by_product,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(date > 100000000000, date / 1000, date), 'unixepoch') AS date
FROM user_daily_consumption WHERE _deleted_at IS NULL;
CREATE TABLE service_user_daily_consumption (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  service_user_id  TEXT NOT NULL,                                           -- the service user @kept
  date             INTEGER NOT NULL,                                        -- start of the billing day (08:00 UTC), Unix seconds @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  acus             REAL AS (_raw ->> 'acus') STORED,                        -- agent compute units @kept
  acus_by_product  TEXT AS (_raw ->> 'acus_by_product') VIRTUAL,            -- JSON object @{*: kept}
  PRIMARY KEY (org_id, service_user_id, date)
);
CREATE INDEX service_user_daily_consumption_by_date ON service_user_daily_consumption (date);
CREATE VIEW v_service_user_daily_consumption AS
SELECT org_id, service_user_id, acus, acus_by_product,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(date > 100000000000, date / 1000, date), 'unixepoch') AS date
FROM service_user_daily_consumption WHERE _deleted_at IS NULL;
CREATE TABLE session_daily_consumption (
  session_id       TEXT NOT NULL,                                           -- the session: sessions.session_id @kept
  date             INTEGER NOT NULL,                                        -- start of the billing day (08:00 UTC), Unix seconds @kept
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  acus             REAL AS (_raw ->> 'acus') STORED,                        -- agent compute units @kept
  acus_by_product  TEXT AS (_raw ->> 'acus_by_product') VIRTUAL,            -- JSON object @{*: kept}
  PRIMARY KEY (session_id, date)
);
INSERT INTO session_daily_consumption (session_id,date,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('3130a3d394a946ff81aab448ab29c631',1795161600,'org-5a3d91c07be24f6688d2b94e01c7f3a6','{"acus":34.921875,"acus_by_product":{"cascade":0,"devin":34.921875,"review":null,"terminal":0},"date":1795161600}',1795997216,1795997216,NULL);
INSERT INTO session_daily_consumption (session_id,date,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('55af887b1ccd0fa73def81a089d9f291',1793779200,'org-5a3d91c07be24f6688d2b94e01c7f3a6','{"acus":68.578125,"acus_by_product":{"cascade":0,"devin":68.578125,"review":null,"terminal":0},"date":1793779200}',1795997216,1795997216,NULL);
INSERT INTO session_daily_consumption (session_id,date,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('2dc98dee3776a5a6a2cd50349992f88c',1791014400,'org-5a3d91c07be24f6688d2b94e01c7f3a6','{"acus":15.578125,"acus_by_product":{"cascade":0,"devin":15.578125,"review":null,"terminal":0},"date":1791014400}',1795997216,1795997216,NULL);
INSERT INTO session_daily_consumption (session_id,date,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('5be9de5ce920964ced3581f806726d74',1794211200,'org-5a3d91c07be24f6688d2b94e01c7f3a6','{"acus":96.53125,"acus_by_product":{"cascade":0,"devin":96.53125,"review":null,"terminal":0},"date":1794211200}',1795997216,1795997216,NULL);
INSERT INTO session_daily_consumption (session_id,date,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('8e9d40cbc59a9f147b74bc428a04b5a9',1792483200,'org-5a3d91c07be24f6688d2b94e01c7f3a6','{"acus":26.359375,"acus_by_product":{"cascade":0,"devin":26.359375,"review":null,"terminal":0},"date":1792483200}',1795997216,1795997216,NULL);
INSERT INTO session_daily_consumption (session_id,date,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('9a84edf4335e0d1c9f17e28b1969b27a',1795161600,'org-5a3d91c07be24f6688d2b94e01c7f3a6','{"acus":67.375,"acus_by_product":{"cascade":0,"devin":67.375,"review":null,"terminal":0},"date":1795161600}',1795997216,1795997216,NULL);
INSERT INTO session_daily_consumption (session_id,date,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('bf7a4e6ecbbf2f345b318501d32a217d',1795161600,'org-5a3d91c07be24f6688d2b94e01c7f3a6','{"acus":73.140625,"acus_by_product":{"cascade":0,"devin":73.140625,"review":null,"terminal":0},"date":1795161600}',1795997216,1795997216,NULL);
INSERT INTO session_daily_consumption (session_id,date,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('d46aa2503f54812ba9edad17313cea76',1790755200,'org-5a3d91c07be24f6688d2b94e01c7f3a6','{"acus":66.328125,"acus_by_product":{"cascade":0,"devin":66.328125,"review":null,"terminal":0},"date":1790755200}',1795997216,1795997216,NULL);
INSERT INTO session_daily_consumption (session_id,date,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('bd998a97bb9fded8d2f37c64ba534dcf',1795161600,'org-5a3d91c07be24f6688d2b94e01c7f3a6','{"acus":55.5,"acus_by_product":{"cascade":0,"devin":55.5,"review":null,"terminal":0},"date":1795161600}',1795997216,1795997216,NULL);
CREATE INDEX session_daily_consumption_by_date ON session_daily_consumption (date);
CREATE VIEW v_session_daily_consumption AS
SELECT session_id, org_id, acus, acus_by_product,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(date > 100000000000, date / 1000, date), 'unixepoch') AS date
FROM session_daily_consumption WHERE _deleted_at IS NULL;
CREATE TABLE enterprise_daily_consumption (
  date             INTEGER NOT NULL UNIQUE,                                 -- start of the billing day (08:00 UTC), Unix seconds @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  acus             REAL AS (_raw ->> 'acus') STORED,                        -- agent compute units @kept
  acus_by_product  TEXT AS (_raw ->> 'acus_by_product') VIRTUAL             -- JSON object @{*: kept}
);
CREATE VIEW v_enterprise_daily_consumption AS
SELECT acus, acus_by_product,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(date > 100000000000, date / 1000, date), 'unixepoch') AS date
FROM enterprise_daily_consumption WHERE _deleted_at IS NULL;
CREATE TABLE billing_cycles (
  "after"          INTEGER NOT NULL UNIQUE,                                 -- start of the cycle, Unix seconds @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  "before"         INTEGER AS (_raw ->> 'before') VIRTUAL                   -- Unix seconds, UTC; end of the cycle @kept
);
CREATE VIEW v_billing_cycles AS
SELECT strftime('%Y-%m-%dT%H:%M:%SZ', iif("after" > 100000000000, "after" / 1000, "after"), 'unixepoch') AS "after",
  strftime('%Y-%m-%dT%H:%M:%SZ', iif("before" > 100000000000, "before" / 1000, "before"), 'unixepoch') AS "before"
FROM billing_cycles WHERE _deleted_at IS NULL;
CREATE TABLE acu_limits (
  limit_key        TEXT NOT NULL PRIMARY KEY,                               -- scope:org_id:user_id, what is missing left empty @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  scope            TEXT AS (_raw ->> 'scope') VIRTUAL,                      -- one of enterprise, org, user; open set @kept
  cycle_acu_limit  INTEGER AS (_raw ->> 'cycle_acu_limit') VIRTUAL,         -- agent compute units per billing cycle @kept
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                      -- the organization; NULL: the limit is not of one @kept
  user_id          TEXT AS (_raw ->> 'user_id') STORED                      -- users.user_id; NULL: the limit is not of one @kept
);
CREATE VIEW v_acu_limits AS
SELECT limit_key, scope, cycle_acu_limit, org_id, user_id
FROM acu_limits WHERE _deleted_at IS NULL;
CREATE VIEW consumption_by_product AS
SELECT d.org_id, strftime('%Y-%m-%d', d.date, 'unixepoch') AS day, product.key AS product, product.value AS acus
FROM daily_consumption AS d, json_each(d._raw, '$.acus_by_product') AS product
WHERE d._deleted_at IS NULL AND product.type IN ('integer', 'real');
CREATE TABLE usage_metrics (
  org_id            TEXT NOT NULL,                                          -- the organization: organizations.org_id @kept
  range_start       INTEGER NOT NULL,                                       -- first moment of the month, Unix seconds @kept
  range_end         INTEGER NOT NULL,                                       -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept
  _raw              TEXT NOT NULL,                                          -- the object as Devin sent it @columns
  _first_synced_at  INTEGER NOT NULL,                                       -- when this mirror first saw the row; Unix seconds @kept
  _changed_at       INTEGER NOT NULL,                                       -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at       INTEGER,                                                -- when the row was found gone from the server; NULL: alive @kept
  sessions_count    INTEGER AS (_raw ->> 'sessions_count') VIRTUAL,         -- a count @kept
  searches_count    INTEGER AS (_raw ->> 'searches_count') VIRTUAL,         -- a count @kept
  prs_created_count INTEGER AS (_raw ->> 'prs_created_count') VIRTUAL,      -- a count @kept
  prs_merged_count  INTEGER AS (_raw ->> 'prs_merged_count') VIRTUAL,       -- a count @kept
  PRIMARY KEY (org_id, range_start)
);
CREATE VIEW v_usage_metrics AS
SELECT org_id, sessions_count, searches_count, prs_created_count, prs_merged_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM usage_metrics WHERE _deleted_at IS NULL;
CREATE TABLE enterprise_usage_metrics (
  range_start       INTEGER NOT NULL UNIQUE,                                -- first moment of the month, Unix seconds @kept
  range_end         INTEGER NOT NULL,                                       -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept
  _raw              TEXT NOT NULL,                                          -- the object as Devin sent it @columns
  _first_synced_at  INTEGER NOT NULL,                                       -- when this mirror first saw the row; Unix seconds @kept
  _changed_at       INTEGER NOT NULL,                                       -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at       INTEGER,                                                -- when the row was found gone from the server; NULL: alive @kept
  sessions_count    INTEGER AS (_raw ->> 'sessions_count') VIRTUAL,         -- a count @kept
  searches_count    INTEGER AS (_raw ->> 'searches_count') VIRTUAL,         -- a count @kept
  prs_created_count INTEGER AS (_raw ->> 'prs_created_count') VIRTUAL,      -- a count @kept
  prs_merged_count  INTEGER AS (_raw ->> 'prs_merged_count') VIRTUAL        -- a count @kept
);
CREATE VIEW v_enterprise_usage_metrics AS
SELECT sessions_count, searches_count, prs_created_count, prs_merged_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM enterprise_usage_metrics WHERE _deleted_at IS NULL;
CREATE TABLE session_metrics (
  org_id                               TEXT NOT NULL,                       -- the organization: organizations.org_id @kept
  range_start                          INTEGER NOT NULL,                    -- first moment of the month, Unix seconds @kept
  range_end                            INTEGER NOT NULL,                    -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept
  _raw                                 TEXT NOT NULL,                       -- the object as Devin sent it @columns
  _first_synced_at                     INTEGER NOT NULL,                    -- when this mirror first saw the row; Unix seconds @kept
  _changed_at                          INTEGER NOT NULL,                    -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at                          INTEGER,                             -- when the row was found gone from the server; NULL: alive @kept
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
CREATE VIEW v_session_metrics AS
SELECT org_id, sessions_created_count, avg_acus_per_session, sessions_created_by_origin, sessions_created_by_size,
  sessions_created_with_playbook_count, sessions_created_with_search_count, sessions_with_merged_prs_count,
  sessions_with_merged_prs_by_size,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM session_metrics WHERE _deleted_at IS NULL;
CREATE TABLE enterprise_session_metrics (
  range_start                          INTEGER NOT NULL UNIQUE,             -- first moment of the month, Unix seconds @kept
  range_end                            INTEGER NOT NULL,                    -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept
  _raw                                 TEXT NOT NULL,                       -- the object as Devin sent it @columns
  _first_synced_at                     INTEGER NOT NULL,                    -- when this mirror first saw the row; Unix seconds @kept
  _changed_at                          INTEGER NOT NULL,                    -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at                          INTEGER,                             -- when the row was found gone from the server; NULL: alive @kept
  sessions_created_count               INTEGER AS (_raw ->> 'sessions_created_count') VIRTUAL,  -- a count @kept
  avg_acus_per_session                 REAL AS (_raw ->> 'avg_acus_per_session') VIRTUAL,  -- agent compute units @kept
  sessions_created_by_origin           TEXT AS (_raw ->> 'sessions_created_by_origin') VIRTUAL,  -- JSON object @{*: kept}
  sessions_created_by_size             TEXT AS (_raw ->> 'sessions_created_by_size') VIRTUAL,  -- JSON object @{*: kept}
  sessions_created_with_playbook_count INTEGER AS (_raw ->> 'sessions_created_with_playbook_count') VIRTUAL,  -- a count @kept
  sessions_created_with_search_count   INTEGER AS (_raw ->> 'sessions_created_with_search_count') VIRTUAL,  -- a count @kept
  sessions_with_merged_prs_count       INTEGER AS (_raw ->> 'sessions_with_merged_prs_count') VIRTUAL,  -- a count @kept
  sessions_with_merged_prs_by_size     TEXT AS (_raw ->> 'sessions_with_merged_prs_by_size') VIRTUAL  -- JSON object @{*: kept}
);
CREATE VIEW v_enterprise_session_metrics AS
SELECT sessions_created_count, avg_acus_per_session, sessions_created_by_origin, sessions_created_by_size,
  sessions_created_with_playbook_count, sessions_created_with_search_count, sessions_with_merged_prs_count,
  sessions_with_merged_prs_by_size,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM enterprise_session_metrics WHERE _deleted_at IS NULL;
CREATE TABLE pull_request_metrics (
  org_id                      TEXT NOT NULL,                                -- the organization: organizations.org_id @kept
  range_start                 INTEGER NOT NULL,                             -- first moment of the month, Unix seconds @kept
  range_end                   INTEGER NOT NULL,                             -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept
  _raw                        TEXT NOT NULL,                                -- the object as Devin sent it @columns
  _first_synced_at            INTEGER NOT NULL,                             -- when this mirror first saw the row; Unix seconds @kept
  _changed_at                 INTEGER NOT NULL,                             -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at                 INTEGER,                                      -- when the row was found gone from the server; NULL: alive @kept
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
CREATE VIEW v_pull_request_metrics AS
SELECT org_id, prs_created_count, prs_opened_count, prs_merged_count, prs_closed_count, prs_taken_over_count,
  prs_taken_over_opened_count, prs_taken_over_merged_count, prs_taken_over_closed_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM pull_request_metrics WHERE _deleted_at IS NULL;
CREATE TABLE enterprise_pull_request_metrics (
  range_start                 INTEGER NOT NULL UNIQUE,                      -- first moment of the month, Unix seconds @kept
  range_end                   INTEGER NOT NULL,                             -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept
  _raw                        TEXT NOT NULL,                                -- the object as Devin sent it @columns
  _first_synced_at            INTEGER NOT NULL,                             -- when this mirror first saw the row; Unix seconds @kept
  _changed_at                 INTEGER NOT NULL,                             -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at                 INTEGER,                                      -- when the row was found gone from the server; NULL: alive @kept
  prs_created_count           INTEGER AS (_raw ->> 'prs_created_count') VIRTUAL,  -- a count @kept
  prs_opened_count            INTEGER AS (_raw ->> 'prs_opened_count') VIRTUAL,  -- a count @kept
  prs_merged_count            INTEGER AS (_raw ->> 'prs_merged_count') VIRTUAL,  -- a count @kept
  prs_closed_count            INTEGER AS (_raw ->> 'prs_closed_count') VIRTUAL,  -- a count @kept
  prs_taken_over_count        INTEGER AS (_raw ->> 'prs_taken_over_count') VIRTUAL,  -- a count @kept
  prs_taken_over_opened_count INTEGER AS (_raw ->> 'prs_taken_over_opened_count') VIRTUAL,  -- a count @kept
  prs_taken_over_merged_count INTEGER AS (_raw ->> 'prs_taken_over_merged_count') VIRTUAL,  -- a count @kept
  prs_taken_over_closed_count INTEGER AS (_raw ->> 'prs_taken_over_closed_count') VIRTUAL  -- a count @kept
);
CREATE VIEW v_enterprise_pull_request_metrics AS
SELECT prs_created_count, prs_opened_count, prs_merged_count, prs_closed_count, prs_taken_over_count,
  prs_taken_over_opened_count, prs_taken_over_merged_count, prs_taken_over_closed_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM enterprise_pull_request_metrics WHERE _deleted_at IS NULL;
CREATE TABLE search_metrics (
  org_id                 TEXT NOT NULL,                                     -- the organization: organizations.org_id @kept
  range_start            INTEGER NOT NULL,                                  -- first moment of the month, Unix seconds @kept
  range_end              INTEGER NOT NULL,                                  -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept
  _raw                   TEXT NOT NULL,                                     -- the object as Devin sent it @columns
  _first_synced_at       INTEGER NOT NULL,                                  -- when this mirror first saw the row; Unix seconds @kept
  _changed_at            INTEGER NOT NULL,                                  -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at            INTEGER,                                           -- when the row was found gone from the server; NULL: alive @kept
  searches_created_count INTEGER AS (_raw ->> 'searches_created_count') VIRTUAL,  -- a count @kept
  PRIMARY KEY (org_id, range_start)
);
CREATE VIEW v_search_metrics AS
SELECT org_id, searches_created_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM search_metrics WHERE _deleted_at IS NULL;
CREATE TABLE enterprise_search_metrics (
  range_start            INTEGER NOT NULL UNIQUE,                           -- first moment of the month, Unix seconds @kept
  range_end              INTEGER NOT NULL,                                  -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept
  _raw                   TEXT NOT NULL,                                     -- the object as Devin sent it @columns
  _first_synced_at       INTEGER NOT NULL,                                  -- when this mirror first saw the row; Unix seconds @kept
  _changed_at            INTEGER NOT NULL,                                  -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at            INTEGER,                                           -- when the row was found gone from the server; NULL: alive @kept
  searches_created_count INTEGER AS (_raw ->> 'searches_created_count') VIRTUAL  -- a count @kept
);
CREATE VIEW v_enterprise_search_metrics AS
SELECT searches_created_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM enterprise_search_metrics WHERE _deleted_at IS NULL;
CREATE TABLE session_category_metrics (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  range_start      INTEGER NOT NULL,                                        -- first moment of the month, Unix seconds @kept
  range_end        INTEGER NOT NULL,                                        -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @{*: kept}
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  PRIMARY KEY (org_id, range_start)
);
CREATE VIEW v_session_category_metrics AS
SELECT org_id, _raw AS counts,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM session_category_metrics WHERE _deleted_at IS NULL;
CREATE TABLE enterprise_session_category_metrics (
  range_start      INTEGER NOT NULL UNIQUE,                                 -- first moment of the month, Unix seconds @kept
  range_end        INTEGER NOT NULL,                                        -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @{*: kept}
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER                                                  -- when the row was found gone from the server; NULL: alive @kept
);
CREATE VIEW v_enterprise_session_category_metrics AS
SELECT _raw AS counts,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM enterprise_session_category_metrics WHERE _deleted_at IS NULL;
CREATE TABLE code_scan_metrics (
  org_id                       TEXT NOT NULL,                               -- the organization: organizations.org_id @kept
  range_start                  INTEGER NOT NULL,                            -- first moment of the month, Unix seconds @kept
  range_end                    INTEGER NOT NULL,                            -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept
  _raw                         TEXT NOT NULL,                               -- the object as Devin sent it @columns
  _first_synced_at             INTEGER NOT NULL,                            -- when this mirror first saw the row; Unix seconds @kept
  _changed_at                  INTEGER NOT NULL,                            -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at                  INTEGER,                                     -- when the row was found gone from the server; NULL: alive @kept
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
CREATE VIEW v_code_scan_metrics AS
SELECT org_id, scans_count, repos_scanned_count, prs_created_count, prs_open_count, prs_merged_count,
  prs_closed_count, avg_pr_time_to_merge_seconds, avg_pr_open_duration_seconds, open_critical_findings_count,
  open_high_findings_count, open_medium_findings_count, open_low_findings_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM code_scan_metrics WHERE _deleted_at IS NULL;
CREATE TABLE enterprise_code_scan_metrics (
  range_start                  INTEGER NOT NULL UNIQUE,                     -- first moment of the month, Unix seconds @kept
  range_end                    INTEGER NOT NULL,                            -- end of the month, exclusive, Unix seconds; a month that is not over holds what was so far @kept
  _raw                         TEXT NOT NULL,                               -- the object as Devin sent it @columns
  _first_synced_at             INTEGER NOT NULL,                            -- when this mirror first saw the row; Unix seconds @kept
  _changed_at                  INTEGER NOT NULL,                            -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at                  INTEGER,                                     -- when the row was found gone from the server; NULL: alive @kept
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
CREATE VIEW v_enterprise_code_scan_metrics AS
SELECT scans_count, repos_scanned_count, prs_created_count, prs_open_count, prs_merged_count, prs_closed_count,
  avg_pr_time_to_merge_seconds, avg_pr_open_duration_seconds, open_critical_findings_count, open_high_findings_count,
  open_medium_findings_count, open_low_findings_count,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_start > 100000000000, range_start / 1000, range_start), 'unixepoch') AS range_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(range_end > 100000000000, range_end / 1000, range_end), 'unixepoch') AS range_end
FROM enterprise_code_scan_metrics WHERE _deleted_at IS NULL;
CREATE TABLE active_users (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  period           TEXT NOT NULL,                                           -- what a row counts over: dau, wau, mau (day, week, month) or active-users (the range asked for) @kept
  start_time       INTEGER NOT NULL,                                        -- Unix seconds, UTC @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  end_time         INTEGER AS (_raw ->> 'end_time') VIRTUAL,                -- Unix seconds, UTC @kept
  active_users     INTEGER AS (_raw ->> 'active_users') VIRTUAL,            -- distinct users; do not add up over other ranges @kept
  PRIMARY KEY (org_id, period, start_time)
);
CREATE VIEW v_active_users AS
SELECT org_id, period, active_users,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(start_time > 100000000000, start_time / 1000, start_time), 'unixepoch') AS start_time,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(end_time > 100000000000, end_time / 1000, end_time), 'unixepoch') AS end_time
FROM active_users WHERE _deleted_at IS NULL;
CREATE TABLE enterprise_active_users (
  period           TEXT NOT NULL,                                           -- what a row counts over: dau, wau, mau (day, week, month) or active-users (the range asked for) @kept
  start_time       INTEGER NOT NULL,                                        -- Unix seconds, UTC @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  end_time         INTEGER AS (_raw ->> 'end_time') VIRTUAL,                -- Unix seconds, UTC @kept
  active_users     INTEGER AS (_raw ->> 'active_users') VIRTUAL,            -- distinct users; do not add up over other ranges @kept
  PRIMARY KEY (period, start_time)
);
CREATE VIEW v_enterprise_active_users AS
SELECT period, active_users,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(start_time > 100000000000, start_time / 1000, start_time), 'unixepoch') AS start_time,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(end_time > 100000000000, end_time / 1000, end_time), 'unixepoch') AS end_time
FROM enterprise_active_users WHERE _deleted_at IS NULL;
CREATE TABLE repositories (
  org_id                 TEXT NOT NULL,                                     -- the organization: organizations.org_id @kept
  repository_key         TEXT NOT NULL,                                     -- git_connection_id:provider_repository_id @kept
  _raw                   TEXT NOT NULL,                                     -- the object as Devin sent it @columns
  _first_synced_at       INTEGER NOT NULL,                                  -- when this mirror first saw the row; Unix seconds @kept
  _changed_at            INTEGER NOT NULL,                                  -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at            INTEGER,                                           -- when the row was found gone from the server; NULL: alive @kept
  provider_repository_id TEXT AS (_raw ->> 'provider_repository_id') VIRTUAL,  -- @kept
  git_connection_id      TEXT AS (_raw ->> 'git_connection_id') STORED,  -- @kept
  git_connection_host    TEXT AS (_raw ->> 'git_connection_host') VIRTUAL,  -- @host
  repo_name              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,  -- @name
  repo_path              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_path') VIRTUAL,  -- @path
  repo_description       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_description') VIRTUAL,  -- @text
  repo_language          TEXT AS (_raw ->> 'repo_language') VIRTUAL,  -- @kept
  last_updated_at        INTEGER AS (_raw ->> 'last_updated_at') VIRTUAL,   -- Unix seconds, UTC; NULL: not said, or not yet @kept
  indexing_status        TEXT AS (_raw ->> 'indexing_status') VIRTUAL,      -- JSON object @{indexing_enabled: kept, latest_completed_search_index_job: {job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}, latest_completed_wiki_index_job: {job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}, latest_indexes: [{job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}]}
  PRIMARY KEY (org_id, repository_key)
);
INSERT INTO repositories (org_id,repository_key,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','git-connection-fe298ca0af4762979dfd3bc7fbb765a2:000','{"git_connection_host":"github.com","git_connection_id":"git-connection-fe298ca0af4762979dfd3bc7fbb765a2","indexing_status":{"indexing_enabled":true,"latest_completed_search_index_job":{"branch_name":null,"commit":"commit-2ab9fdbef11cb354779e2232fbc66897","created_at":1788843529,"job_id":"job-df31d8ad5902191890ea233544b4323a","status":"completed"},"latest_completed_wiki_index_job":null,"latest_indexes":[{"branch_name":"main","commit":null,"created_at":1788843529,"job_id":"job-6cf8b168ec718baefb4d779bbbe4b066","status":"running"},{"branch_name":null,"commit":"commit-0b7f2d9c8f22bad025667ab69883a167","created_at":1788843529,"job_id":"job-1d46ec07bac90293c89b7567a44b3348","status":"completed"}]},"last_updated_at":1795176000,"provider_repository_id":"000","repo_description":"The \"acme/web\" service 📦","repo_language":"Swift","repo_name":"web","repo_path":"acme/web"}',1795997215,1795997215,NULL);
INSERT INTO repositories (org_id,repository_key,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','git-connection-fe298ca0af4762979dfd3bc7fbb765a2:100','{"git_connection_host":"github.com","git_connection_id":"git-connection-fe298ca0af4762979dfd3bc7fbb765a2","indexing_status":null,"last_updated_at":1795169000,"provider_repository_id":"100","repo_description":null,"repo_language":"Swift","repo_name":"api","repo_path":"acme/api"}',1795997215,1795997215,NULL);
INSERT INTO repositories (org_id,repository_key,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','git-connection-ddb8976eb20277e1d4c8e2cf8b5eb453:200','{"git_connection_host":"gitlab.example.com","git_connection_id":"git-connection-ddb8976eb20277e1d4c8e2cf8b5eb453","indexing_status":{"indexing_enabled":false,"latest_completed_search_index_job":{"branch_name":null,"commit":"commit-64e33bb5c1ee7202c4de65ce3336de23","created_at":1781732625,"job_id":"job-db217e3b41191e3181021a80be582f4e","status":"completed"},"latest_completed_wiki_index_job":null,"latest_indexes":[{"branch_name":"main","commit":null,"created_at":1781732625,"job_id":"job-f3c3228d7ce730530866a646cc252f52","status":"running"},{"branch_name":null,"commit":"commit-15fd02dc9b87b17b5210befe4761e94a","created_at":1781732625,"job_id":"job-d3350eba1273602e39ba0ca4eb634978","status":"completed"}]},"last_updated_at":1795162000,"provider_repository_id":"200","repo_description":"The \"acme/payments\" service 📦","repo_language":null,"repo_name":"payments","repo_path":"acme/payments"}',1795997215,1795997215,NULL);
INSERT INTO repositories (org_id,repository_key,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','git-connection-fe298ca0af4762979dfd3bc7fbb765a2:300','{"git_connection_host":"github.com","git_connection_id":"git-connection-fe298ca0af4762979dfd3bc7fbb765a2","last_updated_at":null,"provider_repository_id":"300","repo_description":"The \"acme/infrastructure\" service 📦","repo_language":"Swift","repo_name":"infrastructure","repo_path":"acme/infrastructure"}',1795997215,1795997215,NULL);
INSERT INTO repositories (org_id,repository_key,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','git-connection-fe298ca0af4762979dfd3bc7fbb765a2:400','{"git_connection_host":"github.com","git_connection_id":"git-connection-fe298ca0af4762979dfd3bc7fbb765a2","indexing_status":{"indexing_enabled":true,"latest_completed_search_index_job":{"branch_name":null,"commit":"commit-cb09a28cd57433f6c850508d2e701974","created_at":1785747390,"job_id":"job-48e42c587ade174208039f619bfdfffc","status":"completed"},"latest_completed_wiki_index_job":null,"latest_indexes":[{"branch_name":"main","commit":null,"created_at":1785747390,"job_id":"job-f77eeb071e513f38c0b81e6491a7bace","status":"running"},{"branch_name":null,"commit":"commit-6ae98aa8ac8e223fd7ee36b9f08735b2","created_at":1785747390,"job_id":"job-0db6574c8a953a5fe883b199278d35f8","status":"completed"}]},"last_updated_at":1795148000,"provider_repository_id":"400","repo_description":"The \"acme/mobile-app\" service 📦","repo_language":"Swift","repo_name":"mobile-app","repo_path":"acme/mobile-app"}',1795997215,1795997215,NULL);
INSERT INTO repositories (org_id,repository_key,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','git-connection-fe298ca0af4762979dfd3bc7fbb765a2:500','{"git_connection_host":"github.com","git_connection_id":"git-connection-fe298ca0af4762979dfd3bc7fbb765a2","indexing_status":null,"last_updated_at":1795141000,"provider_repository_id":"500","repo_description":null,"repo_language":"Swift","repo_name":"data-pipeline","repo_path":"acme/data-pipeline"}',1795997215,1795997215,NULL);
INSERT INTO repositories (org_id,repository_key,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','git-connection-ddb8976eb20277e1d4c8e2cf8b5eb453:600','{"git_connection_host":"gitlab.example.com","git_connection_id":"git-connection-ddb8976eb20277e1d4c8e2cf8b5eb453","indexing_status":{"indexing_enabled":false,"latest_completed_search_index_job":{"branch_name":null,"commit":"commit-a1ffe506744142480ee31f20ecc07ed2","created_at":1786087864,"job_id":"job-443071e52f3d497d931266f0d6f4c916","status":"completed"},"latest_completed_wiki_index_job":null,"latest_indexes":[{"branch_name":"main","commit":null,"created_at":1786087864,"job_id":"job-6059bc3bb9d564bb0a4bec682671f09e","status":"running"},{"branch_name":null,"commit":"commit-9ce42caa9a785d9cb4669a43a4183408","created_at":1786087864,"job_id":"job-9eedf5210fb5fd0b8d122b7ef46f201c","status":"completed"}]},"last_updated_at":1795134000,"provider_repository_id":"600","repo_description":"The \"acme-labs/ranking\" service 📦","repo_language":null,"repo_name":"ranking","repo_path":"acme-labs/ranking"}',1795997215,1795997215,NULL);
CREATE VIEW v_repositories AS
SELECT org_id, repository_key, provider_repository_id, git_connection_id, git_connection_host, repo_name, repo_path,
  repo_description, repo_language, indexing_status,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(last_updated_at > 100000000000, last_updated_at / 1000, last_updated_at), 'unixepoch') AS last_updated_at
FROM repositories WHERE _deleted_at IS NULL;
CREATE TABLE indexed_repositories (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  repository_path  TEXT NOT NULL,  -- @path
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  indexing_enabled INTEGER AS (_raw ->> 'indexing_enabled') VIRTUAL,        -- 1 or 0 @kept
  branches         TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'branches') VIRTUAL,  -- JSON list @[name]
  indexing_status  TEXT AS (_raw ->> 'indexing_status') VIRTUAL,            -- JSON object @{indexing_enabled: kept, latest_completed_search_index_job: {job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}, latest_completed_wiki_index_job: {job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}, latest_indexes: [{job_id: kept, status: kept, branch_name: name, commit: kept, created_at: kept}]}
  PRIMARY KEY (org_id, repository_path)
);
INSERT INTO indexed_repositories (org_id,repository_path,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','acme/web','{"branches":["main","release/0"],"indexing_enabled":true,"indexing_status":{"indexing_enabled":true,"latest_completed_search_index_job":{"branch_name":null,"commit":"commit-901c8590de66df42576108622ba53317","created_at":1788843529,"job_id":"job-00a9d3f88b07a5d5da66877646896e21","status":"completed"},"latest_completed_wiki_index_job":null,"latest_indexes":[{"branch_name":"main","commit":null,"created_at":1788843529,"job_id":"job-2d0565665cc873d37c9fbd2655d8ee73","status":"running"},{"branch_name":null,"commit":"commit-70d75fd7e3762c8374b08f6056ecae33","created_at":1788843529,"job_id":"job-6d993e4a0a24bbd9a2a5a69eade5286b","status":"completed"}]},"repository_path":"acme/web"}',1795997215,1795997215,NULL);
INSERT INTO indexed_repositories (org_id,repository_path,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','acme/api','{"branches":[],"indexing_enabled":true,"indexing_status":null,"repository_path":"acme/api"}',1795997215,1795997215,NULL);
INSERT INTO indexed_repositories (org_id,repository_path,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','acme/payments','{"branches":["main","release/2"],"indexing_enabled":false,"indexing_status":{"indexing_enabled":true,"latest_indexes":null},"repository_path":"acme/payments"}',1795997215,1795997215,NULL);
INSERT INTO indexed_repositories (org_id,repository_path,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','acme/infrastructure','{"branches":["main","release/3"],"indexing_enabled":true,"indexing_status":{"indexing_enabled":true,"latest_completed_search_index_job":{"branch_name":null,"commit":"commit-56ee544bced840079c0a1daffd398b24","created_at":1794295628,"job_id":"job-0e8fb3eb6f4ee30395785c2a5284bfbb","status":"completed"},"latest_completed_wiki_index_job":null,"latest_indexes":[{"branch_name":"main","commit":null,"created_at":1794295628,"job_id":"job-fb706af10341cfcccbd51f6fcfcf4fbb","status":"running"},{"branch_name":null,"commit":"commit-3dfe5dc52d6c4f3e87c9e68cc1262d32","created_at":1794295628,"job_id":"job-b4c73b606e883a8e0ac6f1a00da1bfe3","status":"completed"}]},"repository_path":"acme/infrastructure"}',1795997215,1795997215,NULL);
INSERT INTO indexed_repositories (org_id,repository_path,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','acme/mobile-app','{"branches":[],"indexing_enabled":true,"indexing_status":null,"repository_path":"acme/mobile-app"}',1795997215,1795997215,NULL);
INSERT INTO indexed_repositories (org_id,repository_path,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','acme/data-pipeline','{"branches":["main","release/5"],"indexing_enabled":false,"indexing_status":{"indexing_enabled":true,"latest_indexes":null},"repository_path":"acme/data-pipeline"}',1795997215,1795997215,NULL);
INSERT INTO indexed_repositories (org_id,repository_path,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','acme-labs/ranking','{"branches":["main","release/6"],"indexing_enabled":true,"indexing_status":{"indexing_enabled":true,"latest_completed_search_index_job":{"branch_name":null,"commit":"commit-21001c64496d5bc9cb225da64a9f25a9","created_at":1786087864,"job_id":"job-23ff269f8ac2c08d6a95d3e09eb517dd","status":"completed"},"latest_completed_wiki_index_job":null,"latest_indexes":[{"branch_name":"main","commit":null,"created_at":1786087864,"job_id":"job-e996cefec54200a70f239a85a04a3942","status":"running"},{"branch_name":null,"commit":"commit-eebd23e3b9c4f06fcf21f5ff6d232df0","created_at":1786087864,"job_id":"job-593661c3d46f32d2aa555cb5b4c68e5b","status":"completed"}]},"repository_path":"acme-labs/ranking"}',1795997215,1795997215,NULL);
CREATE VIEW v_indexed_repositories AS
SELECT org_id, repository_path, indexing_enabled, branches, indexing_status
FROM indexed_repositories WHERE _deleted_at IS NULL;
CREATE TABLE git_connections (
  git_connection_id    TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw                 TEXT NOT NULL,                                       -- the object as Devin sent it @columns
  _first_synced_at     INTEGER NOT NULL,                                    -- when this mirror first saw the row; Unix seconds @kept
  _changed_at          INTEGER NOT NULL,                                    -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at          INTEGER,                                             -- when the row was found gone from the server; NULL: alive @kept
  git_provider_type    TEXT AS (_raw ->> 'git_provider_type') VIRTUAL,      -- one of github_token, github_individual_token, github_app, gitlab_token, gitlab_oauth, azure_devops_oauth, azure_devops_token, bitbucket_oauth, bitbucket_token, perforce; open set @kept
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  host                 TEXT AS (_raw ->> 'host') VIRTUAL,  -- @host
  created_at           INTEGER AS (_raw ->> 'created_at') STORED,           -- Unix seconds, UTC @kept
  perforce_depot_paths TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'perforce_depot_paths') VIRTUAL,  -- JSON list @[path]
  web_viewer_url       TEXT AS (_raw ->> 'web_viewer_url') VIRTUAL  -- @url
);
CREATE VIEW v_git_connections AS
SELECT git_connection_id, git_provider_type, name, host, perforce_depot_paths, web_viewer_url,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM git_connections WHERE _deleted_at IS NULL;
CREATE TABLE git_connection_repositories (
  repository_key         TEXT NOT NULL PRIMARY KEY,                         -- git_connection_id:provider_repository_id @kept
  _raw                   TEXT NOT NULL,                                     -- the object as Devin sent it @columns
  _first_synced_at       INTEGER NOT NULL,                                  -- when this mirror first saw the row; Unix seconds @kept
  _changed_at            INTEGER NOT NULL,                                  -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at            INTEGER,                                           -- when the row was found gone from the server; NULL: alive @kept
  provider_repository_id TEXT AS (_raw ->> 'provider_repository_id') VIRTUAL,  -- @kept
  git_connection_id      TEXT AS (_raw ->> 'git_connection_id') STORED,  -- @kept
  git_connection_host    TEXT AS (_raw ->> 'git_connection_host') VIRTUAL,  -- @host
  repo_name              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,  -- @name
  repo_path              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_path') VIRTUAL,  -- @path
  repo_description       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_description') VIRTUAL,  -- @text
  repo_language          TEXT AS (_raw ->> 'repo_language') VIRTUAL,  -- @kept
  last_updated_at        INTEGER AS (_raw ->> 'last_updated_at') VIRTUAL    -- Unix seconds, UTC; NULL: not said, or not yet @kept
);
CREATE INDEX git_connection_repositories_by_connection ON git_connection_repositories (git_connection_id);
CREATE VIEW v_git_connection_repositories AS
SELECT repository_key, provider_repository_id, git_connection_id, git_connection_host, repo_name, repo_path,
  repo_description, repo_language,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(last_updated_at > 100000000000, last_updated_at / 1000, last_updated_at), 'unixepoch') AS last_updated_at
FROM git_connection_repositories WHERE _deleted_at IS NULL;
CREATE TABLE git_permissions (
  git_permission_id TEXT NOT NULL PRIMARY KEY,  -- @kept
  org_id            TEXT NOT NULL,                                          -- the organization: organizations.org_id @kept
  _raw              TEXT NOT NULL,                                          -- the object as Devin sent it @columns
  _first_synced_at  INTEGER NOT NULL,                                       -- when this mirror first saw the row; Unix seconds @kept
  _changed_at       INTEGER NOT NULL,                                       -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at       INTEGER,                                                -- when the row was found gone from the server; NULL: alive @kept
  git_connection_id TEXT AS (_raw ->> 'git_connection_id') STORED,  -- @kept
  repo_path         TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_path') VIRTUAL,  -- @path
  group_prefix      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'group_prefix') VIRTUAL,  -- @path
  prefix_path       TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'prefix_path') VIRTUAL,  -- @path
  depot_path        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'depot_path') VIRTUAL,  -- @path
  read_only         INTEGER AS (_raw ->> 'read_only') VIRTUAL,              -- 1 or 0 @kept
  created_at        INTEGER AS (_raw ->> 'created_at') STORED               -- Unix seconds, UTC; NULL: not said, or not yet @kept
);
CREATE INDEX git_permissions_by_organization ON git_permissions (org_id);
CREATE VIEW v_git_permissions AS
SELECT git_permission_id, org_id, git_connection_id, repo_path, group_prefix, prefix_path, depot_path, read_only,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM git_permissions WHERE _deleted_at IS NULL;
CREATE TABLE code_scans (
  scan_id          TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                      -- the organization @kept
  repo_name        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,  -- the first repository; a scan can cover more @path
  host             TEXT AS (_raw ->> 'host') VIRTUAL,  -- @host
  status           TEXT AS (_raw ->> 'status') STORED,                      -- one of waiting, pending, running, awaiting_user_input, completed, failed, cancelled; open set @kept
  profile          TEXT AS (_raw ->> 'profile') VIRTUAL,                    -- JSON object {profile_id, name}; NULL: none @{profile_id: kept, name: name}
  created_at       INTEGER AS (_raw ->> 'created_at') STORED,               -- Unix seconds, UTC @kept
  scan_type        TEXT AS (_raw ->> 'scan_type') VIRTUAL                   -- one of security, performance, db-queries, test-coverage, dead-code, code-quality, cleanup, telemetry, accessibility, compliance, general, migration-docs; open set @kept
);
INSERT INTO code_scans (scan_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('scan-bd2338246e1fd987836d9528c5b14f08','{"created_at":1794295628,"host":"github.com","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile":{"name":"Profile","profile_id":"csprof-2fe677e70960c68d7e95fa011ba42b10"},"repo_name":"acme/infrastructure","scan_id":"scan-bd2338246e1fd987836d9528c5b14f08","scan_type":"test-coverage","status":"completed"}',1795997215,1795997215,NULL);
INSERT INTO code_scans (scan_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('scan-24de581de0b992e9eb6a340fe40ae1bc','{"created_at":1794282615,"host":"github.com","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile":{"name":"Profile","profile_id":"csprof-2fe677e70960c68d7e95fa011ba42b10"},"repo_name":"acme/web","scan_id":"scan-24de581de0b992e9eb6a340fe40ae1bc","scan_type":"accessibility","status":"awaiting_user_input"}',1795997215,1795997215,NULL);
INSERT INTO code_scans (scan_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('scan-09e44fba2dcfec455fdb9b6748d27a31','{"created_at":1790655322,"host":"github.com","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile":{"name":"Profile","profile_id":"csprof-2fe677e70960c68d7e95fa011ba42b10"},"repo_name":"acme/data-pipeline","scan_id":"scan-09e44fba2dcfec455fdb9b6748d27a31","scan_type":"code-quality","status":"pending"}',1795997215,1795997215,NULL);
INSERT INTO code_scans (scan_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('scan-0978217f635081ab12160ec9818c50b3','{"created_at":1788843529,"host":"github.com","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile":{"name":"Profile","profile_id":"csprof-00fdf7fbe687cc1e2187dead49b538fa"},"repo_name":"acme/web","scan_id":"scan-0978217f635081ab12160ec9818c50b3","scan_type":"security","status":"completed"}',1795997215,1795997215,NULL);
INSERT INTO code_scans (scan_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('scan-1707b4b9b390dc3a7cfc4e77fbe244f1','{"created_at":1787531006,"host":null,"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile":{"name":"Profile","profile_id":"csprof-2fe677e70960c68d7e95fa011ba42b10"},"repo_name":"acme/api","scan_id":"scan-1707b4b9b390dc3a7cfc4e77fbe244f1","status":"failed"}',1795997215,1795997215,NULL);
INSERT INTO code_scans (scan_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('scan-3ec8570b3833095fbb12b040bdc7b2c2','{"created_at":1786087864,"host":"github.com","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile":{"name":"Profile","profile_id":"csprof-00fdf7fbe687cc1e2187dead49b538fa"},"repo_name":"acme-labs/ranking","scan_id":"scan-3ec8570b3833095fbb12b040bdc7b2c2","scan_type":"telemetry","status":"running"}',1795997215,1795997215,NULL);
INSERT INTO code_scans (scan_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('scan-294c39736049338a98759c0aae2de564','{"created_at":1785747390,"host":"github.com","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile":{"name":"Profile","profile_id":"csprof-00fdf7fbe687cc1e2187dead49b538fa"},"repo_name":"acme/mobile-app","scan_id":"scan-294c39736049338a98759c0aae2de564","scan_type":"dead-code","status":"waiting"}',1795997215,1795997215,NULL);
INSERT INTO code_scans (scan_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('scan-d04b0e9ed476cccf8c85615cd366f564','{"created_at":1781732625,"host":"github.com","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile":null,"repo_name":"acme/payments","scan_id":"scan-d04b0e9ed476cccf8c85615cd366f564","scan_type":"db-queries","status":"cancelled"}',1795997215,1795997215,NULL);
CREATE INDEX code_scans_by_creation ON code_scans (org_id, created_at);
CREATE VIEW v_code_scans AS
SELECT scan_id, org_id, repo_name, host, status, profile, scan_type,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM code_scans WHERE _deleted_at IS NULL;
CREATE TABLE code_scan_findings (
  finding_id              TEXT NOT NULL PRIMARY KEY,  -- @kept
  org_id                  TEXT NOT NULL,                                    -- the organization: organizations.org_id @kept
  _raw                    TEXT NOT NULL,                                    -- the object as Devin sent it @columns
  _first_synced_at        INTEGER NOT NULL,                                 -- when this mirror first saw the row; Unix seconds @kept
  _changed_at             INTEGER NOT NULL,                                 -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at             INTEGER,                                          -- when the row was found gone from the server; NULL: alive @kept
  scan_id                 TEXT AS (_raw ->> 'scan_id') STORED,              -- code_scans.scan_id @kept
  repo_name               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'repo_name') VIRTUAL,  -- @path
  title                   TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'title') VIRTUAL,  -- @text
  description             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'description') VIRTUAL,  -- confidential @text
  category                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'category') VIRTUAL,  -- @name
  severity                TEXT AS (_raw ->> 'severity') STORED,             -- one of critical, high, medium, low; open set @kept
  status                  TEXT AS (_raw ->> 'status') STORED,               -- one of open, dismissed, resolved; open set @kept
  recommendation          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'recommendation') VIRTUAL,  -- confidential @text
  note                    TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'note') VIRTUAL,  -- confidential @text
  code_owners             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'code_owners') VIRTUAL,  -- JSON list @[name]
  reference_snippets      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'reference_snippets') VIRTUAL,  -- JSON list of {file_path, start_line, end_line, commentary, code}; confidential @[{file_path: path, start_line: kept, end_line: kept, commentary: text, code: text}]
  related_finding_ids     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'related_finding_ids') VIRTUAL,  -- JSON list @[kept]
  session_id              TEXT AS (_raw ->> 'session_id') STORED,           -- sessions.session_id of the session that mends it @kept
  orchestrator_session_id TEXT AS (_raw ->> 'orchestrator_session_id') STORED,  -- @kept
  pr_url                  TEXT AS (_raw ->> 'pr_url') VIRTUAL,  -- @url
  created_at              INTEGER AS (_raw ->> 'created_at') STORED,        -- Unix seconds, UTC @kept
  code_scan_run_id        TEXT AS (_raw ->> 'code_scan_run_id') VIRTUAL     -- the run of the scan; in no document, seen in rows @kept
);
INSERT INTO code_scan_findings (finding_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sfind-e159745f08567ee9b4d01142c90e3165','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"category":null,"code_owners":[],"code_scan_run_id":"csrun-08788fcff0e7523f40b68b055759dfbe","created_at":1794295628,"description":"キャッシュを削除すると再現しません。","finding_id":"sfind-e159745f08567ee9b4d01142c90e3165","note":"ok","orchestrator_session_id":"d46aa2503f54812ba9edad17313cea76","pr_url":null,"recommendation":"Bind parameters.","reference_snippets":[],"repo_name":"acme/web","scan_id":"scan-0978217f635081ab12160ec9818c50b3","session_id":null,"severity":"low","status":"open","title":"Injection in \"3\" 💉"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_findings (finding_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sfind-a3a51fa985778f077091146dd1724667','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"category":"sql-injection","code_owners":[],"code_scan_run_id":null,"created_at":1794282615,"description":null,"finding_id":"sfind-a3a51fa985778f077091146dd1724667","note":"ok","orchestrator_session_id":"d46aa2503f54812ba9edad17313cea76","pr_url":"https://github.com/acme/api/pull/7","recommendation":null,"reference_snippets":[{"code":null,"commentary":"Here.","end_line":16,"file_path":"Sources/ü.swift","start_line":8}],"related_finding_ids":["sfind-0"],"repo_name":"acme/api","scan_id":"scan-1707b4b9b390dc3a7cfc4e77fbe244f1","session_id":"55af887b1ccd0fa73def81a089d9f291","severity":"medium","status":"resolved","title":null}',1795997215,1795997215,NULL);
INSERT INTO code_scan_findings (finding_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sfind-d8b76695862cb813bd496cbec7c5bb86','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"category":"sql-injection","code_owners":["@acme/security"],"created_at":1793089436,"description":"I split the handler in two: one decides, one does.","finding_id":"sfind-d8b76695862cb813bd496cbec7c5bb86","note":null,"orchestrator_session_id":"d46aa2503f54812ba9edad17313cea76","pr_url":null,"recommendation":"Bind parameters.","reference_snippets":[{"code":"let a = \"\\(b)\"\n","commentary":"Here.","end_line":10,"file_path":"Sources/ü.swift","start_line":2}],"repo_name":"acme/payments","scan_id":"scan-d04b0e9ed476cccf8c85615cd366f564","session_id":"55af887b1ccd0fa73def81a089d9f291","severity":"high","status":"dismissed","title":"Injection in \"11\" 💉"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_findings (finding_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sfind-d625caaa3fcd946164ef9a580bca0a6a','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"category":"sql-injection","code_owners":[],"created_at":1790865553,"description":"I left the public interface as it was and deprecated the old name.","finding_id":"sfind-d625caaa3fcd946164ef9a580bca0a6a","note":"ok","orchestrator_session_id":"d46aa2503f54812ba9edad17313cea76","pr_url":null,"recommendation":"Bind parameters.","reference_snippets":[{"code":null,"commentary":"Here.","end_line":19,"file_path":"Sources/ü.swift","start_line":11}],"related_finding_ids":["sfind-0"],"repo_name":"acme/payments","scan_id":"scan-d04b0e9ed476cccf8c85615cd366f564","session_id":"8e9d40cbc59a9f147b74bc428a04b5a9","severity":"critical","status":"open","title":"Injection in \"10\" 💉"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_findings (finding_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sfind-228624161ba2665257b07f93f0886931','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"category":"sql-injection","code_owners":[],"created_at":1790655322,"description":"The customer''s file has Windows line ends and a byte order mark.","finding_id":"sfind-228624161ba2665257b07f93f0886931","note":"ok","orchestrator_session_id":"d46aa2503f54812ba9edad17313cea76","pr_url":null,"recommendation":"Bind parameters.","reference_snippets":[{"code":null,"commentary":"Here.","end_line":14,"file_path":"Sources/ü.swift","start_line":6}],"related_finding_ids":["sfind-0"],"repo_name":"acme/api","scan_id":"scan-1707b4b9b390dc3a7cfc4e77fbe244f1","session_id":"2dc98dee3776a5a6a2cd50349992f88c","severity":"critical","status":"open","title":"Injection in \"5\" 💉"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_findings (finding_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sfind-b3473d4498e677925d7e1c9fefe30a72','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"category":"sql-injection","code_owners":[],"created_at":1790323056,"description":"The retry loop swallows the first error, so the log shows only the last one.","finding_id":"sfind-b3473d4498e677925d7e1c9fefe30a72","note":"ok","orchestrator_session_id":"d46aa2503f54812ba9edad17313cea76","pr_url":null,"recommendation":"Bind parameters.","reference_snippets":[{"code":null,"commentary":"Here.","end_line":18,"file_path":"Sources/ü.swift","start_line":10}],"related_finding_ids":["sfind-0"],"repo_name":"acme/payments","scan_id":"scan-d04b0e9ed476cccf8c85615cd366f564","session_id":"2dc98dee3776a5a6a2cd50349992f88c","severity":"critical","status":"dismissed","title":"Injection in \"9\" 💉"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_findings (finding_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sfind-865e2dc7894c88bf603ebf7b30623582','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"category":null,"code_owners":[],"code_scan_run_id":"csrun-3f96d37392c9c34ab20e8c788d37760e","created_at":1789405986,"description":"Der Fehler tritt nur bei Umlauten im Dateinamen auf.","finding_id":"sfind-865e2dc7894c88bf603ebf7b30623582","note":"ok","orchestrator_session_id":"d46aa2503f54812ba9edad17313cea76","pr_url":null,"recommendation":"Bind parameters.","reference_snippets":[],"repo_name":"acme/payments","scan_id":"scan-d04b0e9ed476cccf8c85615cd366f564","session_id":null,"severity":"low","status":"open","title":"Injection in \"8\" 💉"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_findings (finding_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sfind-324b70229f0e726f1fb3753a3064e51a','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"category":"sql-injection","code_owners":[],"created_at":1788843529,"description":"I left the public interface as it was and deprecated the old name.","finding_id":"sfind-324b70229f0e726f1fb3753a3064e51a","note":"ok","orchestrator_session_id":"d46aa2503f54812ba9edad17313cea76","pr_url":null,"recommendation":"Bind parameters.","reference_snippets":[{"code":null,"commentary":"Here.","end_line":9,"file_path":"Sources/ü.swift","start_line":1}],"related_finding_ids":["sfind-0"],"repo_name":"acme/web","scan_id":"scan-0978217f635081ab12160ec9818c50b3","session_id":"d46aa2503f54812ba9edad17313cea76","severity":"critical","status":"open","title":"Injection in \"0\" 💉"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_findings (finding_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sfind-16a36ce6940511542f251d41b31570fc','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"category":"sql-injection","code_owners":[],"created_at":1788699133,"description":"Der Fehler tritt nur bei Umlauten im Dateinamen auf.","finding_id":"sfind-16a36ce6940511542f251d41b31570fc","note":"ok","orchestrator_session_id":"d46aa2503f54812ba9edad17313cea76","pr_url":null,"recommendation":"Bind parameters.","reference_snippets":[{"code":null,"commentary":"Here.","end_line":23,"file_path":"Sources/ü.swift","start_line":15}],"related_finding_ids":["sfind-0"],"repo_name":"acme/infrastructure","scan_id":"scan-bd2338246e1fd987836d9528c5b14f08","session_id":"8e9d40cbc59a9f147b74bc428a04b5a9","severity":"critical","status":"dismissed","title":"Injection in \"14\" 💉"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_findings (finding_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sfind-95c72c57b0eb787d8a298b47872b3247','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"category":"sql-injection","code_owners":["@acme/security"],"created_at":1787531006,"description":"All 214 tests pass locally; CI is still running.","finding_id":"sfind-95c72c57b0eb787d8a298b47872b3247","note":null,"orchestrator_session_id":"d46aa2503f54812ba9edad17313cea76","pr_url":null,"recommendation":"Bind parameters.","reference_snippets":[{"code":"let a = \"\\(b)\"\n","commentary":"Here.","end_line":10,"file_path":"Sources/ü.swift","start_line":2}],"repo_name":"acme/web","scan_id":"scan-0978217f635081ab12160ec9818c50b3","session_id":"2dc98dee3776a5a6a2cd50349992f88c","severity":"high","status":"dismissed","title":"Injection in \"1\" 💉"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_findings (finding_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sfind-4c62a076196cd24f1aa1726cfde73b0b','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"category":"sql-injection","code_owners":["@acme/security"],"created_at":1786087864,"description":"Two of the snapshots differ by one pixel, which I think is font rendering.","finding_id":"sfind-4c62a076196cd24f1aa1726cfde73b0b","note":null,"orchestrator_session_id":"d46aa2503f54812ba9edad17313cea76","pr_url":null,"recommendation":"Bind parameters.","reference_snippets":[{"code":"let a = \"\\(b)\"\n","commentary":"Here.","end_line":10,"file_path":"Sources/ü.swift","start_line":2}],"repo_name":"acme/api","scan_id":"scan-1707b4b9b390dc3a7cfc4e77fbe244f1","session_id":"8e9d40cbc59a9f147b74bc428a04b5a9","severity":"high","status":"dismissed","title":"Injection in \"6\" 💉"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_findings (finding_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sfind-047e2fc2dbbba6f6f5c0beafbc5a2dd9','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"category":"sql-injection","code_owners":[],"created_at":1785747390,"description":"Der Fehler tritt nur bei Umlauten im Dateinamen auf.","finding_id":"sfind-047e2fc2dbbba6f6f5c0beafbc5a2dd9","note":"ok","orchestrator_session_id":"d46aa2503f54812ba9edad17313cea76","pr_url":null,"recommendation":"Bind parameters.","reference_snippets":[{"code":null,"commentary":"Here.","end_line":13,"file_path":"Sources/ü.swift","start_line":5}],"related_finding_ids":["sfind-0"],"repo_name":"acme/api","scan_id":"scan-1707b4b9b390dc3a7cfc4e77fbe244f1","session_id":"d46aa2503f54812ba9edad17313cea76","severity":"critical","status":"dismissed","title":"Injection in \"4\" 💉"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_findings (finding_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sfind-1ece824d450d4847cdb1a3edefade1e7','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"category":"sql-injection","code_owners":[],"code_scan_run_id":null,"created_at":1782818648,"description":null,"finding_id":"sfind-1ece824d450d4847cdb1a3edefade1e7","note":"ok","orchestrator_session_id":"d46aa2503f54812ba9edad17313cea76","pr_url":"https://github.com/acme/infrastructure/pull/7","recommendation":null,"reference_snippets":[{"code":null,"commentary":"Here.","end_line":21,"file_path":"Sources/ü.swift","start_line":13}],"related_finding_ids":["sfind-0"],"repo_name":"acme/infrastructure","scan_id":"scan-bd2338246e1fd987836d9528c5b14f08","session_id":"d46aa2503f54812ba9edad17313cea76","severity":"medium","status":"resolved","title":null}',1795997215,1795997215,NULL);
INSERT INTO code_scan_findings (finding_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sfind-ad8dbfe5cc0ef0806fb06d1dffe1fa1e','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"category":"sql-injection","code_owners":[],"created_at":1781972966,"description":"Memory stays flat at 180 MB over one hour of load.","finding_id":"sfind-ad8dbfe5cc0ef0806fb06d1dffe1fa1e","note":"ok","orchestrator_session_id":"d46aa2503f54812ba9edad17313cea76","pr_url":null,"recommendation":"Bind parameters.","reference_snippets":[{"code":null,"commentary":"Here.","end_line":24,"file_path":"Sources/ü.swift","start_line":16}],"related_finding_ids":["sfind-0"],"repo_name":"acme/infrastructure","scan_id":"scan-bd2338246e1fd987836d9528c5b14f08","session_id":"55af887b1ccd0fa73def81a089d9f291","severity":"critical","status":"open","title":"Injection in \"15\" 💉"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_findings (finding_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sfind-88385c6780f18e5c58808d9e2ea23f93','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"category":"sql-injection","code_owners":[],"code_scan_run_id":null,"created_at":1781732625,"description":null,"finding_id":"sfind-88385c6780f18e5c58808d9e2ea23f93","note":"ok","orchestrator_session_id":"d46aa2503f54812ba9edad17313cea76","pr_url":"https://github.com/acme/web/pull/7","recommendation":null,"reference_snippets":[{"code":null,"commentary":"Here.","end_line":11,"file_path":"Sources/ü.swift","start_line":3}],"related_finding_ids":["sfind-0"],"repo_name":"acme/web","scan_id":"scan-0978217f635081ab12160ec9818c50b3","session_id":"8e9d40cbc59a9f147b74bc428a04b5a9","severity":"medium","status":"resolved","title":null}',1795997215,1795997215,NULL);
INSERT INTO code_scan_findings (finding_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('sfind-b7c86fa6088996007304786dcc815489','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"category":null,"code_owners":[],"code_scan_run_id":"csrun-13df4b2439fe9de8c254231a4b12fea0","created_at":1781217210,"description":"The certificate chain on staging is missing the intermediate.","finding_id":"sfind-b7c86fa6088996007304786dcc815489","note":"ok","orchestrator_session_id":"d46aa2503f54812ba9edad17313cea76","pr_url":null,"recommendation":"Bind parameters.","reference_snippets":[],"repo_name":"acme/infrastructure","scan_id":"scan-bd2338246e1fd987836d9528c5b14f08","session_id":null,"severity":"low","status":"open","title":"Injection in \"13\" 💉"}',1795997215,1795997215,NULL);
CREATE INDEX code_scan_findings_by_scan ON code_scan_findings (scan_id);
CREATE INDEX code_scan_findings_by_status ON code_scan_findings (org_id, status, severity);
CREATE VIEW v_code_scan_findings AS
SELECT finding_id, org_id, scan_id, repo_name, title, description, category, severity, status, recommendation, note,
  code_owners, reference_snippets, related_finding_ids, session_id, orchestrator_session_id, pr_url, code_scan_run_id,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM code_scan_findings WHERE _deleted_at IS NULL;
CREATE TABLE code_scan_profiles (
  profile_id       TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  description      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'description') VIRTUAL,  -- @text
  visibility       TEXT AS (_raw ->> 'visibility') VIRTUAL,                 -- one of org, account; open set @kept
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                      -- the organization; NULL: shared by the enterprise @kept
  scan_type        TEXT AS (_raw ->> 'scan_type') VIRTUAL,                  -- one of security, performance, db-queries, test-coverage, dead-code, code-quality, cleanup, telemetry, accessibility, compliance, general, migration-docs; open set @kept
  mode             TEXT AS (_raw ->> 'mode') VIRTUAL,                       -- one of discover, ingest; open set @kept
  created_at       INTEGER AS (_raw ->> 'created_at') STORED                -- Unix seconds, UTC @kept
);
INSERT INTO code_scan_profiles (profile_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('csprof-73ceaddcbb6634f0d467daa6f6646c6e','{"created_at":1794295628,"description":null,"mode":"ingest","name":"Profile \"3\" 🛡","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile_id":"csprof-73ceaddcbb6634f0d467daa6f6646c6e","scan_type":"test-coverage","visibility":"org"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_profiles (profile_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('csprof-83f3a772b1dccee7e89a530de452b8fd','{"created_at":1794282615,"description":null,"mode":"ingest","name":"Profile \"7\" 🛡","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile_id":"csprof-83f3a772b1dccee7e89a530de452b8fd","scan_type":"accessibility","visibility":"org"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_profiles (profile_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('csprof-2dcef4ca8769dcbce298792d8f24bcdc','{"created_at":1791828929,"description":"What an attacker would look for.","mode":"discover","name":"Profile \"0\" 🛡","org_id":null,"profile_id":"csprof-2dcef4ca8769dcbce298792d8f24bcdc","scan_type":"security","visibility":"account"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_profiles (profile_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('csprof-10ff5f410040c9c40e2e12c519b3b16b','{"created_at":1790655322,"description":null,"mode":"ingest","name":"Profile \"5\" 🛡","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile_id":"csprof-10ff5f410040c9c40e2e12c519b3b16b","scan_type":"code-quality","visibility":"org"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_profiles (profile_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('csprof-710a3a8191d6a18ebab5314f850acea7','{"created_at":1790323056,"description":null,"mode":"ingest","name":"Profile \"9\" 🛡","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile_id":"csprof-710a3a8191d6a18ebab5314f850acea7","scan_type":"migration-docs","visibility":"org"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_profiles (profile_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('csprof-fd519a1b764443915d063f9e1e4c5eab','{"created_at":1789405986,"description":"What an attacker would look for.","mode":"discover","name":"Profile \"8\" 🛡","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile_id":"csprof-fd519a1b764443915d063f9e1e4c5eab","scan_type":"general","visibility":"org"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_profiles (profile_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('csprof-00fdf7fbe687cc1e2187dead49b538fa','{"created_at":1788843529,"description":"What an attacker would look for.","mode":"discover","name":"Profile \"0\" 🛡","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile_id":"csprof-00fdf7fbe687cc1e2187dead49b538fa","scan_type":"security","visibility":"org"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_profiles (profile_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('csprof-3d5b6485739fb7803863321574919742','{"created_at":1788454326,"description":null,"mode":"ingest","name":"Profile \"1\" 🛡","org_id":null,"profile_id":"csprof-3d5b6485739fb7803863321574919742","scan_type":"performance","visibility":"account"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_profiles (profile_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('csprof-2fe677e70960c68d7e95fa011ba42b10','{"created_at":1787531006,"description":null,"mode":"ingest","name":"Profile \"1\" 🛡","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile_id":"csprof-2fe677e70960c68d7e95fa011ba42b10","scan_type":"performance","visibility":"org"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_profiles (profile_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('csprof-7a9bfbe2e81c77349a1191ab0520fad0','{"created_at":1786087864,"description":"What an attacker would look for.","mode":"discover","name":"Profile \"6\" 🛡","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile_id":"csprof-7a9bfbe2e81c77349a1191ab0520fad0","scan_type":"telemetry","visibility":"org"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_profiles (profile_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('csprof-4aced06c6a6da5f4eeeb6e2f98d77dda','{"created_at":1785747390,"description":"What an attacker would look for.","mode":"discover","name":"Profile \"4\" 🛡","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile_id":"csprof-4aced06c6a6da5f4eeeb6e2f98d77dda","scan_type":"dead-code","visibility":"org"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_profiles (profile_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('csprof-3ce84afbbec4dbd9bb80846c19d8e53c','{"created_at":1781732625,"description":"What an attacker would look for.","mode":"discover","name":"Profile \"2\" 🛡","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","profile_id":"csprof-3ce84afbbec4dbd9bb80846c19d8e53c","scan_type":"db-queries","visibility":"org"}',1795997215,1795997215,NULL);
INSERT INTO code_scan_profiles (profile_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('csprof-fa05700bc7717be3737fe257178b62d8','{"created_at":1778925147,"description":"What an attacker would look for.","mode":"discover","name":"Profile \"2\" 🛡","org_id":null,"profile_id":"csprof-fa05700bc7717be3737fe257178b62d8","scan_type":"db-queries","visibility":"account"}',1795997215,1795997215,NULL);
CREATE VIEW v_code_scan_profiles AS
SELECT profile_id, name, description, visibility, org_id, scan_type, mode,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM code_scan_profiles WHERE _deleted_at IS NULL;
CREATE TABLE code_scan_profile_guidance (
  profile_id                TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw                      TEXT NOT NULL,                                  -- the object as Devin sent it @columns
  _first_synced_at          INTEGER NOT NULL,                               -- when this mirror first saw the row; Unix seconds @kept
  _changed_at               INTEGER NOT NULL,                               -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at               INTEGER,                                        -- when the row was found gone from the server; NULL: alive @kept
  name                      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  description               TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'description') VIRTUAL,  -- @text
  visibility                TEXT AS (_raw ->> 'visibility') VIRTUAL,        -- one of org, account; open set @kept
  org_id                    TEXT AS (_raw ->> 'org_id') STORED,             -- the organization; NULL: shared by the enterprise @kept
  scan_type                 TEXT AS (_raw ->> 'scan_type') VIRTUAL,         -- one of security, performance, db-queries, test-coverage, dead-code, code-quality, cleanup, telemetry, accessibility, compliance, general, migration-docs; open set @kept
  mode                      TEXT AS (_raw ->> 'mode') VIRTUAL,              -- one of discover, ingest; open set @kept
  created_at                INTEGER AS (_raw ->> 'created_at') STORED,      -- Unix seconds, UTC @kept
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
  type_config               TEXT AS (_raw ->> 'type_config') VIRTUAL        -- JSON object @text
);
CREATE VIEW v_code_scan_profile_guidance AS
SELECT profile_id, name, description, visibility, org_id, scan_type, mode, include_globs, exclude_globs,
  threat_model_guidance, investigation_guidance, triage_guidance, validation_guidance, report_guidance,
  communication_guidance, remediation_guidance, ingestion_source_guidance, post_ingestion_guidance, scan_paths,
  validation_severities, type_config,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM code_scan_profile_guidance WHERE _deleted_at IS NULL;
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
INSERT INTO blueprints (blueprint_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('blueprint-8cf2731f9ad4692fb7f0b2322a0bda4f','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"blueprint_id":"blueprint-8cf2731f9ad4692fb7f0b2322a0bda4f","created_at":1788843529,"repo_name":null,"type":"org","updated_at":1788847129}',1795997215,1795997215,NULL);
INSERT INTO blueprints (blueprint_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('blueprint-2444c8a212eb7571822fb2cc94595e22','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"blueprint_id":"blueprint-2444c8a212eb7571822fb2cc94595e22","created_at":1787531006,"repo_name":"acme/api","type":"repo","updated_at":1787534606}',1795997215,1795997215,NULL);
INSERT INTO blueprints (blueprint_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('blueprint-da4753d3268c62268d2865ab6dcc95d2','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"blueprint_id":"blueprint-da4753d3268c62268d2865ab6dcc95d2","created_at":1781732625,"repo_name":"acme/payments","type":"repo","updated_at":1781736225}',1795997215,1795997215,NULL);
CREATE VIEW v_blueprints AS
SELECT blueprint_id, org_id, type, repo_name,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM blueprints WHERE _deleted_at IS NULL;
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
CREATE VIEW v_blueprint_files AS
SELECT file_id, org_id, blueprint_id, name, env_var_name, size_bytes,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM blueprint_files WHERE _deleted_at IS NULL;
CREATE TABLE blueprint_contents (
  blueprint_id     TEXT NOT NULL PRIMARY KEY,                               -- blueprints.blueprint_id @kept
  org_id           TEXT,                                                    -- the organization; NULL: of the enterprise @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  contents         TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'contents') VIRTUAL  -- confidential @text
);
CREATE VIEW v_blueprint_contents AS
SELECT blueprint_id, org_id, contents
FROM blueprint_contents WHERE _deleted_at IS NULL;
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
INSERT INTO snapshot_builds (build_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('build-f680137c61fd67c5346d181d617cb42a','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"build_id":"build-f680137c61fd67c5346d181d617cb42a","completed_at":1788844129,"created_at":1788843529,"pinned":true,"started_at":1788843534,"status":"succeeded","trigger":null,"triggered_by_user_id":null,"updated_at":1788844129}',1795997215,1795997215,NULL);
INSERT INTO snapshot_builds (build_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('build-a349c86fd756d2f821988b64246f8ab3','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"build_id":"build-a349c86fd756d2f821988b64246f8ab3","completed_at":1787531606,"created_at":1787531006,"pinned":false,"started_at":1787531011,"status":"failed","trigger":"manual","triggered_by_user_id":"google-oauth2|104482937710035412993","updated_at":1787531606}',1795997215,1795997215,NULL);
INSERT INTO snapshot_builds (build_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('build-215598d6ce0b8bdfef8c3973a9992175','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"build_id":"build-215598d6ce0b8bdfef8c3973a9992175","completed_at":null,"created_at":1781732625,"pinned":false,"started_at":1781732630,"status":"running","trigger":"auto","triggered_by_user_id":null,"updated_at":1781733225}',1795997215,1795997215,NULL);
INSERT INTO snapshot_builds (build_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('build-750c79bdaf6fbc816b5b27ea92e3cff4','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"build_id":"build-750c79bdaf6fbc816b5b27ea92e3cff4","completed_at":1794296228,"created_at":1794295628,"pinned":false,"started_at":1794295633,"status":"succeeded","trigger":null,"triggered_by_user_id":null,"updated_at":1794296228}',1795997215,1795997215,NULL);
INSERT INTO snapshot_builds (build_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('build-7d83a193bc014ed37f56087af5353ba1','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"build_id":"build-7d83a193bc014ed37f56087af5353ba1","completed_at":1785747990,"created_at":1785747390,"pinned":false,"started_at":1785747395,"status":"cancelled","trigger":null,"triggered_by_user_id":null,"updated_at":1785747990}',1795997215,1795997215,NULL);
INSERT INTO snapshot_builds (build_id,org_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('build-eb502c753582fe20938afddaa6e0625c','org-5a3d91c07be24f6688d2b94e01c7f3a6','{"build_id":"build-eb502c753582fe20938afddaa6e0625c","completed_at":null,"created_at":1790655322,"pinned":false,"started_at":null,"status":"pending","trigger":null,"triggered_by_user_id":null,"updated_at":1790655922}',1795997215,1795997215,NULL);
CREATE INDEX snapshot_builds_by_creation ON snapshot_builds (org_id, created_at);
CREATE VIEW v_snapshot_builds AS
SELECT build_id, org_id, status, "trigger", pinned, triggered_by_user_id,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(started_at > 100000000000, started_at / 1000, started_at), 'unixepoch') AS started_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(completed_at > 100000000000, completed_at / 1000, completed_at), 'unixepoch') AS completed_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM snapshot_builds WHERE _deleted_at IS NULL;
CREATE TABLE snapshot_build_logs (
  build_id         TEXT NOT NULL PRIMARY KEY,                               -- snapshot_builds.build_id @kept
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  log              TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'log') VIRTUAL  -- confidential @text
);
CREATE VIEW v_snapshot_build_logs AS
SELECT build_id, org_id, log
FROM snapshot_build_logs WHERE _deleted_at IS NULL;
CREATE TABLE hypervisors (
  hypervisor_id              TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw                       TEXT NOT NULL,                                 -- the object as Devin sent it @columns
  _first_synced_at           INTEGER NOT NULL,                              -- when this mirror first saw the row; Unix seconds @kept
  _changed_at                INTEGER NOT NULL,                              -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at                INTEGER,                                       -- when the row was found gone from the server; NULL: alive @kept
  status                     TEXT AS (_raw ->> 'status') STORED,  -- @kept
  utilization_percentage     REAL AS (_raw ->> 'utilization_percentage') VIRTUAL,  -- percent of the capacity in use @kept
  cloud_provider_instance_id TEXT AS (_raw ->> 'cloud_provider_instance_id') VIRTUAL,  -- @kept
  created_at                 INTEGER AS (_raw ->> 'created_at') STORED,     -- Unix seconds, UTC; NULL: not said, or not yet @kept
  last_heartbeat             INTEGER AS (_raw ->> 'last_heartbeat') VIRTUAL  -- Unix seconds, UTC; NULL: not said, or not yet @kept
);
CREATE VIEW v_hypervisors AS
SELECT hypervisor_id, status, utilization_percentage, cloud_provider_instance_id,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(last_heartbeat > 100000000000, last_heartbeat / 1000, last_heartbeat), 'unixepoch') AS last_heartbeat
FROM hypervisors WHERE _deleted_at IS NULL;
CREATE TABLE queue_readings (
  read_at          INTEGER NOT NULL UNIQUE,                                 -- when it was asked, by this machine; Unix seconds @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  queue_size       INTEGER AS (_raw ->> 'queue_size') VIRTUAL,              -- sessions that wait @kept
  status           TEXT AS (_raw ->> 'status') STORED                       -- one of normal, elevated, high; open set @kept
);
CREATE VIEW v_queue_readings AS
SELECT queue_size, status,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(read_at > 100000000000, read_at / 1000, read_at), 'unixepoch') AS read_at
FROM queue_readings WHERE _deleted_at IS NULL;
CREATE TABLE organizations (
  org_id                TEXT NOT NULL PRIMARY KEY,                          -- Devin's id of the organization @kept
  _raw                  TEXT NOT NULL,                                      -- the object as Devin sent it @columns
  _first_synced_at      INTEGER NOT NULL,                                   -- when this mirror first saw the row; Unix seconds @kept
  _changed_at           INTEGER NOT NULL,                                   -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at           INTEGER,                                            -- when the row was found gone from the server; NULL: alive @kept
  name                  TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @text
  created_at            INTEGER AS (_raw ->> 'created_at') STORED,          -- Unix seconds, UTC @kept
  updated_at            INTEGER AS (_raw ->> 'updated_at') STORED,          -- Unix seconds, UTC @kept
  max_session_acu_limit INTEGER AS (_raw ->> 'max_session_acu_limit') VIRTUAL,  -- agent compute units one session may use; NULL: no limit @kept
  max_cycle_acu_limit   INTEGER AS (_raw ->> 'max_cycle_acu_limit') VIRTUAL  -- agent compute units per billing cycle; NULL: no limit @kept
);
CREATE VIEW v_organizations AS
SELECT org_id, name, max_session_acu_limit, max_cycle_acu_limit,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(updated_at > 100000000000, updated_at / 1000, updated_at), 'unixepoch') AS updated_at
FROM organizations WHERE _deleted_at IS NULL;
CREATE TABLE users (
  user_id              TEXT NOT NULL PRIMARY KEY,                           -- Devin's id of the user; may hold a vertical bar @kept
  _raw                 TEXT NOT NULL,                                       -- the object as Devin sent it @columns
  _first_synced_at     INTEGER NOT NULL,                                    -- when this mirror first saw the row; Unix seconds @kept
  _changed_at          INTEGER NOT NULL,                                    -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at          INTEGER,                                             -- when the row was found gone from the server; NULL: alive @kept
  email                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'email') STORED,  -- confidential @email(user_id)
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- confidential @person(user_id)
  role_assignments     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL,  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
  enterprise_joined_at INTEGER AS (_raw ->> 'enterprise_joined_at') VIRTUAL  -- Unix seconds, UTC; NULL: not said, or not yet @kept
);
CREATE VIEW v_users AS
SELECT user_id, email, name, role_assignments,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(enterprise_joined_at > 100000000000, enterprise_joined_at / 1000, enterprise_joined_at), 'unixepoch') AS enterprise_joined_at
FROM users WHERE _deleted_at IS NULL;
CREATE TABLE idp_users (
  user_id              TEXT NOT NULL PRIMARY KEY,                           -- Devin's id of the user; may hold a vertical bar @kept
  _raw                 TEXT NOT NULL,                                       -- the object as Devin sent it @columns
  _first_synced_at     INTEGER NOT NULL,                                    -- when this mirror first saw the row; Unix seconds @kept
  _changed_at          INTEGER NOT NULL,                                    -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at          INTEGER,                                             -- when the row was found gone from the server; NULL: alive @kept
  email                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'email') STORED,  -- confidential @email(user_id)
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- confidential @person(user_id)
  idp_role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'idp_role_assignments') VIRTUAL  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
);
CREATE VIEW v_idp_users AS
SELECT user_id, email, name, idp_role_assignments
FROM idp_users WHERE _deleted_at IS NULL;
CREATE TABLE service_users (
  service_user_id  TEXT NOT NULL PRIMARY KEY,                               -- Devin's id of the service user @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @person(service_user_id)
  expires_at       INTEGER AS (_raw ->> 'expires_at') VIRTUAL,              -- Unix seconds, UTC; NULL: not said, or not yet @kept
  deleted_at       INTEGER AS (_raw ->> 'deleted_at') STORED,               -- Unix seconds, UTC; NULL: not said, or not yet @kept
  role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
);
CREATE VIEW v_service_users AS
SELECT service_user_id, name, role_assignments,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(expires_at > 100000000000, expires_at / 1000, expires_at), 'unixepoch') AS expires_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(deleted_at > 100000000000, deleted_at / 1000, deleted_at), 'unixepoch') AS deleted_at
FROM service_users WHERE _deleted_at IS NULL;
CREATE TABLE service_user_api_keys (
  api_key_id       TEXT NOT NULL PRIMARY KEY,  -- @kept
  service_user_id  TEXT NOT NULL,                                           -- the service user @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  api_key_name     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'api_key_name') VIRTUAL,  -- @name
  created_at       INTEGER AS (_raw ->> 'created_at') STORED,               -- Unix seconds, UTC @kept
  expires_at       INTEGER AS (_raw ->> 'expires_at') VIRTUAL,              -- Unix seconds, UTC; NULL: not said, or not yet @kept
  is_active        INTEGER AS (_raw ->> 'is_active') VIRTUAL,               -- 1 or 0 @kept
  last_used_at     INTEGER AS (_raw ->> 'last_used_at') VIRTUAL,            -- Unix seconds, UTC; NULL: not said, or not yet @kept
  revoked_at       INTEGER AS (_raw ->> 'revoked_at') VIRTUAL               -- Unix seconds, UTC; NULL: not said, or not yet @kept
);
CREATE INDEX service_user_api_keys_by_service_user ON service_user_api_keys (service_user_id);
CREATE VIEW v_service_user_api_keys AS
SELECT api_key_id, service_user_id, api_key_name, is_active,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(expires_at > 100000000000, expires_at / 1000, expires_at), 'unixepoch') AS expires_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(last_used_at > 100000000000, last_used_at / 1000, last_used_at), 'unixepoch') AS last_used_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(revoked_at > 100000000000, revoked_at / 1000, revoked_at), 'unixepoch') AS revoked_at
FROM service_user_api_keys WHERE _deleted_at IS NULL;
CREATE TABLE idp_groups (
  idp_group_name   TEXT NOT NULL PRIMARY KEY,  -- @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
);
CREATE VIEW v_idp_groups AS
SELECT idp_group_name, role_assignments
FROM idp_groups WHERE _deleted_at IS NULL;
CREATE TABLE registered_idp_groups (
  idp_group_name   TEXT NOT NULL PRIMARY KEY,  -- @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER                                                  -- when the row was found gone from the server; NULL: alive @kept
);
CREATE VIEW v_registered_idp_groups AS
SELECT idp_group_name
FROM registered_idp_groups WHERE _deleted_at IS NULL;
CREATE TABLE roles (
  role_id          TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  role_name        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_name') VIRTUAL,  -- @name
  role_type        TEXT AS (_raw ->> 'role_type') STORED                    -- one of enterprise, org; open set @kept
);
CREATE VIEW v_roles AS
SELECT role_id, role_name, role_type
FROM roles WHERE _deleted_at IS NULL;
CREATE TABLE role_permissions (
  role_id          TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  role_name        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_name') VIRTUAL,  -- @name
  role_type        TEXT AS (_raw ->> 'role_type') STORED,                   -- one of enterprise, org; open set @kept
  permissions      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'permissions') VIRTUAL  -- JSON list @[kept]
);
CREATE VIEW v_role_permissions AS
SELECT role_id, role_name, role_type, permissions
FROM role_permissions WHERE _deleted_at IS NULL;
CREATE TABLE org_members (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  user_id          TEXT NOT NULL,                                           -- the user @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  email            TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'email') STORED,  -- confidential @email(user_id)
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- confidential @person(user_id)
  role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL,  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
  PRIMARY KEY (org_id, user_id)
);
INSERT INTO org_members (org_id,user_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','email|65f1c02be9a7d40c1ab2','{"email":"zoe.mueller@example.com","name":"Zoë Müller","role_assignments":[{"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","role":{"role_id":"org_admin","role_name":"Organization admin","role_type":"org"}}],"user_id":"email|65f1c02be9a7d40c1ab2"}',1795997215,1795997215,NULL);
INSERT INTO org_members (org_id,user_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','google-oauth2|104482937710035412993','{"email":"sam@example.com","name":"Sam \"the Ram\" O’Neil","role_assignments":[{"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","role":{"role_id":"org_member","role_name":"Organization member","role_type":"org"}}],"user_id":"google-oauth2|104482937710035412993"}',1795997215,1795997215,NULL);
INSERT INTO org_members (org_id,user_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','email|66aa01d07c3f19b2e455','{"email":"li.wei@example.com","name":"李伟","role_assignments":[{"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","role":{"role_id":"role-3d5f","role_name":"Reviewer \"read only\" 👀"}}],"user_id":"email|66aa01d07c3f19b2e455"}',1795997215,1795997215,NULL);
INSERT INTO org_members (org_id,user_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','github|8814402','{"email":null,"name":"octo-fan 🐙","role_assignments":[{"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","role":{"role_id":"org_admin","role_name":"Organization admin","role_type":"org"}}],"user_id":"github|8814402"}',1795997215,1795997215,NULL);
INSERT INTO org_members (org_id,user_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','google-oauth2|117730298840021136541','{"email":"n.amari@example.com","name":null,"role_assignments":[{"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","role":{"role_id":"org_member","role_name":"Organization member","role_type":"org"}}],"user_id":"google-oauth2|117730298840021136541"}',1795997215,1795997215,NULL);
INSERT INTO org_members (org_id,user_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','email|67b2d0e94411fa0c7d31','{"email":null,"name":null,"role_assignments":[{"org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","role":{"role_id":"role-3d5f","role_name":"Reviewer \"read only\" 👀"}}],"user_id":"email|67b2d0e94411fa0c7d31"}',1795997215,1795997215,NULL);
CREATE VIEW v_org_members AS
SELECT org_id, user_id, email, name, role_assignments
FROM org_members WHERE _deleted_at IS NULL;
CREATE TABLE org_idp_members (
  org_id               TEXT NOT NULL,                                       -- the organization: organizations.org_id @kept
  user_id              TEXT NOT NULL,                                       -- the user @kept
  _raw                 TEXT NOT NULL,                                       -- the object as Devin sent it @columns
  _first_synced_at     INTEGER NOT NULL,                                    -- when this mirror first saw the row; Unix seconds @kept
  _changed_at          INTEGER NOT NULL,                                    -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at          INTEGER,                                             -- when the row was found gone from the server; NULL: alive @kept
  email                TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'email') STORED,  -- confidential @email(user_id)
  name                 TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- confidential @person(user_id)
  idp_role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'idp_role_assignments') VIRTUAL,  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
  PRIMARY KEY (org_id, user_id)
);
INSERT INTO org_idp_members (org_id,user_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','email|65f1c02be9a7d40c1ab2','{"email":"zoe.mueller@example.com","idp_role_assignments":[{"idp_group_name":"engineering","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","role":{"role_id":"org_member","role_name":"Organization member","role_type":"org"}}],"name":"Zoë Müller","user_id":"email|65f1c02be9a7d40c1ab2"}',1795997215,1795997215,NULL);
INSERT INTO org_idp_members (org_id,user_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','google-oauth2|104482937710035412993','{"email":"sam@example.com","idp_role_assignments":[{"idp_group_name":"Zürich/Platform team","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","role":{"role_id":"org_member","role_name":"Organization member","role_type":"org"}}],"name":"Sam \"the Ram\" O’Neil","user_id":"google-oauth2|104482937710035412993"}',1795997215,1795997215,NULL);
INSERT INTO org_idp_members (org_id,user_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','email|66aa01d07c3f19b2e455','{"email":"li.wei@example.com","idp_role_assignments":[{"idp_group_name":"on call & ops","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","role":{"role_id":"org_member","role_name":"Organization member","role_type":"org"}}],"name":"李伟","user_id":"email|66aa01d07c3f19b2e455"}',1795997215,1795997215,NULL);
INSERT INTO org_idp_members (org_id,user_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','github|8814402','{"email":null,"idp_role_assignments":[{"idp_group_name":"engineering","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","role":{"role_id":"org_member","role_name":"Organization member","role_type":"org"}}],"name":"octo-fan 🐙","user_id":"github|8814402"}',1795997215,1795997215,NULL);
INSERT INTO org_idp_members (org_id,user_id,_raw,_first_synced_at,_changed_at,_deleted_at) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','google-oauth2|117730298840021136541','{"email":"n.amari@example.com","idp_role_assignments":[{"idp_group_name":"Zürich/Platform team","org_id":"org-5a3d91c07be24f6688d2b94e01c7f3a6","role":{"role_id":"org_member","role_name":"Organization member","role_type":"org"}}],"name":null,"user_id":"google-oauth2|117730298840021136541"}',1795997215,1795997215,NULL);
CREATE VIEW v_org_idp_members AS
SELECT org_id, user_id, email, name, idp_role_assignments
FROM org_idp_members WHERE _deleted_at IS NULL;
CREATE TABLE org_service_users (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  service_user_id  TEXT NOT NULL,                                           -- the service user @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'name') VIRTUAL,  -- @person(service_user_id)
  expires_at       INTEGER AS (_raw ->> 'expires_at') VIRTUAL,              -- Unix seconds, UTC; NULL: not said, or not yet @kept
  deleted_at       INTEGER AS (_raw ->> 'deleted_at') STORED,               -- Unix seconds, UTC; NULL: not said, or not yet @kept
  role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL,  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
  PRIMARY KEY (org_id, service_user_id)
);
CREATE VIEW v_org_service_users AS
SELECT org_id, service_user_id, name, role_assignments,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(expires_at > 100000000000, expires_at / 1000, expires_at), 'unixepoch') AS expires_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(deleted_at > 100000000000, deleted_at / 1000, deleted_at), 'unixepoch') AS deleted_at
FROM org_service_users WHERE _deleted_at IS NULL;
CREATE TABLE org_idp_groups (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  idp_group_name   TEXT NOT NULL,  -- @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  role_assignments TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'role_assignments') VIRTUAL,  -- JSON list @[{role: {role_id: kept, role_name: name, role_type: kept}, org_id: kept, idp_group_name: name}]
  PRIMARY KEY (org_id, idp_group_name)
);
CREATE VIEW v_org_idp_groups AS
SELECT org_id, idp_group_name, role_assignments
FROM org_idp_groups WHERE _deleted_at IS NULL;
CREATE VIEW role_permission_names AS
SELECT r.role_id, r.role_name, r.role_type, permission.value AS permission
FROM role_permissions AS r, json_each(r._raw, '$.permissions') AS permission
WHERE r._deleted_at IS NULL AND permission.type = 'text';
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
CREATE VIEW user_permissions AS
SELECT DISTINCT u.user_id, u.email, u.name, u.org_id, p.permission, u.role_name, u.source
FROM user_roles AS u JOIN role_permission_names AS p USING (role_id);
CREATE TABLE allowed_tags (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  tag              TEXT NOT NULL,                                           -- the tag @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  PRIMARY KEY (org_id, tag)
);
CREATE VIEW v_allowed_tags AS
SELECT org_id, tag
FROM allowed_tags WHERE _deleted_at IS NULL;
CREATE TABLE default_tags (
  org_id           TEXT NOT NULL PRIMARY KEY,                               -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  default_tag      TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'default_tag') VIRTUAL  -- @name
);
CREATE VIEW v_default_tags AS
SELECT org_id, default_tag
FROM default_tags WHERE _deleted_at IS NULL;
CREATE TABLE ip_access_list (
  ip_range         TEXT NOT NULL PRIMARY KEY,                               -- an address range in CIDR notation; confidential @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER                                                  -- when the row was found gone from the server; NULL: alive @kept
);
CREATE VIEW v_ip_access_list AS
SELECT ip_range
FROM ip_access_list WHERE _deleted_at IS NULL;
CREATE TABLE org_groups (
  group_name       TEXT NOT NULL PRIMARY KEY,  -- @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  org_ids          TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'org_ids') VIRTUAL,  -- JSON list @[kept]
  max_cycle_acus   INTEGER AS (_raw ->> 'max_cycle_acus') VIRTUAL           -- agent compute units per billing cycle; NULL: no limit @kept
);
CREATE VIEW v_org_groups AS
SELECT group_name, org_ids, max_cycle_acus
FROM org_groups WHERE _deleted_at IS NULL;
CREATE VIEW group_organizations AS
SELECT g.group_name, g.max_cycle_acus, member.value AS org_id
FROM org_groups AS g, json_each(g._raw, '$.org_ids') AS member WHERE g._deleted_at IS NULL AND member.type = 'text';
CREATE TABLE audit_logs (
  audit_log_id      TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw              TEXT NOT NULL,                                          -- the object as Devin sent it @columns
  _first_synced_at  INTEGER NOT NULL,                                       -- when this mirror first saw the row; Unix seconds @kept
  _changed_at       INTEGER NOT NULL,                                       -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at       INTEGER,                                                -- when the row was found gone from the server; NULL: alive @kept
  action            TEXT AS (_raw ->> 'action') STORED,                     -- what was done: login, create_session, delete_knowledge …; over a hundred, open set @kept
  created_at        INTEGER AS (_raw ->> 'created_at') STORED,              -- Unix seconds, UTC; above 100000000000 it is milliseconds, which the view tells apart @kept
  data              TEXT AS (_raw ->> 'data') VIRTUAL,                      -- JSON object whose shape depends on the action; confidential @text
  org_id            TEXT AS (_raw ->> 'org_id') STORED,                     -- the organization; NULL: the enterprise @kept
  user_id           TEXT AS (_raw ->> 'user_id') STORED,  -- @kept
  user_email        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'user_email') VIRTUAL,  -- confidential @email(user_id)
  service_user_id   TEXT AS (_raw ->> 'service_user_id') STORED,  -- @kept
  service_user_name TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'service_user_name') VIRTUAL  -- confidential @person(service_user_id)
);
CREATE INDEX audit_logs_by_time ON audit_logs (created_at);
CREATE INDEX audit_logs_by_organization ON audit_logs (org_id, created_at);
CREATE INDEX audit_logs_by_action ON audit_logs (action);
CREATE VIEW v_audit_logs AS
SELECT audit_log_id, action, data, org_id, user_id, user_email, service_user_id, service_user_name,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM audit_logs WHERE _deleted_at IS NULL;
CREATE TABLE guardrail_violations (
  violation_id     INTEGER NOT NULL UNIQUE,                                 -- number of the violation @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  event_id         TEXT AS (_raw ->> 'event_id') VIRTUAL,  -- @kept
  session_id       TEXT AS (_raw ->> 'session_id') STORED,  -- @kept
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                      -- the organization; NULL: not said @kept
  guardrail_id     TEXT AS (_raw ->> 'guardrail_id') STORED,  -- @kept
  guardrail_name   TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'guardrail_name') VIRTUAL,  -- @name
  action_taken     TEXT AS (_raw ->> 'action_taken') VIRTUAL,               -- one of log_only, warn_user, block_message, kill_session; open set @kept
  confidence_score REAL AS (_raw ->> 'confidence_score') VIRTUAL,           -- confidence of the guardrail, as the server gives it @kept
  reasoning        TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'reasoning') VIRTUAL,  -- confidential @text
  user_message     TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'user_message') VIRTUAL,  -- confidential @text
  created_at       INTEGER AS (_raw ->> 'created_at') STORED                -- Unix seconds, UTC @kept
);
CREATE INDEX guardrail_violations_by_time ON guardrail_violations (created_at);
CREATE INDEX guardrail_violations_by_session ON guardrail_violations (session_id);
CREATE VIEW v_guardrail_violations AS
SELECT violation_id, event_id, session_id, org_id, guardrail_id, guardrail_name, action_taken, confidence_score,
  reasoning, user_message,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at
FROM guardrail_violations WHERE _deleted_at IS NULL;
CREATE VIEW people AS
SELECT user_id, max(name) AS name, max(email) AS email FROM (
  SELECT user_id, name, email FROM users WHERE _deleted_at IS NULL
  UNION ALL SELECT user_id, name, email FROM org_members WHERE _deleted_at IS NULL)
GROUP BY user_id
UNION ALL
SELECT service_user_id, max(name), NULL FROM (
  SELECT service_user_id, name FROM service_users WHERE _deleted_at IS NULL
  UNION ALL SELECT service_user_id, name FROM org_service_users WHERE _deleted_at IS NULL)
GROUP BY service_user_id;
CREATE INDEX sessions_by_parent ON sessions (parent_session_id) WHERE parent_session_id IS NOT NULL;
CREATE INDEX session_messages_by_time ON session_messages (session_id, created_at, source, _deleted_at);
CREATE VIEW waits_by_user AS
SELECT w.org_id, w.user_id, p.name, count(DISTINCT w.session_id) AS sessions, count(*) AS waits,
  count(*) - count(w.waited_to) AS waiting_now, round(sum(w.seconds) / 3600.0, 2) AS hours,
  round(avg(w.seconds) / 3600.0, 2) AS hours_a_wait, round(max(w.seconds) / 3600.0, 2) AS longest_hours
FROM waits_for_people AS w LEFT JOIN people AS p USING (user_id) GROUP BY w.org_id, w.user_id;
CREATE VIEW note_usages AS
SELECT s.session_id, s.org_id, use.value ->> 'note_id' AS note_id, 1 AS is_good, use.value ->> 'message' AS message, use.value ->> 'reason' AS reason,
  iif(s.created_at > 100000000000, s.created_at / 1000, s.created_at) AS created_at
FROM session_insights AS s, json_each(s._raw, '$.analysis.note_usage.good_usages') AS use WHERE s._deleted_at IS NULL AND use.type = 'object'
UNION ALL
SELECT s.session_id, s.org_id, use.value ->> 'note_id', 0, use.value ->> 'message', use.value ->> 'reason',
  iif(s.created_at > 100000000000, s.created_at / 1000, s.created_at)
FROM session_insights AS s, json_each(s._raw, '$.analysis.note_usage.bad_usages') AS use WHERE s._deleted_at IS NULL AND use.type = 'object';
CREATE TABLE sync_pending (
  org_id        TEXT NOT NULL,        -- empty: the enterprise's own list @kept
  resource      TEXT NOT NULL,  -- @kept
  parent        TEXT NOT NULL DEFAULT '',   -- as in sync_checkpoints; empty, of lists below rows: all that are not in the ledger yet @parent
  span_start    INTEGER NOT NULL DEFAULT 0, -- of a series: where a span begins that was never read; 0: the list itself @kept
  version       INTEGER NOT NULL DEFAULT 1, -- raised by each change that makes it pending again @kept
  due_at        INTEGER NOT NULL DEFAULT 0, -- not read before this; 0: in the next run @kept
  pending_since INTEGER,              -- since when it is owed; NULL: a scheduled re-read @kept
  run_id        INTEGER NOT NULL,     -- the run that recorded it, or tried last; 0: none did @kept
  reason        TEXT NOT NULL,        -- requested, changed, failed, refused, reset, upgrade, scheduled @kept
  PRIMARY KEY (org_id, resource, parent, span_start)
) STRICT, WITHOUT ROWID;
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','2dc98dee3776a5a6a2cd50349992f88c',0,1,1796079318,NULL,3,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','3130a3d394a946ff81aab448ab29c631',0,1,1796079307,NULL,4,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','5196ff6623707a00aeba17c13ea657ef',0,1,1796079318,NULL,3,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','55af887b1ccd0fa73def81a089d9f291',0,1,1796079307,NULL,4,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','5be9de5ce920964ced3581f806726d74',0,1,1796079318,NULL,3,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','8e9d40cbc59a9f147b74bc428a04b5a9',0,1,1796079312,NULL,3,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','bd998a97bb9fded8d2f37c64ba534dcf',0,1,1796079312,NULL,3,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_attachments','d46aa2503f54812ba9edad17313cea76',0,1,1796079307,NULL,4,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','2dc98dee3776a5a6a2cd50349992f88c',0,1,1796079318,NULL,2,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','3130a3d394a946ff81aab448ab29c631',0,1,1795997216,NULL,2,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','5196ff6623707a00aeba17c13ea657ef',0,1,1796079318,NULL,2,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','55af887b1ccd0fa73def81a089d9f291',0,1,1795997216,NULL,2,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','5be9de5ce920964ced3581f806726d74',0,1,1796079318,NULL,2,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','8e9d40cbc59a9f147b74bc428a04b5a9',0,1,1796079312,NULL,2,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','bd998a97bb9fded8d2f37c64ba534dcf',0,1,1796079312,NULL,2,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','bf7a4e6ecbbf2f345b318501d32a217d',0,1,1795997216,NULL,2,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_daily_consumption','d46aa2503f54812ba9edad17313cea76',0,1,1795997216,NULL,2,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','2dc98dee3776a5a6a2cd50349992f88c',0,1,1796079318,NULL,3,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','3130a3d394a946ff81aab448ab29c631',0,1,1796079307,NULL,4,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','5196ff6623707a00aeba17c13ea657ef',0,1,1796079318,NULL,3,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','55af887b1ccd0fa73def81a089d9f291',0,1,1796079307,NULL,4,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','5be9de5ce920964ced3581f806726d74',0,1,1796079318,NULL,3,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','8e9d40cbc59a9f147b74bc428a04b5a9',0,1,1796079312,NULL,3,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','bd998a97bb9fded8d2f37c64ba534dcf',0,1,1796079312,NULL,3,'scheduled');
INSERT INTO sync_pending (org_id,resource,parent,span_start,version,due_at,pending_since,run_id,reason) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','session_messages','d46aa2503f54812ba9edad17313cea76',0,1,1796079307,NULL,4,'scheduled');
CREATE INDEX sync_checkpoints_of_resources ON sync_checkpoints (resource, org_id) WHERE parent = '';
CREATE INDEX sessions_by_settling ON sessions (_settles_at, updated_at, session_id) WHERE _deleted_at IS NULL;
CREATE INDEX session_insights_by_settling ON session_insights (_settles_at, updated_at, session_id) WHERE _deleted_at IS NULL;
CREATE VIEW sync_requested AS
SELECT value AS resource FROM json_each((SELECT requested FROM sync_runs WHERE requested IS NOT NULL ORDER BY run_id DESC LIMIT 1));
CREATE VIEW sync_gaps AS
WITH ends AS (
  SELECT list_id, min(starts_at) AS first_start, max(starts_at) AS last_start, max(ends_at) AS last_end
  FROM sync_intervals GROUP BY list_id),
unread AS (
  SELECT p.org_id, p.resource, p.parent, e.first_start IS NOT NULL AND p.span_start < e.first_start AS is_before,
    min(p.span_start) AS gap_start, max(p.pending_since) AS pending_since, max(e.first_start) AS first_start, max(e.last_end) AS last_end
  FROM sync_pending AS p LEFT JOIN sync_checkpoints AS c USING (org_id, resource, parent) LEFT JOIN ends AS e USING (list_id)
  WHERE p.span_start > 0 AND p.pending_since IS NOT NULL
    AND (e.first_start IS NULL OR p.span_start < e.first_start OR p.span_start > e.last_start)
  GROUP BY 1, 2, 3, 4)
SELECT org_id, resource, parent, strftime('%Y-%m-%dT%H:%M:%SZ', gap_start, 'unixepoch') AS gap_start,
  strftime('%Y-%m-%dT%H:%M:%SZ', gap_end, 'unixepoch') AS gap_end
FROM (
  SELECT c.org_id, c.resource, c.parent, i.read_to AS gap_start, i.starts_at AS gap_end
  FROM (SELECT list_id, starts_at, max(ends_at) OVER (
      PARTITION BY list_id ORDER BY starts_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS read_to FROM sync_intervals) AS i
    JOIN sync_checkpoints AS c USING (list_id)
  WHERE i.starts_at > i.read_to
  UNION ALL
  SELECT org_id, resource, parent, iif(is_before, gap_start, coalesce(last_end, gap_start)),
    iif(is_before, first_start, max(pending_since, coalesce(last_end, gap_start)))
  FROM unread);
CREATE VIEW list_moments AS
SELECT org_id, resource, coalesce(as_of, completed_at) AS moment FROM sync_checkpoints
WHERE parent = '' AND coalesce(as_of, completed_at) IS NOT NULL;
CREATE VIEW mirror_moment AS
SELECT coalesce((SELECT max(moment) FROM list_moments), (SELECT max(coalesce(finished_at, started_at)) FROM sync_runs), unixepoch()) AS moment;
CREATE VIEW current_cycles AS
WITH now AS (
  SELECT o.org_id, coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'daily_consumption' AND l.org_id IN ('', o.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment)) AS moment
  FROM (SELECT DISTINCT org_id FROM daily_consumption WHERE _deleted_at IS NULL) AS o),
known AS (
  SELECT now.*, (
    SELECT c."after" FROM billing_cycles AS c WHERE c._deleted_at IS NULL AND c."after" <= moment AND moment < c."before"
    ORDER BY c."after" DESC LIMIT 1) AS cycle FROM now)
SELECT k.org_id, coalesce(c."after", unixepoch(moment - 28800, 'unixepoch', 'start of month') + 28800) AS starts_at,
  coalesce(c."before", unixepoch(moment - 28800, 'unixepoch', 'start of month', '+1 month') + 28800) AS ends_at,
  c."after" IS NOT NULL AS is_known, moment
FROM known AS k LEFT JOIN billing_cycles AS c ON c."after" = k.cycle AND c._deleted_at IS NULL;
CREATE VIEW secret_ages AS
SELECT s.secret_id, s.org_id, s."key", s.secret_type, s.access_type, coalesce(s.updated_at, s.created_at) AS last_changed_at,
  (coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'secrets' AND l.org_id IN ('', s.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment))
    - iif(coalesce(s.updated_at, s.created_at) > 100000000000, coalesce(s.updated_at, s.created_at) / 1000, coalesce(s.updated_at, s.created_at)))
    / 86400 AS age_days,
  coalesce(s.updated_by, s.created_by) AS last_changed_by, p.name AS last_changed_by_name
FROM secrets AS s LEFT JOIN people AS p ON p.user_id = coalesce(s.updated_by, s.created_by) WHERE s._deleted_at IS NULL;
CREATE VIEW missed_schedules AS
WITH RECURSIVE
numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 59),
watched AS (
  SELECT s.scheduled_session_id AS id, max(1, coalesce(s.interval_count, 1)) AS every, s.moment,
    max(coalesce(unixepoch(s.last_executed_at), 0), coalesce(unixepoch(s.created_at), 0), coalesce(unixepoch(s.updated_at), 0), s.moment - 60 * 86400) AS since,
    '["' || replace(trim(replace(replace(upper(s.frequency), '  ', ' '), '  ', ' ')), ' ', '","') || '"]' AS fields
  FROM (SELECT schedules.*, coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'schedules' AND l.org_id IN ('', schedules.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment)) AS moment FROM schedules) AS s
  WHERE s._deleted_at IS NULL AND s.enabled AND coalesce(s.schedule_type, 'recurring') = 'recurring'
    AND instr(s.frequency, '"') = 0 AND instr(s.frequency, '\') = 0),
parts AS (
  SELECT w.id, f.key AS field, p.value AS part,
    iif(instr(p.value, '/'), substr(p.value, 1, instr(p.value, '/') - 1), p.value) AS range,
    iif(instr(p.value, '/'), substr(p.value, instr(p.value, '/') + 1), '1') AS step
  FROM (SELECT * FROM watched WHERE json_valid(fields) AND json_array_length(fields) = 5) AS w, json_each(w.fields) AS f, json_each('["' || replace(
    iif(f.key < 3, f.value, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    replace(replace(replace(replace(replace(replace(replace(f.value, 'SUN', '0'), 'MON', '1'), 'TUE', '2'), 'WED', '3'), 'THU', '4'), 'FRI', '5'),
    'SAT', '6'), 'JAN', '1'), 'FEB', '2'), 'MAR', '3'), 'APR', '4'), 'MAY', '5'), 'JUN', '6'), 'JUL', '7'), 'AUG', '8'), 'SEP', '9'),
    'OCT', '10'), 'NOV', '11'), 'DEC', '12')), ',', '","') || '"]') AS p),
bounds AS (
  SELECT id, field, range IN ('*', '?') AS is_any, CAST(step AS INTEGER) AS step,
    iif(range IN ('*', '?'), field IN (2, 3), CAST(range AS INTEGER)) AS low,
    CASE WHEN range IN ('*', '?') THEN CASE field WHEN 0 THEN 59 WHEN 1 THEN 23 WHEN 2 THEN 31 WHEN 3 THEN 12 ELSE 6 END
      WHEN instr(range, '-') THEN CAST(substr(range, instr(range, '-') + 1) AS INTEGER)
      WHEN instr(part, '/') THEN CASE field WHEN 0 THEN 59 WHEN 1 THEN 23 WHEN 2 THEN 31 WHEN 3 THEN 12 ELSE 7 END
      ELSE CAST(range AS INTEGER) END AS high,
    (range IN ('*', '?') OR (range GLOB '[0-9]*' AND range NOT GLOB '*[^0-9-]*')) AND step GLOB '[1-9]*' AND step NOT GLOB '*[^0-9]*' AS is_readable
  FROM parts),
readable AS (SELECT id FROM bounds GROUP BY id HAVING min(is_readable) AND count(DISTINCT field) = 5),
allowed AS MATERIALIZED (
  SELECT DISTINCT b.id, b.field, iif(b.field = 4 AND n = 7, 0, n) AS n FROM bounds AS b JOIN readable USING (id) JOIN numbers
  ON n BETWEEN b.low AND b.high AND (n - b.low) % b.step = 0),
free AS (SELECT id, max(iif(field = 2, is_any, 0)) AS any_day, max(iif(field = 4, is_any, 0)) AS any_weekday FROM bounds GROUP BY id),
days(id, day) AS (
  SELECT w.id, since / 86400 * 86400 FROM watched AS w JOIN readable USING (id)
  UNION ALL SELECT d.id, d.day + 86400 FROM days AS d JOIN watched AS w USING (id) WHERE d.day + 86400 <= w.moment),
fitting AS (
  SELECT d.id, d.day FROM days AS d JOIN free AS f USING (id)
    WHERE EXISTS (SELECT 1 FROM allowed AS a WHERE a.id = d.id AND a.field = 3 AND a.n = CAST(strftime('%m', d.day, 'unixepoch') AS INTEGER))
    -- Cron's own rule: where both the day of the month and the weekday are given, either will do.
    AND CASE WHEN f.any_day OR f.any_weekday
      THEN EXISTS (SELECT 1 FROM allowed AS a WHERE a.id = d.id AND a.field = 2 AND a.n = CAST(strftime('%d', d.day, 'unixepoch') AS INTEGER))
        AND EXISTS (SELECT 1 FROM allowed AS a WHERE a.id = d.id AND a.field = 4 AND a.n = CAST(strftime('%w', d.day, 'unixepoch') AS INTEGER))
      ELSE EXISTS (SELECT 1 FROM allowed AS a WHERE a.id = d.id AND a.field = 2 AND a.n = CAST(strftime('%d', d.day, 'unixepoch') AS INTEGER))
        OR EXISTS (SELECT 1 FROM allowed AS a WHERE a.id = d.id AND a.field = 4 AND a.n = CAST(strftime('%w', d.day, 'unixepoch') AS INTEGER)) END),
due AS (
  SELECT w.id, w.every, d.day + h.n * 3600 + m.n * 60 AS at FROM watched AS w JOIN fitting AS d USING (id)
    JOIN allowed AS h ON h.id = w.id AND h.field = 1 JOIN allowed AS m ON m.id = w.id AND m.field = 0
  WHERE d.day + h.n * 3600 + m.n * 60 > w.since + 50400 AND d.day + h.n * 3600 + m.n * 60 <= w.moment - 50400),
missed AS (
  SELECT id, count(*) / every AS runs, max(at) AS last_due_at FROM due GROUP BY id HAVING count(*) >= every
  UNION ALL
  SELECT s.scheduled_session_id, 1, unixepoch(s.scheduled_at) FROM schedules AS s
  WHERE s._deleted_at IS NULL AND s.enabled AND s.schedule_type = 'one_time' AND s.last_executed_at IS NULL
    AND unixepoch(s.scheduled_at) <= coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'schedules' AND l.org_id IN ('', s.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment)) - 3600)
SELECT s.scheduled_session_id, s.org_id, s.name, s.frequency, s.scheduled_at, s.last_executed_at, m.runs AS missed_runs, m.last_due_at,
  s.consecutive_failures, s.last_error_at, s.last_error_message
FROM missed AS m JOIN schedules AS s ON s.scheduled_session_id = m.id;
CREATE VIRTUAL TABLE search_sessions USING fts5(title, content="sessions", content_rowid="rowid", tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_session_messages USING fts5(message, content="session_messages", content_rowid="rowid", tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_knowledge_notes USING fts5(name, body, content="knowledge_notes", content_rowid="rowid", tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_playbooks USING fts5(title, body, content="playbooks", content_rowid="rowid", tokenize='porter unicode61 remove_diacritics 2');
CREATE TABLE sync_text_indexes (
  resource   TEXT PRIMARY KEY,        -- name of the table; its index is called search_ and this @kept
  is_on      INTEGER NOT NULL,        -- 0: words are not indexed, and the index is empty @kept
  indexed_to INTEGER NOT NULL         -- rows with a rowid up to this have their words in the index; later ones follow before the run ends @kept
) STRICT, WITHOUT ROWID;
INSERT INTO sync_text_indexes (resource,is_on,indexed_to) VALUES('knowledge_notes',1,25);
INSERT INTO sync_text_indexes (resource,is_on,indexed_to) VALUES('playbooks',1,8);
INSERT INTO sync_text_indexes (resource,is_on,indexed_to) VALUES('session_messages',1,41);
INSERT INTO sync_text_indexes (resource,is_on,indexed_to) VALUES('sessions',1,10);
CREATE VIEW cost_per_merge AS
WITH months AS (
  SELECT org_id, substr(billing_day, 1, 7) AS month, count(*) AS sessions, count(acus) AS sessions_with_known_cost, sum(acus) AS acus,
    sum(merged_pull_requests > 0) AS sessions_with_merge, sum(iif(merged_pull_requests > 0, acus, NULL)) AS acus_of_sessions_with_merge
  FROM session_facts GROUP BY org_id, month),
merges AS (
  SELECT o.org_id, substr(o.billing_day, 1, 7) AS month, count(*) AS merged, count(f.acus) AS merged_with_known_cost
  FROM pull_request_outcomes AS o JOIN session_facts AS f ON f.session_id = o.first_session_id WHERE o.outcome = 'merged' GROUP BY o.org_id, 2)
SELECT m.org_id, m.month, m.sessions, m.sessions_with_known_cost, round(1.0 * m.sessions_with_known_cost / m.sessions, 4) AS known_share,
  m.sessions_with_merge, m.acus, m.acus_of_sessions_with_merge, coalesce(p.merged, 0) AS merged_pull_requests,
  round(m.acus / nullif(p.merged_with_known_cost, 0), 4) AS acus_per_merge,
  round(m.acus_of_sessions_with_merge / nullif(p.merged_with_known_cost, 0), 4) AS acus_per_merge_of_merging_sessions
FROM months AS m LEFT JOIN merges AS p ON p.month = m.month AND p.org_id IS m.org_id;
CREATE VIEW acu_reconciliation AS
WITH days_of AS (
  SELECT session_id, date(iif(date > 100000000000, date / 1000, date) - 28800, 'unixepoch') AS billing_day, acus
  FROM session_daily_consumption WHERE _deleted_at IS NULL),
sums AS (SELECT session_id, sum(acus) AS acus FROM days_of GROUP BY session_id),
used AS (
  SELECT f.org_id, d.billing_day, f.session_id, d.acus, 0 AS unknown FROM days_of AS d JOIN session_facts AS f USING (session_id)
  UNION ALL
  SELECT f.org_id, iif(s.session_id IS NULL, f.billing_day, date(coalesce(f.updated_at, f.created_at) - 28800, 'unixepoch')), f.session_id,
    f.acus - coalesce(s.acus, 0), f.acus IS NULL
  FROM session_facts AS f LEFT JOIN sums AS s USING (session_id) WHERE s.session_id IS NULL OR f.acus <> coalesce(s.acus, 0)),
billed AS (
  SELECT org_id, date(iif(date > 100000000000, date / 1000, date) - 28800, 'unixepoch') AS billing_day, acus,
    coalesce(CAST(_raw ->> '$.acus_by_product.devin' AS REAL), acus) AS devin
  FROM daily_consumption WHERE _deleted_at IS NULL),
spans AS (
  SELECT org_id, min(billing_day) AS first_day, max(max(billing_day), coalesce((
    SELECT date(moment - 28800, 'unixepoch') FROM list_moments AS l WHERE l.resource = 'daily_consumption' AND l.org_id IN ('', b.org_id)
    ORDER BY l.org_id DESC LIMIT 1), '')) AS last_day
  FROM billed AS b GROUP BY org_id),
days AS (
  SELECT org_id, billing_day, acus AS billed, devin, NULL AS used, NULL AS session_id, 0 AS unknown FROM billed
  UNION ALL SELECT org_id, billing_day, NULL, NULL, acus, session_id, unknown FROM used)
SELECT d.org_id, d.billing_day, sum(d.billed) AS billed_acus, sum(d.used) AS session_acus,
  iif(d.billing_day BETWEEN s.first_day AND s.last_day, round(coalesce(sum(d.devin), 0) - coalesce(sum(d.used), 0), 4), NULL) AS difference,
  count(DISTINCT d.session_id) AS sessions, sum(d.unknown) AS sessions_with_unknown_cost, sum(d.devin) AS billed_devin_acus,
  coalesce(d.billing_day BETWEEN s.first_day AND s.last_day, 0) AS is_billed
FROM days AS d LEFT JOIN spans AS s ON s.org_id IS d.org_id GROUP BY d.org_id, d.billing_day;
CREATE VIEW acu_reconciliation_by_cycle AS
WITH placed AS (
  SELECT r.*, coalesce(date(c."after" - 28800, 'unixepoch'), substr(r.billing_day, 1, 7) || '-01') AS cycle_start, c."after" IS NOT NULL AS cycle_is_known
  FROM acu_reconciliation AS r LEFT JOIN billing_cycles AS c
    ON c._deleted_at IS NULL AND unixepoch(r.billing_day) + 28800 >= c."after" AND unixepoch(r.billing_day) + 28800 < c."before"),
spans AS (SELECT org_id, cycle_start, max(is_billed) AS is_billed FROM placed GROUP BY org_id, cycle_start)
SELECT p.org_id, p.cycle_start, p.cycle_is_known, count(p.billed_acus) AS billed_days, sum(p.billed_acus) AS billed_acus,
  sum(p.session_acus) AS session_acus, round(sum(p.difference), 4) AS difference, sum(p.sessions_with_unknown_cost) AS sessions_with_unknown_cost,
  sum(p.billed_devin_acus) AS billed_devin_acus, min(iif(p.is_billed, p.billing_day, NULL)) AS compared_from,
  max(iif(p.is_billed, p.billing_day, NULL)) AS compared_to
FROM placed AS p JOIN spans AS s ON s.org_id IS p.org_id AND s.cycle_start = p.cycle_start
WHERE p.is_billed OR NOT s.is_billed GROUP BY p.org_id, p.cycle_start;
CREATE VIEW acu_forecast AS
WITH spent AS (
  SELECT org_id, iif(date > 100000000000, date / 1000, date) AS at, acus FROM daily_consumption WHERE _deleted_at IS NULL),
frame AS (
  SELECT c.*, (moment - 28800) / 86400 * 86400 + 28800 AS today FROM current_cycles AS c),
spans AS (
  SELECT f.*, max(today - 28 * 86400, (SELECT min(at) FROM spent WHERE spent.org_id = f.org_id)) AS measured_from,
    (ends_at - today + 86399) / 86400 AS days_left FROM frame AS f),
sums AS (
  SELECT s.*, (s.today - s.measured_from) / 86400 AS n, coalesce((
      SELECT sum(acus) FROM spent WHERE spent.org_id = s.org_id AND at >= s.measured_from AND at < s.today), 0) AS total, coalesce((
      SELECT sum(acus * acus) FROM spent WHERE spent.org_id = s.org_id AND at >= s.measured_from AND at < s.today), 0) AS squares, coalesce((
      SELECT sum(acus) FROM spent WHERE spent.org_id = s.org_id AND at >= s.starts_at AND at < s.today), 0) AS before_today, coalesce((
      SELECT sum(acus) FROM spent WHERE spent.org_id = s.org_id AND at >= s.today AND at < s.ends_at), 0) AS of_today
  FROM spans AS s),
rates AS (
  SELECT *, 1.0 * total / nullif(n, 0) AS a_day,
    -- 2.326 + 4.25 / (n - 1) is Student's t at 98 %, two-sided, for 13 to 27 degrees of freedom, rounded up.
    iif(n >= 14, (2.326 + 4.25 / (n - 1)) * sqrt(max(0, (squares - 1.0 * total * total / n) / (n - 1)))
      * sqrt(days_left + 1.0 * days_left * days_left / n), NULL) AS band
  FROM sums)
SELECT org_id, date(starts_at - 28800, 'unixepoch') AS cycle_start, date(ends_at - 28800, 'unixepoch') AS cycle_end, is_known AS cycle_is_known,
  round(before_today + of_today, 4) AS acus_so_far, n AS days_measured, round(a_day, 4) AS acus_a_day, days_left,
  round(max(before_today + a_day * days_left, before_today + of_today), 4) AS forecast,
  round(max(before_today + a_day * days_left - band, before_today + of_today), 4) AS low,
  round(max(before_today + a_day * days_left + band, before_today + of_today), 4) AS high,
  (SELECT cycle_acu_limit FROM acu_limits AS l WHERE l.org_id = rates.org_id AND l.scope = 'org' AND l._deleted_at IS NULL) AS cycle_acu_limit
FROM rates;
CREATE TABLE sync_pruned (
  id         INTEGER PRIMARY KEY CHECK (id = 1),  -- @kept
  known_from INTEGER NOT NULL,       -- changes before this were removed; Unix seconds @kept
  change_id  INTEGER NOT NULL        -- the newest change that was removed @kept
) STRICT;
CREATE TABLE sync_pruned_versions (
  playbook_id TEXT PRIMARY KEY,  -- @kept
  versions    INTEGER NOT NULL  -- @kept
) STRICT, WITHOUT ROWID;
CREATE VIEW playbook_versions AS
WITH seen(playbook_id, raw, place) AS (
  SELECT key, before, change_id FROM sync_changes WHERE resource = 'playbooks' AND before IS NOT NULL
  UNION ALL SELECT playbook_id, _raw, 9223372036854775807 FROM playbooks),
dated AS (
  SELECT playbook_id, raw, place, coalesce(raw ->> 'updated_at', raw ->> 'created_at') AS at FROM seen),
versions AS (
  -- Of several states with one time the newest stands for the version.
  SELECT playbook_id, iif(at > 100000000000, at / 1000, at) AS valid_from, raw, max(place) FROM dated GROUP BY playbook_id, at)
SELECT v.playbook_id, v.raw ->> 'org_id' AS org_id, row_number() OVER one + coalesce(g.versions, 0) AS version, v.valid_from,
  coalesce(lead(v.valid_from) OVER one, p._deleted_at) AS valid_to, replace(v.raw, '\u0000', '\ufffd') ->> 'title' AS title,
  replace(v.raw, '\u0000', '\ufffd') ->> 'body' AS body, v.raw ->> 'updated_by' AS updated_by
FROM versions AS v JOIN playbooks AS p USING (playbook_id) LEFT JOIN sync_pruned_versions AS g USING (playbook_id)
WINDOW one AS (PARTITION BY v.playbook_id ORDER BY v.valid_from);
CREATE INDEX sync_checkpoints_by_refresh ON sync_checkpoints (resource, org_id) WHERE refresh_interval IS NOT NULL;
CREATE VIEW sync_refresh AS
SELECT org_id, resource, parent, refresh_interval,
  strftime('%Y-%m-%dT%H:%M:%SZ', coalesce(completed_at, refused_at), 'unixepoch') AS last_asked,
  strftime('%Y-%m-%dT%H:%M:%SZ', coalesce(completed_at, refused_at) + refresh_interval, 'unixepoch') AS refresh_by
FROM sync_checkpoints WHERE refresh_interval IS NOT NULL;
CREATE TABLE derived_sessions (
  session_id           TEXT NOT NULL PRIMARY KEY,  -- sessions.session_id
  org_id               TEXT,
  billing_day          TEXT,           -- the day it was created on; days turn at 08:00 UTC
  created_at           INTEGER,
  updated_at           INTEGER,
  status               TEXT,
  status_detail        TEXT,
  user_id              TEXT,           -- NULL where a service user started it
  service_user_id      TEXT,
  origin               TEXT,
  category             TEXT,
  playbook_id          TEXT,
  acus                 REAL,           -- what the session says it has cost; NULL: not known
  pull_requests        INTEGER NOT NULL,  -- how many it lists, each address once
  merged_pull_requests INTEGER NOT NULL,
  parent_session_id    TEXT,           -- bare id of the session that started it, as it says itself
  tags                 TEXT,           -- JSON as the session has it; NULL: none
  child_session_ids    TEXT            -- JSON as the session has it; NULL: none
) WITHOUT ROWID;
INSERT INTO derived_sessions (session_id,org_id,billing_day,created_at,updated_at,status,status_detail,user_id,service_user_id,origin,category,playbook_id,acus,pull_requests,merged_pull_requests,parent_session_id,tags,child_session_ids) VALUES('2dc98dee3776a5a6a2cd50349992f88c','org-5a3d91c07be24f6688d2b94e01c7f3a6','2026-10-03',1791053375,1795176189,'running','working','email|66aa01d07c3f19b2e455',NULL,'slack','feature_development','playbook-ae57fdd61d4e837f54aa28e20f260397',15.578125,1,1,NULL,'["security"]',NULL);
INSERT INTO derived_sessions (session_id,org_id,billing_day,created_at,updated_at,status,status_detail,user_id,service_user_id,origin,category,playbook_id,acus,pull_requests,merged_pull_requests,parent_session_id,tags,child_session_ids) VALUES('3130a3d394a946ff81aab448ab29c631','org-5a3d91c07be24f6688d2b94e01c7f3a6','2026-11-20',1795176309,1795176309,'running','working','github|8814402',NULL,'desktop','code_quality_and_security',NULL,34.921875,1,0,NULL,NULL,NULL);
INSERT INTO derived_sessions (session_id,org_id,billing_day,created_at,updated_at,status,status_detail,user_id,service_user_id,origin,category,playbook_id,acus,pull_requests,merged_pull_requests,parent_session_id,tags,child_session_ids) VALUES('5196ff6623707a00aeba17c13ea657ef','org-5a3d91c07be24f6688d2b94e01c7f3a6','2026-11-20',1795176189,1795176189,'running','working',NULL,'service-user-1ae67b9b47c94f279c6053088bfcbfa5','scheduled','migrations_and_upgrades',NULL,NULL,1,0,'5be9de5ce920964ced3581f806726d74',NULL,NULL);
INSERT INTO derived_sessions (session_id,org_id,billing_day,created_at,updated_at,status,status_detail,user_id,service_user_id,origin,category,playbook_id,acus,pull_requests,merged_pull_requests,parent_session_id,tags,child_session_ids) VALUES('55af887b1ccd0fa73def81a089d9f291','org-5a3d91c07be24f6688d2b94e01c7f3a6','2026-11-04',1793811274,1795176309,'running','waiting_for_user',NULL,'service-user-64db06482262477dcc1f6629eebae2c6','automation','bug_fixing','playbook-3ce6f7a76d3d6a232dcb9f92c7f8ad35',68.578125,0,0,NULL,NULL,NULL);
INSERT INTO derived_sessions (session_id,org_id,billing_day,created_at,updated_at,status,status_detail,user_id,service_user_id,origin,category,playbook_id,acus,pull_requests,merged_pull_requests,parent_session_id,tags,child_session_ids) VALUES('5be9de5ce920964ced3581f806726d74','org-5a3d91c07be24f6688d2b94e01c7f3a6','2026-11-09',1794259608,1795176189,'running','working','github|8814402',NULL,'linear','feature_development',NULL,96.53125,0,0,NULL,NULL,'["5196ff6623707a00aeba17c13ea657ef"]');
INSERT INTO derived_sessions (session_id,org_id,billing_day,created_at,updated_at,status,status_detail,user_id,service_user_id,origin,category,playbook_id,acus,pull_requests,merged_pull_requests,parent_session_id,tags,child_session_ids) VALUES('8e9d40cbc59a9f147b74bc428a04b5a9','org-5a3d91c07be24f6688d2b94e01c7f3a6','2026-10-20',1792499032,1795176249,'running','waiting_for_user',NULL,'service-user-8f82dc8e4f6d0d5c4932f903ff00cecd','api','feature_development',NULL,26.359375,0,0,NULL,'["customer: Ünïcode GmbH","prio/1","émeraude"]',NULL);
INSERT INTO derived_sessions (session_id,org_id,billing_day,created_at,updated_at,status,status_detail,user_id,service_user_id,origin,category,playbook_id,acus,pull_requests,merged_pull_requests,parent_session_id,tags,child_session_ids) VALUES('9a84edf4335e0d1c9f17e28b1969b27a','org-5a3d91c07be24f6688d2b94e01c7f3a6','2026-11-20',1795176069,1795176249,'exit','finished','email|65f1c02be9a7d40c1ab2',NULL,'jira','feature_development',NULL,67.375,2,0,NULL,NULL,NULL);
INSERT INTO derived_sessions (session_id,org_id,billing_day,created_at,updated_at,status,status_detail,user_id,service_user_id,origin,category,playbook_id,acus,pull_requests,merged_pull_requests,parent_session_id,tags,child_session_ids) VALUES('bd998a97bb9fded8d2f37c64ba534dcf','org-5a3d91c07be24f6688d2b94e01c7f3a6','2026-11-20',1795176249,1795176249,'running','working','email|66aa01d07c3f19b2e455',NULL,'cli','production_investigation',NULL,55.5,2,1,NULL,'["backend","frontend","infra"]',NULL);
INSERT INTO derived_sessions (session_id,org_id,billing_day,created_at,updated_at,status,status_detail,user_id,service_user_id,origin,category,playbook_id,acus,pull_requests,merged_pull_requests,parent_session_id,tags,child_session_ids) VALUES('bf7a4e6ecbbf2f345b318501d32a217d','org-5a3d91c07be24f6688d2b94e01c7f3a6','2026-11-20',1795176129,1795176309,'suspended','inactivity','github|8814402',NULL,'teams','bug_fixing',NULL,73.140625,1,0,NULL,NULL,NULL);
INSERT INTO derived_sessions (session_id,org_id,billing_day,created_at,updated_at,status,status_detail,user_id,service_user_id,origin,category,playbook_id,acus,pull_requests,merged_pull_requests,parent_session_id,tags,child_session_ids) VALUES('d46aa2503f54812ba9edad17313cea76','org-5a3d91c07be24f6688d2b94e01c7f3a6','2026-09-30',1790834190,1795176309,'running','waiting_for_user','email|66aa01d07c3f19b2e455',NULL,'webapp','bug_fixing','playbook-2fb1601441f61b754c5c64b559dcdbf1',66.328125,0,0,NULL,'["security"]',NULL);
CREATE VIEW derive_sessions AS
SELECT s.session_id, s.org_id,
  date(iif(s.created_at > 100000000000, s.created_at / 1000, s.created_at) - 28800, 'unixepoch') AS billing_day,
  iif(s.created_at > 100000000000, s.created_at / 1000, s.created_at) AS created_at,
  iif(s.updated_at > 100000000000, s.updated_at / 1000, s.updated_at) AS updated_at,
  s.status, s.status_detail, iif(s.service_user_id IS NULL, nullif(s.user_id, 'bot_apk'), NULL) AS user_id, s.service_user_id, s.origin, s.category,
  s.playbook_id, nullif(s.acus_consumed, 0) AS acus,
  -- The list is taken apart only where it can hold something: that is what costs.
  iif(instr(s._raw, '"pr_url"'), (
    SELECT count(DISTINCT pr.value ->> 'pr_url') FROM json_each(s._raw, '$.pull_requests') AS pr
    WHERE pr.type = 'object'), 0) AS pull_requests,
  iif(instr(s._raw, '"pr_url"'), (
    SELECT count(DISTINCT pr.value ->> 'pr_url') FROM json_each(s._raw, '$.pull_requests') AS pr
    WHERE pr.type = 'object' AND lower(pr.value ->> 'pr_state') = 'merged'), 0) AS merged_pull_requests,
  iif(s.parent_session_id LIKE 'devin-%', substr(s.parent_session_id, 7), s.parent_session_id) AS parent_session_id,
  nullif(nullif(s._raw -> 'tags', '[]'), 'null') AS tags,
  nullif(nullif(s._raw -> 'child_session_ids', '[]'), 'null') AS child_session_ids
FROM sessions AS s WHERE s._deleted_at IS NULL;
CREATE TABLE derived_waits (
  session_id  TEXT NOT NULL,
  turn        INTEGER NOT NULL,        -- the place of the message that ended it among those of the session, from 1
  waited_from INTEGER,
  waited_to   INTEGER,
  PRIMARY KEY (session_id, turn)
) WITHOUT ROWID;
INSERT INTO derived_waits (session_id,turn,waited_from,waited_to) VALUES('2dc98dee3776a5a6a2cd50349992f88c',4,1795176069,1795176069);
INSERT INTO derived_waits (session_id,turn,waited_from,waited_to) VALUES('2dc98dee3776a5a6a2cd50349992f88c',6,1795176189,1795176189);
INSERT INTO derived_waits (session_id,turn,waited_from,waited_to) VALUES('55af887b1ccd0fa73def81a089d9f291',7,1795176249,1795176249);
INSERT INTO derived_waits (session_id,turn,waited_from,waited_to) VALUES('5be9de5ce920964ced3581f806726d74',3,1795176069,1795176069);
INSERT INTO derived_waits (session_id,turn,waited_from,waited_to) VALUES('5be9de5ce920964ced3581f806726d74',5,1795176129,1795176129);
INSERT INTO derived_waits (session_id,turn,waited_from,waited_to) VALUES('8e9d40cbc59a9f147b74bc428a04b5a9',5,1795176129,1795176249);
INSERT INTO derived_waits (session_id,turn,waited_from,waited_to) VALUES('d46aa2503f54812ba9edad17313cea76',3,1790834754,1790835036);
INSERT INTO derived_waits (session_id,turn,waited_from,waited_to) VALUES('d46aa2503f54812ba9edad17313cea76',6,1795176309,1795176309);
CREATE VIEW derive_waits AS
WITH turns AS (
  SELECT session_id, row_number() OVER one AS turn, source, created_at, lag(source) OVER one AS said_before, lag(created_at) OVER one AS before
  FROM session_messages WHERE _deleted_at IS NULL WINDOW one AS (PARTITION BY session_id ORDER BY created_at, source))
SELECT session_id, turn, iif(before > 100000000000, before / 1000, before) AS waited_from,
  iif(created_at > 100000000000, created_at / 1000, created_at) AS waited_to
FROM turns WHERE source = 'user' AND said_before = 'devin';
CREATE TABLE derived_note_usages (
  session_id TEXT NOT NULL,
  note_id    TEXT,
  is_good    INTEGER NOT NULL,         -- 0: it misled
  created_at INTEGER                   -- of the session
);
INSERT INTO derived_note_usages (session_id,note_id,is_good,created_at) VALUES('5196ff6623707a00aeba17c13ea657ef','note-d7ceeb08af036318fb91448438434338',1,1795176189);
INSERT INTO derived_note_usages (session_id,note_id,is_good,created_at) VALUES('55af887b1ccd0fa73def81a089d9f291','note-59a5c378f183b106a825f94c2c9a2f01',1,1793811274);
INSERT INTO derived_note_usages (session_id,note_id,is_good,created_at) VALUES('5be9de5ce920964ced3581f806726d74','note-96b9298c7582be19c91d4e1b0db7d24b',1,1794259608);
INSERT INTO derived_note_usages (session_id,note_id,is_good,created_at) VALUES('bd998a97bb9fded8d2f37c64ba534dcf','note-aafaf160a019fb259e5a611c18bf4722',1,1795176249);
INSERT INTO derived_note_usages (session_id,note_id,is_good,created_at) VALUES('d46aa2503f54812ba9edad17313cea76','note-2e10216a62be16a9995a824cd70c5167',1,1790834190);
CREATE INDEX derived_note_usages_of_sessions ON derived_note_usages (session_id);
CREATE VIEW derive_note_usages AS
SELECT session_id, CAST(note_id AS TEXT) AS note_id, is_good, created_at FROM note_usages;
CREATE TABLE derived_counts (
  resource TEXT NOT NULL,              -- name of the table
  org_id   TEXT NOT NULL,              -- empty: rows that name no organization
  rows     INTEGER NOT NULL,           -- living ones
  deleted  INTEGER NOT NULL,           -- those that are marked as deleted
  PRIMARY KEY (resource, org_id)
) STRICT, WITHOUT ROWID;
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('automations','org-5a3d91c07be24f6688d2b94e01c7f3a6',8,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('blueprints','org-5a3d91c07be24f6688d2b94e01c7f3a6',3,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('code_scan_findings','org-5a3d91c07be24f6688d2b94e01c7f3a6',16,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('code_scan_profiles','',3,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('code_scan_profiles','org-5a3d91c07be24f6688d2b94e01c7f3a6',10,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('code_scans','org-5a3d91c07be24f6688d2b94e01c7f3a6',8,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('credential','org-5a3d91c07be24f6688d2b94e01c7f3a6',1,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('daily_consumption','org-5a3d91c07be24f6688d2b94e01c7f3a6',30,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('indexed_repositories','org-5a3d91c07be24f6688d2b94e01c7f3a6',7,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('knowledge_folders','org-5a3d91c07be24f6688d2b94e01c7f3a6',6,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('knowledge_notes','',4,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('knowledge_notes','org-5a3d91c07be24f6688d2b94e01c7f3a6',21,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('org_idp_members','org-5a3d91c07be24f6688d2b94e01c7f3a6',5,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('org_members','org-5a3d91c07be24f6688d2b94e01c7f3a6',6,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('playbooks','',2,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('playbooks','org-5a3d91c07be24f6688d2b94e01c7f3a6',6,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('repositories','org-5a3d91c07be24f6688d2b94e01c7f3a6',7,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('schedules','org-5a3d91c07be24f6688d2b94e01c7f3a6',7,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('secrets','org-5a3d91c07be24f6688d2b94e01c7f3a6',8,1);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('session_attachments','org-5a3d91c07be24f6688d2b94e01c7f3a6',7,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('session_daily_consumption','org-5a3d91c07be24f6688d2b94e01c7f3a6',9,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('session_insights','org-5a3d91c07be24f6688d2b94e01c7f3a6',10,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('session_messages','org-5a3d91c07be24f6688d2b94e01c7f3a6',41,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('sessions','org-5a3d91c07be24f6688d2b94e01c7f3a6',10,0);
INSERT INTO derived_counts (resource,org_id,"rows",deleted) VALUES('snapshot_builds','org-5a3d91c07be24f6688d2b94e01c7f3a6',6,0);
CREATE VIEW session_tags AS
SELECT d.session_id, d.org_id, tag.key AS position, tag.value AS tag
FROM derived_sessions AS d, json_each(d.tags) AS tag WHERE tag.type = 'text';
CREATE VIEW session_children AS
SELECT d.session_id, d.org_id, child.key AS position,
  iif(child.value LIKE 'devin-%', substr(child.value, 7), child.value) AS child_session_id
FROM derived_sessions AS d, json_each(d.child_session_ids) AS child WHERE child.type = 'text';
CREATE VIEW note_usefulness AS
SELECT n.note_id, n.org_id, n.name, n.folder_path, n.is_enabled, count(iif(u.is_good = 1, 1, NULL)) AS good_usages,
  count(iif(u.is_good = 0, 1, NULL)) AS bad_usages, count(DISTINCT u.session_id) AS sessions, max(u.created_at) AS last_used_at
FROM knowledge_notes AS n LEFT JOIN derived_note_usages AS u USING (note_id) WHERE n._deleted_at IS NULL GROUP BY n.note_id;
CREATE VIEW session_parents AS
WITH own AS MATERIALIZED (
  SELECT session_id, parent_session_id FROM derived_sessions
  WHERE parent_session_id <> session_id AND parent_session_id IN (SELECT session_id FROM derived_sessions)),
listed AS MATERIALIZED (
  SELECT DISTINCT child_session_id AS session_id, session_id AS parent_session_id FROM session_children WHERE child_session_id <> session_id),
ranked AS (
  SELECT n.session_id, n.parent_session_id, row_number() OVER (PARTITION BY n.session_id ORDER BY coalesce(p.created_at, 0) DESC, p.session_id DESC) AS place
  FROM listed AS n CROSS JOIN derived_sessions AS s ON s.session_id = n.session_id
    CROSS JOIN derived_sessions AS p ON p.session_id = n.parent_session_id
  WHERE n.session_id NOT IN (SELECT session_id FROM own) AND (coalesce(p.created_at, 0) < coalesce(s.created_at, 0)
    -- Of two that were created in the same second and list each other, the one with the smaller id is the parent.
    OR (coalesce(p.created_at, 0) = coalesce(s.created_at, 0) AND (p.session_id < s.session_id
      OR NOT EXISTS (SELECT 1 FROM own AS b WHERE b.session_id = p.session_id AND b.parent_session_id = s.session_id)
        AND NOT EXISTS (SELECT 1 FROM listed AS b WHERE b.session_id = p.session_id AND b.parent_session_id = s.session_id)))))
SELECT session_id, parent_session_id FROM own
UNION ALL
SELECT session_id, parent_session_id FROM ranked WHERE place = 1;
CREATE VIEW session_family_members AS
WITH RECURSIVE
parents AS MATERIALIZED (SELECT * FROM session_parents),
below(root_session_id, session_id, depth) AS MATERIALIZED (
  SELECT DISTINCT parent_session_id, parent_session_id, 0 FROM parents WHERE parent_session_id NOT IN (SELECT session_id FROM parents)
  UNION ALL
  SELECT b.root_session_id, p.session_id, b.depth + 1 FROM below AS b JOIN parents AS p ON p.parent_session_id = b.session_id)
SELECT root_session_id, session_id, depth FROM below
UNION ALL
SELECT session_id, session_id, 0 FROM derived_sessions WHERE session_id NOT IN (SELECT session_id FROM below);
CREATE INDEX sync_checkpoints_held_back ON sync_checkpoints (org_id, resource) WHERE held_back > 0;
CREATE VIEW known_lists AS
WITH RECURSIVE known(org_id, resource) AS (
  SELECT org_id, resource FROM (SELECT org_id, resource FROM sync_checkpoints ORDER BY org_id, resource LIMIT 1)
  UNION ALL
  SELECT c.org_id, c.resource FROM known AS k JOIN sync_checkpoints AS c ON c.list_id = coalesce(
    (SELECT n.list_id FROM sync_checkpoints AS n WHERE n.org_id = k.org_id AND n.resource > k.resource ORDER BY n.resource LIMIT 1),
    (SELECT n.list_id FROM sync_checkpoints AS n WHERE n.org_id > k.org_id ORDER BY n.org_id, n.resource LIMIT 1)))
SELECT org_id, resource FROM known;
CREATE VIEW sync_health AS
WITH
-- A list below rows has one of its resource above it, which tells how far it is; lists of several kinds of one resource have none.
kinds AS (
  SELECT c.org_id, c.resource,
    iif(count(*) = count(c.completed_at), min(c.completed_at), NULL) AS completed_at,
    iif(count(*) = count(c.reconciled_at), min(c.reconciled_at), NULL) AS reconciled_at, min(c.as_of) AS as_of, min(c.watermark) AS watermark,
    max(c.refused_status) AS refused_status, sum(c.total) AS total
  FROM known_lists AS k CROSS JOIN sync_checkpoints AS c USING (org_id, resource)
  WHERE c.superseded_at IS NULL AND NOT EXISTS (SELECT 1 FROM sync_checkpoints AS t WHERE t.org_id = k.org_id AND t.resource = k.resource AND t.parent = '')
  GROUP BY c.org_id, c.resource),
lists AS (
  SELECT k.org_id, k.resource, t.completed_at, t.reconciled_at, t.as_of, t.watermark, t.refused_status, t.total
  FROM known_lists AS k CROSS JOIN sync_checkpoints AS t ON t.org_id = k.org_id AND t.resource = k.resource AND t.parent = ''
  WHERE t.superseded_at IS NULL
  UNION ALL SELECT * FROM kinds),
held AS (SELECT org_id, resource, sum(held_back) AS held_back FROM sync_checkpoints WHERE held_back > 0 AND superseded_at IS NULL GROUP BY org_id, resource),
owed AS (
  SELECT p.org_id, p.resource, max(1, count(DISTINCT nullif(p.parent, ''))) AS pending_lists,
    count(DISTINCT nullif(p.parent, '')) AS unread_lists, count(DISTINCT iif(c.is_open, p.parent, NULL)) AS open_lists,
    count(nullif(p.span_start, 0)) AS pending_spans, min(p.pending_since) AS pending_since, min(p.run_id) AS pending_run
  FROM sync_pending AS p LEFT JOIN sync_checkpoints AS c USING (org_id, resource, parent)
  WHERE p.pending_since IS NOT NULL GROUP BY p.org_id, p.resource),
names AS (SELECT org_id, resource FROM lists UNION SELECT org_id, resource FROM owed),
spans AS (
  SELECT c.org_id, c.resource, min(i.starts_at) AS covered_from, max(i.ends_at) AS covered_to
  FROM sync_intervals AS i JOIN sync_checkpoints AS c USING (list_id) GROUP BY c.org_id, c.resource),
gaps AS (SELECT org_id, resource, count(*) AS gaps FROM sync_gaps GROUP BY org_id, resource),
quarantined AS (
  SELECT org_id, resource, count(nullif(item, '')) AS items, count(*) - count(nullif(item, '')) AS parents
  FROM sync_quarantine GROUP BY org_id, resource),
drift AS (SELECT resource, count(*) AS drift FROM sync_drift GROUP BY resource)
SELECT n.org_id, n.resource, l.completed_at, l.watermark, l.refused_status,
  strftime('%Y-%m-%dT%H:%M:%SZ', l.completed_at, 'unixepoch') AS last_complete,
  strftime('%s', 'now') - l.completed_at AS age_seconds,
  CASE WHEN l.refused_status IS NULL THEN 'read' WHEN EXISTS (
      SELECT 1 FROM sync_checkpoints AS c WHERE c.org_id = n.org_id AND c.resource = n.resource AND c.allowed_at IS NOT NULL AND c.superseded_at IS NULL) THEN 'no longer allowed'
    WHEN l.refused_status = 404 THEN 'not on this deployment' ELSE 'not allowed' END AS access,
  l.total AS claimed_rows, (
    SELECT nullif(count(*), 0) FROM sync_checkpoints AS c CROSS JOIN sync_seen AS s USING (list_id)
    WHERE c.org_id = n.org_id AND c.resource = n.resource) AS listed_rows, coalesce(p.open_lists, 0) AS open_lists,
  coalesce(p.unread_lists, 0) AS unread_lists, coalesce(q.items, 0) AS quarantined_items,
  coalesce(q.parents, 0) AS quarantined_lists, coalesce(h.held_back, 0) AS held_back_rows,
  strftime('%Y-%m-%dT%H:%M:%SZ', s.covered_from, 'unixepoch') AS covered_from,
  strftime('%Y-%m-%dT%H:%M:%SZ', s.covered_to, 'unixepoch') AS covered_to,
  iif(s.covered_from IS NULL AND g.gaps IS NULL, NULL, coalesce(g.gaps, 0)) AS gaps, coalesce(d.drift, 0) AS drift,
  l.refused_status IS NULL AND l.completed_at IS NOT NULL AND p.resource IS NULL AND h.resource IS NULL
    AND q.resource IS NULL AND coalesce(g.gaps, 0) = 0 AS is_whole,
  l.reconciled_at, strftime('%Y-%m-%dT%H:%M:%SZ', l.reconciled_at, 'unixepoch') AS last_reconciled, l.as_of,
  coalesce(p.pending_lists, 0) AS pending_lists, coalesce(p.pending_spans, 0) AS pending_spans, p.pending_since, p.pending_run,
  (NOT EXISTS (SELECT 1 FROM sync_requested) OR n.resource IN (SELECT resource FROM sync_requested))
    AND NOT EXISTS (SELECT 1 FROM organizations AS o WHERE o.org_id = n.org_id AND o._deleted_at IS NOT NULL) AS is_requested
FROM names AS n
  LEFT JOIN lists AS l USING (org_id, resource) LEFT JOIN owed AS p USING (org_id, resource) LEFT JOIN held AS h USING (org_id, resource)
  LEFT JOIN spans AS s USING (org_id, resource)
  LEFT JOIN gaps AS g USING (org_id, resource) LEFT JOIN quarantined AS q USING (org_id, resource)
  LEFT JOIN drift AS d USING (resource);
CREATE TABLE derived_pull_requests (
  session_id TEXT NOT NULL,
  org_id     TEXT NOT NULL,            -- empty: the session names none
  pr_url     NOT NULL,                 -- as the server sent it
  furthest   INTEGER NOT NULL,         -- 3: merged, 2: closed, 1: open, 0: Devin does not say; where it is listed twice the largest
  place      TEXT NOT NULL,            -- when the session was created, in twelve digits, and its id: the smallest is the first that lists it
  address    TEXT AS (iif(instr(pr_url, '://'), substr(pr_url, instr(pr_url, '://') + 3), pr_url)) VIRTUAL,
  path       TEXT AS (CASE
      WHEN instr(address, '/-/merge_requests/') THEN substr(address, 1, instr(address, '/-/merge_requests/') - 1)
      WHEN instr(address, '/merge_requests/') THEN substr(address, 1, instr(address, '/merge_requests/') - 1)
      WHEN instr(address, '/pull-requests/') THEN substr(address, 1, instr(address, '/pull-requests/') - 1)
      WHEN instr(address, '/pullrequest/') THEN substr(address, 1, instr(address, '/pullrequest/') - 1)
      WHEN instr(address, '/pull/') THEN substr(address, 1, instr(address, '/pull/') - 1)
      -- Gerrit: HOST/c/REPOSITORY/+/NUMBER
      WHEN instr(address, '/c/') AND instr(address, '/+/') THEN replace(substr(address, 1, instr(address, '/+/') - 1), '/c/', '/') END) VIRTUAL,
  host       TEXT AS (iif(instr(address, '/'), substr(address, 1, instr(address, '/') - 1), address)) STORED,
  repository TEXT AS (substr(path, instr(path, '/') + 1)) STORED,  -- NULL: the address has no known form
  PRIMARY KEY (session_id, org_id, pr_url)
) WITHOUT ROWID;
INSERT INTO derived_pull_requests (session_id,org_id,pr_url,furthest,place) VALUES('2dc98dee3776a5a6a2cd50349992f88c','org-5a3d91c07be24f6688d2b94e01c7f3a6','https://github.com/acme/mobile-app/pull/7981',3,'0017910533752dc98dee3776a5a6a2cd50349992f88c');
INSERT INTO derived_pull_requests (session_id,org_id,pr_url,furthest,place) VALUES('3130a3d394a946ff81aab448ab29c631','org-5a3d91c07be24f6688d2b94e01c7f3a6','https://github.com/acme/infrastructure/pull/6624',1,'0017951763093130a3d394a946ff81aab448ab29c631');
INSERT INTO derived_pull_requests (session_id,org_id,pr_url,furthest,place) VALUES('5196ff6623707a00aeba17c13ea657ef','org-5a3d91c07be24f6688d2b94e01c7f3a6','https://github.com/acme-labs/ranking/pull/3906',2,'0017951761895196ff6623707a00aeba17c13ea657ef');
INSERT INTO derived_pull_requests (session_id,org_id,pr_url,furthest,place) VALUES('9a84edf4335e0d1c9f17e28b1969b27a','org-5a3d91c07be24f6688d2b94e01c7f3a6','https://github.com/acme/api/pull/5344',0,'0017951760699a84edf4335e0d1c9f17e28b1969b27a');
INSERT INTO derived_pull_requests (session_id,org_id,pr_url,furthest,place) VALUES('9a84edf4335e0d1c9f17e28b1969b27a','org-5a3d91c07be24f6688d2b94e01c7f3a6','https://github.com/acme/infrastructure/pull/2174',2,'0017951760699a84edf4335e0d1c9f17e28b1969b27a');
INSERT INTO derived_pull_requests (session_id,org_id,pr_url,furthest,place) VALUES('bd998a97bb9fded8d2f37c64ba534dcf','org-5a3d91c07be24f6688d2b94e01c7f3a6','https://github.com/acme/payments/pull/4713',3,'001795176249bd998a97bb9fded8d2f37c64ba534dcf');
INSERT INTO derived_pull_requests (session_id,org_id,pr_url,furthest,place) VALUES('bd998a97bb9fded8d2f37c64ba534dcf','org-5a3d91c07be24f6688d2b94e01c7f3a6','https://github.com/acme/web/pull/2586',0,'001795176249bd998a97bb9fded8d2f37c64ba534dcf');
INSERT INTO derived_pull_requests (session_id,org_id,pr_url,furthest,place) VALUES('bf7a4e6ecbbf2f345b318501d32a217d','org-5a3d91c07be24f6688d2b94e01c7f3a6','https://github.com/acme/web/pull/5684',0,'001795176129bf7a4e6ecbbf2f345b318501d32a217d');
CREATE INDEX derived_pull_requests_by_address ON derived_pull_requests (org_id, pr_url);
CREATE VIEW derive_pull_requests AS
SELECT s.session_id, coalesce(s.org_id, '') AS org_id, pr.value ->> 'pr_url' AS pr_url, (
    SELECT max(CASE lower(o.value ->> 'pr_state') WHEN 'merged' THEN 3 WHEN 'closed' THEN 2 WHEN 'declined' THEN 2 WHEN 'abandoned' THEN 2
      WHEN 'open' THEN 1 WHEN 'opened' THEN 1 WHEN 'draft' THEN 1 WHEN 'reopened' THEN 1 ELSE 0 END)
    FROM json_each(s._raw, '$.pull_requests') AS o WHERE o.type = 'object' AND o.value ->> 'pr_url' IS pr.value ->> 'pr_url') AS furthest,
  printf('%012d', iif(s.created_at > 100000000000, s.created_at / 1000, s.created_at)) || s.session_id AS place
FROM sessions AS s, json_each(s._raw, '$.pull_requests') AS pr
WHERE s._deleted_at IS NULL AND instr(s._raw, '"pr_url"') AND pr.type = 'object' AND pr.value ->> 'pr_url' IS NOT NULL
  -- Of an address that is listed twice the first place stands for all.
  AND pr.id = (
    SELECT min(o.id) FROM json_each(s._raw, '$.pull_requests') AS o
    WHERE o.type = 'object' AND o.value ->> 'pr_url' IS pr.value ->> 'pr_url');
CREATE TABLE derived_outcomes (
  org_id           TEXT NOT NULL,      -- empty: its sessions name none
  pr_url           NOT NULL,           -- as the server sent it
  sessions         INTEGER NOT NULL,   -- how many list it
  furthest         INTEGER NOT NULL,   -- 3: merged, 2: closed, 1: open, 0: Devin does not say; where sessions differ the largest
  first_session_id TEXT NOT NULL,      -- of those that list it, the one that was created first
  billing_day      TEXT,               -- the day that one was created on; days turn at 08:00 UTC
  host             TEXT,
  repository       TEXT,               -- NULL: the address has no known form
  PRIMARY KEY (org_id, pr_url)
) WITHOUT ROWID;
INSERT INTO derived_outcomes (org_id,pr_url,sessions,furthest,first_session_id,billing_day,host,repository) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','https://github.com/acme-labs/ranking/pull/3906',1,2,'5196ff6623707a00aeba17c13ea657ef','2026-11-20','github.com','acme-labs/ranking');
INSERT INTO derived_outcomes (org_id,pr_url,sessions,furthest,first_session_id,billing_day,host,repository) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','https://github.com/acme/api/pull/5344',1,0,'9a84edf4335e0d1c9f17e28b1969b27a','2026-11-20','github.com','acme/api');
INSERT INTO derived_outcomes (org_id,pr_url,sessions,furthest,first_session_id,billing_day,host,repository) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','https://github.com/acme/infrastructure/pull/2174',1,2,'9a84edf4335e0d1c9f17e28b1969b27a','2026-11-20','github.com','acme/infrastructure');
INSERT INTO derived_outcomes (org_id,pr_url,sessions,furthest,first_session_id,billing_day,host,repository) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','https://github.com/acme/infrastructure/pull/6624',1,1,'3130a3d394a946ff81aab448ab29c631','2026-11-20','github.com','acme/infrastructure');
INSERT INTO derived_outcomes (org_id,pr_url,sessions,furthest,first_session_id,billing_day,host,repository) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','https://github.com/acme/mobile-app/pull/7981',1,3,'2dc98dee3776a5a6a2cd50349992f88c','2026-10-03','github.com','acme/mobile-app');
INSERT INTO derived_outcomes (org_id,pr_url,sessions,furthest,first_session_id,billing_day,host,repository) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','https://github.com/acme/payments/pull/4713',1,3,'bd998a97bb9fded8d2f37c64ba534dcf','2026-11-20','github.com','acme/payments');
INSERT INTO derived_outcomes (org_id,pr_url,sessions,furthest,first_session_id,billing_day,host,repository) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','https://github.com/acme/web/pull/2586',1,0,'bd998a97bb9fded8d2f37c64ba534dcf','2026-11-20','github.com','acme/web');
INSERT INTO derived_outcomes (org_id,pr_url,sessions,furthest,first_session_id,billing_day,host,repository) VALUES('org-5a3d91c07be24f6688d2b94e01c7f3a6','https://github.com/acme/web/pull/5684',1,0,'bf7a4e6ecbbf2f345b318501d32a217d','2026-11-20','github.com','acme/web');
CREATE INDEX derived_outcomes_of_first ON derived_outcomes (first_session_id, furthest);
CREATE VIEW derive_outcomes AS
WITH listed AS (
  SELECT org_id, pr_url, count(*) AS sessions, max(furthest) AS furthest, min(place) AS first, min(host) AS host, min(repository) AS repository
  FROM derived_pull_requests GROUP BY org_id, pr_url)
SELECT org_id, pr_url, sessions, furthest, CAST(substr(first, 13) AS TEXT) AS first_session_id,
  date(CAST(substr(first, 1, 12) AS INTEGER) - 28800, 'unixepoch') AS billing_day, host, repository
FROM listed;
CREATE VIEW session_facts AS
SELECT d.session_id, d.org_id, (SELECT title FROM sessions AS s WHERE s.session_id = d.session_id) AS title,
  (SELECT url FROM sessions AS s WHERE s.session_id = d.session_id) AS url,
  d.status, d.status_detail, d.status IN ('exit', 'error', 'suspended') AS is_over, d.billing_day, d.created_at, d.updated_at,
  d.user_id, d.service_user_id, d.origin, d.category, d.playbook_id,
  coalesce(d.acus, (
    SELECT nullif(sum(c.acus), 0) FROM session_daily_consumption AS c
    WHERE c.session_id = d.session_id AND c._deleted_at IS NULL)) AS acus,
  d.pull_requests, d.merged_pull_requests,
  iif(d.pull_requests > 0, (SELECT count(*) FROM derived_outcomes AS o WHERE o.first_session_id = d.session_id), 0) AS first_pull_requests,
  iif(d.pull_requests > 0, (SELECT count(*) FROM derived_outcomes AS o WHERE o.first_session_id = d.session_id AND o.furthest = 3), 0)
    AS first_merged_pull_requests
FROM derived_sessions AS d;
CREATE VIEW pull_request_outcomes AS
SELECT nullif(org_id, '') AS org_id, pr_url, CASE furthest WHEN 3 THEN 'merged' WHEN 2 THEN 'closed' WHEN 1 THEN 'open' ELSE 'unknown' END AS outcome,
  host, repository, sessions, billing_day, first_session_id
FROM derived_outcomes;
CREATE VIEW first_pull_requests AS
SELECT first_session_id AS session_id, count(*) AS pull_requests, count(*) FILTER (WHERE furthest = 3) AS merged_pull_requests
FROM derived_outcomes GROUP BY first_session_id;
CREATE VIEW billed_by_day AS
SELECT org_id, date(iif(date > 100000000000, date / 1000, date) - 28800, 'unixepoch') AS billing_day, acus
FROM daily_consumption WHERE _deleted_at IS NULL;
CREATE VIEW acus_by_day AS
SELECT org_id, billing_day, sum(billed) AS billed_acus, sum(acus) AS acus, sum(sessions) AS sessions, sum(known) AS sessions_with_known_cost
FROM (
  SELECT org_id, billing_day, acus AS billed, NULL AS acus, 0 AS sessions, 0 AS known FROM billed_by_day
  UNION ALL SELECT org_id, billing_day, NULL, acus, 1, acus IS NOT NULL FROM session_facts)
GROUP BY org_id, billing_day;
CREATE VIEW acus_by_user AS
SELECT f.org_id, f.billing_day, f.user_id, p.name, p.email, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, sum(f.first_merged_pull_requests) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN people AS p USING (user_id)
WHERE f.service_user_id IS NULL GROUP BY f.org_id, f.billing_day, f.user_id;
CREATE VIEW acus_by_service_user AS
SELECT f.org_id, f.billing_day, f.service_user_id, p.name, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, sum(f.first_merged_pull_requests) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN people AS p ON p.user_id = f.service_user_id
WHERE f.service_user_id IS NOT NULL GROUP BY f.org_id, f.billing_day, f.service_user_id;
CREATE VIEW acus_by_origin AS
SELECT org_id, billing_day, origin, count(*) AS sessions, count(acus) AS sessions_with_known_cost, sum(acus) AS acus,
  sum(first_merged_pull_requests) AS merged_pull_requests
FROM session_facts GROUP BY org_id, billing_day, origin;
CREATE VIEW acus_by_playbook AS
SELECT f.org_id, f.billing_day, f.playbook_id, p.title, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, sum(f.first_merged_pull_requests) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN playbooks AS p USING (playbook_id)
GROUP BY f.org_id, f.billing_day, f.playbook_id;
CREATE VIEW acus_by_tag AS
SELECT f.org_id, f.billing_day, t.value AS tag, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, sum(f.first_merged_pull_requests) AS merged_pull_requests
FROM session_facts AS f CROSS JOIN derived_sessions AS d USING (session_id) LEFT JOIN json_each(d.tags) AS t
  -- A tag that a session has twice counts once.
  ON t.type = 'text' AND (t.key = 0 OR NOT EXISTS (
    SELECT 1 FROM json_each(d.tags) AS o WHERE o.key < t.key AND o.value = t.value AND o.type = 'text'))
GROUP BY f.org_id, f.billing_day, t.value;
CREATE VIEW acus_by_repository AS
WITH worked AS (
  SELECT f.org_id, f.billing_day, w.host, w.repository, f.acus, 1 AS sessions, 0 AS merged
  FROM (SELECT DISTINCT session_id, host, repository FROM derived_pull_requests) AS w CROSS JOIN session_facts AS f USING (session_id)
  UNION ALL
  SELECT org_id, billing_day, NULL, NULL, acus, 1, 0 FROM session_facts WHERE pull_requests = 0
  UNION ALL
  SELECT org_id, billing_day, host, repository, NULL, 0, 1 FROM pull_request_outcomes WHERE outcome = 'merged')
SELECT org_id, billing_day, host, repository, sum(sessions) AS sessions, count(acus) AS sessions_with_known_cost, sum(acus) AS acus,
  sum(merged) AS merged_pull_requests
FROM worked GROUP BY org_id, billing_day, host, repository;
CREATE VIEW playbook_scoreboard AS
WITH ran AS (
  SELECT f.playbook_id, f.org_id, f.is_over, f.status, f.acus, f.created_at, f.merged_pull_requests, f.first_merged_pull_requests AS first_merges, (
    SELECT v.version FROM playbook_versions AS v
    WHERE v.playbook_id = f.playbook_id AND v.valid_from <= f.created_at AND (v.valid_to IS NULL OR f.created_at < v.valid_to)) AS version
  FROM session_facts AS f WHERE f.playbook_id IS NOT NULL)
SELECT r.playbook_id, r.org_id, r.version, coalesce(v.title, p.title) AS title, v.valid_from, v.valid_to, count(*) AS sessions, sum(r.is_over) AS sessions_over,
  sum(r.status = 'error') AS errors, sum(r.merged_pull_requests > 0) AS sessions_with_merge, sum(r.first_merges) AS merged_pull_requests,
  count(r.acus) AS sessions_with_known_cost, sum(r.acus) AS acus, round(avg(r.acus), 4) AS acus_a_session, max(r.created_at) AS last_used_at
FROM ran AS r LEFT JOIN playbook_versions AS v ON v.playbook_id = r.playbook_id AND v.version = r.version
  LEFT JOIN playbooks AS p ON p.playbook_id = r.playbook_id
GROUP BY r.playbook_id, r.org_id, r.version
UNION ALL
SELECT v.playbook_id, v.org_id, v.version, v.title, v.valid_from, v.valid_to, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL
FROM playbook_versions AS v
WHERE NOT EXISTS (SELECT 1 FROM ran AS r WHERE r.playbook_id = v.playbook_id AND r.version = v.version);
CREATE VIEW session_families AS
WITH RECURSIVE
parents AS MATERIALIZED (SELECT * FROM session_parents),
below(root_session_id, session_id, depth) AS MATERIALIZED (
  SELECT DISTINCT parent_session_id, parent_session_id, 0 FROM parents WHERE parent_session_id NOT IN (SELECT session_id FROM parents)
  UNION ALL
  SELECT b.root_session_id, p.session_id, b.depth + 1 FROM below AS b JOIN parents AS p ON p.parent_session_id = b.session_id),
costs AS (
  SELECT m.root_session_id, count(*) AS sessions, max(m.depth) AS depth, count(f.acus) AS sessions_with_known_cost, sum(f.acus) AS acus,
    sum(f.first_pull_requests) AS pull_requests, sum(f.first_merged_pull_requests) AS merged_pull_requests
  FROM below AS m CROSS JOIN session_facts AS f USING (session_id) GROUP BY m.root_session_id)
SELECT c.root_session_id, r.org_id, r.title, r.billing_day, r.user_id, r.service_user_id, c.sessions, c.depth, c.sessions_with_known_cost,
  c.acus, r.acus AS own_acus, c.pull_requests, c.merged_pull_requests
FROM costs AS c CROSS JOIN session_facts AS r ON r.session_id = c.root_session_id
UNION ALL
SELECT f.session_id, f.org_id, f.title, f.billing_day, f.user_id, f.service_user_id, 1, 0, f.acus IS NOT NULL, f.acus, f.acus,
  f.first_pull_requests, f.first_merged_pull_requests
FROM session_facts AS f WHERE f.session_id NOT IN (SELECT session_id FROM below);
CREATE VIEW open_waits AS
SELECT d.session_id, iif(m.created_at > 100000000000, m.created_at / 1000, m.created_at) AS waited_from,
  max(0, coalesce((
    SELECT moment FROM list_moments AS l WHERE l.resource = 'sessions' AND l.org_id IN ('', d.org_id) ORDER BY l.org_id DESC LIMIT 1), (
    SELECT moment FROM mirror_moment)) - iif(m.created_at > 100000000000, m.created_at / 1000, m.created_at)) AS seconds
FROM derived_sessions AS d CROSS JOIN session_messages AS m
  ON m.rowid = (SELECT t.rowid FROM session_messages AS t WHERE t.session_id = d.session_id AND t._deleted_at IS NULL
    ORDER BY t.created_at DESC, t.source DESC LIMIT 1)
WHERE d.status = 'running' AND d.status_detail IN ('waiting_for_user', 'waiting_for_approval') AND m.source = 'devin';
CREATE VIEW waits_for_people AS
SELECT w.session_id, d.org_id, d.user_id, d.service_user_id, w.waited_from, w.waited_to, w.seconds
FROM (
  SELECT session_id, waited_from, waited_to, max(0, waited_to - waited_from) AS seconds FROM derived_waits
  UNION ALL SELECT session_id, waited_from, NULL, seconds FROM open_waits) AS w JOIN derived_sessions AS d USING (session_id);
CREATE VIEW session_waste AS
WITH usual AS (SELECT org_id, avg(acus) AS acus FROM session_facts GROUP BY org_id),
waited AS (
  SELECT session_id, sum(seconds) AS seconds FROM (
    -- The order of the table is that of sessions, so that these sums need no sorting.
    SELECT session_id, sum(max(0, waited_to - waited_from)) AS seconds FROM derived_waits GROUP BY session_id
    UNION ALL SELECT session_id, seconds FROM open_waits)
  GROUP BY session_id HAVING sum(seconds) >= 86400),
found AS (
  SELECT f.session_id, 'expensive, nothing merged' AS reason, NULL AS hours FROM session_facts AS f JOIN usual AS u USING (org_id)
  WHERE f.is_over AND f.acus >= 2 * u.acus AND f.merged_pull_requests = 0
  UNION ALL
  SELECT session_id, CASE WHEN status_detail LIKE '%limit_exceeded' THEN 'ended by a usage limit' ELSE 'out of credits' END, NULL
  FROM session_facts
  WHERE status_detail LIKE '%limit_exceeded'
    OR status_detail IN ('out_of_credits', 'out_of_quota', 'no_quota_allocation', 'payment_declined', 'contract_expired')
  UNION ALL
  SELECT session_id, 'waited a day or longer for people', round(seconds / 3600.0, 2) FROM waited)
SELECT w.session_id, f.org_id, f.billing_day, w.reason, f.acus, w.hours, f.pull_requests, f.user_id, f.service_user_id, f.title, f.url
FROM found AS w JOIN session_facts AS f USING (session_id);
CREATE TABLE local_agent_acu_limits (
  limit_key        TEXT NOT NULL PRIMARY KEY,                               -- scope:org_id:user_id, what is missing left empty @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  scope            TEXT AS (_raw ->> 'scope') VIRTUAL,                      -- one of enterprise, org, user; open set @kept
  cycle_acu_limit  INTEGER AS (_raw ->> 'cycle_acu_limit') VIRTUAL,         -- agent compute units per billing cycle @kept
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                      -- the organization; NULL: the limit is not of one @kept
  user_id          TEXT AS (_raw ->> 'user_id') STORED                      -- users.user_id; NULL: the limit is not of one @kept
);
CREATE VIEW v_local_agent_acu_limits AS
SELECT limit_key, scope, cycle_acu_limit, org_id, user_id
FROM local_agent_acu_limits WHERE _deleted_at IS NULL;
CREATE TABLE user_acu_limits (
  user_id          TEXT NOT NULL PRIMARY KEY,                               -- users.user_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  local_agent      TEXT AS (_raw ->> 'local_agent') VIRTUAL,                -- JSON object; NULL: no limit is set here @{cycle_acu_limit: kept}
  cycle_acu_limit  INTEGER AS (_raw ->> '$.local_agent.cycle_acu_limit') VIRTUAL  -- agent compute units per month, desktop, JetBrains and CLI; NULL: none @kept
);
CREATE VIEW v_user_acu_limits AS
SELECT user_id, local_agent, cycle_acu_limit
FROM user_acu_limits WHERE _deleted_at IS NULL;
CREATE TABLE default_user_acu_limits (
  limit_scope      TEXT NOT NULL PRIMARY KEY,                               -- default @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  local_agent      TEXT AS (_raw ->> 'local_agent') VIRTUAL,                -- JSON object; NULL: no limit is set here @{cycle_acu_limit: kept}
  cycle_acu_limit  INTEGER AS (_raw ->> '$.local_agent.cycle_acu_limit') VIRTUAL  -- agent compute units per month, desktop, JetBrains and CLI; NULL: none @kept
);
CREATE VIEW v_default_user_acu_limits AS
SELECT limit_scope, local_agent, cycle_acu_limit
FROM default_user_acu_limits WHERE _deleted_at IS NULL;
CREATE TABLE organization_acu_limits (
  org_id           TEXT NOT NULL PRIMARY KEY,                               -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  local_agent      TEXT AS (_raw ->> 'local_agent') VIRTUAL,                -- JSON object; NULL: no limit is set here @{cycle_acu_limit: kept}
  cycle_acu_limit  INTEGER AS (_raw ->> '$.local_agent.cycle_acu_limit') VIRTUAL  -- agent compute units per month, desktop, JetBrains and CLI; NULL: none @kept
);
CREATE VIEW v_organization_acu_limits AS
SELECT org_id, local_agent, cycle_acu_limit
FROM organization_acu_limits WHERE _deleted_at IS NULL;
CREATE TABLE default_platforms (
  org_id           TEXT NOT NULL PRIMARY KEY,                               -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  platform         TEXT AS (_raw ->> 'platform') VIRTUAL,                   -- NULL: none is set @kept
  outpost_pool_id  TEXT AS (_raw ->> 'outpost_pool_id') VIRTUAL,            -- NULL: the platform is no outpost @kept
  outpost_pool_name TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'outpost_pool_name') VIRTUAL  -- NULL: also where the pool is not open to the organization @name
);
CREATE VIEW v_default_platforms AS
SELECT org_id, platform, outpost_pool_id, outpost_pool_name
FROM default_platforms WHERE _deleted_at IS NULL;
CREATE TABLE outposts (
  outpost_id       TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  metadata         TEXT AS (_raw ->> 'metadata') VIRTUAL,                   -- JSON object: outpost_id, account_id, created_at @{outpost_id: kept, account_id: kept, created_at: kept}
  spec             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> 'spec') VIRTUAL,  -- JSON object: name, platform, description, allowed_org_ids (null: every organization) @{name: name, platform: kept, description: text, allowed_org_ids: [kept]}
  account_id       TEXT AS (_raw ->> '$.metadata.account_id') VIRTUAL,  -- @kept
  name             TEXT AS (replace(_raw, '\u0000', '\ufffd') ->> '$.spec.name') VIRTUAL,  -- @name
  platform         TEXT AS (_raw ->> '$.spec.platform') VIRTUAL  -- @kept
);
CREATE VIEW v_outposts AS
SELECT outpost_id, account_id, name, platform, replace(_raw, '\u0000', '\ufffd') ->> '$.spec.description' AS description,
  _raw ->> '$.spec.allowed_org_ids' AS allowed_org_ids, _raw ->> '$.metadata.created_at' AS created_at
FROM outposts WHERE _deleted_at IS NULL;
CREATE TABLE knowledge_skills (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  skill_id         TEXT NOT NULL,                                           -- the item's own id, else its name, else the whole item @name
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  PRIMARY KEY (org_id, skill_id)
);
CREATE VIEW v_knowledge_skills AS
SELECT org_id, skill_id, _raw AS skill
FROM knowledge_skills WHERE _deleted_at IS NULL;
CREATE VIEW acu_spending AS
WITH days AS (
  SELECT org_id, '' AS user_id, iif(date > 100000000000, date / 1000, date) AS at, acus, _raw FROM daily_consumption WHERE _deleted_at IS NULL
  UNION ALL
  SELECT org_id, user_id, iif(date > 100000000000, date / 1000, date), acus, _raw FROM user_daily_consumption WHERE _deleted_at IS NULL)
SELECT org_id, user_id, 'devin' AS counted, at, coalesce(CAST(_raw ->> '$.acus_by_product.devin' AS REAL), acus) AS acus FROM days
UNION ALL
SELECT org_id, user_id, 'local agent', at, coalesce(CAST(_raw ->> '$.acus_by_product.cascade' AS REAL), 0)
  + coalesce(CAST(_raw ->> '$.acus_by_product.terminal' AS REAL), 0) FROM days
UNION ALL
SELECT org_id, user_id, 'all products', at, acus FROM days WHERE user_id = ''
UNION ALL
SELECT org_id, user_id, 'devin', unixepoch(billing_day) + 28800, acus FROM session_facts
WHERE user_id IN (SELECT user_id FROM acu_limits WHERE _deleted_at IS NULL AND scope = 'user') AND acus IS NOT NULL
  AND org_id NOT IN (SELECT org_id FROM user_daily_consumption WHERE _deleted_at IS NULL);
CREATE VIEW acu_projections AS
WITH spent AS MATERIALIZED (SELECT * FROM acu_spending),
cycles AS MATERIALIZED (SELECT *, (moment - 28800) / 86400 * 86400 + 28800 AS today FROM current_cycles),
spans AS (
  SELECT s.org_id, s.user_id, s.counted, c.starts_at, c.ends_at, c.today, max(c.today - 28 * 86400, min(s.at)) AS measured_from,
    (c.ends_at - c.today + 86399) / 86400 AS days_left
  FROM spent AS s JOIN cycles AS c USING (org_id) GROUP BY s.org_id, s.user_id, s.counted),
sums AS (
  SELECT p.*, (p.today - p.measured_from) / 86400 AS n,
    sum(iif(s.at >= p.measured_from AND s.at < p.today, s.acus, 0)) AS measured,
    sum(iif(s.at >= p.starts_at AND s.at < p.today, s.acus, 0)) AS before_today,
    sum(iif(s.at >= p.starts_at AND s.at < p.ends_at, s.acus, 0)) AS so_far
  FROM spans AS p JOIN spent AS s USING (org_id, user_id, counted) GROUP BY p.org_id, p.user_id, p.counted)
SELECT org_id, user_id, counted, starts_at, ends_at, so_far,
  iif(n > 0, max(before_today + 1.0 * measured / n * days_left, so_far), NULL) AS forecast
FROM sums;
CREATE VIEW acu_limits_known AS
WITH own AS (
  SELECT user_id, cycle_acu_limit AS cap FROM user_acu_limits WHERE _deleted_at IS NULL AND cycle_acu_limit IS NOT NULL
  UNION ALL
  SELECT user_id, min(cycle_acu_limit) FROM local_agent_acu_limits
  WHERE _deleted_at IS NULL AND scope = 'user' AND user_id IS NOT NULL AND cycle_acu_limit IS NOT NULL
    AND user_id NOT IN (SELECT user_id FROM user_acu_limits WHERE _deleted_at IS NULL AND cycle_acu_limit IS NOT NULL) GROUP BY user_id)
SELECT CASE scope WHEN 'org' THEN 'organization' ELSE scope END AS limit_of, 'devin' AS counted,
  iif(scope = 'enterprise', NULL, org_id) AS org_id, iif(scope = 'user', user_id, NULL) AS user_id, NULL AS group_name, cycle_acu_limit AS cap
FROM acu_limits WHERE _deleted_at IS NULL AND cycle_acu_limit IS NOT NULL
  AND (scope = 'enterprise' OR scope = 'org' AND org_id IS NOT NULL OR scope = 'user' AND user_id IS NOT NULL)
UNION ALL
SELECT 'organization', 'devin', o.org_id, NULL, NULL, o.max_cycle_acu_limit FROM organizations AS o
WHERE o._deleted_at IS NULL AND o.max_cycle_acu_limit IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM acu_limits AS l WHERE l._deleted_at IS NULL AND l.scope = 'org' AND l.org_id = o.org_id AND l.cycle_acu_limit IS NOT NULL)
UNION ALL
SELECT 'group', 'all products', NULL, NULL, group_name, max_cycle_acus FROM org_groups WHERE _deleted_at IS NULL AND max_cycle_acus IS NOT NULL
UNION ALL
SELECT 'organization', 'local agent', org_id, NULL, NULL, cycle_acu_limit FROM organization_acu_limits
WHERE _deleted_at IS NULL AND cycle_acu_limit IS NOT NULL
UNION ALL
SELECT 'user', 'local agent', NULL, user_id, NULL, cap FROM own
UNION ALL
SELECT 'user', 'local agent', NULL, p.user_id, NULL, d.cycle_acu_limit
FROM default_user_acu_limits AS d, (
  SELECT DISTINCT user_id FROM acu_projections WHERE counted = 'local agent' AND user_id <> '' AND (so_far > 0 OR forecast > 0)) AS p
WHERE d._deleted_at IS NULL AND d.cycle_acu_limit IS NOT NULL AND p.user_id NOT IN (SELECT user_id FROM own);
CREATE VIEW acu_caps AS
WITH projections AS MATERIALIZED (
  SELECT org_id, CAST(user_id AS TEXT) AS user_id, CAST(counted AS TEXT) AS counted, starts_at, ends_at, so_far, forecast FROM acu_projections),
-- Texts by type, so that each limit finds its parts by an index.
limits AS MATERIALIZED (
  SELECT row_number() OVER () AS number, limit_of, CAST(counted AS TEXT) AS counted, org_id, user_id, group_name, cap,
    CAST(coalesce(user_id, '') AS TEXT) AS of_user FROM acu_limits_known),
found AS (
  SELECT l.number, p.starts_at, p.ends_at, p.so_far, p.forecast, max(p.starts_at) OVER (PARTITION BY l.number) AS newest
  FROM limits AS l JOIN projections AS p ON p.user_id = l.of_user AND p.counted = l.counted AND CASE l.limit_of
      WHEN 'group' THEN EXISTS (SELECT 1 FROM group_organizations AS g WHERE g.group_name = l.group_name AND g.org_id = p.org_id)
      ELSE l.org_id IS NULL OR p.org_id = l.org_id END),
-- Each limit, and what was found for it: a union, since a join of the two would look at every pair.
sums AS (
  SELECT max(limit_of) AS limit_of, max(counted) AS counted, max(org_id) AS org_id, max(user_id) AS user_id, max(group_name) AS group_name,
    max(cap) AS cap, max(ends_at) AS ends_at, sum(so_far) AS found, iif(count(starts_at) = count(forecast), sum(forecast), NULL) AS forecast
  FROM (
    SELECT number, limit_of, counted, org_id, user_id, group_name, cap, NULL AS starts_at, NULL AS ends_at, NULL AS so_far, NULL AS forecast
    FROM limits
    UNION ALL
    SELECT number, NULL, NULL, NULL, NULL, NULL, NULL, starts_at, ends_at, so_far, forecast FROM found WHERE starts_at = newest)
  GROUP BY number),
used AS (
  SELECT *, coalesce(found, iif(EXISTS (SELECT 1 FROM list_moments AS m WHERE m.resource = 'daily_consumption' AND user_id IS NULL
      OR m.resource = 'user_daily_consumption' AND user_id IS NOT NULL
      OR m.resource = 'sessions' AND user_id IS NOT NULL AND counted = 'devin'), 0, NULL)) AS used
  FROM sums)
SELECT CASE WHEN used IS NULL THEN 'unknown' WHEN used >= cap THEN 'reached' WHEN forecast > cap THEN 'will be reached'
    WHEN used >= 0.8 * cap THEN 'near' ELSE 'below' END AS state,
  limit_of, counted, org_id, user_id, group_name, NULL AS session_id, used, cap, forecast, date(ends_at - 28800, 'unixepoch') AS cycle_end
FROM used
UNION ALL
SELECT iif(f.acus >= o.max_session_acu_limit, 'reached', 'near'), 'session', 'devin', f.org_id, f.user_id, NULL, f.session_id, f.acus,
  o.max_session_acu_limit, NULL, NULL
FROM session_facts AS f JOIN organizations AS o USING (org_id)
WHERE o._deleted_at IS NULL AND o.max_session_acu_limit IS NOT NULL AND NOT f.is_over AND f.acus >= 0.8 * o.max_session_acu_limit;
CREATE VIEW acus_by_product AS
WITH days AS (
  SELECT org_id, iif(date > 100000000000, date / 1000, date) AS at, acus, _raw FROM daily_consumption WHERE _deleted_at IS NULL),
parts AS (
  SELECT d.org_id, d.at, p.key AS product, p.value AS acus FROM days AS d, json_each(d._raw, '$.acus_by_product') AS p
  WHERE p.type IN ('integer', 'real')
  UNION ALL
  SELECT org_id, at, '(not split)', rest FROM (
    SELECT d.org_id, d.at, round(d.acus - coalesce((
        SELECT sum(p.value) FROM json_each(d._raw, '$.acus_by_product') AS p WHERE p.type IN ('integer', 'real')), 0), 4) AS rest FROM days AS d)
  WHERE rest > 0)
SELECT p.org_id, date(p.at - 28800, 'unixepoch') AS billing_day, p.product, p.acus,
  coalesce(date(c."after" - 28800, 'unixepoch'), strftime('%Y-%m-01', p.at - 28800, 'unixepoch')) AS cycle_start, c."after" IS NOT NULL AS cycle_is_known
FROM parts AS p LEFT JOIN billing_cycles AS c ON c._deleted_at IS NULL AND p.at >= c."after" AND p.at < c."before";
CREATE TABLE sync_omitted (
  resource TEXT NOT NULL,             -- name of the table @kept
  member   TEXT NOT NULL,             -- of Devin's objects @kept
  since    INTEGER NOT NULL,          -- from when on rows were written without it; Unix seconds @kept
  PRIMARY KEY (resource, member)
) STRICT, WITHOUT ROWID;
CREATE TABLE files (
  session_id     TEXT NOT NULL,           -- session_attachments.session_id @kept
  attachment_id  TEXT NOT NULL,           -- session_attachments.attachment_id @kept
  org_id         TEXT NOT NULL,           -- the organization @kept
  state          TEXT NOT NULL,           -- one of wanted, kept, too_large (file_limit), over_total (files_limit), refused, missing (404) @kept
  sha256         TEXT,                    -- of the content, 64 hexadecimal digits; NULL: it is not kept @dropped
  byte_count     INTEGER,                 -- bytes of the content; of one that is not kept: as announced, or as came before it was given up @kept
  type           TEXT,                    -- image/png, image/jpeg, image/gif or image/webp, as its first bytes say; NULL: none of these @kept
  announced_type TEXT,                    -- media type that the server announced for the content; NULL: none @dropped
  reason         TEXT,                    -- why it is not kept, for people; NULL: it is kept, or was not tried yet @dropped
  tried_at       INTEGER,                 -- when it was last asked for; Unix seconds; NULL: never @kept
  run_id         INTEGER,                 -- sync_runs.run_id of the run that last asked for it; NULL: none has @kept
  PRIMARY KEY (session_id, attachment_id)
) STRICT;
CREATE INDEX files_by_state ON files (state);
CREATE INDEX files_by_sha256 ON files (sha256) WHERE sha256 IS NOT NULL;
CREATE VIEW attachment_files AS
SELECT a.session_id, a.attachment_id, a.org_id, a.name, a.source, a.content_type,
  coalesce(f.state, 'not asked for') AS state,                                   -- as files.state
  f.byte_count, f.type, f.announced_type, f.sha256,
  substr(f.sha256, 1, 2) || '/' || f.sha256 AS path,                             -- in the folder beside the mirror; NULL: it is not kept
  f.reason, f.tried_at
FROM session_attachments AS a LEFT JOIN files AS f USING (session_id, attachment_id)
WHERE a._deleted_at IS NULL;
CREATE TABLE sync_pushes (
  push_id      INTEGER PRIMARY KEY,  -- @kept
  run_id       INTEGER NOT NULL,     -- sync_runs.run_id @kept
  org_id       TEXT NOT NULL,        -- the organization; empty: the object belongs to the enterprise @kept
  resource     TEXT NOT NULL,        -- name of the table @kept
  key          TEXT,                 -- the object's id; NULL: it was to be created, and its id is not known @row
  action       TEXT NOT NULL,        -- one of create, update, delete; of sessions also message, tags (with a marker: its removal), archive, terminate @kept
  base_hash    TEXT,                 -- SHA-256 of what could be written of the object before; of a message and a session without a marker: of the ids of those with its text or title; NULL: there was none @dropped
  content_hash TEXT,                 -- the same of what was sent; NULL: a deletion @dropped
  started_at   INTEGER NOT NULL,     -- before the request left; Unix seconds @kept
  finished_at  INTEGER,              -- when its outcome was known; Unix seconds; NULL: it is not @kept
  outcome      TEXT,                 -- one of done, refused, not_done (looked for and not found), unclear (looked for, and not to be told); NULL: not known @kept
  detail       TEXT                  -- why, for people; NULL: done @dropped
, change_before INTEGER
  /* the newest sync_changes.change_id when the request left: what it did is the first later change of the object in the same run; NULL: not known @kept */, from_org_id TEXT
  /* the organization of the object that this one was made from; empty: the enterprise; NULL: it was made from none @kept */, from_key TEXT /* that object's id; NULL: none @row */, row_key TEXT
  /* the user's own key of a row of `push sessions`, or the name of a secret; NULL: it came from neither @name */, marker TEXT /* the tag by which a new session is found; NULL: none @dropped */, url TEXT /* where people see the object, as the answer says; NULL: it does not @url */) STRICT;
INSERT INTO sync_pushes (push_id,run_id,org_id,resource,key,action,base_hash,content_hash,started_at,finished_at,outcome,detail,change_before,from_org_id,from_key,row_key,marker,url) VALUES(1,5,'org-5a3d91c07be24f6688d2b94e01c7f3a6','playbooks','playbook-ae57fdd61d4e837f54aa28e20f260397','update','32cea53c724a8bcdd1a24dbf8ec255cfb9461a49ec018141d227e85ffbff12b9','d5fdf88574dbcc6ad869e14bb87395bd7fcce600cc52655803a2f187586a9adb',1795997227,1795997227,'done',NULL,256,NULL,NULL,NULL,NULL,NULL);
CREATE INDEX sync_pushes_open ON sync_pushes (push_id) WHERE outcome IS NULL;
CREATE INDEX sync_pushes_by_object ON sync_pushes (resource, key);
CREATE INDEX sync_pushes_by_row ON sync_pushes (row_key) WHERE row_key IS NOT NULL;
CREATE TABLE sync_push_ids (
  from_org_id TEXT NOT NULL,     -- the organization of the other one; empty: the enterprise @kept
  resource    TEXT NOT NULL,     -- name of the table of both @kept
  from_key    TEXT NOT NULL,     -- the other one's id @row
  to_org_id   TEXT NOT NULL,     -- the organization of the object; empty: the enterprise @kept
  to_key      TEXT NOT NULL,     -- its id @row
  hash        TEXT NOT NULL,     -- SHA-256 of what could be written of it when it was last written from the other one @dropped
  mapped_at   INTEGER NOT NULL,  -- when it was made; Unix seconds @kept
  PRIMARY KEY (resource, from_key, from_org_id, to_org_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sync_push_ids_by_copy ON sync_push_ids (resource, to_key);
INSERT INTO search_knowledge_notes (search_knowledge_notes) VALUES ('rebuild');
INSERT INTO search_playbooks (search_playbooks) VALUES ('rebuild');
INSERT INTO search_session_messages (search_session_messages) VALUES ('rebuild');
INSERT INTO search_sessions (search_sessions) VALUES ('rebuild');
COMMIT;
PRAGMA application_id = 1148605305; PRAGMA user_version = 12;
