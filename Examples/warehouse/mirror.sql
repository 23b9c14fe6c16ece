-- The mirror's own file in DuckDB, without a copy, and messages as Parquet. Beside the mirror: duckdb < mirror.sql
-- DuckDB hides the columns that SQLite computes, and sees 5 of the 31 of `sessions`. So each view asks SQLite itself, by `sqlite_query`, which
-- gives text: the columns that are something else are said here.
INSTALL sqlite;
LOAD sqlite;
ATTACH 'devin.db' AS devin (TYPE sqlite, READ_ONLY);

CREATE VIEW sessions AS
SELECT * REPLACE (
  CAST(acus_consumed AS DOUBLE) AS acus_consumed, CAST(is_archived AS BOOLEAN) AS is_archived, CAST(tags AS JSON) AS tags,
  CAST(pull_requests AS JSON) AS pull_requests, CAST(created_at AS TIMESTAMP) AS created_at, CAST(updated_at AS TIMESTAMP) AS updated_at)
FROM sqlite_query('devin', 'SELECT * FROM v_sessions');

CREATE VIEW session_messages AS
SELECT * REPLACE (CAST(created_at AS TIMESTAMP) AS created_at)
FROM sqlite_query('devin', 'SELECT * FROM v_session_messages');

-- A folder for each day (UTC) on which messages were written.
COPY (SELECT *, CAST(created_at AS DATE) AS day FROM session_messages WHERE created_at IS NOT NULL)
TO 'messages' (FORMAT parquet, PARTITION_BY day, OVERWRITE_OR_IGNORE);
