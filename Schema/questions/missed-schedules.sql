-- Which schedules should have run and did not?
-- A run is listed only if it is overdue in every time zone, because the API does not report the time zone of a schedule.
SELECT name AS schedule, frequency, last_executed_at AS last_ran, missed_runs, datetime(last_due_at, 'unixepoch') AS last_due,
  last_error_message AS last_error
FROM missed_schedules WHERE (:org IS NULL OR org_id = :org) ORDER BY missed_runs DESC;
