-- Secrets that nobody has changed for 180 days.
SELECT "key", secret_type, created_by, datetime(coalesce(updated_at, created_at), 'unixepoch') AS last_changed FROM secrets
WHERE _deleted_at IS NULL AND coalesce(updated_at, created_at) < unixepoch() - 180 * 86400 ORDER BY last_changed;
