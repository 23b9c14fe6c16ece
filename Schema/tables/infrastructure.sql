-- Hypervisors, whatever their status.
-- Listed by GET /v3/enterprise/hypervisors.
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

-- Living rows with times as ISO text.
CREATE VIEW v_hypervisors AS
SELECT hypervisor_id, status, utilization_percentage, cloud_provider_instance_id,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(created_at > 100000000000, created_at / 1000, created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(last_heartbeat > 100000000000, last_heartbeat / 1000, last_heartbeat), 'unixepoch') AS last_heartbeat
FROM hypervisors WHERE _deleted_at IS NULL;

-- How many sessions waited: one row per reading.
-- Listed by GET /v3/enterprise/queue.
CREATE TABLE queue_readings (
  read_at          INTEGER NOT NULL UNIQUE,                                 -- when it was asked, by this machine; Unix seconds @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept
  _deleted_at      INTEGER,                                                 -- when the row was found gone from the server; NULL: alive @kept
  queue_size       INTEGER AS (_raw ->> 'queue_size') VIRTUAL,              -- sessions that wait @kept
  status           TEXT AS (_raw ->> 'status') STORED                       -- one of normal, elevated, high; open set @kept
);

-- Living rows with times as ISO text.
CREATE VIEW v_queue_readings AS
SELECT queue_size, status,
  strftime('%Y-%m-%dT%H:%M:%SZ', iif(read_at > 100000000000, read_at / 1000, read_at), 'unixepoch') AS read_at
FROM queue_readings WHERE _deleted_at IS NULL;
