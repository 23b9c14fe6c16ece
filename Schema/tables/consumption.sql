-- Agent compute units of each organization and billing day.
-- Listed by GET /v3/organizations/{org_id}/consumption/daily
-- and GET /v3/enterprise/consumption/daily/organizations/{org_id}.
CREATE TABLE daily_consumption (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  date             INTEGER NOT NULL,                                        -- start of the billing day (08:00 UTC), Unix seconds @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  acus             REAL AS (_raw ->> 'acus') STORED,                        -- agent compute units @kept
  acus_by_product  TEXT AS (_raw ->> 'acus_by_product') VIRTUAL,            -- JSON object @{*: kept}
  PRIMARY KEY (org_id, date)
);

-- Current rows with times as ISO text.
CREATE VIEW v_daily_consumption AS
SELECT org_id, acus, acus_by_product,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(date), 'unixepoch') AS date
FROM daily_consumption WHERE _deleted_at IS NULL;

-- Agent compute units of each user and billing day.
-- Listed by GET /v3/organizations/{org_id}/consumption/daily/users/{user_id}.
CREATE TABLE user_daily_consumption (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  user_id          TEXT NOT NULL,                                           -- the user @kept
  date             INTEGER NOT NULL,                                        -- start of the billing day (08:00 UTC), Unix seconds @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  acus             REAL AS (_raw ->> 'acus') STORED,                        -- agent compute units @kept
  acus_by_product  TEXT AS (_raw ->> 'acus_by_product') VIRTUAL,            -- JSON object @{*: kept}
  PRIMARY KEY (org_id, user_id, date)
);
CREATE INDEX user_daily_consumption_by_date ON user_daily_consumption (date);

-- Current rows with times as ISO text.
CREATE VIEW v_user_daily_consumption AS
SELECT org_id, user_id, acus, acus_by_product,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(date), 'unixepoch') AS date
FROM user_daily_consumption WHERE _deleted_at IS NULL;

-- Agent compute units of each service user and billing day.
-- Listed by GET /v3/organizations/{org_id}/consumption/daily/service-users/{service_user_id}.
CREATE TABLE service_user_daily_consumption (
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  service_user_id  TEXT NOT NULL,                                           -- the service user @kept
  date             INTEGER NOT NULL,                                        -- start of the billing day (08:00 UTC), Unix seconds @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  acus             REAL AS (_raw ->> 'acus') STORED,                        -- agent compute units @kept
  acus_by_product  TEXT AS (_raw ->> 'acus_by_product') VIRTUAL,            -- JSON object @{*: kept}
  PRIMARY KEY (org_id, service_user_id, date)
);
CREATE INDEX service_user_daily_consumption_by_date ON service_user_daily_consumption (date);

-- Current rows with times as ISO text.
CREATE VIEW v_service_user_daily_consumption AS
SELECT org_id, service_user_id, acus, acus_by_product,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(date), 'unixepoch') AS date
FROM service_user_daily_consumption WHERE _deleted_at IS NULL;

-- Agent compute units of each session and billing day.
-- Listed by GET /v3/organizations/{org_id}/consumption/daily/sessions/{session_id}.
CREATE TABLE session_daily_consumption (
  session_id       TEXT NOT NULL,                                           -- the session: sessions.session_id @kept
  date             INTEGER NOT NULL,                                        -- start of the billing day (08:00 UTC), Unix seconds @kept time
  org_id           TEXT NOT NULL,                                           -- the organization: organizations.org_id @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  acus             REAL AS (_raw ->> 'acus') STORED,                        -- agent compute units @kept
  acus_by_product  TEXT AS (_raw ->> 'acus_by_product') VIRTUAL,            -- JSON object @{*: kept}
  PRIMARY KEY (session_id, date)
);
CREATE INDEX session_daily_consumption_by_date ON session_daily_consumption (date);

-- Current rows with times as ISO text.
CREATE VIEW v_session_daily_consumption AS
SELECT session_id, org_id, acus, acus_by_product,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(date), 'unixepoch') AS date
FROM session_daily_consumption WHERE _deleted_at IS NULL;

-- Agent compute units of the whole enterprise and billing day: the sum of its organizations, so never add the two.
-- Listed by GET /v3/enterprise/consumption/daily.
CREATE TABLE enterprise_daily_consumption (
  date             INTEGER NOT NULL UNIQUE,                                 -- start of the billing day (08:00 UTC), Unix seconds @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  acus             REAL AS (_raw ->> 'acus') STORED,                        -- agent compute units @kept
  acus_by_product  TEXT AS (_raw ->> 'acus_by_product') VIRTUAL             -- JSON object @{*: kept}
);

-- Current rows with times as ISO text.
CREATE VIEW v_enterprise_daily_consumption AS
SELECT acus, acus_by_product,
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds(date), 'unixepoch') AS date
FROM enterprise_daily_consumption WHERE _deleted_at IS NULL;

-- Billing cycles.
-- Listed by GET /v3/enterprise/consumption/cycles.
CREATE TABLE billing_cycles (
  "after"          INTEGER NOT NULL UNIQUE,                                 -- start of the cycle, Unix seconds @kept time
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  "before"         INTEGER AS (_raw ->> 'before') VIRTUAL                   -- Unix seconds, UTC; end of the cycle @kept time
);

-- Current rows with times as ISO text.
CREATE VIEW v_billing_cycles AS
SELECT strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds("after"), 'unixepoch') AS "after",
  strftime('%Y-%m-%dT%H:%M:%SZ', unix_seconds("before"), 'unixepoch') AS "before"
FROM billing_cycles WHERE _deleted_at IS NULL;

-- Limits of agent compute units, of the enterprise, its organizations and users.
-- Listed by GET /v3/enterprise/consumption/acu-limits/devin.
CREATE TABLE acu_limits (
  limit_key        TEXT NOT NULL PRIMARY KEY,                               -- scope:org_id:user_id, what is missing left empty @kept
  _raw             TEXT NOT NULL,                                           -- the object as Devin sent it @columns object
  _first_synced_at INTEGER NOT NULL,                                        -- when this mirror first saw the row; Unix seconds @kept time
  _changed_at      INTEGER NOT NULL,                                        -- when this mirror last wrote the row; Unix seconds @kept time
  _deleted_at      INTEGER,                                                 -- when the mirror found it deleted on the server, Unix seconds; NULL: it exists @kept time
  scope            TEXT AS (_raw ->> 'scope') VIRTUAL,                      -- open set @kept one_of(enterprise, org, user)
  cycle_acu_limit  INTEGER AS (_raw ->> 'cycle_acu_limit') VIRTUAL,         -- agent compute units per billing cycle @kept
  org_id           TEXT AS (_raw ->> 'org_id') STORED,                      -- the organization; NULL: the limit is not of one @kept
  user_id          TEXT AS (_raw ->> 'user_id') STORED                      -- users.user_id; NULL: the limit is not of one @kept
);

-- Current rows with times as ISO text.
CREATE VIEW v_acu_limits AS
SELECT limit_key, scope, cycle_acu_limit, org_id, user_id
FROM acu_limits WHERE _deleted_at IS NULL;

-- Agent compute units by product: one row per organization, billing day and product.
CREATE VIEW consumption_by_product AS
SELECT d.org_id, strftime('%Y-%m-%d', d.date, 'unixepoch') AS day, product.key AS product, product.value AS acus
FROM daily_consumption AS d, json_each(d._raw, '$.acus_by_product') AS product
WHERE d._deleted_at IS NULL AND product.type IN ('integer', 'real');
