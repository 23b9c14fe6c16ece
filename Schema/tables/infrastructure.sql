-- Hypervisors, whatever their status.
-- Listed by GET /v3/enterprise/hypervisors.
CREATE TABLE hypervisors (
  hypervisor_id              TEXT NOT NULL PRIMARY KEY,  -- @kept
  _raw                       TEXT NOT NULL,                                 -- the object as Devin sent it @columns object
  _first_synced_at           INTEGER NOT NULL,                              -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at                INTEGER NOT NULL,                              -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at                INTEGER,                                       -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  status                     TEXT AS (_raw ->> 'status') STORED,  -- @kept
  utilization_percentage     REAL AS (_raw ->> 'utilization_percentage') VIRTUAL,  -- percent of the capacity in use @kept
  cloud_provider_instance_id TEXT AS (_raw ->> 'cloud_provider_instance_id') VIRTUAL,  -- @kept
  created_at                 INTEGER AS (_raw ->> 'created_at') STORED,     -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
  last_heartbeat             INTEGER AS (_raw ->> 'last_heartbeat') VIRTUAL  -- Unix seconds, UTC; NULL: not reported, or not yet @kept time
);

-- Current rows with times as ISO text.
CREATE VIEW v_hypervisors AS
SELECT hypervisor_id, status, utilization_percentage, cloud_provider_instance_id,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(created_at), 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(last_heartbeat), 'unixepoch') AS last_heartbeat
FROM hypervisors WHERE _deleted_at IS NULL;

-- How many sessions waited: one row per reading.
-- Listed by GET /v3/enterprise/queue.
CREATE TABLE queue_readings (
  read_at          INTEGER NOT NULL UNIQUE,                                 -- when it was asked, by this machine; Unix seconds @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  queue_size       INTEGER AS (_raw ->> 'queue_size') VIRTUAL,              -- sessions that wait @kept
  status           TEXT AS (_raw ->> 'status') STORED                       -- open set @kept one_of(normal, elevated, high)
);

-- Current rows with times as ISO text.
CREATE VIEW v_queue_readings AS
SELECT queue_size, status,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(read_at), 'unixepoch') AS read_at
FROM queue_readings WHERE _deleted_at IS NULL;
