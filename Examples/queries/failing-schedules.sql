-- Schedules that are on and fail.
SELECT name, consecutive_failures, last_error_at, last_error_message FROM v_schedules
WHERE enabled AND consecutive_failures > 0 ORDER BY consecutive_failures DESC;
